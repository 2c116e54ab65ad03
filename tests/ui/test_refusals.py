"""What the domain refuses is said in the reader's language, and in English as it was raised."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import codebook, review, settle, store
from annotator.errors import AnnotatorError
from annotator.model import Document
from annotator.ui.words import refusal, speaking
from annotator.ui.words.catalogue import entries

PACKAGE = Path(__file__).resolve().parents[2] / "annotator"


def keyed() -> Iterator[tuple[str, set[str]]]:
    """The key of each error that has one, and the values it is given."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "ui" in path.relative_to(PACKAGE).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if not node.func.id.endswith("Error"):
                continue
            given = {one.arg: one.value for one in node.keywords}
            key = given.pop("key", None)
            if isinstance(key, ast.Constant):
                yield str(key.value), {str(name) for name in given}


def test_every_key_that_is_raised_is_said_with_the_values_it_has() -> None:
    said = {key.removeprefix("refusal."): str(one) for key, one in entries("en").items()}
    found = dict(keyed())
    assert len(found) > 15
    for key, values in found.items():
        assert key in said, f"{key!r} is raised and no language has it"
        assert said[key].format_map(dict.fromkeys(values, "")), key


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("en", "there is nothing to undo in this text"),
        ("fr", "Il n’y a rien à annuler dans ce texte."),
        ("es", "No hay nada que deshacer en este texto."),
    ],
)
def test_a_key_pressed_once_too_often_is_answered_in_the_readers_language(
    spoken: str, words: str, filled: Path, treaty: Document
) -> None:
    event = {"nonce": "n1", "type": "undo"}
    with store.open(filled) as opened, speaking(spoken):
        ana = opened.reviewer("Ana").id
        book = codebook.load()
        found = review.apply(opened, treaty, ana, [event], codebook=book, worded=refusal)
        settling = settle.apply(opened, treaty, ana, [event], worded=refusal)
    assert found == {"n1": words}
    assert settling == {"n1": words.replace("undo in", "undo here in")}


def test_what_has_no_key_is_said_as_it_is() -> None:
    with speaking("fr"):
        assert refusal(AnnotatorError("'x' is no file: name one")) == "'x' is no file: name one"
