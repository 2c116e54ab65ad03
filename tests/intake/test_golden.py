"""Every case in tests/golden, read as a reviewer would, against what a lawyer says is right.

A case is a folder with the file (`input.*`, or `make.py` whose `make()` gives the bytes of the file
that its `NAME` names), `expected.json` and a README.md that says what it shows. Expectations are
written from the text, not from what the program prints. After looking at a difference and finding
the program right, rewrite those expectations, by name, with

    GOLDEN_UPDATE=case,case python -m pytest tests/intake/test_golden.py

which fails for each case that it rewrites, so that nobody does it unawares; then read the diff.
"""

import importlib.util
import json
import os
from pathlib import Path

import pytest

from annotator import intake
from annotator.errors import IntakeError

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
CASES = sorted(path.parent.name for path in GOLDEN.glob("*/expected.json"))
UPDATE = frozenset(filter(None, os.environ.get("GOLDEN_UPDATE", "").split(",")))
# Words longer than this are written as their beginning and end.
SHORT = 90


def _file(case, folder):
    """The case's input, made in the folder where the case has a make.py."""
    made = GOLDEN / case / "make.py"
    if not made.exists():
        (found,) = GOLDEN.glob(f"{case}/input.*")
        return found
    spec = importlib.util.spec_from_file_location(f"golden_{case.replace('-', '_')}", made)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    path = folder / module.NAME
    path.write_bytes(module.make())
    return path


def _read(path):
    try:
        return [_outcome(document) for document in intake.read_all(path)]
    except IntakeError as error:
        return {"refused": str(error)}


def _outcome(document):
    text = document.text
    outside, at = [], 0
    for clause in document.clauses:
        assert clause.start <= clause.body <= clause.own_end <= clause.end
        if clause.start > at:
            outside.append(text[at : clause.start])
        at = max(at, clause.end)
    outside.append(text[at:])
    return {
        "title": document.title,
        "language": document.language,
        "kind": document.kind,
        # That a language was guessed goes without saying: no case names its own.
        "warnings": [w for w in document.warnings if not w.startswith("the language was taken")],
        "metadata": dict(document.metadata),
        "outside": " ".join(" ".join(outside).split()),
        "clauses": [
            {
                "eid": clause.eid,
                "citation": clause.citation,
                "kind": clause.kind,
                "number": clause.number,
                "heading": " ".join(clause.heading.split()),
                "parent": clause.parent,
                "article": clause.article,
                "words": " ".join(text[clause.body : clause.own_end].split()),
            }
            for clause in document.clauses
        ],
    }


def _agrees(found, expected):
    """Whether the words are those expected; " … " in these stands for any words between."""
    start, gap, end = expected.partition(" … ")
    if not gap:
        return found == expected
    return found.startswith(start) and found.endswith(end) and len(found) >= len(start) + len(end)


def _settled(found, expected):
    """What was found, in the terms of the expectation wherever the two agree."""
    settled = {key: found[key] for key in ("title", "language", "kind")}
    settled["warnings"] = _matched(found["warnings"], expected["warnings"])
    if "metadata" in expected:
        settled["metadata"] = {key: found["metadata"].get(key) for key in expected["metadata"]}
    if "outside" in expected:
        settled["outside"] = found["outside"]
    wanted = {clause["eid"]: clause["words"] for clause in expected["clauses"]}
    settled["clauses"] = [
        clause | {"words": wanted[clause["eid"]]}
        if clause["eid"] in wanted and _agrees(clause["words"], wanted[clause["eid"]])
        else clause
        for clause in found["clauses"]
    ]
    return settled


def _matched(found, expected):
    """The warnings, each as the expected words that it contains where there are such."""
    left = list(expected)
    settled = []
    for warning in found:
        words = next((words for words in left if words in warning), None)
        if words is not None:
            left.remove(words)
        settled.append(words if words is not None else warning)
    return sorted(settled, key=lambda w: expected.index(w) if w in expected else len(expected))


@pytest.mark.parametrize("case", CASES)
def test_golden(case, tmp_path):
    place = GOLDEN / case / "expected.json"
    found = _read(_file(case, tmp_path))
    expected = json.loads(place.read_text(encoding="utf-8"))
    if case in UPDATE:
        place.write_text(_written(found, expected), encoding="utf-8")
        pytest.fail(f"{place} is rewritten: read the difference before you keep it")
    if "refused" in expected:
        assert isinstance(found, dict), "the file was read"
        assert expected["refused"] in found["refused"]
        assert "\n" not in found["refused"]
        return
    assert isinstance(found, list), f"the file was refused: {found['refused']}"
    documents = expected if isinstance(expected, list) else [expected]
    assert [document["language"] for document in found] == [
        document["language"] for document in documents
    ]
    for one, wanted in zip(found, documents, strict=True):
        settled = _settled(one, wanted)
        assert [clause["eid"] for clause in settled["clauses"]] == [
            clause["eid"] for clause in wanted["clauses"]
        ]
        assert settled == wanted


def test_every_case_says_what_it_shows():
    for case in CASES:
        assert (GOLDEN / case / "README.md").read_text(encoding="utf-8").strip(), case


def _written(found, expected):
    """What was found as JSON with a clause a line, and of the metadata what the case is about."""
    if isinstance(found, dict):
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    before = expected if isinstance(expected, list) else [expected]
    about = before[0] if len(before) == 1 else {}
    pages = [_page(document, about) for document in found]
    return (pages[0] if len(pages) == 1 else "[\n" + ",\n".join(pages) + "\n]") + "\n"


def _page(document, about):
    head = {key: document[key] for key in ("title", "language", "kind", "warnings")}
    if "metadata" in about:
        head["metadata"] = {key: document["metadata"].get(key) for key in about["metadata"]}
    if "outside" in about:
        head["outside"] = document["outside"]
    rows = ",\n".join(
        "  " + json.dumps(clause | {"words": _shortened(clause["words"])}, ensure_ascii=False)
        for clause in document["clauses"]
    )
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    return f'{opening},\n "clauses": [\n{rows}\n ]\n}}'


def _shortened(words):
    return words if len(words) <= SHORT else f"{words[:50]} … {words[-30:]}"
