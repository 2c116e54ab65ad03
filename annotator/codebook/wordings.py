"""What each entry of a codebook says, of this version or of one that was kept years ago.

An entry is named by its path: `privacy`, `privacy/search`, `safeguard/oversight`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from annotator.codebook.book import STATES


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that a tag or an assessment rests on; name, standards, key and colour are not."""

    path: str
    name: str
    definition: str
    tag: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    recognise: tuple[tuple[str, str], ...] = ()
    parent: str = ""
    replaces: tuple[str, ...] = ()
    retired: bool = False

    def says_the_same(self, other: Wording) -> bool:
        """Whether both say the same; white space does not count."""
        return all(
            getattr(self, name) == getattr(other, name)
            for name in ("definition", "tag", "leave", "recognise")
        )


def wordings(source: str) -> Mapping[str, Wording]:
    """The entries of a codebook's text by their paths.

    A version of years ago may lack what is asked for today, so nothing is checked: what is missing
    is empty, and a text that is no codebook has no entries.
    """
    return _read(source)[0]


def versions_named(source: str) -> frozenset[str]:
    """The version of a codebook's text and those that its list of changes tells of."""
    return _read(source)[1]


def named(entries: Mapping[str, Wording], path: str) -> Wording | None:
    """The entry of that path, or the one that replaces it."""
    if path in entries:
        return entries[path]
    owner, _, id = path.rpartition("/")
    return next(
        (
            one
            for one in entries.values()
            if id in one.replaces and one.path.rpartition("/")[0] == owner
        ),
        None,
    )


@lru_cache(maxsize=256)
def _read(source: str) -> tuple[Mapping[str, Wording], frozenset[str]]:
    import srsly  # it brings NumPy, which the first page does without

    try:
        file = _mapping(srsly.yaml_loads(source))
    except Exception:  # srsly wraps the parser's errors in a ValueError of its own
        file = {}
    numbers = [file.get("version"), *(c.get("version") for c in _mappings(file.get("changes")))]
    return {one.path: one for one in _entries(file)}, frozenset(map(_text, numbers))


def _entries(file: Mapping[str, Any]) -> Iterator[Wording]:
    for concern in _mappings(file.get("concerns")):
        path = _text(concern.get("id"))
        yield _wording(concern, path)
        for code in _mappings(concern.get("codes")):
            own = f"{path}/{_text(code.get('id'))}"
            yield _wording(code, own)
            for sub in _mappings(code.get("codes")):
                yield _wording(sub, f"{path}/{_text(sub.get('id'))}", parent=own)
    for safeguard in _mappings(file.get("safeguards")):
        yield _wording(safeguard, f"safeguard/{_text(safeguard.get('id'))}")


def _wording(entry: Mapping[str, Any], path: str, *, parent: str = "") -> Wording:
    recognise = _mapping(entry.get("recognise"))
    return Wording(
        path=path,
        name=_text(entry.get("name")),
        definition=_text(entry.get("definition")),
        tag=_texts(entry.get("tag")),
        leave=_texts(entry.get("leave")),
        recognise=tuple((s, _text(recognise.get(s))) for s in STATES if recognise.get(s)),
        parent=parent,
        replaces=_texts(entry.get("replaces")),
        retired=entry.get("retired") is True,
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: object) -> Iterable[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_text, value)) if isinstance(value, list) else ()
