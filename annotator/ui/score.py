"""The text laid out like a score, a lane a reviewer, as plain values for the browser."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from annotator.codebook import Codebook
from annotator.compare import (
    KINDS,
    Difference,
    DifferenceKind,
    Phrases,
    Reading,
    code_name,
    concern_of,
    quote,
    says,
)
from annotator.model import DIVISIONS, Annotation, Clause, Document, Review, Reviewer, upwards
from annotator.offsets import Utf16Map
from annotator.ui.directions import direction
from annotator.ui.words import listed, say

_QUOTE_AT_MOST = 160
_OUTERMOST = DIVISIONS | {"article", "preamble", "annex"}


def score(
    document: Document,
    annotations: Iterable[Annotation],
    reviews: Iterable[Review],
    reviewers: Mapping[str, Reviewer],
    *,
    found: Sequence[Difference],
    codebook: Codebook,
    kinds: Collection[DifferenceKind] = KINDS,
) -> dict[str, Any]:
    """What the compare view draws, ready for JSON.

    `reviewers` maps the letter shown to the reviewer; `found` are all differences among them, of
    which those of the given `kinds` are listed. A clause at least two have read carries its text,
    who has read it, and their marks with offsets in UTF-16 units from the beginning of that text;
    any other clause carries `compared` false and no text. Marks of someone who has not finished
    reading the clause are not in it.
    """
    reviews = list(reviews)
    reading = Reading(document, reviews)
    chosen = {reviewer.id: letter for letter, reviewer in reviewers.items()}
    marks = _marks_by_clause(reading, annotations, chosen)
    states = {
        (r.eid, r.reviewer): r.state
        for r in reviews
        if r.document == document.id and r.reviewer in chosen
    }
    shown = [difference for difference in found if difference.kind in kinds]
    by_eid = {clause.eid: clause for clause in document.clauses}
    clauses: list[dict[str, Any]] = []
    heading = None
    phrases = _phrases()
    for clause in reading.clauses:
        readers = reading.readers(clause.eid) & set(chosen)
        if len(readers) < 2:
            clauses.append({"eid": clause.eid, "citation": clause.citation, "compared": False})
            continue
        above = _titled(clause, by_eid)
        layout = _Layout(document, clause, codebook)
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
                "spans": [layout.span(mark) for mark in marks.get(clause.eid, ())],
                "disputed": layout.disputed(shown),
                "summary": _summary(
                    clause, readers, marks.get(clause.eid, []), found, chosen, states
                ),
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
        "reviewers": [
            {"id": reviewer.id, "name": reviewer.name, "letter": letter}
            for letter, reviewer in reviewers.items()
        ],
        "clauses": clauses,
        "differences": [_listed(one, document.text, chosen, codebook, phrases) for one in shown],
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

    def disputed(self, differences: Iterable[Difference]) -> list[dict[str, Any]]:
        """The words at issue here, by difference."""
        found = []
        for difference in differences:
            for start, end in difference.words:
                if start < self.clause.own_end and end > self.clause.body:
                    first, last = self._range(start, end)
                    found.append({"difference": difference.id, "start": first, "end": last})
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
    found: Iterable[Difference],
    chosen: Mapping[str, str],
    states: Mapping[tuple[str, str], str],
) -> str:
    """What a clause folded to one line says of itself; empty where it has a difference."""
    if any(
        difference.eid == clause.eid
        or any(start < clause.own_end and end > clause.body for start, end in difference.words)
        for difference in found
    ):
        return ""
    whose = _whose(sorted((chosen[id] for id in readers), key=_letter_order), len(chosen))
    if marks:
        return say("compare.clause.agree", who=whose)
    silent = all(states.get((clause.eid, id)) == "no_concern" for id in readers)
    return say("compare.clause.no_concern" if silent else "compare.clause.no_marks", who=whose)


def _phrases() -> Phrases:
    """The words for a view, in the language of the page."""
    names = {one: say(f"compare.says.polarity.{one}") for one in ("risk", "safeguard")}
    names |= {one: say(f"compare.says.severity.{one}") for one in ("low", "medium", "high")}
    place = "{words}"
    return Phrases(
        unmarked=say("compare.says.unmarked"),
        ends=say("compare.says.ends", words=place),
        begins=say("compare.says.begins", words=place),
        words=say("compare.says.words", words=place),
        names=names,
    )


def _listed(
    difference: Difference,
    text: str,
    chosen: Mapping[str, str],
    codebook: Codebook,
    phrases: Phrases,
) -> dict[str, Any]:
    words = quote(difference, text)
    return {
        "id": difference.id,
        "eid": difference.eid,
        "citation": difference.citation,
        "kind": difference.kind,
        "name": say(f"compare.kind.{difference.kind}"),
        "quote": words if len(words) <= _QUOTE_AT_MOST else words[: _QUOTE_AT_MOST - 1] + "…",
        "lines": [
            {
                "reviewers": sorted((chosen[id] for id in view.reviewers), key=_letter_order),
                "text": says(difference, view, text, codebook, phrases=phrases),
            }
            for view in difference.views
        ],
    }


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


def _letter_order(letter: str) -> tuple[int, str]:
    return len(letter), letter


def _whose(letters: Sequence[str], of: int) -> str:
    """Who has read the clause, as short as it can be said."""
    if len(letters) == of:
        names = {2: "both", 3: "three", 4: "four"}
        return say(f"compare.who.{names.get(of, 'all')}", n=of)
    if len(letters) > 3:
        return say("compare.who.some", n=len(letters), total=of)
    return listed(letters)
