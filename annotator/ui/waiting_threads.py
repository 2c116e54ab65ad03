"""Discussions whose clause has no place in the text that is read: each with what may be done."""

from __future__ import annotations

import html

import streamlit as st

from annotator import versions
from annotator.model import Comment, Document, Reviewer
from annotator.review import blind
from annotator.store import Store
from annotator.ui.called import Called, called
from annotator.ui.words import day, say
from annotator.versions import CarriedThread

_A_PAGE = 8


def waiting_threads(store: Store, new: Document, reviewer: Reviewer | None) -> None:
    """Draw those that whoever reads may see; nothing where there are none."""
    found = versions.waiting_threads(store, new.id, aligned=versions.aligned)
    sights = {
        one.old.id: blind.visible(store, reviewer.id if reviewer else None, one.old.id)
        for one in found
    }
    shown = [one for one in found if one.first.eid in sights[one.old.id]]
    if not shown:
        return
    people = called(store, reviewer)
    st.header(say("discussion.waiting.title", n=len(shown)), anchor=False)
    st.caption(say("discussion.waiting.how"))
    for thread in shown[:_A_PAGE]:
        _waiting(store, thread, new, reviewer, people)
    if len(shown) > _A_PAGE:
        st.caption(say("discussion.waiting.more", n=len(shown) - _A_PAGE))


def _waiting(
    store: Store,
    thread: CarriedThread,
    new: Document,
    reviewer: Reviewer | None,
    people: dict[str, Called],
) -> None:
    origin = thread.first.id
    with st.container(key=f"versions-tag-{origin}"):
        st.html(_told(thread, people))
        if reviewer is None:
            return
        places = {one.eid: one for one in new.reviewable()}
        eids = list(places)
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"thread-{origin}"):
            chosen = st.selectbox(
                say("discussion.waiting.clause"),
                eids,
                index=eids.index(thread.suggested) if thread.suggested in places else 0,
                format_func=lambda eid: f"{places[eid].citation} {places[eid].heading}".strip(),
                key=f"thread-at-{origin}",
            )
            put = st.button(say("discussion.waiting.put"), key=f"thread-put-{origin}")
            rest = st.button(
                say("discussion.waiting.rest"),
                key=f"thread-rest-{origin}",
                help=say("discussion.waiting.rest_help"),
            )
        if put or rest:
            versions.settle_thread(
                store, origin, new.id, reviewer=reviewer.id, eid=chosen if put else None
            )
            st.rerun()


def _told(thread: CarriedThread, people: dict[str, Called]) -> str:
    clause = thread.old.clause(thread.first.eid)
    about = thread.first.quote
    words = f"<p class='vs-note'><q>{html.escape(about)}</q></p>" if about else ""
    done = f" · ✓ {say('discussion.resolve')}" if thread.first.is_resolved else ""
    return (
        f'<div class="vs-tag"><p class="vs-about"><b>{html.escape(clause.citation)}</b> '
        f"{say('versions.place.of', version=thread.old.version)}{done}</p>{words}"
        + "".join(_said(one, people) for one in (thread.first, *thread.replies))
        + "</div>"
    )


def _said(comment: Comment, people: dict[str, Called]) -> str:
    name = html.escape(people[comment.reviewer].name)
    return (
        f'<p class="vs-note"><b><bdi>{name}</bdi></b> {day(comment.created)}: '
        f"<bdi>{html.escape(comment.text)}</bdi></p>"
    )
