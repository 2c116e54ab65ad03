"""Changing the codebook in a page: one entry at a time, with what it would do seen beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from annotator.codebook import (
    STATES,
    Add,
    Code,
    Codebook,
    Concern,
    Operation,
    Retire,
    Rewrite,
    Safeguard,
    Standard,
    candidate,
    load,
    location,
    next_version,
    save,
)
from annotator.errors import AnnotatorError, CodebookError
from annotator.store import Store
from annotator.ui import codebook_view as view
from annotator.ui import session
from annotator.ui.codebook_effect import effect, refuse_ruled
from annotator.ui.shell import plain
from annotator.ui.words import say, say_marked

_EDITING, _SAID, _WRONG = "codebook-editing", "codebook-said", "codebook-wrong"
_FIELD = "codebook-field-"
REWORD, RETIRE, OFFER = "reword", "retire", "offer"


@dataclass(frozen=True, slots=True)
class Editing:
    """What is being changed, from which codebook; `path` of a new code is that of its owner."""

    path: str
    base: Codebook
    new: bool = False


def current() -> Editing | None:
    """What is being edited in this session."""
    found = st.session_state.get(_EDITING)
    return found if isinstance(found, Editing) else None


def begin(path: str, *, new: bool = False) -> None:
    """Open the form for an entry, or for a code to add below it."""
    _forget()
    try:
        base = load()
        values = {"key": ""} if new else _values(_item(base, path))
    except AnnotatorError as error:
        st.session_state[_WRONG] = str(error)
        return
    st.session_state[_EDITING] = Editing(path, base, new)
    for name, value in values.items():
        st.session_state[_FIELD + name] = value
    st.session_state[_FIELD + "version"] = next_version(base.version)


def messages() -> None:
    """What the last turn said: saved, or why not."""
    if said := st.session_state.pop(_SAID, None):
        st.success(plain(said), icon=":material/check:")
    if wrong := st.session_state.get(_WRONG):
        st.error(plain(wrong), icon=":material/error:")


def draw(store: Store, editing: Editing) -> None:
    """The form, what saving would do, and the buttons."""
    item = _item(editing.base, editing.path)
    with st.container(key="cb-form"):
        title = say("codebook.form.new", name=item.name) if editing.new else item.name
        st.header(plain(title), anchor=False)
        st.caption(
            say_marked("codebook.form.base", version=editing.base.version, file=location().name)
        )
        messages()
        what = REWORD if editing.new else _choose(item)
        if what == RETIRE:
            _retiring(editing)
        elif what == REWORD:
            _fields(item, new=editing.new)
        _version(reword=what == REWORD and not editing.new)
        new = _preview(store, editing, what)
        with st.container(horizontal=True, gap="small"):
            st.button(
                say("codebook.form.save"),
                type="primary",
                disabled=new is None,
                on_click=_save,
                args=(editing, new),
                key="cb-save",
            )
            st.button(say("codebook.form.leave"), on_click=_forget, key="cb-leave")
            if st.session_state.get(_WRONG) and _is_outdated(editing):
                st.button(say("codebook.form.rebase"), on_click=_rebase, key="cb-rebase")


def _choose(item: view.Item) -> str:
    if not isinstance(item, Code):
        return REWORD
    options = [REWORD, OFFER if item.retired else RETIRE]
    chosen = st.segmented_control(
        say("codebook.form.what"),
        options,
        format_func=lambda one: say(f"codebook.form.{one}"),
        default=REWORD,
        required=True,
        key=_FIELD + "what",
    )
    return chosen or REWORD


def _fields(item: view.Item, *, new: bool) -> None:
    with st.container(key="cb-pair"):
        st.text_input(say("codebook.form.name"), key=_FIELD + "name")
        if new:
            st.text_input(
                say("codebook.form.id"),
                key=_FIELD + "id",
                help=say("codebook.form.id_help"),
            )
        if new or isinstance(item, Code):
            st.text_input(
                say("codebook.form.key"),
                key=_FIELD + "key",
                max_chars=1,
                help=say("codebook.form.key_help", letters=_taken(item)),
            )
    st.text_area(say("codebook.form.definition"), key=_FIELD + "definition", height=80)
    if isinstance(item, Safeguard):
        for state in STATES:
            st.text_area(say(f"codebook.form.recognise.{state}"), key=_FIELD + state, height=70)
    else:
        st.text_area(say("codebook.form.tag"), key=_FIELD + "tag", height=110)
        st.text_area(say("codebook.form.leave_out"), key=_FIELD + "leave", height=90)
    st.text_area(
        say("codebook.form.standards"),
        key=_FIELD + "standards",
        height=90,
        help=say("codebook.form.standards_help"),
    )


def _taken(item: view.Item) -> str:
    """The letters of the codes that stand beside the entry's."""
    for concern in load().concerns:
        if concern == item or item in concern.codes:
            return " ".join(sorted(code.key for code in concern.codes if code.key))
    return ""


def _retiring(editing: Editing) -> None:
    concern = editing.base.concern(editing.path.partition("/")[0])
    own = editing.path.rpartition("/")[2]
    known = {code.id: code.name for code in concern.offered if code.id != own}
    st.selectbox(
        say("codebook.form.successor"),
        ["", *known],
        format_func=lambda id: known.get(id) or say("codebook.form.successor_none"),
        key=_FIELD + "successor",
        help=say("codebook.form.successor_help"),
    )


def _version(*, reword: bool) -> None:
    with st.container(key="cb-version"):
        st.text_input(
            say("codebook.form.version"),
            key=_FIELD + "version",
            help=say("codebook.form.version_help"),
        )
        st.text_input(say("codebook.form.says"), key=_FIELD + "says", max_chars=300)
        if reword:
            st.checkbox(
                say("codebook.form.same"),
                key=_FIELD + "same",
                help=say("codebook.form.same_help"),
            )


def _preview(store: Store, editing: Editing, what: str) -> Codebook | None:
    """Say what saving would do; the codebook that would come of it, None where it cannot be."""
    try:
        operation = _operation(editing, what)
        if isinstance(operation, Rewrite) and not _changes(editing, operation):
            st.caption(say("codebook.form.unchanged"))
            return None
        if isinstance(operation, Retire) and not operation.successor:
            refuse_ruled(operation.path)
        if not _text("says"):
            st.caption(say("codebook.form.say_what"))
            return None
        new = candidate(
            editing.base,
            operation,
            version=_text("version"),
            says=_text("says"),
            same_meaning=bool(st.session_state.get(_FIELD + "same")),
        )
    except AnnotatorError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    with st.container(key="cb-effect"):
        st.markdown(effect(store, editing.base, new))
    return new


def _operation(editing: Editing, what: str) -> Operation:
    if editing.new:
        owner, _, parent = editing.path.partition("/")
        return Add(
            owner,
            Code(
                id=_text("id"),
                name=_text("name"),
                key=_text("key"),
                definition=_text("definition"),
                tag=_lines("tag"),
                leave=_lines("leave"),
                standards=_standards(),
                parent=parent,
            ),
        )
    if what == RETIRE:
        return Retire(editing.path, _text("successor"))
    if what == OFFER:
        return Rewrite(editing.path, {"retired": False})
    item = _item(editing.base, editing.path)
    fields: dict[str, Any] = {"name": _text("name"), "definition": _text("definition")}
    if isinstance(item, Safeguard):
        fields["recognise"] = {state: _text(state) for state in STATES}
    else:
        fields |= {"tag": _lines("tag"), "leave": _lines("leave")}
    if isinstance(item, Code):
        fields["key"] = _text("key")
    return Rewrite(editing.path, fields | {"standards": _standards()})


def _changes(editing: Editing, operation: Rewrite) -> bool:
    """Whether a field is other than in the file."""
    item = _item(editing.base, editing.path)
    return any(getattr(item, name) != value for name, value in operation.fields.items())


def _save(editing: Editing, new: Codebook) -> None:
    """Save before the page is drawn, so that it shows what is there then."""
    try:
        with session.opened() as store:
            store.add_codebook(editing.base.version, editing.base.sha256, editing.base.source)
            save(location(), editing.base, new)
            store.add_codebook(new.version, new.sha256, new.source)
    except AnnotatorError as error:
        st.session_state[_WRONG] = str(error)
        return
    _forget()
    st.session_state[_SAID] = say("codebook.form.saved", version=new.version)


def _is_outdated(editing: Editing) -> bool:
    try:
        return load().sha256 != editing.base.sha256
    except AnnotatorError:
        return False


def _rebase() -> None:
    """Start from the file as it is now: own words stay where one has written some."""
    editing = current()
    assert editing is not None
    st.session_state[_WRONG] = ""
    try:
        base = load()
        theirs = {} if editing.new else _values(_item(base, editing.path))
    except AnnotatorError as error:
        st.session_state[_WRONG] = str(error)
        return
    before = {} if editing.new else _values(_item(editing.base, editing.path))
    both = []
    for name, value in theirs.items():
        if st.session_state.get(_FIELD + name) == before.get(name):
            st.session_state[_FIELD + name] = value
        elif value not in (before.get(name), st.session_state.get(_FIELD + name)):
            both.append(say("codebook.form.now_reads", name=name, value=value))
    st.session_state[_FIELD + "version"] = next_version(base.version)
    st.session_state[_EDITING] = replace(editing, base=base)
    if both:
        st.session_state[_WRONG] = say("codebook.form.both", what=" ".join(both))


def _forget() -> None:
    for name in [name for name in st.session_state if str(name).startswith(_FIELD)]:
        del st.session_state[name]
    st.session_state.pop(_EDITING, None)
    st.session_state.pop(_WRONG, None)


def _item(book: Codebook, path: str) -> view.Item:
    head, _, tail = path.partition("/")
    if head == "safeguard":
        return book.safeguard(tail)
    concern: Concern = book.concern(head)
    return concern.code(tail) if tail else concern


def _values(item: view.Item) -> Mapping[str, str]:
    """The fields of an entry as the form shows them."""
    values = {
        "name": item.name,
        "definition": item.definition,
        "standards": "\n".join(f"{one.ref} | {one.says}" for one in item.standards),
    }
    if isinstance(item, Safeguard):
        return values | dict(item.recognise)
    values |= {"tag": "\n".join(item.tag), "leave": "\n".join(item.leave)}
    return values | ({"key": item.key} if isinstance(item, Code) else {})


def _text(name: str) -> str:
    return " ".join(str(st.session_state.get(_FIELD + name) or "").split())


def _lines(name: str) -> tuple[str, ...]:
    lines = str(st.session_state.get(_FIELD + name) or "").splitlines()
    return tuple(" ".join(line.split()) for line in lines if line.strip())


def _standards() -> tuple[Standard, ...]:
    found = []
    for line in _lines("standards"):
        ref, bar, says = line.partition("|")
        if not bar or not ref.strip() or not says.strip():
            raise CodebookError(
                f"standards holds {line!r}: write the reference, a |, and what it asks for"
            )
        found.append(Standard(ref.strip(), says.strip()))
    return tuple(found)
