"""A slug names one document: another text may be a later version of it, or no kin at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from annotator.model import Document

_LENGTH = 16
KIN = 0.4


def named_apart(document: Document, stored: Callable[[str], Document | None]) -> Document:
    """The document, under a slug of its own where its slug is that of an unrelated text.

    `stored` gives the document that has a slug now, or None. A corrected text keeps its slug, to
    become the next version; two different files that happen to have the same name do not become
    versions of each other: the second is called `name-2`.
    """
    slug, number = document.slug, 1
    while (other := stored(slug)) is not None and not kin(other.text, document.text):
        number += 1
        slug = f"{document.slug}-{number}"
    return replace(document, slug=slug)


def set_apart(document: Document, stored: Callable[[str], Document | None]) -> Document:
    """The document under a slug that no stored text has, be it kin or not."""
    slug, number = document.slug, 1
    while stored(slug) is not None:
        number += 1
        slug = f"{document.slug}-{number}"
    return replace(document, slug=slug)


def kin(one: str, other: str) -> bool:
    """Whether two fifths of the shorter text, in runs of 16 characters, stand in the other."""
    return likeness(one, other) >= KIN


def likeness(one: str, other: str) -> float:
    """The share (0 to 1) of the shorter text, in runs of 16 characters, that the other has."""
    fewer, more = sorted((_runs(one), _runs(other)), key=len)
    return len(fewer & more) / len(fewer)


def _runs(text: str) -> set[str]:
    plain = " ".join(text.casefold().split())
    return {plain[i : i + _LENGTH] for i in range(max(1, len(plain) - _LENGTH + 1))}
