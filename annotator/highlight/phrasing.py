"""The compact way to write a token pattern, so that a lawyer can add one. Knows no spaCy.

A pattern is words with spaces between them, read from left to right within one sentence:

===============  ==================================================================
written          matches
===============  ==================================================================
`search`         that word, in capitals or not
`search~`        that word and its ordinary forms in the language: searches, searched ...
`seize|secure`   any one of them (`|` without spaces)
`[the]`          that word or nothing; `[a|any]` likewise
`..`             up to eight other words; `..3` up to three
`<authority>`    any entry of that list in `lists.yaml`, which may be of several words
===============  ==================================================================

Second spellings match alike (authorise, authorize; co-operate, cooperate; État, Etat): see
`annotator.highlight.forms`. Nothing crosses the end of a sentence, a semicolon or a line.

>>> parse("order~|require~ ..3 [a] <who>", {"who": ("person", "service provider")})[0]
Word(options=('order', 'orders', 'ordered', 'ordering', 'require', 'requires', 'required', \
'requiring'), optional=False)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.highlight.forms import forms, respell

GAP = 8
LONGEST_GAP = 20

_GAP = re.compile(r"\.\.(\d*)")
_LIST = re.compile(r"<([a-z][a-z_-]*)>")


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
    parts: list[Word | Gap] = []
    for part in pattern.split():
        gap = _GAP.fullmatch(part)
        if gap:
            most = int(gap[1] or GAP)
            if not 1 <= most <= LONGEST_GAP:
                raise PhrasingError(f"{part!r} in {pattern!r}: write .. and 1 to {LONGEST_GAP}")
            parts.append(Gap(most))
            continue
        optional = part.startswith("[") and part.endswith("]")
        inner = part[1:-1] if optional else part
        options = dict.fromkeys(
            wording
            for option in inner.split("|")
            for wording in words(option, lists, pattern, language=language)
        )
        parts.append(Word(tuple(options), optional))
    if not any(isinstance(part, Word) and not part.optional for part in parts):
        raise PhrasingError(f"{pattern!r} has no word that must be there: add one")
    if isinstance(parts[0], Gap) or isinstance(parts[-1], Gap):
        raise PhrasingError(f"{pattern!r} begins or ends with '..': begin and end with a word")
    return tuple(parts)


def words(
    option: str, lists: Mapping[str, tuple[str, ...]], pattern: str, *, language: str = "en"
) -> tuple[str, ...]:
    """Every wording of one alternative: a word, a word with `~`, or a list's name in `<>`."""
    name = _LIST.fullmatch(option)
    if name:
        if name[1] not in lists:
            known = ", ".join(sorted(lists)) or "none yet"
            raise PhrasingError(f"{option!r} in {pattern!r} is not a list: choose one of {known}")
        return tuple(
            wording for entry in lists[name[1]] for wording in phrase(entry, language=language)
        )
    if not option or re.search(r"[<>\[\]|*~.]", option.removesuffix("~")):
        raise PhrasingError(f"{option!r} in {pattern!r} cannot be read: see corpus/rules/README.md")
    return phrase(option, language=language)


def phrase(text: str, *, language: str = "en") -> tuple[str, ...]:
    """A wording of one or more words in lower case, with its forms where a `~` asks for them.

    >>> phrase("licence bill~")
    ('licence bill', 'license bill', 'licence bills', 'license bills', 'licence billed', \
'license billed', 'licence billing', 'license billing')
    """
    found = [""]
    for word in text.lower().split():
        found_forms = forms(word[:-1], language) if word.endswith("~") else (word,)
        spelt = dict.fromkeys(s for f in found_forms for s in (f, respell(f, language)))
        found = [f"{before} {form}".strip() for form in spelt for before in found]
    return tuple(dict.fromkeys(found))
