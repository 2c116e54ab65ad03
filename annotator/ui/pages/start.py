"""The start page: where one left off, what is to do, the texts, and how far everyone has come."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from annotator.model import DocumentInfo, Reviewer
from annotator.ui import leftout, panels, session
from annotator.ui.overview import Overview, Page, Place, Task, TextProgress, gather
from annotator.ui.shell import heading, plain

_ON_THIS_COMPUTER = "Everything is stored on this computer. Nothing leaves it unasked."


@session.guarded
def page() -> None:
    """Draw the page."""
    # The day is that of this computer's clock: "today" is the reader's, the rows hold UTC.
    now = datetime.now().astimezone()
    with session.opened() as store:
        reviewer = session.reviewer_select(store)
        found = gather(store, reviewer, document=session.document, now=now)
    st.sidebar.caption(_ON_THIS_COMPUTER)
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
    heading("Nothing to review yet")
    st.write(
        "Bring a treaty, a draft law or an article in: a file, a folder, a web address or pasted "
        "words. No account, nothing leaves this computer."
    )
    if st.button("Add a text", type="primary", icon=":material/add:", key="add-text"):
        _intake()
    st.caption("From a terminal in this folder, which you can also use:")
    st.code("python -m annotator intake FILE", language="shell")


def _who(found: Overview) -> None:
    """Several people review here, and which of them is reading is not known."""
    heading("Who is reading?")
    st.write("Choose your name, or type a new one in the sidebar.")
    with st.container(horizontal=True, key="who"):
        for reviewer, _ in found.reviewers[:8]:
            if st.button(plain(reviewer.name), key=f"who-{reviewer.id}"):
                st.query_params["as"] = reviewer.name
                st.rerun()
    _texts(found.texts, None)
    st.html(f'<div class="ta-side ta-side-below">{panels.about(found, None)}</div>')


def _begin(found: Overview, reviewer: Reviewer) -> None:
    """Three steps for someone who has not decided anything yet."""
    first = found.texts[0].info
    heading("Nothing reviewed yet")
    st.markdown(
        "The texts below are loaded, split into clauses and highlighted. You review as "
        f"**{plain(reviewer.name)}**; to use your own name, type it in the sidebar."
    )
    with st.container(key="steps"):
        with st.container(border=True, key="step-1"):
            st.header("1. Take a text", anchor=False)
            st.markdown(
                f"*{plain(first.title)}* is ready, clause by clause"
                + (", and so are the others below." if len(found.texts) > 1 else ".")
                + " A text of your own goes in by **Add a text**."
            )
            if st.button("Open the text", type="primary", width="stretch", key="open-first"):
                _go("review", first.slug)
        with st.container(border=True, key="step-2"):
            st.header("2. Read and mark", anchor=False)
            st.write(
                "Words that may matter carry dots. Accept or reject them, or select words and tag "
                "them yourself."
            )
            st.html(panels.keys())
        with st.container(border=True, key="step-3"):
            st.header("3. Compare and publish", anchor=False)
            st.write(
                "When a second person has read the same clauses, see where you differ. Then take "
                "the dataset with you."
            )
            if st.button("See the formats", width="stretch", key="open-export"):
                _go("export", first.slug)
    st.html(panels.marks(session.codebook()))
    _texts(found.texts, reviewer)


def _work(found: Overview, place: Place, reviewer: Reviewer, now: datetime) -> None:
    """Where one left off, what waits, the texts, and beside them the figures."""
    heading("Start", hidden=True)
    with st.container(key="start"):
        with st.container(key="start-work"):
            _continue(place, now)
            _tasks(found.tasks)
            _texts(found.texts, reviewer)
            if found.strip:
                st.html(panels.strip(*found.strip))
        st.html(f'<aside class="ta-side">{panels.about(found, reviewer)}</aside>')


def _continue(place: Place, now: datetime) -> None:
    with st.container(key="place"):
        st.html(panels.place(place, now))
        name = "Open" if place.finished else "Continue"
        if st.button(name, type="primary", key="continue", width="stretch"):
            _go("review", place.info.slug, place.clause.eid)


def _tasks(tasks: tuple[Task, ...]) -> None:
    st.header("Yours to do", anchor=False)
    if not tasks:
        st.write("Nothing waits: every clause is read and every strong suggestion decided.")
    for one in tasks:
        key = one.name.split()[0].lower()
        with st.container(key=f"task-{key}"):
            st.html(panels.task(one))
            if st.button(one.button, key=f"todo-{key}", width="stretch"):
                _go(one.page, one.slug, one.eid)


def _texts(texts: tuple[TextProgress, ...], reviewer: Reviewer | None) -> None:
    """Every text, its title the way to open it."""
    with st.container(key="texts", gap=None):
        with st.container(key="texts-title"):
            st.header("Texts", anchor=False)
            if st.button("Add a text", icon=":material/add:", key="add-text"):
                _intake()
        st.html(panels.text_heads())
        for number, one in enumerate(texts):
            with st.container(key=f"text-{number}"):
                _title(one.info)
                st.html(panels.text_figures(one, reviewer=reviewer))


def _title(info: DocumentInfo) -> None:
    with st.container(key=f"title-{info.slug}", gap=None):
        # A label is Markdown, which fetches pictures from other machines: a title is never that.
        if st.button(plain(info.title), type="tertiary", key=f"open-{info.slug}"):
            _go("review", info.slug)
        st.html(panels.text_about(info))


def _intake() -> None:
    """Open the page on which texts are brought in."""
    from annotator.ui.pages import intake

    st.switch_page(st.Page(intake.page, title="Intake", url_path="intake"))


def _go(page: Page | str, slug: str, eid: str | None = None) -> None:
    """Open a page at a text and clause."""
    # The pages import one another only when asked to go somewhere.
    from annotator.ui.pages import compare, export, review

    session.go_to(slug, eid)
    function = {"review": review.page, "compare": compare.page, "export": export.page}[page]
    st.switch_page(st.Page(function, title=page.capitalize(), url_path=page))
