"""The figures of agreement on where marks are: each concern, each pair, and gamma on demand."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from annotator.compare import (
    Figure,
    Gamma,
    PairMarking,
    gamma,
    gamma_installed,
    markings,
    pair_markings,
)
from annotator.compare.gamma import INSTALL, MOST_MARKS, SECONDS
from annotator.compare.meaning import FEW
from annotator.compare.sheets import units_sheet
from annotator.ui import figures
from annotator.ui.showing import Shown, take
from annotator.ui.words import numeral, percent, say


def units(shown: Shown) -> None:
    """How far they agree on where marks begin and end, each concern and all together."""
    found = shown.kept("units", lambda: markings(shown.texts, shown.scope.ids))
    concerns = {one.id: one.name for one in shown.codebook.concerns}
    rows = [
        (
            concerns.get(one.category, one.category) or say("agreement.question.concerns"),
            numeral(one.units),
            figures.shown(Figure("alpha", one.alpha, one.interval)),
            figures.span(one.interval) or "–",
            figures.marks_meaning(one),
        )
        for one in found
    ]
    names = ("of", "units", "unitizing", "interval", "meaning")
    heads = [say(f"agreement.head.{one}") for one in names]
    st.html(figures.plain(say("agreement.by.title", by=say("agreement.by.marks")), heads, rows))
    st.caption(say("agreement.explained.units"))
    take(shown, "by-marks", lambda: units_sheet(found))
    _gamma(shown)


def _gamma(shown: Shown) -> None:
    """A button that works gamma out where its package is; then the figure, or why it has none."""
    if not gamma_installed():
        st.caption(say("agreement.gamma.not_installed", command=f"`{INSTALL}`"))
        return
    if not shown.is_kept("gamma"):
        offer = st.empty()
        with offer.container():
            st.caption(say("agreement.gamma.explained"))
            if not st.button(say("agreement.gamma.work"), key="agreement-gamma"):
                return
        offer.empty()
    with st.spinner(say("agreement.gamma.working", seconds=numeral(int(SECONDS)))):
        found: Gamma = shown.kept("gamma", lambda: gamma(shown.texts, shown.scope.ids))
    if found.value is None:
        most, seconds = numeral(MOST_MARKS), numeral(int(SECONDS))
        st.info(say(f"agreement.gamma.{found.state}", most=most, seconds=seconds))
        return
    figure = figures.shown(Figure("gamma", found.value, None))
    st.markdown(say("agreement.gamma.measured", n=found.marks, figure=figure))
    if found.marks < FEW:
        st.caption(say("agreement.marks.few", n=found.marks))
    st.caption(say("agreement.gamma.explained"))


def pairs(shown: Shown, concern: str) -> list[PairMarking]:
    """How far each pair's marks are the same, of a concern, or where it is "" of all of them."""
    ids = shown.scope.ids
    found: list[PairMarking] = shown.kept(
        ("marks", concern), lambda: pair_markings(shown.texts, ids, concern=concern)
    )
    return found


def each_pair(shown: Shown, marks: Sequence[PairMarking]) -> None:
    """A table with a row for each pair: what they marked, what of it both, and what that means."""
    rows = []
    for one in marks:
        found = one.found
        shares = (found.precision, found.recall, found.f1)
        rows.append(
            (
                f"{shown.names[one.first]} / {shown.names[one.second]}",
                numeral(one.clauses),
                f"{numeral(found.first)} / {numeral(found.second)}",
                numeral(found.matched),
                *("–" if share is None else percent(share) for share in shares),
                figures.span(one.interval, share=True) or "–",
                figures.marks_meaning(found),
            )
        )
    names = ("of", "clauses", "marks", "matched", "precision", "recall", "f1", "interval")
    heads = [say(f"agreement.head.{one}") for one in (*names, "meaning")]
    st.html(figures.plain(say("agreement.pairs.each"), heads, rows))
