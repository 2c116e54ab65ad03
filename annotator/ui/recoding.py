"""All tags under one code on the search page, and what becomes of those that are chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from annotator.codebook import Codebook
from annotator.errors import AnnotatorError
from annotator.model import Reviewer
from annotator.review import blind, recoding
from annotator.search import Filters
from annotator.store import AlreadyWritten, Store
from annotator.ui import component, session
from annotator.ui.finding import recoding_data
from annotator.ui.shell import notify
from annotator.ui.words import day, refusal, say

_TAGS_AT_A_TIME = 200


def tags(
    store: Store,
    book: Codebook,
    people: Mapping[str, str],
    reviewer: Reviewer | None,
    filters: Filters,
    sight: Callable[[str], blind.Sight] | None,
) -> None:
    """Draw the tags that the filters ask for; own ones can be chosen and re-coded."""
    if not filters.concern:
        st.write(say("search.recode.choose_code"))
        return
    st.session_state["search-desk"] = reviewer, filters
    shown = int(st.session_state.get("search-shown", _TAGS_AT_A_TIME))
    found = store.tagged(filters, sight=sight, limit=shown)
    own = store.own_tags(reviewer.id, found.ids) if reviewer else set[str]()
    done = st.session_state.get("search-done") or _last(store, reviewer)
    if found.ids:
        st.caption(say("search.recode.tags", n=len(found.ids)))
    else:
        st.write(say("search.recode.nothing"))
    component.recoding_view(
        recoding_data(
            found,
            book,
            people,
            reviewer=reviewer.id if reviewer else None,
            own=own,
            concern=filters.concern,
            plan=st.session_state.get("search-plan"),
            done=done,
        ),
        on_events=_recode,
    )


def _last(store: Store, reviewer: Reviewer | None) -> dict[str, Any] | None:
    """The last re-coding that can be taken back, with what says so."""
    lines = store.recodings(reviewer.id, limit=1) if reviewer else []
    if not lines:
        return None
    said = say("search.recode.last", n=len(lines[0].changes), day=day(lines[0].at))
    return {"seq": lines[0].seq, "nonce": lines[0].id, "said": said}


def _recode(events: list[dict[str, Any]]) -> None:
    """Show what would change, do it, or take it back; then the page is drawn with the outcome."""
    reviewer, _ = st.session_state["search-desk"]
    for event in events:
        what, nonce = event.get("type"), str(event.get("nonce"))
        st.session_state.pop("search-plan", None)
        if what == "open":
            open_clause(event)
        elif what == "more":
            shown = int(st.session_state.get("search-shown", _TAGS_AT_A_TIME))
            st.session_state["search-shown"] = shown + _TAGS_AT_A_TIME
        elif reviewer is not None and what in ("preview", "apply", "undo"):
            try:
                do(str(what), event, reviewer, nonce)
            except AlreadyWritten:
                pass
            except AnnotatorError as error:
                notify(refusal(error))


def do(what: str, event: Mapping[str, Any], reviewer: Reviewer, nonce: str) -> None:
    """Plan (`preview`), do (`apply`) or take back (`undo`) what the event asks for."""
    with session.opened() as store:
        if what == "undo":
            line = recoding.take_back(store, reviewer.id, int(event["seq"]))
            number = len(line.changes) if line else 0
            st.session_state["search-done"] = {
                "seq": None,
                "nonce": nonce,
                "said": say("search.recode.undone", n=number),
            }
            return
        book = session.codebook()
        planned = recoding.plan(store, book, reviewer.id, event["ids"], event["changes"])
        if what == "preview":
            st.session_state["search-plan"] = planned
            return
        line = recoding.apply(store, book, planned, nonce=nonce)
        if line is not None:
            said = say("search.recode.done", n=len(planned.changed))
            st.session_state["search-done"] = {"seq": line.seq, "nonce": nonce, "said": said}


def open_clause(event: Mapping[str, Any]) -> None:
    """Go to a clause in Review, at the words that were found; the page turns before it is drawn."""
    slug, eid = str(event.get("slug")), str(event.get("eid"))
    session.go_to(slug, eid)
    known = st.query_params
    asked = {"doc": slug, "at": eid, "mark": event.get("mark"), "as": known.get("as")}
    st.session_state["search-open"] = {name: str(value) for name, value in asked.items() if value}
    st.session_state["search-opened"] = True
