"""Many tags under another label: only one's own, seen first, one line, taken back whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator import review
from annotator.codebook import Codebook
from annotator.errors import AnnotatorError, CodebookError, StoreError
from annotator.model import Document
from annotator.review import recoding
from annotator.search import Filters
from annotator.store import AlreadyWritten, Store
from tests.search.conftest import tagged

SAFE = {"polarity": "safeguard", "severity": "low"}


@pytest.fixture
def tags(db: Store, treaty: Document, book: Codebook) -> list[str]:
    """Two of Ana's and one of Bo's, in that order."""
    first = tagged(db, treaty, "Ana", "search of a system", book)
    second = tagged(db, treaty, "Ana", "order any person", book, severity="high")
    other = tagged(db, treaty, "Bo", "review every order", book)
    return [first.id, second.id, other.id]


def test_a_plan_writes_nothing_and_says_what_changes_and_what_stays(
    db: Store, book: Codebook, tags: list[str]
) -> None:
    ana, lines = db.reviewer("Ana").id, len(db.history())
    plan = recoding.plan(db, book, ana, [*tags, "gone"], {"severity": "high"})
    assert [one.before.id for one in plan.changed] == tags[:1]
    assert [one.after.severity for one in plan.changed] == ["high"]
    assert [one.id for one in plan.same] == tags[1:2]
    assert [one.id for one in plan.others] == tags[2:]
    assert plan.missing == 1
    assert len(db.history()) == lines


def test_it_is_one_line_that_one_undo_takes_back_whole(
    db: Store, book: Codebook, tags: list[str]
) -> None:
    ana, before = db.reviewer("Ana").id, db.annotations()
    lines = len(db.history())
    line = recoding.apply(db, book, recoding.plan(db, book, ana, tags, SAFE))
    assert line is not None
    assert len(db.history()) == lines + 1
    changed = {one.id: one for one in db.annotations()}
    assert {changed[id].polarity for id in tags[:2]} == {"safeguard"}
    assert changed[tags[2]] in before
    assert [one.seq for one in db.recodings(ana)] == [line.seq]
    assert recoding.take_back(db, ana, line.seq) is not None
    assert db.annotations() == before
    assert db.recodings(ana) == []
    assert db.verify() == []
    with pytest.raises(AnnotatorError, match="no re-coding of yours"):
        recoding.take_back(db, ana, line.seq)


def test_one_of_long_ago_can_be_taken_back_too(db: Store, book: Codebook, tags: list[str]) -> None:
    ana = db.reviewer("Ana").id
    sides = ({"polarity": "safeguard"}, {"polarity": "risk"})
    lines = [
        recoding.apply(
            db, book, recoding.plan(db, book, ana, [tags[number == 0]], sides[number % 2])
        )
        for number in range(26)
    ]
    first = lines[0]
    assert first is not None
    assert first.seq not in [line.seq for line in db.recodings(ana)]
    assert recoding.take_back(db, ana, first.seq) is not None


def test_nobody_takes_back_what_another_did(db: Store, book: Codebook, tags: list[str]) -> None:
    line = recoding.apply(db, book, recoding.plan(db, book, "Ana", tags, SAFE))
    assert line is not None
    with pytest.raises(AnnotatorError, match="no re-coding of yours"):
        recoding.take_back(db, "Bo", line.seq)


def test_undo_on_the_review_page_passes_it_over(
    db: Store, treaty: Document, book: Codebook, tags: list[str]
) -> None:
    ana = db.reviewer("Ana").id
    recoding.apply(db, book, recoding.plan(db, book, ana, tags[:1], SAFE))
    taken = db.undo(ana, document=treaty.id)
    assert taken is not None
    assert [tag.id for tag in db.annotations(reviewer=ana)] == tags[:1]
    assert db.annotations(reviewer=ana)[0].polarity == "safeguard"


def test_what_changed_since_it_was_seen_is_refused(
    db: Store, treaty: Document, book: Codebook, tags: list[str]
) -> None:
    ana = db.reviewer("Ana").id
    plan = recoding.plan(db, book, ana, tags, SAFE)
    review.edit(db, treaty, ana, tags[1], codebook=book, note="Wait.")
    before = db.annotations()
    with pytest.raises(AnnotatorError, match="was changed since you looked"):
        recoding.apply(db, book, plan)
    assert db.annotations() == before
    line = recoding.apply(db, book, recoding.plan(db, book, ana, tags, SAFE))
    assert line is not None
    review.edit(db, treaty, ana, tags[0], codebook=book, note="And then this.")
    with pytest.raises(StoreError, match="changed since"):
        recoding.take_back(db, ana, line.seq)


def test_the_same_request_twice_is_done_once(db: Store, book: Codebook, tags: list[str]) -> None:
    plan = recoding.plan(db, book, "Ana", tags, SAFE)
    recoding.apply(db, book, plan, nonce="n-1")
    with pytest.raises(AlreadyWritten):
        recoding.apply(db, book, plan, nonce="n-1")


def test_a_clean_clause_gets_no_risk(db: Store, treaty: Document, book: Codebook) -> None:
    ana = db.reviewer("Ana").id
    tag = tagged(db, treaty, "Ana", "review every order", book, polarity="safeguard")
    review.judge(db, treaty, ana, "art_2", "no_concern")
    plan = recoding.plan(db, book, ana, [tag.id], {"polarity": "risk"})
    assert plan.changed == ()
    assert [(one.tag.id, one.why) for one in plan.refused] == [(tag.id, "clean")]


def test_another_concern_needs_one_of_its_codes(
    db: Store, treaty: Document, book: Codebook
) -> None:
    privacy, press = book.concern("privacy"), book.concern("press_freedom")
    code = next(one for one in privacy.offered if one.id not in press.code_ids)
    tag = tagged(db, treaty, "Ana", "order any person", book, code=code.id)
    plan = recoding.plan(db, book, "Ana", [tag.id], {"concern": press.id})
    assert [one.why for one in plan.refused] == ["code"]
    wanted = press.offered[0].id
    plan = recoding.plan(db, book, "Ana", [tag.id], {"concern": press.id, "code": wanted})
    assert [(one.after.concern, one.after.code) for one in plan.changed] == [(press.id, wanted)]
    plan = recoding.plan(db, book, "Ana", [tag.id], {"code": ""})
    assert [one.after.code for one in plan.changed] == [""]


def test_tags_of_a_replaced_code_come_to_the_one_that_took_its_place(
    db: Store, treaty: Document, book: Codebook
) -> None:
    privacy = book.concern("privacy")
    old, new = [one for one in privacy.offered if not one.parent][:2]
    tag = tagged(db, treaty, "Ana", "order any person", book, code=old.id)
    codes = tuple(
        replace(one, replaces=(*one.replaces, old.id)) if one.id == new.id else one
        for one in privacy.codes
        if one.id != old.id and one.parent != old.id
    )
    concerns = tuple(
        replace(one, codes=codes) if one.id == privacy.id else one for one in book.concerns
    )
    later = replace(book, concerns=concerns, sha256="f" * 64, version="later")
    under = recoding.codes_under(later.concern("privacy"), new.id)
    assert old.id in under
    found = db.tagged(Filters(concern="privacy", codes=under))
    assert found.ids == (tag.id,)
    plan = recoding.plan(db, later, "Ana", found.ids, {"concern": "privacy", "code": new.id})
    assert [(one.before.code, one.after.code) for one in plan.changed] == [(old.id, new.id)]


def test_what_is_none_of_the_codebook_is_said_in_one_line(
    db: Store, book: Codebook, tags: list[str]
) -> None:
    for changes in ({}, {"polarity": "bad"}, {"severity": "worst"}, {"code": "gag"}):
        with pytest.raises(AnnotatorError) as caught:
            recoding.plan(db, book, "Ana", tags, changes)
        assert "\n" not in str(caught.value)
    with pytest.raises(CodebookError):
        recoding.plan(db, book, "Ana", tags, {"concern": "privacy", "code": "nothing_such"})


def test_all_tags_under_a_code_come_with_the_words_around_them(
    db: Store, treaty: Document, tags: list[str]
) -> None:
    found = db.tagged(Filters(concern="privacy"))
    assert found.ids == tuple(tags)
    assert found.by_document == {"powers": 3}
    for one in found.shown:
        start = one.tag.start - one.start
        assert one.words[start : start + len(one.tag.quote)] == one.tag.quote
        assert one.words in treaty.text
    assert [one.under for one in found.shown] == ["Search of systems"] * 2 + ["Safeguards"]
    assert [
        one.tag.id for one in db.tagged(Filters(concern="privacy"), offset=1, limit=1).shown
    ] == tags[1:2]
