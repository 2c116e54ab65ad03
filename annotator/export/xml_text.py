"""Texts as XML 1.0 can hold them."""

from __future__ import annotations

# Of the controls it holds tabs and line ends alone, and not the two that are no characters.
_UNWRITABLE = {code: "\ufffd" for code in range(32) if code not in (9, 10, 13)}
_UNWRITABLE |= {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


def writable(text: str) -> str:
    """The text with a replacement character, one for one, for each that XML cannot hold.

    >>> writable("a\\x01b")
    'a\\ufffdb'
    """
    return text if text.isprintable() else text.translate(_UNWRITABLE)
