"""Where a tag goes, or the places that come into question for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from annotator.model import Annotation, CarriedHow


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in the new text that comes into question, and how alike it is, from 0 to 1."""

    eid: str
    start: int
    end: int
    quote: str
    score: float


@dataclass(frozen=True, slots=True)
class Placement:
    """What is proposed for an annotation.

    Where `state` is `placed`, `at` is the place. Else `candidates` come into question, the best
    first, and `reason` says in a sentence why none of them was taken. `reason` of a placed one says
    what a person should look at all the same.
    """

    annotation: Annotation
    state: Literal["placed", "to_place"]
    how: CarriedHow
    score: float
    at: Candidate | None = None
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()
