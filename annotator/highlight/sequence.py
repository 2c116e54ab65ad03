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
    """One place of a pattern: some wordings, or up to so many words of any kind.

    `single` are the wordings of one word; `longer` are the others: what follows their first two
    words by the first, all in `firsts`, and then by the second. `shifts` of a gap are those that,
    one upon the other, reach every place within it.
    """

    single: frozenset[str]
    longer: Mapping[str, Mapping[str, tuple[str, ...]]]
    optional: bool = False
    shifts: tuple[int, ...] = ()
    firsts: frozenset[str] = frozenset()

    @property
    def longest(self) -> int:
        """The most words it can span."""
        return max([sum(self.shifts), 1, *map(len, self.wordings)])

    @property
    def wordings(self) -> frozenset[str]:
        """All that may stand here."""
        longer = (
            first + second + rest
            for first, seconds in self.longer.items()
            for second, rests in seconds.items()
            for rest in rests
        )
        return self.single.union(longer)


class Window:
    """Some words of a sentence, and where among them each word stands, as the bits of a number.

    Beginnings of matches are looked for at the first `own` of them, or at all.
    """

    __slots__ = ("_codes", "_places", "_there", "end", "known", "own", "start")

    def __init__(
        self, codes: str, there: frozenset[str], *, start: int = 0, own: int | None = None
    ) -> None:
        own = len(codes) if own is None else own
        self.start = start
        self.own = (1 << own) - 1
        self.end = (1 << (len(codes) + 1)) - 1
        self._codes = codes
        self._there = there
        self._places: dict[str, int] = {}
        self.known: dict[Step, tuple[int, list[tuple[int, int]]]] = {}

    def look(self, step: Step) -> tuple[int, list[tuple[int, int]]]:
        """Where a word of a step stands; then, by how many words they have, its longer wordings."""
        single = 0
        for word in step.single & self._there:
            single |= self._place(word)
        longer = []
        for first in step.firsts & self._there if step.longer else ():
            seconds = step.longer[first]
            for second in self._there & seconds.keys():
                both = self._place(first) & (self._place(second) >> 1)
                if both:
                    for rest in seconds[second]:
                        begins = both
                        for further, word in enumerate(rest, 2):
                            begins &= self._place(word) >> further
                        if begins:
                            longer.append((len(rest) + 2, begins))
        self.known[step] = single, longer
        return single, longer

    def _place(self, word: str) -> int:
        """The places of a word, as bits."""
        found = self._places.get(word)
        if found is None:
            found, at = 0, self._codes.find(word)
            while at >= 0:
                found |= 1 << at
                at = self._codes.find(word, at + 1)
            self._places[word] = found
        return found


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
                self._windows = [Window(self.codes, self.there)]
            else:
                for at in range(0, length, _WINDOW):
                    codes = self.codes[at : at + _WINDOW + self._reach]
                    self._windows.append(Window(codes, frozenset(codes), start=at, own=_WINDOW))
        return self._windows


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compact pattern ready to be found; `fixed` is one without gaps, such as a phrase."""

    steps: tuple[Step, ...]
    fixed: bool = False

    @property
    def needs(self) -> Needs:
        """Sets of wordings of which any match holds one each; there is at least one set."""
        found = (step.wordings for step in self.steps if not step.shifts and not step.optional)
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
            if step.shifts:
                return window.own
            single, longer = window.known.get(step) or window.look(step)
            found |= single
            for _, begins in longer:
                found |= begins
            if not step.optional:
                break
        return found & window.own

    def _ends(self, window: Window, reached: int) -> int:
        """Where matches that begin at these places may end, as bits."""
        known = window.known
        for step in self.steps:
            if step.shifts:
                for shift in step.shifts:
                    reached |= reached << shift
                reached &= window.end
                continue
            single, longer = known.get(step) or window.look(step)
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
            return Step(frozenset(), {}, shifts=tuple(_doublings(place.most)))
        single: set[str] = set()
        longer: dict[str, dict[str, dict[str, None]]] = {}
        for option in place.options:
            wording = self._spelled.get(option)
            if wording is None:
                wording = self._spelled[option] = self._alphabet.spell(option)
            if len(wording) == 1:
                single.add(wording)
            elif wording:
                seconds = longer.setdefault(wording[0], {})
                seconds.setdefault(wording[1], {})[wording[2:]] = None
        return Step(
            frozenset(single),
            {
                first: {second: tuple(rests) for second, rests in seconds.items()}
                for first, seconds in longer.items()
            },
            optional=place.optional,
            firsts=frozenset(longer),
        )


def _doublings(most: int) -> Iterator[int]:
    """1, 2, 4 ... and what is left to make up `most`."""
    shift = 1
    while most:
        yield min(shift, most)
        most -= min(shift, most)
        shift *= 2


def _bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
