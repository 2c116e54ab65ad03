"""What the settle view is given: the list of what is to be settled, and the clauses at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator import settle
from annotator.codebook import Codebook
from annotator.compare.deciding import apart, majorities
from annotator.compare.opinions import Finding, Opinion
from annotator.compare.settling import SettledClause, SettledPassage, finding_of
from annotator.compare.threads import open_threads
from annotator.model import Adjudication, Clause, Document, Reviewer, upwards
from annotator.offsets import Utf16Map
from annotator.settle import Bench, Changed
from annotator.store import Store
from annotator.ui.called import Called, called
from annotator.ui.directions import direction
from annotator.ui.discussing import discussion_data
from annotator.ui.labels import gutter
from annotator.ui.words import day, say

STATES = ("reopened", "open", "majority", "single", "adjudicated", "unanimous")
"""In the order of the filters; `reopened` is said of a clause before anything else is."""
WAITING = frozenset({"reopened", "open", "majority"})
ORDERS = ("text", "apart")
_BEFORE, _BEHIND = 3, 12
_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which clauses the list has, and in which order; an empty concern stands for all of them."""

    states: frozenset[str] = WAITING
    concern: str = ""
    talked: bool = False
    order: str = "text"


def state_of(clause: SettledClause) -> str:
    """How a clause stands, as the filters name it."""
    return "reopened" if clause.reopened else clause.provenance


def counts(bench: Bench) -> Counter[str]:
    """How many clauses stand how."""
    return Counter(map(state_of, bench.clauses))


def listed(
    bench: Bench, wanted: Wanted, talked: Collection[str], *, also: str | None = None
) -> list[SettledClause]:
    """The clauses that are wanted, in the wanted order; `talked` are those with open threads.

    And the one that a link leads to (`also`), if there is anything to be seen of it.
    """
    found = [
        one
        for one in bench.clauses
        if (one.eid == also and one.passages)
        or (
            state_of(one) in wanted.states
            and (not wanted.talked or one.eid in talked)
            and (not wanted.concern or wanted.concern in _concerns(one))
        )
    ]
    if wanted.order == "apart":
        found.sort(key=lambda one: -apart(one))
    return found


def bench_data(
    store: Store,
    bench: Bench,
    reviewer: Reviewer,
    codebook: Codebook,
    wanted: Wanted,
    *,
    at: str | None,
    near: Collection[str] | None = None,
) -> dict[str, Any]:
    """The list, and the clauses around `at`, or those `near`, with all that is to be seen of them.

    `revision` rises with every write, so that of two answers the browser knows the later.
    """
    document = bench.document
    people = called(store, reviewer)
    talked = {
        eid: count
        for (_, eid), count in open_threads(store.comments(document=document.id)).items()
        if eid in bench.sight
    }
    rows = listed(bench, wanted, talked, also=at)
    shown = _near(rows, at) if near is None else [one for one in bench.clauses if one.eid in near]
    teller = _Teller(document, codebook, people)
    threads = discussion_data(
        store, document, [one.eid for one in shown], people=people, sight=bench.sight
    )
    return {
        "revision": store.revision(),
        "rows": [_row(one, talked, teller) for one in rows],
        # Of clauses that are in the list no more, as they stand now.
        "others": [
            _row(one, talked, teller) for one in bench.clauses if one in shown and one not in rows
        ],
        "clauses": [
            teller.clause(one, bench, settle.changes(store, one), threads.get(one.eid, []))
            for one in shown
        ],
        "majorities": [
            {
                "eid": one.clause.eid,
                "citation": one.clause.citation,
                "over": one.clause.over,
                "passage": teller.passage(one.passage, document.clause(one.clause.eid)),
            }
            for one in majorities(bench.clauses)
        ],
    }


def frame_data(
    document: Document, reviewer: Reviewer, people: Mapping[str, Called]
) -> dict[str, Any]:
    """What stays the same as long as one person settles one text."""
    return {
        "document": {
            "id": document.id,
            "slug": document.slug,
            "title": document.title,
            "lang": document.language,
            "dir": direction(document),
        },
        "reviewer": {"id": reviewer.id, "name": reviewer.name},
        "people": {
            one.id: {"letter": one.letter, "name": one.name, "own": one.own}
            for one in people.values()
        },
    }


def _near(rows: Sequence[SettledClause], at: str | None) -> Sequence[SettledClause]:
    place = next((n for n, one in enumerate(rows) if one.eid == at), 0)
    return rows[max(0, place - _BEFORE) : place + _BEHIND]


def _row(clause: SettledClause, talked: Mapping[str, int], teller: _Teller) -> dict[str, Any]:
    waits = [one for one in clause.passages if not one.taken] or list(clause.passages)
    marked = [one.finding for passage in waits for one in passage.opinions if one.finding]
    quote = " ".join(marked[0].quote.split()) if marked else ""
    return {
        "eid": clause.eid,
        "citation": clause.citation,
        "state": state_of(clause),
        "waits": clause.waits,
        "open": sum(one.provenance in ("open", "majority") for one in clause.passages),
        "talk": talked.get(clause.eid, 0),
        "quote": quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…",
        "slots": sorted({teller.label(one)["slot"] for one in marked}),
    }


def _concerns(clause: SettledClause) -> set[str]:
    findings = [one.finding for passage in clause.passages for one in passage.opinions]
    findings += [one.finding for one in clause.passages]
    return {one.concern for one in findings if one}


class _Teller:
    """Puts clauses, passages and findings as the browser draws them."""

    def __init__(
        self, document: Document, codebook: Codebook, people: Mapping[str, Called]
    ) -> None:
        self._document = document
        self._codebook = codebook
        self._people = people
        self._by_eid = {clause.eid: clause for clause in document.clauses}
        self._order = [clause.eid for clause in document.reviewable()]
        self._maps: dict[str, Utf16Map] = {}

    def clause(
        self,
        settled: SettledClause,
        bench: Bench,
        changes: Iterable[Changed],
        threads: list[dict[str, Any]],
    ) -> dict[str, Any]:
        own = self._by_eid[settled.eid]
        place = self._order.index(own.eid)
        around = [self._by_eid[eid] for eid in self._order[max(0, place - 1) : place + 2]]
        _, *above = upwards(own, self._by_eid)
        return {
            "eid": own.eid,
            "citation": own.citation,
            "number": gutter(own),
            "text": self._words(own),
            "within": [_titled(one) for one in reversed(above) if one.heading],
            "leads": [self._lead(one) for one in reversed(above) if one.reviewable],
            "before": self._lead(around[0]) if around[0] != own and place else None,
            "behind": self._lead(around[-1]) if around[-1] != own else None,
            "state": state_of(settled),
            "waits": settled.waits,
            "over": settled.over,
            "readers": self._lettered(settled.readers),
            "passages": [self.passage(one, own) for one in settled.passages],
            "outdated": [self._decision(one, own) for one in settled.outdated],
            "changed": [self._people[id].name for id in self._lettered(settled.changed)],
            "changes": [self._change(one) for one in changes],
            "follows": [
                {"eid": one.eid, "citation": one.citation} for one in settle.follows(bench, settled)
            ],
            "threads": threads,
        }

    def passage(self, passage: SettledPassage, own: Clause) -> dict[str, Any]:
        decision = passage.decision
        return {
            "id": passage.id,
            "state": passage.provenance,
            "views": [self._view(one, own) for one in passage.opinions],
            "finding": None if passage.finding is None else self.finding(passage.finding, own),
            "holding": self._lettered(passage.holding),
            "decision": None if decision is None else self._decision(decision, own),
            "was": None if passage.was is None else self._decision(passage.was, own),
        }

    def finding(self, finding: Finding, own: Clause) -> dict[str, Any]:
        """Words and label; `start` and `end` in UTF-16 units of the clause's words, `from` and
        `to` in code points of the document.
        """
        start, end = (
            self._map(own).to_utf16(min(max(point, own.body), own.own_end) - own.body)
            for point in (finding.start, finding.end)
        )
        return {
            "start": start,
            "end": end,
            "from": finding.start,
            "to": finding.end,
            "beyond": finding.start < own.body or finding.end > own.own_end,
            "quote": finding.quote,
            **self.label(finding),
        }

    def label(self, finding: Finding) -> dict[str, Any]:
        concern = next((c for c in self._codebook.concerns if c.id == finding.concern), None)
        codes = concern.codes if concern else ()
        code = next((c.name for c in codes if finding.code in (c.id, *c.replaces)), finding.code)
        return {
            "concern": finding.concern,
            "code": finding.code,
            "polarity": finding.polarity,
            "severity": finding.severity,
            "letter": concern.letter if concern else "?",
            "slot": concern.slot if concern else "gray",
            "name": code or (concern.name if concern else finding.concern),
        }

    def _view(self, opinion: Opinion, own: Clause) -> dict[str, Any]:
        finding = opinion.finding
        return {
            "who": self._lettered(opinion.reviewers),
            "finding": None if finding is None else self.finding(finding, own),
        }

    def _decision(self, row: Adjudication, own: Clause) -> dict[str, Any]:
        finding = finding_of(row)
        return {
            "id": row.id,
            "passage": row.passage,
            "outcome": row.outcome,
            "reason": row.reason,
            "note": row.note,
            "finding": None if finding is None else self.finding(finding, own),
            "by": self._people[row.reviewer].name,
            "at": day(row.updated),
            "stamp": row.updated,
        }

    def _lettered(self, ids: Iterable[str]) -> list[str]:
        """Reviewers in the order of their letters."""
        letter = {id: one.letter for id, one in self._people.items()}
        return sorted(ids, key=lambda id: (len(letter[id]), letter[id]))

    def _change(self, change: Changed) -> dict[str, Any]:
        told = {
            side: None if row is None else self._told(row)
            for side, row in (("before", change.before), ("after", change.after))
        }
        name = self._people[change.reviewer].name
        return {"said": say(f"settle.changed.{change.what}", name=name, day=day(change.at)), **told}

    def _told(self, row: Mapping[str, Any]) -> dict[str, Any]:
        finding = Finding(
            row["start"],
            row["end"],
            row["quote"],
            row["concern"],
            row["polarity"],
            row["code"],
            row["severity"],
        )
        return {"quote": finding.quote, **self.label(finding)}

    def _lead(self, clause: Clause) -> dict[str, str]:
        return {"number": gutter(clause), "text": self._words(clause)}

    def _words(self, clause: Clause) -> str:
        return self._document.text[clause.body : clause.own_end]

    def _map(self, clause: Clause) -> Utf16Map:
        if clause.eid not in self._maps:
            self._maps[clause.eid] = Utf16Map(self._words(clause))
        return self._maps[clause.eid]


def _titled(clause: Clause) -> str:
    return f"{clause.citation} · {clause.heading}" if clause.citation else clause.heading
