"""The settle page: what waits, the views of it side by side, and what is decided, with a reason."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from annotator import settle
from annotator.codebook import Codebook
from annotator.errors import UnavailableError
from annotator.model import Reviewer
from annotator.settle import Bench
from annotator.store import Store
from annotator.ui import component, desk, door, gaps, practice, session
from annotator.ui.adjudicating import answer, wanted_data
from annotator.ui.answers import Answers
from annotator.ui.bench import ORDERS, STATES, WAITING, Wanted, bench_data, counts, frame_data
from annotator.ui.called import called
from annotator.ui.shell import heading
from annotator.ui.turning import open_text
from annotator.ui.words import day, numeral, say

_VIEWS = ("settle", "gaps")
_NO_DECISIONS = ("open", "stay", "count")


@session.guarded
def page() -> None:
    """Draw the page."""
    if eid := st.session_state.pop("settle-open", None):
        open_text("review", str(session.reading()), eid)
    component.provide_code()
    heading(say("settle.title"), hidden=True)
    with session.opened() as store:
        info = session.document_select(store)
        reviewer = session.reviewer_select(store)
        if info is None:
            st.info(say("shell.no_text"))
            return
        document = session.document(info.id)
        view = _choose_view()
        if view == "gaps":
            gaps.page_part(store, document, reviewer, session.codebook())
            return
        if reviewer is None:
            st.info(say("settle.who"))
            return
        found = settle.bench(store, document, reviewer.id)
        _offer_earlier(store, found, reviewer)
        if missing := _missing(found):
            st.info(missing, icon=":material/group:")
            return
        _settle(store, found, reviewer)


def _settle(store: Store, found: Bench, reviewer: Reviewer) -> None:
    codebook = session.codebook()
    wanted = _choose_clauses(found, codebook)
    people = called(store, reviewer)
    answers = st.session_state.pop("settle-answers", Answers())
    st.session_state["settle-desk"] = (found.document, reviewer)
    data: dict[str, Any] = {
        "view": "settle",
        "store": session.database_id(),
        "key": f"{found.document.id}/{reviewer.id}/{wanted_data(wanted)}",
        **frame_data(found.document, reviewer, people),
        **bench_data(store, found, reviewer, codebook, wanted, at=session.place()),
        "concerns": desk.concerns(codebook),
        "wanted": wanted_data(wanted),
        "place": {"eid": session.place(), "token": session.place_token()},
        "today": day(datetime.now(UTC).isoformat()),
        "none": _none(wanted),
        "door": None if practice.database() else door.address(),
        "acks": dict(answers.acks),
        "undone": dict(answers.undone) if answers.undone else None,
        "trouble": answers.trouble,
        "veiled": not found.sight.everything,
    }
    component.settle_view(data, on_events=_apply)


def _apply(events: list[dict[str, Any]]) -> None:
    """Store what came by a trigger; or go where the reader asks to; or only count anew."""
    document, reviewer = st.session_state["settle-desk"]
    for event in events:
        if event.get("type") == "open":
            st.session_state["settle-open"] = str(event.get("eid"))
        if event.get("type") == "stay":
            session.stay(str(event.get("eid")))
    decisions = [event for event in events if event.get("type") not in _NO_DECISIONS]
    found = Answers()
    if decisions:
        try:
            with session.opened() as store:
                found = answer(store, document, reviewer, decisions)
        except UnavailableError as error:
            found = Answers(trouble=str(error))
    st.session_state["settle-answers"] = found


def _choose_view() -> str:
    with st.sidebar:
        chosen = st.segmented_control(
            say("settle.view.label"),
            _VIEWS,
            format_func=lambda one: say(f"settle.view.{one}"),
            default="settle",
            key="settle-view",
            label_visibility="collapsed",
        )
    return chosen or "settle"


def _choose_clauses(found: Bench, codebook: Codebook) -> Wanted:
    counted = counts(found)
    with st.sidebar.container(gap="xsmall"):
        st.markdown(f":gray[**{say('settle.show')}**]")
        states = [
            state
            for state in STATES
            if st.checkbox(
                f"{say(f'settle.state.{state}')} ({numeral(counted[state])})",
                value=state in WAITING,
                key=f"settle-state-{state}",
                help=say(f"settle.means.{state}"),
            )
        ]
        talked = st.checkbox(say("settle.talked"), key="settle-talked")
    with st.sidebar.container(gap="xsmall"):
        concern = st.selectbox(
            say("settle.field.concern"),
            ["", *(one.id for one in codebook.concerns)],
            format_func=lambda id: codebook.concern(id).name if id else say("settle.any_concern"),
            key="settle-concern",
        )
        order = st.radio(
            say("settle.order.label"),
            ORDERS,
            format_func=lambda one: say(f"settle.order.{one}"),
            key="settle-order",
        )
        st.caption(say("settle.does"))
        if found.hidden:
            st.caption(say("settle.hidden", n=found.hidden))
    return Wanted(frozenset(states), concern, talked, order)


def _none(wanted: Wanted) -> str:
    """What stands in place of a list that has nothing."""
    every = wanted.states == WAITING and not wanted.concern and not wanted.talked
    return say("settle.nothing_waits" if every else "settle.none_wanted")


def _missing(found: Bench) -> str:
    """What has to happen before there is anything to settle; empty where there is."""
    if any(len(one.readers) > 1 or one.outdated or one.passages for one in found.clauses):
        return ""
    if not found.sight.everything:
        return say("settle.missing.blind")
    return say("settle.missing.one" if found.clauses else "settle.missing.nobody")


def _offer_earlier(store: Store, found: Bench, reviewer: Reviewer) -> None:
    """Offer to take over what was decided on an earlier version; say what becomes of the rest."""
    document = found.document
    before = settle.earlier(store, document) if document.version > 1 else None
    if before is None:
        return
    rows = settle.to_carry(store, session.document(before.id), found, adjudicator=reviewer.id)
    version = str(before.version)
    st.caption(say("settle.earlier", version=version))
    if rows:
        st.button(
            say("settle.carry", n=len(rows), version=version),
            key="settle-carry",
            on_click=_carry,
            args=(document.id, before.id, reviewer.id),
            help=say("settle.carry_help"),
        )


def _carry(document: str, before: str, reviewer: str) -> None:
    with session.opened() as store:
        found = settle.bench(store, session.document(document), reviewer)
        settle.carry(store, session.document(before), found, adjudicator=reviewer)
