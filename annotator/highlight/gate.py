"""Patterns run only where they can match, with the same result as running them all.

Every pattern costs something in every sentence, and nearly every pattern is silent in nearly every
sentence. So each word that patterns cannot do without has a number in which each such pattern is a
bit; `or` over the words of a sentence says which patterns have what they need. The first such words
asked for are each pattern's rarest, which leaves nothing to do for most sentences.

How rare a word is, is judged by how many of the rules' own examples hold it: these are the only
texts that come with the rules, and they are about what the rules are about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from annotator.highlight.sequence import Needs

# How many needs of each pattern are looked at for all patterns at once. Few are left after these.
_LEVELS = 2


class Gate:
    """Tells which of some patterns can match among words, by what each needs.

    Patterns are named by their place in `needs`; one that needs no particular word always may.
    """

    def __init__(self, needs: Sequence[Needs], examples: Iterable[str] = ()) -> None:
        seen: Counter[str] = Counter()
        for example in examples:
            seen.update(set(example))
        ordered = [
            sorted(own, key=lambda words: (sum(1 + seen[w] for w in words), sorted(words)))
            for own in needs
        ]
        self._levels = [_Level(ordered, level) for level in range(_LEVELS)]
        self._further = [own[_LEVELS:] for own in ordered]

    def open(self, words: frozenset[str]) -> list[int]:
        """The patterns that can match among these words, in their order."""
        chosen = -1
        for level in self._levels:
            chosen &= level.open(words)
            if not chosen:
                return []
        found = []
        while chosen:
            lowest = chosen & -chosen
            found.append(lowest.bit_length() - 1)
            chosen ^= lowest
        return [
            number
            for number in found
            if not any(words.isdisjoint(need) for need in self._further[number])
        ]


class _Level:
    """The n-th rarest need of each pattern, as one bit a pattern of its words' numbers."""

    def __init__(self, needs: Sequence[Sequence[frozenset[str]]], level: int) -> None:
        self._without = 0
        self._having: dict[str, int] = {}
        for number, own in enumerate(needs):
            bit = 1 << number
            if level >= len(own):
                self._without |= bit
                continue
            for word in own[level]:
                self._having[word] = self._having.get(word, 0) | bit
        self._words = frozenset(self._having)

    def open(self, words: frozenset[str]) -> int:
        """The patterns that have one of their words here, or need none."""
        chosen = self._without
        having = self._having
        for word in words & self._words:
            chosen |= having[word]
        return chosen
