"""The tables as CSV: the matrix as it is seen, and a row a finding with its evidence.

As in every CSV of ours: UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would
run as a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from annotator.export.tables.cells import defused
from annotator.model import Document
from annotator.safeguards.matrix import GROUP_NAMES, STATE_NAMES, Cell, Row, Table, kind_name

FINDINGS = (
    "document",
    "citation",
    "article",
    "group",
    "power",
    "safeguard",
    "state",
    "standing",
    "proposed",
    "reviewers",
    "notes",
    "evidence",
    "reason",
    "eid",
    "safeguard_id",
    "text_sha256",
    "by_power",
)


def matrix(tables: Sequence[Table]) -> bytes:
    """A row a clause and a column a safeguard; what is not asked of a clause stays empty.

    A proposal has a question mark: `weak?`. What is asked and known to no wording is empty
    too. Where reviewers differ their states stand side by side.
    """
    columns = {column.id: column.name for table in tables for column in table.columns}
    head = ["group", "citation", "article", "power", *columns.values()]
    lines = []
    for table in tables:
        for row in table.rows:
            by_id = {cell.safeguard: cell for cell in row.cells if cell}
            absent, asked = row.absent
            lines.append(
                [
                    *_place(table, row),
                    *(_short(by_id.get(id)) for id in columns),
                    str(absent),
                    str(asked),
                ]
            )
    return _written([*head, "absent", "of"], lines)


def findings(document: Document, tables: Sequence[Table], names: Mapping[str, str]) -> bytes:
    """A row a safeguard of a clause: its state, who says so, and the words it rests on.

    `names` are those of the reviewers by their ids.
    """
    citations = {clause.eid: clause.citation for clause in document.clauses}
    lines = []
    for table in tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if cell is None:
                    continue
                proposal = cell.proposal
                evidence = proposal.evidence if proposal else ()
                group, citation, article, power = _place(table, row)
                lines.append(
                    [
                        document.title,
                        citation,
                        article,
                        group,
                        power,
                        column.name,
                        " / ".join(STATE_NAMES[state] for state in cell.states),
                        cell.standing,
                        STATE_NAMES[proposal.state] if proposal else "",
                        "; ".join(
                            f"{name}: {STATE_NAMES[one.state]}" for name, one in cell.by_name(names)
                        ),
                        "; ".join(one.note for _, one in cell.by_name(names) if one.note),
                        "; ".join(f"{citations[one.eid]}: “{one.quote}”" for one in evidence),
                        proposal.reason if proposal else "",
                        row.clause.eid,
                        column.id,
                        document.text_sha256,
                        "; ".join(
                            f"{kind_name(p.power)}: {STATE_NAMES[p.safeguard(column.id).state]}"
                            for p in cell.by_power
                        ),
                    ]
                )
    return _written(FINDINGS, lines)


def _place(table: Table, row: Row) -> tuple[str, str, str, str]:
    return (
        GROUP_NAMES[table.group],
        row.clause.citation,
        row.article.heading,
        ", ".join(kind_name(kind) for kind in row.kinds),
    )


def _short(cell: Cell | None) -> str:
    if cell is None:
        return ""
    said = " / ".join(STATE_NAMES[state] for state in cell.states)
    return f"{said}?" if cell.standing == "proposed" else said


def _written(head: Iterable[str], lines: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(head)
    rows.writerows([defused(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")
