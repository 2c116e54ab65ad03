"""A small treaty and short ways to say who read and marked what in it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from annotator.model import Annotation, Clause, Document, Review, sha256

# art_1 has words of its own; art_2 only holds its paragraphs; para_2 has points and closing words.
BLOCKS = (
    ("art_1", "article", "1", "Article 1. Purpose\n\n", "Parties keep data safe.", None),
    ("art_2", "article", "2", "Article 2. Search", "", None),
    ("art_2__para_1", "paragraph", "1", "1. ", "Police may search any system.", "art_2"),
    ("art_2__para_2", "paragraph", "2", "2. ", "They may, without delay:", "art_2"),
    ("art_2__para_2__point_a", "point", "a", "(a) ", "seize a 📱 phone;", "art_2__para_2"),
    ("art_2__para_2__point_b", "point", "b", "(b) ", "copy the data.", "art_2__para_2"),
)
CITATIONS = ("art. 1", "art. 2", "art. 2(1)", "art. 2(2)", "art. 2(2)(a)", "art. 2(2)(b)")
HEADINGS = {"art_1": "Purpose", "art_2": "Search"}


def treaty() -> Document:
    text, places = "", {}
    for eid, _, _, opening, words, _ in BLOCKS:
        start = len(text)
        text += opening + words
        places[eid] = (start, start + len(opening), len(text))
        text += "\n\n"
    text = text.rstrip()
    clauses = []
    for (eid, kind, number, _, _, parent), citation in zip(BLOCKS, CITATIONS, strict=True):
        start, body, own_end = places[eid]
        end = max(
            places[other][2] for other in places if other == eid or other.startswith(f"{eid}__")
        )
        clauses.append(
            Clause(
                eid=eid,
                citation=citation,
                kind=kind,
                number=number,
                heading=HEADINGS.get(eid, ""),
                start=start,
                end=end,
                body=body,
                own_end=own_end,
                parent=parent,
                article=eid[4],
            )
        )
    return Document(
        id="doc",
        slug="small-treaty",
        title="Small treaty",
        kind="treaty",
        language="en",
        text=text,
        text_sha256=sha256(text),
        clauses=tuple(clauses),
    )


@pytest.fixture(scope="session")
def document() -> Document:
    return treaty()


@pytest.fixture(scope="session")
def say(document: Document) -> SimpleNamespace:
    """`say.mark("a", "search any")` and `say.read("a", "art_1")`, in the small treaty."""
    made = iter(range(10**9))

    def mark(reviewer: str, quote: str, concern: str = "privacy", **more: object) -> Annotation:
        start = document.text.index(quote)
        clause = document.clause_at(start)
        return Annotation(
            id=f"n{next(made):06}",
            document=document.id,
            eid=clause.eid if clause else "art_2",
            start=start,
            end=start + len(quote),
            quote=quote,
            concern=concern,
            reviewer=reviewer,
            **{"polarity": "risk"} | more,  # type: ignore[arg-type]  # a short hand for tests
        )

    def read(reviewers: str, *eids: str, state: str = "concern") -> list[Review]:
        """Each letter of `reviewers` has read the clauses; all of them where none is named."""
        names = eids or tuple(clause.eid for clause in document.reviewable())
        return [
            Review(document=document.id, eid=eid, reviewer=reviewer, state=state)  # type: ignore[arg-type]  # the same
            for reviewer in reviewers
            for eid in names
        ]

    return SimpleNamespace(mark=mark, read=read)
