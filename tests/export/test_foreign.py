"""Files as other programs write them: told by their content, placed by their quotes, or listed."""

from __future__ import annotations

import csv
import json
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import codebook, export, intake
from annotator.errors import AnnotatorError, ExportError, NotFoundError, SpanError
from annotator.export import labels
from annotator.export.labels import Meaning
from annotator.export.loading.anchoring import Anchored, Anchors, Doubt
from annotator.model import Document
from annotator.store import Store
from tests.export import named

RISK = {"Privacy": Meaning("privacy", "risk"), "PERSON": None}
QUOTE = "order any person"


@pytest.fixture
def given_file(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file under a name that says nothing of its format."""

    def write(content: str, name: str = "download.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8", errors="surrogatepass"))
        return path

    return write


def units(text: str) -> int:
    """How long a text is in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def doccano(text: str, spans: list[tuple[int, int, str]], **more: Any) -> str:
    return json.dumps({"text": text, "label": spans, **more}) + "\n"


def task(text: str, regions: list[dict[str, Any]], **more: Any) -> str:
    result = [
        {"id": f"r{n}", "from_name": "label", "to_name": "text", "type": "labels", "value": one}
        for n, one in enumerate(regions)
    ]
    annotation = {"result": result, "completed_by": 7, **more}
    return json.dumps([{"id": 1, "data": {"body": text}, "annotations": [annotation]}])


def dialects(treaty: Document) -> dict[str, tuple[str, str]]:
    """By a name the format that is to be told, and a file with `QUOTE` as "Privacy" in it."""
    text = treaty.text
    start = text.index(QUOTE)
    end = start + len(QUOTE)
    line = text[text.rindex("\n", 0, start) + 1 : text.index("\n", end)]
    crlf, nfd = text.replace("\n", "\r\n"), unicodedata.normalize("NFD", text)
    at = units(text[:start])
    words = line.split(" ")
    tags = {"order": "B-Privacy", "any": "I-Privacy", "person": "I-Privacy"}
    tagged = [f"{word} {tags.get(word, 'O')}" for word in words]
    entity = {"id": 3, "start_offset": start, "end_offset": end, "label": "Privacy"}
    region = {"start": start, "end": end, "text": QUOTE, "labels": ["Privacy"]}
    return {
        "doccano": ("doccano", doccano(text, [(start, end, "Privacy")])),
        "doccano, relations": (
            "doccano",
            json.dumps({"id": 9, "text": text, "entities": [entity], "relations": [{"id": 1}]}),
        ),
        "a text with CRLF": (
            "doccano",
            doccano(crlf, [(crlf.index(QUOTE), crlf.index(QUOTE) + len(QUOTE), "Privacy")]),
        ),
        "accents apart": (
            "doccano",
            doccano(nfd, [(nfd.index(QUOTE), nfd.index(QUOTE) + len(QUOTE), "Privacy")]),
        ),
        "a single paragraph": (
            "doccano",
            doccano(line, [(line.index(QUOTE), line.index(QUOTE) + len(QUOTE), "Privacy")]),
        ),
        "Prodigy": (
            "prodigy",
            json.dumps(
                {
                    "text": text,
                    "_input_hash": 1,
                    "spans": [{"start": start, "end": end, "label": "Privacy"}],
                    "answer": "accept",
                }
            ),
        ),
        "Label Studio": ("labelstudio", task(text, [region])),
        "Label Studio of 2020, in UTF-16": (
            "labelstudio",
            task(text, [{**region, "start": at, "end": at + len(QUOTE)}]),
        ),
        "Label Studio, of HTML": (
            "labelstudio",
            task(
                text,
                [
                    {
                        **region,
                        "start": "/p[3]/text()[1]",
                        "end": "/p[3]/text()[1]",
                        "globalOffsets": {"start": start, "end": end},
                    }
                ],
            ),
        ),
        "Label Studio, short": (
            "labelstudio",
            json.dumps([{"body": text, "label": [region], "annotator": 1, "id": 5}]),
        ),
        "CoNLL without offsets": ("conll", "-DOCSTART- -X- O\n\n" + "\n".join(tagged) + "\n\n"),
        "WebAnno with stacked and parted tokens": ("webanno", webanno(text, start)),
        "a table": (
            "csv",
            f"quote;start;end;document;label\n{QUOTE};{start};{end};small-things;Privacy\n",
        ),
    }


def webanno(text: str, start: int) -> str:
    """The words as INCEpTION would: the last token tagged in part, another layer stacked on it."""
    at = units(text[:start])
    first = text.rindex("\n", 0, start) + 1
    line = text[first : text.index("\n", start)]
    before = text[first:start]
    return (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|value\n\n\n"
        f"#Text={line}\n"
        f"1-1\t{units(text[:first])}-{at - 1}\t{before.strip()}\t_\t\n"
        f"1-2\t{at}-{at + 5}\torder\tPrivacy[1]|PERSON\t\n"
        f"1-3\t{at + 6}-{at + 9}\tany\tPrivacy[1]\t\n"
        f"1-4\t{at + 10}-{at + 16}\tperson\tPrivacy[1]\t\n"
    )


NAMES = list(dialects(intake.parse(f"T\n\na {QUOTE} b\n\nc", kind="news", language="en")))


@pytest.mark.parametrize("name", NAMES)
def test_each_dialect_is_told_and_its_mark_placed(
    worked: Store,
    treaty: Document,
    given_file: Callable[..., Path],
    name: str,
) -> None:
    format, content = dialects(treaty)[name]
    path = given_file(content)
    report = export.load(worked, path, reviewer="Chen", mapping=RISK)
    assert report.format == format
    (made,) = worked.annotations(reviewer="Chen")
    assert (made.quote, made.eid, made.concern) == (QUOTE, "art_1__para_2__point_b", "privacy")
    before = len(worked.history())
    again = export.load(worked, path, reviewer="Chen", mapping=RISK)
    assert (dict(again.added), len(worked.history())) == ({}, before), "twice is once"


def test_brat_with_fragments_notes_and_relations(
    worked: Store, treaty: Document, tmp_path: Path
) -> None:
    text = treaty.text
    start = text.index(QUOTE)
    give = text.index("give")
    folder = tmp_path / "Chen"
    folder.mkdir()
    (folder / "small-things.txt").write_bytes(text.encode())
    (folder / "small-things.ann").write_text(
        f"T1\tPrivacy {start} {start + len(QUOTE)}\t{QUOTE}\n"
        f"T2\tPrivacy {start} {start + 5};{give} {give + 4}\torder give\n"
        "R1\tcauses Arg1:T1 Arg2:T2\n#1\tAnnotatorNotes T1\twhy\n"
    )
    report = export.load(worked, folder / "small-things.ann", reviewer="Chen", mapping=RISK)
    assert report.added == {"annotation": 3}
    assert [one.quote for one in worked.annotations(reviewer="Chen")] == [
        "order",
        QUOTE,
        "give",
    ]
    assert worked.annotations(reviewer="Chen")[1].note == "why"
    assert len(report.remarks) == 2
    packed = tmp_path / "brat.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for one in folder.iterdir():
            archive.write(one, f"Chen/{one.name}")
    assert export.load(worked, packed, mapping=RISK).unchanged == 3
    assert export.load(worked, tmp_path, mapping=RISK).unchanged == 3, "a folder is as good"


# Never on other words


LOST = [
    # the words as a file has them, why they are nowhere
    ("order any man", "nor words enough like them"),
    ("words of another treaty altogether", "do not stand in the text"),
    ("each", "at 2 places"),
    ("order any person not to give the necessary information", "may differ: not"),
    ("…", "no words"),
    ("Convention on Small Things", "stand in no clause"),
]


@pytest.mark.parametrize(("quote", "why"), LOST)
def test_words_that_are_not_there_are_listed_and_nothing_is_stored(
    worked: Store,
    treaty: Document,
    given_file: Callable[..., Path],
    quote: str,
    why: str,
) -> None:
    good = line_of(treaty, QUOTE)
    bad = {**line_of(treaty, QUOTE), "quote": quote}
    path = given_file(json.dumps(good) + "\n" + json.dumps(bad) + "\n")
    before = len(worked.history())
    with pytest.raises(SpanError, match="line 2") as caught:
        export.load(worked, path, reviewer="Chen")
    assert "\n" not in str(caught.value)
    report = export.load(worked, path, reviewer="Chen", dry_run=True)
    assert len(worked.history()) == before
    assert (report.placed, report.stored, len(report.unplaced)) == (1, False, 1)
    assert why in report.unplaced[0].reason
    report = export.load(worked, path, reviewer="Chen", leave_out=True)
    assert [one.quote for one in worked.annotations(reviewer="Chen")] == [QUOTE]


def line_of(document: Document, quote: str, *, off: int = 0) -> dict[str, Any]:
    start = document.text.index(quote) + off
    return {
        "document": document.slug,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "concern": "privacy",
        "polarity": "risk",
    }


def test_moved_words_are_found_with_a_score(
    worked: Store, treaty: Document, given_file: Callable[..., Path]
) -> None:
    moved = {**line_of(treaty, QUOTE, off=-9), "eid": "art_2"}  # which has moved as well
    misread = line_of(treaty, "Each Party shall see to it that a judge reviews every order")
    misread["quote"] = misread["quote"].replace("reviews", "revlews").replace("judge", "jugde")
    path = given_file("\n".join(map(json.dumps, (moved, misread))))
    report = export.load(worked, path, reviewer="Chen")
    assert [(one.how, one.found, one.citation) for one in report.moved] == [
        ("moved", QUOTE, "art. 1(2)(b)"),
        ("fuzzy", "Each Party shall see to it that a judge reviews every order", "art. 2"),
    ]
    assert report.moved[0].score == 1.0
    assert 0.75 <= report.moved[1].score < 1.0
    for made in worked.annotations(reviewer="Chen"):
        assert treaty.text[made.start : made.end] == made.quote
        assert treaty.clause(made.eid).start <= made.start < treaty.clause(made.eid).end


def test_marks_of_an_earlier_version_come_to_it(
    worked: Store, new_store: Callable[[], Store], treaty: Document, tmp_path: Path
) -> None:
    later = intake.parse(
        treaty.text.replace("a judge", "a court"), kind="treaty", language="en", slug=treaty.slug
    )
    worked.add_document(later)
    named.write(worked, "webanno", tmp_path / "all.zip")
    other = new_store()
    for text in (treaty, later):
        other.add_document(text)
    report = export.load(other, tmp_path / "all.zip", leave_out=True)
    assert report.moved == ()
    assert len(other.annotations(document=treaty.id)) == 2
    assert other.annotations(document=later.id) == []


def test_a_line_end_of_windows_in_a_note_is_one_line_end_in_webanno(
    worked: Store, tmp_path: Path
) -> None:
    (tag,) = worked.annotations(reviewer="Ann")
    with worked.write("note", reviewer=tag.reviewer) as write:
        write.update(replace(tag, note="why\r\nnot"))
    named.write(worked, "webanno", tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        said = b"".join(map(archive.read, archive.namelist())).decode("utf-8")
    assert "why\\nnot" in said


ALIKE = """\
Law

1. The authority shall keep the data of any person for one year after the order.

2. The authority shall keep the data of any company for one year after the order.

3. The authority may keep the data of any person for one year after the order.
"""


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("shall keep the data of any company for one year", "para. 2"),
        ("keep the data of any person for one year", ""),
        ("shall keep the data of any child for one year after the order", ""),
        ("may keep the data of any company for one year after the order", ""),
        ("shall keep the data of any person for two years after the order", ""),
    ],
)
def test_a_look_alike_is_no_place(quote: str, found: str) -> None:
    document = intake.parse(ALIKE, kind="news", language="en", slug="alike")
    at = Anchors(document).search(quote, near=0)
    if found:
        assert isinstance(at, Anchored)
        assert document.text[at.start : at.end] == quote
    else:
        assert isinstance(at, Doubt), document.text[at.start : at.end]


WORDS = st.lists(
    st.sampled_from(
        ["the", "data", "of", "any", "person", "shall", "may", "not", "keep", "order", "1", "2"]
    )
)


@given(st.lists(WORDS, min_size=1, max_size=6), WORDS.filter(bool), st.integers(0, 300))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_what_is_placed_without_a_score_reads_as_the_quote(
    paragraphs: list[list[str]], quote: list[str], near: int
) -> None:
    text = "Law of things.\n\n" + "\n\n".join(" ".join(one) for one in paragraphs if one)
    document = intake.parse(text, kind="news", language="en")
    said = " ".join(quote)
    at = Anchors(document).search(said, near=near)
    if isinstance(at, Anchored):
        there = document.text[at.start : at.end]
        assert at.quote == there
        if at.how != "fuzzy":
            assert there == said
            assert document.text.count(said) == 1, "of several equal places none is taken"
        else:
            assert at.score >= 0.75
            assert ("not" in there.split()) == ("not" in quote)


# Labels


def test_strange_labels_wait_for_a_table_that_a_person_fills_in(
    worked: Store, treaty: Document, given_file: Callable[..., Path], tmp_path: Path
) -> None:
    start = treaty.text.index(QUOTE)
    spans = [(start, start + 5, "Privacy"), (start, start + 16, "PERSON"), (start, start + 9, "=x")]
    path = given_file(doccano(treaty.text, spans))
    with pytest.raises(ExportError, match=r"no label '=x', 'PERSON', 'Privacy'.*--write-map"):
        export.load(worked, path, reviewer="Chen")
    report = export.load(worked, path, reviewer="Chen", dry_run=True)
    assert report.unknown == {"=x": 1, "PERSON": 1, "Privacy": 1}
    book = codebook.load()
    sheet = tmp_path / "labels.csv"
    sheet.write_bytes(labels.table(report.unknown, book))
    rows = list(csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["label", "concern", "code", "polarity"]
    assert rows[1:] == [
        ["'=x", "", "", ""],
        ["PERSON", "", "", ""],
        ["Privacy", "privacy", "", "risk"],
    ]
    with pytest.raises(ExportError, match="'=x', 'PERSON'"):
        export.load(worked, path, reviewer="Chen", mapping=sheet)
    sheet.write_text(
        "label;concern;code;polarity\n'=x;privacy;search;risk\nPERSON;-;;\nPrivacy;privacy;;risk\n"
    )
    report = export.load(worked, path, reviewer="Chen", mapping=sheet)
    assert (dict(report.added), report.left_out) == ({"annotation": 2}, 1)
    assert {(one.quote, one.code) for one in worked.annotations(reviewer="Chen")} == {
        ("order", ""),
        ("order any", "search"),
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,tax,,risk", "'tax' is not a concern"),
        ("x,privacy,nothing,risk", "'nothing' is not a code"),
        ("x,privacy,,bad", "'bad' is no polarity"),
    ],
)
def test_a_table_that_says_what_the_codebook_has_not_is_refused(
    tmp_path: Path, row: str, said: str
) -> None:
    sheet = tmp_path / "labels.csv"
    sheet.write_text(f"label,concern,code,polarity\n{row}\n")
    with pytest.raises(ExportError, match=f"line 2: {said}"):
        labels.read_table(sheet, codebook.load())


def test_every_label_of_ours_is_known_again() -> None:
    book = codebook.load()
    for one in labels.labels(book):
        meaning = labels.known(one, book)
        assert meaning is not None
        assert labels.label(meaning.concern, meaning.polarity, meaning.code) == one


# Texts


def test_a_text_that_is_not_stored_is_offered_from_the_file(
    worked: Store, given_file: Callable[..., Path]
) -> None:
    text = "A new law 😀 was passed.\n\nJournalists objected to its search powers."
    start = text.index("Journalists")
    path = given_file(doccano(text, [(start, start + 11, "press_freedom-risk")]), "signed.jsonl")
    with pytest.raises(NotFoundError, match="--with-texts"):
        export.load(worked, path, reviewer="Chen")
    (missing,) = export.load(worked, path, reviewer="Chen", dry_run=True).absent
    assert (missing.marks, missing.offered) == (1, True)
    before = {info.slug: info.id for info in worked.documents()}
    report = export.load(worked, path, reviewer="Chen", with_texts=True)
    assert report.added == {"document": 1, "annotation": 1}
    (made,) = worked.annotations(reviewer="Chen")
    assert made.quote == "Journalists"
    after = {info.slug: info.id for info in worked.documents()}
    assert after.items() >= before.items(), "what is stored is no older version of it"
    assert export.load(worked, path, reviewer="Chen", with_texts=True).unchanged == 1


def test_pseudonyms_of_two_offices_are_not_one_person(
    worked: Store, new_store: Callable[[], Store], tmp_path: Path
) -> None:
    export.write(worked, "jsonl", tmp_path / "theirs.jsonl")
    other = new_store()
    other.add_reviewer("Reviewer 1")
    report = export.load(other, tmp_path / "theirs.jsonl")
    assert report.reviewers == ("Reviewer 1 (2)", "Reviewer 2")
    assert export.load(worked, tmp_path / "theirs.jsonl").reviewers == (), "known by their ids"


@pytest.mark.parametrize("format", ["prodigy", "labelstudio", "cas", "webanno", "csv"])
def test_marks_under_pseudonyms_come_home_by_their_ids(
    worked: Store, tmp_path: Path, format: str
) -> None:
    worked.add_reviewer("Reviewer 1")
    out = tmp_path / "out.dat"
    out = out.with_suffix(export.FORMATS[format].suffix)
    export.write(worked, format, out)
    before = worked.annotations()
    report = export.load(worked, out)
    assert (dict(report.added), report.reviewers) == ({}, ())
    assert worked.annotations() == before


def test_a_change_made_in_the_tool_comes_back_unless_ours_is_later(
    worked: Store, tmp_path: Path
) -> None:
    out = tmp_path / "ann.jsonl"
    export.write(worked, "prodigy", out, export.Selection(names=True, reviewers=["Ann"]))
    task = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
    task["spans"][0]["label"] = "whistleblower-safeguard"
    out.write_text(json.dumps(task))
    assert export.load(worked, out).updated == 1
    (mine,) = worked.annotations(reviewer="Ann")
    assert (mine.concern, mine.polarity) == ("whistleblower", "safeguard")
    assert export.load(worked, out).updated == 0
    task["spans"][0]["label"] = "privacy-risk"
    out.write_text(json.dumps(task))
    assert export.load(worked, out).kept == 1, "ours was changed after the file was made"


WRONG = [
    # a file that is none of its format, what is said
    ('{"text": 5, "spans": []}', "has no 'text'"),
    ('{"text": "x", "spans": [{"start": "0", "end": 1}]}', "is not a whole number from 0"),
    ('{"text": "x", "label": [[0, 1]]}', "is not [start, end, label]"),
    ('[{"data": {"n": 1}, "annotations": []}]', "it has no text"),
    ("#FORMAT=WebAnno TSV 3.3\n\n\n#Text=x\n1-1\tx\tx\n", "is no token"),
    ("document,start,end,quote\nx,one,2,y\n", "start is 'one'"),
    ('[{"data": {"text": "x"}, "annotations": [5]}]', "5 in 'annotations' is not an object"),
    ('{"text": "x", "spans": 5}', "'spans' is 5, not a list of objects"),
    ('{"text": "x", "label": 5}', "'label' is 5, not a list of [start"),
    ('{"text": "\\ud83d x", "label": [[0, 1, "x"]]}', "half of a character"),
    ("document,start,end,quote\nx,1,2,\0\n", "x"),
    ('<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>', "TypeSystem.xml"),
]


@pytest.mark.parametrize(("content", "said"), WRONG)
def test_a_file_that_is_not_what_it_seems_is_one_line(
    worked: Store, given_file: Callable[..., Path], content: str, said: str
) -> None:
    name = "x.xmi" if content.startswith("<") else "x.dat"
    before = len(worked.history())
    with pytest.raises(AnnotatorError) as caught:
        export.load(worked, given_file(content, name), reviewer="Chen")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(worked.history()) == before
