"""The text of a document while it grows, line by line, with the nodes that its lines belong to."""

from __future__ import annotations

from annotator.intake.akoma import inline
from annotator.intake.blocks import Block
from annotator.intake.structure.nodes import ITEMS, Node

GAP = "\n\n"


class Writer:
    """Lines one empty line apart, as every other form has them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._starts: dict[int, str] = {}
        self._at = 0

    @property
    def text(self) -> str:
        """What has been written."""
        return GAP.join(self._parts)

    @property
    def next(self) -> int:
        """Where the next line begins."""
        return self._at

    def line(self, start: int) -> str:
        """The line that begins there, "" where none does."""
        return self._starts.get(start, "")

    def put(self, line: str, level: int = 0) -> tuple[int, int]:
        """Write a line that is not empty; its place in the text. `level` as in `blocks.Block`."""
        start, end = self._at, self._at + len(line)
        self._parts.append(line)
        self._starts[start] = line
        self.blocks.append(Block(start, end, level=level))
        self._at = end + len(GAP)
        return start, end

    def words(self, line: str, node: Node) -> None:
        """Write a line of the node's own words, or a text block below it where it has some already.

        The line of a numbered clause begins with its number. Two blocks of an article are text
        blocks both; a point keeps its first as its own.
        """
        line = inline.line(line)
        if not line:
            return
        held = node.form
        if held:
            start, end = self.put(f"{held} {line}")
            node.form = ""
            node.start, node.body, node.own_end = start, start + len(held) + 1, end
            return
        start, end = self.put(line)
        if not node.has_words and not node.children and node.word != "root":
            node.body, node.own_end = start, end
            return
        if node.kind not in ITEMS and node.has_words and not node.children:
            first = Node("paragraph-text", node.body, node.body, own_end=node.own_end)
            node.add(first)
            node.body = node.own_end = self._head_end(node)
        node.add(Node("paragraph-text", start, start, own_end=end))

    def release(self, node: Node) -> None:
        """Write the number of a clause that has no words of its own before its first child."""
        if node.form:
            node.start, end = self.put(node.form)
            node.form = ""
            node.body = node.own_end = end

    def _head_end(self, node: Node) -> int:
        """Where its number and heading end: on the line of its words, or on one before."""
        if node.body == node.start:
            return node.start
        return node.body - (len(GAP) if node.body in self._starts else 1)
