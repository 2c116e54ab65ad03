"""What every page needs: the store, the texts, who is reviewing and what is being read.

A connection belongs to one run of a page, so it is opened and closed within it. What a person has
chosen lives in the session and in the address (`as`, `doc`, `at`), so that a reload or a link sent
to a colleague comes back to the same place.
"""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from annotator import codebook as codebooks
from annotator import store as stores
from annotator.errors import AnnotatorError
from annotator.model import Document, DocumentInfo, Reviewer, stable_id
from annotator.store import Store
from annotator.ui import practice, shell
from annotator.ui.previews import text_at
from annotator.ui.shell import plain
from annotator.ui.words import refusal, say

_REVIEWER, _DOCUMENT, _PLACE, _TOKEN = "reviewer", "document", "place", "place-token"
_ADDRESS = "address"
ALONG = "address-along"
"""Under this name the session keeps what else the address says: the queue that is worked along."""
AT_ONCE = 300
"""So many texts are listed in the sidebar; a browser takes a second for ten thousand."""


def database() -> Path:
    """The SQLite file in use: ANNOTATOR_DB, or annotations.db in the working folder.

    Of a link, the file that it leads to now: nothing kept of one file is taken for another's. On
    the practice page, a file that goes again.
    """
    if practised := practice.database():
        return practised
    return Path(os.environ.get("ANNOTATOR_DB") or "annotations.db").resolve()


def database_id() -> str:
    """A name for the database in use, by which a browser keeps apart what is not yet stored."""
    return stable_id("database", database())


class _Prepared(NamedTuple):
    """A database that is ready. `keeper` is used by nobody: while a connection stays open, closing
    another does not fold the write-ahead log into the file, which would cost a millisecond a run.
    """

    path: str
    keeper: Store


_filling = threading.Lock()
_known: set[Path] = set()


@st.cache_resource(show_spinner=False)
def _prepared(path: str) -> _Prepared:
    """Once a file: what makes all that comes later quick."""
    # The first write would wait a third of a second for what it needs; nobody waits for a thread.
    threading.Thread(target=stores.warm, daemon=True).start()
    return _Prepared(path, stores.open(path))


@contextmanager
def opened() -> Iterator[Store]:
    """The store, open for this run."""
    practised = practice.database()
    with stores.open(practised or _ready(database())) as store:
        yield store


def turn(*, practising: bool) -> None:
    """Say whether the page that is drawn now is the one for practice; before it is drawn."""
    practice.turn(practising, keeping=(_REVIEWER, _DOCUMENT, _PLACE, _ADDRESS))


def begin_again() -> None:
    """Put the practice text back as it was, and begin it from the top."""
    practice.begin_again()
    for name in (_REVIEWER, _PLACE):
        st.session_state.pop(name, None)
    st.query_params.clear()
    st.session_state[_TOKEN] = place_token() + 1


def _ready(path: Path) -> str:
    """Fill a database that is not there; leave any other as it is, so that opening never waits.

    After an edit of the corpus, `init` brings the database up to date.
    """
    with _filling:  # a second window waits for the whole of it
        if path not in _known and not path.exists():
            _fill(path)
        _known.add(path)  # one that is taken away later is not filled again
    return _prepared(str(path)).path


def _fill(path: Path) -> None:
    from annotator import bootstrap  # brings spaCy: only where there is something to read

    total = bootstrap.steps()
    told: list[str] = []
    bar = st.progress(0.0, text=say("shell.reading_corpus"))

    def tell(what: str) -> None:
        told.append(what)
        done = min(len(told), total)
        said = say("shell.reading_corpus_of", n=done, total=total)
        bar.progress(done / total if total else 1.0, text=said)

    bootstrap.initialise(path, progress=tell)
    bar.empty()


def document(info: DocumentInfo | str) -> Document:
    """The text and clause tree, by its entry or id; kept in memory, since a text never changes."""
    return text_at(str(database()), info if isinstance(info, str) else info.id)


def codebook() -> codebooks.Codebook:
    """The codebook as the file says it now."""
    return codebooks.load()


def guarded(page: Callable[[], None]) -> Callable[[], None]:
    """The page, showing a user's mistake as one line instead of ending in it."""

    @functools.wraps(page)
    def run() -> None:
        try:
            page()
        except AnnotatorError as error:
            st.error(plain(refusal(error)), icon=":material/error:")

    return run


def reviewer_select(store: Store) -> Reviewer | None:
    """Who is reviewing: a choice in the sidebar that also takes a new name."""
    known = {reviewer.name: reviewer for reviewer in store.reviewers()}
    if practice.database():
        return next(iter(known.values()))
    asked = st.session_state.get(_REVIEWER) or st.query_params.get("as")
    name = asked if asked in known else next(iter(known)) if len(known) == 1 else None
    st.session_state["reviewer-choice"] = name
    st.sidebar.selectbox(
        say("shell.reviewer.label"),
        list(known),
        key="reviewer-choice",
        placeholder=say("shell.reviewer.placeholder"),
        accept_new_options=True,
        on_change=_take_reviewer,
        help=say("shell.reviewer.help"),
    )
    if problem := st.session_state.pop("reviewer-problem", None):
        st.sidebar.error(plain(problem))
    if name is None:
        return None
    st.session_state[_REVIEWER] = name
    if st.query_params.get("as") != name:
        st.query_params["as"] = name
    return known[name]


def _take_reviewer() -> None:
    name = st.session_state["reviewer-choice"]
    if not name:
        return
    try:
        with opened() as store:
            if name.strip() not in {reviewer.name for reviewer in store.reviewers()}:
                store.add_reviewer(name)
        st.session_state[_REVIEWER] = name.strip()
    except AnnotatorError as error:
        st.session_state["reviewer-problem"] = refusal(error)


def document_select(store: Store) -> DocumentInfo | None:
    """Which text is being read: a choice in the sidebar, None where the store holds none."""
    known = {info.slug: info for info in store.first_documents(AT_ONCE + 1)}
    if not known:
        return None
    _take_history()
    asked = st.session_state.get(_DOCUMENT) or st.query_params.get("doc") or _left_off(store)
    several = len(known) > AT_ONCE
    if asked and asked not in known and several and (info := store.document_info(asked)):
        known[info.slug] = info
        asked = info.slug
    if asked and asked not in known:
        shell.notify(say("shell.other_text", name=asked))
    slug = asked if asked in known else next(iter(known))
    st.session_state["document-choice"] = slug
    st.sidebar.selectbox(
        say("shell.text"),
        list(known),
        key="document-choice",
        format_func=lambda one: known[one].title if one in known else one,
        on_change=_take_document,
        label_visibility="collapsed",
        # Of thousands of texts only the first can be listed; any other is found by its title.
        accept_new_options=several,
        help=say("shell.other_titles") if several else None,
    )
    st.session_state[_DOCUMENT] = slug
    say_address()
    return known[slug]


def _take_history() -> None:
    """The browser's Back and Forward change the address; then it says what is read, not we."""
    slug, eid = _address()
    if not slug or (slug, eid) == st.session_state.get(_ADDRESS, (slug, eid)):
        return
    if eid or slug != reading():
        go_to(slug, eid)


def _address() -> tuple[str | None, str | None]:
    return st.query_params.get("doc"), st.query_params.get("at")


def say_address() -> None:
    """Put who reads what into the address at once: one step back for the browser, not three."""
    known = st.query_params.to_dict()
    whose = st.session_state.get(_REVIEWER) or known.get("as")
    named = {**known, "doc": reading(), "at": place(), "as": whose}
    named |= st.session_state.get(ALONG, {})
    wanted = {name: value for name, value in named.items() if value}
    if wanted != known:
        st.query_params.from_dict(wanted)
    st.session_state[_ADDRESS] = _address()


def _left_off(store: Store) -> str | None:
    """The text somebody worked on last, and its clause, for an address that leads nowhere."""
    if {"at", "queue"} & set(st.query_params):
        return None
    known = {reviewer.name: reviewer for reviewer in store.reviewers()}
    named = st.session_state.get(_REVIEWER) or st.query_params.get("as")
    reviewer = known.get(str(named)) if named or len(known) != 1 else next(iter(known.values()))
    latest = store.last_worked_on(reviewer.id) if reviewer else None
    info = store.document_info(latest[0]) if latest else None
    now = store.document_info(info.slug) if info else None
    if latest is None or info is None or now is None or now.id != info.id:
        return None  # nothing, or of a version that another has replaced
    stay(latest[1])
    return info.slug


def _take_document() -> None:
    chosen = st.session_state["document-choice"]
    if not chosen:
        return
    with opened() as store:
        info = store.document_info(chosen) or store.document_titled(chosen)
    if info is None:
        shell.notify(say("shell.no_such_title", name=chosen))
        return
    go_to(info.slug, None)


def reading() -> str | None:
    """The slug of the text being read; None before there is one."""
    return st.session_state.get(_DOCUMENT)


def place() -> str | None:
    """The eId of the clause being read, from the session or the address."""
    return st.session_state[_PLACE] if _PLACE in st.session_state else st.query_params.get("at")


def place_token() -> int:
    """Rises whenever a page or link, not the reader's own keys, moves to a place."""
    return int(st.session_state.get(_TOKEN, 0))


def go_to(slug: str, eid: str | None) -> None:
    """Make a text and a clause the ones being read."""
    st.session_state[_DOCUMENT] = slug
    st.session_state[_PLACE] = eid
    st.session_state[_TOKEN] = place_token() + 1
    # The address still says where the reader was, maybe a clause they went to by themselves since
    # it was last read here: that is no step back of the browser's.
    st.session_state[_ADDRESS] = _address()


def stay(eid: str) -> None:
    """The reader has gone to that clause by themselves: it is where a page begins from now on."""
    st.session_state[_PLACE] = eid
