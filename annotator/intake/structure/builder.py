"""Blocks into the clause tree of a treaty, from its parts down to points and closing words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.intake.blocks import Block
from annotator.intake.structure import captions, dashes, heads, lists, marks, numerals
from annotator.intake.structure.growing import Growing
from annotator.intake.structure.marks import Enumerator, Heading
from annotator.intake.structure.nodes import DASH, ITEMS, Node
from annotator.intake.structure.reading import Reading
from annotator.model import ClauseKind

KINDS: dict[str, ClauseKind] = {
    "preamble": "preamble", "book": "part", "part": "part", "subpart": "part",
    "title": "section", "subtitle": "section", "division": "section", "chapter": "chapter",
    "subchapter": "chapter", "section": "section", "subsection": "section", "article": "article",
    "rule": "article", "annex": "annex",
}  # fmt: skip
# A part holds chapters, a chapter sections; where a title stands differs from treaty to treaty.
_RANKS = {"book": -1, "part": 0, "chapter": 2, "section": 3, "subsection": 4}
_LOOK_AHEAD = 60
# "Springfield, 4 April 2031", above the names of those who sign
_PLACE_AND_DATE = re.compile(
    r"[^\W\d_a-z][\w .'’-]{1,40},\s+(?:the\s+|le\s+|den\s+|el\s+|a\s+)?\d{1,2}\.?"
    r"(?:st|nd|rd|th|er|º|°)?\s+(?:of\s+|de\s+)?[^\W\d_]{3,12}\s+(?:de\s+)?\d{4}\.?(?:;\s.{1,80})?\Z"
)
# such as "For the Government of Northland:" and "(Signed) A. Person"
_SIGNED = re.compile(
    r"(?:(?:for|pour|por|für|per)\s+(?:the\s+|le\s+|la\s+|l['’]|el\s+|die\s+|il\s+)?"
    r"(?:governments?|gouvernements?|gobiernos?|regierung|governo|republic|république|república|"
    r"kingdom|royaume|reino|state|[ée]tat|estado|union)\b[^.;]{0,80}|"
    r"за\s+правительство\b[^.;]{0,80}|عن\s+حكومة\b[^.؛]{0,80}|"
    r"\(?(?:signed|signé|firmado|подписано|توقيع)\)?:?(?:\s.{1,60})?)\Z",
    re.I,
)
_LONGEST_SIGNATURE = 12
_LONGEST_NAME = 80
# Alone on their line between two points they belong to the first.
_CONNECTIVES = frozenset({"and", "or", "and/or", "et", "ou", "y", "o", "e", "und", "oder", "en"})
_LONGEST_CROSSHEAD = 60
_STOPS = (".", ";", ":", ",", "。", "；", "：", "，", "،", "؛")
_BEFORE_ITEM = (*_STOPS, "—", "–", " and", " or", " et", " ou", " y", " o")
# "Section 3" or "(see Article 5)" below the number of an annex
_ANNEX_OF = re.compile(
    r"\W{0,2}(?:see\s+|voir\s+|véase\s+|zu\s+)?(?:sections?|articles?|arts?\.|regulations?|rules?|"
    r"§§?|artikel)\s*\d[\w\s(),]*\W?\Z",
    re.I,
)
# such as "(a) above does not apply"
_REFERS = re.compile(r"(?:above|below|supra|infra|ci-dessus|ci-après)\b")


def treaty(text: str, blocks: Sequence[Block]) -> tuple[Node, list[str]]:
    """The root of a treaty's tree, no clause itself, and warnings of what was only guessed.

    The blocks are those behind the treaty's title. Every character of a block that is not white
    space ends up in the head (number and heading) or in the own words of exactly one node.
    """
    builder = _Builder(text, blocks, heads.read(text, blocks))
    builder.run()
    return builder.tree.root, builder.reading.guesses


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
        self.tree = Growing(text, blocks, reading)
        self.seen: set[str] = set()
        self.ranks = _ranks([head.kind for head in self.heads if head])

    def run(self) -> None:
        """Place every block."""
        i = 0
        while i < len(self.blocks):
            i += self._place(i)

    def _line(self, i: int) -> str:
        return self.reading.lines[i]

    def _place(self, i: int) -> int:
        """Put block `i` (and the heading behind it) in its place; the number of blocks used."""
        block, head, role = self.blocks[i], self.heads[i], self.reading.roles[i]
        if role == "above":
            # The heading opens with the article below it.
            return 1
        if role:
            self._place_apart(i)
            return 1
        if head and not (head.kind == "preamble" and self.tree.divided):
            return self._open_heading(i, head)
        if i == self.tree.body_at:
            self.tree.path, self.tree.divided = [self.tree.root], True
        closes = self.tree.units or self.tree.running or not self.tree.structured
        formula = marks.CLOSING.match(self._line(i)) or self._is_signature(i)
        if closes and i and not block.level and formula:
            self.tree.path = [self.tree.root]
            self.tree.closing = True
        if self.tree.closing and not block.level:
            self.tree.add_text(i, block.start)
        elif self._is_unnumbered_heading(i):
            self._open_unnumbered(i)
        else:
            self._add_block(i, block.start)
        return 1

    def _is_signature(self, i: int) -> bool:
        """Whether a place and date, or a government's name, and names behind them end the text."""
        signed = _SIGNED.match(self._line(i)) and self._line(i - 1).endswith((".", "。"))
        if not signed and not _PLACE_AND_DATE.match(self._line(i)):
            return False
        behind = range(i + 1, min(len(self.blocks), i + 1 + _LONGEST_SIGNATURE))
        following = next((j for j in behind if self.heads[j]), behind.stop)
        ends = following < behind.stop or following == len(self.blocks)
        names = [self._line(j) for j in range(i + 1, following)]
        return bool((names and ends) or i + 1 == len(self.blocks)) and all(
            len(name) <= _LONGEST_NAME
            and (not name.endswith((".", ";", ":", ",")) or (signed and _SIGNED.match(name)))
            for name in names
        )

    def _place_apart(self, i: int) -> None:
        """What is quoted, or stands in the text without belonging to it."""
        block, role = self.blocks[i], self.reading.roles[i]
        if role == "attachment":
            self.tree.path = [self.tree.root]
            self.tree.open_headed(i, "annex", "attachment")
        elif role == "aside":
            self.tree.close(lambda open_: open_.kind in (*ITEMS, "paragraph-text"))
            self.tree.close(lambda open_: open_.word == "aside")
            self.tree.open_headed(i, "section", "aside")
        elif role == "contents":
            if self.tree.last and self.tree.last.word == "contents":
                self.tree.last.own_end = block.end
            else:
                self.tree.path = [self.tree.root]
                self.tree.last = self.tree.open(
                    Node("paragraph-text", block.start, block.start, own_end=block.end)
                )
                self.tree.last.word = "contents"
                self.tree.path.pop()
        elif role == "stray" and self.tree.follows_last(i):
            assert self.tree.last is not None
            self.tree.last.own_end = block.end
        else:
            self.tree.add_text(i, block.start, stays=role == "quoted")

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
            node.heading = self._line(i - 1).strip("()（）")
            body_here = bool(head.rest)
        elif head.kind == "preamble":
            body_here = bool(head.rest)
        elif i in self.reading.run_in:
            at = self.reading.run_in[i]
            node.heading = head.rest[:at].rstrip(" .—–-").strip("()（）【】")
            words_at, body_here = words_at + at, True
        elif head.rest and captions.on_line(self.reading, self.blocks, i, head):
            node.heading = head.rest
        elif head.rest:
            body_here = True
        else:
            used += self._take_heading_below(i, node, head)
        if body_here:
            node.body = node.own_end = self.tree.trimmed(start, words_at)
        self.tree.closing = False
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
            return named.group().casefold().replace("\u0307", "") if named else first.rstrip(".:")
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
            heading = self._line(i + used)
            # "[Article 1" and "Purpose]": a draft's bracket around both lines
            closes = heading.endswith("]") and "[" not in heading
            node.heading = heading[:-1].rstrip() if closes else heading
            node.body = node.own_end = self.blocks[i + used].end
        return used

    def _attach(self, node: Node, kind: str, *, is_unit: bool) -> None:
        if kind in ("preamble", "annex"):
            self.tree.path = [self.tree.root]
            self.tree.running = None
        else:
            self.tree.divided = True
            if node.word.startswith("disposici"):
                self.tree.path = [self.tree.root]
            elif kind == self.reading.inner:
                self.tree.close(
                    lambda open_: open_.kind != "article" and not self.tree.holds(open_)
                )
            else:
                self.tree.close(lambda open_: not self.tree.holds(open_))
            self.tree.units += is_unit
            if not is_unit and kind not in ("article", "rule", self.reading.inner):
                self._close_divisions(kind, node.token)
        self.tree.open(node)

    def _close_divisions(self, kind: str, token: str) -> None:
        self.tree.close(lambda open_: not open_.number and open_.kind == "section")
        words = [open_.word for open_ in self.tree.path]
        if kind in words:
            self.tree.path = self.tree.path[: words.index(kind)]
        rank = self.ranks.get(kind)
        if kind == "section" and kind not in self.seen and numerals.value(token) > 1:
            rank = 1  # the sections of a chapter begin with the first
        self.seen.add(kind)
        if rank is not None:
            self.tree.close(lambda open_: self.ranks.get(open_.word, -1) > rank)

    def _is_unnumbered_heading(self, i: int) -> bool:
        block = self.blocks[i]
        if block.level:
            article = next((node for node in self.tree.path if node.kind == "article"), None)
            return article is None or not article.level or block.level <= article.level
        following = self.heads[i + 1] if i + 1 < len(self.blocks) else None
        return bool(
            self.tree.divided
            and following
            and following.kind not in ("preamble", "annex")
            and (marks.is_capitals(self._line(i)) or self._stands_apart(i))
            and not self.marks[i]
        )

    def _stands_apart(self, i: int) -> bool:
        """Whether a few words stand alone between a full stop and the next article: "Offences"."""
        line = self._line(i)
        return (
            len(line) <= _LONGEST_CROSSHEAD
            and line[0].isupper()
            and marks.may_be_heading(line)
            and not (self.blocks[i].joined or self.blocks[i + 1].joined)
            and self._line(i - 1).endswith(".")
        )

    def _open_unnumbered(self, i: int) -> None:
        level = self.blocks[i].level
        self.tree.close(lambda open_: not self.tree.holds(open_))
        self.tree.close(
            lambda open_: (
                (not open_.number and open_.kind == "section" and not level)
                or bool(level and open_.level >= level)
            )
        )
        self.tree.open_headed(i, "section", "")

    # Paragraphs, points, text

    def _add_block(self, i: int, start: int) -> None:
        """A block's words from `start` on: as an item of a list if they begin with a number."""
        block = self.blocks[i]
        whole = start == block.start
        mark = self.marks[i] if whole else marks.enumerator(self.text[start : block.end])
        joined = block.joined and whole
        behind_words = joined and self.tree.follows_last(i)
        runs_on = behind_words and not self._line(i - 1).endswith(_BEFORE_ITEM)
        if runs_on and mark and lists.opens_list(self._line(i), mark, self._upcoming(i)):
            runs_on = False
        placed = None
        if mark:
            runs_on = runs_on or bool(_REFERS.match(self.text, start + mark.end, block.end))
        if mark and not runs_on and not (mark.form == "n" and self._nothing_follows(i)):
            self.tree.open_preamble(i)
            placed = lists.place(
                mark,
                self.tree.path,
                self.text,
                joined=behind_words,
                upcoming=lambda: self._upcoming(i),
                running=self.tree.before_division(),
            )
        if (mark is None or placed is None) and whole and self._add_dash(i, mark):
            return
        if mark is None or placed is None:
            goes_on = behind_words and (mark or marks.heading(self._line(i)))
            last = self.tree.last
            between = last is not None and last.kind in ITEMS and self._line(i) in _CONNECTIVES
            joins = whole and between and self.tree.follows_last(i)
            if self.tree.last and (goes_on or joins or (whole and self._continues_page(i))):
                self.tree.last.own_end = block.end
            else:
                self.tree.add_text(i, start)
            return
        after = start + mark.end
        node = self.tree.add_item(placed, mark, start, block)
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
            self.tree.last = node

    def _add_dash(self, i: int, mark: Enumerator | None) -> bool:
        """A block that a dash opens, where it is one of a list: announced, or one of several."""
        block = self.blocks[i]
        dash = None if mark else self._dash(i)
        if dash is None or block.level or self.reading.roles[i]:
            return False
        last = self.tree.last
        announced = last is not None and lists.announces(last, self.text)
        beside = self.tree.path[-1].family == DASH
        following = self._dash(i + 1) if i + 1 < len(self.blocks) else None
        if not (announced or beside or (following and following.number == dash.number)):
            return False
        parent = dashes.parent_of(dash.form, block.indent, self.tree.path, self.text)
        if parent is None:
            return False
        number = dashes.number(parent)
        placed = lists.Place(parent, DASH, number, dash.number, str(number))
        node = self.tree.add_item(placed, dash, block.start, block)
        node.body, node.own_end = block.start + dash.end, block.end
        self.tree.last = node
        return True

    def _dash(self, i: int) -> Enumerator | None:
        """The dash before a block's words: in its text, or drawn there by the page it is from."""
        bullet = self.blocks[i].bullet
        return Enumerator(bullet, (), bullet, 0) if bullet else dashes.opening(self._line(i))

    def _nothing_follows(self, i: int) -> bool:
        """Whether no words follow on a number that stands alone on its line."""
        return i + 1 >= len(self.blocks) or self.heads[i + 1] is not None

    def _continues_page(self, i: int) -> bool:
        """Whether the block goes on with a sentence that a page number cut in two."""
        if not i or self.reading.roles[i - 1] != "stray" or not self.tree.follows_last(i):
            return False
        before = next((j for j in range(i - 1, -1, -1) if self.reading.roles[j] != "stray"), None)
        return before is not None and not self._line(before).endswith((".", ";", ":"))

    def _upcoming(self, i: int) -> list[Enumerator]:
        found = []
        for j in range(i + 1, min(len(self.blocks), i + _LOOK_AHEAD)):
            if self.heads[j]:
                break
            mark = self.marks[j]
            if mark:
                found.append(mark)
        return found
