"""The promises that no single stage can keep: layout, dependencies, documents, privacy."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted([*(ROOT / "annotator").rglob("*.py"), *ROOT.glob("*.py")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = ROOT / "README.md"


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_of(path: Path) -> set[str]:
    """The packages that a module imports anywhere in it, by their first name."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def pins(path: Path) -> list[Requirement]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Requirement(line.split(" #")[0]) for line in lines if line and not line.startswith("#")]


def wanted(path: Path) -> list[Requirement]:
    """The ranges that a file of pins is made from."""
    if path.parent == ROOT:
        return [Requirement(line) for line in PROJECT["dependencies"]]
    return pins(path.with_suffix(".in"))


# Layout


def test_only_the_browser_package_knows_streamlit() -> None:
    knows = {name_of(path) for path in SOURCES if "streamlit" in imports_of(path)}
    assert {name for name in knows if not name.startswith("annotator/ui/")} <= {"app.py"}


def test_only_the_store_speaks_sql() -> None:
    speaks = {name_of(path) for path in SOURCES if imports_of(path) & {"sqlite3", "sqlite_utils"}}
    assert {name for name in speaks if not name.startswith("annotator/store/")} == set()


def test_only_the_command_line_prints() -> None:
    prints = {
        name_of(path)
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert {name for name in prints if not name.startswith("annotator/cli/")} == set()


def test_importing_the_package_loads_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import annotator, sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"streamlit", "spacy", "pandas", "sqlite_utils"} & set(done.stdout.split())


@pytest.mark.parametrize("path", [p for p in SOURCES if p.name == "__init__.py"], ids=name_of)
def test_a_package_file_only_imports_and_names(path: Path) -> None:
    docstring, *rest = tree_of(path).body
    assert isinstance(docstring, ast.Expr), "a package begins by saying what it is for"
    for node in rest:
        names = [target.id for target in getattr(node, "targets", []) if hasattr(target, "id")]
        imports = isinstance(node, ast.Import | ast.ImportFrom)
        assert imports or set(names) & {"__all__", "__version__"}, f"line {node.lineno}"


Documented = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(tree: ast.Module) -> Iterator[Documented]:
    """The module, and its public functions, classes and methods."""
    yield tree
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in tree.body:
        if isinstance(node, kinds) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                methods = (method for method in node.body if isinstance(method, kinds))
                yield from (method for method in methods if not method.name.startswith("_"))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_everything_public_says_what_it_gives(path: Path) -> None:
    silent = [
        f"{name_of(path)}:{getattr(node, 'lineno', 1)}"
        for node in public(tree_of(path))
        if not (ast.get_docstring(node) or "").strip()
    ]
    assert silent == []


EXAMPLES = [path for path in SOURCES if ">>> " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", EXAMPLES, ids=name_of)
def test_examples_in_docstrings_run(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


# Dependencies

PINNED = [ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt"]


@pytest.mark.parametrize("path", PINNED, ids=name_of)
def test_every_requirement_is_pinned_within_its_range(path: Path) -> None:
    pinned = pins(path)
    for pin in pinned:
        assert re.fullmatch(r"==[0-9][0-9a-z.+]*", str(pin.specifier)), f"{pin} is no exact pin"
        assert pin.url is None
    for requirement in wanted(path):
        versions = [
            next(iter(pin.specifier)).version
            for pin in pinned
            if canonicalize_name(pin.name) == canonicalize_name(requirement.name)
        ]
        assert versions, f"{requirement} is not pinned"
        for version in versions:
            assert Version(version) in requirement.specifier, f"{requirement}: {version}"


@pytest.mark.parametrize("path", PINNED, ids=name_of)
def test_what_the_requirements_need_is_pinned_too(path: Path) -> None:
    pinned = {canonicalize_name(pin.name) for pin in pins(path)}
    # Every virtual environment brings its pip, which on Windows could not replace itself.
    missing = needs([requirement.name for requirement in wanted(path)]) - pinned - {"pip"}
    assert missing == set()


def needs(names: list[str]) -> set[str]:
    """These distributions and all that they need here, as their installed metadata says."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        found.add(name)
        lines = metadata.requires(name) or []
        requirements = [Requirement(line) for line in lines]
        waiting += [
            requirement.name
            for requirement in requirements
            if not requirement.marker or requirement.marker.evaluate({"extra": ""})
        ]
    return found


def test_both_files_of_pins_agree() -> None:
    program, besides = ({str(pin.name): str(pin.specifier) for pin in pins(p)} for p in PINNED)
    assert {name: program[name] for name in besides if name in program} == {
        name: pin for name, pin in besides.items() if name in program
    }


# Documents


def test_the_version_is_the_same_everywhere() -> None:
    assert importlib.import_module("annotator").__version__ == PROJECT["version"]


def test_the_readme_names_every_command() -> None:
    cli = importlib.import_module("annotator.cli")
    readme = README.read_text(encoding="utf-8")
    commands = typer.main.get_command(cli.app).commands
    unnamed = [name for name in commands if not re.search(rf"(?<![\w-]){name}(?![\w-])", readme)]
    assert commands
    assert unnamed == []


# Nothing of the machine it was written on; a link to a page is no path of a machine.
REVEALING = {
    "a path of somebody's machine": re.compile(
        r"(?<![\w.:/}>)-])/(?:home|Users|root|work|workspace)/[\w.-]+|[A-Z]:\\Users\\"
    ),
    "an address that packages come from": re.compile(
        r"--(?:extra-)?index-url|--find-links|"
        r"://[\w.@:-]*(?:pypi|pythonhosted|npmjs|registry|mirror|proxy)\b",
        re.IGNORECASE,
    ),
}


def tracked() -> list[Path]:
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git work tree: nothing says which files belong to the project")
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_tells_where_it_was_written() -> None:
    told = []
    for path in tracked():
        if path == Path(__file__).resolve():
            continue  # it holds the patterns themselves
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture
        told += [
            f"{name_of(path)}:{number}: {what}: {found.group()}"
            for number, line in enumerate(lines, start=1)
            for what, pattern in REVEALING.items()
            if (found := pattern.search(line))
        ]
    assert told == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("open('/home/ada/notes')", "a path of somebody's machine"),
        ("see /Users/ada/work", "a path of somebody's machine"),
        (r"C:\Users\ada", "a path of somebody's machine"),
        ("pip install --index-url x", "an address that packages come from"),
        ("https://packages.mirror/simple", "an address that packages come from"),
        ("https://example.org/home/page", None),
        ("GET {server}/home/page", None),
        ("127.0.0.1:8501/", None),
    ],
)
def test_what_would_tell_is_recognised(line: str, what: str | None) -> None:
    assert [name for name, pattern in REVEALING.items() if pattern.search(line)] == (
        [what] if what else []
    )
