"""Tags that rest on words of the codebook which have changed since, for the review view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rapidfuzz.distance import Indel

from annotator.codebook import Codebook, Older, Versions, Wording
from annotator.model import Annotation, Assessment
from annotator.store import Store

Parts = list[tuple[str, bool]]
"""Words in a row, each run with whether the other version lacks it."""

_FIELDS = (("definition", "Definition"), ("tag", "Tag"), ("leave", "Leave"))
# Beyond this many words both are shown whole.
_COMPARED = 2_000


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
    """The fields that differ, each with its label and the parts of both versions."""
    if new is None:
        said: Parts = [(old.definition, False)]
        return [{"label": "Definition", "old": said, "new": [], "lines": False}]
    found: list[dict[str, Any]] = []
    for (state, before), (_, after) in zip(old.recognise, new.recognise, strict=False):
        if before != after:
            one, other = compared(before, after)
            label = state.replace("_", " ").capitalize()
            found.append({"label": label, "old": one, "new": other, "lines": False})
    for name, label in _FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if isinstance(before, str):
            one, other = compared(before, after)
        else:
            one = [(text, True) for text in before if text not in after]
            other = [(text, True) for text in after if text not in before]
        lines = not isinstance(before, str)  # examples are a line each
        found.append({"label": label, "old": one, "new": other, "lines": lines})
    return found


def compared(old: str, new: str) -> tuple[Parts, Parts]:
    """Both texts in runs of words that the other has or lacks.

    >>> compared("a judge may", "a court may")[0]
    [('a ', False), ('judge ', True), ('may', False)]
    """
    one, other = _words(old), _words(new)
    if len(one) + len(other) > _COMPARED:
        return [(old, False)], [(new, False)]
    left: Parts = []
    right: Parts = []
    for step in Indel.opcodes([w.strip() for w in one], [w.strip() for w in other]):
        same = step.tag == "equal"
        _put(left, "".join(one[step.src_start : step.src_end]), not same)
        _put(right, "".join(other[step.dest_start : step.dest_end]), not same)
    return left, right


def _put(parts: Parts, words: str, differs: bool) -> None:
    if words:
        parts.append((words, differs))


def _words(text: str) -> list[str]:
    """The words, each with the space behind it."""
    found = text.split(" ")
    return [f"{word} " for word in found[:-1]] + found[-1:]
