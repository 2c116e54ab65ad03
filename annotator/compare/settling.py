"""The settled view of a document: what its reviewers agree on, and what an adjudicator decided.

It is a layer of its own, computed from annotations, reviews and adjudications; none of these is
changed by it. "The same" means here what it means to `differences`.

What was decided holds for what the readers of the clause had said then, kept with the decision as
a digest for each of them. Where one of these says something else now, or somebody else has read
the clause, it no longer holds and the clause is reopened; no clock is asked.
"""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.compare.opinions import (
    PROVENANCES,
    Finding,
    Layer,
    Opinion,
    Provenance,
)
from annotator.compare.reading import Reading
from annotator.errors import AnnotatorError
from annotator.model import (
    Adjudication,
    Annotation,
    Clause,
    Document,
    Outcome,
    Reason,
    Review,
    canonical,
    stable_id,
)


@dataclass(frozen=True, slots=True)
class SettledPassage:
    """What is settled of words that somebody marked, or what waits.

    `finding` is what is taken or, of a majority, proposed: `None` that nothing is to be marked;
    `holding` are the readers who say so, where it is not an adjudicator who decided.
    Where the passage is `open`, or the readers are settled to `disagree`, there is none, and the
    `opinions` are all there is: those held by most come first, those without a mark last. `id` is
    the same as long as the marks are; it is "" for words that only the adjudicator marked. `was` is
    what had been decided here over what readers said before one of them said something else.
    """

    id: str
    provenance: Provenance
    finding: Finding | None
    opinions: tuple[Opinion, ...]
    holding: tuple[str, ...] = ()
    decision: Adjudication | None = None
    was: Adjudication | None = None

    @property
    def taken(self) -> bool:
        """Whether it belongs to the settled layer."""
        return self.provenance in ("unanimous", "adjudicated")

    @property
    def disagreed(self) -> bool:
        """Whether it is settled that the readers disagree, and both views are published."""
        return self.decision is not None and self.decision.outcome == "disagree"


@dataclass(frozen=True, slots=True)
class SettledClause:
    """How a clause stands, from `readers`, those of the chosen reviewers who have read it.

    | provenance | |
    |---|---|
    | `unanimous` | two or more have read it and say the same, be it that nothing is to be marked |
    | `adjudicated` | where they did not, an adjudicator has decided |
    | `majority` | more than half of them say the same of each passage; it waits to be accepted |
    | `open` | they differ, and no view has a majority |
    | `single` | one alone has read it: nothing is settled, silence is not agreement |
    | `unread` | nobody has |

    An annotation over several clauses is listed in the first where it makes a difference, and its
    state shows in each. `over` is what a decision keeps of what the readers say now. `outdated` are
    decisions that no longer hold, and `changed` the reviewers because of whom; each waits, beside
    its passage where that has one still (`was`), until it is confirmed or decided anew.
    """

    document: str
    eid: str
    citation: str
    provenance: Provenance
    readers: tuple[str, ...]
    passages: tuple[SettledPassage, ...]
    over: str
    outdated: tuple[Adjudication, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def reopened(self) -> bool:
        """Whether it was decided once, and what it was decided over has changed."""
        return bool(self.outdated)

    @property
    def waits(self) -> bool:
        """Whether an adjudicator has something to decide here."""
        return self.reopened or self.provenance in ("open", "majority")

    @property
    def settled(self) -> bool:
        """Whether all of it belongs to the settled layer."""
        return not self.reopened and self.provenance in ("unanimous", "adjudicated")

    def passage(self, id: str) -> SettledPassage:
        """The passage with that id; `AnnotatorError` where the clause has none such any more."""
        for one in self.passages:
            if one.id == id:
                return one
        raise AnnotatorError(f"{self.citation} has changed since it was shown: look at it again")


def settle(
    document: Document,
    annotations: Iterable[Annotation],
    reviews: Iterable[Review],
    reviewers: Iterable[str],
    adjudications: Iterable[Adjudication] = (),
) -> list[SettledClause]:
    """Every clause of the document that has words of its own, in text order.

    Neither the order of the reviewers nor that of the annotations changes anything. What was
    decided over reviewers who are not among those chosen holds for as long as they too say what
    they said.
    """
    chosen = frozenset(reviewers)
    marks, read = list(annotations), list(reviews)
    reading = Reading(document, read)
    decided: dict[str, list[Adjudication]] = defaultdict(list)
    for row in adjudications:
        if row.document == document.id:
            decided[row.eid].append(row)
    states = {(one.reviewer, one.eid): one.state for one in read if one.document == document.id}
    layers: dict[frozenset[str], Layer] = {}
    found: list[tuple[Layer, SettledClause]] = []
    for clause in reading.clauses:
        rows = sorted(decided.get(clause.eid, ()), key=lambda row: (row.start or 0, row.id))
        who = chosen.union(*(json.loads(row.over) for row in rows))
        if who not in layers:
            layers[who] = Layer(reading, marks, states, who)
        found.append((layers[who], _clause(layers[who], clause, rows)))
    stand = {passage.id: passage.provenance for _, clause in found for passage in clause.passages}
    return [
        dataclasses.replace(clause, provenance=_provenance(layer, clause, stand))
        for layer, clause in found
    ]


def decide(
    clause: SettledClause,
    outcome: Outcome,
    *,
    reason: Reason,
    adjudicator: str,
    passage: str = "",
    finding: Finding | None = None,
    note: str = "",
) -> Adjudication:
    """What an adjudicator decides on a passage of the clause, for `Store.settle` to keep.

    `accept` takes the `finding` of one of the opinions, or where none is given that of the
    majority; `merge`, `change` and `new` settle the finding given, `new` of no passage. `disagree`
    and `none` settle no finding. `AnnotatorError` where these do not go together, or the clause has
    no such passage any more.
    """
    found = clause.passage(passage) if passage else None
    if (found is None) != (outcome == "new"):
        what = "leave the passage out" if found else "name the passage"
        raise AnnotatorError(f"{outcome!r} on {clause.citation}: {what}")
    if outcome == "accept" and finding is None and found and found.provenance != "open":
        finding = found.finding
    if (finding is None) != (outcome in ("disagree", "none")):
        what = "leave the words out" if finding else "say which words, with which label"
        raise AnnotatorError(f"{outcome!r} on {clause.citation}: {what}")
    if outcome == "accept" and found and finding not in _on_offer(found):
        raise AnnotatorError(f"nobody has marked {clause.citation} like that: say 'change' instead")
    opinions = found.opinions if found else ()
    spoken = [one.finding for one in opinions if one.finding]
    if finding and not spoken:
        spoken = [finding]
    about = sorted({(one.concern, one.code) for one in spoken})
    identity = (
        (passage,)
        if finding is None or passage
        else (finding.start, finding.end, finding.concern, finding.polarity, finding.code)
    )
    return Adjudication(
        id=stable_id("adjudication", clause.document, clause.eid, *identity),
        document=clause.document,
        eid=clause.eid,
        passage=passage,
        outcome=outcome,
        reason=reason,
        reviewer=adjudicator,
        over=clause.over,
        about=canonical(about),
        note=note,
        **({} if finding is None else dataclasses.asdict(finding)),
    )


def merged(document: Document, passage: SettledPassage, like: Finding) -> Finding:
    """All the words that the opinions on a passage cover, from the first to the last, so labelled.

    What to `decide` on as `merge`.
    """
    marked = [one.finding for one in passage.opinions if one.finding] or [like]
    start, end = min(one.start for one in marked), max(one.end for one in marked)
    return Finding(
        start, end, document.text[start:end], like.concern, like.polarity, like.code, like.severity
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """How often adjudicators gave one reason where a code was in dispute, and in which words.

    `decisions` are those in which they did, in the order in which they came.
    """

    reason: Reason
    concern: str
    code: str
    count: int
    notes: tuple[str, ...]
    decisions: tuple[Adjudication, ...] = ()


def reasons(adjudications: Iterable[Adjudication]) -> list[Gap]:
    """What the codebook should say better: reasons by code, those given most often first.

    A decision on words that some gave one code and others another counts for each of them; "" is
    the concern without a code. Decisions count whether or not they still hold.
    """
    given: dict[tuple[Reason, str, str], list[Adjudication]] = defaultdict(list)
    for row in adjudications:
        for concern, code in json.loads(row.about):
            given[row.reason, concern, code].append(row)
    gaps = [
        Gap(*about, len(rows), tuple(sorted({o.note for o in rows if o.note.strip()})), tuple(rows))
        for about, rows in given.items()
    ]
    return sorted(gaps, key=lambda gap: (-gap.count, gap.concern, gap.code, gap.reason))


def _clause(layer: Layer, clause: Clause, rows: Sequence[Adjudication]) -> SettledClause:
    now = layer.over(clause.eid)
    over = canonical(now)
    held = {row.passage: row for row in rows if row.passage and row.over == over}
    found = []
    for placed in layer.at_home.get(clause.eid, ()):
        opinions = tuple(layer.opinions(placed))
        if row := held.pop(placed.id, None):
            passage = SettledPassage(placed.id, "adjudicated", finding_of(row), opinions, (), row)
        else:
            passage = SettledPassage(
                placed.id, placed.provenance, placed.finding, opinions, placed.holding
            )
        found.append(passage)
    for row in rows:
        if row.over == over and (not row.passage or row.passage in held):
            found.append(SettledPassage(row.passage, "adjudicated", finding_of(row), (), (), row))
    outdated = tuple(row for row in rows if row.over != over)
    was = _were(found, outdated)
    found = [dataclasses.replace(one, was=was.get(one.id)) for one in found]
    found.sort(key=_place)
    return SettledClause(
        document=layer.reading.document.id,
        eid=clause.eid,
        citation=clause.citation,
        provenance="open",
        readers=layer.readers(clause.eid),
        passages=tuple(found),
        over=over,
        outdated=outdated,
        changed=tuple(sorted({who for row in outdated for who in _changed(row, now)})),
    )


def _were(
    passages: Iterable[SettledPassage], outdated: Iterable[Adjudication]
) -> dict[str, Adjudication]:
    """By passage the decision that was made on it, where no other has been.

    That is the passage it names, or, where its marks have changed, the only one that waits over the
    same words.
    """
    free = {one.id: one for one in passages if one.decision is None}
    found: dict[str, Adjudication] = {}
    others = []
    for row in outdated:
        if free.pop(row.passage, None):
            found[row.passage] = row
        elif row.passage:
            others.append(row)
    for row in others:
        waiting = {id: one for id, one in free.items() if not one.taken}
        if passage := _same_words(waiting, finding_of(row)):
            found[passage.id] = row
            del free[passage.id]
    return found


def _same_words(free: dict[str, SettledPassage], finding: Finding | None) -> SettledPassage | None:
    """The one passage that speaks of the finding's words, or the only one there is."""
    if finding is None:
        (only,) = free.values() if len(free) == 1 else (None,)
        return only
    over = [
        passage
        for passage in free.values()
        if any(
            one.finding and one.finding.start < finding.end and finding.start < one.finding.end
            for one in passage.opinions
        )
    ]
    return over[0] if len(over) == 1 else None


def _provenance(layer: Layer, clause: SettledClause, stand: Mapping[str, Provenance]) -> Provenance:
    """The least settled of all that stands in the clause; `stand` has every passage's own."""
    own = {passage.provenance for passage in clause.passages}
    if len(clause.readers) < 2 and own != {"adjudicated"}:
        return "single" if clause.readers else "unread"
    others = {
        stand.get(one.id, one.provenance)
        for one in layer.touching.get(clause.eid, ())
        if one.home != clause.eid
    }
    return min({*own, *others, "unanimous"}, key=PROVENANCES.index)


def _changed(row: Adjudication, now: Mapping[str, str]) -> set[str]:
    then: dict[str, str] = json.loads(row.over)
    return {who for who in then.keys() | now.keys() if then.get(who) != now.get(who)}


def finding_of(row: Adjudication) -> Finding | None:
    """The finding that a decision settles; `None` for `none` and `disagree`."""
    if row.start is None or row.end is None or row.polarity is None:
        return None
    return Finding(row.start, row.end, row.quote, row.concern, row.polarity, row.code, row.severity)


def _on_offer(passage: SettledPassage) -> list[Finding | None]:
    return [passage.finding, *(one.finding for one in passage.opinions)]


def _place(passage: SettledPassage) -> tuple[int, int, str]:
    spoken = [one.finding for one in passage.opinions if one.finding]
    if passage.finding:
        spoken.append(passage.finding)
    first = min(((one.start, one.end) for one in spoken), default=(0, 0))
    return (*first, passage.id)
