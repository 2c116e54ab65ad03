"""Names for the clauses of a tree: Akoma Ntoso eIds, and the citations a lawyer writes.

An eId follows the Akoma Ntoso naming convention (OASIS, 2018) but carries no ancestors above the
article, so that `art_28__para_4` stays what it is when a chapter is inserted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.intake.structure import dashes
from annotator.intake.structure.doubts import doubts
from annotator.intake.structure.nodes import DASH, ITEMS, Node
from annotator.model import DIVISIONS, Clause

# What each division is called in an eId and in a citation.
SHORT = {
    "part": ("part", "part"),
    "chapter": ("chp", "ch."),
    "section": ("sec", "sec."),
    "title": ("title", "title"),
    "annex": ("annex", "annex"),
    "book": ("book", "book"),
    "subpart": ("subpart", "subpart"),
    "subtitle": ("subtitle", "subtitle"),
    "division": ("division", "division"),
    "subchapter": ("subchp", "subch."),
    "subsection": ("subsec", "subsec."),
    "schedule": ("annex", "schedule"),
    "appendix": ("annex", "appendix"),
}
_ITEM = {"paragraph": "para", "point": "point", "subpoint": "subpoint"}
# A heading that is cited by its words, in characters.
_LONGEST_QUOTED = 120


@dataclass(slots=True)
class _Name:
    eid: str
    citation: str
    article: str | None


class _Namer:
    def __init__(self, units: frozenset[int]) -> None:
        self.units = units
        self.names: dict[int, _Name] = {}
        self.used: dict[str, int] = {}
        self.places: dict[int, tuple[int, int]] = {}
        self.repeated: list[str] = []
        self.cited: dict[str, int] = {}

    def name(self, node: Node) -> _Name:
        parent = node.parent
        assert parent is not None, "the root has no name"
        above = self.names.get(id(parent))
        base, citation, article = self._plain(node, parent, above)
        eid, count = base, self.used.get(base, 0) + 1
        while count > 1 and (eid := f"{base}_{count}") in self.used:
            count += 1
        if count > 1 and (within := self._within(node, above)):
            eid, citation, count = *within, 1
        elif count > 1:
            citation = f"{citation} [{count}]"
            self.repeated.append(citation)
        self.used[base] = count
        self.used.setdefault(eid, 1)
        found = _Name(eid, self._apart(citation), article)
        self.names[id(node)] = found
        return found

    def _apart(self, citation: str) -> str:
        """The citation, counted where another clause bears it: two headings of the same words."""
        told, count = citation, self.cited.get(citation.casefold(), 0) + 1
        while count > 1 and (told := f"{citation} [{count}]").casefold() in self.cited:
            count += 1
        self.cited[citation.casefold()] = count
        self.cited.setdefault(told.casefold(), 1)
        return told

    def _within(self, node: Node, above: _Name | None) -> tuple[str, str] | None:
        """A name by its division, for an article whose number begins anew in each of them."""
        if node.kind != "article" or above is None or node.parent is None:
            return None
        if node.parent.kind not in DIVISIONS or "]" in above.citation:
            return None
        plain = self._plain(node, node.parent, above)
        eid, citation = f"{above.eid}__{plain[0]}", f"{above.citation}, {plain[1]}"
        return None if eid in self.used else (eid, citation)

    def _plain(self, node: Node, parent: Node, above: _Name | None) -> tuple[str, str, str | None]:
        article = above.article if above else None
        if node.kind == "preamble":
            return "preamble", "preamble", None
        if node.kind == "article":
            annex = next((up for up in node.ancestors() if up.kind == "annex"), None)
            scope = self.names.get(id(annex)) if annex else None
            token = node.token or str(self._place(node, parent)[0])
            prefix, lead = (f"{scope.eid}__", f"{scope.citation}, ") if scope else ("", "")
            said = "art." if node.word in ("", "article") else node.word
            short = "art" if said == "art." else _plain_word(said)
            return f"{prefix}{short}_{token}", f"{lead}{said} {_spoken(token)}", token
        if id(node) in self.units:
            above = None
        prefix = f"{above.eid}__" if above else ""
        if node.kind in DIVISIONS or node.kind == "annex":
            return (*self._division(node, parent, prefix, above), article)
        if node.family == DASH:
            lead = f"{above.citation}, " if above else ""
            said = f"{lead}{dashes.ordinal(node.place)} indent"
            return f"{prefix}indent_{node.place}", said, article
        if node.kind in ITEMS:
            return f"{prefix}{_ITEM[node.kind]}_{node.token}", _item(node, parent, above), article
        return (*self._text(node, parent, prefix, above), article)

    def _division(
        self, node: Node, parent: Node, prefix: str, above: _Name | None
    ) -> tuple[str, str]:
        lead = f"{above.citation}, " if above else ""
        if node.word == "attachment":
            return f"att_{self._place(node, parent)[0]}", quoted(node.heading)
        if not node.number and node.kind != "annex":
            place = self._place(node, parent)[0]
            return f"{prefix}hcontainer_{place}", f"{lead}{quoted(node.heading)}"
        short, spoken = SHORT[node.word]
        if node.kind == "annex" and not node.number:
            return f"{prefix}annex", f"{lead}{spoken}"
        token = node.token or str(self._place(node, parent)[0])
        return f"{prefix}{short}_{token}", f"{lead}{spoken} {_spoken(token)}"

    def _text(self, node: Node, parent: Node, prefix: str, above: _Name | None) -> tuple[str, str]:
        place, count = self._place(node, parent)
        if node.word == "contents":
            return f"contents__txt_{place}", "contents" + (f", part {place}" if count > 1 else "")
        if node.word == "conclusions":
            spoken = "closing formula" + (f", para. {place}" if count > 1 else "")
            return f"conclusions__txt_{place}", spoken
        eid = f"{prefix}txt_{place}"
        if above is None:
            return eid, f"text {place}"
        if parent.kind == "preamble":
            return eid, f"{above.citation}, {'text' if parent.lasts else 'para.'} {place}"
        if count == 1 and len(parent.children) > 1 and parent.children[-1] is node:
            return eid, f"{above.citation}, closing words"
        return eid, f"{above.citation}, text {place}"

    def _place(self, node: Node, parent: Node) -> tuple[int, int]:
        """Which of its like it is among its siblings, and how many of them there are."""
        if id(node) not in self.places:
            like: dict[tuple[str, str, bool], list[Node]] = {}
            for child in parent.children:
                like.setdefault((child.kind, child.word, bool(child.number)), []).append(child)
            for group in like.values():
                for place, child in enumerate(group, start=1):
                    self.places[id(child)] = (place, len(group))
        return self.places[id(node)]


def _item(node: Node, parent: Node, above: _Name | None) -> str:
    number = node.number if node.family != "number" or "." not in node.number else node.token
    if node.form == "word" or (node.family == "decimal" and "_" not in node.token):
        number = node.token
    elif above and node.family == "decimal" and parent.kind in ITEMS:
        # "1.2" below "para. 1" is "para. 1.2", and below "art. 3(1)" it is "art. 3(1.2)".
        if above.citation.endswith(f"({parent.number})"):
            return f"{above.citation[: -len(parent.number) - 2]}({number})"
        return f"{above.citation.removesuffix(parent.number)}{number}"
    if above and parent.word == "section" and parent.number:
        # A law without articles is cited by its sections: "sec. 2(1)".
        return f"{above.citation}({number})"
    if above is None or parent.kind in DIVISIONS or parent.kind in ("annex", "preamble"):
        lead = f"{above.citation}, " if above else ""
        return f"{lead}para. {number}" if node.kind == "paragraph" else f"{lead}point ({number})"
    return f"{above.citation}({number})"


def quoted(heading: str) -> str:
    """A heading without a number as it is cited: in quotation marks, shortened where it is long.

    >>> quoted("Licences"), quoted("Licences and " * 20)[-15:]
    ('“Licences”', 'Licences and …”')
    """
    words = " ".join(heading.split())
    if len(words) <= _LONGEST_QUOTED:
        return f"“{words}”"
    short = words[: _LONGEST_QUOTED - 1]
    whole = short.rpartition(" ")[0] or short
    return f"“{whole} …”"


def _plain_word(word: str) -> str:
    """A word for an eId: "règle" gives `regle`."""
    bare = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return re.sub(r"\W+", "_", bare) or "rule"


def _spoken(token: str) -> str:
    """Give "5bis" as it is cited: "5 bis"."""
    found = re.fullmatch(r"(\d+|[IVXLC]+)([a-z]{2,})", token)
    return " ".join(found.groups()) if found else token.replace("_", ".")


def clauses(root: Node) -> tuple[tuple[Clause, ...], list[str]]:
    """The tree's clauses in text order, each with its eId and citation, and warnings.

    A number that comes twice keeps its citation with `[2]` behind it, and its eId ends in `_2`.
    The warnings are those of `doubts`.
    """
    namer = _Namer(_units(root))
    found: list[Clause] = []
    for node in root.walk():
        name = namer.name(node)
        parent = node.parent
        above = namer.names[id(parent)].eid if parent and parent is not root else None
        found.append(
            Clause(
                eid=name.eid,
                citation=name.citation,
                # An indent is no lettered point: it has a place of its own, but no number.
                kind="paragraph-text" if node.family == DASH else node.kind,
                number=node.number,
                heading=node.heading,
                start=node.start,
                end=node.end,
                body=node.body,
                own_end=node.own_end,
                parent=above,
                article=name.article,
            )
        )
    citations = {key: name.citation for key, name in namer.names.items()}
    return tuple(found), doubts(root, citations, namer.repeated)


def _units(root: Node) -> frozenset[int]:
    """The clauses that are named without those above them, where a text has no articles.

    They are the sections of a law that never begin anew, or the paragraphs that are numbered
    through under all headings.
    """
    inner = [
        node
        for node in root.walk()
        if node.number and not any(up.kind in ("annex", "preamble") for up in node.ancestors())
    ]
    if any(node.kind == "article" for node in inner):
        return frozenset()
    paragraphs = [
        node
        for node in inner
        if node.kind == "paragraph" and node.parent and node.parent.kind in DIVISIONS
    ]
    if len({id(node.parent) for node in paragraphs}) > 1 and _never_restart(paragraphs):
        return frozenset(map(id, paragraphs))
    sections = [node for node in inner if node.word == "section"]
    return frozenset(map(id, sections)) if _never_restart(sections) else frozenset()


def _never_restart(nodes: Sequence[Node]) -> bool:
    return len({node.token for node in nodes}) == len(nodes)
