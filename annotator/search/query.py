"""What somebody types into the search field, read so that nothing they type is a mistake.

    words            all of them, in any order
    "exact words"    one after another; so too what is written without spaces: 个人信息, l'article
    begin*           words that begin so, also at the end of a phrase
    this OR that     either, between the two beside it; so does |
    -without         not where that stands; so does NOT

Everything else is passed over: commas, brackets, marks of no word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.errors import AnnotatorError
from annotator.search.words import Word, beginnings, cut, joined, places, renderings

MOST = 64
"""How many words (of Chinese, characters) a search may hold."""

_LONGEST = 2_000
_CHUNK = re.compile(
    r"""(?P<without>-)?(?:(?P<open>["“”„‟«»「『])(?P<quoted>.*?)(?:["“”«»」』](?P<star>\*)?|$)"""
    r"""|(?P<bare>[^\s"“”„‟«»「」『』,;、，；。！？!؟،؛]+))""",
    re.DOTALL,
)
_EITHER = frozenset({"OR", "|", "||"})
_BOTH = frozenset({"AND", "&", "&&", "+"})
_NOT = frozenset({"NOT"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after another, in each form they may have; with `prefix` the last only begins so.

    `forms` are alternatives: "co-operation" is looked for as two words and as one.
    """

    forms: tuple[tuple[str, ...], ...]
    prefix: bool = False

    def found(self, rendered: Iterable[Sequence[Word]]) -> Iterator[tuple[int, int]]:
        """Where it stands in a text, given in each rendering."""
        for words in rendered:
            for form in self.forms:
                yield from places(words, form, prefix=self.prefix)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: of each of `every` at least one phrase, none of `without`.

    `whole` is everything wanted as one phrase, where it is not one already.
    """

    typed: str
    every: tuple[tuple[Phrase, ...], ...] = ()
    without: tuple[Phrase, ...] = ()
    whole: Phrase | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        return bool(self.every)

    def marks(self, text: str) -> list[tuple[int, int]]:
        """What of a text is looked for, in code points, in order, apart from each other."""
        rendered = list(renderings(text))
        spans = sorted(
            span for either in self.every for one in either for span in one.found(rendered)
        )
        found: list[tuple[int, int]] = []
        for start, end in spans:
            if found and start < found[-1][1]:
                found[-1] = found[-1][0], max(end, found[-1][1])
            else:
                found.append((start, end))
        return found

    def matches(self, *texts: str) -> bool:
        """Whether the texts, taken together, hold what is looked for."""
        rendered = [words for text in texts for words in renderings(text)]
        return all(
            any(True for one in either for _ in one.found(rendered)) for either in self.every
        ) and not any(True for one in self.without for _ in one.found(rendered))


def parse(typed: str) -> Query:
    """The query that was typed, whatever it is; without words it is false.

    `AnnotatorError` where it only says what to leave out, or holds more than `MOST` words.
    """
    every: list[tuple[Phrase, ...]] = []
    without: list[Phrase] = []
    alone = True
    either = negated = False
    text = unicodedata.normalize("NFC", typed[:_LONGEST])
    for match in _CHUNK.finditer(text):
        bare = match["bare"] or ""
        if bare in _EITHER:
            either = bool(every)
            continue
        if bare in _BOTH:
            continue
        if bare in _NOT:
            negated = True
            continue
        phrase = _phrase(match)
        if phrase is None:
            continue
        if negated or match["without"]:
            without.append(phrase)
        elif either:
            every[-1] = (*every[-1], phrase)
            alone = False
        else:
            every.append((phrase,))
        either = negated = False
    _refuse(typed, every, without)
    return Query(typed, tuple(every), tuple(without), _whole(every) if alone else None)


def widened(typed: str) -> str:
    """What was typed, with each word that stands alone taken as a beginning."""

    def begin(match: re.Match[str]) -> str:
        bare = match["bare"]
        alone = bare and bare not in _EITHER | _BOTH | _NOT and not match["without"]
        return f"{match[0]}*" if alone and bare[-1].isalpha() else match[0]

    return _CHUNK.sub(begin, typed)


def _phrase(match: re.Match[str]) -> Phrase | None:
    written = match["bare"] if match["open"] is None else match["quoted"]
    prefix = written.rstrip().endswith("*") or bool(match["star"])
    written = written.replace("*", " ").strip()
    words = cut(written)
    if not words:
        return None
    forms = [tuple(word.form for word in words)]
    if whole := joined(written):
        forms.append(tuple(word.form for word in whole))
    if prefix:
        last = words[-1]
        forms = [
            (*form[:-1], beginning)
            for form in forms
            for beginning in _endings(form[-1], written[last.start : last.end])
        ]
    return Phrase(tuple(dict.fromkeys(forms)), prefix)


def _endings(form: str, written: str) -> tuple[str, ...]:
    """What a last word that is only a beginning may begin with; of hyphenated ones, as it is."""
    found = [one for one in beginnings(written) if one]
    return tuple(dict.fromkeys([form, *found])) if form in found or len(found) > 1 else (form,)


def _whole(every: Sequence[tuple[Phrase, ...]]) -> Phrase | None:
    """All that is wanted as one phrase; `None` where it is one already, or stands for others."""
    if len(every) < 2 or any(phrase.prefix for (phrase,) in every[:-1]):
        return None
    forms = [tuple(word for (phrase,) in every for word in phrase.forms[n]) for n in (0, -1)]
    return Phrase(tuple(dict.fromkeys(forms)), every[-1][0].prefix)


def _refuse(typed: str, every: Sequence[tuple[Phrase, ...]], without: Sequence[Phrase]) -> None:
    shown = " ".join(typed.split())
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    if without and not every:
        raise AnnotatorError(
            f"{shown!r} only says what to leave out: add a word to look for",
            key="only_leaves_out",
            typed=shown,
        )
    phrases = [*(phrase for either in every for phrase in either), *without]
    if sum(len(phrase.forms[0]) for phrase in phrases) > MOST:
        raise AnnotatorError(
            f"{shown!r} is too long to look for: keep to {MOST} words",
            key="too_long",
            typed=shown,
            most=MOST,
        )
