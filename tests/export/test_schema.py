"""Own JSON Lines against the JSON Schema that is shipped with them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from annotator.export import jsonl
from annotator.store import Store
from tests.export import named

SCHEMA = json.loads(jsonl.SCHEMA.read_text(encoding="utf-8"))
CHECK = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def lines(store: Store, **chosen: Any) -> list[dict[str, Any]]:
    content = named.render(store, "jsonl", **chosen).decode("utf-8")
    return [json.loads(line) for line in content.split("\n") if line]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "chosen", [{}, {"suggestions": "all"}, {"settled": True}, {"notes": False}]
)
def test_every_line_is_as_the_schema_says(rich: Store, chosen: dict[str, Any]) -> None:
    for line in lines(rich, **chosen):
        problems = [error.message for error in CHECK.iter_errors(line)]
        assert not problems, line["type"]


def test_a_rich_dataset_has_a_line_of_every_type(rich: Store) -> None:
    assert {line["type"] for line in lines(rich)} == set(SCHEMA["properties"]["type"]["enum"])


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("annotation", {"polarity": "good"}),
        ("annotation", {"start": -1}),
        ("annotation", {"start": "3"}),
        ("annotation", {"text_sha256": "abc"}),
        ("annotation", {"colour": "red"}),
        ("annotation", {"updated": "yesterday"}),
        ("annotation", {"type": "tag"}),
        ("review", {"state": "done"}),
        ("comment", {"text": ""}),
        ("document", {"clauses": [{"eid": "art_1"}]}),
    ],
)
def test_a_wrong_line_is_not(rich: Store, kind: str, change: dict[str, Any]) -> None:
    line = next(line for line in lines(rich) if line["type"] == kind)
    assert CHECK.is_valid(line)
    assert not CHECK.is_valid({**line, **change})


def test_a_line_without_one_of_its_keys_is_not(rich: Store) -> None:
    for line in {one["type"]: one for one in lines(rich)}.values():
        optional = {"voice", "pseudonym", "created"}
        if line["type"] == "review":
            optional.add("codebook")
        for key in line.keys() - optional:
            assert not CHECK.is_valid({name: line[name] for name in line if name != key})
