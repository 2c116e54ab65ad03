NAME = "input.txt"
TEXT = """\
Convention on Cafés

Article 1
Cafés

A café is a place where the news is read aloud – “for all to hear”.

Article 2
Readers

The reader need not say who wrote the letter that is read.
"""


def make():
    return TEXT.encode("utf-16")
