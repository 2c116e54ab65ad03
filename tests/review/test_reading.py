"""A text is read a sheet at a time, and every clause stands on exactly one sheet."""

from __future__ import annotations

from typing import Any

import pytest

from annotator import intake, review
from annotator.errors import NotFoundError


def test_an_article_is_a_sheet_in_its_chapter(desk: Any) -> None:
    sheets = review.sheets(desk.document)
    assert [sheet.eid for sheet in sheets] == ["preamble", "art_1", "art_2"]
    article = review.sheet_of(desk.document, "art_1__para_1__point_b")
    assert article.eid == "art_1"
    assert [clause.heading for clause in article.within] == ["Powers"]
    assert [(clause.citation, depth) for clause, depth in article.clauses] == [
        ("art. 1(1)", 1),
        ("art. 1(1)(a)", 2),
        ("art. 1(1)(b)", 2),
        ("art. 1(2)", 1),
    ]


def test_neighbours_end_where_the_text_ends(desk: Any) -> None:
    first, second, third = review.sheets(desk.document)
    assert review.neighbours(desk.document, first) == (None, second)
    assert review.neighbours(desk.document, third) == (second, None)


def test_a_news_item_is_one_sheet() -> None:
    text = "# Raid\n\nPolice took phones.\n\n## Reactions\n\nA union protested."
    item = intake.parse(text, kind="news", language="en", title="Raid", form="markdown")
    (sheet,) = review.sheets(item)
    assert list(sheet.eids) == [clause.eid for clause in item.reviewable()]
    assert review.sheet_of(item, sheet.eids[-1]) == sheet


def test_a_section_of_an_act_is_a_sheet_as_an_article_is() -> None:
    text = """\
Part 1
Powers

Section 1. Short title

This Act may be cited.

Section 2. Search

(1) An officer may search:

(a) a house; or

(b) a system.

(2) A judge reviews it.
"""
    act = intake.parse(text, kind="treaty", language="en", title="An Act")
    first, second = review.sheets(act)
    assert (first.eid, second.eid) == ("sec_1", "sec_2")
    assert second.heading == "Search"
    assert [clause.heading for clause in second.within] == ["Powers"]
    assert [depth for _, depth in second.clauses] == [1, 2, 2, 1]
    eids = [eid for sheet in (first, second) for eid in sheet.eids]
    assert eids == [clause.eid for clause in act.reviewable()]


def test_every_reviewable_clause_stands_on_one_sheet(desk: Any) -> None:
    eids = [eid for sheet in review.sheets(desk.document) for eid in sheet.eids]
    assert eids == [clause.eid for clause in desk.document.reviewable()]


def test_an_unknown_clause_is_named(desk: Any) -> None:
    with pytest.raises(NotFoundError, match="'art_99'"):
        review.sheet_of(desk.document, "art_99")
