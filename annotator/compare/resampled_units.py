"""A 95 % interval for unitizing alpha, by drawing clauses anew.

Alpha is made of sums over the continuum: of how far units disagree, of units by length, of gaps by
length. Each clause has its share of every sum, a unit's with the clause it begins in, a gap's with
the clause before it; what is drawn is how often each clause counts, as in `bootstrap`. So nothing
is laid end to end anew, and the cost grows with the marks, not with their square.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.compare.bootstrap import UNITS_AT_LEAST, Interval, middle
from annotator.compare.extents import Extents
from annotator.compare.ratings import Floats, Ints

_DRAWS_AT_ONCE = 4_000_000
"""Numbers in memory at a time."""
_DRAWS_IN_ALL = 4_000_000
_RESAMPLES_AT_LEAST = 400
"""Where very many clauses are marked, fewer resamples are as steady: so many at the least."""


@dataclass(frozen=True)
class Shares:
    """What each clause has of the sums that alpha of one category is made of.

    `units` and `gaps` are lengths, `unit_clause` and `gap_clause` say in which clause each counts;
    `apart` is by clause.
    """

    observers: int
    apart: Floats
    units: Floats
    unit_clause: Ints
    gaps: Floats
    gap_clause: Ints

    @classmethod
    def of(
        cls,
        marked: Sequence[Extents],
        gaps: Iterable[tuple[int, int]],
        apart: Iterable[tuple[int, int]],
        starts: Sequence[int],
    ) -> Shares:
        """Of one category's units and gaps, and how far each pair of sections is apart.

        `apart` has pairs of a position and a squared difference; `starts` is where clauses begin.
        """

        def clause(position: int) -> int:
            return max(bisect_right(starts, position) - 1, 0)

        found = [unit for ranges in marked for unit in ranges]
        between = sorted(gaps, key=lambda gap: gap[0] - gap[1])
        shares = np.zeros(len(starts))
        for position, squares in apart:
            shares[clause(position)] += squares
        return cls(
            len(marked),
            shares,
            np.array([end - start for start, end in found], dtype=float),
            np.array([clause(start) for start, _ in found], dtype=np.int64),
            np.array([end - start for start, end in between], dtype=float),
            np.array([clause(start - 1) for start, _ in between], dtype=np.int64),
        )

    def disagreements(self, drawn: Ints, length: Floats) -> tuple[Floats, Floats]:
        """Observed and expected, one each a resample; `drawn` says how often a clause counts."""
        pairs = self.observers * (self.observers - 1)
        observed = drawn @ self.apart / (pairs * length**2)
        often = drawn[:, self.unit_clause]
        unit = self.units
        against_units = (often.sum(axis=1) - 1) * (often @ (2 * unit**3 - 3 * unit**2 + unit))
        # The gaps stand by length, the longest first: so the first so many can hold a unit.
        weights = drawn[:, self.gap_clause]
        none = np.zeros((len(drawn), 1))
        count = np.hstack([none, weights.cumsum(axis=1)])
        total = np.hstack([none, (weights * self.gaps).cumsum(axis=1)])
        fitting = np.searchsorted(-self.gaps, -unit, side="right")
        # All gaps together are what units leave of a continuum of this length, in any order of
        # clauses; which of them are too short for a unit is as it is in the clauses themselves.
        left = self.observers * length - often @ unit
        short = total[:, -1:] - total[:, fitting]
        room = left[:, None] - short - count[:, fitting] * (unit - 1)
        against_gaps = (often * room) @ (3 * unit**2)
        positions = self.observers * length
        ways = positions * (positions - 1) - often @ (unit * (unit - 1))
        expected = 2 * (against_units + against_gaps) / (3 * length * ways)
        return observed, expected


def intervals(
    shares: Mapping[str, Shares], lengths: Sequence[int], *, resamples: int, seed: int
) -> dict[str, Interval | None]:
    """The interval of each category's alpha, and of all together under "".

    `lengths` are those of the clauses. `None` where fewer than ten clauses are marked, where the
    observers never differed, or where more than one resample in twenty has no alpha.
    """
    used = np.zeros(len(lengths), dtype=bool)
    for one in shares.values():
        used[one.unit_clause] = used[one.gap_clause] = used[one.apart > 0] = True
    marked = np.flatnonzero(used)
    if not len(marked):
        return dict.fromkeys([*shares, ""])
    resamples = min(resamples, max(_RESAMPLES_AT_LEAST, _DRAWS_IN_ALL // len(marked)))
    found: dict[str, list[Floats]] = {name: [] for name in [*shares, ""]}
    rng = np.random.default_rng(seed)
    size = np.array(lengths, dtype=float)
    # Clauses that nobody marked only make the continuum longer: they are drawn as one kind.
    others = len(lengths) - len(marked)
    chances = np.array([*[1 / len(lengths)] * len(marked), others / len(lengths)])
    rest = size[~used].mean() if others else 0.0
    narrow = {name: _narrowed(one, marked) for name, one in shares.items()}
    widest = max(len(one.units) + len(one.gaps) for one in narrow.values()) + len(marked)
    step = max(1, _DRAWS_AT_ONCE // widest)
    for done in range(0, resamples, step):
        draws = rng.multinomial(len(lengths), chances, size=min(step, resamples - done))
        drawn = draws[:, :-1]
        length = drawn @ size[marked] + draws[:, -1] * rest
        sums = [one.disagreements(drawn, length) for one in narrow.values()]
        for name, (observed, expected) in zip(narrow, sums, strict=True):
            found[name].append(_alpha(observed, expected))
        found[""].append(_alpha(sum(o for o, _ in sums), sum(e for _, e in sums)))
    return {
        name: middle(np.concatenate(figures)) if _telling(shares, name) else None
        for name, figures in found.items()
    }


def _narrowed(one: Shares, marked: Ints) -> Shares:
    """The same over those clauses only."""
    return Shares(
        one.observers,
        one.apart[marked],
        one.units,
        np.searchsorted(marked, one.unit_clause),
        one.gaps,
        np.searchsorted(marked, one.gap_clause),
    )


def _telling(shares: Mapping[str, Shares], name: str) -> bool:
    chosen = [shares[name]] if name else list(shares.values())
    marked = {int(clause) for one in chosen for clause in one.unit_clause}
    return len(marked) >= UNITS_AT_LEAST and any(one.apart.any() for one in chosen)


def _alpha(observed: Floats | int, expected: Floats | int) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        figures: Floats = 1 - np.asarray(observed) / np.asarray(expected)
    return np.where(np.isfinite(figures), figures, np.nan)
