"""The table of how rules fare names the weak first, and escapes what a rule says."""

from __future__ import annotations

from pathlib import Path

from annotator import codebook, review, store
from annotator.model import Document, RuleFare
from annotator.ui import rules_view
from tests.ui.conftest import Page, shown


def test_the_least_kept_stand_first_and_the_undecided_last():
    sound = RuleFare("sound", accepted=9, score=0.8)
    weak = RuleFare("weak", rejected=9, score=0.8)
    unknown = RuleFare("unknown", score=0.1)
    assert rules_view.ranked([unknown, sound, weak]) == [weak, sound, unknown]


def test_a_row_says_what_became_of_a_rule():
    fare = RuleFare("<b>", 1, 0, 7, 12, "privacy", "risk", 0.8, "Look <i>here</i>.")
    drawn = rules_view.table([fare], codebook.load())
    assert "&lt;b&gt; <em>weak</em>" in drawn
    assert "Look &lt;i&gt;here&lt;/i&gt;." in drawn
    assert "<td>12</td><td>1</td><td>0</td><td>7</td>" in drawn
    assert "12%<small>2% to 47%</small>" in drawn
    assert "0.35<small>written 0.80</small>" in drawn


def test_the_page_shows_them_once_something_is_decided(
    filled: Path, treaty: Document, page: Page
) -> None:
    test = page("codebook")
    test.segmented_control(key="cb-part").set_value("rules").run()
    assert not test.exception
    assert "Nobody has accepted or rejected a suggestion yet." in shown(test)
    with store.open(filled) as opened:
        one = opened.suggestions(treaty.id)[0]
        review.reject(opened, treaty, opened.reviewer("Ana").id, one.id)
    test.run()
    assert one.rule in "".join(str(part.proto) for part in test.get("html"))


def test_in_a_blind_project_only_ones_own_decisions_are_counted(
    filled: Path, treaty: Document, page: Page
) -> None:
    with store.open(filled) as opened:
        one = opened.suggestions(treaty.id)[0]
        bo = opened.add_reviewer("Bo") if len(opened.reviewers()) < 2 else opened.reviewers()[1]
        review.reject(opened, treaty, bo.id, one.id)
        opened.set_setting("blind", "on")
    test = page("codebook")
    test.query_params["as"] = "Ana"
    test.run()
    test.segmented_control(key="cb-part").set_value("rules").run()
    assert not test.exception
    assert "only your own decisions" in shown(test)
    assert "Nobody has accepted or rejected a suggestion yet." in shown(test)
