"""The safeguards page: a text's powers against their safeguards, to decide in and to take away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import streamlit as st

from annotator.codebook import Codebook
from annotator.model import POWER_GROUPS, Assessment, Document, PowerRejection, Reviewer
from annotator.safeguards import matrix, table_html
from annotator.safeguards.matrix import Table
from annotator.ui import component, rejected, seeing, session
from annotator.ui.answers import Answers, answer
from annotator.ui.called import shown
from annotator.ui.grid import matrix_data
from annotator.ui.shell import heading, plain
from annotator.ui.turning import turn_to
from annotator.ui.words import numeral, say, speaking

Said = TypeVar("Said", Assessment, PowerRejection)

_WHOSE = ("own", "everyone", "proposed")


@session.guarded
def page() -> None:
    """Draw the page."""
    if st.session_state.pop("safeguards-open", False):
        turn_to("review")
    component.provide_code()
    with st.container(key="safeguards-head"):
        heading(say("safeguards.title"))
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
        rejections = sight.of(store.power_rejections(document=info.id))
        people = shown(store, reviewer)
        read = store.powers_ruleset(info.id) is not None
    whose = _choose_view(reviewer)
    codebook = session.codebook()
    refused = _seen(rejections, reviewer, whose)
    every = matrix.tables(
        document, powers, _seen(assessments, reviewer, whose), codebook, rejections=refused
    )
    if not every:
        st.info(_nothing(document, read))
        rejected.draw(document, powers, refused, people, reviewer)
        return
    tables, left_out = _choose_rows(every)
    if not tables:
        st.info(say("safeguards.none_left"))
        return
    with taking:
        _take(
            document,
            tables,
            people,
            codebook,
            _caption([f"safeguards.whose.{whose}", *left_out]),
        )
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
    rejected.draw(document, powers, refused, people, reviewer)


def _choose_view(reviewer: Reviewer | None) -> str:
    with st.sidebar.container(gap="xsmall"):
        st.markdown(
            f":gray[**{say('safeguards.whose.label')}**]", help=say("safeguards.whose.help")
        )
        offered = _WHOSE if reviewer else _WHOSE[1:]
        return st.radio(
            say("safeguards.whose.label"),
            offered,
            format_func=lambda one: say(f"safeguards.whose.{one}"),
            key="safeguards-whose",
            label_visibility="collapsed",
        )


def _seen(said: Sequence[Said], reviewer: Reviewer | None, whose: str) -> list[Said]:
    if whose == "everyone":
        return list(said)
    if whose == "proposed" or reviewer is None:
        return []
    return [one for one in said if one.reviewer == reviewer.id]


def _choose_rows(every: Sequence[Table]) -> tuple[list[Table], list[str]]:
    """The groups that are ticked, whole or narrowed, and the keys of how they were narrowed."""
    with st.sidebar.container(gap="xsmall"):
        st.markdown(f":gray[**{say('safeguards.show.label')}**]")
        shown = [
            table
            for table in every
            if st.checkbox(
                f"{say(f'safeguards.group.{table.group}')} ({numeral(len(table.rows))})",
                value=True,
                key=f"safeguards-{POWER_GROUPS.index(table.group)}",
            )
        ]
        decided = st.checkbox(
            say("safeguards.show.decided"),
            key="safeguards-only-decided",
            help=say("safeguards.show.decided_help"),
        )
        absent = st.checkbox(say("safeguards.show.absent"), key="safeguards-only-absent")
    said = [f"safeguards.without.{t.group}" for t in every if t not in shown]
    if decided:
        said.append("safeguards.narrowed.decided")
        shown = [table.only_decided() for table in shown]
    if absent:
        said.append("safeguards.narrowed.absent")
        shown = [table.only_absent() for table in shown]
    return [table for table in shown if table.rows], said


def _caption(keys: Sequence[str]) -> str:
    """What is in the files, in English as all of them are."""
    with speaking("en"):
        return "; ".join(map(say, keys))


def _nothing(document: Document, read: bool) -> str:
    if read:
        return say("safeguards.nothing.read")
    return say("safeguards.nothing.unread", name=plain(document.slug))


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

    with st.popover(
        say("safeguards.take.title"), icon=":material/download:", key="safeguards-files"
    ):
        st.caption(say("safeguards.take.says"))
        for key, made, ending, mime in (
            ("print", printed, ".html", "text/html"),
            ("sheet", sheet, ".csv", "text/csv"),
            ("findings", findings, "-findings.csv", "text/csv"),
        ):
            st.download_button(
                say(f"safeguards.take.{key}"),
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
