"""The codebook as the command line prints it: plain data, and lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from annotator.codebook.book import Codebook
from annotator.codebook.standing import standing

if TYPE_CHECKING:
    from annotator.store import Store


def record(book: Codebook, store: Store | None) -> dict[str, Any]:
    """The codebook, and with a database the versions it has seen and what rests on older words."""
    found: dict[str, Any] = {
        "version": book.version,
        "sha256": book.sha256,
        "stamp": book.stamp,
        "concerns": len(book.concerns),
        "codes": sum(len(concern.codes) for concern in book.concerns),
        "safeguards": len(book.safeguards),
    }
    if store is None:
        return found
    stands = standing(store, book)
    texts = {one.value.document: store.document(one.value.document) for one in stands.flagged}
    versions = [
        {
            "version": one.version.version,
            "sha256": one.version.sha256,
            "added": one.version.added,
            "current": one.current,
            "says": one.says,
            "changed": list(one.changed),
            "tags": one.tags,
            "assessments": one.assessments,
        }
        for one in stands.seen
    ]
    flagged = []
    for one in stands.flagged:
        text = texts[one.value.document]
        flagged.append(
            {
                "type": type(one.value).__name__.lower(),
                "id": getattr(one.value, "id", None),
                "safeguard": getattr(one.value, "safeguard", None),
                "document": text.slug,
                "eid": one.value.eid,
                "citation": text.clause(one.value.eid).citation,
                "reviewer": one.value.reviewer,
                "entries": [
                    {"path": o.path, "kind": o.kind, "was": o.was, "now": o.now} for o in one.older
                ],
            }
        )
    return found | {
        "versions": versions,
        "flagged": flagged,
        "unknown": stands.unknown,
        "orphans": stands.orphans,
    }


def lines(record: Mapping[str, Any]) -> Iterator[str]:
    """The same for a terminal."""
    yield (
        f"version {record['version']}: {record['concerns']} concerns, {record['codes']} codes, "
        f"{record['safeguards']} safeguards"
    )
    for one in record.get("versions", ()):
        here = ", in use" if one["current"] else ""
        made = f"tags {one['tags']:,}, assessments {one['assessments']:,}"
        yield f"{one['version']}  {one['sha256'][:8]}{here}  {made}"
        if one["changed"]:
            yield f"  changed: {', '.join(one['changed'])}"
    numbers = [one["version"] for one in record.get("versions", ())]
    for number in sorted({one for one in numbers if numbers.count(one) > 1}):
        yield f"note: {number} names several texts: raise `version` whenever words change"
    for one in record.get("flagged", ()):
        changes = ", ".join(f"{entry['path']} {entry['kind']}" for entry in one["entries"])
        yield f"{one['document']}  {one['citation']}: {one['type']} to look at again ({changes})"
    if unknown := record.get("unknown"):
        yield f"made under versions that are not kept here: {unknown:,}"
