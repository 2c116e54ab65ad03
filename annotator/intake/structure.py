"""Blocks into the clause tree of a treaty, from its parts down to points and closing words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.intake import lists, marks
from annotator.intake.blocks import Block
from annotator.intake.nodes import ITEMS, Node
from annotator.model import DIVISIONS, ClauseKind

# A part holds chapters, a chapter sections; where a title stands differs from treaty to treaty.
_RANKS = {"part": 0, "chapter": 2, "section": 3}
_LOOK_AHEAD = 60
# Fewer headings in a row are articles whose words are missing.
_FEWEST_CONTENTS = 3
# A heading on its own line behind "Article 5"; what is longer is a sentence without its full stop.
_LONGEST_LINE = 120
_STOPS = (".", ";", ":", ",", "。", "；", "：", "،", "؛")
_BEFORE_ITEM = (*_STOPS, " and", " or", " et", " ou", " y", " o")


def count_articles(text: str, blocks: Sequence[Block]) -> tuple[int, bool]:
    """How many blocks open an article, and whether one of them is article 1."""
    tokens = [
        found.token
        for block in blocks
        if (found := marks.heading(text[block.start : block.end], explicit=block.level > 0))
        and found.kind == "article"
    ]
    return len(tokens), any(token in ("1", "I") for token in tokens)


def treaty(text: str, blocks: Sequence[Block]) -> Node:
    """The root of a treaty's tree, no clause itself; the blocks are those behind its title.

    Every character of a block that is not white space ends up in the head (number and heading) or
    in the own words of exactly one node.
    """
    builder = _Builder(text, blocks)
    builder.run()
    return builder.root


def _contents(heads: Sequence[marks.Heading | None]) -> range:
    """The blocks of a table of contents: headings upon headings, whose articles all come again."""
    first = next((i for i, head in enumerate(heads) if head and head.kind != "preamble"), 0)
    listed: list[str] = []
    end = first
    while end < len(heads) and (head := heads[end]):
        if head.kind == "article":
            if head.token in listed:
                break
            listed.append(head.token)
        end += 1
    later = {head.token for head in heads[end:] if head and head.kind == "article"}
    if len(listed) >= _FEWEST_CONTENTS and later.issuperset(listed):
        return range(first, end)
    return range(0)


class _Builder:
    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.blocks = blocks
        self.root = Node("part", 0, 0, word="root")
        self.path: list[Node] = [self.root]
        self.last: Node | None = None
        self.articles = 0
        self.closing = False
        self.divided = False
        self.heads = [self._head_of(i) for i in range(len(blocks))]
        for i in _contents(self.heads):
            self.heads[i] = None
        self.enumerators = [
            None if block.level else marks.enumerator(text[block.start : block.end])
            for block in blocks
        ]
        kinds = [head.kind for head in self.heads if head]
        self.structured = any(kind != "annex" and kind != "preamble" for kind in kinds)
        self.headed_preamble = "preamble" in kinds

    def run(self) -> None:
        """Place every block."""
        i = 0
        while i < len(self.blocks):
            i += self._place(i)

    def _line(self, i: int) -> str:
        block = self.blocks[i]
        return self.text[block.start : block.end]

    def _head_of(self, i: int) -> marks.Heading | None:
        block = self.blocks[i]
        found = marks.heading(self._line(i), explicit=block.level > 0)
        if found and block.joined and i and not marks.heading(self._line(i - 1)):
            before = self._line(i - 1)
            if not before.endswith(_STOPS) and not marks.is_capitals(before):
                return None
        return found

    def _place(self, i: int) -> int:
        """Put block `i` (and the heading behind it) in its place; the number of blocks used."""
        block, head = self.blocks[i], self.heads[i]
        if head and not (head.kind == "preamble" and self.divided):
            return self._open_heading(i, head)
        if self.articles and not block.level and marks.CLOSING.match(self._line(i)):
            self.path = [self.root]
            self.closing = True
        if self.closing and not block.level:
            self._add_text(block.start, block.end, block)
        elif self._is_unnumbered_heading(i):
            self._open_unnumbered(block)
        else:
            self._add_block(i, block.start)
        return 1

    # Divisions, articles, preamble, annexes

    def _open_heading(self, i: int, head: marks.Heading) -> int:
        block = self.blocks[i]
        kind: ClauseKind = "section" if head.kind == "title" else head.kind
        words_at = block.start + head.rest_at
        node = Node(
            kind,
            block.start,
            block.end,
            number=head.number,
            token=head.token,
            word=head.kind,
            level=block.level,
        )
        used = 1
        body_here = False
        if head.kind == "preamble":
            body_here = bool(head.rest)
        elif head.rest and self._is_heading(i, head):
            node.heading = head.rest
        elif head.rest:
            body_here = True
        elif self._heading_follows(i, head):
            node.heading = self._line(i + 1)
            node.body = node.own_end = self.blocks[i + 1].end
            used = 2
        if body_here:
            node.body = node.own_end = self._trimmed(block.start, words_at)
        self.closing = False
        self._attach_division(node, head.kind)
        if body_here:
            self._add_block(i, words_at)
        return used

    def _trimmed(self, start: int, end: int) -> int:
        return start + len(self.text[start:end].rstrip())

    def _is_heading(self, i: int, head: marks.Heading) -> bool:
        """Whether the words behind the number are its heading rather than its first words."""
        if self.blocks[i].level or head.kind != "article":
            return True
        # "Article 5. 1. The Parties": the article's first paragraph on its line
        mark = marks.enumerator(head.rest)
        if mark and any(place == 1 for _, place in mark.readings):
            return False
        if marks.may_be_heading(head.rest):
            return len(head.rest) <= 150 or head.spaced
        # "Article 1. Definitions.": a heading with a full stop, if the article goes on behind it
        goes_on = i + 1 < len(self.blocks) and self.heads[i + 1] is None
        return (
            head.rest.endswith(".")
            and len(head.rest) <= 60
            and goes_on
            and head.rest.count(" ") < 8
        )

    def _heading_follows(self, i: int, head: marks.Heading) -> bool:
        """Whether the next block is the heading of the article or division that this one opens."""
        if i + 1 >= len(self.blocks) or self.heads[i + 1]:
            return False
        line = self._line(i + 1)
        if self.blocks[i + 1].level:
            # A heading of its own level may be the next division; a lower one belongs to this.
            return self.blocks[i + 1].level > self.blocks[i].level or not self.blocks[i].level
        if self.enumerators[i + 1] or not marks.may_be_heading(line) or line[0].islower():
            return False
        if line.startswith(("–", "—", "-", "•")) or marks.CLOSING.match(line):
            return False
        if head.kind in DIVISIONS or head.kind == "title":
            return True
        return len(line) <= _LONGEST_LINE and i + 2 < len(self.blocks) and not self.heads[i + 2]

    def _attach_division(self, node: Node, kind: str) -> None:
        if kind == "article":
            self._close(lambda open_: open_.kind not in DIVISIONS and open_.kind != "annex")
            self.articles += 1
            self.divided = True
        elif kind in ("preamble", "annex"):
            self.path = [self.root]
        else:
            self.divided = True
            self._close(lambda open_: open_.kind not in DIVISIONS and open_.kind != "annex")
            self._close(lambda open_: not open_.number and open_.kind == "section")
            words = [open_.word for open_ in self.path]
            if kind in words:
                self.path = self.path[: words.index(kind)]
            rank = _RANKS.get(kind)
            if rank is not None:
                self._close(lambda open_: _RANKS.get(open_.word, -1) > rank)
        self._open(node)

    def _close(self, done: Callable[[Node], bool]) -> None:
        while len(self.path) > 1 and done(self.path[-1]):
            self.path.pop()

    def _open(self, node: Node) -> Node:
        self.path[-1].add(node)
        self.path.append(node)
        return node

    def _is_unnumbered_heading(self, i: int) -> bool:
        block = self.blocks[i]
        if block.level:
            article = next((node for node in self.path if node.kind == "article"), None)
            return article is None or not article.level or block.level <= article.level
        following = self.heads[i + 1] if i + 1 < len(self.blocks) else None
        return bool(
            self.divided
            and following
            and following.kind not in ("preamble", "annex")
            and marks.is_capitals(self._line(i))
            and not self.enumerators[i]
        )

    def _open_unnumbered(self, block: Block) -> None:
        self._close(lambda open_: open_.kind not in DIVISIONS and open_.kind != "annex")
        self._close(
            lambda open_: (
                (not open_.number and open_.kind == "section" and not block.level)
                or bool(block.level and open_.level >= block.level)
            )
        )
        self.closing = False
        heading = self.text[block.start : block.end]
        self._open(
            Node("section", block.start, block.end, heading=heading, word="", level=block.level)
        )

    # Paragraphs, points, text

    def _add_block(self, i: int, start: int) -> None:
        """A block's words from `start` on: as an item of a list if they begin with a number."""
        block = self.blocks[i]
        whole = start == block.start
        mark = self.enumerators[i] if whole else marks.enumerator(self.text[start : block.end])
        joined = block.joined and whole
        behind_words = (
            joined
            and i > 0
            and self.last is not None
            and self.last.own_end == self.blocks[i - 1].end
        )
        runs_on = behind_words and not self._line(i - 1).endswith(_BEFORE_ITEM)
        placed = None
        if mark and not runs_on:
            placed = lists.place(
                mark,
                self._numbered_path(start),
                self.text,
                joined=behind_words,
                upcoming=lambda: self._upcoming(i),
            )
        if mark is None or placed is None:
            if self.last and behind_words and (mark or marks.heading(self._line(i))):
                self.last.own_end = block.end
            else:
                self._add_text(start, block.end, block)
            return
        after = start + mark.end
        node = self._add_item(placed, mark, start, block)
        # "2. (a) Each Party": the paragraph's first point on its own line
        inner = marks.enumerator(self.text[after : block.end])
        if inner and inner.firm and any(number == 1 for _, number in inner.readings):
            self._add_block(i, after)
        elif after < block.end:
            node.body, node.own_end = after, block.end
            self.last = node

    def _numbered_path(self, start: int) -> list[Node]:
        self._open_preamble_before_articles(start)
        return self.path

    def _open_preamble_before_articles(self, start: int) -> None:
        """What stands before the first article or division is the preamble, headed or not."""
        if (
            len(self.path) == 1
            and self.structured
            and not (self.divided or self.headed_preamble or self.closing)
        ):
            self._open(Node("preamble", start, start, word="preamble"))

    def _upcoming(self, i: int) -> list[marks.Enumerator]:
        found = []
        for j in range(i + 1, min(len(self.blocks), i + _LOOK_AHEAD)):
            if self.heads[j]:
                break
            mark = self.enumerators[j]
            if mark:
                found.append(mark)
        return found

    def _add_item(
        self, placed: lists.Place, mark: marks.Enumerator, start: int, block: Block
    ) -> Node:
        parent = placed.parent
        while self.path[-1] is not parent:
            self.path.pop()
        kind: ClauseKind = "point"
        if any(node.kind in ("point", "subpoint") for node in self.path):
            kind = "subpoint"
        elif placed.family == "number" and not any(node.kind in ITEMS for node in self.path):
            kind = "paragraph"
        return self._open(
            Node(
                kind,
                start,
                self._trimmed(start, start + mark.end),
                number=placed.number,
                token=placed.token,
                family=placed.family,
                form=mark.form,
                place=placed.place,
                indent=block.indent,
            )
        )

    def _add_text(self, start: int, end: int, block: Block) -> None:
        """Words without a number: the open clause's own, or a text block of the one they go to."""
        if self.path[-1].kind == "paragraph-text":
            self.path.pop()
        inner = self.path[-1]
        if inner.kind in ITEMS and (inner.has_words or inner.children):
            self._return_from_list(block)
        self._open_preamble_before_articles(start)
        target = self.path[-1]
        if target.word == "root":
            word = "conclusions" if self.closing else ""
            self.last = self._open(Node("paragraph-text", start, start, own_end=end, word=word))
        elif not target.has_words and not target.children:
            target.body, target.own_end = start, end
            self.last = target
        else:
            if target.kind not in ITEMS and target.has_words and not target.children:
                first = Node("paragraph-text", target.body, target.body, own_end=target.own_end)
                target.add(first)
                target.body = target.own_end = self._trimmed(target.start, target.body)
            self.last = self._open(Node("paragraph-text", start, start, own_end=end))

    def _return_from_list(self, block: Block) -> None:
        """Close the items that an unnumbered block does not belong to.

        By its indentation where the source has one; else text behind a point goes to what the
        list of points belongs to, and text behind a paragraph stays in the paragraph.
        """
        items = [node for node in self.path if node.kind in ITEMS]
        if block.indent or any(node.indent for node in items):
            while self.path[-1].kind in ITEMS and self.path[-1].indent >= block.indent:
                if self.path[-1].kind == "paragraph" and self.path[-1].indent == block.indent:
                    break
                self.path.pop()
        elif items[-1].kind != "paragraph":
            self.path.pop()
        # The text block itself does not take points in: it comes behind them.
        while self.path[-1].kind == "paragraph-text":
            self.path.pop()
