"""What the codebook should say better: adjudicators' reasons, by code, for page and file."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Mapping, Sequence

import streamlit as st

from annotator.codebook import Codebook
from annotator.compare.settling import Gap, reasons
from annotator.model import Adjudication, Document, Reviewer
from annotator.review import blind
from annotator.store import Store
from annotator.ui.learning import STYLE, stand_table
from annotator.ui.words import numeral, say

_WHERE = ("text", "all")
_LINKS = 8
COLUMNS = ("reason", "concern", "code", "times", "clauses", "words")


def page_part(
    store: Store, document: Document, reviewer: Reviewer | None, codebook: Codebook
) -> None:
    """Draw the list with its download, for this text or for all of them.

    Where the project is blind, only of clauses that may be seen.
    """
    st.html(STYLE)
    st.header(say("settle.gaps.title"), anchor=False)
    st.caption(say("settle.gaps.help"))
    where = st.radio(
        say("settle.gaps.where"),
        _WHERE,
        format_func=lambda one: say(f"settle.gaps.{one}"),
        horizontal=True,
        key="settle-gaps-where",
        label_visibility="collapsed",
    )
    rows = store.adjudications(document=None if where == "all" else document.id)
    rows = _seen(store, rows, reviewer)
    found = reasons(rows)
    if not found:
        st.info(say("settle.gaps.none"))
        return
    names = _names(store, document, rows)
    slips = sum(gap.count for gap in found if gap.reason == "slip")
    shown = found
    if slips and not st.checkbox(say("settle.gaps.slips", n=slips), key="settle-gaps-slips"):
        shown = [gap for gap in found if gap.reason != "slip"]
    if shown:
        st.html(table(shown, codebook, names))
    else:
        st.text(say("settle.gaps.only_slips"))
    st.download_button(
        say("settle.gaps.take"),
        as_csv(found, names),
        file_name="codebook-gaps.csv",
        mime="text/csv",
        icon=":material/download:",
    )


def table(
    gaps: Sequence[Gap], codebook: Codebook, names: Mapping[tuple[str, str], tuple[str, str]]
) -> str:
    """The list as HTML; `names` has by document and eId its slug and citation."""
    rows = []
    for gap in gaps:
        words = "".join(f'<li dir="auto">{html.escape(note)}</li>' for note in gap.notes)
        places = list(dict.fromkeys((one.document, one.eid) for one in gap.decisions))
        links = ", ".join(_link(*names[place], place[1]) for place in places[:_LINKS])
        if len(places) > _LINKS:
            links += f" {say('settle.gaps.more', n=len(places) - _LINKS)}"
        rows.append(
            (
                _about(gap, codebook),
                say(f"settle.reason.{gap.reason}"),
                numeral(gap.count),
                f"<ul>{words}</ul>" if words else "",
                links,
            )
        )
    return stand_table("settle.gaps", ("code", "reason", "times", "words", "clauses"), rows)


def as_csv(gaps: Sequence[Gap], names: Mapping[tuple[str, str], tuple[str, str]]) -> bytes:
    """A line a reason and code, as UTF-8 that spreadsheets know as such; the codebook's own ids."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for gap in gaps:
        places = dict.fromkeys(names[one.document, one.eid] for one in gap.decisions)
        clauses = "; ".join(f"{slug} {citation}" for slug, citation in places)
        lines.writerow(
            [_plain(cell) for cell in (gap.reason, gap.concern, gap.code)]
            + [gap.count, _plain(clauses), _plain(" | ".join(gap.notes))]
        )
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _about(gap: Gap, codebook: Codebook) -> str:
    concern = next((one for one in codebook.concerns if one.id == gap.concern), None)
    if concern is None:
        return html.escape(f"{gap.concern}: {gap.code}" if gap.code else gap.concern)
    codes = {one.id: one.name for one in concern.codes}
    badge = f'<span class="ta-letter" style="--c:var(--st-{concern.slot}-color)">'
    name = codes.get(gap.code, gap.code) or say("settle.gaps.no_code", concern=concern.name)
    return f"{badge}{html.escape(concern.letter)}</span> {html.escape(name)}"


def _link(slug: str, citation: str, eid: str) -> str:
    address = html.escape(f"settle?doc={slug}&at={eid}", quote=True)
    return f'<a href="{address}" target="_self">{html.escape(citation)}</a>'


def _seen(
    store: Store, rows: Sequence[Adjudication], reviewer: Reviewer | None
) -> list[Adjudication]:
    who = reviewer.id if reviewer else None
    sights = {id: blind.visible(store, who, id) for id in {row.document for row in rows}}
    return [row for row in rows if row.eid in sights[row.document]]


def _names(
    store: Store, document: Document, rows: Sequence[Adjudication]
) -> dict[tuple[str, str], tuple[str, str]]:
    texts = {id: store.document(id) for id in {row.document for row in rows} - {document.id}}
    texts[document.id] = document
    return {
        (row.document, row.eid): (
            texts[row.document].slug,
            texts[row.document].clause(row.eid).citation,
        )
        for row in rows
    }
