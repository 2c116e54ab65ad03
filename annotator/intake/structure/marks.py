"""What stands at the start of a line: the heading of an article or division, or a number in a list.

Only the form of one line is judged here; `structure` decides by the neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from annotator.intake.structure import headwords, numberwords, numerals
from annotator.intake.structure.enumerators import BIS, WORD_FIRST
from annotator.intake.structure.enumerators import Enumerator as Enumerator
from annotator.intake.structure.enumerators import enumerator as enumerator
from annotator.intake.structure.headwords import HeadingKind as HeadingKind

_KINDS: tuple[HeadingKind, ...] = (
    "article", "part", "chapter", "section", "title", "annex", "book", "subpart", "subtitle",
    "division", "subchapter", "subsection", "rule",
)  # fmt: skip
_WORDS: dict[HeadingKind, str] = {kind: headwords.words(kind) for kind in _KINDS}
_NUMBER = (
    # such as "L. 12-4" of a French code
    r"(?-i:(?<=\s)[LRDA](?:\*?\.\s?|\*)?\d{1,4}(?:-\d{1,3}){0,3}(?!\w))|"
    # Letters need a space before them: "SCHEDULES" is no schedule S.
    # Roman numerals may be typed with Cyrillic letters that look the same, or be one character.
    r"(?-i:(?<=[\s.-])(?:[IVXLCDM]+(?:er|re|ère|º|°)?|[IVXІХСМ]+|[Ⅰ-ⅿ]{1,4}|[A-ZА-Яก-ฮ])(?!\w))|"
    # such as 5A, 1er, 1st, 14/A, 5.º-A, 1ro, and 14.1 of a trade agreement, 12/1 of a Thai law
    r"\d{1,4}(?:er|re|ère|st|nd|rd|th|ro|do|to|mo|vo|no|(?:\.?[ºª]|°|o\.?)(?-i:-?[A-Z](?!\w))?|"
    r"(?-i:[-/][A-Z])|[A-Za-zа-я¹²³])?(?!\w|\.\d|[-/]\d)|"
    r"\d{1,3}(?:[./-]\d{1,3}){1,3}(?!\w|[./-]\d)"
)
# "Article No. 5", "Article-5", "Article the Fifth"
_BEFORE_NUMBER = (
    r"(?:\.(?=\s))?\s*(?:(?:no|nr|núm|n)[.°º]?\s*(?=\d)|№\s*|رقم\s*|[-–]\s?(?=\d)|"
    r"(?:the|thứ|ke-)\s*(?=[^\W\d])|ya\s+)?"
)
# Such as "Article 5", "ARTICLE V", "Section 1. Scope", "المادة 5", "Điều 1:".
_HEAD_WORD = re.compile(
    rf"(?P<word>{headwords.any_word(_KINDS)})(?![^\W\d_]){_BEFORE_NUMBER}", re.I
)
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
_KIND_WORDS = {kind: re.compile(rf"(?:{words})\Z", re.I) for kind, words in _WORDS.items()}
# "5. cikk", "1 straipsnis", "5 artikla", "5-бап": the number first, whatever comes behind
_NUMBER_FIRST = re.compile(
    rf"(?P<number>\d{{1,4}}(?:/?[A-Z])?|[IVXLCDM]+)\s?[.-]?\s?(?P<word>{headwords.NUMBER_FIRST})"
    r"(?!\w)(?P<rest>.*)\Z",
    re.I | re.S,
)
# "FIRST SCHEDULE (section 5)", "SECOND SCHEDULE—Fees": what is behind them is no sentence
_ORDINAL_ANNEX = re.compile(
    rf"(?P<number>[^\W\d_]+)\s(?:{_WORDS['annex']})(?P<rest>\s?[(\[—–:-].*)\Z", re.I | re.S
)
# "SCHEDULE 1 (s. 4)" says which section brings it in, and is headed by the line below.
_BY_SECTION = re.compile(
    r"\s?[(\[](?:s|ss|sec|sections?|art|arts|articles?|reg|regulations?|rules?|para)\b[^()\[\]]{1,40}"
    r"(?:\([^()]{1,5}\)[^()\[\]]{0,40}){0,3}[)\]]",
    re.I,
)
# "2 kap. 5 § gäller" refers to a section of a chapter
_SECTION_OF = re.compile(r"[.,]?\s*\d{1,4}\s?[a-z]?(?:[-–,\s]+(?:och\s)?\d{1,4})*\s?§")
_LONGEST_ORDINAL = 60
_LONGEST_KEPT = 200
# The first three letters, or fewer where others follow, of what a heading may begin with.
_BEGINNINGS = frozenset(
    run[:3]
    for run in re.findall(
        r"(?:\A|\||\(\?:|\)\??)([a-z]{3,}|[a-z]++(?![^\x00-\x7f]))",
        f"{headwords.any_word(_KINDS)}|{headwords.PREAMBLE}|{headwords.ANNEX_ALONE}|art|sec".lower(),
    )
)
_ROMAN_FIRST = re.compile(r"[IVXLCDM]+(?![A-Za-z])", re.I)
_ORDINAL_KINDS = ("article", "part", "chapter", "section", "title", "book", "annex")
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
_ANNEX = re.compile(rf"(?:{headwords.ANNEX_ALONE})(?P<rest>.*)\Z", re.I | re.S)
_PREAMBLE = re.compile(rf"(?:{headwords.PREAMBLE})(?P<rest>.*)\Z", re.I | re.S)
_SEPARATOR = re.compile(r"\s*[.:：．、)\]\-–—ـ]+(?:\s*[-–—]+)?\s*|\s+|\Z")
# What an article was called before, or that it is new, in brackets behind its number.
_FORMERLY = re.compile(
    r"\s*[(\[](?:ex[ -]|new|former|formerly|old|renumbered|previously|nouve(?:au|l|lle)|ancien|"
    r"nuevo|antiguo|novo|nuovo|neu|alt|nieuw|новая|бывшая)[^()\[\]]{0,40}[)\]]",
    re.I,
)
# What goes on behind a number as a sentence does, in scripts without capitals: "of", "and", "in".
_GOES_ON = re.compile(
    r"(?:من|أو|او|و|في|على|إلى|عن|أعلاه|أدناه|المذكورة|ال?فقرة|ال?فقرتان|بصيغتها|"
    r"از|این|و|یا|به|در|که|کے|کی|میں|اور|"
    r"של|או|לאמנה|לחוק|"
    r"ของ|แห่ง|และ|หรือ|วรรค|ถึง|ข้างต้น|ให้|"
    r"के|की|का|और|या|में)(?!\w)|[،,]|(?:ของ|แห่ง|และ|หรือ|วรรค|ถึง)|و(?:ال)?م"
)
# "(1)", "(a)": what follows makes it a cross-reference, not a heading
_REFERENCE = re.compile(r"\(\s*(?:\d+|[a-z]{1,4})\s*\)|\d")
_LONGEST_HEADING = 200
# "부칙 <법률 제20000호, 2030. 9. 1.>", the law by which it was added
_DATED = re.compile(r"\s?[<〈][^<>〈〉]{1,80}[>〉]")
# A sentence with the law that changed it behind: "É livre. (Incluído pela Lei nº 5, de 2031)"
_NOTED = re.compile(r"[.;:]\s?[(\[][^()\[\]]{3,80}[)\]]\Z")
# "Article 5 [deleted]", "Article 7 (reserved)": a place kept without words
GONE = re.compile(
    r"\W*(?:deleted|repealed|reserved|omitted|revoked|abrogated|supprimée?|abrogée?|réservée?|"
    r"derogad[oa]|se deroga|suprimido|reservado|revogad[oa]|vetad[oa]|abrogato|soppresso|"
    r"weggefallen|aufgehoben|vervallen|삭제|削除|删除)"
    r"(?:\s(?:by|pel[oa]|par|por|durch|da)\s[^()\[\]]{3,80}|\s?[<〈].{1,40})?\W*\Z",
    re.I,
)
_CLOSED = (".", ";", ",", ":", "。", "；", "：", "،", "؛")

# The words that head articles and divisions in a language, in lower case.
HEAD_WORDS = {code: headwords.of_language(code) for code in headwords.BY_LANGUAGE}

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

CLOSING = re.compile(rf"(?:{headwords.CLOSING})", re.I)


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


def heading(line: str, *, explicit: bool = False) -> Heading | None:
    """The article or division that the line opens, or None.

    "Article 5 of this Convention shall" and "Article 12 (2)" are cross-references and give None.
    `explicit` lines are headings by their mark-up, so that only the number must be right.

    >>> heading("Article 28. Search and seizure").rest
    'Search and seizure'
    >>> heading("Article 5 of this Convention applies.") is None
    True
    """
    return (_kept_heading if len(line) <= _LONGEST_KEPT else _heading)(line, explicit=explicit)


def _heading(line: str, *, explicit: bool) -> Heading | None:
    if line[:1] == "[":
        return _bracketed(line, explicit=explicit)
    if line[:1] == "#":
        # "###Article 7" in a text that is not read as Markdown
        words = line.lstrip("# \t")
        found = heading(words, explicit=True) if words[:1] not in ("", "[") else None
        return replace(found, rest_at=found.rest_at + len(line) - len(words)) if found else None
    if not line or _is_small(line[0]):
        return None
    if len(line) > _LONGEST_ORDINAL and _begins_a_sentence(line):
        return None
    preamble = _PREAMBLE.match(line)
    if preamble:
        return _preamble(line, preamble)
    first = _number_first(line)
    if first:
        return first
    enclosed = _enclosed(line, explicit=explicit) if line[0] in "第제附别別" else None
    if enclosed:
        return enclosed
    for kind, number, end in _candidates(line):
        found = _judge(kind, number, line, end, explicit=explicit)
        if found:
            return found
    annex = _ANNEX.match(line)
    if annex:
        rest = annex.group("rest")
        if (
            not rest.strip(" .:")
            or explicit
            or _DATED.fullmatch(rest)
            or (line.isupper() and rest[0].isspace())
        ):
            return _judge("annex", "", line, annex.start("rest"), explicit=True)
    return None


# A title, and what may be one, is looked at from several sides.
_kept_heading = lru_cache(maxsize=256)(_heading)


def opens_nothing(line: str) -> bool:
    """Whether a line can be told at a glance to have neither a heading nor a mark before its words.

    Most lines of most texts can; False says only that a closer look is needed.
    """
    found = len(line) > _LONGEST_ORDINAL and WORD_FIRST.match(line) and _begins_a_sentence(line)
    return bool(found)


def _begins_a_sentence(line: str) -> bool:
    """Whether a line begins with two or three letters that no heading and no number begins with."""
    return _heads_nothing(line[:3].lower()) and not _ROMAN_FIRST.match(line)


@lru_cache(maxsize=4_096)
def _heads_nothing(start: str) -> bool:
    key = start.rstrip(" ")
    letters = len(key) > 1 and key.isascii() and key.isalpha()
    return letters and _BEGINNINGS.isdisjoint((key, key[:2], key[0]))


def _bracketed(line: str, *, explicit: bool) -> Heading | None:
    """The heading of an article that a draft sets in brackets, to the end of it or beyond."""
    inner = line[1:-1] if line.endswith("]") and "[" not in line[1:] else line[1:]
    found = heading(inner, explicit=explicit) if inner[:1].isalpha() else None
    return replace(found, rest_at=found.rest_at + 1) if found else None


def _candidates(line: str) -> list[tuple[HeadingKind, str, int]]:
    """The kinds that the line may be a heading of, each with its number and where that ends."""
    found: list[tuple[HeadingKind, str, int]] = []
    head = _HEAD_WORD.match(line)
    number = _number_at(line, head) if head else None
    if head and number:
        word = head.group("word")
        found += [(kind, *number) for kind, known in _KIND_WORDS.items() if known.match(word)]
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


def _number_first(line: str) -> Heading | None:
    """The heading of "FIRST ARTICLE" or "1. Abschnitt", alone on their line, and of "5. cikk".

    >>> _number_first("2 kap. Tillsyn").rest, _number_first("2 kap. 5 § gäller här.")
    ('Tillsyn', None)
    """
    if len(line) <= _LONGEST_ORDINAL:
        ordinal = _ORDINAL_ANNEX.match(line)
        if ordinal and numberwords.value(ordinal.group("number")):
            return _judge(
                "annex", ordinal.group("number"), line, ordinal.start("rest"), explicit=True
            )
        words = line.rstrip(".:").split()
        if 2 <= len(words) <= 4:
            number = " ".join(words[:-1])
            kind = next((kind for kind, word in _KIND_WORDS.items() if word.match(words[-1])), None)
            plain = re.fullmatch(r"\d{1,3}\.|[IVXLC]{1,6}\.?", number)
            if kind in _ORDINAL_KINDS and (numberwords.value(number) or plain):
                number = number.rstrip(".")
                return Heading(kind, number, numerals.token(number), "", len(line), spaced=True)
    match = _NUMBER_FIRST.match(line)
    if match is None or _SECTION_OF.match(match.group("rest")):
        return None
    kind = headwords.number_first_kind(match.group("word"))
    return _judge(kind, match.group("number"), line, match.start("rest"), explicit=False)


def _enclosed(line: str, *, explicit: bool) -> Heading | None:
    """An article whose number stands between signs: "第五条 目的", but not "第五条所述的"."""
    match = _ENCLOSED.match(line)
    if match is None:
        annex = _HAN_ANNEX.match(line)
        if annex is None:
            return None
        number = annex.group("number")
        return _judge("annex", number, line, annex.start("rest"), explicit=True)
    number = match.group("number") + (match.group("bis") or "")
    kind = headwords.ENCLOSED[match.group("word")]
    rest = match.group("rest")
    opened = re.match(r"[（(【\[]", rest)
    separator = _SEPARATOR.match(rest)
    glued = rest and separator is None
    if glued and not explicit and not (opened and re.match(r".{1,40}[）)】\]]", rest)):
        return None
    skipped = separator.end() if separator else 0
    at = match.start("rest") + skipped
    spaced = bool(rest) and not rest[:skipped].strip()
    return Heading(kind, number, numerals.token(number), rest[skipped:], at, spaced)


def is_caseless(words: str) -> bool:
    """Whether the words are in a script without capitals: Arabic, Thai, Chinese and others."""
    first = next((char for char in words if char.isalpha()), "a")
    return first.upper() == first.lower()


def _is_small(char: str) -> bool:
    # Georgian letters have no capitals in ordinary text, though Unicode calls them small.
    return char.islower() and not "ა" <= char <= "ჿ"


def _judge(
    kind: HeadingKind, number: str, line: str, rest_at: int, *, explicit: bool
) -> Heading | None:
    formerly = _FORMERLY.match(line, rest_at)
    rest_at = formerly.end() if formerly else rest_at
    rest = line[rest_at:]
    if kind == "annex" and _BY_SECTION.fullmatch(rest):
        return Heading(kind, number, numerals.token(number), "", len(line), spaced=True)
    separator = _SEPARATOR.match(rest)
    if separator is None:
        return None
    words = rest[separator.end() :]
    spaced = not separator.group().strip()
    if words and not explicit and not GONE.match(words):
        glued = not separator.group()[-1].isspace()
        if words[0].isdigit() if glued else spaced and _REFERENCE.match(words):
            return None
        if spaced and (_is_small(words[0]) or _GOES_ON.match(words)):
            return None
        # Laws in scripts without capitals have the words of an article behind its number.
        if spaced and not (_titled(words) or (kind == "article" and is_caseless(words))):
            return None
    token = numerals.token(number)
    return Heading(kind, number, token, words, rest_at + separator.end(), spaced)


def _titled(words: str) -> bool:
    """Whether words behind a bare number can be its heading: short, and no sentence."""
    first = words.lstrip("(“\"'«")[:1]
    return bool(first) and not _is_small(first) and may_be_heading(words)


def may_be_heading(words: str) -> bool:
    """Whether a line can be a heading by its length and its end.

    >>> may_be_heading("Illegal access"), may_be_heading("The Parties shall co-operate.")
    (True, False)
    """
    ended = words.rstrip("]").endswith(_CLOSED) or _NOTED.search(words)
    return len(words) <= _LONGEST_HEADING and not ended and "\n" not in words


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
