"""Who changed what in a clause since it was decided: why it is open again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from annotator.compare.settling import SettledClause
from annotator.store import Store

What = Literal["tagged", "removed", "relabelled", "read", "unread"]


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing a reviewer changed: a tag, before and after, or their word on the clause.

    `before` and `after` are rows of annotations; of `read` and `unread` there are none.
    """

    reviewer: str
    what: What
    at: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


_READ = ("concern", "no_concern")
_SAID = ("start", "end", "concern", "code", "polarity", "severity")


def changes(store: Store, clause: SettledClause) -> list[Changed]:
    """What the reviewers because of whom the clause is open again did since, in that order.

    Several changes of one tag count as one; what came to nothing is left out.
    """
    if not clause.outdated:
        return []
    since = min(row.updated for row in clause.outdated)
    first: dict[tuple[str, ...], Mapping[str, Any] | None] = {}
    last: dict[tuple[str, ...], tuple[str, str, Mapping[str, Any] | None]] = {}
    for line in store.lines_on(clause.document, clause.eid, since=since):
        for change in line.changes:
            row = change["after"] or change["before"]
            if change["table"] not in ("annotations", "reviews") or row["eid"] != clause.eid:
                continue
            key = (change["table"], *change["key"])
            first.setdefault(key, change["before"])
            last[key] = (line.at, str(row["reviewer"]), change["after"])
    found = []
    for key, (at, reviewer, after) in last.items():
        before = first[key]
        if reviewer not in clause.changed:
            continue
        what = (_tag if key[0] == "annotations" else _word)(before, after)
        if what:
            marks = (before, after) if key[0] == "annotations" else (None, None)
            found.append(Changed(reviewer, what, at, *marks))
    return found


def _tag(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> What | None:
    if before is None or after is None:
        return None if before is after else "tagged" if after else "removed"
    same = all(before[name] == after[name] for name in _SAID)
    return None if same else "relabelled"


def _word(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> What | None:
    was, now = (row is not None and row["state"] in _READ for row in (before, after))
    if was == now:
        return None
    return "read" if now else "unread"
