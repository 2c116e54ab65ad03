"""What the review view is given: one sheet of a text, its marks and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.codebook import Codebook
from annotator.model import DIVISIONS, Clause, Document, Review, Reviewer
from annotator.offsets import Utf16Map
from annotator.review import Sheet, neighbours, sheets
from annotator.store import Store

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


def review_data(
    store: Store,
    document: Document,
    sheet: Sheet,
    reviewer: Reviewer,
    codebook: Codebook,
    *,
    acks: Mapping[str, str],
    focus: Mapping[str, Any],
    database: str,
) -> dict[str, Any]:
    """One sheet as the browser draws it; every offset in UTF-16 units of its clause's words."""
    eids = list(sheet.eids)
    states = {
        review.eid: review
        for review in store.reviews(document=document.id, reviewer=reviewer.id, eids=eids)
    }
    decided = {
        decision.suggestion: decision
        for decision in store.decisions(document=document.id, reviewer=reviewer.id)
    }
    places = _Places(document, [clause for clause, _ in sheet.clauses])
    marks = []
    for mark in store.annotations(document=document.id, reviewer=reviewer.id):
        if span := places.span(mark.start, mark.end):
            marks.append(
                span
                | {
                    "id": mark.id,
                    "quote": mark.quote,
                    "concern": mark.concern,
                    "code": mark.code,
                    "polarity": mark.polarity,
                    "severity": mark.severity,
                    "note": mark.note,
                    "suggestion": mark.suggestion,
                }
            )
    proposals = []
    for proposal in store.suggestions(document.id, eids=eids):
        if span := places.span(proposal.start, proposal.end):
            decision = decided.get(proposal.id)
            proposals.append(
                span
                | {
                    "id": proposal.id,
                    "quote": proposal.quote,
                    "concern": proposal.concern,
                    "code": proposal.code,
                    "polarity": proposal.polarity,
                    "rule": proposal.rule,
                    "reason": proposal.reason,
                    "standard": proposal.standard,
                    "score": proposal.score,
                    "decision": decision.decision if decision else None,
                    "annotation": decision.annotation if decision else None,
                }
            )
    before, after = neighbours(document, sheet)
    return {
        "view": "review",
        "store": database,
        "reviewer": {"id": reviewer.id, "name": reviewer.name},
        "document": {
            "id": document.id,
            "slug": document.slug,
            "sha256": document.text_sha256,
            "title": document.title,
            "kind": document.kind,
            "lang": document.language,
            "dir": direction(document),
            "notice": document.notice,
        },
        "sheet": {
            "eid": sheet.eid,
            "number": sheet.number,
            "heading": sheet.heading,
            "kind": sheet.kind,
            "label": label(sheet),
            "within": [_division(clause) for clause in sheet.within] or [document.title],
        },
        "clauses": [
            _clause(document, clause, depth, states.get(clause.eid))
            for clause, depth in sheet.clauses
        ],
        "marks": marks,
        "suggestions": proposals,
        "concerns": concerns(codebook),
        "previous": _ends(before),
        "next": _ends(after),
        "acks": dict(acks),
        "focus": dict(focus),
    }


def outline_data(
    store: Store, document: Document, reviewer: Reviewer | None, here: Sheet
) -> dict[str, Any]:
    """Every sheet with how many of its clauses the reviewer has done."""
    states = (
        {
            review.eid: review.state
            for review in store.reviews(document=document.id, reviewer=reviewer.id)
        }
        if reviewer
        else {}
    )
    rows = []
    for sheet in sheets(document):
        chapter = sheet.within[0] if sheet.within else None
        found = [states.get(eid) for eid in sheet.eids]
        rows.append(
            {
                "eid": sheet.eid,
                "number": sheet.number,
                "heading": sheet.heading,
                "label": label(sheet),
                "chapter": chapter.eid if chapter else "",
                "chapter_number": f"{chapter.kind.capitalize()} {chapter.number}".strip()
                if chapter
                else "",
                "chapter_heading": chapter.heading if chapter else "",
                "done": sum(state in ("concern", "no_concern") for state in found),
                "total": len(found),
                "reopened": "reopened" in found,
            }
        )
    return {"view": "outline", "document": document.id, "here": here.eid, "sheets": rows}


def concerns(codebook: Codebook) -> list[dict[str, Any]]:
    """The codebook's concerns and codes as the palette offers them."""
    return [
        {
            "id": concern.id,
            "name": concern.name,
            "letter": concern.letter,
            "key": concern.key,
            "slot": concern.slot,
            "definition": concern.definition,
            "codes": [
                {
                    "id": code.id,
                    "name": code.name,
                    "key": code.key,
                    "definition": code.definition,
                }
                for code in concern.codes
            ],
        }
        for concern in codebook.concerns
    ]


def direction(document: Document) -> str:
    """The base direction of the text's script, `rtl` or `ltr`."""
    return "rtl" if document.language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def label(sheet: Sheet) -> str:
    """What the sheet is called where it has no heading: Article 28, Preamble, Annex I."""
    kind = {"article": "Article", "annex": "Annex", "preamble": "Preamble", "news": "Text"}
    return f"{kind.get(sheet.kind, 'Text')} {sheet.number}".strip()


def gutter(clause: Clause) -> str:
    """The clause's number as it stands beside its words: `4.`, `(a)`."""
    if clause.kind in ("point", "subpoint"):
        return f"({clause.number})"
    if clause.kind == "paragraph" and clause.number:
        return f"{clause.number}."
    return ""


def _division(clause: Clause) -> str:
    name = f"{clause.kind.capitalize()} {clause.number}".strip()
    return f"{name} · {clause.heading}" if clause.heading else name


def _clause(
    document: Document, clause: Clause, depth: int, review: Review | None
) -> dict[str, Any]:
    own_heading = clause.kind not in ("article", "preamble", "annex", *DIVISIONS)
    return {
        "eid": clause.eid,
        "citation": clause.citation,
        "kind": clause.kind,
        "label": gutter(clause),
        "heading": clause.heading if own_heading else "",
        "depth": depth,
        "text": document.text[clause.body : clause.own_end],
        "state": review.state if review else "open",
        "note": review.note if review else "",
    }


def _ends(sheet: Sheet | None) -> dict[str, str] | None:
    return {"first": sheet.eids[0], "last": sheet.eids[-1]} if sheet else None


class _Places:
    """Spans of the document as places in the clauses of a sheet."""

    def __init__(self, document: Document, clauses: list[Clause]) -> None:
        self._clauses = clauses
        self._maps = [Utf16Map(document.text[c.body : c.own_end]) for c in clauses]

    def span(self, start: int, end: int) -> dict[str, Any] | None:
        """Where the span begins and ends on this sheet, None where it does not touch it."""
        touched = [
            at
            for at, clause in enumerate(self._clauses)
            if clause.body < end and start < clause.own_end
        ]
        if not touched:
            return None
        first, last = touched[0], touched[-1]
        head, tail = self._clauses[first], self._clauses[last]
        return {
            "start_eid": head.eid,
            "start": self._maps[first].to_utf16(max(start, head.body) - head.body),
            "end_eid": tail.eid,
            "end": self._maps[last].to_utf16(min(end, tail.own_end) - tail.body),
        }
