"""What stands behind a heading's number: its title, or the rest of a sentence that refers to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.intake.structure import numerals
from annotator.intake.structure.headwords import HeadingKind

# "SCHEDULE 1 (s. 4)" says which section brings it in, and is headed by the line below.
_BY_SECTION = re.compile(
    r"\s?[(\[](?:s|ss|sec|sections?|art|arts|articles?|reg|regulations?|rules?|para)\b[^()\[\]]{1,40}"
    r"(?:\([^()]{1,5}\)[^()\[\]]{0,40}){0,3}[)\]]",
    re.I,
)
SEPARATOR = re.compile(r"\s*[.:：．、)\]\-–—ـ]+(?:\s*[-–—]+)?\s*|\s+|\Z")
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
DATED = re.compile(r"\s?[<〈][^<>〈〉]{1,80}[>〉]")
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


def is_caseless(words: str) -> bool:
    """Whether the words are in a script without capitals: Arabic, Thai, Chinese and others."""
    first = next((char for char in words if char.isalpha()), "a")
    return first.upper() == first.lower()


def is_small(char: str) -> bool:
    """Whether a letter is one that no heading begins with."""
    # Georgian letters have no capitals in ordinary text, though Unicode calls them small.
    return char.islower() and not "ა" <= char <= "ჿ"


def judge(
    kind: HeadingKind, number: str, line: str, rest_at: int, *, explicit: bool
) -> Heading | None:
    """The heading whose number ends at `rest_at`, or None where the line goes on as a sentence."""
    formerly = _FORMERLY.match(line, rest_at)
    rest_at = formerly.end() if formerly else rest_at
    rest = line[rest_at:]
    if kind == "annex" and _BY_SECTION.fullmatch(rest):
        return Heading(kind, number, numerals.token(number), "", len(line), spaced=True)
    separator = SEPARATOR.match(rest)
    if separator is None:
        return None
    words = rest[separator.end() :]
    spaced = not separator.group().strip()
    if words and not explicit and not GONE.match(words):
        glued = not separator.group()[-1].isspace()
        if words[0].isdigit() if glued else spaced and _REFERENCE.match(words):
            return None
        if spaced and (is_small(words[0]) or _GOES_ON.match(words)):
            return None
        # Laws in scripts without capitals have the words of an article behind its number.
        if spaced and not (_titled(words) or (kind == "article" and is_caseless(words))):
            return None
    token = numerals.token(number)
    return Heading(kind, number, token, words, rest_at + separator.end(), spaced)


def _titled(words: str) -> bool:
    """Whether words behind a bare number can be its heading: short, and no sentence."""
    first = words.lstrip("(“\"'«")[:1]
    return bool(first) and not is_small(first) and may_be_heading(words)


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
