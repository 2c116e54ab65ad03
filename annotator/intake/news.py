"""Blocks of a news item into its paragraphs and the sub-headings they stand under."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.intake.blocks import Block
from annotator.model import Clause

_LONGEST_SUBHEADING = 80
_SENTENCE_END = (".", "!", "?", ":", ";", ",", "…", "。", "！", "？", "؟", "”", '"', "»")


def clauses(text: str, blocks: Sequence[Block], *, guess: bool = True) -> tuple[Clause, ...]:
    """Every paragraph as `para_n`, numbered through, below the sub-heading `sec_n` it stands under.

    Where the source marks no headings, a short line without a full stop before a longer paragraph
    is one, unless `guess` is off.
    """
    groups: list[tuple[Block | None, list[Block]]] = [(None, [])]
    marked = not guess or any(block.level for block in blocks)
    for i, block in enumerate(blocks):
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        if block.level or (not marked and _is_subheading(text, block, following)):
            groups.append((block, []))
        else:
            groups[-1][1].append(block)
    found: list[Clause] = []
    paragraph = 0
    for section, (head, body) in enumerate(groups):
        parent = None
        if head:
            parent = f"sec_{section}"
            words = text[head.start : head.end]
            end = body[-1].end if body else head.end
            found.append(
                Clause(
                    parent, f"“{words}”", "section", "", words, head.start, end, head.end, head.end
                )
            )
        for block in body:
            paragraph += 1
            found.append(
                Clause(
                    eid=f"para_{paragraph}",
                    citation=f"para. {paragraph}",
                    kind="paragraph",
                    number="",
                    heading="",
                    start=block.start,
                    end=block.end,
                    body=block.start,
                    own_end=block.end,
                    parent=parent,
                )
            )
    return tuple(found)


def _is_subheading(text: str, block: Block, following: Block | None) -> bool:
    words = text[block.start : block.end]
    return (
        following is not None
        and len(words) <= _LONGEST_SUBHEADING
        and not words.endswith(_SENTENCE_END)
        and following.end - following.start > 2 * len(words)
    )
