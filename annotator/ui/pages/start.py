"""The start page: where one left off, what is to do, the texts, and how the marks read."""

from __future__ import annotations

import html
from dataclasses import dataclass

import streamlit as st

from annotator import review
from annotator.model import Document, DocumentInfo, Review, Reviewer
from annotator.store import Store
from annotator.ui import session
from annotator.ui.shell import heading


@session.guarded
def page() -> None:
    """Draw the page."""
    with session.opened() as store:
        reviewer = session.reviewer_select(store)
        with st.sidebar:
            st.caption("Everything is stored on this computer. Nothing leaves it unasked.")
        infos = store.documents()
        if not infos:
            heading("Nothing to review yet")
            st.write(
                "Bring a text in with `python -m annotator intake FILE`. "
                "No account, nothing leaves this computer."
            )
            return
        infos.sort(key=lambda info: (info.kind != "treaty", info.slug))
        reviews = store.reviews(reviewer=reviewer.id) if reviewer else []
        done = [one for one in reviews if one.done]
        if reviewer is None or not (reviews or store.annotations(reviewer=reviewer.id)):
            _begin(infos[0])
        else:
            _continue(store, infos, reviewer, reviews)
        _texts(store, infos, reviewer, done)
        treaty = next((info for info in infos if info.kind == "treaty"), None)
        if treaty and reviewer:
            _strip(session.document(treaty), [r for r in reviews if r.document == treaty.id])
        _legend()


def _begin(first: DocumentInfo) -> None:
    """Three steps for someone who has not read anything yet."""
    heading("Read, mark, compare")
    st.write(
        "The texts below are loaded and highlighted. No account, no set-up: nothing leaves this computer."
    )
    steps = (
        (
            "1. Take a text",
            f"{first.title} and the reports about it are ready, clause by clause.",
        ),
        (
            "2. Read and mark",
            "Words that may matter carry dots. Press A to accept, X to reject, "
            "or select words and press 1, 2 or 3.",
        ),
        (
            "3. Compare and publish",
            "When a second person has read the same clauses, see where you differ, "
            "and export the dataset.",
        ),
    )
    columns = st.columns(3, border=True)
    for column, (name, words) in zip(columns, steps, strict=True):
        with column:
            st.subheader(name, anchor=False)
            st.write(words)
    with columns[0]:
        if st.button("Open the text", type="primary", width="stretch", key="open-first"):
            session.go_to(first.slug, None)
            st.switch_page(_page("review"))
    with columns[1]:
        if st.button("See the articles", width="stretch", key="see-first"):
            session.go_to(first.slug, None)
            st.switch_page(_page("review"))
    with columns[2]:
        if st.button("Compare reviewers", width="stretch", key="see-compare"):
            st.switch_page(_page("compare"))


def _page(name: str) -> st.Page:  # type: ignore[valid-type]  # st.Page is typed as a function
    """The page object `switch_page` wants: the registered pages are functions, not files."""
    from annotator.ui.pages import compare, export
    from annotator.ui.pages import review as review_page

    functions = {
        "review": (review_page.page, "Review"),
        "compare": (compare.page, "Compare"),
        "export": (export.page, "Export"),
    }
    function, title = functions[name]
    return st.Page(function, title=title, url_path=name)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of what is to do."""

    name: str
    words: str
    count: int
    button: str
    slug: str
    eid: str | None


def _continue(
    store: Store, infos: list[DocumentInfo], reviewer: Reviewer, reviews: list[Review]
) -> None:
    """The clause one left, and what is to do, with the first clause of each kind."""
    heading("Start", hidden=True)
    documents = {info.id: info for info in infos}
    latest = max(
        [(one.updated, one.document, one.eid) for one in reviews]
        + [(a.updated, a.document, a.eid) for a in store.annotations(reviewer=reviewer.id)],
    )
    info = documents.get(latest[1], infos[0])
    document = session.document(info)
    state = {one.eid: one for one in reviews if one.document == info.id}
    unread = [
        clause
        for clause in document.reviewable()
        if not (clause.eid in state and state[clause.eid].done)
    ]
    clause = document.clause(latest[2]) if latest[1] in documents else document.clauses[0]
    with st.container(key="continue-card"), st.container(horizontal=True):
        with st.container():
            st.html(
                '<div class="ta-serif" style="font-size:1.35rem;font-weight:600">'
                f"{html.escape(clause.citation[:1].upper() + clause.citation[1:])}</div>"
                f"<div>{html.escape(info.title)}</div>"
                '<div style="color:var(--st-gray-text-color)">You stopped here.</div>'
            )
        if st.button("Continue", type="primary", key="continue"):
            session.go_to(info.slug, clause.eid)
            st.switch_page(_page("review"))

    decided = {one.suggestion for one in store.decisions(reviewer=reviewer.id)}
    waiting = [
        one for one in store.suggestions(info.id) if one.id not in decided and one.score >= 0.7
    ]
    reopened = [one for one in reviews if one.state == "reopened" and one.document in documents]
    rows = [
        _Row(
            "Not read yet",
            "Clauses of this text, in order",
            len(unread),
            "Read on",
            info.slug,
            unread[0].eid if unread else None,
        ),
        _Row(
            "Stronger suggestions waiting",
            "Where the highlighter is surest",
            len(waiting),
            "Review",
            info.slug,
            waiting[0].eid if waiting else None,
        ),
        _Row(
            "Reopened",
            "Clauses you wanted to read again",
            len(reopened),
            "Look again",
            documents[reopened[0].document].slug if reopened else info.slug,
            reopened[0].eid if reopened else None,
        ),
    ]
    st.subheader("Yours to do", anchor=False)
    for number, row in enumerate(rows):
        with st.container(horizontal=True, vertical_alignment="center", key=f"todo-row-{number}"):
            st.markdown(f"**{row.name}**  \n:gray[{row.words}]")
            st.html(f'<span class="ta-serif" style="font-size:1.2rem;font-weight:600">{row.count}</span>')
            if st.button(row.button, key=f"todo-{number}", disabled=row.eid is None, width=120):
                session.go_to(row.slug, row.eid)
                st.switch_page(_page("review"))


def _texts(
    store: Store, infos: list[DocumentInfo], reviewer: Reviewer | None, done: list[Review]
) -> None:
    """Every text with how far the reviewer and everyone have come."""
    st.subheader("Texts", anchor=False)
    everyone = {info.id: {r.eid for r in store.reviews(document=info.id) if r.done} for info in infos}
    for info in infos:
        mine = sum(one.document == info.id for one in done)
        with st.container(horizontal=True, vertical_alignment="center", key=f"text-{info.slug}"):
            kind = "Treaty" if info.kind == "treaty" else "News"
            with st.container(gap=None):
                if st.button(info.title, type="tertiary", key=f"open-{info.slug}"):
                    session.go_to(info.slug, None)
                    st.switch_page(_page("review"))
                # The title is a button's label and the rest are our own words: a text's own
                # Markdown never reaches st.markdown, which would fetch its pictures.
                st.caption(f"{kind} · {info.language} · {info.suggestions} suggestions")
                if info.notice:
                    st.text(info.notice)
            whose = f"you {mine} of {info.reviewable}" if reviewer else f"{info.reviewable} clauses"
            st.html(
                f'<div class="ta-figure">{whose}{_bar(mine, info.reviewable)}</div>'
                if reviewer
                else f'<div class="ta-figure">{whose}</div>'
            )
            read = len(everyone[info.id])
            st.html(
                f'<div class="ta-figure">anyone {read} of {info.reviewable}'
                f"{_bar(read, info.reviewable)}</div>"
            )


def _bar(part: int, whole: int) -> str:
    share = 100 * part / whole if whole else 0
    return (
        '<div style="height:6px;width:110px;background:color-mix(in srgb,currentColor 12%,transparent)">'
        f'<div style="height:100%;width:{share:.1f}%;background:var(--st-primary-color)"></div></div>'
    )


def _strip(document: Document, reviews: list[Review]) -> None:
    """The treaty as a row of its articles: read, begun, not read."""
    st.subheader("Article by article", anchor=False)
    done = {one.eid for one in reviews if one.done}
    cells, chapter = [], None
    for sheet in review.sheets(document):
        part = sheet.within[0] if sheet.within else None
        if part != chapter:
            chapter = part
            cells.append('<span style="width:9px"></span>')
        share = sum(eid in done for eid in sheet.eids) / len(sheet.eids)
        fill = f"linear-gradient(0deg,var(--st-primary-color) {100 * share:.0f}%,transparent 0)"
        state = "read" if share == 1 else "begun" if share else "not read"
        title = html.escape(f"{sheet.number} {sheet.heading}: {state}", quote=True)
        cells.append(
            f'<span title="{title}" style="width:10px;height:22px;border:1px solid '
            f'var(--st-gray-color);border-radius:2px;background:{fill}"></span>'
        )
    read = sum(one.eid in done for one in document.reviewable())
    st.html(
        f'<div role="img" aria-label="{read} clauses of this treaty read" '
        f'style="display:flex;flex-wrap:wrap;gap:2px">{"".join(cells)}</div>'
    )


def _legend() -> None:
    """How the marks read: dots, a line, a double line, a colour and its letter."""
    st.subheader("How the marks read", anchor=False)
    blue, violet = "blue", "violet"

    def sample(words: str, slot: str, style: str, tint: bool, caption: str) -> str:
        colour = f"var(--st-{slot}-color)"
        line = {
            "dots": f"border-bottom:3px dotted {colour}",
            "one": f"border-bottom:3px solid {colour}",
            "two": f"border-bottom:5px double {colour}",
        }[style]
        back = f";background:var(--st-{slot}-background-color)" if tint else ""
        return (
            '<div style="flex:1 1 180px;border-top:1px solid var(--st-border-color);padding-top:10px">'
            f'<span class="ta-serif" style="font-size:1.1rem;{line}{back}">{words}</span>'
            f'<div style="color:var(--st-gray-text-color);padding-top:6px">{caption}</div></div>'
        )

    st.html(
        '<div style="display:flex;flex-wrap:wrap;gap:24px">'
        + sample("removing the data", "orange", "dots", False, "Dots: a suggestion. Nobody has decided yet.")
        + sample("order any person", blue, "one", True, "Tint and one line: a person marked a risk.")
        + sample("only by a judge", blue, "two", True, "Tint and a double line: a safeguard.")
        + sample(
            "knows how it works",
            violet,
            "one",
            True,
            "Colour and letter are the concern: P privacy, F press freedom, W whistleblowers.",
        )
        + "</div>"
    )
