"""Taking the dataset along: what of it, for which program, seen and counted before it is a file."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from annotator.model import Reviewer
from annotator.review import blind
from annotator.store import Store
from annotator.ui import choosing, panels, session
from annotator.ui.preparing import Preparing
from annotator.ui.shell import plain
from annotator.ui.words import say

if TYPE_CHECKING:
    # Loaded where it is used: app.py imports every page, and the first one should not wait for it.
    from annotator.export import Dataset, Part, Selection

_ROWS = 10
_HEADS = ("clause", "words", "concern", "kind", "reviewer", "severity", "note", "text")
# What is written while the page is drawn: more than that takes longer than one waits for a page.
_AT_ONCE_TEXTS, _AT_ONCE_TAGS = 60, 3_000
_SLOW = ("people", "publish")
_HELD, _FILE, _JOB = "export-held", "export-file", "export-job"


@dataclass(frozen=True, slots=True)
class _Held:
    """What a selection holds: how many of each, and the first rows as they are shown."""

    counts: tuple[tuple[str, int], ...]
    rows: tuple[dict[str, Any], ...]
    tags: int
    texts: int


def take(store: Store, reviewer: Reviewer | None) -> None:
    """Choose what goes into the file, look at it, take it; in a blind project, of one's own."""
    if not store.spoken():
        st.markdown(say("export.empty"))
        return
    people = store.reviewers()
    hidden = blind.is_blind(store)
    if hidden:
        st.caption(say("project.blind_export"))
        people = [reviewer] if reviewer else []
        if not people:
            return
    format = choosing.format()
    selection = choosing.selection(store.documents(), people, alone=hidden)
    table = choosing.table(format)
    database = session.database()
    key = (str(database), store.revision(), session.codebook().sha256, selection)
    held = _held(store, selection, key)
    at_once = (
        held.texts <= _AT_ONCE_TEXTS and held.tags <= _AT_ONCE_TAGS and format.group not in _SLOW
    )
    whole = (*key, format.name, table)
    if at_once:
        content = _written(store, selection, format.name, table, whole)
        st.html(panels.counts(held.counts, size=len(content)))
        _offer(format.name, content, choosing.file_name(format, table), format.mime)
        _preview(held)
        return
    job = _job(whole)
    st.html(panels.counts(held.counts, size=job.size() if job and job.ready else None))
    if job and job.ready:
        _offer(format.name, job.content, choosing.file_name(format, table), format.mime)
    elif job and job.running:
        _running(job)
    else:
        if job and job.error:
            st.error(plain(job.error), icon=":material/error:")
        new = Preparing(whole, database, format.name, table, selection)
        st.button(
            say("taking.prepare"),
            type="primary",
            key="prepare",
            on_click=_start,
            args=(new,),
            help=say("taking.prepare_why"),
        )
    _preview(held)


def _offer(name: str, content: Any, file_name: str, mime: str) -> None:
    st.download_button(
        say("export.download", name=choosing.called(name)),
        content,
        file_name=file_name,
        mime=mime,
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        key="download",
    )


# A file in the making


def _job(key: Hashable) -> Preparing | None:
    """The session's file in the making, if it is of what is chosen now; another one is left."""
    job = st.session_state.get(_JOB)
    if isinstance(job, Preparing) and job.key != key:
        job.stop()
        del st.session_state[_JOB]
        return None
    return job if isinstance(job, Preparing) else None


def _start(job: Preparing) -> None:
    job.start()
    st.session_state[_JOB] = job


def _stop() -> None:
    if job := st.session_state.pop(_JOB, None):
        job.stop()


@st.fragment(run_every=0.7)
def _running(job: Preparing) -> None:
    """How far it is; the page is drawn again when it is done."""
    if not job.running:
        st.rerun()
    share = job.done / job.total if job.total else 0.0
    st.progress(share, text=say("taking.writing", n=job.done, total=job.total))
    st.button(say("taking.stop"), key="stop-preparing", on_click=_stop)


# What is held


def _held(store: Store, selection: Selection, key: Hashable) -> _Held:
    """What the selection holds; counted once for each state of the database."""
    kept = st.session_state.get(_HELD)
    if kept and kept[0] == key:
        found: _Held = kept[1]
        return found
    from annotator.export import collect

    with store.snapshot():
        dataset = collect(store, selection)
        long = len(dataset.documents) > _AT_ONCE_TEXTS
        bar = st.progress(0.0) if long else None
        counted = dict.fromkeys(("tag", "suggestion", "review", "assessment", "comment"), 0)
        rows: list[dict[str, Any]] = []
        for number, part in enumerate(dataset.parts(), start=1):
            counted["tag"] += len(part.annotations)
            counted["suggestion"] += len(part.suggestions)
            counted["review"] += sum(one.done for one in part.reviews)
            counted["assessment"] += len(part.assessments)
            counted["comment"] += len(part.comments)
            if len(rows) < _ROWS:
                rows += _rows(part, dataset, _ROWS - len(rows))
            if bar:
                total = len(dataset.documents)
                bar.progress(number / total, text=say("taking.counting", n=number, total=total))
        if bar:
            bar.empty()
    texts = len(dataset.documents)
    counts = (*((f"taking.held.{name}", n) for name, n in counted.items() if n or name == "tag"),)
    held = _Held((*counts, ("export.held.text", texts)), tuple(rows), counted["tag"], texts)
    st.session_state[_HELD] = (key, held)
    return held


def _written(store: Store, selection: Selection, format: str, table: str, key: Hashable) -> bytes:
    kept = st.session_state.get(_FILE)
    if kept and kept[0] == key:
        content: bytes = kept[1]
        return content
    from annotator.export import as_bytes

    content = as_bytes(store, format, selection, table=table)
    st.session_state[_FILE] = (key, content)
    return content


def _rows(part: Part, dataset: Dataset, most: int) -> list[dict[str, Any]]:
    concerns = {concern.id: concern.name for concern in dataset.codebook.concerns}
    return [
        {
            "clause": part.citation(one.eid),
            "words": one.quote,
            "concern": concerns.get(one.concern, one.concern),
            "kind": one.polarity,
            "reviewer": dataset.name(one.reviewer),
            "severity": one.severity or "",
            "note": one.note,
            "text": part.document.title,
        }
        for one in part.annotations[:most]
    ]


def _preview(held: _Held) -> None:
    """The first tags as a table."""
    if not held.rows:
        st.write(say("export.none"))
        return
    heads = {name: say(f"export.head.{name}") for name in _HEADS}
    shown = [
        {
            heads[name]: cell
            if name not in ("kind", "severity") or not cell
            else say(f"export.{'polarity' if name == 'kind' else name}.{cell}")
            for name, cell in row.items()
        }
        for row in held.rows
    ]
    if more := held.tags - len(shown):
        st.caption(say("export.first", shown=len(shown), n=more))
    st.dataframe(
        shown,
        hide_index=True,
        column_config={heads["words"]: st.column_config.TextColumn(width=260)},
        key="export-preview",
    )
