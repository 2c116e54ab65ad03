"""Agreement as the command line prints it, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.codebook import Codebook
from annotator.compare.bootstrap import Interval
from annotator.compare.confusions import Confusion, confusions
from annotator.compare.differences import differences
from annotator.compare.gamma import Gamma, gamma
from annotator.compare.marking import PairMarking, markings, pair_markings
from annotator.compare.marksmeaning import marks_meaning
from annotator.compare.meaning import meaning
from annotator.compare.measures import MEASURES, Figures, Measured, PairFigures, measure_all
from annotator.compare.parts import PART_KINDS, Part, measure_parts
from annotator.compare.questions import QUESTION_KINDS, Text, answers
from annotator.compare.talking import Because, Talk, worth_talking
from annotator.compare.unitizing import Unitizing
from annotator.listing import figure, table
from annotator.model import Document

_AT_MOST = 30
_LARGEST = 12


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is measured of some texts and reviewers; `names` are theirs by id.

    `gamma` is `None` where it was not asked for.
    """

    documents: Mapping[str, Document]
    names: Mapping[str, str]
    questions: tuple[Measured, ...]
    parts: tuple[Part, ...]
    marks: tuple[PairMarking, ...]
    units: tuple[Unitizing, ...]
    gamma: Gamma | None
    confusions: tuple[Confusion, ...]
    talks: tuple[Talk, ...]

    @property
    def concerns(self) -> list[Measured]:
        """The measures of each concern."""
        return [one for one in self.questions if one.question.kind == "concern"]


def compared(
    texts: Sequence[Text], names: Mapping[str, str], codebook: Codebook, *kinds: str
) -> Comparison:
    """Everything measured over these texts.

    `kinds` are kinds of questions, none for all of them (each concern is always asked), and of
    parts; parts that are not named are not measured. Gamma, which takes a minute or two, is worked
    out where no kinds are named, and for "marks".
    """
    ids = tuple(names)
    asked = [kind for kind in kinds if kind in QUESTION_KINDS]
    said = answers(texts, ids, codebook)
    questions = said.questions("concern", "concerns")
    return Comparison(
        documents={text.document.id: text.document for text in texts},
        names=names,
        questions=tuple(measure_all(said, *({*asked, "concern"} if kinds else ()))),
        parts=tuple(
            part
            for kind in PART_KINDS
            if kind in kinds
            for question in questions
            for part in measure_parts(said, question, kind)
        ),
        marks=tuple(pair_markings(texts, ids, each=not kinds or "marks" in kinds)),
        units=tuple(markings(texts, ids)),
        gamma=gamma(texts, ids) if not kinds or "marks" in kinds else None,
        confusions=tuple(confusions(texts, ids, codebook)),
        talks=tuple(
            worth_talking(
                difference
                for text in (text.now(codebook) for text in texts)
                for difference in differences(text.document, text.annotations, text.reviews, ids)
            )
        ),
    )


def lines(found: Comparison, *, kinds: Sequence[str] = ()) -> Iterator[str]:
    """The concerns as two tables, pairs first; then what else was asked for, and the marks."""
    titles = "; ".join(document.title for document in found.documents.values())
    yield f"{titles}: {', '.join(found.names.values())}"
    yield ""
    yield from table(
        ("concern", "pair", "clauses", "agree", "kappa", "95 %"),
        [
            _kappa_cells(one.question.concern, pair, found.names)
            for one in found.concerns
            for pair in one.pairs
        ],
    )
    yield ""
    yield from table(
        ("concern", "clauses", "marked", "alpha", "95 %", "what it allows one to say"),
        [_alpha_cells(one) for one in found.concerns],
    )
    asked = [one for one in found.questions if one.question.kind in kinds]
    if asked:
        yield ""
        yield from table(
            ("question", *_HEADS),
            [(_question(one), *_figures_cells(one), meaning(one)) for one in asked],
        )
    if found.parts:
        yield ""
        yield from table(
            ("part", "question", *_HEADS),
            [
                (_part(found, one), _question(one.measured), *_figures_cells(one.measured), "")
                for one in found.parts
            ],
        )
    if "confusion" in kinds:
        for confusion in found.confusions:
            yield ""
            yield from _confusion_lines(confusion)
    if "talk" in kinds:
        yield ""
        yield from talk_lines(found)
    if "pair" in kinds:
        yield ""
        yield from table(
            ("question", "pair", "clauses", "differ", "agree", "kappa", "95 %", "meaning"),
            [
                (_question(one), *_pair_cells(pair, found.names), meaning(pair))
                for one in asked or found.concerns
                for pair in one.pairs
            ],
        )
    if asked or "marks" in kinds:
        yield from _marks_lines(found)


def _marks_lines(found: Comparison) -> Iterator[str]:
    yield ""
    yield from table(
        ("marks of", "pair", "marks", "matched by", "both", *_SHARES, "95 %", "meaning"),
        [_marking_cells(one, found.names) for one in found.marks],
    )
    yield ""
    yield from table(
        ("marks of", "units", "alpha for unitizing", "95 %", "meaning"),
        [
            (
                *(one.category or "all", str(one.units), figure(one.alpha)),
                *(_range(one.interval), marks_meaning(one)),
            )
            for one in found.units
        ],
    )
    if found.gamma:
        yield f"gamma: {found.gamma.said()}"


_HEADS = ("clauses", "differ", "agree", "fleiss", "ac1", "alpha", "95 %", "meaning")
_SHARES = ("precision", "recall", "f1")

_SAID = {
    "polarity": "a risk for some, a safeguard for others",
    "concern": "another concern in the same words",
    "code": "another code for the same words",
    "only_one": "{n} of {of} marked it",
    "not_all": "{n} of {of} marked it",
    "severity_far": "low for some, high for others",
    "severity": "a step apart in severity",
    "ends": "where the words begin or end",
    "grave": "somebody calls it high",
    "even": "{n} against {of}",
    "each": "each of {n} says something else",
    "recurring": "the same code is disputed in other clauses: {n}",
    "several": "{n} differences in it",
    "noted": "notes say why: {n}",
}


def because(one: Because) -> str:
    """Why a clause is worth talking about, in a few words."""
    return _SAID[one.why].format(n=one.n, of=one.of)


def talk_lines(found: Comparison) -> Iterator[str]:
    """The clauses worth talking about first, as a table; of a long list its beginning."""
    shown = found.talks[:_AT_MOST]
    yield from table(
        ("clause", "worth", "why"),
        [
            (
                _cited(found, talk.document, talk.citation),
                f"{talk.worth:.1f}",
                "; ".join(map(because, talk.reasons)),
            )
            for talk in shown
        ],
    )
    if len(found.talks) > len(shown):
        yield f"and {len(found.talks) - len(shown)} more clauses; --json has all of them"


def _confusion_lines(found: Confusion) -> Iterator[str]:
    """A row a label, a column what the others said of the same words, the commonest first."""
    rows = []
    for row, label in enumerate(found.labels):
        met = sorted(zip(found.counts[row], found.labels, strict=True), key=lambda one: -one[0])
        said = ", ".join(f"{other} {n}" for n, other in met[:_LARGEST] if n)
        rows.append((label, str(sum(found.counts[row])), said))
    yield from table((found.concern or "concern", "met", "what the others said"), rows)


def _part(found: Comparison, part: Part) -> str:
    if part.kind == "document":
        return found.documents[part.document].slug
    if part.kind != "article":
        return part.name
    document = found.documents[part.document]
    citation = document.clause(part.name).citation if part.name else "elsewhere"
    return _cited(found, part.document, citation)


def _cited(found: Comparison, document: str, citation: str) -> str:
    return citation if len(found.documents) == 1 else f"{found.documents[document].slug} {citation}"


def _question(found: Measured) -> str:
    return " ".join((found.question.kind, *found.question.named.values()))


def _kappa_cells(concern: str, pair: PairFigures, names: Mapping[str, str]) -> tuple[str, ...]:
    between, clauses, _, *rest = _pair_cells(pair, names)
    return concern, between, clauses, *rest


def _pair_cells(pair: PairFigures, names: Mapping[str, str]) -> tuple[str, ...]:
    return (
        f"{names[pair.first]} / {names[pair.second]}",
        str(pair.clauses),
        str(pair.differing),
        _share(pair.figure("percent").value),
        figure(pair.main.value),
        _range(pair.main.interval),
    )


def _alpha_cells(found: Measured) -> tuple[str, ...]:
    return (
        found.question.concern,
        str(found.clauses),
        str(found.clauses_with(1)),
        figure(found.main.value),
        _range(found.main.interval),
        meaning(found),
    )


def _figures_cells(found: Figures) -> tuple[str, ...]:
    percent, *rest = (found.figure(name).value for name in MEASURES)
    return (
        str(found.clauses),
        str(found.differing),
        _share(percent),
        *map(figure, rest),
        _range(found.main.interval),
    )


def _marking_cells(one: PairMarking, names: Mapping[str, str]) -> tuple[str, ...]:
    found = one.found
    return (
        one.concern or "all",
        f"{names[one.first]} / {names[one.second]}",
        f"{found.first} / {found.second}",
        found.matching,
        str(found.matched),
        *map(figure, (found.precision, found.recall, found.f1)),
        _range(one.interval),
        marks_meaning(found),
    )


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def _range(interval: Interval | None) -> str:
    return "" if interval is None else f"{interval.low:.2f} to {interval.high:.2f}"
