"""What a change of the codebook would do: to what is tagged, and to the rules that name a code."""

from __future__ import annotations

import functools
from typing import Any

import streamlit as st

from annotator.codebook import Codebook, Versions, as_seen, flagged
from annotator.errors import CodebookError
from annotator.model import CodebookVersion
from annotator.store import Store
from annotator.ui.panels import count
from annotator.ui.words import say, say_marked


def effect(store: Store, base: Codebook, new: Codebook) -> str:
    """How many tags and assessments the change would call in question."""
    kept = _with(store.codebooks(), base)
    tags, assessments = store.annotations(), store.assessments()
    before = flagged(Versions(base, kept), tags, assessments)
    after = flagged(Versions(new, [*kept, as_seen(new)]), tags, assessments)
    more = len(after) - len(before)
    if more <= 0:
        return say_marked("codebook.effect.none", version=new.version)
    known = {(type(one.value), _key(one.value)) for one in before}
    fresh = [one for one in after if (type(one.value), _key(one.value)) not in known]
    people = len({one.value.reviewer for one in fresh})
    return say_marked(
        "codebook.effect.some",
        version=new.version,
        marks=count(len(fresh), "mark"),
        people=count(people, "reviewer"),
    )


def _key(value: Any) -> tuple[str, ...]:
    if id := getattr(value, "id", ""):
        return (id,)
    return (value.document, value.eid, value.reviewer, value.safeguard)


def _with(kept: list[CodebookVersion], book: Codebook) -> list[CodebookVersion]:
    known = any(one.sha256 == book.sha256 for one in kept)
    return kept if known else [*kept, as_seen(book)]


def refuse_ruled(path: str) -> None:
    """A code that rules propose cannot just go: a suggestion would have a label nobody can take."""
    from annotator.highlight import rules

    concern, _, id = path.partition("/")
    with st.spinner(say("codebook.effect.looking")):
        named = [
            rule
            for folder in sorted(rules.DEFAULT.iterdir())
            if folder.is_dir()
            for rule, *code in _labels(folder.name, rules.digest(folder.name))
            if code == [concern, id]
        ]
    if named:
        first = ", ".join(named[:3])
        raise CodebookError(
            f"{len(named)} {'rule proposes' if len(named) == 1 else 'rules propose'} {id!r} "
            f"({first}): choose the code that takes its place, or change the rules first"
        )


@functools.lru_cache(maxsize=16)
def _labels(language: str, _digest: str) -> tuple[tuple[str, str, str], ...]:
    """Each rule of a language with the concern and code it proposes; read once."""
    from annotator.highlight import rules

    return tuple((one.id, one.concern, one.code) for one in rules.read(language).rules)
