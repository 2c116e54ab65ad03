"""The strings of a language, by key, and those that a script asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = {"en": "English", "fr": "Français", "es": "Español"}
FOLDER = Path(__file__).parent

Entry = str | dict[str, str]
"""A string, or one for a single thing and one for several, as `one` and `other`."""

_LITERAL = re.compile(r"\"([a-z_]+(?:\.[a-z0-9_]+)+)\"")
_BEGINNING = re.compile(r"`([a-z_]+(?:\.[a-z0-9_]+)*\.)\$\{")


@cache
def catalogue(language: str) -> Mapping[str, Entry]:
    """Every string of the language by its key, `part.name.name`; a missing one is English.

    A file is a part; read when the language is first spoken, and kept.
    """
    known: dict[str, Entry] = {} if language == "en" else dict(catalogue("en"))
    known.update(entries(language))
    return known


def entries(language: str) -> dict[str, Entry]:
    """What the language's own files say, by key."""
    from ruamel.yaml import YAML

    reader = YAML(typ="safe")  # one for all: half of the time went into making it
    found: dict[str, Entry] = {}
    for path in sorted((FOLDER / language).glob("*.yaml")):
        found.update(_flat(path.stem, reader.load(path.read_text(encoding="utf-8"))))
    return found


def _flat(key: str, value: Any) -> Iterator[tuple[str, Entry]]:
    if isinstance(value, dict) and set(value) != {"one", "other"}:
        for name, inner in value.items():
            yield from _flat(f"{key}.{name}", inner)
    else:
        yield key, value


@cache
def counterparts(language: str, part: str) -> tuple[tuple[str, Entry], ...]:
    """Each English string of a part with what it is in the language; none in English."""
    if language == "en":
        return ()
    there = catalogue(language)
    english = entries("en").items()
    return tuple((str(one), there[key]) for key, one in english if key.startswith(part))


def words_of_script(language: str, script: str) -> dict[str, Entry]:
    """The strings that a script names: by a whole key, or by the beginning of one.

    A literal `"review.saved"` is one key, a template `review.state.${state}` all that begin so.
    """
    whole = set(_LITERAL.findall(script))
    beginnings = tuple(set(_BEGINNING.findall(script)))
    return {
        key: entry
        for key, entry in catalogue(language).items()
        if key in whole or key.startswith(beginnings)
    }
