"""What a sentence says against a match: `unless`, `except`, `with`, `without`, and reversals."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from annotator.highlight.gate import Gate
from annotator.highlight.rules import Ruleset
from annotator.highlight.sequence import Compiler, Match, Pattern, Sentence

# How many words a reversal reaches from its own first, or back from its own first.
_REACH = 30


class Judge:
    """Drops matches by the other words of their sentence. Rules are named by their place."""

    def __init__(self, ruleset: Ruleset, compiler: Compiler) -> None:
        self._unless: dict[int, tuple[Pattern, ...]] = {}
        self._exceptions: dict[int, tuple[Pattern, ...]] = {}
        self._context: dict[int, frozenset[str]] = {}
        self._absent: dict[int, frozenset[str]] = {}
        for number, rule in enumerate(ruleset.rules):
            if rule.unless:
                self._unless[number] = tuple(map(compiler.pattern, rule.unless))
            if rule.exceptions:
                self._exceptions[number] = tuple(map(compiler.pattern, rule.exceptions))
            if rule.context:
                self._context[number] = frozenset(map(compiler.word, rule.context))
            if rule.absent:
                self._absent[number] = frozenset(map(compiler.word, rule.absent))
        self._reversals = _Reversals(ruleset, compiler)

    def learn(self, examples: Sequence[str]) -> None:
        """Make ready, knowing from texts which words are rare."""
        self._reversals.learn(examples)

    @property
    def patterns(self) -> list[Pattern]:
        """All the patterns it looks for."""
        return [
            *(p for patterns in self._unless.values() for p in patterns),
            *(p for patterns in self._exceptions.values() for p in patterns),
            *self._reversals.patterns,
        ]

    def kept(self, sentence: Sentence, found: dict[int, set[Match]]) -> dict[int, set[Match]]:
        """Of the matches of each rule in a sentence, those that nothing speaks against."""
        kept = {}
        for number, left in found.items():
            context = self._context.get(number)
            if context and context.isdisjoint(sentence.there):
                continue
            absent = self._absent.get(number)
            if absent and not absent.isdisjoint(sentence.there):
                continue
            if number in self._unless:
                covering = _Stretches(_all(self._unless[number], sentence, furthest=True))
                left = {m for m in left if not covering.reach(m[0] + 1, m[1])}
            if number in self._exceptions:
                touching = _Stretches(_all(self._exceptions[number], sentence))
                left = {m for m in left if not touching.reach(m[1], m[0] + 1)}
            if left:
                kept[number] = left
        return self._reversals.kept(sentence, kept)


def _all(
    patterns: Iterable[Pattern], sentence: Sentence, *, furthest: bool = False
) -> Iterable[Match]:
    for pattern in patterns:
        yield from pattern.furthest(sentence) if furthest else pattern.find(sentence)


class _Stretches:
    """Stretches of a sentence, to be asked whether one of them reaches a place."""

    def __init__(self, found: Iterable[Match]) -> None:
        ordered = sorted(found)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def reach(self, before: int, end: int) -> bool:
        """Whether one that starts before a place ends at `end` or behind it."""
        at = bisect_left(self._starts, before)
        return at > 0 and self._ends[at - 1] >= end


class _Reversals:
    """Takes out risks that their own sentence takes back (see `rules.Reversals`)."""

    def __init__(self, ruleset: Ruleset, compiler: Compiler) -> None:
        reversals = ruleset.reversals
        written = (reversals.before, reversals.after, reversals.denials)
        self.patterns = [compiler.pattern(pattern) for kind in written for pattern in kind]
        self._kinds = [kind for kind, patterns in enumerate(written) for _ in patterns]
        self._gate = Gate([])
        self._contrast = frozenset(map(compiler.word, reversals.contrast))
        self._rules = {
            number: rule.negative
            for number, rule in enumerate(ruleset.rules)
            if rule.polarity == "risk" and rule.concern in reversals.concerns
        }
        self._protects = next(
            (n for n, rule in enumerate(ruleset.rules) if rule.id == reversals.protects), None
        )

    def learn(self, examples: Sequence[str]) -> None:
        """Make the gate, knowing from texts which words are rare."""
        self._gate = Gate([pattern.needs for pattern in self.patterns], examples)

    def kept(self, sentence: Sentence, found: dict[int, set[Match]]) -> dict[int, set[Match]]:
        """What is left of the matches of each rule, and what taking some back protects."""
        if self._rules.keys().isdisjoint(found):
            return found
        places: tuple[list[Match], list[Match], list[Match]] = ([], [], [])
        for number in self._gate.open(sentence.there):
            places[self._kinds[number]].extend(self.patterns[number].find(sentence))
        if not any(places):
            return found
        before, after, denials = map(sorted, places)
        contrast = [at for at, word in enumerate(sentence.codes) if word in self._contrast]
        kept: dict[int, set[Match]] = {}
        protected: set[Match] = set()
        for number, matches in found.items():
            if number not in self._rules:
                kept.setdefault(number, set()).update(matches)
                continue
            negative = self._rules[number]
            for match in matches:
                if _preceded(match, denials, contrast, negative=negative):
                    continue
                taken = _preceded(match, before, contrast, negative=negative) or _followed(
                    match, after, contrast
                )
                if taken:
                    protected.add((min(taken[0], match[0]), max(taken[1], match[1])))
                else:
                    kept.setdefault(number, set()).add(match)
        if protected and self._protects is not None:
            kept.setdefault(self._protects, set()).update(protected)
        return kept


def _preceded(
    match: Match, reversals: Sequence[Match], contrast: Sequence[int], *, negative: bool
) -> Match | None:
    """The reversal that begins close before a match, with no word of contrast between them.

    It may begin within the match too, unless its rule is `negative`.
    """
    start, end = match
    # The nearest one has the fewest words between.
    at = bisect_left(reversals, (start if negative else end, 0)) - 1
    if at < 0 or start > reversals[at][0] + _REACH or _any(contrast, reversals[at][0], start):
        return None
    return reversals[at]


def _followed(match: Match, reversals: Sequence[Match], contrast: Sequence[int]) -> Match | None:
    """The reversal that begins close behind a match, with no word of contrast between them."""
    end = match[1]
    at = bisect_left(reversals, (end, 0))
    if at == len(reversals) or reversals[at][0] >= end + _REACH:
        return None
    return None if _any(contrast, end, reversals[at][0]) else reversals[at]


def _any(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the ordered places lies from `start` up to `end`."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end
