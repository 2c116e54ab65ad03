"""What stands at the start of a line: the heading of an article or division, or a number in a list.

Only the form of one line is judged here; `structure` decides by the neighbours. `headnumbers` has a
heading's word and number, `numberfirst` those with the number first, `headrest` what follows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from annotator.intake.structure import headwords
from annotator.intake.structure.enumerators import WORD_FIRST
from annotator.intake.structure.enumerators import Enumerator as Enumerator
from annotator.intake.structure.enumerators import enumerator as enumerator
from annotator.intake.structure.headnumbers import KINDS, WORDS, candidates
from annotator.intake.structure.headrest import DATED, is_small, judge
from annotator.intake.structure.headrest import GONE as GONE
from annotator.intake.structure.headrest import Heading as Heading
from annotator.intake.structure.headrest import is_capitals as is_capitals
from annotator.intake.structure.headrest import is_caseless as is_caseless
from annotator.intake.structure.headrest import may_be_heading as may_be_heading
from annotator.intake.structure.headwords import HeadingKind as HeadingKind
from annotator.intake.structure.numberfirst import LONGEST_ORDINAL, enclosed, number_first

_LONGEST_KEPT = 200
# The first three letters, or fewer where others follow, of what a heading may begin with.
_BEGINNINGS = frozenset(
    run[:3]
    for run in re.findall(
        r"(?:\A|\||\(\?:|\)\??)([a-z]{3,}|[a-z]++(?![^\x00-\x7f]))",
        f"{headwords.any_word(KINDS)}|{headwords.PREAMBLE}|{headwords.ANNEX_ALONE}|art|sec".lower(),
    )
)
_ROMAN_FIRST = re.compile(r"[IVXLCDM]+(?![A-Za-z])", re.I)
_ANNEX = re.compile(rf"(?:{headwords.ANNEX_ALONE})(?P<rest>.*)\Z", re.I | re.S)
_PREAMBLE = re.compile(rf"(?:{headwords.PREAMBLE})(?P<rest>.*)\Z", re.I | re.S)

# The words that head articles and divisions in a language, in lower case.
HEAD_WORDS = {code: headwords.of_language(code) for code in headwords.BY_LANGUAGE}

# The same within a line, for texts that have lost their line ends.
INLINE = {
    kind: re.compile(
        rf"(?<!\w)(?-i:(?=[^\Wa-z]))(?:{WORDS[kind]})\s+"
        r"(?P<number>\d{1,4}|(?-i:[IVXLCDM]+)|premier)(?!\w)[.:]?(?=\s)",
        re.I,
    )
    for kind in ("article", "chapter")
}
INLINE_CHAPTER_HEADING = re.compile(
    rf"(?<!\w)(?:{WORDS['chapter']})\s+(?:\d+|[IVXLCDM]+)(?!\w)[^.;]*\Z", re.I
)

CLOSING = re.compile(rf"(?:{headwords.CLOSING})", re.I)


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
    if not line or is_small(line[0]):
        return None
    if _begins_a_sentence(line):
        # No word for what is headed, but there may be one for a number: "Fifth Chapter".
        return number_first(line) if len(line) <= LONGEST_ORDINAL else None
    preamble = _PREAMBLE.match(line)
    if preamble:
        return _preamble(line, preamble)
    first = number_first(line)
    if first:
        return first
    within = enclosed(line, explicit=explicit) if line[0] in "第제附别別" else None
    if within:
        return within
    for kind, number, end in candidates(line):
        found = judge(kind, number, line, end, explicit=explicit)
        if found:
            return found
    annex = _ANNEX.match(line)
    if annex:
        rest = annex.group("rest")
        if (
            not rest.strip(" .:")
            or explicit
            or DATED.fullmatch(rest)
            or (line.isupper() and rest[0].isspace())
        ):
            return judge("annex", "", line, annex.start("rest"), explicit=True)
    return None


# A title, and what may be one, is looked at from several sides.
_kept_heading = lru_cache(maxsize=256)(_heading)


def opens_nothing(line: str) -> bool:
    """Whether a line can be told at a glance to have neither a heading nor a mark before its words.

    Most lines of most texts can; False says only that a closer look is needed.
    """
    found = len(line) > LONGEST_ORDINAL and WORD_FIRST.match(line) and _begins_a_sentence(line)
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


def _preamble(line: str, match: re.Match[str]) -> Heading | None:
    rest = match.group("rest")
    words = rest.lstrip(" \t\n.:：-–—")
    # "PreambleThe member States" opens a preamble; "Preambles differ" is a sentence.
    if words and (words[0].islower() or not (words[0].isalpha() or words[0] in "“\"'«(")):
        return None
    return Heading("preamble", "", "", words, len(line) - len(words), spaced=True)
