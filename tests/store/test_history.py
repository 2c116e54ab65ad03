"""The history is enough to undo, to audit and to rebuild, and shows where it was altered."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import store
from annotator.errors import StoreError
from annotator.model import Assessment, Decision, Document, HistoryLine, Review, canonical
from annotator.store import history

STEPS = st.lists(
    st.tuples(
        st.sampled_from(("Ana", "Bo")),
        st.sampled_from(("treaty", "other")),
        st.sampled_from(
            ("tag", "grade", "delete", "accept", "reject", "read", "assess")
            + ("undo", "redo", "undo here", "redo here", "fail", "rename", "highlight") * 2
        ),
        st.integers(0, 3),
    ),
    max_size=25,
)


@contextmanager
def copied(template: Path, folder: Path) -> Iterator[store.Store]:
    path = folder / "random.db"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copy(template, path)
    with store.open(path) as db:
        yield db


def step(db: store.Store, tag, who: str, slug: str, action: str, number: int) -> None:
    """One thing a reviewer might do; what is refused changes nothing."""
    me = db.reviewer(who).id
    document = db.document(slug)
    suggestions = db.suggestions(slug)
    everything = db.annotations(document=slug)
    paragraph = number % sum(1 for _ in document.reviewable()) + 1
    match action:
        case "undo" | "redo":
            getattr(db, action)(me)
        case "undo here" | "redo here":
            getattr(db, action.split()[0])(me, document=slug)
        case "rename":
            db.rename_reviewer(me, f"{who}")
            db.rename_reviewer(me, f"{who.upper()}")
        case "highlight":
            db.set_suggestions(slug, f"rules-{number}", suggestions[: number + 1])
        case _:
            with db.write(action, reviewer=me, document=slug) as write:
                mine = tag(me, text=document, paragraph=paragraph)
                chosen = everything[number] if number < len(everything) else None
                if action in ("tag", "accept", "fail"):
                    write.insert(mine)
                if action in ("accept", "reject") and number < len(suggestions):
                    made = mine.id if action == "accept" else None
                    write.put(
                        Decision(suggestions[number].id, me, f"{action}ed", document.id, made)
                    )
                if action == "grade" and chosen:
                    write.update(dataclasses.replace(chosen, severity="high", note=str(number)))
                if action == "delete" and chosen:
                    write.delete(chosen)
                if action == "read":
                    write.put(Review(document.id, mine.eid, me, "concern", note=str(number)))
                if action == "assess":
                    write.put(Assessment(document.id, mine.eid, me, "oversight", "weak"))
                if action == "fail":
                    raise StoreError("no")


def state(db: store.Store) -> tuple[object, ...]:
    return (
        db.reviewers(),
        db.annotations(),
        db.decisions(),
        db.reviews(),
        db.assessments(),
    )


def rebuilt(lines: list[HistoryLine]) -> dict[str, dict[tuple[str, ...], object]]:
    tables: dict[str, dict[tuple[str, ...], object]] = {}
    for line in lines:
        for change in line.changes:
            rows = tables.setdefault(change["table"], {})
            assert rows.get(tuple(change["key"])) == change["before"]
            if change["after"] is None:
                del rows[tuple(change["key"])]
            else:
                rows[tuple(change["key"])] = change["after"]
    return tables


@settings(max_examples=40)
@given(steps=STEPS)
def test_whatever_is_done_and_undone_the_history_tells_the_tables(
    template: Path, tmp_path_factory: pytest.TempPathFactory, tag, steps
) -> None:
    with copied(template, tmp_path_factory.getbasetemp()) as db:
        for who, slug, action, number in steps:
            before, lines = state(db), db.history()
            try:
                step(db, tag, who, slug, action, number)
            except StoreError:
                assert state(db) == before
                assert db.history() == lines
        told = rebuilt(db.history())
        for table, values in (
            ("reviewers", db.reviewers()),
            ("annotations", db.annotations()),
            ("decisions", db.decisions()),
            ("reviews", db.reviews()),
            ("assessments", db.assessments()),
        ):
            rows = list(told.get(table, {}).values())
            assert sorted(map(repr, rows)) == sorted(
                repr(dict(sorted(dataclasses.asdict(value).items()))) for value in values
            )
        assert db.verify() == []
        for who in ("Ana", "Bo"):
            before = state(db)
            try:
                taken = db.undo(who)
            except StoreError:
                assert state(db) == before
                continue
            assert (state(db) == before) is (taken is None)
            if taken is not None:
                assert db.redo(who) is not None
                assert state(db) == before
        assert db.verify() == []


@settings(max_examples=15)
@given(count=st.integers(1, 8), data=st.data())
def test_undoing_everything_and_redoing_everything_is_as_if_nothing_happened(
    template: Path, tmp_path_factory: pytest.TempPathFactory, tag, count: int, data: st.DataObject
) -> None:
    own = st.sampled_from(("tag", "grade", "delete", "accept", "reject", "read", "assess"))
    with copied(template, tmp_path_factory.getbasetemp()) as db:
        start = state(db)
        for _ in range(count):
            try:
                step(db, tag, "Ana", "treaty", data.draw(own), data.draw(st.integers(0, 3)))
            except StoreError:
                continue
        end, done = state(db), 0
        while db.undo("Ana"):
            done += 1
        assert state(db) == start
        assert sum(db.redo("Ana") is not None for _ in range(done + 1)) == done
        assert state(db) == end


@pytest.fixture
def told(db: store.Store, path: Path, document: Document, tag) -> Path:
    """A database with a few more lines."""
    ana = db.reviewer("Ana").id
    for paragraph in (1, 2, 3):
        with db.write("tag", reviewer=ana, document="treaty", nonce=str(paragraph)) as write:
            write.insert(tag(ana, paragraph=paragraph))
    db.undo(ana)
    with db.write("read", reviewer=ana, document="treaty") as write:
        write.put(Review(document.id, "art_1__para_1", ana, "no_concern"))
    assert db.verify() == []
    return path


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for trigger in ("changed", "deleted"):
            connection.execute(f"drop trigger history_is_never_{trigger}")
        yield connection


@pytest.mark.parametrize("seq", [1, 8, 11])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "another"),
        ("at", "1999-01-01T00:00:00.000Z"),
        ("action", "other"),
        ("reviewer", "someone"),
        ("document", "another"),
        ("nonce", "another"),
        ("undoes", 2),
        ("previous", "0" * 63 + "1"),
        ("hash", "0" * 64),
        ("changes", "[]"),
    ],
)
def test_any_altered_line_is_found(told: Path, seq: int, column: str, value: object) -> None:
    with tampering(told) as connection:
        connection.execute(f"update history set {column} = ? where seq = ?", (value, seq))
    with store.open(told, readonly=True) as db:
        assert [problem for problem in db.verify() if f"history line {seq} " in problem]


@pytest.mark.parametrize("seq", [1, 8, 11])
def test_a_missing_line_is_found(told: Path, seq: int) -> None:
    with tampering(told) as connection:
        connection.execute("delete from history where seq = ?", (seq,))
    with store.open(told, readonly=True) as db:
        problems = db.verify()
    # The last line leaves no gap in the chain, but a row that nobody told of.
    wanted = "is not what the history says" if seq == 11 else f"history line {seq} is missing"
    assert [problem for problem in problems if wanted in problem]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("update annotations set note = 'x'", "is not what the history says"),
        ("delete from annotations", "is not what the history says"),
        ("update reviews set state = 'concern'", "is not what the history says"),
        ("update annotations set start = start + 1", "the text reads"),
        ("update suggestions set quote = 'x'", "the text reads"),
        ("update suggestions set reason = 'x'", "suggestions of run 'rules-1'"),
        ("update clauses set heading = 'x'", "clauses of 'treaty'"),
        ("update clauses set eid = 'x' where eid = 'art_1__para_1'", "refers to a missing row"),
        ("drop view tagged_words", "'tagged_words' is missing"),
        ("drop trigger texts_never_change", "'texts_never_change' is missing"),
    ],
)
def test_a_table_that_was_altered_is_found(told: Path, statement: str, says: str) -> None:
    with closing(sqlite3.connect(told, isolation_level=None)) as connection:
        connection.execute(statement)
    with store.open(told, readonly=True) as db:
        problems = db.verify()
    assert [problem for problem in problems if says in problem]
    assert not [problem for problem in problems if "\n" in problem]


def test_an_altered_text_is_found(told: Path) -> None:
    with closing(sqlite3.connect(told, isolation_level=None)) as connection:
        connection.execute("drop trigger texts_never_change")
        connection.execute("update documents set text = replace(text, 'shall', 'may')")
    with store.open(told, readonly=True) as db:
        assert [problem for problem in db.verify() if "the text of 'treaty'" in problem]


@pytest.mark.parametrize("statement", ["delete from history", "update history set action = 'x'"])
def test_the_file_itself_refuses_to_change_its_history(told: Path, statement: str) -> None:
    with (
        closing(sqlite3.connect(told)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        connection.execute(statement)


def test_history_is_read_by_document_reviewer_and_latest(told: Path, document: Document) -> None:
    with store.open(told, readonly=True) as db:
        lines = db.history()
        assert [line.seq for line in lines] == list(range(1, 12))
        assert db.history(limit=2) == lines[-2:]
        assert db.history(limit=0) == []
        ana = db.reviewer("Ana").id
        assert db.history(reviewer="Ana") == [line for line in lines if line.reviewer == ana]
        assert db.history(document="treaty", reviewer="Ana", limit=1) == lines[-1:]
        assert {line.document for line in db.history(document="treaty")} == {document.id}


# Every character a text can hold at once, and a few of each kind by themselves.
@pytest.mark.parametrize(
    "told",
    ["".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000)))), '"\\', "\u2028", "", None],
)
def test_the_hash_of_a_line_is_that_of_its_canonical_json(told: str | None) -> None:
    values = [1, "id", "2026", "load", told, None, told, 2**40, "0" * 64, "[]"]
    names = [
        "seq",
        "id",
        "at",
        "action",
        "reviewer",
        "document",
        "nonce",
        "undoes",
        "previous",
        "changes",
    ]
    made = hashlib.sha256(canonical(values).encode()).hexdigest()
    assert history.line_hash(dict(zip(names, values, strict=True))) == made


def test_what_came_many_at_once_is_kept_as_the_canonical_json_of_its_rows(
    db: store.Store, document: Document
) -> None:
    ana = db.reviewer("Ana").id
    said = 'A "quote", a \\, a tab\t, \x7f, é, 😀, \u2028 and <b>'
    reviews = [Review(document.id, f"art_1__para_{n}", ana, "concern", said) for n in (2, 1)]
    with db.write("load") as write:
        write.insert_all(reviews)
    (kept,) = db._connection.execute("select changes from history order by seq desc limit 1")
    rows = [dataclasses.asdict(one) for one in db.reviews(document=document.id)]
    assert {row["note"] for row in rows} == {said}
    assert kept["changes"] == canonical(
        [
            {
                "table": "reviews",
                "key": [row["document"], row["eid"], row["reviewer"]],
                "before": None,
                "after": row,
            }
            for row in reversed(rows)
        ]
    )
    assert write.line is not None
    assert db.history()[-1].changes == write.line.changes
    assert db.verify() == []
