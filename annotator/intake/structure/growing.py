"""The tree of a treaty as it grows: where it stands, and where a block's words go."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from annotator.intake.blocks import Block
from annotator.intake.structure import lists
from annotator.intake.structure.marks import Enumerator
from annotator.intake.structure.nodes import DASH, ITEMS, Node
from annotator.intake.structure.reading import Reading
from annotator.model import DIVISIONS, ClauseKind

_STOPS = (".", ";", ":", ",", "。", "；", "：", "，", "،", "؛")
# Alone above the names of the parties they are the preamble's first word.
_BETWEEN = frozenset({"between", "entre", "zwischen", "tra", "tussen", "между"})
_CLAUSE_ENDS = (*_STOPS, " and", " et", " y", " и", " und", " en", " e")
_LONGEST_FRONT = 200
# "ALT 1", "[Option 2]", "Variante B:", alone on their line
_ALTERNATIVE = re.compile(
    r"\[?(?:alt(?:ernative|ernativa)?|option|opción|variante?|вариант|البديل|备选案文)[\s.:]{0,3}"
    r"(?:\d{1,2}|[a-zа-я]|[ivx]{1,4}|[一二三四五])?[.:]?\]?[.:]?",
    re.I,
)


class Growing:
    """A tree under its root, the path to its innermost open clause, and what has come so far.

    `last` is the clause whose own words came last, `running` the last paragraph that stands in no
    article, `commented` the last one of a commentary; `closing` says that the closing formula has
    begun, `divided` that the body has.
    """

    def __init__(self, text: str, blocks: Sequence[Block], reading: Reading) -> None:
        """Begin with a root without clauses."""
        self.text = text
        self.blocks = blocks
        self.reading = reading
        self.heads = reading.heads
        self.marks = reading.marks
        self.root = Node("part", 0, 0, word="root")
        self.path: list[Node] = [self.root]
        self.last: Node | None = None
        self.running: Node | None = None
        self.commented: Node | None = None
        self.units = 0
        self.closing = False
        self.divided = False
        kinds = [head.kind for head in self.heads if head]
        self.structured = any(kind != "annex" and kind != "preamble" for kind in kinds)
        self.headed_preamble = "preamble" in kinds
        self.body_at = self._body_at()
        self.preamble_at = self._preamble_at()

    def _line(self, i: int) -> str:
        return self.reading.lines[i]

    def _body_at(self) -> int:
        """The first block of what the preamble precedes: a heading, or of a resolution its "1."."""
        first = next((i for i, h in enumerate(self.heads) if h and h.kind != "preamble"), None)
        if first is not None and self.reading.unit:
            return first
        for i, mark in enumerate(self.marks[:first]):
            if mark and ("number", 1) in mark.readings and mark.form != "()":
                before = [line for line in self.reading.lines[:i] if line.endswith((",", ";", ":"))]
                if before and not self.headed_preamble:
                    self.structured = True
                    return i
                break
        return len(self.blocks) if first is None else first

    def _preamble_at(self) -> int:
        """The first block of a preamble without a heading: what ends as a clause of it would.

        Before it stand the lines of the title page: a subject, a place, a date.
        """
        for i in range(self.body_at):
            mark = self.marks[i]
            numbered = mark and mark.form in ("()", ".") and ("number", 1) in mark.readings
            # "The Parties, resolved" before "to protect wells, and" is the clause's beginning.
            opens = (
                i + 1 < self.body_at
                and self._line(i + 1)[:1].islower()
                and self._ends_clause(i + 1)
            )
            if not self.reading.roles[i] and (numbered or self._ends_clause(i) or opens):
                return i
        return next((i for i in range(self.body_at) if not self.reading.roles[i]), 0)

    def _ends_clause(self, i: int) -> bool:
        line = self._line(i)
        if line.casefold() in _BETWEEN:
            return True
        return line.endswith(_CLAUSE_ENDS) or len(line) > _LONGEST_FRONT

    def follows_last(self, i: int) -> bool:
        """Whether the words before block `i` are the last clause's own."""
        return i > 0 and self.last is not None and self.last.own_end == self.blocks[i - 1].end

    def trimmed(self, start: int, end: int) -> int:
        """The end of `text[start:end]` without its trailing white space."""
        return start + len(self.text[start:end].rstrip())

    def holds(self, node: Node) -> bool:
        """Whether the clause is a division or annex, which holds articles and divisions."""
        return node.kind == "annex" or (
            node.kind in DIVISIONS
            and node.word not in {"aside", self.reading.unit, self.reading.inner} - {""}
        )

    def close(self, done: Callable[[Node], bool]) -> None:
        """Leave the innermost clauses that are done, never the root."""
        while len(self.path) > 1 and done(self.path[-1]):
            self.path.pop()

    def open(self, node: Node) -> Node:
        """Put a clause below the innermost one and go into it; give it back."""
        self.path[-1].add(node)
        self.path.append(node)
        return node

    def open_headed(self, i: int, kind: ClauseKind, word: str) -> None:
        """A clause without a number whose heading is the whole block."""
        block = self.blocks[i]
        self.closing = False
        self.open(
            Node(kind, block.start, block.end, heading=self._line(i), word=word, level=block.level)
        )

    def open_preamble(self, i: int) -> None:
        """What stands before the first article or division is the preamble, headed or not."""
        if (
            len(self.path) == 1
            and self.structured
            and i >= self.preamble_at
            and not (self.divided or self.headed_preamble or self.closing)
        ):
            start = self.blocks[i].start
            self.open(Node("preamble", start, start, word="preamble"))

    def before_division(self) -> Node | None:
        """The last paragraph of the division before, where this one has none yet."""
        inner = self.path[-1]
        if inner.word == "aside":
            return None if inner.lasts else self.commented
        if inner.kind in ITEMS or not (self.holds(inner) or inner is self.root):
            return None
        return None if inner.lasts else self.running

    def add_item(self, placed: lists.Place, mark: Enumerator, start: int, block: Block) -> Node:
        """Open the item where its list has a place for it, without words yet; give it back."""
        parent = placed.parent
        while self.path[-1] is not parent:
            self.path.pop()
        numbered = placed.family in ("number", "decimal") or (
            placed.family == "han" and mark.form == "."  # "一、"
        )
        kind: ClauseKind = "point"
        lettered = [node for node in self.path if node.family != DASH]
        if any(node.kind in ("point", "subpoint") for node in lettered):
            kind = "subpoint"
        elif numbered and not any(node.kind in ITEMS for node in self.path):
            kind = "paragraph"
        node = self.open(
            Node(
                kind,
                start,
                self.trimmed(start, start + mark.end),
                number=placed.number,
                token=placed.token,
                family=placed.family,
                form=mark.form,
                place=placed.place,
                indent=block.indent,
            )
        )
        if kind == "paragraph" and (parent is self.root or self.holds(parent)):
            self.running = node
        if kind == "paragraph" and parent.word == "aside":
            self.commented = node
        return node

    def add_text(self, i: int, start: int, *, stays: bool = False) -> None:
        """Words without a number: the open clause's own, or a text block of the one they go to.

        With `stays` they stay below the open item whatever they look like, as a quotation does.
        """
        block = self.blocks[i]
        end = block.end
        if self.path[-1].kind == "paragraph-text":
            self.path.pop()
        inner = self.path[-1]
        if inner.kind in ITEMS and (inner.has_words or inner.children) and not stays:
            self._return_from_list(i)
        self.open_preamble(i)
        target = self.path[-1]
        if target.word == "root":
            word = "conclusions" if self.closing else ""
            self.last = self.open(Node("paragraph-text", start, start, own_end=end, word=word))
        elif not target.has_words and not target.children:
            target.body, target.own_end = start, end
            self.last = target
        else:
            if target.kind not in ITEMS and target.has_words and not target.children:
                first = Node("paragraph-text", target.body, target.body, own_end=target.own_end)
                target.add(first)
                target.body = target.own_end = self.trimmed(target.start, target.body)
            self.last = self.open(Node("paragraph-text", start, start, own_end=end))

    def _return_from_list(self, i: int) -> None:
        """Close the items that an unnumbered block does not belong to.

        What is announced by the open item stays in it. Else the indentation decides where the
        source has one; else text behind a point goes to what the list of points belongs to, and
        text behind a paragraph stays in the paragraph.
        """
        block, inner = self.blocks[i], self.path[-1]
        if self._ends_preamble(i):
            self.close(lambda open_: open_.kind != "preamble")
            return
        if self._opens_alternative(i):
            self.close(lambda open_: open_.kind in (*ITEMS, "paragraph-text"))
            return
        within = block.indent >= inner.indent
        if within and lists.announces(inner, self.text) and not inner.children:
            return
        items = [node for node in self.path if node.kind in ITEMS]
        if block.indent or any(node.indent for node in items):
            while (item := self.path[-1]).kind in ITEMS and item.indent >= block.indent:
                level = item.indent == block.indent
                if level and (item.kind == "paragraph" or self._list_goes_on(i, item)):
                    break
                self.path.pop()
        elif self._begins_anew(i):
            self.close(lambda open_: open_.kind in ("point", "subpoint", "paragraph-text"))
            if self._ends_sentence(self.path[-1]):
                self.path.pop()
        elif items[-1].kind != "paragraph":
            self.path.pop()
        # The text block itself does not take points in: it comes behind them.
        while self.path[-1].kind == "paragraph-text":
            self.path.pop()

    def _opens_alternative(self, i: int) -> bool:
        """Whether the block is "ALT 2" of a draft, and the paragraphs are counted anew below it."""
        following = self.marks[i + 1] if i + 1 < len(self.blocks) else None
        if not following or not _ALTERNATIVE.fullmatch(self._line(i)):
            return False
        first = next((node for node in self.path if node.kind == "paragraph"), None)
        numbers = [number for family, number in following.readings if family == "number"]
        return bool(first and numbers and numbers[0] <= first.place)

    def _begins_anew(self, i: int) -> bool:
        """Whether the block is a sentence of its own: the list before it ended with a full stop."""
        line = self._line(i)
        before = self.last and self.text[self.last.own_end - 1 : self.last.own_end] == "."
        return bool(before and line[0].isupper())

    def _ends_sentence(self, item: Node) -> bool:
        """Whether numbered items are parts of the sentence that announces them: "1° wood;"."""
        above = item.parent
        if item.kind != "paragraph" or above is None or item is above.children[0]:
            return False
        first = above.children[0]
        end = first.children[-1].end if first.children else first.own_end
        return lists.announces(above, self.text) and self.text[end - 1] in ";,؛；،，"

    def _list_goes_on(self, i: int, item: Node) -> bool:
        """Whether an item with items of its own is not the last of its list."""
        following = self.marks[i + 1] if i + 1 < len(self.blocks) else None
        wanted = (item.family, item.place + 1)
        return bool(item.lasts and following and wanted in following.readings)

    def _ends_preamble(self, i: int) -> bool:
        """Whether the block is the enacting formula behind numbered recitals."""
        if not any(node.kind == "preamble" for node in self.path):
            return False
        line = self._line(i)
        opens_body = i + 1 >= len(self.blocks) or self.heads[i + 1] or i + 1 == self.body_at
        return bool(opens_body and (line.endswith((":", ",", "—")) or line.isupper()))
