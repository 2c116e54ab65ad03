"""What the store answers: which clauses, in which order, to whom, and always as they stand."""

from __future__ import annotations

import contextlib
import functools
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import review, store
from annotator.codebook import Codebook
from annotator.errors import AnnotatorError
from annotator.model import Assessment, Document, Link, new_id
from annotator.review import blind
from annotator.search import Filters, parse
from annotator.store import Store
from tests.search.conftest import tagged


def found(opened: Store, typed: str, **filters: Any) -> list[str]:
    answer = opened.search(parse(typed), Filters(**filters))
    assert answer.total == len(answer.hits) == sum(answer.by_document.values())
    assert answer.total == sum(answer.by_kind.values())
    return [f"{hit.document.slug} {hit.citation}".strip() for hit in answer.hits]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("judge review", ["powers art. 2"]),
        ("搜查", ["news-zh para. 1"]),
        ("电子证据 法官", ["news-zh para. 1"]),
        ("قانون", ["news-ar para. 2"]),
        ("تفتيش*", ["news-ar para. 1"]),  # stands there as "بالتفتيش"
        ("التفتيش", ["news-ar para. 1"]),
        ("ข้อมูลส่วนบุคคล", ["news-th para. 1"]),
        ("cooperation", ["powers art. 1(2)"]),
        ("on powers", ["powers"]),
        ("zebra", []),
    ],
)
def test_clauses_of_every_language_are_found(db: Store, typed: str, wanted: list[str]) -> None:
    assert found(db, typed) == wanted


def test_the_whole_phrase_and_headings_come_first(db: Store) -> None:
    # "a search" as it is typed stands in no clause's words but in two orders; the heading weighs.
    assert found(db, "search")[0] == "powers art. 1"
    assert found(db, "order search")[0] != "powers art. 1"
    assert found(db, "order of a search")[0] == "powers art. 2"


def test_a_chapter_opens_at_its_first_clause_with_words(db: Store) -> None:
    (hit,) = [hit for hit in db.search(parse("powers")).hits if hit.citation == "ch. I"]
    assert (hit.eid, hit.open) == ("chp_I", "art_1__para_1")
    (title,) = [hit for hit in db.search(parse("powers")).hits if hit.title]
    assert title.open == "art_1__para_1"


def test_pages_follow_each_other_without_a_gap(db: Store) -> None:
    every = db.search(parse("order OR search OR 法官"))
    pages = [
        db.search(parse(every.hits and "order OR search OR 法官"), offset=n, limit=1)
        for n in range(9)
    ]
    assert [hit for page in pages for hit in page.hits] == list(every.hits)
    assert {page.total for page in pages} == {every.total}


def test_tags_notes_and_reasons_are_found_where_they_are_asked_for(
    db: Store, treaty: Document, book: Codebook
) -> None:
    ana = db.reviewer("Ana").id
    tagged(db, treaty, "Ana", "order any person", book, note="gag, without limit")
    review.note(db, treaty, ana, "art_2", "limits? compare the bill")
    assert found(db, "gag") == ["powers art. 1(2)"]
    assert found(db, "gag", places=frozenset({"texts"})) == []
    assert found(db, "any person", places=frozenset({"tags"})) == ["powers art. 1(2)"]
    assert found(db, "compare", places=frozenset({"tags"})) == []
    assert found(db, "compare", places=frozenset({"notes"})) == ["powers art. 2"]
    assert found(db, "reached") == []
    assert found(db, "reached", places=frozenset({"suggestions"})) == ["powers art. 1(2)"]
    (hit,) = db.search(parse("gag")).hits
    assert [(one.what, one.note) for one in hit.said] == [("tag", "gag, without limit")]
    db.undo(ana)
    db.undo(ana)
    assert found(db, "gag") == found(db, "compare") == []
    db.redo(ana)
    assert found(db, "gag") == ["powers art. 1(2)"]


def test_notes_on_links_and_on_safeguards_are_found(
    db: Store, treaty: Document, book: Codebook
) -> None:
    ana, news = db.reviewer("Ana").id, db.document("news-zh")
    clause = news.clause("para_1")
    with db.write("seed", reviewer=ana) as write:
        write.insert(
            Link(
                id=new_id(),
                document=news.id,
                eid="para_1",
                start=clause.body,
                end=clause.own_end,
                quote=news.text[clause.body : clause.own_end],
                target_document=treaty.id,
                target_eid="art_1",
                reviewer=ana,
                note="misquotes the bill",
            )
        )
        safeguard = book.safeguards[0].id
        write.put(Assessment(treaty.id, "art_2", ana, safeguard, "weak", note="a judge, but when"))
    assert found(db, "misquotes") == ["news-zh para. 1"]
    (hit,) = db.search(parse("but when")).hits
    assert [(one.what, one.reviewer, one.note) for one in hit.said] == [
        ("finding", ana, "a judge, but when")
    ]
    assert found(db, "misquotes OR when", places=frozenset({"texts"})) == []
    assert db.verify() == []


def test_filters_narrow_and_without_words_they_list(
    db: Store, treaty: Document, book: Codebook
) -> None:
    ana, bo = db.reviewer("Ana").id, db.reviewer("Bo").id
    tagged(db, treaty, "Ana", "order any person", book, severity="high")
    tagged(db, treaty, "Bo", "review every order", book, polarity="safeguard")
    review.judge(db, treaty, ana, "art_1__para_1", "no_concern")
    review.judge(db, treaty, ana, "art_2", "reopened")
    two, one = ["powers art. 1(2)"], ["powers art. 2"]
    assert found(db, "", concern="privacy") == two + one
    assert found(db, "", polarity="risk") == two
    assert found(db, "", severity="high") == two
    assert found(db, "", tagged_by=bo) == one
    assert found(db, "", concern="privacy", tagged_by=bo, polarity="risk") == []
    assert found(db, "judge", concern="privacy") == one
    assert found(db, "", state="no_concern", reader=ana) == ["powers art. 1(1)"]
    assert found(db, "", state="reopened", reader=ana) == one
    assert found(db, "order", state="not_reviewed", reader=ana) == two
    assert found(db, "", language="zh") == ["news-zh para. 1", "news-zh para. 2"]
    assert found(db, "", kind="news", document="news-th") == ["news-th para. 1", "news-th para. 2"]
    assert found(db, "judge", document="news-th") == []
    assert found(db, "", codes=("",)) == two + one
    assert found(db, "") == []


def test_in_a_blind_project_others_tags_and_notes_are_not_found(
    db: Store, treaty: Document, book: Codebook
) -> None:
    ana, bo = db.reviewer("Ana").id, db.reviewer("Bo").id
    tagged(db, treaty, "Bo", "order any person", book, note="overbroad")
    review.note(db, treaty, bo, "art_2", "overbroad too")
    db.set_setting("blind", "on")
    sight = functools.partial(blind.visible, db, ana)
    asked = parse("overbroad")
    assert db.search(asked, viewer=ana, sight=sight).total == 0
    assert db.search(parse(""), Filters(concern="privacy"), viewer=ana, sight=sight).total == 0
    assert db.tagged(Filters(concern="privacy"), sight=sight).ids == ()
    (hit,) = db.search(parse("any person"), viewer=ana, sight=sight).hits
    assert hit.tags == ()
    assert db.search(asked, viewer=bo, sight=functools.partial(blind.visible, db, bo)).total == 2
    review.judge(db, treaty, ana, "art_1__para_2", "concern")
    assert db.search(asked, viewer=ana, sight=sight).total == 1


def test_a_new_version_takes_the_place_of_the_old(db: Store, treaty: Document) -> None:
    from annotator import intake

    assert found(db, "any person") == ["powers art. 1(2)"]
    newer = treaty.text.replace("any person", "a person named in it")
    db.add_document(
        intake.parse(newer, kind="treaty", language="en", slug="powers", title="On powers")
    )
    assert found(db, "any person") == []
    assert found(db, "named") == ["powers art. 1(2)"]


def test_a_file_that_is_only_read_answers_the_same(path: Path) -> None:
    with store.open(path, readonly=True) as reader:
        assert not reader.search_is_current()
        unindexed = reader.search(parse("judge order"))
        assert not reader.search_is_current()
    before = path.read_bytes()
    with store.open(path, readonly=True) as reader:
        reader.search(parse("judge"))
    assert path.read_bytes() == before
    with store.open(path) as writer:
        assert writer.search(parse("judge order")) == unindexed
        assert writer.search_is_current()


def test_many_who_search_a_new_database_at_once_make_one_index(path: Path) -> None:
    def ask(typed: str) -> int:
        with store.open(path) as opened:
            return opened.search(parse(typed)).total

    asked = ["judge", "order", "法官", "القانون"] * 3
    with ThreadPoolExecutor(6) as several:
        totals = list(several.map(ask, asked))
    assert totals == [ask(typed) for typed in asked]
    with store.open(path) as opened:
        assert opened.verify() == []


def test_searching_leaves_no_line_and_verify_finds_nothing(db: Store) -> None:
    lines = len(db.history())
    db.search(parse("judge"), Filters(places=frozenset({"suggestions", "texts"})))
    assert len(db.history()) == lines
    assert db.verify() == []


def test_an_index_that_was_tampered_with_is_told_and_made_anew(db: Store, path: Path) -> None:
    db.search(parse("judge"))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("delete from search_texts where number = 1")
        raw.commit()
    assert any("--rebuild" in line for line in db.verify())
    db.forget_search()
    assert db.verify() == []
    assert found(db, "review every") == ["powers art. 2"]
    assert db.verify() == []


@pytest.mark.parametrize("typed", ['"', "NEAR(", "a AND", "*", "^x", "heading:x", "'", "x*y*", "-"])
def test_nothing_typed_is_a_mistake_of_grammar(db: Store, typed: str) -> None:
    db.search(parse(typed))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["tag", "note", "edit", "remove", "judge", "undo", "redo", "search", "text"]
        ),
        st.integers(0, 5),
    ),
    max_size=14,
)


@given(STEPS)
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_written_and_undone_the_index_is_as_one_made_anew(
    template: Path, tmp_path: Path, treaty: Document, book: Codebook, steps: list[tuple[str, int]]
) -> None:
    path = Path(shutil.copy(template, tmp_path / "walk.db"))
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    quotes = ["search of a system", "order any person", "review every order"]
    with store.open(path) as db:
        ana = db.reviewer("Ana").id
        for what, n in steps:
            mine = db.annotations(reviewer=ana)
            with contextlib.suppress(AnnotatorError):  # nothing to undo, or no such thing now
                _step(db, treaty, book, ana, what, n, quotes, [one.id for one in mine])
        asked = [parse(typed) for typed in ("order", "gag OR limit*", "judge", "法官", "fresh")]
        every = frozenset({"texts", "tags", "notes", "suggestions"})
        followed = [db.search(one, Filters(places=every)) for one in asked]
        assert db.verify() == []
        db.forget_search()
        assert [db.search(one, Filters(places=every)) for one in asked] == followed
    path.unlink()


def _step(
    db: Store,
    treaty: Document,
    book: Codebook,
    ana: str,
    what: str,
    n: int,
    quotes: list[str],
    mine: list[str],
) -> None:
    from annotator import intake

    if what == "tag":
        tagged(db, treaty, "Ana", quotes[n % 3], book, note=["", "gag", "limits of it"][n % 3])
    elif what == "note":
        review.note(db, treaty, ana, "art_2", ["", "limit", "gag order"][n % 3])
    elif what == "edit" and mine:
        note = ["", "limited", "gag"][n % 3]
        review.edit(db, treaty, ana, mine[n % len(mine)], codebook=book, note=note)
    elif what == "remove" and mine:
        review.remove(db, treaty, ana, mine[n % len(mine)])
    elif what == "judge":
        review.judge(db, treaty, ana, "art_2", ["concern", "reopened"][n % 2])
    elif what == "undo":
        db.undo(ana)
    elif what == "redo":
        db.redo(ana)
    elif what == "search":
        db.search(parse("order gag"), Filters(places=frozenset({"texts", "suggestions"})))
    elif what == "text":
        db.add_document(
            intake.parse(
                f"Fresh words, number {n}.",
                kind="news",
                language="en",
                slug=f"fresh-{n}",
                title="Fresh",
            )
        )
