"""Files brought back in, as the page Export takes them: looked at first, then stored."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import streamlit as st

from annotator.errors import AnnotatorError
from annotator.model import POLARITIES, Reviewer
from annotator.ui import handing, panels, session
from annotator.ui.shell import plain
from annotator.ui.words import listed, refusal, say, say_marked

if TYPE_CHECKING:
    # Loaded where it is used: app.py imports every page, and the first one should not wait for it.
    from annotator.export import LoadReport
    from annotator.export.labels import Meanings

_ENDINGS = (
    *("jsonl", "ndjson", "json", "csv", "tsv", "conll"),
    *("xmi", "jsonld", "qdpx", "qde", "spacy", "zip"),
)
# What a reader calls the types of line; an origin line is a part of its tag.
_COUNTED = {"annotation": "tag", "document": "text"}
_SEEN, _MEANT = "load-seen", "load-meant"
_LEFT_OUT = "-"
_ROWS = 50


def loading(reviewer: Reviewer | None) -> None:
    """Draw the part of the page where a file is brought in."""
    st.header(say("loading.title"), anchor=False)
    said = [say("loading.says")]
    if reviewer:
        said.append(say_marked("loading.whose", name=reviewer.name))
    st.markdown(" ".join(said))
    turn = int(st.session_state.get("load-turn", 0))
    file = st.file_uploader(
        say("loading.label"), type=list(_ENDINGS), key=f"load-file-{turn}", help=say("loading.help")
    )
    if file is None:
        if done := st.session_state.get("load-done"):
            st.success(plain(done), icon=":material/check:")
        return
    st.session_state.pop("load-done", None)
    found = _looked(file, turn, reviewer)
    ready = False
    if isinstance(found, str):
        st.error(plain(found), icon=":material/error:")
        _formats(turn, None)
    else:
        ready = _shown(found, turn, file.name)
    st.button(
        say("loading.button"),
        disabled=not ready,
        type="primary",
        key="load",
        on_click=_loaded,
        args=(turn, reviewer.id if reviewer else None),
    )


def _looked(file: Any, turn: int, reviewer: Reviewer | None) -> LoadReport | str:
    """What the file would bring, or the error it ends in; asked anew where something changed."""
    wished = _wishes(turn)
    key = (file.file_id, reviewer.id if reviewer else None, repr(sorted(wished.items())))
    seen = st.session_state.get(_SEEN)
    if seen is None or seen[0] != key:
        try:
            with session.opened() as store:
                found: LoadReport | str = load_upload(
                    store, file.name, file.getvalue(), key[1], dry_run=True, **wished
                )
        except AnnotatorError as error:
            found = refusal(error)
        seen = st.session_state[_SEEN] = key, found
    looked: LoadReport | str = seen[1]
    return looked


def _wishes(turn: int) -> dict[str, Any]:
    """What the reader chose so far for this file."""
    meant: dict[str, str] = st.session_state.get(f"{_MEANT}-{turn}", {})
    return {
        "format": st.session_state.get(f"load-format-{turn}") or None,
        "with_texts": bool(st.session_state.get(f"load-texts-{turn}")),
        "mapping": _meanings(meant),
    }


def _meanings(meant: dict[str, str]) -> Meanings:
    from annotator.export.labels import known

    book = session.codebook()
    return {
        name: None if said == _LEFT_OUT else known(said, book)
        for name, said in meant.items()
        if said == _LEFT_OUT or known(said, book) is not None
    }


def _formats(turn: int, told: str | None) -> None:
    """The format as it was told, to be put right."""
    from annotator.export.loading.readers import OWN, READERS

    names = [OWN, *READERS]
    st.selectbox(
        say("loading.format"),
        names,
        index=names.index(told) if told in names else None,
        format_func=lambda name: say(f"loading.formats.{name}"),
        placeholder=say("loading.format_choose"),
        key=f"load-format-{turn}",
    )


def _shown(found: LoadReport, turn: int, name: str) -> bool:
    """Show what would come in; whether nothing in it waits for the reader."""
    _formats(turn, found.format)
    st.subheader(plain(say("loading.would", file=PurePosixPath(name).name)), anchor=False)
    st.text(report_words(found))
    if found.passed:
        told = (say(f"loading.passed.{kind}", n=number) for kind, number in found.passed.items())
        st.caption(" ".join(told))
    if found.joined:
        with st.expander(say("loading.joined", n=len(found.joined))):
            _items(
                (f"{one.document} {one.citation}", one.quote, one.note)
                for one in found.joined[:_ROWS]
            )
            _rest(len(found.joined))
    if found.moved:
        with st.expander(say("loading.moved", n=len(found.moved))):
            _items(
                (
                    f"{one.document} {one.citation} ({one.score:.2f})",
                    one.found,
                    ""
                    if one.found == one.quote
                    else say("loading.for_words", words=_cut(one.quote)),
                )
                for one in found.moved[:_ROWS]
            )
            _rest(len(found.moved))
    if found.unknown:
        _labels(found, turn)
    if any(one.offered for one in found.absent):
        st.checkbox(
            say("loading.with_texts", n=sum(one.offered for one in found.absent)),
            key=f"load-texts-{turn}",
        )
    elif st.session_state.get(f"load-texts-{turn}"):
        st.checkbox(
            say("loading.with_texts", n=found.added.get("document", 0)), key=f"load-texts-{turn}"
        )
    if found.absent:
        st.subheader(say("loading.absent", n=len(found.absent)), anchor=False)
        _items(
            (f"{_cut(one.name)} ({panels.count(one.marks, 'tag')})", "", one.reason)
            for one in found.absent[:_ROWS]
        )
        _rest(len(found.absent))
    if found.unplaced:
        st.subheader(say("loading.unplaced", n=len(found.unplaced)), anchor=False)
        _items(
            (f"{one.where} ({one.document})", one.quote, one.reason)
            for one in found.unplaced[:_ROWS]
        )
        _rest(len(found.unplaced))
    if not found.waiting:
        return True
    waiting = len(found.unplaced) + sum(found.unknown.values())
    waiting += sum(one.marks for one in found.absent)
    return st.checkbox(say("loading.leave_out", n=waiting), key=f"load-rest-{turn}", value=False)


def _labels(found: LoadReport, turn: int) -> None:
    """The labels that the codebook does not have, each with what it may mean, to be confirmed."""
    from annotator.export.labels import guess, label

    book = session.codebook()
    offered: dict[str, str] = {_LEFT_OUT: say("loading.label_left_out")}
    for concern in book.concerns:
        for polarity in POLARITIES:
            kind = say(f"loading.polarity.{polarity}")
            offered[label(concern.id, polarity)] = f"{concern.name}, {kind}"
            for code in concern.offered:
                key = label(concern.id, polarity, code.id)
                offered[key] = f"{concern.name}, {kind}: {code.name}"
    names = list(found.unknown)[:_ROWS]
    with st.form(f"load-labels-{turn}"):
        st.subheader(say("loading.labels", n=len(found.unknown)), anchor=False)
        st.caption(say("loading.labels_how"))
        for place, name in enumerate(names):
            meant = guess(name, book)
            first = label(meant.concern, meant.polarity, meant.code) if meant else None
            st.selectbox(
                plain(say("loading.label_count", label=name, n=found.unknown[name])),
                list(offered),
                index=list(offered).index(first) if first in offered else None,
                format_func=offered.__getitem__,
                placeholder=say("loading.label_choose"),
                key=f"load-label-{turn}-{place}",
            )
        st.form_submit_button(
            say("loading.labels_confirm"), on_click=_confirmed, args=(turn, names)
        )


def _confirmed(turn: int, names: list[str]) -> None:
    meant = dict(st.session_state.get(f"{_MEANT}-{turn}", {}))
    for place, name in enumerate(names):
        if said := st.session_state.get(f"load-label-{turn}-{place}"):
            meant[name] = said
        # What is asked next time at this place is another label.
        st.session_state.pop(f"load-label-{turn}-{place}", None)
    st.session_state[f"{_MEANT}-{turn}"] = meant


def _loaded(turn: int, reviewer: str | None) -> None:
    """Load the chosen file before the page is drawn, so that its figures are those after it."""
    file = st.session_state.get(f"load-file-{turn}")
    if file is None:
        return
    leave_out = bool(st.session_state.get(f"load-rest-{turn}"))
    try:
        with session.opened() as store:
            report = load_upload(
                store, file.name, file.getvalue(), reviewer, leave_out=leave_out, **_wishes(turn)
            )
    except AnnotatorError as error:
        st.session_state[_SEEN] = st.session_state[_SEEN][0], refusal(error)
        return
    st.session_state.pop(_SEEN, None)
    st.session_state["load-done"] = say("loading.done", file=file.name, what=report_words(report))
    st.session_state["load-turn"] = turn + 1


def load_upload(
    store: Any, name: str, content: bytes, reviewer: str | None = None, **wished: Any
) -> LoadReport:
    """Load what a browser sent; an `AnnotatorError` names the file as its owner does."""
    from annotator import export

    with _file(name, content) as path:
        return export.load(store, path, reviewer=reviewer, **wished)


@contextlib.contextmanager
def _file(name: str, content: bytes) -> Iterator[Path]:
    own = PurePosixPath(name.replace("\\", "/")).name or "file"
    with tempfile.TemporaryDirectory() as folder:
        # Under its own name, which texts are called by; whatever a browser sends is cut down.
        path = Path(folder) / (own[-80:].lstrip(".") or "file")
        path.write_bytes(content)
        try:
            yield path
        except AnnotatorError as error:
            raise type(error)(str(error).replace(str(path), own)) from error


def report_words(report: LoadReport) -> str:
    """What a load did or would do, in a sentence or two.

    >>> from annotator.export import LoadReport
    >>> report_words(LoadReport(added={"annotation": 2, "review": 1}, unchanged=4))
    '2 tags and 1 review added. 4 lines were here already.'
    >>> report_words(LoadReport())
    'nothing was new.'
    """
    added = [
        panels.count(number, _COUNTED.get(kind, kind))
        for kind, number in report.added.items()
        if kind != "origin"
    ]
    tense = "added" if report.stored else "would_add"
    nothing = "nothing" if report.stored else "would_add_nothing"
    said = [say(f"loading.{tense}", what=listed(added)) if added else say(f"loading.{nothing}")]
    if report.updated:
        said.append(say("loading.updated", n=report.updated))
    if report.kept:
        said.append(say("loading.kept", n=report.kept))
    if report.unchanged:
        said.append(say("loading.unchanged", n=report.unchanged))
    if report.left_out:
        said.append(say("loading.left_out", n=report.left_out))
    if report.reviewers:
        said.append(say("loading.people", names=", ".join(report.reviewers)))
    return " ".join(said)


def _items(found: Iterable[tuple[str, str, str]]) -> None:
    """A list of places, each with the words there and what is to be said of them."""
    rows = []
    for place, words, said in found:
        quote = f"<br><bdi>“{handing.escaped(_cut(words))}”</bdi>" if words else ""
        more = f"<br><small>{handing.escaped(said)}</small>" if said else ""
        rows.append(f"<li><strong>{handing.escaped(place)}</strong>{quote}{more}</li>")
    st.html(f"<ul>{''.join(rows)}</ul>")


def _rest(number: int) -> None:
    if number > _ROWS:
        st.caption(say("loading.rest", n=number - _ROWS))


def _cut(text: str, limit: int = 120) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
