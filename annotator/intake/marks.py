"""What stands at the start of a line: the heading of an article or division, or a number in a list.

Only the form of one line is judged here; `structure` decides by the neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from annotator.intake import numerals

HeadingKind = Literal[
    "preamble",
    "book",
    "part",
    "subpart",
    "title",
    "subtitle",
    "division",
    "chapter",
    "subchapter",
    "section",
    "subsection",
    "article",
    "rule",
    "annex",
]

_WORDS: dict[HeadingKind, str] = {
    "article": "article|artículo|articulo|artikel|artigo|articolo|статья|стаття|المادة|điều|ข้อ",
    "part": "part|partie|parte|часть|الجزء",
    "chapter": "chapter|chapitre|capítulo|capitulo|глава|الفصل|hoofdstuk|kapitel|capitolo",
    "section": "section|sección|seccion|раздел|القسم|afdeling|abschnitt|sezione|seção",
    "title": "title|titre|título|titulo|titel|titolo|الباب",
    "annex": "annexe|annex|anexo|allegato|приложение|المرفق|appendix|schedule|bijlage|anhang",
    "book": "book|livre|libro|livro|buch",
    "subpart": "sub-?part",
    "subtitle": "sub-?title",
    "division": "division",
    "subchapter": "sub-?chapter",
    "subsection": "sub-?division|sous-section|subsección|subseção|sottosezione|unterabschnitt",
    # Texts without articles are cited by these; `heads` says where they count.
    "rule": "rule|principle|guideline|regulation|recommendation|clause|standard|canon|règle|"
    "principe|recommandation|regla|principio|directriz|recomendación|cláusula|princípio|regra",
}
_BIS = r"(?:[\s-]?(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)\b)?"
_NUMBER = (
    # Letters need a space before them: "SCHEDULES" is no schedule S.
    r"(?-i:(?<=[\s.-])(?:[IVXLCDM]+|[A-Z])(?!\w))|"
    # such as 5A, 1er, 1st, 14/A, and 14.1 of a trade agreement
    r"\d{1,4}(?:er|re|st|nd|rd|th|\.?[ºª]|°|(?-i:[-/][A-Z])|[A-Za-z])?(?!\w|\.\d)|"
    r"\d{1,3}\.\d{1,3}(?!\w|\.\d)|" + numerals.WORDS_PATTERN
)
# "Article No. 5", "Article-5", "Article the Fifth"
_BEFORE_NUMBER = r"\s*(?:(?:no|nr|núm|n)[.°º]?\s*(?=\d)|№\s*|[-–]\s?(?=\d)|the\s+(?=[a-z]))?"
# Such as "Article 5", "ARTICLE V", "Article premier", "Section 1. Scope", "المادة 5", "Điều 1:".
_HEADING = {
    kind: re.compile(
        rf"(?:{words}){_BEFORE_NUMBER}(?P<number>(?:{_NUMBER}){_BIS})(?P<rest>.*)\Z", re.I | re.S
    )
    for kind, words in _WORDS.items()
}
# "FIRST ARTICLE", "Erster Abschnitt", "PREMIÈRE PARTIE", alone on their line
_ORDINAL_FIRST = re.compile(
    rf"(?P<number>{numerals.WORDS_PATTERN})\s+(?:(?P<article>{_WORDS['article']})|"
    rf"(?P<part>{_WORDS['part']})|(?P<chapter>{_WORDS['chapter']})|(?P<section>{_WORDS['section']})|"
    rf"(?P<title>{_WORDS['title']})|(?P<book>{_WORDS['book']}))[.:]?(?P<rest>)\Z",
    re.I,
)
# Most lines begin with none of these words, and need no further look.
_ANY_WORD = re.compile("|".join(_WORDS.values()), re.I)
# "Art. 5" and "Sec. 5" are abbreviations, so only digits make them headings.
_ABBREVIATED = {
    "article": re.compile(
        rf"art(?:\.\s*|\s+)(?P<number>\d{{1,4}}(?:er|st|\.?[ºª]|°|[A-Za-z])?{_BIS})(?P<rest>.*)\Z",
        re.I | re.S,
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
# "Article 5 [deleted]", "Article 7 (reserved)": a place kept without words
GONE = re.compile(
    r"\W*(?:deleted|repealed|reserved|omitted|revoked|abrogated|supprimée?|abrogée?|réservée?|"
    r"derogado|suprimido|reservado|revogado|abrogato|soppresso|weggefallen|aufgehoben|vervallen)"
    r"\W*\Z",
    re.I,
)
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
    if line[:1] == "[":
        return _bracketed(line, explicit=explicit)
    if not line or line[0].islower():
        return None
    preamble = _PREAMBLE.match(line)
    if preamble:
        return _preamble(line, preamble)
    first = _ORDINAL_FIRST.match(line)
    if first:
        # The group that matched, besides the number and the empty rest, names the kind.
        kinds: list[HeadingKind] = ["article", "part", "chapter", "section", "title", "book"]
        kind = next(name for name in kinds if first.group(name))
        number = first.group("number")
        return Heading(kind, number, numerals.token(number), "", len(line), spaced=True)
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


def _bracketed(line: str, *, explicit: bool) -> Heading | None:
    """The heading of an article that a draft sets in brackets, to the end of it or beyond."""
    inner = line[1:-1] if line.endswith("]") and "[" not in line[1:] else line[1:]
    found = heading(inner, explicit=explicit) if inner[:1].isalpha() else None
    return replace(found, rest_at=found.rest_at + 1) if found else None


def _candidates(line: str) -> list[tuple[HeadingKind, re.Match[str]]]:
    found: list[tuple[HeadingKind, re.Match[str]]] = []
    if _ANY_WORD.match(line):
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
    if words and not explicit and not GONE.match(words):
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
_SUFFIX = rf"(?P<bis>{_BIS}|(?<=\d)(?-i:[A-Z]{{1,2}}(?!\w)))"
_FORMS: tuple[tuple[str, bool, re.Pattern[str]], ...] = (
    # such as "(a)", "(1 bis)", "（一）"
    ("()", True, re.compile(rf"[(（]\s?{_CORE}{_SUFFIX}\s?[)）]\s*")),
    # such as "a)", "1)", "a)Each"
    (")", True, re.compile(rf"{_CORE}{_SUFFIX}[)）]\s*")),
    # "9.1 Each Party": article and paragraph in one
    ("n.n", False, re.compile(r"(?P<core>\d{1,3}(?:\.\d{1,3}){1,4})\.?(?P<bis>)(?:\s+|\Z)")),
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
_CAPITAL = r"[^\W\d_a-zà-ÿа-я]|[“\"‘«(\[]"
_BARE: tuple[tuple[str, bool, re.Pattern[str]], ...] = (
    # "1 Each Party": words in lower case behind a number are a measure or the rest of a sentence
    ("n ", False, re.compile(rf"(?P<core>\d{{1,3}})(?P<bis>[A-Z]?)\s+(?={_CAPITAL})")),
    # a letter alone on its line, and "a the cutting of a string"
    ("a", False, re.compile(r"(?P<core>[a-z]|[ivx]{1,5})(?P<bis>)\Z")),
    ("a ", False, re.compile(r"(?P<core>[a-z]|[ivx]{1,5})(?P<bis>)\s+(?=\S)")),
)  # fmt: skip


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
    opened = line[:1] == "[" and line[1:2] != "["
    for form, firm, pattern in (*_FORMS, *_BARE) if bare else _FORMS:
        match = pattern.match(line, 1 if opened else 0)
        if match is None or (opened and form in ("n", "n ", "a", "a ")):
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
        return Enumerator(number, readings, form, match.end(), bis, firm)
    return None
