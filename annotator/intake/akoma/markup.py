"""The bytes of an XML file -> its Akoma Ntoso document, read within limits and without entities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from annotator.errors import IntakeError

LARGEST = 50_000_000
MOST_ELEMENTS = 500_000
# Laws nest some thirty deep; what follows the elements down calls itself at each step.
DEEPEST = 60
_NAMESPACE = re.compile(r"\{[^}]*(?:/akn/|akomantoso)", re.I)
_DOCUMENTS = ("act", "bill", "doc", "statement", "amendment", "debateReport", "judgment")
_TEXT_MARK = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*")
# What other XML files are called, by the name of their outermost element.
_OTHERS = {
    "html": "a web page: name it .html",
    "rss": "a news feed: save the page of one item as .html",
    "feed": "a news feed: save the page of one item as .html",
    "TEI": "TEI: save its text as .txt",
    "document": "a part of a Word file: give the .docx",
    "package": "a part of an office file: give the file itself as .docx or .pdf",
    "NOTICE": "a notice of EUR-Lex: download the text as .html or .pdf",
    "ACT": "Formex of EUR-Lex: download the text as .html or .pdf",
    "Legislation": "Crown legislation XML: download the text as Akoma Ntoso, .html or .pdf",
    "lawdoc": "USLM: download the text as .html or .pdf",
    "bill": "a bill of Congress: download the text as .html or .pdf",
    "svg": "a drawing: give the text itself",
}


def name(element: Element) -> str:
    """The element's name without its namespace, which differs from draft to draft."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, *names: str) -> Element | None:
    """The element that is found by going down the names, or None."""
    for wanted in names:
        if element is None:
            return None
        element = next((inner for inner in element if name(inner) == wanted), None)
    return element


def below(element: Element | None, *names: str) -> Iterator[Element]:
    """The elements of these names anywhere inside, in the order of the text."""
    return (
        (inner for inner in element.iter() if name(inner) in names)
        if element is not None
        else iter(())
    )


class _Bounded(TreeBuilder):
    """Builds the tree of a file that is neither too deep nor too large."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Open an element."""
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise IntakeError(
                f"the XML is nested more than {DEEPEST} elements deep, which no law is: "
                "save its text as .txt"
            )
        if self._count > MOST_ELEMENTS:
            raise IntakeError(f"the XML has more than {MOST_ELEMENTS:,} elements: split it")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """Close an element."""
        self._depth -= 1
        return super().end(tag)


def load(data: bytes) -> tuple[Element, list[Element]]:
    """The document in an Akoma Ntoso file, such as `act`, and what comes with it as annexes.

    Of a collection it is the first act or bill, or else the first document. Raises `IntakeError`
    for what is no XML, breaks off, declares entities, is too large or nested too deep, and for XML
    of another kind, which it names.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    if len(data) > LARGEST:
        raise IntakeError(f"{len(data):,} bytes of XML are more than {LARGEST:,}: split it")
    parser = DefusedXMLParser(target=_Bounded())
    try:
        parser.feed(_TEXT_MARK.sub(b"", data) if data.lstrip()[:1] == b"<" else data)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise IntakeError(
            "the XML declares entities, which a law needs none of: not read; save its text as .txt"
        ) from error
    except ParseError as error:
        line = error.position[0]
        raise IntakeError(
            f"the XML is damaged or breaks off at line {line}: download it again"
        ) from error
    except (LookupError, ValueError) as error:
        raise IntakeError(
            "the XML names an encoding that is not known: save it as UTF-8"
        ) from error
    return _documents(_checked(root))


def inner_document(element: Element) -> Element | None:
    """The document that an attachment or component holds, or the element itself if it is one."""
    if name(element) in _DOCUMENTS:
        return element
    return next((part for part in element if name(part) in _DOCUMENTS), None)


def _checked(root: Element) -> Element:
    kind = name(root)
    if kind.lower() == "akomantoso" or (kind in _DOCUMENTS and _NAMESPACE.search(str(root.tag))):
        return root
    what = _OTHERS.get(kind, "")
    raise IntakeError(
        f"the XML is <{kind[:40]}>, not Akoma Ntoso"
        + (f", {what}" if what else ": save its text as .txt or .html")
    )


def _documents(root: Element) -> tuple[Element, list[Element]]:
    if name(root) in _DOCUMENTS:
        return root, []
    found = next((inner for inner in root if name(inner) not in ("components", "meta")), None)
    if found is None:
        found = next(below(root, *_DOCUMENTS), None)
    if found is None:
        raise IntakeError("the Akoma Ntoso file holds no document: download it again")
    annexes = [part for inner in root if name(inner) == "components" for part in inner]
    body = child(found, "collectionBody")
    if body is None:
        return found, annexes
    held = [*body, *(child(found, "components") or ()), *annexes]
    parts = [part for part in held if inner_document(part) is not None]
    if not parts:
        return found, []
    main = next((part for part in parts if name(_inner(part)) in ("act", "bill")), parts[0])
    return _inner(main), [part for part in parts if part is not main]


def _inner(part: Element) -> Element:
    found = inner_document(part)
    assert found is not None, "only parts that hold a document are asked for it"
    return found
