"""Lines -> paragraphs: whether a line goes on with the one before or begins something new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from annotator.intake.pdf.hyphens import SOFT, Words, plain_letters
from annotator.intake.pdf.runs import Line
from annotator.intake.structure import dashes, lists, marks

# In the size of the type, but for the gap, which is measured against the usual one.
_WIDE_GAP = 1.3
# Beyond double spacing, lines stand apart because they are paragraphs.
_WIDEST_USUAL = 2.4
_INDENT = 0.7
_CENTRED = 1.5
_SPACE = 0.3
_SIZES = 0.08
_ENDS = (".", ";", ":", "!", "?", "。", "；", "：", ".”", ".’", '."', "؛", "؟")
_ABBREVIATION = re.compile(r"\b(?:Nos?|Nr|Arts?|paras?|pp?|Vol|Res|cf|Mrs?|Ms|Dr|St)\.\Z", re.I)
_FURTHEST_NEXT = 12
_ITEM_ENDS = (*_ENDS, ",", " and", " or", " et", " ou", " y", " o", " и", " или")


def join(columns: Sequence[list[Line]]) -> list[str]:
    """The paragraphs of columns of lines in reading order, each on one line.

    A paragraph ends where the next word would still have had room, where more space follows than
    usual, where the size or the indentation changes, and before a number or heading that does not
    stand in the middle of a sentence. It goes on across columns and pages in mid-sentence.
    """
    usual = _usual_gap(columns)
    words = Words(line.text for column in columns for line in column)
    found: list[str] = []
    held: list[Line] = []
    text = ""
    for column in columns:
        for i, line in enumerate(column):
            clean = words.unbroken(plain_letters(line.text).strip())
            if not clean:
                continue
            headed = bool(found) and _is_bare_heading(found[-1])
            if (
                held
                and not _opens_list(column, i, clean)
                and not (headed and _ends_heading(held, line, clean))
                and _goes_on(held, line, clean, text, first=i == 0, usual=usual)
            ):
                text = words.join(text, clean)
                held.append(line)
                continue
            if text:
                found.append(text)
            held, text = [line], clean
    if text:
        found.append(text)
    return [text.replace(SOFT, "") for text in found]


def _opens_list(column: Sequence[Line], i: int, clean: str) -> bool:
    """Whether "(i)" is the first of a list, by the "(ii)" below it at the same edge."""
    mark = marks.enumerator(clean)
    if mark is None or not mark.firm or all(place != 1 for _, place in mark.readings):
        return False
    edge, size = column[i].left, column[i].size
    below = (
        marks.enumerator(plain_letters(line.text).strip())
        for line in column[i + 1 : i + 1 + _FURTHEST_NEXT]
        if abs(line.left - edge) < _INDENT * size
    )
    return lists.opens_list(clean, mark, [found for found in below if found][:1])


def _usual_gap(columns: Sequence[list[Line]]) -> float:
    """The way from baseline to baseline, in the size of the type, within paragraphs."""
    gaps = [line.gap / line.size for column in columns for line in column[1:] if line.gap > 0]
    if not gaps:
        return 1.0
    # Lines that fill their column are followed by their own paragraph's next more often than not.
    filled = [
        line.gap / line.size
        for column in columns
        for above, line in pairwise(column)
        if line.gap > 0 and above.column_right - above.right < 3 * above.size
    ]
    return min(median_low(filled or gaps), _WIDEST_USUAL)


def _goes_on(
    held: list[Line], line: Line, clean: str, text: str, *, first: bool, usual: float
) -> bool:
    last = held[-1]
    if abs(line.size - last.size) > _SIZES * max(line.size, last.size):
        return False
    if not first and line.gap > _WIDE_GAP * usual * line.size:
        return False
    if _is_bare_heading(text):
        return False
    opened = marks.heading(text)
    # "(ETS No." breaks off: what follows is its number and not that of a list.
    abbreviated = _ABBREVIATION.search(text) is not None
    mark, heading = None if abbreviated else marks.enumerator(clean), marks.heading(clean)
    centred = _is_centred(line) and _is_centred_before(last, line)
    if centred and not first:
        return not (heading or mark or text.endswith(_ENDS))
    if not _was_full(last, line):
        return False
    if heading:
        return not text.endswith(_ITEM_ENDS) and not _is_centred(line) and not opened
    if mark:
        return not text.endswith(_ITEM_ENDS) and not opened and not marks.is_capitals(text)
    if dashes.opening(clean) and _is_item(text):
        return False
    if first:
        return abbreviated or not text.endswith(_ENDS) or clean[0].islower()
    return not _is_indented_anew(held, line, text)


def _is_item(text: str) -> bool:
    """Whether a dash opens an item: one is announced, or goes before."""
    before = dashes.opening(text)
    follows = before is not None and text.endswith(_ITEM_ENDS)
    return follows or text.endswith((":", ";", "：", "；", "؛"))


def _is_bare_heading(text: str) -> bool:
    """Whether a paragraph is but "Article 5", whose heading or first words come next."""
    found = marks.heading(text)
    return found is not None and not found.rest


def _ends_heading(held: list[Line], line: Line, clean: str) -> bool:
    """Whether a line behind the heading of an article is the first of its words.

    Such a heading may fill its line, so that its number or its being centred must show it.
    """
    if marks.enumerator(clean):
        return True
    if (held[-1].text.isupper() and clean.isupper()) or held[-1].text.rstrip().endswith("-"):
        return False
    inset = held[-1].left - held[-1].column_left > 0.4 * line.size
    return inset and line.left - line.column_left < 0.1 * line.size


def _was_full(last: Line, line: Line) -> bool:
    """Whether the first word of the next line would have had no room behind the last one."""
    room = last.column_right - last.right
    if _is_centred_before(last, line):
        room += last.left - last.column_left
    # A line end that breaks a word shows that the line was full.
    if last.text.rstrip().endswith(("-", "\u2010", SOFT)):
        return True
    return room < line.word + _SPACE * last.size


def _is_indented_anew(held: list[Line], line: Line, text: str) -> bool:
    """Whether the line's left edge begins a paragraph: its own indentation, or a return."""
    step = line.left - held[-1].left
    if step > _INDENT * line.size:
        # Behind the first line of an item the others hang deeper.
        hangs = len(held) == 1 and marks.enumerator(text) is not None
        return not hangs and text.endswith(_ENDS)
    if step < -_INDENT * line.size:
        # Behind an indented first line the others stand further out.
        return len(held) > 1 and text.endswith(_ITEM_ENDS)
    return False


def _is_centred(line: Line) -> bool:
    before, behind = line.left - line.column_left, line.column_right - line.right
    return before > _CENTRED * line.size and abs(before - behind) < 0.5 * line.size


def _is_centred_before(last: Line, line: Line) -> bool:
    """Whether a line is centred: the next does not begin below it, as that of an item would."""
    before, after = last.left - last.column_left, line.left - line.column_left
    return _is_centred(last) and abs(before - after) > 0.2 * line.size
