"""Articles, sections and divisions that are told by their numbers, without a word that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotator.intake.blocks import Block
from annotator.intake.structure import marks, numerals
from annotator.intake.structure.marks import Enumerator, Heading
from annotator.intake.structure.reading import Reading

_SENTENCE_ARTICLE = re.compile(
    r"(?:article|artículo|artigo|articolo|artikel|art\.?)\s+"
    r"(?P<number>\d{1,4}(?:er|\.?[ºª]|°)?(?-i:-[A-Z](?!\w))?)"
    r"\s+(?=(?-i:[^\W\d_a-zà-ÿ])\w*\s|\((?:vetad|revogad|suprimid)[oa]s?\))",
    re.I,
)
# "§ 5 Zweck", "§ 4a", "5 § Syfte"
_SIGN = re.compile(
    r"(?:§\s?(?P<number>\d{1,4}\s?[a-z]?)|(?P<before>\d{1,4}\s?[a-z]?)\s?§)(?!\w)"
    r"(?P<rest>[.:]?(?:\s.*|))\Z",
    re.S,
)
# as in an Indian act: "41. Adulteration of oil.—(1) Whoever"
_DASHED = re.compile(r"(?P<number>\d{1,3})\. ?[^\W\d_a-z][^.:;—\n]{1,120}\.\s?—")
_ALONE = re.compile(r"(?:[IVXLC]{1,6}|[A-Z])\.?\Z")
# Words by which a law speaks of its own numbered sections.
_SPEAKS_OF_SECTIONS = re.compile(
    r"\b(?:sub-?)?sections?\s+(?:\d|\(\d)|\bthis (?:section|act|bill|ordinance)\b", re.I
)
# "I. General principles", "B. Offences"
_LETTERED_FORMS = (".", "-", "n ", "I")
_FEWEST = 3
_LONGEST_HEADING = 100


def unspaced_articles(
    text: str, blocks: Sequence[Block], heads: Sequence[Heading | None] = ()
) -> dict[int, Heading]:
    """Articles whose sentence follows their number with nothing between: "Art. 5 The Parties".

    One such line may be a cross-reference; three and more that count on, with the articles that
    `heads` knows between them, are the articles.
    """
    run: dict[int, Heading] = {}
    last = 0
    for i, block in enumerate(blocks):
        head = heads[i] if heads else None
        if head and head.kind == "article":
            last = numerals.value(head.number) or last
            continue
        match = _SENTENCE_ARTICLE.match(text, block.start, block.end)
        value = int(re.sub(r"\D", "", match.group("number"))) if match else 0
        if match and (value == last + 1 or (value == last and "-" in match.group("number"))):
            last = value
            number, rest_at = match.group("number"), match.end() - block.start
            rest = text[match.end() : block.end]
            run[i] = Heading("article", number, numerals.token(number), rest, rest_at, spaced=True)
    return run if len(run) >= _FEWEST else {}


def find_signed_sections(found: Reading) -> None:
    """The sections "§ 1", "§ 2" of a law without articles; divisions called so lie above them."""
    if any(head and head.kind == "article" for head in found.heads):
        return
    run = [(i, head) for i, head in signed_sections(found.lines) if not found.roles[i]]
    if len(run) < 2:
        return
    for i, head in enumerate(found.heads):
        if head and head.kind == "section":
            found.heads[i] = replace(head, kind="division")
    for i, head in run:
        found.heads[i], found.marks[i] = head, None
    found.unit = "section"


def signed_sections(lines: Sequence[str]) -> list[tuple[int, Heading]]:
    """The lines that open a section marked "§ 1" or "1 §", each with its heading."""
    run: list[tuple[int, Heading]] = []
    last = 0
    for i, line in enumerate(lines):
        match = _SIGN.match(line)
        if not match:
            continue
        number = (match.group("number") or match.group("before")).strip()
        value = numerals.value(re.sub(r"\D", "", number))
        rest = match.group("rest").lstrip(".: \t\n\xa0")
        inserted = value == last and number[-1].isalpha()
        # A number out of turn is a heading only where it looks like one: "§ 3 gilt entsprechend."
        turn = value in (1, last + 1) or inserted
        if not turn and (value < last or (rest and not marks.may_be_heading(rest))):
            continue
        if rest and rest[0].islower():
            continue
        last = value
        token = number.replace(" ", "")
        run.append((i, Heading("section", number, token, rest, len(line) - len(rest), spaced=True)))
    return run


def find_numbered_sections(found: Reading, text: str, blocks: Sequence[Block]) -> None:
    """The sections of a law that calls them by their numbers alone: "1. Short title".

    Where the source marks their lines as headings, only those count.
    """
    if found.unit or not _SPEAKS_OF_SECTIONS.search(text):
        return
    headed = {i: mark for i in range(len(blocks)) if (mark := _numbered_heading(found, blocks, i))}
    if any(mark.number == "1" for mark in headed.values()) and len(headed) > 1:
        candidates = [headed.get(i) for i in range(len(blocks))]
    else:
        candidates = found.marks
    run: list[tuple[int, Enumerator]] = []
    expected, form = _first_number(found), ""
    for i, mark in enumerate(candidates):
        head = found.heads[i]
        if run and head and head.kind == "annex":
            break
        if not mark or mark.form not in (".", "n ", "-") or (form and mark.form != form):
            continue
        family, number = mark.readings[0]
        inserted = mark.bis.isupper() and number == expected - 1 and run
        if family == "number" and (number == expected or inserted):
            run.append((i, mark))
            expected, form = number + 1, mark.form
    if len(run) < 2:
        return
    found.unit = "section"
    for i, mark in run:
        line = found.lines[i]
        token = mark.number.replace(" ", "")
        found.heads[i] = Heading(
            "section", mark.number, token, line[mark.end :], mark.end, spaced=False
        )
        found.marks[i] = None


def _first_number(found: Reading) -> int:
    """Where the sections begin: at 1, but for a part of a law whose headings run into the words."""
    numbers = dashed_sections(found.lines)
    return numbers[0] if len(numbers) > 1 and numbers[1] == numbers[0] + 1 else 1


def dashed_sections(lines: Sequence[str]) -> list[int]:
    """The numbers of lines that open a section with its heading before a dash.

    >>> dashed_sections(["40. Oil.—In this Chapter", "41. Sale. — (1) Whoever", "2. No."])
    [40, 41]
    """
    return [int(match.group("number")) for line in lines if (match := _DASHED.match(line))]


def _numbered_heading(found: Reading, blocks: Sequence[Block], i: int) -> Enumerator | None:
    """The number of a line that the source marks as a heading, if nothing else is known of it."""
    if not blocks[i].level or found.heads[i] or found.roles[i]:
        return None
    return marks.enumerator(found.lines[i], bare=True)


def find_lettered(found: Reading, blocks: Sequence[Block]) -> None:
    """Find "I. General principles" and "B. Offences": divisions without a word that says so."""
    styles: dict[str, list[int]] = {"ROMAN": [], "LETTER": []}
    counts = {"ROMAN": 0, "LETTER": 0}
    for i, line in enumerate(found.lines):
        mark = found.marks[i] or _numbered_heading(found, blocks, i)
        if i + 1 == len(blocks) or found.heads[i] or found.roles[i]:
            continue
        if not mark and not found.unit and _ALONE.match(line):
            # "II" alone on its line
            core = line.rstrip(".")
            mark = found.marks[i] = Enumerator(core, numerals.readings(core), "I", len(line))
        if not mark or mark.form not in _LETTERED_FORMS:
            continue
        rest = line[mark.end :]
        if rest and (rest[0].islower() or not marks.may_be_heading(rest)):
            continue
        if len(rest) > _LONGEST_HEADING or (not rest and mark.form != "I"):
            continue
        following = found.heads[i + 1]
        if found.unit and not (following and following.kind == found.unit):
            inner = found.marks[i + 1]
            if not (inner and inner.form in _LETTERED_FORMS and ("LETTER", 1) in inner.readings):
                continue
        for family in styles:
            # A letter list may begin anew below each Roman number.
            wanted = {counts[family] + 1} | ({1} if family == "LETTER" else set())
            place = next((n for name, n in mark.readings if name == family and n in wanted), 0)
            inner = found.marks[i + 1]
            if place and not (inner and (family, place + 1) in inner.readings):
                styles[family].append(i)
                counts[family] = place
                break
    chosen = {family: found_at for family, found_at in styles.items() if len(found_at) > 1}
    outer = min(chosen, key=lambda family: chosen[family][0], default="")
    for family, found_at in chosen.items():
        for i in found_at:
            mark = found.marks[i] or _numbered_heading(found, blocks, i)
            assert mark is not None
            found.heads[i] = Heading(
                "section" if family == outer and found.unit != "section" else "subsection",
                mark.number,
                mark.number,
                found.lines[i][mark.end :],
                mark.end,
                spaced=False,
            )
            found.marks[i] = None
    for i, mark in enumerate(found.marks):
        if mark and mark.form == "I":
            found.marks[i] = None
