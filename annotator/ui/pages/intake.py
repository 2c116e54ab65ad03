"""The intake page: texts brought in, seen with their clauses, put right, and stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

import streamlit as st

from annotator.errors import AnnotatorError
from annotator.model import Kind
from annotator.store import Store
from annotator.ui import component, panels, session, shell
from annotator.ui.shell import heading, plain
from annotator.ui.tray import Entry, Stored, Tray

_TRAY, _ACKS, _HOLDS = "intake-tray", "intake-acks", "intake-holds"
_ROWS = 50
_PROBLEMS = 12
_KINDS: dict[Kind, str] = {"treaty": "Treaty or law", "news": "News"}
_READS = "Plain text, Markdown, HTML, PDF, DOCX and Akoma Ntoso XML, up to 50 MB a file."


@session.guarded
def page() -> None:
    """Draw the page."""
    tray = _tray()
    entry = tray.entry(tray.open)
    heading("Intake", hidden=entry is not None)
    component.provide_code()
    with session.opened() as store:
        session.reviewer_select(store)
        st.sidebar.caption("What you bring in stays on this computer.")
        if entry is None:
            _all(store, tray)
        else:
            _one(store, tray, entry)


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
        st.subheader("Bring in more", anchor=False)
    elif not any(one.stored for one in tray.entries):
        st.write(
            "Bring in a treaty, a draft law or an article. You see it clause by clause, and can put "
            "a wrong split right, before anything is stored."
        )
    files, folder, address, paste = st.tabs(["Files", "A folder", "Web address", "Paste"])
    with files:
        _upload(tray, "Files to read", folder=False)
    with folder:
        _upload(tray, "A folder to read", folder=True)
    with address:
        _address(tray)
    with paste:
        _paste(tray)


def _problems(tray: Tray) -> None:
    if not tray.problems:
        return
    for said in tray.problems[:_PROBLEMS]:
        st.error(plain(said), icon=":material/error:")
    more = len(tray.problems) - _PROBLEMS
    if more > 0:
        st.error(f"{more:,} more files could not be read.", icon=":material/error:")
    if st.button("Close these messages", key="intake-problems"):
        tray.problems.clear()
        st.rerun()


def _results(tray: Tray) -> None:
    """What has been stored since the page was opened, the way to review it beside it."""
    done = [one for one in tray.entries if one.stored]
    for number, one in enumerate(done[-_PROBLEMS:]):
        stored = cast(Stored, one.stored)
        with st.container(key=f"intake-done-{number}"):
            st.success(_told(one, stored), icon=":material/check:")
            if st.button("Review it now", type="primary", key=f"intake-review-{one.id}"):
                _review(stored.slug)
    if len(done) > _PROBLEMS:
        st.caption(f"{len(done) - _PROBLEMS:,} more were stored; Start lists all texts.")


def _told(one: Entry, stored: Stored) -> str:
    clauses = sum(1 for _ in one.document.reviewable())
    said = f"**{plain(one.title)}** is stored: {panels.count(clauses, 'clause')} to read"
    if stored.version > 1:
        said = said.replace("is stored:", f"is stored as version {stored.version}:")
    if stored.suggestions:
        said += f", {panels.count(stored.suggestions, 'suggestion')}"
    return f"{said}. {plain(stored.notice)}".strip()


def _upload(tray: Tray, label: str, *, folder: bool) -> None:
    """A box for files; what arrives is read at once, and the box is empty again."""
    key = f"intake-{'folder' if folder else 'files'}-{tray.turn}"
    found = st.file_uploader(label, accept_multiple_files="directory" if folder else True, key=key)
    st.caption(_READS)
    if found:
        from annotator.ui import tray as trays

        files = [one for one in found if not folder or trays.is_text(one.name)]
        if not files:
            tray.problems.append("the folder has no files in it that could be texts")
        _read(
            tray,
            [(one.name, partial(trays.from_file, one.name, one.getvalue())) for one in files],
        )


def _address(tray: Tray) -> None:
    with st.form("intake-address", border=False):
        url = st.text_input("Web address", placeholder="https://", key="intake-url")
        sent = st.form_submit_button("Fetch the page")
    st.caption(
        "The page is fetched by this computer, once. Its address, the time and a hash of what came "
        "are kept with the text."
    )
    if sent and url.strip():
        from annotator.ui import tray as trays

        _read(tray, [(url.strip(), lambda: trays.from_address(url))])


def _paste(tray: Tray) -> None:
    with st.form("intake-paste", border=False):
        title = st.text_input("Title", key="intake-paste-title")
        text = st.text_area("Text", height=220, key="intake-paste-text")
        sent = st.form_submit_button("Read it")
    if sent:
        from annotator.ui import tray as trays

        _read(tray, [("pasted text", lambda: trays.from_paste(text, title=title))])


def _read(tray: Tray, sources: Sequence[tuple[str, Callable[[], list[Entry]]]]) -> None:
    """Read each source onto the tray; a mistake in one is a message and leaves the others."""
    tray.problems.clear()
    bar = st.progress(0.0, text="Reading")
    added: list[Entry] = []
    for number, (name, read) in enumerate(sources):
        bar.progress(
            number / len(sources), text=plain(f"Reading {number + 1:,} of {len(sources):,}: {name}")
        )
        try:
            added += tray.add(read())
        except AnnotatorError as error:
            tray.problems.append(str(error))
    bar.empty()
    tray.turn += 1
    if len(added) == 1 and not tray.problems:
        tray.open = added[0].id
    st.rerun()


# The texts on the tray


def _list(store: Store, tray: Tray, waiting: Sequence[Entry]) -> None:
    """A line for each text that waits, and one button that stores those chosen."""
    st.subheader(panels.count(len(waiting), "text"), anchor=False)
    shown = waiting[: int(st.session_state.get("intake-shown", _ROWS))]
    with st.container(key="intake-list", gap=None):
        for number, one in enumerate(shown):
            _row(store, tray, one, number)
    if len(shown) < len(waiting) and st.button("Show more", key="intake-more"):
        st.session_state["intake-shown"] = len(shown) + _ROWS
        st.rerun()
    chosen = [one for one in waiting if one.chosen]
    with st.container(horizontal=True, key="intake-all"):
        if st.button(
            f"Store {panels.count(len(chosen), 'text')}",
            type="primary",
            disabled=not chosen,
            key="intake-store-all",
        ):
            _store(store, tray, chosen)
        if st.button("Take all off the list", type="tertiary", key="intake-clear"):
            for one in waiting:
                tray.remove(one)
            st.rerun()


def _row(store: Store, tray: Tray, entry: Entry, number: int) -> None:
    from annotator.ui import preview

    with st.container(key=f"intake-row-{number}"):
        entry.chosen = st.checkbox(
            plain(f"Store {entry.title}"),
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
                _KINDS[document.kind],
                panels.language(document.language),
                preview.counts(document),
            ]
            if document.warnings:
                said.append(panels.count(len(document.warnings), "warning"))
            st.caption(plain(" · ".join(said)))
            if told := _kin_words(store, entry):
                st.caption(plain(told))
        if st.button("Remove", type="tertiary", key=f"intake-remove-{entry.id}"):
            tray.remove(entry)
            st.rerun()


def _kin_words(store: Store, entry: Entry) -> str:
    """How the text stands to what is stored, in a line; "" where there is nothing to say."""
    found = _kinship(store, entry)
    if found.same:
        return f"These very words are stored already, as {found.same}."
    if found.earlier and not entry.apart:
        return f"Becomes version {found.version} of {found.earlier_title}."
    if found.earlier:
        return f"Reads like {found.earlier_title}: open it to store it as a version of that."
    if found.unrelated:
        return f"Gets a name of its own: {entry.slug} is another text, {found.unrelated}."
    return ""


def _kinship(store: Store, entry: Entry) -> Any:
    from annotator.ui import tray as trays

    if entry.kinship is None:
        entry.kinship = trays.kinship(store, entry.document)
        if entry.apart is None and entry.kinship.earlier:
            # Another name is more often another text: a version is then for a person to say.
            entry.apart = entry.kinship.earlier != entry.slug
    return entry.kinship


def _store(store: Store, tray: Tray, entries: Sequence[Entry]) -> None:
    """Highlight and store each text; what goes wrong with one leaves the others."""
    from annotator.highlight import Highlighters
    from annotator.ui import tray as trays

    tray.problems.clear()
    highlighters = Highlighters()
    bar = st.progress(0.0, text="Highlighting and storing")
    for number, one in enumerate(entries):
        where = f"{number + 1:,} of {len(entries):,}: " if len(entries) > 1 else ""
        bar.progress(
            number / len(entries), text=plain(f"Highlighting and storing {where}{one.title}")
        )
        one.kinship = None
        found = _kinship(store, one)
        if found.same:
            tray.problems.append(f"{one.title}: these very words are stored already")
            continue
        try:
            one.stored = trays.keep(
                store,
                one.document,
                version_of="" if one.apart else found.earlier,
                highlighters=highlighters,
            )
        except AnnotatorError as error:
            tray.problems.append(f"{one.title}: {error}")
    for one in tray.entries:
        one.kinship = None
    bar.empty()
    tray.open = None
    st.rerun()


def _review(slug: str) -> None:
    from annotator.ui.pages import review

    session.go_to(slug, None)
    st.switch_page(st.Page(review.page, title="Review", url_path="review"))


# One text


def _one(store: Store, tray: Tray, entry: Entry) -> None:
    """What is known about the text beside the text itself."""
    with st.container(key="intake"):
        with st.container(key="intake-panel"):
            several = len([one for one in tray.entries if one.stored is None]) > 1
            if st.button(
                "All texts" if several else "Bring in other texts",
                icon=":material/arrow_back:",
                type="tertiary",
                key="intake-back",
            ):
                tray.open = None
                st.rerun()
            _fields(entry)
            _place(store, entry)
            _finish(store, tray, entry)
        with st.container(key="intake-text"):
            st.session_state["intake-entry"] = entry
            _text()


def _fields(entry: Entry) -> None:
    """What can be said otherwise than the text does."""
    _field(entry, "title", "Title")
    st.segmented_control(
        "Kind",
        list(_KINDS),
        format_func=_KINDS.__getitem__,
        default=entry.read.kind,
        required=True,
        key=f"intake-kind-{entry.id}",
        on_change=_take_kind,
        args=(entry,),
    )
    known = dict.fromkeys([entry.language, *panels.LANGUAGES])
    st.selectbox(
        "Language",
        list(known),
        format_func=panels.language,
        accept_new_options=True,
        key=f"intake-language-{entry.id}",
        on_change=_take,
        args=(entry, "language"),
    )
    _field(entry, "slug", "Short name", help="Names the text in links, commands and exports.")
    _field(entry, "source", "Source", placeholder="Where it comes from")
    if problem := st.session_state.pop(f"intake-problem-{entry.id}", None):
        st.error(plain(problem), icon=":material/error:")


def _field(entry: Entry, name: str, label: str, **options: Any) -> None:
    key = f"intake-{name}-{entry.id}"
    st.session_state.setdefault(key, getattr(entry, name))
    st.text_input(label, key=key, on_change=_take, args=(entry, name), **options)


def _take(entry: Entry, name: str) -> None:
    key = f"intake-{name}-{entry.id}"
    try:
        entry.set_field(name, str(st.session_state[key] or ""))
    except AnnotatorError as error:
        st.session_state[f"intake-problem-{entry.id}"] = str(error)
    st.session_state[key] = getattr(entry, name)


def _take_kind(entry: Entry) -> None:
    kind = st.session_state[f"intake-kind-{entry.id}"]
    try:
        dropped = entry.set_kind(kind)
    except AnnotatorError as error:
        st.session_state[f"intake-problem-{entry.id}"] = str(error)
        return
    if dropped:
        shell.notify(
            f"Read again as {_KINDS[entry.read.kind].lower()}; "
            f"{panels.count(dropped, 'correction')} made before no longer applied."
        )


def _place(store: Store, entry: Entry) -> None:
    """Whether it becomes a version of a stored text or a text of its own."""
    found = _kinship(store, entry)
    if found.same:
        st.info("These very words are stored already.", icon=":material/info:")
        if st.button("Open the stored text", key="intake-open-same"):
            _review(found.same)
    elif found.earlier:
        versions = (f"Version {found.version} of “{found.earlier_title}”", "A text of its own")
        chosen = st.radio(
            "It reads like a text that is stored. Store it as",
            [False, True],
            index=int(bool(entry.apart)),
            format_func=lambda apart: plain(versions[int(apart)]),
            key=f"intake-apart-{entry.id}-{found.earlier}",
        )
        entry.apart = bool(chosen)
    elif found.unrelated:
        st.caption(plain(_kin_words(store, entry)))


def _finish(store: Store, tray: Tray, entry: Entry) -> None:
    if _kinship(store, entry).same:
        return
    if not any(clause.reviewable for clause in entry.document.clauses):
        st.caption("No line is in a clause, so there is nothing to store: say what the lines are.")
        return
    if st.button("Store", type="primary", width="stretch", key="intake-store"):
        _store(store, tray, [entry])
    st.caption("Nothing is stored before you say so. Afterwards the text never changes.")


@st.fragment
def _text() -> None:
    from annotator.ui import preview

    entry = cast(Entry, st.session_state["intake-entry"])
    component.intake_view(
        preview.preview_data(
            entry,
            acks=st.session_state.get(_ACKS, {}),
            holds=st.session_state.pop(_HOLDS, None),
        ),
        on_events=_apply,
    )


def _apply(events: list[dict[str, Any]]) -> None:
    """Make the corrections that arrived, before the text is drawn again with the answers."""
    from annotator.ui import preview
    from annotator.ui import tray as trays

    entry = cast(Entry, st.session_state["intake-entry"])
    st.session_state[_HOLDS] = str(events[-1].get("holds")) if events else None
    st.session_state[_ACKS] = trays.apply_events(entry, preview.key_of(entry), events)
