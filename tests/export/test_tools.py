"""Files for annotation tools: any text and any marks come back, and each tool's rules are kept."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import cassis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import export, intake, store
from annotator.export import Selection, labels
from annotator.export.loading import readers
from annotator.export.loading.anchoring import Anchored
from annotator.export.loading.matching import Home, Matcher, unit_of
from annotator.export.tools.pieces import pieces
from annotator.model import Annotation, Document, Review, Reviewer, stable_id
from annotator.store import Store
from tests.export import standoff

NewStore = Callable[[], Store]
NAMED = Selection(names=True)
AT = "2026-01-02T03:04:05.678Z"
ANN = Reviewer(stable_id("ann"), "Ann", AT)
TOOLS = ("prodigy", "doccano", "labelstudio", "brat", "conll", "webanno", "cas")
SUFFIX = {"prodigy": ".jsonl", "doccano": ".jsonl", "conll": ".conll"}

# What breaks formats: signs they write with, letters of two UTF-16 units, other directions, accents
# apart, spaces that are none, formulas.
SIGNS = (
    *("a", "law", "order", "État", "e\u0301", "😀", "𝒟", "👩\u200d⚖️", "بيان", "תורה", "法", "ß"),
    *(" ", "  ", "\t", "\n\n", "\r\n", "\u00a0", "\u2028", "_", "|", "[1]", "\\", "\\n", "*"),
    *(";", "->", "#Text=", "=1+1", "@", '"', "'", "<b>", "&amp;", ".", ". ", ", ", "(a) ", "1. "),
)
signs = st.sampled_from(SIGNS)
lines = st.lists(signs, min_size=1, max_size=25).map("".join)
notes = st.one_of(st.just(""), st.lists(signs, max_size=6).map("".join))


@st.composite
def marked(draw: st.DrawFn) -> tuple[Document, list[Annotation]]:
    """A text as it is stored, and marks on it that nest, touch, overlap and cross its lines."""
    words = "Report 😀\n\nThe law says.\n\n" + "\n\n".join(draw(st.lists(lines, max_size=4)))
    document = intake.parse(words, kind="news", language="en", slug="a-text")
    text = document.text
    places = st.integers(0, len(text) - 1)
    made: dict[tuple[object, ...], Annotation] = {}
    for _ in range(draw(st.integers(1, 6))):
        first, last = sorted((draw(places), draw(places)))
        quote = text[first : last + 1]
        start, quote = first + len(quote) - len(quote.lstrip()), quote.strip()
        end = start + len(quote)
        if not quote or not any(one.start <= start < one.end for one in document.clauses):
            continue
        concern = draw(st.sampled_from(["privacy", "press_freedom"]))
        key = (start, end, concern)
        clause = document.clause_at(start) or document.clauses[0]
        made[key] = Annotation(
            id=stable_id(*key),
            document=document.id,
            eid=clause.eid,
            start=start,
            end=end,
            quote=quote,
            concern=concern,
            polarity=draw(st.sampled_from(["risk", "safeguard"])),
            reviewer=ANN.id,
            severity=draw(st.sampled_from([None, "low", "high"])),
            note=draw(notes),
            created=AT,
            updated=AT,
        )
    return document, list(made.values())


@given(marked())
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_text_and_any_marks_come_back_from_every_tool(
    tmp_path: Path, empty_file: Path, example: tuple[Document, list[Annotation]]
) -> None:
    document, marks = example
    path = tmp_path / "one.db"
    shutil.copy(empty_file, path)
    with store.open(path) as filled:
        fill(filled, document, marks)
        for tool in TOOLS:
            out = tmp_path / f"out{SUFFIX.get(tool, '.zip')}"
            export.write(filled, tool, out, NAMED)
            found = back(filled, tool, out)
            told = {(one.start, one.end, labels.label(one.concern, one.polarity)) for one in marks}
            if tool == "conll":
                assert found <= told, tool
                left_out = int(out.read_text().partition("# left_out = ")[2].split()[0] or 0)
                assert len(found) + left_out == len(told) or not marks
            else:
                assert found == told, tool
            if tool in ("brat", "webanno"):
                check(out, document)


def fill(filled: Store, document: Document, marks: list[Annotation]) -> None:
    filled.add_document(document)
    with filled.write("fill", keep_times=True) as write:
        write.insert(ANN)
        for mark in marks:
            write.insert(mark)
        first = next(document.reviewable())
        write.insert(Review(document.id, first.eid, ANN.id, "no_concern", "", AT))


def back(filled: Store, tool: str, out: Path) -> set[tuple[int, int, str]]:
    """Where the file's marks are in the stored text."""
    assert readers.told(out) == tool
    foreign = readers.read(tool, out)
    matcher = Matcher(filled)
    homes = {n: matcher.home(text) for n, text in enumerate(foreign.texts)}
    assert all(isinstance(home, Home) for home in homes.values())
    unit = unit_of(foreign, {n: home for n, home in homes.items() if isinstance(home, Home)})
    found = set()
    for mark in foreign.marks:
        home = homes[mark.text]
        assert isinstance(home, Home)
        at = home.place(mark, unit)
        assert isinstance(at, Anchored), at
        found.add((at.start, at.end, mark.label))
    return found


def check(out: Path, document: Document) -> None:
    """Hold each file to the tool's grammar as its manual has it."""
    with zipfile.ZipFile(out) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    for name, content in files.items():
        if name.endswith(".ann"):
            standoff.check_brat(content, files[f"{name[:-4]}.txt"], files["annotation.conf"])
        elif name.endswith(".tsv"):
            standoff.check_webanno(content, document.text)


# Read by the field's own readers


@pytest.fixture
def written(worked: Store, tmp_path: Path) -> Callable[[str], Path]:
    """Writes the small dataset in a format."""

    def write(tool: str) -> Path:
        out = tmp_path / f"dataset{SUFFIX.get(tool, '.zip')}"
        export.write(worked, tool, out, NAMED)
        return out

    return write


def unzipped(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_cassis_reads_the_layers_with_their_words(
    written: Callable[[str], Path], worked: Store
) -> None:
    files = unzipped(written("cas"))
    types = cassis.load_typesystem(BytesIO(files["TypeSystem.xml"]))
    seen = []
    for name, content in files.items():
        if name.endswith(".xmi") and not name.endswith(".suggestions.xmi"):
            cas = cassis.load_cas_from_xmi(BytesIO(content), typesystem=types)
            seen += [
                (one.get_covered_text(), one.label, one.reviewer)
                for one in cas.select("webanno.custom.Concern")
            ]
            tokens = list(cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"))
            assert all(one.get_covered_text().strip() for one in tokens)
            inside = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence")
            assert sum(
                len(list(cas.select_covered(tokens[0].type.name, one))) for one in inside
            ) == len(tokens), "every token is in one sentence"
    names = {one.id: one.name for one in worked.reviewers()}
    assert sorted(seen) == sorted(
        (one.quote, labels.label(one.concern, one.polarity, one.code), names[one.reviewer])
        for one in worked.annotations()
    )


def test_utf_16_is_what_stands_in_the_xmi(written: Callable[[str], Path], treaty: Document) -> None:
    content = next(
        one for name, one in unzipped(written("cas")).items() if name == "small-things/Ann.xmi"
    ).decode()
    quote = "order any person"
    before = treaty.text[: treaty.text.index(quote)]
    start = len(before.encode("utf-16-le")) // 2
    assert start > len(before), "the text has letters of two units before it"
    assert f'begin="{start}" end="{start + len(quote)}"' in content


def test_spacy_makes_the_same_tokens_and_spans_of_a_prodigy_task(
    written: Callable[[str], Path],
) -> None:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    for line in written("prodigy").read_text(encoding="utf-8").splitlines():
        task = json.loads(line)
        for token in task["tokens"]:
            assert task["text"][token["start"] : token["end"]] == token["text"]
        for span in task["spans"]:
            first, last = task["tokens"][span["token_start"]], task["tokens"][span["token_end"]]
            assert (first["start"], last["end"]) == (span["start"], span["end"])
            assert task["text"][span["start"] : span["end"]] == span["text"]
        doc = Doc(
            Vocab(),
            words=[one["text"] for one in task["tokens"]],
            spaces=[one["ws"] for one in task["tokens"]],
        )
        assert len(doc) == len(task["tokens"])


def test_label_studio_gets_what_its_import_needs(written: Callable[[str], Path]) -> None:
    from xml.etree import ElementTree

    files = unzipped(written("labelstudio"))
    interface = ElementTree.fromstring(files["labeling-interface.xml"])
    offered = {one.get("value") for one in interface.iter("Label")}
    named = {one.get("name") for one in interface.iter() if one.get("name")}
    tasks: list[dict[str, Any]] = json.loads(files["tasks.json"])
    results = [
        result
        for task in tasks
        for made in (*task["annotations"], *task.get("predictions", []))
        for result in made["result"]
    ]
    assert len(results) > 3
    for task in tasks:
        text = task["data"]["text"]
        for made in (*task["annotations"], *task.get("predictions", [])):
            for result in made["result"]:
                assert {result["from_name"], result["to_name"]} <= named
                value = result["value"]
                if result["type"] == "labels":
                    assert set(value["labels"]) <= offered
                    assert text[value["start"] : value["end"]] == value["text"]
    assert any("predictions" in task for task in tasks)


@pytest.mark.long
def test_the_label_studio_converter_reads_the_tasks(
    written: Callable[[str], Path], tmp_path: Path
) -> None:
    # Loaded here: it takes longer than all other tests of this file.
    from label_studio_sdk import converter

    folder = tmp_path / "ls"
    folder.mkdir()
    with zipfile.ZipFile(written("labelstudio")) as archive:
        archive.extractall(folder)
    made = converter.Converter(
        config=(folder / "labeling-interface.xml").read_text(), project_dir=str(folder)
    )
    made.convert_to_json_min(str(folder / "tasks.json"), str(folder / "out"), is_dir=False)
    tasks = json.loads((folder / "out" / "result.json").read_text(encoding="utf-8"))
    quotes = {region["text"] for task in tasks for region in task.get("label", [])}
    assert "order any person" in quotes


def test_brat_knows_what_each_label_is_called_and_how_it_looks(
    written: Callable[[str], Path],
) -> None:
    files = {name: content.decode() for name, content in unzipped(written("brat")).items()}
    types = files["annotation.conf"].partition("[relations]")[0].split()[1:]
    names, _, looks = files["visual.conf"].partition("[drawing]\n")
    called = [line.split(" | ") for line in names.splitlines()[1:] if line]
    assert [one[0] for one in called] == types
    assert all(len(one) == 3 for one in called)
    drawn = [
        re.fullmatch(r"(\S+)\tbgColor:#[0-9A-F]{6}, fgColor:white", one)
        for one in looks.splitlines()
    ]
    assert [one[1] for one in drawn if one] == types


def test_conll_columns_are_what_a_tagger_reads(written: Callable[[str], Path]) -> None:
    lines = written("conll").read_text(encoding="utf-8").split("\n")
    columns = lines[0].removeprefix("# global.columns = ").split()
    assert columns == ["FORM", "START", "END", "privacy", "press_freedom", "whistleblower"]
    before: dict[int, str] = {}
    for line in lines[1:]:
        if line.startswith("# "):
            continue
        cells = line.split("\t")
        if not line:
            before = {}
            continue
        assert len(cells) == len(columns)
        for column, tag in enumerate(cells[3:]):
            assert tag == "O" or tag[:2] in ("B-", "I-")
            if tag.startswith("I-"):
                assert before.get(column, "")[2:] == tag[2:], "IOB2: I- follows its own B- or I-"
        before = dict(enumerate(cells[3:]))


# A treaty is given article by article


def test_a_task_is_an_article_and_what_a_mark_joins(worked: Store, treaty: Document) -> None:
    def tasks(**said: Any) -> list[tuple[str, str]]:
        (part,) = [
            one
            for one in export.collect(worked, Selection(documents=["small-things"])).parts()
            if one.document.id == treaty.id
        ]
        part = replace(part, **said)
        found = pieces(part, "line")
        words = [treaty.text[one.start : one.end] for one in found]
        assert "".join("".join(words).split()) == "".join(treaty.text.split()), "nothing is lost"
        return [(one.citation, one.eid) for one in found]

    assert tasks() == [("art. 1", "art_1"), ("art. 2", "art_2")]
    (mark, *_) = worked.annotations(reviewer="Ann")
    end = treaty.text.index("Each Party shall") + 4
    across = replace(mark, end=end, quote=treaty.text[mark.start : end])
    assert tasks(annotations=(across,)) == [("art. 1, art. 2", "art_1")]


def test_a_task_may_be_a_clause(worked: Store, tmp_path: Path) -> None:
    out = tmp_path / "clauses.jsonl"
    export.write(worked, "prodigy", out, Selection(names=True, context="clause"))
    cited = {json.loads(line)["meta"]["citation"] for line in out.read_text().splitlines()}
    assert "art. 1(2)(b)" in cited
    assert back(worked, "prodigy", out) == {
        (one.start, one.end, labels.label(one.concern, one.polarity, one.code))
        for one in worked.annotations()
    }
