"""A REFI-QDA project, as NVivo, ATLAS.ti, MAXQDA and QualCoder exchange them.

Each text is a source, each passage a selection under the name of who coded it, called by its
citation: coded with its code (with its concern where it has none, or none the codebook still
knows), its polarity and its severity. What a reviewer wrote on it is the selection's description,
which MAXQDA and QualCoder show, and a note, which NVivo does. Offsets are code points of the text
in `sources/`.

Programs differ in what they write: the folder may be `Sources`, what was coded in a PDF stands in a
`Representation` with a text of its own, and ATLAS.ti counts a line end of two signs as one.

Source: REFI-QDA 1.5 (2019), project exchange.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element as XmlElement

from annotator import codebook as codebooks
from annotator.errors import CodebookError, ExportError
from annotator.export.dataset import Dataset, Part
from annotator.export.files import zipped
from annotator.export.loading.foreign import Foreign, Mark, Text
from annotator.export.loading.readers import content, unpacking
from annotator.export.standards import refi
from annotator.export.tools import jsonlines
from annotator.export.xml_text import writable
from annotator.model import Annotation, stable_id

if TYPE_CHECKING:
    # Loaded where it is used: libxml2 is of no use to any other command.
    from lxml.etree import _Element as Element

NAMESPACE = "urn:QDA-XML:project:1.0"
LARGEST = 100_000_000
# What holds plain text that passages are selected in: a PDF and a picture have it beside.
_TEXTS = ("TextSource", "Representation", "TextDescription")
_OTHERS = ("PDFSource", "PictureSource", "AudioSource", "VideoSource")
# Coded places in what is seen or heard, which are no words of a text.
_AREAS = (
    *("PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection"),
    "TranscriptSelection",
)


def render(dataset: Dataset) -> Iterator[bytes]:
    """The project as one `.qdpx` file, which is a zip."""
    return zipped(_files(dataset))


def _files(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """The texts, and `project.qde` with what was said of them."""
    from lxml import etree

    project = io.BytesIO()
    with etree.xmlfile(project, encoding="UTF-8") as xml:
        xml.write_declaration()
        opened = xml.element(
            f"{{{NAMESPACE}}}Project",
            {"name": "Annotations", "origin": refi.ORIGIN},
            nsmap={None: NAMESPACE},
        )
        with opened:
            _put(xml, _users(dataset))
            _put(xml, _codebook(dataset))
            notes = refi.top(NAMESPACE, "Notes")
            with xml.element(f"{{{NAMESPACE}}}Sources"):
                for part in dataset.parts():
                    _put(xml, _source(dataset, part, notes))
                    yield f"sources/{part.document.id}.txt", part.document.text.encode()
            _put(xml, notes)
    yield "project.qde", project.getvalue() + b"\n"


def _put(xml: Any, element: Element) -> None:
    """Write an element that has something in it: the schema allows no empty lists."""
    from lxml import etree

    if len(element):
        etree.indent(element, space=" ")
        xml.write(element)


def _users(dataset: Dataset) -> Element:
    users = refi.top(NAMESPACE, "Users")
    for reviewer in dataset.reviewers:
        refi.below(users, "User", guid=_user(dataset, reviewer.id), name=reviewer.name)
    return users


def _user(dataset: Dataset, reviewer: str) -> str:
    """The guid of a reviewer: another one where names are kept back, so that it tells no more."""
    return reviewer if dataset.selection.names else stable_id("refi-qda user", reviewer)


def _codebook(dataset: Dataset) -> Element:
    held = refi.top(NAMESPACE, "CodeBook")
    refi.codes(refi.below(held, "Codes"), dataset.codebook)
    return held


def _source(dataset: Dataset, part: Part, notes: Element) -> Element:
    document = part.document
    source = refi.top(
        NAMESPACE,
        "TextSource",
        guid=document.id,
        name=document.title,
        plainTextPath=f"internal://{document.id}.txt",
    )
    # QualCoder, up to 3.3, takes no source without a day.
    if began := min((one.created for one in part.annotations if one.created), default=""):
        source.set("creationDateTime", began)
    if document.notice:
        refi.below(source, "Description").text = writable(document.notice)
    for one in part.annotations:
        user = _user(dataset, one.reviewer)
        times = {"creationDateTime": one.created} if one.created else {}
        selection = refi.below(
            source,
            "PlainTextSelection",
            guid=one.id,
            name=part.citation(one.eid),
            startPosition=str(one.start),
            endPosition=str(one.end),
            creatingUser=user,
            **times,
        )
        if one.updated:
            selection.set("modifyingUser", user)
            selection.set("modifiedDateTime", one.updated)
        if one.note:
            refi.below(selection, "Description").text = writable(one.note)
        for code in _codes(dataset, one):
            coding = refi.below(
                selection,
                "Coding",
                guid=stable_id("coding", one.id, code),
                creatingUser=user,
                **times,
            )
            refi.below(coding, "CodeRef", targetGUID=code)
        if one.note:
            guid = stable_id("note", one.id)
            refi.below(selection, "NoteRef", targetGUID=guid)
            note = refi.below(
                notes, "Note", guid=guid, name=part.citation(one.eid), creatingUser=user, **times
            )
            refi.below(note, "PlainTextContent").text = writable(one.note)
    return source


def _codes(dataset: Dataset, one: Annotation) -> Iterator[str]:
    concern, code = one.concern, one.code or ""
    try:
        known = dataset.codebook.concern(concern).code(code).id if code else ""
    except CodebookError:
        known = ""
    yield refi.guid(concern, known)
    yield refi.guid(refi.POLARITY, one.polarity)
    if one.severity:
        yield refi.guid(refi.SEVERITY, one.severity)


def read(path: Path) -> Foreign:
    """The coded passages of a project's texts; `ExportError` where it is damaged or none.

    A passage coded with codes of ours is one mark, with its polarity and severity; of other codes
    each makes a mark, labelled with the code's name behind those of the codes above it.
    """
    content(path, 1)  # which says in words of ours why a file cannot be read at all
    with unpacking(path), zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".qde")]
        if not names:
            raise ExportError(f"{str(path)!r} holds no project.qde: name a .qdpx file")
        return _Project(path, archive, names[0]).read()


class _Project:
    """Reads one project; elements are told by their names, whatever version names their space."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, name: str) -> None:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring

        self._path = path
        self._archive = archive
        self._entries = {
            entry.filename.replace("\\", "/").rpartition("/")[2].casefold(): entry
            for entry in archive.infolist()
        }
        try:
            self._root = fromstring(self._bytes(name))
        except (DefusedXmlException, ParseError, ValueError) as error:
            raise ExportError(f"{str(path)!r}: project.qde is damaged: export it again") from error
        self._labels = dict(_labels(self._root))
        self._own = {**refi.names(), **dict(_concerns())}
        self._people = {
            user.get("guid", ""): user.get("name", "") for user in _all(self._root, "User")
        }
        self._notes = {note.get("guid", ""): note for note in _all(self._root, "Note")}

    def read(self) -> Foreign:
        """All texts with their marks."""
        texts: list[Text] = []
        marks: list[Mark] = []
        others = 0
        for whole in (one for held in _all(self._root, "Sources") for one in held):
            found = [one for one in whole.iter() if _tag(one) in _TEXTS]
            others += _tag(whole) in _OTHERS and not found
            for source in found:
                for selection in source:
                    if _tag(selection) == "PlainTextSelection":
                        marks += self._marks(len(texts), selection)
                name, words = whole.get("name", ""), self._words(source)
                texts.append(Text(name=name, content=words, title=name))
        areas = sum(
            any(_tag(held) == "Coding" for held in one)
            for one in self._root.iter()
            if _tag(one) in _AREAS
        )
        passed = {"sources": others, "areas": areas}
        return Foreign(tuple(texts), tuple(marks), passed=passed)

    def _words(self, source: XmlElement) -> str | None:
        """What a source or note says: beside the project, or inside it."""
        held = next((one.text for one in source if _tag(one) == "PlainTextContent"), None)
        address = source.get("plainTextPath", "")
        if held is None and address.startswith("internal://"):
            held = self._bytes(address.rpartition("/")[2]).decode("utf-8-sig", errors="replace")
        if held and "ATLAS" in self._root.get("origin", "").upper():
            held = held.replace("\r\n", "\n")  # as it counts them
        return held

    def _bytes(self, name: str) -> bytes:
        entry = self._entries.get(name.rpartition("/")[2].casefold())
        if entry is None:
            raise ExportError(f"{str(self._path)!r} lacks {name!r}: export it again")
        with self._archive.open(entry) as file:
            found = file.read(LARGEST + 1)
        if len(found) > LARGEST:
            raise ExportError(f"{str(self._path)!r}: {name!r} has more than {LARGEST:,} bytes")
        return found

    def _marks(self, text: int, selection: XmlElement) -> Iterator[Mark]:
        codings = [one for one in selection if _tag(one) == "Coding"]
        codes = [ref.get("targetGUID", "") for one in codings for ref in _all(one, "CodeRef")]
        meant = dict(self._own[code] for code in codes if code in self._own)
        place = [_number(selection.get(side)) for side in ("startPosition", "endPosition")]
        where = f"selection {selection.get('guid', '')}"
        if None in place:
            raise ExportError(
                f"{self._path}, {where}: its positions are no numbers: export it again"
            )
        start, end = (number or 0 for number in place)
        who = selection.get("creatingUser") or next(
            (one.get("creatingUser", "") for one in codings), ""
        )
        said: dict[str, Any] = {
            "reviewer": self._people.get(who, ""),
            "created": selection.get("creationDateTime", ""),
            "updated": selection.get("modifiedDateTime", ""),
            "note": "\n\n".join(dict.fromkeys(self._noted(selection))),
            "where": where,
        }
        if refi.CODE in meant:
            concern, _, code = meant[refi.CODE].partition("/")
            graded = {kind: meant.get(kind, "") for kind in (refi.POLARITY, refi.SEVERITY)}
            own = jsonlines.own_id(selection.get("guid", "").strip("{}").lower())
            yield Mark(text, start, end, concern=concern, code=code, id=own, **graded, **said)
        for code in codes:
            if code not in self._own:
                yield Mark(text, start, end, label=self._labels.get(code, code), **said)

    def _noted(self, selection: XmlElement) -> Iterator[str]:
        for one in selection:
            if _tag(one) == "Description" and one.text:
                yield one.text
        for ref in _all(selection, "NoteRef"):
            note = self._notes.get(ref.get("targetGUID", ""))
            words = self._words(note) if note is not None else None
            if words:
                yield words


def _labels(root: XmlElement, above: str = "") -> Iterator[tuple[str, str]]:
    """By guid the name of each code, with those of the codes above it."""
    for one in root:
        if _tag(one) == "Code":
            name = f"{above} / {one.get('name', '')}" if above else one.get("name", "")
            yield one.get("guid", ""), name
            yield from _labels(one, name)
        elif _tag(one) in ("CodeBook", "Codes"):
            yield from _labels(one, above)


def _concerns() -> Iterator[tuple[str, tuple[str, str]]]:
    """By guid each concern, and each with its codes."""
    for concern in codebooks.load().concerns:
        yield refi.guid(concern.id), (refi.CODE, concern.id)
        for code in concern.codes:
            yield refi.guid(concern.id, code.id), (refi.CODE, f"{concern.id}/{code.id}")


def _tag(element: XmlElement) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: XmlElement, tag: str) -> Iterator[XmlElement]:
    return (one for one in element.iter() if _tag(one) == tag)


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdecimal() else None
