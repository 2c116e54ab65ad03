"""What is called in question by a changed codebook, and nothing else."""

from __future__ import annotations

import pytest

from annotator.codebook import Add, Codebook, Retire, Rewrite, Versions, as_seen
from annotator.codebook.editing import edited
from annotator.model import Annotation, Assessment, CodebookVersion, Review, ReviewState
from tests.codebook.conftest import SMALL, Read
from tests.codebook.test_editing import NEW

EARLY, LATE = "2026-01-01T00:00:00.000Z", "2026-06-01T00:00:00.000Z"


def tag(concern: str, code: str, stamp: str, updated: str = LATE) -> Annotation:
    return Annotation(
        id=f"{concern}/{code}",
        document="d",
        eid="art_1",
        start=0,
        end=1,
        quote="x",
        concern=concern,
        polarity="risk",
        reviewer="r",
        code=code,
        codebook=stamp,
        updated=updated,
    )


def kinds(old: Codebook, new: Codebook, path: str, *between: Codebook) -> list[tuple[str, str]]:
    """What is found for a tag made under `old`, where the database has seen all of them."""
    seen = [as_seen(one) for one in (old, *between, new)]
    concern, _, code = path.partition("/")
    return [
        (one.path, one.kind) for one in Versions(new, seen).of_tag(tag(concern, code, old.stamp))
    ]


TAGS = ["privacy", "privacy/search", "privacy/device", "privacy/gag", "press_freedom/ban"]

# an edit by hand, and for each tag of TAGS what it finds
EDITS: list[tuple[str, str, dict[str, list[tuple[str, str]]]]] = [
    ("They came in.", "They went in.", {
        "privacy/search": [("privacy/search", "changed")],
        "privacy/device": [("privacy/search", "changed")],
    }),
    ("A toaster.", "A lamp.", {"privacy/device": [("privacy/device", "changed")]}),
    ("Stopping words.", "Stopping word.", {
        "press_freedom/ban": [("press_freedom/ban", "changed")],
    }),
    ("What is kept\n      from", "What is kept from", {}),
    ("name: Gag", "name: Silence", {}),
    ("key: g", "key: q", {}),
    ("# Second.", "# The second.", {}),
    ('ref: "ECHR art. 8"', 'ref: "ECHR art. 8(1)"', {}),
    ("A court.", "A judge.", {}),
    ("      - id: gag\n", "      - id: gag\n        retired: true\n", {
        "privacy/gag": [("privacy/gag", "retired")],
    }),
    ("from others.", "from some.", {
        "privacy": [("privacy", "changed")],
        "privacy/search": [("privacy", "changed")],
        "privacy/device": [("privacy", "changed")],
        "privacy/gag": [("privacy", "changed")],
    }),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), EDITS)
def test_only_what_rests_on_changed_words_is_in_question(
    old: str, new: str, expected: dict[str, list[tuple[str, str]]], read: Read, small: Codebook
) -> None:
    assert SMALL.count(old) == 1
    # The version is not raised: the words decide, not what somebody remembers to write.
    book = read(SMALL.replace(old, new))
    assert {path: found for path in TAGS if (found := kinds(small, book, path))} == expected


def test_a_new_code_calls_nothing_in_question(read: Read, small: Codebook) -> None:
    book = read(edited(SMALL, Add("privacy", NEW), version="1.1", says="Fines."))
    assert [kinds(small, book, path) for path in TAGS] == [[]] * len(TAGS)


def test_a_replaced_code_and_one_that_is_gone_are_told_apart(read: Read, small: Codebook) -> None:
    replaced = read(edited(SMALL, Retire("privacy/gag", "search"), version="1.1", says="One."))
    assert kinds(small, replaced, "privacy/gag") == [("privacy/gag", "replaced")]
    gone = read(replaced.source.replace('        replaces:\n          - "gag"\n', ""))
    assert kinds(small, gone, "privacy/gag") == [("privacy/gag", "removed")]
    assert Versions(gone).orphans([tag("privacy", "gag", "")] * 2) == {"privacy/gag": 2}
    assert Versions(replaced).orphans([tag("privacy", "gag", "")]) == {}


def test_an_assessment_rests_on_its_safeguard(read: Read, small: Codebook) -> None:
    book = read(SMALL.replace("See there.", "See elsewhere."))
    said = Assessment("d", "art_1", "r", "remedy", "weak", codebook=small.stamp)
    (found,) = Versions(book, [as_seen(small)]).of_assessment(said)
    assert (found.path, found.kind, found.was) == ("safeguard/remedy", "changed", "1.0")
    assert Versions(book, [as_seen(small)]).of_tag(tag("privacy", "gag", small.stamp)) == ()


def reworded(source: str, words: str, version: str, *, same: bool) -> str:
    operation = Rewrite("privacy/gag", {"definition": words})
    return edited(source, operation, version=version, says="Said.", same_meaning=same)


# for each step in turn: whether it was said to leave the meaning
STEPS = [
    ((True,), []),
    ((False,), ["changed"]),
    ((True, True), []),
    ((True, False), ["changed"]),
    ((False, True), ["changed"]),
]


@pytest.mark.parametrize(("steps", "expected"), STEPS)
def test_words_that_keep_their_meaning_call_nothing_in_question(
    steps: tuple[bool, ...], expected: list[str], read: Read, small: Codebook
) -> None:
    books = [small]
    for number, same in enumerate(steps, 1):
        source = reworded(books[-1].source, f"Hush {number}.", f"1.{number}", same=same)
        books.append(read(source))
    found = kinds(books[0], books[-1], "privacy/gag", *books[1:-1])
    assert [kind for _, kind in found] == expected


def test_a_meaning_is_not_kept_by_a_step_that_nobody_saw(read: Read, small: Codebook) -> None:
    one = reworded(SMALL, "Hush.", "1.1", same=False)
    two = read(reworded(one, "Hush!", "1.2", same=True))
    assert kinds(small, two, "privacy/gag") == [("privacy/gag", "changed")]
    # By hand, without a version of its own: the earlier word on sameness is not about this.
    three = read(two.source.replace("Hush!", "Shout!"))
    assert kinds(two, three, "privacy/gag") == [("privacy/gag", "changed")]


def test_back_to_the_old_words_nothing_is_in_question(read: Read, small: Codebook) -> None:
    there = read(reworded(SMALL, "Hush.", "1.1", same=False))
    back = read(reworded(there.source, "Silence.", "1.2", same=False))
    assert kinds(small, back, "privacy/gag", there) == []


def test_a_bare_version_is_the_one_seen_at_the_time(read: Read) -> None:
    first = CodebookVersion("a" * 64, "1.0", SMALL, EARLY)
    second = CodebookVersion("b" * 64, "1.0", SMALL.replace("Silence.", "Hush."), LATE)
    now = read(SMALL.replace("Silence.", "Hush.").replace('"1.0"', '"1.1"'))
    versions = Versions(now, [first, second])
    assert versions.of_tag(tag("privacy", "gag", "1.0", EARLY))
    assert versions.of_tag(tag("privacy", "gag", "1.0", LATE)) == ()
    assert versions.of_tag(tag("privacy", "gag", f"1.0+{'a' * 8}", LATE))


def test_of_a_version_nobody_kept_nothing_is_said(small: Codebook) -> None:
    versions = Versions(small, [])
    assert versions.of_tag(tag("privacy", "gag", "0.9+12345678")) == ()
    assert versions.of_tag(tag("privacy", "gag", "")) == ()
    assert [one.kind for one in versions.of_tag(tag("privacy", "old", "0.9"))] == ["removed"]
    assert not versions.knows("0.9+12345678")
    assert versions.knows(small.stamp)


@pytest.mark.parametrize(
    "source", ["", "- a\n", "concerns: {a: b}\n", "concerns: [", "concerns: [1]"]
)
def test_a_kept_text_that_is_no_codebook_does_no_harm(source: str, small: Codebook) -> None:
    versions = Versions(small, [CodebookVersion("c" * 64, "0.1", source)])
    assert versions.of_tag(tag("privacy", "gag", "0.1")) == ()


@pytest.mark.parametrize(
    ("state", "words", "found"),
    [
        ("no_concern", ("from others.", "from some."), [("privacy", "changed")]),
        # A code may be told apart otherwise without the concern meaning anything else.
        ("no_concern", ("They came in.", "They went in."), []),
        ("concern", ("from others.", "from some."), []),
        ("reopened", ("from others.", "from some."), []),
    ],
)
def test_no_concern_rests_on_what_a_concern_is(
    read: Read, state: ReviewState, words: tuple[str, str], found: list[tuple[str, str]]
) -> None:
    old, new = read(SMALL), read(SMALL.replace(*words).replace('"1.0"', '"1.1"'))
    versions = Versions(new, [as_seen(old), as_seen(new)])
    judged = Review("d", "art_1", "r", state, codebook=old.stamp)
    assert [(one.path, one.kind) for one in versions.of_review(judged)] == found
    untold = Review("d", "art_1", "r", state)
    assert versions.of_review(untold) == ()
