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


def parse(raw: str) -> Element | None:
    """The root of the page, or None where there is not even a word.

    Raises `IntakeError` for a page nested deeper than 2,048 elements and for an element with more
    than 1,000 attributes, which no page has that people read.
    """
    from lxml import etree, html

    if "<" not in raw:
        return _words(raw) if raw.strip() else None
    for match in _TAG.finditer(raw):
        long = match.end() - match.start() > 2 * _MOST_ATTRIBUTES and match.group()[1] != "!"
        if long and not match.group(1):
            count = sum(1 for _ in _ATTRIBUTE.finditer(match.group()))
            if count > _MOST_ATTRIBUTES:
                raise IntakeError(
                    f"the page has an element with {count:,} attributes, more than "
                    f"{_MOST_ATTRIBUTES:,}: save its text as a .txt file"
                )
    parser = html.HTMLParser(
        huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(raw.encode("utf-8"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise IntakeError(
            f"the page is nested deeper than {DEEPEST:,} elements: save its text as a .txt file"
        )
    return root


def _words(raw: str) -> Element:
    from html import unescape

    from lxml.html import builder

    return builder.HTML(builder.BODY(unescape(raw)))
