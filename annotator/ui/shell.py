"""The frame around every page: name, headings, and what the theme cannot say."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from annotator.ui import theme

_FOLDER = Path(__file__).parent
_STYLE = (_FOLDER / "shell.css").read_text(encoding="utf-8")


def frame() -> None:
    """Set up the page and its style; once a run, before anything is drawn."""
    st.set_page_config(
        page_title="Treaty annotator",
        # A file of our own: Streamlit fetches the picture of a named icon from another machine.
        page_icon=str(_FOLDER / "icon.png"),
        layout="wide",
        initial_sidebar_state="auto",
    )
    st.html(f"<style>{theme.variables()}{_STYLE}</style>")


def heading(title: str, *, hidden: bool = False) -> None:
    """The page's one `h1`; hidden from sight where the page needs no title, not from readers."""
    with st.container(key="page-title-hidden" if hidden else "page-title"):
        st.title(title, anchor=False)
