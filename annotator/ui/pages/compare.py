"""The compare page: how far reviewers agree, how sure that is, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from annotator.compare import (
    KINDS,
    Difference,
    DifferenceKind,
    Question,
    QuestionKind,
    Text,
    answers,
    differences,
    measure,
)
from annotator.model import Annotation, Document, DocumentInfo, Polarity, Review, Reviewer
from annotator.ui import component, figures, seeing, session
from annotator.ui.score import score
from annotator.ui.shell import heading, plain
from annotator.ui.turning import turn_to
from annotator.ui.words import numeral, say

_AT_MOST = 8
_MEASURES: Mapping[str, Polarity | None] = {
    "all": None,
    "risk": "risk",
    "safeguard": "safeguard",
}


@session.guarded
def page() -> None:
    """Draw the page."""
    if st.session_state.pop("compare-open", False):
        turn_to("review")
    heading(say("compare.title"), hidden=True)
    component.provide_code()
    with session.opened() as store:
        info = session.document_select(store)
        if info is None:
            st.info(say("shell.no_text"))
            return
        # In the order in which they joined, so that a letter stays with its reviewer.
        everyone = sorted(store.reviewers(), key=lambda one: (one.created, one.name))
        sight = seeing.sight(store, info.id)
        annotations = sight.of(store.annotations(document=info.id))
        reviews = sight.of(store.reviews(document=info.id))
    chosen = _choose_reviewers(everyone, reviews)
    missing = _missing(chosen, reviews, hidden=not sight.everything)
    if missing:
        st.info(missing, icon=":material/group:")
        return
    _compare(info, session.document(info), annotations, reviews, chosen)


def _compare(
    info: DocumentInfo,
    document: Document,
    annotations: Sequence[Annotation],
    reviews: Sequence[Review],
    chosen: Mapping[str, Reviewer],
) -> None:
    ids = [reviewer.id for reviewer in chosen.values()]
    codebook = session.codebook()
    # Who has not yet confirmed a tag under a code's successor does not differ for that.
    annotations = [
        replace(one, code=codebook.code_now(one.concern, one.code)) for one in annotations
    ]
    found = differences(document, annotations, reviews, ids)
    kinds = _choose_kinds(found)
    polarity = _choose_measure()
    said = answers([Text(document, annotations, reviews)], ids, codebook)
    kind: QuestionKind = "polarity" if polarity else "concern"
    st.html(
        figures.agreements(
            [
                (concern, measure(said, Question(kind, concern.id, polarity=polarity or "")))
                for concern in codebook.concerns
            ]
        )
    )

    def asked(events: list[dict[str, Any]]) -> None:
        for event in events:
            if event.get("type") == "open" and isinstance(event.get("eid"), str):
                session.go_to(info.slug, event["eid"])
                st.session_state["compare-open"] = True

    data = score(
        document, annotations, reviews, chosen, found=found, codebook=codebook, kinds=kinds
    )
    component.compare_view(data, on_events=asked)


def _choose_reviewers(
    everyone: Sequence[Reviewer], reviews: Sequence[Review]
) -> dict[str, Reviewer]:
    """The ticked reviewers by their letter; a letter stays with its reviewer in every choice."""
    read = Counter(review.reviewer for review in reviews if review.done)
    with st.sidebar.container(gap="xsmall"):
        st.markdown(
            f":gray[**{say('compare.reviewers.label')}**]", help=say("compare.reviewers.help")
        )
        active = [reviewer.id for reviewer in everyone if read[reviewer.id]][:_AT_MOST]
        chosen = {}
        for letter, reviewer in zip(_letters(len(everyone)), everyone, strict=True):
            ticked = st.checkbox(
                f"{letter} · {plain(reviewer.name)} :gray[{numeral(read[reviewer.id])}]",
                value=reviewer.id in active,
                key=f"compare-reviewer-{reviewer.id}",
                disabled=not read[reviewer.id],
            )
            if ticked and read[reviewer.id]:
                chosen[letter] = reviewer
    return chosen


def _choose_kinds(found: Sequence[Difference]) -> list[DifferenceKind]:
    counts = Counter(difference.kind for difference in found)
    with st.sidebar.container(gap="xsmall"):
        st.markdown(f":gray[**{say('compare.kinds')}**]")
        return [
            kind
            for kind in KINDS
            if st.checkbox(
                f"{say(f'compare.kind.{kind}')} :gray[{numeral(counts[kind])}]",
                value=True,
                key=f"compare-{kind}",
            )
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


def _missing(chosen: Mapping[str, Reviewer], reviews: Sequence[Review], *, hidden: bool) -> str:
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
    ids = {reviewer.id for reviewer in chosen.values()}
    readers = Counter(review.eid for review in reviews if review.done and review.reviewer in ids)
    if not any(count > 1 for count in readers.values()):
        return say("compare.missing.shared")
    return ""


def _letters(count: int) -> list[str]:
    """A, B, ... Z, AA, AB, ..."""
    letters = [chr(65 + n) for n in range(26)]
    return [letters[n] if n < 26 else letters[n // 26 - 1] + letters[n % 26] for n in range(count)]
