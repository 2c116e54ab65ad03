"""The compare page: where reviewers differ, side by side, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from annotator.compare import (
    Question,
    QuestionKind,
    Text,
    answers,
    differences,
    gathered,
    measure,
)
from annotator.model import Comment, DocumentInfo, Polarity, Review
from annotator.review import blind
from annotator.ui import agreement, component, figures, seeing, session
from annotator.ui.called import Called, called
from annotator.ui.measuring import Scope, read_by
from annotator.ui.score import score
from annotator.ui.shell import heading, plain
from annotator.ui.turning import turn_to
from annotator.ui.words import numeral, say

_AT_MOST = 8
_VIEWS = ("side", "agreement")
_MEASURES: dict[str, Polarity | None] = {"all": None, "risk": "risk", "safeguard": "safeguard"}
_GOES = {"open": "review", "settle": "settle"}


@session.guarded
def page() -> None:
    """Draw the page."""
    if there := st.session_state.pop("compare-goes", None):
        turn_to(there)
    heading(say("compare.title"), hidden=True)
    component.provide_code()
    with session.opened() as store:
        info = session.document_select(store)
        if info is None:
            st.info(say("shell.no_text"))
            return
        view = _choose_view()
        reviewer = session.reviewer_select(store) if blind.is_blind(store) else None
        people = called(store, reviewer)
        sight = seeing.told(store, info.id, reviewer)
        if view == "agreement" and _choose_whole():
            read = read_by(store, people, reviewer)
            chosen = _choose_reviewers(list(people.values()), read)
            agreement.page_part(store, Scope(None, tuple(chosen), reviewer), people)
            return
        text = gathered(store, session.document(info), sight=sight)
        read = Counter(review.reviewer for review in text.reviews if review.done)
        chosen = _choose_reviewers(list(people.values()), read)
        if view == "agreement":
            agreement.page_part(store, Scope(info, tuple(chosen), reviewer), people)
            return
        if missing := _missing(chosen, text.reviews, hidden=not sight.everything):
            st.info(missing, icon=":material/group:")
            return
        comments = [one for one in store.comments(document=info.id) if one.eid in sight]
    _side_by_side(info, text.now(session.codebook()), chosen, people, comments)


def _side_by_side(
    info: DocumentInfo,
    text: Text,
    chosen: Sequence[Called],
    people: Mapping[str, Called],
    comments: Sequence[Comment],
) -> None:
    ids = [one.id for one in chosen]
    codebook = session.codebook()
    polarity = _choose_measure()
    said = answers([text], ids, codebook)
    kind: QuestionKind = "polarity" if polarity else "concern"
    asks = [(one, Question(kind, one.id, polarity=polarity or "")) for one in codebook.concerns]
    st.html(figures.agreements([(one, measure(said, ask, pairs=False)) for one, ask in asks]))

    def asked(events: list[dict[str, Any]]) -> None:
        for event in events:
            if event.get("type") in _GOES and isinstance(event.get("eid"), str):
                session.go_to(info.slug, event["eid"])
                st.session_state["compare-goes"] = _GOES[event["type"]]

    data = score(
        text,
        chosen,
        found=differences(text.document, text.annotations, text.reviews, ids),
        codebook=codebook,
        comments=comments,
        named=people,
        at=session.place(),
    )
    component.compare_view(data, on_events=asked)


def _choose_view() -> str:
    """Side by side or the figures; in the address too, so that a link leads to it."""
    if "compare-view" not in st.session_state:
        asked = st.query_params.get("view")
        st.session_state["compare-view"] = asked if asked in _VIEWS else _VIEWS[0]
    with st.sidebar:
        chosen = st.segmented_control(
            say("compare.view.label"),
            _VIEWS,
            format_func=lambda one: say(f"compare.view.{one}"),
            key="compare-view",
            label_visibility="collapsed",
            required=True,
        )
    view = str(chosen or _VIEWS[0])
    shown = view if view != _VIEWS[0] else None
    if st.query_params.get("view") != shown:
        if shown:
            st.query_params["view"] = shown
        else:
            st.query_params.pop("view", None)
    return view


def _choose_whole() -> bool:
    """Whether the figures are those of all texts; else of the one that is read."""
    with st.sidebar:
        chosen = st.segmented_control(
            say("agreement.scope.label"),
            ("text", "all"),
            format_func=lambda one: say(f"agreement.scope.{one}"),
            default="text",
            required=True,
            key="agreement-scope",
            label_visibility="collapsed",
            help=say("agreement.scope.help"),
        )
    return chosen == "all"


def _choose_reviewers(everyone: Sequence[Called], read: Mapping[str, int]) -> list[Called]:
    """The ticked reviewers; a letter stays with its reviewer in every choice.

    `read` counts the clauses each has read: who has read none cannot be ticked.
    """
    with st.sidebar.container(gap="xsmall"):
        st.markdown(
            f":gray[**{say('compare.reviewers.label')}**]", help=say("compare.reviewers.help")
        )
        counts = {one.id: read.get(one.id, 0) for one in everyone}
        active = [id for id, n in counts.items() if n][:_AT_MOST]
        return [
            one
            for one in everyone
            if st.checkbox(
                f"{one.letter} · \u2068{plain(one.name)}\u2069 ({numeral(counts[one.id])})",
                value=one.id in active,
                key=f"compare-reviewer-{one.id}",
                disabled=not counts[one.id],
            )
            and counts[one.id]
        ]


def _choose_measure() -> Polarity | None:
    with st.sidebar.container(gap="xsmall"):
        st.markdown(f":gray[**{say('compare.measure.label')}**]")
        chosen = st.segmented_control(
            say("compare.measure.label"),
            list(_MEASURES),
            format_func=lambda one: say(f"compare.measure.{one}"),
            default="all",
            key="compare-measure",
            label_visibility="collapsed",
        )
        st.caption(say("compare.measure.help"))
    return _MEASURES[chosen or "all"]


def _missing(chosen: Sequence[Called], reviews: Sequence[Review], *, hidden: bool) -> str:
    """What has to happen before there is anything to compare; empty where there is.

    With `hidden` reviews of others may be missing, so nothing is said of whether there are any.
    """
    active = {review.reviewer for review in reviews if review.done}
    if len(active) < 2 and hidden:
        return say("compare.missing.blind")
    if len(active) < 2:
        return say("compare.missing.one" if active else "compare.missing.nobody")
    if len(chosen) < 2:
        return say("compare.missing.tick")
    if len(chosen) > _AT_MOST:
        return say("compare.missing.most", n=_AT_MOST)
    ids = {one.id for one in chosen}
    readers = Counter(review.eid for review in reviews if review.done and review.reviewer in ids)
    if not any(count > 1 for count in readers.values()):
        return say("compare.missing.shared")
    return ""
