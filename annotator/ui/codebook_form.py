"""Changing the codebook in a page: one entry at a time, with what it would do seen beforehand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from annotator.codebook import (
    STATES,
    Add,
    AddSafeguard,
    Code,
    Codebook,
    Concern,
    Operation,
    Retire,
    Rewrite,
    Safeguard,
    candidate,
    load,
    location,
    next_version,
    save,
)
from annotator.errors import AnnotatorError
from annotator.model import POWER_GROUPS
from annotator.store import Store
from annotator.ui import codebook_fields as fields
from annotator.ui import codebook_view as view
from annotator.ui import session
from annotator.ui.codebook_effect import effect, refuse_ruled
from annotator.ui.shell import plain
from annotator.ui.words import say, say_marked

_EDITING, _SAID, _WRONG = "codebook-editing", "codebook-said", "codebook-wrong"
_LAST = "codebook-last"
REWORD, RETIRE, OFFER = "reword", "retire", "offer"
SAFEGUARDS = "safeguard"
"""The path under which a safeguard is added."""


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
    """Open the form for an entry, or for a code or safeguard to add below it."""
    _forget()
    try:
        base = load()
        values = fields.values(_item(base, path)) if not new or path == SAFEGUARDS else {"key": ""}
    except AnnotatorError as error:
        st.session_state[_WRONG] = str(error)
        return
    st.session_state[_EDITING] = Editing(path, base, new)
    for name, value in values.items():
        st.session_state[fields.FIELD + name] = value
    st.session_state[fields.FIELD + "version"] = next_version(base.version)


def messages() -> None:
    """What the last turn said: saved, or why not."""
    if said := st.session_state.pop(_SAID, None):
        st.success(plain(said), icon=":material/check:")
        if st.session_state.get(_LAST):
            st.button(say("codebook.form.undo"), on_click=_undo, key="cb-undo")
    if wrong := st.session_state.get(_WRONG):
        st.error(plain(wrong), icon=":material/error:")


def draw(store: Store, editing: Editing) -> None:
    """The form, what saving would do, and the buttons."""
    item = _item(editing.base, editing.path)
    with st.container(key="cb-form"):
        title = _title(editing, item)
        st.header(plain(title), anchor=False)
        st.caption(
            say_marked("codebook.form.base", version=editing.base.version, file=location().name)
        )
        messages()
        what = REWORD if editing.new else _choose(item)
        if what == RETIRE:
            _retiring(editing)
        elif what == REWORD:
            fields.draw_fields(item, new=editing.new)
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


def _title(editing: Editing, item: view.Item) -> str:
    if not editing.new:
        return item.name
    if editing.path == SAFEGUARDS:
        return say("codebook.form.new_safeguard")
    return say("codebook.form.new", name=item.name)


def _choose(item: view.Item) -> str:
    if isinstance(item, Concern):
        return REWORD
    options = [REWORD, OFFER if item.retired else RETIRE]
    chosen = st.segmented_control(
        say("codebook.form.what"),
        options,
        format_func=lambda one: say(f"codebook.form.{one}"),
        default=REWORD,
        required=True,
        key=fields.FIELD + "what",
    )
    return chosen or REWORD


def _retiring(editing: Editing) -> None:
    if editing.path.startswith(f"{SAFEGUARDS}/"):
        st.caption(say("codebook.form.retire_safeguard"))
        return
    concern = editing.base.concern(editing.path.partition("/")[0])
    own = editing.path.rpartition("/")[2]
    known = {code.id: code.name for code in concern.offered if code.id != own}
    st.selectbox(
        say("codebook.form.successor"),
        ["", *known],
        format_func=lambda id: known.get(id) or say("codebook.form.successor_none"),
        key=fields.FIELD + "successor",
        help=say("codebook.form.successor_help"),
    )


def _version(*, reword: bool) -> None:
    with st.container(key="cb-version"):
        st.text_input(
            say("codebook.form.version"),
            key=fields.FIELD + "version",
            help=say("codebook.form.version_help"),
        )
        st.text_input(say("codebook.form.says"), key=fields.FIELD + "says", max_chars=300)
        if reword:
            st.checkbox(
                say("codebook.form.same"),
                key=fields.FIELD + "same",
                help=say("codebook.form.same_help"),
            )


def _preview(store: Store, editing: Editing, what: str) -> Codebook | None:
    """Say what saving would do; the codebook that would come of it, None where it cannot be."""
    try:
        operation = _operation(editing, what)
        if isinstance(operation, Rewrite) and not _changes(editing, operation):
            st.caption(say("codebook.form.unchanged"))
            return None
        is_code = not editing.path.startswith(SAFEGUARDS)
        if isinstance(operation, Retire) and not operation.successor and is_code:
            refuse_ruled(operation.path)
        if not fields.written("says"):
            st.caption(say("codebook.form.say_what"))
            return None
        new = candidate(
            editing.base,
            operation,
            version=fields.written("version"),
            says=fields.written("says"),
            same_meaning=bool(st.session_state.get(fields.FIELD + "same")),
        )
    except AnnotatorError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    with st.container(key="cb-effect"):
        st.markdown(effect(store, editing.base, new))
    return new


def _operation(editing: Editing, what: str) -> Operation:
    if editing.new and editing.path == SAFEGUARDS:
        return AddSafeguard(
            Safeguard(
                id=fields.written("id"),
                name=fields.written("name"),
                concern=fields.written("concern"),
                definition=fields.written("definition"),
                standards=fields.standards(),
                recognise={state: fields.written(state) for state in STATES},
                asked_of=fields.groups(),
            )
        )
    if editing.new:
        owner, _, parent = editing.path.partition("/")
        return Add(
            owner,
            Code(
                id=fields.written("id"),
                name=fields.written("name"),
                key=fields.written("key"),
                definition=fields.written("definition"),
                tag=fields.lines("tag"),
                leave=fields.lines("leave"),
                standards=fields.standards(),
                parent=parent,
            ),
        )
    if what == RETIRE:
        return Retire(editing.path, fields.written("successor"))
    if what == OFFER:
        return Rewrite(editing.path, {"retired": False})
    item = _item(editing.base, editing.path)
    said: dict[str, Any] = {
        "name": fields.written("name"),
        "definition": fields.written("definition"),
    }
    if isinstance(item, Safeguard):
        said["recognise"] = {state: fields.written(state) for state in STATES}
        if item.asked_of:
            said["asked_of"] = fields.groups()
    else:
        said |= {"tag": fields.lines("tag"), "leave": fields.lines("leave")}
    if isinstance(item, Code):
        said["key"] = fields.written("key")
    return Rewrite(editing.path, said | {"standards": fields.standards()})


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
    st.session_state[_LAST] = editing.base, new


def _undo() -> None:
    """Put the file back as it was, byte for byte, unless somebody has changed it since."""
    before, after = st.session_state.pop(_LAST)
    try:
        save(location(), after, before)
    except AnnotatorError as error:
        st.session_state[_WRONG] = str(error)
        return
    st.session_state[_SAID] = say("codebook.form.undone", version=before.version)


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
        theirs = {} if editing.new else fields.values(_item(base, editing.path))
    except AnnotatorError as error:
        st.session_state[_WRONG] = str(error)
        return
    before = {} if editing.new else fields.values(_item(editing.base, editing.path))
    both = []
    for name, value in theirs.items():
        if st.session_state.get(fields.FIELD + name) == before.get(name):
            st.session_state[fields.FIELD + name] = value
        elif value not in (before.get(name), st.session_state.get(fields.FIELD + name)):
            both.append(say("codebook.form.now_reads", name=name, value=value))
    st.session_state[fields.FIELD + "version"] = next_version(base.version)
    st.session_state[_EDITING] = replace(editing, base=base)
    if both:
        st.session_state[_WRONG] = say("codebook.form.both", what=" ".join(both))


def _forget() -> None:
    for name in [name for name in st.session_state if str(name).startswith(fields.FIELD)]:
        del st.session_state[name]
    st.session_state.pop(_EDITING, None)
    st.session_state.pop(_WRONG, None)


def _item(book: Codebook, path: str) -> view.Item:
    if path == SAFEGUARDS:  # one to be added
        blank = dict.fromkeys(STATES, "")
        return Safeguard("", "", book.concerns[0].id, "", (), blank, POWER_GROUPS[:1])
    head, _, tail = path.partition("/")
    if head == "safeguard":
        return book.safeguard(tail)
    concern: Concern = book.concern(head)
    return concern.code(tail) if tail else concern
