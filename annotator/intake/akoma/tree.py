"""Elements -> lines of text and the nodes of the clause tree, named as those of any other form."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from annotator.intake.akoma import inline, numbering
from annotator.intake.akoma.lines import ITEM_NAMES, Lines, is_short
from annotator.intake.akoma.markup import inner_document, name
from annotator.intake.akoma.writer import Writer
from annotator.intake.structure import dashes, marks
from annotator.intake.structure.nodes import DASH, ITEMS, Node
from annotator.model import ClauseKind

# The divisions above articles: the kind of clause, and the word it is cited by.
_DIVISIONS: dict[str, tuple[ClauseKind, str]] = {
    "part": ("part", "part"),
    "book": ("part", "book"),
    "tome": ("part", "book"),
    "subpart": ("part", "subpart"),
    "chapter": ("chapter", "chapter"),
    "subchapter": ("chapter", "subchapter"),
    "section": ("section", "section"),
    "division": ("section", "division"),
    "subdivision": ("section", "division"),
    "title": ("section", "title"),
    "subtitle": ("section", "subtitle"),
    "debateSection": ("section", "section"),
}
_QUOTED = ("quotedStructure", "embeddedStructure")
_ANNEXES = ("attachment", "component", "doc", "act", "bill", "statement", "amendment")
_ANNEX_NAMES = ("annex", "annexe", "schedule", "appendix", "anexo", "allegato")
_HEADS = ("num", "heading", "subheading")
_BARE_ANNEX = 200


class Reader:
    """Reads one document into the text of `out` and the tree of `root`."""

    def __init__(self, document: Element, annexes: Sequence[Element]) -> None:
        self.out = Writer()
        self.root = Node("part", 0, 0, word="root")
        self.lines = Lines([document, *annexes])
        self._document(document)
        for annex in annexes:
            self._annex(annex, self.root)

    # Documents and their annexes

    def _document(self, document: Element) -> None:
        annexes: list[Element] = []
        for part in document:
            kind = name(part)
            if kind == "preface":
                self._preface(part)
            elif kind == "preamble":
                self._preamble(part)
            elif kind == "conclusions":
                for line in self.lines.of(part):
                    start, end = self.out.put(line)
                    text = Node("paragraph-text", start, start, own_end=end, word="conclusions")
                    self.root.add(text)
            elif kind in ("attachments", "components"):
                annexes += part
            elif kind not in inline.DROPPED:
                self._flow(part, self.root)
            elif kind != "meta":
                self.lines.counts[inline.DROPPED[kind]] += 1
        for annex in annexes:
            if name(annex) in _ANNEXES:
                self._annex(annex, self.root)

    def _preface(self, preface: Element) -> None:
        for part in preface:
            if name(part) == "formula":
                self._preamble(part)
            else:
                for words in self.lines.of(part):
                    self.out.put(words, level=1)

    def _preamble(self, preamble: Element) -> None:
        last = self.root.children[-1] if self.root.children else None
        if last is None or last.kind != "preamble":
            last = self.root.add(self._node("preamble", "preamble"))
        self._flow(preamble, last)
        self._drop_if_empty(last)
        self._head_preamble(last)

    def _head_preamble(self, node: Node) -> None:
        """The word "Preamble" on its first line is its heading and no words of it."""
        found = marks.heading(self.out.line(node.start))
        if found is None or found.kind != "preamble" or found.rest or node.body > node.start:
            return
        end = node.start + len(self.out.line(node.start))
        first = node.children[0] if node.children else None
        if first and first.start == node.start:
            # A cross-heading has taken in what follows it.
            node.children[:1] = first.children
            for inner in first.children:
                inner.parent = node
            if first.has_words and first.body > first.start:
                text = Node("paragraph-text", first.body, first.body, own_end=first.own_end)
                node.children.insert(0, text)
                text.parent = node
        node.body = node.own_end = end
        only = node.children[0] if len(node.children) == 1 else None
        if only and only.kind == "paragraph-text" and not only.children:
            node.body, node.own_end = only.body, only.own_end
            node.children.clear()

    def _annex(self, element: Element, above: Node) -> None:
        """An annex: its number and heading stand in it, or in the preface of the text it holds."""
        self.out.release(above)
        inner = inner_document(element)
        heads = [part for part in element if name(part) in (*_HEADS, "preface")]
        if inner is not None and inner is not element:
            heads += [part for part in inner if name(part) == "preface"]
        lines = [line for part in heads for line in self.lines.of(part)]
        node = above.add(self._node("annex", "annex"))
        if any(line.lower().startswith("schedule") for line in lines[:1]):
            node.word = "schedule"
        for words in lines:
            self._annex_head(words, node)
        placed = set(map(id, heads))
        for part in inner if inner is not None else element:
            if id(part) not in placed:
                self._place(part, node)
        self._drop_if_empty(node)

    def _annex_head(self, words: str, node: Node) -> None:
        found = marks.heading(words, explicit=True)
        plain = len(words) <= _BARE_ANNEX and not words.endswith((";", ","))
        opened = node.start < self.out.next
        if node.has_words or (opened and not plain):
            self.out.words(words, node)
            return
        _, end = self.out.put(words, level=2)
        node.body = node.own_end = end
        if found and found.kind == "annex" and not opened:
            node.number, node.token, node.heading = found.number, found.token, found.rest
        elif not node.heading:
            node.heading = words

    # Clauses

    def _flow(self, element: Element, node: Node) -> None:
        """What the element holds, into the node: its lines and the clauses below it.

        A cross-heading holds what follows it up to the next.
        """
        held = [element.text or ""]
        under = node
        for part in element:
            if part not in self.lines:
                held += inline.inline(part, self.lines.counts)
            else:
                self._spill(held, under)
                if _is_cross_heading(part):
                    under = self._cross_heading(part, node)
                else:
                    self._place(part, under)
            held.append(part.tail or "")
        self._spill(held, under)

    def _spill(self, held: list[str], node: Node) -> None:
        """Write the words between two block elements."""
        if any(map(str.strip, held)):
            self.out.words("".join(held), node)
        held.clear()

    def _place(self, part: Element, node: Node) -> None:
        """Put an element in its place below the node."""
        kind = name(part)
        called = (part.get("name") or "").lower()
        if kind in inline.DROPPED:
            self.lines.counts[inline.DROPPED[kind]] += kind != "meta"
        elif part.get("status") == "editorial" and not any(self.lines.head(part)):
            self.lines.counts["editorial note"] += 1
        elif kind == "article" or (kind == "hcontainer" and called == "article"):
            self._clause(part, node, "article", "article")
        elif kind == "tblock" and any(name(inner) == "heading" for inner in part):
            self._clause(part, node, "section", "section")
        elif kind in _DIVISIONS:
            self._clause(part, node, *_DIVISIONS[kind])
        elif kind in _ANNEXES or (kind == "hcontainer" and called in _ANNEX_NAMES):
            self._annex(part, node)
        elif kind == "hcontainer" and called in _DIVISIONS:
            self._clause(part, node, *_DIVISIONS[called])
        elif kind == "hcontainer" and _holds_articles(part):
            self._clause(part, node, "section", "division")
        elif kind in ITEM_NAMES:
            self._item(part, node)
        elif kind in _QUOTED:
            self._quoted(part, node)
        elif kind == "table":
            for row in self.lines.rows(part):
                self.out.words(row, self._under(node))
        elif part in self.lines and self.lines.holds_lines(part):
            self._flow(part, node)
        else:
            self.out.words(self.lines.words(part), node)

    def _clause(self, element: Element, above: Node, kind: ClauseKind, word: str) -> None:
        """An article or division, with its number and heading on lines of their own."""
        self.out.release(above)
        num, heading = self.lines.head(element)
        other = numbering.rule(num)
        if other:
            kind, word = "article", other
        node = above.add(self._node(kind, word))
        if num:
            number = numbering.of_division(num)
            node.number, node.token = number.number, number.token
        elif kind != "article":
            node.kind, node.word = "section", ""
        node.heading = heading
        subheadings = [self.lines.words(part) for part in element if name(part) == "subheading"]
        short = is_short(num)
        lines = [f"{num} {heading}".strip()] if short else [num, heading]
        if short and not heading and not subheadings:
            # "5." and the section's words: the number waits for them.
            lines, node.form = [], num
        for line in filter(None, [*lines, *subheadings]):
            node.body = node.own_end = self.out.put(line, level=3)[1]
        self._below(element, node)
        self.out.release(node)
        if kind != "article" and not num and not heading:
            self._dissolve(node)
        else:
            self._drop_if_empty(node)

    def _item(self, element: Element, above: Node) -> None:
        """A numbered clause below an article; one without a number is text of what it stands in."""
        num, heading = self.lines.head(element)
        if not any(map(str.isalnum, num)):
            self._unnumbered(element, above, num, heading)
            return
        if above.kind not in (*ITEMS, "article") and numbering.rule(num):
            self._clause(element, above, "article", "article")
            return
        self.out.release(above)
        parent = self._list_parent(above, num)
        number = numbering.of_item(num, parent)
        node = self._node(_item_kind(parent, number.family, name(element)), "")
        parent.add(node)
        parent.lasts[number.family] = node
        node.number, node.token = number.number, number.token
        node.family, node.place, node.heading = number.family, number.place, heading
        # The number waits for the words that stand behind it on its line.
        node.form = num
        if heading:
            line = f"{num} {heading}"
            node.form = ""
            node.body = node.own_end = self.out.put(line, level=4)[1]
        self._below(element, node)
        self.out.release(node)

    def _unnumbered(self, element: Element, above: Node, mark: str, heading: str) -> None:
        """Text of what it stands in; an indent, where a dash stands in place of a number."""
        if heading:
            self.out.words(heading, above)
        indent = above.kind != "preamble" and above.word != "root"
        if indent and (dashes.is_dash(mark) or (name(element) == "indent" and not mark)):
            self._indent(element, above, mark)
            return
        if not mark:
            self._below(element, above)
            return
        before = len(self.out.blocks)
        lines = [
            line for part in element if name(part) not in _HEADS for line in self.lines.of(part)
        ]
        for line in lines:
            begins = len(self.out.blocks) == before
            self.out.words(f"{mark} {line}" if begins else line, above)

    def _indent(self, element: Element, above: Node, mark: str) -> None:
        self.out.release(above)
        node = self._node(_item_kind(above, DASH, name(element)), "")
        node.place = dashes.number(above)
        node.family, node.number, node.token = DASH, mark or "–", str(node.place)
        above.add(node)
        node.form = mark
        self._below(element, node)
        self.out.release(node)
        self._drop_if_empty(node)

    def _list_parent(self, above: Node, num: str) -> Node:
        """A second list with the same marks belongs to the text that announces it."""
        last = above.children[-1] if above.children else None
        if last is None or last.kind != "paragraph-text" or last.word:
            return above
        number = numbering.of_item(num, last)
        return last if number.place == 1 and number.family in above.lasts else above

    def _under(self, node: Node) -> Node:
        self.out.release(node)
        return node

    def _cross_heading(self, element: Element, above: Node) -> Node:
        """A heading without a number, with the clauses in it or behind it."""
        self.out.release(above)
        heading = self.lines.head(element)[1] or self.lines.words(element)
        if not heading:
            return above
        start, end = self.out.put(heading, level=3)
        node = above.add(Node("section", start, end, heading=heading))
        if name(element) != "crossHeading":
            self._below(element, node)
        return node

    def _below(self, element: Element, node: Node) -> None:
        under = node
        for part in element:
            if name(part) in _HEADS:
                continue
            if _is_cross_heading(part):
                under = self._cross_heading(part, node)
            else:
                self._place(part, under)
                if part.tail and part.tail.strip():
                    self.out.words(part.tail, under)

    def _quoted(self, element: Element, node: Node) -> None:
        """Another law's articles, quoted: words of this clause, and no articles of this law."""
        lines = [line for part in element for line in self.lines.of(part)]
        if lines:
            lines[0] = element.get("startQuote", "") + lines[0]
            lines[-1] += element.get("endQuote", "")
        for line in lines:
            self.out.words(line, node)

    # Nodes

    def _node(self, kind: ClauseKind, word: str) -> Node:
        return Node(kind, self.out.next, self.out.next, word=word)

    def _drop_if_empty(self, node: Node) -> None:
        if node.start == self.out.next and node.parent:
            node.parent.children.pop()

    def _dissolve(self, node: Node) -> None:
        """A division without number and heading is none: its clauses go up."""
        above = node.parent
        assert above is not None, "only clauses that stand below another are dissolved"
        above.children.pop()
        if node.has_words:
            node.kind = "paragraph-text"
            above.add(node)
        for inner in node.children:
            above.add(inner)
        if node.has_words:
            node.children = []


def _item_kind(parent: Node, family: str, called: str) -> ClauseKind:
    """As in other forms: numbers make paragraphs and letters points, whatever they are called."""
    above = {node.kind for node in parent.ancestors()}
    if "point" in above or "subpoint" in above:
        return "subpoint"
    counted = family in ("number", "other") or (family == "han" and called == "paragraph")
    return "paragraph" if counted and not ITEMS & above else "point"


def _is_cross_heading(element: Element) -> bool:
    called = (element.get("name") or "").lower()
    return name(element) == "crossHeading" or (
        name(element) == "hcontainer" and called.startswith("crosshead")
    )


def _holds_articles(element: Element) -> bool:
    return any(name(inner) == "article" or name(inner) in _DIVISIONS for inner in element.iter())
