"""A web page as a tree, and what of it is the text.

tree        HTML -> a tree, of bounded depth
furniture   what surrounds a text on a page is taken out
blocks      the tree -> blocks in reading order, with the numbers a reader sees
article     the tree of a news page -> the article's blocks and what the page says of it
nothing     why a page shows no text

What surrounds the text goes by element, role, class and share of links, but never what holds
articles of law; a law is then kept whole, and of anything else trafilatura says which of our blocks
are the article.
"""
