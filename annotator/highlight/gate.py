"""Token rules run only where they can match, with the same result as running them all.

Every token rule costs something in every sentence, and nearly every rule is silent in nearly every
sentence. So each pattern is filed under the rarest word that it cannot match without. A sentence
looks up its own words, checks that the other words a pattern needs are there as well, and runs only
what is left. A spaCy token pattern that needs no particular word always runs.

How rare a word is, is judged by how many of the rules' own examples hold it: these are the only
texts that come with the rules, and they are about what the rules are about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from spacy.matcher import Matcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

from annotator.highlight.rules import Rule, TokenPattern
from annotator.highlight.sequence import Needs, Pattern, Wording, compile_pattern

Block = tuple[int, int]
Finder = Pattern | Matcher


class Gate:
    """The token rules of a set, each pattern behind the words it needs.

    `find` yields `(rule, start, end)` in tokens of the Doc.
    """

    def __init__(
        self,
        vocab: Vocab,
        tokenizer: Tokenizer,
        rules: Sequence[Rule],
        lists: Mapping[str, tuple[str, ...]],
        *,
        language: str = "en",
    ) -> None:
        self._finders: list[tuple[int, Finder]] = []
        self._always: list[int] = []
        self._index: dict[int, list[tuple[int, Needs]]] = {}
        seen = _frequencies(rules, tokenizer)
        hashes = hasher(vocab, tokenizer)
        for number, rule in enumerate(rules):
            for pattern in rule.patterns:
                if isinstance(pattern, str):
                    compact = compile_pattern(pattern, lists, hashes, language=language)
                    self._file(number, compact, compact.needs, seen)
                else:
                    matcher = Matcher(vocab)
                    matcher.add("pattern", [[dict(token) for token in pattern]])
                    self._file(number, matcher, _needs(pattern, vocab), seen)

    def _file(self, rule: int, finder: Finder, needs: Needs, seen: Counter[int]) -> None:
        self._finders.append((rule, finder))
        number = len(self._finders) - 1
        if not needs:
            self._always.append(number)
            return
        rarest = min(needs, key=lambda words: (sum(1 + seen[w] for w in words), sorted(words)))
        others = tuple(words for words in needs if words is not rarest)
        for word in rarest:
            self._index.setdefault(word, []).append((number, others))

    def find(
        self, doc: Doc, lower: Sequence[int], blocks: Sequence[Block], *, gated: bool = True
    ) -> Iterator[tuple[int, int, int]]:
        """Matches in each block of the Doc; `lower` holds its LOWER hashes.

        With `gated=False` every pattern runs on every block: slow, and the same matches.
        """
        for start, end in blocks:
            words = lower[start:end]
            chosen = self._open(set(words)) if gated else range(len(self._finders))
            for number in chosen:
                rule, finder = self._finders[number]
                if isinstance(finder, Pattern):
                    found = finder.find(words)
                else:
                    found = ((low, high) for _, low, high in finder(doc[start:end]))
                for low, high in found:
                    yield rule, start + low, start + high

    def _open(self, words: set[int]) -> Iterable[int]:
        """The patterns that can match among these words."""
        chosen = {
            number
            for key in words & self._index.keys()
            for number, needs in self._index[key]
            if all(not words.isdisjoint(need) for need in needs)
        }
        chosen.update(self._always)
        return chosen


def hasher(vocab: Vocab, tokenizer: Tokenizer) -> Callable[[str], Wording]:
    """A function that cuts a wording as the tokenizer does and gives its words' LOWER hashes.

    An elided word (`l'`, `qu'`) is cut as it is before a vowel.
    """

    def hashes(wording: str) -> Wording:
        elided = wording.endswith("'")
        tokens = [t for t in tokenizer(f"{wording}a" if elided else wording) if not t.is_space]
        return tuple(vocab.strings.add(t.lower_) for t in (tokens[:-1] if elided else tokens))

    return hashes


def _needs(pattern: TokenPattern, vocab: Vocab) -> Needs:
    """The sets of words (as hashes) of which a match must hold one each."""
    found = []
    for token in pattern:
        if token.get("OP", "1") not in ("1", "+"):
            continue
        wanted = token.get("LOWER")
        if isinstance(wanted, Mapping):
            wanted = wanted.get("IN")
        words = [wanted] if isinstance(wanted, str) else wanted
        if words:
            found.append(frozenset(vocab.strings.add(word) for word in words))
    return tuple(dict.fromkeys(found))


def _frequencies(rules: Sequence[Rule], tokenizer: Tokenizer) -> Counter[int]:
    """In how many examples of the rules each word stands, by its LOWER hash."""
    seen: Counter[int] = Counter()
    for rule in rules:
        for example in (*rule.match, *rule.near_miss):
            seen.update({token.lower for token in tokenizer(example)})
    return seen
