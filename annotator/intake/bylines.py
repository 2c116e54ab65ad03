"""What stands between a news item's headline and its first paragraph: by whom, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from annotator.intake.blocks import Block

# A line longer than this is a paragraph, and these lines stand above the first one.
_LONGEST = 120
_LINES = 5
_CAPITAL = r"(?-i:[^\W\d_a-zà-ÿ])[\w’'.-]*"
_NAME = rf"{_CAPITAL}(?:\s(?:(?:de|da|di|van|von|der|bin|al|el|la|du)\s)*{_CAPITAL}){{0,4}}"
_BYLINE = re.compile(
    r"(?:by|written by|reported by|par|propos recueillis par|por|von|door|di|autor[:ae]?|"
    r"автор:?)\s+"
    rf"(?P<names>{_NAME}(?:(?:\s*,\s*|\s+(?:and|et|y|e|und|en|и|&)\s+){_NAME}){{0,5}})"
    r"(?:\s*[,|–-]\s*(?P<role>[^.!?]{2,80}))?\Z",
    re.I,
)
# such as "Published 3 March 2031, 14:05 GMT", "Last updated: 3 March 2031", "5 min read"
_STAMP = re.compile(
    r"(?:(?:first\s+|last\s+)?(?:published|updated|posted|modified)(?:\s+on|\s+at)?\s*:?\s*)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[a-z]{3,9})\.?,?\s+(?P<year>\d{4})|"
    r"(?P<first>[a-z]{3,9})\.?\s+(?P<second>\d{1,2}),?\s+(?P<third>\d{4})|"
    r"(?P<iso>\d{4}-\d{2}-\d{2}))"
    r"(?:\s*[,|–-]?\s*(?:at\s+)?\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?\s*(?:[a-z]{2,5})?)?\Z",
    re.I,
)
# "By our water correspondent"
_NAMELESS = re.compile(
    r"by\s+(?:our|an?|the)?\s?[\w’ -]{0,60}(?:correspondent|reporter|editor|staff|desk|team|writer|"
    r"agenc(?:y|ies))s?(?:\sand\sagencies)?\Z",
    re.I,
)
_PARTS = re.compile(r"\s+[|·•]\s+")
_READING = re.compile(r"\d{1,3}\s?-?\s?min(?:ute)?s?\s+(?:read|listen)\Z", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def above(text: str, blocks: Sequence[Block]) -> tuple[int, dict[str, str]]:
    """How many blocks at the top tell author, time and length only, and the `author` and `date`.

    The date is ISO 8601 and is given only where the line names one in English or in digits.

    >>> text = "By Mara Quill\\n\\n3 May 2031\\n\\nIt rained."
    >>> above(text, [Block(0, 13), Block(15, 25), Block(27, 37)])
    (2, {'author': 'Mara Quill', 'date': '2031-05-03'})
    """
    known: dict[str, str] = {}
    count = 0
    for block in blocks[:_LINES]:
        line = text[block.start : block.end]
        if block.level or len(line) > _LONGEST:
            break
        if not all(_tells(part, known) for part in _PARTS.split(line)):
            break
        count += 1
    # A text of nothing else keeps its lines.
    return (count, known) if count < len(blocks) else (0, {})


def _tells(part: str, known: dict[str, str]) -> bool:
    """Whether the line, or its part, tells author, time or length; adds what it tells."""
    by, stamp = _BYLINE.match(part), _STAMP.match(part)
    if by:
        known.setdefault("author", by.group("names"))
    elif stamp and (when := _date(stamp)):
        known.setdefault("date", when)
    return bool(by or stamp or _NAMELESS.match(part) or _READING.match(part))


def _date(stamp: re.Match[str]) -> str:
    if stamp.group("iso"):
        return stamp.group("iso")
    day = stamp.group("day") or stamp.group("second")
    month = (stamp.group("month") or stamp.group("first")).casefold()[:3]
    year = stamp.group("year") or stamp.group("third")
    if month not in _MONTHS:
        return ""
    try:
        return date(int(year), _MONTHS.index(month) + 1, int(day)).isoformat()
    except ValueError:
        return ""
