"""The safeguards page: a text's powers against their safeguards, to decide in and to take away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from annotator.codebook import Codebook
from annotator.model import POWER_GROUPS, Assessment, Document, Reviewer
from annotator.safeguards import matrix, table_html
from annotator.safeguards.matrix import Table
from annotator.ui import component, seeing, session
from annotator.ui.answers import Answers, answer
from annotator.ui.grid import matrix_data
from annotator.ui.shell import heading, plain
from annotator.ui.words import say

_WHOSE = {
    "own": "Mine, else proposed",
    "everyone": "Everyone, else proposed",
    "proposed": "Only what is proposed",
}


@session.guarded
def page() -> None:
    """Draw the page."""
    if st.session_state.pop("safeguards-open", False):
        from annotator.ui.pages import review

        st.switch_page(st.Page(review.page, title="Review", url_path="review"))
    component.provide_code()
    with st.container(key="safeguards-head"):
        heading("Powers against safeguards")
        taking = st.container(key="safeguards-take")
    with session.opened() as store:
        info = session.document_select(store)
        reviewer = session.reviewer_select(store)
        if info is None:
            st.info(say("shell.no_text"))
            return
        document = session.document(info.id)
        powers = store.powers(info.id)
        sight = seeing.told(store, info.id, reviewer)
        assessments = sight.of(store.assessments(document=info.id))
        people = store.reviewers()
        read = store.powers_ruleset(info.id) is not None
    whose = _choose_view(reviewer)
    codebook = session.codebook()
    every = matrix.tables(document, powers, _seen(assessments, reviewer, whose), codebook)
    if not every:
        st.info(_nothing(document, read))
        return
    tables, left_out = _choose_rows(every)
    if not tables:
        st.info("No clause is left with what is ticked in the sidebar: show more there.")
        return
    with taking:
        _take(document, tables, people, codebook, "; ".join([_WHOSE[whose], *left_out]))
    st.session_state["safeguards-desk"] = (document, reviewer)
    answers = st.session_state.get("safeguards-answers", Answers())
    component.matrix_view(
        matrix_data(
            document,
            tables,
            codebook,
            people=people,
            reviewer=reviewer,
            own=_seen(assessments, reviewer, "own"),
            whose=whose,
            database=session.database_id(),
            acks=answers.acks,
            undone=answers.undone,
        ),
        on_events=_apply,
    )


def _choose_view(reviewer: Reviewer | None) -> str:
    with st.sidebar.container(gap="xsmall"):
        st.markdown(
            ":gray[**Whose view**]",
            help="What nobody in view has decided is shown as proposed. Decide for yourself before "
            "you look at what others say: agreement is worth more then.",
        )
        offered = list(_WHOSE) if reviewer else ["everyone", "proposed"]
        return st.radio(
            "Whose view",
            offered,
            format_func=_WHOSE.__getitem__,
            key="safeguards-whose",
            label_visibility="collapsed",
        )


def _seen(
    assessments: Sequence[Assessment], reviewer: Reviewer | None, whose: str
) -> list[Assessment]:
    if whose == "everyone":
        return list(assessments)
    if whose == "proposed" or reviewer is None:
        return []
    return [one for one in assessments if one.reviewer == reviewer.id]


def _choose_rows(every: Sequence[Table]) -> tuple[list[Table], list[str]]:
    """The groups that are ticked, whole or narrowed, and in words how they were narrowed."""
    with st.sidebar.container(gap="xsmall"):
        st.markdown(":gray[**Show**]")
        shown = [
            table
            for table in every
            if st.checkbox(
                f"{matrix.GROUP_NAMES[table.group]} :gray[{len(table.rows)}]",
                value=True,
                key=f"safeguards-{POWER_GROUPS.index(table.group)}",
            )
        ]
        decided = st.checkbox(
            "Only clauses with a decision",
            key="safeguards-only-decided",
            help="Leaves out what no reviewer in view has said a word on.",
        )
        absent = st.checkbox("Only what is absent", key="safeguards-only-absent")
    said = [f"without {matrix.GROUP_NAMES[t.group].lower()}" for t in every if t not in shown]
    if decided:
        said.append("only clauses with a decision")
        shown = [table.only_decided() for table in shown]
    if absent:
        said.append("only where something is absent")
        shown = [table.only_absent() for table in shown]
    return [table for table in shown if table.rows], said


def _nothing(document: Document, read: bool) -> str:
    if read:
        return (
            "No rule reads a power, an offence or a channel of disclosure in this text. What you "
            "find yourself, tag on **Review**."
        )
    return (
        "This text has not been read for powers yet. In a terminal: "
        f"`python -m annotator highlight {plain(document.slug)}`; there may be no rules for its "
        "language."
    )


def _take(
    document: Document,
    tables: Sequence[Table],
    people: Sequence[Reviewer],
    codebook: Codebook,
    whose: str,
) -> None:
    """The table as files: to print, for a spreadsheet, and with every finding's evidence."""
    names = {person.id: person.name for person in people}

    def printed() -> bytes:
        return table_html.render(document, tables, codebook, names=names, whose=whose)

    def sheet() -> bytes:
        from annotator.safeguards import table_csv  # brings all of export: only for who asks for it

        return table_csv.matrix(tables)

    def findings() -> bytes:
        from annotator.safeguards import table_csv

        return table_csv.findings(document, tables, names)

    with st.popover("Take away", icon=":material/download:", key="safeguards-files"):
        st.caption("What is shown now, in the view that is chosen. Nothing leaves this computer.")
        for key, label, made, ending, mime in (
            ("print", "To print or attach (HTML)", printed, ".html", "text/html"),
            ("sheet", "The table (CSV)", sheet, ".csv", "text/csv"),
            ("findings", "Each finding with evidence (CSV)", findings, "-findings.csv", "text/csv"),
        ):
            st.download_button(
                label,
                made,
                file_name=f"{document.slug}-safeguards{ending}",
                mime=mime,
                on_click="ignore",
                width="stretch",
                key=f"safeguards-{key}",
            )


def _apply(events: list[dict[str, Any]]) -> None:
    """Store what was decided in the table, or go to the clause that was asked for."""
    document, reviewer = st.session_state["safeguards-desk"]
    decisions = [event for event in events if event.get("type") != "open"]
    found = Answers()
    if decisions and reviewer is not None:
        with session.opened() as store:
            found = answer(store, document, reviewer, decisions)
    st.session_state["safeguards-answers"] = found
    for event in events:
        if event.get("type") == "open" and isinstance(event.get("eid"), str):
            session.go_to(document.slug, event["eid"])
            st.session_state["review-table"] = {"safeguard": event.get("safeguard")}
            st.session_state["safeguards-open"] = True
