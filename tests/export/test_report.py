"""The report as people get it: what it says is what reviewers said, on the page and in Word."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from lxml import html

from annotator import codebook, compare, export, intake
from annotator.model import Annotation, Assessment, Document, Review, Reviewer
from annotator.store import Store
from tests.export.conftest import tagged

LAW = """\
Act on Looking

Article 1
Search

1. The police may search any device & copy what is on it.

2. A judge shall authorise each search.

Article 2
Notice

The person searched is told <within> a week.
"""
NOTE = "No <b>judge</b> is asked & nobody told."


@pytest.fixture
def law() -> Document:
    return intake.parse(LAW, kind="treaty", language="en", slug="looking")


@pytest.fixture
def differing(new_store: Callable[[], Store], law: Document) -> Store:
    """Three who read paragraph 1: two mark it, one leaves it; all agree on paragraph 2."""
    filled = new_store()
    filled.add_document(law)
    people = [filled.add_reviewer(name) for name in ("Ann", "Béla", "Chidi")]
    with filled.write("fill") as write:
        for person in people:
            if person.name != "Chidi":
                write.insert(search(law, person))
            write.insert(judge(law, person))
            for eid, state in (("art_1__para_1", "concern"), ("art_1__para_2", "concern")):
                write.insert(Review(law.id, eid, person.id, state))  # type: ignore[arg-type]  # of ReviewState
            write.insert(Assessment(law.id, "art_1__para_1", person.id, "oversight", "absent", ""))
    return filled


def search(law: Document, person: Reviewer) -> Annotation:
    ends = "device" if person.name == "Ann" else "device & copy"
    return tagged(
        law,
        f"search any {ends}",
        person,
        eid="art_1__para_1",
        severity="high",
        note=NOTE if person.name == "Ann" else "",
    )


def judge(law: Document, person: Reviewer) -> Annotation:
    return tagged(law, "A judge shall", person, eid="art_1__para_2", polarity="safeguard")


def page(store: Store, **chosen: object) -> html.HtmlElement:
    selection = export.Selection(**chosen)  # type: ignore[arg-type]  # the tests name the fields they mean
    return html.fromstring(export.as_bytes(store, "report-html", selection))


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_finding_has_its_words_marked_and_says_who_found_it(differing: Store) -> None:
    found = page(differing).xpath("//section[@id='concern-0']//article")
    assert [text(one.find("h4")) for one in found] == ["art. 1(1) Search", "art. 1(2) Search"]
    risk, guard = found
    assert (risk.get("class"), guard.get("class")) == ("risk", "safeguard")
    assert [text(mark) for mark in risk.iter("mark")] == ["search any device & copy"]
    assert text(risk.find("blockquote")).startswith("The police may search any device & copy what")
    assert "Risk · severity high" in text(risk)
    assert "marked by 2 of 3 reviewers who read it" in text(risk)
    note = risk.find("p[@class='note']")
    assert re.fullmatch(rf"Reviewer \d: {re.escape(NOTE)}", text(note))
    assert "marked by 3 of 3" in text(guard)


def test_names_and_notes_are_there_when_asked_for(differing: Store) -> None:
    named = text(page(differing, names=True))
    assert "3 reviewers: Ann, Béla, Chidi" in named
    assert "marked by 2 of 3 reviewers who read it: Ann, Béla" in named
    secret = text(page(differing, notes=False))
    assert "Ann" not in secret
    assert "No <b>judge</b>" not in secret


def test_where_reviewers_differ_each_side_is_told(differing: Store) -> None:
    (split,) = page(differing).xpath("//section[@id='splits']//article")
    sides = [text(one) for one in split.iter("li")]
    assert sides[-1] == "1 reviewer read it and marked nothing here"
    assert "search any device & copy" in " ".join(sides)


def test_the_settled_report_holds_what_all_agree_on_alone(differing: Store) -> None:
    settled = page(differing, settled=True)
    found = settled.xpath("//section[starts-with(@id,'concern-')]//article/h4")
    assert [text(one) for one in found] == ["art. 1(2) Search"]
    assert "what is settled" in text(settled)
    assert "3 reviewers read 2 of the" in text(settled)


def test_figures_are_those_of_the_comparison(differing: Store, law: Document) -> None:
    made = compare.gathered(differing, law)
    people = [one.id for one in differing.reviewers()]
    said = compare.answers([made], people, codebook.load())
    (privacy,) = [
        one for one in compare.measure_all(said, "concern") if one.question.concern == "privacy"
    ]
    rows = page(differing).xpath("//section[@id='agreement']//tbody/tr")
    (row,) = [one for one in rows if text(one[0]) == "Privacy: marked or not"]
    assert text(row[1]) == str(privacy.clauses)
    assert text(row[2]) == f"{privacy.figure('percent').value:.0%}"
    assert text(row[5]) == compare.meaning(privacy)


def test_two_versions_of_a_text_are_told_apart(differing: Store, law: Document) -> None:
    later = intake.parse(
        law.text.replace("search", "seek"), kind=law.kind, language="en", slug=law.slug,
        title=law.title,
    )  # fmt: skip
    differing.add_document(later)
    ann = differing.reviewers()[0]
    with differing.write("review") as write:
        write.put(Review(later.id, "art_1__para_1", ann.id, "no_concern"))
    shown = text(page(differing))
    assert f"{law.title} (version 1); {law.title} (version 2)" in shown


def test_what_was_assessed_stands_in_the_table_of_safeguards(differing: Store) -> None:
    (grid,) = page(differing).xpath("//table[@class='grid']")
    heads = [text(one) for one in grid.xpath(".//thead//th")]
    (row,) = [one for one in grid.xpath(".//tbody/tr") if text(one[0]).startswith("art. 1(1)")]
    place = heads.index("Independent oversight")
    assert row.xpath("./td")[place].xpath("./b/@aria-label") == ["absent"]


def test_nothing_is_fetched_and_nothing_runs(differing: Store) -> None:
    content = export.as_bytes(differing, "report-html")
    assert content == export.as_bytes(differing, "report-html")
    assert b"<script" not in content
    assert b"default-src 'none'" in content
    root = html.fromstring(content)
    assert not root.xpath("//@src | //link | //@onclick")
    assert all(href.startswith("#") for href in root.xpath("//@href"))
    ids = set(root.xpath("//@id"))
    assert all(href[1:] in ids for href in root.xpath("//nav//@href"))


def test_a_text_written_from_right_to_left_is_quoted_so(new_store: Callable[[], Store]) -> None:
    arabic = intake.parse(
        "قانون\n\nالمادة 1\nالتفتيش\n\nيجوز للشرطة تفتيش أي جهاز.\n",
        kind="treaty",
        language="ar",
        slug="qanun",
    )
    filled = new_store()
    filled.add_document(arabic)
    ann = filled.add_reviewer("Ann")
    with filled.write("fill") as write:
        write.insert(tagged(arabic, "تفتيش أي جهاز", ann, eid="art_1"))
    (quote,) = page(filled).xpath("//blockquote")
    assert (quote.get("lang"), quote.get("dir")) == ("ar", "auto")
    word = docx.Document(io.BytesIO(export.as_bytes(filled, "report-docx")))
    (paragraph,) = [one for one in word.paragraphs if one.style and one.style.name == "Quote"]
    assert paragraph.text == "يجوز للشرطة تفتيش أي جهاز."
    assert "w:bidi" in paragraph._element.xml


def test_the_docx_says_what_the_page_says(differing: Store, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    export.write(differing, "report-docx", path)
    assert path.read_bytes() == export.as_bytes(differing, "report-docx")
    word = docx.Document(str(path))
    heads = [
        one.text for one in word.paragraphs if one.style and one.style.name.startswith("Heading")
    ]
    for head in ("In short", "art. 1(1) Search", "Where reviewers differ", "How this was made"):
        assert head in heads
    marked = [run.text for one in word.paragraphs for run in one.runs if run.font.highlight_color]
    assert marked == ["search any device & copy", "A judge shall"]
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "Privacy: marked or not" in cells
    assert "Independent oversight" in cells


def test_a_report_of_nothing_says_so(new_store: Callable[[], Store], law: Document) -> None:
    empty = new_store()
    empty.add_document(law)
    said = text(page(empty))
    assert "Nothing was marked under this concern." in said
    assert "nothing to compare" in said
    assert docx.Document(io.BytesIO(export.as_bytes(empty, "report-docx"))).paragraphs
