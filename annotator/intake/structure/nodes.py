"""The clause tree while it grows, before its clauses have names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.model import ClauseKind

ITEMS = frozenset({"paragraph", "point", "subpoint"})
# The family of the items that a dash opens.
DASH = "dash"


@dataclass(slots=True, eq=False)
class Node:
    """A clause in the making. Offsets mean what they mean in `model.Clause`.

    `word` tells a title from a section, which share a kind, and a principle from an article;
    `family`, `form` and `place` say which list an item belongs to and where in it; `level` and
    `indent` are its block's.
    """

    kind: ClauseKind
    start: int
    body: int
    number: str = ""
    token: str = ""
    heading: str = ""
    word: str = ""
    own_end: int = -1
    family: str = ""
    form: str = ""
    place: int = 0
    level: int = 0
    indent: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    # The latest item of each list among the children, to be gone on with behind words in between.
    lasts: dict[str, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin without words of its own."""
        if self.own_end < 0:
            self.own_end = self.body

    @property
    def has_words(self) -> bool:
        """Whether it has words of its own."""
        return self.body < self.own_end

    @property
    def end(self) -> int:
        """The end of its last words or of its last child."""
        node = self
        while node.children:
            node = node.children[-1]
        return node.own_end

    def add(self, child: Node) -> Node:
        """Append the child and return it."""
        child.parent = self
        self.children.append(child)
        if child.family:
            self.lasts[child.family] = child
        return child

    def walk(self) -> Iterator[Node]:
        """Yield its descendants in text order, without itself."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def ancestors(self) -> Iterator[Node]:
        """Yield the node itself, its parent and so on, up to the root."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent
