"""The practice page: the review page over an invented law, with nothing kept."""

from __future__ import annotations

import streamlit as st

from annotator.ui import session
from annotator.ui.pages import review
from annotator.ui.words import say


@session.guarded
def page() -> None:
    """Draw the page."""
    with st.sidebar.container(key="practice"):
        st.caption(say("start.practice.apart"))
        with st.container(horizontal=True):
            if st.button(say("start.practice.leave"), key="practice-leave"):
                _leave()
            st.button(
                say("start.practice.again"), key="practice-again", on_click=session.begin_again
            )
    review.page()


def _leave() -> None:
    from annotator.ui.pages import start

    st.switch_page(
        st.Page(start.page, title=say("shell.page.start"), url_path="start", default=True)
    )
