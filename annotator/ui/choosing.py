"""What of the dataset is taken, and for which program: the choices of the export page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from annotator.model import POLARITIES, DocumentInfo, Reviewer
from annotator.ui import session
from annotator.ui.words import say

if TYPE_CHECKING:
    # Loaded where it is used: app.py imports every page, and the first one should not wait for it.
    from annotator.export import Format, Selection
    from annotator.export.selection import Context, Suggestions

_GROUPS = ("spreadsheet", "coding", "annotation", "program", "people", "publish")
# Names of programs and standards are the same in every language; the rest are in the words.
_CALLED = {
    "jsonl": "JSON Lines",
    "csv": "CSV",
    "xlsx": "Excel (XLSX)",
    "parquet": "Parquet",
    "prodigy": "Prodigy",
    "doccano": "doccano",
    "labelstudio": "Label Studio",
    "brat": "brat",
    "conll": "CoNLL",
    "webanno": "WebAnno TSV",
    "cas": "INCEpTION (UIMA CAS)",
    "w3c": "Web Annotation",
    "docbin": "spaCy",
    "akn": "Akoma Ntoso",
    "report-html": "HTML",
    "report-docx": "Word (DOCX)",
}
_SUGGESTED: tuple[Suggestions, ...] = ("decided", "all", "none")
_AROUND: tuple[Context, ...] = ("line", "clause")
_TABLES = ("annotations", "reviews", "safeguards", "suggestions", "codebook", "all")


def called(format: str) -> str:
    """What a format is called on the page."""
    return _CALLED.get(format) or say(f"taking.called.{format}")


def format() -> Format:
    """For whom the file is, then which of the formats for them."""
    from annotator.export import FORMATS

    groups = [one for one in _GROUPS if any(f.group == one for f in FORMATS.values())]
    group = st.segmented_control(
        say("taking.for"),
        groups,
        format_func=lambda one: say(f"taking.group.{one}"),
        default=groups[0],
        required=True,
        key="export-group",
    )
    names = [one.name for one in FORMATS.values() if one.group == (group or groups[0])]
    name = names[0]
    if len(names) > 1:
        name = (
            st.segmented_control(
                say("export.format.label"),
                names,
                format_func=called,
                default=names[0],
                required=True,
                # A widget for each group, so that each remembers its own.
                key=f"export-format-{group}",
            )
            or name
        )
    key = name.replace("-", "_")
    st.caption(say(f"taking.format.{key}"))
    return FORMATS[name]


def table(format: Format) -> str:
    """Which of a format's tables, "all" for a zip of them; "" where it has none."""
    if not format.tables:
        return ""
    return st.selectbox(
        say("taking.table"),
        _TABLES,
        format_func=lambda one: say(f"taking.tables.{one}"),
        key=f"export-table-{format.name}",
    )


def file_name(format: Format, table: str) -> str:
    """What the file is called when it comes down; two formats may end alike.

    >>> from annotator.export import FORMATS
    >>> [file_name(FORMATS[name], "") for name in ("jsonl", "prodigy", "brat", "qdc")]
    ['annotations.jsonl', 'annotations-prodigy.jsonl', 'annotations-brat.zip', 'codebook.qdc']
    """
    if table == "all":
        return f"annotations-{format.name}.zip"
    name = table or ("codebook" if format.name == "qdc" else "annotations")
    alone = format.suffix not in (".zip", ".jsonl") or format.name == "jsonl"
    return f"{name}{format.suffix}" if alone else f"{name}-{format.name}{format.suffix}"


def selection(
    infos: Sequence[DocumentInfo], people: Sequence[Reviewer], *, alone: bool
) -> Selection:
    """What is taken; of those people only where `alone`, in a blind project."""
    from annotator.export import Selection

    titles = {info.slug: info.title for info in infos}
    names = {someone.id: someone.name for someone in people}
    concerns = {concern.id: concern.name for concern in session.codebook().concerns}
    with st.container(key="export-choices"):
        texts = st.multiselect(
            say("export.texts"),
            list(titles),
            format_func=titles.__getitem__,
            placeholder=say("export.all_texts", n=len(titles)),
            key="export-texts",
        )
        reviewers = st.multiselect(
            say("export.reviewers"),
            list(names),
            format_func=names.__getitem__,
            placeholder=say("export.all_reviewers", n=len(names)),
            key="export-reviewers",
        )
    shown = st.toggle(say("taking.names"), key="export-names", help=say("taking.names_why"))
    with st.expander(say("taking.more")):
        left, right = st.columns(2)
        wanted = left.multiselect(
            say("taking.concerns"),
            list(concerns),
            format_func=concerns.__getitem__,
            placeholder=say("taking.all"),
            key="export-concerns",
        )
        with right:
            codes = _codes(wanted)
        left, right = st.columns(2)
        polarity = left.segmented_control(
            say("taking.polarity"),
            ("", *POLARITIES),
            format_func=lambda one: (
                say(f"export.polarity.{one}") if one else say("taking.both_polarities")
            ),
            default="",
            required=True,
            key="export-polarity",
        )
        context = right.segmented_control(
            say("taking.context"),
            _AROUND,
            format_func=lambda one: say(f"taking.around.{one}"),
            default="line",
            required=True,
            key="export-context",
        )
        left, right = st.columns(2)
        since = left.date_input(say("taking.since"), None, key="export-since")
        until = right.date_input(say("taking.until"), None, key="export-until")
        proposed = st.selectbox(
            say("taking.suggestions"),
            _SUGGESTED,
            format_func=lambda one: say(f"taking.suggested.{one}"),
            key="export-suggestions",
        )
        settled = st.toggle(
            say("taking.settled"),
            key="export-settled",
            disabled=alone,
            help=say("taking.settled_why"),
        )
        rejected = st.toggle(say("taking.rejected"), True, key="export-rejected")
        notes = st.toggle(say("taking.notes"), True, key="export-notes")
    return Selection(
        documents=tuple(texts),
        reviewers=tuple(names if alone else reviewers),
        concerns=tuple(wanted),
        codes=tuple(codes),
        polarities=(polarity,) if polarity else (),
        since=_day(since),
        until=_day(until),
        settled=settled and not alone,
        suggestions=proposed,
        rejected=rejected,
        notes=notes,
        names=shown,
        context=context or "line",
    )


def _codes(concerns: Sequence[str]) -> list[str]:
    """Codes of the concerns chosen, or of all; those that belong to others are named by both."""
    found = {
        f"{concern.id}/{code.id}": f"{concern.name}: {code.name}"
        for concern in session.codebook().concerns
        if not concerns or concern.id in concerns
        for code in concern.codes
    }
    return st.multiselect(
        say("taking.codes"),
        list(found),
        format_func=lambda one: found.get(one, one),
        placeholder=say("taking.all"),
        key="export-codes",
    )


def _day(given: object) -> str:
    return given.isoformat() if isinstance(given, datetime.date) else ""
