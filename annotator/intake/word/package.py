"""The bytes of a DOCX file -> its XML parts, read within limits and without entities."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from struct import error as StructError
from typing import cast
from xml.etree.ElementTree import Element, ParseError
from zlib import error as ZlibError

from annotator.errors import IntakeError

# Uncompressed: all parts as the archive lists them, and one part as it is read.
LARGEST_PACKAGE = 300_000_000
LARGEST_PART = 20_000_000
MOST_PARTS = 5_000
_MAIN = "word/document.xml"
# What zipfile raises for an archive that is damaged in one way or another.
_BROKEN = (
    zipfile.BadZipFile,
    EOFError,
    IndexError,
    LZMAError,
    NotImplementedError,
    OSError,
    StructError,
    ValueError,
    ZlibError,
)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a DOCX file: its body, and styles and numbering where it has them."""

    body: Element
    styles: Element | None
    numbering: Element | None
    macros: bool


def name(element: Element) -> str:
    """The element's name without its namespace; strict and transitional files differ in that."""
    return element.tag.rpartition("}")[2]


def value(element: Element, attribute: str = "val") -> str:
    """The attribute of that name in any namespace, or nothing."""
    for key, found in element.attrib.items():
        if key.rpartition("}")[2] == attribute:
            return found
    return ""


def child(element: Element | None, *names: str) -> Element | None:
    """The element that is found by going down the names, or None."""
    for wanted in names:
        if element is None:
            return None
        element = next((inner for inner in element if name(inner) == wanted), None)
    return element


def children(element: Element | None) -> list[Element]:
    """The elements inside, none where there is no element."""
    return [] if element is None else list(element)


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `w:vanish` is there and not turned off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def load(data: bytes) -> Package:
    """The parts of a DOCX file.

    Raises `IntakeError` for what is no DOCX file, breaks off, is locked, declares entities, or is
    larger than the limits when unpacked. Nothing is written and no name in the archive is used as
    a path.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise IntakeError(
            "this is an old Word file or one locked with a password: save it as .docx without one"
        )
    if not data.startswith(b"PK"):
        raise IntakeError("this is not a DOCX file: open it in a word processor and save it again")
    # Before the archive's list of parts is read, which may be most of it.
    if data.count(b"PK\x01\x02") > 2 * MOST_PARTS:
        raise IntakeError(
            f"the DOCX file has more than {MOST_PARTS:,} parts: save its text as a file of its own"
        )
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise IntakeError("the DOCX file is damaged or breaks off: download it again") from error
    with archive:
        return _package(archive)


def _package(archive: zipfile.ZipFile) -> Package:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    if total > LARGEST_PACKAGE or len(parts) > MOST_PARTS:
        raise IntakeError(
            f"the DOCX file unpacks to {total:,} bytes in {len(parts):,} parts, more than "
            f"{LARGEST_PACKAGE:,} or {MOST_PARTS:,}: save its text as a file of its own"
        )
    names = {part.filename for part in parts}
    main = _main(archive, names)
    if main not in names:
        raise IntakeError("the file is a ZIP but no DOCX file: open it and give what is inside")
    document = _xml(archive, main)
    body = child(document, "body")
    if body is None:
        raise IntakeError("the DOCX file has no body: save it again in a word processor")
    folder = main.rpartition("/")[0]

    def beside(part: str) -> Element | None:
        path = f"{folder}/{part}" if folder else part
        return _xml(archive, path) if path in names else None

    macros = any(part.endswith("vbaProject.bin") for part in names)
    return Package(body, beside("styles.xml"), beside("numbering.xml"), macros)


def _main(archive: zipfile.ZipFile, names: set[str]) -> str:
    """The name of the part with the text, which not every program calls the same."""
    if _MAIN in names or "_rels/.rels" not in names:
        return _MAIN
    for relation in _xml(archive, "_rels/.rels"):
        if value(relation, "Type").endswith("/officeDocument"):
            return value(relation, "Target").lstrip("/")
    return _MAIN


def _xml(archive: zipfile.ZipFile, path: str) -> Element:
    import defusedxml
    from defusedxml.ElementTree import fromstring

    try:
        with archive.open(path) as part:
            data = part.read(LARGEST_PART + 1)
    except _BROKEN as error:
        raise IntakeError("the DOCX file is damaged or breaks off: download it again") from error
    except RuntimeError as error:
        # So zipfile reports a part that is encrypted.
        raise IntakeError("the DOCX file is locked: save a copy without a password") from error
    if len(data) > LARGEST_PART:
        raise IntakeError(
            f"{path} in the DOCX file unpacks to more than {LARGEST_PART:,} bytes: split it"
        )
    try:
        return cast(Element, fromstring(data, forbid_dtd=True))
    except defusedxml.DefusedXmlException as error:
        raise IntakeError(
            f"{path} in the DOCX file declares entities, which Word never writes: not read"
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        raise IntakeError(
            f"{path} in the DOCX file is damaged: save it again in a word processor"
        ) from error
