"""What only the operator can say of a release: `release.yaml` beside the codebook.

Every key may be left out. `title`, `version`, `licence`, `url`, `doi`, `contact` and `description`
are a line each; `authors` a list of names as they are to be cited; `why`, `who`, `how`, `limits`,
`uses` and `upkeep` answer the questions of the datasheet in as many words as are needed. `share`
says by a text's slug whether it may be passed on (`yes` or `no`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annotator import codebook as codebooks
from annotator.errors import ExportError

FILE = "release.yaml"


@dataclass(frozen=True, slots=True)
class Words:
    """The operator's words; empty where nothing was said."""

    title: str = ""
    version: str = ""
    licence: str = ""
    url: str = ""
    doi: str = ""
    contact: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    why: str = ""
    who: str = ""
    how: str = ""
    limits: str = ""
    uses: str = ""
    upkeep: str = ""
    share: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def load(path: Path | None = None) -> Words:
    """What the file says; nothing where there is none. `ExportError` for what it should not say."""
    path = path or codebooks.location().with_name(FILE)
    if not path.is_file():
        return Words()
    import srsly

    try:
        said: Any = srsly.yaml_loads(path.read_text(encoding="utf-8")) or {}
    except ValueError as error:
        raise ExportError(f"{str(path)!r} is no YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(said, dict):
        raise ExportError(f"{str(path)!r} holds {type(said).__name__}, not keys and values")
    known = {one.name for one in fields(Words)}
    for key in said:
        if key not in known:
            raise ExportError(f"{str(path)!r} says {key!r}: use {', '.join(sorted(known))}")
    authors = said.pop("authors", None) or []
    if not isinstance(authors, list):
        raise ExportError(f"'authors' in {str(path)!r} is {authors!r}: write a list of names")
    share = said.pop("share", None) or {}
    if not isinstance(share, dict):
        raise ExportError(f"'share' in {str(path)!r} is {share!r}: write a text's name: yes or no")
    told = {key: " ".join(str(value).split("\n")) for key, value in said.items() if value}
    return Words(
        authors=tuple(map(str, authors)),
        share=MappingProxyType({str(slug): str(value) for slug, value in share.items()}),
        **{key: value.strip() for key, value in told.items()},
    )
