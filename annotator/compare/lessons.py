"""What one reviewer can learn: where they stand against the others, and against what is settled.

Being alone is no mistake, and the settled layer is not the truth; both are places to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from annotator.compare.extents import trimmed
from annotator.compare.opinions import Finding, Opinion
from annotator.compare.settling import SettledClause, SettledPassage
from annotator.model import Document

LessonKind = Literal["missed", "extra", "label", "words"]
LESSON_KINDS: tuple[LessonKind, ...] = get_args(LessonKind)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A passage on which a reviewer says something else than what is settled.

    `missed`: settled, and not marked by them. `extra`: marked by them, and settled that nothing is
    to be marked. `label` and `words`: both marked it, under another label, or with other ends.
    """

    document: str
    eid: str
    citation: str
    kind: LessonKind
    mine: Finding | None
    settled: Finding | None

    @property
    def about(self) -> tuple[str, str]:
        """The concern and code it teaches about: the settled one, else the reviewer's own."""
        finding = self.settled or self.mine
        return (finding.concern, finding.code) if finding else ("", "")


@dataclass(frozen=True, slots=True)
class Stand:
    """A passage on which a reviewer and some others say different things, settled or not.

    `others` are the views of those others, the one held by most first. `passage` is as it stands.
    """

    document: str
    eid: str
    citation: str
    mine: Finding | None
    others: tuple[Opinion, ...]
    passage: SettledPassage

    @property
    def alone(self) -> bool:
        """Whether nobody holds the reviewer's view with them."""
        return all(len(one.reviewers) == 1 for one in self.passage.opinions if self._mine(one))

    def _mine(self, opinion: Opinion) -> bool:
        return opinion.finding == self.mine


def lessons(document: Document, clauses: Iterable[SettledClause], reviewer: str) -> list[Lesson]:
    """Where the reviewer differs from what is settled, in text order.

    Only clauses count that they have read and of which all is settled; where the readers are
    settled to disagree nobody is held against anything.
    """
    found = []
    for clause in clauses:
        if not clause.settled or reviewer not in clause.readers:
            continue
        for passage in clause.passages:
            if passage.disagreed:
                continue
            mine = _view(passage, reviewer)
            if kind := _kind(document.text, mine, passage.finding):
                found.append(
                    Lesson(document.id, clause.eid, clause.citation, kind, mine, passage.finding)
                )
    return found


def stands(clauses: Iterable[SettledClause], reviewer: str) -> list[Stand]:
    """Where the reviewer differs from others who have read the same clause, in text order.

    Views differ here as they do to `settle`: whoever left code or severity open holds with those
    who gave one.
    """
    found = []
    for clause in clauses:
        if reviewer not in clause.readers:
            continue
        for passage in clause.passages:
            if passage.provenance == "unanimous":
                continue
            others = tuple(one for one in passage.opinions if reviewer not in one.reviewers)
            if others:
                mine = _view(passage, reviewer)
                found.append(
                    Stand(clause.document, clause.eid, clause.citation, mine, others, passage)
                )
    return found


@dataclass(frozen=True, slots=True)
class CodeLessons:
    """What a reviewer can learn about one code, with the lessons of each kind; `code` may be ""."""

    concern: str
    code: str
    lessons: tuple[Lesson, ...]

    def of(self, kind: LessonKind) -> tuple[Lesson, ...]:
        """The lessons of that kind, in text order."""
        return tuple(one for one in self.lessons if one.kind == kind)


def by_code(several: Iterable[Lesson]) -> list[CodeLessons]:
    """The lessons by code: first the code of which most was missed, then of which most is extra."""
    gathered: dict[tuple[str, str], list[Lesson]] = defaultdict(list)
    for one in several:
        gathered[one.about].append(one)
    found = [CodeLessons(*about, tuple(some)) for about, some in gathered.items()]
    return sorted(found, key=_most)


def _most(one: CodeLessons) -> tuple[object, ...]:
    return (*_counts(one), one.concern, one.code)


def _counts(one: CodeLessons) -> Iterator[int]:
    for kind in LESSON_KINDS:
        yield -len(one.of(kind))


def _view(passage: SettledPassage, reviewer: str) -> Finding | None:
    return next((one.finding for one in passage.opinions if reviewer in one.reviewers), None)


def _kind(text: str, mine: Finding | None, settled: Finding | None) -> LessonKind | None:
    if mine is None or settled is None:
        if mine is settled:
            return None
        return "missed" if mine is None else "extra"
    if (mine.concern, mine.polarity) != (settled.concern, settled.polarity):
        return "label"
    for left, right in ((mine.code, settled.code), (mine.severity, settled.severity)):
        if left and right and left != right:
            return "label"
    return None if _words(text, mine) == _words(text, settled) else "words"


def _words(text: str, finding: Finding) -> object:
    return trimmed(text, ((finding.start, finding.end),))
