"""The clause tree as plain data, as the `outline` command prints it."""

from __future__ import annotations

from typing import Any

from annotator.model import Document


def outline(document: Document) -> dict[str, Any]:
    """Title, language, kind, hash and warnings, and a mapping for every clause in text order.

    Offsets are code points of the document's text.
    """
    return {
        "title": document.title,
        "language": document.language,
        "kind": document.kind,
        "text_sha256": document.text_sha256,
        "warnings": list(document.warnings),
        "clauses": [
            {
                "eid": clause.eid,
                "citation": clause.citation,
                "kind": clause.kind,
                "number": clause.number,
                "heading": clause.heading,
                "start": clause.start,
                "end": clause.end,
                "parent": clause.parent,
                "article": clause.article,
            }
            for clause in document.clauses
        ],
    }
