"""An edit changes the entry it is meant for, as it is meant, and not a byte besides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import codebook
from annotator.codebook import Add, Code, Codebook, Retire, Rewrite, Standard
from annotator.codebook.editing import edited
from annotator.errors import CodebookError
from tests.codebook.conftest import SMALL, Read

PATHS = ["privacy", "privacy/search", "privacy/device", "privacy/gag", "press_freedom/ban"]
NEW = Code("fine", "Fine", "f", "A fine.", ("They paid.",), ("Fine day.",), (Standard("a 1", "b"),))


def after(source: str, operation: codebook.Operation, version: str = "1.1") -> str:
    return edited(source, operation, version=version, says="Said.")


# operation, what stands in the file, what stands there then
STRETCHES: list[tuple[codebook.Operation, str, str]] = [
    (
        Rewrite("privacy", {"definition": "Kept."}),
        "    definition: >-\n      What is kept\n      from others.\n    # examples",
        '    definition: "Kept."\n    # examples',
    ),
    (
        Rewrite("privacy", {"tag": ("A search.", "A raid.")}),
        '    tag:\n      - "A search."   # of a house too\n    leave',
        '    tag:\n      - "A search."\n      - "A raid."   # of a house too\n    leave',
    ),
    (
        Rewrite("privacy/search", {"key": "h"}),
        "        key: s  # as in search\n",
        '        key: "h"  # as in search\n',
    ),
    (
        Rewrite("privacy/device", {"key": "d"}),
        "            name: Device\n",
        '            name: Device\n            key: "d"\n',
    ),
    (
        Rewrite("privacy/device", {"leave": ("A lamp.",)}),
        '              - "A toaster."\n\n          # the last of its kind\n',
        '              - "A lamp."\n\n          # the last of its kind\n',
    ),
    (Rewrite("privacy/premises", {"key": ""}), "            key: p\n", ""),
    (
        Rewrite("press_freedom/ban", {"definition": "Said: no.", "tag": ("c", "d")}),
        'definition: "Stopping words.", tag: [a], leave',
        'definition: "Said: no.", tag: ["c", "d"], leave',
    ),
    (
        Retire("privacy/gag"),
        "      - id: gag\n",
        "      - id: gag\n        retired: true\n",
    ),
    (
        Add("privacy", replace(NEW, parent="gag")),
        'says: "Expression."}]\n\n# Second.',
        'says: "Expression."}]\n        codes:\n          - id: fine\n            name: "Fine"\n'
        '            key: "f"\n            definition: "A fine."\n            tag:\n'
        '              - "They paid."\n            leave:\n              - "Fine day."\n'
        '            standards:\n              - ref: "a 1"\n                says: "b"\n'
        "\n# Second.",
    ),
]


@pytest.mark.parametrize(("operation", "old", "new"), STRETCHES)
def test_only_the_stretch_that_is_meant_is_written_anew(
    operation: codebook.Operation, old: str, new: str, read: Read
) -> None:
    assert SMALL.count(old) == 1
    head = 'version: "1.1"   # raise it'
    record = '\n\nchanges:\n  - version: "1.1"\n    says: "Said."'
    expected = SMALL.replace(old, new).replace('version: "1.0"   # raise it', head)
    got = after(SMALL, operation)
    assert got.replace(record, "") == expected
    assert read(got).version == "1.1"


def test_the_list_of_changes_grows_from_the_top_and_says_what_kept_its_meaning(read: Read) -> None:
    once = edited(
        SMALL, Rewrite("privacy/gag", {"definition": "Hush."}), version="1.1", says="One."
    )
    twice = edited(
        once,
        Rewrite("privacy/gag", {"definition": "Hush!"}),
        version="1.2",
        says='A "mark".',
        same_meaning=True,
    )
    found = [(one.version, one.says, one.same_meaning) for one in read(twice).changes]
    assert found == [("1.2", 'A "mark".', ("privacy/gag",)), ("1.1", "One.", ())]


def test_a_code_that_is_replaced_leaves_and_can_still_be_asked_for(read: Read) -> None:
    book = read(after(SMALL, Retire("privacy/gag", "search")))
    privacy = book.concern("privacy")
    assert [code.id for code in privacy.codes] == ["search", "device", "premises"]
    assert privacy.code("gag").id == "search"
    assert [book.code_now("privacy", code) for code in ("gag", "device", "x")] == [
        "search",
        "device",
        "x",
    ]
    assert privacy.code_ids == ("search", "device", "premises", "gag")
    first = after(SMALL, Retire("privacy/device", "gag"))
    again = read(after(first, Retire("privacy/gag", "search"), "1.2"))
    assert again.concern("privacy").code("device").id == "search"


def test_the_last_sub_code_takes_its_list_along(read: Read) -> None:
    one = after(SMALL, Retire("privacy/device", "gag"))
    book = read(after(one, Retire("privacy/premises", "gag"), "1.2"))
    assert [code.id for code in book.concern("privacy").codes] == ["search", "gag"]


def test_windows_line_ends_stay(read: Read) -> None:
    source = SMALL.replace("\n", "\r\n")
    got = after(source, Rewrite("privacy", {"tag": ("One.", "Two."), "leave": ("Three.",)}))
    assert "\n" not in got.replace("\r\n", "")
    assert read(got).concern("privacy").tag == ("One.", "Two.")


def test_the_same_words_again_change_nothing_but_the_version() -> None:
    same = Rewrite(
        "privacy",
        {
            "definition": "What is kept from others.",
            "tag": ("A search.",),
            "standards": (Standard("ICCPR art. 17", "No arbitrary interference."),),
        },
    )
    got = after(SMALL, same)
    assert got.partition("concerns:")[2] == SMALL.partition("concerns:")[2]


# what cannot be done, and what is said
REFUSED: list[tuple[str, codebook.Operation, str]] = [
    (SMALL, Rewrite("privacy/gag", {"name": "a\ud83d"}), "holds half of a character"),
    (SMALL, Rewrite("privacy/none", {"name": "x"}), "no entry 'privacy/none'"),
    (SMALL, Retire("privacy/search"), r"'search' still has sub-codes \(device, premises\)"),
    (SMALL, Retire("privacy/gag", "gag"), "'gag' cannot take its own place"),
    (SMALL, Retire("privacy/gag", "none"), "no entry 'privacy/none'"),
    (SMALL, Add("press_freedom", replace(NEW, parent="ban")), "is written on one line"),
    (
        SMALL.replace('["A party."]', '&x ["A party."]').replace('["A quiet night."]', "*x"),
        Rewrite("privacy", {"leave": ("New.",)}),
        "again by an alias",
    ),
]


@pytest.mark.parametrize(("source", "operation", "message"), REFUSED)
def test_what_cannot_be_done_is_said(
    source: str, operation: codebook.Operation, message: str
) -> None:
    with pytest.raises(CodebookError, match=message) as caught:
        after(source, operation)
    assert "\n" not in str(caught.value)


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
SAID = WORDS.filter(lambda text: text.strip() != "")
LISTS = st.lists(SAID, min_size=1, max_size=3).map(tuple)
STANDARDS = st.lists(st.builds(Standard, SAID, SAID), min_size=1, max_size=2).map(tuple)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "name": SAID,
        "definition": SAID,
        "tag": LISTS,
        "leave": LISTS,
        "standards": STANDARDS,
    },
)


def folded(value: Any) -> Any:
    """A value as the file gives it back: white space counts for nothing."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Standard):
        return Standard(folded(value.ref), folded(value.says))
    return tuple(folded(one) for one in value)


@given(path=st.sampled_from(PATHS), fields=FIELDS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_words_come_back_and_every_other_entry_stays(
    path: str, fields: dict[str, Any], small: Codebook, tmp_path: Path
) -> None:
    target = tmp_path / "edited.yaml"
    target.write_bytes(after(SMALL, Rewrite(path, fields)).encode("utf-8"))
    book = codebook.load(target)
    head, _, tail = path.partition("/")
    said = {name: folded(value) for name, value in fields.items()}
    for old, new in zip(small.concerns, book.concerns, strict=True):
        if old.id == head and not tail:
            assert new == replace(old, **said)
        elif old.id == head:
            codes = tuple(replace(c, **said) if c.id == tail else c for c in old.codes)
            assert new == replace(old, codes=codes)
        else:
            assert new == old
    assert book.safeguards == small.safeguards
    kept = [line for line in SMALL.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in target.read_text("utf-8").split("\n") if line in kept] == kept
