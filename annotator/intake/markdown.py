"""Markdown into plain blocks: the marks go, the words and the levels of headings stay."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from annotator.intake.blocks import Piece, Source, assemble, normalise
from annotator.intake.structure import marks

_ATX = re.compile(r" {0,3}(#(?=\s)|#{2,6})")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})\s*\Z")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})\Z")
_BULLET = re.compile(r"[-*+]\s+")
_QUOTE = re.compile(r"(?:>\s?)+")
_DEFINITION = re.compile(r" {0,3}\[[^\]^]+\]:\s+\S+")
_NOTE = re.compile(r" {0,3}\[\^(?P<name>[^\]\s]{1,60})\]:")
_NOTE_MARK = re.compile(r"\[\^(?P<name>[^\]\s]{1,60})\]")
_LONE_TAG = re.compile(r"\s*<[^<>]+>\s*\Z")
# A row of a table is a block of its own, its cells parted as in other formats.
_ROW = re.compile(r"\|.*\|\Z")
_ROW_RULE = re.compile(r"[|:\s-]+\Z")
_LIST_BREAK = (".", ";", ":", ",", " and", " or", " et", " ou", " y")

# Marks are bounded in length: a text of nothing but marks must not take minutes.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)(.{1,500}?)(?<!`)\1(?!`)")
_IMAGE = re.compile(r"!\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\[\]]+)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\1")
_STAR = re.compile(r"\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*")
_UNDERSCORE = re.compile(r"(?<!\w)_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?!\w)")


def to_source(raw: str) -> Source:
    """The plain text of a Markdown file, one block a line and an empty line between two.

    Keeps the words of headings, emphasis, links and code, drops their marks, images' addresses,
    comments, rules and HTML tags, and footnotes, of which a warning says how many. Line breaks
    inside a paragraph become spaces, unless the next line begins with the next number of a list.
    """
    lines, notes = _without_notes(_without_comments(normalise(raw)).split("\n"))
    pieces = [replace(piece, text=plain(piece.text)) for piece in _pieces(lines)]
    title = next((piece.text for piece in pieces if piece.level == 1), "")
    warnings = [f"{notes:,} footnote{'' if notes == 1 else 's'} left out"] if notes else []
    return assemble(pieces, title=title, warnings=warnings)


def _without_notes(lines: list[str]) -> tuple[list[str], int]:
    """The lines without footnotes and the marks that refer to them, and how many notes there are.

    A note goes on over lines that are set in directly below it.
    """
    kept: list[str] = []
    names: set[str] = set()
    inside = False
    for line in lines:
        note = _NOTE.match(line)
        if note:
            names.add(note.group("name"))
            inside = True
        elif not (inside and line[:1].isspace() and line.strip()):
            inside = False
            kept.append(line)
    if names:
        kept = [
            _NOTE_MARK.sub(lambda m: "" if m.group("name") in names else m.group(), line)
            for line in kept
        ]
    return kept, len(names)


def _without_comments(text: str) -> str:
    """The text without HTML comments; one that is never closed stays."""
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    kept.append(text[at:])
    return "".join(kept)


def _pieces(lines: list[str]) -> Iterator[Piece]:
    held: list[str] = []
    indent, drawn = 0, ""
    for line in lines:
        line = _QUOTE.sub("", line.expandtabs(4), count=1) if _QUOTE.match(line) else line
        atx = _ATX.match(line)
        stripped = line.strip()
        setext = _SETEXT.match(line) if held and len(held) == 1 else None
        heading = line[atx.end() :].strip().rstrip("#").rstrip() if atx else ""
        if atx and heading:
            yield from _held(held, indent, drawn)
            held = []
            yield Piece(heading, level=len(atx.group(1)))
            continue
        if setext:
            yield Piece(held[0], level=1 if "=" in setext.group(1) else 2)
            held = []
            continue
        if not stripped or _RULE.match(line) or _DEFINITION.match(line) or _LONE_TAG.match(line):
            yield from _held(held, indent, drawn)
            held = []
            continue
        if _ROW.match(stripped):
            yield from _held(held, indent, drawn)
            held = []
            if not _ROW_RULE.match(stripped):
                yield Piece(" | ".join(cell.strip() for cell in stripped.strip("|").split("|")))
            continue
        bullet = _BULLET.match(stripped)
        if bullet or (held and _begins_item(held, stripped)):
            yield from _held(held, indent, drawn)
            held = []
        if not held:
            indent = len(line) - len(line.lstrip())
            drawn = stripped[0] if bullet else ""
        held.append(stripped[bullet.end() :] if bullet else stripped)
    yield from _held(held, indent, drawn)


def _held(held: list[str], indent: int, bullet: str) -> Iterator[Piece]:
    if held:
        words = " ".join(part.removesuffix("\\").rstrip() for part in held)
        yield Piece(words, indent=indent, bullet=bullet)


def _begins_item(held: list[str], line: str) -> bool:
    """Whether a line within a paragraph begins the next item, rather than with "(a) above"."""
    mark = marks.enumerator(line)
    if mark is None:
        return False
    if mark.form == "." and not re.match(r"\w+\.(?:\s|\Z)", line):
        return False
    first = marks.enumerator(held[0])
    continues = first is not None and any(
        (family, place - 1) in first.readings for family, place in mark.readings
    )
    return held[-1].endswith(_LIST_BREAK) or continues


def plain(words: str) -> str:
    """The words without inline marks.

    >>> plain("**Each** [Party](https://example.org) *shall* keep `x_1` and snake_case")
    'Each Party shall keep x_1 and snake_case'
    """
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\x02{len(kept) - 1}\x03"

    words = _CODE.sub(lambda m: keep(m.group(2).strip()), words)
    words = _ESCAPED.sub(lambda m: keep(m.group(1)), words)
    words = _AUTOLINK.sub(lambda m: keep(m.group(1)), words)
    words = _IMAGE.sub(r"\1", words)
    words = _LINK.sub(r"\1", words)
    words = _TAG.sub("", words)
    for pattern, group in ((_STRONG, 2), (_STAR, 1), (_UNDERSCORE, 1)):
        words = pattern.sub(rf"\{group}", words)
    words = html.unescape(words)
    return re.sub("\x02(\\d+)\x03", lambda m: kept[int(m.group(1))], words)
