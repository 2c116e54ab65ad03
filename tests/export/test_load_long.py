"""Files of any length and in any order come in whole, though only a part of them is held."""

from __future__ import annotations

import gc
import json
import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import export
from annotator.errors import AnnotatorError, ExportError
from annotator.export.garbage import uncollected
from annotator.export.loading import incoming
from annotator.model import Document, new_id
from annotator.store import Store
from tests.export import named

NewStore = Callable[[], Store]


def by_type(line: bytes) -> str:
    return str(json.loads(line)["type"])


@pytest.mark.parametrize("order", ["by type", "against type", 1, 2, 3])
def test_what_belongs_together_is_found_wherever_it_stands(
    rich: Store, new_store: NewStore, tmp_path: Path, order: str | int
) -> None:
    content = named.render(rich, "jsonl")
    lines = content.splitlines(keepends=True)
    assert {"origin", "carried", "comment", "adjudication", "link"} <= set(map(by_type, lines))
    if isinstance(order, int):
        random.Random(order).shuffle(lines)
    else:
        lines.sort(key=by_type, reverse=order == "against type")
    path = tmp_path / "strewn.jsonl"
    path.write_bytes(b"".join(lines))
    other = new_store()
    export.load(other, path)
    assert named.render(other, "jsonl") == content
    assert other.verify() == []


def test_keys_in_another_order_mean_the_same(
    rich: Store, new_store: NewStore, tmp_path: Path
) -> None:
    content = named.render(rich, "jsonl")
    path = tmp_path / "keys.jsonl"
    lines = (json.dumps(json.loads(line), sort_keys=True) for line in content.splitlines())
    path.write_text("\n".join(lines), encoding="utf-8")
    other = new_store()
    export.load(other, path)
    assert named.render(other, "jsonl") == content


def test_a_long_load_is_several_lines_of_history_and_still_all_or_nothing(
    rich: Store, new_store: NewStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "_LINE", 3)
    path = tmp_path / "all.jsonl"
    content = named.render(rich, "jsonl")
    path.write_bytes(content)
    other = new_store()
    assert export.load(other, path, dry_run=True).stored is False
    assert other.history() == []
    with path.open("ab") as file:
        file.write(b'{"type": "carried"}\n')
    number = content.count(b"\n") + 1
    with pytest.raises(AnnotatorError, match=f"line {number}: 'document' is missing"):
        export.load(other, path)
    assert (other.documents(), other.reviewers(), other.history()) == ([], [], [])
    path.write_bytes(content)
    export.load(other, path)
    lines = other.history()
    assert len(lines) > 2
    assert {line.action for line in lines} == {"load"}
    assert other.verify() == []
    report = export.load(other, path)
    assert (dict(report.added), report.updated, other.history()) == ({}, 0, lines)


def test_one_id_on_two_texts_is_refused_with_its_line(
    worked: Store, treaty: Document, news: Document, tmp_path: Path
) -> None:
    identity = new_id()

    def mark(document: Document, quote: str) -> dict[str, object]:
        start = document.text.index(quote)
        return {
            "type": "annotation", "id": identity, "document": document.slug,
            "text_sha256": document.text_sha256, "start": start, "end": start + len(quote),
            "quote": quote, "concern": "privacy", "polarity": "risk",
        }  # fmt: skip

    path = tmp_path / "twice.jsonl"
    marks = (mark(treaty, "a judge"), mark(news, "arrested"))
    path.write_text("\n".join(map(json.dumps, marks)), encoding="utf-8")
    before = named.render(worked, "jsonl")
    with pytest.raises(ExportError, match=r"line 2: .* stands on line 1 otherwise"):
        export.load(worked, path, reviewer="Chen")
    assert named.render(worked, "jsonl") == before


def test_garbage_is_looked_for_again_when_the_last_has_left() -> None:
    inside, leave = threading.Event(), threading.Event()

    def another() -> None:
        with uncollected():
            inside.set()
            leave.wait()

    assert gc.isenabled()
    thread = threading.Thread(target=another)
    with uncollected():
        thread.start()
        inside.wait()
        assert not gc.isenabled()
    assert not gc.isenabled()
    leave.set()
    thread.join()
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected(), uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
