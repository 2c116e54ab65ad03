"""Two offices' databases become one: what `Store.merge` brings, with the codebooks, and in words.

A tag's concern must stand in a codebook that one of the two databases has seen, or in the one in
use: a codebook changes, and what was tagged under an older one is still what somebody found.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.errors import StoreError
from annotator.listing import count

if TYPE_CHECKING:
    from annotator.store import Conflict, Merged, Store
    from annotator.store.merge_people import Same

_PLURALS = {"decision": "decisions", "rejected power": "rejected powers"}
_FIELD_WORDS = {"eid": "clause", "document": "text", "over": "views it was settled over"}


def merge(store: Store, other: Path, *, dry_run: bool = False, same: Same = ()) -> Merged:
    """Take in another database, or tell with `dry_run` what would come; see `Store.merge`."""
    from annotator import codebook
    from annotator.codebook import wordings

    def concerns(texts: list[str]) -> frozenset[str]:
        paths = [path for text in texts for path in wordings(text)]
        return frozenset(path for path in paths if "/" not in path)

    in_use = codebook.load().source
    return store.merge(
        other, dry_run=dry_run, concerns=lambda texts: concerns([in_use, *texts]), same=same
    )


def same_people(given: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names, here and there, from "Amal" or "Amal=Amal H."; `StoreError` for no name."""
    found = []
    for words in given:
        here, _, there = words.partition("=")
        pair = here.strip(), (there if "=" in words else here).strip()
        if not all(pair):
            raise StoreError(
                f"{words!r} does not say who is one person: give a name, or two, 'Amal=Amal H.'"
            )
        found.append(pair)
    return found


def lines(found: Merged) -> Iterator[str]:
    """What came, or would come, for a person to read."""
    if found.empty:
        yield "nothing new: all of it is here already"
        yield from _namesakes(found)
        return
    if found.lines:
        yield f"{count(found.lines, 'line')} of history that are new here"
    if found.waiting:
        yield f"{count(found.waiting, 'line')} of ours that the other office has not seen"
    for title in found.texts:
        yield f"new text: {title}"
    for name in found.people:
        yield f"new reviewer: {name}"
    for before, after in found.renamed:
        yield f"two reviewers are called {before!r}: the later one is now {after!r}"
    for name in found.joined:
        yield f"one person, here and there: {name}"
    yield from _namesakes(found)
    for one in found.came:
        parts = ((one.new, "new"), (one.changed, "changed"), (one.removed, "removed"))
        said = ", ".join(f"{number} {word}" for number, word in parts if number)
        yield f"{_PLURALS.get(one.what, one.what + 's')}: {said}"
    if found.conflicts:
        number = count(len(found.conflicts), "conflict")
        whose = ", or one person said both" if found.joined else ""
        yield f"{number}: both offices changed these{whose}, and the history keeps both"
        yield from (f"  {conflict_line(one)}" for one in found.conflicts)


def _namesakes(found: Merged) -> Iterator[str]:
    for name in found.namesakes:
        yield (
            f"there is another {name!r} in the other database, who stays apart: "
            f"if they are one person, add --same {shlex.quote(name)}"
        )


def conflict_line(one: Conflict) -> str:
    """One conflict: where, whose, what either office says, and which of the two stays."""
    where = " ".join(filter(None, (one.text, one.citation)))
    whose = f"{one.who}'s " if one.who and one.what != "reviewer" else ""
    words = f" {_short(one.words)!r}" if one.words else ""
    if one.removed:
        other = "here" if one.removed == "there" else "there"
        said = f"removed {one.removed}, changed {other}; it stays as it is {one.stays}"
        if one.stays == one.removed:
            said = f"removed {one.removed}, changed {other}; it stays removed"
    else:
        here, there = ("once", "once") if one.same else ("here", "there")
        fields = [
            f"{_FIELD_WORDS.get(name, name)} {_said(one.here.get(name))} {here},"
            f" {_said(one.there.get(name))} {there}"
            for name in one.here.keys() | one.there.keys()
        ]
        said = "; ".join(sorted(fields) or ["other ends here than there"])
        if one.stays == "both":
            said += "; both stay"
        else:
            said += "; what was said later stays" if one.same else f"; what is {one.stays} stays"
    return f"{where}{': ' if where else ''}{whose}{one.what}{words}: {said}"


def record(found: Merged) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "lines": found.lines,
        "waiting": found.waiting,
        "texts": list(found.texts),
        "reviewers": list(found.people),
        "renamed": [{"from": before, "to": after} for before, after in found.renamed],
        "rows": {
            one.what: {"new": one.new, "changed": one.changed, "removed": one.removed}
            for one in found.came
        },
        "one_person": list(found.joined),
        "namesakes": list(found.namesakes),
        "conflicts": [one.record() for one in found.conflicts],
        "backup": None if found.backup is None else str(found.backup),
        "line": found.line,
    }


def _said(value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, Mapping):
        return "other words"
    return repr(_short(value)) if isinstance(value, str) else str(value)


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
