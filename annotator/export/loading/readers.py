"""The formats that come back in, each a module with `read(path) -> Foreign`, and how they are told.

A reader is loaded when it is used. A format is told by what is in the file, since names lie: the
first thing that only one format has decides.
"""

from __future__ import annotations

import contextlib
import csv
import importlib
import json
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annotator.errors import ExportError
from annotator.export.loading.foreign import Foreign

OWN = "jsonl"
READERS: Mapping[str, str] = MappingProxyType(
    {
        "csv": "annotator.export.tools.table",
        "prodigy": "annotator.export.tools.prodigy",
        "doccano": "annotator.export.tools.doccano",
        "labelstudio": "annotator.export.tools.labelstudio",
        "brat": "annotator.export.tools.brat",
        "conll": "annotator.export.tools.conll",
        "webanno": "annotator.export.tools.webanno",
        "cas": "annotator.export.tools.cas",
        "w3c": "annotator.export.standards.w3c",
        "qdpx": "annotator.export.standards.qdpx",
        "docbin": "annotator.export.standards.docbin",
    }
)
"""By the format's name the module that reads it; own JSON Lines are read by `load` itself."""

_ENDINGS = MappingProxyType(
    {
        ".xmi": "cas",
        ".ann": "brat",
        ".tsv": "webanno",
        ".conll": "conll",
        ".iob": "conll",
        ".qde": "qdpx",
        ".spacy": "docbin",
    }
)
# Keys that only one program writes, where a file is one JSON list.
_IN_A_LIST = MappingProxyType(
    {
        "prodigy": ("spans", "_input_hash"),
        "labelstudio": ("annotations", "completions", "predictions", "labels", "data"),
        "doccano": ("label", "entities"),
    }
)
_SHAPELESS = (
    AttributeError, LookupError, TypeError, ValueError, RecursionError, OverflowError, csv.Error,
)  # fmt: skip
# What Python's reader of zips meets in a damaged one, by how its entries were packed.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError,
    OSError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip
_HEAD = 1 << 16
# How zlib's own streams begin, by how hard they were packed; no text begins so.
_PACKED = (b"\x78\x01", b"\x78\x9c", b"\x78\xda")


def read(format: str, path: Path) -> Foreign:
    """What the file or folder holds; `ExportError` for what is not of that format."""
    reader = importlib.import_module(READERS[format])
    try:
        found = reader.read(path)
    except _SHAPELESS as error:
        # Readers check what they take; that a list is a list, and what else may be anything in a
        # stranger's file, is only seen when it is not. What Python says of it helps nobody.
        raise ExportError(
            f"{str(path)!r} is not as {format} writes it: export it there again, or name its "
            "format with --format"
        ) from error
    assert isinstance(found, Foreign)
    return found


def told(path: Path, format: str | None = None) -> str:
    """The name of the format: the one given, else by the content; `ExportError` for neither."""
    known = (OWN, *READERS)
    if format is not None:
        if format not in known:
            raise ExportError(f"{format!r} cannot be loaded: use one of {', '.join(known)}")
        return format
    if path.is_dir():
        names = [one.name for one in path.rglob("*") if one.is_file()]
        return _of_names(path, names)
    head = content(path, _HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with unpacking(path), zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        return _of_names(path, names)
    if head[:2] in _PACKED:
        return "docbin"
    if head.startswith(b"\x1f\x8b"):
        raise ExportError(f"{str(path)!r} is packed with gzip: unpack it first")
    return _of_content(path, head)


def _of_names(path: Path, names: list[str]) -> str:
    for ending, format in _ENDINGS.items():
        if any(name.endswith(ending) for name in names):
            return format
    if any(name.endswith("tasks.json") for name in names):
        return "labelstudio"
    raise ExportError(f"{str(path)!r} holds no file of a known format: name it with --format")


def _of_content(path: Path, head: bytes) -> str:
    text = head.decode("utf-8-sig", errors="replace").lstrip()
    if text.startswith("#FORMAT=WebAnno TSV"):
        return "webanno"
    if text.startswith("<"):
        for format, sign in (("cas", "xmi:XMI"), ("cas", "http://www.omg.org/XMI")):
            if sign in text:
                return format
    if text.startswith("{"):
        return _of_line(path, text)
    if text.startswith("["):
        if "http://www.w3.org/ns/anno" in text:
            return "w3c"
        for format, signs in _IN_A_LIST.items():
            if any(f'"{sign}"' in text for sign in signs):
                return format
    first = text.partition("\n")[0]
    if {"document", "start", "end", "quote"} <= {
        cell.strip(' "\r') for sep in ",;\t" for cell in first.split(sep)
    }:
        return "csv"
    if path.suffix in _ENDINGS:
        return _ENDINGS[path.suffix]
    if text.startswith(("-DOCSTART-", "# global.columns")) or "\tO\n" in text or " O\n" in text:
        return "conll"
    return OWN


def _of_line(path: Path, text: str) -> str:
    """Which of the programs that write a JSON object a line, or one for all, wrote this."""
    if "http://www.w3.org/ns/anno" in text:
        return "w3c"
    with path.open("rb") as file:
        first = _parsed(file.readline().decode("utf-8-sig", errors="replace"))
    if first is None:
        return "labelstudio" if '"predictions"' in text or '"annotations"' in text else OWN
    if isinstance(first.get("type"), str) or "quote" in first:
        return OWN
    if "spans" in first or "_input_hash" in first or "tokens" in first:
        return "prodigy"
    if "data" in first and ("annotations" in first or "predictions" in first):
        return "labelstudio"
    if isinstance(first.get("text", first.get("data")), str):
        return "doccano"
    return OWN


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


@contextlib.contextmanager
def unpacking(path: Path) -> Iterator[None]:
    """Around the reading of a zip: whatever is wrong with it is one `ExportError`."""
    try:
        yield
    except _DAMAGED as error:
        raise ExportError(
            f"{str(path)!r} is a damaged zip, or locked with a password: pack it again"
        ) from error


def content(path: Path, most: int = -1) -> bytes:
    """The file's bytes, or the first of them; `ExportError` where it cannot be read."""
    if path.exists() and not path.is_file():
        raise ExportError(f"{str(path)!r} is no file: name one")  # a pipe might never end
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ExportError(f"{str(path)!r} cannot be read: {reason}") from error
