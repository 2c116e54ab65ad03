"""A treaty and news in four languages, Ana and Bo, a database cheap to make."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import codebook, intake, review, store
from annotator.codebook import Codebook
from annotator.model import Annotation, Document, Suggestion, stable_id
from annotator.store import Store

TREATY = """\
Chapter I. Powers

Article 1. Search of systems

1. A judge may order the search of a system and of what is stored in it.

2. Each Party may order any person to help with a search, in good co-operation.

Article 2. Safeguards

A judge shall review every order, and the order of a search before all.
"""
NEWS = {
    "zh": "法官可以命令搜查电子证据。\n\n记者协会表示反对。",
    "ar": "يجوز للقاضي أن يأمر بالتفتيش.\n\nقالت النقابة إن القانون خطير.",
    "th": "รายงาน\n\nศาลอาจสั่งให้ค้นข้อมูลส่วนบุคคล\n\nสมาคมนักข่าวคัดค้าน",
}


@pytest.fixture(scope="session")
def treaty() -> Document:
    return intake.parse(TREATY, kind="treaty", language="en", slug="powers", title="On powers")


@pytest.fixture(scope="session")
def book() -> Codebook:
    return codebook.load()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, treaty: Document) -> Path:
    path = tmp_path_factory.mktemp("template") / "made.db"
    with store.open(path) as made:
        made.add_document(treaty)
        made.set_suggestions(treaty.id, "rules", [proposed(treaty, "order any person")])
        for language, text in NEWS.items():
            made.add_document(
                intake.parse(
                    text, kind="news", language=language, slug=f"news-{language}", title="Report"
                )
            )
        made.add_reviewer("Ana")
        made.add_reviewer("Bo")
        made.backup(path.with_name("template.db"))
    return path.with_name("template.db")


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "annotations.db"))


@pytest.fixture
def db(path: Path) -> Iterator[Store]:
    with store.open(path, create=False) as opened:
        yield opened


def proposed(document: Document, quote: str) -> Suggestion:
    start = document.text.index(quote)
    clause = document.clause_at(start)
    assert clause is not None
    return Suggestion(
        start=start,
        end=start + len(quote),
        quote=quote,
        concern="privacy",
        polarity="risk",
        rule="rule",
        score=0.5,
        reason="Anybody can be reached.",
        id=stable_id("suggestion", document.id, quote),
        document=document.id,
        eid=clause.eid,
    )


def tagged(
    opened: Store,
    document: Document,
    reviewer: str,
    quote: str,
    book: Codebook,
    *,
    concern: str = "privacy",
    polarity: str = "risk",
    code: str = "",
    note: str = "",
    severity: str | None = None,
) -> Annotation:
    start = document.text.index(quote)
    return review.tag(
        opened,
        document,
        opened.reviewer(reviewer).id,
        start=start,
        end=start + len(quote),
        quote=quote,
        concern=concern,
        polarity=polarity,
        codebook=book,
        code=code,
        note=note,
        severity=severity,
    )
