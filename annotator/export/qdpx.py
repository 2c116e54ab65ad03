"""A REFI-QDA project, as NVivo, ATLAS.ti, MAXQDA and QualCoder exchange them.

Each text is a source, each passage a selection under the name of who coded it, called by its
citation: coded with its code (with its concern where it has none, or none the codebook still
knows), its polarity and its severity. What a reviewer wrote on it is a note. Offsets are code
points of the text in `sources/`.

Source: REFI-QDA 1.5 (2019), project exchange.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from annotator.errors import CodebookError
from annotator.export import refi
from annotator.export.dataset import Dataset, Part
from annotator.export.files import zipped
from annotator.model import Annotation, stable_id

if TYPE_CHECKING:
    # Loaded where it is used: libxml2 is of no use to any other command.
    from lxml.etree import _Element as Element

NAMESPACE = "urn:QDA-XML:project:1.0"


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
    if document.notice:
        refi.below(source, "Description").text = refi.writable(document.notice)
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
            refi.below(note, "PlainTextContent").text = refi.writable(one.note)
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
