"""A file, or the bytes of one -> a `Document`: its form by its suffix, its front matter."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from annotator.errors import IntakeError
from annotator.intake import akoma, pdf, word
from annotator.intake.blocks import Source
from annotator.intake.files import frontmatter
from annotator.intake.files.decoding import decode
from annotator.intake.files.opening import contents, stem_and_suffix
from annotator.intake.languages import bilingual
from annotator.intake.languages.language import check as check_language
from annotator.intake.parse import KINDS, Form, compose_all, parse_all, slugify
from annotator.model import Document

SUFFIXES: dict[str, Form] = {
    ".txt": "text",
    ".text": "text",
    "": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
# Forms that are no text: their bytes are taken apart by a reader of their own.
BINARY: dict[str, Callable[[bytes], Source]] = {
    ".pdf": pdf.to_source,
    ".docx": word.to_source,
    ".akn": akoma.to_source,
    ".xml": akoma.to_source,
}
LARGEST_TEXT = 10_000_000
LARGEST_BINARY = 100_000_000
# What a text begins with that is markup, whatever its name says, and the root element of it.
_ROOT = re.compile(
    r"\s*(?:(<\?xml\b[^>]{0,300}>)\s*)?(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,500}>\s*)*"
    r"(?:<!doctype\s+([\w:]{1,40})[^>\[]{0,500}>\s*(?:<!--.{0,2000}?-->\s*)*)?"
    r"(?:<(?:[\w.-]{1,40}:)?([A-Za-z]{1,40})(?=(?:\s[^<>]{0,4000})?>))?",
    re.I | re.S,
)
_LOOKED_AT = 8_192
_HTML = frozenset({"html", "head", "body"})
_FIELDS = frozenset({"title", "slug", "kind", "language", "source", "notice"})


def read(
    path: str | Path,
    *,
    kind: str | None = None,
    language: str | None = None,
    title: str | None = None,
    require: tuple[str, ...] = (),
) -> Document:
    """The document in a .txt, .md, .html, .pdf, .docx, .xml or .akn file; nothing is stored.

    What is given as an argument wins over the front matter, that over what the text shows.
    `require` names front matter keys the file must have, which PDF, DOCX and XML cannot have.
    HTML and Akoma Ntoso under the name of another text form are read as what they are, with a
    warning. The slug is that of the front matter, or made from the file's name.

    Raises `IntakeError`, naming the file and where it can the line, for a file that is missing,
    empty, of another form than its suffix says, of an unknown suffix or encoding, for front matter
    that cannot be read or names an unknown kind or language, and for a PDF or DOCX file that is
    locked, damaged, too large or without text.
    """
    found = read_all(path, kind=kind, language=language, title=title, require=require)
    return bilingual.chosen(found, language)


def read_all(
    path: str | Path,
    *,
    kind: str | None = None,
    language: str | None = None,
    title: str | None = None,
    slug: str | None = None,
    require: tuple[str, ...] = (),
) -> tuple[Document, ...]:
    """As `read`, but every language version in the file: one, or two and more of a bilingual text.

    The first in the text has `slug`, else the file's own; a further one has that slug with its
    language behind it (`-nl`), and the first one's slug as `metadata["work"]`.
    """
    place = os.fspath(path)
    suffix = stem_and_suffix(place)[1].lower()
    _check_suffix(suffix, place)
    data = contents(place, largest=LARGEST_BINARY if suffix in BINARY else LARGEST_TEXT)
    return read_bytes(
        data,
        name=place,
        kind=kind,
        language=language,
        title=title,
        slug=slug,
        require=require,
    )


def read_bytes(
    data: bytes,
    *,
    name: str,
    suffix: str | None = None,
    kind: str | None = None,
    language: str | None = None,
    title: str | None = None,
    slug: str | None = None,
    source: str = "",
    charset: str = "",
    metadata: Mapping[str, str] | None = None,
    require: tuple[str, ...] = (),
) -> tuple[Document, ...]:
    """As `read_all`, for a file whose bytes came another way: uploaded, or from the web.

    `name` is the file's, and what errors call it; `suffix` its form (".pdf") where the name does
    not end in it. `charset` is the encoding that a server gave, `source` where the text is from,
    and `metadata` is kept besides what the text says of itself.
    """
    stem, own_suffix = stem_and_suffix(name)
    if not stem.isascii():
        # A file system may hold names that are no text.
        stem = stem.encode("utf-8", "replace").decode("utf-8")
    form = own_suffix.lower() if suffix is None else suffix
    _check_suffix(form, name)
    largest = LARGEST_BINARY if form in BINARY else LARGEST_TEXT
    if len(data) > largest:
        raise IntakeError(f"{name}: {len(data):,} bytes are more than {largest:,}: split it")
    matter = frontmatter.NONE
    text = ""
    said: list[str] = []
    form, otherwise = _form(data, form)
    if form not in BINARY:
        text, said = decode(data, name=name, page=SUFFIXES[form] == "html", charset=charset)
        matter, text = frontmatter.split(text, name=name)
    said = [*otherwise, *said]
    _check(matter, name, require)
    values = matter.values
    own = {key: value for key, value in values.items() if key not in _FIELDS}
    compose: Callable[..., tuple[Document, ...]] = (
        _bytes_as(BINARY[form], data)
        if form in BINARY
        else partial(parse_all, text, form=SUFFIXES[form])
    )
    try:
        return compose(
            kind=kind or values.get("kind") or None,
            language=language if language is not None else values.get("language") or None,
            title=title or values.get("title") or None,
            slug=slug or values.get("slug") or stem,
            source=source or values.get("source", ""),
            notice=values.get("notice", ""),
            metadata={**own, **(metadata or {})},
            name=stem,
            warnings=said,
        )
    except IntakeError as error:
        raise IntakeError(f"{name}: {error}") from error
    except (RecursionError, MemoryError) as error:
        # Readers bound how deep they go; this is for what they did not foresee.
        raise IntakeError(f"{name} is nested too deep or grows too large: not read") from error


def _form(data: bytes, suffix: str) -> tuple[str, list[str]]:
    """The suffix that fits a text file, and a warning where that is not its own."""
    if suffix in BINARY:
        return suffix, []
    start = data[:_LOOKED_AT]
    if b"<" not in start:
        return suffix, []
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = start.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff")
    match = _ROOT.match(head)
    declared, doctype, root = match.groups(default="") if match else ("", "", "")
    is_page = doctype.lower() == "html" or root.lower() in _HTML
    plain = SUFFIXES[suffix] != "html"
    if root.lower() == "akomantoso" or (declared and plain and not is_page):
        return ".xml", ["read as Akoma Ntoso XML, as it begins: name it .xml"]
    if is_page and plain:
        return ".html", ["read as a web page, as it begins: name it .html"]
    return suffix, []


def _bytes_as(
    reader: Callable[[bytes], Source], data: bytes
) -> Callable[..., tuple[Document, ...]]:
    return lambda **known: compose_all(reader(data), **known)


def _check_suffix(suffix: str, name: str) -> None:
    if suffix not in SUFFIXES and suffix not in BINARY:
        raise IntakeError(
            f"{name}: {suffix!r} files cannot be read: save it as .txt, .md, .html, .pdf, .docx, "
            ".xml or .akn (Akoma Ntoso)"
        )


def _check(matter: frontmatter.FrontMatter, name: str, require: tuple[str, ...]) -> None:
    if not matter.present:
        if require:
            raise IntakeError(
                f"{name}, line 1: there is no front matter: begin with '---' and a title"
            )
        return
    for key in require:
        if not matter.values.get(key):
            raise IntakeError(
                f"{name}, line {matter.lines.get(key, 1)}: the front matter has no {key!r}: add it"
            )
    for key, check in (("kind", _check_kind), ("language", check_language), ("slug", _check_slug)):
        value = matter.values.get(key)
        if value:
            try:
                check(value)
            except IntakeError as error:
                raise IntakeError(f"{name}, line {matter.lines.get(key, 1)}: {error}") from error


def _check_kind(value: str) -> None:
    if value not in KINDS:
        raise IntakeError(f"kind {value!r} is not known: write {' or '.join(KINDS)}")


def _check_slug(value: str) -> None:
    if slugify(value) != value:
        raise IntakeError(f"slug {value!r} is no slug: write {slugify(value) or 'a-name'!r}")
