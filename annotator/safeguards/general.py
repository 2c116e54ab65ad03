"""General clauses: which clauses elsewhere in a text cover a grant and protect whom it touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.safeguards.findings import Covering, coverings
from annotator.safeguards.grants import Grant
from annotator.safeguards.scene import MOST, Scene

ASSISTANCE = "mutual_assistance"
"""The kind that stands for help to another State, whatever the measure."""

_SHARING, _CUSTODY = "information_sharing", "detention"
_ANY = ""


@dataclass(frozen=True, slots=True)
class _Cover:
    """A clause that covers: only grants of `kinds` (any where `None`), only of the kind `own`."""

    eid: str
    kinds: frozenset[str] | None = None
    own: str | None = None


class General:
    """An index of the general clauses of one text, so that a grant asks only those that may cover.

    A clause covers what its covering words reach ("the powers in this chapter"), the clauses it
    names, and, where it has no such words, the measures it names. One under a heading of general
    rules that names none covers its outermost division, or the whole text where that grants nothing
    or is general itself. A provision that grants powers or defines offences covers others under
    such a heading only, or powers of its own kind by its covering words.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._order = {eid: number for number, eid in enumerate(scene.findings)}
        self._divided = {
            division for place in scene.granted_in for division in scene.tree.divisions(place)
        }
        self._reaching: dict[str, list[_Cover]] = {}
        self._naming: dict[str, list[str]] = {}
        self._subjects: dict[str, list[str]] = {}
        self._reporting: dict[str, list[str]] = {}
        covering = self._coverings()
        for eid, said in scene.findings.items():
            place = scene.tree.provision(eid)
            if said and place is not None and scene.protects(place):
                if place in scene.reporting:
                    self._reporting.setdefault(self._around(place), []).append(eid)
                self._file(eid, place, covering.get(eid, ()))

    def of(self, grant: Grant) -> list[str]:
        """The eIds of the clauses that cover a grant, in text order, none of its own provision."""
        scene, tree = self.scene, self.scene.tree
        provision = tree.provision(grant.clause.eid)
        divisions = tree.divisions(grant.clause.eid)
        assists = self._assists(grant)
        kinds = {grant.kind.id, ASSISTANCE} if assists else {grant.kind.id}
        found: dict[str, None] = {}
        for division in (_ANY, *divisions):
            for cover in self._reaching.get(division, ())[:MOST]:
                if cover.own not in (None, grant.kind.id):
                    continue
                if cover.kinds is None or not cover.kinds.isdisjoint(kinds):
                    found[cover.eid] = None
        mine = (grant.clause.eid, *(one.eid for one in tree.above(grant.clause.eid)), *divisions)
        for target in mine:
            for eid in self._naming.get(target, ())[:MOST]:
                found[eid] = None
        for kind in sorted(kinds):
            for eid in self._subjects.get(kind, ())[:MOST]:
                found[eid] = None
        if grant.kind.group == "disclosure" and provision is not None:
            # Channels, secrecy of identity and no retaliation are one set of rules.
            found = {e: None for e in found if tree.provision(e) not in scene.reporting}
            for eid in self._reporting.get(self._around(provision), ())[:MOST]:
                found[eid] = None
        others = (eid for eid in found if tree.provision(eid) != provision)
        return sorted(others, key=self._order.__getitem__)[:MOST]

    def _file(self, eid: str, place: str, covering: Iterable[Covering]) -> None:
        scene = self.scene
        general = scene.headed(place, "general")
        lends = general or place not in scene.granted_in.keys() | scene.offences
        heard = scene.signals[eid]
        subjects = frozenset(match.name for match in heard.of("subject"))
        abroad = all(scene.kinds.kind(name).abroad for name in subjects)
        own = None
        if not lends and len(scene.granted_in.get(place, ())) == 1:
            (own,) = scene.granted_in[place]
        effective = False
        for one in covering:
            if one.division and one.division not in self._divided:
                continue
            effective = True
            if lends or own is not None:
                kinds = one.kinds or (subjects if subjects and abroad else None)
                self._reaching.setdefault(one.division, []).append(_Cover(eid, kinds, own))
        if not lends:
            return
        for target in sorted(scene.named.get(eid, ())):
            self._naming.setdefault(target, []).append(eid)
        if effective:
            return
        sentences = {finding.sentence for finding in scene.findings[eid]}
        told = {match.name for match in heard.of("subject") if match.sentence in sentences}
        for kind in sorted(told):
            self._subjects.setdefault(kind, []).append(eid)
        if general and not scene.named.get(eid):
            cover = _Cover(eid, subjects or None)
            self._reaching.setdefault(self._reach(place), []).append(cover)

    def _coverings(self) -> dict[str, tuple[Covering, ...]]:
        """By clause: what its covering words reach, or where nothing is granted all of them do."""
        scene = self.scene
        each = {
            eid: coverings(scene.tree, heard, scene.lexicon, scene.document.text)
            for eid, heard in scene.signals.items()
        }
        found = {}
        for provision, members in scene.tree.members.items():
            shared = tuple(dict.fromkeys(c for m in members for c in each.get(m.eid, ())))
            if any(covering.data and covering.kinds for covering in shared):
                shared = tuple(c for c in shared if c.kinds or not c.data)
            granting = provision in scene.granted_in
            for member in members:
                found[member.eid] = each.get(member.eid, ()) if granting else shared
        return found

    def _reach(self, provision: str) -> str:
        around = self.scene.tree.divisions(provision)
        if not around or self.scene.headed(around[-1], "general"):
            return _ANY
        return around[-1] if around[-1] in self._divided else _ANY

    def _around(self, provision: str) -> str:
        """The innermost division around a provision, if any."""
        return next(iter(self.scene.tree.divisions(provision)), _ANY)

    def _assists(self, grant: Grant) -> bool:
        """Whether rules of mutual assistance cover it: what is done for a State that asks."""
        if grant.kind.id == ASSISTANCE:
            return True
        if grant.kind.id == _SHARING:
            heard = self.scene.signals.get(grant.clause.eid)
            return heard is not None and any(True for _ in heard.of("asked"))
        return grant.abroad and not grant.kind.abroad and grant.kind.id != _CUSTODY
