"""The README's table of what each format carries, held to what comes back.

A rich dataset is written, read back into another database, and compared feature by feature. A
format that is added is in the table, or this fails.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from annotator import export, store
from annotator.export import FORMATS, Selection
from annotator.export.loading.readers import OWN, READERS
from annotator.model import Annotation, Decision, Document, Review, Reviewer, Suggestion, stable_id
from annotator.store import Store

README = Path(__file__).resolve().parents[2] / "README.md"
COLUMNS = {
    "code": "code",
    "polarity": "polarity",
    "severity": "severity",
    "note": "note",
    "reviewer": "reviewer",
    "overlaps": "overlap",
    "nesting": "nested",
    "paragraphs": "across paragraphs",
    "suggestions": "suggestions",
    "reviews": "read, no concern",
    "text": "text",
    "ids": "ids",
    "times": "times",
}
"""By the name of a feature the head of its column."""

AT, LATER = "2026-01-02T03:04:05.678Z", "2026-02-03T04:05:06.789Z"
NOTE = 'why?\n"because"\tof =this; \\ and _that*'
BACK = sorted({OWN, *READERS} & FORMATS.keys())


@dataclass(frozen=True)
class Rich:
    """A store in which every feature occurs, and the marks that each is told by."""

    filled: Store
    file: Path
    marks: dict[str, Annotation]
    proposal: Suggestion
    document: Document


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory, treaty: Document) -> Iterator[Rich]:
    path = tmp_path_factory.mktemp("rich") / "rich.db"
    text = treaty.text
    ann = Reviewer(stable_id("ann"), "Ann Ó’Brien / 2", AT)
    bela = Reviewer(stable_id("bela"), "Béla", AT)

    def mark(first: str, last: str = "", who: Reviewer = ann, **said: object) -> Annotation:
        start = text.index(first)
        end = text.index(last or first, start) + len(last or first)
        clause = treaty.clause_at(start)
        assert clause is not None
        made = Annotation(
            id=stable_id("mark", start, end, who.id),
            document=treaty.id,
            eid=clause.eid,
            start=start,
            end=end,
            quote=text[start:end],
            concern="privacy",
            polarity="risk",
            reviewer=who.id,
            created=AT,
            updated=LATER,
        )
        return replace(made, **said)  # type: ignore[arg-type]  # the tests name the fields

    marks = {
        "code": mark("Each Party may", code="search"),
        "polarity": mark("Each Party shall see", polarity="safeguard"),
        "severity": mark("in a case of urgency", severity="high"),
        "note": mark("𝒟ata, البيانات and café", note=NOTE),
        "reviewer": mark("a judge reviews", who=bela),
        "overlap": mark("reviews every", concern="press_freedom"),
        "overlapping": mark("judge reviews", concern="press_freedom"),
        "outer": mark("order any person to give", concern="whistleblower"),
        "nested": mark("any person", concern="whistleblower"),
        "paragraphs": mark("search a system", "order any", who=bela),
    }
    start = text.index("any person")
    proposal = Suggestion(
        start=start,
        end=start + 10,
        quote="any person",
        concern="privacy",
        polarity="risk",
        rule="rule-of-the-test",
        score=0.75,
        reason="It may reach anyone.",
        id=stable_id("proposal"),
        document=treaty.id,
        eid="art_1__para_2__point_b",
    )
    with store.open(path) as filled:
        filled.add_document(treaty)
        filled.set_suggestions(treaty.id, "rules-1", [proposal])
        with filled.write("fill", keep_times=True) as write:
            for someone in (ann, bela):
                write.insert(someone)
            for one in marks.values():
                write.insert(one)
            write.insert(Decision(proposal.id, ann.id, "rejected", treaty.id, None, AT))
            write.insert(Review(treaty.id, "art_1__para_1", bela.id, "no_concern", "", AT))
        yield Rich(filled, path, marks, proposal, treaty)


@pytest.fixture(scope="module")
def table() -> dict[str, dict[str, str]]:
    """The README's table: by format and column what its cell says."""
    lines = README.read_text(encoding="utf-8").split("\n")
    first = next(n for n, line in enumerate(lines) if re.match(r"\| format \|", line))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[first:]]
    found = {}
    for row in rows[2:]:
        if len(row) < 2:
            break
        for name in row[0].replace("`", "").split(", "):
            found[name] = dict(zip(rows[0][1:], row[1:], strict=True))
    return found


def test_every_format_is_in_the_table(table: dict[str, dict[str, str]]) -> None:
    assert set(table) == set(BACK)
    assert all(set(row) == set(COLUMNS.values()) for row in table.values())


@pytest.mark.parametrize("format", BACK)
def test_a_format_carries_what_the_table_says(
    rich: Rich,
    table: dict[str, dict[str, str]],
    format: str,
    tmp_path: Path,
    empty_file: Path,
) -> None:
    measured = carried(rich, format, tmp_path, empty_file)
    said = {feature: table[format][head] for feature, head in COLUMNS.items()}
    assert measured == said


def carried(rich: Rich, format: str, folder: Path, empty: Path) -> dict[str, str]:
    """By feature `yes`, `no`, `out` (written, not read back) or `parts` (not as one text)."""
    out = folder / f"dataset{FORMATS[format].suffix}"
    export.write(rich.filled, format, out, Selection(names=True))
    with opened(empty, folder / "back.db") as back:
        back.add_document(rich.document)
        report = export.load(back, out, leave_out=True)
        assert report.format == format, "a file is told by what is in it"
        assert back.verify() == []
        found = back.annotations()
        names = {one.id: one.name for one in back.reviewers()}
        reviews = [(one.eid, one.state) for one in back.reviews()]
        proposed = bool(back.suggestions_by_id([rich.proposal.id]))
    with opened(empty, folder / "texts.db") as bare:
        export.load(bare, out, reviewer="Somebody", leave_out=True, with_texts=True)
        texts = {bare.document(info.id).text for info in bare.documents()}
    people = {one.name for one in rich.filled.reviewers()}
    twin = {key: one for key, mark in rich.marks.items() if (one := same(mark, found))}

    def says(key: str, of: Callable[[Annotation], object]) -> str:
        return "yes" if key in twin and of(twin[key]) == of(rich.marks[key]) else "no"

    written = contents(out)
    held = written.translate(dict.fromkeys(map(ord, " \n\\"))) if written else ""
    part = "".join(["Each", "Party", "may,", "in", "a", "case", "of", "urgency:"])
    return {
        "code": says("code", lambda one: one.code),
        "polarity": says("polarity", lambda one: one.polarity),
        "severity": says("severity", lambda one: one.severity),
        "note": says("note", lambda one: one.note),
        "reviewer": "yes" if {names[one.reviewer] for one in found} == people else "no",
        "overlaps": "yes" if {"overlap", "overlapping"} <= twin.keys() else "no",
        "nesting": "yes" if {"outer", "nested"} <= twin.keys() else "no",
        "paragraphs": "yes" if "paragraphs" in twin else "no",
        "suggestions": "yes" if proposed else "out" if "rule-of-the-test" in written else "no",
        "reviews": "yes" if ("art_1__para_1", "no_concern") in reviews else "no",
        "text": "yes" if rich.document.text in texts else "parts" if part in held else "no",
        "ids": says("code", lambda one: one.id),
        "times": says("code", lambda one: (one.created, one.updated)),
    }


def same(mark: Annotation, found: list[Annotation]) -> Annotation | None:
    """What came back on the same words under the same concern."""
    place = (mark.start, mark.end, mark.concern)
    return next((one for one in found if (one.start, one.end, one.concern) == place), None)


def contents(path: Path) -> str:
    """All that a file says, of a zip every file in it."""
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        return content.decode("utf-8", errors="ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


def opened(empty: Path, path: Path) -> Store:
    shutil.copy(empty, path)
    return store.open(path)
