"""What speaks of which clause leaves with a dataset and comes back whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator import export, review
from annotator.errors import AnnotatorError, ExportError, NotFoundError
from annotator.model import Document, Link
from annotator.store import Store
from tests.export import named

NewStore = Callable[[], Store]


@pytest.fixture
def link(worked: Store, news: Document) -> Link:
    words = "At least 40 people were arrested"
    start = news.text.index(words)
    return review.link(
        worked,
        news,
        worked.reviewer("Ann").id,
        start=start,
        end=start + len(words),
        quote=words,
        target_document="small-things",
        target_eid="art_1__para_2__point_b",
        note='Says "who"? 😀',
    )


def lines(store: Store, **chosen: Any) -> list[dict[str, Any]]:
    content = named.render(store, "jsonl", **chosen).decode("utf-8")
    return [json.loads(line) for line in content.split("\n") if line]


def test_a_link_line_names_claim_and_clause(worked: Store, link: Link, treaty: Document) -> None:
    (line,) = [one for one in lines(worked) if one["type"] == "link"]
    assert list(line) == [
        "type", "id", "document", "text_sha256", "eid", "citation", "start", "end", "quote",
        "target_document", "target_text_sha256", "target_eid", "target_citation", "note",
        "reviewer", "created", "updated",
    ]  # fmt: skip
    assert (line["document"], line["citation"], line["quote"]) == ("signed", "para. 1", link.quote)
    assert (line["target_document"], line["target_citation"]) == ("small-things", "art. 1(2)(b)")
    assert line["target_text_sha256"] == treaty.text_sha256


def test_links_come_back_unchanged_and_once(
    worked: Store, link: Link, new_store: NewStore, tmp_path: Path
) -> None:
    named.write(worked, "jsonl", tmp_path / "all.jsonl")
    other = new_store()
    assert export.load(other, tmp_path / "all.jsonl").added["link"] == 1
    assert other.links() == [link]
    assert named.render(other, "jsonl") == named.render(worked, "jsonl")
    again = export.load(other, tmp_path / "all.jsonl")
    assert (dict(again.added), again.updated) == ({}, 0)
    assert other.verify() == []


@pytest.mark.usefixtures("link")
def test_a_claim_brings_its_clause_along(
    worked: Store, new_store: NewStore, tmp_path: Path
) -> None:
    named.write(worked, "jsonl", tmp_path / "news.jsonl", documents=["signed"])
    other = new_store()
    export.load(other, tmp_path / "news.jsonl")
    assert {info.slug for info in other.documents()} == {"signed", "small-things"}
    assert len(other.links_to("small-things")) == 1


@pytest.mark.usefixtures("link")
def test_only_the_links_of_those_chosen_leave(worked: Store) -> None:
    assert [one for one in lines(worked, reviewers=["Béla"]) if one["type"] == "link"] == []
    chosen = lines(worked, reviewers=["Ann"], documents=["small-things"])
    assert [one for one in chosen if one["type"] == "link"] == []


FEW: dict[str, Any] = {
    "type": "link",
    "document": "signed",
    "start": 17,
    "end": 25,
    "quote": "At least",
    "target_document": "small-things",
    "target_eid": "art_2",
}


def test_few_keys_are_enough_and_mean_the_same_link_each_time(
    worked: Store, tmp_path: Path
) -> None:
    path = tmp_path / "few.jsonl"
    path.write_text(json.dumps(FEW), encoding="utf-8")
    for added in ({"link": 1}, {}):
        assert dict(export.load(worked, path, reviewer="Ann").added) == added
    (made,) = worked.links()
    assert (made.eid, made.target_eid) == ("para_1", "art_2")


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"target_eid": "art_9"}, NotFoundError, "'art_9'"),
        ({"target_eid": None}, ExportError, "'target_eid' is missing"),
        ({"target_document": "else"}, NotFoundError, "'else'"),
        ({"target_text_sha256": "0" * 64}, ExportError, "another version of 'small-things'"),
        ({"quote": "at least"}, AnnotatorError, "the text reads 'At least', not 'at least'"),
    ],
)
def test_a_wrong_link_stores_nothing(
    worked: Store, tmp_path: Path, wrong: dict[str, Any], error: type[Exception], said: str
) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text(json.dumps({**FEW, **wrong}), encoding="utf-8")
    with pytest.raises(error, match=said):
        export.load(worked, path, reviewer="Ann")
    assert worked.links() == []


@pytest.mark.usefixtures("link")
def test_a_link_of_someone_else_is_not_taken_over(worked: Store, tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    (line,) = [one for one in lines(worked) if one["type"] == "link"]
    path.write_text(json.dumps({**line, "reviewer": "Béla", "note": "Mine."}), encoding="utf-8")
    with pytest.raises(ExportError, match="belongs to 'Ann'"):
        export.load(worked, path)
