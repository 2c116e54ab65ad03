"""What the browser is given to draw: only what was read, in its own offsets."""

import json
from dataclasses import replace

import pytest

from annotator import codebook
from annotator.compare import Text, differences
from annotator.model import Comment
from annotator.ui.called import Called
from annotator.ui.score import score


def drawn(document, marks, reviews, who="ab", **options):
    people = [Called(r, r.upper(), f"Name {r}", False) for r in who]
    found = differences(document, marks, reviews, who)
    text = Text(document, marks, reviews)
    data = score(text, people, found=found, codebook=codebook.load(), **options)
    return data, {clause["eid"]: clause for clause in data["clauses"]}


def test_offsets_are_utf_16_units_of_the_clause(document, say):
    data, clauses = drawn(document, [say.mark("a", "phone")], say.read("ab"))
    clause = clauses["art_2__para_2__point_a"]
    [span] = clause["spans"]
    units = clause["text"].encode("utf-16-le")
    assert units[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") == "phone"
    [part] = clause["disputed"]
    assert (part["start"], part["end"]) == (span["start"], span["end"])
    assert part["difference"] == data["differences"][0]["id"]
    assert json.loads(json.dumps(data)) == data


def test_a_mark_over_several_clauses_is_cut_at_each(document, say):
    text = document.text
    quote = text[text.index("without") : text.index("seize") + 5]
    _, clauses = drawn(document, [say.mark(r, quote) for r in "ab"], say.read("ab"))
    for eid, words in {
        "art_2__para_2": "without delay:",
        "art_2__para_2__point_a": "seize",
    }.items():
        clause = clauses[eid]
        assert [clause["text"][s["start"] : s["end"]] for s in clause["spans"]] == [words] * 2


def test_a_clause_not_read_by_two_carries_neither_text_nor_marks(document, say):
    marks = [say.mark("a", "search any"), say.mark("b", "seize")]
    reviews = say.read("ab", "art_1") + say.read("a", "art_2__para_1")
    data, clauses = drawn(document, marks, reviews)
    assert clauses["art_2__para_1"] == {
        "eid": "art_2__para_1",
        "citation": "art. 2(1)",
        "compared": False,
    }
    assert "search any" not in json.dumps(data)


def test_marks_of_someone_who_has_not_finished_a_clause_are_not_shown(document, say):
    marks = [say.mark(r, "search any") for r in "abc"]
    reviews = say.read("ab") + say.read("c", state="reopened")
    _, clauses = drawn(document, marks, reviews, "abc")
    clause = clauses["art_2__para_1"]
    assert {span["reviewer"] for span in clause["spans"]} == {"a", "b"}
    assert clause["states"] == {"a": "concern", "b": "concern", "c": "reopened"}


@pytest.mark.parametrize(
    ("who", "reading", "state", "marked", "summary"),
    [
        ("ab", "ab", "no_concern", "", "no concern, both"),
        ("ab", "ab", "concern", "", "no marks, both"),
        ("ab", "ab", "concern", "ab", "both agree"),
        ("abc", "abc", "no_concern", "", "no concern, all three"),
        ("abc", "ac", "no_concern", "", "no concern, A and C"),
        ("abc", "ac", "concern", "ac", "A and C agree"),
        ("abcdef", "abcde", "no_concern", "", "no concern, 5 of 6"),
        ("ab", "ab", "concern", "a", ""),
    ],
)
def test_a_clause_without_a_difference_says_so_in_a_line(
    document, say, who, reading, state, marked, summary
):
    marks = [say.mark(r, "search any") for r in marked]
    reviews = say.read(reading, "art_2__para_1", state=state)
    _, clauses = drawn(document, marks, reviews, who)
    assert clauses["art_2__para_1"]["summary"] == summary


def test_notes_and_the_discussion_stand_with_their_clause(document, say):
    mark = say.mark("a", "search any", note="too wide")
    reviews = say.read("ab")
    reviews[6] = replace(reviews[6], note="see art. 24")  # b on the second clause
    first = Comment("c1", document.id, "art_2__para_1", "b", "Is it?", resolved="2026-03-01")
    reply = Comment("c2", document.id, "art_2__para_1", "a", "It is.", parent="c1")
    named = {r: Called(r, r.upper(), f"Name {r}", False) for r in "ab"}
    _, clauses = drawn(document, [mark], reviews, comments=[reply, first], named=named)
    clause = clauses["art_2__para_1"]
    assert clause["notes"] == [
        {"letter": "B", "text": "see art. 24", "quote": ""},
        {"letter": "A", "text": "too wide", "quote": "search any"},
    ]
    assert [(c["name"], c["text"], c["reply"], c["resolved"]) for c in clause["comments"]] == [
        ("Name b", "Is it?", False, True),
        ("Name a", "It is.", True, False),
    ]
    assert clauses["art_1"]["notes"] == clauses["art_1"]["comments"] == []


def test_differences_come_with_what_they_can_be_narrowed_to(document, say):
    marks = [
        say.mark("a", "search any"),
        say.mark("b", "search any", polarity="safeguard"),
        say.mark("a", "keep data", "press_freedom"),
    ]
    data, _ = drawn(document, marks, say.read("ab"))
    assert [(one["kind"], one["n"]) for one in data["kinds"]] == [("only_one", 1), ("polarity", 1)]
    assert [one["id"] for one in data["concerns"]] == ["privacy", "press_freedom"]
    first, second = data["differences"]
    assert (first["concerns"], first["polarities"]) == (["press_freedom"], ["risk"])
    assert second["polarities"] == ["risk", "safeguard"]
    assert (first["rank"], second["rank"]) == (1, 0)
    assert second["why"] == ["a risk for some, a safeguard for others"]
    assert "search any" in second["words"]


def test_numbers_depths_and_headings_are_those_of_the_text(document, say):
    data, _ = drawn(document, [], say.read("ab"))
    headings = [c["opens"] and c["opens"]["heading"] for c in data["clauses"]]
    numbers = [(c["number"], c["depth"]) for c in data["clauses"]]
    assert [(*n, h) for n, h in zip(numbers, headings, strict=True)] == [
        ("", 0, "Purpose"),
        ("1.", 0, "Search"),
        ("2.", 0, None),
        ("(a)", 1, None),
        ("(b)", 1, None),
    ]


def test_a_difference_is_listed_with_letters(document, say):
    marks = [say.mark("a", "search any", polarity="safeguard"), say.mark("c", "search any")]
    data, _ = drawn(document, marks, say.read("abc"), "abc")
    [one] = data["differences"]
    assert (one["kind"], one["name"], one["citation"]) == (
        "polarity",
        "Risk or safeguard",
        "art. 2(1)",
    )
    assert one["quote"] == "search any"
    assert [line["reviewers"] for line in one["lines"]] == [["C"], ["A"], ["B"]]
