"""The clauses of a queue by what they are worth, along indexes: the dearest first.

Of clauses worth nothing none has a row of its own in `clause_work` (but those that somebody has
read), so they are walked in the texts, behind the others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

COLUMNS = "select w.document, w.position, w.eid, w.citation, w.worth"
"""What a `Waiting` is made of, of a clause `w` in `reviewable_clauses`."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A clause that waits, with its place in the text and what it is worth."""

    document: str
    position: int
    eid: str
    citation: str
    worth: float


def entries(
    connection: sqlite3.Connection, statement: str, given: Mapping[str, object]
) -> list[Waiting]:
    """The clauses that a statement over `COLUMNS` gives."""
    return [Waiting(*row) for row in connection.execute(statement, given)]


def by_worth(
    connection: sqlite3.Connection,
    member: str,
    few: str | None,
    given: Mapping[str, object],
) -> list[Waiting]:
    """Those for which `member` holds, or which are on the list `few`, that is short; in order.

    `given` says whose they are, how many at most, and with `worth`, `document` and `place` behind
    which clause; these are `None` for the first.
    """
    found: list[Waiting] = []
    for statement in _few(few, given) if few else _many(member, given):
        found += entries(connection, statement, given)
        if len(found) >= int(str(given["limit"])):
            break
    return found[: int(str(given["limit"]))]


def _few(what: str, given: Mapping[str, object]) -> Iterator[str]:
    """Ask for what is on a list behind the clause that was given, all of the list sorted."""
    behind = "1"
    if given["worth"] is not None:
        behind = (
            "(w.worth < :worth or"
            " (w.worth = :worth and (w.document, w.position) > (:document, :place)))"
        )
    yield (
        f"{COLUMNS} from reader_clauses m cross join reviewable_clauses w"
        " on w.document = m.document and w.position = m.position"
        f" where m.reviewer = :reviewer and m.what = '{what}' and {behind}"
        " order by w.worth desc, w.document, w.position limit :limit"
    )


def _many(member: str, given: Mapping[str, object]) -> Iterator[str]:
    """Ask for the members of a queue behind the clause that was given, the dearest first.

    Each question goes along an index, where one with `or` would sort every clause.
    """
    proposed = "w.proposals > 0" in member
    index = "clause_work_proposed" if proposed else "clause_work_worth"
    worthy = "1" if proposed else "w.worth > 0"
    along = (
        "select w.document, w.position, w.eid, (select citation from clauses c"
        " where c.document = w.document and c.eid = w.eid), w.worth"
        f" from clause_work w indexed by {index} where {worthy} and {member} and {{behind}}"
        " order by w.worth desc, w.document, w.position limit :limit"
    )
    worth = given["worth"]
    if worth is None:
        yield along.format(behind="1")
    elif proposed or worth:
        yield along.format(
            behind="w.worth = :worth and (w.document, w.position) > (:document, :place)"
        )
        yield along.format(behind="w.worth < :worth")
    if proposed:
        return
    # What nothing is known of, in text order: only a few of them have a row.
    rest = (
        f"{COLUMNS} from reviewable_clauses w where w.worth = 0 and {member} and {{behind}}"
        " order by w.document, w.position limit :limit"
    )
    if worth is None or worth:
        yield rest.format(behind="1")
    else:
        yield rest.format(behind="w.document = :document and w.position > :place")
        yield rest.format(behind="w.document > :document")
