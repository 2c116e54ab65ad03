"""Blocks of a news item into its paragraphs and the sub-headings they stand under."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from annotator.intake.blocks import Block
from annotator.intake.structure import marks
from annotator.intake.structure.citation import quoted
from annotator.model import Clause

_LONGEST_SUBHEADING = 80
WORD = re.compile(r"\w")
# The items of a list, the name behind a quotation, and what pages put between paragraphs.
_NO_HEADING = re.compile(
    r"[•·▪‣*–—-]|(?:advertisement|read (?:more|also)|related|share|listen|sign up|see also|"
    r"lire aussi|lea también|lesen sie auch)\b|ends?\W*\Z",
    re.I,
)
_CAPTION = re.compile(
    r"\b(?:photo(?:graph)?|image|picture|credit|illustration|foto|bild)s?\s?(?::|by\b|©|/)|"
    r"/\s?(?:AFP|AP|Reuters|EPA|dpa|EFE|Getty\b.*)\Z|©",
    re.I,
)
_SENTENCE_END = (".", "!", "?", ":", ";", ",", "…", "。", "！", "？", "؟", "”", '"', "»")


def clauses(text: str, blocks: Sequence[Block], *, guess: bool = True) -> tuple[Clause, ...]:
    """Every paragraph as `para_n`, numbered through, below the sub-heading `sec_n` it stands under.

    Where the source marks no headings, a short line without a full stop before a longer paragraph
    is one, unless `guess` is off. A rule between paragraphs ("---", "* * *") is none of them.
    """
    blocks = [block for block in blocks if WORD.search(text, block.start, block.end)]
    groups: list[tuple[Block | None, list[Block]]] = [(None, [])]
    marked = not guess or any(block.level for block in blocks)
    for i, block in enumerate(blocks):
        if block.level or (not marked and _is_subheading(text, blocks, i)):
            groups.append((block, []))
        else:
            groups[-1][1].append(block)
    found: list[Clause] = []
    said: Counter[str] = Counter()
    paragraph = 0
    for section, (head, body) in enumerate(groups):
        parent = None
        if head:
            parent = f"sec_{section}"
            words = text[head.start : head.end]
            end = body[-1].end if body else head.end
            cited = quoted(words)
            said[cited.casefold()] += 1
            if said[cited.casefold()] > 1:
                cited += f" [{said[cited.casefold()]}]"
            found.append(
                Clause(parent, cited, "section", "", words, head.start, end, head.end, head.end)
            )
        for block in body:
            paragraph += 1
            found.append(
                Clause(
                    f"para_{paragraph}",
                    f"para. {paragraph}",
                    "paragraph",
                    "",
                    "",
                    block.start,
                    block.end,
                    block.start,
                    block.end,
                    parent,
                )
            )
    return tuple(found)


def _is_subheading(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a short line heads the paragraph behind it.

    A caption, an attribution, an advertiser's word and the items of a list do not.
    """
    block = blocks[i]
    if i + 1 == len(blocks) or block.end - block.start > _LONGEST_SUBHEADING:
        return False
    words = text[block.start : block.end]
    following = blocks[i + 1]
    if following.end - following.start <= 2 * len(words):
        return False
    if words.endswith(_SENTENCE_END) or " | " in words:
        # " | " parts the cells of a table's row.
        return False
    if _NO_HEADING.match(words) or _CAPTION.search(words):
        return False
    # "1. Surveillance" heads a paragraph; between other numbers it is an item of a list.
    beside = [blocks[j] for j in (i - 1, i + 1) if j >= 0]
    return not (
        marks.enumerator(words)
        and any(marks.enumerator(text[other.start : other.end]) for other in beside)
    )
