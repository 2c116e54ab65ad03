"""What the wordings say of each clause: matches by what they mean. A `Listener` loads spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotator.highlight.highlighter import plain
from annotator.model import Clause, Document
from annotator.safeguards.lexicon import Lexicon

# As rough as the rules need them: to a stop, a semicolon or a new line; "art. 5" goes on.
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\sa-z0-9])|(?<=;)\s*|\s*\n\s*")


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
    opens: bool = False

    def of(self, group: str, name: str | None = None) -> Iterator[Match]:
        """The matches of a group, of one name or of all, in text order."""
        return (m for m in self.matches.get(group, ()) if name is None or m.name == name)

    def within(self, group: str, sentence: int) -> Iterator[Match]:
        """The matches of a group in one sentence."""
        return (m for m in self.matches.get(group, ()) if m.sentence == sentence)

    def said(self, group: str, sentence: int) -> bool:
        """Whether anything of a group stands in one sentence."""
        return any(True for _ in self.within(group, sentence))


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
        ends = [m.start() for m in _SENTENCE.finditer(plain(words))]
        starts = [0, *(m.end() for m in _SENTENCE.finditer(plain(words)))]
        sentences = tuple(
            (clause.body + start, clause.body + end)
            for start, end in zip(starts, [*ends, len(words)], strict=True)
        )
        found = Signals(clause, sentences, opens=words.rstrip()[-1:] in (":", "—", "–", "-"))
        for id, start, end in self._matches(words):
            group, _, name = id.partition(".")
            at = clause.body + start
            number = sum(1 for low, _ in sentences if low <= at) - 1
            match = Match(group, name, at, clause.body + end, number)
            found.matches.setdefault(group, []).append(match)
        return found

    def _matches(self, words: str) -> Iterable[tuple[str, int, int]]:
        doc = self._rules(self._nlp.make_doc(plain(words)))
        return [(span.id_, span.start_char, span.end_char) for span in doc.spans[self._key]]


_HEADED = frozenset({"act", "self", "subject", "general", "institutional"})
