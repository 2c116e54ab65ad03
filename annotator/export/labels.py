"""Concern, polarity and code as the one label that most tools know, and what strange labels mean.

A label of ours is `privacy-risk` or `privacy-risk-compelled_help`: letters, digits, `_` and `-`, as
the strictest of the tools (brat) wants it. Other people's labels mean what a table says that a
person has confirmed: `label,concern,code,polarity`, with `-` for the concern where what is marked
so is to be left out. Our own notion of a label only fills that table in advance.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from annotator.codebook import Codebook, Concern
from annotator.errors import CodebookError, ExportError
from annotator.export.tables.cells import defused
from annotator.model import POLARITIES, Polarity

COLUMNS = ("label", "concern", "code", "polarity")
LEAVE_OUT = "-"
_PARTED = re.compile(r"[^\w]+")
_SPLIT = re.compile(r"[^\w]+|_")
_ALIKE = 0.92


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label says in the codebook; `code` may be ""."""

    concern: str
    polarity: Polarity
    code: str = ""


Meanings = Mapping[str, Meaning | None]
"""What a person says that labels mean; `None`: what is marked so is left out."""


def label(concern: str, polarity: str, code: str = "") -> str:
    """The label that stands for these.

    >>> label("privacy", "risk", "search")
    'privacy-risk-search'
    """
    return "-".join(part for part in (concern, polarity, code) if part)


def labels(codebook: Codebook) -> list[str]:
    """Every label the codebook offers: concern by concern its polarities, each with its codes."""
    return [
        label(concern.id, polarity, code)
        for concern in codebook.concerns
        for polarity in POLARITIES
        for code in ("", *(one.id for one in concern.offered))
    ]


def known(text: str, codebook: Codebook) -> Meaning | None:
    """What a label of ours means, or `None` where it is none.

    However it is parted and in capitals or not: `risk/privacy` says the same.

    >>> from annotator import codebook
    >>> known("privacy-risk-search", codebook.load())
    Meaning(concern='privacy', polarity='risk', code='search')
    >>> known("Risk: Privacy", codebook.load())
    Meaning(concern='privacy', polarity='risk', code='')
    >>> known("Privacy", codebook.load()) is None
    True
    """
    concern, _, rest = text.partition("-")
    polarity, _, code = rest.partition("-")  # whose id may have a hyphen
    if found := checked(concern, code, polarity, codebook):
        return found
    parts = [part for part in _PARTED.split(text.casefold()) if part]
    if not 2 <= len(parts) <= 3:
        return None
    if parts[0] in POLARITIES:
        parts[:2] = parts[1], parts[0]
    return checked(parts[0], "".join(parts[2:]), parts[1], codebook)


def checked(concern: str, code: str, polarity: str, codebook: Codebook) -> Meaning | None:
    """These three as a meaning where the codebook has them, else `None`."""
    if polarity not in POLARITIES:
        return None
    try:
        found = codebook.concern(concern)
        if code:
            found.code(code)
    except CodebookError:
        return None
    return Meaning(concern, polarity, code)


def guess(text: str, codebook: Codebook) -> Meaning | None:
    """What a strange label may mean, to be confirmed: by its words, or nothing."""
    words = [word.casefold() for word in _SPLIT.split(text) if word]
    polarity: Polarity = (
        "safeguard" if {"safeguard", "safeguards", "protects"} & {*words} else "risk"
    )
    best: tuple[float, Meaning] | None = None
    for concern in codebook.concerns:
        for code, name in _names(concern):
            alike = JaroWinkler.similarity(" ".join(words), name)
            if {*name.split()} <= {*words}:
                alike = max(alike, _ALIKE + len(name) / 1000)
            if alike >= _ALIKE and (best is None or alike > best[0]):
                best = alike, Meaning(concern.id, polarity, code)
    return best[1] if best else None


def _names(concern: Concern) -> Iterable[tuple[str, str]]:
    yield "", concern.name.casefold()
    yield "", concern.id.replace("_", " ")
    for code in concern.offered:
        yield code.id, code.name.casefold()
        yield code.id, code.id.replace("_", " ")


def table(strange: Iterable[str], codebook: Codebook) -> bytes:
    """The table to fill in, a row a label, with our guesses; UTF-8 with a mark, as Excel wants."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for text in strange:
        meant = guess(text, codebook)
        rest = (meant.concern, meant.code, meant.polarity) if meant else ("", "", "")
        rows.writerow((defused(text), *rest))
    return out.getvalue().encode("utf-8-sig", errors="replace")


def read_table(path: Path, codebook: Codebook) -> dict[str, Meaning | None]:
    """The table as somebody filled it in; `ExportError` names the line that says what is unknown.

    A row without a concern says nothing, and its label stays unknown.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ExportError(f"{str(path)!r} cannot be read: {reason}") from error
    except UnicodeDecodeError as error:
        raise ExportError(f"{str(path)!r} is not UTF-8: save it as CSV UTF-8") from error
    lines = csv.reader(io.StringIO(text, newline=""), dialect=dialect(text))
    head = [cell.strip().casefold() for cell in next(lines, [])]
    if head[:4] != list(COLUMNS):
        raise ExportError(
            f"{str(path)!r} begins with {','.join(head)[:60]!r}: its first row must be "
            f"{','.join(COLUMNS)}"
        )
    found: dict[str, Meaning | None] = {}
    for number, row in enumerate(lines, start=2):
        said, concern, code, polarity = (*map(str.strip, row), "", "", "", "")[:4]
        if not concern or not said:
            continue
        try:
            found[fused(said)] = confirmed(concern, code, polarity, codebook)
        except ExportError as error:
            raise ExportError(f"{path}, line {number}: {error}") from error
    return found


def confirmed(concern: str, code: str, polarity: str, codebook: Codebook) -> Meaning | None:
    """What a person says a label means; `ExportError` where the codebook has no such thing."""
    if concern == LEAVE_OUT:
        return None
    if polarity not in POLARITIES:
        raise ExportError(f"{polarity!r} is no polarity: use one of {', '.join(POLARITIES)}")
    try:
        codebook.concern(concern)
        if code:
            codebook.concern(concern).code(code)
    except CodebookError as error:
        raise ExportError(str(error)) from error
    return Meaning(concern, polarity, code)


def fused(cell: str) -> str:
    """A cell as it was before `defused` put an apostrophe in front.

    >>> fused(defused("=x")), fused("'tis")
    ('=x', "'tis")
    """
    bare = cell.removeprefix("'")
    return bare if defused(bare) != bare else cell


def dialect(text: str) -> type[csv.Dialect]:
    """How the cells are parted: a spreadsheet saves semicolons in many countries, or tabs."""

    class Found(csv.excel):
        delimiter = max(",;\t", key=text.partition("\n")[0].count)

    return Found
