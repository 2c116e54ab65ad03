"""Compact patterns over the words of one sentence, found without spaCy's Matcher.

A gap written as optional tokens makes a Matcher follow every way of leaving some of them out: 2^8
ways for a gap of eight, 60 ms and more for one rule in one sentence. Here the places that a pattern
can have reached are the bits of a number and each step of it is a shift and an `and`, so that the
time grows with the steps only.

Words are characters throughout (see `alphabet`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.highlight.phrasing import Gap, Word, parse, spellings

if TYPE_CHECKING:
    from annotator.highlight.alphabet import Alphabet

Needs = tuple[frozenset[str], ...]
Match = tuple[int, int]

# Longer sentences are read in windows of so many beginnings: numbers of as many bits as a text
# without a stop has words would make the time grow with its square.
_WINDOW = 400


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One place of a pattern: some wordings, or up to `gap` words of any kind.

    `single` are the wordings of one word; `longer` are the others by their first word.
    """

    single: frozenset[str]
    longer: Mapping[str, tuple[str, ...]]
    optional: bool = False
    gap: int = 0

    @property
    def longest(self) -> int:
        """The most words it can span."""
        return max([self.gap, 1, *(len(w) for found in self.longer.values() for w in found)])


class Window:
    """Some words of a sentence, and where among them each word stands, as the bits of a number.

    Beginnings of matches are looked for at the first `own` of them.
    """

    __slots__ = ("_places", "_steps", "_there", "end", "own", "start")

    def __init__(self, codes: str, start: int, own: int) -> None:
        self.start = start
        self.own = (1 << own) - 1
        self.end = (1 << (len(codes) + 1)) - 1
        places: dict[str, int] = {}
        bit = 1
        for word in codes:
            places[word] = places.get(word, 0) | bit
            bit <<= 1
        self._places = places
        self._there = frozenset(places)
        self._steps: dict[Step, tuple[int, list[tuple[int, int]]]] = {}

    def look(self, step: Step) -> tuple[int, list[tuple[int, int]]]:
        """Where a word of a step stands; then, by how many words they have, its longer wordings."""
        found = self._steps.get(step)
        if found is None:
            found = self._steps[step] = self._looked(step)
        return found

    def _looked(self, step: Step) -> tuple[int, list[tuple[int, int]]]:
        single, places = 0, self._places
        for word in step.single & self._there:
            single |= places[word]
        longer = []
        if step.longer:
            for first in self._there & step.longer.keys():
                for wording in step.longer[first]:
                    begins = places[first]
                    for further, word in enumerate(wording[1:], 1):
                        begins &= places.get(word, 0) >> further
                    if begins:
                        longer.append((len(wording), begins))
        return single, longer


class Sentence:
    """The words of one sentence; `reach` is the most words that a match can span."""

    def __init__(self, codes: str, reach: int) -> None:
        self.codes = codes
        self.there = frozenset(codes)
        self._reach = reach
        self._windows: list[Window] = []

    @property
    def windows(self) -> list[Window]:
        """All of it, or stretches that overlap by what a match can span."""
        if not self._windows:
            length = len(self.codes)
            if length <= 2 * _WINDOW:
                self._windows = [Window(self.codes, 0, length)]
            else:
                self._windows = [
                    Window(self.codes[at : at + _WINDOW + self._reach], at, _WINDOW)
                    for at in range(0, length, _WINDOW)
                ]
        return self._windows


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compact pattern ready to be found; `fixed` is one without gaps, such as a phrase."""

    steps: tuple[Step, ...]
    fixed: bool = False

    @property
    def needs(self) -> Needs:
        """Sets of wordings of which any match holds one each; there is at least one set."""
        found = (
            step.single.union(*step.longer.values())
            for step in self.steps
            if not step.gap and not step.optional
        )
        return tuple(dict.fromkeys(found))

    @property
    def longest(self) -> int:
        """The most words that a match can span."""
        return sum(step.longest for step in self.steps)

    def find(self, sentence: Sentence) -> Iterator[Match]:
        """Start and end of matches: from each start to the nearest end, of a phrase to each."""
        for start, ends in self._found(sentence):
            if self.fixed:
                for end in _bits(ends):
                    yield start, start + end
            else:
                yield start, start + (ends & -ends).bit_length() - 1

    def furthest(self, sentence: Sentence) -> Iterator[Match]:
        """Start and end of matches, from each start to the furthest end."""
        for start, ends in self._found(sentence):
            yield start, start + ends.bit_length() - 1

    def _found(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Where matches begin and, as bits counted from there, where they end."""
        for window in sentence.windows:
            starts = self._starts(window)
            # All beginnings at once: where nothing is found there is nothing in any.
            if starts and self._ends(window, starts):
                for start in _bits(starts):
                    ends = self._ends(window, 1 << start) >> start
                    if ends > 1:
                        yield window.start + start, ends & -2

    def _starts(self, window: Window) -> int:
        """Where a match may begin, as bits: at the first word that must be or may be there."""
        found = 0
        for step in self.steps:
            if step.gap:
                return window.own
            single, longer = window.look(step)
            found |= single
            for _, begins in longer:
                found |= begins
            if not step.optional:
                break
        return found & window.own

    def _ends(self, window: Window, reached: int) -> int:
        """Where matches that begin at these places may end, as bits."""
        for step in self.steps:
            if step.gap:
                wide, left = 1, step.gap
                while left:
                    shift = min(wide, left)
                    reached |= reached << shift
                    wide += shift
                    left -= shift
                reached &= window.end
                continue
            single, longer = window.look(step)
            further = (reached & single) << 1
            for length, begins in longer:
                further |= (reached & begins) << length
            if step.optional:
                further |= reached
            if not further:
                return 0
            reached = further
        return reached


class Compiler:
    """Makes patterns of what a lawyer wrote, their words as characters of an alphabet."""

    def __init__(
        self, alphabet: Alphabet, lists: Mapping[str, tuple[str, ...]], *, language: str = "en"
    ) -> None:
        self._alphabet = alphabet
        self._lists = lists
        self._language = language
        self._spelled: dict[str, str] = {}
        self._steps: dict[Word | Gap, Step] = {}

    def pattern(self, text: str) -> Pattern:
        """A compact pattern."""
        places = parse(text, self._lists, language=self._language)
        return Pattern(tuple(self._step(place) for place in places))

    def phrase(self, text: str) -> Pattern:
        """Fixed words in a row."""
        places = (Word(spellings(word, self._language)) for word in text.lower().split())
        return Pattern(tuple(self._step(place) for place in places), fixed=True)

    def word(self, word: str) -> str:
        """The character of a single word."""
        return self._alphabet.letter(word)

    def _step(self, place: Word | Gap) -> Step:
        """The same step for the same place, so that it is looked for once in a sentence."""
        if place not in self._steps:
            self._steps[place] = self._made(place)
        return self._steps[place]

    def _made(self, place: Word | Gap) -> Step:
        if isinstance(place, Gap):
            return Step(frozenset(), {}, gap=place.most)
        single: set[str] = set()
        longer: dict[str, dict[str, None]] = {}
        for option in place.options:
            wording = self._spelled.get(option)
            if wording is None:
                wording = self._spelled[option] = self._alphabet.spell(option)
            if len(wording) == 1:
                single.add(wording)
            elif wording:
                longer.setdefault(wording[0], {})[wording] = None
        return Step(
            frozenset(single),
            {first: tuple(found) for first, found in longer.items()},
            optional=place.optional,
        )


def _bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
