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
                yield number, _object(path, number, json.loads(line))
            except ValueError as error:
                raise ExportError(
                    f"{path}, line {number}: not JSON: {line.strip()[:60]!r}"
                ) from error


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
        raise ExportError(f"{str(path)!r} is not JSON: export it again") from error


def text_of(words: str, meta: Mapping[str, Any], *, name: str) -> Text:
    """A task's text, with what its `meta` says of where it is from."""
    document, start = meta.get("document"), meta.get("start")
    return Text(
        name=str(document or meta.get("source") or name),
        content=words,
        start=start if isinstance(start, int) and not isinstance(start, bool) else None,
        sha256=str(meta.get("text_sha256") or ""),
        title=str(meta.get("title") or ""),
        kind=str(meta.get("kind") or ""),
        language=str(meta.get("language") or ""),
    )


def offsets(path: Path, where: str, start: Any, end: Any) -> tuple[int, int]:
    """Two whole numbers from 0; `ExportError` for anything else."""
    for value in (start, end):
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            said = json.dumps(value, ensure_ascii=False, default=str)[:60]
            raise ExportError(f"{path}, {where}: the offset {said} is not a whole number from 0")
    return start, end


def own_id(value: Any) -> str:
    """An id that is the same wherever it is met, as ours are; another program's number is none."""
    return value if isinstance(value, str) and _UUID.fullmatch(value) else ""


def _object(path: Path, number: int, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        said = json.dumps(value, ensure_ascii=False)[:60]
        raise ExportError(f"{path}, line {number}: {said} is not a JSON object in braces")
    return value
