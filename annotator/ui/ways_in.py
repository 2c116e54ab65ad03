"""What the intake page shows: the ways in, and the texts that wait to be stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

import streamlit as st

from annotator.errors import AnnotatorError
from annotator.store import Store
from annotator.ui import component, incoming, panels, preview, session, shell
from annotator.ui import tray as trays
from annotator.ui.keeping import Stored
from annotator.ui.shell import heading, plain
from annotator.ui.tray import Entry, Tray
from annotator.ui.turning import open_text
from annotator.ui.words import say, say_marked

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_TRAY = "intake-tray"
_ROWS = 50
_PROBLEMS = 12
_NAMED = 5


def draw() -> None:
    """Draw the page, with the text that is open, else with all of them."""
    tray = _tray()
    entry = tray.entry(tray.open)
    heading(say("intake.title"), hidden=entry is not None)
    component.provide_code()
    with session.opened() as store:
        session.reviewer_select(store)
        st.sidebar.caption(say("intake.stays"))
        if entry is None:
            _all(store, tray)
        else:
            incoming.draw(store, tray, entry)


def _tray() -> Tray:
    return cast(Tray, st.session_state.setdefault(_TRAY, Tray()))


# Bringing texts in


def _all(store: Store, tray: Tray) -> None:
    """The ways in, what could not be read, and the texts that lie on the tray."""
    _problems(tray)
    _results(tray)
    waiting = [one for one in tray.entries if one.stored is None]
    if waiting:
        _list(store, tray, waiting)
        st.header(say("intake.more"), anchor=False)
    elif not any(one.stored for one in tray.entries):
        st.write(say("intake.empty"))
    # A key keeps the tab that is open where a message above moves it.
    files, folder, address, paste = st.tabs(
        [say(f"intake.way.{way}") for way in ("files", "folder", "address", "paste")],
        key="intake-ways",
    )
    with files:
        _upload(tray, say("intake.upload.files"), folder=False)
    with folder:
        _upload(tray, say("intake.upload.folder"), folder=True)
    with address:
        _address(tray)
    with paste:
        _paste(tray)


def _problems(tray: Tray) -> None:
    if tray.passed_over:
        names = ", ".join(tray.passed_over[:_NAMED])
        if (more := len(tray.passed_over) - _NAMED) > 0:
            names = say("intake.and_more", names=names, n=more)
        said = say_marked("intake.passed_over", n=len(tray.passed_over), names=names)
        st.info(said, icon=":material/info:")
    if not tray.problems:
        return
    for said in tray.problems[:_PROBLEMS]:
        st.error(plain(said), icon=":material/error:")
    more = len(tray.problems) - _PROBLEMS
    if more > 0:
        st.error(say("intake.unread", n=more), icon=":material/error:")
    if st.button(say("intake.close"), key="intake-problems"):
        tray.problems.clear()
        tray.passed_over.clear()
        st.rerun()


def _results(tray: Tray) -> None:
    """What has been stored since the page was opened, the way to review it beside it."""
    done = [one for one in tray.entries if one.stored]
    for number, one in enumerate(done[-_PROBLEMS:]):
        stored = cast(Stored, one.stored)
        with st.container(key=f"intake-done-{number}"):
            st.success(_told(one, stored), icon=":material/check:")
            if st.button(say("intake.review"), type="primary", key=f"intake-review-{one.id}"):
                open_text("review", stored.slug)
            if stored.to_place and st.button(
                say("intake.place_tags"), key=f"intake-place-{one.id}"
            ):
                open_text("versions", stored.slug)
    if len(done) > _PROBLEMS:
        st.caption(say("intake.more_stored", n=len(done) - _PROBLEMS))


def _told(one: Entry, stored: Stored) -> str:
    clauses = sum(1 for _ in one.document.reviewable())
    kind = "version" if stored.version > 1 else "new"
    said = say(
        f"intake.stored.{kind}",
        title=plain(one.title),
        version=stored.version,
        clauses=panels.count(clauses, "clause"),
    )
    if stored.suggestions:
        said += f", {panels.count(stored.suggestions, 'suggestion')}"
    if stored.placed is not None and stored.placed + stored.to_place:
        placed = say("intake.stored.placed", n=stored.placed)
        if stored.to_place:
            placed = say("intake.stored.waiting", placed=placed, n=stored.to_place)
        said += f". {placed}"
    return f"{said}. {plain(stored.notice)}".strip()


def _upload(tray: Tray, label: str, *, folder: bool) -> None:
    """A box for files; what arrives is read at once, and the box is empty again."""
    key = f"intake-{'folder' if folder else 'files'}-{tray.turn}"
    found = st.file_uploader(label, accept_multiple_files="directory" if folder else True, key=key)
    st.caption(say("intake.reads"))
    if found:
        named = [(one, trays.why_not(one.name) if folder else "") for one in found]
        tray.passed_over = [one.name for one, why in named if why and why != "hidden"]
        files = [one for one, why in named if not why]
        if not files:
            tray.problems = [say("intake.no_files")]
        _read(tray, [(one.file_id, one.name, partial(_upload_read, one)) for one in files])


def _upload_read(file: UploadedFile) -> list[Entry]:
    return trays.from_file(file.name, file.getvalue())


def _address(tray: Tray) -> None:
    with st.form("intake-address", border=False):
        url = st.text_input(say("intake.way.address"), placeholder="https://", key="intake-url")
        sent = st.form_submit_button(say("intake.fetch"))
    st.caption(say("intake.fetched"))
    if sent and url.strip():
        _read(tray, [("", url.strip(), lambda: trays.from_address(url))])


def _paste(tray: Tray) -> None:
    with st.form("intake-paste", border=False):
        title = st.text_input(say("intake.paste.title"), key="intake-paste-title")
        text = st.text_area(say("intake.paste.text"), height=220, key="intake-paste-text")
        sent = st.form_submit_button(say("intake.paste.read"))
    if sent:
        _read(tray, [("", say("intake.paste.name"), lambda: trays.from_paste(text, title=title))])


def _read(tray: Tray, sources: Sequence[tuple[str, str, Callable[[], list[Entry]]]]) -> None:
    """Read each source onto the tray; a mistake in one is a message and leaves the others.

    A source is its id, its name and what reads it. One with an id is read once, even where the
    page is drawn anew in the middle.
    """
    if sources and not any(one in tray.uploads for one, _, _ in sources):
        tray.problems.clear()
    bar = shell.working(say("intake.reading"), len(sources), stop=partial(_stop, tray, sources))
    added: list[Entry] = []
    for number, (upload, name, read) in enumerate(sources):
        if upload in tray.uploads:
            continue
        bar.progress(
            number / len(sources),
            text=say_marked("intake.reading_one", n=number + 1, total=len(sources), name=name),
        )
        try:
            added += tray.add(read())
        except AnnotatorError as error:
            tray.problems.append(str(error))
        if upload:
            tray.uploads.add(upload)
    bar.empty()
    tray.turn += 1
    if len(added) == 1 and not tray.problems:
        tray.open = added[0].id
    st.rerun()


def _stop(tray: Tray, sources: Sequence[tuple[str, str, Callable[[], list[Entry]]]]) -> None:
    """Leave out what has not been read; it runs once the run that reads has ended."""
    left = {upload for upload, _, _ in sources if upload} - tray.uploads
    if left:
        tray.uploads |= left
        tray.problems.append(say("intake.stopped.reading", n=len(left)))


# The texts on the tray


def _list(store: Store, tray: Tray, waiting: Sequence[Entry]) -> None:
    """A line for each text that waits, and one button that stores those chosen."""
    st.header(panels.count(len(waiting), "text"), anchor=False)
    shown = waiting[: int(st.session_state.get("intake-shown", _ROWS))]
    with st.container(key="intake-list", gap=None):
        for number, one in enumerate(shown):
            _row(store, tray, one, number)
    if len(shown) < len(waiting) and st.button(say("intake.show_more"), key="intake-more"):
        st.session_state["intake-shown"] = len(shown) + _ROWS
        st.rerun()
    chosen = [one for one in waiting if one.chosen]
    with st.container(horizontal=True, key="intake-all"):
        if st.button(
            say("intake.store_texts", n=len(chosen)),
            type="primary",
            disabled=not chosen,
            key="intake-store-all",
        ):
            incoming.store_all(store, tray, chosen)
        if st.button(say("intake.clear"), type="tertiary", key="intake-clear"):
            for one in waiting:
                tray.remove(one)
            st.rerun()


def _row(store: Store, tray: Tray, entry: Entry, number: int) -> None:
    with st.container(key=f"intake-row-{number}"):
        entry.chosen = st.checkbox(
            say_marked("intake.store_one", title=entry.title),
            value=entry.chosen,
            key=f"intake-chosen-{entry.id}",
            label_visibility="collapsed",
        )
        with st.container(key=f"intake-title-{number}", gap=None):
            if st.button(plain(entry.title), type="tertiary", key=f"open-{entry.id}"):
                tray.open = entry.id
                st.rerun()
            document = entry.document
            said = [
                entry.path or entry.name,
                say(f"intake.kind.{document.kind}"),
                panels.language(document.language),
                preview.counts(document),
            ]
            if document.warnings:
                said.append(panels.count(len(document.warnings), "warning"))
            st.caption(plain(" · ".join(said)))
            if told := incoming.kin_words(store, entry):
                st.caption(plain(told))
        if st.button(say("intake.remove"), type="tertiary", key=f"intake-remove-{entry.id}"):
            tray.remove(entry)
            st.rerun()
