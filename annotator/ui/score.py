"""The text laid out like a score, a lane a reviewer, as plain values for the browser."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from annotator.codebook import Codebook
from annotator.compare import Difference, Reading, Text, code_name, concern_of
from annotator.model import DIVISIONS, Annotation, Clause, Comment, Document, upwards
from annotator.offsets import Utf16Map
from annotator.ui.called import Called
from annotator.ui.differing import cut, letter_order, listing
from annotator.ui.directions import direction
from annotator.ui.words import listed, say

_OUTERMOST = DIVISIONS | {"article", "preamble", "annex"}


def score(
    text: Text,
    people: Sequence[Called],
    *,
    found: Sequence[Difference],
    codebook: Codebook,
    comments: Iterable[Comment] = (),
    named: Mapping[str, Called] | None = None,
    at: str | None = None,
) -> dict[str, Any]:
    """What the compare view draws, ready for JSON.

    `people` are the reviewers with a lane, `found` all differences among them, `named` whoever may
    have commented, by id, `at` the clause at which to begin. A clause at least two have read
    carries its text, who has read it, and their marks with offsets in UTF-16 units from the
    beginning of that text; any other clause carries `compared` false and no text. Marks of someone
    who has not finished reading the clause are not in it.
    """
    document = text.document
    reading = Reading(document, text.reviews)
    chosen = {one.id: one.letter for one in people}
    marks = _marks_by_clause(reading, text.annotations, chosen)
    states = {
        (r.eid, r.reviewer): r.state
        for r in text.reviews
        if r.document == document.id and r.reviewer in chosen
    }
    notes = _notes(text, chosen)
    threads = _threads(comments, named or {})
    parts = _parts(reading, found)
    by_eid = {clause.eid: clause for clause in document.clauses}
    clauses: list[dict[str, Any]] = []
    heading = None
    for clause in reading.clauses:
        readers = reading.readers(clause.eid) & set(chosen)
        if len(readers) < 2:
            clauses.append({"eid": clause.eid, "citation": clause.citation, "compared": False})
            continue
        above = _titled(clause, by_eid)
        layout = _Layout(document, clause, codebook)
        here = marks.get(clause.eid, [])
        clauses.append(
            {
                "eid": clause.eid,
                "citation": clause.citation,
                "number": "" if clause.kind == "article" else _number(clause, document.text),
                "kind": clause.kind,
                "depth": _depth(clause, by_eid),
                "text": layout.text,
                "compared": True,
                "opens": _opens(above) if above and above != heading else None,
                "states": {id: states.get((clause.eid, id)) for id in chosen},
                "spans": [layout.span(mark) for mark in here],
                "disputed": layout.disputed(parts.get(clause.eid, ())),
                "summary": ""
                if clause.eid in parts
                else _summary(clause, readers, here, chosen, states),
                "notes": notes.get(clause.eid, []),
                "comments": threads.get(clause.eid, []),
            }
        )
        heading = above
    return {
        "view": "compare",
        "document": document.id,
        "dir": direction(document),
        "lang": document.language,
        "title": document.title,
        "notice": document.notice,
        "reviewers": [{"id": one.id, "name": one.name, "letter": one.letter} for one in people],
        "compared": sum(clause["compared"] for clause in clauses),
        "clauses": clauses,
        "at": at,
        **listing(document, found, chosen, codebook, notes),
    }


class _Layout:
    """One clause's own words and what stands in them, in the browser's offsets."""

    def __init__(self, document: Document, clause: Clause, codebook: Codebook) -> None:
        self.clause = clause
        self.codebook = codebook
        self.text = document.text[clause.body : clause.own_end]
        self._utf16 = Utf16Map(self.text)

    def _range(self, start: int, end: int) -> tuple[int, int]:
        first = max(start, self.clause.body) - self.clause.body
        last = min(end, self.clause.own_end) - self.clause.body
        return self._utf16.to_utf16(first), self._utf16.to_utf16(last)

    def span(self, mark: Annotation) -> dict[str, Any]:
        start, end = self._range(mark.start, mark.end)
        concern = concern_of(mark, self.codebook)
        return {
            "id": mark.id,
            "reviewer": mark.reviewer,
            "start": start,
            "end": end,
            "concern": concern.name if concern else mark.concern,
            "letter": concern.letter if concern else "?",
            "slot": concern.slot if concern else "gray",
            "polarity": mark.polarity,
            "code_name": code_name(mark, self.codebook),
            "severity": mark.severity,
            "note": mark.note,
        }

    def disputed(self, parts: Iterable[Part]) -> list[dict[str, Any]]:
        """The words at issue here, by difference."""
        found = []
        for difference, start, end in parts:
            if start < self.clause.own_end and end > self.clause.body:
                first, last = self._range(start, end)
                found.append({"difference": difference, "start": first, "end": last})
        return found


Part = tuple[str, int, int]
"""A difference's id, and where disputed words of it begin and end."""


def _parts(reading: Reading, found: Iterable[Difference]) -> dict[str, list[Part]]:
    """The disputed words by clause: where they stand, and where the difference is listed."""
    parts: dict[str, list[Part]] = {}
    bodies = [clause.body for clause in reading.clauses]
    for one in found:
        parts.setdefault(one.eid, [])
        for start, end in one.words:
            last = bisect_left(bodies, end)
            first = last
            while first > 0 and reading.clauses[first - 1].own_end > start:
                first -= 1
            for clause in reading.clauses[first:last]:
                parts.setdefault(clause.eid, []).append((one.id, start, end))
    return parts


def _notes(text: Text, chosen: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """What the reviewers noted, by clause: on the clause first, then on words of it."""
    notes: dict[str, list[dict[str, str]]] = {}
    for review in text.reviews:
        if review.note and review.reviewer in chosen:
            said = {"letter": chosen[review.reviewer], "text": review.note, "quote": ""}
            notes.setdefault(review.eid, []).append(said)
    for mark in text.annotations:
        if mark.note and mark.reviewer in chosen:
            said = {"letter": chosen[mark.reviewer], "text": mark.note, "quote": cut(mark.quote)}
            notes.setdefault(mark.eid, []).append(said)
    for several in notes.values():
        several.sort(key=lambda one: (one["quote"] != "", letter_order(one["letter"])))
    return notes


def _threads(
    comments: Iterable[Comment], named: Mapping[str, Called]
) -> dict[str, list[dict[str, Any]]]:
    """The discussion of each clause: each comment with its replies behind it."""
    found: dict[str, list[dict[str, Any]]] = {}
    said = list(comments)
    for first in said:
        if first.parent is None:
            replies = [one for one in said if one.parent == first.id]
            found.setdefault(first.eid, []).extend(
                {
                    "name": named[one.reviewer].name if one.reviewer in named else "",
                    "text": one.text,
                    "reply": one.parent is not None,
                    "resolved": one.is_resolved,
                }
                for one in (first, *replies)
            )
    return found


def _marks_by_clause(
    reading: Reading, annotations: Iterable[Annotation], chosen: Mapping[str, str]
) -> dict[str, list[Annotation]]:
    marks: dict[str, list[Annotation]] = {}
    ordered = sorted(annotations, key=lambda a: (a.start, a.end, a.concern, a.polarity, a.id))
    for mark in ordered:
        if mark.document == reading.document.id and mark.reviewer in chosen:
            for clause in reading.touched(mark):
                inside = mark.start < clause.own_end and mark.end > clause.body
                if inside and mark.reviewer in reading.readers(clause.eid):
                    marks.setdefault(clause.eid, []).append(mark)
    return marks


def _summary(
    clause: Clause,
    readers: Collection[str],
    marks: Sequence[Annotation],
    chosen: Mapping[str, str],
    states: Mapping[tuple[str, str], str],
) -> str:
    """What a clause without a difference says of itself when it is folded to one line."""
    whose = _whose(sorted((chosen[id] for id in readers), key=letter_order), len(chosen))
    if marks:
        return say("compare.clause.agree", who=whose)
    silent = all(states.get((clause.eid, id)) == "no_concern" for id in readers)
    return say("compare.clause.no_concern" if silent else "compare.clause.no_marks", who=whose)


def _titled(clause: Clause, by_eid: Mapping[str, Clause]) -> Clause | None:
    """The nearest heading above the clause's words, its own included."""
    return next((above for above in upwards(clause, by_eid) if above.heading), None)


def _opens(clause: Clause) -> dict[str, str]:
    return {"number": clause.number, "heading": clause.heading}


def _number(clause: Clause, text: str) -> str:
    """The clause's number with the marks it has in the text, such as `1.` or `(a)`."""
    printed = text[clause.start : clause.body].strip()
    return printed if clause.number and len(printed) <= 12 else clause.number


def _depth(clause: Clause, by_eid: Mapping[str, Clause]) -> int:
    _, *above = upwards(clause, by_eid)
    return sum(1 for _ in takewhile(lambda one: one.kind not in _OUTERMOST, above))


def _whose(letters: Sequence[str], of: int) -> str:
    """Who has read the clause, as short as it can be said."""
    if len(letters) == of:
        names = {2: "both", 3: "three", 4: "four"}
        return say(f"compare.who.{names.get(of, 'all')}", n=of)
    if len(letters) > 3:
        return say("compare.who.some", n=len(letters), total=of)
    return listed(letters)
