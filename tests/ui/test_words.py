"""The strings of the interface: the same in three languages, all of them used, none missing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator.ui import words
from annotator.ui.words import catalogue

UI = Path(words.__file__).parents[1]
ENGLISH = catalogue.entries("en")
SOURCES = [*sorted(UI.rglob("*.py")), UI.parents[1] / "app.py"]
SCRIPTS = sorted((UI / "component").glob("*.js"))
KEY = r"[a-z_]+(?:\.[a-z0-9_]+)+"
PLACE = re.compile(r"\{(\w+)\}")


def forms(entry: catalogue.Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else [entry["one"], entry["other"]]


def places(entry: catalogue.Entry) -> set[str]:
    return {name for form in forms(entry) for name in PLACE.findall(form)}


@pytest.mark.parametrize("language", ["fr", "es"])
def test_every_language_says_the_same_things(language: str) -> None:
    other = catalogue.entries(language)
    assert set(other) - set(ENGLISH) == set()
    assert set(ENGLISH) - set(other) == set()
    differ = [
        key
        for key, entry in ENGLISH.items()
        if places(entry) != places(other[key])
        or isinstance(entry, dict) != isinstance(other[key], dict)
    ]
    assert differ == []


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_entry_is_a_string_or_two(language: str) -> None:
    for key, entry in catalogue.entries(language).items():
        assert re.fullmatch(KEY, key), key
        for form in forms(entry):
            assert isinstance(form, str), key
            assert form.strip(), key
            assert not re.search(r"[{}]", PLACE.sub("", form)), f"{key}: a brace without its name"


def called(path: Path) -> Iterator[str]:
    """What a Python module asks `say` for: keys, and beginnings of keys, which end in a dot."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ("say", "say_marked"):
                yield from keys(node.args[0])


def keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from keys(node.body)
        yield from keys(node.orelse)
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        yield str(node.values[0].value)


def asked(path: Path) -> list[str]:
    """What `say` is asked for in a script."""
    source = path.read_text(encoding="utf-8")
    whole = re.findall(rf"(?<![.\w])say\(\s*\"({KEY})\"", source)
    return whole + re.findall(r"(?<![.\w])say\(\s*`([^`$]*)\$\{", source)


@pytest.mark.parametrize("path", [*SOURCES, *SCRIPTS], ids=lambda path: path.name)
def test_what_the_code_says_is_there(path: Path) -> None:
    wanted = called(path) if path.suffix == ".py" else asked(path)
    for key in wanted:
        found = any(one.startswith(key) for one in ENGLISH) if key.endswith(".") else key in ENGLISH
        assert found, f"{path.name} says {key!r}, which no language has"


def test_nothing_is_kept_that_nobody_says() -> None:
    """A key is used where it stands as a literal, or where one is begun as it begins."""
    whole: set[str] = set()
    begun: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
                if re.fullmatch(r"[a-z_]+\.", node.value):
                    begun.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                begun |= {key for key in keys(node) if re.fullmatch(rf"{KEY}\.|[a-z_]+\.", key)}
    for path in SCRIPTS:
        source = path.read_text(encoding="utf-8")
        whole |= set(re.findall(rf"\"({KEY})\"", source))
        begun |= set(re.findall(r"`([a-z_]+(?:\.[a-z0-9_]+)*\.)\$\{", source))
    unused = [key for key in ENGLISH if key not in whole and not key.startswith(tuple(begun))]
    assert unused == []


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 0, "other"),
        ("en", 1, "one"),
        ("fr", 0, "one"),
        ("fr", 1, "one"),
        ("fr", 2, "other"),
        ("es", 0, "other"),
        ("es", 1, "one"),
    ],
)
def test_the_number_chooses_the_form(
    language: str, n: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(catalogue.catalogue(language), "test.n", {"one": "one", "other": "other"})
    with words.speaking(language):
        assert words.say("test.n", n=n) == said


@pytest.mark.parametrize(
    ("language", "numbers", "day"),
    [
        ("en", ["9,507", "12,507", "0.5", "1,234.50"], "1 November 2026"),
        ("fr", ["9\u202f507", "12\u202f507", "0,5", "1\u202f234,50"], "1er novembre 2026"),
        ("es", ["9507", "12.507", "0,5", "1234,50"], "1 de noviembre de 2026"),
    ],
)
def test_numbers_and_days_are_written_as_the_language_writes_them(
    language: str, numbers: list[str], day: str
) -> None:
    with words.speaking(language):
        shown = [words.numeral(9507), words.numeral(12507), words.numeral(0.5)]
        assert [*shown, words.numeral(1234.5, 2)] == numbers
        assert words.day("2026-11-01T09:00:00.000Z") == day


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Ana, Ben and Inés"), ("fr", "Ana, Ben et Inés"), ("es", "Ana, Ben e Inés")],
)
def test_names_in_a_row(language: str, said: str) -> None:
    with words.speaking(language):
        assert words.listed(["Ana", "Ben", "Inés"]) == said


def test_a_value_is_never_read_as_markdown() -> None:
    said = words.say_marked("shell.other_text", name="![](http://pictures.invalid/p.png)")
    assert "![](" not in said
    assert "{" in words.say("shell.other_text", name="{n}"), "nor as a place for another"


def _told() -> None:
    import streamlit as st

    from annotator.ui import words

    st.text(words.language())
    st.text(words.say("shell.page.compare"))


@pytest.mark.parametrize(
    ("locale", "address", "chosen", "spoken"),
    [
        (None, None, None, "en"),
        ("fr-CA", None, None, "fr"),
        ("de-DE", None, None, "en"),
        ("fr-FR", "es", None, "es"),
        ("fr-FR", "xx", None, "fr"),
        ("fr-FR", "es", "en", "en"),
    ],
)
def test_the_reader_chooses_then_the_address_then_the_browser(
    locale: str | None, address: str | None, chosen: str | None, spoken: str
) -> None:
    test = AppTest.from_function(_told)
    if locale:
        test.context["locale"] = locale
    if address:
        test.query_params["lang"] = address
    if chosen:
        test.session_state["language"] = chosen
    test.run()
    assert test.text[0].value == spoken
    assert test.text[1].value == catalogue.entries(spoken)["shell.page.compare"]


CODE = re.compile(r"`[^`]*`|\*\*[A-Z]+\*\*")


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_marks_of_each_language_are_set_as_it_sets_them(language: str) -> None:
    wrong = {
        # No break before the high marks and inside «», and an apostrophe, not a quotation mark.
        "fr": r" [;:!?»]|« |\w[;!?»]|«\w|\w:(?![\w/])|'",
        # What is asked is opened too, and «» hold no space.
        "es": r"^[^¿]*\w\?|^[^¡]*!|« | »|'",
    }[language]
    found = {
        key: form
        for key, entry in catalogue.entries(language).items()
        for form in forms(entry)
        if re.search(wrong, CODE.sub("", form))
    }
    assert found == {}
