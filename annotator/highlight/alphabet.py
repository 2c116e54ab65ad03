"""Texts as strings of one character a word, so that looking for words is looking for characters.

Each word that the rules know has a character of its own, in capitals or not; every other word is
`OTHER`, and white space that holds a new line is `LINE`. Python's strings and sets then do at the
speed of C what would take a step of Python, or a spaCy Token, for each word of a text.

A text is cut into words by spaCy's tokenizer. Where that reads a text one stretch between spaces
after another, as spaCy's own class does, each stretch is cut once and then remembered, which is
several times as fast as making a Doc.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Protocol

from spacy.attrs import IS_SPACE, LOWER, SPACY
from spacy.tokenizer import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc, Token

OTHER, LINE = "\0", "\n"

# Characters from here on stand for words, without the surrogates, which are no characters.
_FIRST, _SURROGATES, _AFTER_SURROGATES = 0x100, 0xD800, 0xE000

# Stretches that are remembered: how many, and how long one may be. What a long one holds is not
# likely to come again (a page of Chinese without a space).
_MOST, _LONGEST = 100_000, 60

_Places = tuple[tuple[int, int], ...]


class Reading(Protocol):
    """A text cut into words, `codes` holding a character for each."""

    @property
    def codes(self) -> str:
        """A character for each word, in order."""

    @property
    def doc(self) -> Doc:
        """The text as a spaCy Doc of the same words."""

    def initial(self, word: int) -> str:
        """The first character of a word."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where words `start` to `end` begin and end in the text, in code points."""


class Alphabet:
    """The words of the rules, each with its character; it grows as wordings are spelled."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._by_word: dict[str, str] = {}
        self._by_hash: dict[int, str] = {}
        self._stretches = _Stretches(self._cut, self._cut_all)
        self._by_stretches = _by_stretches(nlp.tokenizer)

    def letter(self, word: str) -> str:
        """The character of a word, given in lower case."""
        if word not in self._by_word:
            number = _FIRST + len(self._by_word)
            if number >= _SURROGATES:
                number += _AFTER_SURROGATES - _SURROGATES
            self._by_word[word] = chr(number)
            self._by_hash[self._nlp.vocab.strings.add(word)] = chr(number)
            self._stretches.found.clear()
        return self._by_word[word]

    def spell(self, wording: str) -> str:
        """A wording cut as the tokenizer does; an elided word (`l'`, `qu'`) as before a vowel."""
        elided = wording.endswith("'")
        cut = self._nlp.tokenizer(f"{wording}a" if elided else wording)
        tokens = [token for token in cut if not token.is_space]
        return "".join(self.letter(t.lower_) for t in (tokens[:-1] if elided else tokens))

    def read(self, text: str) -> Reading:
        """The words of a text, without making a Doc where that changes nothing."""
        if not self._by_stretches or "  " in text or text[:1] == " " or text[-1:] == " ":
            return self.read_doc(self._nlp.make_doc(text))
        return _Text(text, self._stretches, self._nlp.make_doc)

    def read_doc(self, doc: Doc) -> Reading:
        """The words of a Doc."""
        attributes = doc.to_array([LOWER, IS_SPACE])
        known = self._by_hash.get
        codes = [known(word, OTHER) for word in attributes[:, 0].tolist()]
        for at in attributes[:, 1].nonzero()[0].tolist():
            codes[at] = self._of(doc[at])
        return _OfDoc(doc, "".join(codes))

    def _cut(self, stretch: str) -> tuple[str, _Places]:
        """The characters of the words in a stretch of text, and where in it they stand."""
        tokens = self._nlp.tokenizer(stretch)
        places = tuple((token.idx, token.idx + len(token)) for token in tokens)
        return "".join([self._of(token) for token in tokens]), places

    def _cut_all(self, stretches: list[str]) -> list[str]:
        """The characters of the words in each stretch; none of them holds white space."""
        found = self._nlp.tokenizer(" ".join(stretches)).to_array([LOWER, SPACY])
        known = self._by_hash.get
        codes = "".join([known(word, OTHER) for word in found[:, 0].tolist()])
        ends = [0, *(found[:, 1].nonzero()[0] + 1).tolist(), len(codes)]
        return [codes[start:end] for start, end in pairwise(ends)]

    def _of(self, token: Token) -> str:
        if token.is_space:
            return LINE if "\n" in token.text else OTHER
        return self._by_word.get(token.lower_, OTHER)


def _by_stretches(tokenizer: Any) -> bool:
    """Whether what stands between two spaces is always cut alike."""
    if type(tokenizer) is not Tokenizer:
        return False
    return not any(" " in special.strip() for special in tokenizer.rules or ())


class _Stretches:
    """What stands between two spaces, cut when it is first asked for; `found` are characters."""

    def __init__(
        self,
        cut: Callable[[str], tuple[str, _Places]],
        cut_all: Callable[[list[str]], list[str]],
    ) -> None:
        self.found: dict[str, str] = {}
        self._cut = cut
        self._cut_all = cut_all
        self._places: dict[str, _Places] = {}

    def read(self, stretches: list[str]) -> list[str]:
        """The characters of the words in each stretch."""
        try:
            return list(map(self.found.__getitem__, stretches))
        except KeyError:
            pass
        # White space within a stretch would run together with what stands between them.
        new = [s for s in stretches if s not in self.found and len(s) <= _LONGEST and _solid(s)]
        if new:
            if len(self.found) + len(new) > _MOST:
                self.found.clear()
            new = list(dict.fromkeys(new))
            self.found.update(zip(new, self._cut_all(new), strict=True))
        return [self.found[s] if s in self.found else self._alone(s) for s in stretches]

    def _alone(self, stretch: str) -> str:
        codes, _ = self._cut(stretch)
        if len(stretch) <= _LONGEST and len(self.found) < _MOST:
            self.found[stretch] = codes
        return codes

    def places(self, stretch: str) -> _Places:
        """Where each word of a stretch begins and ends in it."""
        found = self._places.get(stretch)
        if found is None:
            _, found = self._cut(stretch)
            if len(stretch) <= _LONGEST:
                if len(self._places) >= _MOST:
                    self._places.clear()
                self._places[stretch] = found
        return found


def _solid(stretch: str) -> bool:
    """Whether there is no white space in what stands between two spaces."""
    return bool(stretch) and (stretch.isprintable() or not any(map(str.isspace, stretch)))


class _Text:
    """A text read stretch by stretch."""

    def __init__(self, text: str, known: _Stretches, make_doc: Callable[[str], Doc]) -> None:
        self._text = text
        self._known = known
        self._make_doc = make_doc
        self._stretches = text.split(" ") if text else []
        self._read = known.read(self._stretches)
        self.codes = "".join(self._read)

    @cached_property
    def doc(self) -> Doc:
        return self._make_doc(self._text)

    def initial(self, word: int) -> str:
        return self._text[self._place(word)[0]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, word: int) -> tuple[int, int]:
        words, starts, places = self._index
        at = bisect_right(words, word)
        stretch, start = self._stretches[at], starts[at]
        within = word - words[at] + len(self._read[at])
        if len(self._read[at]) == 1:
            return start, start + len(stretch)
        if at not in places:
            places[at] = self._known.places(stretch)
        low, high = places[at][within]
        return start + low, start + high

    @cached_property
    def _index(self) -> tuple[list[int], list[int], dict[int, _Places]]:
        """Up to the end of each stretch how many words, where each begins, places in some."""
        words = list(accumulate(map(len, self._read)))
        starts = list(accumulate((len(stretch) + 1 for stretch in self._stretches), initial=0))
        return words, starts, {}


class _OfDoc:
    """A Doc that came ready-made."""

    def __init__(self, doc: Doc, codes: str) -> None:
        self.doc = doc
        self.codes = codes

    def initial(self, word: int) -> str:
        return str(self.doc[word].text[0])

    def span(self, start: int, end: int) -> tuple[int, int]:
        last = self.doc[end - 1]
        return self.doc[start].idx, last.idx + len(last)
