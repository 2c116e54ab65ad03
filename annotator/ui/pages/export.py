"""The export page: the dataset as a file, seen before it is taken, and files brought back in."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import streamlit as st

from annotator.errors import AnnotatorError
from annotator.model import DocumentInfo, Reviewer
from annotator.store import Store
from annotator.ui import panels, session
from annotator.ui.shell import heading, plain

if TYPE_CHECKING:
    # Loaded where it is used: app.py imports every page, and the first one should not wait for it.
    from annotator.export import LoadReport
    from annotator.export.dataset import Dataset

_ROWS = 10


@dataclass(frozen=True, slots=True)
class _Format:
    """What a reader should know of a format to choose it."""

    name: str
    mime: str
    words: str


# A format of the registry that is not described here is offered under its own name.
_FORMATS = {
    "jsonl": _Format(
        "JSON Lines",
        "application/jsonl",
        "Everything: texts with their clauses, tags, decisions and reviews. Comes back unchanged.",
    ),
    "csv": _Format(
        "CSV",
        "text/csv",
        "A row a tag, for a spreadsheet. Reviews and texts are not in it, and it cannot be loaded "
        "back.",
    ),
}


@session.guarded
def page() -> None:
    """Draw the page."""
    heading("Export")
    with session.opened() as store:
        reviewer = session.reviewer_select(store)
        st.sidebar.caption("A file leaves this computer only if you send it to someone.")
        with st.container(key="export"):
            with st.container(key="export-take"):
                _take(store)
            with st.container(key="export-load"):
                _load(reviewer)


def _take(store: Store) -> None:
    """Choose what goes into the file, look at it, take it."""
    from annotator.export import FORMATS
    from annotator.export.dataset import collect

    infos, people = store.documents(), store.reviewers()
    if not any(_said(store)):
        st.markdown(
            "**Nothing is tagged yet.** Open a text on **Review**, accept a suggestion or select "
            "words and press 1, 2 or 3. What you tag and what you mark as reviewed can be "
            "downloaded here."
        )
        return
    texts, reviewers, name = _choices(infos, people, list(FORMATS))
    with store.snapshot():
        dataset = collect(store, documents=texts or None, reviewers=reviewers or None)
    content = FORMATS[name](dataset)
    st.html(
        panels.counts(
            (
                ("tag", len(dataset.annotations)),
                ("review", sum(one.done for one in dataset.reviews)),
                ("decision", len(dataset.decisions)),
                ("assessment", len(dataset.assessments)),
                ("text", len(dataset.documents)),
            ),
            size=len(content),
        )
    )
    _preview(dataset)
    chosen = _described(name)
    st.download_button(
        f"Download {chosen.name}",
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
            "Texts",
            list(titles),
            format_func=titles.__getitem__,
            placeholder=f"All {len(titles)}" if len(titles) > 1 else "The one there is",
            key="export-texts",
        )
        reviewers = st.multiselect(
            "Reviewers",
            list(names),
            format_func=names.__getitem__,
            placeholder=f"All {len(names)}" if len(names) > 1 else "The one there is",
            key="export-reviewers",
        )
    name = st.segmented_control(
        "Format",
        formats,
        format_func=lambda one: _described(one).name,
        default=formats[0],
        required=True,
        key="export-format",
    )
    name = name or formats[0]
    st.caption(_described(name).words)
    return texts, reviewers, name


def _described(name: str) -> _Format:
    return _FORMATS.get(name, _Format(name, "application/octet-stream", ""))


def _preview(dataset: Dataset) -> None:
    """The first tags as a table."""
    if not dataset.annotations:
        st.write("There is no tag in this selection, so there is nothing to show yet.")
        return
    names = {someone.id: someone.name for someone in dataset.reviewers}
    titles = {text.id: text.title for text in dataset.documents}
    citations = {
        (text.id, clause.eid): clause.citation
        for text in dataset.documents
        for clause in text.clauses
    }
    concerns = {concern.id: concern.name for concern in session.codebook().concerns}
    shown = dataset.annotations[:_ROWS]
    rows: list[dict[str, Any]] = [
        {
            "Clause": citations[one.document, one.eid],
            "Words": one.quote,
            "Concern": concerns.get(one.concern, one.concern),
            "Kind": one.polarity,
            "Reviewer": names[one.reviewer],
            "Severity": one.severity or "",
            "Note": one.note,
            "Text": titles[one.document],
        }
        for one in shown
    ]
    if more := len(dataset.annotations) - len(shown):
        st.caption(f"The first {len(shown)} tags; {more:,} more follow in the file.")
    st.dataframe(
        rows,
        hide_index=True,
        column_config={"Words": st.column_config.TextColumn(width=260)},
        key="export-preview",
    )


def _load(reviewer: Reviewer | None) -> None:
    """Bring JSON Lines in: a colleague's file, or an earlier one of one's own."""
    st.header("Bring a file in", anchor=False)
    whose = f" Tags that name nobody become {plain(reviewer.name)}’s." if reviewer else ""
    st.markdown(
        "JSON Lines that were downloaded here or written by another program. Nothing is stored "
        f"twice, and a file with a mistake in it changes nothing.{whose}"
    )
    turn = int(st.session_state.get("load-turn", 0))
    file = st.file_uploader(
        "A file of JSON Lines", type=["jsonl", "ndjson", "json"], key=f"load-file-{turn}"
    )
    st.button(
        "Load it",
        disabled=file is None,
        key="load",
        on_click=_loaded,
        args=(turn, reviewer.id if reviewer else None),
    )
    if error := st.session_state.get("load-error"):
        st.error(plain(error), icon=":material/error:")
    if done := st.session_state.get("load-done"):
        st.success(plain(done), icon=":material/check:")


def _loaded(turn: int, reviewer: str | None) -> None:
    """Load the chosen file before the page is drawn, so that its figures are those after it."""
    st.session_state["load-error"] = st.session_state["load-done"] = ""
    file = st.session_state.get(f"load-file-{turn}")
    if file is None:
        return
    try:
        with session.opened() as store:
            report = load_upload(store, file.name, file.getvalue(), reviewer=reviewer)
    except AnnotatorError as error:
        st.session_state["load-error"] = str(error)
    else:
        st.session_state["load-done"] = f"{file.name}: {report_words(report)}"
        st.session_state["load-turn"] = turn + 1


def load_upload(
    store: Store, name: str, content: bytes, *, reviewer: str | None = None
) -> LoadReport:
    """Load what a browser sent; an `AnnotatorError` names the file as its owner does."""
    from annotator import export

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.jsonl"
        path.write_bytes(content)
        try:
            return export.load(store, path, reviewer=reviewer)
        except AnnotatorError as error:
            own = PurePosixPath(name.replace("\\", "/")).name
            raise type(error)(str(error).replace(str(path), own)) from error


def report_words(report: LoadReport) -> str:
    """What a load did, in a sentence or two.

    >>> from annotator.export import LoadReport
    >>> report_words(LoadReport(added={"annotation": 2, "review": 1}, unchanged=4))
    '2 tags and 1 review added. 4 lines were here already.'
    >>> report_words(LoadReport())
    'nothing was new.'
    """

    def lines(number: int) -> str:
        return panels.count(number, "line was", "lines were")

    # An origin line is a part of its tag to a reader.
    names = {"annotation": "tag", "document": "text"}
    added = [
        panels.count(number, names.get(kind, kind))
        for kind, number in report.added.items()
        if kind != "origin"
    ]
    said = [f"{_listed(added)} added." if added else "nothing was new."]
    if report.updated:
        said.append(f"{lines(report.updated)} newer and replaced what was here.")
    if report.kept:
        said.append(f"{lines(report.kept)} older than what is here and passed over.")
    if report.unchanged:
        said.append(f"{lines(report.unchanged)} here already.")
    if report.reviewers:
        said.append(f"New: {', '.join(report.reviewers)}.")
    return " ".join(said)


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
