"""Names of texts and people as names of files, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*%]|^\.|[. ]$')


def quoted(name: str) -> str:
    """The name with what a system of files refuses as in a web address; `unquoted` undoes it.

    >>> quoted("A/B: who?")
    'A%2FB%3A who%3F'
    """
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", name)


def unquoted(name: str) -> str:
    """The name that `quoted` was given.

    >>> unquoted(quoted("A/B: 100 %?"))
    'A/B: 100 %?'
    """
    return unquote(name)


def text_names(documents: Iterable[tuple[str, str, int]]) -> Mapping[str, str]:
    """By id a name for each text, from slug and version: the slug, and a further version's number.

    >>> dict(text_names([("a", "law", 1), ("b", "law", 2)]))
    {'a': 'law', 'b': 'law.v2'}
    """
    listed = list(documents)
    slugs = [slug for _, slug, _ in listed]
    return {
        id: slug if slugs.count(slug) == 1 or version == 1 else f"{slug}.v{version}"
        for id, slug, version in listed
    }
