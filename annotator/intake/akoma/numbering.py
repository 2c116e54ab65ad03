"""The `num` of a clause -> its number as it is cited, and its place in its list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.intake.structure import heads, marks, numerals
from annotator.intake.structure.nodes import ITEMS, Node

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_NO_TOKEN = re.compile(r"[^\w-]+")
# More digits than any clause has: a mistake or worse, and no number to count with
_ENDLESS = re.compile(r"\d{10}")
_LONGEST = 20
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in the text, its plain form for identifiers, and its place in a list.

    `family` and `place` are what `nodes.Node` calls so; "" and 0 where it is in no list.
    """

    number: str
    token: str
    family: str = ""
    place: int = 0


def of_division(num: str) -> Number:
    """The number of an article, chapter or annex: "Article 5 bis", "CHAPTER II", "§ 3", "1."."""
    if _ENDLESS.search(num):
        return _endless(num)
    found = marks.heading(num, explicit=True)
    if found and found.number:
        return Number(found.number, found.token or _token(found.number))
    bare = _EDGES.sub("", num)
    last = marks.heading(f"Article {bare}", explicit=True)
    if last and last.number and not last.rest:
        return Number(last.number, last.token or _token(last.number))
    # "Regulation 12", "Sch. 3": the number is the last word.
    tail = bare.split()[-1] if bare else ""
    if any(char.isdigit() for char in tail) or numerals.roman(tail):
        bare = tail
    return Number(bare, numerals.token(bare) or _token(bare))


def rule(num: str) -> str:
    """What a clause calls itself that is an article by another name: "principle", "rule"."""
    found = marks.heading(num, explicit=True)
    if found is None or found.kind != "rule":
        return ""
    disposition = heads.DISPOSITION.match(num)
    return (disposition.group() if disposition else num.split()[0].strip(".:[")).casefold()


def of_item(num: str, parent: Node) -> Number:
    """The number of a paragraph or point: "(a)", "1.", "§ 3", "1°", "iv)", "12A"."""
    if _ENDLESS.search(num):
        return _endless(num)
    decimal = _decimal(_EDGES.sub("", num), parent)
    if decimal:
        return decimal
    found = _enumerator(num)
    if found is None:
        number = of_division(num) if _WORD.search(num) else None
        bare = number.number if number else _EDGES.sub("", num)
        digits = re.match(r"\d{1,6}", bare)
        return Number(bare, _token(bare), "other", int(digits.group()) if digits else 0)
    family, place = _reading(found, parent)
    plain = found.number if found.number.isascii() else str(place)
    return Number(found.number, _token(plain.replace(" ", "")), family, place)


def _endless(num: str) -> Number:
    bare = _EDGES.sub("", num)[:_LONGEST]
    return Number(bare, _token(bare), "other")


def _decimal(bare: str, parent: Node) -> Number | None:
    """Read "9.1" as paragraph 1 of article 9, and below a paragraph 9 as its first point."""
    whole, _, part = bare.partition(".")
    if not (whole == parent.token and part.isdecimal()):
        return None
    if parent.kind in ITEMS:
        return Number(bare, _token(bare), "decimal", int(part))
    return Number(bare, part, "number", int(part))


def _enumerator(num: str) -> marks.Enumerator | None:
    for form in (num, f"({_EDGES.sub('', num)})"):
        found = marks.enumerator(form)
        if found and not form[found.end :].strip():
            return found
    return None


def _reading(mark: marks.Enumerator, parent: Node) -> tuple[str, int]:
    """The list and place: "(i)" is the letter after (h), and a Roman numeral elsewhere."""
    last = next((node for node in reversed(parent.children) if node.kind in ITEMS), None)
    if last:
        step = 0 if mark.bis else 1
        for family, place in mark.readings:
            if (family, place) == (last.family, last.place + step):
                return family, place
    firsts = [pair for pair in mark.readings if pair[1] == 1]
    if firsts:
        return firsts[-1]
    return next(
        (pair for pair in mark.readings if last and pair[0] == last.family), mark.readings[0]
    )


def _token(number: str) -> str:
    return _NO_TOKEN.sub("_", number).strip("_")
