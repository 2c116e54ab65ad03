"""A file on disk -> a `Document`: its bytes as text, its front matter, its form."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from annotator.errors import IntakeError
from annotator.intake import bilingual, frontmatter, pdf, word
from annotator.intake.blocks import Source
from annotator.intake.language import check as check_language
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
}
LARGEST_BINARY = 100_000_000
_FIELDS = frozenset({"title", "slug", "kind", "language", "source", "notice"})
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    # UTF-32 first: its little-endian mark begins like that of UTF-16.
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BINARIES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word, OpenDocument or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3\x00": "a database",
}
_RENAME = {
    b"%PDF": "name it .pdf",
    b"PK\x03\x04": "name a Word file .docx, save others as plain text (UTF-8)",
}
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.I)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(
    path: str | Path,
    *,
    kind: str | None = None,
    language: str | None = None,
    title: str | None = None,
    require: tuple[str, ...] = (),
) -> Document:
    """The document in a .txt, .md, .html, .pdf or .docx file; nothing is stored.

    What is given as an argument wins over the front matter, that over what the text shows.
    `require` names front matter keys the file must have, which PDF and DOCX cannot have. The slug
    is that of the front matter, or made from the file's name.

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
    require: tuple[str, ...] = (),
) -> tuple[Document, ...]:
    """As `read`, but every language version in the file: one, or two and more of a bilingual text.

    The first in the text has the file's slug; a further one has that slug with its language behind
    it (`-nl`), and the first one's slug as `metadata["work"]`.
    """
    path = Path(path)
    if path.suffix.lower() in BINARY:
        return _read_binary(path, kind=kind, language=language, title=title, require=require)
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise IntakeError(
            f"{path}: {path.suffix!r} files cannot be read: save it as .txt, .md, .html, .pdf "
            "or .docx"
        )
    text, warnings = decode(_bytes(path), name=str(path), page=form == "html")
    matter, body = frontmatter.split(text, name=str(path))
    _check(matter, path, require)
    values = matter.values
    try:
        return parse_all(
            body,
            kind=kind or values.get("kind") or None,
            language=language if language is not None else values.get("language") or None,
            title=title or values.get("title") or None,
            form=form,
            slug=values.get("slug") or path.stem,
            source=values.get("source", ""),
            notice=values.get("notice", ""),
            metadata={key: value for key, value in values.items() if key not in _FIELDS},
            name=path.stem,
            warnings=warnings,
        )
    except IntakeError as error:
        raise IntakeError(f"{path}: {error}") from error


def _read_binary(
    path: Path,
    *,
    kind: str | None,
    language: str | None,
    title: str | None,
    require: tuple[str, ...],
) -> tuple[Document, ...]:
    if require:
        _check(frontmatter.FrontMatter({}, {}), path, require)
    data = _bytes(path)
    try:
        if len(data) > LARGEST_BINARY:
            raise IntakeError(f"{len(data):,} bytes are more than {LARGEST_BINARY:,}: split it")
        found = BINARY[path.suffix.lower()](data)
        return compose_all(
            found, kind=kind, language=language, title=title, slug=path.stem, name=path.stem
        )
    except IntakeError as error:
        raise IntakeError(f"{path}: {error}") from error


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise IntakeError(f"{path} is a folder: name the files in it")
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise IntakeError(f"{path} is not there: check the name") from error
    except OSError as error:
        raise IntakeError(f"{path} cannot be opened: {error.strerror}") from error
    if not data.strip():
        raise IntakeError(f"{path} is empty: choose a file with words in it")
    return data


def _check(matter: frontmatter.FrontMatter, path: Path, require: tuple[str, ...]) -> None:
    if require and not matter.present:
        raise IntakeError(f"{path}, line 1: there is no front matter: begin with '---' and a title")
    for key in require:
        if not matter.values.get(key):
            raise IntakeError(
                f"{path}, line {matter.lines.get(key, 1)}: the front matter has no {key!r}: add it"
            )
    for key, check in (("kind", _check_kind), ("language", check_language), ("slug", _check_slug)):
        value = matter.values.get(key)
        if value:
            try:
                check(value)
            except IntakeError as error:
                raise IntakeError(f"{path}, line {matter.lines.get(key, 1)}: {error}") from error


def _check_kind(value: str) -> None:
    if value not in KINDS:
        raise IntakeError(f"kind {value!r} is not known: write {' or '.join(KINDS)}")


def _check_slug(value: str) -> None:
    if slugify(value) != value:
        raise IntakeError(f"slug {value!r} is no slug: write {slugify(value) or 'a-name'!r}")


def decode(data: bytes, *, name: str, page: bool = False) -> tuple[str, list[str]]:
    """The bytes as text, and a warning where the encoding was guessed.

    A byte order mark decides, then UTF-8, then for a page the encoding it names, then
    charset-normalizer. Raises `IntakeError` for what is not text.
    """
    for start, what in _BINARIES.items():
        if data.startswith(start):
            step = _RENAME.get(start, "save it as plain text (UTF-8)")
            raise IntakeError(f"{name} is {what}, not text: {step}")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name), []
    wide = _unmarked_utf16(data)
    if wide:
        return _strict(data, wide, name), [f"read as {wide.upper()}, which the file does not say"]
    controls = _CONTROLS.findall(data)
    if b"\x00" in controls or len(controls) * 100 > len(data):
        raise IntakeError(f"{name} is a binary file, not text: save it as plain text (UTF-8)")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    named = _CHARSET.search(data[:2048]) if page else None
    if named:
        try:
            return data.decode(named.group(1).decode("ascii")), []
        except (LookupError, UnicodeDecodeError):
            pass
    return _guessed(data, name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"{name} begins like {encoding.upper()} but breaks off at byte {error.start}: "
            "save it as UTF-8"
        ) from error


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: in Latin text every other byte is zero."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    if sample[1::2].count(0) * 10 > half * 7 and not sample[::2].count(0):
        return "utf-16-le"
    if sample[::2].count(0) * 10 > half * 7 and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _guessed(data: bytes, name: str) -> tuple[str, list[str]]:
    # Half a second of imports that UTF-8 files need not pay.
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise IntakeError(f"{name} is not text in any known encoding: save it as UTF-8")
    return str(best), [f"read as {best.encoding}, a guess: save it as UTF-8 to be sure"]
