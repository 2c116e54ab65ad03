"""Documents as Akoma Ntoso 3.0 XML, a file each: the text with its structure and its eIds.

Clauses carry their number, heading and words in the elements a parliament's software expects; what
was said of them stands aside, in a `proprietary` block of the metadata, by eId and offsets into the
whole text, since passages overlap and cross clauses as elements cannot. What is in no clause stays
in its place as a `crossHeading`, or in the preface or conclusions.

Source: Akoma Ntoso Version 1.0 (OASIS Standard, 29 August 2018), the schema akomantoso30.xsd.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.export.dataset import Dataset
from annotator.export.xml_text import writable
from annotator.intake.akoma.metadata import three_letters
from annotator.model import Annotation, Clause, Document

if TYPE_CHECKING:
    # Loaded where it is used: libxml2 is of no use to any other command.
    from lxml.etree import _Element as Element

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:annotator:1"
SOURCE = "#annotator"
# The element of a clause by its kind; the rest are an `hcontainer` with the kind as its name.
_ELEMENTS = {
    "part": "part",
    "chapter": "chapter",
    "section": "section",
    "article": "article",
    "paragraph": "paragraph",
    "point": "point",
    "paragraph-text": "alinea",
}
# What a part or section calls itself stands in its eId: "book_I", "chp_2__title_1".
_CALLED = ("title", "book", "tome", "division", "subdivision", "subpart", "subchapter")
_NO_DATE = "0001-01-01"
_APART = re.compile(r"\n(?:[ \t]*\n)+")


def files(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """`<slug>.xml` of each document; an earlier version's name ends in its number."""
    taken: set[str] = set()
    for part in dataset.parts():
        name = part.document.slug
        if name in taken:
            name = f"{name}-v{part.document.version}"
        taken.add(name)
        said = [(one, dataset.name(one.reviewer)) for one in part.annotations]
        yield f"{name}.xml", xml(part.document, said, codebook=dataset.codebook.stamp)


def xml(
    document: Document, said: Sequence[tuple[Annotation, str]] = (), *, codebook: str = ""
) -> bytes:
    """A document as UTF-8 XML with its declaration, and what was `said` of it, and by whom.

    `codebook` is the version that the annotations follow.
    """
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
    treaty = document.kind == "treaty"
    main = _below(root, "act" if treaty else "doc", name=document.kind)
    meta = _meta(main, document)
    if said:
        _said(meta, document, said, codebook)
    _Writer(document).write(main, "body" if treaty else "mainBody")
    etree.indent(root, space=" ")
    found: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return found + b"\n"


class _Writer:
    """Writes the clauses of one document; every word of its text comes once, in its order."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._title = document.title
        self._children: dict[str | None, list[Clause]] = {}
        for clause in document.clauses:
            self._children.setdefault(clause.parent, []).append(clause)
        self._taken = {clause.eid for clause in document.clauses}

    def write(self, main: Element, body_name: str) -> None:
        """Write preface, preamble, body and conclusions below the document's element."""
        top = self._children.get(None, [])
        preambles = [clause for clause in top if clause.kind == "preamble"]
        first = preambles[:1] if preambles and preambles[0] is top[0] else []
        rest = top[len(first) :]
        last = len(rest)
        while last and rest[last - 1].kind == "paragraph-text":
            last -= 1
        if not last:
            last = len(rest)
        begins = top[0].start if top else len(self._text)
        self._preface(main, self._text[:begins])
        for clause in first:
            preamble = _below(main, "preamble", eId=clause.eid)
            self._container(preamble, clause)
        body = _below(main, body_name)
        at = first[0].end if first else begins
        for clause in rest[:last]:
            self._loose(body, at, clause.start)
            self._clause(body, clause)
            at = clause.end
        closing = rest[last:]
        if not last and not closing:
            self._loose(body, at, len(self._text))
            at = len(self._text)
        if not len(body):
            _words(_below(body, "p"), "")
        self._conclusions(main, closing, at)

    def _preface(self, main: Element, text: str) -> None:
        lines = _lines(text)
        if not lines:
            return
        preface = _below(main, "preface")
        for line in lines:
            paragraph = _below(preface, "p")
            if line == self._title:
                _words(_below(paragraph, "docTitle"), line)
            else:
                _words(paragraph, line)

    def _conclusions(self, main: Element, closing: Sequence[Clause], at: int) -> None:
        written: list[tuple[str, str]] = []
        for clause in closing:
            written += [("", line) for line in _lines(self._text[at : clause.start])]
            for number, line in enumerate(_lines(self._text[clause.start : clause.end])):
                written.append((clause.eid if not number else "", line))
            at = clause.end
        written += [("", line) for line in _lines(self._text[at:])]
        if not written:
            return
        conclusions = _below(main, "conclusions")
        for eid, line in written:
            _words(_below(conclusions, "p", **({"eId": eid} if eid else {})), line)

    def _clause(self, above: Element, clause: Clause) -> None:
        """A clause with its number, heading, words and the clauses below it."""
        kind = _element(clause)
        element = _below(above, kind or "hcontainer", eId=clause.eid)
        if kind is None:
            element.set("name", clause.kind)
        children = self._children.get(clause.eid, [])
        first = children[0].start if children else clause.end
        self._head(element, clause, min(clause.body, first))
        own = _lines(self._text[clause.body : min(clause.own_end, first)])
        at = max(clause.body, min(clause.own_end, first))
        if not children:
            own += _lines(self._text[at : clause.end])
            content = _below(element, "content", eId=self._free(f"{clause.eid}__content"))
            for line in own or [""]:
                _words(_below(content, "p"), line)
            return
        if own:
            intro = _below(element, "intro", eId=self._free(f"{clause.eid}__intro"))
            for line in own:
                _words(_below(intro, "p"), line)
        for child in children:
            self._loose(element, at, child.start)
            self._clause(element, child)
            at = child.end
        self._loose(element, at, clause.end)

    def _head(self, element: Element, clause: Clause, body: int) -> None:
        head = " ".join(self._text[clause.start : body].split())
        heading = " ".join(clause.heading.split())
        number = head
        if heading and head.endswith(heading):
            number = head[: len(head) - len(heading)].rstrip()
        elif heading:
            heading = ""
        if number:
            _words(_below(element, "num"), number)
        if heading:
            _words(_below(element, "heading"), heading)

    def _container(self, above: Element, clause: Clause) -> None:
        """The preamble's own lines and its clauses, which may hold no numbers by the schema."""
        children = self._children.get(clause.eid, [])
        first = children[0].start if children else clause.end
        for line in _lines(self._text[clause.start : first]):
            _words(_below(above, "p"), line)
        at = first
        for child in children:
            for line in _lines(self._text[at : child.start]):
                _words(_below(above, "p"), line)
            held = _below(above, "container", eId=child.eid, name=child.kind)
            self._container(held, child)
            at = child.end
        for line in _lines(self._text[at : clause.end]):
            _words(_below(above, "p"), line)
        if not len(above):
            _words(_below(above, "p"), "")

    def _loose(self, above: Element, start: int, end: int) -> None:
        tag = "p" if above.tag == f"{{{NAMESPACE}}}mainBody" else "crossHeading"
        for line in _lines(self._text[start:end]):
            _words(_below(above, tag, eId=self._free(f"loose_{start}")), line)

    def _free(self, eid: str) -> str:
        """The eId, or one behind it that no clause has."""
        found, number = eid, 1
        while found in self._taken:
            number += 1
            found = f"{eid}_{number}"
        self._taken.add(found)
        return found


def _element(clause: Clause) -> str | None:
    if clause.indent:
        return "indent"
    called = clause.eid.rpartition("__")[2].rpartition("_")[0]
    return called if called in _CALLED else _ELEMENTS.get(clause.kind)


def _meta(main: Element, found: Document) -> Element:
    """Work, expression and manifestation."""
    date = _date(found.metadata.get("date", ""))
    language = three_letters(found.language)
    work = f"/akn/un/act/{date}/{found.slug}"
    expression = f"{work}/{language}@{date}"
    meta = _below(main, "meta")
    identification = _below(meta, "identification", source=SOURCE)
    for level, uri in (
        ("FRBRWork", work),
        ("FRBRExpression", expression),
        ("FRBRManifestation", f"{expression}.xml"),
    ):
        element = _below(identification, level)
        _below(element, "FRBRthis", value=f"{uri}/!main")
        _below(element, "FRBRuri", value=uri)
        if level == "FRBRWork":
            _below(element, "FRBRalias", name="title", value=writable(found.title))
        _below(element, "FRBRdate", date=date, name="document")
        _below(element, "FRBRauthor", href=SOURCE)
        if level == "FRBRWork":
            _below(element, "FRBRcountry", value=found.metadata.get("country", "") or "un")
        elif level == "FRBRExpression":
            _below(element, "FRBRlanguage", language=language)
    references = _below(meta, "references", source=SOURCE)
    author = found.metadata.get("author") or found.metadata.get("publisher") or "unknown"
    _below(
        references, "TLCOrganization", eId="annotator", href="/annotator", showAs=writable(author)
    )
    return meta


def _said(
    meta: Element, document: Document, said: Sequence[tuple[Annotation, str]], codebook: str
) -> None:
    from lxml import etree

    proprietary = _below(meta, "proprietary", source=SOURCE)
    held = etree.SubElement(
        proprietary,
        f"{{{OWN}}}annotations",
        {"textSha256": document.text_sha256, "codebook": codebook},
        nsmap={"a": OWN},
    )
    for one, who in said:
        element = etree.SubElement(held, f"{{{OWN}}}annotation", _fields(one))
        element.set("reviewer", writable(who))
        etree.SubElement(element, f"{{{OWN}}}quote").text = writable(one.quote)
        if one.note:
            etree.SubElement(element, f"{{{OWN}}}note").text = writable(one.note)


def _fields(one: Annotation) -> dict[str, str]:
    fields = {
        "id": one.id,
        "eId": one.eid,
        "start": str(one.start),
        "end": str(one.end),
        "concern": one.concern,
        "code": one.code or "",
        "polarity": one.polarity,
        "severity": one.severity or "",
    }
    return {name: value for name, value in fields.items() if value}


def _date(given: str) -> str:
    """A date as XML Schema has it; a year or month alone begins it."""
    digits = given.strip()[:10]
    parts = digits.split("-")
    if not all(part.isascii() and part.isdecimal() for part in parts) or len(parts[0]) != 4:
        return _NO_DATE
    return "-".join([*parts, "01", "01"][:3])


def _below(above: Element, tag: str, /, **attributes: str) -> Element:
    from lxml import etree

    return etree.SubElement(above, f"{{{NAMESPACE}}}{tag}", attributes)


def _words(element: Element, text: str) -> None:
    """Put words into an element; a line that ends inside them ends by `eol`."""
    first, *further = text.split("\n")
    element.text = writable(first)
    for line in further:
        _below(element, "eol").tail = writable(line)


def _lines(text: str) -> list[str]:
    """The blocks of a text, one empty line apart, each with its lines."""
    blocks = ("\n".join(map(str.strip, block.split("\n"))) for block in _APART.split(text))
    return [block.strip("\n") for block in blocks if block.strip()]
