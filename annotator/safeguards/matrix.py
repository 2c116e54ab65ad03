"""Powers against their safeguards as tables: what is proposed, what reviewers said, who differs.

A clause may grant several powers, and reviewers assess the clause; so what is proposed for it is
merged, and a safeguard stands only as well as it does for the power it protects least. Where it
stands better for another, each power is told with its own states (`differing`). A power that a
reviewer rejects is held against nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from annotator.codebook import Codebook, Safeguard
from annotator.errors import CodebookError
from annotator.model import (
    POWER_GROUPS,
    Assessment,
    Clause,
    Document,
    PowerGroup,
    PowerReading,
    PowerRejection,
    SafeguardReading,
    SafeguardState,
)
from annotator.safeguards import kinds
from annotator.safeguards.tree import Tree

WORST_FIRST: tuple[SafeguardState, ...] = ("absent", "weak", "by_reference", "present")

STATE_NAMES: Mapping[SafeguardState, str] = MappingProxyType(
    {
        "present": "present",
        "by_reference": "by reference",
        "weak": "weak",
        "absent": "absent",
    }
)
STATE_LETTERS: Mapping[SafeguardState, str] = MappingProxyType(
    {"present": "P", "by_reference": "R", "weak": "W", "absent": "A"}
)
STATE_MEANINGS: Mapping[SafeguardState, str] = MappingProxyType(
    {
        "present": "in the clause or its article",
        "by_reference": "in a clause it refers to, or a general one",
        "weak": "optional, qualified or left to domestic law",
        "absent": "nowhere in the text, or excluded",
    }
)
GROUP_NAMES: Mapping[PowerGroup, str] = MappingProxyType(
    {"power": "Powers", "offence": "Offences", "disclosure": "Disclosure"}
)
NOT_A_FINDING = (
    "A proposal is what rules read in the words; it is not a finding. Only what a reviewer "
    "confirmed is."
)

Standing = Literal["confirmed", "disputed", "proposed", "unproposed"]


def merged(powers: Iterable[PowerReading]) -> tuple[SafeguardReading, ...]:
    """What is proposed for a clause, each safeguard once, in the order of the powers' lists.

    Of two readings of a safeguard the one that applies counts, and of two that apply the worse.
    """
    found: dict[str, SafeguardReading] = {}
    for power in powers:
        for reading in power.safeguards:
            held = found.get(reading.safeguard)
            if held is None or _weight(reading) < _weight(held):
                found[reading.safeguard] = reading
    return tuple(found.values())


def _weight(reading: SafeguardReading) -> tuple[bool, int]:
    return not reading.applies, WORST_FIRST.index(reading.state)


def differing(powers: Sequence[PowerReading]) -> dict[str, tuple[PowerReading, ...]]:
    """Of a clause with several powers, the safeguards that do not stand alike for all, with those.

    A safeguard that the law does not ask of a power is left out for it.
    """
    found: dict[str, list[tuple[PowerReading, SafeguardState]]] = {}
    for power in powers:
        for reading in power.safeguards:
            if reading.applies:
                found.setdefault(reading.safeguard, []).append((power, reading.state))
    return {
        safeguard: tuple(power for power, _ in states)
        for safeguard, states in found.items()
        if len({state for _, state in states}) > 1
    }


def unproposed(group: PowerGroup, powers: Iterable[PowerReading], book: Codebook) -> list[str]:
    """What the codebook asks of the group and rules do not read for these powers, by id."""
    here = list(powers)
    read = _listed(here)
    return [
        one.id
        for one in book.asked_of(group)
        if here and one.id not in read and not all(_lacks(power.power, one.id) for power in here)
    ]


def _lacks(power: str, safeguard: str) -> bool:
    try:
        return safeguard in kinds.kind(power).lacks
    except CodebookError:
        return False


def granted(
    powers: Iterable[PowerReading], rejections: Iterable[PowerRejection]
) -> tuple[list[PowerReading], list[PowerReading]]:
    """The powers that stand in a view, and those that somebody in it rejected."""
    gone = {(one.document, one.eid, one.power) for one in rejections}
    stand: list[PowerReading] = []
    rejected: list[PowerReading] = []
    for power in powers:
        is_gone = (power.document, power.eid, power.power) in gone
        (rejected if is_gone else stand).append(power)
    return stand, rejected


@dataclass(frozen=True, slots=True)
class Cell:
    """One safeguard of one clause: what is proposed and what reviewers `said`.

    Nothing is proposed where it is asked of other powers only, or where no wording for it is known:
    then it is `asked` all the same. `by_power` are the powers it does not stand alike for.
    """

    safeguard: str
    proposal: SafeguardReading | None
    said: tuple[Assessment, ...] = ()
    asked: bool = True
    by_power: tuple[PowerReading, ...] = ()

    @property
    def states(self) -> tuple[SafeguardState, ...]:
        """How it stands: in the reviewers' words, worst first where they differ, else proposed."""
        told = {one.state for one in self.said}
        if not told and self.proposal:
            told = {self.proposal.state}
        return tuple(state for state in WORST_FIRST if state in told)

    @property
    def standing(self) -> Standing:
        """Whether reviewers said so, said different things, only rules did, or nobody."""
        if not self.said:
            return "proposed" if self.proposal else "unproposed"
        return "confirmed" if len(self.states) == 1 else "disputed"

    def by_name(self, names: Mapping[str, str]) -> list[tuple[str, Assessment]]:
        """What was said with the name of who said it, by name; the id where no name is known."""
        named = [(names.get(one.reviewer, one.reviewer), one) for one in self.said]
        return sorted(named, key=lambda pair: (pair[0], pair[1].reviewer))

    @property
    def absent(self) -> bool:
        """Whether it is absent and nobody in view says otherwise."""
        return self.states == ("absent",)


@dataclass(frozen=True, slots=True)
class Row:
    """A clause and its powers of one group; a cell for each column, None where it is not asked.

    `article` is the article that holds it, or what stands for one, as the section of an act.
    """

    clause: Clause
    article: Clause
    powers: tuple[PowerReading, ...]
    cells: tuple[Cell | None, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The ids of the kinds of power, each once."""
        return tuple(dict.fromkeys(power.power for power in self.powers))

    @property
    def absent(self) -> tuple[int, int]:
        """How many of its safeguards are absent, and of how many."""
        return _absent(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """The clauses of one group, in text order, against the safeguards asked of any of them."""

    group: PowerGroup
    columns: tuple[Safeguard, ...]
    rows: tuple[Row, ...]

    def absent(self, column: int) -> tuple[int, int]:
        """In how many clauses that safeguard is absent, and of how many it is asked."""
        return _absent(row.cells[column] for row in self.rows)

    def only_absent(self) -> Table:
        """The rows and columns in which something is absent."""
        columns = [n for n in range(len(self.columns)) if self.absent(n)[0]]
        return Table(
            self.group,
            tuple(self.columns[n] for n in columns),
            tuple(
                replace(row, cells=tuple(row.cells[n] for n in columns))
                for row in self.rows
                if row.absent[0]
            ),
        )

    def only_decided(self) -> Table:
        """The rows in which somebody in view has said a word."""
        return replace(
            self,
            rows=tuple(row for row in self.rows if any(cell and cell.said for cell in row.cells)),
        )


def _absent(cells: Iterable[Cell | None]) -> tuple[int, int]:
    asked = [cell for cell in cells if cell]
    return sum(cell.absent for cell in asked), len(asked)


def tables(
    document: Document,
    powers: Sequence[PowerReading],
    assessments: Iterable[Assessment],
    codebook: Codebook,
    *,
    rejections: Iterable[PowerRejection] = (),
) -> tuple[Table, ...]:
    """A table for each group the text has powers of: powers, offences, disclosure.

    Whose view it is depends on whose assessments and rejections of powers are given. No word is
    lost: a clause that was assessed though no rule reads a power in it (any more) stands with the
    powers, and a safeguard that is on none of a clause's lists in the first of its rows.
    """
    powers, _ = granted(powers, rejections)
    tree = Tree(document)
    by_eid = tree.by_eid
    said: dict[str, dict[str, list[Assessment]]] = {}
    for one in assessments:
        if one.document == document.id and one.eid in by_eid:
            said.setdefault(one.eid, {}).setdefault(one.safeguard, []).append(one)
    held: dict[str, list[PowerReading]] = {eid: [] for eid in by_eid if eid in said}
    for power in powers:
        held.setdefault(power.eid, []).append(power)

    found = []
    for group in POWER_GROUPS:
        lines = [
            (clause, here, _cells(group, here, held[eid], said.get(eid, {}), codebook))
            for clause in document.clauses
            if (eid := clause.eid) in held
            and ((here := _of(group, held[eid])) or _homeless(group, held[eid]))
        ]
        columns = _columns({id for _, _, own in lines for id in own}, codebook)
        rows = tuple(
            Row(
                clause,
                by_eid[tree.provision(clause.eid) or clause.eid],
                tuple(here),
                tuple(own.get(column.id) for column in columns),
            )
            for clause, here, own in lines
        )
        if rows:
            found.append(Table(group, columns, rows))
    return tuple(found)


def _of(group: PowerGroup, powers: Iterable[PowerReading]) -> list[PowerReading]:
    return [power for power in powers if power.group == group]


def _homeless(group: PowerGroup, powers: Sequence[PowerReading]) -> bool:
    return not powers and group == POWER_GROUPS[0]


def _cells(
    group: PowerGroup,
    here: Sequence[PowerReading],
    everything: Sequence[PowerReading],
    said: Mapping[str, Sequence[Assessment]],
    codebook: Codebook,
) -> dict[str, Cell]:
    """The cells of a clause's row in one group, by safeguard."""
    retired = {one.id for one in codebook.safeguards if one.retired}
    proposed = {
        one.safeguard: one for one in merged(here) if one.applies and one.safeguard not in retired
    }
    new = unproposed(group, here, codebook)
    by_power = differing(here)
    listed = _listed(here)
    first = list(here) == _of(everything[0].group, everything) if everything else True
    loose = said.keys() - _listed(everything) if first else set()
    told = [id for id in said if id in listed or id in loose]
    return {
        id: Cell(
            id,
            proposed.get(id),
            tuple(said.get(id, ())),
            id in proposed or id in new,
            by_power.get(id, ()),
        )
        for id in dict.fromkeys((*proposed, *new, *told))
    }


def _listed(powers: Iterable[PowerReading]) -> set[str]:
    return {one.safeguard for power in powers for one in power.safeguards}


def _columns(wanted: set[str], codebook: Codebook) -> tuple[Safeguard, ...]:
    """By concern, in the codebook's order; what it does not know (any more) comes last."""
    order = {concern.id: place for place, concern in enumerate(codebook.concerns)}
    known = [one for one in codebook.safeguards if one.id in wanted]
    known.sort(key=lambda one: order.get(one.concern, len(order)))
    unknown = sorted(wanted - {one.id for one in known})
    return (*known, *(Safeguard(id, named(id), "", "", ()) for id in unknown))


def kind_name(id: str) -> str:
    """What a kind of power is called; its id as words where the list of kinds has it no more."""
    try:
        return kinds.kind(id).name
    except CodebookError:
        return named(id)


def named(id: str) -> str:
    """An id as words, where nothing names it better.

    >>> named("data_protection")
    'Data protection'
    """
    return id.replace("_", " ").capitalize()
