"""Who gave which clause which value, kept as how often each pattern of values occurs.

Five reviewers and two values make a few hundred patterns at most, however many clauses there are,
and no measure of agreement tells clauses of the same pattern apart. So measures, and the resamples
behind their intervals, are computed on patterns.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Row = Sequence[Hashable | None]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_MISSING = -1
_COUNTABLE = 2**16


@dataclass(frozen=True, slots=True)
class Ratings:
    """Values of several observers: observers x patterns, and how many units have each pattern.

    `domain` holds the values in order; `patterns[o, p]` is the place in it of what observer `o`
    said, -1 where nothing; `occurs[p]` counts the units with pattern `p`.
    """

    domain: tuple[Hashable, ...]
    patterns: Ints
    occurs: Ints

    @classmethod
    def of(cls, rows: Sequence[Row], *, domain: Sequence[Hashable] | None = None) -> Ratings:
        """Ratings from a row an observer and a column a unit, with `None` where one is missing.

        NaN, as tables of numbers have it, is missing too. Without a `domain` the values that occur,
        sorted. `ValueError` for rows of unequal lengths and for a value outside the domain.
        """
        if len({len(row) for row in rows}) > 1:
            raise ValueError("every observer needs a value, or None, for every unit")
        if domain is None:
            found = {value for row in rows for value in row if not _is_missing(value)}
            try:
                domain = sorted(found)  # type: ignore[type-var]  # values of one kind
            except TypeError:
                domain = sorted(found, key=repr)
        places = {value: place for place, value in enumerate(domain)}
        try:
            coded = [
                [_MISSING if _is_missing(value) else places[value] for value in row] for row in rows
            ]
        except KeyError as error:
            raise ValueError(f"{error.args[0]!r} is not one of the values {domain!r}") from None
        width = len(rows[0]) if len(rows) else 0  # an array has no truth of its own
        return cls.coded(np.array(coded, dtype=np.int64).reshape(len(rows), width), tuple(domain))

    @classmethod
    def coded(cls, coded: npt.NDArray[np.integer[Any]], domain: tuple[Hashable, ...]) -> Ratings:
        """Ratings from observers x units of places in the domain, -1 for a missing value."""
        observers, units = coded.shape
        base = len(domain) + 1
        if base**observers <= _COUNTABLE:
            # A column read as a number: so few numbers are counted without sorting the columns.
            keys = np.zeros(units, dtype=np.int64)
            for row in coded:
                keys = keys * base + (row + 1)
            found = np.bincount(keys)
            numbers = np.flatnonzero(found)
            powers = base ** np.arange(observers - 1, -1, -1)
            patterns, occurs = numbers // powers[:, None] % base - 1, found[numbers]
        else:
            patterns, occurs = np.unique(coded, axis=1, return_counts=True)
        return cls(domain, patterns.astype(np.int64), occurs.astype(np.int64))

    @property
    def observers(self) -> int:
        """How many observers there are, whether or not they said anything."""
        return len(self.patterns)

    def counts(self) -> Ints:
        """Patterns x values: how many observers gave that value."""
        found = np.zeros((self.patterns.shape[1], len(self.domain)), dtype=np.int64)
        for place in range(len(self.domain)):
            found[:, place] = (self.patterns == place).sum(axis=0)
        return found

    def paired(self) -> Ratings:
        """Only the units that two observers or more gave a value: the others tell nothing."""
        keep = (self.patterns != _MISSING).sum(axis=0) > 1
        return Ratings(self.domain, self.patterns[:, keep], self.occurs[keep])

    def regardless_of_whom(self) -> Ratings:
        """The same, where only how many observers gave which value is kept, not who they were."""
        ordered = np.sort(self.patterns, axis=0)
        patterns, place = np.unique(ordered, axis=1, return_inverse=True)
        occurs = np.zeros(patterns.shape[1], dtype=np.int64)
        np.add.at(occurs, place.ravel(), self.occurs)
        return Ratings(self.domain, patterns, occurs)

    def pair(self, first: int, second: int) -> Ints:
        """Values x values: how many units the two observers gave each pair of values."""
        table = np.zeros((len(self.domain),) * 2, dtype=np.int64)
        one, other = self.patterns[first], self.patterns[second]
        both = (one != _MISSING) & (other != _MISSING)
        np.add.at(table, (one[both], other[both]), self.occurs[both])
        return table

    def expanded(self) -> Ints:
        """Units x values, as the `krippendorff` package takes them."""
        return np.repeat(self.counts(), self.occurs, axis=0)

    @property
    def units(self) -> int:
        """How many units there are."""
        return int(self.occurs.sum())

    @property
    def constant(self) -> bool:
        """Whether at most one value was ever given."""
        return int(np.count_nonzero(self.counts().sum(axis=0))) < 2


def _is_missing(value: Hashable | None) -> bool:
    """Whether there is no value: a NaN counted as one would agree with nobody, itself included."""
    return value is None or (isinstance(value, (float, np.floating)) and bool(np.isnan(value)))
