"""Clauses that what was typed into the search names, as "art. 28(4)" does."""

from __future__ import annotations

import re

from annotator.intake import references
from annotator.model import Document
from annotator.search import Filters
from annotator.store import Store
from annotator.ui import session
from annotator.ui.jump import landing

MOST = 24
"""In so many treaties at most a citation is looked up, the one being read before all."""

_LONGEST = 60
_NUMBERED = re.compile(r"\d|[ivxlc]+\b|[一二三四五六七八九十百]", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{2,}")


def cited(store: Store, typed: str, filters: Filters) -> list[dict[str, str]]:
    """The clauses of treaties that are called as was typed, for the browser; few at most.

    Only what can be a citation is looked up: short, with a number in it.
    """
    asked = " ".join(typed.split())
    if len(asked) > _LONGEST or not _NUMBERED.search(asked) or asked.isdigit():
        return []
    if len(_WORDS.findall(asked)) > 4 or '"' in asked:
        return []
    infos = [
        info
        for info in store.documents()
        if info.kind == "treaty"
        and filters.document in (None, info.slug)
        and filters.language in (None, info.language)
        and filters.kind in (None, "treaty")
    ]
    infos.sort(key=lambda info: (info.slug != session.reading(), info.slug))
    found = []
    for info in infos[:MOST]:
        document = session.document(info)
        if clause := _clause(document, asked):
            found.append({**clause, "slug": info.slug, "title": info.title, "lang": info.language})
    return found


def _clause(document: Document, asked: str) -> dict[str, str] | None:
    named = references.resolve(document, asked)
    reviewable = list(document.reviewable())
    if not named or not reviewable:
        return None
    clause = named[0]
    return {
        "citation": clause.citation,
        "heading": clause.heading,
        "eid": landing(reviewable, clause.start),
    }
