"""Which list a number at the start of a paragraph continues, opens or only seems to.

`(i)` may follow `(h)` or open a Roman list; `1.` may begin again; `(a) above` is no item at all.
The open lists, from the innermost outwards, and the paragraphs that follow decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotator.intake.marks import Enumerator
from annotator.intake.nodes import ITEMS, Node

LARGEST_GAP = 10
_LETTERS = ("letter", "LETTER", "cyrillic", "abjad")


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
) -> Place | None:
    """The place of a numbered paragraph, None where it is a paragraph that only looks numbered.

    `path` runs from the root to the innermost open clause. `joined` paragraphs continue a line of
    a hard-wrapped text and need the exact next number. `upcoming` gives the numbers that follow in
    the same article.
    """
    items = [node for node in reversed(path) if node.kind in ITEMS]
    if mark.form == "n.n":
        return _decimal(mark, path)
    found = _next(mark, items)
    if found is not None:
        if found[1:] == ("letter", 9) and _roman_follows(mark, upcoming):
            return _open(mark, "roman", path, text)
        return _sibling(mark, *found)
    if mark.bis:
        for item in items:
            for family, number in mark.readings:
                if (item.family, item.place) == (family, number):
                    return _sibling(mark, item, family, number)
    first = _first(mark)
    if first is not None:
        # "A. Smith" and a lone "1" are no lists; "1. Each Party" is one even without a second.
        doubtful = not mark.firm and (mark.form == "n" or first != "number")
        if doubtful and not _continues(mark, first, upcoming):
            return None
        return _open(mark, first, path, text)
    return None if joined else _irregular(mark, items, path, upcoming)


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
    # Letters are set "a)" here and "(a)" there in one list; "1." and "(1)" are two lists.
    return family.lower() in _LETTERS or {form, other} <= {".", "n", "n.n"}


def _first(mark: Enumerator) -> str | None:
    """The family of list that the mark can open: letters for "a", Roman numerals for "i"."""
    firsts = [family for family, number in mark.readings if number == 1]
    return firsts[-1] if firsts else None


def _continues(mark: Enumerator, family: str, upcoming: Callable[[], Sequence[Enumerator]]) -> bool:
    wanted = next(number for name, number in mark.readings if name == family) + 1
    return any(
        (family, wanted) in other.readings and _alike(family, mark.form, other.form)
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
    core = mark.number if mark.number.isascii() else str(number)
    return Place(parent, family, number, mark.number, core.replace(" ", "").replace(".", "_"))


def _open(mark: Enumerator, family: str, path: Sequence[Node], text: str) -> Place | None:
    """A new list: below what announces it with a colon, else below the innermost clause."""
    inner = path[-1]
    announced = inner.has_words and text[inner.body : inner.own_end].endswith((":", "：", "—", "–"))
    running = [
        node
        for node in path
        if node.family == family and (node.form == mark.form or family != "number")
    ]
    if inner.kind == "paragraph-text":
        assert inner.parent is not None
        taken = any(child.family == family for child in inner.parent.children)
        parent = inner if announced and taken else inner.parent
        return _placed(mark, parent, family, 1)
    if announced or not inner.has_words:
        return _placed(mark, inner, family, 1)
    if running:
        return _sibling(mark, running[-1], family, 1)
    if family == "number" and mark.form != "()" and inner.kind in ITEMS:
        # "1." behind points that began without a paragraph: the article's first paragraph
        parent = next(node for node in reversed(path) if node.kind not in ITEMS)
        return _placed(mark, parent, family, 1)
    return _placed(mark, inner, family, 1)


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
        parent = next(
            node for node in reversed(path) if node.kind not in (*ITEMS, "paragraph-text")
        )
    return _placed(mark, parent, family, number)


def _decimal(mark: Enumerator, path: Sequence[Node]) -> Place | None:
    """Read "9.1" as paragraph 1 of article 9, or as the first point of paragraph 9."""
    whole, _, part = mark.number.partition(".")
    for node in reversed(path):
        if node.kind not in ("article", "paragraph") or node.token != whole:
            continue
        family = "number" if node.kind == "article" else "decimal"
        before = max((child.place for child in node.children if child.family == family), default=0)
        # "1.5 million" in article 1 follows no "1.4".
        if int(part) == before + 1:
            token = part if node.kind == "article" else mark.number.replace(".", "_")
            return Place(node, family, int(part), mark.number, token)
    return None
