"""How well highlights agree with a careful reader's labels, unit by unit.

A unit (an article, a clause, a sentence) counts as found for a concern and a polarity where at
least one suggestion of that kind stands in it. An arguable label is scored neither way: finding it
is no hit and no false alarm, and missing it no miss.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Literal

from annotator import codebook
from annotator.errors import AnnotatorError
from annotator.highlight.gold import ANY, Gold, Label, Unit
from annotator.highlight.many import Highlighters
from annotator.model import Document, Suggestion

ALL = "all"

# The point of the standard normal distribution that leaves 2.5 % above it.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Row:
    """One concern and polarity; `all` for both in the last row, which adds up the others.

    Counts are of units. `hits` were labelled and found, `misses` labelled and not found, `alarms`
    found and not labelled, `arguable` left out. `located` are the hits where a suggestion overlaps
    the words the reader quoted; None where not all quotes are known. The three measures lie between
    0 and 1, and are None where nothing was found, or nothing labelled. Those of the last row are
    micro averages, since it counts every unit of every kind once.
    """

    concern: str
    polarity: str
    hits: int
    misses: int
    alarms: int
    arguable: int
    located: int | None = None

    @property
    def labels(self) -> int:
        """Units that the reader labelled beyond argument."""
        return self.hits + self.misses

    @property
    def precision(self) -> float | None:
        """Hits among all units found."""
        return _share(self.hits, self.hits + self.alarms)

    @property
    def recall(self) -> float | None:
        """Hits among all units labelled."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall: 2 hits / (2 hits + misses + alarms)."""
        return _share(2 * self.hits, 2 * self.hits + self.misses + self.alarms)

    @property
    def precision_interval(self) -> tuple[float, float] | None:
        """The 95 % interval of precision, by Wilson's score."""
        return wilson(self.hits, self.hits + self.alarms)

    @property
    def recall_interval(self) -> tuple[float, float] | None:
        """The 95 % interval of recall, by Wilson's score."""
        return wilson(self.hits, self.hits + self.misses)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A miss or a false alarm, with what a rule's writer needs to understand it.

    `words` are the reader's for a miss, the suggestion's for a false alarm, which also has `rule`
    and `score`. `text` is the sentence, or the words of the clause.
    """

    kind: Literal["miss", "alarm"]
    unit: Unit
    concern: str
    polarity: str
    words: str
    text: str
    rule: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on `units` units; `clean` of them have no label, `flagged` of these did
    get a suggestion. Where `codes` are named, no suggestion under another counted.
    """

    rows: tuple[Row, ...]
    units: int
    clean: int
    flagged: int
    mistakes: tuple[Mistake, ...]
    codes: tuple[str, ...] = ()

    @property
    def total(self) -> Row:
        """The row that adds up the others."""
        return self.rows[-1]

    @property
    def macro_f1(self) -> float | None:
        """The mean F1 of the rows that have one, each weighing the same (the macro average)."""
        figures = [row.f1 for row in self.rows[:-1] if row.f1 is not None]
        return fmean(figures) if figures else None


@dataclass(frozen=True, slots=True)
class Case:
    """A unit with its words, which begin at `start` of their document, and what is found there."""

    unit: Unit
    text: str
    start: int
    found: tuple[Suggestion, ...]


def evaluate(
    gold: Gold,
    documents: Sequence[Document] = (),
    *,
    highlighters: Highlighters | None = None,
    min_score: float = 0.0,
    codes: Sequence[str] | None = None,
) -> Report:
    """Highlight what a gold file speaks of, and score it.

    `documents` are the texts of a gold file of places, in any order, found by their slug; a single
    one is taken whatever its slug. `highlighters` can be shared between calls; without it the rules
    alone are used. Suggestions below `min_score` count as not made, and those under codes other
    than `codes`: without it those that the gold's coders asked about, where it is empty any. A
    code stands for its sub-codes too; a pipeline's suggestions without a code always count.
    `AnnotatorError` where a text is missing or has no such clause, or a code is unknown.
    """
    codes = gold.codes if codes is None else tuple(codes)
    counted = _with_sub_codes(codes)
    highlighters = highlighters or Highlighters()
    cases = [*_in_sentences(gold, highlighters)]
    for name in gold.documents or (("",) if any(unit.place for unit in gold.units) else ()):
        document = _document(gold, name, documents)
        found = highlighters.of(document.language).highlight(document)
        units = (unit for unit in gold.units if unit.place and unit.document == name)
        cases += in_document(gold, units, document, found)
    if codes:
        cases = [
            replace(case, found=tuple(one for one in case.found if one.code in counted))
            for case in cases
        ]
    return replace(score(cases, gold.kinds, min_score=min_score), codes=codes)


def _with_sub_codes(codes: Sequence[str]) -> frozenset[str]:
    """The codes, their sub-codes and the empty one, which a pipeline's suggestions may have."""
    known = [code for concern in codebook.load().concerns for code in concern.codes]
    for code in codes:
        if code not in {one.id for one in known}:
            raise AnnotatorError(
                f"no code is called {code!r}: give one of the codebook, such as {known[0].id!r}"
            )
    return frozenset({"", *codes, *(one.id for one in known if one.parent in codes)})


def in_document(
    gold: Gold, units: Iterable[Unit], document: Document, suggestions: Iterable[Suggestion]
) -> Iterator[Case]:
    """The units with the suggestions that begin in them.

    Places are found by article number or eid, so the document may differ from the coded text in
    spaces or headings. `AnnotatorError` names a place that it does not have.
    """
    clauses = {clause.eid: clause for clause in document.clauses}
    clauses |= {clause.number: clause for clause in document.clauses if clause.kind == "article"}
    suggestions = list(suggestions)
    for unit in units:
        clause = clauses.get(unit.place)
        if clause is None:
            raise AnnotatorError(
                f"{gold.path}, line {unit.line}: {document.slug!r} has no {unit.place!r}: "
                "give the text that was coded"
            )
        found = (s for s in suggestions if clause.start <= s.start < clause.end)
        text = document.text[clause.start : clause.end]
        yield Case(unit, text, clause.start, tuple(found))


def score(
    cases: Iterable[Case], kinds: Sequence[tuple[str, str]], *, min_score: float = 0.0
) -> Report:
    """Count hits, misses and false alarms of each kind, a row each, then the sum of all."""
    cases = list(cases)
    strong = [tuple(s for s in case.found if s.score >= min_score) for case in cases]
    rows: list[Row] = []
    mistakes: list[Mistake] = []
    for kind in kinds:
        row, wrong = _row(kind, list(zip(cases, strong, strict=True)))
        rows.append(row)
        mistakes += wrong
    located = [row.located for row in rows if row.located is not None]
    total = Row(
        concern=ALL,
        polarity=ALL,
        hits=sum(row.hits for row in rows),
        misses=sum(row.misses for row in rows),
        alarms=sum(row.alarms for row in rows),
        arguable=sum(row.arguable for row in rows),
        located=sum(located) if len(located) == len(rows) else None,
    )
    coded = {concern for concern, _ in kinds}
    clean = [
        any(suggestion.concern in coded for suggestion in found)
        for case, found in zip(cases, strong, strict=True)
        if not case.unit.labels
    ]
    mistakes.sort(key=lambda mistake: mistake.unit.line)
    return Report((*rows, total), len(cases), len(clean), sum(clean), tuple(mistakes))


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """The 95 % score interval of a share; None where there is nothing to share.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
    the American Statistical Association 22 (1927), 209-212.

    >>> [round(bound, 3) for bound in wilson(9, 10)]
    [0.596, 0.982]
    """
    if not whole:
        return None
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    spread = share * (1 - share) / whole + square / (4 * whole * whole)
    reach = _Z * math.sqrt(spread) / (1 + square / whole)
    # The share lies inside by definition; rounding alone could put it outside at 0 and 1.
    return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))


def _row(
    kind: tuple[str, str], cases: Sequence[tuple[Case, tuple[Suggestion, ...]]]
) -> tuple[Row, list[Mistake]]:
    hits = misses = alarms = arguable = located = 0
    quoted = True
    mistakes = []
    concern, polarity = kind
    for case, suggestions in cases:
        of_concern = [one for one in suggestions if one.concern == concern]
        found = [one for one in of_concern if polarity in (one.polarity, ANY)]
        labels = [label for label in case.unit.labels if label.concern == concern]
        sure = [one for one in labels if one.polarity == polarity and not one.arguable]
        if any(label.either for label in sure):
            found = of_concern
        if not sure and any(one.either or one.polarity == polarity for one in labels):
            arguable += 1
        elif not sure and found:
            alarms += 1
            mistakes += [_alarm(case, one) for one in found]
        elif sure and not found:
            misses += 1
            words = " … ".join(quote for label in sure for quote in label.quotes)
            mistakes.append(Mistake("miss", case.unit, concern, polarity, words, case.text))
        elif sure:
            hits += 1
            places = [place for label in sure for place in _places(label, case)]
            quoted = quoted and bool(places)
            located += any(s.start < end and start < s.end for s in found for start, end in places)
    return Row(concern, polarity, hits, misses, alarms, arguable, located if quoted else None), (
        mistakes
    )


def _alarm(case: Case, found: Suggestion) -> Mistake:
    return Mistake(
        "alarm",
        case.unit,
        found.concern,
        found.polarity,
        found.quote,
        case.text,
        rule=found.rule,
        score=found.score,
    )


def _places(label: Label, case: Case) -> Iterator[tuple[int, int]]:
    """Where the quotes of a label stand in this text, which may not be the coded one."""
    for words in label.quotes:
        at = case.text.find(words)
        if at >= 0:
            yield case.start + at, case.start + at + len(words)


def _in_sentences(gold: Gold, highlighters: Highlighters) -> Iterator[Case]:
    for language in dict.fromkeys(unit.language for unit in gold.units if unit.text):
        units = [unit for unit in gold.units if unit.text and unit.language == language]
        found = highlighters.of(language).pipe(unit.text for unit in units)
        for unit, suggestions in zip(units, found, strict=True):
            yield Case(unit, unit.text, 0, tuple(suggestions))


def _document(gold: Gold, name: str, documents: Sequence[Document]) -> Document:
    if len(documents) == 1 and len(gold.documents) < 2:
        return documents[0]
    for document in documents:
        if document.slug == name:
            return document
    raise AnnotatorError(f"{str(gold.path)!r} speaks of {name!r}: give that text as well")


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
