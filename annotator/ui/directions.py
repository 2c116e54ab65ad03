"""Which way a text runs."""

from __future__ import annotations

from annotator import directions
from annotator.model import Document


def direction(document: Document) -> str:
    """The base direction of the text's script, `rtl` or `ltr`."""
    return directions.direction(document.language)
