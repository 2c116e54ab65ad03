"""A document's clauses as the lines a reader sees, each with a role and a depth, and back again.

The tree of clauses and this list say the same: a line belongs to the nearest line above it that
lies less deep. A person corrects lines (`correct`); names are given to the tree made of them by
`citation`, as for every other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from annotator.intake import news
from annotator.intake.blocks import Block
from annotator.intake.news import WORD
from annotator.intake.structure import citation, dashes, numerals
from annotator.intake.structure.nodes import DASH, ITEMS, Node
from annotator.model import Clause, ClauseKind, Document

Role = Literal[
    "preamble",
    "part",
    "title",
    "chapter",
    "section",
    "article",
    "annex",
    "paragraph",
    "point",
    "subpoint",
    "text",
    "closing",
    "outside",
]

# The stronger comes first; a line never holds a stronger one.
RANKS: dict[Role, int] = {
    "preamble": 0, "annex": 0, "closing": 0, "part": 1, "title": 2, "chapter": 3, "section": 4,
    "article": 5, "paragraph": 6, "point": 7, "subpoint": 8, "text": 9, "outside": 10,
}  # fmt: skip
DIVISION_ROLES = frozenset({"part", "title", "chapter", "section"})
HEADS = DIVISION_ROLES | {"preamble", "article", "annex"}
_ANNOUNCING = (":", "：", "—", "–")
_EMPTY_LINE = re.compile(r"\n\s*\n")
# "rule 5", "disposición transitoria 1 bis": what stands before the number
_CALLED = re.compile(r"(.+?) (?:[\dIVXLC].*|\S+)\Z")
_REPEATED = re.compile(r" \[(\d+)\]\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """`text[start:end]`, trimmed, with what it is in the tree.

    A head (an article, a chapter) is its number and heading alone: what the clause says itself
    follows as a line of `text`. `words` is where a head's heading and an item's words begin. A head
    without a character of its own, as of a preamble that no heading opens, begins where the next
    line does. `number` is "" where an item is counted by its place.
    """

    start: int
    words: int
    end: int
    role: Role
    depth: int = 0
    number: str = ""
    token: str = ""
    heading: str = ""
    word: str = ""

    @property
    def empty(self) -> bool:
        """Whether no character of the text is its own."""
        return self.start == self.end


def lines(document: Document) -> tuple[Line, ...]:
    """Every line of the document in text order; what is in no clause is `outside`."""
    found: list[Line] = []
    depths: dict[str | None, int] = {None: -1}
    at = 0
    for clause in document.clauses:
        depth = depths[clause.eid] = depths[clause.parent] + 1
        for line in _of_clause(document, clause, depth):
            found += _outside(document.text, at, line.start)
            found.append(line)
            at = line.end
    found += _outside(document.text, at, len(document.text))
    return tuple(found)


def settled(text: str, given: Sequence[Line], *, kind: str) -> list[Line]:
    """The lines with depths that make a tree, whatever depths they come with.

    Heads without a character of their own go to the line they open, or go. In a news item a line
    without a word is in no clause.
    """
    stack: list[tuple[int, Line]] = []
    found: list[Line] = []
    for line in _opening(given):
        if kind == "news" and not WORD.search(text, line.start, line.end):
            line = replace(line, role="outside")
        if line.role == "outside":
            found.append(replace(line, depth=0))
            continue
        while stack and not (stack[-1][0] < line.depth and holds(text, stack[-1][1], line, kind)):
            stack.pop()
        found.append(replace(line, depth=len(stack)))
        stack.append((line.depth, line))
    return found


def holds(text: str, above: Line, line: Line, kind: str = "treaty") -> bool:
    """Whether a line may lie directly under another."""
    if kind == "news":
        return above.role == "section" and line.role == "paragraph"
    if line.role in ("preamble", "annex", "closing") or above.role in ("closing", "outside"):
        return False
    item = line.role in ITEMS
    if above.role == "text":
        # Only words that announce a list have one.
        return item and text[above.start : above.end].endswith(_ANNOUNCING)
    if above.role in DIVISION_ROLES or above.role == "annex":
        return True
    return item or line.role == "text"


def clauses(text: str, given: Sequence[Line], *, kind: str) -> tuple[tuple[Clause, ...], list[str]]:
    """The clauses that settled lines make, with their eIds and citations, and warnings."""
    inside = [line for line in given if line.role != "outside"]
    if kind == "news":
        blocks = [Block(one.start, one.end, level=int(one.role == "section")) for one in inside]
        return news.clauses(text, blocks, guess=False), []
    return citation.clauses(tree(text, inside))


def tree(text: str, given: Iterable[Line]) -> Node:
    """The root over the lines' nodes, each with its words; no line given may be `outside`."""
    root = Node("part", 0, 0, word="root")
    path: list[tuple[int, Node]] = [(-1, root)]
    for line in given:
        while path[-1][0] >= line.depth:
            path.pop()
        parent = path[-1][1]
        path.append((line.depth, parent.add(_node(line, parent))))
    for node in list(root.walk()):
        _take_words(text, node)
    return root


def reading(number: str, before: tuple[str, int] | None = None) -> tuple[str, int]:
    """The list that a number belongs to and its place there, next to the item before it.

    >>> reading("i", ("letter", 8)), reading("i"), reading("2 bis")
    (('letter', 9), ('roman', 1), ('number', 2))
    """
    whole, _, part = number.partition(".")
    if part.isdecimal():
        return ("decimal", int(part))
    core = whole.split(" ")[0]
    found = numerals.readings(core) if core else ()
    if not found:
        return ("", 0)
    if before and (before[0], before[1] + 1) in found:
        return (before[0], before[1] + 1)
    same = [pair for pair in found if before and pair[0] == before[0]]
    firsts = [pair for pair in found if pair[1] == 1]
    return (same or firsts[-1:] or list(found))[0]


def _of_clause(document: Document, clause: Clause, depth: int) -> Iterator[Line]:
    text = document.text
    if clause.indent:
        yield Line(clause.start, clause.body, clause.own_end, "point", depth, clause.number)
        return
    if clause.kind == "paragraph-text":
        named = clause.eid.partition("__")[0]
        role: Role = "closing" if named == "conclusions" else "text"
        word = named if named == "contents" else ""
        yield Line(clause.start, clause.body, clause.own_end, role, depth, word=word)
        return
    token = _token(clause)
    if clause.kind in ITEMS:
        yield Line(
            clause.start,
            clause.body,
            clause.own_end,
            cast(Role, clause.kind),
            depth,
            clause.number,
            token,
        )
        return
    head_end = clause.start + len(text[clause.start : clause.body].rstrip())
    heading_at = text.rfind(clause.heading, clause.start, head_end) if clause.heading else -1
    word = _word(clause)
    yield Line(
        clause.start,
        heading_at if heading_at >= 0 else head_end,
        head_end,
        "title" if word == "title" else cast(Role, clause.kind),
        depth,
        clause.number,
        token,
        clause.heading,
        word,
    )
    if clause.reviewable:
        yield Line(clause.body, clause.body, clause.own_end, "text", depth + 1)


def _word(clause: Clause) -> str:
    """What an article or division calls itself, by its eId and citation: a rule, a schedule."""
    short = clause.eid.rsplit("__", 1)[-1].partition("_")[0]
    said = _REPEATED.sub("", clause.citation).rsplit(", ", 1)[-1]
    if clause.kind == "article":
        called = _CALLED.match(said)
        return called.group(1) if called and called.group(1) != "art." else ""
    if short == "att":
        return "attachment"
    words = (word for word, names in citation.SHORT.items() if names[0] == short)
    return next((word for word in words if said.startswith(citation.SHORT[word][1])), "")


def _token(clause: Clause) -> str:
    """The number as the clause's eId has it, without the count of a repeated one."""
    if not clause.number:
        return ""
    if clause.kind == "article":
        return clause.article or ""
    token = clause.eid.rsplit("__", 1)[-1].partition("_")[2]
    repeated = _REPEATED.search(clause.citation)
    return token.removesuffix(f"_{repeated.group(1)}") if repeated else token


def _outside(text: str, start: int, end: int) -> Iterator[Line]:
    """What lies between two lines of clauses, paragraph by paragraph."""
    at = start
    for gap in [*_EMPTY_LINE.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        words = text[at:stop]
        if words.strip():
            first = at + len(words) - len(words.lstrip())
            yield Line(first, first, at + len(words.rstrip()), "outside")
        at = gap.end() if gap else end


def _opening(given: Sequence[Line]) -> list[Line]:
    """The lines with each empty head before the first line in it, without those that hold none."""
    found: list[Line] = []
    waiting: list[Line] = []
    for line in given:
        if line.empty:
            waiting = [one for one in waiting if one.depth < line.depth]
            waiting.append(line)
            continue
        if line.role != "outside":
            for head in waiting:
                if head.depth < line.depth:
                    at = line.start
                    found.append(replace(head, start=at, words=at, end=at))
            waiting = []
        found.append(line)
    return found


def _node(line: Line, parent: Node) -> Node:
    if line.role in ("text", "closing"):
        word = "conclusions" if line.role == "closing" else line.word
        return Node("paragraph-text", line.start, line.start, own_end=line.end, word=word)
    if line.role in ITEMS:
        return _item(line, parent)
    numbered = line.number or line.role not in DIVISION_ROLES
    word = line.word or (line.role if numbered else "")
    kind: ClauseKind = "section" if line.role == "title" else cast(ClauseKind, line.role)
    return Node(
        kind,
        line.start,
        line.end,
        number=line.number,
        token=line.token,
        heading=line.heading,
        word=word,
    )


def _item(line: Line, parent: Node) -> Node:
    siblings = [
        child for child in parent.children if child.kind == line.role and child.family != DASH
    ]
    before = (siblings[-1].family, siblings[-1].place) if siblings else None
    number, token = line.number, line.token
    family, place = "", 0
    if dashes.is_dash(number):
        dashed = [child for child in parent.children if child.family == DASH]
        family, place = DASH, len(dashed) + 1
    elif number:
        family, place = reading(number, before)
        if family == "decimal" and "_" not in token:
            family = "number"  # "9.1" in article 9 is its paragraph 1
    else:
        # A paragraph without a number is cited by its place.
        family, place = "number", len(siblings) + 1
        number = token = str(place)
    return Node(
        cast(ClauseKind, line.role),
        line.start,
        line.words,
        number=number,
        token=token,
        own_end=line.end,
        family=family,
        place=place,
    )


def _take_words(text: str, node: Node) -> None:
    """Make a clause's first text its own words, unless it has several texts before its items."""
    texts = [child.kind == "paragraph-text" and not child.word for child in node.children[:2]]
    if not texts or not texts[0] or node.kind == "paragraph-text" or node.has_words:
        return
    if node.kind not in ITEMS and all(texts) and len(texts) == 2:
        return
    words, *others = node.children
    if text[node.body : words.start].strip():
        return  # what is left out between the two may not become a part of the heading
    node.body, node.own_end = words.start, words.own_end
    node.children = []
    for child in [*words.children, *others]:
        node.add(child)
