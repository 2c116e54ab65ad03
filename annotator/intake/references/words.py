"""What a language's words for levels are made of; `lexicon` and `further` hold them."""

from __future__ import annotations

from dataclasses import dataclass, field

RANKS = {
    "preamble": 1, "annex": 1, "book": 2, "part": 3, "subpart": 4, "division": 4, "title": 5,
    "subtitle": 6, "chapter": 7, "subchapter": 8, "section": 9, "article": 10, "rule": 10,
    "sign": 10, "passage": 11, "paragraph": 12, "subparagraph": 13, "point": 14, "indent": 15,
}  # fmt: skip
"""Levels from the outermost to the innermost; below the article a name is only a hint.

A passage is a numbered part of an article that holds what others call paragraphs: the "часть 1" of
a Russian law.
"""

ITEMS = frozenset({"passage", "paragraph", "subparagraph", "point", "indent"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A word for a level; `plural` says that a list follows more readily."""

    level: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; patterns are sources of regular expressions.

    `units` are looked up folded. `before` and `after` hold words that make a unit relative ("this",
    "preceding"), by the relation; `measures` are words behind a number that make it a quantity;
    `numbered` tells levels that are others where digits follow.
    """

    units: dict[str, Unit]
    also: str
    through: str
    of: str
    article_word: str
    into_list: str
    before: dict[str, str]
    after: dict[str, str]
    ordinals: dict[str, int]
    own: str
    instruments: str
    measures: str
    conjunctions: str = ""
    prefix: str = ""
    numbered: dict[str, str] = field(default_factory=dict)
    bare: dict[str, str] = field(default_factory=dict)


def units(**levels: str) -> dict[str, Unit]:
    """Units by word: singular words and, behind "|", plural ones."""
    found: dict[str, Unit] = {}
    for level, words in levels.items():
        singular, _, plural = words.partition("|")
        found |= {word.replace("_", " "): Unit(level) for word in singular.split()}
        found |= {word.replace("_", " "): Unit(level, plural=True) for word in plural.split()}
    return found
