"""What an adjudicator sends is stored once, as they saw it, and told by the history."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from annotator import settle
from annotator import store as stores
from annotator.compare import settled
from annotator.errors import NotFoundError, StoreError
from annotator.model import Annotation, Document, Review, new_id

EID = "art_2__para_1"
PHONE = "art_2__para_2__point_a"


@pytest.fixture
def db(tmp_path: Path, document: Document, say):
    """Ana and Bo have read two clauses: in one they differ, in the other Bo alone has marked."""
    with stores.open(tmp_path / "annotations.db") as store:
        store.add_document(document)
        people = {name: store.add_reviewer(name).id for name in ("Ana", "Bo", "Cy")}
        for name, quotes in (("Ana", ["search any"]), ("Bo", ["may search any", "📱 phone"])):
            with store.write("seed", reviewer=people[name], document=document.id) as write:
                for quote in quotes:
                    write.insert(mark(say, people[name], quote))
                for eid in (EID, PHONE):
                    write.put(Review(document.id, eid, people[name], "concern"))
        yield store


def mark(say, who: str, quote: str, **more) -> Annotation:
    return dataclasses.replace(say.mark(who, quote, **more), id=new_id())


def at(db, document, who="Cy", eid=EID):
    return settle.bench(db, document, db.reviewer(who).id).clause(eid)


def event(clause, kind="settle", **fields):
    given = {"nonce": new_id(), "type": kind, "eid": clause.eid, "over": clause.over}
    return given | {"reason": "slip", "note": "", "how": "none"} | fields


def sent(db, document, *events, who="Cy"):
    return settle.apply(db, document, db.reviewer(who).id, events)


def taking(clause, number=0, **fields):
    """A decision to take one of the views as it is."""
    (passage,) = clause.passages
    one = passage.opinions[number].finding
    return event(
        clause,
        passage=passage.id,
        how="finding",
        label={"concern": one.concern, "code": one.code, "polarity": one.polarity},
        start={"point": one.start},
        end={"point": one.end},
        seen=one.quote,
        **fields,
    )


def test_a_view_is_taken_once_however_often_it_is_sent(db, document):
    clause = at(db, document)
    given = taking(clause, reason="codebook_gap", note=" Say it. ")
    assert sent(db, document, given, given) == {given["nonce"]: ""}
    lines = len(db.history())
    assert sent(db, document, given) == {given["nonce"]: ""}
    assert len(db.history()) == lines
    (row,) = db.adjudications()
    assert (row.outcome, row.reason, row.note) == ("accept", "codebook_gap", "Say it.")
    assert at(db, document).settled
    assert db.verify() == []


def test_an_end_that_was_moved_on_the_page_is_counted_in_its_units(db, document):
    clause = at(db, document, eid=PHONE)
    (passage,) = clause.passages
    own = document.clause(PHONE)
    words = document.text[own.body : own.own_end]
    units = len(words[: words.index(";")].encode("utf-16-le")) // 2
    given = taking(clause) | {"end": {"unit": units}, "start": {"unit": 0}}
    given["seen"] = "seize a 📱 phone"
    assert list(sent(db, document, given).values()) == [""]
    assert [(row.outcome, row.quote) for row in db.adjudications()] == [
        ("change", "seize a 📱 phone")
    ]
    wrong = given | {"nonce": new_id(), "seen": "seize a phone"}
    assert "try again" in sent(db, document, wrong)[wrong["nonce"]]
    assert passage.id == db.adjudications()[0].passage
    assert db.verify() == []


@pytest.mark.parametrize("how", ["none", "disagree"])
def test_nothing_here_and_we_disagree_settle_no_words(db, document, how):
    clause = at(db, document)
    given = event(clause, passage=clause.passages[0].id, how=how)
    assert sent(db, document, given) == {given["nonce"]: ""}
    assert [(row.outcome, row.start) for row in db.adjudications()] == [(how, None)]
    assert at(db, document).passages[0].disagreed == (how == "disagree")


def test_words_that_nobody_marked_are_settled_and_taken_back_by_themselves(db, document):
    clause = at(db, document)
    label = {"concern": "privacy", "code": "", "polarity": "risk", "severity": None}
    new = event(
        clause, how="finding", label=label, start={"unit": 0}, end={"unit": 6}, seen="Police"
    )
    assert list(sent(db, document, new, taking(clause)).values()) == ["", ""]
    rows = {row.outcome: row for row in db.adjudications()}
    assert sorted(rows) == ["accept", "new"]
    back = event(at(db, document), "unsettle", decision=rows["new"].id)
    assert sent(db, document, back) == {back["nonce"]: ""}
    assert [row.outcome for row in db.adjudications()] == ["accept"]


def change(db, document, say, who, quote):
    """Somebody's mark in the first clause has other words by now."""
    person = db.reviewer(who).id
    (old,) = db.annotations(reviewer=who, eids=[EID])
    with db.write("edit", reviewer=person, document=document.id) as write:
        write.delete(old)
        write.insert(mark(say, person, quote))


def test_what_has_changed_since_it_was_shown_is_not_decided(db, document, say):
    clause = at(db, document)
    change(db, document, say, "Bo", "Police may search")
    given = taking(clause)
    assert "has changed since it was shown" in sent(db, document, given)[given["nonce"]]
    assert db.adjudications() == []


def test_a_clause_that_is_open_again_says_who_changed_what_and_is_kept(db, document, say):
    given = taking(at(db, document))
    sent(db, document, given)
    assert settle.changes(db, at(db, document)) == []
    change(db, document, say, "Bo", "Police may search")
    clause = at(db, document)
    assert clause.reopened
    found = settle.changes(db, clause)
    assert [(one.reviewer, one.what) for one in found] == [
        (db.reviewer("Bo").id, "removed"),
        (db.reviewer("Bo").id, "tagged"),
    ]
    keep = event(clause, "keep")
    assert sent(db, document, keep) == {keep["nonce"]: ""}
    assert at(db, document).settled
    assert db.verify() == []


@pytest.fixture
def decided(db, document, say):
    """Two passages of one clause, both decided by Cy; then Bo says something else of the first."""
    for who, quote, code in (("Ana", "Police", "x"), ("Bo", "Police", "y")):
        person = db.reviewer(who).id
        with db.write("tag", reviewer=person, document=document.id) as write:
            write.insert(mark(say, person, quote, concern="press_freedom", code=code))
    for number in (0, 1):
        passage = at(db, document).passages[number]
        given = event(at(db, document), passage=passage.id, how="disagree", note=f"no. {number}")
        assert sent(db, document, given) == {given["nonce"]: ""}
    assert at(db, document).settled
    bo = db.reviewer("Bo").id
    (old,) = [one for one in db.annotations(reviewer=bo, eids=[EID]) if one.quote == "Police"]
    with db.write("edit", reviewer=bo, document=document.id) as write:
        write.update(dataclasses.replace(old, polarity="safeguard"))
    return db


def test_deciding_one_passage_keeps_what_was_decided_on_the_others(decided, document):
    clause = at(decided, document)
    assert [one.was.note for one in clause.passages] == ["no. 0", "no. 1"]
    given = event(clause, passage=clause.passages[0].id)
    assert sent(decided, document, given) == {given["nonce"]: ""}
    clause = at(decided, document)
    assert [(one.provenance, one.was and one.was.note) for one in clause.passages] == [
        ("adjudicated", None),
        ("open", "no. 1"),
    ]
    assert (clause.reopened, clause.waits, len(decided.adjudications())) == (True, True, 2)
    names = {one.id: one.name for one in decided.reviewers()}
    told = settled.record(clause, names)
    assert told["provenance"] == "open"
    assert [one["provenance"] for one in told["passages"]] == ["adjudicated", "open"]
    assert told["passages"][1]["formerly"] == {
        "outcome": "disagree",
        "finding": None,
        "reason": "slip",
        "note": "no. 1",
        "adjudicator": "Cy",
    }
    one = event(clause, "keep", decision=clause.passages[1].was.id)
    assert sent(decided, document, one) == {one["nonce"]: ""}
    clause = at(decided, document)
    assert clause.settled
    assert [one.decision.outcome for one in clause.passages] == ["none", "disagree"]
    undo = event(clause, "undo")
    sent(decided, document, undo)
    assert [one.was and one.was.note for one in at(decided, document).passages] == [None, "no. 1"]
    assert decided.verify() == []


def test_one_passage_is_confirmed_by_itself_or_the_whole_clause_at_once(decided, document):
    clause = at(decided, document)
    one = event(clause, "keep", decision=clause.passages[1].was.id)
    sent(decided, document, one)
    clause = at(decided, document)
    assert [(one.provenance, one.was and one.was.note) for one in clause.passages] == [
        ("open", "no. 0"),
        ("adjudicated", None),
    ]
    every = event(clause, "keep")
    sent(decided, document, every)
    assert at(decided, document).settled
    assert [one.decision.note for one in at(decided, document).passages] == ["no. 0", "no. 1"]


def test_with_the_last_that_waits_goes_what_has_no_passage_any_more(decided, document):
    ana = decided.reviewer("Ana").id
    for who in ("Ana", "Bo"):
        for one in decided.annotations(reviewer=who, eids=[EID]):
            if one.quote == "Police":
                with decided.write("remove", reviewer=one.reviewer, document=document.id) as write:
                    write.delete(one)
    clause = at(decided, document, who="Ana")
    assert [one.was.note for one in clause.passages] == ["no. 1"]
    assert len(clause.outdated) == 2
    given = event(clause, passage=clause.passages[0].id)
    assert settle.apply(decided, document, ana, [given]) == {given["nonce"]: ""}
    assert at(decided, document).settled
    assert len(decided.adjudications()) == 1


def test_where_all_agree_by_now_there_is_nothing_to_keep_and_the_clause_is_closed(
    db, document, say
):
    sent(db, document, event(at(db, document), passage=at(db, document).passages[0].id))
    change(db, document, say, "Bo", "search any")
    clause = at(db, document)
    assert (clause.reopened, clause.provenance) == (True, "unanimous")
    keep = event(clause, "keep")
    assert sent(db, document, keep) == {keep["nonce"]: ""}
    assert db.adjudications() == []
    assert at(db, document).settled


def test_what_somebody_else_decided_meanwhile_is_neither_replaced_nor_taken_away_unseen(
    db, document
):
    shown = at(db, document)
    sent(db, document, taking(shown, reason="codebook_gap"))
    (first,) = db.adjudications()
    late = [taking(shown, 1), event(shown, "unsettle", decision=first.id)]
    told = sent(db, document, *late, who="Bo")
    assert all("somebody else has decided art. 2(1)" in told[one["nonce"]] for one in late)
    assert db.adjudications() == [first]
    seen = taking(at(db, document), 1, instead=first.updated)
    assert sent(db, document, seen, who="Bo") == {seen["nonce"]: ""}
    assert [row.reviewer for row in db.adjudications()] == [db.reviewer("Bo").id]


def test_keeping_what_was_decided_takes_away_nothing_that_was_decided_meanwhile(db, document, say):
    sent(db, document, taking(at(db, document)))
    change(db, document, say, "Bo", "Police may search")
    shown = at(db, document)
    sent(db, document, taking(shown, 1, reason="codebook_gap"), who="Ana")
    (anew,) = db.adjudications()
    keep = event(shown, "keep")
    assert "not open again any more" in sent(db, document, keep)[keep["nonce"]]
    assert db.adjudications() == [anew]


def test_what_most_see_is_accepted_as_one_step_and_undone_as_one(db, document):
    with db.write("seed", reviewer=db.reviewer("Cy").id, document=document.id) as write:
        for eid in (EID, PHONE):
            write.put(Review(document.id, eid, db.reviewer("Cy").id, "no_concern"))
    clause = at(db, document, eid=PHONE)
    picks = [{"eid": PHONE, "over": clause.over, "passage": clause.passages[0].id}]
    given = {"nonce": new_id(), "type": "accept_majority", "picks": picks, "reason": "slip"}
    assert sent(db, document, given) == {given["nonce"]: ""}
    assert at(db, document, eid=PHONE).settled
    stale = given | {"nonce": new_id()}
    assert "no majority any more" in sent(db, document, stale)[stale["nonce"]]
    undo = {"nonce": new_id(), "type": "undo"}
    assert sent(db, document, undo) == {undo["nonce"]: ""}
    assert db.adjudications() == []
    redo = {"nonce": new_id(), "type": "redo"}
    assert sent(db, document, redo) == {redo["nonce"]: ""}
    assert at(db, document, eid=PHONE).settled


def test_undo_takes_back_no_tag(db, document):
    undo = {"nonce": new_id(), "type": "undo"}
    told = sent(db, document, undo, who="Ana")
    assert "nothing to undo" in told[undo["nonce"]]
    assert len(db.annotations()) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "settle"},
        {"type": "destroy"},
        {"type": "settle", "eid": "art_9", "over": "", "how": "none"},
        {"type": "settle", "eid": EID, "over": "{}", "how": "none", "reason": "slip"},
        {"type": "reply", "comment": "none", "text": "x"},
        {"type": "comment", "eid": "art_9", "text": "x"},
        {"type": "accept_majority", "eid": EID, "over": "", "picks": [], "reason": "slip"},
    ],
)
def test_what_cannot_be_is_refused_in_a_line_and_the_rest_is_stored(db, document, wrong):
    good = taking(at(db, document))
    told = sent(db, document, {"nonce": "n"} | wrong, good)
    assert told["n"]
    assert "\n" not in told["n"]
    assert told[good["nonce"]] == ""


def test_a_discussion_comes_by_the_same_door(db, document):
    first = {"nonce": "1", "type": "comment", "eid": PHONE, "text": "Any phone?",
             "start": 8, "end": 16, "quote": "📱 phone"}  # fmt: skip
    assert sent(db, document, first) == {"1": ""}
    (said,) = db.comments()
    assert (said.quote, said.eid) == ("📱 phone", PHONE)
    more = [
        {"nonce": "2", "type": "reply", "comment": said.id, "text": "Any."},
        {"nonce": "3", "type": "resolve_comment", "comment": said.id},
        {"nonce": "4", "type": "edit_comment", "comment": said.id, "text": "Mine now"},
    ]
    told = sent(db, document, *more, who="Ana")
    assert (told["2"], told["3"]) == ("", "")
    assert "Cy's" in told["4"]
    assert db.comments()[0].is_resolved


def test_a_blind_project_shows_and_settles_only_what_one_is_done_with(db, document):
    db.set_setting("blind", "on")
    found = settle.bench(db, document, db.reviewer("Cy").id)
    assert (found.clauses, found.hidden) == ((), 2)
    given = {"nonce": "1", "type": "settle", "eid": EID, "over": "", "how": "none"}
    assert "not yours to settle yet" in sent(db, document, given)["1"]
    said = {"nonce": "2", "type": "comment", "eid": EID, "text": "What did they say?"}
    assert "blind" in sent(db, document, said)["2"]
    theirs = db.comment(document.id, EID, "I doubt it.", reviewer="Ana")
    unseen = [
        {"nonce": f"by id {kind}", "type": kind, "comment": theirs.id, "text": "So do I."}
        for kind in ("reply", "edit_comment", "resolve_comment")
    ]
    refused = sent(db, document, *unseen)
    assert all("finish art. 2(1) first" in why for why in refused.values())
    assert db.comments() == [theirs]
    mine = settle.bench(db, document, db.reviewer("Ana").id)
    assert [one.eid for one in mine.clauses] == [EID, PHONE]
    assert sent(db, document, taking(mine.clause(EID)), who="Ana") != {}
    assert len(db.adjudications()) == 1


def test_a_blind_project_does_not_tell_by_a_count_whether_others_differ(db, document, say):
    db.set_setting("blind", "on")
    cy = db.reviewer("Cy").id
    apart = settle.bench(db, document, cy).hidden
    change(db, document, say, "Bo", "search any")
    assert settle.bench(db, document, cy).hidden == apart == 2


def test_only_what_somebody_read_is_on_the_bench(db, document):
    found = settle.bench(db, document, None)
    assert [one.eid for one in found.clauses] == [EID, PHONE]
    with pytest.raises(NotFoundError, match=r"art\. 1"):
        found.clause("art_1")


def test_a_tag_over_two_clauses_is_settled_in_one_and_the_other_says_where(db, document, say):
    ana = db.reviewer("Ana").id
    point, other = document.clause(PHONE), document.clause("art_2__para_2__point_b")
    with db.write("seed", reviewer=ana, document=document.id) as write:
        for who in (ana, db.reviewer("Bo").id):
            write.put(Review(document.id, other.eid, who, "concern"))
        quote = document.text[point.body : other.own_end]
        write.insert(mark(say, ana, quote, concern="press_freedom"))
    found = settle.bench(db, document, ana)
    assert found.clause(other.eid).waits
    assert [one.eid for one in settle.follows(found, found.clause(other.eid))] == [PHONE]
    assert settle.follows(found, found.clause(PHONE)) == []
    assert json.loads(found.clause(other.eid).over).keys() == {ana, db.reviewer("Bo").id}


def test_what_is_decided_between_looking_and_storing_is_not_replaced(db, document):
    clause = at(db, document)
    sent(db, document, taking(clause), who="Ana")
    (first,) = db.adjudications()
    row = dataclasses.replace(first, note="I have not seen yours.")
    with pytest.raises(StoreError, match="somebody else has decided here"):
        db.settle(document.id, [row], reviewer="Cy", known=[])
    with pytest.raises(StoreError, match="somebody else has decided here"):
        db.unsettle(document.id, EID, reviewer="Cy", known=[])
    assert db.adjudications() == [first]
    assert db.settle(document.id, [row], reviewer="Cy", known=[first])
