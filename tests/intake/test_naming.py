from __future__ import annotations

import pytest

from annotator import intake
from annotator.intake.naming import named_apart
from annotator.model import Document

LONG = "The authorities of a Party may search a computer system and seize what they find in it. "


def text(words: str, slug: str = "draft") -> Document:
    return intake.parse(words, kind="news", language="en", slug=slug)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        (LONG, "draft"),  # the same text
        (LONG.replace("may", "shall"), "draft"),  # a corrected one
        (LONG + "A judge must agree beforehand, and says so in writing. ", "draft"),  # a longer one
        ("Forty people were arrested for what they had said online.", "draft-3"),  # no kin
        ("A minister has denied that anybody listens in.", "draft-2"),  # kin of draft-2
    ],
)
def test_only_kin_share_a_slug(words: str, slug: str) -> None:
    stored = {"draft": text(LONG), "draft-2": text("A minister has denied that anyone listens in.")}
    named = named_apart(text(words), stored.get)
    assert named.slug == slug
    assert named.text == text(words).text
