"""No sentence for a reader stands in the code: it would be in one language only.

What tells of a user's mistake is English so far, and so are the door's answers to wrong requests.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.ui import words

UI = Path(words.__file__).parents[1]
MODULES = [path for path in sorted(UI.rglob("*.py")) if "words" not in path.parts]
# Words of eight languages by which a text is cut into phrases: data, not said to anybody.
SCRIPTS = [path for path in sorted((UI / "component").glob("*.js")) if path.name != "phrases.js"]

SENTENCE = re.compile(r"[A-Za-z’']{2,},? [a-z’']{2,}")
WORD = re.compile(r"[A-Za-z]{2}")
# Markup, attributes, addresses, commands, the workbench's own name, names with hyphens or dots.
NO_WORDS = re.compile(
    r"<[^>]*>?|\w+=\"[^\"]*\"?|https?://\S*|python -m annotator[^\n]*|Treaty annotator|\S*-\S*|"
    r"[a-z_]+(?:\.[a-z0-9_]+)+"
)
# Streamlit's functions that draw their first argument.
DRAW = frozenset(
    {
        *("button", "download_button", "form_submit_button", "file_uploader"),
        *("checkbox", "radio", "toggle", "selectbox", "multiselect", "segmented_control"),
        *("text_input", "text_area", "expander", "popover", "tabs", "progress", "spinner"),
        *("title", "header", "subheader", "heading", "text", "write", "markdown", "caption"),
        *("error", "info", "success", "warning", "toast", "notify"),
    }
)
NAMED = frozenset({"label", "help", "placeholder", "text"})


def said(text: str, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(NO_WORDS.sub(" ", text)))


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """Line and words of what a Python module says by itself."""
    tree = ast.parse(source)
    silent: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise | ast.Compare):
            silent.update(ast.walk(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(node.value)  # a docstring
        elif isinstance(node, ast.Call) and _name(node.func) == "exception":
            silent.update(ast.walk(node))  # a line of the log
        elif isinstance(node, ast.Attribute) and node.attr == "encode":
            silent.update(ast.walk(node))  # bytes are for nobody to read
        elif isinstance(node, ast.Dict) and any(map(_is_error, node.keys)):
            silent.update(ast.walk(node))
    for node in ast.walk(tree):
        if node in silent:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if said(node.value, SENTENCE):
                yield node.lineno, node.value
        elif isinstance(node, ast.Call) and _name(node.func) in DRAW:
            shown = [*node.args[:1], *(one.value for one in node.keywords if one.arg in NAMED)]
            for one in shown:
                if isinstance(one, ast.Constant) and said(str(one.value or ""), WORD):
                    yield one.lineno, str(one.value)


def _is_error(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and key.value == "error"


def _name(function: ast.expr) -> str:
    return str(getattr(function, "attr", getattr(function, "id", "")))


STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`', re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
INSERTED = re.compile(r"\$\{[^{}]*\}")
NESTED = re.compile(r"\{[^{}$]*\}")
# What stands before a class, a style, a path of a drawing, a selector.
UNSEEN = re.compile(
    r"(?:class|style|className|d): [^,{}\n]*$|[cC]lass\w* [?+]?=+ [^,\n]*$|"
    r"(?:querySelector(?:All)?|closest|matches|add|toggle|remove)\([^)\n]*$"
)
ATTRIBUTE = re.compile(
    r"(?:\"aria-(?:label|description)\"|title|placeholder): (?:[^,{}\n]*[?:] )?$"
)
CHILD = re.compile(r"(?:, |\(|\? |: )$")
ALONE = re.compile(r" ?[A-Z][a-z]+(?: [a-z]+)*[.:?!]? ?")
KEY = re.compile(
    r"(?:Shift ?)?(?:Enter|Tab|Esc|Escape|Delete|Backspace|Control|Alt|Meta|Arrow\w+|[a-z])?"
)


def spoken(source: str) -> Iterator[tuple[int, str]]:
    """Line and words of what a script says by itself."""
    source = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)
    for found in STRING.finditer(_without_insertions(source)):
        text = found[0][1:-1]
        before = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
        if UNSEEN.search(before) or KEY.fullmatch(text):
            continue
        if (
            said(text, SENTENCE)
            or (ATTRIBUTE.search(before) and said(text, WORD))
            or (CHILD.search(before) and ALONE.fullmatch(text))
        ):
            yield found.string[: found.start()].count("\n") + 1, text


def _without_insertions(source: str) -> str:
    """The script with `${...}` of templates emptied, from the innermost outwards."""

    def emptied(template: re.Match[str]) -> str:
        text, before = template[0], ""
        while text != before:
            before = text
            text = INSERTED.sub("0", text)
            inside = re.search(r"\$\{.*\}", text, re.DOTALL)
            if inside:
                text = text.replace(inside[0], "${" + NESTED.sub("0", inside[0][2:-1]) + "}")
        return text

    return re.sub(r"`(?:[^`\\]|\\.)*`", emptied, source, flags=re.DOTALL)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_says_nothing_by_itself(path: Path) -> None:
    assert list(sentences(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_says_nothing_by_itself(path: Path) -> None:
    assert list(spoken(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('st.button("Save")', ["Save"]),
        ('st.button(say("a.b"), help="Stores")', ["Stores"]),
        ('x = f"{n} texts are <b>left</b>"', [" texts are <b>left</b>"]),
        ('raise IntakeError("a text needs a title")', []),
        ("st.html(f'<p class=\"one two\">{x}</p>')", []),
        ('"""What it does."""', []),
    ],
)
def test_a_sentence_in_a_module_is_noticed(source: str, found: list[str]) -> None:
    assert [text for _, text in sentences(source)] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('el("button", {}, "Save")', ["Save"]),
        ('el("p", { "aria-label": "list" })', ["list"]),
        ("el('p', { title: `${a} of` })", ["0 of"]),
        ("this.say(`${count} are gone`)", ["0 are gone"]),
        ('el("p", { class: "one two" }, say("a.b", { n: 1 }))', []),
        ('if (name === "Shift Enter") act(); // leave it so', []),
    ],
)
def test_a_sentence_in_a_script_is_noticed(source: str, found: list[str]) -> None:
    assert [text for _, text in spoken(source)] == found
