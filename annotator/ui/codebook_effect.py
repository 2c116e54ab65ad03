"""What a change of the codebook would do: to what is tagged, and to the rules that name a code."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import streamlit as st

from annotator.codebook import Codebook, Versions, as_seen, flagged
from annotator.errors import CodebookError
from annotator.model import CodebookVersion
from annotator.store import Store
from annotator.ui.panels import count
from annotator.ui.words import say, say_marked


def effect(store: Store, base: Codebook, new: Codebook) -> str:
    """What would be called in question, and which clauses a safeguard would be asked of."""
    return " ".join([_in_question(store, base, new), *_asked(store, base, new)])


def _asked(store: Store, base: Codebook, new: Codebook) -> Iterator[str]:
    """A sentence for each safeguard that would be asked from now on, or no more."""
    before = {one.id: one for one in base.safeguards}
    for one in new.safeguards:
        old = before.get(one.id)
        if old is None:
            granted = store.powers_granted()
            n = sum(granted[group] for group in one.asked_of)
            yield say_marked("codebook.effect.asked", name=one.name, n=n)
        elif one.retired and not old.retired:
            said = [a for a in store.assessments() if a.safeguard == one.id]
            yield say_marked("codebook.effect.asked_no_more", name=one.name, n=len(said))


def _in_question(store: Store, base: Codebook, new: Codebook) -> str:
    kept = _with(store.codebooks(), base)
    made = store.annotations(), store.assessments(), store.reviews()
    before = flagged(Versions(base, kept), *made)
    after = flagged(Versions(new, [*kept, as_seen(new)]), *made)
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
    return (value.document, value.eid, value.reviewer, getattr(value, "safeguard", ""))


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
