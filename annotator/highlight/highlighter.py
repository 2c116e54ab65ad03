"""Suggestions for a text or a document, from rules alone or from a pipeline that has them."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from annotator import codebook
from annotator.errors import AnnotatorError
from annotator.highlight import quiet
from annotator.highlight.plugged import identity, proposals
from annotator.highlight.rules import Rule, Ruleset, digest, read
from annotator.highlight.voice import voice
from annotator.model import Clause, Document, Suggestion, Voice, sha256, stable_id

if TYPE_CHECKING:
    from spacy.language import Language

    from annotator.highlight.component import ConcernRules

_FACTORY = "concern_rules"
_SPANS = "concerns"

# Raised when the code comes to other results from the same rules, so that texts are read again.
_CODE = "5"

# Characters that stand for the same as a plainer one; each gives one, so offsets stay as they are.
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "‑": "-", "\u00a0": " ", "\u202f": " ", "\t": " "})

# A line broken for its length: the next one goes on in small letters and is no "a) ..." item.
_WRAP = re.compile(r"\n(?=[a-zß-öø-ÿœ](?![.)]))(?<=[^\n.:;]{30}\n)")


class Highlighter:
    """Finds what the rules of one language call for.

    `ruleset` names rules, language, pipeline and code exactly: results under the same name are the
    same. `notice` is empty, or says in one sentence why nothing will be found. `problems` say in a
    line each which files and rules are left out, and why (see `Ruleset`).
    """

    def __init__(
        self,
        language: str,
        rules: Ruleset,
        *,
        ruleset: str,
        pipeline: Language | None,
        plugged: str = "",
    ) -> None:
        self.language = language
        self.rules = rules.rules
        self.ruleset = ruleset
        self.problems = rules.problems
        self.notice = ""
        if not rules.rules and rules.problems:
            self.notice = (
                f"None of the rules for {language!r} can be read, so nothing is highlighted: "
                f"{rules.problems[0]}"
            )
        elif not rules.rules:
            self.notice = (
                f"There are no rules for {language!r} yet, so nothing is highlighted: "
                f"add some in corpus/rules/{language}/"
            )
        self._pipeline = pipeline
        self._plugged = plugged
        # The rules without any other component need no Doc.
        self._alone: ConcernRules | None = None
        if pipeline is not None and pipeline.pipe_names == [_FACTORY]:
            self._alone = cast("ConcernRules", pipeline.get_pipe(_FACTORY))
        self._by_id = {rule.id: rule for rule in rules.rules}

    def pipe(self, texts: Iterable[str]) -> Iterator[list[Suggestion]]:
        """The suggestions of each text, in text order, as the texts come.

        Offsets are code points into the text as given. Lines that can only be headings, and
        sentences that only say what a quoted term means, are left out. `id`, `document` and `eid`
        stay empty. Those of a pipeline that was plugged in come behind those of the rules, and
        their `rule` begins with `pipeline:` and its name.
        """
        if self._pipeline is None:
            for _ in texts:
                yield []
            return
        if self._alone is not None:
            for text in texts:
                yield [
                    _suggestion(text, found.rule, found.start, found.end)
                    for found in self._alone.find(plain(text))
                ]
            return
        pairs = ((plain(text), text) for text in texts)
        for doc, text in self._pipeline.pipe(pairs, as_tuples=True):
            yield [
                *(
                    _suggestion(text, self._by_id[span.id_], span.start_char, span.end_char)
                    for span in doc.spans[_SPANS]
                ),
                *proposals(doc, text, pipeline=self._plugged, rules=_SPANS),
            ]

    def highlight(self, document: Document) -> list[Suggestion]:
        """The suggestions of a document, clause by clause, with `id`, `document` and `eid`.

        Every clause's own words are read by themselves, so that no match crosses into another
        clause and no heading is matched. Of a clause under an article of definitions only rules
        that ask for definitions count. In news, `voice` says whose word each is. Of those that say
        the same of the same words one is given (see `once`). Ordered by start, end and rule.
        `AnnotatorError` where the document is in another language.
        """
        if primary(document.language) != self.language:
            raise AnnotatorError(
                f"{document.slug!r} is in {document.language!r} and these rules are for "
                f"{self.language!r}: load the highlighter for {document.language!r}"
            )
        clauses = list(document.reviewable())
        defining = _defining(document)
        texts = (document.text[clause.body : clause.own_end] for clause in clauses)
        found = []
        for clause, suggestions in zip(clauses, self.pipe(texts), strict=True):
            for suggestion in suggestions:
                rule = self._by_id.get(suggestion.rule)
                if clause.eid in defining and not (rule and rule.definitions):
                    continue
                start, end = clause.body + suggestion.start, clause.body + suggestion.end
                said: Voice = ""
                if document.kind == "news":
                    words = document.text[clause.body : clause.own_end]
                    said = voice(words, suggestion.start, suggestion.end, language=self.language)
                key = (
                    document.id,
                    suggestion.rule,
                    suggestion.concern,
                    suggestion.polarity,
                    start,
                    end,
                )
                found.append(
                    replace(
                        suggestion,
                        start=start,
                        end=end,
                        id=stable_id("suggestion", *key),
                        document=document.id,
                        eid=clause.eid,
                        voice=said,
                    )
                )
        return once(found)


def once(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """The suggestions without those that another makes needless, by start, end and rule.

    A reader is asked once: of two with one concern and polarity that overlap, the one with the
    lower score goes, where both have the same code or its words lie within the other's. Of equal
    scores the longer stays, then the first.
    """
    kept: dict[tuple[str, str], list[Suggestion]] = {}
    ranked = sorted(suggestions, key=lambda s: (-s.score, s.start - s.end, s.start, s.rule))
    for one in ranked:
        alike = kept.setdefault((one.concern, one.polarity), [])
        if not any(
            other.start < one.end
            and one.start < other.end
            and (one.code == other.code or (other.start <= one.start and one.end <= other.end))
            for other in alike
        ):
            alike.append(one)
    left = [one for alike in kept.values() for one in alike]
    return sorted(left, key=lambda one: (one.start, one.end, one.rule))


def _suggestion(text: str, rule: Rule, start: int, end: int) -> Suggestion:
    return Suggestion(
        start=start,
        end=end,
        quote=text[start:end],
        concern=rule.concern,
        polarity=rule.polarity,
        rule=rule.id,
        score=rule.score,
        reason=rule.reason,
        standard=rule.standard,
        code=rule.code,
    )


def load(
    language: str = "en", *, rules: str | Path | None = None, pipeline: str | None = None
) -> Highlighter:
    """A highlighter for a language, such as `en` or `en-GB`.

    `rules` is a folder with a folder a language in place of `corpus/rules`. `pipeline` names an
    installed spaCy pipeline, or a folder of one, to use in place of a blank one; the rules are
    added to it as its last component, and what it proposes itself is taken with its name (see
    `plugged`). A language that spaCy knows and that has no rules gives a
    highlighter that finds nothing and says so in `notice`. Raises `AnnotatorError` for an unknown
    language or pipeline; rules that are not right are left out and are its `problems`.
    """
    code = check_language(language)
    folder = Path(rules) if rules is not None else None
    found = read(code, folder)
    built = _pipeline(code, folder, pipeline) if found.rules or pipeline else None
    name = ruleset(language, rules=rules, pipeline=pipeline)
    return Highlighter(code, found, ruleset=name, pipeline=built, plugged=pipeline or "")


def ruleset(
    language: str = "en", *, rules: str | Path | None = None, pipeline: str | None = None
) -> str:
    """The name that `load` with the same arguments would give its results, without loading spaCy.

    It changes with any byte of the language's rule files and with the codebook's codes, so that a
    page can ask cheaply whether stored suggestions are still the latest.
    """
    code = check_language(language)
    rules_digest = digest(code, Path(rules) if rules is not None else None)
    codes = (f"{one.id}/{own}" for one in codebook.load().concerns for own in one.code_ids)
    parts = ("ruleset", _CODE, code, rules_digest, identity(pipeline), *sorted(codes))
    return sha256("\n".join(parts))


def problems(language: str, *, rules: str | Path | None = None) -> tuple[str, ...]:
    """What is wrong in the rule files of a language, a line each; spaCy is not loaded.

    Each names file, line, rule and value and says what to do; it is left out, and all else works.
    """
    return read(check_language(language), Path(rules) if rules is not None else None).problems


def check_language(language: str) -> str:
    """The primary code of a language that spaCy knows; `AnnotatorError` for any other.

    >>> check_language("en-GB")
    'en'
    """
    code = primary(language)
    if code not in _languages():
        raise AnnotatorError(
            f"{language!r} is not a language that can be read: use a code such as "
            "ar, en, es, fr, ru or zh"
        )
    return code


def primary(language: str) -> str:
    """The first part of a language tag (BCP 47), in lower case."""
    return re.split(r"[-_]", language.strip().lower(), maxsplit=1)[0]


def plain(text: str) -> str:
    """The text as rules read it: of the same length, with plain apostrophes, hyphens and spaces.

    A line broken in the middle of a sentence reads on.

    >>> plain("The person’s data")
    "The person's data"
    """
    if not text.isascii() or "\t" in text:
        text = text.translate(_PLAIN)
    return _WRAP.sub(" ", text) if "\n" in text else text


def _languages() -> frozenset[str]:
    """The codes spaCy has a tokenizer for, found without importing it; its `xx` is none."""
    spec = importlib.util.find_spec("spacy")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return frozenset(
        path.name
        for folder in folders
        for path in (Path(folder) / "lang").iterdir()
        if (path / "__init__.py").exists() and path.name != "xx"
    )


def _pipeline(language: str, folder: Path | None, name: str | None) -> Language:
    import spacy

    from annotator.highlight import component  # noqa: F401 - it registers the factory

    if name is None:
        nlp = spacy.blank(language)
    else:
        try:
            nlp = spacy.load(name)
        except (OSError, ImportError, ValueError):
            raise AnnotatorError(
                f"{name!r} is not an installed spaCy pipeline: install it with pip, "
                "or leave the pipeline out to use the rules alone"
            ) from None
        if primary(nlp.lang or "") != language:
            raise AnnotatorError(
                f"the pipeline {name!r} is for {nlp.lang!r}, not {language!r}: name another"
            )
    if _FACTORY not in nlp.pipe_names:
        config: dict[str, Any] = {"language": language, "rules": str(folder) if folder else None}
        nlp.add_pipe(_FACTORY, last=True, config=config)
    # A law can be longer than spaCy's limit, which guards models that are not used here.
    nlp.max_length = max(nlp.max_length, 20_000_000)
    return nlp


def _defining(document: Document) -> frozenset[str]:
    """The eIds of the clauses that stand in an article of definitions."""
    found: set[str] = set()
    clause: Clause
    for clause in document.clauses:
        if clause.parent in found or (clause.kind == "article" and quiet.defines(clause.heading)):
            found.add(clause.eid)
    return frozenset(found)
