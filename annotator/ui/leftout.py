"""Rules that a mistake leaves out of the highlighting, as a warning that stays on the page."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Timer

import streamlit as st

from annotator import highlight
from annotator.errors import AnnotatorError
from annotator.ui.shell import plain
from annotator.ui.words import say

_MOST = 5
# Seconds after which a first page is drawn on a slow computer too.
_LATER = 3.0

# What is wrong under the name of a rule set, once it is found out; None while somebody does.
_known: dict[str, tuple[str, ...] | None] = {}


def warn(languages: Iterable[str]) -> None:
    """Say which rules of these languages are left out and why, file and line first.

    Reading the rules takes a second for each language, so that the first run only sets it going,
    once its page is drawn; later ones say what was found. Where all is sound nothing is drawn.
    """
    lines = [line for language in dict.fromkeys(languages) for line in _problems(language)]
    if not lines:
        return
    shown = [say("intake.left_out.files", n=len(lines)), *lines[:_MOST]]
    if len(lines) > _MOST:
        shown.append(say("intake.left_out.all"))
    st.warning("\n\n".join(map(plain, shown)), icon=":material/rule:")


def _problems(language: str) -> tuple[str, ...]:
    try:
        name = highlight.ruleset(language)
    except AnnotatorError:
        return ()  # a language that cannot be highlighted is told where its text is
    if name not in _known:
        _known[name] = None
        reading = Timer(_LATER, _find_out, args=(language, name))
        reading.daemon = True
        reading.start()
    return _known[name] or ()


def _find_out(language: str, name: str) -> None:
    _known[name] = highlight.problems(language)
