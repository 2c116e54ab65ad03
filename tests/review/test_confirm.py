"""A tag made under an older codebook: confirmed, moved to another code, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotator import codebook
from annotator.codebook import Retire, Rewrite, Versions, candidate
from annotator.store import Store

EID = "art_1__para_1__point_a"


@pytest.fixture
def newer(desk: Any) -> Any:
    """The desk after a change of the codebook: `secrecy` has other words, `gag` is gone into it."""
    book = candidate(
        desk.codebook, Retire("privacy/gag", "secrecy"), version="90.1", says="One code less."
    )
    words = Rewrite("privacy/search", {"definition": "Going in."})
    desk.old, desk.codebook = desk.codebook, candidate(book, words, version="90.2", says="Words.")
    return desk


def flags(desk: Any, store: Store) -> dict[str, list[str]]:
    versions = Versions(desk.codebook, store.codebooks())
    found = {tag.code: versions.of_tag(tag) for tag in store.annotations()}
    return {code: [one.kind for one in older] for code, older in found.items() if older}


def tagged(desk: Any, code: str) -> str:
    return str(desk.tag(EID, "warrant", code=code))


def test_a_tag_keeps_the_exact_codebook_and_the_store_its_words(desk: Any) -> None:
    tagged(desk, "search")
    (tag,) = desk.store.annotations()
    assert tag.codebook == desk.codebook.stamp
    (kept,) = desk.store.codebooks()
    assert (kept.sha256, kept.codebook) == (desk.codebook.sha256, desk.codebook.source)


def test_confirmed_it_is_under_the_present_codebook_and_undone_under_the_old(newer: Any) -> None:
    store = newer.store
    now, newer.codebook = newer.codebook, newer.old
    id = tagged(newer, "search")
    newer.codebook = now
    assert flags(newer, store) == {"search": ["changed"]}
    before = len(store.history())
    assert newer.send({"type": "confirm", "annotation": id}) == [""]
    assert flags(newer, store) == {}
    actions = [line.action for line in store.history()[before:]]
    assert actions == ["add_codebook", "confirm"]
    assert newer.send({"type": "undo"}) == [""]
    assert flags(newer, store) == {"search": ["changed"]}
    assert newer.send({"type": "redo"}) == [""]
    assert flags(newer, store) == {}
    assert store.verify() == []


def test_a_note_or_severity_leaves_the_question_and_a_label_answers_it(newer: Any) -> None:
    now, newer.codebook = newer.codebook, newer.old
    id = tagged(newer, "search")
    newer.codebook = now
    newer.send({"type": "edit", "annotation": id, "note": "Look.", "severity": "high"})
    assert flags(newer, newer.store) == {"search": ["changed"]}
    newer.send({"type": "edit", "annotation": id, "code": "search", "concern": "privacy"})
    assert flags(newer, newer.store) == {}


def test_a_code_that_was_replaced_is_confirmed_as_its_successor(newer: Any) -> None:
    now, newer.codebook = newer.codebook, newer.old
    id = tagged(newer, "gag")
    newer.codebook = now
    assert flags(newer, newer.store) == {"gag": ["replaced"]}
    newer.send({"type": "confirm", "annotation": id})
    (tag,) = newer.store.annotations()
    assert tag.code == "secrecy"
    assert flags(newer, newer.store) == {}


def test_a_code_that_is_gone_cannot_be_confirmed_nor_a_retired_one_chosen(
    desk: Any, tmp_path: Path
) -> None:
    id = tagged(desk, "gag")
    source = desk.codebook.source
    start, end = source.index("          - id: gag"), source.index("          - id: notice")
    path = tmp_path / "gone.yaml"
    path.write_text(source[:start] + source[end:].replace(
        "          - id: notice", "          - id: notice\n            retired: true"
    ), encoding="utf-8")  # fmt: skip
    desk.codebook = codebook.load(path)
    assert flags(desk, desk.store) == {"gag": ["removed"]}
    (refused,) = desk.send({"type": "confirm", "annotation": id})
    assert "'gag' is not a code of privacy" in refused
    (refused,) = desk.send({"type": "edit", "annotation": id, "code": "notice"})
    assert "'Notice to the person' is retired" in refused
    assert desk.send({"type": "edit", "annotation": id, "note": "Still here."}) == [""]


def test_nobody_confirms_the_tag_of_another(desk: Any) -> None:
    (refused,) = desk.send({"type": "confirm", "annotation": "someone-elses"})
    assert "this tag is not yours" in refused
