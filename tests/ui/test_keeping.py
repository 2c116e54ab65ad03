"""What a text on its way in is to those that are stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import intake, store
from annotator.model import Document
from annotator.ui.keeping import Kinship, kinship

ARTICLES = "".join(
    f"Article {n}\n\nEach Party shall keep the {what} of letters from being opened by anybody.\n\n"
    for n, what in enumerate(("seal", "envelope", "carrier", "sender", "reader"), start=1)
)


def treaty(title: str, more: str = "") -> Document:
    return intake.parse(f"{title}\n\n{ARTICLES}{more}", kind="treaty", language="en", title=title)


LONGER = "Article 6\n\nA judge shall look at every order before a letter is opened."


@pytest.mark.parametrize(
    ("stored", "earlier"),
    [
        (["Draft on Post", "Draft on Letters"], "draft-on-letters"),
        (["Draft on Letters", "Draft on Post"], "draft-on-letters"),
        (["Draft on Post"], "draft-on-post"),
        ([], ""),
    ],
)
def test_of_several_that_are_alike_the_one_of_the_same_name_is_meant(
    tmp_path: Path, stored: list[str], earlier: str
) -> None:
    with store.open(tmp_path / "a.db") as opened:
        for number, title in enumerate(stored):
            opened.add_document(treaty(title, f"Article {6 + number}\n\nDone.\n\n"))
        incoming = intake.parse(
            f"Draft on Letters\n\n{ARTICLES}{LONGER}",
            kind="treaty",
            language="en",
            title="Draft on Letters",
            slug="scan-17",
        )
        assert kinship(opened, incoming, deep=True) == Kinship(earlier=earlier)
