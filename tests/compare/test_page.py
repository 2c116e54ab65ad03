"""The compare page without a browser: what it says when there is nothing to compare, and when."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator import store as stores
from annotator.compare import MARKS_VERDICTS, Gamma
from annotator.compare.gamma import STATES
from annotator.compare.meaning import VERDICTS
from annotator.model import Annotation, Document, Review
from annotator.ui import marksfigures, measuring
from annotator.ui.words import catalogue


def _page() -> None:
    from annotator.ui.pages import compare

    compare.page()


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: Document) -> Path:
    path = tmp_path / "annotations.db"
    monkeypatch.setenv("ANNOTATOR_DB", str(path))
    with stores.open(path) as store:
        store.add_document(document)
    return path


def shown(database: Path, read: dict[str, list[str]]) -> AppTest:
    """The page after each of these people has read these clauses."""
    with stores.open(database) as store:
        for name, eids in read.items():
            reviewer = store.add_reviewer(name)
            if eids:
                with store.write("seed") as write:
                    for eid in eids:
                        write.put(Review("doc", eid, reviewer.id, "no_concern"))
    return AppTest.from_function(_page, default_timeout=30).run()


@pytest.mark.parametrize(
    ("read", "says"),
    [
        ({}, "Nobody has reviewed a clause of this text"),
        ({"Ada": ["art_1"], "Bo": []}, "One person has reviewed clauses of this text"),
        ({"Ada": ["art_1"], "Bo": ["art_2__para_1"]}, "not reviewed the same clause yet"),
    ],
)
def test_the_page_says_what_to_do_before_there_is_anything_to_compare(database, read, says):
    page = shown(database, read)
    assert not page.exception
    assert [says in info.value for info in page.info] == [True]


def test_of_what_is_hidden_it_is_not_said_that_it_is_not_there(database):
    with stores.open(database) as store:
        store.set_setting("blind", "on")
    page = shown(database, {"Ada": ["art_1"], "Bo": []})
    assert not page.exception
    assert "that you may see" in page.info[0].value


def test_at_least_two_must_be_ticked(database):
    page = shown(database, {"Ada": ["art_1"], "Bo": ["art_1"]})
    assert not page.exception
    assert not page.info
    page.sidebar.checkbox[0].uncheck().run()
    assert "Tick at least two" in page.info[0].value


def test_reviewers_come_with_a_letter_and_the_clauses_they_have_read(database):
    page = shown(database, {"Ada": ["art_1", "art_2__para_1"], "Bo": ["art_1"], "*Cy*": []})
    labels = [box.label for box in page.sidebar.checkbox][:3]
    # Isolated, so that a name in Arabic does not draw the count to its other side.
    assert labels == [
        "A · \u2068Ada\u2069 (2)",
        "B · \u2068Bo\u2069 (1)",
        "C · \u2068\\*Cy\\*\u2069 (0)",
    ]
    assert page.sidebar.checkbox[2].disabled


PARTS = ("figures", "pairs", "confusion", "along", "time", "talk")


@pytest.fixture
def differing(database, say):
    """Three have read all of it; two differ on one clause, in words the third left."""
    with stores.open(database) as store:
        people = [store.add_reviewer(name) for name in ("Ada", "Bo", "<b>Cy</b>")]
        marks = [say.mark("a", "search any", severity="high"), say.mark("b", "search any")]
        for person in people:
            with store.write("seed", reviewer=person.id) as write:
                for review in say.read("a"):
                    write.put(Review("doc", review.eid, person.id, "concern"))
        for person, mark, polarity in zip(people, marks, ("risk", "safeguard"), strict=False):
            with store.write("seed", reviewer=person.id) as write:
                kind = {"concern": "privacy", "polarity": polarity, "severity": mark.severity}
                place = (mark.start, mark.end, mark.quote)
                write.insert(
                    Annotation(mark.id, "doc", mark.eid, *place, reviewer=person.id, **kind)
                )
    return database


def figures(part: str, *, whole: bool = False, **state: str) -> AppTest:
    """The page at its figures, one part of them."""
    app = AppTest.from_function(_page, default_timeout=30)
    app.query_params["view"] = "agreement"
    app.session_state["agreement-part"] = part
    app.session_state["agreement-scope"] = "all" if whole else "text"
    for name, value in state.items():
        app.session_state[name.replace("_", "-")] = value
    return app.run()


def drawn(app: AppTest) -> str:
    """All the tables of the page."""
    return "".join(one.proto.body for one in app.get("html"))


@pytest.mark.usefixtures("differing")
@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_figures_is_drawn(part, whole):
    app = figures(part, whole=whole)
    assert not app.exception
    assert not app.error
    assert part == "talk" or "<caption>" in drawn(app)
    assert "<b>Cy" not in drawn(app)  # a name is only ever text
    assert app.get("download_button")


@pytest.mark.usefixtures("differing")
@pytest.mark.parametrize("by", ["concern", "code", "polarity", "severity", "concerns", "safeguard"])
def test_figures_are_told_by_each_kind_or_it_is_said_that_there_are_none(by):
    app = figures("figures", agreement_by=by)
    assert not app.exception
    assert ("<caption>" in drawn(app)) == (by in ("concern", "polarity", "concerns"))
    assert bool(app.info) == (by in ("code", "severity", "safeguard"))


@pytest.mark.usefixtures("differing")
def test_where_gamma_is_not_installed_it_is_said_how_it_would_be():
    app = figures("figures", agreement_by="marks")
    assert not app.exception
    assert "Only 2 marks to go by" in drawn(app)
    assert any("pip install pygamma-agreement" in one.value for one in app.caption)
    assert not [one for one in app.button if one.key == "agreement-gamma"]


@pytest.mark.usefixtures("differing")
@pytest.mark.parametrize(
    ("found", "says"),
    [
        (Gamma(0.4142, 12, "measured"), "**Gamma 0.41**, of 12 marks"),
        (Gamma(None, 12, "too_long"), "Gamma was given up after 120 seconds"),
    ],
)
def test_gamma_is_worked_out_once_it_is_asked_for_and_kept(monkeypatch, found, says):
    asked = []
    monkeypatch.setattr(marksfigures, "gamma_installed", lambda: True)
    monkeypatch.setattr(marksfigures, "gamma", lambda *given: asked.append(given) or found)
    app = figures("figures", agreement_by="marks")
    assert asked == []
    next(one for one in app.button if one.key == "agreement-gamma").click().run()
    for page in (app, figures("figures", agreement_by="marks")):
        assert not page.exception
        assert any(says in one.value for one in (*page.markdown, *page.info))
        assert "agreement-gamma" not in [one.key for one in page.button]
    [(texts, ids)] = asked
    assert ([text.document.id for text in texts], len(ids)) == (["doc"], 3)


def test_the_page_has_words_for_whatever_a_figure_may_mean():
    wanted = {f"compare.verdict.{one}" for one in VERDICTS}
    wanted |= {f"agreement.marks.{one}" for one in MARKS_VERDICTS}
    wanted |= {f"agreement.gamma.{one}" for one in STATES}
    assert wanted - set(catalogue.entries("en")) == set()


@pytest.mark.usefixtures("differing")
def test_marks_of_one_concern_are_matched_by_themselves():
    named = {"agreement_pairs": "overlap"}
    everything = drawn(figures("pairs", **named))
    assert "All concerns together · Shared words and same label (F1)" in everything
    assert "Only 2 marks to go by" in everything
    press = drawn(figures("pairs", agreement_concern="press_freedom", **named))
    assert "Nobody marked any of this" in press


@pytest.mark.usefixtures("differing")
def test_what_to_talk_about_first_leads_to_its_clause():
    app = figures("talk")
    button = next(one for one in app.button if one.key == "talk-1")
    assert button.label == r"1. art\. 2\(1\)"
    button.click().run()
    assert app.session_state["compare-view"] == "side"
    assert app.session_state["place"] == "art_2__para_1"


def test_figures_are_made_once_for_each_state_of_the_database(differing, monkeypatch):
    read = []
    real = measuring.gathered

    def counted(*given, **named):
        read.append(1)
        return real(*given, **named)

    monkeypatch.setattr(measuring, "gathered", counted)
    measuring._kept.clear()
    figures("pairs", whole=True)
    figures("pairs", whole=True)
    assert len(read) == 1
    with stores.open(differing) as store, store.write("seed") as write:
        write.put(Review("doc", "art_1", store.reviewer("Bo").id, "reopened"))
    figures("pairs", whole=True)
    assert len(read) == 2


@pytest.mark.parametrize("part", PARTS)
def test_in_a_blind_project_nothing_is_measured_of_what_may_not_be_seen(differing, part):
    figures(part)  # kept from before, when everyone could see it
    with stores.open(differing) as store:
        store.set_setting("blind", "on")
    app = figures(part)
    assert not app.exception
    assert "that you may see" in app.info[0].value
    assert "<caption>" not in drawn(app)
