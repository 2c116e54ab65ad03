"""Agreement with gold files: what counts as a hit, a miss, a false alarm, or as nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import intake
from annotator.codebook import CONCERNS
from annotator.errors import AnnotatorError
from annotator.highlight import Gold, Highlighters, Mistake, Report, Row, evaluate, read_gold
from annotator.highlight.evaluate import Case, in_document, score, wilson
from annotator.highlight.gold import ANY, Label, Unit
from annotator.model import POLARITIES, Clause, Document, Suggestion, sha256

SHARED = Path(os.environ.get("ANNOTATOR_SHARED", Path(__file__).resolve().parents[2] / "../shared"))

TEXT = "Article 1 aaaa bbbb. Article 2 cccc dddd. Article 3 eeee ffff."
CLAUSES = tuple(
    Clause(f"art_{n}", f"art. {n}", "article", str(n), "", start, start + 20, start, start + 20)
    for n, start in enumerate((0, 21, 42), 1)
)
DOCUMENT = Document("d", "d", "D", "treaty", "en", TEXT, sha256(TEXT), CLAUSES)


def label(concern: str, polarity: str, quote: str, **more: bool) -> dict[str, object]:
    return {"concern": concern, "polarity": polarity, "quotes": [{"text": quote}], **more}


def suggestion(
    start: int, end: int, concern: str, polarity: str, *, strength: float = 0.5
) -> Suggestion:
    return Suggestion(start, end, TEXT[start:end], concern, polarity, "r", strength, "why")


def written(path: Path, *rows: object) -> Gold:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return read_gold(path)


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    labels = [
        [label("privacy", "risk", "bbbb"), label("whistleblower", "risk", "aaaa", arguable=True)],
        [label("privacy", "risk", "cccc")],
        [],
    ]
    rows = ({"treaty": "d", "article": n, "labels": found} for n, found in enumerate(labels, 1))
    return written(tmp_path / "gold.jsonl", *rows)


SUGGESTIONS = [
    suggestion(10, 14, "privacy", "risk"),  # article 1, not the quoted words: hit, not located
    suggestion(10, 14, "whistleblower", "risk"),  # arguable: neither hit nor alarm
    suggestion(52, 56, "privacy", "risk", strength=0.4),  # article 3: false alarm
    suggestion(52, 56, "press_freedom", "safeguard"),  # false alarm
]


def measured(
    gold: Gold, found: list[Suggestion], document: Document = DOCUMENT, *, min_score: float = 0.0
) -> Report:
    cases = in_document(gold, gold.units, document, found)
    return score(cases, gold.kinds, min_score=min_score)


def by_kind(report: Report) -> dict[tuple[str, str], Row]:
    return {(row.concern, row.polarity): row for row in report.rows}


def test_rows_count_units(gold: Gold):
    report = measured(gold, SUGGESTIONS)
    rows = by_kind(report)
    assert rows["privacy", "risk"] == Row("privacy", "risk", 1, 1, 1, 0, 0)
    assert rows["whistleblower", "risk"] == Row("whistleblower", "risk", 0, 0, 0, 1, 0)
    assert rows["press_freedom", "safeguard"] == Row("press_freedom", "safeguard", 0, 0, 1, 0, 0)
    assert report.total == rows["all", "all"] == Row("all", "all", 1, 1, 2, 1, 0)
    one = rows["privacy", "risk"]
    assert (one.precision, one.recall, one.f1, one.labels) == (0.5, 0.5, 0.5, 2)
    empty = rows["whistleblower", "risk"]
    assert (empty.precision, empty.recall, empty.f1) == (None, None, None)
    assert (empty.precision_interval, empty.recall_interval) == (None, None)
    assert (report.units, report.clean, report.flagged) == (3, 1, 1)
    assert report.macro_f1 == pytest.approx((0.5 + 0) / 2)  # of the two rows that have one
    assert measured(gold, [suggestion(17, 20, "privacy", "risk")]).rows[0].located == 1


def test_mistakes_say_what_a_rule_writer_wants_to_know(gold: Gold):
    alarm, other, miss = sorted(measured(gold, SUGGESTIONS).mistakes, key=lambda one: one.kind)
    assert (miss.kind, miss.unit.id, miss.words) == ("miss", "d/2", "cccc")
    assert (miss.text, miss.rule, miss.score) == ("Article 2 cccc dddd.", "", None)
    assert alarm == Mistake(
        "alarm", gold.units[2], "privacy", "risk", "eeee", "Article 3 eeee ffff.", "r", 0.4
    )
    assert other.concern == "press_freedom"


def test_suggestions_below_the_bar_count_as_not_made(gold: Gold):
    rows = by_kind(measured(gold, SUGGESTIONS, min_score=0.5))
    assert rows["privacy", "risk"].alarms == 0
    assert measured(gold, SUGGESTIONS, min_score=0.6).total.hits == 0


def test_a_document_is_compared_by_its_article_numbers(gold: Gold):
    text = "Longer beginning. " + TEXT
    clauses = tuple(
        Clause(c.eid, c.citation, "article", c.number, "", *(place + 18 for place in places))
        for c in CLAUSES
        for places in [(c.start, c.end, c.body, c.own_end)]
    )
    document = Document("d", "d", "D", "treaty", "en", text, sha256(text), clauses)
    moved = [
        Suggestion(s.start + 18, s.end + 18, s.quote, s.concern, s.polarity, "r", s.score, "why")
        for s in SUGGESTIONS
    ]
    assert measured(gold, moved, document).rows == measured(gold, SUGGESTIONS).rows
    shorter = Document("d", "d", "D", "treaty", "en", text, sha256(text), clauses[:2])
    with pytest.raises(AnnotatorError, match=r"gold\.jsonl, line 3: 'd' has no '3'"):
        measured(gold, moved, shorter)


def test_where_both_polarities_are_right_either_is_a_hit(tmp_path: Path):
    either = label("press_freedom", "safeguard", "Repeal", either=True)
    gold = written(tmp_path / "g.jsonl", {"text": "Repeal the insult law.", "labels": [either]})
    for polarity in ("risk", "safeguard"):
        case = Case(gold.units[0], "", 0, (suggestion(0, 4, "press_freedom", polarity),))
        assert score([case], gold.kinds).total == Row("all", "all", 1, 0, 0, 1, None)
    missed = score([Case(gold.units[0], "", 0, ())], gold.kinds)
    assert by_kind(missed)["press_freedom", "safeguard"].misses == 1
    assert by_kind(missed)["press_freedom", "risk"].misses == 0


# what is written, and what --codes says of it: whether it counts where the press alone is asked for
PRESS = [
    ("Ensure that attacks on journalists are investigated.", None, True),
    ("Repeal the blasphemy law.", None, False),
    ("Repeal the blasphemy law.", [], True),
    ("Repeal the blasphemy law.", ["content_offence"], True),
    ("Repeal the act on broadcasting.", None, True),
    ("Give newspapers their licences back.", ["censorship"], True),  # licensing is a sub-code of it
    ("Ensure that attacks on journalists are investigated.", ["sources"], False),
    ("Open a well.", [], False),
]


@pytest.mark.parametrize(("text", "codes", "counts"), PRESS)
def test_texts_coded_for_the_press_are_held_against_what_is_said_of_the_press(
    highlighters: Highlighters, tmp_path: Path, text: str, codes: list[str] | None, counts: bool
):
    gold = written(tmp_path / "upr.jsonl", {"text": text, "press": True})
    report = evaluate(gold, highlighters=highlighters, codes=codes)
    assert report.total.hits == counts
    assert report.codes == (gold.codes if codes is None else tuple(codes))


def test_a_code_that_nobody_has_is_named(tmp_path: Path):
    gold = written(tmp_path / "upr.jsonl", {"text": "Open a well.", "press": False})
    with pytest.raises(AnnotatorError, match="no code is called 'wells': give one of the codebook"):
        evaluate(gold, codes=["wells"])


def test_texts_coded_for_the_press_have_one_row_of_either_polarity(tmp_path: Path):
    rows = [{"text": "Free the press.", "press": True}, {"text": "Open a well.", "press": False}]
    gold = written(tmp_path / "upr.jsonl", *rows)
    found = (suggestion(0, 4, "press_freedom", "safeguard"), suggestion(0, 4, "privacy", "risk"))
    report = score([Case(unit, unit.text, 0, found) for unit in gold.units], gold.kinds)
    assert report.rows[0] == Row("press_freedom", ANY, 1, 0, 1, 0, None)
    assert report.rows[0].precision == report.total.precision == 0.5
    assert (report.clean, report.flagged) == (1, 1)


def test_a_file_has_the_halves_it_names_or_else_its_two_halves(tmp_path: Path):
    texts = [{"text": f"Sentence {n}.", "labels": []} for n in range(5)]
    gold = written(tmp_path / "a.jsonl", *texts)
    assert [unit.line for unit in gold.half("dev").units] == [1, 2, 3]
    assert [unit.line for unit in gold.half("held-out").units] == [4, 5]
    assert gold.half("all") is gold
    marked = [text | {"held_out": n == 1} for n, text in enumerate(texts)]
    gold = written(tmp_path / "b.jsonl", *marked)
    assert [unit.line for unit in gold.half("held-out").units] == [2]
    assert gold.half("dev").sha256 == gold.sha256  # a half is still of that file


# Wilson's interval: two published values and the ends, where it does not collapse.
WILSON = [(81, 263, (0.255, 0.366)), (15, 148, (0.062, 0.160)), (0, 10, (0, 0.278)), (0, 0, None)]


@pytest.mark.parametrize(("part", "whole", "bounds"), WILSON)
def test_intervals_are_wilsons(part: int, whole: int, bounds: tuple[float, float] | None):
    """81 of 263 and 15 of 148: R. G. Newcombe, Statistics in Medicine 17 (1998), table I."""
    found = wilson(part, whole)
    assert found is None if bounds is None else found == pytest.approx(bounds, abs=0.0006)


@given(whole=st.integers(1, 2000), data=st.data())
def test_an_interval_holds_the_share_and_lies_between_0_and_1(whole: int, data: st.DataObject):
    part = data.draw(st.integers(0, whole))
    bounds = wilson(part, whole)
    assert bounds is not None
    assert 0 <= bounds[0] <= part / whole <= bounds[1] <= 1


KINDS = st.tuples(st.sampled_from(CONCERNS), st.sampled_from(POLARITIES))
LABELS = st.lists(st.builds(Label, *map(st.sampled_from, (CONCERNS, POLARITIES)), st.booleans()))
FOUND = st.lists(KINDS.map(lambda kind: suggestion(0, 4, *kind)))


@given(units=st.lists(st.tuples(LABELS, FOUND), max_size=6), more=FOUND)
def test_a_unit_counts_once_a_kind_and_more_suggestions_never_miss_more(
    units: list[tuple[list[Label], list[Suggestion]]], more: list[Suggestion]
):
    kinds = [(concern, polarity) for concern in CONCERNS for polarity in POLARITIES]

    def report(extra: list[Suggestion]) -> Report:
        cases = [
            Case(Unit(line, str(line), tuple(labels), False), TEXT, 0, (*found, *extra))
            for line, (labels, found) in enumerate(units)
        ]
        return score(cases, kinds)

    before, after = report([]), report(more)
    for row in before.rows[:-1]:
        assert row.hits + row.misses + row.alarms + row.arguable <= len(units)
    assert after.total.misses <= before.total.misses
    assert after.total.hits >= before.total.hits
    assert after.total.labels == before.total.labels
    misses = [mistake for mistake in before.mistakes if mistake.kind == "miss"]
    assert len(misses) == before.total.misses


SENTENCE = {"text": "A b.", "labels": []}
QUOTE = {"concern": "privacy", "polarity": "risk", "quotes": [{"text": "b", "start": 0}]}
BAD = [
    ([], r"is empty: give one with units"),
    (["{"], r"gold\.jsonl, line 1: not JSON \("),
    (["[1]"], r"line 1: '\[1\]' is not an object"),
    ([SENTENCE, {"article": 1}], r"line 2: article is no unit: write labels with article or eid"),
    ([SENTENCE | {"text": " "}], r"line 1: text is ' ': write the sentence"),
    ([SENTENCE | {"labels": {}}], r"line 1: labels is \{\}: write a list of objects"),
    ([SENTENCE | {"labels": [{"concern": "x"}]}], r"concern is 'x': use privacy, press_freedom"),
    ([SENTENCE | {"labels": [{"concern": "privacy"}]}], r"polarity is None: use risk, safeguard"),
    ([SENTENCE | {"labels": [QUOTE | {"arguable": 1}]}], r"arguable is 1: write true or false"),
    ([SENTENCE | {"labels": [QUOTE]}], r"line 1: the quote 'b' does not stand at 0 of the text"),
    ([SENTENCE | {"labels": [QUOTE | {"quotes": "b"}]}], r"quotes is 'b': write a list"),
    ([SENTENCE, {"text": "C.", "press": True}], r"line 2: a text coded for the press among lines"),
    ([SENTENCE, SENTENCE | {"held_out": True}], r"line 2: 'held_out' stands in some lines only"),
    ([SENTENCE | {"id": "a"}] * 2, r"line 2: 'a' stands in line 1 already"),
]


@pytest.mark.parametrize(("rows", "message"), BAD)
def test_a_bad_gold_file_is_named_with_its_line(tmp_path: Path, rows: list[object], message: str):
    path = tmp_path / "gold.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(AnnotatorError, match=message) as caught:
        read_gold(path)
    assert "\n" not in str(caught.value)


def test_a_file_saved_with_a_mark_and_windows_lines_is_read(tmp_path: Path):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(SENTENCE).encode() + b"\r\n\r\n")
    assert [unit.text for unit in read_gold(path).units] == ["A b."]


def test_a_gold_file_that_cannot_be_read_is_named(tmp_path: Path):
    (tmp_path / "latin.jsonl").write_bytes(b"\xff")
    for name in ("none.jsonl", "latin.jsonl"):
        with pytest.raises(AnnotatorError, match=rf"{name}' cannot be read"):
            read_gold(tmp_path / name)


def test_places_need_their_documents(highlighters: Highlighters, gold: Gold):
    other = Document("e", "e", "E", "treaty", "en", TEXT, sha256(TEXT), CLAUSES)
    assert (
        evaluate(gold, [other], highlighters=highlighters).units == 3
    )  # a single text is taken whatever it is called
    with pytest.raises(AnnotatorError, match="speaks of 'd': give that text as well"):
        evaluate(gold, [other, other], highlighters=highlighters)


def shared(name: str) -> Path:
    """A text or gold file that is not the project's; the test is skipped where it is not there."""
    for path in (SHARED / name, SHARED / "data" / name):
        if path.exists():
            return path
    pytest.skip(f"{name} is not there: set ANNOTATOR_SHARED to the folder that holds it")


def test_highlights_of_a_real_treaty_stay_as_good_as_they_were(highlighters: Highlighters):
    """Floors from the development set: one coder, one treaty; no measure of other treaties."""
    path = shared("treaties/budapest.txt")
    gold = read_gold(path.parents[1] / "gold" / "budapest.jsonl")
    total = evaluate(gold, [intake.read(path)], highlighters=highlighters).total
    assert total.recall is not None
    assert total.recall >= 0.95
    assert total.precision is not None
    assert total.precision >= 0.8


def test_recommendations_about_the_press_stay_as_well_found_as_they_were(
    highlighters: Highlighters,
):
    """A floor from the development set, half of it near misses; coded by UPR Info's staff."""
    report = evaluate(read_gold(shared("upr/press-dev.jsonl")), highlighters=highlighters)
    assert report.units == 600
    assert report.total.f1 is not None
    assert report.total.f1 >= 0.985
