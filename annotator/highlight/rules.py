"""Rules as a lawyer writes them: read from `corpus/rules/<language>/*.yaml` and checked.

A rule names the concern, the polarity, the code, the standard it rests on, why a reviewer should
look, the wordings that call for it, and examples that it must and must not match.

`score` says how often a careful reader would be expected to keep a match of the rule, as judged by
whoever wrote it: 0.9 nearly always, 0.7 usually, 0.5 as often as not, 0.3 seldom (shown for the
sake of missing nothing). It is no measured probability and no degree of gravity.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from annotator import codebook, entries
from annotator.entries import Entry, quoted
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

# One rule may stand for so many words in all its patterns; the project's longest for some 3,000.
_MOST_WORDINGS = 50_000
# How often a spaCy token pattern may repeat or leave out: its Matcher follows every way to do so.
_MOST_REPEATS = 4

_LIST = re.compile(r"[a-z][a-z_-]*")

# What spaCy knows of a token without a trained model.
_ATTRIBUTES: Mapping[str, type] = {
    **dict.fromkeys(("ORTH", "TEXT", "LOWER", "NORM", "SHAPE", "PREFIX", "SUFFIX", "OP"), str),
    **dict.fromkeys(("IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER"), bool),
    **dict.fromkeys(("IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP", "IS_BRACKET"), bool),
    **dict.fromkeys(("IS_QUOTE", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL"), bool),
    "LENGTH": int,
}
_KINDS = {str: "text, or IN or NOT_IN with a list of texts", bool: "true or false", int: "a number"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to look, with every wording that calls for it.

    `phrases` are fixed words; `patterns` are compact patterns (see `phrasing`) or spaCy token
    patterns. A match is dropped where a pattern of `unless` covers it or one of `exceptions` shares
    a word with it, and where none of the words of `context` or any of `absent` stands in the same
    sentence. With `definitions`, it also looks at definitions. A `negative` rule speaks of what is
    forbidden or denied ("shall not tell the subscriber"), so that such words within a match take
    nothing back. `file` is where it is written, such as `en/press-risks.yaml`.
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
    file: str = ""


@dataclass(frozen=True, slots=True)
class Reversals:
    """Wordings that take back a risk told in the same sentence: struck down, denied, forbidden.

    Of the `concerns` named, a risk is dropped where a pattern of `before` or `denials` begins
    before its end, or one of `after` behind it, and none of the words of `contrast` ("but") stands
    between. What is denied is nothing; what is undone or forbidden protects: the words from there
    to the risk become a match of the safeguard rule `protects`, where one is named.
    """

    concerns: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    contrast: tuple[str, ...] = ()
    protects: str = ""


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The rules of one language with their word lists; `sha256` is that of the files' bytes.

    `problems` say in a line each what is wrong in the files: file and line below the folder of
    rules, rule, value and what to do. What a problem names is left out; all else is here.
    """

    language: str
    rules: tuple[Rule, ...]
    lists: Mapping[str, tuple[str, ...]]
    sha256: str
    reversals: Reversals = Reversals()
    problems: tuple[str, ...] = ()


def files(language: str, folder: Path | None = None) -> list[Path]:
    """The rule files of a language in the order of their names; none where it has no folder."""
    found = ((folder or DEFAULT) / language).glob("*.yaml")
    return sorted(path for path in found if not path.name.startswith("."))


def digest(language: str, folder: Path | None = None) -> str:
    """The SHA-256 over names and bytes of a language's rule files, without reading them as YAML."""
    total = hashlib.sha256(language.encode())
    for path in files(language, folder):
        try:
            content = path.read_bytes()
        except OSError:
            content = b"cannot be read"
        total.update(f"\n{path.name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def read(language: str, folder: Path | None = None) -> Ruleset:
    """All sound rules of a language, checked against the codebook; empty where it has none.

    A file or a rule that is not right is left out, and `problems` says why. `CodebookError` only
    where `folder` or the codebook itself is not right. Reading takes a second for a thousand rules
    and is remembered while files and codebook stay as they are.
    """
    if folder is not None and not folder.is_dir():
        raise CodebookError(f"{str(folder)!r} is not a folder of rules: see corpus/rules/README.md")
    book = codebook.load()
    return _read(language, folder or DEFAULT, digest(language, folder), book.sha256)


@lru_cache(maxsize=8)
def _read(language: str, folder: Path, sha256: str, _book: str) -> Ruleset:
    return _Reader(language, folder).read(sha256)


_T = TypeVar("_T")


class _LeftOutToo(Exception):
    """What uses a list that cannot be read, which has its own problem."""


class _Reader:
    """Reads the files of a language, keeping what is sound and a line on all else."""

    def __init__(self, language: str, folder: Path) -> None:
        self._language = language
        self._folder = folder
        self._book = codebook.load()
        self._lists: dict[str, tuple[str, ...]] = {}
        self._problems: list[str] = []
        # Lists that cannot be read; None stands for the whole file.
        self._broken: set[str | None] = set()
        self._left_out_too = 0

    def read(self, sha256: str) -> Ruleset:
        """Everything in the files; `sha256` is theirs."""
        sources = {path.name: path for path in files(self._language, self._folder)}
        for path in sorted((self._folder / self._language).glob("*.yml")):
            problem = f"it is not read: name it {path.stem}.yaml"
            self._problems.append(f"{self._language}/{path.name}: {problem}")
        if LISTS in sources:
            self._read_lists(sources.pop(LISTS))
        reversing = sources.pop(REVERSALS, None)
        entered = [
            entry for path in sources.values() for entry in self._try(self._entries, path) or ()
        ]
        rules: dict[str, Rule] = {}
        places: dict[str, Entry] = {}
        for entry in entered:
            rule = self._try(self._rule, entry, places)
            if rule is not None:
                rules[rule.id], places[rule.id] = rule, entry
        reversals = self._try(self._reversals, reversing, rules) if reversing else None
        if self._left_out_too:
            self._problems.append(
                f"{self._language}/{LISTS}: what uses a list that cannot be read is left out too: "
                f"{self._left_out_too} in all"
            )
        return Ruleset(
            self._language,
            tuple(rules.values()),
            self._lists,
            sha256,
            reversals or Reversals(),
            tuple(self._problems),
        )

    def _try(self, make: Callable[..., _T], *given: object) -> _T | None:
        """What `make` gives, or None and a line on what is wrong."""
        try:
            return make(*given)
        except CodebookError as error:
            self._problems.append(str(error))
        except _LeftOutToo:
            self._left_out_too += 1
        return None

    def _file(self, path: Path) -> Entry:
        return entries.read(path, shown=f"{self._language}/{path.name}")

    def _read_lists(self, path: Path) -> None:
        file = self._try(self._file, path)
        if file is None:
            self._broken.add(None)
            return
        for name in file.values:
            words = self._try(self._list, file, name)
            if words is None:
                self._broken.add(str(name))
            else:
                self._lists[name] = words

    def _list(self, file: Entry, name: object) -> tuple[str, ...]:
        if not isinstance(name, str) or not _LIST.fullmatch(name):
            file.fail(f"{quoted(name)} names a list: use lower-case letters, - and _ only")
        entry = replace(file, label=f"the list {name!r}", trail=(name,))
        words = entry.texts(name, least=1)
        try:
            for word in words:
                phrasing.phrase(word, language=self._language)
        except phrasing.PhrasingError as error:
            entry.fail(str(error))
        return words

    def _entries(self, path: Path) -> tuple[Entry, ...]:
        file = self._file(path)
        file.check_keys(("rules",))
        return file.entries(
            "rules", "rule", least=1, wrong=lambda error: self._problems.append(str(error))
        )

    def _rule(self, entry: Entry, taken: Mapping[str, Entry]) -> Rule:
        entry.check_keys(_REQUIRED, _OPTIONAL)
        name = entry.identifier()
        if name in taken:
            entry.fail(f"the id {name!r} is taken ({taken[name].place}): choose another")
        concern = self._book.concern(entry.choice("concern", codebook.CONCERNS))
        examples = entry.entry("examples")
        examples.check_keys(("match", "not"))
        rule = Rule(
            id=name,
            concern=concern.id,
            code=concern.code(entry.choice("code", concern.code_ids)).id,
            polarity=cast(Polarity, entry.choice("polarity", POLARITIES)),
            score=entry.number("score", low=0, high=1),
            reason=entry.text("reason"),
            standard=entry.text("standard"),
            phrases=entry.texts("phrases"),
            patterns=self._patterns(entry),
            unless=self._compact(entry, "unless"),
            exceptions=self._compact(entry, "except"),
            context=self._single(entry, "with"),
            absent=self._single(entry, "without"),
            definitions=entry.flag("definitions"),
            negative=entry.flag("negative"),
            match=examples.texts("match", least=1),
            near_miss=examples.texts("not", least=1),
            file=entry.source.name,
        )
        if not rule.phrases and not rule.patterns:
            entry.fail("it has neither phrases nor patterns: add one, or it can match nothing")
        self._check_size(entry, rule)
        return rule

    def _check_size(self, entry: Entry, rule: Rule) -> None:
        """Refuse phrases that cannot be read and a rule that stands for too many words."""
        total = 0
        for pattern in (*rule.patterns, *rule.unless, *rule.exceptions):
            if isinstance(pattern, str):
                places = phrasing.parse(pattern, self._lists, language=self._language)
                total += sum(len(p.options) for p in places if isinstance(p, phrasing.Word))
        for phrase in rule.phrases:
            words = phrase.split()
            if len(words) > phrasing.MOST_PLACES:
                entry.fail(
                    f"the phrase {quoted(phrase)} has {len(words)} words: "
                    f"write {phrasing.MOST_PLACES} at most"
                )
            total += sum(len(phrasing.spellings(word, self._language)) for word in words)
        if total > _MOST_WORDINGS:
            entry.fail(f"it stands for {total:,} words: write {_MOST_WORDINGS:,} at most, or split")

    def _reversals(self, path: Path, rules: Mapping[str, Rule]) -> Reversals:
        entry = self._file(path)
        entry.check_keys(("concerns", "before", "after", "contrast"), ("denials", "protects"))
        protects = entry.text("protects", default="")
        if protects and (protects not in rules or rules[protects].polarity != "safeguard"):
            entry.fail(f"protects is {quoted(protects)}: name a rule that is a safeguard")
        concerns = entry.texts("concerns", least=1)
        for concern in concerns:
            if concern not in codebook.CONCERNS:
                known = ", ".join(codebook.CONCERNS)
                entry.fail(f"concerns holds {quoted(concern)}: choose of {known}")
        return Reversals(
            concerns=frozenset(concerns),
            before=self._compact(entry, "before"),
            after=self._compact(entry, "after"),
            denials=self._compact(entry, "denials"),
            contrast=self._single(entry, "contrast"),
            protects=protects,
        )

    def _patterns(self, entry: Entry) -> tuple[str | TokenPattern, ...]:
        value = entry.values.get("patterns", [])
        if not isinstance(value, list):
            entry.fail(
                f"patterns is {quoted(value)}: write a list, a pattern each, beginning with '- '"
            )
        return tuple(
            self._checked(entry, pattern) if isinstance(pattern, str) else _tokens(entry, pattern)
            for pattern in value
        )

    def _compact(self, entry: Entry, key: str) -> tuple[str, ...]:
        return tuple(self._checked(entry, pattern) for pattern in entry.texts(key))

    def _checked(self, entry: Entry, pattern: str) -> str:
        self._ask_for_lists(pattern)
        try:
            phrasing.parse(pattern, self._lists, language=self._language)
        except phrasing.PhrasingError as error:
            entry.fail(str(error))
        return " ".join(pattern.split())

    def _single(self, entry: Entry, key: str) -> tuple[str, ...]:
        """Single words, with their forms."""
        found: dict[str, None] = {}
        for option in entry.texts(key):
            self._ask_for_lists(option)
            try:
                forms = phrasing.words(option, self._lists, option, language=self._language)
                found.update(dict.fromkeys(forms))
            except phrasing.PhrasingError as error:
                entry.fail(str(error))
        for word in found:
            if " " in word or "-" in word:
                entry.fail(f"{key} holds {word!r}: write single words there, without a hyphen")
        return tuple(found)

    def _ask_for_lists(self, pattern: str) -> None:
        for name in phrasing.LIST.findall(pattern):
            if name in self._broken or (None in self._broken and name not in self._lists):
                raise _LeftOutToo


def _tokens(entry: Entry, pattern: object) -> TokenPattern:
    """A spaCy token pattern that its Matcher can take, and finish with."""
    if (
        not isinstance(pattern, list)
        or not 1 <= len(pattern) <= phrasing.MOST_PLACES
        or not all(isinstance(token, Mapping) for token in pattern)
    ):
        entry.fail(f"{quoted(pattern)} is no pattern: write words, or a list of spaCy tokens")
    for token in pattern:
        for key, value in token.items():
            if key not in _ATTRIBUTES:
                entry.fail(f"{quoted(key)} in a token pattern is not known without a trained model")
            kind = _ATTRIBUTES[key]
            values = [value]
            if kind is str and isinstance(value, Mapping) and value.keys() <= {"IN", "NOT_IN"}:
                values = [one for listed in value.values() for one in _listed(listed)]
            if not all(type(one) is kind for one in values):
                entry.fail(f"{key} in a token pattern is {quoted(value)}: write {_KINDS[kind]}")
    operators = [token.get("OP", "1") for token in pattern]
    for operator in operators:
        if operator not in ("1", "!", "?", "+", "*"):
            entry.fail(f"OP in a token pattern is {quoted(operator)}: write 1, !, ?, + or *")
    if sum(operator in ("?", "+", "*") for operator in operators) > _MOST_REPEATS:
        entry.fail(
            f"a token pattern holds more than {_MOST_REPEATS} of ?, + and *: "
            "write it as words with .. between them"
        )
    return tuple(pattern)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [None]
