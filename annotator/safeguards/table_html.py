"""The tables as one file to print or to attach: what an advocate puts in a submission.

It needs nothing from anywhere else, runs no script, and prints on A4 across. Every word of a text,
a name or a note is escaped. The same state gives the same bytes: its date is that of the latest
word in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from annotator.codebook import Codebook
from annotator.directions import direction
from annotator.model import Assessment, Document, SafeguardState
from annotator.safeguards.matrix import (
    GROUP_NAMES,
    NOT_A_FINDING,
    STATE_LETTERS,
    STATE_MEANINGS,
    STATE_NAMES,
    Cell,
    Row,
    Table,
    kind_name,
)

_SIGNS: Mapping[SafeguardState, str] = {
    "present": '<circle cx="8" cy="8" r="5" fill="currentColor" stroke="none"/>',
    "by_reference": '<path d="M3.5 3h9M8 13.2V6.2M4.6 9.4 8 6l3.4 3.4"/>',
    "weak": '<circle cx="8" cy="8" r="4.6"/>'
    '<path d="M8 3.4a4.6 4.6 0 0 0 0 9.2z" fill="currentColor" stroke="none"/>',
    "absent": '<path d="m4 4 8 8m0-8-8 8"/>',
}
_STYLE = """
@page { size: A4 landscape; margin: 12mm; }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body { font: 13px/1.45 "Source Sans 3", "Source Sans Pro", Calibri, Arial, sans-serif;
  color: #1e2429; background: #fff; margin: 24px auto; padding: 0 16px; max-width: 1120px; }
h1, h2, q { font-family: "Source Serif 4", Georgia, "Times New Roman", "Noto Naskh Arabic", serif; }
h1 { font-size: 21px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 22px 0 4px; }
p { margin: 0 0 4px; } .quiet, dt { color: #5b6269; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1px 12px; margin: 6px 0; }
dd { margin: 0; overflow-wrap: anywhere; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 8px 0; }
.legend span { display: inline-flex; align-items: center; gap: 5px; }
.wide { overflow-x: auto; }
table { border-collapse: separate; border-spacing: 2px; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th { font-weight: 400; text-align: start; }
thead th { vertical-align: bottom; text-align: center; padding: 2px 0; }
thead th span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 120px;
  line-height: 1.1; text-align: start; }
thead .concern { font-weight: 600; border-bottom: 2px solid #7f8283; text-align: start; }
.article th { font-family: Georgia, serif; color: #5b6269; padding-top: 6px; }
.clause { padding-inline-end: 8px; white-space: nowrap; } .clause b { margin-inline-end: 8px; }
td { width: 44px; height: 26px; text-align: center; border-radius: 3px; white-space: nowrap; }
tfoot td, tfoot th, .count { width: auto; color: #5b6269; } .count { white-space: nowrap; }
svg { width: 13px; height: 13px; fill: none; stroke: currentColor; stroke-width: 1.8;
  stroke-linecap: round; stroke-linejoin: round; vertical-align: -2px; }
.box { display: inline-block; min-width: 40px; padding: 2px 4px; border-radius: 3px;
  text-align: center; border: 1.5px solid transparent; }
.proposed { border: 1.5px dotted currentColor; }
.present { color: #0b5f5a; } .by_reference { color: #0b5f5a; }
.weak { color: #844b0c; } .absent { color: #a3341f; }
.confirmed.present { background: #0b5f5a; color: #fff; }
.confirmed.by_reference { background: #d8ece8; }
.confirmed.weak { background: #fbe7cc; } .confirmed.absent { background: #a3341f; color: #fff; }
.disputed { border: 2px solid #1e2429; color: #1e2429; }
.unproposed { border: 1.5px dashed #7f8283; font-size: 10px; white-space: normal; }
.each th { padding-inline-start: 18px; color: #5b6269; font-size: 12px; }
sup { font-size: 9px; } .box sup { font-weight: 600; } a { color: inherit; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 11px; }
  .wide { overflow: visible; } tfoot { display: table-row-group; } .article { break-after: avoid; }
  td { width: 38px; height: 22px; } .box { min-width: 36px; padding: 1px 2px; }
  a { text-decoration: none; } }
ol { padding-inline-start: 34px; font-size: 12px; } li { break-inside: avoid; margin-bottom: 3px; }
q { quotes: "“" "”"; overflow-wrap: anywhere; }
"""


def render(
    document: Document,
    tables: Sequence[Table],
    codebook: Codebook,
    *,
    names: Mapping[str, str],
    whose: str,
) -> bytes:
    """The page as UTF-8 HTML; `whose` says in words whose view it is and what was left out of it.

    `names` are those of the reviewers by their ids. The cells are numbered where evidence or a
    reviewer's note stands below.
    """
    notes = _Notes(document, tables, names)
    body = "".join(_table(table, codebook, notes, document) for table in tables)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(document.title)}: powers against safeguards</title>\n"
        f"<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{_head(document, tables, codebook, names, whose)}{body}{notes.render()}</body>\n</html>\n"
    ).encode()


def _head(
    document: Document,
    tables: Sequence[Table],
    codebook: Codebook,
    names: Mapping[str, str],
    whose: str,
) -> str:
    facts = {
        "Text": f"{document.title}, version {document.version} (SHA-256 {document.text_sha256})",
        "Source": document.source,
        "View": whose,
        "Decided by": _deciders(tables, names),
        "Latest decision": _latest(tables),
        "Codebook": f"version {codebook.version}",
    }
    listed = "".join(
        f"<dt>{escape(name)}</dt><dd dir=auto>{escape(value)}</dd>"
        for name, value in facts.items()
        if value
    )
    notice = f"<p><strong>{escape(document.notice)}</strong></p>\n" if document.notice else ""
    states = "".join(
        f"<span>{_box((state,), 'confirmed')} {STATE_NAMES[state]}: {STATE_MEANINGS[state]}</span>"
        for state in STATE_NAMES
    )
    return (
        f"<h1 dir=auto>Powers against safeguards: {escape(document.title)}</h1>\n{notice}"
        f"<dl>{listed}</dl>\n"
        f'<div class="legend">{states}'
        f"<span>{_box(('absent',), 'proposed')} dotted: proposed</span>"
        f"<span>{_box(('absent', 'weak'), 'disputed')} reviewers differ</span>"
        "<span>· not asked of this clause</span></div>\n"
        f'<p class="quiet">{NOT_A_FINDING}</p>\n'
    )


def _said(tables: Sequence[Table]) -> list[Assessment]:
    return [
        one
        for table in tables
        for row in table.rows
        for cell in row.cells
        if cell
        for one in cell.said
    ]


def _deciders(tables: Sequence[Table], names: Mapping[str, str]) -> str:
    counts = Counter(names.get(one.reviewer, one.reviewer) for one in _said(tables))
    return ", ".join(f"{name} ({count})" for name, count in sorted(counts.items()))


def _latest(tables: Sequence[Table]) -> str:
    times = [one.updated for one in _said(tables)]
    return max(times)[:10] if times else "none: everything here is proposed"


def _table(table: Table, codebook: Codebook, notes: _Notes, document: Document) -> str:
    known = {concern.id: concern.name for concern in codebook.concerns}
    over = "".join(
        f'<th class="concern" colspan="{len(list(group))}">'
        f"{escape(known.get(concern, 'Other'))}</th>"
        for concern, group in groupby(table.columns, lambda column: column.concern)
    )
    heads = "".join(
        f'<th scope="col"><span>{escape(column.name)}</span></th>' for column in table.columns
    )
    lines, article = [], None
    for row in table.rows:
        if row.article.eid != article:
            article = row.article.eid
            lines.append(
                f'<tr class="article"><th colspan="{len(table.columns) + 2}" scope="rowgroup">'
                f"{escape(row.article.citation)} "
                f"<bdi{_language(document)}>{escape(row.article.heading)}</bdi></th></tr>\n"
            )
        lines.append(_line(row, notes))
        lines += _each_power(row)
    counts = "".join(
        f"<td>{absent}/{asked}</td>"
        for absent, asked in map(table.absent, range(len(table.columns)))
    )
    return (
        f"<h2>{GROUP_NAMES[table.group]}</h2>\n<div class=wide><table>\n<thead>"
        f"<tr><td></td>{over}<td></td></tr>\n<tr><td></td>{heads}<th>absent</th></tr></thead>\n"
        f"<tbody>\n{''.join(lines)}</tbody>\n"
        f'<tfoot><tr><th scope="row">Absent in</th>{counts}<td></td></tr></tfoot>\n</table></div>\n'
    )


def _line(row: Row, notes: _Notes) -> str:
    kinds = ", ".join(kind_name(kind) for kind in row.kinds) or "assessed, no power read"
    cells = "".join(
        f"<td>{_box(cell.states, cell.standing, notes.number(cell))}</td>" if cell else "<td>·</td>"
        for cell in row.cells
    )
    absent, asked = row.absent
    return (
        f'<tr><th class="clause" scope="row"><b>{escape(row.clause.citation)}</b>{escape(kinds)}'
        f'</th>{cells}<td class="count">{absent} of {asked}</td></tr>\n'
    )


def _each_power(row: Row) -> list[str]:
    """Of a clause with several powers a line each, where a safeguard does not stand alike for all.

    It repeats what rules read; what reviewers say, they say of the clause.
    """
    if not any(cell and cell.by_power for cell in row.cells):
        return []
    lines = []
    for power in row.powers:
        cells = "".join(
            f"<td>{_small(power.safeguard(cell.safeguard).state)}</td>"
            if cell and power in cell.by_power
            else "<td></td>"
            for cell in row.cells
        )
        name = escape(kind_name(power.power))
        lines.append(f'<tr class="each"><th scope="row">{name}</th>{cells}<td></td></tr>\n')
    return lines


def _small(state: SafeguardState) -> str:
    return (
        f'<span class="{state}"><svg viewBox="0 0 16 16" role="img" '
        f'aria-label="{STATE_NAMES[state]}, proposed">{_SIGNS[state]}</svg>'
        f"<small>{STATE_LETTERS[state]}</small></span>"
    )


def _box(states: Sequence[SafeguardState], standing: str, number: int | None = None) -> str:
    note = f'<sup><a href="#n{number}">{number}</a></sup>' if number else ""
    if not states:
        return f'<span class="box unproposed"><small>no proposal</small>{note}</span>'
    if standing == "disputed":
        said = " or ".join(STATE_NAMES[state] for state in states)
        letters = "".join(STATE_LETTERS[state] for state in states)
        sign = f'<span role="img" aria-label="reviewers differ: {said}">≠{letters}</span>'
    else:
        (state,) = states
        sign = (
            f'<svg viewBox="0 0 16 16" role="img" aria-label="{STATE_NAMES[state]}, {standing}">'
            f"{_SIGNS[state]}</svg><small>{STATE_LETTERS[state]}</small>"
        )
    return f'<span class="box {states[0]} {standing}">{sign}{note}</span>'


def _language(document: Document) -> str:
    way = direction(document.language)
    return f' lang="{escape(document.language)}" dir="{way}"'


class _Notes:
    """What the numbers in the cells lead to."""

    def __init__(
        self, document: Document, tables: Sequence[Table], names: Mapping[str, str]
    ) -> None:
        self._document = document
        self._names = names
        self._safeguards = {one.id: one.name for table in tables for one in table.columns}
        self._citations = {clause.eid: clause.citation for clause in document.clauses}
        self._notes: dict[str, int] = {}

    def number(self, cell: Cell) -> int | None:
        """The number of the cell's note; None where no words, note or dispute are behind it.

        Cells that rest on the same words of a general clause share a note.
        """
        evidence = cell.proposal.evidence if cell.proposal else ()
        disputed = cell.standing == "disputed"
        said = [pair for pair in cell.by_name(self._names) if pair[1].note or disputed]
        if not (said or evidence):
            return None
        words = [
            f"{escape(self._citations[one.eid])} "
            f"<q{_language(self._document)}>{escape(one.quote)}</q>"
            for one in evidence
        ]
        people = [
            f"{escape(name)}: {STATE_NAMES[one.state]}"
            + (f", <bdi>{escape(one.note)}</bdi>" if one.note else "")
            for name, one in said
        ]
        name = self._safeguards.get(cell.safeguard, cell.safeguard)
        note = f"<b>{escape(name)}:</b> {'; '.join([*words, *people])}."
        return self._notes.setdefault(note, len(self._notes) + 1)

    def render(self) -> str:
        """The notes as a numbered list."""
        if not self._notes:
            return ""
        items = "".join(f'<li id="n{n}">{note}</li>\n' for note, n in self._notes.items())
        return f"<h2>Evidence and notes</h2>\n<ol>\n{items}</ol>\n"
