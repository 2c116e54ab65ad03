"""Headings whose number stands before their word or within it: "2 kap.", "FIRST PART", 第五条."""

from __future__ import annotations

import re

from annotator.intake.structure import headwords, numberwords, numerals
from annotator.intake.structure.headnumbers import KIND_WORDS, WORDS
from annotator.intake.structure.headrest import SEPARATOR, Heading, judge

# "5. cikk", "1 straipsnis", "5 artikla", "5-бап": the number first, whatever comes behind
_NUMBER_FIRST = re.compile(
    rf"(?P<number>\d{{1,4}}(?:/?[A-Z])?|[IVXLCDM]+)\s?[.-]?\s?(?P<word>{headwords.NUMBER_FIRST})"
    r"(?!\w)(?P<rest>.*)\Z",
    re.I | re.S,
)
# "FIRST SCHEDULE (section 5)", "SECOND SCHEDULE—Fees": what is behind them is no sentence
_ORDINAL_ANNEX = re.compile(
    rf"(?P<number>[^\W\d_]+)\s(?:{WORDS['annex']})(?P<rest>\s?[(\[—–:-].*)\Z", re.I | re.S
)
# "2 kap. 5 § gäller" refers to a section of a chapter
_SECTION_OF = re.compile(r"[.,]?\s*\d{1,4}\s?[a-z]?(?:[-–,\s]+(?:och\s)?\d{1,4})*\s?§")
LONGEST_ORDINAL = 60
_ORDINAL_KINDS = ("article", "part", "chapter", "section", "title", "book", "annex")
# Such as 第一条, 第 12 章, 第十二条之一, 第三条の二, 제5조의2.
_ENCLOSED = re.compile(
    r"[第제]\s*(?P<number>(?:\d{1,4}|[一二三四五六七八九十百千零〇两兩廿卅]+))\s*"
    rf"(?P<word>{'|'.join(sorted(headwords.ENCLOSED, key=len, reverse=True))})"
    r"(?P<bis>\s?[之のノ의]\s?[\d一二三四五六七八九十]{1,3})?(?P<rest>.*)\Z",
    re.S,
)
# "附件一", "附件 2"
_HAN_ANNEX = re.compile(
    r"(?:附件|附錄|附录|附表|别表|別表)\s*(?P<number>[一二三四五六七八九十]+|\d{1,3}|[IVX]+)"
    r"(?P<rest>\W.*|)\Z",
    re.S,
)


def number_first(line: str) -> Heading | None:
    """The heading of "FIRST ARTICLE" or "1. Abschnitt", alone on their line, and of "5. cikk".

    >>> number_first("2 kap. Tillsyn").rest, number_first("2 kap. 5 § gäller här.")
    ('Tillsyn', None)
    """
    if len(line) <= LONGEST_ORDINAL:
        ordinal = _ORDINAL_ANNEX.match(line)
        if ordinal and numberwords.value(ordinal.group("number")):
            return judge(
                "annex", ordinal.group("number"), line, ordinal.start("rest"), explicit=True
            )
        words = line.rstrip(".:").split()
        if 2 <= len(words) <= 4:
            number = " ".join(words[:-1])
            kind = next((kind for kind, word in KIND_WORDS.items() if word.match(words[-1])), None)
            plain = re.fullmatch(r"\d{1,3}\.|[IVXLC]{1,6}\.?", number)
            if kind in _ORDINAL_KINDS and (numberwords.value(number) or plain):
                number = number.rstrip(".")
                return Heading(kind, number, numerals.token(number), "", len(line), spaced=True)
    match = _NUMBER_FIRST.match(line)
    if match is None or _SECTION_OF.match(match.group("rest")):
        return None
    kind = headwords.number_first_kind(match.group("word"))
    return judge(kind, match.group("number"), line, match.start("rest"), explicit=False)


def enclosed(line: str, *, explicit: bool) -> Heading | None:
    """An article whose number stands between signs: "第五条 目的", but not "第五条所述的"."""
    match = _ENCLOSED.match(line)
    if match is None:
        annex = _HAN_ANNEX.match(line)
        if annex is None:
            return None
        number = annex.group("number")
        return judge("annex", number, line, annex.start("rest"), explicit=True)
    number = match.group("number") + (match.group("bis") or "")
    kind = headwords.ENCLOSED[match.group("word")]
    rest = match.group("rest")
    opened = re.match(r"[（(【\[]", rest)
    separator = SEPARATOR.match(rest)
    glued = rest and separator is None
    if glued and not explicit and not (opened and re.match(r".{1,40}[）)】\]]", rest)):
        return None
    skipped = separator.end() if separator else 0
    at = match.start("rest") + skipped
    spaced = bool(rest) and not rest[:skipped].strip()
    return Heading(kind, number, numerals.token(number), rest[skipped:], at, spaced)
