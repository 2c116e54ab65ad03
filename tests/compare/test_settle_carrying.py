"""Decisions go over to the next version of a text where all they rest on is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator import intake, settle
from annotator import store as stores
from annotator.compare.settling import decide
from annotator.model import Annotation, Document, Review, new_id

SEARCH = "Police may search any system in the country."
KEEP = "Providers keep all data for ten years."
GIVE = "Providers hand over data without delay."
TALK = "Journalists keep their sources to themselves."


def treaty(*words: str) -> Document:
    text = "# Draft\n\n" + "\n\n".join(
        f"### Article {number}. Rule {word.split()[1]}\n\n{word}"
        for number, word in enumerate(words, start=1)
    )
    return intake.parse(text, kind="treaty", language="en", title="Draft", slug="draft")


def work(store, document: Document) -> None:
    """Ana marks the first two words of every clause, Bo the first three."""
    for name, count in (("Ana", 2), ("Bo", 3)):
        who = store.reviewer(name).id
        with store.write("seed", reviewer=who, document=document.id) as write:
            for clause in document.reviewable():
                own = document.text[clause.body : clause.own_end]
                quote = " ".join(own.split(" ")[:count])
                end = clause.body + len(quote)
                write.insert(
                    Annotation(new_id(), document.id, clause.eid, clause.body, end, quote,
                               "privacy", "risk", who)
                )  # fmt: skip
                write.put(Review(document.id, clause.eid, who, "concern"))


@pytest.fixture
def store(tmp_path: Path):
    """Every clause of the first version is decided by Cy, each in another way."""
    with stores.open(tmp_path / "annotations.db") as opened:
        first = treaty(SEARCH, KEEP, GIVE)
        opened.add_document(first)
        cy = [opened.add_reviewer(name).id for name in ("Ana", "Bo", "Cy")][2]
        work(opened, first)
        rows = []
        for clause, outcome in zip(
            settle.bench(opened, first, cy).clauses, ("accept", "disagree", "none"), strict=True
        ):
            (passage,) = clause.passages
            finding = passage.opinions[1].finding if outcome == "accept" else None
            rows.append(
                decide(clause, outcome, reason="codebook_gap", adjudicator=cy, note="Say it.",
                       passage=passage.id, finding=finding)
            )  # fmt: skip
        opened.settle(first.id, rows, reviewer=cy)
        yield opened


def carried(store, document: Document, who: str = "Ana"):
    """What is taken over by somebody, from the version before."""
    someone, document = store.reviewer(who).id, store.document(document.id)
    before = settle.earlier(store, document)
    assert before is not None
    bench = settle.bench(store, document, someone)
    line = settle.carry(store, store.document(before.id), bench, adjudicator=someone)
    return line, store.adjudications(document=document.id)


def test_what_has_not_changed_is_taken_over_wherever_it_stands_now(store) -> None:
    second = treaty(TALK, SEARCH, KEEP, GIVE)
    store.add_document(second)
    work(store, second)
    line, rows = carried(store, second)
    assert [(row.eid, row.outcome, row.quote) for row in rows] == [
        ("art_2", "accept", "Police may search"),
        ("art_3", "disagree", ""),
        ("art_4", "none", ""),
    ]
    assert {(row.reviewer, row.reason, row.note) for row in rows} == {
        (store.reviewer("Ana").id, "codebook_gap", "Say it.")
    }
    found = settle.bench(store, second, None)
    assert [one.provenance for one in found.clauses] == ["open", *["adjudicated"] * 3]
    assert carried(store, second) == (None, rows), "twice is once"
    assert line.action == "settle"
    assert store.undo("Ana", settling=True)
    assert store.adjudications(document=second.id) == []
    assert store.verify() == []


def test_other_words_other_readers_and_other_views_wait_to_be_decided_anew(store) -> None:
    second = treaty(SEARCH.replace("any", "every"), KEEP, GIVE)
    store.add_document(second)
    work(store, second)
    bo, cy = store.reviewer("Bo").id, store.reviewer("Cy").id
    with store.write("seed", document=second.id) as write:
        write.put(Review(second.id, "art_2", cy, "no_concern"))
        (mark,) = store.annotations(document=second.id, reviewer=bo, eids=["art_3"])
        write.delete(mark)
    assert carried(store, second) == (None, [])


def test_a_first_version_has_nothing_before_it(store) -> None:
    assert settle.earlier(store, store.document("draft")) is None


def _page() -> None:
    from annotator.ui.pages import settle as page

    page.page()


def test_the_page_offers_to_take_decisions_over_once(
    store, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = treaty(TALK, SEARCH, KEEP, GIVE)
    store.add_document(second)
    work(store, second)
    monkeypatch.setenv("ANNOTATOR_DB", str(store.path))
    page = AppTest.from_function(_page, default_timeout=30)
    page.session_state["reviewer"] = "Ana"
    page.run()
    assert page.button(key="settle-carry").label == "Take over 3 decisions of version 1"
    page.button(key="settle-carry").click().run()
    assert not page.exception
    assert len(store.adjudications(document=second.id)) == 3
    assert [one.key for one in page.button] == []
