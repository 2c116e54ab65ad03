"""The word that a heading begins with and its number: "Article 5", "CHAPTER IV", "المادة (5)".

Digits, letters, Roman numerals and number words, with what drafts and reprints put around them.
"""

from __future__ import annotations

import re

from annotator.intake.structure import headwords, numberwords, numerals
from annotator.intake.structure.enumerators import BIS
from annotator.intake.structure.headwords import HeadingKind

KINDS: tuple[HeadingKind, ...] = (
    "article", "part", "chapter", "section", "title", "annex", "book", "subpart", "subtitle",
    "division", "subchapter", "subsection", "rule",
)  # fmt: skip
WORDS: dict[HeadingKind, str] = {kind: headwords.words(kind) for kind in KINDS}
_NUMBER = (
    # such as "L. 12-4" of a French code
    r"(?-i:(?<=\s)[LRDA](?:\*?\.\*?\s?|\*)?\d{1,4}(?:-\d{1,3}){0,3}(?!\w))|"
    # Letters need a space before them: "SCHEDULES" is no schedule S.
    # Roman numerals may be typed with Cyrillic letters that look the same, or be one character.
    r"(?-i:(?<=[\s.-])(?:[IVXLCDM]+(?:er|ER|re|ère|º|°)?|[IVXІХСМ]+|[Ⅰ-ⅿ]{1,4}|[A-ZА-Яก-ฮ])(?!\w))|"
    # such as 5A, 1er, 1st, 14/A, 5.º-A, 1ro, and 14.1 of a trade agreement, 12/1 of a Thai law
    r"\d{1,4}(?:er|re|ère|st|nd|rd|th|ro|do|to|mo|vo|no|(?:\.?[ºª]|°|o\.?|\.[oa](?!\w))(?-i:-?[A-Z](?!\w))?|"
    r"(?-i:[-/][A-Z])|[A-Za-zа-я¹²³])?(?!\w|\.\d|[-/]\d)|"
    r"\d{1,3}(?:[./-]\d{1,3}){1,3}(?!\w|[./-]\d)"
)
# "Article No. 5", "Article-5", "Article the Fifth"
_BEFORE_NUMBER = (
    r"(?:\.(?=\s))?\s*(?:(?:no|nr|núm|n)[.°º]?\s*(?=\d)|№\s*|رقم\s*|[-–]\s?(?=\d)|"
    r"(?:the|thứ|ke-)\s*(?=[^\W\d])|ya\s+)?"
)
# Such as "Article 5", "ARTICLE V", "Section 1. Scope", "المادة 5", "Điều 1:".
_HEAD_WORD = re.compile(rf"(?P<word>{headwords.any_word(KINDS)})(?![^\W\d_]){_BEFORE_NUMBER}", re.I)
_NUMBER_AT = re.compile(rf"(?:{_NUMBER}){BIS}", re.I)
_BIS_AT = re.compile(BIS, re.I)
_WORDS_AT = re.compile(r"[^\W\d_](?:\w|[\u064b-\u065fـ’'-])*")
# "المادة (5)" and "مادة (الأولى)"; elsewhere a number in brackets is a paragraph's.
_BRACKETS = {"(": ")", "（": "）", "﴾": "﴿"}
# "Article [4]", whose number is not agreed on
_DRAFTED = re.compile(rf"\[(?P<number>\d{{1,3}}{BIS}|[IVXL]{{1,6}})\]")
# Such as "Article 3 [bis]".
_DRAFTED_BIS = re.compile(r"\s?\[(?P<bis>bis|ter|quater)\]", re.I)
_WITH_BRACKETS = re.compile(
    rf"(?:{headwords.BY_LANGUAGE['ar']['article']}|{headwords.BY_LANGUAGE['fa']['article']})"
)
KIND_WORDS = {kind: re.compile(rf"(?:{words})\Z", re.I) for kind, words in WORDS.items()}
# "Art. 5" and "Sec. 5" are abbreviations, so only digits make them headings.
_ABBREVIATED: dict[HeadingKind, re.Pattern[str]] = {
    "article": re.compile(
        rf"art(?:\.\s*|\s+)(?P<number>\d{{1,4}}(?:er|st|\.?[ºª]|°|[A-Za-z])?{BIS})(?P<rest>.*)\Z",
        re.I | re.S,
    ),
    "section": re.compile(
        rf"sec\.\s*(?P<number>\d{{1,4}}[A-Za-z]?{BIS})(?P<rest>.*)\Z", re.I | re.S
    ),
}


def candidates(line: str) -> list[tuple[HeadingKind, str, int]]:
    """The kinds that the line may be a heading of, each with its number and where that ends."""
    found: list[tuple[HeadingKind, str, int]] = []
    head = _HEAD_WORD.match(line)
    number = _number_at(line, head) if head else None
    if head and number:
        word = head.group("word")
        found += [(kind, *number) for kind, known in KIND_WORDS.items() if known.match(word)]
    for kind, pattern in _ABBREVIATED.items():
        match = pattern.match(line)
        if match:
            found.append((kind, match.group("number"), match.start("rest")))
    return found


def _number_at(line: str, head: re.Match[str]) -> tuple[str, int] | None:
    """The number behind a heading's word, in digits, letters or words, and where it ends."""
    at = head.end()
    drafted = _DRAFTED.match(line, at)
    if drafted:
        return drafted.group("number"), drafted.end()
    closing = _BRACKETS.get(line[at : at + 1])
    if closing and _WITH_BRACKETS.fullmatch(head.group("word")):
        end = line.find(closing, at)
        inner = line[at + 1 : end].strip() if at < end <= at + 40 else ""
        return (inner, end + 1) if numerals.value(inner) else None
    found = _NUMBER_AT.match(line, at)
    if found:
        number = found.group()
        if drafted_bis := _DRAFTED_BIS.match(line, found.end()):
            return f"{number} {drafted_bis.group('bis')}", drafted_bis.end()
        # In Russian laws a raised figure is part of the number, elsewhere it is a footnote's.
        if number[-1] in "¹²³" and not "а" <= head.group("word")[-1].lower() <= "я":
            number = number[:-1]
        return number, found.end()
    words: list[re.Match[str]] = []
    while len(words) < 4 and (word := _WORDS_AT.match(line, at)):
        words.append(word)
        at = word.end() + 1
        if not line[word.end() : at].isspace():
            break
    many = numberwords.longest([word.group() for word in words])
    if not many:
        return None
    end = words[many - 1].end()
    bis = _BIS_AT.match(line, end)
    end = bis.end() if bis else end
    return line[head.end() : end], end
