"""Tags that rest on words of the codebook which have changed since, for the review view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from annotator.codebook import Codebook, Older, Versions, Wording
from annotator.model import Annotation, Assessment, Review
from annotator.store import Store
from annotator.versions import changes

Parts = list[tuple[str, bool]]
"""Words in a row, each run with whether the other version lacks it."""

_FIELDS = ("definition", "tag", "leave")


def older_data(
    store: Store, codebook: Codebook, tags: Iterable[Annotation]
) -> dict[str, dict[str, Any]]:
    """Of those tags the ones in question, by id, with the old and the new words side by side."""
    doubtful = [tag for tag in tags if tag.codebook != codebook.stamp]
    if not doubtful:
        return {}
    versions = Versions(codebook, store.codebooks())
    found = ((tag.id, versions.of_tag(tag)) for tag in doubtful)
    return {id: _shown(entries) for id, entries in found if entries}


def older_assessments(
    store: Store, codebook: Codebook, assessments: Iterable[Assessment]
) -> dict[Assessment, dict[str, Any]]:
    """The same for words on safeguards."""
    doubtful = [one for one in assessments if one.codebook != codebook.stamp]
    if not doubtful:
        return {}
    versions = Versions(codebook, store.codebooks())
    found = ((one, versions.of_assessment(one)) for one in doubtful)
    return {one: _shown(entries) for one, entries in found if entries}


def older_reviews(
    store: Store, codebook: Codebook, reviews: Iterable[Review]
) -> dict[str, dict[str, Any]]:
    """The same for clauses in which nothing was found, by the clause's eId."""
    stamp = codebook.stamp
    doubtful = [one for one in reviews if one.state == "no_concern" and one.codebook != stamp]
    if not doubtful:
        return {}
    versions = Versions(codebook, store.codebooks())
    found = ((one.eid, versions.of_review(one)) for one in doubtful)
    return {eid: _shown(entries) for eid, entries in found if entries}


def _shown(entries: Sequence[Older]) -> dict[str, Any]:
    return {
        "was": entries[0].was,
        "now": entries[0].now,
        "holds": all(one.new for one in entries),
        "entries": [
            {
                "name": one.old.name or one.path.rpartition("/")[2],
                "kind": one.kind,
                "replaced_by": one.new.name if one.new and one.kind == "replaced" else "",
                "fields": fields(one.old, one.new),
            }
            for one in entries
        ],
    }


def fields(old: Wording, new: Wording | None) -> list[dict[str, Any]]:
    """The fields that differ, each with what it is and the parts of both versions."""
    if new is None:
        said: Parts = [(old.definition, False)]
        return [{"label": "definition", "old": said, "new": [], "lines": False}]
    found: list[dict[str, Any]] = []
    for (state, before), (_, after) in zip(old.recognise, new.recognise, strict=False):
        if before != after:
            one, other = compared(before, after)
            found.append({"label": state, "old": one, "new": other, "lines": False})
    for name in _FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if isinstance(before, str):
            one, other = compared(before, after)
        else:
            one = [(text, True) for text in before if text not in after]
            other = [(text, True) for text in after if text not in before]
        lines = not isinstance(before, str)  # examples are a line each
        found.append({"label": name, "old": one, "new": other, "lines": lines})
    return found


def compared(old: str, new: str) -> tuple[Parts, Parts]:
    """Both texts in runs of words that the other has or lacks.

    >>> compared("a judge may", "a court may")[0]
    [('a ', False), ('judge ', True), ('may', False)]
    """
    found = changes(old, new)
    return (
        _parts(old, [(one.old_start, one.old_end, one.kind != "equal") for one in found]),
        _parts(new, [(one.new_start, one.new_end, one.kind != "equal") for one in found]),
    )


def _parts(text: str, runs: Sequence[tuple[int, int, bool]]) -> Parts:
    """The text in runs, each with the space behind it."""
    there = sorted(run for run in runs if run[0] < run[1])
    if not there:
        return [(text, True)] if text else []
    borders = [0, *(start for start, _, _ in there[1:]), len(text)]
    return [
        (text[start:end], run[2])
        for run, (start, end) in zip(there, pairwise(borders), strict=True)
    ]
