"""The practice page: the review page over an invented law, with nothing kept."""

from __future__ import annotations

import streamlit as st

from annotator.ui import session
from annotator.ui.pages import review
from annotator.ui.turning import turn_to
from annotator.ui.words import say


@session.guarded
def page() -> None:
    """Draw the page."""
    with st.sidebar.container(key="practice"):
        st.caption(say("start.practice.apart"))
        with st.container(horizontal=True):
            if st.button(say("start.practice.leave"), key="practice-leave"):
                turn_to("start")
            st.button(
                say("start.practice.again"), key="practice-again", on_click=session.begin_again
            )
    review.page()
