"""Which language a text is in, and which versions a text in several holds.

A language is told by script, then by common words (`commonwords`, thirty languages in Latin
letters), and only where these leave doubt by py3langid; a warning comes only with a doubtful
guess.

In a page of two languages each block is labelled by its own words, else by what stands around
it. The languages stand one behind the other if a border puts nearly all labels right, else they
come in turns and the likeliest path is taken (Viterbi); a table goes by its columns. They are
versions only if both have the same articles.
"""
