"""What the review view is given: one sheet of a text, its marks and what is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.codebook import Codebook
from annotator.highlight.learning import corrected, is_weak
from annotator.intake.references import FINDER
from annotator.model import DIVISIONS, Clause, Document, Reviewer, RuleFare, Suggestion
from annotator.review import Sheet, blind, neighbours, sheets
from annotator.store import Store
from annotator.ui.beside import languages
from annotator.ui.citing import references_data
from annotator.ui.directions import direction
from annotator.ui.labels import division, gutter, label
from annotator.ui.linking import links_data
from annotator.ui.older import older_data, older_reviews
from annotator.ui.places import Places
from annotator.ui.safeguarding import assessed_data, powers_data, rejected_data


def review_data(
    store: Store,
    document: Document,
    sheet: Sheet,
    reviewer: Reviewer,
    codebook: Codebook,
    *,
    acks: Mapping[str, str],
    undone: Mapping[str, str] | None = None,
    trouble: str = "",
    focus: Mapping[str, Any] | None,
    database: str,
    holds: str | None = None,
    door: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """One sheet as the browser draws it; every offset in UTF-16 units of its clause's words.

    `key` names the sheet's words, proposals and codes, which come as `words` unless the browser
    `holds` them already: they are most of the bytes and never change with a decision. `revision`
    rises with every write, so that of two answers the browser knows the later. `focus` is where
    the page wants the reader to be, None where the reader stays.
    """
    revision = store.revision()
    rules = f"{store.ruleset(document.id)}/{store.powers_ruleset(document.id)}"
    # What colleagues decided moves a rule's score, which would tell of their decisions.
    whose = reviewer.id if blind.is_blind(store) else None
    key = f"{document.id}/{sheet.eid}/{rules}/{codebook.sha256}/{FINDER}/{whose or ''}"
    places = Places(document, [clause for clause, _ in sheet.clauses])
    reviews = store.reviews(document=document.id, reviewer=reviewer.id, eids=sheet.eids)
    decisions = store.decisions_in(document.id, reviewer.id, sheet.eids)
    marks, here = [], []
    for mark in store.annotations_touching(document.id, reviewer.id, *places.extent):
        if span := places.span(mark.start, mark.end):
            marks.append(span | _fields(mark, _MARK))
            here.append(mark)
    older = older_data(store, codebook, here)
    doubtful = older_reviews(store, codebook, reviews)
    return {
        "view": "review",
        "key": key,
        "store": database,
        "reviewer": {"id": reviewer.id, "name": reviewer.name},
        "words": None if holds == key else _words(store, document, sheet, codebook, places, whose),
        "states": {
            review.eid: _fields(review, ("state", "note")) | {"older": doubtful.get(review.eid)}
            for review in reviews
        },
        "decided": {
            decision.suggestion: _fields(decision, ("decision", "annotation"))
            for decision in decisions
        },
        "marks": [mark | {"older": older.get(mark["id"])} for mark in marks],
        "assessed": assessed_data(store, document, reviewer.id, sheet.eids, codebook),
        "rejected": rejected_data(store, document, reviewer.id, sheet.eids),
        **links_data(store, document, sheet, reviewer, places.span),
        "revision": revision,
        "acks": dict(acks),
        "undone": dict(undone) if undone else None,
        "trouble": trouble,
        "focus": dict(focus) if focus else None,
        "door": dict(door) if door else None,
    }


_MARK = ("id", "quote", "concern", "code", "polarity", "severity", "note", "suggestion")
_PROPOSAL = (
    "id", "quote", "concern", "code", "polarity", "rule", "reason", "standard", "score", "voice",
)  # fmt: skip


def _words(
    store: Store,
    document: Document,
    sheet: Sheet,
    codebook: Codebook,
    places: Places,
    whose: str | None,
) -> dict[str, Any]:
    """What of a sheet stays the same whatever a reviewer decides.

    A rule's score is what the decisions so far, or those of `whose` alone, have made of it; it is
    not sent again with each decision, so that nothing changes its place under a reader's eyes.
    """
    proposals = []
    proposed = store.suggestions(document.id, eids=sheet.eids)
    fares = store.rule_tallies((one.rule for one in proposed), reviewer=whose)
    for proposal in proposed:
        if span := places.span(proposal.start, proposal.end):
            proposals.append(span | _fields(proposal, _PROPOSAL) | _learnt(proposal, fares))
    before, after = neighbours(document, sheet)
    return {
        "document": {
            "id": document.id,
            "slug": document.slug,
            "sha256": document.text_sha256,
            "title": document.title,
            "kind": document.kind,
            "lang": document.language,
            "dir": direction(document),
            "notice": " ".join(
                filter(None, [document.notice, document.metadata.get("disagrees", "")])
            ),
        },
        "sheet": {
            "eid": sheet.eid,
            "number": sheet.number,
            "heading": sheet.heading,
            "kind": sheet.kind,
            "label": label(sheet),
            "within": [division(clause) for clause in sheet.within] or [document.title],
        },
        "clauses": [_clause(document, clause, depth) for clause, depth in sheet.clauses],
        "suggestions": proposals,
        **references_data(store, document, sheet, places.span),
        **powers_data(store, document, sheet.eids, codebook),
        "languages": languages(store, document) if document.kind == "treaty" else [],
        "concerns": concerns(codebook),
        "previous": _ends(before),
        "next": _ends(after),
    }


def _learnt(proposal: Suggestion, fares: Mapping[str, RuleFare]) -> dict[str, Any]:
    fare = fares.get(proposal.rule, RuleFare(proposal.rule))
    return {
        "score": corrected(proposal.score, fare),
        "weak": is_weak(proposal.score, fare),
        "kept": fare.kept,
        "of": fare.decided,
    }


def _fields(value: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


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
                    "parent": code.parent,
                    "retired": code.retired,
                    "replaces": list(code.replaces),
                }
                for code in concern.codes
            ],
        }
        for concern in codebook.concerns
    ]


def _clause(document: Document, clause: Clause, depth: int) -> dict[str, Any]:
    own_heading = clause.kind not in ("article", "preamble", "annex", *DIVISIONS)
    return {
        "eid": clause.eid,
        "citation": clause.citation,
        "kind": clause.kind,
        "label": gutter(clause),
        "heading": clause.heading if own_heading else "",
        "depth": depth,
        "text": document.text[clause.body : clause.own_end],
    }


def _ends(sheet: Sheet | None) -> dict[str, str] | None:
    return {"first": sheet.eids[0], "last": sheet.eids[-1]} if sheet else None
