"""What a reviewer is told where the structure of a text is doubtful, one plain line each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from annotator.intake.structure import numerals
from annotator.intake.structure.nodes import ITEMS, Node

_SHOWN = 5
# Hardly a paragraph of any treaty is as long, in characters; a whole article often is.
_LONGEST = 6000
_FEWEST = 3
_Key = tuple[str, str, int]
_NUMBER = re.compile(r"(\d+|[IVXLCDM]+(?![\w-]))(?:-(\d+))?")


def doubts(root: Node, citations: Mapping[int, str], repeated: Sequence[str]) -> list[str]:
    """Warnings that name clauses by their citations, given by the `id` of their nodes.

    They tell numbers that come twice, are missing or stand out of order, articles without words,
    clauses too long to be one, and texts in which nothing was found to cite.
    """
    nodes = list(root.walk())
    told = []
    if repeated:
        told.append(
            f"numbers come twice: {_listed(repeated)}: check whether the text holds two "
            "versions, or is missing a heading"
        )
    empty = [
        node
        for node in nodes
        if node.kind == "article" and not node.has_words and not node.children
    ]
    if empty:
        names = _listed([citations[id(node)] for node in empty])
        told.append(f"articles are without words: {names}: check the source")
    gaps, turned = _sequence(nodes, citations)
    if gaps:
        told.append(f"numbers are missing: {_listed(gaps)}: check the source")
    if turned:
        told.append(f"numbers stand out of order: {_listed(turned)}: check the source")
    long = [
        f"{citations[id(node)]} ({node.own_end - node.body:,} characters)"
        for node in nodes
        if node.own_end - node.body > _LONGEST and not node.word
    ]
    if long:
        told.append(f"clauses are very long: {_listed(long)}: check whether they hold several")
    words = sum(node.has_words for node in nodes)
    if words >= _FEWEST and all(node.kind in ("paragraph-text", "preamble") for node in nodes):
        told.append(
            "no articles, sections or numbered paragraphs were found: check whether the text is "
            "a treaty or law"
        )
    return told


def _sequence(nodes: Sequence[Node], citations: Mapping[int, str]) -> tuple[list[str], list[str]]:
    """Where numbers leave a gap, and where they go back, in text order."""
    numbered = list(_numbered(nodes))
    there: dict[_Key, set[int]] = {}
    for key, _, first, end in numbered:
        there.setdefault(key, set()).update((first, end))
    gaps: list[str] = []
    turned: list[str] = []
    last: dict[_Key, tuple[int, Node]] = {}
    for key, node, first, end in numbered:
        here = citations[id(node)]
        before, other = last.get(key, (0, None))
        missing = first > before + 1 and before + 1 not in there[key]
        if first > before or first == 1:
            last[key] = (end, node)
        elif first < before and not here.endswith("]"):
            turned.append(f"{here} follows {citations[id(other)]}")
        if missing and other is None and node.kind in ITEMS:
            if node.form == "１" and first == 2:
                continue  # The first paragraph of a Japanese article has no number.
            gaps.append(f"{here} begins its list")
        elif missing and other is not None and not _new_hundred(first, before):
            gaps.append(f"{here} follows {citations[id(other)]}")
    return gaps, turned


def _numbered(nodes: Sequence[Node]) -> Iterator[tuple[_Key, Node, int, int]]:
    """Each numbered clause with the list it counts in, its first and its last number."""
    scope: Node | None = None
    for node in nodes:
        if node.kind == "annex":
            scope = node
        if node.kind in ITEMS:
            # Paragraphs may be numbered through under all headings.
            through = node.kind == "paragraph" and _is_division(node.parent)
            where = id(scope) if through else id(node.parent)
            yield (node.family, node.kind, where), node, node.place, node.place
        elif node.kind == "article" or (node.word == "section" and node.number):
            first, end = _articles(node)
            if first:
                yield (node.kind, node.word, id(scope)), node, first, end


def _is_division(node: Node | None) -> bool:
    return node is not None and (node.kind in ("part", "chapter", "section") or not node.parent)


def _articles(node: Node) -> tuple[int, int]:
    """The first and last number that an article counts for: "8-10" for three; 0 for none."""
    found = _NUMBER.match(node.token)
    if not found:
        return 0, 0
    first = numerals.value(found.group(1))
    return first, int(found.group(2) or first)


def _new_hundred(number: int, before: int) -> bool:
    """Whether a new title begins its numbers at 101, 201 and so on."""
    return number % 100 == 1 and number // 100 > before // 100


def _listed(names: Sequence[str]) -> str:
    counted = Counter(names)
    shown = ", ".join(list(counted)[:_SHOWN])
    more = len(counted) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
