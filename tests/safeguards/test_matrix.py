"""The tables: what is proposed and said, merged by clause, and the files that are made of them."""

from __future__ import annotations

import csv
import io
import itertools
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from annotator import codebook, intake, review, store
from annotator.cli import app
from annotator.model import (
    SAFEGUARD_STATES,
    Assessment,
    Document,
    Evidence,
    PowerGroup,
    PowerReading,
    SafeguardReading,
    SafeguardState,
)
from annotator.safeguards import matrix, table_csv, table_html

# Words that would be markup, a formula or a picture if anything took them for more than words.
TITLE = "Small <b>Things</b> & ![p](http://pictures.invalid/p.png)"
TREATY = """\
Chapter I. Powers

Article 1. Search <i>and</i> seizure

1. Each Party may search a system, and =SUM(A1) seize what it finds.

2. Each Party may order any person to help.

Article 2. Offences

Whoever opens a system <script>alert(1)</script> commits an offence.

Article 3. Safeguards

A judge shall review every order 😀.
"""
NAMES = {"r1": "Ana", "r2": "Bo <em>"}
BOOK = codebook.load()


@pytest.fixture(scope="module")
def document() -> Document:
    return intake.parse(
        TREATY, kind="treaty", language="en", slug="small", title=TITLE, notice="Made <up>."
    )


def words(document: Document, eid: str, quote: str) -> Evidence:
    start = document.text.index(quote, document.clause(eid).body)
    return Evidence(eid, start, start + len(quote), quote)


def power(
    document: Document,
    eid: str,
    kind: str,
    quote: str,
    *readings: SafeguardReading,
    group: PowerGroup = "power",
) -> PowerReading:
    at = words(document, eid, quote)
    return PowerReading(document.id, eid, kind, group, at.start, at.end, quote, readings)


def reading(
    safeguard: str, state: SafeguardState, *evidence: Evidence, applies: bool = True
) -> SafeguardReading:
    return SafeguardReading(safeguard, state, evidence, f"Why {state}.", applies)


@pytest.fixture(scope="module")
def powers(document: Document) -> list[PowerReading]:
    judge = words(document, "art_3", "A judge shall review every order 😀")
    return [
        power(
            document,
            "art_1__para_1",
            "search_and_seizure",
            "search a system",
            reading("oversight", "by_reference", judge),
            reading("notification", "absent"),
            reading("dual_criminality", "absent", applies=False),
        ),
        power(
            document,
            "art_1__para_2",
            "compelled_help",
            "order any person",
            reading("oversight", "weak", judge),
            reading("notification", "absent"),
        ),
        power(
            document,
            "art_2",
            "access_offence",
            "opens a system",
            reading("clear_offence", "weak"),
            group="offence",
        ),
    ]


def said(
    document: Document, eid: str, safeguard: str, state: SafeguardState, who: str = "r1"
) -> Assessment:
    return Assessment(
        document.id, eid, who, safeguard, state, "2026-01-02T03:04:05.678Z", "=1+1 <u>", "1"
    )


def test_of_several_powers_in_a_clause_the_one_least_protected_counts() -> None:
    document_id = "d"
    two = [
        PowerReading(
            document_id,
            "art_1",
            kind,
            "power",
            0,
            1,
            "x",
            (
                SafeguardReading("oversight", state),
                SafeguardReading("remedy", other, applies=asked),
            ),
        )
        for kind, state, other, asked in (
            ("search_and_seizure", "weak", "present", True),
            ("interception", "by_reference", "absent", False),
        )
    ]
    for order in itertools.permutations(two):
        found = {one.safeguard: one for one in matrix.merged(order)}
        assert found["oversight"].state == "weak"
        assert (found["remedy"].state, found["remedy"].applies) == ("present", True)


def test_a_table_a_group_with_the_columns_that_are_asked(
    document: Document, powers: list[PowerReading]
) -> None:
    first, second = matrix.tables(document, powers, [], BOOK)
    assert (first.group, second.group) == ("power", "offence")
    assert [column.id for column in first.columns] == ["notification", "oversight"]
    assert [row.clause.eid for row in first.rows] == ["art_1__para_1", "art_1__para_2"]
    assert [row.article.eid for row in first.rows] == ["art_1", "art_1"]
    assert {cell.standing for row in first.rows for cell in row.cells if cell} == {"proposed"}
    assert [first.absent(n) for n in range(2)] == [(2, 2), (0, 2)]
    assert first.rows[0].absent == (1, 2)
    only = first.only_absent()
    assert [column.id for column in only.columns] == ["notification"]
    assert second.only_absent().rows == ()


def test_a_word_stands_over_the_proposal_and_two_words_may_differ(
    document: Document, powers: list[PowerReading]
) -> None:
    eid = "art_1__para_1"
    assessments = [
        said(document, eid, "oversight", "absent"),
        said(document, eid, "oversight", "present", "r2"),
        said(document, eid, "notification", "weak"),
    ]
    (table, _) = matrix.tables(document, powers, assessments, BOOK)
    notification, oversight = table.rows[0].cells
    assert notification is not None
    assert oversight is not None
    assert (notification.standing, notification.states) == ("confirmed", ("weak",))
    assert (oversight.standing, oversight.states) == ("disputed", ("absent", "present"))
    assert table.absent(0) == (1, 2)
    assert table.absent(1) == (0, 2)
    assert [row.clause.eid for row in table.only_decided().rows] == [eid]


def test_no_word_is_lost_where_no_rule_reads_a_power_or_knows_the_safeguard(
    document: Document, powers: list[PowerReading]
) -> None:
    assessments = [
        said(document, "art_3", "oversight", "present"),
        said(document, "art_2", "a_former_one", "weak"),
        said(document, "art_1__para_1", "dual_criminality", "absent"),
    ]
    power_table, offences = matrix.tables(document, powers, assessments, BOOK)
    assert [row.clause.eid for row in power_table.rows][-1] == "art_3"
    assert power_table.rows[-1].kinds == ()
    assert "dual_criminality" in {column.id for column in power_table.columns}
    assert [column.name for column in offences.columns] == [
        "Clear and narrow offence",
        "A former one",
    ]
    (alone,) = matrix.tables(document, [], assessments[:1], BOOK)
    assert [row.clause.eid for row in alone.rows] == ["art_3"]


def test_clauses_of_an_act_stand_under_their_section() -> None:
    text = "Section 1. Search\n\n(1) An officer may search.\n\n(2) An officer may seize."
    act = intake.parse(text, kind="treaty", language="en", slug="act", title="An Act")
    searches = [clause.eid for clause in act.reviewable()]
    readings = [
        PowerReading(act.id, eid, "search_and_seizure", "power", 0, 1, act.text[0])
        for eid in searches
    ]
    (table,) = matrix.tables(act, readings, [], BOOK)
    assert {row.article.heading for row in table.rows} == {"Search"}


@given(data=st.data())
def test_every_word_and_every_proposal_stands_in_exactly_one_cell_of_its_group(
    data: st.DataObject, document: Document
) -> None:
    clauses = [clause.eid for clause in document.reviewable()]
    ids = ["oversight", "notification", "clear_offence", "unheard_of"]
    kinds: list[tuple[str, PowerGroup]] = [
        ("search_and_seizure", "power"),
        ("interception", "power"),
        ("access_offence", "offence"),
    ]
    powers = [
        PowerReading(document.id, eid, kind, group, 0, 1, document.text[0], readings)
        for eid, (kind, group) in data.draw(
            st.lists(st.tuples(st.sampled_from(clauses), st.sampled_from(kinds)), unique=True)
        )
        for readings in [
            tuple(
                SafeguardReading(id, data.draw(st.sampled_from(SAFEGUARD_STATES)), applies=asked)
                for id, asked in data.draw(
                    st.dictionaries(st.sampled_from(ids), st.booleans())
                ).items()
            )
        ]
    ]
    keys = st.tuples(st.sampled_from(clauses), st.sampled_from(ids), st.sampled_from(["r1", "r2"]))
    assessments = [
        said(document, eid, safeguard, data.draw(st.sampled_from(SAFEGUARD_STATES)), who)
        for eid, safeguard, who in data.draw(st.sets(keys))
    ]
    tables = matrix.tables(document, powers, assessments, BOOK)
    shown = [
        one for t in tables for row in t.rows for cell in row.cells if cell for one in cell.said
    ]
    assert {(one.eid, one.safeguard, one.reviewer) for one in shown} == {
        (one.eid, one.safeguard, one.reviewer) for one in assessments
    }
    rows = {(table.group, row.clause.eid) for table in tables for row in table.rows}
    assert {(one.group, one.eid) for one in powers} <= rows
    for table in tables:
        for row in table.rows:
            for cell in row.cells:
                assert cell is None or cell.states
    table_html.render(document, tables, BOOK, names=NAMES, whose="Everyone")
    table_csv.findings(document, tables, NAMES)


# Files


class Outline(HTMLParser):
    """The tags and words of a page; whether what was opened is closed."""

    VOID = frozenset({"meta", "circle", "path", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def rendered(document: Document, powers: list[PowerReading]) -> tuple[bytes, Outline]:
    assessments = [
        said(document, "art_1__para_1", "oversight", "absent"),
        said(document, "art_1__para_1", "oversight", "weak", "r2"),
    ]
    tables = matrix.tables(document, powers, assessments, BOOK)
    content = table_html.render(document, tables, BOOK, names=NAMES, whose="Everyone")
    assert content == table_html.render(document, tables, BOOK, names=NAMES, whose="Everyone")
    page = Outline()
    page.feed(content.decode("utf-8"))
    assert page.open == []
    return content, page


def test_the_printed_table_says_what_it_is_and_asks_nobody(
    document: Document, powers: list[PowerReading]
) -> None:
    content, page = rendered(document, powers)
    for words_of in (TITLE, "Made <up>.", document.text_sha256, matrix.NOT_A_FINDING, "2026-01-02"):
        assert words_of in page.words
    assert "Ana: absent, =1+1 <u>; Bo <em>: weak" in page.words
    assert "art. 3 A judge shall review every order 😀" in page.words
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "link", "iframe", "i", "em", "u"}
    for _, attributes in page.tags:
        assert not attributes.keys() & {"src", "onclick", "onload"}
        assert (attributes.get("href") or "#").startswith("#")
    assert b"default-src 'none'" in content


def test_every_note_is_reached_and_words_that_several_rest_on_stand_once(
    document: Document, powers: list[PowerReading]
) -> None:
    _, page = rendered(document, powers)
    reached = {a["href"] for tag, a in page.tags if tag == "a"}
    notes = {f"#{a['id']}" for tag, a in page.tags if tag == "li"}
    assert reached == notes
    tables = matrix.tables(document, powers, [], BOOK)
    plain = table_html.render(
        document, tables, BOOK, names={}, whose="Only what is proposed"
    ).decode()
    assert plain.count("<li") == 1
    assert plain.count('href="#n1"') == 2
    assert "everything here is proposed" in plain


def table_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_sheet_has_a_row_a_clause_and_marks_what_is_only_proposed(
    document: Document, powers: list[PowerReading]
) -> None:
    assessments = [said(document, "art_1__para_1", "oversight", "absent")]
    head, *lines = table_of(table_csv.matrix(matrix.tables(document, powers, assessments, BOOK)))
    first = dict(zip(head, lines[0], strict=True))
    assert first["citation"] == "art. 1(1)"
    assert first["power"] == "Search and seizure"
    assert first["Independent oversight"] == "absent"
    assert first["Notice to the person"] == "absent?"
    assert first["Clear and narrow offence"] == ""
    assert (first["absent"], first["of"]) == ("2", "2")
    assert len(lines) == 3


def test_the_findings_carry_evidence_and_run_as_no_formula(
    document: Document, powers: list[PowerReading]
) -> None:
    assessments = [
        said(document, "art_1__para_1", "oversight", "absent"),
        said(document, "art_1__para_1", "oversight", "weak", "r2"),
    ]
    tables = matrix.tables(document, powers, assessments, BOOK)
    head, *lines = table_of(table_csv.findings(document, tables, NAMES))
    assert tuple(head) == table_csv.FINDINGS
    found = next(
        row
        for row in (dict(zip(head, line, strict=True)) for line in lines)
        if row["standing"] == "disputed"
    )
    assert found["state"] == "absent / weak"
    assert found["reviewers"] == "Ana: absent; Bo <em>: weak"
    assert found["notes"] == "'=1+1 <u>; =1+1 <u>"
    assert found["evidence"] == "art. 3: “A judge shall review every order 😀”"
    assert not any(cell.startswith(("=", "+", "@")) for line in lines for cell in line)


def test_the_command_writes_the_table_with_what_reviewers_said(tmp_path: Path) -> None:
    path = tmp_path / "annotations.db"
    act = intake.parse(
        "Article 1. Search\n\nAn officer may search any premises and seize a computer.",
        kind="treaty",
        language="en",
        slug="act",
        title="An Act",
    )
    with store.open(path) as made:
        made.add_document(act)
        ana = made.add_reviewer("Ana").id
        review.assess(made, act, ana, "art_1", {"oversight": "weak"}, codebook=BOOK)
    done = CliRunner().invoke(app, ["safeguards", "act", "--csv", "--db", str(path)])
    assert done.exit_code == 0
    head, *lines = table_of(done.stdout_bytes)
    rows = {
        row["safeguard_id"]: row for row in (dict(zip(head, one, strict=True)) for one in lines)
    }
    assert (rows["oversight"]["state"], rows["oversight"]["reviewers"]) == ("weak", "Ana: weak")
    assert (rows["remedy"]["state"], rows["remedy"]["standing"]) == ("absent", "proposed")
