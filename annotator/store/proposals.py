"""What rules propose: suggestions, and powers against their safeguards."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model import PowerGroup, PowerReading, PowerRejection, RuleFare, Suggestion
from annotator.store import powers, read, standing, texts
from annotator.store.opened import Opened
from annotator.store.write import Write


class Proposals(Opened):
    """The part of `Store` that keeps the runs of rules."""

    def ruleset(self, document: str) -> str | None:
        """The rule set of the document's latest suggestions; `None` before the first."""
        return self._ask(lambda: read.ruleset(self._connection, self._document(document)))

    def suggestions(self, document: str, *, eids: Iterable[str] | None = None) -> list[Suggestion]:
        """The suggestions of the latest run, by start, end and rule."""
        return self._ask(
            lambda: read.suggestions(self._connection, self._document(document), eids=eids)
        )

    def set_suggestions(
        self, document: str, ruleset: str, suggestions: Iterable[Suggestion]
    ) -> None:
        """Replace the document's suggestions by those of a new run.

        Those that a decision or annotation refers to are kept, though not listed. The same
        suggestions of the same rule set again change nothing. `SpanError`, and nothing stored,
        where one does not fit the text.
        """
        identity = self._ask(lambda: self._document(document))
        with self._write("set_suggestions", None, identity) as write:
            texts.set_suggestions(self._connection, write, identity, ruleset, suggestions)
            if write.changes:
                standing.rebuild(self._connection, identity)

    def suggestions_by_id(self, ids: Iterable[str]) -> list[Suggestion]:
        """Those with such an id, of earlier runs too, by document, start, end and rule."""
        return self._ask(lambda: read.suggestions_by_id(self._connection, ids))

    def rule_fares(
        self, *, every: bool = False, reviewer: str | None = None
    ) -> dict[str, RuleFare]:
        """What everyone's decisions, or one reviewer's, made of each rule, by its id.

        With `every`, undecided ones too.
        """
        whose = None if reviewer is None else self._ask(lambda: self._reviewer(reviewer))
        found = self._ask(lambda: read.rule_fares(self._connection, every=every, reviewer=whose))
        return {fare.rule: fare for fare in found}

    def add_suggestions(
        self, document: str, suggestions: Iterable[Suggestion], *, write: Write | None = None
    ) -> int:
        """Store what a dataset brings beside the latest run, unlisted; how many were new.

        Decisions can refer to them. Part of `write` where one is given. `SpanError`, and nothing
        stored, where one does not fit the text.
        """
        identity = self._ask(lambda: self._document(document))
        with self._within(write, "set_suggestions", None, identity) as within:
            return texts.add_suggestions(self._connection, within, identity, suggestions)

    def powers_ruleset(self, document: str) -> str | None:
        """The rules that read the document's powers last; `None` before the first time."""
        return self._ask(lambda: powers.ruleset(self._connection, self._document(document)))

    def powers(self, document: str, *, eids: Iterable[str] | None = None) -> list[PowerReading]:
        """The document's powers against their safeguards, in text order."""
        return self._ask(lambda: powers.of(self._connection, self._document(document), eids=eids))

    def powers_granted(self) -> dict[PowerGroup, int]:
        """In how many clauses of all texts' latest versions each group of powers was read."""
        return self._ask(lambda: powers.granted(self._connection))

    def power_rejections(
        self,
        *,
        document: str | None = None,
        reviewer: str | None = None,
        eids: Iterable[str] | None = None,
    ) -> list[PowerRejection]:
        """Powers that reviewers say a clause does not grant, by document and text order."""
        return self._values(PowerRejection, document, reviewer, eids)

    def set_powers(self, document: str, ruleset: str, readings: Iterable[PowerReading]) -> bool:
        """Replace the document's powers by those of a new run; False where they are so already.

        `SpanError` or `NotFoundError`, and nothing stored, where one does not fit the text.
        """
        identity = self._ask(lambda: self._document(document))
        with self._write("set_powers", None, identity) as write:
            new = powers.put(self._connection, write, identity, ruleset, readings)
            if new:
                standing.rebuild(self._connection, identity)
            return new
