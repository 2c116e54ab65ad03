"""The reviewer's own page: where they differ from the others, and from what is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from annotator import settle
from annotator.compare.against import Month, over_time
from annotator.compare.lessons import Lesson, Stand, by_code, lessons, stands
from annotator.compare.questions import Text
from annotator.model import Document, Reviewer
from annotator.review import blind
from annotator.settle import Bench
from annotator.store import Store
from annotator.ui import learning, session
from annotator.ui.called import called
from annotator.ui.shell import heading
from annotator.ui.words import numeral, say

_WHERE = ("text", "all")


@dataclass(frozen=True, slots=True)
class _Work:
    """One person's standing in some texts."""

    benches: tuple[Bench, ...]
    read: int
    shared: int
    stands: tuple[Stand, ...]
    settled: int
    lessons: tuple[Lesson, ...]
    months: tuple[Month, ...]


@session.guarded
def page() -> None:
    """Draw the page."""
    heading(say("mine.title"))
    st.html(learning.STYLE)
    with session.opened() as store:
        info = session.document_select(store)
        reviewer = session.reviewer_select(store)
        if info is None:
            st.info(say("shell.no_text"))
            return
        if reviewer is None:
            st.info(say("mine.who"))
            return
        session.say_address()
        where = st.sidebar.radio(
            say("mine.where"),
            _WHERE,
            format_func=lambda one: say(f"mine.{one}"),
            key="mine-where",
        )
        st.sidebar.caption(say("mine.help"))
        texts = [info.id] if where == "text" else _texts(store, reviewer)
        documents = {id: session.document(id) for id in texts}
        work = _work(store, reviewer, list(documents.values()))
        veiled = blind.is_blind(store)
        people = called(store, reviewer)
    if veiled:
        st.caption(say("mine.blind"))
    if not work.read:
        st.info(say("mine.nothing_read"))
        return
    _figures(work)
    teller = learning.Teller(session.codebook(), people, documents, named=not veiled)
    _against_others(work, teller)
    _against_settled(work, teller)
    _over_time(work.months)


def _texts(store: Store, reviewer: Reviewer) -> list[str]:
    """The texts in which somebody has read a clause, in their latest version, by slug."""
    read = store.review_counts(reviewer.id)
    return [info.id for info in store.documents() if read.get(info.id)]


def _work(store: Store, reviewer: Reviewer, documents: Sequence[Document]) -> _Work:
    """What the page shows; reads those texts alone."""
    benches, texts = [], []
    for document in documents:
        found = settle.bench(store, document, reviewer.id)
        benches.append(found)
        texts.append(
            (
                Text(
                    document,
                    store.annotations(document=document.id, reviewer=reviewer.id),
                    store.reviews(document=document.id, reviewer=reviewer.id),
                ),
                found.clauses,
            )
        )
    mine = [one for bench in benches for one in bench.clauses if reviewer.id in one.readers]
    decided = any(one.provenance == "adjudicated" for one in mine)
    return _Work(
        tuple(benches),
        len(mine),
        sum(len(one.readers) > 1 for one in mine),
        tuple(one for bench in benches for one in stands(bench.clauses, reviewer.id)),
        sum(one.provenance == "adjudicated" and one.settled for one in mine),
        tuple(
            one for bench in benches for one in lessons(bench.document, bench.clauses, reviewer.id)
        ),
        # Without anything decided, one would be held against what one said oneself.
        tuple(over_time(texts, reviewer.id)) if decided else (),
    )


def _figures(work: _Work) -> None:
    cells = (
        (work.read, "read"),
        (work.shared, "shared"),
        (len(work.stands), "differ"),
        (work.settled, "decided"),
        (len(work.lessons), "otherwise"),
    )
    st.html(
        '<div class="ta-counts">'
        + "".join(
            f"<div><strong>{numeral(n)}</strong>{say(f'mine.count.{what}', n=n)}</div>"
            for n, what in cells
        )
        + "</div>"
    )


def _against_others(work: _Work, teller: learning.Teller) -> None:
    st.header(say("mine.others_title"), anchor=False)
    st.caption(say("mine.others_help"))
    if not work.stands:
        st.text(say("mine.none_shared" if not work.shared else "mine.none_differ"))
        return
    alone = st.checkbox(
        say("mine.alone", n=sum(one.alone for one in work.stands)), key="mine-alone"
    )
    shown = [one for one in work.stands if one.alone or not alone]
    st.html(learning.stands_table(shown, teller))


def _against_settled(work: _Work, teller: learning.Teller) -> None:
    st.header(say("mine.settled_title"), anchor=False)
    st.caption(say("mine.settled_help"))
    if not work.lessons:
        st.text(say("mine.none_otherwise" if work.settled else "mine.none_decided"))
        return
    st.html(learning.codes_table(by_code(work.lessons), teller))
    with st.expander(say("mine.each", n=len(work.lessons))):
        st.html(learning.lessons_table(work.lessons, teller))


def _over_time(months: Sequence[Month]) -> None:
    if not months:
        return
    st.header(say("mine.time_title"), anchor=False)
    st.caption(say("mine.time_help"))
    _chart(months)
    st.html(learning.months_table(months))
    st.download_button(
        say("mine.take"),
        learning.months_csv(months),
        file_name="reviewer-against-settled.csv",
        mime="text/csv",
        icon=":material/download:",
    )


def _colours() -> list[str]:
    """Three colours of the theme, as it is shown now."""
    shown = st.context.theme.type or "light"
    return [st.get_option(f"theme.{shown}.{slot}Color") for slot in ("blue", "orange", "violet")]


def _chart(months: Sequence[Month]) -> None:
    rows = [
        {
            "month": month.month,
            "figure": say(f"mine.head.{name}"),
            "value": getattr(learning.matched(month, "overlap"), name),
        }
        for month in months
        for name in learning.FIGURES
    ]
    # Form besides colour, which alone says nothing to some.
    told = {"field": "figure", "type": "nominal", "title": None, "sort": None}
    st.vega_lite_chart(
        {
            "data": {"values": [row for row in rows if row["value"] is not None]},
            "mark": {"type": "line", "point": {"size": 70}, "strokeWidth": 2},
            "encoding": {
                "x": {
                    "field": "month",
                    "type": "ordinal",
                    "title": None,
                    "axis": {"labelAngle": 0},
                },
                "y": {
                    "field": "value",
                    "type": "quantitative",
                    "title": None,
                    "scale": {"domain": [0, 1]},
                    "axis": {"format": "%", "tickCount": 5},
                },
                "color": {**told, "scale": {"range": _colours()}},
                "shape": told,
            },
            "height": 220,
        },
        width="stretch",
    )
