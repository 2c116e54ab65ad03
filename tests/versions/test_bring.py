"""What was said of one version comes over to the next in one step that can be taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator import export, review, store, versions
from annotator.errors import AnnotatorError, IntakeError, NotFoundError, StoreError
from annotator.model import Assessment, Decision, Document, Review, Suggestion, stable_id
from annotator.store import Store
from tests.export import named
from tests.versions.conftest import FIRST, SECOND, tag, treaty

AT = "2026-01-02T03:04:05.678Z"
KEPT = "copy of content data of a person"
CHANGED = "make a copy of traffic data of a person"
TURNED = "The person is told of the search within thirty days"


@pytest.fixture
def second() -> Document:
    """The second draft, in which the person is told no more."""
    return treaty(
        SECOND.replace("is told of the search within", "is not told of the search within")
    )


def proposed(document: Document, quote: str) -> Suggestion:
    start = document.text.index(quote)
    clause = document.clause_at(start)
    assert clause is not None
    return Suggestion(
        start=start, end=start + len(quote), quote=quote, concern="privacy", polarity="risk",
        rule="copying", score=0.9, reason="It copies.", id=stable_id(document.id, quote),
        document=document.id, eid=clause.eid,
    )  # fmt: skip


@pytest.fixture
def both(db: Store, first: Document, second: Document) -> Store:
    """Both versions; on the first Ana and Bo have worked."""
    db.add_document(first)
    db.set_suggestions(first.id, "rules", [proposed(first, KEPT), proposed(first, "seize what")])
    ana, bo = db.reviewer("Ana").id, db.reviewer("Bo").id
    with db.write("fill", keep_times=True) as write:
        kept = replace(
            tag(first, KEPT, ana), severity="high", note="Why?", code="seizure", created=AT,
            updated=AT, suggestion=proposed(first, KEPT).id, codebook="1",
        )  # fmt: skip
        for value in (
            kept,
            tag(first, CHANGED, ana),
            tag(first, TURNED, ana),
            tag(first, "Nobody shall speak of a search", bo),
            Decision(proposed(first, KEPT).id, ana, "accepted", first.id, kept.id, AT),
            Decision(proposed(first, "seize what").id, bo, "rejected", first.id, None, AT),
            Review(first.id, "art_2__para_1", ana, "no_concern", "", AT),
            Review(first.id, "art_2__para_2__point_b", ana, "concern", "see (a)", AT),
            Review(first.id, "art_2__para_2__point_c", ana, "no_concern", "", AT),
            Review(first.id, "art_1", bo, "open", "to be read", AT),
            Assessment(first.id, "art_4", bo, "prior_authorisation", "present", AT),
            Assessment(first.id, "art_2__para_3", bo, "notification", "present", AT),
        ):
            write.insert(value)
    db.add_document(versions.as_next_version(second, first))
    db.set_suggestions(second.id, "rules", [proposed(second, KEPT), proposed(second, "seize what")])
    return db


def test_everything_that_still_holds_comes_over(both: Store, second: Document) -> None:
    report = versions.bring_over(both, "draft")
    assert (report.placed, report.to_place) == (2, 2)
    found = {one.quote: one for one in both.annotations(document="draft")}
    assert set(found) == {KEPT, "Nobody shall speak of a search"}
    kept = found[KEPT]
    assert (kept.severity, kept.note, kept.code, kept.codebook) == ("high", "Why?", "seizure", "1")
    assert (kept.created, kept.updated) == (AT, AT)
    assert kept.eid == "art_4__para_2__point_b"
    assert kept.suggestion == proposed(second, KEPT).id
    assert {(d.decision, d.annotation) for d in both.decisions(document="draft")} == {
        ("accepted", kept.id),
        ("rejected", None),
    }
    assert {(r.eid, r.state, r.note) for r in both.reviews(document="draft")} == {
        ("art_4__para_1", "no_concern", ""),
        ("art_4__para_2__point_c", "reopened", "see (a)"),
        ("art_4__para_2__point_d", "no_concern", ""),
        ("art_2", "open", "to be read"),
    }
    assert [(a.eid, a.state) for a in both.assessments(document="draft")] == [("art_3", "present")]
    assert both.verify() == []


def test_it_is_one_line_that_nobody_undoes_by_a_key_and_that_can_be_put_back(both: Store) -> None:
    before = (both.annotations(), both.reviews(), both.decisions(), both.assessments())
    lines = len(both.history())
    versions.bring_over(both, "draft", reviewer="Ana")
    assert [line.action for line in both.history()][lines:] == ["carry"]
    assert both.undo("Ana", document="draft") is None
    versions.put_back(both, "draft")
    assert (both.annotations(), both.reviews(), both.decisions(), both.assessments()) == before
    assert both.carried() == []
    assert both.verify() == []
    with pytest.raises(StoreError, match="nothing was carried"):
        versions.put_back(both, "draft")
    assert versions.bring_over(both, "draft").placed == 2


def test_what_was_changed_since_is_not_put_back(both: Store) -> None:
    versions.bring_over(both, "draft")
    mine = both.annotations(document="draft", reviewer="Ana")[0]
    with both.write("note", reviewer="Ana", document="draft") as write:
        write.update(replace(mine, note="mine now"))
    with pytest.raises(StoreError, match="changed since by Ana"):
        versions.put_back(both, "draft")
    with pytest.raises(StoreError, match="carried nothing"):
        both.put_back(1)


def test_doing_it_again_adds_only_what_is_new(both: Store, first: Document) -> None:
    versions.bring_over(both, "draft")
    lines = both.history()
    again = versions.bring_over(both, "draft")
    assert (again.line, again.placements, again.earlier) == (None, (), 4)
    assert both.history() == lines
    with both.write("tag", reviewer="Bo", document=first.id) as write:
        write.insert(tag(first, "allow each search", both.reviewer("Bo").id))
    assert versions.bring_over(both, "draft").placed == 1
    assert len(both.carried(document="draft")) == 5


def test_a_tag_removed_after_it_was_carried_stays_removed(both: Store) -> None:
    versions.bring_over(both, "draft")
    mine = both.annotations(document="draft", reviewer="Bo")[0]
    with both.write("remove", reviewer="Bo", document="draft") as write:
        write.delete(mine)
    assert versions.bring_over(both, "draft").placements == ()
    assert mine not in both.annotations()
    (row,) = [one for one in versions.carried_tags(both, "draft") if one.row.annotation == mine.id]
    assert row.tag is None
    assert both.verify() == []


def test_the_same_tag_made_by_hand_before_is_not_doubled(both: Store, second: Document) -> None:
    bo = both.reviewer("Bo").id
    own = tag(second, "Nobody shall speak of a search", bo)
    with both.write("tag", reviewer="Bo", document=second.id) as write:
        write.insert(own)
        write.insert(Review(second.id, "art_2", bo, "no_concern"))
    versions.bring_over(both, "draft")
    assert [one.id for one in both.annotations(document="draft", reviewer="Bo")] == [own.id]
    assert both.reviews(document="draft", reviewer="Bo")[0].state == "no_concern"


def test_points_under_changed_opening_words_are_read_again(db: Store, first: Document) -> None:
    changed = treaty(FIRST.replace("shall, where a case is urgent", "shall not, in any case"))
    db.add_document(first)
    db.add_document(changed)
    review.judge(db, first, db.reviewer("Ana").id, "art_2__para_2__point_a", "no_concern")
    versions.bring_over(db, "draft")
    assert [one.state for one in db.reviews(document="draft")] == ["reopened"]


def test_what_waits_is_carried_on_to_a_third_version(both: Store) -> None:
    versions.bring_over(both, "draft")
    waiting = versions.carried_tags(both, "draft", waiting=True)
    assert {one.origin.quote for one in waiting} == {CHANGED, TURNED}
    third = treaty(FIRST + "\n\nArticle 5. End\n\nThis ends in ten years.")
    both.add_document(third)
    report = versions.bring_over(both, "draft")
    assert report.new.version == 3
    assert (report.placed, report.to_place) == (4, 0)
    assert {one.quote for one in both.annotations(document="draft")} >= {CHANGED, TURNED}


def test_its_owner_says_where_a_tag_belongs_and_can_undo_it(both: Store, second: Document) -> None:
    versions.bring_over(both, "draft")
    one, other = versions.carried_tags(both, "draft", waiting=True)
    assert "not" in other.row.reason
    best = other.candidates[0]
    with pytest.raises(StoreError, match="its owner"):
        versions.settle(both, other.row, reviewer="Bo", at=(best.start, best.end))
    made = versions.settle(both, other.row, reviewer="Ana", at=(best.start, best.end))
    assert made is not None
    assert made.quote == second.text[best.start : best.end]
    with pytest.raises(StoreError, match="waits no more"):
        versions.settle(both, other.row, reviewer="Ana", at=(best.start, best.end))
    assert versions.settle(both, one.row, reviewer="Ana", at=None) is None
    assert versions.carried_tags(both, "draft", waiting=True) == []
    states = {row.origin: (row.state, row.how) for row in both.carried()}
    assert states[other.row.origin] == ("placed", "person")
    assert states[one.row.origin][0] == "dropped"
    both.undo("Ana", document="draft")
    both.undo("Ana", document="draft")
    assert len(versions.carried_tags(both, "draft", waiting=True)) == 2
    assert both.verify() == []


def test_it_all_goes_through_a_dataset_file(both: Store, tmp_path: Path) -> None:
    versions.bring_over(both, "draft")
    content = named.render(both, "jsonl")
    (tmp_path / "all.jsonl").write_bytes(content)
    with store.open(tmp_path / "other.db") as other:
        export.load(other, tmp_path / "all.jsonl")
        assert named.render(other, "jsonl") == content
        assert other.carried() == both.carried()
        assert versions.bring_over(other, "draft").line is None
        assert other.verify() == []


FRENCH = """\
Article premier. Champ

La présente Convention vise la fouille de machines.

Article 3. Secret

Nul ne parle d'une fouille tant que l'enquête est ouverte.
"""


def test_a_tag_crosses_to_the_same_clause_of_another_language(both: Store) -> None:
    french = versions.as_translation(
        treaty(FRENCH, language="fr", slug="autre"), both.document("draft")
    )
    both.add_document(french)
    assert french.slug == "draft-fr"
    assert [info.slug for info in both.translations("draft")] == ["draft-fr"]
    assert [info.slug for info in both.translations("draft-fr")] == ["draft"]
    old = both.document(both.versions("draft")[0].id)
    alignment = versions.align_languages(old, french)
    (bo,) = both.annotations(document=old.id, reviewer="Bo")
    with pytest.raises(NotFoundError, match="no such tag"):
        versions.carry_across(both, bo.id, "draft-fr", reviewer="Ana", alignment=alignment)
    made = versions.carry_across(both, bo.id, "draft-fr", reviewer="Bo", alignment=alignment)
    assert made.quote == "Nul ne parle d'une fouille tant que l'enquête est ouverte."
    assert "Carried across from art. 3 of draft" in made.note
    assert both.carried(document="draft-fr")[0].how == "clause"
    with pytest.raises(StoreError, match="before"):
        versions.carry_across(both, bo.id, "draft-fr", reviewer="Bo", alignment=alignment)
    ana = both.annotations(document=old.id, reviewer="Ana")[0]
    with pytest.raises(StoreError, match="no sure counterpart"):
        versions.carry_across(both, ana.id, "draft-fr", reviewer="Ana", alignment=alignment)
    both.undo("Bo", document="draft-fr")
    assert both.annotations(document="draft-fr") == []
    assert both.verify() == []


def test_texts_are_joined_as_languages_later_too(db: Store, first: Document) -> None:
    french = treaty(FRENCH, language="fr", slug="autre")
    db.add_document(first)
    db.add_document(french)
    assert db.translations("draft") == []
    assert db.set_work("autre", "draft")
    assert not db.set_work("autre", "draft")
    assert [info.slug for info in db.translations("draft")] == ["autre"]
    assert db.set_work("autre", None)
    assert db.translations("draft") == []
    assert db.verify() == []


def test_versions_are_listed_and_each_can_be_read(both: Store, first: Document) -> None:
    listed = both.versions("draft")
    assert [info.version for info in listed] == [1, 2]
    assert both.document(listed[0].id).text == first.text
    assert both.versions(first.text_sha256) == listed
    assert versions.previous(both, "draft").id == first.id
    assert versions.previous(both, "draft", source="1").id == first.id
    with pytest.raises(NotFoundError, match="no other version '7': it has 1"):
        versions.previous(both, "draft", source="7")


def test_a_single_version_says_how_to_bring_another(db: Store, first: Document) -> None:
    db.add_document(first)
    with pytest.raises(NotFoundError, match="--replaces draft"):
        versions.bring_over(db, "draft")


@pytest.mark.parametrize(
    ("language", "kind", "message"),
    [("fr", "treaty", "--translation-of draft"), ("en", "news", "--kind treaty")],
)
def test_what_cannot_replace_a_text_is_refused(
    first: Document, language: str, kind: str, message: str
) -> None:
    other = replace(first, slug="other", language=language, kind=kind)
    with pytest.raises(IntakeError, match=message):
        versions.as_next_version(other, first)
    if kind == "treaty":
        assert versions.as_translation(other, first).metadata["work"] == "draft"
    else:
        with pytest.raises(AnnotatorError):
            versions.as_translation(other, first)


def test_a_new_version_stays_a_language_of_the_same_treaty(first: Document) -> None:
    french = replace(first, slug="x", language="fr", metadata={"work": "draft"})
    assert versions.as_next_version(replace(first, language="fr"), french).metadata == {
        "work": "draft"
    }
