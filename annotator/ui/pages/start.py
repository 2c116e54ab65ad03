"""The start page: where one left off, what is to do, the texts, and how far everyone has come."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from annotator.model import DocumentInfo, Reviewer
from annotator.ui import leftout, panels, queueing, session
from annotator.ui.overview import Overview, Place, Task, gather
from annotator.ui.shell import heading, plain
from annotator.ui.turning import open_text, turn_to
from annotator.ui.words import say, say_marked


@session.guarded
def page() -> None:
    """Draw the page."""
    now = _now()
    with session.opened() as store:
        reviewer = session.reviewer_select(store)
        found = gather(store, reviewer, document=session.document, now=now)
    with st.sidebar:
        st.caption(say("start.apart"))
        if found.place and st.button(say("start.practice.short"), type="tertiary", key="practise"):
            turn_to("practice")
    leftout.warn(text.info.language for text in found.texts)
    if not found.texts:
        _nothing()
    elif reviewer is None:
        _who(found)
    elif found.place is None:
        _begin(found, reviewer)
    else:
        _work(found, found.place, reviewer, now)


def _nothing() -> None:
    """There is no text."""
    heading(say("start.nothing.title"))
    st.write(say("start.nothing.text"))
    if st.button(say("start.add"), type="primary", icon=":material/add:", key="add-text"):
        turn_to("intake")
    _offer_practice()
    st.caption(say("start.nothing.terminal"))
    st.code("python -m annotator intake FILE", language=None)


def _offer_practice() -> None:
    with st.container(key="practise"):
        st.markdown(f"**{say('start.practice.title')}** {say('start.practice.text')}")
        if st.button(say("start.practice.go"), key="practise-first"):
            turn_to("practice")


def _who(found: Overview) -> None:
    """Several people review here, and which of them is reading is not known."""
    heading(say("start.who.title"))
    st.write(say("start.who.text"))
    with st.container(horizontal=True, key="who"):
        for reviewer, *_ in found.reviewers[:8]:
            if st.button(plain(reviewer.name), key=f"who-{reviewer.id}"):
                st.query_params["as"] = reviewer.name
                st.rerun()
    _texts(found, None)
    st.html(f'<div class="ta-side ta-side-below">{panels.about(found, None)}</div>')


def _begin(found: Overview, reviewer: Reviewer) -> None:
    """Three steps for someone who has not decided anything yet."""
    first = found.texts[0].info
    heading(say("start.first.title"))
    st.markdown(say_marked("start.first.text", name=reviewer.name))
    if given := tuple(one for one in found.tasks if one.kind == "assigned"):
        _tasks(given, reviewer)
    ready = "start.first.ready_others" if len(found.texts) > 1 else "start.first.ready"
    with st.container(key="steps"):
        with st.container(border=True, key="step-1"):
            st.header(say("start.first.take"), anchor=False)
            # Markdown makes a link of an address; a joiner that nobody sees keeps it a title.
            title = first.title.replace("//", "/\u2060/").replace("www.", "www\u2060.")
            st.markdown(say_marked(ready, title=title))
            if st.button(
                say("start.first.open"), type="primary", width="stretch", key="open-first"
            ):
                open_text("review", first.slug)
        with st.container(border=True, key="step-2"):
            st.header(say("start.first.read"), anchor=False)
            st.write(say("start.first.read_text"))
            st.html(panels.keys())
        with st.container(border=True, key="step-3"):
            st.header(say("start.first.publish"), anchor=False)
            st.write(say("start.first.publish_text"))
            if st.button(say("start.first.formats"), width="stretch", key="open-export"):
                open_text("export", first.slug)
    _offer_practice()
    st.html(panels.marks(session.codebook()))
    _texts(found, reviewer)


def _work(found: Overview, place: Place, reviewer: Reviewer, now: datetime) -> None:
    """Where one left off, what waits, the texts, and beside them the figures."""
    heading(say("start.title"), hidden=True)
    with st.container(key="start"):
        with st.container(key="start-work"):
            _continue(place, now)
            _tasks(found.tasks, reviewer)
            _texts(found, reviewer)
            if found.strip:
                st.html(panels.strip(*found.strip))
        st.html(f'<aside class="ta-side">{panels.about(found, reviewer)}</aside>')


def _continue(place: Place, now: datetime) -> None:
    with st.container(key="place"):
        st.html(panels.place(place, now))
        name = "start.open" if place.finished else "start.go_on"
        if st.button(say(name), type="primary", key="continue", width="stretch"):
            open_text("review", place.info.slug, place.clause.eid)


def _now() -> datetime:
    """The time where the reader is: by the browser's time zone, else this computer's."""
    try:
        return datetime.now(ZoneInfo(str(st.context.timezone)))
    except (ValueError, ZoneInfoNotFoundError):
        return datetime.now().astimezone()


def _tasks(tasks: tuple[Task, ...], reviewer: Reviewer) -> None:
    st.header(say("start.todo"), anchor=False)
    if not tasks:
        st.write(say("queue.nothing_waits"))
    for one in tasks:
        with st.container(key=f"task-{one.kind}"):
            st.html(panels.task(one))
            go = say(f"queue.go.{one.kind}")
            if st.button(go, key=f"todo-{one.kind}", width="stretch"):
                _work_along(one, reviewer)


def _work_along(task: Task, reviewer: Reviewer) -> None:
    """Open the review page at the first clause of a queue."""
    found = queueing.choose(task.kind)
    with session.opened() as store:
        to = queueing.first(store, reviewer, found) if found else None
    if to:
        open_text("review", *to)
    else:
        st.rerun()  # done meanwhile, in another window


def _texts(found: Overview, reviewer: Reviewer | None) -> None:
    """Every text, its title the way to open it."""
    with st.container(key="texts", gap=None):
        with st.container(key="texts-title"):
            st.header(say("start.texts"), anchor=False)
            if st.button(say("start.add"), icon=":material/add:", key="add-text"):
                turn_to("intake")
        st.html(panels.text_heads(hidden=found.hidden))
        for number, one in enumerate(found.texts):
            with st.container(key=f"text-{number}"):
                _title(one.info)
                st.html(panels.text_figures(one, reviewer=reviewer))


def _title(info: DocumentInfo) -> None:
    with st.container(key=f"title-{info.slug}", gap=None):
        # A label is Markdown, which fetches pictures from other machines: a title is never that.
        if st.button(plain(info.title), type="tertiary", key=f"open-{info.slug}"):
            open_text("review", info.slug)
        st.html(panels.text_about(info))
