"""Several documents in several languages, by one process or two: the same, and errors in a line."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from annotator import highlight, intake
from annotator.errors import AnnotatorError
from annotator.highlight import many
from annotator.model import Document

TEXTS = [
    # Each process loads its languages, and English takes longest.
    ("fr", "1. La police peut saisir les données stockées sans autorisation du juge.\n\n2. Fin."),
    ("es", "1. La policía podrá interceptar las comunicaciones sin orden judicial."),
    ("de", "1. Die Polizei darf alles."),
    ("fr-CA", "1. La police peut saisir les données stockées sans autorisation du juge."),
]


def documents() -> list[Document]:
    return [
        intake.parse(
            f"Article 1\n\n{text}", kind="treaty", language=language, title=f"Text {number}"
        )
        for number, (language, text) in enumerate(TEXTS)
    ]


# A worker of the suite has a thread of its own, which Python 3.12 and later warn of.
@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
@pytest.mark.parametrize("threads", [1, pytest.param(2, marks=pytest.mark.long)])
def test_two_processes_find_what_one_finds_in_the_order_given(
    monkeypatch: pytest.MonkeyPatch, threads: int
):
    monkeypatch.setattr(many.threading, "active_count", lambda: threads)
    texts = documents()
    alone = highlight.highlight_many(texts)
    assert highlight.highlight_many(texts, workers=2) == alone
    assert [name for name, _ in alone] == [highlight.ruleset(language) for language, _ in TEXTS]
    for text, (_, found) in zip(texts, alone, strict=True):
        assert {s.document for s in found} <= {text.id}
    assert [bool(found) for _, found in alone] == [True, True, False, True]
    assert highlight.highlight_many([]) == highlight.highlight_many([], workers=4) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_what_goes_wrong_in_a_process_is_one_line(workers):
    with pytest.raises(AnnotatorError, match="'xx_none' is not an installed") as caught:
        highlight.highlight_many(documents(), pipeline="xx_none", workers=workers)
    assert "\n" not in str(caught.value)


def test_a_process_that_is_ended_is_told_as_such(monkeypatch: pytest.MonkeyPatch):
    def ended(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(ProcessPoolExecutor, "map", ended)
    with pytest.raises(AnnotatorError, match=r"one of 2 processes ended .* use fewer workers"):
        highlight.highlight_many(documents(), workers=2)
