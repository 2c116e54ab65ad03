"""What stands at the start of a line: the heading of an article or division, or a number in a list.

Only the form of one line is judged here; `structure` decides by the neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from annotator.intake import numerals

HeadingKind = Literal["preamble", "part", "chapter", "section", "title", "article", "annex"]

_WORDS: dict[HeadingKind, str] = {
    "article": "article|artículo|articulo|artikel|artigo|articolo|статья|стаття|المادة|điều|ข้อ",
    "part": "part|partie|parte|часть|الجزء",
    "chapter": "chapter|chapitre|capítulo|capitulo|глава|الفصل|hoofdstuk|kapitel|capitolo",
    "section": "section|sección|seccion|раздел|القسم|afdeling|abschnitt|sezione|seção",
    "title": "title|titre|título|titulo|titel|titolo|الباب",
    "annex": "annex|annexe|anexo|allegato|приложение|المرفق|appendix|schedule|bijlage|anhang",
}
_BIS = r"(?:\s?(?:bis|ter|quater|quinquies|sexies|septies|octies)\b)?"
_NUMBER = (
    r"(?-i:[IVXLCDM]+(?!\w)|[A-Z](?!\w))|\d{1,4}(?:er|re|º|°|ª|[A-Za-z])?(?!\w)|"
    + numerals.WORDS_PATTERN
)
# Such as "Article 5", "ARTICLE V", "Article premier", "Section 1. Scope", "المادة 5", "Điều 1:".
_HEADING = {
    kind: re.compile(rf"(?:{words})\s*(?P<number>(?:{_NUMBER}){_BIS})(?P<rest>.*)\Z", re.I | re.S)
    for kind, words in _WORDS.items()
}
# "Art. 5" and "Sec. 5" are abbreviations, so only digits make them headings.
_ABBREVIATED = {
    "article": re.compile(
        rf"art\.\s*(?P<number>\d{{1,4}}[A-Za-z]?{_BIS})(?P<rest>.*)\Z", re.I | re.S
    ),
    "section": re.compile(
        rf"sec\.\s*(?P<number>\d{{1,4}}[A-Za-z]?{_BIS})(?P<rest>.*)\Z", re.I | re.S
    ),
}
# Such as 第一条 and 第 12 章.
_HAN = re.compile(
    r"第\s*(?P<number>[0-9一二三四五六七八九十百零〇]+)\s*(?P<word>条|條|章|节|節|编|部分)(?P<rest>.*)\Z",
    re.S,
)
_HAN_KINDS: dict[str, HeadingKind] = {
    "条": "article", "條": "article", "章": "chapter", "节": "section", "節": "section",
    "编": "part", "部分": "part",
}  # fmt: skip
_ANNEX = re.compile(r"(?:annexe?|anexo|appendix|приложение|المرفق|附件)(?P<rest>.*)\Z", re.I | re.S)
_PREAMBLE = re.compile(
    r"(?:preamble|préambule|preámbulo|preambolo|preâmbulo|preambule|präambel|преамбула|الديباجة|序言)"
    r"(?P<rest>.*)\Z",
    re.I | re.S,
)
_SEPARATOR = re.compile(r"\s*[.:：．)\]\-–—]+\s*|\s+|\Z")
# "(1)", "(a)": what follows makes it a cross-reference, not a heading
_REFERENCE = re.compile(r"\(\s*(?:\d+|[a-z]{1,4})\s*\)|\d")
_LONGEST_HEADING = 200
_CLOSED = (".", ";", ",", ":", "。", "；", "：", "،", "؛")

# The same within a line, for texts that have lost their line ends.
INLINE = {
    kind: re.compile(
        rf"(?<!\w)(?-i:(?=[^\Wa-z]))(?:{_WORDS[kind]})\s+"
        r"(?P<number>\d{1,4}|(?-i:[IVXLCDM]+)|premier)(?!\w)[.:]?(?=\s)",
        re.I,
    )
    for kind in ("article", "chapter")
}
INLINE_CHAPTER_HEADING = re.compile(
    rf"(?<!\w)(?:{_WORDS['chapter']})\s+(?:\d+|[IVXLCDM]+)(?!\w)[^.;]*\Z", re.I
)

CLOSING = re.compile(
    r"(?:in (?:witness|faith) whereof|done (?:at|in)\b|en foi de quoi|fait à|en fe de lo cual|"
    r"hecho en|в удостоверение|совершено в|وإثباتا|وإقرار|ومصداقا|حررت? في|为此|ten blijke waarvan|"
    r"gedaan te|zu urkund|geschehen zu)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens an article or division; `rest` begins at `rest_at` of the line.

    `number` is what stands there, `token` its plain form for identifiers ("" where it has none).
    `spaced` says that nothing but space parts the number from the rest.
    """

    kind: HeadingKind
    number: str
    token: str
    rest: str
    rest_at: int
    spaced: bool


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


def heading(line: str, *, explicit: bool = False) -> Heading | None:
    """The article or division that the line opens, or None.

    "Article 5 of this Convention shall" and "Article 12 (2)" are cross-references and give None.
    `explicit` lines are headings by their mark-up, so that only the number must be right.

    >>> heading("Article 28. Search and seizure").rest
    'Search and seizure'
    >>> heading("Article 5 of this Convention applies.") is None
    True
    """
    if not line or line[0].islower():
        return None
    preamble = _PREAMBLE.match(line)
    if preamble:
        return _preamble(line, preamble)
    for kind, match in _candidates(line):
        number = match.group("number")
        found = _judge(kind, number, numerals.token(number), match, explicit=explicit)
        if found:
            return found
    annex = _ANNEX.match(line)
    if annex:
        rest = annex.group("rest")
        if not rest.strip(" .:") or explicit or (line.isupper() and rest[0].isspace()):
            return _judge("annex", "", "", annex, explicit=True)
    return None


def _candidates(line: str) -> list[tuple[HeadingKind, re.Match[str]]]:
    found: list[tuple[HeadingKind, re.Match[str]]] = []
    for kind, pattern in _HEADING.items():
        match = pattern.match(line)
        if match:
            found.append((kind, match))
    for short in ("article", "section"):
        match = _ABBREVIATED[short].match(line)
        if match:
            found.append(("article" if short == "article" else "section", match))
    han = _HAN.match(line)
    if han:
        found.append((_HAN_KINDS[han.group("word")], han))
    return found


def _judge(
    kind: HeadingKind, number: str, token: str, match: re.Match[str], *, explicit: bool
) -> Heading | None:
    rest = match.group("rest")
    separator = _SEPARATOR.match(rest)
    if separator is None:
        return None
    words = rest[separator.end() :]
    spaced = not separator.group().strip()
    if words and not explicit:
        glued = not separator.group()[-1].isspace()
        if words[0].isdigit() if glued else spaced and _REFERENCE.match(words):
            return None
        if spaced and (words[0].islower() or not _titled(words)):
            return None
    return Heading(kind, number, token, words, match.start("rest") + separator.end(), spaced)


def _titled(words: str) -> bool:
    """Whether words behind a bare number can be its heading: short, and no sentence."""
    first = words.lstrip("(“\"'«")[:1]
    return bool(first) and not first.islower() and may_be_heading(words)


def may_be_heading(words: str) -> bool:
    """Whether a line can be a heading by its length and its end.

    >>> may_be_heading("Illegal access"), may_be_heading("The Parties shall co-operate.")
    (True, False)
    """
    return len(words) <= _LONGEST_HEADING and not words.endswith(_CLOSED) and "\n" not in words


def is_capitals(line: str) -> bool:
    """Whether a short line is set in capitals throughout: "FUNCTIONS AND POWERS"."""
    return len(line) <= 100 and line.isupper() and may_be_heading(line)


def _preamble(line: str, match: re.Match[str]) -> Heading | None:
    rest = match.group("rest")
    words = rest.lstrip(" \t\n.:：-–—")
    # "PreambleThe member States" opens a preamble; "Preambles differ" is a sentence.
    if words and (words[0].islower() or not (words[0].isalpha() or words[0] in "“\"'«(")):
        return None
    return Heading("preamble", "", "", words, len(line) - len(words), spaced=True)


_CORE = (
    r"(?P<core>\d{1,3}|[a-z]{1,2}|[ivxl]{1,7}|[A-Z]{1,2}|[IVXL]{1,7}|[а-я]|[ء-ي]ـ?|"
    r"[一二三四五六七八九十]{1,3})"
)
_SUFFIX = rf"(?P<bis>{_BIS})"
_FORMS: tuple[tuple[str, bool, re.Pattern[str]], ...] = (
    # such as "(a)", "(1 bis)", "（一）"
    ("()", True, re.compile(rf"[(（]\s?{_CORE}{_SUFFIX}\s?[)）]\s*")),
    # such as "a)", "1)", "a)Each"
    (")", True, re.compile(rf"{_CORE}{_SUFFIX}[)）]\s*")),
    # "9.1 Each Party": article and paragraph in one
    ("n.n", False, re.compile(r"(?P<core>\d{1,3}\.\d{1,3})\.?(?P<bis>)(?:\s+|\Z)")),
    # "1. Each", "1.Each", "§ 1.", "1°.", "a.the", but neither "1.5 million" nor "i.e. all"
    (".", False, re.compile(rf"(?:§\s?)?{_CORE}{_SUFFIX}°?\.(?!\d|\w\.)\s*")),
    # "一、"
    (".", False, re.compile(r"(?P<core>[一二三四五六七八九十]{1,3})(?P<bis>)[、．]\s*")),
    # a number alone on its line, and "1 bis Each Party"
    ("n", False, re.compile(r"(?P<core>\d{1,3})(?P<bis>)\Z")),
    ("n", False, re.compile(r"(?P<core>\d{1,3})(?P<bis>\s?(?:bis|ter|quater)\b)\s*")),
)  # fmt: skip


def enumerator(line: str) -> Enumerator | None:
    """The number or letter that the line begins with, or None.

    >>> enumerator("(i) a device").readings
    (('letter', 9), ('roman', 1))
    >>> enumerator("i.e. all of them") is None
    True
    """
    for form, firm, pattern in _FORMS:
        match = pattern.match(line)
        if match is None:
            continue
        core = match.group("core")
        if form == "n.n":
            readings: tuple[tuple[str, int], ...] = (("decimal", int(core.partition(".")[2])),)
        else:
            readings = numerals.readings(core)
        if form == "." and len(core) > 1:
            # "ii." is a Roman numeral; "aa." is more often the end of an abbreviation.
            readings = tuple(pair for pair in readings if pair[0].lower() != "letter")
        if not readings:
            continue
        bis = match.group("bis").strip()
        number = f"{core} {bis}".strip()
        return Enumerator(number, readings, form, match.end(), bis, firm)
    return None
