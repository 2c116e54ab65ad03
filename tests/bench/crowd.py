"""Databases to measure in: one text of a hundred clauses, alone or among a hundred thousand."""

from __future__ import annotations

from pathlib import Path

import measuring  # noqa: F401  # finds the project, as a script's own folder is all Python looks in

from annotator import intake, store
from annotator.model import Annotation, Document, Review, Suggestion, new_id, stable_id

HUNDRED = "bench-hundred"
READER = "Bench"
_OTHER = "Another"
_TEXTS = 1000
_EACH = 100
_WORKED_ON = 100
_SENTENCE = (
    "The ministry may order provider {number} to hand over the traffic data of line {line} "
    "without a warrant, and shall tell nobody of it."
)


def hundred() -> Document:
    """A treaty of ten articles with ten paragraphs each."""
    blocks = ["# A hundred clauses", "## Chapter I. Powers"]
    for article in range(1, 11):
        blocks.append(f"### Article {article}. Order number {article}")
        blocks += [
            f"{n}. {_SENTENCE.format(number=article, line=n)}" for n in range(1, _EACH // 10 + 1)
        ]
    text = "\n\n".join(blocks)
    return intake.parse(
        text, kind="treaty", language="en", title="A hundred clauses", slug=HUNDRED, form="markdown"
    )


def fill(path: Path, *, crowded: bool) -> None:
    """Make the database; `crowded` adds a thousand news texts, a tenth of them worked on."""
    texts = [hundred()]
    if crowded:
        texts += [_news(number) for number in range(_TEXTS)]
    with store.open(path) as db:
        readers = [db.add_reviewer(name).id for name in (READER, _OTHER)]
        with db.write("add_documents") as write:
            for text in texts:
                db.add_document(text, write=write)
        for text in texts[: _WORKED_ON + 1]:
            db.set_suggestions(text.id, "bench", _suggestions(text))
        for text in texts[1 : _WORKED_ON + 1]:
            for reader in readers:
                with db.write("load", reviewer=reader, document=text.id) as write:
                    for clause in text.reviewable():
                        write.put(Review(text.id, clause.eid, reader, "concern"))
                        write.insert(_tag(text, clause.eid, clause.body, reader))


def _news(number: int) -> Document:
    text = "\n\n".join(_SENTENCE.format(number=number, line=line) for line in range(_EACH))
    return intake.parse(
        text, kind="news", language="en", title=f"News {number}", slug=f"crowd-{number:04}"
    )


def _suggestions(text: Document) -> list[Suggestion]:
    found = []
    for clause in text.reviewable():
        end = clause.body + len("The ministry may order")
        found.append(
            Suggestion(
                id=stable_id("suggestion", text.id, str(clause.body)),
                document=text.id,
                eid=clause.eid,
                start=clause.body,
                end=end,
                quote=text.text[clause.body : end],
                concern="privacy",
                polarity="risk",
                rule="bench.order",
                score=0.6,
                reason="a rule of the benchmark",
                standard="",
            )
        )
    return found


def _tag(text: Document, eid: str, start: int, reader: str) -> Annotation:
    end = start + len("The ministry")
    return Annotation(
        id=new_id(),
        document=text.id,
        eid=eid,
        start=start,
        end=end,
        quote=text.text[start:end],
        concern="privacy",
        polarity="risk",
        reviewer=reader,
    )
