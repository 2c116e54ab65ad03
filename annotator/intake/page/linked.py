"""What a page says of its article to search engines (schema.org, as JSON-LD)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.intake.page.tree import Element

_ARTICLE = re.compile(r"Article|BlogPosting|Posting\Z|Report\Z|Legislation")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAG = re.compile(r"<[^<>]{0,500}>")
_LARGEST = 2_000_000
_MOST_OBJECTS = 2_000


@dataclass(frozen=True, slots=True)
class Linked:
    """The article as its data says; "" for what they do not say. `free` is False behind a wall."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    date: str = ""
    body: str = ""
    free: bool = True


def read(root: Element) -> Linked:
    """The first article in the page's data; nothing is taken from data that cannot be read."""
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        said = script.text or ""
        if len(said) > _LARGEST:
            continue
        try:
            data = json.loads(said, strict=False)
        except (ValueError, RecursionError):
            continue
        for value in _objects(data):
            if _ARTICLE.search(str(value.get("@type", ""))[:200]):
                return _linked(value)
    return Linked()


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    stack, seen = [data], 0
    while stack and seen < _MOST_OBJECTS:
        value = stack.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
            stack.extend(value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))
        elif isinstance(value, list):
            stack.extend(reversed(value[:_MOST_OBJECTS]))


def _linked(value: dict[str, Any]) -> Linked:
    date = _DATE.match(str(value.get("datePublished", "")))
    body = value.get("articleBody")
    return Linked(
        title=_line(value.get("headline") or value.get("name")),
        author=_name(value.get("author")),
        publisher=_name(value.get("publisher")),
        date=date.group() if date else "",
        body=_TAG.sub(" ", unescape(body)) if isinstance(body, str) else "",
        free=str(value.get("isAccessibleForFree", True)).lower() not in ("false", "no"),
    )


def _name(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(dict.fromkeys(name for part in value[:20] if (name := _name(part))))
    if isinstance(value, dict):
        value = value.get("name")
    line = _line(value)
    return "" if line.startswith(("http:", "https:")) else line


def _line(value: Any) -> str:
    return " ".join(unescape(value).split())[:300] if isinstance(value, str) else ""
