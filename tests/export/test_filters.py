"""Every filter in every format: what is outside is nowhere in the file, what is inside is there.

Whatever is said carries a word that stands nowhere else; the files, unpacked, are searched for it.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from annotator import export, intake, store
from annotator.compare import settling
from annotator.export import FORMATS, Selection
from annotator.export.loading import readers
from annotator.model import (
    Annotation,
    Assessment,
    Comment,
    Decision,
    Document,
    Link,
    Review,
    Reviewer,
    Suggestion,
    stable_id,
)
from annotator.store import Store

JAN, FEB, MAR = (f"2026-0{month}-10T08:00:00.000Z" for month in (1, 2, 3))
ANN, BELA = Reviewer(stable_id("ann"), "Annqq", JAN), Reviewer(stable_id("bela"), "Belaqq", JAN)
LAW = "Law of many things\n\n" + "\n\n".join(
    f"Article {n}\nMatter {n}\n\nThe word{n}q office may look into whatever has been left standing "
    f"in the house until the evening of the day on which it began, as line{n}q has it.\n\n"
    f"Beside{n}q stands a second line of its own, which nobody has anything to say about so far."
    for n in range(1, 13)
)
NEWS = "Report\n\nThe word20q office came in the evening.\n\nIt looked into what line21q had.\n"


@dataclass(frozen=True)
class Said:
    """One thing that somebody said: the words it is told by, and what filters ask of it.

    `notes` are among the words those that the reviewer wrote.
    """

    kind: str
    words: tuple[str, ...]
    document: str = "law"
    reviewer: str = ANN.name
    concern: str = ""
    code: str = ""
    polarity: str = ""
    day: str = FEB
    notes: tuple[str, ...] = ()
    decision: str = ""
    number: int = 0


@dataclass
class Wide:
    """A store in which everything is said that a filter may ask for, and a list of it."""

    store: Store
    said: list[Said] = field(default_factory=list)


# What is tagged: number of the article, whose, label and day.
TAGS: list[tuple[int, str, Reviewer, str, str, str, str]] = [
    (1, "law", ANN, "privacy", "surveillance", "risk", JAN),
    (2, "law", ANN, "press_freedom", "", "risk", FEB),
    (3, "law", BELA, "privacy", "", "safeguard", MAR),
    (4, "law", BELA, "whistleblower", "tools", "risk", FEB),
    (5, "law", ANN, "privacy", "live_collection", "risk", FEB),
    (6, "law", ANN, "privacy", "", "risk", FEB),
    (7, "law", ANN, "privacy", "", "risk", JAN),
    (8, "law", ANN, "privacy", "", "risk", JAN),
    (9, "law", ANN, "privacy", "", "risk", FEB),
    (20, "news", ANN, "privacy", "", "risk", FEB),
]


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wide]:
    law = intake.parse(LAW, kind="treaty", language="en", slug="law")
    news = intake.parse(NEWS, kind="news", language="en", slug="news", metadata={"licence": "CC0"})
    texts = {"law": law, "news": news}
    with store.open(tmp_path_factory.mktemp("wide") / "wide.db") as opened:
        made = Wide(opened)
        for text in texts.values():
            opened.add_document(text)
        proposals = [proposed(law, n) for n in (9, 10, 11)]
        opened.set_suggestions(law.id, "rules-1", proposals)
        with opened.write("fill", keep_times=True) as write:
            for one in (ANN, BELA):
                write.insert(one)
            for n, slug, who, *label in TAGS:
                mark = tagged(texts[slug], n, who, *label)
                if n == 9:
                    mark = replace(mark, suggestion=proposals[0].id)
                write.insert(mark)
                made.said.append(
                    Said("tag", (mark.id, f"note{n}q"), slug, who.name, *label,
                         notes=(f"note{n}q",), number=n)
                )  # fmt: skip
            twin = replace(tagged(law, 6, BELA, "privacy", "", "risk", FEB), note="")
            write.insert(twin)
            made.said.append(
                Said("tag", (twin.id,), "law", BELA.name, "privacy", "", "risk", FEB, number=6)
            )
            said = [
                (proposals[0], ANN, "accepted", stable_id("law", 9, ANN.id)),
                (proposals[1], BELA, "rejected", None),
            ]
            for proposal, who, decision, mark_id in said:
                write.insert(Decision(proposal.id, who.id, decision, law.id, mark_id, FEB))  # type: ignore[arg-type]  # a literal of the model
            for n, proposal in zip((9, 10, 11), proposals, strict=True):
                decided = {9: "accepted", 10: "rejected"}.get(n, "open")
                made.said.append(
                    Said("suggestion", (proposal.id, f"reason{n}q"), "law",
                         BELA.name if n == 10 else ANN.name, "privacy", "", "risk",
                         FEB if n < 11 else "", decision=decided, number=n)
                )  # fmt: skip
            for n, who, state, day in (
                (6, ANN, "concern", FEB), (6, BELA, "concern", FEB), (7, ANN, "concern", JAN),
                (7, BELA, "no_concern", JAN), (8, ANN, "concern", JAN),
                (8, BELA, "no_concern", JAN), (12, BELA, "no_concern", MAR),
            ):  # fmt: skip
                note = f"read{n}{who.name}"
                review = Review(law.id, f"art_{n}__txt_1", who.id, state, note, day)  # type: ignore[arg-type]  # a literal of the model
                write.insert(replace(review, eid=eid_of(law, n)))
                made.said.append(Said("review", (note,), "law", who.name, day=day, notes=(note,)))
            for safeguard, who, day, concern in (
                ("legality", ANN, JAN, "privacy"), ("clear_offence", BELA, MAR, "press_freedom"),
            ):  # fmt: skip
                note = f"safe{safeguard}"
                write.insert(
                    Assessment(law.id, eid_of(law, 3), who.id, safeguard, "weak", day, note, "1")
                )
                made.said.append(
                    Said("assessment", (note,), "law", who.name, concern, day=day, notes=(note,))
                )
            for n, who, day, slug in ((1, ANN, JAN, "law"), (20, BELA, MAR, "news")):
                comment = Comment(
                    stable_id("talk", n), texts[slug].id, eid_of(texts[slug], n), who.id,
                    f"talk{n}q", created=day, updated=day,
                )  # fmt: skip
                write.insert(comment)
                words = (f"talk{n}q",)
                made.said.append(Said("comment", words, slug, who.name, day=day, notes=words))
            start = news.text.index("line21q")
            write.insert(
                Link(
                    stable_id("link"),
                    news.id,
                    eid_of(news, 21),
                    start,
                    start + 7,
                    "line21q",
                    law.id,
                    eid_of(law, 1),
                    ANN.id,
                    "tie21q",
                    MAR,
                    MAR,
                )
            )
            made.said.append(Said("link", (stable_id("link"),), "news", day=MAR, notes=("tie21q",)))
        decide(opened, law, 7, "accept", MAR, made)
        decide(opened, law, 8, "none", JAN, made)
        yield made


def eid_of(document: Document, n: int) -> str:
    word = f"word{n}q" if f"word{n}q" in document.text else f"line{n}q"
    clause = document.clause_at(document.text.index(word))
    assert clause is not None
    return clause.eid


def tagged(
    document: Document, n: int, who: Reviewer, concern: str, code: str, polarity: Any, day: str
) -> Annotation:
    start = document.text.index(f"word{n}q")
    return Annotation(
        id=stable_id(document.slug, n, who.id),
        document=document.id,
        eid=eid_of(document, n),
        start=start,
        end=start + len(f"word{n}q office"),
        quote=f"word{n}q office",
        concern=concern,
        polarity=polarity,
        reviewer=who.id,
        code=code,
        note=f"note{n}q",
        created=day,
        updated=day,
    )


def proposed(document: Document, n: int) -> Suggestion:
    mark = tagged(document, n, ANN, "privacy", "", "risk", FEB)
    return Suggestion(
        start=mark.start,
        end=mark.end,
        quote=mark.quote,
        concern="privacy",
        polarity="risk",
        rule=f"rule-{n}",
        score=0.5,
        reason=f"reason{n}q",
        id=stable_id("proposal", n),
        document=document.id,
        eid=mark.eid,
    )


def decide(opened: Store, law: Document, n: int, outcome: Any, day: str, made: Wide) -> None:
    marks, reviews = opened.annotations(document=law.id), opened.reviews(document=law.id)
    clauses = settling.settle(law, marks, reviews, [ANN.id, BELA.id])
    (clause,) = [one for one in clauses if one.eid == eid_of(law, n)]
    (passage,) = clause.passages
    finding = next(view.finding for view in passage.opinions if view.finding)
    row = settling.decide(
        clause, outcome, passage=passage.id, finding=finding if outcome == "accept" else None,
        reason="slip", adjudicator=ANN.id, note=f"why{n}q",
    )  # fmt: skip
    with opened.write("settle", keep_times=True) as write:
        write.insert(replace(row, created=day, updated=day))
    made.said.append(
        Said("adjudication", (row.id,), "law", "", "privacy", "", "risk" if outcome == "accept"
             else "", day, notes=(f"why{n}q",), number=n)
    )  # fmt: skip


Keeps = Callable[[Said], bool]
LABELLED = ("tag", "suggestion", "adjudication")


def of_concern(said: Said) -> bool:
    return said.kind not in (*LABELLED, "assessment") or said.concern == "press_freedom"


FILTERS: list[tuple[str, dict[str, Any], Keeps]] = [
    # a filter, how it is chosen, what it keeps
    ("all", {}, lambda said: said.decision != "open"),
    ("document", {"documents": ["news"]}, lambda said: said.document == "news"),
    ("reviewer", {"reviewers": [BELA.name]}, lambda said: said.reviewer == BELA.name),
    ("concern", {"concerns": ["press_freedom"]}, of_concern),
    ("code", {"codes": ["surveillance"]},
     lambda said: said.kind not in LABELLED or said.code in ("surveillance", "live_collection")),
    ("polarity", {"polarities": ["safeguard"]},
     lambda said: said.kind not in LABELLED or said.polarity == "safeguard"
     or (said.kind == "adjudication" and not said.polarity)),
    ("since", {"since": "2026-03-01"}, lambda said: said.day == MAR),
    ("until", {"until": "2026-01-31"}, lambda said: said.day == JAN),
    ("between", {"since": "2026-02-01", "until": "2026-02-28"}, lambda said: said.day == FEB),
    ("all suggestions", {"suggestions": "all"}, lambda said: bool(said.words)),
    ("no suggestions", {"suggestions": "none"}, lambda said: said.kind != "suggestion"),
    ("none rejected", {"rejected": False},
     lambda said: said.decision not in ("open", "rejected")),
    ("no notes", {"notes": False}, lambda said: said.kind not in ("comment",)
     and said.decision != "open"),
]  # fmt: skip

# What is settled has ids of its own: the words that are in a file, and the notes that may be.
SETTLED: list[tuple[dict[str, Any], set[int], set[str]]] = [
    ({}, {6, 7}, {"note6q", "why7q", "why8q"}),
    ({"since": "2026-03-01"}, {7}, {"why7q"}),
    ({"until": "2026-01-31"}, set(), {"why8q"}),
    ({"since": "2026-02-01", "until": "2026-02-28"}, {6}, {"note6q"}),
    ({"concerns": ["press_freedom"]}, set(), set()),
    ({"documents": ["news"]}, set(), set()),
    ({"polarities": ["safeguard"]}, set(), set()),
    ({"notes": False}, {6, 7}, set()),
    ({"reviewers": ["Annqq"]}, set(), set()),
]

# The kinds that a format has in words, ids or notes; the rest is told by what is marked.
CARRIES = {
    **{name: {"tag"} for name in ("webanno", "qdpx", "docbin", "akn")},
    "jsonl": {"tag", "suggestion", "review", "assessment", "comment", "link", "adjudication"},
    "csv": {"tag", "suggestion", "review", "assessment"},
    "xlsx": {"tag", "suggestion", "review", "assessment"},
    "parquet": {"tag", "suggestion", "review", "assessment"},
    "prodigy": {"tag", "review"},
    "labelstudio": {"tag", "suggestion"},
    "cas": {"tag", "suggestion", "review"},
    "w3c": {"tag", "suggestion"},
    "release": {"tag", "suggestion", "review", "assessment", "comment", "link", "adjudication"},
}
# One of each family, those that are quickly written; all go through the same selection.
QUICK = ("jsonl", "csv", "doccano", "labelstudio", "brat", "w3c", "qdpx", "akn", "qdc")


@pytest.mark.parametrize("format", QUICK)
def test_each_filter_holds(wide: Wide, tmp_path: Path, format: str) -> None:
    held(wide, tmp_path, format)


@pytest.mark.long
@pytest.mark.parametrize("format", sorted(FORMATS.keys() - QUICK))
def test_each_filter_holds_in_the_other_formats(wide: Wide, tmp_path: Path, format: str) -> None:
    held(wide, tmp_path, format)


def held(wide: Wide, tmp_path: Path, format: str) -> None:
    """Fail where a filter lets anything through, or keeps back what it should not."""
    for name, chosen, keeps in FILTERS:
        content = written(wide, format, chosen)
        text = shown(content)
        for said in wide.said:
            told = [word for word in (*said.words, *said.notes) if word in text]
            if chosen.get("notes") is False:
                assert not set(said.notes) & set(told), f"{name}: a note of {said}"
            if not keeps(said):
                assert not told, f"{name}: {said} is outside"
            elif said.kind in CARRIES.get(format, ()) and (set(said.words) - set(said.notes)):
                assert told, f"{name}: {said} is inside"
        wanted = {said.number for said in wide.said if said.kind == "tag" and keeps(said)}
        assert quoted(wide.store, format, content, tmp_path) in (None, wanted), name
    for chosen, wanted, notes in SETTLED:
        content = written(wide, format, {"settled": True, **chosen})
        text = shown(content)
        told = {word for said in wide.said for word in (*said.words, *said.notes) if word in text}
        assert told <= notes, chosen
        assert quoted(wide.store, format, content, tmp_path) in (None, wanted), chosen


def written(wide: Wide, format: str, chosen: dict[str, Any]) -> bytes:
    table = "all" if FORMATS[format].tables else ""
    return export.as_bytes(wide.store, format, Selection(names=True, **chosen), table=table)


def quoted(filled: Store, format: str, content: bytes, folder: Path) -> set[int] | None:
    """The numbers of the words that are marked in the file; `None` where no reader says so."""
    if format == "jsonl":
        lines = [json.loads(line) for line in content.decode().splitlines()]
        marks = [one["quote"] for one in lines if one["type"] == "annotation"]
        return numbers(marks)
    if format not in readers.READERS or format == "csv":
        return None
    path = folder / f"file{FORMATS[format].suffix}"
    path.write_bytes(content)
    if format == "w3c" and b'"Annotation"' not in content:
        return set()  # which its reader takes for no such file
    foreign = readers.read(format, path)
    found = []
    for mark in foreign.marks:
        text = foreign.texts[mark.text]
        whole = text.content or filled.document(text.sha256 or text.name).text
        found.append(mark.quote or whole[mark.start : mark.end])
    return numbers(found)


def numbers(quotes: list[str]) -> set[int]:
    return {int(found) for quote in quotes for found in re.findall(r"word(\d+)q", quote)}


def shown(content: bytes) -> str:
    """All that a file says, unpacked, without the texts themselves where they are a line."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(shown(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"PAR1"):
        return str(pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist())
    if content[:2] in (b"\x78\x01", b"\x78\x9c", b"\x78\xda"):
        content = zlib.decompress(content)
    return content.decode("utf-8", errors="ignore")


@pytest.mark.parametrize(
    ("format", "line", "clause"),
    [
        # a format, what it shows around the words of article 3: their line, or their clause
        ("csv", {"word3q"}, {"word3q", "line3q"}),
        ("doccano", {"word3q", "line3q", "beside3q"}, {"word3q", "line3q"}),
        ("w3c", {"word3q"}, {"word3q"}),
    ],
)
def test_what_stands_around_the_words_is_as_much_as_was_chosen(
    wide: Wide, format: str, line: set[str], clause: set[str]
) -> None:
    for context, told in (("line", line), ("clause", clause)):
        chosen = {"context": context, "polarities": ["safeguard"], "reviewers": [BELA.name]}
        content = written(wide, format, {**chosen, "documents": ["law"], "since": "2026-03-01"})
        task = next(one for one in shown(content).split("\n") if "word3q" in one)
        found = {word for word in ("word3q", "line3q", "beside3q") if word in task.casefold()}
        assert found == told, context
