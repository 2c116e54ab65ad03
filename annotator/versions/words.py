"""Words of a text with their places, as two versions are compared by them.

A word is compared by its `key`: without capitals, accents, hyphens and apostrophes, so that a
scanned or retyped text still counts as the same words. In scripts that put no space between words
every character counts as one.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

# Chinese, Japanese, Thai, Lao, Burmese and Khmer: letters that stand together are not one word.
_DENSE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_JOINING = "'’ʼ\\-\u2010\u2011\u00ad"
# What `\w` leaves out: vowel signs of Arabic, Hebrew and Indian scripts, and loose accents.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff"
_LETTER = rf"(?:[^\W_{_DENSE}]|[{_MARKS}])"
_WORD = re.compile(rf"[{_DENSE}][{_MARKS}]*|{_LETTER}+(?:[{_JOINING}]{_LETTER}+)*")
_DROPPED = re.compile(f"[{_JOINING}ـ]")
# Arabic vowel points are of the combining classes 27 to 36, accents of 200 and above.
_VOWEL_POINTS = range(27, 37)
_ACCENTS = 200


class Word(NamedTuple):
    """A word from `start` to `end` in code points, and what it is compared by."""

    start: int
    end: int
    key: str


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a text, or of a part of it, with their places in the whole text."""
    stop = len(text) if end is None else end
    return [
        Word(found.start(), found.end(), key(found.group()))
        for found in _WORD.finditer(text, start, stop)
    ]


@functools.lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """What a word is compared by.

    >>> [key(one) for one in ("Co-operation", "cooperation", "État")]
    ['cooperation', 'cooperation', 'etat']
    """
    plain = _DROPPED.sub("", word)
    if not plain.isascii():
        plain = "".join(
            char
            for char in unicodedata.normalize("NFKD", plain)
            if (place := unicodedata.combining(char)) < _ACCENTS and place not in _VOWEL_POINTS
        )
    return plain.casefold() or word


def keys(found: Sequence[Word]) -> list[str]:
    """What the words are compared by, in their order."""
    return [word.key for word in found]


_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "\u00ad": None})


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but spaces and the shape of quotation marks and dashes.

    >>> same_words("The State's  duty", "The State’s duty")
    True
    >>> same_words("may", "may not")
    False
    """
    return one == other or _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(text.translate(_ALIKE).split())
