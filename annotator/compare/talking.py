"""Which clauses are worth talking about first, and why.

An order, not a measure: what changes what the project says comes before what only changes how it
says it, an even split before a single voice, what is called grave before what is not, and what
stands for many other clauses before what stands alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from annotator.compare.differences import Difference
from annotator.model import SEVERITIES

Why = Literal[
    "polarity",
    "concern",
    "code",
    "only_one",
    "not_all",
    "severity_far",
    "severity",
    "ends",
    "grave",
    "even",
    "each",
    "recurring",
    "several",
    "noted",
]
"""
| why | |
|---|---|
| `polarity` | a risk for some, a safeguard for others |
| `concern`, `code` | the same words, another concern or another code of it |
| `only_one`, `not_all` | `n` of `of` who read it marked it |
| `severity_far`, `severity` | low for some and high for others, or a step apart |
| `ends` | where the words begin or end |
| `grave` | somebody calls it high |
| `even`, `each` | `n` against `of`; or each of `n` says something else |
| `recurring` | `n` other clauses differ on the same code: one rule may settle all of them |
| `several` | `n` differences in one clause |
| `noted` | `n` notes say why |
"""

_WEIGHTS: dict[Why, float] = {
    "polarity": 5.0,
    "concern": 4.0,
    "code": 3.0,
    "only_one": 2.0,
    "not_all": 2.0,
    "severity_far": 2.0,
    "severity": 1.0,
    "ends": 0.5,
}
_GRAVE, _EVEN, _SEVERAL, _RECURRING, _NOTED = 2.0, 1.5, 0.5, 1.0, 0.25
_RECURRING_FROM = 3
_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Because:
    """Why a clause is where it is; what `n` and `of` count is told at `Why`."""

    why: Why
    n: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """A clause with its differences, how much talking about it is worth, and why.

    The reasons come in the order of what each adds to `worth`.
    """

    document: str
    eid: str
    citation: str
    worth: float
    reasons: tuple[Because, ...]
    differences: tuple[Difference, ...]


def worth_talking(differences: Iterable[Difference]) -> list[Talk]:
    """The clauses in which reviewers differ, the one most worth talking about first.

    Equal ones stay in the order in which they come. Neither the order of the reviewers nor that of
    the annotations changes anything.
    """
    clauses: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for difference in differences:
        clauses[difference.document, difference.eid].append(difference)
    recurring: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for place, found in clauses.items():
        for code in {code for one in found for code in _codes(one)}:
            recurring[code].add(place)
    talks = []
    for (document, eid), found in clauses.items():
        best: dict[Why, tuple[float, Because]] = {}
        for worth, reason in _reasons(found, recurring):
            if reason.why not in best or worth > best[reason.why][0]:
                best[reason.why] = worth, reason
        ordered = sorted(best.values(), key=lambda one: -one[0])
        talks.append(
            Talk(
                document=document,
                eid=eid,
                citation=found[0].citation,
                worth=round(sum(worth for worth, _ in ordered), 3),
                reasons=tuple(reason for _, reason in ordered),
                differences=tuple(found),
            )
        )
    return sorted(talks, key=lambda talk: -talk.worth)


def _reasons(
    found: list[Difference], recurring: dict[tuple[str, str], set[tuple[str, str]]]
) -> Iterator[tuple[float, Because]]:
    for one in found:
        sizes = sorted((len(view.reviewers) for view in one.views), reverse=True)
        readers, most = sum(sizes), sizes[0]
        # Half where one stands against many, all of it where two views are held by as many.
        shared = 0.5 + min(0.5, 1 - most / readers)
        why = _kind(one)
        marked = sum(len(view.reviewers) for view in one.views if view.annotations)
        yield _WEIGHTS[why] * shared, Because(why, marked, readers)
        if any(a.severity == "high" for view in one.views for a in view.annotations):
            yield _GRAVE, Because("grave")
        others = max((len(recurring[code]) - 1 for code in _codes(one)), default=0)
        if others >= _RECURRING_FROM and one.kind != "ends":
            yield _RECURRING + min(others, _AT_MOST) / _AT_MOST, Because("recurring", others)
        if one.kind in ("ends", "severity"):
            continue  # how the votes fall tells little there
        if readers > 2 and most == 1:
            yield _EVEN, Because("each", readers)
        elif readers > 3 and 2 * most <= readers + 1:
            yield _EVEN, Because("even", most, readers - most)
    if len(found) > 1:
        yield _SEVERAL * min(len(found) - 1, _AT_MOST), Because("several", len(found))
    noted = {a.id for one in found for view in one.views for a in view.annotations if a.note}
    if noted:
        yield _NOTED, Because("noted", len(noted))


def _kind(one: Difference) -> Why:
    marks = [a for view in one.views for a in view.annotations]
    if one.kind == "label":
        return "concern" if len({a.concern for a in marks}) > 1 else "code"
    if one.kind == "severity":
        steps = [SEVERITIES.index(a.severity) for a in marks if a.severity]
        return "severity_far" if max(steps) - min(steps) > 1 else "severity"
    return one.kind


def _codes(one: Difference) -> set[tuple[str, str]]:
    return {(a.concern, a.code) for view in one.views for a in view.annotations if a.code}
