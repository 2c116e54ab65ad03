"""Blocks into the clause tree of a treaty, from its parts down to points and closing words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from annotator.intake import captions, heads, lists, marks, numerals
from annotator.intake.blocks import Block
from annotator.intake.marks import Enumerator, Heading
from annotator.intake.nodes import ITEMS, Node
from annotator.intake.reading import Reading
from annotator.model import DIVISIONS, ClauseKind

KINDS: dict[str, ClauseKind] = {
    "preamble": "preamble", "book": "part", "part": "part", "subpart": "part",
    "title": "section", "subtitle": "section", "division": "section", "chapter": "chapter",
    "subchapter": "chapter", "section": "section", "subsection": "section", "article": "article",
    "rule": "article", "annex": "annex",
}  # fmt: skip
# A part holds chapters, a chapter sections; where a title stands differs from treaty to treaty.
_RANKS = {"book": -1, "part": 0, "chapter": 2, "section": 3, "subsection": 4}
_LOOK_AHEAD = 60
_STOPS = (".", ";", ":", ",", "。", "；", "：", "،", "؛")
_BEFORE_ITEM = (*_STOPS, "—", "–", " and", " or", " et", " ou", " y", " o")
# "Section 3" or "(see Article 5)" below the number of an annex
_ANNEX_OF = re.compile(
    r"\W{0,2}(?:see\s+|voir\s+|véase\s+)?(?:sections?|articles?|arts?\.|regulations?|rules?)\s+\d[\w\s(),]*\W?\Z",
    re.I,
)
_LONGEST_FRONT = 200
# such as "(a) above does not apply"
_REFERS = re.compile(r"(?:above|below|supra|infra|ci-dessus|ci-après)\b")


def count_articles(text: str, blocks: Sequence[Block]) -> tuple[int, bool]:
    """How many blocks open an article, and whether one of them is article 1."""
    tokens = [
        found.token
        for block in blocks
        if (found := marks.heading(text[block.start : block.end], explicit=block.level > 0))
        and found.kind == "article"
    ]
    return len(tokens), any(token in ("1", "I") for token in tokens)


def treaty(text: str, blocks: Sequence[Block]) -> tuple[Node, list[str]]:
    """The root of a treaty's tree, no clause itself, and warnings of what was only guessed.

    The blocks are those behind the treaty's title. Every character of a block that is not white
    space ends up in the head (number and heading) or in the own words of exactly one node.
    """
    builder = _Builder(text, blocks, heads.read(text, blocks))
    builder.run()
    return builder.root, builder.reading.guesses


def _ranks(kinds: Sequence[str]) -> dict[str, int]:
    """The order of divisions: a section that comes before any chapter stands above them."""
    both = "section" in kinds and "chapter" in kinds
    if both and kinds.index("section") < kinds.index("chapter"):
        return {**_RANKS, "section": 1}
    return _RANKS


class _Builder:
    def __init__(self, text: str, blocks: Sequence[Block], reading: Reading) -> None:
        self.text = text
        self.blocks = blocks
        self.reading = reading
        self.heads = reading.heads
        self.marks = reading.marks
        self.root = Node("part", 0, 0, word="root")
        self.path: list[Node] = [self.root]
        self.last: Node | None = None
        self.running: Node | None = None
        self.units = 0
        self.closing = False
        self.divided = False
        self.seen: set[str] = set()
        kinds = [head.kind for head in self.heads if head]
        self.structured = any(kind != "annex" and kind != "preamble" for kind in kinds)
        self.headed_preamble = "preamble" in kinds
        self.ranks = _ranks(kinds)
        self.body_at = self._body_at()
        self.preamble_at = self._preamble_at()

    def run(self) -> None:
        """Place every block."""
        i = 0
        while i < len(self.blocks):
            i += self._place(i)

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
            line = self._line(i)
            mark = self.marks[i]
            numbered = mark and mark.form in ("()", ".") and ("number", 1) in mark.readings
            if not self.reading.roles[i] and (
                numbered or line.endswith(_STOPS) or len(line) > _LONGEST_FRONT
            ):
                return i
        return next((i for i in range(self.body_at) if not self.reading.roles[i]), 0)

    def _place(self, i: int) -> int:
        """Put block `i` (and the heading behind it) in its place; the number of blocks used."""
        block, head, role = self.blocks[i], self.heads[i], self.reading.roles[i]
        if role == "above":
            # The heading opens with the article below it.
            return 1
        if role:
            self._place_apart(i)
            return 1
        if head and not (head.kind == "preamble" and self.divided):
            return self._open_heading(i, head)
        if i == self.body_at:
            self.path, self.divided = [self.root], True
        closes = self.units or not self.structured
        if closes and i and not block.level and marks.CLOSING.match(self._line(i)):
            self.path = [self.root]
            self.closing = True
        if self.closing and not block.level:
            self._add_text(i, block.start)
        elif self._is_unnumbered_heading(i):
            self._open_unnumbered(i)
        else:
            self._add_block(i, block.start)
        return 1

    def _place_apart(self, i: int) -> None:
        """What is quoted, or stands in the text without belonging to it."""
        block, role = self.blocks[i], self.reading.roles[i]
        if role == "attachment":
            self.path = [self.root]
            self._open_headed(i, "annex", "attachment")
        elif role == "aside":
            self._close(lambda open_: open_.kind in (*ITEMS, "paragraph-text"))
            self._close(lambda open_: open_.word == "aside")
            self._open_headed(i, "section", "aside")
        elif role == "contents":
            if self.last and self.last.word == "contents":
                self.last.own_end = block.end
            else:
                self.path = [self.root]
                self.last = self._open(
                    Node("paragraph-text", block.start, block.start, own_end=block.end)
                )
                self.last.word = "contents"
                self.path.pop()
        elif role == "stray" and self._follows_last(i):
            assert self.last is not None
            self.last.own_end = block.end
        else:
            self._add_text(i, block.start, stays=role == "quoted")

    def _follows_last(self, i: int) -> bool:
        return i > 0 and self.last is not None and self.last.own_end == self.blocks[i - 1].end

    # Divisions, articles, preamble, annexes

    def _open_heading(self, i: int, head: Heading) -> int:
        block = self.blocks[i]
        is_above = i > 0 and self.reading.roles[i - 1] == "above"
        start = self.blocks[i - 1].start if is_above else block.start
        node = Node(
            KINDS[head.kind],
            start,
            block.end,
            number=head.number,
            token=head.token,
            word=self._word(i, head),
            level=block.level,
        )
        words_at = block.start + head.rest_at
        used, body_here = 1, False
        if is_above and head.kind == self.reading.unit:
            node.heading = self._line(i - 1)
            body_here = bool(head.rest)
        elif head.kind == "preamble":
            body_here = bool(head.rest)
        elif i in self.reading.run_in:
            at = self.reading.run_in[i]
            node.heading = head.rest[:at].rstrip(" .—–-")
            words_at, body_here = words_at + at, True
        elif head.rest and captions.on_line(self.reading, self.blocks, i, head):
            node.heading = head.rest
        elif head.rest:
            body_here = True
        else:
            used += self._take_heading_below(i, node, head)
        if body_here:
            node.body = node.own_end = self._trimmed(start, words_at)
        self.closing = False
        self._attach(node, head.kind, is_unit=head.kind == self.reading.unit)
        if body_here:
            self._add_block(i, words_at)
        return used

    def _word(self, i: int, head: Heading) -> str:
        """What the clause calls itself where that is not its kind: a principle, a schedule."""
        if head.kind not in ("rule", "annex"):
            return head.kind
        first = self._line(i).lstrip("[").split()[0].casefold()
        if head.kind == "rule":
            named = heads.DISPOSITION.match(self._line(i))
            return named.group().casefold() if named else first.rstrip(".:")
        line = self._line(i).casefold()
        return next((word for word in ("schedule", "appendix") if word in line[:30]), head.kind)

    def _take_heading_below(self, i: int, node: Node, head: Heading) -> int:
        """Make the next blocks the node's heading if they are that; how many are."""
        used = 0
        if head.kind == "annex" and i + 1 < len(self.blocks) and _ANNEX_OF.match(self._line(i + 1)):
            # "Section 3" below "SCHEDULE 1" says what the schedule belongs to.
            used = 1
            node.body = node.own_end = self.blocks[i + 1].end
            self.heads[i + 1] = None
        if captions.below(self.reading, self.blocks, i + used, head):
            used += 1
            node.heading = self._line(i + used)
            node.body = node.own_end = self.blocks[i + used].end
        return used

    def _trimmed(self, start: int, end: int) -> int:
        return start + len(self.text[start:end].rstrip())

    def _holds(self, node: Node) -> bool:
        """Whether the clause is a division or annex, which holds articles and divisions."""
        return node.kind == "annex" or (
            node.kind in DIVISIONS
            and node.word not in {"aside", self.reading.unit, self.reading.inner} - {""}
        )

    def _attach(self, node: Node, kind: str, *, is_unit: bool) -> None:
        if kind in ("preamble", "annex"):
            self.path = [self.root]
            self.running = None
        else:
            self.divided = True
            if node.word.startswith("disposici"):
                self.path = [self.root]
            elif kind == self.reading.inner:
                self._close(lambda open_: open_.kind != "article" and not self._holds(open_))
            else:
                self._close(lambda open_: not self._holds(open_))
            self.units += is_unit
            if not is_unit and kind not in ("article", "rule", self.reading.inner):
                self._close_divisions(kind, node.token)
        self._open(node)

    def _close_divisions(self, kind: str, token: str) -> None:
        self._close(lambda open_: not open_.number and open_.kind == "section")
        words = [open_.word for open_ in self.path]
        if kind in words:
            self.path = self.path[: words.index(kind)]
        rank = self.ranks.get(kind)
        if kind == "section" and kind not in self.seen and numerals.value(token) > 1:
            rank = 1  # the sections of a chapter begin with the first
        self.seen.add(kind)
        if rank is not None:
            self._close(lambda open_: self.ranks.get(open_.word, -1) > rank)

    def _close(self, done: Callable[[Node], bool]) -> None:
        while len(self.path) > 1 and done(self.path[-1]):
            self.path.pop()

    def _open(self, node: Node) -> Node:
        self.path[-1].add(node)
        self.path.append(node)
        return node

    def _open_headed(self, i: int, kind: ClauseKind, word: str) -> None:
        """A clause without a number whose heading is the whole block."""
        block = self.blocks[i]
        self.closing = False
        self._open(
            Node(kind, block.start, block.end, heading=self._line(i), word=word, level=block.level)
        )

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
            and not self.marks[i]
        )

    def _open_unnumbered(self, i: int) -> None:
        level = self.blocks[i].level
        self._close(lambda open_: not self._holds(open_))
        self._close(
            lambda open_: (
                (not open_.number and open_.kind == "section" and not level)
                or bool(level and open_.level >= level)
            )
        )
        self._open_headed(i, "section", "")

    # Paragraphs, points, text

    def _add_block(self, i: int, start: int) -> None:
        """A block's words from `start` on: as an item of a list if they begin with a number."""
        block = self.blocks[i]
        whole = start == block.start
        mark = self.marks[i] if whole else marks.enumerator(self.text[start : block.end])
        joined = block.joined and whole
        behind_words = joined and self._follows_last(i)
        runs_on = behind_words and not self._line(i - 1).endswith(_BEFORE_ITEM)
        placed = None
        if mark:
            runs_on = runs_on or bool(_REFERS.match(self.text, start + mark.end, block.end))
        if mark and not runs_on and not (mark.form == "n" and self._nothing_follows(i)):
            self._open_preamble(i)
            placed = lists.place(
                mark,
                self.path,
                self.text,
                joined=behind_words,
                upcoming=lambda: self._upcoming(i),
                running=self._running(),
            )
        if mark is None or placed is None:
            goes_on = behind_words and (mark or marks.heading(self._line(i)))
            if self.last and (goes_on or (whole and self._continues_page(i))):
                self.last.own_end = block.end
            else:
                self._add_text(i, start)
            return
        after = start + mark.end
        node = self._add_item(placed, mark, start, block)
        # "2. (a) Each Party": the paragraph's first point on its own line
        inner = marks.enumerator(self.text[after : block.end])
        if (
            inner
            and inner.firm
            and inner.form != "§"
            and any(number == 1 for _, number in inner.readings)
        ):
            self._add_block(i, after)
        elif after < block.end:
            node.body, node.own_end = after, block.end
            self.last = node

    def _nothing_follows(self, i: int) -> bool:
        """Whether no words follow on a number that stands alone on its line."""
        return i + 1 >= len(self.blocks) or self.heads[i + 1] is not None

    def _continues_page(self, i: int) -> bool:
        """Whether the block goes on with a sentence that a page number cut in two."""
        if not i or self.reading.roles[i - 1] != "stray" or not self._follows_last(i):
            return False
        before = next((j for j in range(i - 1, -1, -1) if self.reading.roles[j] != "stray"), None)
        return before is not None and not self._line(before).endswith((".", ";", ":"))

    def _running(self) -> Node | None:
        """The last paragraph of the division before, where this one has none yet."""
        inner = self.path[-1]
        if inner.kind in ITEMS or not (self._holds(inner) or inner is self.root):
            return None
        return None if inner.lasts else self.running

    def _open_preamble(self, i: int) -> None:
        """What stands before the first article or division is the preamble, headed or not."""
        if (
            len(self.path) == 1
            and self.structured
            and i >= self.preamble_at
            and not (self.divided or self.headed_preamble or self.closing)
        ):
            start = self.blocks[i].start
            self._open(Node("preamble", start, start, word="preamble"))

    def _upcoming(self, i: int) -> list[Enumerator]:
        found = []
        for j in range(i + 1, min(len(self.blocks), i + _LOOK_AHEAD)):
            if self.heads[j]:
                break
            mark = self.marks[j]
            if mark:
                found.append(mark)
        return found

    def _add_item(self, placed: lists.Place, mark: Enumerator, start: int, block: Block) -> Node:
        parent = placed.parent
        while self.path[-1] is not parent:
            self.path.pop()
        numbered = placed.family in ("number", "decimal")
        kind: ClauseKind = "point"
        if any(node.kind in ("point", "subpoint") for node in self.path):
            kind = "subpoint"
        elif numbered and not any(node.kind in ITEMS for node in self.path):
            kind = "paragraph"
        node = self._open(
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
        if kind == "paragraph" and (parent is self.root or self._holds(parent)):
            self.running = node
        return node

    def _add_text(self, i: int, start: int, *, stays: bool = False) -> None:
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
        self._open_preamble(i)
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

    def _return_from_list(self, i: int) -> None:
        """Close the items that an unnumbered block does not belong to.

        What is announced by the open item, and the dashes behind a dash, stay in it. Else the
        indentation decides where the source has one; else text behind a point goes to what the
        list of points belongs to, and text behind a paragraph stays in the paragraph.
        """
        block, inner = self.blocks[i], self.path[-1]
        if self._ends_preamble(i):
            self._close(lambda open_: open_.kind != "preamble")
            return
        dashed = self._line(i).startswith(lists.DASHES)
        within = block.indent >= inner.indent
        if within and lists.announces(inner, self.text) and not inner.children:
            return
        if within and dashed and inner.children:
            before = inner.children[-1]
            if before.kind == "paragraph-text" and self.text.startswith(lists.DASHES, before.body):
                return
        items = [node for node in self.path if node.kind in ITEMS]
        if block.indent or any(node.indent for node in items):
            while (item := self.path[-1]).kind in ITEMS and item.indent >= block.indent:
                level = item.indent == block.indent
                if level and (item.kind == "paragraph" or self._list_goes_on(i, item)):
                    break
                self.path.pop()
        elif self._begins_anew(i):
            self._close(lambda open_: open_.kind in ("point", "subpoint", "paragraph-text"))
        elif items[-1].kind != "paragraph":
            self.path.pop()
        # The text block itself does not take points in: it comes behind them.
        while self.path[-1].kind == "paragraph-text":
            self.path.pop()

    def _begins_anew(self, i: int) -> bool:
        """Whether the block is a sentence of its own: the list before it ended with a full stop."""
        line = self._line(i)
        before = self.last and self.text[self.last.own_end - 1 : self.last.own_end] == "."
        return bool(before and line[0].isupper())

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
