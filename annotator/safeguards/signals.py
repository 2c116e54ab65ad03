"""What the wordings say of each clause: matches by what they mean. A `Listener` loads spaCy."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotator.highlight.highlighter import plain
from annotator.model import Clause, Document
from annotator.safeguards.lexicon import Lexicon

# As rough as the rules need them: to a stop, a semicolon or a new line; "art. 5" goes on.
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\sa-z0-9])|(?<=;)\s*|\s*\n\s*")

# A sentence of a real text has a handful; what runs on without a stop must not cost its square.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Match:
    """Words that mean something: `group` such as `act`, `name` such as a kind; text offsets."""

    group: str
    name: str
    start: int
    end: int
    sentence: int


@dataclass(slots=True)
class Signals:
    """The matches in one clause's own words, by group, and where its sentences begin and end."""

    clause: Clause
    sentences: tuple[tuple[int, int], ...] = ()
    matches: dict[str, list[Match]] = field(default_factory=dict)
    by_sentence: dict[tuple[str, int], list[Match]] = field(default_factory=dict)
    opens: bool = False

    def of(self, group: str, name: str | None = None) -> Iterator[Match]:
        """The matches of a group, of one name or of all, in text order."""
        return (m for m in self.matches.get(group, ()) if name is None or m.name == name)

    def within(self, group: str, sentence: int) -> list[Match]:
        """The matches of a group in one sentence, in text order; the first 200 of them."""
        return self.by_sentence.get((group, sentence), [])

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds an offset of the text."""
        return bisect_right(self.sentences, (offset, float("inf"))) - 1

    def said(self, group: str, sentence: int) -> bool:
        """Whether anything of a group stands in one sentence."""
        return (group, sentence) in self.by_sentence


class Listener:
    """Reads texts and hears what the lexicon knows."""

    def __init__(self, lexicon: Lexicon) -> None:
        import spacy

        from annotator.highlight.component import KEY, ConcernRules

        self._nlp = spacy.blank(lexicon.rules.language)
        self._nlp.max_length = 20_000_000
        self._rules = ConcernRules(self._nlp, lexicon.rules)
        self._key = KEY

    def clauses(self, document: Document) -> dict[str, Signals]:
        """What each clause with words of its own says, by eId."""
        return {
            clause.eid: self._signals(document.text, clause) for clause in document.reviewable()
        }

    def headings(self, document: Document) -> dict[str, frozenset[str]]:
        """What headings name: `act.search`, `general`; by the eId of the clause they head."""
        found = {}
        for clause in document.clauses:
            if clause.heading:
                matches = self._matches(clause.heading.rstrip(".") + " ")
                found[clause.eid] = frozenset(
                    name for name, _, _ in matches if name.split(".")[0] in _HEADED
                )
        return found

    def _signals(self, text: str, clause: Clause) -> Signals:
        words = text[clause.body : clause.own_end]
        breaks = [match.span() for match in _SENTENCE.finditer(plain(words))]
        starts, ends = [0, *(end for _, end in breaks)], [start for start, _ in breaks]
        sentences = tuple(
            (clause.body + start, clause.body + end)
            for start, end in zip(starts, [*ends, len(words)], strict=True)
        )
        begins = [low for low, _ in sentences]
        found = Signals(clause, sentences, opens=words.rstrip()[-1:] in (":", "—", "–", "-"))
        for id, start, end in self._matches(words):
            group, _, name = id.partition(".")
            at = clause.body + start
            number = bisect_right(begins, at) - 1
            here = found.by_sentence.setdefault((group, number), [])
            if len(here) < _MOST:
                match = Match(group, name, at, clause.body + end, number)
                here.append(match)
                found.matches.setdefault(group, []).append(match)
        return found

    def _matches(self, words: str) -> Iterable[tuple[str, int, int]]:
        doc = self._rules(self._nlp.make_doc(plain(words)))
        return [(span.id_, span.start_char, span.end_char) for span in doc.spans[self._key]]


_HEADED = frozenset({"act", "self", "subject", "general", "institutional"})
