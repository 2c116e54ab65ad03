"""Which way a language is written."""

from __future__ import annotations

from typing import Literal

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The base direction of the language's script, by its code.

    >>> direction("ar-EG"), direction("fr")
    ('rtl', 'ltr')
    """
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
