"""What is known of two texts that lie side by side: which clause of one is which of the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

How = Literal["same", "renumbered", "moved", "split", "merged", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause of the old text and the one of the new text that is the same; eIds.

    `score` says from 0 to 1 how alike their own words are, between languages how sure the pair is.
    `unchanged` is True where the own words are the same but for spaces and the shape of quotation
    marks. `rivals` are new clauses without a pair that would fit as well, `old_rivals` old ones:
    what depends on the pair is then doubtful.
    """

    old: str | None
    new: str | None
    how: How
    score: float
    unchanged: bool = False
    rivals: tuple[str, ...] = ()
    old_rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of clauses with words of their own, in the order of the new text.

    What is gone stands behind what it stood behind. `frames` are pairs of clauses that only hold
    others: chapters, articles that begin with their paragraph 1. `gaps` tell in a sentence each
    where two languages are not divided in the same way.
    """

    pairs: tuple[Pair, ...]
    frames: tuple[Pair, ...] = ()
    gaps: tuple[str, ...] = ()
    _old: dict[str, tuple[Pair, ...]] = field(init=False, repr=False, compare=False)
    _new: dict[str, tuple[Pair, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_old", _by((pair.old, pair) for pair in self.pairs))
        object.__setattr__(self, "_new", _by((pair.new, pair) for pair in self.pairs))

    def of_old(self, eid: str) -> tuple[Pair, ...]:
        """Where a clause of the old text went: several pairs where it was split, none if unknown.

        The best one comes first.
        """
        return self._old.get(eid, ())

    def of_new(self, eid: str) -> tuple[Pair, ...]:
        """Where a clause of the new text comes from: several pairs where clauses were merged."""
        return self._new.get(eid, ())


def _by(pairs: Iterable[tuple[str | None, Pair]]) -> dict[str, tuple[Pair, ...]]:
    found: dict[str, list[Pair]] = {}
    for eid, pair in pairs:
        if eid is not None:
            found.setdefault(eid, []).append(pair)
    return {eid: tuple(sorted(of, key=lambda pair: -pair.score)) for eid, of in found.items()}
