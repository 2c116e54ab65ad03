"""Whether what was typed is a citation, and of which clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.intake import references
from annotator.model import Clause, Document, DocumentInfo
from annotator.search.found import Filters

MOST = 24
"""In so many treaties at most a citation is looked up."""

_LONGEST = 60
_DIGITS = 3
_NUMBERED = re.compile(r"\d|\b[ivxlc]+\b|[一二三四五六七八九十百]", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_AT_MOST = 4


class Cited(NamedTuple):
    """A clause that is called so, the nearest heading, and the words to go to (`open`)."""

    clause: Clause
    open: str
    under: str
    words: str


def may_be(typed: str) -> bool:
    """Whether it is worth looking up: short, with a number in it, and no year.

    >>> may_be("art. 28(4)"), may_be("28"), may_be("第28条"), may_be("2024"), may_be("seize data")
    (True, True, True, False, False)
    """
    asked = " ".join(typed.split())
    return (
        len(asked) <= _LONGEST
        and not (asked.isdecimal() and len(asked) > _DIGITS)
        and not any(sign in asked for sign in '"“«*')
        and bool(_NUMBERED.search(asked))
        and len(_WORDS.findall(asked)) <= _AT_MOST
    )


def among(
    infos: Iterable[DocumentInfo], filters: Filters, *, first: str | None
) -> list[DocumentInfo]:
    """The treaties to look in, the one being read (`first`, its slug) before the others."""
    found = [
        info
        for info in infos
        if info.kind == "treaty"
        and filters.document in (None, info.slug)
        and filters.language in (None, info.language)
        and filters.kind in (None, "treaty")
    ]
    return sorted(found, key=lambda info: (info.slug != first, info.slug))[:MOST]


def cited(document: Document, typed: str) -> Cited | None:
    """The clause that is called so in a text, and the first with words of its own from it on."""
    named = references.resolve(document, " ".join(typed.split()))
    if not named:
        return None
    clause = named[0]
    inside = (one for one in document.reviewable() if one.start >= clause.start)
    own = clause if clause.reviewable else next(inside, None)
    if own is None:
        return None
    under = next((one.heading for one in _upwards(document, clause) if one.heading), "")
    return Cited(clause, own.eid, under, document.text[own.body : own.own_end])


def _upwards(document: Document, clause: Clause) -> Iterator[Clause]:
    yield clause
    while clause.parent is not None:
        clause = document.clause(clause.parent)
        yield clause
