"""Words that must not be read as marks."""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    r"""The text as Markdown that shows just that text, on one line.

    Streamlit reads labels and messages as Markdown, and a picture in it is fetched from wherever it
    says: nothing that stands in a text, a name or a file may do that.

    >>> plain("![](http://x)")
    '\\!\\[\\]\\(http\\:\\/\\/x\\)'
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
