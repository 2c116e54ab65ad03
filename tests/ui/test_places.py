"""Where words stand on a page, and whether they go on where it does not show them."""

from __future__ import annotations

from annotator import review
from annotator.model import Document
from annotator.ui.places import Places


def test_of_words_that_go_on_in_another_article_the_page_knows_which_end_is_cut(
    treaty: Document,
) -> None:
    first, second = (
        Places(treaty, [clause for clause, _ in sheet.clauses]) for sheet in review.sheets(treaty)
    )
    start, end = treaty.text.index("any person"), treaty.text.index("review every") + len("review")
    head, tail = first.span(start, end), second.span(start, end)
    assert head is not None
    assert tail is not None
    assert {name for name in head if name.startswith("cut")} == {"cut_end"}
    assert {name for name in tail if name.startswith("cut")} == {"cut_start"}
    inside = first.span(start, start + 3)
    assert inside is not None
    assert not any(name.startswith("cut") for name in inside)
