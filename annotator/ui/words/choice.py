"""Which language the pages speak: the reader's choice, else the browser's, else English.

A choice holds for the session; the address (`?lang=`) and a cookie carry it over a reload.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from annotator.ui.words.catalogue import LANGUAGES

_CHOSEN, _COOKIE = "language", "annotator-language"
# A run has a thread of its own and so a value of its own: asking Streamlit takes ten times as long.
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def language() -> str:
    """`en`, `fr` or `es`: what this run of a page, or this answer to a browser, speaks."""
    return _spoken.get() or listen()


def listen() -> str:
    """Find out anew what to speak, and hold to it; a run of a page begins with this."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return "en"
    found = _asked()
    _spoken.set(found)
    return found


@contextmanager
def speaking(named: str | None) -> Iterator[None]:
    """Speak the named language for a while; English where it is none of ours."""
    token = _spoken.set(named if named in LANGUAGES else "en")
    try:
        yield
    finally:
        _spoken.reset(token)


def is_chosen() -> bool:
    """Whether the reader has chosen the language in this session, so that a browser may keep it."""
    return _CHOSEN in st.session_state


def choose(named: str) -> None:
    """Speak the named language from now on in this session, and say so in the address."""
    st.session_state[_CHOSEN] = named
    st.query_params["lang"] = named
    _spoken.set(named)


def _asked() -> str:
    for asked in (
        st.session_state.get(_CHOSEN),
        st.query_params.get("lang"),
        st.context.cookies.get(_COOKIE),
        (st.context.locale or "").partition("-")[0],
    ):
        if asked in LANGUAGES:
            return str(asked)
    return "en"
