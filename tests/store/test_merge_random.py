"""Whatever two offices do to copies of one database: merging is the same both ways, and whole."""

from __future__ import annotations

import random
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import store, versions
from annotator.errors import AnnotatorError
from annotator.model import (
    Annotation,
    Assessment,
    Decision,
    Document,
    Link,
    LinkRejection,
    Review,
    new_id,
)
from annotator.store import Store
from annotator.store.merge_people import Same
from tests.store.conftest import make_document, make_suggestions

# What the history is kept in differs, as does what is only found again by searching.
APART = ("history", "merged_history", "merges", "search_", "_sqlite_migrations", "sqlite_")

# A count that came down to nothing is as good as none.
COUNTED = {
    "reader_counts": " where clauses > 0",
    "document_work": " where clauses > 0",
    "rule_tallies": " where accepted + changed + rejected > 0",
}


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table but the history, its rows in an order of their own."""
    with sqlite3.connect(path) as connection:
        tables = [
            name
            for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
            if not name.startswith(APART)
        ]
        return {
            table: sorted(
                connection.execute(f'select * from "{table}"{COUNTED.get(table, "")}'), key=repr
            )
            for table in tables
        }


def lines(path: Path) -> set[str]:
    """The hashes of all lines of history but those of merges."""
    with sqlite3.connect(path) as connection:
        return {
            row[0]
            for table in ("history", "merged_history")
            for row in connection.execute(f"select hash from {table} where action <> 'merge'")
        }


def differing(one: Path, other: Path) -> dict[str, object]:
    """What differs between two databases, table by table: empty where nothing does."""
    a, b = contents(one), contents(other)
    return {
        name: (sorted(set(a[name]) - set(b[name])), sorted(set(b[name]) - set(a[name])))
        for name in a
        if a[name] != b[name]
    }


class Office:
    """Someone at work on a copy: each step is one of the things that people do, drawn by lot."""

    def __init__(self, opened: Store, lot: random.Random, *, mostly: str = "") -> None:
        self.db, self.lot = opened, lot
        self.mostly = opened.reviewer(mostly).id if mostly else ""

    def someone(self) -> str:
        if self.mostly and self.lot.random() < 0.5:
            return self.mostly
        return self.lot.choice(self.db.reviewers()).id

    def work(self, steps: int) -> None:
        kinds = sorted(name for name in dir(self) if name.startswith("do_"))
        for _ in range(steps):
            try:
                getattr(self, self.lot.choice(kinds))(self.someone())
            except AnnotatorError:
                continue  # some steps have nothing to work on, or are refused after others

    def clause(self) -> tuple[Document, str]:
        info = self.lot.choice(self.db.documents())
        text = self.db.document(info.id)
        return text, self.lot.choice([clause.eid for clause in text.reviewable()])

    def tag(self, who: str) -> Annotation:
        text, eid = self.clause()
        clause = text.clause(eid)
        end = self.lot.randint(clause.body + 1, clause.own_end)
        return Annotation(
            new_id(), text.id, eid, clause.body, end, text.text[clause.body : end],
            self.lot.choice(["privacy", "press_freedom"]), "risk", who,
        )  # fmt: skip

    def do_tag(self, who: str) -> None:
        with self.db.write("tag", reviewer=who) as write:
            write.insert(self.tag(who))

    def do_change(self, who: str) -> None:
        one = self.lot.choice(self.db.annotations(reviewer=who) or [self.tag(who)])
        with self.db.write("change", reviewer=who, document=one.document) as write:
            write.update(replace(one, severity=self.lot.choice(["low", "medium", "high"])))

    def do_remove(self, who: str) -> None:
        one = self.lot.choice(self.db.annotations(reviewer=who) or [self.tag(who)])
        with self.db.write("remove", reviewer=who, document=one.document) as write:
            for decision in self.db.decisions(reviewer=who):
                if decision.annotation == one.id:
                    write.delete(decision)
            write.delete(one)

    def do_review(self, who: str) -> None:
        text, eid = self.clause()
        with self.db.write("review", reviewer=who, document=text.id) as write:
            write.put(Review(text.id, eid, who, self.lot.choice(["concern", "no_concern", "open"])))

    def do_assess(self, who: str) -> None:
        text, eid = self.clause()
        with self.db.write("assess", reviewer=who, document=text.id) as write:
            state = self.lot.choice(["present", "weak", "absent"])
            write.put(Assessment(text.id, eid, who, "oversight", state))

    def do_decide(self, who: str) -> None:
        text = self.clause()[0]
        one = self.lot.choice(self.db.suggestions(text.id) or make_suggestions(text))
        with self.db.write("decide", reviewer=who, document=text.id) as write:
            if self.lot.random() < 0.5:
                write.put(Decision(one.id, who, "rejected", text.id))
                return
            made = Annotation(
                new_id(), text.id, one.eid, one.start, one.end, one.quote, one.concern,
                one.polarity, who, suggestion=one.id,
            )  # fmt: skip
            write.insert(made)
            write.put(Decision(one.id, who, "accepted", text.id, made.id))

    def do_link(self, who: str) -> None:
        one, (target, eid) = self.tag(who), self.clause()
        made = Link(
            new_id(), one.document, one.eid, one.start, one.end, one.quote, target.id, eid, who
        )
        with self.db.write("link", reviewer=who) as write:
            write.insert(made)

    def do_reject_link(self, who: str) -> None:
        text, eid = self.clause()
        clause = text.clause(eid)
        rejected = LinkRejection(
            new_id(), text.id, eid, clause.body, clause.own_end, text.id, eid, who
        )
        with self.db.write("reject_link", reviewer=who, document=text.id) as write:
            write.insert(rejected)

    def do_comment(self, who: str) -> None:
        text, eid = self.clause()
        self.db.comment(text.id, eid, f"word {self.lot.random()}", reviewer=who)

    def do_answer(self, who: str) -> None:
        self.db.reply(self.lot.choice(self._comments(who)), "indeed", reviewer=who)

    def do_resolve(self, who: str) -> None:
        self.db.resolve_comment(self.lot.choice(self._comments(who)), reviewer=who)

    def do_take_comment_away(self, who: str) -> None:
        self.db.remove_comment(self.lot.choice(self._comments(who)), reviewer=who)

    def _comments(self, who: str) -> list[str]:
        if not self.db.comments():
            self.do_comment(who)
        return [one.id for one in self.db.comments()]

    def do_undo(self, who: str) -> None:
        self.db.undo(who)

    def do_redo(self, who: str) -> None:
        self.db.redo(who)

    def do_assign(self, who: str) -> None:
        text, eid = self.clause()
        self.db.assign(text.id, [(self.lot.choice([None, eid]), who)])

    def do_unassign(self, who: str) -> None:
        self.db.unassign(self.db.assignments(reviewer=who)[:1])

    def do_name(self, who: str) -> None:
        self.db.set_setting("name", f"project {self.lot.random()}", by=who)

    def do_blind(self, who: str) -> None:
        self.db.set_setting("blind", self.lot.choice(["on", "off"]), by=who)

    def do_person(self, _: str) -> None:
        self.db.add_reviewer(self.lot.choice(["Cy", "Di", "Cy (2)"]))

    def do_rename(self, who: str) -> None:
        self.db.rename_reviewer(who, self.lot.choice(["Eve", "Ana", "Bo", "Eve (2)"]))

    def do_text(self, _: str) -> None:
        blocks = (f"Words {self.lot.randint(0, 3)}.", "The same.")
        made = make_document(self.lot.choice(["treaty", "other", "third"]), blocks)
        if self.db.add_document(made):
            self.db.set_suggestions(made.id, "rules-1", make_suggestions(made))

    def do_rules(self, _: str) -> None:
        text = self.clause()[0]
        some = make_suggestions(text)
        kept = self.lot.sample(some, self.lot.randint(0, len(some)))
        self.db.set_suggestions(text.id, f"rules-{self.lot.randint(2, 4)}", kept)

    def do_codebook(self, _: str) -> None:
        number = self.lot.randint(1, 3)
        self.db.add_codebook(f"{number}.0", f"{number:064d}", f"version: {number}.0")

    def do_carry(self, _: str) -> None:
        text = self.clause()[0]
        versions.bring_over(self.db, text.id)


def at_work(
    template: Path, folder: Path, seed: int, steps: tuple[int, int, int], *, joins: str = ""
) -> list[Path]:
    """Two offices' databases: made from one copy after some work, then worked on apart.

    Whoever `joins` is added in each office anew, and does half of all that is done there.
    """
    lot = random.Random(seed)
    first = Path(shutil.copy(template, folder / "first.db"))
    with store.open(first) as opened:
        Office(opened, lot).work(steps[0])
        opened.backup(folder / "second.db")
    found = [first, folder / "second.db"]
    for path, some in zip(found, steps[1:], strict=True):
        with store.open(path) as opened:
            if joins:
                opened.add_reviewer(joins)
            Office(opened, lot, mostly=joins).work(some)
    return found


def merged(one: Path, other: Path, into: Path, *, same: Same = ()) -> Path:
    """A copy of the one with the other merged into it."""
    shutil.copy(one, into)
    with store.open(into) as opened:
        before = contents(other)
        opened.merge(other, same=same)
        assert contents(other) == before
    return into


def sound(path: Path) -> list[str]:
    with store.open(path, readonly=True) as opened:
        return opened.verify()


@settings(max_examples=10)
@given(seed=st.integers(0, 10**6), steps=st.tuples(*[st.integers(0, 25)] * 3))
def test_two_offices_come_to_the_same(
    template: Path, tmp_path_factory: pytest.TempPathFactory, seed: int, steps: tuple[int, int, int]
) -> None:
    folder = tmp_path_factory.mktemp("offices")
    a, b = at_work(template, folder, seed, steps)
    ab, ba = merged(a, b, folder / "ab.db"), merged(b, a, folder / "ba.db")
    assert differing(ab, ba) == {}
    assert lines(ab) == lines(ba) == lines(a) | lines(b)
    assert sound(ab) == sound(ba) == []
    # Twice is once, and an exchange of what both have leaves both as they are.
    with store.open(ab) as opened:
        revision = opened.revision()
        assert opened.merge(b).lines == 0
        assert opened.revision() == revision
        opened.merge(ba)
        assert opened.verify() == []
    assert differing(ab, ba) == {}
    # Nothing a person wrote is gone that nobody removed.
    with store.open(ab) as opened:
        after = {one.id for one in opened.annotations()}
    for path, other in ((a, b), (b, a)):
        assert tags(path).keys() - removed(other) - after <= twins(a, b)


def tags(path: Path) -> dict[str, Annotation]:
    with store.open(path) as opened:
        return {one.id: one for one in opened.annotations()}


def removed(path: Path) -> set[str]:
    """The tags that somebody removed there."""
    with store.open(path) as opened:
        return {
            change["key"][0]
            for line in opened.history()
            for change in line.changes
            if change["table"] == "annotations" and change["after"] is None
        }


def twins(*paths: Path, of_one_person: bool = False) -> set[str]:
    """Those of the tags that another has too, word for word."""
    found: dict[Annotation, set[str]] = {}
    for path in paths:
        for one in tags(path).values():
            same = replace(one, id="", created="", updated="", suggestion=None)
            if of_one_person:
                same = replace(same, reviewer="")
            found.setdefault(same, set()).add(one.id)
    return {id for group in found.values() if len(group) > 1 for id in group}


@settings(max_examples=4)
@given(seed=st.integers(0, 10**6))
def test_offices_that_go_on_exchanging_stay_together(
    template: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """Three offices, some rounds: in the middle of them who is merged into whom is drawn by lot."""
    folder, lot = tmp_path_factory.mktemp("rounds"), random.Random(seed)
    paths = [*at_work(template, folder, seed, (8, 8, 8)), folder / "third.db"]
    shutil.copy(template, paths[2])
    for _ in range(2):
        for path in paths:
            with store.open(path) as opened:
                Office(opened, lot).work(8)
        into, other = lot.sample(paths, 2)
        with store.open(into) as opened:
            opened.merge(other)
    for into, other in ((0, 1), (0, 2), (1, 0), (2, 0)):
        with store.open(paths[into]) as opened:
            opened.merge(paths[other])
            assert opened.verify() == []
    assert differing(paths[0], paths[1]) == {}
    assert differing(paths[0], paths[2]) == {}
    assert lines(paths[0]) == lines(paths[1]) == lines(paths[2])


@settings(max_examples=4)
@given(seed=st.integers(0, 10**6), steps=st.tuples(*[st.integers(0, 30)] * 3))
def test_whoever_worked_in_both_offices_is_one_person_afterwards(
    template: Path, tmp_path_factory: pytest.TempPathFactory, seed: int, steps: tuple[int, int, int]
) -> None:
    folder, lot = tmp_path_factory.mktemp("one-person"), random.Random(seed)
    a, b = at_work(template, folder, seed, steps, joins="Amal")
    with store.open(a) as opened:
        (here,) = [one.name for one in opened.reviewers() if one.id in ids_before(opened, "Amal")]
    with store.open(b) as opened:
        (there,) = [one.name for one in opened.reviewers() if one.id in ids_before(opened, "Amal")]
    ab = merged(a, b, folder / "ab.db", same=[(here, there)])
    ba = merged(b, a, folder / "ba.db", same=[(there, here)])
    assert differing(ab, ba) == {}
    assert lines(ab) == lines(ba) == lines(a) | lines(b)
    assert sound(ab) == sound(ba) == []
    with store.open(ab) as opened:
        (gone,) = known_as(ab)
        now = opened.reviewer(gone).name
        again = opened.merge(b)
        assert opened.merge(b, same=[(now, there)]) == again == replace(again, lines=0, line=None)
        assert gone not in {one.id for one in opened.reviewers()}
        # What is not there any more was removed, is there in the other's words, or is told.
        after = {one.id for one in opened.annotations()}
        told = {one["words"] for merge in opened.merges() for one in merge["conflicts"]}
        for path, other in ((a, b), (b, a)):
            left = tags(path).keys() - removed(other) - after - twins(a, b, of_one_person=True)
            assert {tags(path)[id].quote for id in left} <= told
    # Who has not heard of it goes on under the old id, and comes to the same too.
    for path in (b, ab):
        with store.open(path) as opened:
            Office(opened, lot).work(10)
    with store.open(ab) as opened:
        opened.merge(b)
        assert opened.verify() == []
    with store.open(b) as opened:
        opened.merge(ab)
        assert opened.verify() == []
    assert differing(ab, b) == {}


def ids_before(opened: Store, name: str) -> set[str]:
    """The ids under which somebody was added by that name, whatever they are called now."""
    return {
        change["key"][0]
        for line in opened.history(actions=["add_reviewer"])
        for change in line.changes
        if change["after"]["name"] == name
    }


def known_as(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return [id for (id,) in connection.execute("select id from same_people")]
