"""Powers against safeguards as rows and columns, whatever they are drawn with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.export.dataset import Dataset, Part
from annotator.model import SafeguardState
from annotator.safeguards import matrix
from annotator.safeguards.matrix import STATE_NAMES, Cell, Standing, Table


@dataclass(frozen=True, slots=True)
class Square:
    """One safeguard of one clause: its states, worst first, and whether anybody confirmed it."""

    states: tuple[SafeguardState, ...]
    standing: Standing

    @property
    def says(self) -> str:
        """In words, as it is told to somebody who sees no signs."""
        if not self.states:
            return "no proposal"
        said = " or ".join(STATE_NAMES[one] for one in self.states)
        return {"disputed": f"reviewers differ: {said}", "proposed": f"{said}, proposed"}.get(
            self.standing, said
        )


@dataclass(frozen=True, slots=True)
class GridRow:
    """A clause that grants a power, by its citation; a square a column, `None` where not asked."""

    citation: str
    heading: str
    powers: str
    squares: tuple[Square | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The powers, offences or disclosures of one text against their safeguards."""

    title: str
    group: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    absent: int
    asked: int


def grids(dataset: Dataset, part: Part) -> Iterator[Grid]:
    """A grid a group; what reviewers assessed counts before what rules propose.

    Nothing for a text whose powers nobody has had read yet.
    """
    document = part.document
    rejected = dataset.store.power_rejections(document=document.id)
    powers = dataset.store.powers(document.id)
    tables = matrix.tables(
        document, powers, part.assessments, dataset.codebook, rejections=rejected
    )
    for table in tables:
        wanted = [
            n
            for n, column in enumerate(table.columns)
            if not dataset.selection.concerns or column.concern in dataset.selection.concerns
        ]
        if wanted:
            yield _grid(document.title, table, wanted)


def _grid(title: str, table: Table, columns: list[int]) -> Grid:
    counts = [table.absent(n) for n in columns]
    return Grid(
        title=title,
        group=matrix.GROUP_NAMES[table.group],
        columns=tuple(table.columns[n].name for n in columns),
        rows=tuple(
            GridRow(
                citation=row.clause.citation,
                heading=row.article.heading,
                powers=", ".join(map(matrix.kind_name, row.kinds)),
                squares=tuple(_square(row.cells[n]) for n in columns),
            )
            for row in table.rows
        ),
        absent=sum(absent for absent, _ in counts),
        asked=sum(asked for _, asked in counts),
    )


def _square(cell: Cell | None) -> Square | None:
    return None if cell is None else Square(cell.states, cell.standing)
