"""Exports under the reviewers' own names, as most tests want them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotator import export
from annotator.store import Store


def render(store: Store, format: str, **chosen: Any) -> bytes:
    return export.as_bytes(store, format, export.Selection(names=True, **chosen))


def write(store: Store, format: str, out: Path | str, **chosen: Any) -> None:
    export.write(store, format, out, export.Selection(names=True, **chosen))
