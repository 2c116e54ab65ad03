"""Blocks that stand in a text without belonging to it: page numbers, running heads, contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from annotator.intake.structure.marks import Enumerator, Heading

# "- 12 -", "Page 3 of 10", "[p. 4]": page numbers wherever they stand
_PAGE = re.compile(
    r"(?:[-–—]\s*\d{1,4}\s*[-–—]|"
    r"\W?(?:page|pag\.|p\.|página|pagina|seite|стр\.)\s*\d{1,4}(?:\s*(?:of|de|di|sur|von|/)\s*\d{1,4})?\W?)\Z",
    re.I,
)
_RULE = re.compile(r"(?:[_—–-]\s?){5,}\Z")
_NUMBER = re.compile(r"\d{1,4}\Z")
# A page holds more than this; a paragraph seldom does.
_SHORTEST_PAGE = 1200
_FEWEST_PAGES = 3
_LONGEST_HEAD = 100
_DIGITS = re.compile(r"\d+")
_STOPS = (".", ";", ":", "!", "?", "”", '"', ")", "。")

_CONTENTS = re.compile(
    r"(?:table of contents|contents|arrangement of (?:sections|clauses|articles|regulations|rules)|"
    r"table of (?:provisions|sections|articles)|sommaire|table des matières|índice|sumario|sumário|"
    r"indice|inhalt(?:sverzeichnis|sübersicht)?|inhoud(?:sopgave)?|оглавление|содержание|"
    r"المحتويات|目\s?[录錄]|目\s?次|차\s?례|목\s?차)\W*\Z",
    re.I,
)
# "The table of contents for this Act is as follows:", itself words of the act
_ANNOUNCED = re.compile(
    r".{0,60}\bcontents (?:of|for) this (?:act|bill|title|division|code) (?:is|are) as follows:\Z",
    re.I,
)
# "Article 1 – Terms ........ 3"
LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{0,4}\Z|…{2,}\s*\d{0,4}\Z|\t\s*\d{1,4}\Z")
# "3—Penalties", "3 – Penalties", as they are listed
_ENTRY = re.compile(r"(\d{1,4}[A-Z]?)\s?[—–-]\s?[^\W\d_]")
# Fewer headings in a row are articles whose words are missing.
_FEWEST_LISTED = 3
_FIRST_ENTRIES = 4


def pages(
    lines: Sequence[str], starts: Sequence[int], heads: Sequence[Heading | None]
) -> frozenset[int]:
    """The blocks that are page numbers or running heads of a text that once was paginated.

    A number alone is a page number only if such numbers count on through the articles and stand
    far apart or in the middle of sentences: elsewhere it numbers the paragraph below it.
    """
    sure = {i for i, line in enumerate(lines) if len(line) < 40 and _PAGE.match(line)}
    sure |= _counted(lines, starts, heads)
    if not sure:
        return frozenset()
    beside = {j for i in sure for j in (i - 1, i + 1) if 0 <= j < len(lines) and j not in sure}
    same: dict[str, list[int]] = {}
    for i in beside:
        if len(lines[i]) <= _LONGEST_HEAD and not heads[i]:
            same.setdefault(_DIGITS.sub("#", lines[i].casefold()), []).append(i)
    repeated = [i for group in same.values() if len(group) > 1 for i in group]
    return frozenset(sure.union(repeated))


def _counted(
    lines: Sequence[str], starts: Sequence[int], heads: Sequence[Heading | None]
) -> set[int]:
    numbers = [i for i, line in enumerate(lines) if len(line) <= 4 and _NUMBER.match(line)]
    run: list[int] = []
    for i in numbers:
        if run and int(lines[i]) != int(lines[run[-1]]) + 1:
            # Numbers that begin again count paragraphs.
            return set()
        run.append(i)
    if len(run) < _FEWEST_PAGES:
        return set()
    crossed = sum(any(heads[j] for j in range(i + 1, k)) for i, k in pairwise(run))
    apart = (starts[run[-1]] - starts[run[0]]) / (len(run) - 1)
    broken = sum(
        0 < i < len(lines) - 1
        and not lines[i - 1].endswith(_STOPS)
        and not heads[i - 1]
        and lines[i + 1][0].islower()
        for i in run
    )
    return set(run) if crossed and (broken or apart >= _SHORTEST_PAGE) else set()


def notes(
    lines: Sequence[str], heads: Sequence[Heading | None], marks: Sequence[Enumerator | None]
) -> frozenset[int]:
    """The numbered notes below a rule of dashes, and the rule: they number no paragraphs.

    They go on to the next heading or the end, so that nothing but notes stands there.
    """
    found: set[int] = set()
    for i, line in enumerate(lines):
        if not _RULE.match(line):
            continue
        end = i + 1
        while end < len(lines) and not heads[end] and not _RULE.match(lines[end]):
            end += 1
        below = marks[i + 1 : end]
        if below and all(mark and mark.readings[0][0] == "number" for mark in below):
            found.update(range(i, end))
    return frozenset(found)


def contents(
    lines: Sequence[str],
    heads: Sequence[Heading | None],
    marks: Sequence[Enumerator | None],
) -> range:
    """The blocks of a table of contents, its own title included; empty where there is none.

    It begins below a line such as "Contents" or at dotted leaders, and ends before its first
    entries come again; headings upon headings whose articles all come again are one too.
    """
    keys = [_key(*block) for block in zip(lines, heads, marks, strict=True)]
    found = _listed(lines, heads, keys)
    # What does not come again below is no entry, but the first heading of the body.
    end = found.stop
    below = {key for key in keys[end:] if key}
    while end > found.start and (key := keys[end - 1]) and key not in below:
        below.add(key)
        end -= 1
    return range(found.start, end)


def _listed(
    lines: Sequence[str],
    heads: Sequence[Heading | None],
    keys: Sequence[tuple[str, str] | None],
) -> range:
    opened = next((i for i, line in enumerate(lines) if _CONTENTS.match(line)), None)
    said = next((i + 1 for i, line in enumerate(lines) if _ANNOUNCED.match(line)), None)
    if opened is None and said is not None and said < len(lines):
        return _repeated(lines, keys, said, said)
    if opened is None:
        dotted = [i for i, line in enumerate(lines) if LEADERS.search(line)]
        if len(dotted) >= _FEWEST_LISTED:
            return range(dotted[0], _last_near(dotted) + 1)
        return _heads_in_a_row(heads)
    return _repeated(lines, keys, opened, opened + 1)


def _repeated(
    lines: Sequence[str], keys: Sequence[tuple[str, str] | None], opened: int, start: int
) -> range:
    """The blocks from `opened` to where the first entries, from `start` on, come again."""
    first: dict[tuple[str, str], int] = {}
    for j in range(start, len(lines)):
        key = keys[j]
        if key is None:
            continue
        if key in first:
            # The entries repeat, so the body has begun; a preamble between has no entries.
            inside = [k for k in range(start, j) if keys[k] or LEADERS.search(lines[k])]
            return range(opened, inside[-1] + 1 if inside else start)
        if len(first) < _FIRST_ENTRIES:
            first[key] = j
    dotted = [i for i in range(opened, len(lines)) if LEADERS.search(lines[i])]
    return range(opened, _last_near(dotted) + 1) if dotted else range(0)


def _last_near(dotted: Sequence[int]) -> int:
    """The last of the lines with leaders that stand together; forms in an annex have them too."""
    last = dotted[0]
    for i in dotted[1:]:
        if i - last > _FIRST_ENTRIES:
            break
        last = i
    return last


def _key(line: str, head: Heading | None, mark: Enumerator | None) -> tuple[str, str] | None:
    if head:
        return head.kind, head.token
    if mark and mark.form in (".", "n", "n ") and mark.readings[0][0] == "number":
        return "number", mark.number
    entry = _ENTRY.match(line)
    return ("number", entry.group(1)) if entry else None


def _heads_in_a_row(heads: Sequence[Heading | None]) -> range:
    first = next((i for i, head in enumerate(heads) if head and head.kind != "preamble"), 0)
    listed: set[str] = set()
    end = first
    while end < len(heads) and (head := heads[end]):
        if head.kind == "article":
            if head.token in listed:
                break
            listed.add(head.token)
        end += 1
    later = {head.token for head in heads[end:] if head and head.kind == "article"}
    if len(listed) >= _FEWEST_LISTED and later.issuperset(listed):
        return range(first, end)
    return range(0)
