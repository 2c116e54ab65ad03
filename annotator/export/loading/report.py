"""What a load did, or would do: what was placed, and what waits for a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from annotator.export.loading.passing import PASSED

_QUOTED = 60
_LONG = re.compile(r"""(['"])([^'"]{60})[^'"]{20,}\1""")
_ENDLESS = re.compile(r"(\S{80})\S{40,}")


@dataclass(frozen=True, slots=True)
class Moved:
    """Words found at another place than the file has them, or otherwise, and how alike they are.

    `where` is the place in the file, `how` one of `moved`, `context` and `fuzzy`.
    """

    where: str
    document: str
    citation: str
    quote: str
    found: str
    how: str
    score: float


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words that were placed nowhere, and why."""

    where: str
    document: str
    quote: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{where}{self.document!r}: {short(self.quote)}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Joined:
    """A mark on the words and under the label of an earlier one by the same reviewer.

    The two are one annotation with the notes of both, and the higher severity.
    """

    where: str
    document: str
    citation: str
    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A text of the file that is not stored; `offered` where the file carries it whole."""

    name: str
    marks: int
    reason: str
    offered: bool


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, in numbers of lines, and what of the file it did not take.

    `added` counts by type what was new. `updated` were stored already and older, `kept` were stored
    already and newer, so that the line was passed over; `unchanged` said what is stored.
    `reviewers` are the names of those who were not known before. `placed` counts the marks that
    stand where the file has them. `left_out` counts those that a table says to leave out, and those
    left out because they are `unplaced`, on an `absent` text or have an `unknown` label; `unknown`
    counts marks by label. `passed` counts by kind what the file has besides people's marks (the
    keys of `PASSED`). `stored` is false after a dry run, and where nothing could be stored.
    """

    added: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    updated: int = 0
    kept: int = 0
    unchanged: int = 0
    reviewers: tuple[str, ...] = ()
    format: str = "jsonl"
    placed: int = 0
    moved: tuple[Moved, ...] = ()
    joined: tuple[Joined, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    unknown: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    absent: tuple[Absent, ...] = ()
    left_out: int = 0
    passed: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    stored: bool = True

    @property
    def waiting(self) -> bool:
        """Whether something in the file waits for a person: a place, a label or a text."""
        return bool(self.unplaced or self.unknown or self.absent)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was passed over, in a sentence each."""
        return tuple(
            PASSED[kind][number > 1].format(n=f"{number:,}")
            for kind, number in self.passed.items()
            if number
        )


@dataclass(slots=True)
class Findings:
    """Gathers what a report says while a file is gone through."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    placed: int = 0
    moved: list[Moved] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    absent: list[Absent] = field(default_factory=list)
    left_out: int = 0

    def report(
        self,
        format: str,
        order: tuple[str, ...],
        reviewers: list[str],
        passed: Mapping[str, int] = MappingProxyType({}),
    ) -> LoadReport:
        """The report; `order` is that in which types of lines are told."""
        outcomes: Counter[str] = Counter()
        for (outcome, _), count in self.counts.items():
            outcomes[outcome] += count
        return LoadReport(
            added=MappingProxyType(
                {kind: self.counts["added", kind] for kind in order if self.counts["added", kind]}
            ),
            updated=outcomes["updated"],
            kept=outcomes["kept"],
            unchanged=outcomes["unchanged"],
            reviewers=tuple(sorted(reviewers)),
            format=format,
            placed=self.placed,
            moved=tuple(self.moved),
            joined=tuple(self.joined),
            unplaced=tuple(self.unplaced),
            unknown=MappingProxyType(dict(sorted(self.unknown.items()))),
            absent=tuple(self.absent),
            left_out=self.left_out,
            passed=MappingProxyType({kind: passed[kind] for kind in PASSED if passed.get(kind)}),
        )


def brief(message: str, name: str) -> str:
    """A message on one line, in which what is quoted is cut where it is long, but for the name."""
    cut = _LONG.sub(r"\1\2…\1", " ".join(message.replace(name, "\0").splitlines()))
    return _ENDLESS.sub(r"\1…", cut).replace("\0", name)


def short(text: str) -> str:
    """A quote on one line, cut where it is long."""
    line = " ".join(text.split())
    return repr(line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…")
