"""Bringing a file in on the export page: seen first, put right, then stored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator import export, store
from annotator.export import LoadReport, Selection
from annotator.model import Document
from annotator.ui.loading import report_words
from tests.ui.conftest import Page, decide, shown

STRANGER = "nowhere ![p](http://pictures.invalid/p.png)"
NAMED = Selection(names=True)


@pytest.fixture
def worked(filled: Path) -> Path:
    with store.open(filled) as opened:
        decide(opened)
    return filled


def content_of(path: Path) -> bytes:
    with store.open(path) as opened:
        return export.as_bytes(opened, "jsonl", NAMED)


def test_a_colleagues_file_is_seen_and_then_brought_in_once(
    worked: Path, page: Page, tmp_path: Path, treaty: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = content_of(worked)
    elsewhere = tmp_path / "elsewhere.db"
    with store.open(elsewhere) as opened:
        opened.add_document(treaty)
    monkeypatch.setenv("ANNOTATOR_DB", str(elsewhere))
    test = page("export")
    upload(test, "from-ana.jsonl", content)
    assert "1 tag" in said(test)
    assert "would come in" in said(test)
    with store.open(elsewhere) as opened:
        assert opened.annotations() == [], "looking at a file stores nothing"
    test.button(key="load").click().run()
    assert "1 tag" in test.success[0].value
    assert content_of(elsewhere) == content
    upload(test, "from-ana.jsonl", content)
    test.button(key="load").click().run()
    assert "nothing was new" in test.success[0].value


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", "is empty"),
        (b"{oops\n", "line 1"),
        (b"\xff\xfe\n", "UTF"),
        (b'{"text": "x", "spans": [{"start": -1, "end": 2}]}\n', "the offset"),
    ],
)
def test_a_file_with_a_mistake_changes_nothing_and_is_named(
    worked: Path, page: Page, content: bytes, wrong: str
) -> None:
    before = content_of(worked)
    test = page("export")
    upload(test, "wrong.jsonl", content)
    assert not test.exception
    assert len(test.error) == 1
    error = test.error[0].value
    assert wrong in error
    assert r"wrong\.jsonl" in error, "by its own name, not that of a temporary copy"
    assert test.button(key="load").disabled
    assert content_of(worked) == before


@pytest.mark.usefixtures("worked")
def test_what_has_no_sure_place_is_shown_and_left_out_only_when_told(
    worked: Path, page: Page, treaty: Document
) -> None:
    start = treaty.text.index("search a system")
    good = tag(treaty.slug, start, "search a system")
    lost = tag(treaty.slug, start, "words that stand nowhere <b>")
    foreign = tag(STRANGER, 1, "x")
    test = page("export")
    upload(test, "mixed.jsonl", b"\n".join((good, lost, foreign)))
    assert not test.exception
    words = said(test)
    assert "1 tag has no sure place" in words
    assert "1 text is not here" in words
    assert "words that stand nowhere &lt;b&gt;" in words, "a file's words are only ever text"
    assert "![p]" not in "".join(one.value for one in test.markdown)
    assert test.button(key="load").disabled
    box = test.checkbox(key="load-rest-0")
    assert box.label == "Load the rest without these 2 tags"
    box.check().run()
    test.button(key="load").click().run()
    assert not test.exception
    with store.open(worked) as opened:
        assert {one.quote for one in opened.annotations(reviewer="Chen")} == {"search a system"}


@pytest.mark.usefixtures("worked")
def test_strange_labels_are_given_a_meaning_and_confirmed(
    worked: Path, page: Page, treaty: Document
) -> None:
    start = treaty.text.index("search a system")
    record = {
        "text": treaty.text,
        "label": [[start, start + 6, "Privacy"], [start, start + 15, "PERSON"]],
        "username": "Chen",
    }
    test = page("export")
    upload(test, "doccano.jsonl", json.dumps(record).encode())
    assert not test.exception
    assert "2 labels are not in the codebook" in said(test)
    assert test.selectbox(key="load-format-0").value == "doccano"
    person, privacy = (test.selectbox(key=f"load-label-0-{n}") for n in range(2))
    assert (person.value, privacy.value) == (None, "privacy-risk"), "a guess, to be confirmed"
    person.set_value("-")
    next(one for one in test.button if one.label == "Take these meanings").click().run()
    assert not test.exception
    assert not test.button(key="load").disabled
    test.button(key="load").click().run()
    assert "1 tag left out" in test.success[0].value
    with store.open(worked) as opened:
        (made,) = opened.annotations(reviewer="Chen")
    assert (made.quote, made.concern, made.polarity) == ("search", "privacy", "risk")


@pytest.mark.usefixtures("worked")
def test_what_no_reviewer_said_and_what_is_said_twice_is_told(
    worked: Path, page: Page, treaty: Document
) -> None:
    start = treaty.text.index("search a system")
    span = {"start": start, "end": start + 6, "label": "whistleblower-risk"}
    task = {"text": treaty.text, "_annotator_id": "Chen", "spans": [span]}
    tasks = [
        {**task, "spans": [{**span, "note": "one <b>"}, {**span, "note": "two"}]},
        {**task, "answer": "reject"},
        {**task, "answer": "ignore"},
    ]
    test = page("export")
    upload(test, "prodigy.jsonl", "\n".join(map(json.dumps, tasks)).encode())
    assert not test.exception
    words = said(test)
    assert "1 task was answered with reject" in words
    assert "1 task was answered with ignore" in words
    assert [one.label.partition(":")[0] for one in test.expander[-1:]] == [
        "1 tag stands on the same words as another of the same reviewer"
    ]
    assert "one &lt;b&gt;" in words
    test.button(key="load").click().run()
    with store.open(worked) as opened:
        (made,) = opened.annotations(reviewer="Chen")
    assert made.note == "one <b>\n\ntwo"


@pytest.mark.usefixtures("worked")
def test_a_text_that_only_the_file_has_is_offered(worked: Path, page: Page) -> None:
    text = "A new law was passed.\n\nJournalists objected to the search powers in it."
    record = {"text": text, "label": [[23, 34, "press_freedom-risk"]], "username": "Chen"}
    test = page("export")
    upload(test, "new.jsonl", json.dumps(record).encode())
    assert test.button(key="load").disabled
    test.checkbox(key="load-texts-0").check().run()
    assert not test.exception
    test.button(key="load").click().run()
    assert "1 text" in test.success[0].value
    with store.open(worked) as opened:
        (made,) = opened.annotations(reviewer="Chen")
        assert opened.document(made.document).text == text
    assert made.quote == "Journalists"


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (LoadReport(), "nothing was new."),
        (LoadReport(added={"review": 1}), "1 review added."),
        (
            LoadReport(added={"annotation": 2, "origin": 2, "review": 3, "decision": 1}, kept=1),
            "2 tags, 3 reviews and 1 decision added. 1 line was older than what is here and passed "
            "over.",
        ),
        (
            LoadReport(updated=2, unchanged=1, reviewers=("Ana", "Bo")),
            "nothing was new. 2 lines were newer and replaced what was here. 1 line was here "
            "already. New: Ana, Bo.",
        ),
    ],
)
def test_a_load_is_reported_in_words(report: LoadReport, words: str) -> None:
    assert report_words(report) == words


def tag(document: str, start: int, quote: str) -> bytes:
    record = {
        "document": document,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "concern": "privacy",
        "polarity": "risk",
        "reviewer": "Chen",
    }
    return json.dumps(record).encode()


def upload(test: AppTest, name: str, content: bytes) -> None:
    test.file_uploader[0].upload(name, content)
    test.run()


def said(test: AppTest) -> str:
    words = [one.value for kind in (test.text, test.subheader, test.caption) for one in kind]
    return " ".join((shown(test), *map(str, words)))
