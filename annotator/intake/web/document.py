"""A web address -> the documents behind it, by the reader of their form."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from annotator.errors import IntakeError
from annotator.intake.languages import bilingual
from annotator.intake.read import read_bytes
from annotator.intake.web.addresses import shown
from annotator.intake.web.fetch import Fetched, fetch
from annotator.model import Document

_MEDIA = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/akn+xml": ".xml",
}
# What servers say of files they do not know: the name and the first bytes decide.
_ANY = ("", "application/octet-stream", "binary/octet-stream", "application/download",
        "application/force-download", "application/x-download")  # fmt: skip
_NAMED = re.compile(r"\.(html?|xhtml|txt|text|md|markdown|pdf|docx|xml|akn)\Z", re.I)
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head)", re.I | re.S
)
_XML_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}>.{0,500}?<html[\s>]", re.I | re.S
)
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|akomantoso)", re.I)


def read_address(
    url: str,
    *,
    kind: str | None = None,
    language: str | None = None,
    title: str | None = None,
    allow_private: bool = False,
) -> Document:
    """The document at a web address: a page, plain text, a PDF, DOCX or Akoma Ntoso file.

    Nothing is stored. `source` is the address given; the metadata hold `address` (the one it led
    to), `retrieved` (UTC, ISO 8601) and `sha256_source` (of the bytes that came), and what the
    page says of its author, publisher and date. Of a page in several languages this is the version
    in `language`, or else the first.

    Only http and https, within limits of size and time. Loopback, private and link-local addresses
    are refused, before and after redirects and the look-up of names, unless `allow_private` or
    ANNOTATOR_ALLOW_PRIVATE=1 says otherwise. The site's robots.txt is kept to.

    Raises `IntakeError`, on one line that quotes the address, for whatever cannot be read.
    """
    found = read_address_all(
        url, kind=kind, language=language, title=title, allow_private=allow_private
    )
    return bilingual.chosen(found, language)


def read_address_all(
    url: str,
    *,
    kind: str | None = None,
    language: str | None = None,
    title: str | None = None,
    allow_private: bool = False,
) -> tuple[Document, ...]:
    """As `read_address`, but every language version of the text behind the address."""
    given = url.strip()
    got = fetch(given, allow_private=allow_private)
    return documents(got, given, kind=kind, language=language, title=title)


def documents(
    got: Fetched,
    given: str,
    *,
    kind: str | None = None,
    language: str | None = None,
    title: str | None = None,
) -> tuple[Document, ...]:
    """As `read_address_all`, from what was fetched already; `given` is the address asked for."""
    suffix = _suffix(got)
    try:
        found = read_bytes(
            got.data,
            name=_name(got.url),
            suffix=suffix,
            kind=kind,
            language=language,
            title=title,
            source=given,
            charset=got.charset,
            metadata={
                "address": got.url,
                "retrieved": got.retrieved,
                "sha256_source": got.sha256,
            },
        )
    except IntakeError as error:
        raise IntakeError(f"{shown(given)}: {error}") from error
    if not got.warnings:
        return found
    return tuple(replace(one, warnings=(*one.warnings, *got.warnings)) for one in found)


def _name(url: str) -> str:
    """What to call the text: the last part of the address that is a name, else the host.

    >>> _name("https://example.org/laws/water-act.html?print=1")
    'water-act'
    """
    parts = urlsplit(url)
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    name = _NAMED.sub("", last)
    if not any(char.isalpha() for char in name) or name.lower() in ("index", "default", "home"):
        name = f"{parts.hostname or ''} {name}".strip()
    return re.sub(r"[\s.]+", "-", name)[:80] or "page"


def _suffix(got: Fetched) -> str:
    """The form of what came, by its first bytes, its type and its name, in that order.

    Raises `IntakeError`, naming the type, for what no reader takes.
    """
    start = got.data[:4096]
    named = _NAMED.search(urlsplit(got.url).path)
    suffix = f".{named.group(1).lower()}" if named else ""
    if start.startswith(b"%PDF") or b"\n%PDF-" in start[:1024]:
        return ".pdf"
    if start.startswith(b"PK\x03\x04") and (
        got.media.endswith("wordprocessingml.document")
        or suffix == ".docx"
        or b"word/" in got.data[:4096]
        or b"word/document.xml" in got.data[-65536:]
    ):
        return ".docx"
    by_type = _MEDIA.get(got.media, "")
    if by_type in (".pdf", ".docx"):
        if _HTML.match(start):
            # A sign-in or an error under the name of the file.
            raise IntakeError(
                f"{shown(got.url)} was to be a {by_type[1:].upper()} file and is a web page: open "
                "it in a browser, save the file and give that"
            )
        return by_type
    if by_type == ".xml":
        return ".html" if _XML_PAGE.match(start) or _HTML.match(start) else ".xml"
    if by_type == ".txt" and suffix == ".md":
        return ".md"
    if by_type:
        return by_type
    if got.media in _ANY or got.media.endswith("+xml"):
        if _HTML.match(start) or _XML_PAGE.match(start):
            return ".html"
        if _XML.match(start):
            return ".xml"
        if suffix and got.media in _ANY:
            return suffix
    said = f"of the type {got.media!r}" if got.media else "of a type that is not said"
    raise IntakeError(
        f"{shown(got.url)} is {said}, which cannot be read: give the address of a web page, a "
        "plain text, a PDF, a DOCX or an Akoma Ntoso file"
    )
