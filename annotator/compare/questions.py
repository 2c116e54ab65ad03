"""What each reviewer said of each clause, one question at a time, over one text or many.

A question is, for instance, whether a clause raises privacy, or as which grave. A reviewer's answer
counts in the clauses they have read to the end, and "read, and not marked" is an answer; a clause
not read has none. A safeguard's state is answered where it was assessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal, NamedTuple, get_args

import numpy as np

from annotator.codebook import STATES, Codebook, Concern
from annotator.compare.coefficients import Level
from annotator.compare.ratings import Ints, Ratings
from annotator.compare.reading import Reading
from annotator.model import Annotation, Assessment, Document, Review

Codes = np.ndarray[tuple[int, int], np.dtype[np.int16]]
"""Observers x units: the place of an answer among all answers, -1 for none."""

QuestionKind = Literal["concern", "polarity", "code", "severity", "concerns", "safeguard"]
QUESTION_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)

NOTHING = frozenset({"no concern"})
"""What a reviewer said who read a clause and marked no concern in it: an answer of its own."""

_SEVERITIES = ("low", "medium", "high")
_HOLDERS = frozenset({"article", "preamble", "annex", "section"})
_NAMED_BY = {
    "concern": ("concern",),
    "polarity": ("concern", "polarity"),
    "code": ("concern", "code"),
    "severity": ("concern",),
    "concerns": (),
    "safeguard": ("safeguard",),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked of every clause.

    | kind | the answers |
    |---|---|
    | `concern` | 1 where the reviewer marked the concern, else 0 |
    | `polarity` | 1 where they marked it as that polarity, else 0 |
    | `code` | 1 where they marked that code or one of its sub-codes, else 0 |
    | `severity` | low, medium or high, the gravest of their marks of the concern |
    | `concerns` | the set of concerns they marked, `NOTHING` where none |
    | `safeguard` | present, by reference, weak or absent, as they assessed it |

    `level` says how answers are compared by alpha.
    """

    kind: QuestionKind
    concern: str = ""
    polarity: str = ""
    code: str = ""
    safeguard: str = ""

    @property
    def level(self) -> Level:
        """Severity has an order, concerns are sets; the rest are names."""
        return {"severity": "ordinal", "concerns": "masi"}.get(self.kind, "nominal")  # type: ignore[return-value]  # of Level

    @property
    def yes_or_no(self) -> bool:
        """Whether the answers are 1 and 0."""
        return self.kind in ("concern", "polarity", "code")

    @property
    def named(self) -> dict[str, str]:
        """The fields that tell this question from others of its kind."""
        return {name: getattr(self, name) for name in _NAMED_BY[self.kind]}


@dataclass(frozen=True, slots=True)
class Text:
    """A text with what reviewers made of it."""

    document: Document
    annotations: Sequence[Annotation]
    reviews: Sequence[Review]
    assessments: Sequence[Assessment] = ()

    def now(self, codebook: Codebook) -> Text:
        """The same with each code as it is called now.

        Who has not yet confirmed a tag under a code's successor does not differ for that.
        """
        marks = [_now(one, codebook) for one in self.annotations]
        return replace(self, annotations=marks)


class Asked(NamedTuple):
    """A clause that is asked about: its document's id, its eid, the eid of its article.

    The article may be a preamble, an annex or a section; it is "" in a text without any. `when` is
    the time at which the last of the reviewers said that they have read the clause, "" where nobody
    has.
    """

    document: str
    eid: str
    article: str
    when: str


@dataclass(slots=True)
class Answers:
    """What was said to every question, ready to be counted; made by `answers`.

    `reviewers` are ids in the order of the rows, `clauses` are the columns, and `read[r, n]` tells
    who read clause `n`.
    """

    reviewers: tuple[str, ...]
    clauses: list[Asked]
    read: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    _said: dict[Question, dict[tuple[int, int], Hashable]] = field(repr=False)
    _questions: list[Question] = field(repr=False)

    def questions(self, *kinds: str) -> list[Question]:
        """Everything that can be asked, in the codebook's order; of some kinds, where given."""
        return [one for one in self._questions if not kinds or one.kind in kinds]

    def ratings(self, question: Question, *, among: Sequence[str] | None = None) -> Ratings:
        """The answers as ratings, a reviewer a row, those with the same answers counted together.

        `among` narrows it to these reviewers.
        """
        coded, domain = self._coded(question)
        if among is not None:
            coded = coded[[self.reviewers.index(reviewer) for reviewer in among]]
        return Ratings.coded(coded, domain)

    def rows(self, question: Question) -> list[list[Hashable | None]]:
        """The answers themselves, a row a reviewer and a column a clause; `None` for none."""
        coded, domain = self._coded(question)
        return [[None if place < 0 else domain[place] for place in row] for row in coded.tolist()]

    def split(self, question: Question, parts: Sequence[Ints]) -> Iterator[Ratings]:
        """The answers as ratings for each of the parts, which are places in `clauses`."""
        coded, domain = self._coded(question)
        for places in parts:
            yield Ratings.coded(coded[:, places], domain)

    def _coded(self, question: Question) -> tuple[Codes, tuple[Hashable, ...]]:
        said = self._said.get(question, {})
        domain: tuple[Hashable, ...] = (0, 1)
        if question.kind == "concerns":
            sets = {value for value in said.values() if isinstance(value, frozenset)}
            domain = (NOTHING, *sorted(sets, key=sorted))
        elif not question.yes_or_no:
            domain = _SEVERITIES if question.kind == "severity" else STATES
        # Who read the clause and marked nothing in it gave the first answer, if it is one.
        unsaid = 0 if question.yes_or_no or question.kind == "concerns" else -1
        coded = np.where(self.read, np.int16(unsaid), np.int16(-1))
        if said:
            places = {value: place for place, value in enumerate(domain)}
            spots = np.fromiter(chain.from_iterable(said), np.int64, 2 * len(said)).reshape(-1, 2)
            told = np.fromiter((places[value] for value in said.values()), np.int16, len(said))
            coded[spots[:, 0], spots[:, 1]] = told
        return coded, domain


def answers(texts: Iterable[Text], reviewers: Sequence[str], codebook: Codebook) -> Answers:
    """What these reviewers said of the clauses of all the texts, to every question there is.

    Marks in a clause that their reviewer has not read to the end are left out. One pass over the
    reviews, marks and assessments, whatever the number of questions.
    """
    rows = {reviewer: row for row, reviewer in enumerate(reviewers)}
    said: dict[Question, dict[tuple[int, int], Hashable]] = defaultdict(dict)
    clauses: list[Asked] = []
    seen: list[tuple[int, int]] = []
    lineage = {
        (concern.id, id): _ancestors(concern, id)
        for concern in codebook.concerns
        for code in concern.codes
        for id in (code.id, *code.replaces)
    }
    for text in texts:
        reading = Reading(text.document, text.reviews)
        columns = {clause.eid: len(clauses) + n for n, clause in enumerate(reading.clauses)}
        clauses += _asked(text, reading, frozenset(reviewers))
        read = {
            (rows[reviewer], column)
            for eid, column in columns.items()
            for reviewer in reading.readers(eid)
            if reviewer in rows
        }
        seen += sorted(read)
        for annotation in text.annotations:
            if annotation.reviewer in rows and annotation.document == text.document.id:
                for clause in reading.touched(annotation):
                    place = rows[annotation.reviewer], columns[clause.eid]
                    if place in read:
                        _mark(said, place, annotation, lineage)
        for assessment in text.assessments:
            column = columns.get(assessment.eid)
            if assessment.reviewer in rows and column is not None:
                asked = Question("safeguard", safeguard=assessment.safeguard)
                said[asked][rows[assessment.reviewer], column] = assessment.state
    table = np.zeros((len(reviewers), len(clauses)), dtype=np.bool_)
    if seen:
        table[tuple(np.array(seen).T)] = True
    return Answers(tuple(reviewers), clauses, table, said, list(_questions(codebook)))


def _now(annotation: Annotation, codebook: Codebook) -> Annotation:
    code = codebook.code_now(annotation.concern, annotation.code)
    return annotation if code == annotation.code else replace(annotation, code=code)


def _asked(text: Text, reading: Reading, reviewers: frozenset[str]) -> Iterator[Asked]:
    when: dict[str, str] = {}
    for review in text.reviews:
        if review.done and review.reviewer in reviewers:
            when[review.eid] = max(when.get(review.eid, ""), review.updated)
    articles: dict[str | None, str] = {}
    for clause in text.document.clauses:
        held = clause.eid if clause.kind in _HOLDERS else articles.get(clause.parent, "")
        articles[clause.eid] = held
    for clause in reading.clauses:
        yield Asked(text.document.id, clause.eid, articles[clause.eid], when.get(clause.eid, ""))


def _mark(
    said: dict[Question, dict[tuple[int, int], Hashable]],
    place: tuple[int, int],
    annotation: Annotation,
    lineage: Mapping[tuple[str, str], tuple[str, ...]],
) -> None:
    concern = annotation.concern
    said[Question("concern", concern)][place] = 1
    said[Question("polarity", concern, polarity=annotation.polarity)][place] = 1
    for code in lineage.get((concern, annotation.code), ()):
        said[Question("code", concern, code=code)][place] = 1
    if annotation.severity:
        graded = said[Question("severity", concern)]
        graded[place] = max(
            annotation.severity, str(graded.get(place, "low")), key=_SEVERITIES.index
        )
    sets = said[Question("concerns")]
    held = sets.get(place)
    sets[place] = (held if isinstance(held, frozenset) else frozenset()) | {concern}


def _ancestors(concern: Concern, id: str) -> tuple[str, ...]:
    """The code of that id as it is called now, and the codes it is a sub-code of."""
    found = []
    while id:
        code = concern.code(id)
        found.append(code.id)
        id = code.parent
    return tuple(found)


def _questions(codebook: Codebook) -> Iterator[Question]:
    for concern in codebook.concerns:
        yield Question("concern", concern.id)
        for polarity in ("risk", "safeguard"):
            yield Question("polarity", concern.id, polarity=polarity)
        yield Question("severity", concern.id)
        for code in concern.codes:
            yield Question("code", concern.id, code=code.id)
    yield Question("concerns")
    for safeguard in codebook.safeguards:
        yield Question("safeguard", safeguard=safeguard.id)
