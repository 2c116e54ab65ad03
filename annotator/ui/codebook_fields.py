"""The fields of an entry of the codebook: drawn, filled, and read as a person left them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from annotator.codebook import STATES, Code, Concern, Safeguard, Standard, load
from annotator.errors import CodebookError
from annotator.model import POWER_GROUPS, PowerGroup
from annotator.ui import codebook_view as view
from annotator.ui.words import say

FIELD = "codebook-field-"
"""What the key of each field in the session begins with."""


def draw_fields(item: view.Item, *, new: bool) -> None:
    """Draw the fields that an entry of that kind has."""
    with st.container(key="cb-pair"):
        st.text_input(say("codebook.form.name"), key=FIELD + "name")
        if new:
            st.text_input(
                say("codebook.form.id"),
                key=FIELD + "id",
                help=say("codebook.form.id_help"),
            )
        if isinstance(item, Code) or (new and isinstance(item, Concern)):
            st.text_input(
                say("codebook.form.key"),
                key=FIELD + "key",
                max_chars=1,
                help=say("codebook.form.key_help", letters=_taken(item)),
            )
    st.text_area(say("codebook.form.definition"), key=FIELD + "definition", height=80)
    if isinstance(item, Safeguard):
        _asking(item, new=new)
        for state in STATES:
            st.text_area(say(f"codebook.form.recognise.{state}"), key=FIELD + state, height=70)
    else:
        st.text_area(say("codebook.form.tag"), key=FIELD + "tag", height=110)
        st.text_area(say("codebook.form.leave_out"), key=FIELD + "leave", height=90)
    st.text_area(
        say("codebook.form.standards"),
        key=FIELD + "standards",
        height=90,
        help=say("codebook.form.standards_help"),
    )


def _asking(item: Safeguard, *, new: bool) -> None:
    """Whose safeguard it is; of those of `kinds.yaml` that file says what they are asked of."""
    if new:
        names = {one.id: one.name for one in load().concerns}
        st.selectbox(
            say("codebook.form.concern"),
            list(names),
            format_func=lambda id: names.get(id, id),
            key=FIELD + "concern",
        )
    if new or item.asked_of:
        st.multiselect(
            say("codebook.form.asked_of"),
            POWER_GROUPS,
            format_func=lambda group: say(f"safeguards.group.{group}"),
            key=FIELD + "asked_of",
            help=say("codebook.form.asked_of_help"),
        )


def _taken(item: view.Item) -> str:
    """The letters of the codes that stand beside the entry's."""
    for concern in load().concerns:
        if concern == item or item in concern.codes:
            return " ".join(sorted(code.key for code in concern.codes if code.key))
    return ""


def values(item: view.Item) -> Mapping[str, str | list[str]]:
    """The fields of an entry as the form shows them."""
    values: dict[str, str | list[str]] = {
        "name": item.name,
        "definition": item.definition,
        "standards": "\n".join(f"{one.ref} | {one.says}" for one in item.standards),
    }
    if isinstance(item, Safeguard):
        return values | dict(item.recognise) | {"asked_of": list(item.asked_of)}
    values |= {"tag": "\n".join(item.tag), "leave": "\n".join(item.leave)}
    return values | ({"key": item.key} if isinstance(item, Code) else {})


def written(name: str) -> str:
    """What one field holds, white space folded."""
    return " ".join(str(st.session_state.get(FIELD + name) or "").split())


def groups() -> tuple[PowerGroup, ...]:
    """The groups that were chosen, in their order."""
    chosen = st.session_state.get(FIELD + "asked_of") or ()
    return tuple(group for group in POWER_GROUPS if group in chosen)


def lines(name: str) -> tuple[str, ...]:
    """A field's lines without blank ones."""
    lines = str(st.session_state.get(FIELD + name) or "").splitlines()
    return tuple(" ".join(line.split()) for line in lines if line.strip())


def standards() -> tuple[Standard, ...]:
    """The standards, a line each; `CodebookError` for a line without a reference and a |."""
    found = []
    for line in lines("standards"):
        ref, bar, says = line.partition("|")
        if not bar or not ref.strip() or not says.strip():
            raise CodebookError(
                f"standards holds {line!r}: write the reference, a |, and what it asks for"
            )
        found.append(Standard(ref.strip(), says.strip()))
    return tuple(found)
