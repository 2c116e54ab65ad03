"""What was found and what is tagged, as plain values for the browser."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from annotator.codebook import Codebook
from annotator.directions import direction
from annotator.model import Annotation, DocumentInfo
from annotator.review.recoding import Plan
from annotator.search import Found, Hit, Query, Said, Tagged, TaggedList
from annotator.search.cited import Cited
from annotator.search.excerpts import Piece, around, excerpt
from annotator.ui.words import say

_TEXTS = 8

Names = Mapping[str, str]


def finding_data(
    found: Found,
    query: Query,
    book: Codebook,
    names: Names,
    *,
    texts: Mapping[str, DocumentInfo],
    asked: str,
    offset: int,
    limit: int,
    cited: Sequence[Mapping[str, Any]],
    codes: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """A page of results; `names` are the reviewers' by id, `texts` all of them by slug.

    `asked` stands for the whole question, `cited` are clauses that what was typed names,
    `codes` codes that are called so.
    """
    return {
        "view": "finding",
        "asked": asked,
        "offset": offset,
        "limit": limit,
        "total": found.total,
        "in_texts": len(found.by_document),
        "kinds": [{"kind": kind, "n": n} for kind, n in sorted(found.by_kind.items())],
        "texts": [
            {"slug": slug, "title": texts[slug].title, "lang": texts[slug].language, "n": number}
            for slug, number in list(found.by_document.items())[:_TEXTS]
            if slug in texts
        ],
        "cited": list(cited),
        "codes": list(codes),
        "hits": [_hit(hit, query, book, names) for hit in found.hits],
    }


def recoding_data(
    found: TaggedList,
    book: Codebook,
    names: Names,
    *,
    reviewer: str | None,
    own: Collection[str],
    concern: str | None,
    plan: Plan | None,
    done: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """All tags that are asked for, to choose from; with `plan`, what would become of them."""
    planned = {one.before.id: one.after for one in plan.changed} if plan else {}
    return {
        "view": "recoding",
        "ids": list(found.ids),
        "own": [id for id in found.ids if id in own],
        "concern": concern,
        "counts": dict(found.by_document),
        "more": len(found.ids) - len(found.shown),
        "items": [_tagged(one, book, names, reviewer) for one in found.shown],
        "concerns": [
            {
                "id": one.id,
                "name": one.name,
                "codes": [
                    {
                        "id": code.id,
                        "name": code.name,
                        "parent": code.parent,
                        "retired": code.retired,
                    }
                    for code in one.codes
                ],
            }
            for one in book.concerns
        ],
        "plan": _plan(plan, book, planned) if plan else None,
        "done": dict(done) if done else None,
    }


def cited_data(info: DocumentInfo, one: Cited) -> dict[str, Any]:
    """A clause that was cited, to go straight to."""
    return {
        **_text(info),
        "eid": one.open,
        "citation": one.clause.citation,
        "heading": one.under,
        "pieces": _pieces(excerpt(one.words, [], most=180)),
    }


def _hit(hit: Hit, query: Query, book: Codebook, names: Names) -> dict[str, Any]:
    heading = query.marks(hit.heading) if query else []
    marks = query.marks(hit.words) if query else []
    first = f"{marks[0][0]}-{marks[0][1]}" if marks else ""
    return {
        **_text(hit.document),
        "eid": hit.open,
        "mark": first if hit.open == hit.eid else "",
        # A part of a news item is cited by its heading, which is shown anyway.
        "citation": "" if hit.citation.strip("“”") == hit.heading else hit.citation,
        "is_title": hit.title,
        "heading": _pieces(excerpt(hit.heading, heading)),
        "under": hit.under,
        "pieces": _pieces(excerpt(hit.words, marks)) if hit.words else [],
        "tags": _together(hit.tags, book, names),
        "said": [
            _said(one, query, names)
            for one in hit.said
            # What was tagged stands marked in the clause already: a tag has more to tell in a note.
            if one.what not in ("tag", "suggestion") or not marks or query.marks(one.note)
        ],
    }


def _together(tags: Iterable[Annotation], book: Codebook, names: Names) -> list[dict[str, Any]]:
    """The tags of a clause, those with the same label as one with all who say so."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for tag in tags:
        label = label_of(tag, book)
        key = tag.concern, label["name"], tag.polarity
        who = found.setdefault(key, {**label, "who": []})["who"]
        if (name := names.get(tag.reviewer, "")) not in who:
            who.append(name)
    return list(found.values())


def _said(one: Said, query: Query, names: Names) -> dict[str, Any]:
    return {
        "what": one.what,
        "who": names.get(one.reviewer, ""),
        "words": _pieces(excerpt(one.words, query.marks(one.words), most=200)),
        "note": _pieces(excerpt(one.note, query.marks(one.note))),
    }


def _tagged(one: Tagged, book: Codebook, names: Names, reviewer: str | None) -> dict[str, Any]:
    tag = one.tag
    start, end = tag.start - one.start, tag.end - one.start
    return {
        **_text(one.document),
        "id": tag.id,
        "eid": tag.eid,
        "mark": f"{start}-{end}" if start >= 0 else "",
        "citation": one.citation,
        "under": one.under,
        "pieces": _pieces(around(one.words, max(0, start), end)),
        "short": tag.quote if len(tag.quote) <= 60 else tag.quote[:59] + "…",
        "concern": tag.concern,
        "label": label_of(tag, book),
        "note": tag.note,
        "who": names.get(tag.reviewer, ""),
        "own": tag.reviewer == reviewer,
    }


def _plan(plan: Plan, book: Codebook, planned: Mapping[str, Annotation]) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {}
    for one in plan.changed:
        before, after = label_of(one.before, book), label_of(one.after, book)
        kind = kinds.setdefault(repr((before, after)), {"before": before, "after": after, "n": 0})
        kind["n"] += 1
    clean = sum(one.why == "clean" for one in plan.refused)
    stays = [
        say(key, n=number)
        for key, number in (
            ("search.recode.stay_others", len(plan.others)),
            ("search.recode.stay_same", len(plan.same)),
            ("search.recode.stay_clean", clean),
            ("search.recode.stay_code", len(plan.refused) - clean),
            ("search.recode.stay_missing", plan.missing),
        )
        if number
    ]
    return {
        "changed": len(plan.changed),
        "texts": len(plan.documents),
        "kinds": sorted(kinds.values(), key=lambda kind: -int(kind["n"])),
        "stays": stays,
        "after": {id: label_of(after, book) for id, after in planned.items()},
    }


def label_of(tag: Annotation, book: Codebook) -> dict[str, Any]:
    """A tag's label as it is shown: letter, colour, what its code is called, severity."""
    concern = next((one for one in book.concerns if one.id == tag.concern), None)
    name = concern.name if concern else tag.concern
    if tag.code:
        codes = concern.codes if concern else ()
        known = next((one for one in codes if tag.code in (one.id, *one.replaces)), None)
        name = known.name if known else tag.code
        if known and (known.retired or known.id != tag.code):
            name = say("search.old_code", name=name)
    return {
        "letter": concern.letter if concern else "?",
        "slot": concern.slot if concern else "gray",
        "polarity": tag.polarity,
        "name": name,
        "is": say(f"search.{tag.polarity}").lower(),
        "severity": say(f"search.severities.{tag.severity}").lower() if tag.severity else "",
    }


def _text(info: DocumentInfo) -> dict[str, str]:
    return {
        "slug": info.slug,
        "title": info.title,
        "lang": info.language,
        "dir": direction(info.language),
    }


def _pieces(pieces: Iterable[Piece]) -> list[list[Any]]:
    return [list(piece) for piece in pieces]
