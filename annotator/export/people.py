"""What reviewers are called in a file that is passed on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from annotator.model import Reviewer, stable_id

SETTLED = Reviewer(stable_id("reviewer", "settled"), "Settled")
"""Who says what is settled: nobody in particular."""


def names(everyone: Sequence[Reviewer], *, real: bool) -> dict[str, str]:
    """By id the names to be shown of all the reviewers of a database.

    A pseudonym is a number in the order of the days on which people joined, and within a day in
    that of their random ids: it does not follow the names, is the same whatever is selected, and
    stays when others join later.

    >>> ann = Reviewer("b2", "Ann", "2026-01-02T08:00:00.000Z")
    >>> bela = Reviewer("a1", "Bela", "2026-01-02T09:00:00.000Z")
    >>> names([ann, bela], real=False)["b2"]
    'Reviewer 2'
    """
    found = {SETTLED.id: SETTLED.name}
    order = sorted(everyone, key=lambda one: (one.created[:10], one.id))
    for number, one in enumerate(order, start=1):
        found[one.id] = one.name if real else f"Reviewer {number}"
    return found


def shown(
    listed: Iterable[Reviewer], names: Mapping[str, str], *, real: bool
) -> tuple[Reviewer, ...]:
    """The reviewers under the names to be shown, in the order of these; 2 stands before 10."""
    place = {id: number for number, id in enumerate(names)}
    given = (dataclasses.replace(one, name=names[one.id]) for one in listed)
    return tuple(sorted(given, key=lambda one: (one.name if real else "", place[one.id])))
