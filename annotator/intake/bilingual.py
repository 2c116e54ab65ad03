"""A text in two languages -> a version in each of them, never one with every article twice."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model import Document


def chosen(versions: Sequence[Document], language: str | None) -> Document:
    """The version in the language asked for, else the first."""
    return next((v for v in versions if v.language == language), versions[0])
