"""brat standoff: for each reviewer a folder with the texts (.txt) and what was marked (.ann).

Offsets are code points. brat knows no line ends within a span: one that crosses them is written in
a fragment a line, and read back as one span where nothing but white space parts the fragments. The
severity is an attribute, the note an annotator's note, its line ends and tabs as ␤ and ␉.
`annotation.conf` lists the labels, each code under its concern and polarity, and lets them overlap;
`visual.conf` says what they are called and gives each concern its colour.

Source: brat's manual, "brat standoff format" and "Annotation configuration".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from annotator.errors import ExportError
from annotator.export import labels
from annotator.export.dataset import Dataset, Part
from annotator.export.loading.foreign import Foreign, Mark, Text
from annotator.export.tools import bundle, naming
from annotator.model import POLARITIES, SEVERITIES, Annotation

_SHOWN = str.maketrans({"\r": "␍", "\n": "␤", "\t": "␉"})
_MEANT = str.maketrans({"␍": "\r", "␤": "\n", "␉": "\t"})
# Dark enough for white letters, as the marks on the page: blue, orange and violet.
_COLOURS = {"blue": "#1F5FA8", "orange": "#B45309", "violet": "#6B3FA0"}
_SPAN = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")


def files(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """The configuration, then reviewer by reviewer and text by text a `.txt` and an `.ann`."""
    yield "annotation.conf", _configuration(dataset).encode()
    yield "visual.conf", _looks(dataset).encode()
    names = naming.text_names((one.id, one.slug, one.version) for one in dataset.documents)
    for part in dataset.parts():
        for reviewer in dataset.reviewers:
            marks = [mark for mark in part.annotations if mark.reviewer == reviewer.id]
            if marks or any(one.reviewer == reviewer.id and one.done for one in part.reviews):
                path = f"{naming.quoted(dataset.name(reviewer.id))}/{names[part.document.id]}"
                yield f"{path}.txt", part.document.text.encode()
                yield f"{path}.ann", "".join(_lines(part, marks)).encode()


def _configuration(dataset: Dataset) -> str:
    lines = ["[entities]"]
    for concern in dataset.codebook.concerns:
        for polarity in POLARITIES:
            lines.append(labels.label(concern.id, polarity))
            lines += [f"\t{labels.label(concern.id, polarity, code.id)}" for code in concern.codes]
    # Without this line brat takes overlapping marks for a mistake.
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    lines += ["", "[relations]", overlap, "", "[events]", "", "[attributes]"]
    lines += [f"severity\tArg:<ENTITY>, Value:{'|'.join(SEVERITIES)}", ""]
    return "\n".join(lines)


def _looks(dataset: Dataset) -> str:
    """What labels are called on the screen, and each concern's colour."""
    names, colours = ["[labels]"], ["[drawing]"]
    for concern in dataset.codebook.concerns:
        colour = _COLOURS.get(concern.slot, "#1E2429")
        for polarity in POLARITIES:
            for code, name in (("", concern.name), *((one.id, one.name) for one in concern.codes)):
                label = labels.label(concern.id, polarity, code)
                said = " ".join(name.replace("|", "/").split())
                names.append(f"{label} | {said}, {polarity} | {polarity}")
                colours.append(f"{label}\tbgColor:{colour}, fgColor:white")
    return "\n".join([*names, "", *colours, ""])


def _lines(part: Part, marks: Iterable[Annotation]) -> Iterator[str]:
    attributes = notes = 0
    for number, mark in enumerate(marks, start=1):
        label = labels.label(mark.concern, mark.polarity, mark.code)
        fragments = list(_fragments(part.document.text, mark))
        places = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(part.document.text[start:end] for start, end in fragments)
        yield f"T{number}\t{label} {places}\t{words}\n"
        if mark.severity:
            attributes += 1
            yield f"A{attributes}\tseverity T{number} {mark.severity}\n"
        if mark.note:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes T{number}\t{mark.note.translate(_SHOWN)}\n"


def _fragments(text: str, mark: Annotation) -> Iterator[tuple[int, int]]:
    """The mark without the line ends in it; tabs are as little allowed."""
    for found in re.finditer(r"[^\n\r\t]+", text[mark.start : mark.end]):
        if found.group().strip() or mark.quote.isspace():
            yield mark.start + found.start(), mark.start + found.end()


def read(path: Path) -> Foreign:
    """The text-bound annotations of every `.ann`, its reviewer being the folder it is in."""
    found = bundle.files(path, (".ann", ".txt"))
    texts: list[Text] = []
    marks: list[Mark] = []
    others = parted = 0
    for name, content in found.items():
        if not name.endswith(".ann"):
            continue
        beside = found.get(f"{name[:-4]}.txt")
        words = None if beside is None else bundle.text(path, f"{name[:-4]}.txt", beside)
        place = PurePosixPath(name)
        texts.append(Text(name=place.stem, content=words))
        who = "" if place.parent == PurePosixPath(".") else naming.unquoted(place.parent.name)
        lines = bundle.text(path, name, content).split("\n")
        extra = _extras(lines)
        for number, line in enumerate(lines, start=1):
            where = f"{name}, line {number}"
            if not line.startswith("T"):
                others += line[:1] in ("R", "E", "*", "N", "M")
                continue
            key, label, spans, quote = _bound(path, where, line)
            severity, note = extra.get(key, ("", ""))
            whole = _joined(spans, words)
            parted += len(whole) > 1
            for start, end in whole:
                marks.append(
                    Mark(
                        len(texts) - 1,
                        start,
                        end,
                        None if words is not None or len(spans) > 1 else quote,
                        label=label,
                        severity=severity,
                        note=note,
                        reviewer=who,
                        where=where,
                    )
                )
    return Foreign(tuple(texts), tuple(marks), passed={"parted": parted, "events": others})


def _bound(path: Path, where: str, line: str) -> tuple[str, str, list[tuple[int, int]], str]:
    """Id, type, fragments and words of a text-bound annotation."""
    cells = line.rstrip("\r").split("\t", 2)
    found = _SPAN.fullmatch(cells[1]) if len(cells) > 1 else None
    if found is None:
        raise ExportError(f"{path}, {where}: {line[:60]!r} is not `T1<tab>type 0 5<tab>words`")
    spans = [
        (int(start), int(end))
        for start, end in (one.split(" ") for one in found.group(2).split(";"))
    ]
    return cells[0], found.group(1), spans, cells[2] if len(cells) > 2 else ""


def _extras(lines: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """By the id of an annotation its severity and its note."""
    severity: dict[str, str] = {}
    notes: dict[str, str] = {}
    for line in lines:
        cells = line.rstrip("\r").split("\t")
        about = cells[1].split(" ") if len(cells) > 1 else []
        if line.startswith(("A", "M")) and len(about) == 3 and about[0] == "severity":
            severity[about[1]] = about[2]
        elif line.startswith("#") and len(about) == 2 and len(cells) > 2:
            said = "\t".join(cells[2:]).translate(_MEANT)
            notes[about[1]] = f"{notes[about[1]]}\n{said}" if about[1] in notes else said
    return {
        key: (severity.get(key, ""), notes.get(key, "")) for key in severity.keys() | notes.keys()
    }


def _joined(spans: list[tuple[int, int]], text: str | None) -> list[tuple[int, int]]:
    """The fragments, those made one that only white space parts."""
    found = [spans[0]]
    for start, end in spans[1:]:
        before, last = found[-1]
        if text is not None and last <= start and not text[last:start].strip():
            found[-1] = before, end
        else:
            found.append((start, end))
    return found
