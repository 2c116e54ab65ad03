"""Which part of the data goes into an export, and how much is said with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from annotator.codebook import Codebook
from annotator.errors import ExportError
from annotator.model import POLARITIES

Suggestions = Literal["decided", "all", "none"]
Context = Literal["line", "clause"]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is taken; the default is all that people said, under pseudonyms.

    An empty filter takes all. Documents are named by slug, id or hash, reviewers by name or id. A
    code is named by its id, or as `concern/code` where two concerns have one of that name, and
    brings its sub-codes. `since` and `until` are days (`2026-03-01`, by UTC, both included) on
    which something was last changed.

    Concern, code and polarity narrow annotations, suggestions, what was decided on either, and what
    was said about an annotation that is left out; the concern narrows safeguards too. Which clauses
    were read stays as it is: that nobody tagged a clause is what one wants to know of it.

    `settled` takes the one view that holds in place of each reviewer's: what all who read a clause
    agree on, and what an adjudicator decided. `suggestions` are those a reviewer decided on, all
    (with the latest run's), or none; without `rejected` those are left out that nobody wanted.
    Without `notes` nothing that reviewers wrote goes along, be it notes, reasons or comments. With
    `names` reviewers are called by their names, else "Reviewer 1" and so on. `context` is what a
    table gives around a quote, and what a task of another tool holds: its line, or its clause.
    """

    documents: Sequence[str] = ()
    reviewers: Sequence[str] = ()
    concerns: Sequence[str] = ()
    codes: Sequence[str] = ()
    polarities: Sequence[str] = ()
    since: str = ""
    until: str = ""
    settled: bool = False
    suggestions: Suggestions = "decided"
    rejected: bool = True
    notes: bool = True
    names: bool = False
    context: Context = "line"

    @property
    def whole(self) -> bool:
        """Whether everything that people said is taken, whoever said it and wherever."""
        narrowed = (self.documents, self.reviewers, self.concerns, self.codes, self.polarities)
        return not (any(narrowed) or self.since or self.until or self.settled)

    def check(self, codebook: Codebook) -> None:
        """`ExportError` for whatever the codebook, or the calendar, does not know.

        Documents and reviewers are looked up where the dataset is collected.
        """
        known = [concern.id for concern in codebook.concerns]
        for concern in self.concerns:
            _one_of("concern", concern, known)
        for polarity in self.polarities:
            _one_of("polarity", polarity, POLARITIES)
        _one_of("choice of suggestions", self.suggestions, get_args(Suggestions))
        _one_of("context", self.context, get_args(Context))
        self.labels(codebook)
        for day in (self.since, self.until):
            if day:
                _check_day(day)
        if self.since and self.until and self.since > self.until:
            raise ExportError(f"since {self.since!r} is after until {self.until!r}: swap them")

    def labels(self, codebook: Codebook) -> frozenset[tuple[str, str]] | None:
        """The pairs of concern and code that are taken; `None` where no code narrows them.

        `ExportError` for a code that the codebook does not have.
        """
        if not self.codes:
            return None
        found: set[tuple[str, str]] = set()
        for named in self.codes:
            taken = set(_labels(codebook, named))
            if not taken:
                known = ", ".join(code.id for one in codebook.concerns for code in one.codes)
                raise ExportError(f"{named!r} is not a code: use one of {known}")
            found |= taken
        return frozenset(found)

    def dated(self, updated: str) -> bool:
        """Whether something last changed at that time, an ISO date and time, is taken.

        >>> Selection(since="2026-03-01", until="2026-03-31").dated("2026-03-31T23:59:59.000Z")
        True
        """
        return (not self.since or updated[:10] >= self.since) and (
            not self.until or updated[:10] <= self.until
        )


def _labels(codebook: Codebook, named: str) -> Iterable[tuple[str, str]]:
    """The code of that name, its sub-codes, and the earlier codes that these replaced."""
    wanted, _, name = named.rpartition("/")
    for concern in codebook.concerns:
        if wanted in ("", concern.id):
            for code in concern.codes:
                if name in (code.id, code.parent, *code.replaces):
                    yield from ((concern.id, id) for id in (code.id, *code.replaces))


def _one_of(what: str, given: str, known: Sequence[str]) -> None:
    if given not in known:
        raise ExportError(f"{given!r} is not a {what}: use {', '.join(known)}")


def _check_day(day: str) -> None:
    try:
        if datetime.date.fromisoformat(day).isoformat() == day:
            return
    except ValueError:
        pass
    raise ExportError(f"{day!r} is not a day: write it as 2026-03-31")
