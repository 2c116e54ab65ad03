"""The compact way to write a token pattern, so that a lawyer can add one. Knows no spaCy.

A pattern is words with spaces between them, read from left to right within one sentence:

===============  ==================================================================
written          matches
===============  ==================================================================
`search`         that word, in capitals or not
`search~`        that word and its ordinary forms in the language: searches, searched ...
`seize|secure`   any one of them (`|` without spaces)
`(pass word|key)`  any one of them, each of one word or several; `key|(pass word)` likewise
`[the]`          that word or nothing; `[a|any]` and `[at least]` likewise
`..`             up to eight other words; `..3` up to three
`<authority>`    any entry of that list in `lists.yaml`, which may be of several words
===============  ==================================================================

Second spellings match alike (authorise, authorize; co-operate, cooperate; État, Etat): see
`annotator.highlight.forms`. Nothing crosses the end of a sentence, a semicolon or a line.

>>> parse("order~|require~ ..3 [a] <who>", {"who": ("person", "service provider")})[0]
Word(options=('order', 'orders', 'ordered', 'ordering', 'require', 'requires', 'required', \
'requiring'), optional=False)
>>> parse("(<who> shall|must hand) over", {"who": ("person", "service provider")})[0].options
('person shall', 'service provider shall', 'must hand')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotator.highlight.forms import forms, respell

GAP = 8
LONGEST_GAP = 20
# A rule of the project has at most 10 places and 560 wordings; these bounds keep a slip bounded.
MOST_PLACES = 40
MOST_WORDINGS = 5_000

_PART = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\]|\S)+")
_BAR = re.compile(r"\|(?![^()]*\))")  # one that stands in no round brackets
_GAP = re.compile(r"\.\.(\d*)")
LIST = re.compile(r"<([a-z][a-z_-]*)>")
_HELP = "see corpus/rules/README.md"


class PhrasingError(ValueError):
    """A compact pattern that cannot be read; the message says which part and what to write."""


@dataclass(frozen=True, slots=True)
class Word:
    """One place in a pattern: the lower-case wordings that may stand there."""

    options: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words that may be anything."""

    most: int


def parse(
    pattern: str, lists: Mapping[str, tuple[str, ...]], *, language: str = "en"
) -> tuple[Word | Gap, ...]:
    """The places of a compact pattern; `PhrasingError` says what is wrong with it.

    `language` decides the forms that `~` stands for and the second spellings.
    """
    written = _PART.findall(pattern)
    if len(written) > MOST_PLACES:
        raise PhrasingError(
            f"{_short(pattern)} has {len(written)} places: write {MOST_PLACES} at most"
        )
    parts: list[Word | Gap] = []
    for part in written:
        gap = _GAP.fullmatch(part)
        if gap:
            # int() refuses thousands of digits with an error of its own.
            most = int((gap[1] or str(GAP))[:4])
            if not 1 <= most <= LONGEST_GAP:
                raise PhrasingError(
                    f"{_short(part)} in {_short(pattern)}: write .. and 1 to {LONGEST_GAP}"
                )
            parts.append(Gap(most))
        else:
            parts.append(_word(part, lists, pattern, language))
    if not any(isinstance(part, Word) and not part.optional for part in parts):
        raise PhrasingError(f"{_short(pattern)} has no word that must be there: add one")
    if isinstance(parts[0], Gap) or isinstance(parts[-1], Gap):
        raise PhrasingError(
            f"{_short(pattern)} begins or ends with '..': begin and end with a word"
        )
    return tuple(parts)


def _word(part: str, lists: Mapping[str, tuple[str, ...]], pattern: str, language: str) -> Word:
    optional = part.startswith("[")
    if (optional and not part.endswith("]")) or part.count("(") > part.count(")"):
        raise PhrasingError(f"{_short(part)} in {_short(pattern)} is not closed: {_HELP}")
    options: dict[str, None] = {}
    for option in _BAR.split(part[1:-1] if optional else part):
        grouped = option.startswith("(") and option.endswith(")")
        for one in option[1:-1].split("|") if grouped else (option,):
            options.update(dict.fromkeys(words(one, lists, pattern, language=language)))
        if len(options) > MOST_WORDINGS:
            raise _too_many(part)
    return Word(tuple(options), optional)


def words(
    option: str, lists: Mapping[str, tuple[str, ...]], pattern: str, *, language: str = "en"
) -> tuple[str, ...]:
    """Every wording of one alternative: words, each plain, with `~`, or a list's name in `<>`."""
    if not option.strip():
        raise PhrasingError(f"{option!r} in {_short(pattern)} cannot be read: {_HELP}")
    first, *rest = option.split()
    found: Sequence[str] = _wordings(first, lists, pattern, language)
    if len(found) > MOST_WORDINGS:
        raise _too_many(option)
    if not rest:
        return tuple(found)
    for word in rest:
        further = _wordings(word, lists, pattern, language)
        if len(found) * len(further) > MOST_WORDINGS:
            raise _too_many(option)
        found = [f"{before} {form}".strip() for form in further for before in found]
    return tuple(dict.fromkeys(found))


def _wordings(
    word: str, lists: Mapping[str, tuple[str, ...]], pattern: str, language: str
) -> tuple[str, ...]:
    name = LIST.fullmatch(word)
    if name:
        if name[1] not in lists:
            known = ", ".join(sorted(lists)) or "none yet"
            raise PhrasingError(
                f"{_short(word)} in {_short(pattern)} is not a list: choose one of {known}"
            )
        return _listed(lists[name[1]], language)
    if word == "~" or re.search(r"[<>\[\]()|*~.]", word.removesuffix("~")):
        raise PhrasingError(f"{_short(word)} in {_short(pattern)} cannot be read: {_HELP}")
    return phrase(word, language=language)


@lru_cache(maxsize=2_000)
def _listed(entries: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Every wording of a list, which many patterns name."""
    return tuple(dict.fromkeys(w for entry in entries for w in phrase(entry, language=language)))


@lru_cache(maxsize=20_000)
def phrase(text: str, *, language: str = "en") -> tuple[str, ...]:
    """A wording of one or more words in lower case, with its forms where a `~` asks for them.

    `PhrasingError` where these are too many.

    >>> phrase("licence bill~")
    ('licence bill', 'license bill', 'licence bills', 'license bills', 'licence billed', \
'license billed', 'licence billing', 'license billing')
    """
    found = [""]
    for word in text.lower().split():
        spelt = spellings(word, language)
        if len(found) * len(spelt) > MOST_WORDINGS:
            raise _too_many(text)
        found = [f"{before} {form}".strip() for form in spelt for before in found]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=20_000)
def spellings(word: str, language: str = "en") -> tuple[str, ...]:
    """A word, its forms where it ends in `~`, and their second spellings."""
    made = forms(word[:-1], language) if word.endswith("~") else (word,)
    return tuple(dict.fromkeys(s for form in made for s in (form, respell(form, language))))


def _too_many(text: str) -> PhrasingError:
    return PhrasingError(
        f"{_short(text)} stands for more than {MOST_WORDINGS:,} wordings: write fewer ~, < or |"
    )


def _short(text: str) -> str:
    """A value as it is quoted in a message, cut where it is very long."""
    return repr(text if len(text) <= 160 else f"{text[:150]} ...")
