"""Practising: an invented law in a database of one's own, apart from the project's.

Each session of the practice page gets a fresh copy in a folder that goes when the server ends, so
that a beginner's tries are in nobody's figures and a reload begins anew.
"""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from annotator.ui.words import language, say

ADDRESS = "practice"
_HERE, _ASIDE, _COPY = "practising", "put-aside", "practice-copy"


def database() -> Path | None:
    """The practice database of whoever is on the practice page, None on every other page."""
    # What answers a browser without running a page knows no session, and serves the project.
    if get_script_run_ctx(suppress_warning=True) is None or not st.session_state.get(_HERE):
        return None
    known = st.session_state.get(_COPY)
    if known and known[0] == language() and known[1].exists():
        return Path(known[1])
    with st.spinner(say("start.practice.ready")):
        prepared = _prepared(language())
    copy = prepared.with_name(f"{uuid.uuid4()}.db")
    shutil.copyfile(prepared, copy)
    st.session_state[_COPY] = (language(), copy)
    return copy


def turn(here: bool, *, keeping: tuple[str, ...]) -> None:
    """Go to practise, or come back; what the session kept of the one waits while in the other.

    `keeping` names what of the session belongs to a database: the text read, the place in it.
    """
    if here == bool(st.session_state.get(_HERE)):
        return
    held = {name: st.session_state.pop(name) for name in keeping if name in st.session_state}
    for name, value in st.session_state.pop(_ASIDE, {}).items():
        st.session_state[name] = value
    st.session_state[_ASIDE] = held
    st.session_state[_HERE] = here


def begin_again() -> None:
    """Forget every try."""
    if known := st.session_state.pop(_COPY, None):
        known[1].unlink(missing_ok=True)


@st.cache_resource(show_spinner=False)
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="treaty-annotator-practice-", ignore_cleanup_errors=True)


@st.cache_resource(show_spinner=False)
def _prepared(spoken: str) -> Path:
    """The database as everyone begins with it, made once for each language."""
    from annotator import bootstrap  # brings spaCy: only for those who practise

    path = Path(_folder().name) / f"{spoken}.db"
    bootstrap.practise(path, language=spoken)
    return path
