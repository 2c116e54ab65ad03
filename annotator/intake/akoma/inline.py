"""The words of an element on one line: notes and deletions go, insertions stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from annotator.intake.akoma.markup import name
from annotator.intake.blocks import Piece, assemble

# Left out, and what a warning calls it ("" where nobody will miss it).
DROPPED = {
    "meta": "",
    "authorialNote": "footnote",
    "noteRef": "",
    "del": "deletion",
    "toc": "table of contents",
    "img": "picture",
    "coverPage": "cover page",
}
_BREAKS = ("eol", "br")


def words(element: Element, counts: Counter[str]) -> str:
    """What the element says, its tail not counted, on one line; counts what is kept and left out.

    The marks of quotation that only stand in attributes are put back.
    """
    return line("".join(_inner(element, counts)))


def line(text: str) -> str:
    """The text as the one line that it is stored as."""
    if text.isascii():
        # XML holds no control characters but white space: the quick way for most lines.
        return " ".join(text.split())
    return assemble([Piece(text)]).text


def _inner(element: Element, counts: Counter[str]) -> Iterator[str]:
    yield element.get("startQuote", "") if name(element) == "quotedText" else ""
    yield element.text or ""
    for inner in element:
        yield from inline(inner, counts)
        yield inner.tail or ""
    yield element.get("endQuote", "") if name(element) == "quotedText" else ""


def inline(element: Element, counts: Counter[str]) -> Iterator[str]:
    """The words of an element that stands within a line, piece by piece."""
    kind = name(element)
    if kind in DROPPED:
        counts[DROPPED[kind]] += 1
    elif kind in _BREAKS:
        yield " "
    else:
        counts["insertion"] += kind == "ins"
        if kind == "remark":
            # An editor's remark stands apart from the words, which need not have a space for it.
            yield " "
        yield from _inner(element, counts)


def told(counts: Counter[str]) -> list[str]:
    """Warnings that say how much was kept and left out."""
    found = []
    if counts["insertion"] or counts["deletion"]:
        found.append(
            f"marked changes: {_count(counts['insertion'], 'insertion')} kept, "
            f"{_count(counts['deletion'], 'deletion')} dropped"
        )
    return found + [
        f"{_count(counts[what], what)} left out"
        for what in (*DROPPED.values(), "editorial note")
        if what and what != "deletion" and counts[what]
    ]


def _count(count: int, what: str) -> str:
    plural = what.replace("table", "tables") if what.startswith("table") else f"{what}s"
    return f"1 {what}" if count == 1 else f"{count:,} {plural}"
