"""What was settled leaves with a dataset and comes back whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import export, store
from annotator.compare.settling import SettledClause, decide, settle
from annotator.errors import AnnotatorError, ExportError, NotFoundError, SpanError
from annotator.model import OUTCOMES, REASONS, Annotation, Document, Review, new_id
from annotator.store import Store
from tests.export import named

NewStore = Callable[[], Store]
PLACE = "art_1__para_2__point_b"


def settled(of: Store, document: Document) -> list[SettledClause]:
    return settle(
        document,
        of.annotations(document=document.id),
        of.reviews(document=document.id),
        [one.id for one in of.reviewers()],
        of.adjudications(document=document.id),
    )


def at(of: Store, document: Document, eid: str = PLACE) -> SettledClause:
    return next(one for one in settled(of, document) if one.eid == eid)


@pytest.fixture
def decided(worked: Store, treaty: Document) -> Store:
    """Both have read point (b), Béla has marked nothing there, and Ann has decided."""
    bela, ann = worked.reviewer("Béla"), worked.reviewer("Ann")
    with worked.write("review", reviewer=bela.id, document=treaty.id) as write:
        write.put(Review(treaty.id, PLACE, bela.id, "no_concern"))
    clause = at(worked, treaty)
    (passage,) = clause.passages
    row = decide(
        clause,
        "disagree",
        passage=passage.id,
        reason="legal_disagreement",
        adjudicator=ann.id,
        note='Two "schools" 😀.',
    )
    assert worked.settle(treaty.id, [row], reviewer="Ann")
    return worked


def lines(of: Store, **chosen: Any) -> list[dict[str, Any]]:
    content = named.render(of, "jsonl", **chosen).decode("utf-8")
    return [json.loads(line) for line in content.split("\n") if line]


def test_what_was_decided_and_what_follows_from_it_are_lines(decided: Store) -> None:
    (row,) = [one for one in lines(decided) if one["type"] == "adjudication"]
    assert list(row) == [
        "type", "id", "document", "text_sha256", "eid", "citation", "passage", "outcome", "start",
        "end", "quote", "concern", "code", "polarity", "severity", "reason", "note", "about",
        "over", "reviewer", "created", "updated",
    ]  # fmt: skip
    assert (row["citation"], row["outcome"], row["reviewer"]) == ("art. 1(2)(b)", "disagree", "Ann")
    assert sorted(row["over"]) == ["Ann", "Béla"]
    (clause,) = [one for one in lines(decided) if one["type"] == "settled"]
    assert (clause["citation"], clause["provenance"]) == ("art. 1(2)(b)", "adjudicated")
    (passage,) = clause["passages"]
    views = [(one["reviewers"], one["finding"] is None) for one in passage["views"]]
    assert views == [(["Ann"], False), (["Béla"], True)]


def test_it_comes_back_unchanged_and_once(
    decided: Store, new_store: NewStore, tmp_path: Path
) -> None:
    named.write(decided, "jsonl", tmp_path / "all.jsonl")
    other = new_store()
    assert export.load(other, tmp_path / "all.jsonl").added["adjudication"] == 1
    assert other.adjudications() == decided.adjudications()
    assert named.render(other, "jsonl") == named.render(decided, "jsonl")
    again = export.load(other, tmp_path / "all.jsonl")
    assert (dict(again.added), again.updated) == ({}, 0)
    assert other.verify() == []


def test_it_holds_too_where_a_reader_is_known_under_another_id(
    decided: Store, new_store: NewStore, tmp_path: Path, treaty: Document
) -> None:
    named.write(decided, "jsonl", tmp_path / "all.jsonl")
    other = new_store()
    other.add_reviewer("BÉLA")
    export.load(other, tmp_path / "all.jsonl")
    assert at(other, treaty).settled


def test_without_adjudications_there_is_no_line_of_them(worked: Store) -> None:
    assert {one["type"] for one in lines(worked)}.isdisjoint({"adjudication", "settled"})


def test_it_leaves_with_all_it_was_settled_over_or_not_at_all(
    decided: Store, new_store: NewStore, tmp_path: Path, treaty: Document
) -> None:
    assert [one for one in lines(decided, reviewers=["Ann"]) if one["type"] == "settled"] == []
    chosen = lines(decided, documents=[treaty.slug])
    assert {one["name"] for one in chosen if one["type"] == "reviewer"} == {"Ann", "Béla"}
    named.write(decided, "jsonl", tmp_path / "one.jsonl", documents=[treaty.slug])
    other = new_store()
    export.load(other, tmp_path / "one.jsonl")
    assert at(other, treaty).settled


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"eid": "art_9"}, NotFoundError, "'art_9'"),
        ({"outcome": "maybe"}, ExportError, "'maybe'"),
        ({"reason": None}, ExportError, "'reason' is missing"),
        ({"reason": "because"}, ExportError, "'because'"),
        ({"about": ["privacy"]}, ExportError, "a list of pairs"),
        ({"over": ["Ann"]}, ExportError, "'over'"),
        ({"outcome": "new", "start": 0, "end": 4, "quote": "else", "concern": "privacy",
          "polarity": "risk"}, SpanError, "not 'else'"),
        ({"outcome": "new", "start": None}, AnnotatorError, "'start' is missing"),
    ],
)  # fmt: skip
def test_a_wrong_line_stores_nothing(
    decided: Store, tmp_path: Path, wrong: dict[str, Any], error: type[Exception], said: str
) -> None:
    (row,) = [one for one in lines(decided) if one["type"] == "adjudication"]
    before = named.render(decided, "jsonl")
    path = tmp_path / "wrong.jsonl"
    path.write_text(json.dumps({**row, "id": new_id(), **wrong}), encoding="utf-8")
    with pytest.raises(error, match=said):
        export.load(decided, path)
    assert named.render(decided, "jsonl") == before


def test_few_keys_are_enough_and_mean_the_same_each_time(worked: Store, tmp_path: Path) -> None:
    path = tmp_path / "few.jsonl"
    few = {"type": "adjudication", "document": "small-things", "eid": PLACE, "outcome": "none",
           "reason": "slip"}  # fmt: skip
    path.write_text(json.dumps(few), encoding="utf-8")
    for added in ({"adjudication": 1}, {}):
        assert dict(export.load(worked, path, reviewer="Ann").added) == added


STEPS = st.lists(
    st.tuples(st.sampled_from(OUTCOMES), st.sampled_from(REASONS), st.text(max_size=4)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS, st.sampled_from(("a judge", "order")))
def test_whatever_was_settled_comes_back_byte_for_byte(
    decided: Store, tmp_path: Path, treaty: Document, steps: list[Any], quote: str
) -> None:
    made, came = tmp_path / f"{new_id()}.db", tmp_path / f"{new_id()}.db"
    decided.backup(made)
    with store.open(made) as one, store.open(came) as other:
        bela = one.reviewer("Béla")
        start = treaty.text.index(quote)
        with one.write("tag", reviewer=bela.id, document=treaty.id) as write:
            write.insert(
                Annotation(
                    new_id(), treaty.id, PLACE, start, start + len(quote), quote, "privacy",
                    "safeguard", bela.id,
                )
            )  # fmt: skip
        for outcome, reason, note in steps:
            decide_all(one, treaty, outcome, reason, note.encode("utf-8", "ignore").decode())
        assert one.verify() == []
        named.write(one, "jsonl", tmp_path / "all.jsonl")
        export.load(other, tmp_path / "all.jsonl")
        assert named.render(other, "jsonl") == (tmp_path / "all.jsonl").read_bytes()
        assert settled(other, treaty) == settled(one, treaty)
        assert other.verify() == []


def decide_all(of: Store, document: Document, outcome: Any, reason: Any, note: str) -> None:
    note = note.replace("\0", "")
    for clause in settled(of, document):
        rows = []
        for passage in clause.passages:
            views = [one.finding for one in passage.opinions if one.finding]
            finding = None if outcome in ("disagree", "none") else views[0] if views else None
            if finding is None and outcome not in ("disagree", "none"):
                continue
            about = {} if outcome == "new" else {"passage": passage.id}
            if outcome != "new" and not passage.id:
                continue
            rows.append(
                decide(
                    clause, outcome, finding=finding, reason=reason, adjudicator="", note=note,
                    **about,
                )
            )  # fmt: skip
        if rows:
            of.settle(document.id, rows, reviewer="Ann")
