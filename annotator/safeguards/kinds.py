"""What is held against safeguards: the kinds of power, offence and disclosure, in any language.

>>> kind("search_and_seizure").name
'Search and seizure'
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import cast

from annotator import codebook, entries
from annotator.errors import CodebookError
from annotator.model import POWER_GROUPS, PowerGroup

FOLDER = codebook.DEFAULT.parent / "safeguards"
FILE = "kinds.yaml"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of power, offence or disclosure; `abroad` where it helps another State.

    `lacks` names safeguards of its group's list that the law does not ask of this kind.
    """

    id: str
    name: str
    group: PowerGroup
    abroad: bool = False
    lacks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kinds:
    """All kinds in the order of the file, and each group's list of safeguards.

    The lists are those of the file and, last, what the codebook itself asks of a group (`added`).
    `retired` are those that the codebook asks no more.
    """

    kinds: tuple[Kind, ...]
    safeguards: Mapping[PowerGroup, tuple[str, ...]]
    added: frozenset[str] = frozenset()
    retired: frozenset[str] = frozenset()

    def kind(self, id: str) -> Kind:
        """The kind with that id; `CodebookError` where there is none."""
        for one in self.kinds:
            if one.id == id:
                return one
        known = ", ".join(one.id for one in self.kinds)
        raise CodebookError(f"{id!r} is not a kind of power: choose one of {known}")

    def readable(self, worded: Collection[str]) -> Kinds:
        """Only what can be read: nothing retired, and of what was added what a language words."""
        return replace(
            self,
            safeguards={
                group: tuple(
                    id
                    for id in listed
                    if id not in self.retired and (id not in self.added or id in worded)
                )
                for group, listed in self.safeguards.items()
            },
        )


def kind(id: str) -> Kind:
    """The project's own kind with that id; `CodebookError` where there is none."""
    return load().kind(id)


def load(folder: Path | None = None) -> Kinds:
    """Read and check `kinds.yaml`, once until it changes; `CodebookError` for any mistake in it."""
    path = (folder or FOLDER) / FILE
    try:
        state = path.stat()
    except OSError:
        raise CodebookError(f"{str(path)!r} is not there: check the path") from None
    return _load(path, state.st_mtime_ns, state.st_size, codebook.load().sha256)


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int, _size: int, _codebook: str) -> Kinds:
    book = codebook.load()
    file = entries.read(path)
    file.check_keys(("groups", "kinds"))
    known = [safeguard.id for safeguard in book.safeguards]
    groups = file.entry("groups")
    groups.check_keys(POWER_GROUPS)
    safeguards = {}
    for group in POWER_GROUPS:
        safeguards[group] = groups.texts(group, least=1)
        for name in safeguards[group]:
            if name not in known:
                groups.fail(f"{group} holds {name!r}, which codebook.yaml does not know: add it")
    own = {id for listed in safeguards.values() for id in listed}
    for group in POWER_GROUPS:
        more = [one.id for one in book.asked_of(group) if one.id not in safeguards[group]]
        safeguards[group] += tuple(more)
    listed = file.entries("kinds", "kind", least=1)
    entries.unique(listed, lambda entry: entry.identifier(), "the id")
    found = []
    for entry in listed:
        entry.check_keys(("id", "name", "group"), ("abroad", "lacks"))
        group = cast(PowerGroup, entry.choice("group", POWER_GROUPS))
        lacks = entry.texts("lacks")
        for name in lacks:
            if name not in safeguards[group]:
                entry.fail(f"lacks holds {name!r}, which is not on the list of {group!r}")
        found.append(
            Kind(
                entry.identifier(),
                entry.text("name"),
                group,
                entry.flag("abroad"),
                frozenset(lacks),
            )
        )
    return Kinds(
        tuple(found),
        safeguards,
        frozenset(id for listed in safeguards.values() for id in listed) - own,
        frozenset(one.id for one in book.safeguards if one.retired),
    )
