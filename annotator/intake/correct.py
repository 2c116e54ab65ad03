"""What a person corrects in the split of a text before it is stored: new clauses, the same text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import cast, get_args

from annotator.errors import IntakeError
from annotator.intake import layout
from annotator.intake.layout import DIVISION_ROLES, HEADS, RANKS, Line, Role
from annotator.intake.roles import as_head, as_item, guessed, heading_follows, token
from annotator.intake.structure.nodes import ITEMS
from annotator.model import Document

ACTIONS = (*get_args(Role), "heading", "join", "split", "number", "in", "out")
BY_HAND = "corrected by hand"
_LONGEST_NUMBER = 12
_NEWS_ROLES: dict[str, Role] = {"section": "section", "paragraph": "paragraph", "text": "paragraph"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a person put right, at a code point of the document's text.

    `action` is a role ("article", "point", "text", "closing", "outside", ...) that a line takes
    from there on, "heading" (the line is the heading of what opens above it; within a line: the
    words before this place are), "join" (the line goes on from the one before), "split" (a line
    begins here), "number" (its number is `value`), "in" and "out" (one level, with what is below).
    With "outside", a `value` is where what is left out ends.
    """

    at: int
    action: str
    value: str = ""


def correct(document: Document, corrections: Iterable[Correction]) -> Document:
    """The document with other clauses: corrections one after the other, the text as it is.

    What was corrected is kept in the metadata (`corrections`, a JSON list), and a warning says how
    often. Warnings about the structure are made anew. Without corrections it is the document.

    Raises `IntakeError` for a place without a line and for what cannot be, such as a heading where
    nothing opens above it; nothing is changed then.
    """
    given = tuple(corrections)
    if not given:
        return document
    desk = Desk(document)
    for one in given:
        desk.apply(one)
    return desk.document()


class Desk:
    """A document on which corrections are made one by one; `lines` are as they are now."""

    def __init__(self, document: Document) -> None:
        """Lay the document out; it is not changed."""
        self._before = document
        self._news = document.kind == "news"
        self._made: list[Correction] = []
        self.text = document.text
        self.lines: list[Line] = list(layout.lines(document))

    def apply(self, correction: Correction) -> None:
        """Make one correction, or raise `IntakeError` and leave the lines as they were."""
        kept = list(self.lines)
        try:
            self._apply(correction)
        except IntakeError:
            self.lines = kept
            raise
        self.lines = layout.settled(self.text, self.lines, kind=self._before.kind)
        self._made.append(correction)

    def state(self) -> tuple[tuple[Line, ...], int]:
        """What `restore` goes back to."""
        return tuple(self.lines), len(self._made)

    def restore(self, state: tuple[tuple[Line, ...], int]) -> None:
        """Go back to an earlier state of this desk."""
        lines, made = state
        self.lines = list(lines)
        del self._made[made:]

    def document(self) -> Document:
        """The document as corrected so far."""
        before = self._before
        if not self._made:
            return before
        clauses, structural = layout.clauses(self.text, self.lines, kind=before.kind)
        earlier = json.loads(before.metadata.get("corrections", "[]"))
        made = [*earlier, *([one.at, one.action, one.value] for one in self._made)]
        gone = {*self._structural, _counted(len(earlier)), _NO_WORDS} - set(structural)
        warnings = [one for one in before.warnings if one not in gone]
        warnings += [one for one in structural if one not in self._structural]
        if not any(clause.reviewable for clause in clauses):
            warnings.append(_NO_WORDS)
        return replace(
            before,
            clauses=clauses,
            warnings=(*warnings, _counted(len(made))),
            metadata=MappingProxyType(
                {
                    **before.metadata,
                    "corrections": json.dumps(made, ensure_ascii=False, separators=(",", ":")),
                }
            ),
        )

    @cached_property
    def _structural(self) -> list[str]:
        """What is said of the structure before any correction."""
        before = self._before
        return layout.clauses(self.text, layout.lines(before), kind=before.kind)[1]

    def _apply(self, one: Correction) -> None:
        if one.action not in ACTIONS:
            raise IntakeError(f"{one.action!r} is no correction: take {', '.join(ACTIONS)}")
        i = self._at(one.at)
        whole = one.at <= self.lines[i].start
        if self._news and one.action in ("in", "out"):
            raise IntakeError("the paragraphs of a news item lie on one level: make it a treaty")
        if one.action == "number":
            self._number(i, one.value)
        elif one.action == "in":
            self._deeper(i)
        elif one.action == "out":
            self._shallower(i)
        elif one.action == "heading" and not self._news:
            self._heading(i, None if whole else one.at)
        elif one.action == "join":
            self._join(i)
        elif one.action == "split":
            i = self._cut(i, one.at)
            role = None if self._news else guessed(self.text, self.lines, i)
            if role:
                self._take(i, role)
        else:
            role = self._role(one.action)
            i = i if whole else self._cut(i, one.at)
            self._take(i, role)
            if role == "outside" and one.value:
                self._leave_out(i, one.value)

    def _role(self, action: str) -> Role:
        if not self._news:
            return cast(Role, action)
        if action in ("outside", *_NEWS_ROLES):
            return _NEWS_ROLES.get(action, "outside")
        raise IntakeError(f"a news item has headings and paragraphs, no {action}: make it a treaty")

    # Where a correction goes

    def _at(self, at: int) -> int:
        for i, line in enumerate(self.lines):
            if line.start <= at < line.end:
                return i
        raise IntakeError(f"there is no line at character {at}: choose a line of the text")

    def _above(self, i: int) -> int | None:
        """The line before it that has characters."""
        return next((j for j in range(i - 1, -1, -1) if not self.lines[j].empty), None)

    def _path(self, i: int) -> list[int]:
        """The lines that are open before line `i`, the innermost last."""
        found: list[int] = []
        for j, line in enumerate(self.lines[:i]):
            if line.role != "outside":
                while found and self.lines[found[-1]].depth >= line.depth:
                    found.pop()
                found.append(j)
        return found

    def _below(self, i: int) -> int:
        """The end of what lies under line `i`."""
        depth = self.lines[i].depth
        for j in range(i + 1, len(self.lines)):
            if self.lines[j].role != "outside" and self.lines[j].depth <= depth:
                return j
        return len(self.lines)

    # One line more or less

    def _cut(self, i: int, at: int) -> int:
        """Make a line begin at `at` within line `i`; its index."""
        line = self.lines[i]
        left = line.start + len(self.text[line.start : at].rstrip())
        right = at + len(self.text[at : line.end]) - len(self.text[at : line.end].lstrip())
        if left == line.start or right == line.end:
            raise IntakeError(f"there is nothing to part at character {at}: choose a later word")
        if line.role in ITEMS | HEADS and line.start < line.words and right <= line.words:
            raise IntakeError(
                f"the number and the first word stay together at character {at}: "
                "choose a later word"
            )
        role: Role = "paragraph" if self._news and line.role in ITEMS else "text"
        depth = line.depth
        if line.role in HEADS:
            role = "paragraph" if self._news else "text"
            words = min(line.words, left)
            heading = " ".join(self.text[words:left].split())
            self.lines[i] = replace(line, words=words, end=left, heading=heading)
            depth += 1
        else:
            if line.role in ("closing", "outside"):
                role = line.role
            elif line.role in ITEMS and not self._news:
                depth += 1
            self.lines[i] = replace(line, end=left)
        self.lines.insert(i + 1, Line(right, right, line.end, role, depth))
        return i + 1

    def _plain(self, i: int) -> int:
        """Make line `i` bare words, a head with the text behind it on its line; its index."""
        line = self.lines[i]
        end = line.end
        following = self.lines[i + 1] if i + 1 < len(self.lines) else None
        behind = following is not None and "\n" not in self.text[end : following.start]
        if line.role in HEADS and following and behind and following.role == "text":
            end = following.end
            del self.lines[i + 1]
        self.lines[i] = Line(line.start, line.start, end, "text", line.depth)
        return i

    def _without_empty_heads(self, i: int) -> int:
        """Take away heads without characters that open at line `i`; its new index."""
        while i and self.lines[i - 1].empty:
            del self.lines[i - 1]
            i -= 1
        return i

    def _join(self, i: int) -> None:
        j = self._above(i)
        if j is None:
            raise IntakeError("nothing stands before the first line: leave it out instead")
        start = self._without_empty_heads(i)
        start = self._plain(start)
        line, above = self.lines[start], self.lines[start - 1]
        if above.role in HEADS:
            words = above.words if above.heading else line.start
            heading = " ".join(self.text[words : line.end].split())
            self.lines[start - 1] = replace(above, words=words, end=line.end, heading=heading)
        else:
            bare = above.role in ITEMS and above.words == above.end
            words = line.start if bare else above.words
            self.lines[start - 1] = replace(above, words=words, end=line.end)
        del self.lines[start]

    def _heading(self, i: int, at: int | None) -> None:
        line = self.lines[i]
        if at is not None and line.role in HEADS:
            self._cut(i, at)
            return
        j = self._above(i)
        if j is None or j != i - 1 or self.lines[j].role not in HEADS:
            raise IntakeError(
                "no article or division opens on the line above: say first what that line is"
            )
        if at is not None:
            self._cut(i, at)
        self._join(i)

    # What a line is

    def _take(self, i: int, role: Role) -> None:
        """Give line `i` a role, and the depth that goes with it."""
        old = self.lines[i]
        if role == "outside":
            i = self._plain(i)
            self.lines[i] = replace(self.lines[i], role="outside")
            return
        if role in HEADS or role in ("text", "closing"):
            i = self._without_empty_heads(i)
        if not (old.role in HEADS and role in HEADS):
            i = self._plain(i)
        depth = self._depth(i, role)
        old = self.lines[i]
        if self._news:
            words = self.text[old.start : old.end] if role == "section" else ""
            heading = " ".join(words.split())
            self.lines[i] = replace(old, role=role, depth=depth, heading=heading)
            return
        if old.role in HEADS and role in HEADS:
            made = [replace(old, role=role, depth=depth, word="")]
            if role == "preamble":
                made = [replace(made[0], number="", token="")]
        elif role in HEADS:
            made = as_head(self.text, self.lines, i, role, depth)
        elif role in ITEMS:
            made = as_item(self.text, self.lines, i, role, depth)
        else:
            made = [replace(old, role=role, depth=depth)]
        self.lines[i : i + 1] = made
        if role == "article" and heading_follows(self.text, self.lines, i):
            self._join(i + 1)
        if role == "closing":
            self._close(i + 1)
        else:
            self._adopt(i, i + len(made))

    def _leave_out(self, i: int, until: str) -> None:
        """Leave out the lines that follow, up to the one that begins at or behind a place."""
        if not until.isdecimal():
            raise IntakeError(f"{until[:40]!r} is no place in the text: give a number")
        end = int(until)
        self.lines[i:] = [
            Line(one.start, one.start, one.end, "outside")
            if one.start < end and not one.empty
            else one
            for one in self.lines[i:]
        ]

    def _depth(self, i: int, role: Role) -> int:
        """How deep a line with that role lies behind what is open there."""
        path = [self.lines[j] for j in self._path(i)]
        if self._news:
            return 1 if role == "paragraph" and path else 0
        if role in ("preamble", "annex", "closing"):
            return 0
        if role == "text":
            return self._text_depth(path)
        if role in DIVISION_ROLES:
            same = next((one for one in path if one.role == role), None)
            if same:
                return same.depth
        weakest = {"subpoint": RANKS["point"], "point": RANKS["paragraph"]}.get(
            role, RANKS[role] - 1
        )
        for one in reversed(path):
            if RANKS[one.role] <= weakest and layout.holds(self.text, one, _like(role)):
                return one.depth + 1
        return 0

    def _text_depth(self, path: Sequence[Line]) -> int:
        """Text behind a point goes on in what the points belong to, else in what is open."""
        if not path:
            return 0
        last = path[-1]
        beside = last.role in ("text", "closing", "point", "subpoint")
        return last.depth if beside else last.depth + 1

    def _adopt(self, i: int, after: int) -> None:
        """Put what belongs to a new head or item under it: weaker lines, as far as they go on."""
        head = self.lines[i]
        rank, end = RANKS[head.role], after
        while end < len(self.lines):
            line = self.lines[end]
            if line.role != "outside":
                weaker = RANKS[line.role] > rank and line.role != "closing"
                if not weaker or (head.role in ITEMS and line.role == "text"):
                    break
                if head.role in ("preamble", "article") and line.role in HEADS:
                    break
            end += 1
        inside = [one for one in self.lines[after:end] if one.role != "outside"]
        if not inside:
            return
        step = head.depth + 1 - min(one.depth for one in inside)
        if step > 0:
            self._move(after, end, step)

    def _close(self, i: int) -> None:
        """Closing words go on to the next head."""
        while i < len(self.lines) and self.lines[i].role in ("text", "outside"):
            if self.lines[i].role == "text":
                self.lines[i] = replace(self.lines[i], role="closing", depth=0)
            i += 1

    # One level

    def _deeper(self, i: int) -> None:
        i = self._outermost(i)
        line = self.lines[i]
        j = next(
            (
                j
                for j in range(i - 1, -1, -1)
                if self.lines[j].role != "outside" and self.lines[j].depth <= line.depth
            ),
            None,
        )
        if j is None or self.lines[j].depth < line.depth:
            raise IntakeError("nothing stands above it on its level: it cannot go further in")
        if not layout.holds(self.text, self.lines[j], line, self._before.kind):
            raise IntakeError(f"{_a(line.role)} cannot lie in {_a(self.lines[j].role)}")
        end = self._below(i)
        self._move(i, end, 1)
        self._rename(i, end)

    def _shallower(self, i: int) -> None:
        i = self._outermost(i)
        line = self.lines[i]
        if line.role == "outside" or line.depth == 0:
            raise IntakeError("it is on the outermost level already")
        end = self._below(i)
        # The rest of a list goes with it: (j) follows (i) wherever that is put.
        while (
            line.role in ITEMS
            and end < len(self.lines)
            and (self.lines[end].role, self.lines[end].depth) == (line.role, line.depth)
        ):
            end = self._below(end)
        self._move(i, end, -1)
        self._rename(i, end)

    def _outermost(self, i: int) -> int:
        """The head without characters that opens at line `i`, else the line."""
        while i and self.lines[i - 1].empty:
            i -= 1
        return i

    def _move(self, start: int, end: int, step: int) -> None:
        for j in range(start, end):
            line = self.lines[j]
            if line.role != "outside":
                self.lines[j] = replace(line, depth=max(0, line.depth + step))

    def _rename(self, start: int, end: int) -> None:
        """Say again which of the items moved are paragraphs, points or subpoints."""
        if self._news:
            return
        for j in range(start, end):
            line = self.lines[j]
            if line.role not in ITEMS:
                continue
            above = [self.lines[k].role for k in self._path(j) if self.lines[k].depth < line.depth]
            role: Role = "point"
            if "point" in above or "subpoint" in above:
                role = "subpoint"
            elif not any(one in ITEMS for one in above):
                counted = not line.number or layout.reading(line.number)[0] == "number"
                role = "paragraph" if counted else "point"
            self.lines[j] = replace(line, role=role)

    def _number(self, i: int, value: str) -> None:
        i = self._outermost(i)
        line = self.lines[i]
        if self._news or line.role not in HEADS | ITEMS or line.role == "preamble":
            raise IntakeError(f"{_a(line.role)} has no number: say first what the line is")
        number = " ".join(value.split()).strip("()[].:;, ")
        if len(number) > _LONGEST_NUMBER or bool(value.strip()) != bool(token(number)):
            raise IntakeError(f"{value[:40]!r} is no number: give one such as 5, 5 bis, IV or a")
        self.lines[i] = replace(line, number=number, token=token(number))


_NO_WORDS = "no clause has words of its own: check the source"


def _like(role: Role) -> Line:
    return Line(0, 0, 0, role)


def _a(role: str) -> str:
    if role in ("text", "closing", "outside"):
        return {"text": "text", "closing": "the closing words", "outside": "what is left out"}[role]
    return f"a{'n' if role[0] in 'a' else ''} {role}"


def _counted(number: int) -> str:
    return f"{BY_HAND}: {number} {'line' if number == 1 else 'lines'}"
