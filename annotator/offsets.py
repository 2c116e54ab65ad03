"""Code points here, UTF-16 units in the browser: the one place that knows both.

Python counts a text in Unicode code points; JavaScript strings, DOM ranges and UIMA count UTF-16
code units, in which a character above U+FFFF takes two. The browser is sent offsets into a clause's
words in UTF-16 and sends such offsets back; both are made and read by way of this class.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Utf16Map:
    """Converts offsets of one text; building it costs one pass over the text.

    >>> m = Utf16Map("a😀b")
    >>> [m.to_utf16(i) for i in range(4)]
    [0, 1, 3, 4]
    >>> m.to_code_points(3)
    2
    """

    __slots__ = ("_astral", "_astral16", "_length")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._astral = (
            [] if text.isascii() else [i for i, char in enumerate(text) if char > "\uffff"]
        )
        self._astral16 = [position + n for n, position in enumerate(self._astral)]

    def to_utf16(self, offset: int) -> int:
        """UTF-16 units before the code point `offset`; `ValueError` outside the text."""
        if not 0 <= offset <= self._length:
            raise ValueError(f"{offset} is outside a text of {self._length} code points")
        return offset + bisect_left(self._astral, offset)

    def to_code_points(self, offset: int) -> int:
        """Code points before the UTF-16 unit `offset`.

        `ValueError` outside the text or inside a surrogate pair, since no character begins there.
        """
        before = bisect_right(self._astral16, offset - 1)
        position = offset - before
        inside = before > 0 and self._astral16[before - 1] + 1 == offset
        if offset < 0 or position > self._length or inside:
            raise ValueError(f"UTF-16 offset {offset} is not a character border of the text")
        return position
