"""Whether a text is a treaty, a law or a resolution, or else news."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.intake.blocks import Block
from annotator.intake.structure import brokenheads, counted, marks
from annotator.intake.structure.marks import Heading

_FIRST = ("1", "I", "1_1")
_DIVISIONS = ("book", "part", "title", "chapter", "section")
# "Basic Principles on", "Resolution 12/7", "DRAFT LAW ON", "The Lantern Act, 2031"
_NAMED = re.compile(
    r"(?:(?:the|la|le|el)\s+)?(?:(?-i:[A-Z])[\w’'-]*\s+|\((?-i:[A-Z])\w*\)\s+){0,5}?(?:treaty|convention|covenant|protocol|"
    r"agreement|charter|constitution|act|bill|law|code|statute|ordinance|decree|regulations?|"
    r"directive|decision|rules|resolution|declaration|recommendation|principles|guidelines|"
    r"standards|framework|general (?:comment|recommendation)|"
    r"memorandum of understanding|loi|décret|résolution|déclaration|traité|"
    r"ley|decreto|resolución|declaración|tratado|lei|resolução|gesetz|verordnung|legge|wet)\b",
    re.I,
)
_LETTERED = re.compile(r"(?:[IVX]{1,5}|[A-Z])\.\s[^\W\d_a-z][^.;:]{2,100}\Z")
_RUN = 4
_WHOLE_FORMULA = 12
_LONGEST_TITLE = 200
_TOP = 6
_SHARE = 0.4


def is_law(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the text is built as treaties, laws and resolutions are.

    It is by articles, sections or principles from the first on; or, where its title names such an
    instrument, by numbered paragraphs or a closing formula. A news item may have a line
    "Article 19", the organisation, or a list of numbered facts.
    """
    blocks = brokenheads.mended(text, blocks)
    if counted.unspaced_articles(text, blocks):
        return True
    lines = [text[block.start : block.end] for block in blocks]
    if "§" in text and len(counted.signed_sections(lines)) > 1:
        return True
    found: list[Heading] = []
    numbers: list[int] = []
    headed: list[int] = []
    wordy: list[str] = []
    lettered = marked = 0
    for i, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        if not block.level and marks.opens_nothing(line):
            wordy.append(line)
            continue
        head = marks.heading(line, explicit=block.level > 0)
        if head:
            found.append(head)
            if i == 0 and head.kind == "article":
                return True
            continue
        mark = marks.enumerator(line, bare=True)
        if mark and block.level:
            headed += [number for family, number in mark.readings[:1] if family == "number"]
            mark = None
        lettered += bool(_LETTERED.match(line))
        marked += mark is not None and mark.form != "a "
        if mark and mark.readings[0][0] == "number":
            numbers.append(mark.readings[0][1])
        wordy.append(line)
    for kind in ("article", "section", "rule") if found else ():
        opened = [head for head in found if head.kind == kind]
        first = any(head.token in _FIRST for head in opened)
        if kind == "article" and (len(opened) > 1 or first):
            return True
        if len(opened) > 1 and first:
            return True
    titled = _is_titled(text, blocks)
    if titled and len(counted.dashed_sections(lines)) > 1:
        return True
    listed = 1 in numbers and 2 in numbers
    # "I. Introduction", "II. Duties of States", and paragraphs numbered through under them
    through = lettered > 1 and numbers[:_RUN] == list(range(1, _RUN + 1))
    divided = through or sum(head.kind in _DIVISIONS for head in found) > 1
    # A web page of an act: "1 Power to open letters", "2 Offence of disclosure" as headings
    sections = headed[:2] == [1, 2]
    if listed and (divided or (titled and (sections or marked >= _SHARE * len(blocks)))):
        return True
    if titled and (divided or any(map(_signs, wordy))):
        return True
    closed = sum(line.endswith((",", ";")) for line in wordy) if listed else 0
    return closed >= max(2, len(blocks) // 4)


def _signs(line: str) -> bool:
    """Whether a line closes an instrument: "Done at Geneva", not "Done in haste, critics said"."""
    closing = marks.CLOSING.match(line)
    return closing is not None and (
        closing.end() >= _WHOLE_FORMULA or line[closing.end() :].lstrip()[:1].isupper()
    )


def _is_titled(text: str, blocks: Sequence[Block]) -> bool:
    for block in blocks[:_TOP]:
        line = text[block.start : block.end]
        named = len(line) <= _LONGEST_TITLE and _NAMED.match(line)
        if named and not line.endswith((".", ",", "?", "!", "”")):
            return True
    return False
