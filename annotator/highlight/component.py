"""The spaCy component: rules in, spans in `doc.spans["concerns"]` out.

Importing this module imports spaCy and registers the factory `concern_rules`, so that the component
can be added to any pipeline:

>>> import spacy
>>> nlp = spacy.blank("en")
>>> rules = nlp.add_pipe("concern_rules", config={"language": "en"})
>>> doc = nlp("It may, without prior request, forward what it found.")
>>> [(span.text, span.label_, span.id_) for span in doc.spans["concerns"]]
[('without prior request, forward', 'privacy:risk', 'spontaneous-information')]
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.attrs import IS_SPACE, LOWER
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, SpanGroup

from annotator.highlight import phrasing, quiet
from annotator.highlight.gate import Block, Gate, hasher
from annotator.highlight.rules import Rule, Ruleset, read
from annotator.highlight.sequence import Pattern, compile_pattern

FACTORY = "concern_rules"
KEY = "concerns"

# How many words a reversal reaches from its own first, or back from its own first.
_REACH = 30

_STOP = "."
_ENDS = ("!", "?", ";", _STOP)


class ConcernRules:
    """Finds every rule's wordings in a Doc.

    Each span carries the rule's id as its id and `concern:polarity` as its label. Of overlapping
    matches of one rule the longest stays; those of different rules all stay. No match crosses the
    end of a sentence, a semicolon or a line. Headings are left out where they can be told, and
    definitions too, save for rules that ask for them.
    """

    def __init__(self, nlp: Language, ruleset: Ruleset, *, gated: bool = True) -> None:
        self.ruleset = ruleset
        self.gated = gated
        self._rules = ruleset.rules
        self._numbers = {rule.id: number for number, rule in enumerate(self._rules)}
        self._phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._unless: dict[int, tuple[Pattern, ...]] = {}
        self._exceptions: dict[int, tuple[Pattern, ...]] = {}
        self._context: dict[int, frozenset[int]] = {}
        for number, rule in enumerate(self._rules):
            self._add(nlp, number, rule)
        self._add_reversals(nlp)
        self._gate = Gate(
            nlp.vocab, nlp.tokenizer, self._rules, ruleset.lists, language=ruleset.language
        )
        self._ends = frozenset(nlp.vocab.strings.add(end) for end in _ENDS)
        self._stop = nlp.vocab.strings.add(_STOP)

    def _add(self, nlp: Language, number: int, rule: Rule) -> None:
        language = self.ruleset.language
        wordings = dict.fromkeys(
            w for phrase in rule.phrases for w in phrasing.phrase(phrase, language=language)
        )
        if wordings:
            self._phrases.add(rule.id, [nlp.make_doc(wording) for wording in wordings])
        hashes = hasher(nlp.vocab, nlp.tokenizer)
        for compiled, patterns in (
            (self._unless, rule.unless),
            (self._exceptions, rule.exceptions),
        ):
            if patterns:
                compiled[number] = tuple(
                    compile_pattern(pattern, self.ruleset.lists, hashes, language=language)
                    for pattern in patterns
                )
        if rule.context:
            self._context[number] = frozenset(nlp.vocab.strings.add(w) for w in rule.context)

    def _add_reversals(self, nlp: Language) -> None:
        reversals, language = self.ruleset.reversals, self.ruleset.language
        hashes = hasher(nlp.vocab, nlp.tokenizer)
        self._before, self._after = (
            [compile_pattern(p, self.ruleset.lists, hashes, language=language) for p in patterns]
            for patterns in (reversals.before, reversals.after)
        )
        self._contrast = frozenset(nlp.vocab.strings.add(word) for word in reversals.contrast)
        self._reversible = frozenset(
            number
            for number, rule in enumerate(self._rules)
            if rule.polarity == "risk" and rule.concern in reversals.concerns
        )

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc.spans["concerns"]`, in the order of start, end and rule; the same Doc."""
        attributes = doc.to_array([LOWER, IS_SPACE])
        lower: list[int] = attributes[:, 0].tolist()
        blocks = self._blocks(doc, lower, attributes[:, 1].tolist())
        found: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for key, start, end in self._phrases(doc):
            found[self._numbers[doc.vocab.strings[key]]].add((start, end))
        for number, start, end in self._gate.find(doc, lower, blocks, gated=self.gated):
            found[number].add((start, end))
        spans = []
        if found:
            self._drop_by_sentence(lower, blocks, found)
            self._drop_reversed(lower, blocks, found)
            text = doc.text  # put together from its tokens at every call
            headings, definitions = quiet.headings(text), quiet.definitions(text)
            for number, matches in found.items():
                rule = self._rules[number]
                label = f"{rule.concern}:{rule.polarity}"
                for start, end in longest(matches):
                    span = Span(doc, start, end, label=label, span_id=rule.id)
                    place = (span.start_char, span.end_char)
                    if quiet.inside(*place, headings):
                        continue
                    if not rule.definitions and quiet.inside(*place, definitions):
                        continue
                    spans.append(span)
        spans.sort(key=lambda span: (span.start, span.end, span.id_))
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans)
        return doc

    def _blocks(self, doc: Doc, lower: Sequence[int], space: Sequence[int]) -> list[Block]:
        """The sentences, as rough as rules need them: to a stop, a semicolon or a new line."""
        blocks, start, length = [], 0, len(lower)
        for at, word in enumerate(lower):
            if space[at]:
                if "\n" not in doc[at].text:
                    continue
            elif word not in self._ends:
                continue
            elif word == self._stop and at + 1 < length:
                # "art. 5", "para. 2": a stop before a digit or a small letter ends nothing.
                following = doc[at + 1].text[0]
                if following.islower() or following.isdigit():
                    continue
            blocks.append((start, at + 1))
            start = at + 1
        if start < length:
            blocks.append((start, length))
        return blocks

    def _drop_by_sentence(
        self,
        lower: Sequence[int],
        blocks: Sequence[Block],
        found: dict[int, set[tuple[int, int]]],
    ) -> None:
        """Take out what `unless` covers, `except` touches or lacks its context, in place."""
        starts = [start for start, _ in blocks]
        judged = self._unless.keys() | self._exceptions.keys() | self._context.keys()
        for number in found.keys() & judged:
            kept = set()
            for match in found[number]:
                first, last = blocks[bisect_right(starts, match[0]) - 1]
                context = self._context.get(number)
                if context and context.isdisjoint(lower[first:last]):
                    continue
                if any(
                    first + start <= match[0] and match[1] <= first + end
                    for pattern in self._unless.get(number, ())
                    for start, end in pattern.find(lower[first:last], nearest=False)
                ):
                    continue
                if any(
                    first + start < match[1] and match[0] < first + end
                    for pattern in self._exceptions.get(number, ())
                    for start, end in pattern.find(lower[first:last])
                ):
                    continue
                kept.add(match)
            found[number] = kept

    def _drop_reversed(
        self,
        lower: Sequence[int],
        blocks: Sequence[Block],
        found: dict[int, set[tuple[int, int]]],
    ) -> None:
        """Take out the risks that their sentence takes back, in place."""
        starts = [start for start, _ in blocks]
        known: dict[Block, tuple[list[int], list[int]]] = {}
        for number in found.keys() & self._reversible:
            kept, negative = set(), self._rules[number].negative
            for match in found[number]:
                block = blocks[bisect_right(starts, match[0]) - 1]
                if block not in known:
                    known[block] = self._reversals(lower, block)
                before, after = known[block]
                last = match[0] if negative else match[1]
                taken_back = any(
                    at < last
                    and match[0] <= at + _REACH
                    and self._contrast.isdisjoint(lower[at : match[0]])
                    for at in before
                ) or any(
                    match[1] <= at < match[1] + _REACH
                    and self._contrast.isdisjoint(lower[match[1] : at])
                    for at in after
                )
                if not taken_back:
                    kept.add(match)
            found[number] = kept

    def _reversals(self, lower: Sequence[int], block: Block) -> tuple[list[int], list[int]]:
        """Where reversals begin in a sentence: those that look ahead, and those that look back."""
        words = lower[block[0] : block[1]]
        there = set(words)
        forward, back = (
            [
                block[0] + start
                for pattern in patterns
                if all(not there.isdisjoint(need) for need in pattern.needs)
                for start, _ in pattern.find(words)
            ]
            for patterns in (self._before, self._after)
        )
        return forward, back


def longest(matches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest of overlapping matches, the first of equals, in text order.

    >>> longest([(0, 2), (1, 5), (6, 7)])
    [(1, 5), (6, 7)]
    """
    kept: list[tuple[int, int]] = []
    taken: set[int] = set()
    for start, end in sorted(matches, key=lambda match: (match[0] - match[1], match[0])):
        if taken.isdisjoint(range(start, end)):
            kept.append((start, end))
            taken.update(range(start, end))
    return sorted(kept)


@Language.factory(FACTORY, default_config={"language": "en", "rules": None, "gated": True})
def make(nlp: Language, name: str, language: str, rules: str | None, gated: bool) -> ConcernRules:  # noqa: ARG001 - spaCy passes the name
    """Build the component from the rules of a language, in `rules` or in `corpus/rules`."""
    return ConcernRules(nlp, read(language, Path(rules) if rules else None), gated=gated)
