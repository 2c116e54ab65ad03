"""Two offices' databases: what comes, what stays, what is said of it, and what is refused."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import merging, store
from annotator.errors import StoreError
from annotator.model import Annotation, Assessment, Decision, Document, Review, new_id
from annotator.search import Filters, parse
from annotator.store import Store, connection, history, schema
from tests.store.conftest import Tag, make_document, make_suggestions


@pytest.fixture
def offices(path: Path, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two databases made from one copy, ours and theirs."""
    other = Path(shutil.copy(path, tmp_path / "other.db"))
    with store.open(path) as ours, store.open(other) as theirs:
        yield ours, theirs


def put(opened: Store, *values: Annotation | Review | Assessment, action: str = "tag") -> None:
    with opened.write(action, reviewer=values[0].reviewer) as write:
        for value in values:
            write.put(value)


def shared(ours: Store, theirs: Store, *values: Annotation) -> None:
    """What both had when they parted: done in the one, and merged into the other."""
    put(ours, *values)
    theirs.merge(ours.path)


def both_ways(ours: Store, theirs: Store) -> tuple[store.Merged, store.Merged]:
    """Each merged into the other as it was: what either is told."""
    before = ours.path.with_name("before.db")
    ours.backup(before)
    found = ours.merge(theirs.path), theirs.merge(before)
    before.unlink()
    assert ours.verify() == theirs.verify() == []
    assert ours.annotations() == theirs.annotations()
    return found


def test_everyones_work_comes_with_its_history(offices: tuple[Store, Store], tag: Tag) -> None:
    ours, theirs = offices
    ana, bo = (one.id for one in ours.reviewers())
    put(ours, tag(ana))
    made = tag(bo, paragraph=2)
    put(theirs, made, Review(made.document, made.eid, bo, "concern"))
    theirs.comment(made.document, made.eid, "Is it so?", reviewer=bo)
    found = ours.merge(theirs.path)
    assert (found.lines, found.waiting, found.conflicts) == (2, 1, ())
    assert {one.what: one.new for one in found.came} == {"annotation": 1, "review": 1, "comment": 1}
    assert [one.reviewer for one in ours.annotations()] == [ana, bo]
    assert ours.verify() == []
    with sqlite3.connect(ours.path) as connection:
        kept = {row[0] for row in connection.execute("select id from merged_history")}
    assert kept == {line.id for line in theirs.history()[-2:]}
    assert ours.queue_totals(bo) == theirs.queue_totals(bo)


def test_nothing_is_written_for_a_preview_nor_a_second_time(
    offices: tuple[Store, Store], tag: Tag
) -> None:
    ours, theirs = offices
    put(theirs, tag(theirs.reviewers()[0].id))
    digest = hashlib.sha256(theirs.path.read_bytes()).hexdigest()
    before, folder = ours.revision(), set(ours.path.parent.iterdir())
    seen = ours.merge(theirs.path, dry_run=True)
    assert (seen.lines, seen.backup, seen.line) == (1, None, None)
    assert (ours.revision(), set(ours.path.parent.iterdir())) == (before, folder)
    done = ours.merge(theirs.path)
    assert done == replace(seen, backup=done.backup, line=before + 1)
    assert done.backup is not None
    with store.open(done.backup) as copy:
        assert copy.annotations() == []
    assert ours.merge(theirs.path) == store.Merged(0)
    assert ours.revision() == before + 1
    assert hashlib.sha256(theirs.path.read_bytes()).hexdigest() == digest


def test_the_later_of_two_changes_stays_and_both_are_told(
    offices: tuple[Store, Store], tag: Tag
) -> None:
    ours, theirs = offices
    ana = ours.reviewer("Ana").id
    one = tag(ana)
    shared(ours, theirs, one)
    put(ours, replace(one, severity="low"), action="grade")
    put(theirs, replace(one, severity="high"), action="grade")
    told = both_ways(ours, theirs)
    (here,), (there,) = (found.conflicts for found in told)
    assert (here.stays, there.stays) == ("there", "here")
    assert (dict(here.here), dict(here.there)) == ({"severity": "low"}, {"severity": "high"})
    assert (here.citation, here.who, here.words) == ("art. 1(1)", "Ana", one.quote)
    assert [a.severity for a in ours.annotations()] == ["high"]
    assert '"severity":"low"' in "".join(map(str, history_text(theirs)))
    assert [line for line in merging.lines(told[0]) if "stays" in line] == [
        f"  treaty art. 1(1): Ana's annotation {one.quote!r}: severity 'low' here, 'high' there; "
        "what is there stays"
    ]
    assert ours.merges()[0]["conflicts"][0]["stays"] == "there"


def history_text(opened: Store) -> list[str]:
    with sqlite3.connect(opened.path) as connection:
        return [row[0] for row in connection.execute("select changes from merged_history")]


def test_what_one_removed_and_the_other_left_alone_is_removed(
    offices: tuple[Store, Store], tag: Tag
) -> None:
    ours, theirs = offices
    one = tag(ours.reviewer("Ana").id)
    shared(ours, theirs, one)
    with ours.write("remove", reviewer=one.reviewer) as write:
        write.delete(one)
    told = both_ways(ours, theirs)
    assert [found.conflicts for found in told] == [(), ()]
    assert ours.annotations() == []


def test_what_one_removed_and_the_other_changed_stays_and_is_told(
    offices: tuple[Store, Store], tag: Tag
) -> None:
    ours, theirs = offices
    one = tag(ours.reviewer("Ana").id)
    shared(ours, theirs, one)
    put(theirs, replace(one, note="indeed"), action="note")
    with ours.write("remove", reviewer=one.reviewer) as write:
        write.delete(one)
    told = both_ways(ours, theirs)
    assert [(c.removed, c.stays) for found in told for c in found.conflicts] == [
        ("here", "there"),
        ("there", "here"),
    ]
    assert [a.note for a in ours.annotations()] == ["indeed"]


def test_what_was_done_and_undone_is_no_conflict(offices: tuple[Store, Store], tag: Tag) -> None:
    ours, theirs = offices
    one = tag(ours.reviewer("Ana").id)
    shared(ours, theirs, one)
    put(ours, replace(one, severity="low"), action="grade")
    ours.undo(one.reviewer)
    put(theirs, replace(one, severity="high"), action="grade")
    assert [found.conflicts for found in both_ways(ours, theirs)] == [(), ()]
    assert [a.severity for a in ours.annotations()] == ["high"]


def test_a_comment_that_was_answered_elsewhere_comes_back(
    offices: tuple[Store, Store], document: Document
) -> None:
    ours, theirs = offices
    ana, bo = (one.id for one in ours.reviewers())
    said = ours.comment(document.id, "art_1__para_1", "Why?", reviewer=ana)
    theirs.merge(ours.path)
    theirs.reply(said.id, "Because.", reviewer=bo)
    ours.remove_comment(said.id, reviewer=ana)
    both_ways(ours, theirs)
    assert ours.comments() == theirs.comments()
    assert [one.text for one in ours.comments()] == ["Why?", "Because."]


def test_two_people_of_one_name_stay_two(offices: tuple[Store, Store], tag: Tag) -> None:
    ours, theirs = offices
    later = theirs.add_reviewer("Cy").id
    here = ours.add_reviewer("cy")
    put(theirs, tag(later))
    told = both_ways(ours, theirs)
    first, second = sorted(
        (one for one in ours.reviewers() if one.id in (later, here.id)),
        key=lambda one: (one.created, one.id),
    )
    assert second.name == f"{'Cy' if second.id == later else 'cy'} (2)"
    assert "(2)" not in first.name
    assert ours.reviewers() == theirs.reviewers()
    assert told[0].renamed == told[1].renamed != ()


def test_who_stays_apart_is_told_where_nothing_else_is_new(offices: tuple[Store, Store]) -> None:
    ours, theirs = offices
    here, there = ours.add_reviewer("Cy"), theirs.add_reviewer("Cy")
    ours.merge(theirs.path)
    ours.rename_reviewer(there.id, "Di")
    ours.rename_reviewer(here.id, "Cy")
    again = ours.merge(theirs.path)
    assert again == ours.merge(theirs.path, dry_run=True) == store.Merged(0, namesakes=("Cy",))


def test_versions_of_one_slug_stay_apart(offices: tuple[Store, Store]) -> None:
    ours, theirs = offices
    ours.add_document(make_document("treaty", ("As Lima has it.",)))
    theirs.add_document(make_document("treaty", ("As Bern has it.",)))
    both_ways(ours, theirs)
    numbered = [[(one.version, one.id) for one in db.versions("treaty")] for db in offices]
    assert numbered[0] == numbered[1]
    assert [number for number, _ in numbered[0]] == [1, 2, 3]


def test_a_text_cut_into_other_clauses_is_refused(offices: tuple[Store, Store]) -> None:
    ours, theirs = offices
    text = make_document("third", ("One.", "Two."))
    ours.add_document(text)
    theirs.add_document(replace(text, clauses=text.clauses[:2]))
    with pytest.raises(StoreError, match="cut into 3 clauses here and into 2 there"):
        ours.merge(theirs.path)
    assert ours.verify() == []
    assert ours.merges() == []


def test_databases_with_nothing_in_common(tmp_path: Path, document: Document, tag: Tag) -> None:
    paths = [tmp_path / name for name in ("lima.db", "bern.db")]
    for path, name in zip(paths, ("Ana", "Bo"), strict=True):
        with store.open(path) as opened:
            opened.add_document(document)
            opened.set_suggestions(document.id, "rules", make_suggestions(document))
            put(opened, tag(opened.add_reviewer(name).id))
    with store.open(paths[0]) as ours, store.open(paths[1]) as theirs:
        both_ways(ours, theirs)
        assert [one.name for one in ours.reviewers()] == ["Ana", "Bo"]
        assert ours.suggestions(document.id) == theirs.suggestions(document.id) != []


def test_a_suggestion_accepted_in_both_offices_is_one_tag(
    offices: tuple[Store, Store], document: Document
) -> None:
    ours, theirs = offices
    ana = ours.reviewer("Ana").id
    one = ours.suggestions(document.id)[0]
    for opened in offices:
        made = Annotation(
            new_id(), document.id, one.eid, one.start, one.end, one.quote, one.concern,
            one.polarity, ana, suggestion=one.id,
        )  # fmt: skip
        with opened.write("accept", reviewer=ana) as write:
            write.insert(made)
            write.insert(Decision(one.id, ana, "accepted", document.id, made.id))
    assert [found.conflicts for found in both_ways(ours, theirs)] == [(), ()]
    assert [a.id for a in ours.annotations()] == [d.annotation for d in ours.decisions()]


def test_a_project_that_one_office_made_blind_is_blind(offices: tuple[Store, Store]) -> None:
    ours, theirs = offices
    ours.set_setting("blind", "on")
    theirs.set_setting("blind", "on")
    theirs.set_setting("blind", "off")
    both_ways(ours, theirs)
    assert ours.settings()["blind"] == theirs.settings()["blind"] == "on"


def test_a_merge_is_not_undone_nor_what_came_with_it(
    offices: tuple[Store, Store], tag: Tag
) -> None:
    ours, theirs = offices
    ana, bo = (one.id for one in ours.reviewers())
    put(ours, tag(ana))
    put(theirs, tag(bo), tag(ana, paragraph=2))
    found = ours.merge(theirs.path)
    assert ours.undo(bo) is None
    undone = ours.undo(ana)
    assert undone is not None
    assert [one.eid for one in ours.annotations()] == ["art_1__para_1", "art_1__para_2"][
        -1:
    ] * 1 + ["art_1__para_1"] or len(ours.annotations()) == 2
    assert ours.undo(ana) is None
    assert found.line is not None
    with pytest.raises(StoreError, match="carried nothing"):
        ours.put_back(found.line)
    assert ours.verify() == []


def test_an_undo_of_what_a_merge_changed_is_refused(offices: tuple[Store, Store], tag: Tag) -> None:
    ours, theirs = offices
    one = tag(ours.reviewer("Ana").id)
    shared(ours, theirs, one)
    put(theirs, replace(one, severity="high"), action="grade")
    ours.merge(theirs.path)
    with pytest.raises(StoreError, match="was changed since by the program"):
        ours.undo(one.reviewer)
    assert ours.verify() == []


_FIRST = "seq = (select min(seq) from merged_history)"
Damage = Callable[[sqlite3.Connection], object]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda c: c.execute(f"delete from merged_history where {_FIRST}"), "is missing"),
        (lambda c: c.execute("update merged_history set changes = '[]'"), "was altered"),
        (lambda c: c.execute("update merges set lines = 7"), "list of merges"),
    ],
)
def test_verify_finds_a_merged_history_that_was_tampered_with(
    offices: tuple[Store, Store], tag: Tag, damage: Damage, says: str
) -> None:
    ours, theirs = offices
    for paragraph in (1, 2):
        put(theirs, tag(theirs.reviewers()[0].id, paragraph=paragraph))
    ours.merge(theirs.path)
    with sqlite3.connect(ours.path) as connection:
        for name in ("changed", "deleted"):
            connection.execute(f"drop trigger merged_history_is_never_{name}")
        damage(connection)
    assert any(says in problem for problem in ours.verify())


def forged(connection: sqlite3.Connection, changes: str) -> None:
    """A line at the end of the history whose hash is right, whatever it says."""
    last = connection.execute("select * from history order by seq desc limit 1").fetchone()
    row = dict(last) | {
        "seq": last["seq"] + 1,
        "id": new_id(),
        "nonce": None,
        "previous": last["hash"],
        "changes": changes,
    }
    row["hash"] = history.line_hash(row)
    connection.execute(
        f"insert into history ({', '.join(row)}) values ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )


def test_a_copy_that_a_merge_left_when_it_was_killed_goes_with_a_later_one(
    offices: tuple[Store, Store], tmp_path: Path
) -> None:
    ours, theirs = offices
    left, working = tmp_path / ".merge-old", tmp_path / ".merge-new"
    for folder in (left, working):
        folder.mkdir()
        (folder / "other.db").write_bytes(b"confidential")
    os.utime(left, (0, 0))
    ours.merge(theirs.path, dry_run=True)
    assert sorted(one.name for one in tmp_path.glob(".merge-*")) == [working.name]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda c: c.execute("pragma application_id = 7"), "of another program"),
        (lambda c: c.execute("pragma user_version = 999"), "install the newer program"),
        (lambda c: c.execute("update annotations set note = 'x'"), "not what the history says"),
        (lambda c: c.execute("update annotations set quote = 'x'"), "not sound"),
        (
            lambda c: c.execute(
                "create trigger mine after insert on annotations begin delete from annotations; end"
            ),
            "the trigger 'mine' is not of this program",
        ),
        (lambda c: forged(c, '{"a": 1}'), "never wrote"),
        (lambda c: forged(c, "[[[]]]"), "never wrote"),
        (lambda c: forged(c, '[{"table": "merges", "key": ["x"], "after": {}}]'), "never wrote"),
        (lambda c: forged(c, "[" * 100_000), "never wrote"),
    ],
)
def test_a_database_that_is_not_sound_is_refused_in_a_line(
    offices: tuple[Store, Store], tag: Tag, damage: Damage, says: str
) -> None:
    ours, theirs = offices
    put(theirs, tag(theirs.reviewers()[0].id))
    theirs.close()
    with contextlib.closing(sqlite3.connect(theirs.path)) as connection:
        connection.row_factory = sqlite3.Row
        with contextlib.suppress(sqlite3.IntegrityError), connection:
            damage(connection)
    before = ours.revision()
    with pytest.raises(StoreError, match=says) as refused:
        ours.merge(theirs.path)
    assert str(theirs.path) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert ours.revision() == before
    assert ours.annotations() == []
    assert not list(ours.path.parent.glob(".merge-*"))


def test_a_concern_that_no_codebook_has_is_refused_by_name(
    offices: tuple[Store, Store], tag: Tag
) -> None:
    ours, theirs = offices
    put(theirs, replace(tag(theirs.reviewer("Ana").id), concern="gossip"))
    with pytest.raises(StoreError, match=r"annotation on treaty art\. 1\(1\) by Ana .*'gossip'"):
        merging.merge(ours, theirs.path)
    assert (ours.annotations(), ours.merges()) == ([], [])


def test_a_file_that_cannot_be_written_or_is_in_use_is_merged(
    offices: tuple[Store, Store], tag: Tag, tmp_path: Path
) -> None:
    ours, theirs = offices
    put(theirs, tag(theirs.reviewers()[0].id))
    copy = tmp_path / "stick" / "copy.db"
    copy.parent.mkdir()
    theirs.backup(copy)
    copy.chmod(0o400)
    copy.parent.chmod(0o500)
    assert ours.merge(copy, dry_run=True).lines == 1
    copy.parent.chmod(0o700)
    with sqlite3.connect(theirs.path, isolation_level=None) as writer:
        writer.execute("begin immediate")
        assert ours.merge(theirs.path).lines == 1
        writer.execute("rollback")
    assert sorted(one.name for one in copy.parent.iterdir()) == ["copy.db"]


def test_what_came_is_found_and_waits_as_everything_else(
    offices: tuple[Store, Store], tag: Tag
) -> None:
    ours, theirs = offices
    ana, bo = (one.id for one in ours.reviewers())
    ours.follow_search()
    text = make_document("fourth", ("Wiretapping of an aubergine.", "Nothing else."))
    theirs.add_document(text)
    theirs.set_suggestions(text.id, "rules-1", make_suggestions(text))
    put(theirs, replace(tag(bo, text=text), note="rutabaga"), tag(bo, paragraph=3))
    put(theirs, Review(text.id, "art_1__para_1", bo, "concern"))
    ours.merge(theirs.path)
    for typed in ("aubergine", "rutabaga"):
        hits = ours.search(parse(typed), Filters()).hits
        assert [hit.document.slug for hit in hits] == ["fourth"]
    assert ours.verify() == []
    for who in (ana, bo):
        assert ours.queue_totals(who) == theirs.queue_totals(who)
    assert ours.document_work() == theirs.document_work()


def test_a_database_of_an_older_program_is_merged_and_stays_as_it_is(
    db: Store, tmp_path: Path
) -> None:
    path = tmp_path / "old.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.row_factory = sqlite3.Row
        schema.migrations().apply(connection.wrap(old), stop_before=schema.name(11))
        old.execute(f"pragma application_id = {schema.APPLICATION_ID}")
        old.execute("pragma user_version = 11")
        row = {"id": new_id(), "name": "Eve", "created": "2025-01-01T00:00:00.000Z"}
        old.execute("insert into reviewers values (:id, :name, :created)", row)
        history.append(
            old, at=row["created"], action="add_reviewer", reviewer=None, document=None,
            nonce=None, undoes=None,
            changes=[history.Change("reviewers", (row["id"],), None, row)],
        )  # fmt: skip
    before = path.read_bytes()
    assert db.merge(path).people == ("Eve",)
    assert db.verify() == []
    assert path.read_bytes() == before
    assert not [
        one.name for one in tmp_path.iterdir() if one.name.startswith("old.") and one != path
    ]


@pytest.mark.parametrize("name", ["missing.db", "", "annotations.db"])
def test_what_is_no_other_database_is_refused(db: Store, name: str) -> None:
    with pytest.raises(StoreError, match="name the other office's"):
        db.merge(db.path.parent / name)


def test_two_people_who_are_one_are_one_from_then_on(
    offices: tuple[Store, Store], tag: Tag, document: Document
) -> None:
    ours, theirs = offices
    here, there = ours.add_reviewer("Amal").id, theirs.add_reviewer("Amal").id
    kept = min((ours.reviewer("Amal"), theirs.reviewer("Amal")), key=lambda r: (r.created, r.id)).id
    put(ours, tag(here), replace(tag(here, paragraph=2), severity="low"))
    put(ours, replace(tag(here, paragraph=3), concern="press_freedom"))
    put(ours, Review(document.id, "art_1__para_1", here, "concern"))
    theirs.comment(document.id, "art_1__para_1", "Is it so?", reviewer=there)
    put(theirs, tag(there), replace(tag(there, paragraph=2), severity="high"))
    put(theirs, tag(there, paragraph=3))
    put(theirs, Review(document.id, "art_1__para_1", there, "no_concern"))
    apart = ours.merge(theirs.path, dry_run=True)
    assert (apart.namesakes, apart.joined) == (("Amal",), ())
    before = ours.path.with_name("before.db")
    ours.backup(before)
    told = ours.merge(theirs.path, same=[("Amal", "Amal")])
    theirs.merge(before, same=[("amal", "AMAL")])
    assert (told.joined, told.renamed, told.people) == (("Amal",), (), ())
    for one in offices:
        assert one.verify() == []
        assert [r.id for r in one.reviewers() if r.name.startswith("Amal")] == [kept]
        assert {a.reviewer for a in one.annotations()} == {kept}
        assert [c.reviewer for c in one.comments()] == [kept]
        # The same words twice are one tag; of the two grades the later stays.
        assert [(a.concern, a.severity) for a in one.annotations()] == [
            ("privacy", None),
            ("privacy", "high"),
            ("press_freedom", None),
            ("privacy", None),
        ]
        assert [(r.reviewer, r.state) for r in one.reviews()] == [(kept, "no_concern")]
    assert ours.annotations() == theirs.annotations()
    said = [line.partition("Amal's ")[2] for line in merging.lines(told) if "Amal's" in line]
    second, third = (repr(tag(here, paragraph=number).quote) for number in (2, 3))
    assert said == [
        "review: state 'concern' here, 'no_concern' there; what is there stays",
        f"annotation {second}: severity 'low' here, 'high' there; what is there stays",
        f"annotation {third}: concern 'press_freedom' here, 'privacy' there; both stay",
    ]
    assert ours.merge(before).empty
    assert ours.merge(theirs.path, same=[("Amal", "Amal")]).joined == ()


def test_whoever_became_one_person_takes_back_what_they_did_under_either_id(
    offices: tuple[Store, Store], tag: Tag, document: Document
) -> None:
    for number, opened in enumerate(offices, start=1):
        who = opened.add_reviewer("Amal").id
        said = tag(who, paragraph=number), Review(document.id, f"art_1__para_{number}", who, "open")
        for one in said:
            with opened.write("say", reviewer=who, document=document.id) as write:
                write.insert(one)
    copy = offices[0].path.with_name("before.db")
    offices[0].backup(copy)
    offices[0].merge(offices[1].path, same=[("Amal", "Amal")])
    offices[1].merge(copy, same=[("Amal", "Amal")])
    kept = offices[0].reviewer("Amal").id
    for number, opened in enumerate(offices, start=1):
        undone = [opened.undo(kept, document=document.id) for _ in range(3)]
        assert [line is not None for line in undone] == [True, True, False]
        assert [one.eid for one in opened.reviews()] == [f"art_1__para_{3 - number}"]
        assert [opened.redo(kept) is not None for _ in range(3)] == [True, True, False]
        assert {one.reviewer for one in (*opened.reviews(), *opened.annotations())} == {kept}
        assert len(opened.reviews()) == len(opened.annotations()) == 2
        assert opened.verify() == []
    offices[0].merge(offices[1].path)
    assert offices[0].verify() == []


def test_two_who_came_as_two_can_be_made_one_later(
    offices: tuple[Store, Store], document: Document
) -> None:
    ours, theirs = offices
    for opened, state in zip(offices, ("concern", "no_concern"), strict=True):
        who = opened.add_reviewer("Amal").id
        put(opened, Review(document.id, "art_1__para_1", who, state))
    ours.merge(theirs.path)
    assert {"Amal", "Amal (2)"} <= {one.name for one in ours.reviewers()}
    told = ours.merge(theirs.path, same=[("Amal", "Amal")])
    told = told if told.joined else ours.merge(theirs.path, same=[("Amal (2)", "Amal")])
    assert (told.lines, told.joined) == (0, ("Amal",))
    (line,) = [line for line in merging.lines(told) if "Amal's review" in line]
    assert line.endswith("state 'concern' once, 'no_concern' once; what was said later stays")
    assert ours.verify() == []
    assert [one.name for one in ours.reviewers()] == ["Amal", "Ana", "Bo"]
    assert [one.state for one in ours.reviews()] == ["no_concern"]
    assert theirs.merge(ours.path).joined == ("Amal",)
    assert theirs.verify() == []
    assert theirs.reviewers() == ours.reviewers()


@pytest.mark.parametrize("names", [("Amal", "Ana"), ("Ana", "Amal")])
def test_one_person_of_whom_an_office_has_none_is_refused(
    offices: tuple[Store, Store], names: tuple[str, str]
) -> None:
    ours, theirs = offices
    with pytest.raises(StoreError, match="there is no reviewer 'Amal'"):
        ours.merge(theirs.path, same=[names])
    assert ours.merges() == []
