"""Two small documents in hostile characters, two reviewers, a database cheap to make."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator import store
from annotator.model import Annotation, Clause, Document, Suggestion, new_id, sha256, stable_id

BLOCKS = (
    "States shall keep 😀 secrets 𝒜 safe.",
    "يجوز للدولة أن تطلب البيانات.",
    "A cafe\u0301 owner 👩‍⚖️ may be compelled.",
    "Nothing here restricts the press.",
)


def make_document(slug: str = "treaty", blocks: tuple[str, ...] = BLOCKS) -> Document:
    text = "Article 1. Duties\n\n" + "\n\n".join(
        f"{number}. {block}" for number, block in enumerate(blocks, start=1)
    )
    clauses = [
        Clause("art_1", "art. 1", "article", "1", "Duties", 0, len(text), 17, 17, None, "1"),
    ]
    start = text.index("1. ", 9)
    for number, block in enumerate(blocks, start=1):
        body = start + len(f"{number}. ")
        end = body + len(block)
        clauses.append(
            Clause(
                eid=f"art_1__para_{number}",
                citation=f"art. 1({number})",
                kind="paragraph",
                number=str(number),
                heading="",
                start=start,
                end=end,
                body=body,
                own_end=end,
                parent="art_1",
                article="1",
            )
        )
        start = end + 2
    return Document(
        id=stable_id("document", sha256(text)),
        slug=slug,
        title="A treaty of tests",
        kind="treaty",
        language="en",
        text=text,
        text_sha256=sha256(text),
        clauses=tuple(clauses),
        source="made up",
        notice="Not a treaty.",
        metadata={"licence": "CC0-1.0"},
        warnings=("nobody signed it",),
    )


def make_suggestions(document: Document) -> list[Suggestion]:
    """One a paragraph, over its words."""
    return [
        Suggestion(
            id=stable_id("suggestion", document.id, clause.eid),
            document=document.id,
            eid=clause.eid,
            start=clause.body,
            end=clause.own_end,
            quote=document.text[clause.body : clause.own_end],
            concern="privacy",
            polarity="risk",
            rule=f"rule-{clause.number}",
            score=0.5,
            reason="It says so.",
            standard="ICCPR art. 17",
        )
        for clause in document.reviewable()
    ]


@pytest.fixture(scope="session")
def document() -> Document:
    return make_document()


@pytest.fixture(scope="session")
def other() -> Document:
    return make_document("other", ("One thing.", "Another thing."))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, document: Document, other: Document) -> Path:
    """A database with both documents, their suggestions, Ana and Bo."""
    path = tmp_path_factory.mktemp("template") / "made.db"
    with store.open(path) as made:
        for text in (document, other):
            assert made.add_document(text)
            made.set_suggestions(text.id, "rules-1", make_suggestions(text))
        made.add_reviewer("Ana")
        made.add_reviewer("Bo")
        made.backup(path.with_name("template.db"))
    return path.with_name("template.db")


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "annotations.db"))


@pytest.fixture
def db(path: Path) -> Iterator[store.Store]:
    with store.open(path, create=False) as opened:
        yield opened


Tag = Callable[..., Annotation]


@pytest.fixture(scope="session")
def tag(document: Document) -> Tag:
    """An annotation over the words of a paragraph, not stored yet."""

    def make(reviewer: str, *, text: Document = document, paragraph: int = 1) -> Annotation:
        clause = text.clause(f"art_1__para_{paragraph}")
        return Annotation(
            id=new_id(),
            document=text.id,
            eid=clause.eid,
            start=clause.body,
            end=clause.own_end,
            quote=text.text[clause.body : clause.own_end],
            concern="privacy",
            polarity="risk",
            reviewer=reviewer,
        )

    return make
