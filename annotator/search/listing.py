"""What was found, as plain data and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.search.excerpts import Piece, excerpt
from annotator.search.found import Hit
from annotator.search.query import Query


def hit_record(hit: Hit, query: Query, names: Mapping[str, str]) -> dict[str, Any]:
    """A clause that was found; marks are code points of the text, half-open, with their words."""
    marks = query.marks(hit.words) if query else []
    return {
        "document": hit.document.slug,
        "title": hit.document.title,
        "kind": hit.document.kind,
        "language": hit.document.language,
        "eid": hit.eid,
        "citation": hit.citation,
        "heading": hit.heading,
        "start": hit.start,
        "end": hit.start + len(hit.words),
        "marks": [
            {"start": hit.start + first, "end": hit.start + last, "quote": hit.words[first:last]}
            for first, last in marks
        ],
        "said": [
            {
                "what": one.what,
                "reviewer": names.get(one.reviewer),
                "words": one.words,
                "note": one.note,
            }
            for one in hit.said
        ],
        "tags": [
            {
                "id": tag.id,
                "reviewer": names.get(tag.reviewer),
                "concern": tag.concern,
                "code": tag.code,
                "polarity": tag.polarity,
                "severity": tag.severity,
                "quote": tag.quote,
            }
            for tag in hit.tags
        ],
    }


def hit_lines(hit: Hit, query: Query, names: Mapping[str, str]) -> Iterator[str]:
    """A clause that was found, its words shortened, what is looked for in brackets."""
    head = " ".join(part for part in (hit.document.slug, hit.citation) if part)
    heading = _shown(excerpt(hit.heading, query.marks(hit.heading) if query else []))
    yield f"{head}  {heading or hit.under}".rstrip()
    if hit.words:
        yield f"    {_shown(excerpt(hit.words, query.marks(hit.words) if query else []))}"
    for one in hit.said:
        if one.note:
            note = _shown(excerpt(one.note, query.marks(one.note)))
            yield f"    {one.what}, {names.get(one.reviewer, 'rule')}: {note}"


def _shown(pieces: list[Piece]) -> str:
    shown = "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)
    return " ".join(shown.split())
