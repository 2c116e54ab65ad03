"""Texts, clauses and suggestions come back as they were stored, or are refused whole."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import store
from annotator.errors import AnnotatorError, NotFoundError, SpanError, StoreError
from annotator.model import Decision, Document, sha256, stable_id


def renamed(document: Document, text: str, **changes) -> Document:
    return dataclasses.replace(
        document,
        id=stable_id("document", sha256(text)),
        text=text,
        text_sha256=sha256(text),
        **changes,
    )


def test_a_document_comes_back_whole_by_slug_id_or_hash(
    db: store.Store, document: Document
) -> None:
    for name in (document.slug, document.id, document.text_sha256):
        assert db.document(name) == document


def test_the_same_text_is_stored_once(db: store.Store, document: Document) -> None:
    lines = db.history()
    assert not db.add_document(document)
    assert not db.add_document(dataclasses.replace(document, slug="another"))
    assert db.history() == lines


def test_a_corrected_text_is_the_next_version(db: store.Store, document: Document) -> None:
    corrected = renamed(document, document.text + "!")
    assert db.add_document(corrected, reviewer="Ana")
    assert db.document("treaty") == dataclasses.replace(corrected, version=2)
    assert db.document(document.id) == document
    assert [(info.slug, info.version, info.suggestions) for info in db.documents()] == [
        ("other", 1, 2),
        ("treaty", 2, 0),
    ]
    assert db.history(limit=1)[0].reviewer == db.reviewer("Ana").id
    assert db.verify() == []


def test_what_a_list_of_documents_needs(db: store.Store, document: Document) -> None:
    info = db.documents()[1]
    assert (info.id, info.characters, info.reviewable) == (document.id, len(document.text), 4)
    assert (info.source, info.notice) == (document.source, document.notice)
    assert dict(info.metadata) == {"licence": "CC0-1.0"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text_sha256": "0" * 64}, "has the SHA-256"),
        ({"text": "half \ud800"}, "half a character"),
        ({"text": "a\0b"}, "NUL"),
        ({"slug": " "}, "needs a slug"),
        ({"id": ""}, "needs a id"),
        ({"kind": "poem"}, "'poem': it takes 'treaty' or 'news'"),
    ],
)
def test_a_document_that_does_not_fit_is_refused_whole(
    db: store.Store, document: Document, change: dict[str, str], says: str
) -> None:
    lines = db.history()
    broken = dataclasses.replace(renamed(document, "Other words.", clauses=()), **change)
    with pytest.raises(StoreError, match=says):
        db.add_document(broken)
    assert db.history() == lines
    assert len(db.documents()) == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"end": 10_000}, "does not lie within"),
        ({"body": 1, "own_end": 0}, "does not lie within"),
        ({"parent": "art_9"}, "before its parent 'art_9'"),
        ({"eid": "art_1"}, "comes twice"),
    ],
)
def test_a_clause_that_does_not_fit_is_refused(
    db: store.Store, document: Document, change, says: str
) -> None:
    clauses = (*document.clauses[:-1], dataclasses.replace(document.clauses[-1], **change))
    with pytest.raises(StoreError, match=says):
        db.add_document(renamed(document, document.text + " ", clauses=clauses))
    assert len(db.documents()) == 2


def test_an_unknown_name_is_quoted(db: store.Store) -> None:
    for ask in (
        lambda: db.document("nowhere"),
        lambda: db.suggestions("nowhere"),
        lambda: db.annotations(document="nowhere"),
        lambda: db.reviewer("nowhere"),
        lambda: db.reviews(reviewer="nowhere"),
        lambda: db.undo("nowhere"),
    ):
        with pytest.raises(NotFoundError, match="'nowhere'"):
            ask()


def test_a_text_in_the_file_cannot_be_changed(path: Path) -> None:
    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="a text never changes"),
    ):
        connection.execute("update documents set text = 'other'")


def test_suggestions_come_in_text_order(db: store.Store, document: Document) -> None:
    found = db.suggestions("treaty")
    assert [suggestion.eid for suggestion in found] == [f"art_1__para_{n}" for n in (1, 2, 3, 4)]
    assert all(document.text[s.start : s.end] == s.quote for s in found)
    assert db.suggestions("treaty", eids=["art_1__para_3", "art_9"]) == [found[2]]
    assert db.suggestions("treaty", eids=[]) == []
    assert db.ruleset("treaty") == "rules-1"


def test_a_new_run_replaces_the_old_but_keeps_what_was_decided(
    db: store.Store, document: Document
) -> None:
    first, second, third, _ = db.suggestions("treaty")
    ana = db.reviewer("Ana").id
    with db.write("reject", reviewer=ana, document="treaty") as write:
        write.put(Decision(first.id, ana, "rejected", document.id))
    reworded = dataclasses.replace(third, reason="It says so twice.", eid="", id="", document="")
    db.set_suggestions("treaty", "rules-2", [reworded, second])
    found = db.suggestions("treaty")
    assert [(s.start, s.reason) for s in found] == [
        (second.start, second.reason),
        (third.start, "It says so twice."),
    ]
    assert (found[1].document, found[1].eid) == (document.id, "")
    assert found[1].id == stable_id(
        "suggestion", document.id, "rule-3", "privacy", "risk", third.start, third.end
    )
    assert db.ruleset("treaty") == "rules-2"
    assert db.documents()[1].suggestions == 2
    assert [d.suggestion for d in db.decisions(document="treaty")] == [first.id]
    assert db.verify() == []


def test_suggestions_of_a_dataset_stand_beside_the_run_unlisted(
    db: store.Store, document: Document
) -> None:
    listed = db.suggestions("treaty")
    brought = dataclasses.replace(listed[0], id="brought", rule="elsewhere", eid="")
    ana = db.reviewer("Ana").id
    with db.write("load") as write:
        assert db.add_suggestions("treaty", [brought, listed[1]], write=write) == 1
        write.put(Decision("brought", ana, "rejected", document.id))
    assert db.add_suggestions("treaty", [brought]) == 0
    assert db.suggestions("treaty") == listed
    assert db.suggestions_by_id(["brought", listed[1].id, "none"]) == [brought, listed[1]]
    assert [change["table"] for change in db.history()[-1].changes] == ["suggestions", "decisions"]
    db.set_suggestions("treaty", "rules-2", [])
    assert db.suggestions_by_id(["brought", listed[1].id]) == [brought]
    assert db.verify() == []


def test_a_document_may_be_part_of_a_larger_write(db: store.Store, document: Document) -> None:
    later = renamed(document, document.text + "?", version=7)

    def add_and_fail() -> None:
        with db.write("load") as write:
            assert db.add_document(later, write=write)
            raise StoreError("no")

    with pytest.raises(StoreError):
        add_and_fail()
    assert len(db.history(document="treaty")) == 2
    with db.write("load") as write:
        assert db.add_document(later, write=write)
    assert db.document("treaty") == later
    assert db.history()[-1].action == "load"
    assert db.verify() == []


def test_a_codebook_is_kept_once_under_its_hash(db: store.Store) -> None:
    assert db.add_codebook("1.0", sha256("concerns: []"), "concerns: []")
    assert not db.add_codebook("1.0", sha256("concerns: []"), "concerns: []")
    assert [line.action for line in db.history()][-2:] != ["add_codebook", "add_codebook"]
    assert db.history()[-1].changes[0]["after"]["codebook"] == "concerns: []"
    assert db.verify() == []


def test_the_same_run_again_changes_nothing_and_an_empty_one_counts(db: store.Store) -> None:
    lines = db.history()
    db.set_suggestions("treaty", "rules-1", reversed(db.suggestions("treaty")))
    assert db.history() == lines
    db.set_suggestions("treaty", "rules-2", [])
    assert (db.suggestions("treaty"), db.ruleset("treaty")) == ([], "rules-2")
    (change,) = db.history(limit=1)[0].changes
    assert (change["table"], change["after"]["suggestions"]) == ("suggestion_runs", 0)
    assert db.verify() == []


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"quote": "Other words"}, SpanError, "not 'Other words'"),
        ({"start": 9_000, "end": 9_001}, SpanError, "is not a span"),
        ({"eid": "art_9"}, NotFoundError, "'art_9'"),
        ({"document": "x"}, StoreError, "'x'"),
        ({"polarity": "good"}, StoreError, "'good': it takes 'risk' or"),
        ({"score": 1.5}, StoreError, "score 1.5: it takes 0 to 1"),
    ],
)
def test_one_bad_suggestion_refuses_the_run(
    db: store.Store, change, error: type[AnnotatorError], says: str
) -> None:
    found = db.suggestions("treaty")
    lines = db.history()
    with pytest.raises(error, match=says):
        db.set_suggestions("treaty", "rules-2", [found[0], dataclasses.replace(found[1], **change)])
    assert (db.suggestions("treaty"), db.ruleset("treaty")) == (found, "rules-1")
    assert db.history() == lines


def test_a_suggestion_cannot_be_taken_from_another_document(db: store.Store) -> None:
    stolen = db.suggestions("other")[0]
    mine = dataclasses.replace(db.suggestions("treaty")[0], id=stolen.id)
    with pytest.raises(StoreError, match="of another document"):
        db.set_suggestions("treaty", "rules-2", [mine])
    assert db.suggestions("other")[0] == stolen


@given(
    text=st.text(
        st.one_of(
            st.sampled_from("aé€😀𝒜ا\u0301\u200d\u202e\n\ufeff"),
            st.characters(codec="utf-8", exclude_characters="\0"),
        ),
        min_size=1,
    ),
    data=st.data(),
)
def test_any_text_comes_back_and_sqlite_counts_as_python_does(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    path = tmp_path_factory.getbasetemp() / "texts.db"
    document = Document(
        id=stable_id("document", sha256(text)),
        slug=f"text-{sha256(text)}",
        title="T",
        kind="news",
        language="en",
        text=text,
        text_sha256=sha256(text),
        clauses=(),
    )
    with store.open(path) as db:
        db.add_document(document)
        assert db.document(document.id) == document
        with closing(sqlite3.connect(path)) as connection:
            (quote,) = connection.execute(
                "select substr(text, ? + 1, ? - ?) from documents where id = ?",
                (start, end, start, document.id),
            ).fetchone()
    assert quote == text[start:end]
