"""Blocks into the clause tree of a treaty or law, with eIds and citations.

heads    what each block is: a heading, a quotation, a list    (`marks`, `headwords`, `numerals`,
                                                                 `counted`, `captions`, `strays`)
builder  the tree, from its parts down to closing words         (`growing`, `lists`, `nodes`)
citation the names of its clauses; `doubts` what to look at again
titles   what stands around the text, and its title; `kinds` whether it is a law at all
"""
