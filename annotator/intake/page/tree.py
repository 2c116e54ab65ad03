"""HTML -> a tree, by libxml2, which takes whatever a browser takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from annotator.errors import IntakeError

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element

# libxml2 goes no deeper and leaves out the rest.
DEEPEST = 2_048
_MOST_ATTRIBUTES = 1_000
# Each match takes in a whole comment, script or tag, so that the search is linear in the page.
_TAG = re.compile(
    r"<!--(?:.*?--!?>|.*)|<(script|style)\b.*?(?:</\1|\Z)|"
    r"<[a-z][^\s/>]*+(?:[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+)*+",
    re.I | re.S,
)
_ATTRIBUTE = re.compile(r"[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+")
# "&#1;" would be a control character in the tree, which no XML tool takes back.
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?", re.I)


def parse(raw: str) -> Element | None:
    """The root of the page, or None where there is not even a word.

    Raises `IntakeError` for a page nested deeper than 2,048 elements and for an element with more
    than 1,000 attributes, which no page has that people read.
    """
    from lxml import etree, html

    if not raw.strip():
        return None
    for match in _TAG.finditer(raw):
        long = match.end() - match.start() > 2 * _MOST_ATTRIBUTES and match.group()[1] != "!"
        if long and not match.group(1):
            count = sum(1 for _ in _ATTRIBUTE.finditer(match.group()))
            if count > _MOST_ATTRIBUTES:
                raise IntakeError(
                    f"the page has an element with {count:,} attributes, more than "
                    f"{_MOST_ATTRIBUTES:,}: save its text as a .txt file"
                )
    raw = _REFERENCE.sub(_without_control, raw)
    parser = html.HTMLParser(
        huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(raw.encode("utf-8"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise IntakeError(
            f"the page is nested deeper than {DEEPEST:,} elements: save its text as a .txt file"
        )
    return root


def _without_control(match: re.Match[str]) -> str:
    code = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    good = 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    # 0x80 to 0x9F are letters of Windows-1252 to every browser, and to libxml2.
    return (
        match.group()
        if good or code in (9, 10, 13) or 0x80 <= code < 0xA0 or (0x10000 <= code <= 0x10FFFF)
        else " "
    )
