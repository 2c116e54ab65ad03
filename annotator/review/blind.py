"""What a reviewer may see of the others' work, where the project is blind.

In a blind project nobody sees what others said of a clause (tags, verdicts, notes, assessments,
links, and so where they differ) before being done with it: what two people find apart is worth more
as evidence than what one read from the other. Every page asks `visible` and shows only what it
leaves. A sum over the project is hidden too, since of two readers it tells what the other did: how
often a rule is kept counts one's own decisions alone. What may be seen is told by letters, never by
names (`ui.called`), and so is nothing that could be counted and held against a letter: how many
clauses each has finished, and what they are given to read, stand by name only on the page Project,
for whoever says there that they lead the project, since work could not be given out otherwise.

This is manners, not a lock. Whoever holds the database file can read all of it, with the commands
(`compare`, `export` and the rest see everything), in Datasette, or by choosing another name in the
sidebar. Marking a clause as done unread shows the others' work too, and the history tells that it
was done so. Where people must not see each other's work, give each their own file and merge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from annotator.model import Annotation
from annotator.store import Store


class _Said(Protocol):
    """Anything a reviewer said of a clause."""

    @property
    def eid(self) -> str: ...

    @property
    def reviewer(self) -> str: ...


S = TypeVar("S", bound=_Said)


@dataclass(frozen=True, slots=True)
class Sight:
    """The clauses of a document of which a reviewer may see what the others said.

    `eid in sight` asks of one clause; `of` leaves of any values those to be shown. `everything` is
    true where the project is not blind.
    """

    reviewer: str | None
    everything: bool
    eids: frozenset[str]
    hidden: tuple[tuple[int, int], ...]
    """Where the words of the other clauses begin and end, in code points."""

    def __contains__(self, eid: object) -> bool:
        return self.everything or eid in self.eids

    def of(self, values: Iterable[S]) -> list[S]:
        """The reviewer's own values, and the others' on clauses that may be seen.

        A tag that reaches into a clause which may not be seen is left out as a whole.
        """
        return [one for one in values if one.reviewer == self.reviewer or self._shows(one)]

    def _shows(self, one: _Said) -> bool:
        if one.eid not in self:
            return False
        if self.everything or not isinstance(one, Annotation):
            return True
        return not any(start < one.end and one.start < end for start, end in self.hidden)


def is_blind(store: Store) -> bool:
    """Whether the project hides others' work until one is done with a clause."""
    return store.settings()["blind"] == "on"


def visible(store: Store, reviewer: str | None, document: str) -> Sight:
    """What the reviewer (id or name; None: nobody in particular) may see in the document.

    One small question where the project is not blind; else the clauses they are done with, the
    only ones of which others' work may be shown. Ask once a document, then
    `sight.of(store.annotations(document=...))` or `eid in sight`.
    """
    if not is_blind(store):
        return Sight(reviewer, True, frozenset(), ())
    if reviewer is None:
        return Sight(None, False, frozenset(), ())
    someone = store.reviewer(reviewer).id
    done = frozenset(
        one.eid for one in store.reviews(document=document, reviewer=someone) if one.done
    )
    hidden = tuple((start, end) for eid, start, end in store.own_words(document) if eid not in done)
    return Sight(someone, False, done, hidden)
