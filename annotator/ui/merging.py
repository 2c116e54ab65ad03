"""Another office's database, as the page Project takes it in: chosen, seen beforehand, merged."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from annotator import merging as stage
from annotator.errors import AnnotatorError
from annotator.store import Conflict, Merged, Store
from annotator.ui import handing, session
from annotator.ui.shell import plain
from annotator.ui.words import numeral, say

_SEEN, _TOLD, _AGAIN = "merge-seen", "merge-told", "merge-again"
# More are read on the command line, or in a spreadsheet of its JSON.
_MOST_CONFLICTS = 100


def merging(store: Store) -> None:
    """Draw the part of the page where another database is taken in."""
    st.header(say("merge.title"), anchor=False)
    st.caption(say("merge.how"))
    upload = st.file_uploader(
        say("merge.file"), type=["db", "sqlite", "sqlite3"], key="merge-file", max_upload_size=500
    )
    path = st.text_input(
        say("merge.path"), key="merge-path", placeholder=say("merge.path_example")
    ).strip()
    chosen = (upload.name, upload.file_id) if upload else (Path(path).name, path)
    if not chosen[1]:
        return
    if st.button(say("merge.look"), key="merge-look") or st.session_state.pop(_AGAIN, False):
        _look(upload, path, chosen)
    # Where one has just clicked, since the top of the page may be far away.
    if told := st.session_state.pop(_TOLD, None):
        words, wrong = told
        (st.error if wrong else st.success)(plain(words))
    seen = st.session_state.get(_SEEN)
    if not seen or seen[0] != chosen:
        return
    found: Merged = seen[1]
    if not found.lines:
        st.info(plain(say("merge.nothing", file=chosen[0])))
    for name in seen[2]:
        _one_or_two(name, chosen)
    if found.empty:
        return
    _preview(found, chosen[0], blind=store.settings()["blind"] == "on")
    if st.button(say("merge.do"), type="primary", key="merge-do"):
        _merge(upload, path, _one(seen[2], chosen))
        st.rerun()


def _one_or_two(name: str, chosen: tuple[str, str]) -> None:
    """Ask whether somebody of that name there is the one of that name here."""
    st.radio(
        plain(say("merge.namesake", name=name)),
        ("two", "one"),
        key=_key(name, chosen),
        format_func=lambda answer: say(f"merge.{answer}"),
        horizontal=True,
        on_change=lambda: st.session_state.update({_AGAIN: True}),
        help=say("merge.one_means"),
    )


def _one(names: Sequence[str], chosen: tuple[str, str]) -> list[tuple[str, str]]:
    """Those of them who were said to be one person, as the stage asks for them."""
    return [(name, name) for name in names if st.session_state.get(_key(name, chosen)) == "one"]


def _key(name: str, chosen: tuple[str, str]) -> str:
    return f"merge-same-{chosen[1]}-{name}"


def _look(upload: Any, path: str, chosen: tuple[str, str]) -> None:
    before = st.session_state.pop(_SEEN, None)
    names = before[2] if before and before[0] == chosen else ()
    same = _one(names, chosen)
    try:
        with session.opened() as store, _file(upload, path, store.path) as other:
            found = stage.merge(store, other, dry_run=True, same=same)
            names = sorted({*found.namesakes, *(name for name, _ in same)})
            st.session_state[_SEEN] = chosen, found, names
    except AnnotatorError as error:
        st.error(plain(str(error)))


def _merge(upload: Any, path: str, same: Sequence[tuple[str, str]]) -> None:
    st.session_state.pop(_SEEN, None)
    try:
        with session.opened() as store, _file(upload, path, store.path) as other:
            found = stage.merge(store, other, same=same)
    except AnnotatorError as error:
        st.session_state[_TOLD] = str(error), True
        return
    if found.backup:
        kept = f"{found.backup.parent.name}/{found.backup.name}"
        st.session_state[_TOLD] = say("merge.done", backup=kept), False


@contextmanager
def _file(upload: Any, path: str, beside: Path) -> Iterator[Path]:
    """Where the other database lies; one that was uploaded, for as long as it is looked at."""
    if upload is None:
        yield Path(path).expanduser()
        return
    with tempfile.TemporaryDirectory(dir=beside.parent, prefix=".merge-") as folder:
        # Under its own name, since messages quote it; whatever a browser sends for one is cut down.
        place = Path(folder) / (Path(upload.name).name or "other.db")
        place.write_bytes(upload.getbuffer())
        try:
            yield place
        except AnnotatorError as error:
            raise type(error)(str(error).replace(str(place), place.name)) from error


def _preview(found: Merged, name: str, *, blind: bool) -> None:
    st.subheader(plain(say("merge.would", file=name)), anchor=False)
    if found.lines:
        st.text(say("merge.lines", n=found.lines))
    if found.waiting:
        st.text(say("merge.waiting", n=found.waiting))
    if found.texts:
        st.text(say("merge.texts", names="; ".join(found.texts)))
    if found.people:
        st.text(say("merge.people", names="; ".join(found.people)))
    if found.joined:
        st.text(say("merge.joined", names="; ".join(found.joined)))
    for before, after in found.renamed:
        st.text(say("merge.renamed", before=before, after=after))
    heads = [say("merge.what"), say("merge.new"), say("merge.changed"), say("merge.removed")]
    rows = [
        [_noun(one.what), *(numeral(n) if n else "–" for n in (one.new, one.changed, one.removed))]
        for one in found.came
    ]
    if rows:
        st.html(handing.rows_html(heads, rows))
    if found.conflicts:
        _conflicts(found.conflicts, blind=blind)


def _conflicts(found: Sequence[Conflict], *, blind: bool) -> None:
    st.subheader(say("merge.conflicts", n=len(found)), anchor=False)
    st.caption(say("merge.conflicts_how"))
    if blind:
        st.info(say("merge.conflicts_hidden"))
        return
    heads = [say(f"merge.{name}") for name in ("where", "whose", "here", "there", "stays")]
    rows = [
        [
            _where(one),
            handing.escaped(one.who),
            _side(one.here, gone=one.removed == "here"),
            _side(one.there, gone=one.removed == "there"),
            say(f"merge.stay.{'later' if one.same and one.stays != 'both' else one.stays}"),
        ]
        for one in found[:_MOST_CONFLICTS]
    ]
    st.html(f'<div class="ta-conflicts">{handing.rows_html(heads, rows)}</div>')


def _noun(what: str) -> str:
    return say(f"merge.row.{what.replace(' ', '_')}")


def _where(one: Conflict) -> str:
    place = " ".join(filter(None, (one.text, one.citation)))
    words = handing.escaped(_short(one.words))
    kind = "" if one.what == "annotation" else _noun(one.what)
    parts = (handing.escaped(place), f"<bdi>“{words}”</bdi>" if words else "", kind)
    return "<br>".join(filter(None, parts))


def _side(said: Mapping[str, Any], *, gone: bool) -> str:
    """What an office has there: the values that differ."""
    if gone:
        return f"<i>{say('merge.gone')}</i>"
    values = (_short(str(value)) for value in said.values() if value not in (None, ""))
    return " · ".join(handing.escaped(value) for value in values) or "–"


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
