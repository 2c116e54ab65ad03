"""What the matrix view is given: the tables of powers against safeguards, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotator.codebook import Codebook
from annotator.model import Assessment, Clause, Document, Reviewer, SafeguardReading
from annotator.safeguards.matrix import Cell, Row, Table, kind_name
from annotator.ui.directions import direction
from annotator.ui.safeguarding import Places, reading_data
from annotator.ui.words import day, say


def matrix_data(
    document: Document,
    tables: Sequence[Table],
    codebook: Codebook,
    *,
    people: Sequence[Reviewer],
    reviewer: Reviewer | None,
    own: Sequence[Assessment],
    whose: str,
    database: str,
    acks: Mapping[str, str],
    undone: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The tables as the browser draws them, ready for JSON.

    A cell has the `states` it stands in and how it came to (`standing`), the `proposal` with its
    evidence, what was `said` by whom, and the reviewer's `own` word, whoever's view it is.
    """
    names = {person.id: person.name for person in people}
    mine = {(one.eid, one.safeguard): _said(one, names) for one in own}
    places = Places(document)
    return {
        "view": "matrix",
        "store": database,
        "whose": whose,
        "reviewer": {"id": reviewer.id, "name": reviewer.name} if reviewer else None,
        "document": {
            "id": document.id,
            "slug": document.slug,
            "lang": document.language,
            "dir": direction(document),
            "notice": document.notice,
        },
        "concerns": [
            {"id": concern.id, "name": concern.name, "slot": concern.slot}
            for concern in codebook.concerns
        ],
        "tables": [_table(table, places, names, mine) for table in tables],
        "acks": dict(acks),
        "undone": dict(undone) if undone else None,
    }


def _table(
    table: Table,
    places: Places,
    names: Mapping[str, str],
    mine: Mapping[tuple[str, str], dict[str, str]],
) -> dict[str, Any]:
    return {
        "group": table.group,
        "name": say(f"safeguards.group.{table.group}"),
        "columns": [
            {
                "id": column.id,
                "name": column.name,
                "concern": column.concern,
                "definition": column.definition,
                "standards": [standard.ref for standard in column.standards],
            }
            for column in table.columns
        ],
        "rows": [_row(row, places, names, mine) for row in table.rows],
    }


def _row(
    row: Row,
    places: Places,
    names: Mapping[str, str],
    mine: Mapping[tuple[str, str], dict[str, str]],
) -> dict[str, Any]:
    eid = row.clause.eid
    return {
        "eid": eid,
        "citation": row.clause.citation,
        "article": {"eid": row.article.eid, "title": titled(row.article)},
        "kinds": [kind_name(kind) for kind in row.kinds],
        "words": [power.quote for power in row.powers],
        "powers": [{"id": power.power, "name": kind_name(power.power)} for power in row.powers],
        "cells": [
            _cell(cell, places, names, mine.get((eid, cell.safeguard))) if cell else None
            for cell in row.cells
        ],
    }


def titled(clause: Clause) -> str:
    """What heads a group of rows: `Art. 28, Search and seizure`."""
    citation = clause.citation[:1].upper() + clause.citation[1:]
    return f"{citation}, {clause.heading}" if clause.heading else citation


def _cell(
    cell: Cell, places: Places, names: Mapping[str, str], own: dict[str, str] | None
) -> dict[str, Any]:
    proposal: SafeguardReading | None = cell.proposal
    return {
        "safeguard": cell.safeguard,
        "states": list(cell.states),
        "standing": cell.standing,
        "proposal": reading_data(proposal, places) if proposal else None,
        "said": [_said(one, names) for _, one in cell.by_name(names)],
        "own": own,
        "asked": cell.asked,
        "each": {power.power: power.safeguard(cell.safeguard).state for power in cell.by_power},
    }


def _said(one: Assessment, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "reviewer": one.reviewer,
        "name": names.get(one.reviewer, one.reviewer),
        "state": one.state,
        "note": one.note,
        "on": day(one.updated),
    }
