"""What each reader says of the words somebody marked, and which view most of them hold.

"The same" means here what it means to `differences`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from annotator.compare.differences import in_passage
from annotator.compare.extents import Extents, trimmed
from annotator.compare.passages import InClause, Passage, clauses_of, passages
from annotator.compare.reading import Reading
from annotator.model import (
    SEVERITIES,
    Annotation,
    Clause,
    Polarity,
    Severity,
    canonical,
    sha256,
    stable_id,
)

Provenance = Literal["open", "majority", "unread", "single", "adjudicated", "unanimous"]
PROVENANCES: tuple[Provenance, ...] = get_args(Provenance)


@dataclass(frozen=True, slots=True)
class Finding:
    """Words with a label, as somebody has them or as they are settled."""

    start: int
    end: int
    quote: str
    concern: str
    polarity: Polarity
    code: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What some of the readers say of a passage; without a finding, that they left it unmarked."""

    reviewers: tuple[str, ...]
    finding: Finding | None


class _Says(NamedTuple):
    """One reader's view of a passage; `severities` and `code` are empty where they left it open."""

    concern: str
    polarity: Polarity
    code: str
    severities: frozenset[Severity]
    words: Extents


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage in the clause it is settled in (`home`), with what its readers say of it."""

    id: str
    home: str
    here: InClause
    says: Mapping[str, _Says]
    provenance: Provenance
    finding: Finding | None
    holding: tuple[str, ...]
    touches: frozenset[str]


@dataclass(slots=True)
class Layer:
    """What some reviewers say of the document, passage by passage."""

    reading: Reading
    annotations: Sequence[Annotation]
    states: Mapping[tuple[str, str], str]
    reviewers: frozenset[str]
    at_home: dict[str, list[Placed]] = field(default_factory=lambda: defaultdict(list))
    touching: dict[str, list[Placed]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for passage in passages(self.reading, self.annotations, self.reviewers):
            if placed := self._placed(passage):
                self.at_home[placed.home].append(placed)
                for eid in placed.touches:
                    self.touching[eid].append(placed)

    def readers(self, eid: str) -> tuple[str, ...]:
        """Those of the reviewers who have read the clause."""
        return tuple(sorted(self.reading.readers(eid) & self.reviewers))

    def over(self, eid: str) -> dict[str, str]:
        """By reader a digest of what they say of the clause: their word on it, and their marks."""
        said: dict[str, list[object]] = {
            reader: [self.states[reader, eid]] for reader in self.readers(eid)
        }
        for placed in self.at_home.get(eid, ()):
            for reader, marks in placed.here.given.items():
                said[reader] += map(self._content, marks)
        return {
            reader: sha256(canonical([word, *sorted(rest, key=canonical)]))
            for reader, (word, *rest) in said.items()
        }

    def _content(self, a: Annotation) -> list[object]:
        return [*self._ends(a), a.concern, a.polarity, a.code, a.severity]

    def _ends(self, a: Annotation) -> tuple[int, int]:
        ((start, end),) = trimmed(self.reading.document.text, ((a.start, a.end),))
        return start, end

    def _placed(self, passage: Passage) -> Placed | None:
        clauses = clauses_of(passage)
        differing = next(iter(in_passage(self.reading, passage, self.reviewers)), None)
        seen = [self._seen(passage, clause, clauses) for clause in clauses]
        spoken = [here for here in seen if here.given]
        if not spoken:
            return None
        several = [here for here in spoken if len(here.given) + len(here.silent) > 1]
        here = next(
            (one for one in several if differing and one.clause.eid == differing.eid),
            (several or spoken)[0],
        )
        says = {reader: self._says(here, reader) for reader in here.given}
        holding, best = self._favourite(here, says)
        provenance: Provenance = "open"
        if not several:
            provenance = "single"
        elif differing is None and best is not None:
            provenance = "unanimous"
        elif 2 * len(holding) > len(here.given) + len(here.silent):
            provenance = "majority"
        marks = {
            (a.concern, a.polarity, a.code, *self._ends(a))
            for several_marks in here.given.values()
            for a in several_marks
        }
        eid = here.clause.eid
        return Placed(
            id=stable_id("passage", self.reading.document.id, eid, canonical(sorted(marks))),
            home=eid,
            here=here,
            says=says,
            provenance=provenance,
            finding=None if provenance == "open" else best,
            holding=() if provenance == "open" else holding,
            touches=frozenset(clause.eid for clause in clauses),
        )

    def _seen(self, passage: Passage, clause: Clause, clauses: Sequence[Clause]) -> InClause:
        readers = self.reading.readers(clause.eid) & self.reviewers
        return InClause(self.reading, clause, passage, readers, clauses)

    def _says(self, here: InClause, reader: str) -> _Says:
        annotations = here.given[reader]
        first = annotations[0]
        return _Says(
            first.concern,
            first.polarity,
            first.code,
            frozenset(a.severity for a in annotations if a.severity),
            here.words[reader],
        )

    def _favourite(
        self, here: InClause, says: Mapping[str, _Says]
    ) -> tuple[tuple[str, ...], Finding | None]:
        """Who say what most say, and what it is; nobody where two views are held by as many.

        Whoever gave no code or severity holds with those who gave one.
        """
        held: list[tuple[tuple[str, ...], Finding | None]] = [(here.silent, None)]
        for wanted in _candidates(says.values()):
            if who := tuple(reader for reader in sorted(says) if _holds(says[reader], wanted)):
                held.append((who, self._finding(here, who, wanted)))
        most = max(len(who) for who, _ in held)
        best = [one for one in held if len(one[0]) == most]
        return best[0] if len(best) == 1 else ((), None)

    def _finding(self, here: InClause, who: Iterable[str], says: _Says) -> Finding:
        # As most of them have the ends, which may differ by a full stop.
        spans = Counter(
            (min(a.start for a in here.given[reader]), max(a.end for a in here.given[reader]))
            for reader in who
        )
        start, end = min(spans, key=lambda span: (-spans[span], span))
        return Finding(
            start,
            end,
            self.reading.document.text[start:end],
            says.concern,
            says.polarity,
            says.code,
            max(says.severities, key=SEVERITIES.index, default=None),
        )

    def opinions(self, placed: Placed) -> Iterator[Opinion]:
        """The views of a passage, those held by most first; last those who left it unmarked."""
        groups: dict[_Says, list[str]] = defaultdict(list)
        for reader in sorted(placed.says):
            groups[placed.says[reader]].append(reader)
        said = [(tuple(who), self._finding(placed.here, who, one)) for one, who in groups.items()]
        said.sort(key=lambda one: (-len(one[0]), _order(one[1])))
        for who, finding in said:
            yield Opinion(who, finding)
        if placed.here.silent:
            yield Opinion(placed.here.silent, None)


def _candidates(says: Iterable[_Says]) -> set[_Says]:
    """The views that can be held: what one left open is filled in from those who say the same."""
    alike: dict[tuple[str, Polarity, Extents], list[_Says]] = defaultdict(list)
    for one in says:
        alike[one.concern, one.polarity, one.words].append(one)
    return {
        _Says(concern, polarity, code, severities, words)
        for (concern, polarity, words), several in alike.items()
        for code in {one.code for one in several if one.code} or {""}
        for severities in {one.severities for one in several if one.severities} or {frozenset()}
    }


def _holds(one: _Says, wanted: _Says) -> bool:
    return (
        (one.concern, one.polarity, one.words) == (wanted.concern, wanted.polarity, wanted.words)
        and one.code in ("", wanted.code)
        and one.severities in (frozenset(), wanted.severities)
    )


def _order(finding: Finding) -> tuple[object, ...]:
    f = finding
    return f.start, f.end, f.concern, f.polarity, f.code, f.severity or ""
