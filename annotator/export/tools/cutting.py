"""A text in tokens and sentences, as tools for linguists want it.

Tokens are spaCy's for the language, but cut where a mark begins or ends, so that each mark is made
of whole tokens. Sentences are those of spaCy's sentencizer, never longer than a line of the text;
one into which a token runs is joined to the next.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    # Loaded where it is used: it takes seconds.
    from spacy.language import Language

_MOST_CHARACTERS = 20_000_000


class Token(NamedTuple):
    """Code points `start` to `end`; `spaced` where white space follows."""

    start: int
    end: int
    spaced: bool


def tokens(text: str, language: str, borders: Iterable[int] = ()) -> list[Token]:
    """The text's tokens in order; none has white space at either end, or a border within."""
    cuts = sorted({cut for cut in borders if 0 < cut < len(text)})
    found: list[Token] = []
    for one in _pipeline(language).make_doc(text):
        start, stop = one.idx, one.idx + len(one.text)
        inside = cuts[bisect_left(cuts, start + 1) : bisect_left(cuts, stop)]
        for first, last in zip((start, *inside), (*inside, stop), strict=True):
            word = text[first:last]
            first += len(word) - len(word.lstrip())
            last = first + len(word.strip())
            if first < last:
                found.append(Token(first, last, last < len(text) and text[last].isspace()))
    return found


def sentences(text: str, language: str, cut: list[Token]) -> Iterator[list[Token]]:
    """The tokens by sentences, each with at least one."""
    ends = [index for index, char in enumerate(text) if char == "\n"]
    ends += [found.end_char for found in _sentencized(text, language)]
    ends.sort()
    sentence: list[Token] = []
    for token in cut:
        if sentence and bisect_left(ends, sentence[-1].end) != bisect_left(ends, token.end):
            border = ends[bisect_left(ends, sentence[-1].end)]
            if border <= token.start:
                yield sentence
                sentence = []
        sentence.append(token)
    if sentence:
        yield sentence


class _Sentence(NamedTuple):
    end_char: int


def _sentencized(text: str, language: str) -> Iterator[_Sentence]:
    nlp = _pipeline(language)
    for found in nlp(text).sents:
        yield _Sentence(found.end_char)


@functools.cache
def _pipeline(language: str) -> Language:
    """SpaCy's tokenizer and sentencizer; those of no language where its own does not run here."""
    import spacy

    try:
        nlp = spacy.blank(language)
    except (ImportError, ValueError):
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    nlp.max_length = _MOST_CHARACTERS
    return nlp
