"""Which list a number at the start of a paragraph continues, opens or only seems to.

`(i)` may follow `(h)` or open a Roman list; `1.` may begin again; `(a) above` is no item at all.
The open lists, from the innermost outwards, and the paragraphs that follow decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from annotator.intake.structure import numerals
from annotator.intake.structure.marks import Enumerator
from annotator.intake.structure.nodes import DASH, ITEMS, Node

LARGEST_GAP = 10
# No law nests its lists deeper; what seems to goes on beside the deepest.
_DEEPEST = 8
ANNOUNCING = (":", "：", "—", "–")
_LETTERS = ("letter", "LETTER", *numerals.ALPHABETS)
# Forms that only their neighbours make sure: "1 Each Party", a letter alone, "a the cutting"
_BARE = ("n ", "a", "a ")
_REFERENCE = re.compile(r"[,;]|(?:and|or|to|of|above|below|et|ou|de|y|o|und|и)\b|\Z")
_QUOTES = ("“", "«", "‘", "„", '"', "'")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item goes: below `parent`, in the list `family`, as its `place`-th."""

    parent: Node
    family: str
    place: int
    number: str
    token: str


def place(
    mark: Enumerator,
    path: Sequence[Node],
    text: str,
    *,
    joined: bool,
    upcoming: Callable[[], Sequence[Enumerator]],
    running: Node | None = None,
) -> Place | None:
    """The place of a numbered paragraph, None where it is a paragraph that only looks numbered.

    `path` runs from the root to the innermost open clause. `joined` paragraphs continue a line of
    a hard-wrapped text and need the exact next number. `upcoming` gives the numbers that follow in
    the same article. `running` is the last paragraph of the division before, for texts that number
    their paragraphs through.
    """
    if mark.form == "n.n":
        return _decimal(mark, path, upcoming)
    if running is not None and path[-1].word == "aside" and _goes_on(mark, running):
        return _placed(mark, path[-1], "number", running.place + 1)
    mark = _with_doubles(mark)
    items = _open_items(path)
    if mark.bis:
        for item in items:
            for family, number in mark.readings:
                if (item.family, item.place) == (family, number):
                    return _sibling(mark, item, family, number)
    found = _next(mark, items)
    if found is not None:
        if found[1:] == ("letter", 9) and _roman_follows(mark, upcoming):
            return _open(mark, "roman", path, text)
        return _sibling(mark, *found)
    if running is not None and _goes_on(mark, running):
        return _placed(mark, _holder(path), "number", running.place + 1)
    first = _first(mark)
    if first == "double" and not announces(path[-1], text) and not _goes_double(upcoming):
        # "(aa)" put in between "(a)" and "(b)" by a later law
        before = next((item for item in items if (item.family, item.place) == ("letter", 1)), None)
        if before is not None:
            return _sibling(mark, before, "letter", 1)
    if first is not None:
        if not _may_open(mark, first, path, text, upcoming):
            return None
        return _open(mark, first, path, text)
    return None if joined or mark.form in _BARE else _irregular(mark, items, path, upcoming)


def announces(node: Node, text: str) -> bool:
    """Whether the clause's own words end by announcing what follows: "the following:"."""
    return node.has_words and text[node.body : node.own_end].endswith(ANNOUNCING)


def opens_list(line: str, mark: Enumerator, following: Sequence[Enumerator]) -> bool:
    """Whether a mark in brackets is the first of a list, by the one that comes next: "(i)", "(ii)".

    Then it is no reference in mid-sentence, though no colon announces it; "(a) and" is one.
    """
    second = following[0] if following else None
    return bool(
        second
        and not _REFERENCE.match(line, mark.end)
        and mark.firm
        and second.form == mark.form
        and any((family, 2) in second.readings for family, place in mark.readings if place == 1)
    )


def _with_doubles(mark: Enumerator) -> Enumerator:
    """The mark with "aa" also read as the first of a list aa, bb, cc."""
    core = mark.number
    if len(core) == 2 and core[0] == core[1] and core.isascii() and core.islower():
        return replace(mark, readings=(*mark.readings, ("double", ord(core[0]) - ord("a") + 1)))
    return mark


def _open_items(path: Sequence[Node]) -> list[Node]:
    """The items that the next number may follow, innermost first.

    Besides the open ones, the last of each list that words behind it have closed.
    """
    found: list[Node] = []
    below: Node | None = None
    for node in reversed(path):
        found += [last for last in node.lasts.values() if last is not below]
        if node.kind in ITEMS:
            found.append(node)
        below = node
    return found


def _next(mark: Enumerator, items: Sequence[Node]) -> tuple[Node, str, int] | None:
    """The innermost open item that the mark follows: first by exact form, then by a near one."""
    for exact in (True, False):
        for item in items:
            for family, number in mark.readings:
                if item.family == family and item.place + 1 == number:
                    same = item.form == mark.form
                    if same or (not exact and _alike(family, item.form, mark.form)):
                        return item, family, number
    return None


def _alike(family: str, form: str, other: str) -> bool:
    pair = {form, other}
    if pair <= {"n", "n "} or pair <= {"a", "a "}:
        return True
    if pair & set(_BARE):
        return False
    # Letters are set "a)" here and "(a)" there in one list; "1." and "(1)" are two lists.
    return family.lower() in _LETTERS or pair <= {".", "n", "n.n"} or pair <= {".", "-"}


def _goes_on(mark: Enumerator, running: Node) -> bool:
    return ("number", running.place + 1) in mark.readings and (
        mark.form == running.form or _alike("number", mark.form, running.form)
    )


def _holder(path: Sequence[Node]) -> Node:
    return next(node for node in reversed(path) if node.kind not in (*ITEMS, "paragraph-text"))


def _first(mark: Enumerator) -> str | None:
    """The family of list that the mark can open: letters for "a", Roman numerals for "i"."""
    firsts = [family for family, number in mark.readings if number == 1]
    return firsts[-1] if firsts else None


def _goes_double(upcoming: Callable[[], Sequence[Enumerator]]) -> bool:
    """Whether "bb" comes before the next single letter."""
    for other in upcoming():
        if other.number == "bb":
            return True
        if ("letter", 2) in other.readings:
            return False
    return False


def _may_open(
    mark: Enumerator,
    family: str,
    path: Sequence[Node],
    text: str,
    upcoming: Callable[[], Sequence[Enumerator]],
) -> bool:
    # "A. Smith" and a lone "1" are no lists; "1. Each Party" is one even without a second.
    if mark.firm or (mark.form == "." and family == "number"):
        return True
    if mark.form == "n " and path[-1].kind == "annex" and not path[-1].has_words:
        # the only paragraph of a schedule: "1 The Kites Act 1901 is repealed."
        return True
    if mark.form in ("a", "a ") and not (announces(path[-1], text) or not path[-1].has_words):
        # "a the cutting" opens a list only where one is announced: it may be the article "a".
        return False
    return _continues(mark, family, upcoming)


def _continues(mark: Enumerator, family: str, upcoming: Callable[[], Sequence[Enumerator]]) -> bool:
    wanted = next(number for name, number in mark.readings if name == family) + 1
    return any(
        (family, wanted) in other.readings
        and (mark.form == other.form or _alike(family, mark.form, other.form))
        for other in upcoming()
    )


def _roman_follows(mark: Enumerator, upcoming: Callable[[], Sequence[Enumerator]]) -> bool:
    for other in upcoming():
        if other.form == mark.form:
            if ("roman", 2) in other.readings:
                return True
            if ("letter", 9) in other.readings or ("letter", 10) in other.readings:
                return False
    return False


def _sibling(mark: Enumerator, item: Node, family: str, number: int) -> Place:
    assert item.parent is not None
    return _placed(mark, item.parent, family, number)


def _placed(mark: Enumerator, parent: Node, family: str, number: int) -> Place:
    core = mark.number if mark.number.isascii() and mark.form != "word" else str(number)
    return Place(parent, family, number, mark.number, core.replace(" ", "").replace(".", "_"))


def _open(mark: Enumerator, family: str, path: Sequence[Node], text: str) -> Place | None:
    """A new list: below what announces it with a colon, else below the innermost clause."""
    inner = path[-1]
    announced = announces(inner, text)
    running = [
        node
        for node in path
        if node.family == family
        and (node.form == mark.form or family not in ("number", "double", "han"))
    ]
    if sum(node.kind in ITEMS for node in path) >= _DEEPEST:
        deepest = next(node for node in reversed(path) if node.kind in ITEMS)
        return _sibling(mark, deepest, family, 1)
    if inner.family == DASH and not announced:
        # Letters behind dashes go on beside the list of dashes.
        assert inner.parent is not None
        return _placed(mark, inner.parent, family, 1)
    if inner.kind == "paragraph-text":
        assert inner.parent is not None
        # A definition keeps its points; another announcing text does if the list is a second one.
        defines = text.startswith(_QUOTES, inner.body)
        parent = inner if announced and (defines or family in inner.parent.lasts) else inner.parent
        return _placed(mark, parent, family, 1)
    if announced or not inner.has_words:
        return _placed(mark, inner, family, 1)
    if running:
        return _sibling(mark, running[-1], family, 1)
    plain = family == "number" and mark.form not in ("()", ")", "°")
    if inner.kind in ITEMS and (mark.form == "§" or (plain and not _paragraphed(path))):
        # "1." behind points that began without a paragraph: the article's first paragraph
        return _placed(mark, _holder(path), family, 1)
    return _placed(mark, inner, family, 1)


def _paragraphed(path: Sequence[Node]) -> bool:
    """Whether the article has numbered paragraphs, so that another list of numbers lies deeper."""
    return "number" in _holder(path).lasts


def _irregular(
    mark: Enumerator,
    items: Sequence[Node],
    path: Sequence[Node],
    upcoming: Callable[[], Sequence[Enumerator]],
) -> Place | None:
    """A number that follows none: a gap, a repetition, or a list whose beginning is missing."""
    sure = mark.firm or (mark.form == "." and mark.readings[0][0] == "number")
    if not sure:
        return None
    for item in items:
        for family, number in mark.readings:
            if (
                item.family == family
                and item.form == mark.form
                and -LARGEST_GAP <= number - item.place <= LARGEST_GAP
            ):
                return _sibling(mark, item, family, number)
    family, number = mark.readings[0]
    if any(item.family == family and item.form == mark.form for item in items):
        return None
    if number > 2 and not _continues(mark, family, upcoming):
        return None
    inner = path[-1]
    parent = inner
    if inner.kind == "paragraph-text" and inner.parent is not None:
        parent = inner.parent
    if family == "number" and mark.form != "()":
        parent = _holder(path)
    return _placed(mark, parent, family, number)


def _decimal(
    mark: Enumerator, path: Sequence[Node], upcoming: Callable[[], Sequence[Enumerator]]
) -> Place | None:
    """Read "9.1" as paragraph 1 of article 9, or as the first point of paragraph 9."""
    whole, _, part = mark.number.rpartition(".")
    last = int(part)
    for node in reversed(path):
        if whole not in (node.token, node.number) or not node.number:
            continue
        family = "number" if node.kind == "article" else "decimal"
        before = node.lasts.get(family)
        # "1.5 million" in article 1 follows no "1.4".
        if last == (before.place if before else 0) + 1:
            # Below paragraph "9.2" of article 9 the number 9.2.1 is point 1.
            within = node.kind == "article" or node.token != node.number.replace(".", "_")
            token = part if within else mark.number.replace(".", "_")
            return Place(node, family, last, mark.number, token)
    if last != 1:
        # "1.2" behind a "1.1" that stands below no "1."
        before_it = f"{whole}.{last - 1}"
        for item in _open_items(path):
            if item.family == "decimal" and item.number == before_it and item.parent:
                token = mark.number.replace(".", "_")
                return Place(item.parent, "decimal", last, mark.number, token)
        return None
    # "2.1" where no "2." stands: as deep as the decimals before it
    following = f"{whole}.2"
    if not any(other.form == "n.n" and other.number == following for other in upcoming()):
        return None
    depth = mark.number.count(".")
    for node in reversed(path):
        if node.family == "decimal" and node.number.count(".") == depth and node.parent:
            return Place(node.parent, "decimal", 1, mark.number, mark.number.replace(".", "_"))
    return Place(_holder(path), "decimal", 1, mark.number, mark.number.replace(".", "_"))
