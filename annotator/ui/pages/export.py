"""The export page: the dataset as a file, seen before it is taken, and files brought back in."""

from __future__ import annotations

import streamlit as st

from annotator.ui import session, taking
from annotator.ui.loading import loading
from annotator.ui.shell import heading
from annotator.ui.words import say


@session.guarded
def page() -> None:
    """Draw the page."""
    heading(say("export.title"))
    with session.opened() as store:
        reviewer = session.reviewer_select(store)
        st.sidebar.caption(say("export.stays"))
        with st.container(key="export"):
            with st.container(key="export-take"):
                taking.take(store, reviewer)
            with st.container(key="export-load"):
                loading(reviewer)
