"""The export page: the dataset as a file, seen before it is taken, and files brought back in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from annotator.model import DocumentInfo, Reviewer
from annotator.review import blind
from annotator.store import Store
from annotator.ui import panels, session
from annotator.ui.loading import loading
from annotator.ui.shell import heading
from annotator.ui.words import say

if TYPE_CHECKING:
    # Loaded where it is used: app.py imports every page, and the first one should not wait for it.
    from annotator.export import Dataset, Part

_ROWS = 10
_HEADS = ("clause", "words", "concern", "kind", "reviewer", "severity", "note", "text")


@dataclass(frozen=True, slots=True)
class _Format:
    """What a reader should know of a format to choose it."""

    name: str
    mime: str


# A format of the registry that is not described here is offered under its own name.
_FORMATS = {
    "jsonl": _Format(
        "JSON Lines",
        "application/jsonl",
    ),
    "csv": _Format(
        "CSV",
        "text/csv",
    ),
}


@session.guarded
def page() -> None:
    """Draw the page."""
    heading(say("export.title"))
    with session.opened() as store:
        reviewer = session.reviewer_select(store)
        st.sidebar.caption(say("export.stays"))
        with st.container(key="export"):
            with st.container(key="export-take"):
                _take(store, reviewer)
            with st.container(key="export-load"):
                loading(reviewer)


def _take(store: Store, reviewer: Reviewer | None) -> None:
    """Choose what goes into the file, look at it, take it; in a blind project, of one's own."""
    from annotator.export import FORMATS, Selection, collect

    infos, people = store.documents(), store.reviewers()
    if not any(_said(store)):
        st.markdown(say("export.empty"))
        return
    hidden = blind.is_blind(store)
    if hidden:
        st.caption(say("project.blind_export"))
        people = [reviewer] if reviewer else []
        if not people:
            return
    texts, reviewers, name = _choices(infos, people, list(FORMATS))
    if hidden:
        reviewers = [one.id for one in people]
    selection = Selection(documents=texts, reviewers=reviewers, names=True)
    with store.snapshot():
        dataset = collect(store, selection)
        parts = list(dataset.parts())
        chosen_render = FORMATS[name].render
        assert chosen_render is not None
        content = b"".join(chosen_render(dataset))
    st.html(
        panels.counts(
            (
                ("export.held.tag", sum(len(part.annotations) for part in parts)),
                ("export.held.review", sum(one.done for part in parts for one in part.reviews)),
                ("export.held.decision", sum(len(part.decisions) for part in parts)),
                ("export.held.assessment", sum(len(part.assessments) for part in parts)),
                ("export.held.text", len(parts)),
            ),
            size=len(content),
        )
    )
    _preview(dataset, parts)
    chosen = _described(name)
    st.download_button(
        say("export.download", name=chosen.name),
        content,
        file_name=f"annotations.{name}",
        mime=chosen.mime,
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        key="download",
    )


def _said(store: Store) -> tuple[bool, ...]:
    asked = (store.annotations, store.reviews, store.decisions, store.assessments, store.links)
    return tuple(bool(of()) for of in asked)


def _choices(
    infos: Sequence[DocumentInfo], people: Sequence[Reviewer], formats: Sequence[str]
) -> tuple[list[str], list[str], str]:
    """Slugs and reviewer ids, none meaning all of them, and the format."""
    titles = {info.slug: info.title for info in infos}
    names = {someone.id: someone.name for someone in people}
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
    name = st.segmented_control(
        say("export.format.label"),
        formats,
        format_func=lambda one: _described(one).name,
        default=formats[0],
        required=True,
        key="export-format",
    )
    name = name or formats[0]
    if name in _FORMATS:
        st.caption(say(f"export.format.{name}"))
    return texts, reviewers, name


def _described(name: str) -> _Format:
    return _FORMATS.get(name, _Format(name, "application/octet-stream"))


def _preview(dataset: Dataset, parts: Sequence[Part]) -> None:
    """The first tags as a table."""
    marks = [mark for part in parts for mark in part.annotations]
    if not marks:
        st.write(say("export.none"))
        return
    names = dataset.names
    titles = {part.document.id: part.document.title for part in parts}
    citations = {
        (part.document.id, clause.eid): clause.citation
        for part in parts
        for clause in part.document.clauses
    }
    concerns = {concern.id: concern.name for concern in session.codebook().concerns}
    shown = marks[:_ROWS]
    heads = {name: say(f"export.head.{name}") for name in _HEADS}
    rows: list[dict[str, Any]] = [
        {
            heads["clause"]: citations[one.document, one.eid],
            heads["words"]: one.quote,
            heads["concern"]: concerns.get(one.concern, one.concern),
            heads["kind"]: say(f"export.polarity.{one.polarity}"),
            heads["reviewer"]: names[one.reviewer],
            heads["severity"]: say(f"export.severity.{one.severity}") if one.severity else "",
            heads["note"]: one.note,
            heads["text"]: titles[one.document],
        }
        for one in shown
    ]
    if more := len(marks) - len(shown):
        st.caption(say("export.first", shown=len(shown), n=more))
    st.dataframe(
        rows,
        hide_index=True,
        column_config={heads["words"]: st.column_config.TextColumn(width=260)},
        key="export-preview",
    )
