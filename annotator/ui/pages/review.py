"""The review page: one article at a time, its marks and what is proposed, saved on the spot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from annotator import review
from annotator.errors import NotFoundError, UnavailableError
from annotator.model import Document
from annotator.review import Sheet
from annotator.ui import (
    asking,
    component,
    desk,
    door,
    jump,
    leftout,
    practice,
    queueing,
    session,
)
from annotator.ui.answers import Answers, answer
from annotator.ui.shell import heading, notify
from annotator.ui.turning import turn_to
from annotator.ui.words import refusal, say, say_marked


@session.guarded
def page() -> None:
    """Draw the page."""
    heading(say("desk.title"), hidden=True)
    component.provide_code()
    with session.opened() as store:
        info = session.document_select(store)
        reviewer = session.reviewer_select(store)
        if info is None:
            st.info(say("shell.no_text"))
            return
        if queueing.begin(store, reviewer):
            st.rerun()
        document = session.document(info.id)
        _take_address(document)
        sheet = _sheet(document)
        if sheet is None:
            st.info(say_marked("desk.no_words", title=info.title))
            return
        if (asked := session.place()) and asked != sheet.eid and asked not in sheet.eids:
            notify(say("desk.no_clause", eid=asked))
        with st.sidebar:
            if st.session_state.get("search-opened") and st.button(
                say("search.back"), type="tertiary", key="review-found"
            ):
                turn_to("search")
            st.text_input(
                say("desk.go.label"),
                key="review-jump",
                placeholder=say("desk.go.hint"),
                label_visibility="collapsed",
                on_change=_jump,
                args=(document,),
            )
            outline = desk.outline_data(store, document, reviewer, sheet)
            outline["queue"] = queueing.outline_data(store, document, reviewer)
            component.outline_view(outline, on_events=_follow)
            beside = info.version > 1 or store.translations(info.id)
            if beside and st.button(say("desk.versions"), type="tertiary", key="review-versions"):
                turn_to("versions")
            # Everything is stored here: a reader on a hostile network should not have to guess.
            st.caption(say("desk.stays"))
            leftout.warn([document.language])
    if reviewer is None:
        st.info(say("desk.who"))
        return
    st.session_state["review-desk"] = (document, reviewer)
    _desk()


def _jump(document: Document) -> None:
    """A citation was typed: go to its clause, or say that there is none."""
    typed = str(st.session_state["review-jump"]).strip()
    st.session_state["review-jump"] = ""
    if not typed:
        return
    if eid := jump.clause_cited(document, typed, at=session.place()):
        session.go_to(document.slug, eid)
    else:
        notify(say("desk.go.nothing", typed=typed))


def _take_address(document: Document) -> None:
    """An address may name a clause as a lawyer would: `?at=28(4)`."""
    asked = session.place()
    if not asked:
        return
    try:
        review.sheet_of(document, asked)
    except NotFoundError:
        if eid := jump.clause_cited(document, asked):
            session.go_to(document.slug, eid)
    else:
        # The next page's address no longer says it, and whoever comes back is where they were.
        session.stay(asked)


def _sheet(document: Document) -> Sheet | None:
    every = review.sheets(document)
    if not every:
        return None
    eid = session.place()
    try:
        return review.sheet_of(document, eid) if eid else every[0]
    except NotFoundError:
        return every[0]


@st.fragment
@session.guarded
def _desk() -> None:
    document, reviewer = st.session_state["review-desk"]
    if session.reading() != document.slug:
        st.rerun()  # a reference to another text was followed: the whole page turns to it
    session.say_address()
    sheet = _sheet(document)
    assert sheet is not None  # the page returned before, where there is nothing to read
    answers = st.session_state.get("review-answers", Answers())
    with session.opened() as store:
        data = desk.review_data(
            store,
            document,
            sheet,
            reviewer,
            session.codebook(),
            acks=answers.acks,
            undone=answers.undone,
            trouble=answers.trouble,
            focus={
                "eid": session.place(),
                "token": session.place_token(),
                "said": st.session_state.get("review-said", ""),
                "table": st.session_state.pop("review-table", None),
            },
            database=session.database_id(),
            holds=st.session_state.pop("review-holds", None),
            # What is practised goes by the session that practises, and to no other database.
            door=None if practice.database() else door.address(),
        )
        data |= queueing.walk_data(
            store, document, sheet, reviewer, queueing.chosen(), at=session.place()
        )
    data["told"] = st.session_state.pop("review-told", None)
    component.review_view(data, on_events=_apply)


def _apply(events: list[dict[str, Any]]) -> None:
    """Store what the browser sent, before the view is drawn again with the answers."""
    document, reviewer = st.session_state["review-desk"]
    asked = ("go", "stay", "show", "ask")
    decisions = [event for event in events if event.get("type") not in asked]
    st.session_state["review-holds"] = events[-1].get("holds") if events else None
    found = Answers()
    if decisions:
        try:
            with session.opened() as store:
                found = answer(store, document, reviewer, decisions)
        except UnavailableError as error:
            found = Answers(trouble=refusal(error))
    went = {}
    for event in events:
        if event.get("type") == "ask":
            with session.opened() as store:
                st.session_state["review-told"] = {
                    str(event.get("nonce")): asking.answer(store, event)
                }
        if event.get("type") == "stay" and event.get("document") == document.id:
            session.stay(str(event.get("eid")))
        if event.get("type") == "go":
            went[str(event.get("nonce"))] = ""
            if event.get("document", document.id) == document.id:
                session.go_to(str(event.get("to") or document.slug), str(event.get("eid")))
                st.session_state["review-said"] = str(event.get("said") or "")
    st.session_state["review-answers"] = replace(found, acks={**found.acks, **went})


def _follow(events: list[dict[str, Any]]) -> None:
    """The outline was used: go to the article, or take up the queue, that was asked for."""
    for event in events:
        if event.get("type") == "queue":
            queueing.take_up(event, *st.session_state["review-desk"])
        if event.get("type") == "go":
            session.go_to(st.session_state["document"], str(event["eid"]))
