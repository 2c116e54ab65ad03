"""The codebook: complete, unambiguous, and every mistake in it named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotator import codebook
from annotator.errors import CodebookError

BOOK = codebook.load()
SOURCE = codebook.DEFAULT.read_text(encoding="utf-8")

SAFEGUARDS_OF_POWERS = [
    "legality",
    "necessity",
    "proportionality",
    "prior_authorisation",
    "scope_and_duration",
    "notification",
    "oversight",
    "remedy",
    "data_protection",
    "confidentiality",
    "dual_criminality",
    "refusal_grounds",
    "non_discrimination",
]


def test_the_three_concerns_have_their_signs():
    signs = [(c.id, c.letter, c.key, c.slot) for c in BOOK.concerns]
    assert signs == [
        ("privacy", "P", "1", "blue"),
        ("press_freedom", "F", "2", "orange"),
        ("whistleblower", "W", "3", "violet"),
    ]


@pytest.mark.parametrize("concern", BOOK.concerns, ids=lambda c: c.id)
def test_a_concern_can_be_worked_with(concern):
    keys = [code.key for code in concern.codes]
    assert len(set(keys)) == len(keys)
    assert "e" not in keys
    assert 9 <= sum(not code.parent for code in concern.codes) <= 11
    assert len(concern.tag) >= 4
    assert len(concern.leave) >= 4
    assert all(re.search(r"\d", standard.ref) for standard in concern.standards)


@pytest.mark.parametrize("concern", BOOK.concerns, ids=lambda c: c.id)
def test_every_code_says_what_to_tag_and_what_not_and_on_which_standard(concern):
    codes = {code.id: code for code in concern.codes}
    for code in concern.codes:
        assert len(code.tag) >= 2, code.id
        assert code.leave, code.id
        standards = code.standards or codes[code.parent].standards
        assert standards
        assert all(re.search(r"\d", standard.ref) for standard in standards), code.id
        assert not code.parent or not codes[code.parent].parent
        examples = (*code.tag, *code.leave)
        assert len(set(examples)) == len(examples)


# What human-rights lawyers look for by name.
NAMED = {
    "privacy": [
        "live_collection", "interception", "production_order", "compelled_help", "encryption",
        "gag", "cross_border", "onward_transfer",
    ],
    "press_freedom": [
        "vague_offence", "missing_intent", "content_offence", "source_protection", "persecution",
    ],
    "whistleblower": [
        "no_access_defence", "research", "channels", "retaliation", "identity",
    ],
}  # fmt: skip


@pytest.mark.parametrize("concern", NAMED)
def test_the_codes_lawyers_look_for_are_there(concern):
    known = BOOK.concern(concern)
    assert [known.code(id).id for id in NAMED[concern]] == NAMED[concern]


def test_every_safeguard_tells_its_four_states_apart():
    for safeguard in BOOK.safeguards:
        assert tuple(safeguard.recognise) == codebook.STATES
        assert len(set(safeguard.recognise.values())) == 4, safeguard.id


def test_the_list_of_changes_begins_with_the_version_in_use():
    assert BOOK.changes[0].version == BOOK.version


def test_another_file_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "ours.yaml"
    path.write_text(SOURCE.replace("name: Privacy", "name: Secrecy"), encoding="utf-8")
    monkeypatch.setenv("ANNOTATOR_CODEBOOK", str(path))
    assert codebook.load().concern("privacy").name == "Secrecy"


def test_the_safeguards_of_powers_come_first_and_in_order():
    ids = [s.id for s in BOOK.safeguards]
    assert ids[: len(SAFEGUARDS_OF_POWERS)] == SAFEGUARDS_OF_POWERS
    assert {s.concern for s in BOOK.safeguards} == set(codebook.CONCERNS)
    assert all(s.standards for s in BOOK.safeguards)


def test_asking_for_what_is_not_there_says_what_is():
    with pytest.raises(CodebookError, match=r"'press' is not a concern: .*press_freedom"):
        BOOK.concern("press")
    with pytest.raises(CodebookError, match=r"'gag' is not a safeguard: .*notification"):
        BOOK.safeguard("gag")
    with pytest.raises(CodebookError, match=r"'x' is not a code of privacy: .*search"):
        BOOK.concern("privacy").code("x")


# what is changed, how, and what the message must hold
MISTAKES = [
    ("key: s\n", "key: e\n", r"line \d+: code 'surveillance': key is 'e'"),
    ("key: s\n", "key: S\n", r"code 'surveillance': key is 'S': choose one letter"),
    ("key: r\n", "key: s\n", r"code 'retention': .*the key 's' is taken .*line \d+"),
    ("slot: blue", "slot: pink", r"concern 'privacy': slot is 'pink': choose one of blue"),
    ("id: privacy", "id: private", r"id is 'private': choose one of privacy"),
    ("version:", "versoin:", r"'versoin' is not a known key"),
    ('version: "2.0"\n', "", r"'version' is missing"),
    ('version: "2.0"', "version: 2.0", r"version is 2.0: write text, a number in quotation marks"),
    ("id: necessity", "id: legality", r"safeguard 'legality': the id 'legality' is taken"),
    ('version: "2.0"', 'version: "two"', r"version is 'two': write numbers with points"),
    (
        "    same_meaning: all",
        "    same_meaning: [privacy/serch]",
        r"change 1: same_meaning names 'privacy/serch': write the path of an entry",
    ),
    (
        "    same_meaning: all",
        "    same_meaning: privacy",
        r"same_meaning is 'privacy': write a list",
    ),
    ("      weak:", "      week:", r"safeguard 'legality', recognise: 'week' is not a known key"),
    ("id: live_collection", "id: retention", r"code 'retention': the id 'retention' is taken"),
    ("key: l\n", "key: r\n", r"in concern 'privacy' the key 'r' is taken"),
    ("name: Privacy", "nmae: Privacy", r"concern 'privacy': 'nmae' is not a known key"),
    ("        tag:\n", "        tags:\n", r"code 'surveillance': 'tags' is not a known key"),
    (
        "name: Preservation and retention\n",
        "name: Preservation and retention\n        replaces: [search]\n",
        r"code 'retention': replaces names 'search', which concern 'privacy' still has",
    ),
    ("concerns:\n", "concerns: [\n", r"codebook.yaml: .*line \d+.*: correct the YAML"),
    ("concern: press_freedom", "concern: press", r"safeguard 'clear_offence': concern is 'press'"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old, new, message):
    assert old in SOURCE
    path = tmp_path / "codebook.yaml"
    path.write_text(SOURCE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=message) as caught:
        codebook.load(path)
    assert "\n" not in str(caught.value)
    assert "codebook.yaml" in str(caught.value)


def test_a_missing_file_and_a_list_are_refused(tmp_path: Path):
    with pytest.raises(CodebookError, match="is not there"):
        codebook.load(tmp_path / "none.yaml")
    path = tmp_path / "codebook.yaml"
    path.write_text("- a\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="list, not keys and values"):
        codebook.load(path)


def test_a_changed_file_is_read_again(tmp_path: Path):
    path = tmp_path / "codebook.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    before = codebook.load(path)
    path.write_text(SOURCE.replace('version: "2.0"', 'version: "2.10"'), encoding="utf-8")
    after = codebook.load(path)
    assert (before.version, after.version) == ("2.0", "2.10")
    assert before.sha256 != after.sha256
