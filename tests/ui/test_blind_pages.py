"""In a blind project no page names a colleague beside what can be counted and held to a letter."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from annotator import export, store
from annotator.model import Annotation, Assessment, Decision, Document, Link, Review, new_id
from annotator.store import Store
from annotator.ui import component

# They say nothing in any language, so that a page can have them from nowhere else.
OTHERS = ("Quillon", "Zephra")
VIEWS = ("review", "outline", "matrix", "compare", "settle", "finding", "intake")
PAGES: dict[str, dict[str, Any]] = {
    "start": {},
    "review": {},
    "search": {},
    "search, tags": {"search-view": "tags"},
    "safeguards": {"safeguards-whose": "everyone"},
    "codebook": {"cb-everyone": True},
    "compare": {},
    "compare, agreement": {"compare-view": "agreement"},
    "compare, agreement of all texts": {"compare-view": "agreement", "agreement-scope": "all"},
    "compare, pairs": {"compare-view": "agreement", "agreement-part": "pairs"},
    "settle": {"settle-view": "settle"},
    "settle, gaps": {"settle-view": "gaps"},
    "mine": {"mine-where": "all"},
    "versions": {},
    "export": {},
    "project": {},
}

# Every page for whoever reviews and for nobody in particular; the dearest run on their own.
QUICK = {("search, tags", "Ana"), ("settle", "Ana"), ("mine", "Ana"), ("project", "Ana")}
ROLES = [
    pytest.param(name, reader, marks=() if (name, reader) in QUICK else pytest.mark.long)
    for name in PAGES
    for reader in ("Ana", None)
]


def work(opened: Store, treaty: Document, news: Document, who: str, number: int) -> None:
    """All that a reviewer can do, on every clause."""
    with opened.write("work", reviewer=who) as write:
        for text in (treaty, news):
            clauses = list(text.reviewable())
            for clause in clauses[: len(clauses) - number]:
                start, end = clause.body, clause.own_end - number
                place = (text.id, clause.eid, start, end, text.text[start:end])
                write.insert(
                    Annotation(new_id(), *place, "privacy", "risk", who, note=f"note {number}")
                )
                write.insert(Review(text.id, clause.eid, who, "concern"))
                target = next(iter(treaty.reviewable())).eid
                if text is news:
                    write.insert(Link(new_id(), *place, treaty.id, target, who))
                else:
                    write.insert(Assessment(text.id, clause.eid, who, "oversight", "weak"))
        for one in opened.suggestions(treaty.id):
            write.insert(Decision(one.id, who, "rejected", treaty.id))
    eid = next(iter(treaty.reviewable())).eid
    said = opened.comment(treaty.id, eid, f"word {number}", reviewer=who)
    opened.resolve_comment(said.id, reviewer=who)
    opened.assign(treaty.id, [(eid, who)])


@pytest.fixture
def blind(filled: Path, treaty: Document, news: Document, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three have done all there is to do; what the browser would get is shown as JSON."""
    with store.open(filled) as opened:
        for number, name in enumerate(("Ana", *OTHERS)):
            who = opened.reviewer(name) if name == "Ana" else opened.add_reviewer(name)
            work(opened, treaty, news, who.id, number)
        opened.set_setting("blind", "on")
    for name in VIEWS:
        monkeypatch.setattr(component, f"{name}_view", _told, raising=False)
    return filled


def _told(data: Any, **_: Callable[..., None]) -> None:
    import streamlit as st

    st.code(json.dumps(data, ensure_ascii=False), language="json")


def drawn(name: str, reader: str | None, **state: Any) -> AppTest:
    test = AppTest.from_function(_page, args=(name.partition(",")[0],), default_timeout=30)
    if reader:
        test.query_params["as"] = reader
    for key, value in state.items():
        test.session_state[key] = value
    return test.run()


def _page(name: str) -> None:
    import importlib

    importlib.import_module(f"annotator.ui.pages.{name}").page()


def told(test: AppTest) -> str:
    """All that a page shows but who can be chosen to read, and who there is at all."""
    assert not test.exception, test.exception
    said = []
    for one in test.main:
        proto = getattr(one, "proto", None)
        key = str(getattr(one, "key", "") or "")
        if proto is not None and not key.startswith(("project-rename-", "who-")):
            said.append(str(proto))
    for one in test.sidebar:
        if str(getattr(one, "key", "") or "") != "reviewer-choice":
            said.append(str(getattr(one, "proto", "")))
    return " ".join(said)


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize(("name", "reader"), ROLES)
def test_no_page_names_a_colleague(name: str, reader: str | None) -> None:
    said = told(drawn(name, reader, **PAGES[name]))
    assert [one for one in OTHERS if one in said] == []


@pytest.mark.usefixtures("blind")
def test_how_far_each_is_stands_by_name_for_whoever_leads_the_project() -> None:
    closed = told(drawn("project", "Ana"))
    assert "All together" in closed
    opened = told(drawn("project", "Ana", **{"project-lead": True}))
    assert all(one in opened for one in OTHERS)
    assert "All together" not in opened


def test_what_all_have_done_is_not_told_where_it_would_tell_what_one_has(blind: Path) -> None:
    with store.open(blind) as opened:
        idle = opened.reviewer(OTHERS[0]).id
        opened.unassign(opened.assignments(reviewer=idle))
        with opened.write("withdraw", reviewer=idle) as write:
            for one in opened.reviews(reviewer=idle):
                write.delete(one)
    said = told(drawn("project", "Ana"))
    assert "1 of 1" in said
    assert "All together" not in said


def test_the_same_pages_name_everybody_where_the_project_is_not_blind(
    blind: Path,
) -> None:
    with store.open(blind) as opened:
        opened.set_setting("blind", "off")
    for name in ("compare", "project"):
        said = told(drawn(name, "Ana", **PAGES[name]))
        assert all(one in said for one in OTHERS), name


@pytest.mark.usefixtures("blind")
def test_a_letter_carries_no_count_but_of_what_its_reader_may_see(
    blind: Path, treaty: Document
) -> None:
    """Ana opens a clause again: of each letter she sees a clause less than its reader has done."""
    with store.open(blind) as opened:
        ana = opened.reviewer("Ana").id
        with opened.write("reopen", reviewer=ana) as write:
            write.put(Review(treaty.id, next(iter(treaty.reviewable())).eid, ana, "open"))
        done = {one.name: sum(opened.review_counts(one.id).values()) for one in opened.reviewers()}
    said = drawn("compare", "Ana", **PAGES["compare, agreement of all texts"])
    counts = sorted(int(one.label.rpartition("(")[2].rstrip(")")) for one in said.sidebar.checkbox)
    assert counts == sorted(done[name] - (name != "Ana") for name in done)


# Of each family of formats one that is quickly written.
FORMATS = ("jsonl", "csv", "prodigy", "labelstudio", "brat", "webanno", "w3c", "qdpx", "akn")


@pytest.mark.parametrize("names", [False, True])
def test_what_is_taken_along_is_ones_own_and_names_no_colleague(blind: Path, names: bool) -> None:
    """By name or not, whatever else is chosen; in the file, its name and what is shown of it."""
    with store.open(blind) as opened:
        others = [opened.reviewer(name) for name in OTHERS]
        ana = opened.reviewer("Ana")
        first = next(one for one in opened.comments() if one.reviewer == ana.id)
        opened.reopen_comment(first.id, reviewer="Ana")
        opened.resolve_comment(first.id, reviewer=OTHERS[0])
        everyone = {one.name for one in export.collect(opened).reviewers}
    chosen = {"export-names": names, "export-settled": True, "export-suggestions": "all"}
    test = drawn("export", "Ana", **chosen)
    assert not test.exception
    rows = test.dataframe[0].value
    (called,) = set(rows["Reviewer"])
    assert called == "Ana" if names else called in everyone
    assert set(rows["Note"]) == {"note 0"}
    (selection,) = (one for one in test.session_state["export-file"][0] if hasattr(one, "settled"))
    assert (selection.reviewers, selection.settled) == ((ana.id,), False)
    others_called = {*OTHERS, *(one.id for one in others), *(everyone - {called})}
    with store.open(blind) as opened:
        for format in FORMATS:
            content = export.as_bytes(opened, format, selection)
            told = content.decode("utf-8", "ignore")
            if content.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    files = [(name, archive.read(name)) for name in archive.namelist()]
                told = "".join(f"{name} {held.decode()}" for name, held in files)
            found = [one for one in (*others_called, "note 1", "word 2") if one in told]
            assert not found, format
            assert "note 0" in told, format


@pytest.mark.usefixtures("blind")
def test_nobody_in_particular_takes_nothing_along_in_a_blind_project() -> None:
    test = drawn("export", None)
    assert not test.exception
    assert not test.dataframe
    assert not test.get("download_button")
