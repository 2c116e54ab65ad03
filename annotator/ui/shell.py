"""The frame around every page: name, headings, and what the theme cannot say."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from annotator.ui import theme, words
from annotator.ui.component import provide_language
from annotator.ui.markdown import plain as plain
from annotator.ui.words import say

_FOLDER = Path(__file__).parent
_STYLE = (_FOLDER / "shell.css").read_text(encoding="utf-8")


# The thread that answers the browser waits for the one that runs a page: ten turns as often, and a
# tag comes back some milliseconds sooner.
sys.setswitchinterval(0.0005)


def drawing() -> bool:
    """Whether a page is being drawn for somebody; else the server is reading what to serve."""
    return get_script_run_ctx(suppress_warning=True) is not None


def frame(title: str) -> None:
    """Set up the page, called so, and its style; once a run, before anything is drawn."""
    st.set_page_config(
        page_title=f"{title} – Treaty annotator",
        # A file of our own: Streamlit fetches the picture of a named icon from another machine.
        page_icon=str(_FOLDER / "icon.png"),
        layout="wide",
        initial_sidebar_state="auto",
    )
    st.html(f"<style>{theme.variables()}{_STYLE}</style>")


@contextmanager
def mishaps() -> Iterator[None]:
    """Say in a line that something failed which should not have; the log says what it was."""
    try:
        yield
    except Exception:  # whatever it is: a reader gets a sentence, never a traceback
        logging.getLogger(__name__).exception("a page could not be drawn")
        st.error(say("shell.mishap"), icon=":material/error:")


def foot() -> None:
    """The languages, at the foot of the sidebar; once a run, after everything else."""
    with st.sidebar.container(key="language"):
        _choose_language()
        provide_language()


def _choose_language() -> None:
    key = "language-choice"
    st.session_state[key] = words.language()
    st.selectbox(
        say("shell.language"),
        list(words.LANGUAGES),
        key=key,
        format_func=lambda one: words.LANGUAGES[one],
        on_change=lambda: words.choose(st.session_state[key]),
        label_visibility="collapsed",
    )


def heading(title: str, *, hidden: bool = False) -> None:
    """The page's one `h1`; hidden from sight where the page needs no title, not from readers."""
    with st.container(key="page-title-hidden" if hidden else "page-title"):
        st.title(title, anchor=False)


def working(text: str, count: int, *, stop: Callable[[], None]) -> DeltaGenerator:
    """A bar for work on so many things, and where they are several, a button that ends it.

    The click ends the run between two things, and `stop` is called then: what is done stays done.
    """
    with st.container(key="working", horizontal=True, vertical_alignment="bottom"):
        bar = st.progress(0.0, text=text)
        if count > 1:
            st.button(say("shell.stop"), key="working-stop", on_click=stop)
    return bar


def notify(text: str) -> None:
    """Say for a while, over the page, what a reader did not expect."""
    st.toast(plain(text), icon=":material/info:", duration="long")
