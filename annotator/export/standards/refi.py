"""The codebook as REFI-QDA codes, for `.qdpx` projects and `.qdc` codebooks alike.

A code's guid is made of its name in the codebook, so that two files name the same code alike.
Polarity and severity are codes as well, in groups of their own: these programs know of a passage
what it is coded with and nothing else. Source: REFI-QDA 1.5 (2019), chapters on codebook and
project exchange.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.codebook import Codebook, Concern
from annotator.export.xml_text import writable
from annotator.model import POLARITIES, SEVERITIES, stable_id

if TYPE_CHECKING:
    # Loaded where it is used: libxml2 is of no use to any other command.
    from lxml.etree import _Element as Element

ORIGIN = "Annotator"
CODE = "code"
POLARITY = "polarity"
SEVERITY = "severity"
# As the marks on the page: blue, orange and violet on white.
_COLOURS = {"blue": "#1F5FA8", "orange": "#B45309", "violet": "#6B3FA0"}
_GROUPS = {
    POLARITY: ("Polarity", "Whether a passage is a risk or a safeguard.", POLARITIES),
    SEVERITY: ("Severity", "How much a reviewer thinks is at stake.", SEVERITIES),
}


def guid(*of: str) -> str:
    """The same guid for the same code on every machine: concern and code, or group and value.

    >>> guid("privacy") == guid("privacy", "") != guid("press_freedom")
    True
    """
    return stable_id("refi-qda code", *filter(None, of))


def names() -> dict[str, tuple[str, str]]:
    """By guid the group and value of a polarity or severity."""
    return {guid(group, value): (group, value) for group in _GROUPS for value in _GROUPS[group][2]}


def top(namespace: str, tag: str, /, **attributes: str) -> Element:
    """A new element that stands in no other yet."""
    from lxml import etree

    given = {key: writable(value) for key, value in attributes.items()}
    return etree.Element(f"{{{namespace}}}{tag}", given, nsmap={None: namespace})


def below(above: Element, tag: str, /, **attributes: str) -> Element:
    """A new element in the namespace of the one above."""
    from lxml import etree

    namespace = etree.QName(above).namespace
    return etree.SubElement(
        above, f"{{{namespace}}}{tag}", {key: writable(value) for key, value in attributes.items()}
    )


def codes(above: Element, codebook: Codebook) -> None:
    """Write the tree of codes below `Codes`: concerns with codes and sub-codes, then the groups."""
    for concern in codebook.concerns:
        _concern(above, concern)
    for group, (name, says, values) in _GROUPS.items():
        held = _code(above, guid(group), name, says, codable=False)
        for value in values:
            _code(held, guid(group, value), value.capitalize(), "")


def _concern(above: Element, concern: Concern) -> None:
    colour = _COLOURS.get(concern.slot, "")
    element = _code(above, guid(concern.id), concern.name, concern.definition, colour=colour)
    placed = {"": element}
    for code in concern.codes:
        holder = placed.get(code.parent, element)
        says = "\n\n".join(_told(code.definition, code.tag, code.leave))
        placed[code.id] = _code(holder, guid(concern.id, code.id), code.name, says, colour=colour)


def _told(definition: str, tag: tuple[str, ...], leave: tuple[str, ...]) -> Iterator[str]:
    yield definition
    if tag:
        yield "Tag: " + " ".join(tag)
    if leave:
        yield "Leave: " + " ".join(leave)


def _code(
    above: Element, guid: str, name: str, says: str, *, colour: str = "", codable: bool = True
) -> Element:
    element = below(above, "Code", guid=guid, name=name, isCodable=str(codable).lower())
    if colour:
        element.set("color", colour)
    if says:
        below(element, "Description").text = writable(says)
    return element
