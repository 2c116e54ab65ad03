"""What a clause is called where others refer to it: its level, and the labels it bears."""

from __future__ import annotations

import re

from annotator.intake.references.labels import Label, plain
from annotator.intake.structure import numerals
from annotator.model import Clause

_LEVELS = {
    "chp": "chapter", "sec": "section", "title": "title", "part": "part", "book": "book",
    "subpart": "subpart", "subtitle": "subtitle", "division": "division", "subsec": "subsection",
    "subchp": "subchapter",
}  # fmt: skip
_KINDS: dict[str, str] = {
    "article": "article", "annex": "annex", "preamble": "preamble", "paragraph": "item",
    "point": "item", "subpoint": "item", "paragraph-text": "text",
}  # fmt: skip


def level(clause: Clause) -> str:
    """What a clause is: article, chapter, section, title..., item, indent or text, by its eId."""
    if clause.indent:
        return "indent"
    if clause.kind == "article":
        named = clause.eid.rpartition("__")[2].partition("_")[0]
        return "article" if named == "art" else "rule"
    if clause.kind in _KINDS:
        return _KINDS[clause.kind]
    return _LEVELS.get(clause.eid.rpartition("__")[2].partition("_")[0], "")


def labels(clause: Clause) -> list[str]:
    """How a clause may be called: by the number it bears and by the one in its eId."""
    kind = level(clause)
    if kind in ("text", "indent"):
        return []
    segment = clause.eid.rpartition("__")[2].partition("_")[2]
    number = clause.number
    if kind == "item" and "." in number.rstrip("."):
        number = number.rstrip(".").rpartition(".")[2]
    found = [plain(number)] if number else []
    token = segment.partition("_")[0].casefold()
    if token and not found:
        found.append(token)
    if found and token != found[0] and kind == "item" and token.isalnum():
        found.append(token)
    roman = numerals.roman(found[0]) if found and kind != "item" else 0
    if roman and str(roman) not in found:
        found.append(str(roman))
    return found


def value(label: Label | None) -> int:
    """What a label counts; letters of a list count nothing."""
    if label is None:
        return 0
    return digits(label.text) or (numerals.roman(label.text) if label.form == "upper" else 0)


def digits(label: str) -> int:
    """The number that a label begins with, 0 where it begins with none."""
    found = re.match(r"\d+", label)
    return int(found.group()) if found else 0
