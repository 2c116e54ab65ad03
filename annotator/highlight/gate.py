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

_AT_ONCE = 3


class Gate:
    """Tells which of some patterns can match among words, by what each needs.

    Patterns are named by their place in `needs`; one that needs no particular word always may.
    """

    def __init__(self, needs: Sequence[Needs], examples: Iterable[str] = ()) -> None:
        seen: Counter[str] = Counter()
        for example in examples:
            seen.update(set(example))
        ordered = [
            sorted(
                # Of a wording of several words its rarest stands for all.
                (
                    frozenset(min(w, key=lambda c: (seen[c], c)) for w in wordings)
                    for wordings in own
                ),
                key=lambda words: (sum(1 + seen[w] for w in words), sorted(words)),
            )
            for own in needs
        ]
        # The rarest needs of each pattern are looked at for all patterns at once: a number has as
        # many bits as there are patterns for each of these needs, one behind the other. Few are
        # left, and what else they need is asked of each.
        self._width = len(ordered)
        every = (1 << self._width) - 1
        self._content = 0
        having: Counter[str] = Counter()
        for level in range(_AT_ONCE):
            lacking = every
            for number, own in enumerate(ordered):
                if level < len(own):
                    lacking &= ~(1 << number)
                    for word in own[level]:
                        having[word] |= 1 << (number + level * self._width)
            self._content |= lacking << (level * self._width)
        self._having = dict(having)
        self._words = frozenset(having)
        self._further = [own[_AT_ONCE:] for own in ordered]

    def open(self, words: frozenset[str]) -> list[int]:
        """The patterns that can match among these words, in their order."""
        have, having, width = self._content, self._having, self._width
        for word in words & self._words:
            have |= having[word]
        chosen = have & (have >> width) & (have >> 2 * width)
        found = []
        while chosen:
            lowest = chosen & -chosen
            number = lowest.bit_length() - 1
            chosen ^= lowest
            for need in self._further[number]:
                if words.isdisjoint(need):
                    break
            else:
                found.append(number)
        return found
