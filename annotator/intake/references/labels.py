"""The numbers and letters behind a word such as "article": "28", "(a)", "1 bis", "ii)", "IV".

A label's form tells at which level a list goes on: in "paragraphs 1 (a) and (b) and 2" the
second bracket stands beside the first, the 2 beside the 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.intake.references.lexicon import Lexicon
from annotator.intake.structure import numerals

_BIS = r"(?:\s?(?:bis|ter|quater|quinquies|sexies|septies|octies|бис)(?!\w))"
_LETTERS = r"[A-Za-z]{1,5}|[а-яё]|[ء-ي]ـ?"
_HAN = "一二三四五六七八九十"
# Such as "(4)", "(a)", "（一）", "(iv)", "(1 bis)", but no word in brackets.
_BRACKET = re.compile(
    rf"[(（]\s?(?P<core>\d{{1,4}}[a-z]?|{_LETTERS}|[{_HAN}]{{1,3}})(?P<bis>{_BIS}?)\s?[)）]"
)
# Such as "b)", "ii)", "4)"
_HALF = re.compile(rf"(?P<core>\d{{1,3}}|[A-Za-z]{{1,5}}|[а-яё]|[ء-ي]ـ?)(?P<bis>{_BIS}?)[)）]")
# "28", "5 bis", "12a", but neither a year with a number behind it (2016/679) nor "20 %" or "1.5 m"
_DIGITS = re.compile(
    rf"(?P<core>\d{{1,4}}(?:er|re|ère|º|°|ª|[A-Za-z](?![\w'’]))?)(?P<bis>{_BIS}?)(?![\w/%])(?!-[^\W\d])",
    re.I,
)
# "L. 111-1", "R.* 12-3" of a French code
_CODE = re.compile(
    r"(?P<core>[LRDA](?:\*?\.\*?\s?|\*)?\d{1,4}(?:-\d{1,3}){0,3})(?P<bis>)(?![\w/%-])"
)
_LETTER = re.compile(r"(?P<core>[A-Za-z]|[ivx]{2,5})(?P<bis>)(?![\w'’])(?!-\w)")
_ROMAN = re.compile(rf"(?P<core>[IVXLC]{{1,7}})(?P<bis>{_BIS}?)(?![\w'’])(?!-\w)")
_WORD = re.compile(
    rf"(?P<core>(?:{numerals.WORDS_PATTERN})(?:\s+و(?:ال)?(?:عشرون|عشرين|ثلاثون|ثلاثين|أربعون|أربعين))?)"
    r"(?P<bis>)",
    re.I,
)
# "paragraph 1 a.ii", "1 b of", but not "paragraph 1 a Party"
_SPACED = re.compile(r"(?P<core>[a-z])(?P<bis>)(?=\.[a-z\d]|\.?\s+(?:of|and|or|to)\b|[,;)]|\.?\Z)")
# "подпункт «а»", "point “b”"
_QUOTED = re.compile(
    r"[«“„\"‘'][\s\u00a0]?(?P<core>[A-Za-zа-яё])(?P<bis>)[\s\u00a0]?[»”“\"’'](?!\w)"
)
_DECIMAL = re.compile(r"\d+(?:\.\d+)+\Z")
# What may follow "a" or "I" as a label rather than as a word
_CLOSES = re.compile(r"\s*(?:[).,;:]|\Z|(?:and|or|of|to|et|ou|de|du|y|o|del?)\b)")


@dataclass(frozen=True, slots=True)
class Label:
    """A number or letter as it is compared; `form` is how it is written.

    Forms: digits, letter, upper (a capital or Roman numeral), word; with "()" before them where
    they stand in a bracket. `end` is where it ends in the text.
    """

    text: str
    form: str
    end: int

    @property
    def romanlike(self) -> bool:
        """Whether it can be a Roman numeral of a list: "(i)", "(v)", "(x)"."""
        # A list seldom goes on to (l), and (c) and (d) are letters.
        return (
            self.form.endswith("letter")
            and set(self.text) <= set("ivx")
            and bool(numerals.roman(self.text))
        )

    def beside(self, other: Label) -> bool:
        """Whether both can stand in one list."""
        if self.form.removeprefix("()") != other.form.removeprefix("()"):
            return {self.form, other.form} <= {"digits", "word"}
        if self.form.startswith("()") != other.form.startswith("()"):
            return False
        if not self.form.endswith("letter"):
            return True
        if self.romanlike and other.romanlike:
            return True
        if len(self.text) != len(other.text) and (self.counted or other.counted):
            return False
        return len(set(self.text)) == len(set(other.text)) == 1

    @property
    def counted(self) -> bool:
        """Whether it can only be a Roman numeral or a doubled letter: "(ii)", "(iv)"."""
        return len(self.text) > 1 and self.romanlike


def first(
    text: str, position: int, end: int, lexicon: Lexicon, *, known: bool = False
) -> Label | None:
    """The label that stands directly behind a word for a level, or in a list behind one.

    `known` takes a letter for a label even where it might be a word of the language.
    """
    found = _bracketed(text, position, end)
    if found:
        return found
    if code := _CODE.match(text, position, end):
        return _label(code, "code")
    if quoted := _QUOTED.match(text, position, end):
        return _label(quoted, "letter")
    for pattern, form in ((_DIGITS, "digits"), (_ROMAN, "upper"), (_LETTER, "letter")):
        match = pattern.match(text, position, end)
        if match and (known or not _is_word(match, form, lexicon)):
            return _label(match, form)
    match = _WORD.match(text, position, end)
    # "Article premier", "Chapter One", but not "article one may read"
    if match and (not match.group().islower() or match.group().casefold().startswith("premi")):
        return _label(match, "word")
    return None


def deeper(text: str, position: int, end: int) -> Label | None:
    """The label that pins down further without a word: "(4)", " b)", ".a", of "28(4)"."""
    if text[position : position + 1] == ".":
        for pattern, form in ((_DIGITS, "digits"), (_LETTER, "letter")):
            match = pattern.match(text, position + 1, end)
            if match:
                return _label(match, form)
        return None
    start = position
    while start < end and text[start] in " \u00a0\u202f" and start - position < 2:
        start += 1
    if found := _bracketed(text, start, end):
        return found
    match = _SPACED.match(text, start, end) if start > position else None
    return _label(match, "letter") if match else None


def after_stop(text: str, position: int) -> int:
    """Where words go on behind a lettered label that ends in a full stop: "9.1.a. of"."""
    if text[position : position + 1] == "." and text[position - 1 : position].isalpha():
        behind = text[position + 1 : position + 3]
        if len(behind) == 2 and behind[0] == " " and behind[1].islower():
            return position + 1
    return position


def _bracketed(text: str, position: int, end: int) -> Label | None:
    for pattern in (_BRACKET, _HALF):
        match = pattern.match(text, position, end)
        if match is None or (pattern is _HALF and _opened(text, position)):
            continue
        core = match.group("core")
        low = core.casefold()
        if core[0].isdigit():
            return _label(match, "()digits")
        if core[0] in _HAN:
            return _label(match, "()word")
        if len(core) == 1 or (len(set(low)) == 1 and len(core) == 2) or numerals.roman(low):
            return _label(match, "()upper" if core.isupper() else "()letter")
    return None


def _opened(text: str, position: int) -> bool:
    """Whether a bracket stands open here, so that the next one closes it: "(see article 7)"."""
    before = text[max(0, position - 60) : position]
    return before.rfind("(") > before.rfind(")") or before.rfind("（") > before.rfind("）")


def _is_word(match: re.Match[str], form: str, lexicon: Lexicon) -> bool:
    """Whether a bare letter or numeral is a word of the language ("a", "I", "y")."""
    core = match.group("core")
    if form == "digits":
        return False
    if core not in lexicon.words.conjunctions:
        return False
    return not _CLOSES.match(match.string, match.end())


def _label(match: re.Match[str], form: str) -> Label:
    return Label(plain(match.group("core") + match.group("bis")), form, match.end())


def plain(number: str) -> str:
    """A number as it is compared: "1 bis" gives 1bis, "IV" iv, "premier" 1, "（一）" 1.

    >>> plain("5 BIS"), plain("04"), plain("IV"), plain("المادة")
    ('5bis', '4', 'iv', 'المادة')
    """
    bare = number.strip(" ()（）.ـ")
    if _DECIMAL.match(bare):
        return bare
    tens = re.match(r"(\S+)\s+و(?:ال)?(عشر|ثلاث|أربع)\S*\Z", bare)
    if tens and (unit := numerals.token(tens.group(1))).isdecimal():
        return str(int(unit) + {"عشر": 20, "ثلاث": 30, "أربع": 40}[tens.group(2)])
    for suffix in ("er", "re", "ère", "º", "°", "ª"):
        if bare.endswith(suffix) and bare.removesuffix(suffix).isdecimal():
            bare = bare.removesuffix(suffix)
    return (numerals.token(bare) or bare).casefold()
