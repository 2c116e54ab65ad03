"""A small treaty and a news item in a database of their own, and pages run without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator import bootstrap, intake, store
from annotator.model import Document, Suggestion, stable_id
from annotator.store import Store

# A title that would fetch a picture if it were ever read as Markdown or HTML.
TITLE = "Small *Things* ![p](http://pictures.invalid/p.png) <img src=http://pictures.invalid/q.png>"
TREATY = """\
Chapter I. Powers

Article 1. Search

1. Each Party may search a system and seize what it finds.

2. Each Party may order any person to help.

Article 2. Safeguards

A judge shall review every order.
"""
NEWS = """\
Forty people were arrested this year.

Critics said so.
"""
_LIMIT = 20

Page = Callable[[str], AppTest]


@pytest.fixture(scope="session")
def treaty() -> Document:
    return intake.parse(
        TREATY,
        kind="treaty",
        language="en",
        slug="small-things",
        title=TITLE,
        notice="Made up <b>for</b> a test.",
    )


@pytest.fixture(scope="session")
def news() -> Document:
    return intake.parse(NEWS, kind="news", language="en", slug="signed", title="Signed")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database the pages open; there is nothing in it, nor in the corpus to fill it from."""
    path = tmp_path / "annotations.db"
    monkeypatch.setenv("ANNOTATOR_DB", str(path))
    corpus = tmp_path / "corpus"
    for folder in ("treaties", "news"):
        (corpus / folder).mkdir(parents=True)
    monkeypatch.setattr(bootstrap, "CORPUS", corpus)
    store.open(path).close()
    return path


@pytest.fixture
def filled(path: Path, treaty: Document, news: Document) -> Path:
    """Both texts, two suggestions for the treaty, and Ana."""
    with store.open(path) as opened:
        opened.add_document(treaty)
        opened.add_document(news)
        opened.set_suggestions(
            treaty.id,
            "rules",
            [proposed(treaty, "search a system", 0.9), proposed(treaty, "order any person", 0.8)],
        )
        opened.add_reviewer("Ana")
    return path


@pytest.fixture
def page() -> Page:
    """Runs a page by its name, as the server would."""

    def run(name: str) -> AppTest:
        test = AppTest.from_function(_page, args=(name,), default_timeout=_LIMIT)
        return test.run()

    return run


def _page(name: str) -> None:
    import importlib

    importlib.import_module(f"annotator.ui.pages.{name}").page()


def proposed(document: Document, quote: str, score: float) -> Suggestion:
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
        score=score,
        reason="It may reach anyone.",
        id=stable_id("suggestion", document.id, quote),
        document=document.id,
        eid=clause.eid,
    )


def shown(test: AppTest) -> str:
    """All the page says in the middle and the sidebar, figures and labels included."""
    every = [*test.main, *test.sidebar]
    figures = ("html", "dataframe")
    said = [str(getattr(one, "value", "")) for one in every if one.type not in figures]
    said += [html.proto.body for html in test.get("html")]
    said += [button.label for button in test.button]
    return "\n".join(said)


def decide(opened: Store) -> None:
    """Ana accepts one suggestion, rejects the other, and has read the first clause."""
    from annotator import codebook, review

    document = opened.document("small-things")
    ana = opened.reviewer("Ana").id
    first, second = opened.suggestions(document.id)
    review.accept(opened, document, ana, first.id, codebook=codebook.load())
    review.reject(opened, document, ana, second.id)
    review.judge(opened, document, ana, "art_1__para_1", "concern")
