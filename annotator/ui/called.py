"""What reviewers are called on a page: by name, or where the project is blind by a letter alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model import Reviewer
from annotator.review import blind
from annotator.store import Store
from annotator.ui.words import say


@dataclass(frozen=True, slots=True)
class Called:
    """A reviewer's letter, and their name or "Reviewer A"; `own` is whoever looks."""

    id: str
    letter: str
    name: str
    own: bool


def called(store: Store, reviewer: Reviewer | None) -> dict[str, Called]:
    """Everyone, by id, in the order of their letters.

    The letters follow the order in which people joined. In a blind project, where that would tell
    who they are, they follow the ids, which are random, and nobody is named but whoever looks; a
    letter that somebody bears by name ("Reviewer A") is nobody's.
    """
    veiled = blind.is_blind(store)
    everyone = sorted(
        store.reviewers(), key=lambda one: (one.id,) if veiled else (one.created, one.name)
    )
    taken = {one.name.casefold() for one in everyone} if veiled else set()
    free = (one for one in letters() if say("settle.reviewer", letter=one).casefold() not in taken)
    found = {}
    for letter, one in zip(free, everyone, strict=False):
        own = reviewer is not None and one.id == reviewer.id
        name = one.name
        if veiled:
            name = say("settle.reviewer", letter=letter)
            name = say("settle.reviewer_you", name=name) if own else name
        found[one.id] = Called(one.id, letter, name, own)
    return found


def shown(store: Store, reviewer: Reviewer | None) -> list[Reviewer]:
    """Everyone as a page may name them beside what they said: in a blind project by letter.

    Whoever looks has their own name. Those named by letter come in the order of their letters, as
    the order of names would tell who is who.
    """
    if not blind.is_blind(store):
        return store.reviewers()
    return [
        reviewer if one.own and reviewer else Reviewer(one.id, one.name)
        for one in called(store, reviewer).values()
    ]


def letters() -> Iterator[str]:
    """A, B, ... Z, AA, AB, and so on for ever."""
    size = 1
    while True:
        for number in range(26**size):
            digits = (number // 26**place % 26 for place in reversed(range(size)))
            yield "".join(chr(65 + digit) for digit in digits)
        size += 1
