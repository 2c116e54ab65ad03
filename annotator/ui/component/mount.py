"""Registers the component once, at import, and mounts its views."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent
_MODULES = (
    "dom.js",
    "keys.js",
    "marks.js",
    "selection.js",
    "outbox.js",
    "palette.js",
    "panel.js",
    "clauses.js",
    "review.js",
    "compare.js",
    "index.js",
)
_STYLES = ("base.css", "review.css", "panel.css", "compare.css")
_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def joined_script() -> str:
    """The modules as one, in the order in which they use each other."""
    source = "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in _MODULES)
    return _EXPORT.sub("", _IMPORT.sub("", source))


def joined_styles() -> str:
    """The style sheets as one."""
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in _STYLES)


_component = st.components.v2.component(
    "treaty_annotator",
    html='<div class="ta-root"></div>\n',
    css=joined_styles(),
    js=joined_script(),
)


def _nothing() -> None:
    """Streamlit gives a trigger an attribute only where it has a callback."""


def review_view(data: Mapping[str, Any], *, key: str = "review") -> list[dict[str, Any]]:
    """Draw the review view; return the events the browser sent with this run, oldest first.

    Events arrive again until `data["acks"]` names their nonce, so the caller must apply each once.
    """
    return _mount(data, key)


def compare_view(data: Mapping[str, Any], *, key: str = "compare") -> list[dict[str, Any]]:
    """Draw the compare view; return what the reader asked for with this run, oldest first."""
    return _mount(data, key)


def _mount(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    result = _component(data=dict(data), key=key, on_events_change=_nothing)
    events = result.events
    if not isinstance(events, list):
        return []
    return [event for event in events if isinstance(event, dict)]
