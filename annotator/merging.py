"""Two offices' databases become one: what `Store.merge` brings, with the codebooks, and in words.

A tag's concern must stand in a codebook that one of the two databases has seen, or in the one in
use: a codebook changes, and what was tagged under an older one is still what somebody found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.listing import count

if TYPE_CHECKING:
    from annotator.store import Conflict, Merged, Store

_PLURALS = {"decision": "decisions", "rejected power": "rejected powers"}
_FIELD_WORDS = {"eid": "clause", "document": "text", "over": "views it was settled over"}


def merge(store: Store, other: Path, *, dry_run: bool = False) -> Merged:
    """Take in another database, or tell with `dry_run` what would come; see `Store.merge`."""
    from annotator import codebook
    from annotator.codebook import wordings

    def concerns(texts: list[str]) -> frozenset[str]:
        paths = [path for text in texts for path in wordings(text)]
        return frozenset(path for path in paths if "/" not in path)

    in_use = codebook.load().source
    return store.merge(other, dry_run=dry_run, concerns=lambda texts: concerns([in_use, *texts]))


def lines(found: Merged) -> Iterator[str]:
    """What came, or would come, for a person to read."""
    if not found.lines:
        yield "nothing new: all of it is here already"
        return
    yield f"{count(found.lines, 'line')} of history that are new here"
    if found.waiting:
        yield f"{count(found.waiting, 'line')} of ours that the other office has not seen"
    for title in found.texts:
        yield f"new text: {title}"
    for name in found.people:
        yield f"new reviewer: {name}"
    for before, after in found.renamed:
        yield f"two reviewers are called {before!r}: the later one is now {after!r}"
    for one in found.came:
        parts = ((one.new, "new"), (one.changed, "changed"), (one.removed, "removed"))
        said = ", ".join(f"{number} {word}" for number, word in parts if number)
        yield f"{_PLURALS.get(one.what, one.what + 's')}: {said}"
    if found.conflicts:
        number = count(len(found.conflicts), "conflict")
        yield f"{number}: both offices changed these, and the history keeps both"
        yield from (f"  {conflict_line(one)}" for one in found.conflicts)


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
        fields = [
            f"{_FIELD_WORDS.get(name, name)} {_said(one.here.get(name))} here,"
            f" {_said(one.there.get(name))} there"
            for name in one.here.keys() | one.there.keys()
        ]
        said = "; ".join(sorted(fields) or ["other ends here than there"])
        said += f"; what is {one.stays} stays"
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
