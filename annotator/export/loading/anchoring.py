"""Where words that somebody marked elsewhere stand in a stored text: surely, or nowhere.

The offsets are believed where the text there reads as the quote. Else the words are looked for:

- *moved*: the same words stand once in the text, and are enough to be no coincidence;
- *context*: they stand at several places, told apart by the words around them in the file's text;
- *fuzzy*: words like them, by at least `BAR`, where nothing else comes within `MARGIN`, and no word
  differs that turns a meaning ("not", "may", another number).

Whatever stays doubtful is listed with its reason and never placed: nearness to the old offset is no
proof, since treaties repeat themselves. Bars and guards are those that tags are carried to a later
version with (`annotator.versions`).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from annotator.model import Document
from annotator.versions.carry import BAR, CONTEXT_BAR, MARGIN
from annotator.versions.guards import turned
from annotator.versions.search import Searched, Window, unlike
from annotator.versions.words import keys, words

How = Literal["exact", "moved", "context", "fuzzy"]

_FEWEST = 4
_FEWEST_ALONE = 6
_CLOSE = 200
_LISTED = 0.4
_AROUND = 12
_NEAR = 400


@dataclass(frozen=True, slots=True)
class Anchored:
    """A place in the stored text, how it was found, and how alike the words are, from 0 to 1."""

    start: int
    end: int
    quote: str
    how: How
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why no place was taken, in a few words for whoever has to look."""

    reason: str


@dataclass(frozen=True, slots=True)
class Around:
    """The words of the file's own text before a mark and behind it, the nearest first."""

    before: Sequence[str]
    after: Sequence[str]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Around:
        """The words around that place."""
        before = keys(words(text, max(0, start - _NEAR), start))[-_AROUND:]
        after = keys(words(text, end, min(len(text), end + _NEAR)))[:_AROUND]
        return cls(before[::-1], after)


class Anchors:
    """Finds places in one document; it is only searched where offsets and quote do not agree."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._searched: Searched | None = None

    def at(self, start: int, end: int, quote: str) -> Anchored | None:
        """The place itself where the text there reads so, else nothing."""
        if 0 <= start < end and self.document.text[start:end] == quote:
            return Anchored(start, end, quote, "exact")
        return None

    def search(
        self, quote: str, *, near: int | None = None, around: Around | None = None
    ) -> Anchored | Doubt:
        """The place where these words stand, or why none is taken.

        `near` is where the file has them, `around` what stands around them in its text.
        """
        quote = plain(quote)
        sought = keys(words(quote))
        if not sought:
            return Doubt("it marks no words, only signs")
        if self._searched is None:
            self._searched = Searched(self.document)
        text = self._searched
        found = text.exactly(sought)
        if not found:
            return self._within_words(quote, sought, near) or self._fuzzy(text, quote, sought)
        if len(found) > 1:
            return self._by_context(text, found, quote, around)
        only = found[0]
        close = near is not None and abs(text.words[only.first].start - near) <= _CLOSE
        if around is None:
            sure = close or len(sought) >= _FEWEST
        else:
            sure = _alike(text, only, around) >= CONTEXT_BAR or len(sought) >= _FEWEST_ALONE
        if not sure:
            return Doubt("so few words prove nothing where they stand elsewhere, though only once")
        return self._anchored(text, only, quote, "moved", 1.0)

    def _within_words(self, quote: str, sought: list[str], near: int | None) -> Anchored | None:
        """The same signs where they begin or end within a word, and stand only once."""
        text = self.document.text
        start = text.find(quote)
        if start < 0 or text.find(quote, start + 1) >= 0:
            return None
        close = near is not None and abs(start - near) <= _CLOSE
        if not close and len(sought) < _FEWEST:
            return None
        return Anchored(start, start + len(quote), quote, "moved")

    def _by_context(
        self, text: Searched, found: list[Window], quote: str, around: Around | None
    ) -> Anchored | Doubt:
        several = f"these words stand at {len(found)} places"
        if around is None:
            return Doubt(f"{several}, and the file does not say which")
        ranked = sorted(((_alike(text, hit, around), hit) for hit in found), key=lambda s: -s[0])
        (best, hit), (second, _) = ranked[:2]
        if best < CONTEXT_BAR or second > best - MARGIN:
            return Doubt(f"{several}, and what is around them fits no better")
        return self._anchored(text, hit, quote, "context", best)

    def _fuzzy(self, text: Searched, quote: str, sought: list[str]) -> Anchored | Doubt:
        near = {
            one
            for region in text.holding(sought, least=_LISTED)
            for one in text.nearly(sought, region)
        }
        ranked = sorted(near, key=lambda one: (-one.score, one.first))
        if not ranked or ranked[0].score < BAR:
            return Doubt("these words do not stand in the text, nor words enough like them")
        best = ranked[0]
        if len(sought) < _FEWEST:
            return Doubt("so few words prove nothing once one of them differs")
        there = text.words[best.first : best.last]
        own = words(quote)
        if max(unlike(own[0].key, there[0].key), unlike(own[-1].key, there[-1].key)) == 1:
            return Doubt("where these words begin or end in the text is not sure")
        start, end = text.span(best, quote)
        if turns := turned(own, there, quote, self.document.text[start:end]):
            return Doubt(f"what the words say may differ: {', '.join(turns)}")
        for other in ranked[1:]:
            apart = other.last <= best.first or other.first >= best.last
            if apart and other.score > best.score - MARGIN:
                return Doubt("the text has words as much like these at more than one place")
        return self._anchored(text, best, quote, "fuzzy", best.score)

    def _anchored(
        self, text: Searched, window: Window, quote: str, how: How, score: float
    ) -> Anchored:
        start, end = text.span(window, quote)
        return Anchored(start, end, self.document.text[start:end], how, round(score, 4))


def plain(text: str) -> str:
    """A text of elsewhere as texts are stored: NFC, with LF."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _alike(text: Searched, window: Window, around: Around) -> float:
    """How much alike, from 0 to 1, what stands around is; a side that the file lacks says nothing.

    A file may hold no more than the words around a mark, so that where its text ends the document
    need not.
    """
    before, after = text.around(window, _AROUND)
    found = [
        Indel.normalized_similarity(one[:size], other[:size])
        for size in (_AROUND // 3, _AROUND)
        for one, other in ((before, around.before), (after, around.after))
        if other
    ]
    return sum(found) / len(found) if found else 0.0


class Correspondence:
    """Places of one text in another that differs from it only in spaces, line ends and forms.

    A file saved with CRLF, a tool that puts one space where a paragraph ends, letters with their
    accents apart (NFD): the marks are where they were. `None` from `between` where more differs, or
    where the one text is a part that the other has more than once.
    """

    def __init__(self, source: list[int], target: list[tuple[int, int]]) -> None:
        self._source = source
        self._target = target

    @classmethod
    def between(cls, source: str, target: str) -> Correspondence | None:
        """How places of `source` are found in `target`."""
        one, starts = _letters(source)
        other, places = _letters(target)
        if one != other:
            first = _only_run(one, other)
            if first is None:
                return None
            places = places[first : first + len(one)]
        return cls([start for start, _ in starts], places)

    @property
    def begins(self) -> int:
        """Where the first letter stands in the target."""
        return self._target[0][0]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The same letters in the target, without spaces at either end; nothing for spaces."""
        first, last = bisect_left(self._source, start), bisect_left(self._source, end)
        return (self._target[first][0], self._target[last - 1][1]) if first < last else None


def _only_run(part: list[str], whole: list[str]) -> int | None:
    """Where `part` stands in `whole`, if it does so once."""
    sought, text = "".join(part), "".join(whole)
    if not part or len(sought) != len(part) or len(text) != len(whole):
        return None
    first = text.find(sought)
    return first if first >= 0 and text.find(sought, first + 1) < 0 else None


def _letters(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """What is no space, each letter with its accents in NFC, and from where to where it stands."""
    found: list[str] = []
    places: list[tuple[int, int]] = []
    for place, char in enumerate(text):
        if char.isspace() or char == "\ufeff":
            continue
        if found and unicodedata.combining(char) and places[-1][1] == place:
            found[-1] += char
            places[-1] = places[-1][0], place + 1
            continue
        found.append(char)
        places.append((place, place + 1))
    if text.isascii():
        return found, places
    return [unicodedata.normalize("NFC", one) for one in found], places
