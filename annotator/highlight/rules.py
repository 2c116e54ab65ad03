"""Rules as a lawyer writes them: read from `corpus/rules/<language>/*.yaml` and checked.

A rule names the concern, the polarity, the code, the standard it rests on, why a reviewer should
look, the wordings that call for it, and examples that it must and must not match.

`score` says how often a careful reader would be expected to keep a match of the rule, as judged by
whoever wrote it: 0.9 nearly always, 0.7 usually, 0.5 as often as not, 0.3 seldom (shown for the
sake of missing nothing). It is no measured probability and no degree of gravity.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from annotator import codebook, entries
from annotator.entries import Entry
from annotator.errors import CodebookError
from annotator.highlight import phrasing
from annotator.model import POLARITIES, Polarity

DEFAULT = codebook.DEFAULT.parent / "rules"
LISTS = "lists.yaml"
REVERSALS = "reversals.yaml"

TokenPattern = tuple[Mapping[str, Any], ...]

_REQUIRED = ("id", "concern", "code", "polarity", "score", "reason", "standard", "examples")
_OPTIONAL = (
    "phrases",
    "patterns",
    "unless",
    "except",
    "with",
    "without",
    "definitions",
    "negative",
)

# What spaCy knows of a token without a trained model.
_ATTRIBUTES = frozenset(
    {
        "ORTH",
        "TEXT",
        "LOWER",
        "NORM",
        "LENGTH",
        "SHAPE",
        "PREFIX",
        "SUFFIX",
        "IS_ALPHA",
        "IS_ASCII",
        "IS_DIGIT",
        "IS_LOWER",
        "IS_UPPER",
        "IS_TITLE",
        "IS_PUNCT",
        "IS_SPACE",
        "IS_STOP",
        "IS_BRACKET",
        "IS_QUOTE",
        "LIKE_NUM",
        "LIKE_URL",
        "LIKE_EMAIL",
        "OP",
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to look, with every wording that calls for it.

    `phrases` are fixed words; `patterns` are compact patterns (see `phrasing`) or spaCy token
    patterns. A match is dropped where a pattern of `unless` covers it or one of `exceptions` shares
    a word with it, and where none of the words of `context` or any of `absent` stands in the same
    sentence. With `definitions`, it also looks at definitions. A `negative` rule speaks of what is
    forbidden or denied ("shall not tell the subscriber"), so that such words within a match take
    nothing back.
    """

    id: str
    concern: str
    code: str
    polarity: Polarity
    score: float
    reason: str
    standard: str
    phrases: tuple[str, ...] = ()
    patterns: tuple[str | TokenPattern, ...] = ()
    unless: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    definitions: bool = False
    negative: bool = False
    match: tuple[str, ...] = ()
    near_miss: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reversals:
    """Wordings that take back a risk told in the same sentence: struck down, denied, forbidden.

    Of the `concerns` named, a risk is dropped where a pattern of `before` begins before its end, or
    one of `after` behind it, and none of the words of `contrast` ("but") stands between.
    """

    concerns: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    contrast: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The rules of one language with their word lists; `sha256` is that of the files' bytes."""

    language: str
    rules: tuple[Rule, ...]
    lists: Mapping[str, tuple[str, ...]]
    sha256: str
    reversals: Reversals = Reversals()


def files(language: str, folder: Path | None = None) -> list[Path]:
    """The rule files of a language in the order of their names; none where it has no folder."""
    return sorted(((folder or DEFAULT) / language).glob("*.yaml"))


def digest(language: str, folder: Path | None = None) -> str:
    """The SHA-256 over names and bytes of a language's rule files, without reading them as YAML."""
    total = hashlib.sha256(language.encode())
    for path in files(language, folder):
        content = path.read_bytes()
        total.update(f"\n{path.name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def read(language: str, folder: Path | None = None) -> Ruleset:
    """All rules of a language, checked against the codebook; empty where it has none.

    Raises `CodebookError` for anything wrong, naming file, line, rule, value and what to do.
    """
    if folder is not None and not folder.is_dir():
        raise CodebookError(f"{str(folder)!r} is not a folder of rules: see corpus/rules/README.md")
    book = codebook.load()
    lists: dict[str, tuple[str, ...]] = {}
    found: list[Entry] = []
    reversing: Entry | None = None
    for path in files(language, folder):
        file = entries.read(path)
        if path.name == LISTS:
            for name in file.values:
                lists[str(name)] = file.texts(name, least=1)
            continue
        if path.name == REVERSALS:
            reversing = file
            continue
        file.check_keys(("rules",))
        found += file.entries("rules", "rule", least=1)
    entries.unique(found, lambda entry: entry.identifier(), "the id")
    rules = tuple(_rule(entry, book, lists, language) for entry in found)
    reversals = _reversals(reversing, lists) if reversing else Reversals()
    return Ruleset(language, rules, lists, digest(language, folder), reversals)


def _reversals(entry: Entry, lists: Mapping[str, tuple[str, ...]]) -> Reversals:
    entry.check_keys(("concerns", "before", "after", "contrast"))
    concerns = entry.texts("concerns", least=1)
    for concern in concerns:
        if concern not in codebook.CONCERNS:
            entry.fail(f"concerns holds {concern!r}: choose of {', '.join(codebook.CONCERNS)}")
    return Reversals(
        concerns=frozenset(concerns),
        before=_compact(entry, "before", lists),
        after=_compact(entry, "after", lists),
        contrast=entry.texts("contrast"),
    )


def _rule(
    entry: Entry, book: codebook.Codebook, lists: Mapping[str, tuple[str, ...]], language: str
) -> Rule:
    entry.check_keys(_REQUIRED, _OPTIONAL)
    concern = book.concern(entry.choice("concern", codebook.CONCERNS))
    code = concern.code(entry.choice("code", concern.code_ids)).id
    examples = entry.entry("examples")
    examples.check_keys(("match", "not"))
    rule = Rule(
        id=entry.identifier(),
        concern=concern.id,
        code=code,
        polarity=cast(Polarity, entry.choice("polarity", POLARITIES)),
        score=entry.number("score", low=0, high=1),
        reason=entry.text("reason"),
        standard=entry.text("standard"),
        phrases=entry.texts("phrases"),
        patterns=_patterns(entry, lists),
        unless=_compact(entry, "unless", lists),
        exceptions=_compact(entry, "except", lists),
        context=_context(entry, "with", lists, language),
        absent=_context(entry, "without", lists, language),
        definitions=entry.flag("definitions"),
        negative=entry.flag("negative"),
        match=examples.texts("match", least=1),
        near_miss=examples.texts("not", least=1),
    )
    if not rule.phrases and not rule.patterns:
        entry.fail("it has neither phrases nor patterns: add one, or it can match nothing")
    return rule


def _patterns(entry: Entry, lists: Mapping[str, tuple[str, ...]]) -> tuple[str | TokenPattern, ...]:
    value = entry.values.get("patterns", [])
    if not isinstance(value, list):
        entry.fail(f"patterns is {value!r}: write a list, a pattern each, beginning with '- '")
    found: list[str | TokenPattern] = []
    for pattern in value:
        if isinstance(pattern, str):
            found.append(_checked(entry, pattern, lists))
        elif isinstance(pattern, list) and pattern and all(isinstance(t, Mapping) for t in pattern):
            for key in {key for token in pattern for key in token}:
                if key not in _ATTRIBUTES:
                    entry.fail(f"{key!r} in a token pattern is not known without a trained model")
            found.append(tuple(pattern))
        else:
            entry.fail(f"{pattern!r} is no pattern: write words, or a list of spaCy tokens")
    return tuple(found)


def _compact(entry: Entry, key: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(_checked(entry, pattern, lists) for pattern in entry.texts(key))


def _checked(entry: Entry, pattern: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    try:
        phrasing.parse(pattern, lists)
    except phrasing.PhrasingError as error:
        entry.fail(str(error))
    return " ".join(pattern.split())


def _context(
    entry: Entry, key: str, lists: Mapping[str, tuple[str, ...]], language: str
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for option in entry.texts(key):
        try:
            forms = phrasing.words(option, lists, option, language=language)
            found.update(dict.fromkeys(forms))
        except phrasing.PhrasingError as error:
            entry.fail(str(error))
    for word in found:
        if " " in word or "-" in word:
            entry.fail(f"{key} holds {word!r}: write single words there, without a hyphen")
    return tuple(found)
