"""The numbers and letters that open paragraphs, points and subpoints: "1.", "(a)", "ii)", "§ 1"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.intake.structure import numerals

BIS = (
    r"(?:[\s-]?(?:(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies|бис|тер|кватер)\b"
    r"(?:[\s-]?alt\b)?|alt\b)|"
    r"\s?(?:ทวิ|ตรี|จัตวา|เบญจ)(?!\w)|\s?مـ*كـ*ر+ـ*ر\w{0,2}(?:\s?[(][أ-ي\d][)])?)?"
)
_CORE = (
    r"(?P<core>\d{1,3}|[a-z]{1,2}|[ivxl]{1,7}|[A-Z]{1,2}|[IVXL]{1,7}|[ñđÑĐ]|[а-яёіїєґА-ЯЁІЇЄҐ]|"
    r"[ء-ي][ـ\u064b-\u065f]{0,3}|[پچژگکی]|[ก-ฮ]|[α-ωΑ-Ω]|[א-ת]|[क-ह]|"
    r"[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛壬癸]|[イロハニホヘトチリヌア-ソ]|[가나다라마바사아자차카타파하])"
)
_SUFFIX = rf"(?P<bis>{BIS}|(?<=\d)(?-i:[A-Z]{{1,2}}(?!\w)))"
_FORMS: tuple[tuple[str, bool, re.Pattern[str]], ...] = (
    # such as "(a)", "(1 bis)", "（一）"
    ("()", True, re.compile(rf"[(（]\s?{_CORE}{_SUFFIX}\s?[)）]\s*")),
    # such as "a)", "1)", "a)Each"
    (")", True, re.compile(rf"{_CORE}{_SUFFIX}[)）]\s*")),
    # such as '١', of Arabic lists below letters
    ("''", True, re.compile(r"['‘’“”\"](?P<core>\d{1,2})(?P<bis>)['‘’“”\"]\s+")),
    # such as "أ- نشر"
    ("-", True, re.compile(r"(?P<core>الف|[أ-يپچژگک])(?P<bis>)[ـ\s]?[-–—]\s*(?=[^\W\d_])")),
    # such as "①", "⑴" and "⒈" are one character
    (")", True, re.compile(r"(?P<core>[①-⑳])(?P<bis>)\s*")),
    # "２　通報は", "一　灯台を守る者", "イ　大工": Japanese paragraphs, items and sub-items
    ("１", True, re.compile(r"(?P<core>[１-９][０-９]?)(?P<bis>)\s+(?=[^\W\d_a-z])")),
    (
        "han ",
        True,
        re.compile(r"(?P<core>[一二三四五六七八九十]{1,3}|[イロハニホヘトチリヌ])(?P<bis>)\s+(?=[^\W\d_a-z])"),
    ),
    # "9.1 Each Party": article and paragraph in one
    ("n.n", False, re.compile(r"(?P<core>\d{1,3}(?:\.\d{1,3}){1,4})\.?(?P<bis>)(?:\s+|\Z)")),
    # such as "§ 1. Each", "§ 1º O prazo"
    ("§", True, re.compile(r"§\s?(?P<core>\d{1,3})(?P<bis>)\s?[°º]?[.)]?(?:\s?[-–—])?\s+")),
    # "1. Each", "1.Each", "§ 1.", "1°.", "a.the", but neither "1.5 million" nor "i.e. all"
    (".", False, re.compile(rf"(?:§\s?)?{_CORE}{_SUFFIX}[°º]?\.[°º]?(?!\d|\w\.)(?:\s?[-–—])?\s*")),
    # such as "1° le nom", "1º) o nome", "§ 1º O prazo"
    ("°", True, re.compile(r"(?:§\s?)?(?P<core>\d{1,3})(?P<bis>)\s?[°º]\)?(?:\s[-–—])?\s+")),
    # such as "1 - O prazo", "II – a proteção"
    ("-", False, re.compile(r"(?P<core>\d{1,3}|[IVXL]{1,7})(?P<bis>)\s?[-–—]\s+(?=[^\W\d_])")),
    # "一、"
    (".", False, re.compile(r"(?P<core>[一二三四五六七八九十]{1,3})(?P<bis>)[、．]\s*")),
    # a number alone on its line, and "1 bis Each Party"
    ("n", False, re.compile(r"(?P<core>\d{1,3})(?P<bis>)\Z")),
    ("n", False, re.compile(r"(?P<core>\d{1,3})(?P<bis>\s?(?:bis|ter|quater)\b)\s*")),
)  # fmt: skip
# A word, as most lines begin with one: no letter or Roman numeral, and no "a bis".
WORD_FIRST = re.compile(
    r"[A-Z][a-z] |"
    r"(?![ivxl]{3}|[IVXL]{3}|.{1,2}(?:bis|ter|qua|qui|sex|sep|oct|nov|dec))[A-Za-z]{3}"
)
# "[5.] Each Party": only the number stands in brackets
_CLOSED = re.compile(r"\]\s*")
_CAPITAL = r"[^\W\d_a-zà-ÿа-я]|[“\"‘«(\[]"
_BARE: tuple[tuple[str, bool, re.Pattern[str]], ...] = (
    # "1 Each Party": words in lower case behind a number are a measure or the rest of a sentence
    ("n ", False, re.compile(rf"(?P<core>\d{{1,3}})(?P<bis>[A-Z]?)\s+(?={_CAPITAL})")),
    # a letter alone on its line, and "a the cutting of a string"
    ("a", False, re.compile(r"(?P<core>[a-z]|[ivx]{1,5})(?P<bis>)\Z")),
    ("a ", False, re.compile(r"(?P<core>[a-z]|[ivx]{1,5})(?P<bis>)\s+(?=\S)")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Enumerator:
    """A number or letter at the start of a paragraph; the words begin at `end`.

    `readings` are the lists it may belong to, with its place there: "(i)" is the ninth letter or
    the first Roman numeral. `firm` forms, those with a bracket, are seldom anything else.
    """

    number: str
    readings: tuple[tuple[str, int], ...]
    form: str
    end: int
    bis: str = ""
    firm: bool = False


def enumerator(line: str, *, bare: bool = False) -> Enumerator | None:
    """The number or letter that the line begins with, or None.

    With `bare`, also one that only a space parts from the words, as in "1 Each Party" and "a the
    cutting": the forms "n ", "a" and "a ", which only their neighbours can make sure. The bracket
    of a draft, as in "[1. Each Party", belongs to the mark.

    >>> enumerator("(i) a device").readings
    (('letter', 9), ('roman', 1))
    >>> enumerator("i.e. all of them") is None
    True
    """
    if WORD_FIRST.match(line):
        return None
    opened = line[:1] == "[" and line[1:2] != "["
    for form, firm, pattern in (*_FORMS, *_BARE) if bare else _FORMS:
        match = pattern.match(line, 1 if opened else 0)
        if match is None:
            continue
        inserted = match.group("bis").strip() and line.startswith("]", match.end())
        if opened and form in ("n", "n ", "a", "a ") and not inserted:
            # "[5] ibid." is a note, "[5 bis] Each Party" a paragraph.
            continue
        core = match.group("core")
        if form == "n.n":
            readings: tuple[tuple[str, int], ...] = (("decimal", int(core.rpartition(".")[2])),)
        else:
            readings = numerals.readings(core)
        if form == "." and len(core) > 1:
            # "ii." is a Roman numeral; "aa." is more often the end of an abbreviation.
            readings = tuple(pair for pair in readings if pair[0].lower() != "letter")
        if not readings:
            continue
        bis = match.group("bis").strip()
        number = f"{core}{bis}" if bis.isupper() else f"{core} {bis}".strip()
        closed = _CLOSED.match(line, match.end()) if opened else None
        return Enumerator(number, readings, form, (closed or match).end(), bis, firm)
    return None
