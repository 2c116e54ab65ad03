"""A line read as what a person says it is: its number, its heading and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from annotator.intake import layout
from annotator.intake.layout import RANKS, Line, Role
from annotator.intake.structure import dashes, marks, numerals
from annotator.intake.structure.nodes import ITEMS

_LONGEST_HEADING = 120
_LONGEST_PREAMBLE = 40


def as_head(text: str, lines: Sequence[Line], i: int, role: Role, depth: int) -> list[Line]:
    """The bare line `i` as the head of an article, chapter or the like, and its text if it has any.

    The number is found as everywhere else, or is the first in the line. A line that can be no
    heading opens the article without a heading and is its words.
    """
    line = lines[i]
    first = _first_line(text, line)
    number, words = _number(text, line.start, first)
    if role == "preamble":
        number, words = "", _behind_preamble(text, line.start, first)
    rest = text[words:first]
    heading = bool(rest) and _may_be_heading(rest, role)
    end = (
        first if heading or words == first else line.start + len(text[line.start : words].rstrip())
    )
    head = replace(
        line,
        words=words if heading else end,
        end=end,
        role=role,
        depth=depth,
        number=number,
        token=numerals.token(number),
        heading=" ".join(rest.split()) if heading else "",
    )
    begin = end + len(text[end : line.end]) - len(text[end : line.end].lstrip())
    if begin < line.end:
        return [head, Line(begin, begin, line.end, "text", depth + 1)]
    return [head]


def as_item(text: str, lines: Sequence[Line], i: int, role: Role, depth: int) -> list[Line]:
    """The bare line `i` as a paragraph, point or subpoint with the number it begins with.

    Without one it is counted by its place. "2. (a) Each Party" is a paragraph and its first point.
    """
    line = lines[i]
    mark = marks.enumerator(text[line.start : line.end])
    dash = None if mark or role == "paragraph" else dashes.opening(text[line.start : line.end])
    if dash:
        words = line.start + dash.end
        return [replace(line, words=words, role=role, depth=depth, number=dash.number, token="")]
    if mark is None:
        return [replace(line, role=role, depth=depth)]
    words = line.start + len(text[line.start : line.start + mark.end].rstrip())
    begin = line.start + mark.end
    plain = token(mark.number)
    whole, _, part = mark.number.partition(".")
    inside_it = any(one.role == "article" and one.token == whole for one in lines[:i])
    if mark.form == "n.n" and inside_it:
        plain = part
    item = replace(
        line, words=begin if begin < line.end else words, role=role, depth=depth,
        number=mark.number, token=plain,
    )  # fmt: skip
    inner = marks.enumerator(text[begin : line.end])
    if inner and inner.firm and any(place == 1 for _, place in inner.readings):
        under: Role = "point" if role == "paragraph" else "subpoint"
        inside = Line(begin, begin, line.end, "text", depth + 1)
        made = as_item(text, [*lines[:i], inside], i, under, depth + 1)
        return [replace(item, words=words, end=words), *made]
    return [item]


def guessed(text: str, lines: Sequence[Line], i: int) -> Role | None:
    """What a line that a person has split off seems to be, None for plain words."""
    line = lines[i]
    words = text[line.start : line.end]
    head = marks.heading(words.split("\n")[0])
    if head and head.kind in RANKS:
        return cast(Role, head.kind)
    mark = marks.enumerator(words)
    inside = [one.role for one in _open(lines, i)]
    deeper: Role = "subpoint" if "point" in inside or "subpoint" in inside else "point"
    if mark is None:
        return deeper if dashes.opening(words) else None
    for above in reversed(_open(lines, i)):
        if above.role in layout.HEADS:
            break
        for family, place in mark.readings:
            if above.role in ITEMS and (family, place - 1) == layout.reading(
                above.number, (family, place - 2)
            ):
                return above.role
    first = [family for family, place in mark.readings if place == 1]
    if not first or not (mark.firm or first[-1] == "number"):
        return None
    if deeper == "subpoint":
        return deeper
    return "paragraph" if first[-1] == "number" and "paragraph" not in inside else "point"


def heading_follows(text: str, lines: Sequence[Line], i: int) -> bool:
    """Whether the line below an article that has no heading is one, as other articles have them."""
    if lines[i].heading or i + 2 >= len(lines) or lines[i + 1].role != "text":
        return False
    words = text[lines[i + 1].start : lines[i + 1].end]
    others = any(one.role == "article" and one.heading for one in lines)
    return others and not words[0].islower() and _may_be_heading(words, "article")


def token(number: str) -> str:
    """A number's plain form for an eId, "" where nothing of it can stand in one.

    >>> token("1 bis"), token("9.1"), token("(b)"), token("第")
    ('1bis', '9_1', 'b', '第')
    """
    if re.fullmatch(r"\d+(\.\d+)+", number):
        return number.replace(".", "_")
    return numerals.token(number) or re.sub(r"\W+", "_", number).strip("_")


def _open(lines: Sequence[Line], i: int) -> list[Line]:
    found: list[Line] = []
    for line in lines[:i]:
        if line.role != "outside":
            while found and found[-1].depth >= line.depth:
                found.pop()
            found.append(line)
    return found


def _first_line(text: str, line: Line) -> int:
    """The end of its first line, where the source has broken it."""
    broken = text.find("\n", line.start, line.end)
    return line.end if broken < 0 else line.start + len(text[line.start : broken].rstrip())


def _number(text: str, start: int, end: int) -> tuple[str, int]:
    """The number that the line opens with, and where the words behind it begin."""
    words = text[start:end]
    head = marks.heading(words, explicit=True)
    if head:
        return head.number, start + head.rest_at
    mark = marks.enumerator(words)
    if mark:
        return mark.number, start + mark.end
    return "", start


def _behind_preamble(text: str, start: int, end: int) -> int:
    """Where the words behind "Preamble" begin; its paragraphs need no such word."""
    head = marks.heading(text[start:end])
    return start + head.rest_at if head and head.kind == "preamble" else start


def _may_be_heading(words: str, role: Role) -> bool:
    if role == "preamble":
        return marks.may_be_heading(words) and len(words) <= _LONGEST_PREAMBLE
    if role in layout.DIVISION_ROLES or role == "annex":
        return marks.may_be_heading(words)
    mark = marks.enumerator(words)
    if mark and any(place == 1 for _, place in mark.readings):
        return False
    return marks.may_be_heading(words) and len(words) <= _LONGEST_HEADING
