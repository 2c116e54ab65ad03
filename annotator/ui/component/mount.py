"""Registers the component once, at import, and mounts its views."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from annotator.ui import words

_FOLDER = Path(__file__).parent
_MODULES = (
    "words.js",
    "dom.js",
    "keys.js",
    "marks.js",
    "selection.js",
    "phrases.js",
    "addressing.js",
    "lettering.js",
    "handles.js",
    "card.js",
    "help.js",
    "outbox.js",
    "saving.js",
    "palette.js",
    "signs.js",
    "inquiring.js",
    "references.js",
    "claims.js",
    "chooser.js",
    "linking.js",
    "beside.js",
    "following.js",
    "older.js",
    "powers.js",
    "safeguards.js",
    "assessing.js",
    "panel.js",
    "compose.js",
    "queue.js",
    "knocking.js",
    "walking.js",
    "project.js",
    "clauses.js",
    "pointing.js",
    "telling.js",
    "tour.js",
    "deciding.js",
    "moving.js",
    "drawing.js",
    "commands.js",
    "review.js",
    "outline.js",
    "comparehelp.js",
    "comparefilter.js",
    "comparelanes.js",
    "comparelist.js",
    "compare.js",
    "detailing.js",
    "matrix.js",
    "tools.js",
    "intakeplace.js",
    "intakecorrecting.js",
    "intake.js",
    "finding.js",
    "recoding.js",
    "discussion.js",
    "settledraft.js",
    "settletext.js",
    "settleform.js",
    "settlemany.js",
    "settlehelp.js",
    "settlestate.js",
    "settleacting.js",
    "settle.js",
    "index.js",
)
_STYLES = (
    "base.css",
    "review.css",
    "panel.css",
    "hands.css",
    "saving.css",
    "tour.css",
    "queue.css",
    "older.css",
    "references.css",
    "links.css",
    "beside.css",
    "safeguards.css",
    "compare.css",
    "matrix.css",
    "intake.css",
    "access.css",
    "finding.css",
    "settle.css",
)
_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def joined_script() -> str:
    """The modules as one, in the order in which they use each other."""
    source = "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in _MODULES)
    return _EXPORT.sub("", _IMPORT.sub("", source))


def joined_styles() -> str:
    """The style sheets as one."""
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in _STYLES)


_SCRIPT = joined_script()
_code = st.components.v2.component("treaty_annotator_code", js=_SCRIPT)
_component = st.components.v2.component(
    "treaty_annotator",
    html='<div class="ta-root"></div>\n',
    js=(_FOLDER / "loader.js").read_text(encoding="utf-8"),
)
_STYLE_TEXT = joined_styles()
_language = st.components.v2.component(
    "treaty_annotator_language", js=(_FOLDER / "language.js").read_text(encoding="utf-8")
)


def provide_language() -> None:
    """Tell the browser what the page speaks; on every page, once a run."""
    spoken = words.language()
    given = {"language": spoken, "chosen": words.is_chosen()}
    _language(data=given | {"frame": words.counterparts(spoken, "frame.")}, key="spoken")


def provide_code() -> None:
    """Send the views' code and styles to the page; once a run of a page, in any place.

    It stands outside every fragment, so that a tag does not bring a hundred kilobytes back with it.
    """
    with st.container(key="page-code"):
        spoken = words.language()
        given = {"styles": _STYLE_TEXT, "language": spoken, "words": _words(spoken)}
        _code(data=given, key="code")


@functools.cache
def _words(language: str) -> str:
    """What the views say in that language, as JSON."""
    return json.dumps(words.words_of_script(language, _SCRIPT), ensure_ascii=False)


Events = list[dict[str, Any]]


def review_view(
    data: Mapping[str, Any], *, on_events: Callable[[Events], None], key: str = "review"
) -> None:
    """Draw the review view; `on_events` gets what the browser sends, oldest first.

    It runs before the page is drawn again, and gets an event again until `data["acks"]` names its
    nonce, so the caller must apply each once.
    """
    _mount(data, key, on_events)


def outline_view(
    data: Mapping[str, Any], *, on_events: Callable[[Events], None], key: str = "outline"
) -> None:
    """Draw the list of articles; `on_events` gets `{"type": "go", "eid": ...}`."""
    _mount(data, key, on_events)


def compare_view(
    data: Mapping[str, Any], *, on_events: Callable[[Events], None], key: str = "compare"
) -> None:
    """Draw the compare view; `on_events` gets what the reader asks for."""
    _mount(data, key, on_events)


def matrix_view(
    data: Mapping[str, Any], *, on_events: Callable[[Events], None], key: str = "matrix"
) -> None:
    """Draw the powers against their safeguards; `on_events` gets decisions and where to go.

    As in the review view, a decision comes again until `data["acks"]` names its nonce.
    """
    _mount(data, key, on_events)


def intake_view(
    data: Mapping[str, Any], *, on_events: Callable[[Events], None], key: str = "intake-view"
) -> None:
    """Draw a text that is not stored yet; `on_events` gets corrections, each until it is answered.

    As in the review view, an event comes again until `data["acks"]` names its nonce.
    """
    _mount(data, key, on_events)


def finding_view(
    data: Mapping[str, Any], *, on_events: Callable[[Events], None], key: str = "finding"
) -> None:
    """Draw what was found; `on_events` gets where the reader goes."""
    _mount(data, key, on_events)


def recoding_view(
    data: Mapping[str, Any], *, on_events: Callable[[Events], None], key: str = "recoding"
) -> None:
    """Draw all tags under one code; `on_events` gets what is chosen and what is to become of it."""
    _mount(data, key, on_events)


def settle_view(
    data: Mapping[str, Any], *, on_events: Callable[[Events], None], key: str = "settle"
) -> None:
    """Draw what is to be settled; `on_events` gets decisions, comments and where to go.

    As in the review view, a decision comes again until `data["acks"]` names its nonce.
    """
    _mount(data, key, on_events)


def _mount(data: Mapping[str, Any], key: str, on_events: Callable[[Events], None]) -> None:
    def arrived() -> None:
        events = st.session_state[key].get("events")
        if isinstance(events, list):
            on_events([event for event in events if isinstance(event, dict)])

    _component(data=dict(data), key=key, on_events_change=arrived)
