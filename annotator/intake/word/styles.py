"""The styles of a DOCX file: which are headings, hidden, or numbered by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from annotator.intake.word.package import child, children, is_on, name, value

_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|заголовок)\s*([1-9])\Z")
_TITLES = frozenset(("title", "titel", "titre", "título", "titolo", "название"))
_CONTENTS = re.compile(r"(?:toc|contents|verzeichnis|inhopg)\s*\d\Z|toc heading\Z")
_DEEPEST = 20
OUTLINE_LEVELS = tuple("0123456789")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; `level` is 1 to 9 for headings, `number` and `depth` its own numbers."""

    id: str
    title: bool = False
    contents: bool = False
    level: int = 0
    hidden: bool = False
    number: str | None = None
    depth: int | None = None


def load(root: Element | None) -> dict[str, Style]:
    """The styles by their id, with what they take from the styles they are based on.

    The paragraph style that holds where none is named stands under the empty id as well.
    """
    elements = {
        value(element, "styleId"): element for element in children(root) if name(element) == "style"
    }
    found = {id_: _style(id_, elements) for id_ in elements}
    for id_, element in elements.items():
        default = value(element, "default") in ("1", "true", "on")
        if default and value(element, "type") == "paragraph":
            found[""] = found[id_]
    return found


def _style(id_: str, elements: dict[str, Element]) -> Style:
    title = contents = hidden = False
    level = 0
    number: str | None = None
    depth: int | None = None
    at, steps = id_, 0
    hidden_known = False
    while at in elements and steps < _DEEPEST:
        element = elements[at]
        called = child(element, "name")
        words = (value(called) if called is not None else at).casefold()
        heading = _HEADING.match(words)
        outline = child(element, "pPr", "outlineLvl")
        title = title or words in _TITLES
        contents = contents or bool(_CONTENTS.match(words))
        if not level and heading:
            level = int(heading.group(1))
        elif not level and outline is not None and value(outline) in OUTLINE_LEVELS:
            # The tenth outline level is that of body text.
            level = (int(value(outline)) + 1) % 10
        vanish = child(element, "rPr", "vanish")
        if vanish is not None and not hidden_known:
            hidden, hidden_known = is_on(vanish), True
        numbered, deep = own_number(child(element, "pPr"))
        number = numbered if number is None else number
        depth = deep if depth is None else depth
        based = child(element, "basedOn")
        at = value(based) if based is not None else ""
        steps += 1
    return Style(id_, title, contents, level, hidden, number, depth)


def own_number(properties: Element | None) -> tuple[str | None, int | None]:
    """The list and depth that paragraph properties name, None for what they leave open."""
    number = child(properties, "numPr", "numId")
    depth = child(properties, "numPr", "ilvl")
    return (
        value(number) if number is not None else None,
        int(value(depth)) if depth is not None and value(depth) in OUTLINE_LEVELS else None,
    )
