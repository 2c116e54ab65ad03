"""The review page: one article at a time, its marks and what is proposed, saved on the spot."""

from __future__ import annotations

from typing import Any

import streamlit as st

from annotator import review
from annotator.errors import NotFoundError
from annotator.model import Document, Reviewer, stable_id
from annotator.review import Sheet
from annotator.store import Store
from annotator.ui import component, desk, session
from annotator.ui.shell import heading, notify


@session.guarded
def page() -> None:
    """Draw the page."""
    heading("Review", hidden=True)
    component.provide_code()
    with session.opened() as store:
        info = session.document_select(store)
        reviewer = session.reviewer_select(store)
        if info is None:
            st.info("There is no text yet: `python -m annotator intake FILE` brings one in.")
            return
        document = session.document(info.id)
        sheet = _sheet(document)
        if sheet is None:
            st.info(f"“{info.title}” has no words to review.")
            return
        if (asked := session.place()) and asked != sheet.eid and asked not in sheet.eids:
            notify(f"There is no clause “{asked}” in this text; this is its beginning.")
        with st.sidebar:
            outline = desk.outline_data(store, document, reviewer, sheet)
            component.outline_view(outline, on_events=_follow)
            # Everything is stored here: a reader on a hostile network should not have to guess.
            st.caption("Everything is stored on this computer.")
    if reviewer is None:
        st.info("Say who is reading: choose or type your name in the sidebar.")
        return
    st.session_state["review-desk"] = (document, reviewer)
    _desk()


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
def _desk() -> None:
    document, reviewer = st.session_state["review-desk"]
    sheet = _sheet(document)
    assert sheet is not None  # the page returned before, where there is nothing to read
    with session.opened() as store:
        data = desk.review_data(
            store,
            document,
            sheet,
            reviewer,
            session.codebook(),
            acks=st.session_state.get("review-acks", {}),
            focus={
                "eid": session.place(),
                "token": session.place_token(),
                "said": st.session_state.get("review-said", ""),
            },
            database=stable_id("database", session.database().resolve()),
            holds=st.session_state.pop("review-holds", None),
        )
    component.review_view(data, on_events=_apply)


def _apply(events: list[dict[str, Any]]) -> None:
    """Store what the browser sent, before the view is drawn again with the answers."""
    document, reviewer = st.session_state["review-desk"]
    decisions = [event for event in events if event.get("type") not in ("go", "show")]
    st.session_state["review-holds"] = events[-1].get("holds") if events else None
    acks: dict[str, str] = {}
    if decisions:
        with session.opened() as store:
            acks = _stored(store, document, reviewer, decisions)
            _follow_work(store, document, reviewer, decisions[-1], acks)
    for event in events:
        if event.get("type") == "go":
            acks[str(event.get("nonce"))] = ""
            if event.get("document", document.id) == document.id:
                session.go_to(document.slug, str(event.get("eid")))
    st.session_state["review-acks"] = acks


def _stored(
    store: Store, document: Document, reviewer: Reviewer, events: list[dict[str, Any]]
) -> dict[str, str]:
    """Apply each event to the text and for the reviewer it names.

    They may be others than those at hand: a decision can still be on its way when the text or the
    reviewer is changed.
    """
    desks: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for event in events:
        whose = (event.get("document", document.id), event.get("reviewer", reviewer.id))
        desks.setdefault((str(whose[0]), str(whose[1])), []).append(event)
    acks: dict[str, str] = {}
    for (named, who), group in desks.items():
        try:
            text = session.document(named)
            acks |= review.apply(
                store, text, store.reviewer(who).id, group, codebook=session.codebook()
            )
        except NotFoundError as error:
            acks |= {str(event.get("nonce")): str(error) for event in group}
    return acks


def _follow_work(
    store: Store,
    document: Document,
    reviewer: Reviewer,
    event: dict[str, Any],
    acks: dict[str, str],
) -> None:
    """Keep the place of the latest decision; go to what was undone, which may be out of sight."""
    st.session_state["review-said"] = ""
    if event.get("type") not in ("undo", "redo"):
        eid = event.get("start_eid") or event.get("eid")
        here = _sheet(document)
        if eid and here and eid in here.eids:
            session.stay_at(eid)
        return
    lines = store.history(document=document.id, reviewer=reviewer.id, limit=1)
    if acks.get(str(event.get("nonce"))) or not lines or lines[0].nonce != event.get("nonce"):
        return
    rows = [change["after"] or change["before"] for change in lines[0].changes]
    eids = [row["eid"] for row in rows if row.get("eid")]
    eids += [
        suggestion.eid
        for suggestion in store.suggestions(document.id)
        if suggestion.id in {row.get("suggestion") for row in rows}
    ]
    if eids:
        session.go_to(document.slug, eids[0])
        done = "Undone" if event["type"] == "undo" else "Done again"
        st.session_state["review-said"] = f"{done}: {document.clause(eids[0]).citation}"


def _follow(events: list[dict[str, Any]]) -> None:
    """The outline was used: go to the article that was asked for."""
    for event in events:
        if event.get("type") == "go":
            session.go_to(st.session_state["document"], str(event["eid"]))
