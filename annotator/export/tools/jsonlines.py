"""JSON Lines of other programs: objects with their line numbers, and what their fields mean."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.errors import ExportError
from annotator.export.loading.foreign import Text
from annotator.export.loading.readers import content
from annotator.export.loading.record import short, unfit

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects, a line each or in one list; `ExportError` names a line that is none."""
    text = decoded(path)
    if text.lstrip().startswith("["):
        for number, one in enumerate(parsed(path, text), start=1):
            yield number, _object(path, number, one)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                found = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise ExportError(
                    f"{path}, line {number}: not JSON ({unfit(error)}): {short(line.strip())}"
                ) from error
            yield number, _object(path, number, found)


def decoded(path: Path) -> str:
    """The file's text; `ExportError` where it is not UTF-8."""
    try:
        return content(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportError(f"{str(path)!r} is not UTF-8: save it as UTF-8") from error


def parsed(path: Path, text: str) -> Any:
    """The file as one JSON value; `ExportError` where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExportError(f"{str(path)!r} is not JSON ({unfit(error)}): export it again") from error


def said(value: Any) -> str:
    """A value as words: a text as it is, a number as it is written, nothing for nothing."""
    if isinstance(value, str):
        return value
    return "" if value is None or value is False else short(value)


def list_of(path: Path, where: str, record: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects listed under that name, none where it is missing; `ExportError` else."""
    found = record.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise ExportError(
            f"{path}, {where}: {name!r} is {short(found)}, not a list of objects in braces"
        )
    for one in found:
        if not isinstance(one, dict):
            raise ExportError(
                f"{path}, {where}: {short(one)} in {name!r} is not an object in braces"
            )
    return found


def object_of(path: Path, where: str, record: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The object under that name, an empty one where it is missing; `ExportError` else."""
    found = record.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ExportError(f"{path}, {where}: {name!r} is {short(found)}, not an object in braces")
    return found


def count_of(value: Any) -> int:
    """How many things a list or an object holds; none for what is neither."""
    return len(value) if isinstance(value, list | dict) else 0


def text_of(words: str, meta: Mapping[str, Any], *, name: str) -> Text:
    """A task's text, with what its `meta` says of where it is from."""
    document, start = said(meta.get("document")), meta.get("start")
    return Text(
        name=document or said(meta.get("source")) or name,
        content=words,
        start=start if isinstance(start, int) and not isinstance(start, bool) else None,
        sha256=said(meta.get("text_sha256")),
        title=said(meta.get("title")),
        kind=said(meta.get("kind")),
        language=said(meta.get("language")),
    )


def offsets(path: Path, where: str, start: Any, end: Any) -> tuple[int, int]:
    """Two whole numbers from 0; `ExportError` for anything else."""
    for value in (start, end):
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ExportError(
                f"{path}, {where}: the offset {short(value)} is not a whole number from 0"
            )
    return start, end


def own_id(value: Any) -> str:
    """An id that is the same wherever it is met, as ours are; another program's number is none."""
    return value if isinstance(value, str) and _UUID.fullmatch(value) else ""


def _object(path: Path, number: int, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ExportError(f"{path}, line {number}: {short(value)} is not a JSON object in braces")
    return value
