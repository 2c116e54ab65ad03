"""Small drafts made for the purpose, and versions of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator import intake, store
from annotator.model import Annotation, Document, new_id
from annotator.store import Store

FIRST = """\
Chapter I. Powers

Article 1. Scope

This Convention applies to the search of machines by the police of a Party.

Article 2. Search

1. Each Party may search a machine and seize what it finds there.

2. Each Party shall, where a case is urgent:

(a) make a copy of content data of a person;

(b) make a copy of traffic data of a person;

(c) hand back what it took.

3. The person is told of the search within thirty days of its end.

Article 3. Secrecy

Nobody shall speak of a search while the inquiry is open.

Article 4. Judges

A judge shall allow each search beforehand in writing.
"""

SECOND = """\
Chapter I. Powers

Article 1. Terms

In this Convention a machine is whatever can work on data by itself.

Article 2. Scope

This Convention applies to the search of all machines by the police of a Party.

Article 3. Judges

A judge shall allow each search beforehand in writing.

Article 4. Search

1. Each Party may search a machine and seize what it finds there.

2. Each Party shall, where a case is urgent:

(a) inform a judge of what it does;

(b) make a copy of content data of a person;

(c) make a copy of traffic data of one person only;

(d) hand back what it took.

3. The person is told of the search within thirty days of its end.

Article 5. Secrecy

Nobody shall speak of a search while the inquiry is open.
"""


def treaty(text: str, *, language: str = "en", slug: str = "draft") -> Document:
    """A treaty as intake reads it."""
    return intake.parse(text, kind="treaty", language=language, title="A draft", slug=slug)


def tag(document: Document, quote: str, reviewer: str = "ana", *, nth: int = 1) -> Annotation:
    """A tag on the nth place where the words stand."""
    start = -1
    for _ in range(nth):
        start = document.text.index(quote, start + 1)
    clause = document.clause_at(start)
    assert clause is not None
    return Annotation(
        new_id(), document.id, clause.eid, start, start + len(quote), quote, "privacy", "risk",
        reviewer,
    )  # fmt: skip


def articles(*bodies: str) -> str:
    """A treaty of articles with these words, numbered from 1, their headings in their words."""
    return "\n\n".join(
        f"Article {number}. {body.split('|')[0]}\n\n{body.split('|')[1]}"
        for number, body in enumerate(bodies, start=1)
    )


@pytest.fixture(scope="session")
def first() -> Document:
    return treaty(FIRST)


@pytest.fixture(scope="session")
def second() -> Document:
    return treaty(SECOND)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Store]:
    """An empty store with Ana and Bo."""
    with store.open(tmp_path / "annotations.db") as opened:
        opened.add_reviewer("Ana")
        opened.add_reviewer("Bo")
        yield opened


Make = Callable[[str], Document]
