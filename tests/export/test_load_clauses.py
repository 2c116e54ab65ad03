"""The clauses that a text brings in a file are stored as they are, or it is told what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import ExportError
from annotator.export import load
from annotator.model import sha256
from annotator.store import Store

TEXT = "Nobody may search without an order."
CLAUSE = {
    "eid": "para_1",
    "citation": "para. 1",
    "kind": "paragraph",
    "number": "1",
    "heading": "",
    "start": 0,
    "end": len(TEXT),
    "body": 0,
    "own_end": len(TEXT),
    "parent": None,
    "article": None,
}


def brought(folder: Path, **clause: object) -> Path:
    path = folder / "text.jsonl"
    said = {
        "type": "document",
        "slug": "order",
        "title": "An order",
        "kind": "news",
        "language": "en",
        "text": TEXT,
        "text_sha256": sha256(TEXT),
        "clauses": [{**CLAUSE, **clause}],
    }
    path.write_text(json.dumps(said) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ({"eid": " "}, "'eid' is empty"),
        ({"citation": None}, "'citation' is missing"),
        ({"kind": "verse"}, "'kind' is 'verse'"),
        ({"start": -1}, "'start' is -1, not a whole number"),
        ({"end": 3.5}, "'end' is 3.5, not a whole number"),
        ({"body": True}, "'body' is true, not a whole number"),
        ({"own_end": 2**60}, "more than any text has characters"),
        ({"heading": "a\0b"}, "'heading' holds a NUL character"),
        ({"number": "\ud800"}, "'number' holds half a surrogate pair"),
        ({"parent": 7}, "'parent' is 7, not a text"),
    ],
)
def test_a_clause_that_is_wrong_is_named(
    new_store: Callable[[], Store], tmp_path: Path, clause: dict[str, object], said: str
) -> None:
    store = new_store()
    with pytest.raises(ExportError, match=said):
        load(store, brought(tmp_path, **clause))
    assert store.documents() == []


@pytest.mark.parametrize("clause", [{}, {"parent": "", "article": ""}])
def test_a_clause_without_parent_or_article_has_none(
    new_store: Callable[[], Store], tmp_path: Path, clause: dict[str, object]
) -> None:
    store = new_store()
    load(store, brought(tmp_path, **clause))
    (found,) = store.document("order").clauses
    assert (found.eid, found.end, found.parent, found.article) == ("para_1", len(TEXT), None, None)
