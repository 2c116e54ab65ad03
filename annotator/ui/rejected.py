"""The powers that reviewers rejected, below the matrix that leaves them out; own ones come back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from annotator import review
from annotator.errors import AnnotatorError
from annotator.model import Document, PowerReading, PowerRejection, Reviewer
from annotator.safeguards import matrix
from annotator.ui import session
from annotator.ui.shell import plain
from annotator.ui.words import say

_WRONG = "rejected-wrong"


def draw(
    document: Document,
    powers: Sequence[PowerReading],
    rejections: Sequence[PowerRejection],
    people: Sequence[Reviewer],
    reviewer: Reviewer | None,
) -> None:
    """Draw them, folded; nothing where none is rejected in the view that is chosen."""
    _, gone = matrix.granted(powers, rejections)
    if wrong := st.session_state.pop(_WRONG, ""):
        st.error(plain(wrong), icon=":material/error:")
    if not gone:
        return
    names = {one.id: one.name for one in people}
    with st.expander(say("safeguards.rejected.title", n=len(gone))):
        st.caption(say("safeguards.rejected.help"))
        for power in gone:
            whose = [one.reviewer for one in rejections if _of(one, power)]
            told = ", ".join(sorted(names.get(one, one) for one in whose))
            line, button = st.columns([5, 1], vertical_alignment="center")
            by = say("safeguards.rejected.by", names=told)
            what = document.clause(power.eid).citation, matrix.kind_name(power.power)
            line.text(" · ".join([*what, by]))
            if reviewer and reviewer.id in whose:
                button.button(
                    say("safeguards.panel.bring_back"),
                    on_click=_bring_back,
                    args=(document, reviewer.id, power.eid, power.power),
                    key=f"rejected-{power.eid}-{power.power}",
                )


def _of(rejection: PowerRejection, power: PowerReading) -> bool:
    return (rejection.eid, rejection.power) == (power.eid, power.power)


def _bring_back(document: Document, reviewer: str, eid: str, power: str) -> None:
    try:
        with session.opened() as store:
            review.restore_power(store, document, reviewer, eid, power)
    except AnnotatorError as error:
        st.session_state[_WRONG] = str(error)
