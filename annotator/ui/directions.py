"""Which way a text runs."""

from __future__ import annotations

from annotator.model import Document

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


def direction(document: Document) -> str:
    """The base direction of the text's script, `rtl` or `ltr`."""
    return "rtl" if document.language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
