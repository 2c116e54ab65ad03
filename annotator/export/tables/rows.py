"""The rows of each table, text by text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from annotator.codebook import Codebook, Standard
from annotator.export.dataset import Dataset
from annotator.export.part import Part

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]
Cells = Sequence[Sequence[Cell]]
"""The cells of some rows, a column each; nothing at all of no rows."""


def _annotations(part: Part, dataset: Dataset) -> Cells:
    """A cell an annotation in each column, in the order of the text."""
    document, names, marks = part.document, dataset.names, part.annotations
    citations = {clause.eid: clause.citation for clause in document.clauses}
    headings, how = part.headings, dataset.selection.context
    return (
        [document.title] * len(marks),
        [citations[one.eid] for one in marks],
        [headings[one.eid] for one in marks],
        [one.concern for one in marks],
        [one.polarity for one in marks],
        [one.severity for one in marks],
        [one.code for one in marks],
        [one.quote for one in marks],
        [one.note for one in marks],
        [names[one.reviewer] for one in marks],
        [document.slug] * len(marks),
        [one.eid for one in marks],
        [one.start for one in marks],
        [one.end for one in marks],
        [document.text_sha256] * len(marks),
        [one.id for one in marks],
        [one.created for one in marks],
        [one.updated for one in marks],
        [part.context(one, how) for one in marks],
    )


def _reviews(part: Part, dataset: Dataset) -> Iterator[Row]:
    """A row a clause and reviewer who marked it as read, or said anything else of it."""
    document, place = part.document, {one.id: n for n, one in enumerate(dataset.reviewers)}
    counted: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for mark in part.annotations:
        counted[mark.eid, mark.reviewer][mark.polarity] += 1
    read = {(one.eid, one.reviewer): one for one in part.reviews}
    by_clause: dict[str, list[str]] = defaultdict(list)
    for eid, who in {**counted, **read}:
        by_clause[eid].append(who)
    for clause in document.clauses:
        for who in sorted(by_clause.get(clause.eid, ()), key=place.__getitem__):
            review = read.get((clause.eid, who))
            marks = counted.get((clause.eid, who), {})
            yield (
                document.title,
                clause.citation,
                part.headings[clause.eid],
                dataset.name(who),
                review.state if review else "",
                marks.get("risk", 0),
                marks.get("safeguard", 0),
                review.note if review else "",
                document.slug,
                clause.eid,
                document.text_sha256,
                review.updated if review else None,
                document.text[clause.body : clause.own_end]
                if dataset.selection.context == "clause" and not part.withheld
                else "",
            )


def _safeguards(part: Part, dataset: Dataset) -> Iterator[Row]:
    """A row a clause, safeguard and reviewer who said how it stands."""
    document = part.document
    known = {one.id: one for one in dataset.codebook.safeguards}
    for one in part.assessments:
        safeguard = known.get(one.safeguard)
        yield (
            document.title,
            part.citation(one.eid),
            part.headings[one.eid],
            one.safeguard,
            safeguard.name if safeguard else "",
            safeguard.concern if safeguard else "",
            dataset.name(one.reviewer),
            one.state,
            one.note,
            document.slug,
            one.eid,
            document.text_sha256,
            one.codebook,
            one.updated,
        )


def _suggestions(part: Part, dataset: Dataset) -> Iterator[Row]:
    """A row a suggestion and reviewer who decided on it, or one alone where nobody did."""
    document = part.document
    decided = defaultdict(list)
    for decision in part.decisions:
        decided[decision.suggestion].append(decision)
    for one in part.suggestions:
        for made in decided.get(one.id) or (None,):
            yield (
                document.title,
                part.citation(one.eid),
                part.headings[one.eid] if one.eid else "",
                one.concern,
                one.polarity,
                one.code,
                one.quote,
                made.decision if made else "",
                dataset.name(made.reviewer) if made else "",
                one.rule,
                one.score,
                one.reason,
                one.standard,
                document.slug,
                one.eid,
                one.start,
                one.end,
                document.text_sha256,
                one.id,
                made.annotation if made else None,
                made.updated if made else None,
                part.context(one, dataset.selection.context),
            )


def codebook(book: Codebook) -> Iterator[Row]:
    """A row a concern, code and safeguard, as the codebook has them."""
    for concern in book.concerns:
        yield (
            "concern",
            concern.id,
            concern.id,
            concern.name,
            "",
            concern.definition,
            "\n".join(concern.tag),
            "\n".join(concern.leave),
            _standards(concern.standards),
            "",
            False,
        )
        for code in concern.codes:
            yield (
                "code",
                concern.id,
                code.id,
                code.name,
                code.parent,
                code.definition,
                "\n".join(code.tag),
                "\n".join(code.leave),
                _standards(code.standards),
                ", ".join(code.replaces),
                code.retired,
            )
    for one in book.safeguards:
        told = "\n".join(f"{state}: {says}" for state, says in one.recognise.items())
        yield (
            "safeguard",
            one.concern,
            one.id,
            one.name,
            "",
            one.definition,
            told,
            "",
            _standards(one.standards),
            "",
            one.retired,
        )


def _standards(given: tuple[Standard, ...]) -> str:
    return "\n".join(f"{one.ref}: {one.says}" for one in given)


_ROWS: Mapping[str, Callable[[Part, Dataset], Iterator[Row]]] = MappingProxyType(
    {"reviews": _reviews, "safeguards": _safeguards, "suggestions": _suggestions}
)
OF_PART = ("annotations", *_ROWS)
"""The tables that have rows of each text; the codebook's are of no text."""


def columns(table: str, dataset: Dataset) -> Iterator[Cells]:
    """The table column by column, text by text; a text without rows gives none."""
    if table == "codebook":
        yield columns_of(codebook(dataset.codebook))
        return
    for part in dataset.parts(marks_only=table == "annotations"):
        if found := of_part(table, part, dataset):
            yield found


def of_part(table: str, part: Part, dataset: Dataset) -> Cells:
    """A text's rows column by column."""
    if table == "annotations":
        return _annotations(part, dataset) if part.annotations else ()
    return columns_of(_ROWS[table](part, dataset))


def columns_of(found: Iterable[Row]) -> Cells:
    """Rows as columns."""
    return tuple(zip(*found, strict=True))
