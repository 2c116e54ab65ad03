"""How alike two texts are: by the words they share, the rare ones first, and by their order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import Indel


class Weights:
    """How much a word says about which text it is from: one that stands everywhere says little.

    Made from all the texts that are compared, as the logarithm of their number over the number of
    those with the word (inverse document frequency), and never nothing.
    """

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        frequency: Counter[str] = Counter()
        count = 0
        for words in texts:
            count += 1
            frequency.update(set(words))
        self._count = max(count, 1)
        self._weight = {
            word: 0.2 + math.log((1 + self._count) / (1 + number))
            for word, number in frequency.items()
        }
        self._unknown = 0.2 + math.log(1 + self._count)

    def of(self, word: str) -> float:
        """The weight of a word; of one never seen, that of the rarest."""
        return self._weight.get(word, self._unknown)

    def total(self, bag: Mapping[str, int]) -> float:
        """The weight of all words of a text."""
        return sum(self.of(word) * number for word, number in bag.items())


class Text:
    """The words of a text, ready to be compared many times."""

    __slots__ = ("bag", "keys", "total")

    def __init__(self, keys: Sequence[str], weights: Weights) -> None:
        self.keys = list(keys)
        self.bag = Counter(self.keys)
        self.total = weights.total(self.bag)


def shared(one: Text, other: Text, weights: Weights) -> float:
    """The weighted share of words in common (Dice), from 0 to 1, whatever their order."""
    if not one.keys or not other.keys:
        return 1.0 if one.keys == other.keys else 0.0
    fewer, more = sorted((one.bag, other.bag), key=len)
    common = sum(
        weights.of(word) * min(number, more[word]) for word, number in fewer.items() if word in more
    )
    return min(1.0, 2 * common / (one.total + other.total))


def likeness(one: Text, other: Text, weights: Weights) -> float:
    """From 0 to 1: the mean of what is shared whatever the order, and in the same order (Indel)."""
    if one.keys == other.keys:
        return 1.0
    in_order = Indel.normalized_similarity(one.keys, other.keys)
    return min(0.999, (shared(one, other, weights) + in_order) / 2)
