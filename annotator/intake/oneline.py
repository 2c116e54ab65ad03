"""A treaty whose line ends were lost: where its articles and paragraphs begin within the line."""

from __future__ import annotations

import re
from itertools import pairwise

from annotator.intake.structure import marks, numerals

# Shorter lines are paragraphs; a whole treaty in one is longer.
SHORTEST = 600
_FEWEST = 3
_ENDS = (".", ";", ":", ")", "”", '"', "»", "。")
_PARAGRAPH = re.compile(
    # The first may stand behind the article's heading, the others behind a sentence.
    r"(?:(?<=[.;:])\s+|\A\s*|\A[^.;:]{2,160}\s(?=1\.))(?P<number>\d{1,3})\.\s+"
    r"(?=[^\W\da-z_]|[“\"(]|[a-z]\))"
)
_SENTENCE = re.compile(r"(?<=[.;])\s+")
_POINT = re.compile(r"(?:(?<=[:;,])|(?<=; and)|(?<=; or))\s+(?=(?:\([a-z]{1,4}\)|[a-z]\))\s)")


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The line as the blocks it would have had, or whole where it holds no run of articles.

    Articles count from 1 without a gap, so that "under Article 9 The" stays in its sentence.
    """
    articles = _run(text, start, end, "article")
    if len(articles) < _FEWEST:
        return [(start, end)]
    chapters = _run(text, start, end, "chapter")
    cuts = sorted({start, end, *(at for span in (*articles, *chapters) for at in span)})
    spans: list[tuple[int, int]] = []
    for left, right in pairwise(cuts):
        inner = [left, *_inner(text[left:right], left), right]
        spans += pairwise(inner)
    return [found for span in spans if (found := _trimmed(text, *span))]


def _run(text: str, start: int, end: int, kind: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in marks.INLINE[kind].finditer(text, start, end):
        value = numerals.value(match.group("number"))
        before = text[start : match.start()].rstrip()
        after = text[match.end() : match.end() + 40].lstrip(" .:–—-")
        opens = not before or before.endswith(_ENDS) or _is_division_heading(before)
        if value == len(found) + 1 and opens and after and not after[0].islower():
            found.append((match.start(), match.end()))
    return found


def _is_division_heading(before: str) -> bool:
    """Whether the words before an article end in the heading of its chapter."""
    last = before[-200:].split()[-1]
    return (last.isupper() and len(last) > 1) or bool(
        marks.INLINE_CHAPTER_HEADING.search(before[-200:])
    )


def _inner(words: str, offset: int) -> list[int]:
    numbered: list[int] = []
    for match in _PARAGRAPH.finditer(words):
        if int(match.group("number")) == len(numbered) + 1:
            numbered.append(offset + match.start("number"))
    points = [offset + match.end() for match in _POINT.finditer(words)]
    closing = [
        offset + match.end()
        for match in _SENTENCE.finditer(words)
        if marks.CLOSING.match(words, match.end())
    ]
    return sorted({*numbered, *points, *closing} - {offset})


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return (start + left, start + left + len(words.strip())) if words.strip() else None
