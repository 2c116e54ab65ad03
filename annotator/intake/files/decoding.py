"""Bytes -> text: marks, encodings, and what is no text at all."""

from __future__ import annotations

import re

from annotator.errors import IntakeError
from annotator.intake.files import encodings

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    # UTF-32 first: its little-endian mark begins like that of UTF-16.
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MARKED = tuple(mark for mark, _ in _MARKS)
_BINARIES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, OpenDocument or ZIP file"),
    (b"PK\x05\x06", "an empty ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"%!PS", "a PostScript file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ\x00", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"Rar!\x1a", "a compressed file"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program, a binary file"),
    (b"\xca\xfe\xba\xbe", "a program, a binary file"),
    (b"\xfe\xed\xfa", "a program, a binary file"),
    (b"\xcf\xfa\xed\xfe", "a program, a binary file"),
    (b"\xce\xfa\xed\xfe", "a program, a binary file"),
    (b"\x00asm", "a program, a binary file"),
)
_STARTS = tuple(start for start, _ in _BINARIES)
# Marks that a text may begin with too: only with zero bytes near by are they what they say.
_PERHAPS = (b"MZ", b"BZh", b"RIFF", b"ID3", b"OggS")
_SCRIPT = re.compile(rb"(?:\xef\xbb\xbf)?#!\s{0,9}/")
_RENAME = {
    b"%PDF": "name it .pdf",
    b"PK\x03\x04": "name a Word file .docx, save others as plain text (UTF-8)",
}
_LABEL = rb"\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{1,40})"
_DECLARED = re.compile(rb"<meta[^>]{1,500}?charset" + _LABEL, re.I)
_XML = re.compile(rb"\s{0,99}<\?xml\s[^>]{1,200}?encoding" + _LABEL, re.I)
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32)])
_REPLACED = "\ufffd"
_SHOWN = 5
# Of the characters, one in so many may be unreadable before the text is no use.
_ENOUGH = 20


def decode(
    data: bytes, *, name: str, page: bool = False, charset: str = ""
) -> tuple[str, list[str]]:
    """The bytes as text without NULs, and warnings: a guessed encoding, characters that are lost.

    A byte order mark decides, then UTF-8, then the encoding that a server (`charset`) or the page
    itself names, then what reads best. Characters that cannot be read stand as U+FFFD, and a
    warning says how many and in which lines. Raises `IntakeError` for what is not text, and where
    more than one character in twenty is lost.
    """
    _check_is_text(data, name)
    text, shown, said = _decoded(data, name, page=page, charset=charset)
    if "\x00" in text:
        nuls = text.count("\x00")
        text = text.replace("\x00", "")
        said.append(f"{_count(nuls, 'NUL character')} left out")
    lost = text.count(_REPLACED)
    if lost * _ENOUGH > len(text):
        raise IntakeError(
            f"{name}: {lost:,} of {len(text):,} characters cannot be read: save it as UTF-8"
        )
    if lost:
        said.append(
            f"{_count(lost, 'character')} cannot be read as {shown}, shown as {_REPLACED} "
            f"({_lines(text)}): check the source"
        )
    return text, said


def _check_is_text(data: bytes, name: str) -> None:
    for start, what in _BINARIES if data.startswith(_STARTS) else ():
        if data.startswith(start) and (start not in _PERHAPS or b"\x00" in data[:512]):
            step = _RENAME.get(start, "save it as plain text (UTF-8)")
            raise IntakeError(f"{name} is {what}, not text: {step}")
    if _SCRIPT.match(data) or (data.startswith(b"MZ") and b"\x00" in data[:512]):
        raise IntakeError(f"{name} is a program, a binary file or a script: choose a text")


def _decoded(data: bytes, name: str, *, page: bool, charset: str) -> tuple[str, str, list[str]]:
    """The text with lost characters replaced, the encoding's name, and a warning of a guess."""
    for mark, encoding in _MARKS if data.startswith(_MARKED) else ():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding[:6].upper(), []
    text, breaks_off = None, False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        breaks_off = error.reason == "unexpected end of data" and error.end == len(data)
    # UTF-16 of some scripts happens to be good UTF-8, with controls for letters.
    controlled = _controls(data) * 100 > len(data)
    odd = not _is_soundly_spaced(data) if text is None else controlled
    wide = encodings.wide(data) if odd or b"\x00" in data[:8192] else None
    if wide:
        shown = wide[:6].upper()
        return data.decode(wide, "replace"), shown, [f"read as {shown}, which it does not say"]
    if controlled:
        raise IntakeError(f"{name} is a binary file, not text: save it as plain text (UTF-8)")
    named = ""
    if text is None or b"\x1b" in data:
        named = _named(data, page=page, charset=charset)
    if text is not None:
        jis = named == "iso2022_jp"
        return (data.decode(named, "replace") if jis else text), "UTF-8", []
    if named and named != "utf-8":
        text = data.decode(named, "replace")
        if text.count(_REPLACED) * _ENOUGH <= len(text):
            return text, named, []
    text = data.decode("utf-8", "replace")
    if breaks_off or _is_mostly_sound(text):
        return text, "UTF-8", []
    codec, shown = encodings.guess(data) or ("", "")
    if not codec:
        raise IntakeError(f"{name} is not text in any known encoding: save it as UTF-8")
    said = f"read as {shown}, a guess: save it as UTF-8 to be sure"
    return data.decode(codec, "replace"), shown, [said]


def _is_soundly_spaced(data: bytes) -> bool:
    """Whether line ends and spaces stand as often as in bytes that are a character each."""
    sample = data[:8192]
    return (sample.count(b" ") + sample.count(b"\n")) * 25 > len(sample)


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _named(data: bytes, *, page: bool, charset: str) -> str:
    """The codec that the server or the page names, or nothing."""
    found = encodings.codec(charset)
    for pattern in (_DECLARED, _XML) if page else (_XML,):
        match = None if found else pattern.search(data[:2048])
        if match:
            found = encodings.codec(match.group(1).decode("ascii", "replace"))
    return found


def _is_mostly_sound(text: str) -> bool:
    """Whether a text is UTF-8 with some damage, rather than in another encoding.

    Bytes of other encodings hardly ever follow each other as those of a character in UTF-8 must.
    """
    lost = text.count(_REPLACED)
    high = len(text.encode()) - len(text.encode("ascii", "ignore")) - 3 * lost
    return high >= 3 * lost


def _lines(text: str) -> str:
    """The lines that lost characters stand in, the first few of them."""
    found: list[int] = []
    at, line, counted = text.find(_REPLACED), 1, 0
    while at >= 0 and len(found) <= _SHOWN:
        line += text.count("\n", counted, at)
        counted = at
        if not found or found[-1] != line:
            found.append(line)
        end = text.find("\n", at)
        at = text.find(_REPLACED, end) if end >= 0 else -1
    shown = ", ".join(map(str, found[:_SHOWN])) + (" and more" if len(found) > _SHOWN else "")
    return f"line {shown}" if len(found) == 1 else f"lines {shown}"


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"
