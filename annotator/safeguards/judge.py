"""One grant against the safeguards of its list: where each stands, how strongly, on what words."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from annotator.model import Evidence, PowerReading, SafeguardReading, SafeguardState
from annotator.safeguards.findings import Finding
from annotator.safeguards.general import General
from annotator.safeguards.grants import Grant
from annotator.safeguards.scene import MOST, Scene

_DEPTH = 2
"""How many references are followed, one from another."""

_SHOWN = 4
"""So many pieces of evidence a safeguard, the nearest first."""

_BETWEEN_STATES = frozenset({"dual_criminality", "refusal_grounds"})

Place = Literal["own", "article", "reference", "general"]
_NEAR: tuple[Place, ...] = ("own", "article")


@dataclass(frozen=True, slots=True)
class _Said:
    """A finding and where it stands, seen from a grant."""

    place: Place
    finding: Finding


class Judge:
    """Reads every grant of one document against its safeguards."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.general = General(scene)
        # Siblings without a word on safeguards need not be asked again for every grant.
        self._speaking = {
            provision: [
                clause.eid
                for clause in members
                if scene.findings.get(clause.eid) or scene.links.get(clause.eid)
            ]
            for provision, members in scene.tree.members.items()
        }

    def reading(self, grant: Grant) -> PowerReading:
        """The grant with every safeguard of its list."""
        said: dict[str, list[_Said]] = {}
        for one in self._said(grant):
            said.setdefault(one.finding.safeguard, []).append(one)
        document = self.scene.document
        return PowerReading(
            document=document.id,
            eid=grant.clause.eid,
            power=grant.kind.id,
            group=grant.kind.group,
            start=grant.start,
            end=grant.end,
            quote=document.text[grant.start : grant.end],
            safeguards=tuple(
                self._safeguard(grant, safeguard, said.get(safeguard, []))
                for safeguard in self.scene.kinds.safeguards[grant.kind.group]
            ),
        )

    def _safeguard(self, grant: Grant, safeguard: str, said: list[_Said]) -> SafeguardReading:
        applies = safeguard not in grant.kind.lacks or (
            grant.abroad and not grant.kind.abroad and safeguard in _BETWEEN_STATES
        )
        if not applies and not grant.abroad:
            said = [one for one in said if one.place in _NEAR]
        state, shown, reason = _verdict(said)
        text = self.scene.document.text
        evidence = tuple(
            Evidence(one.eid, one.start, one.end, text[one.start : one.end])
            for one in (said.finding for said in shown[:_SHOWN])
        )
        if evidence:
            citation = self.scene.tree.by_eid[evidence[0].eid].citation
            reason = reason.replace("{citation}", citation)
        return SafeguardReading(safeguard, state, evidence, reason, applies)

    def _said(self, grant: Grant) -> Iterator[_Said]:
        """Every finding that bears on the grant, the nearest first."""
        tree, eid = self.scene.tree, grant.clause.eid
        seen: set[str] = set()
        own = [eid, *(c.eid for c in tree.below(eid)), *(c.eid for c in tree.above(eid))]
        yield from self._from("own", own, seen)
        provision = tree.provision(eid)
        speaking = self._speaking.get(provision, []) if provision is not None else []
        siblings = [
            other for other in speaking[:MOST] if other not in seen and self._lends(other, grant)
        ]
        yield from self._from("article", siblings, seen)
        yield from self._from("reference", self._linked([*own, *siblings], grant), seen)
        yield from self._from("general", self.general.of(grant), seen)

    def _from(self, place: Place, eids: Iterable[str], seen: set[str]) -> Iterator[_Said]:
        for eid in eids:
            if eid not in seen:
                seen.add(eid)
                for finding in self.scene.findings.get(eid, ()):
                    yield _Said(place, finding)

    def _lends(self, eid: str, grant: Grant) -> bool:
        """Whether a clause of the same article speaks of this grant too."""
        scene = self.scene
        others = [
            other
            for one in (eid, *(c.eid for c in scene.tree.above(eid)))
            for other in scene.granting.get(one, ())
            if other.kind.group == grant.kind.group
        ]
        if not others or any(other.kind == grant.kind for other in others):
            return True
        mine = {grant.clause.eid, *(c.eid for c in scene.tree.above(grant.clause.eid))}
        return bool(scene.named.get(eid, set()) & mine)

    def _linked(self, eids: Iterable[str], grant: Grant) -> list[str]:
        """The clauses taken over by reference, with what they hold, each once."""
        scene = self.scene
        provision = scene.tree.provision(grant.clause.eid)
        found: dict[str, None] = {}
        waiting = deque((eid, 0) for eid in eids)
        while waiting and len(found) < MOST:
            eid, depth = waiting.popleft()
            for reference, strong in scene.links.get(eid, ())[:MOST]:
                target = reference.target_eid
                place = None if target is None else scene.tree.provision(target)
                if target is None or place in (None, provision) or target in found:
                    continue
                if place in scene.granted_in and not strong:
                    continue
                if grant.kind.group == "power" and place in scene.offences:
                    continue
                inside = [target, *(c.eid for c in scene.tree.below(target))]
                found.update(dict.fromkeys(inside))
                if depth + 1 < _DEPTH:
                    waiting.extend((one, depth + 1) for one in inside)
        return list(found)


def _verdict(said: list[_Said]) -> tuple[SafeguardState, list[_Said], str]:
    """The state, the evidence for it, and why in a sentence; `{citation}` stands for the clause."""
    near = [one for one in said if one.place in _NEAR]
    against = [one for one in near if one.finding.strength == "against"]
    excluded = [one for one in against if one.place == "own"]
    strong = [one for one in near if one.finding.strength == "strong"]
    weak = [one for one in near if one.finding.strength == "weak"]
    if strong and excluded:
        return "weak", strong[:2] + excluded, "{citation} has it, but the clause also excludes it."
    if strong:
        where = "the clause itself" if strong[0].place == "own" else "its article"
        return "present", strong, f"In {where}, {{citation}}."
    if weak and against:
        return "weak", weak[:2] + against, "Only an option in {citation}; otherwise excluded."
    if excluded:
        return "absent", excluded, "The clause excludes it."
    far = [one for one in said if one.place not in _NEAR]
    full = [one for one in far if one.finding.strength == "strong"]
    if full:
        if full[0].place == "reference":
            return "by_reference", full, "In {citation}, to which the clause refers."
        return "by_reference", full, "In {citation}, a general clause that covers it."
    weak += [one for one in far if one.finding.strength == "weak"]
    if weak:
        where = {
            "own": "in the clause itself",
            "article": "in its article",
            "reference": "where the clause refers to",
            "general": "in a general clause",
        }[weak[0].place]
        return "weak", weak, f"Only weakly {where}, {{citation}}: optional or left to other law."
    if against:
        return "absent", against, "Its article excludes it."
    return "absent", [], "Neither in the article, nor by reference, nor in a general clause."
