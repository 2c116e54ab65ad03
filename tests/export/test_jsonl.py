from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import export
from annotator.errors import ExportError, NotFoundError
from annotator.export import jsonl
from annotator.model import Document, check_span
from annotator.store import Store
from tests.export import named


def lines(content: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in content.decode("utf-8").split("\n") if line]


def of_type(content: bytes, kind: str) -> list[dict[str, object]]:
    return [line for line in lines(content) if line["type"] == kind]


def test_lines_come_after_what_they_refer_to(worked: Store) -> None:
    kinds = [line["type"] for line in lines(named.render(worked, "jsonl"))]
    assert kinds == (
        ["document"] * 2
        + ["reviewer"] * 2
        + ["annotation", "review"]
        + ["suggestion"] * 2
        + ["annotation"] * 2
        + ["origin"]
        + ["decision"] * 2
        + ["review"] * 2
        + ["assessment"]
    )


def test_an_annotation_line_has_the_keys_that_others_rely_on(worked: Store) -> None:
    for line in of_type(named.render(worked, "jsonl"), "annotation"):
        assert list(line) == [
            "type",
            "id",
            "document",
            "text_sha256",
            "eid",
            "citation",
            "start",
            "end",
            "quote",
            "concern",
            "code",
            "polarity",
            "severity",
            "note",
            "reviewer",
            "created",
            "updated",
        ]


def test_every_quote_is_the_text_at_its_offsets(worked: Store) -> None:
    content = named.render(worked, "jsonl")
    texts = {line["slug"]: line["text"] for line in of_type(content, "document")}
    annotations = of_type(content, "annotation")
    assert {line["quote"] for line in annotations} == {
        "=Critics=",
        "order any person",
        "𝒟ata, البيانات and café",
    }
    for line in annotations:
        text = texts[line["document"]]
        assert isinstance(text, str)
        assert isinstance(line["start"], int)
        assert isinstance(line["end"], int)
        check_span(text, line["start"], line["end"], str(line["quote"]))


def test_a_line_is_the_json_of_its_object(rich: Store) -> None:
    (tag,) = rich.annotations(reviewer="Ann")
    with rich.write("edit") as write:
        write.update(replace(tag, note='\\ "\x01\x7f 😀\ud7ff\u2028 \t/', severity=None))
    for text in named.render(rich, "jsonl").decode("utf-8").split("\n")[:-1]:
        assert jsonl.line(json.loads(text)) == f"{text}\n"


def test_an_annotation_names_slug_citation_and_reviewer(worked: Store) -> None:
    content = named.render(worked, "jsonl")
    (line,) = [one for one in of_type(content, "annotation") if one["reviewer"] == "Ann"]
    assert line["document"] == "small-things"
    assert line["citation"] == "art. 1(2)(b)"
    assert line["severity"] == "high"
    (origin,) = of_type(content, "origin")
    assert origin["annotation"] == line["id"]
    assert origin["codebook"] == "1"


def test_only_suggestions_that_were_decided_on_are_exported(worked: Store) -> None:
    content = named.render(worked, "jsonl")
    decided = {line["suggestion"] for line in of_type(content, "decision")}
    assert {line["id"] for line in of_type(content, "suggestion")} == decided
    assert len(worked.suggestions("small-things")) == 3


def test_a_decided_suggestion_is_exported_after_the_rules_have_changed(
    worked: Store, treaty: Document
) -> None:
    before = named.render(worked, "jsonl")
    worked.set_suggestions(treaty.id, "rules-2", [])
    assert named.render(worked, "jsonl") == before


def test_the_same_state_gives_the_same_bytes(worked: Store) -> None:
    assert named.render(worked, "jsonl") == named.render(worked, "jsonl")


def test_characters_that_some_take_for_line_ends_are_escaped(worked: Store) -> None:
    note = "one\x0btwo\x0cthree\x85four\u2028five\u2029six\x1cseven"
    (tag,) = worked.annotations(reviewer="Ann")
    with worked.write("edit") as write:
        write.update(replace(tag, note=note))
    content = named.render(worked, "jsonl")
    assert content.decode("utf-8").count("\n") == len(content.decode("utf-8").splitlines())
    assert note in [line["note"] for line in of_type(content, "annotation")]


@pytest.mark.parametrize(
    ("documents", "reviewers", "annotations", "people"),
    [
        (["signed"], None, ["=Critics="], ["Béla"]),  # who said nothing there is not named
        (None, ["ann"], ["order any person"], ["Ann"]),  # capitals do not matter
        (["small-things"], ["Béla"], ["𝒟ata, البيانات and café"], ["Béla"]),
        (["signed", "signed"], ["Ann"], [], ["Ann"]),
    ],
)
def test_documents_and_reviewers_can_be_chosen(
    worked: Store,
    documents: list[str] | None,
    reviewers: list[str] | None,
    annotations: list[str],
    people: list[str],
) -> None:
    content = named.render(worked, "jsonl", documents=documents or (), reviewers=reviewers or ())
    assert [line["quote"] for line in of_type(content, "annotation")] == annotations
    assert [line["name"] for line in of_type(content, "reviewer")] == people
    spoken_of = {line["document"] for line in lines(content) if "document" in line}
    assert spoken_of <= {line["slug"] for line in of_type(content, "document")}


@pytest.mark.parametrize(
    ("format", "chosen", "error", "said"),
    [
        ("xls", {}, ExportError, "'xls'"),
        ("jsonl", {"documents": ["nothing"]}, NotFoundError, "'nothing'"),
        ("jsonl", {"reviewers": ["Nobody"]}, NotFoundError, "'Nobody'"),
    ],
)
def test_unknown_names_are_refused(
    worked: Store,
    format: str,
    chosen: dict[str, list[str]],
    error: type[Exception],
    said: str,
) -> None:
    with pytest.raises(error, match=said):
        named.render(worked, format, **chosen)


def test_an_empty_store_gives_an_empty_file(new_store: Callable[[], Store]) -> None:
    assert named.render(new_store(), "jsonl") == b""


def test_all_that_can_be_said_comes_back_the_same_and_twice_is_once(
    rich: Store, new_store: Callable[[], Store], tmp_path: Path
) -> None:
    path = tmp_path / "rich.jsonl"
    named.write(rich, "jsonl", path)
    other = new_store()
    export.load(other, path)
    assert named.render(other, "jsonl") == path.read_bytes()
    assert not export.load(other, path).added
    assert other.verify() == []
