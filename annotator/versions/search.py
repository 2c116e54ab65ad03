"""Finding words in a text: where they stand exactly, and where something like them stands."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein

from annotator.model import Document
from annotator.versions.guards import opposite, turns
from annotator.versions.measure import Weights
from annotator.versions.words import keys, words

Region = tuple[int, int]
"""A part of a text, from and to, in code points."""

_MISPRINT = 0.75
_SHORTEST_MISPRINT = 4
_MOST_STEPS = 250_000
_PUT_IN = 6
_WIDENED = 0.6


class Window(NamedTuple):
    """Words of a text, by their positions in its list of words, and how alike they are: 0 to 1."""

    first: int
    last: int
    score: float


class Searched:
    """A text in which words are looked for many times."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = words(document.text)
        self._starts = [word.start for word in self.words]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            self._places[word.key].append(place)
        self.clauses = list(document.reviewable())
        self._within = [self._between(clause.body, clause.own_end) for clause in self.clauses]
        self._clauses_with: dict[str, list[int]] = defaultdict(list)
        own = []
        for number, (first, last) in enumerate(self._within):
            own.append(keys(self.words[first:last]))
            for one in set(own[-1]):
                self._clauses_with[one].append(number)
        self.weights = Weights(own)

    def exactly(self, sought: Sequence[str], region: Region | None = None) -> list[Window]:
        """Where these words stand one after the other, in the region or anywhere."""
        if not sought:
            return []
        first, last = self._between(*region) if region else (0, len(self.words))
        rarest = min(range(len(sought)), key=lambda n: (len(self._places.get(sought[n], ())), n))
        found: list[Window] = []
        for place in self._places.get(sought[rarest], ()):
            start = place - rarest
            end = start + len(sought)
            if (
                first <= start
                and end <= last
                and keys(self.words[start:end]) == list(sought)
                and not (found and found[-1].last > start)
            ):
                found.append(Window(start, end, 1.0))
        return found

    def nearly(self, sought: Sequence[str], region: Region) -> list[Window]:
        """The best place for words like these in the region, then the best beside it."""
        first, last = self._between(*region)
        if first >= last or not sought:
            return []
        text = keys(self.words[first:last])
        return [
            Window(first + one.first, first + one.last, one.score)
            for one in (_widened(near, sought, text) for near in nearest(sought, text))
        ]

    def holding(self, sought: Sequence[str], *, least: float, most: int = 16) -> list[Region]:
        """The own words of clauses that hold at least this weighted share of the words."""
        hits: dict[int, float] = defaultdict(float)
        distinct = sorted(set(sought))
        for word in distinct:
            for number in self._clauses_with.get(word, ()):
                hits[number] += self.weights.of(word)
        enough = least * sum(map(self.weights.of, distinct))
        ranked = sorted((n for n in hits if hits[n] >= enough), key=lambda n: (-hits[n], n))
        return [(self.clauses[n].body, self.clauses[n].own_end) for n in ranked[:most]]

    def span(self, window: Window, like: str) -> Region:
        """The window in code points, with the signs before and after it that `like` has too."""
        start, end = self.words[window.first].start, self.words[window.last - 1].end
        own = words(like)
        text = self.document.text
        before, after = (like[: own[0].start], like[own[-1].end :]) if own else ("", "")
        if before and text[:start].endswith(before):
            start -= len(before)
        if after and text.startswith(after, end):
            end += len(after)
        return start, end

    def around(self, window: Window, size: int) -> tuple[list[str], list[str]]:
        """Up to `size` words before and behind, the nearest first."""
        before = keys(self.words[max(0, window.first - size) : window.first])[::-1]
        return before, keys(self.words[window.last : window.last + size])

    def place_of(self, start: int, end: int) -> Window:
        """The words that a span touches."""
        first, last = self._between(start, end)
        if first and self.words[first - 1].end > start:
            first -= 1  # the span begins within a word
        return Window(first, last, 1.0)

    def _between(self, start: int, end: int) -> tuple[int, int]:
        return bisect_left(self._starts, start), bisect_left(self._starts, end)


def nearest(sought: Sequence[str], text: Sequence[str]) -> list[Window]:
    """The part of `text` most like `sought`, and the best that does not overlap it.

    Sellers' search for the fewest edits, words for letters; a likely misprint costs less than
    another word. A score is 1 minus the edits over the longer of the two. Very long texts are
    compared as a whole instead, from the first word in common to the last.
    """
    if len(sought) * len(text) > _MOST_STEPS:
        return _at_large(sought, text)
    costs: list[float] = [float(n) for n in range(len(sought) + 1)]
    starts = [0] * (len(sought) + 1)
    ends: list[Window] = []
    for place, word in enumerate(text):
        diagonal, diagonal_start = costs[0], place
        costs[0], starts[0] = 0.0, place + 1
        for n, wanted in enumerate(sought, start=1):
            up, up_start = costs[n], starts[n]
            change = diagonal + (0.0 if wanted == word else unlike(wanted, word))
            left = costs[n - 1] + 1
            # Of equals the longer one: rather words put in than the first words dropped.
            costs[n], starts[n] = min(
                (change, diagonal_start), (up + 1, up_start), (left, starts[n - 1])
            )
            diagonal, diagonal_start = up, up_start
        first = starts[-1]
        if first <= place:
            longer = max(len(sought), place + 1 - first)
            ends.append(Window(first, place + 1, max(0.0, 1 - costs[-1] / longer)))
    return _best_and_next(ends)


def _best_and_next(found: Iterable[Window]) -> list[Window]:
    ranked = sorted(found, key=lambda one: (-one.score, one.last - one.first, one.first))
    if not ranked or ranked[0].score <= 0:
        return []
    best = ranked[0]
    for other in ranked[1:]:
        if other.score > 0 and (other.last <= best.first or other.first >= best.last):
            return [best, other]
    return [best]


def _widened(window: Window, sought: Sequence[str], text: Sequence[str]) -> Window:
    """The window out to the first and last word sought, where only a few new words part them.

    The fewest edits would rather drop a word at the edge than take in the words put before it.
    """
    first, last, score = window
    if text[first] != sought[0]:
        first = next(
            (n for n in range(first - 1, max(-1, first - _PUT_IN - 1), -1) if text[n] == sought[0]),
            first,
        )
    if text[last - 1] != sought[-1]:
        last = next(
            (n + 1 for n in range(last, min(len(text), last + _PUT_IN)) if text[n] == sought[-1]),
            last,
        )
    if (first, last) == (window.first, window.last):
        return window
    wider = Levenshtein.normalized_similarity(sought, text[first:last])
    return Window(first, last, min(score, wider)) if wider >= _WIDENED else window


def _at_large(sought: Sequence[str], text: Sequence[str]) -> list[Window]:
    common = [edit for edit in LCSseq.opcodes(sought, text) if edit.tag == "equal"]
    if not common:
        return []
    first, last = common[0].dest_start, common[-1].dest_end
    score = Levenshtein.normalized_similarity(sought, text[first:last])
    return [Window(first, last, score)]


def unlike(one: str, other: str) -> float:
    """What it costs to read one word for another: 1, or less where it may be a misprint."""
    if one == other:
        return 0.0
    if min(len(one), len(other)) < _SHORTEST_MISPRINT or turns(one) or turns(other):
        return 1.0
    if opposite(one, other) or opposite(other, one):
        return 1.0
    alike = Levenshtein.normalized_similarity(one, other, score_cutoff=_MISPRINT)
    return 1 - alike if alike else 1.0
