"""Compact patterns over the words of one sentence, found without spaCy's Matcher.

A gap written as optional tokens makes a Matcher follow every way of leaving some of them out: 2^8
ways for a gap of eight, 60 ms and more for one rule in one sentence. Following the places a pattern
can have reached, each once, costs no more than words times gap.

Words are LOWER hashes throughout, so that nothing here compares strings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.highlight.phrasing import Gap, parse

Wording = tuple[int, ...]
Needs = tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a pattern: wordings by their first word, or up to `gap` words of any kind."""

    wordings: Mapping[int, tuple[Wording, ...]]
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compact pattern ready to be found."""

    steps: tuple[Step, ...]

    @property
    def needs(self) -> Needs:
        """Sets of words of which any match holds one each; never empty."""
        found = (frozenset(s.wordings) for s in self.steps if s.wordings and not s.optional)
        return tuple(dict.fromkeys(found))

    def find(self, words: Sequence[int], *, nearest: bool = True) -> Iterator[tuple[int, int]]:
        """Start and end of every match; from each start the nearest end, or all of them."""
        first = self.steps[0]
        for start, word in enumerate(words):
            if word in first.wordings or first.optional:
                ends = self._ends(words, start)
                if ends and nearest:
                    yield start, min(ends)
                else:
                    yield from ((start, end) for end in sorted(ends))

    def _ends(self, words: Sequence[int], start: int) -> set[int]:
        reached = {start}
        for step in self.steps:
            if step.gap:
                reached = {
                    place
                    for at in reached
                    for place in range(at, min(at + step.gap, len(words)) + 1)
                }
                continue
            further = set(reached) if step.optional else set()
            for at in reached:
                if at < len(words):
                    for wording in step.wordings.get(words[at], ()):
                        end = at + len(wording)
                        if tuple(words[at:end]) == wording:
                            further.add(end)
            if not further:
                return further
            reached = further
        return reached - {start}


def compile_pattern(
    pattern: str,
    lists: Mapping[str, tuple[str, ...]],
    hashes: Callable[[str], Wording],
    *,
    language: str = "en",
) -> Pattern:
    """A compact pattern, its wordings cut into words by `hashes`."""
    steps = []
    for place in parse(pattern, lists, language=language):
        if isinstance(place, Gap):
            steps.append(Step({}, gap=place.most))
            continue
        wordings: dict[int, dict[Wording, None]] = {}
        for option in place.options:
            words = hashes(option)
            wordings.setdefault(words[0], {})[words] = None
        steps.append(Step({word: tuple(found) for word, found in wordings.items()}, place.optional))
    return Pattern(tuple(steps))
