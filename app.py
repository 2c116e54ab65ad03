"""The Streamlit entry: the pages, in flow order."""

import streamlit as st

from annotator.ui import door, session, shell, words
from annotator.ui.pages import (
    codebook,
    compare,
    export,
    intake,
    mine,
    practice,
    project,
    review,
    safeguards,
    search,
    settle,
    start,
    versions,
)
from annotator.ui.words import say

if shell.drawing():
    words.listen()
    page = st.navigation(
        [
            st.Page(start.page, title=say("shell.page.start"), url_path="start", default=True),
            st.Page(intake.page, title=say("shell.page.intake"), url_path="intake"),
            st.Page(review.page, title=say("shell.page.review"), url_path="review"),
            st.Page(search.page, title=say("shell.page.search"), url_path="search"),
            st.Page(safeguards.page, title=say("shell.page.safeguards"), url_path="safeguards"),
            st.Page(compare.page, title=say("shell.page.compare"), url_path="compare"),
            st.Page(settle.page, title=say("shell.page.settle"), url_path="settle"),
            st.Page(mine.page, title=say("shell.page.mine"), url_path="mine"),
            st.Page(versions.page, title=say("shell.page.versions"), url_path="versions"),
            st.Page(export.page, title=say("shell.page.export"), url_path="export"),
            st.Page(codebook.page, title=say("shell.page.codebook"), url_path="codebook"),
            st.Page(project.page, title=say("shell.page.project"), url_path="project"),
            st.Page(
                practice.page,
                title=say("shell.page.practice"),
                url_path="practice",
                visibility="hidden",
            ),
        ],
        position="top",
    )
    shell.frame(page.title)
    session.turn(practising=page.url_path == "practice")
    with shell.mishaps():
        page.run()
    shell.foot()
else:
    # What `streamlit run` serves: this file for every page, and the door for decisions.
    app = st.App(__file__, routes=door.routes())
