"""What one person said of one thing under two ids: which of the two stays, and that it is told.

Where a person has but one row on something, the later counts. Of two tags on the same words for the
same concern, each made under another id, one is left in the same way, and so of two links from the
same words to the same clause. Tags of different concerns both stay, as one person may have them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from annotator.model import canonical
from annotator.store import merge_people, rows
from annotator.store.merge_rows import Choice, Clash, Plan, alike, bare
from annotator.store.merge_sides import table_called
from annotator.store.rows import Row, Table

# What two rows of one thing have in common, and what makes them more alike than that.
_OF_ONE_THING = {
    "annotations": (("document", "start", "end", "concern"), ("polarity", "code")),
    "links": (("document", "start", "end", "target_document", "target_eid"), ()),
    "link_rejections": (("document", "start", "end", "target_document", "target_eid"), ()),
}


@dataclass
class _Said:
    """A row, and under which ids either side has it."""

    row: Row
    ids: set[str] = field(default_factory=set)
    here: bool = False
    there: bool = False


def note(made: Plan) -> None:
    """Store who is one person, and note where one side has two rows of what there is but one."""
    people = made.people
    table = table_called(merge_people.TABLE)
    for gone, kept in people.kept.items():
        made.put(table, (gone,), {"id": gone, "reviewer": kept, "created": people.created[gone]})
    for table in rows.TABLES if people.kept else ():
        told = set()
        for side in (made.ours, made.theirs):
            for key in sorted(side.renamed(table)):
                found = side.stored(table, key)
                if table.name == "reviewers" or len(found) < 2 or key in told:
                    continue
                told.add(key)
                made.decided.add((table.name, key))
                stays = side.row(table, key)
                for row in found:
                    other = people.row(table, row)
                    if bare(other) != bare(stays):
                        made.clashes.append(Clash(table.name, key, other, stays, "theirs", True))


def join(made: Plan) -> None:
    """Leave one of two rows that say something of the same thing under two ids of one person."""
    for name, (thing, more) in _OF_ONE_THING.items() if made.people.kept else ():
        table = table_called(name)
        left: list[_Said] = []
        for group in _groups(_said(made, table), thing):
            # Those alike first: each finds its own, and what is left over its maker has besides.
            for what in (_all, _those(more), _those(())):
                group = _joined(made, table, group, what)
            left += group
        if name == "annotations":
            _tell_of_both(made, table, left)
    _assign_once(made)


def _assign_once(made: Plan) -> None:
    """Leave a person one assignment of a clause; the other office's may bear an id made of theirs.

    That is so of later ones too, so it is asked of all that a person of two ids has.
    """
    table = table_called("assignments")
    for person in sorted(set(made.people.kept.values())):
        groups: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
        for row in made.naming(table, "reviewer", person):
            groups[row["document"], row["eid"]].append(row)
        for group in groups.values():
            stays, *others = sorted(group, key=lambda row: row["id"])
            for row in others:
                if alike(row) != alike(stays):
                    made.clashes.append(
                        Clash(table.name, (stays["id"],), row, stays, "theirs", same=True)
                    )
                made.replace(table, row["id"], stays)


def _said(made: Plan, table: Table) -> list[_Said]:
    """What stays so far of the rows of those who have several ids."""
    found: dict[str, _Said] = {}
    ids = sorted({*made.people.kept, *made.people.kept.values()})
    for side in (made.ours, made.theirs):
        for row in side.connection.execute(
            f"select id, reviewer from {table.name}"
            " where reviewer in (select value from json_each(?)) order by id",
            (canonical(ids),),
        ):
            final = made.final(table, (row["id"],))
            if final is None:
                continue
            said = found.setdefault(row["id"], _Said(final))
            said.ids.add(row["reviewer"])
            said.here |= side is made.ours
            said.there |= side is made.theirs
    return list(found.values())


def _groups(found: list[_Said], thing: tuple[str, ...]) -> list[list[_Said]]:
    """The same, a list for each thing of which a person said it."""
    groups: dict[tuple[object, ...], list[_Said]] = defaultdict(list)
    for said in found:
        groups[said.row["reviewer"], *(said.row[name] for name in thing)].append(said)
    return list(groups.values())


def _all(row: Row) -> object:
    return canonical(alike(row))


def _those(columns: tuple[str, ...]) -> Callable[[Row], object]:
    return lambda row: [row[name] for name in columns]


def _joined(
    made: Plan, table: Table, group: list[_Said], what: Callable[[Row], object]
) -> list[_Said]:
    """The rows that are left where those of other ids that have `what` in common are joined."""
    left: list[_Said] = []
    for said in sorted(group, key=lambda said: _lateness(said.row), reverse=True):
        twin = next(
            (one for one in left if not one.ids & said.ids and what(one.row) == what(said.row)),
            None,
        )
        if twin is None:
            left.append(said)
            continue
        same = alike(twin.row) == alike(said.row)
        stays, gone = twin, said
        if same and said.row["id"] < twin.row["id"]:
            stays, gone = said, twin
            left[left.index(twin)] = said
        if not same:
            made.clashes.append(_clash(table, gone, stays))
        made.replace(table, gone.row["id"], stays.row)
        stays.ids |= gone.ids
    return left


def _clash(table: Table, gone: _Said, stays: _Said, choice: Choice | None = None) -> Clash:
    key = (stays.row["id"],)
    if gone.here and stays.there and not (gone.there and stays.here):
        return Clash(table.name, key, gone.row, stays.row, choice or "theirs")
    if gone.there and stays.here and not gone.here:
        return Clash(table.name, key, stays.row, gone.row, choice or "ours")
    return Clash(table.name, key, gone.row, stays.row, choice or "theirs", same=True)


def _tell_of_both(made: Plan, table: Table, left: list[_Said]) -> None:
    """Note tags on the same words, each made under another id, of which both stay."""
    for group in _groups(left, ("document", "start", "end")):
        first, *others = sorted(group, key=lambda said: _lateness(said.row))
        for other in others:
            if not first.ids & other.ids and first.row["concern"] != other.row["concern"]:
                made.clashes.append(_clash(table, first, other, "both"))


def _lateness(row: Row) -> tuple[str, str]:
    return row.get("updated") or row["created"], canonical(row)
