"""What clauses and articles are called on a page."""

from __future__ import annotations

from annotator.model import Clause
from annotator.review import Sheet


def label(sheet: Sheet) -> str:
    """What the sheet is called where it has no heading: Article 28, Preamble, Annex I."""
    kind = {
        "article": "Article",
        "section": "Section",
        "annex": "Annex",
        "preamble": "Preamble",
        "news": "Text",
    }
    return f"{kind.get(sheet.kind, 'Text')} {sheet.number}".strip()


def gutter(clause: Clause) -> str:
    """The clause's number as it stands beside its words: `4.`, `(a)`."""
    if clause.indent:
        return clause.number
    if clause.kind in ("point", "subpoint"):
        return f"({clause.number})"
    if clause.kind == "paragraph" and clause.number:
        return f"{clause.number}."
    return ""


def division(clause: Clause) -> str:
    """A chapter, section or article with its heading: `Chapter IV · Procedural measures`."""
    name = f"{clause.kind.capitalize()} {clause.number}".strip()
    return f"{name} · {clause.heading}" if clause.heading else name
