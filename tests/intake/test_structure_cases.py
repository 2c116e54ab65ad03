"""Laws and treaties as they are met, each made for one trap, against what a lawyer would cite."""

from pathlib import Path

import pytest
import srsly

from annotator.intake import parse

CASES = srsly.read_yaml(Path(__file__).with_name("structures.yaml"))
_LONG = 48


def _outline(document):
    depths = {None: -1}
    for clause in document.clauses:
        depths[clause.eid] = depths[clause.parent] + 1
        line = "  " * depths[clause.eid] + clause.citation
        if clause.heading:
            line += f" «{clause.heading}»"
        words = " ".join(document.text[clause.body : clause.own_end].split())
        if len(words) > _LONG:
            words = f"{words[:24].rstrip()} … {words[-20:].lstrip()}"
        yield line + (f" = {words}" if words else "")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_lawyer_finds_every_clause_by_its_citation(case):
    document = parse(case["text"], language=case.get("language", "en"))
    assert document.kind == "treaty"
    assert "\n".join(_outline(document)) == case["clauses"].rstrip()
    wanted = case.get("warnings", [])
    assert len(document.warnings) == len(wanted), document.warnings
    for said, beginning in zip(document.warnings, wanted, strict=True):
        assert said.startswith(beginning)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_names_are_unique_and_every_word_is_in_one_place(case):
    document = parse(case["text"], language="en")
    assert len({c.eid for c in document.clauses}) == len(document.clauses)
    assert len({c.citation for c in document.clauses}) == len(document.clauses)
    covered = [0] * len(document.text)
    heads = [0] * len(document.text)
    for clause in document.clauses:
        for i in range(clause.body, clause.own_end):
            covered[i] += 1
        for i in range(clause.start, clause.body):
            heads[i] = 1
    first = document.clauses[0].start
    for i, char in enumerate(document.text):
        if i >= first and not char.isspace():
            assert covered[i] + heads[i] == 1, document.text[max(0, i - 20) : i + 20]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_stored_text_gives_the_same_tree_again(case):
    first = parse(case["text"], language="en")
    again = parse(first.text, language="en")
    assert again.text_sha256 == first.text_sha256
    assert again.clauses == first.clauses
