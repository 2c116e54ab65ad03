"""The spaCy component: rules in, spans in `doc.spans["concerns"]` out.

Importing this module imports spaCy and registers the factory `concern_rules`, so that the component
can be added to any pipeline:

>>> import spacy
>>> nlp = spacy.blank("en")
>>> rules = nlp.add_pipe("concern_rules", config={"language": "en"})
>>> doc = nlp("It may, without prior request, forward what it found.")
>>> [(span.text, span.label_, span.id_) for span in doc.spans["concerns"]]
[('without prior request, forward', 'privacy:risk', 'spontaneous-information')]

Where nothing but the rules is asked of a text, `find` gives the same without making a Doc.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span, SpanGroup

from annotator.highlight import quiet
from annotator.highlight.alphabet import LINE, Alphabet, Reading
from annotator.highlight.gate import Gate
from annotator.highlight.judging import Judge
from annotator.highlight.rules import Rule, Ruleset, TokenPattern, read
from annotator.highlight.sequence import Compiler, Match, Pattern, Sentence

FACTORY = "concern_rules"
KEY = "concerns"

_STOP = "."

# Sentences that are remembered, by their words as the rules see them: how many, and how long one
# may be. Formulas come again in a law, and most of a text in its next version.
_MOST, _LONGEST = 50_000, 300

_Match = tuple[int, int, int]


class Found(NamedTuple):
    """A match of a rule: its first word and the one after its last, and the same in characters."""

    rule: Rule
    first: int
    last: int
    start: int
    end: int


class ConcernRules:
    """Finds every rule's wordings in a Doc.

    Each span carries the rule's id as its id and `concern:polarity` as its label. Of overlapping
    matches of one rule the longest stays; those of different rules all stay. No match crosses the
    end of a sentence, a semicolon or a line. Headings are left out where they can be told, and
    definitions too, save for rules that ask for them.

    With `gated=False` every pattern runs in every sentence: slow, and the same matches.
    """

    def __init__(self, nlp: Language, ruleset: Ruleset, *, gated: bool = True) -> None:
        self.ruleset = ruleset
        self.gated = gated
        self._rules = ruleset.rules
        self._alphabet = Alphabet(nlp)
        compiler = Compiler(self._alphabet, ruleset.lists, language=ruleset.language)
        self._patterns: list[tuple[int, Pattern]] = []
        self._matchers: list[tuple[int, Matcher]] = []
        for number, rule in enumerate(self._rules):
            wordings = [compiler.phrase(phrase) for phrase in rule.phrases]
            for pattern in rule.patterns:
                if isinstance(pattern, str):
                    wordings.append(compiler.pattern(pattern))
                else:
                    self._matchers.append((number, _matcher(nlp, pattern)))
            self._patterns.extend((number, wording) for wording in wordings)
        self._known: dict[str, tuple[_Match, ...]] = {}
        self._end = re.compile(f"[!?;{_STOP}{LINE}]".translate(self._signs()))
        self._stop = self._alphabet.letter(_STOP)
        self._judge = Judge(ruleset, compiler)
        # Read last: the words of a pattern made later would not be told from others.
        examples = [
            self._alphabet.read(text).codes
            for rule in self._rules
            for text in (*rule.match, *rule.near_miss)
        ]
        self._judge.learn(examples)
        self._gate = Gate([pattern.needs for _, pattern in self._patterns], examples)
        known = (*self._judge.patterns, *(pattern for _, pattern in self._patterns))
        self._reach = max((pattern.longest for pattern in known), default=1)

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc.spans["concerns"]`, in the order of start, end and rule; the same Doc."""
        spans = [
            Span(
                doc,
                found.first,
                found.last,
                label=f"{found.rule.concern}:{found.rule.polarity}",
                span_id=found.rule.id,
            )
            for found in self._find(self._alphabet.read_doc(doc), doc.text)
        ]
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans)
        return doc

    def find(self, text: str) -> list[Found]:
        """What a Doc of the text would hold, in the same order."""
        return self._find(self._alphabet.read(text), text)

    def _find(self, reading: Reading, text: str) -> list[Found]:
        matches: dict[int, list[Match]] = {}
        for start, end in self._sentences(reading):
            codes = reading.codes[start:end]
            known = None if self._matchers else self._known.get(codes)
            if known is None:
                known = self._in_sentence(codes, reading, start)
                if len(codes) <= _LONGEST:
                    if len(self._known) >= _MOST:
                        self._known.clear()
                    self._known[codes] = known
            for number, low, high in known:
                matches.setdefault(number, []).append((start + low, start + high))
        if not matches:
            return []
        headings, definitions = quiet.headings(text), quiet.definitions(text)
        found = []
        for number, own_matches in matches.items():
            rule = self._rules[number]
            for first, last in longest(own_matches):
                low, high = reading.span(first, last)
                if quiet.inside(low, high, headings):
                    continue
                if not rule.definitions and quiet.inside(low, high, definitions):
                    continue
                found.append(Found(rule, first, last, low, high))
        found.sort(key=lambda one: (one.first, one.last, one.rule.id))
        return found

    def _in_sentence(self, codes: str, reading: Reading, start: int) -> tuple[_Match, ...]:
        """The rules that match in a sentence, and where, after all is judged."""
        sentence = Sentence(codes, self._reach)
        found = self._matches(sentence)
        for number, matcher in self._matchers:
            for _, low, high in matcher(reading.doc[start : start + len(codes)]):
                found.setdefault(number, set()).add((low, high))
        if not found:
            return ()
        kept = self._judge.kept(sentence, found)
        return tuple((number, *match) for number, own in kept.items() for match in own)

    def _matches(self, sentence: Sentence) -> dict[int, set[Match]]:
        """The matches of each rule in a sentence."""
        found: dict[int, set[Match]] = {}
        opened = self._gate.open(sentence.there) if self.gated else range(len(self._patterns))
        for place in opened:
            number, pattern = self._patterns[place]
            for match in pattern.find(sentence):
                found.setdefault(number, set()).add(match)
        return found

    def _sentences(self, reading: Reading) -> Iterator[Match]:
        """The sentences, as rough as rules need them: to a stop, a semicolon or a new line."""
        start, length = 0, len(reading.codes)
        for sign in self._end.finditer(reading.codes):
            at = sign.end()
            if sign[0] == self._stop and at < length:
                # "art. 5", "para. 2": a stop before a digit or a small letter ends nothing.
                following = reading.initial(at)
                if following.islower() or following.isdigit():
                    continue
            yield start, at
            start = at
        if start < length:
            yield start, length

    def _signs(self) -> dict[int, str]:
        """The characters that signs at the end of a sentence have in the alphabet."""
        return {ord(sign): self._alphabet.letter(sign) for sign in f"!?;{_STOP}"}


def longest(matches: Iterable[Match]) -> list[Match]:
    """The longest of overlapping matches, the first of equals, in text order.

    >>> longest([(0, 2), (1, 5), (6, 7)])
    [(1, 5), (6, 7)]
    """
    kept: list[Match] = []
    taken: set[int] = set()
    for start, end in sorted(matches, key=lambda match: (match[0] - match[1], match[0])):
        if taken.isdisjoint(range(start, end)):
            kept.append((start, end))
            taken.update(range(start, end))
    return sorted(kept)


def _matcher(nlp: Language, pattern: TokenPattern) -> Matcher:
    matcher = Matcher(nlp.vocab)
    matcher.add("pattern", [[dict(token) for token in pattern]])
    return matcher


@Language.factory(FACTORY, default_config={"language": "en", "rules": None, "gated": True})
def make(nlp: Language, name: str, language: str, rules: str | None, gated: bool) -> ConcernRules:  # noqa: ARG001 - spaCy passes the name
    """Build the component from the rules of a language, in `rules` or in `corpus/rules`."""
    return ConcernRules(nlp, read(language, Path(rules) if rules else None), gated=gated)
