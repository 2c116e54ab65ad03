"""The Streamlit entry: the pages, in flow order."""

import streamlit as st

from annotator.ui import door, shell
from annotator.ui.pages import (
    codebook,
    compare,
    export,
    intake,
    review,
    safeguards,
    start,
    versions,
)

if shell.drawing():
    shell.frame()
    st.navigation(
        [
            st.Page(start.page, title="Start", url_path="start", default=True),
            st.Page(intake.page, title="Intake", url_path="intake"),
            st.Page(review.page, title="Review", url_path="review"),
            st.Page(safeguards.page, title="Safeguards", url_path="safeguards"),
            st.Page(compare.page, title="Compare", url_path="compare"),
            st.Page(versions.page, title="Versions", url_path="versions"),
            st.Page(export.page, title="Export", url_path="export"),
            st.Page(codebook.page, title="Codebook", url_path="codebook"),
        ],
        position="top",
    ).run()
else:
    # What `streamlit run` serves: this file for every page, and the door for decisions.
    app = st.App(__file__, routes=door.routes())
