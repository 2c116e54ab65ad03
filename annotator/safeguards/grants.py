"""Which clauses grant a power, define an offence or concern reporting, and in what words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotator.highlight import quiet
from annotator.model import Clause, Document
from annotator.safeguards.kinds import Kind, Kinds
from annotator.safeguards.signals import Match, Signals
from annotator.safeguards.tree import Tree

_NEAR = 4
_COORDINATED = 16
_WORDS = re.compile(r"\w+")
_COORDINATING = re.compile(r"\b(?:and|or|et|ou|y|e|o|u)\b|,")


@dataclass(frozen=True, slots=True)
class Grant:
    """A clause that grants, by its kind and the words that do; `abroad` where it helps a State."""

    clause: Clause
    kind: Kind
    start: int
    end: int
    abroad: bool = False


def grants(
    document: Document,
    tree: Tree,
    signals: Mapping[str, Signals],
    headings: Mapping[str, frozenset[str]],
    kinds: Kinds,
) -> list[Grant]:
    """The clauses that grant, in text order; of one clause at most one of each group.

    An act counts where words that grant come before it in the sentence, or in the words that open
    the list it stands in. Where all points of a list are of one kind, the clause that opens it
    stands for them; else each point is read by itself. Definitions, the preamble and clauses that
    only limit grant nothing.
    """
    return sorted(
        _Granting(document, tree, signals, headings, kinds).all(),
        key=lambda grant: (grant.start, grant.end, grant.clause.eid, grant.kind.id),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A kind found in a clause, with its words; `sure` where they need no others to grant.

    `at` is where its act begins, `aside` whether it only says who is meant: "who is to preserve".
    """

    kind: str
    start: int
    end: int
    sure: bool = False
    at: int = 0
    aside: bool = False


@dataclass(frozen=True, slots=True)
class _Opening:
    """What the clause that opens a list says of its points: the words that grant, or that none do.

    The points of an offence, or of what a request must state, grant no power.
    """

    words: Match | None = None
    closed: bool = False


_NOTHING = _Opening()
_BROADEST = "production"
_SETTLES = frozenset({"secrecy_order", "compelled_help"})


class _Granting:
    def __init__(
        self,
        document: Document,
        tree: Tree,
        signals: Mapping[str, Signals],
        headings: Mapping[str, frozenset[str]],
        kinds: Kinds,
    ) -> None:
        self.document = document
        self.tree = tree
        self.signals = signals
        self.headings = headings
        self.kinds = {kind.id: kind for kind in kinds.kinds}

    def all(self) -> Iterator[Grant]:
        for provision, members in self.tree.members.items():
            top = self.tree.by_eid[provision]
            if top.kind == "preamble" or quiet.defines(top.heading):
                continue
            if any(clause.kind == "preamble" for clause in members):
                continue
            if "institutional" in self.headings.get(provision, frozenset()):
                continue
            yield from self._clause(top, _NOTHING)

    def _clause(self, clause: Clause, above: _Opening) -> Iterator[Grant]:
        """The grants in a clause and below; `above` is what opens the list it stands in."""
        signals = self.signals.get(clause.eid)
        children = self.tree.children.get(clause.eid, [])
        own: list[_Found] = []
        opening = above
        if signals is not None:
            yield from self._offence(clause, signals)
            yield from self._disclosure(clause, signals)
            if not above.closed:
                own = self._own(signals, above.words)
            if signals.opens:
                opening = self._opening(signals, above)
        found = [grant for child in children for grant in self._clause(child, opening)]
        yield from (grant for grant in found if grant.kind.group != "power")
        powers = [grant for grant in found if grant.kind.group == "power"]
        if own:
            whole = signals is not None and signals.opens and bool(children)
            yield self._grant(clause, self._chosen(clause, own), whole=whole)
            return
        if opening is not above and opening.words is not None and powers:
            kinds = {grant.kind.id for grant in powers}
            shared = kinds if len(kinds) == 1 else kinds & self._named(clause)
            if len(shared) == 1:
                (kind,) = shared
                words = _Found(kind, opening.words.start, clause.own_end)
                yield self._grant(clause, words, whole=True)
                return
        yield from powers

    def _own(self, signals: Signals, opened: Match | None) -> list[_Found]:
        """The kinds of power in the first sentence of a clause that grants any, in text order."""
        for number, (start, _) in enumerate(signals.sentences):
            if signals.said("limit", number):
                continue
            offence = next(iter(signals.within("offence", number)), None)
            here = []
            for match in signals.within("self", number):
                if self.kinds[match.name].group == "power":
                    here.append(
                        _Found(match.name, match.start, match.end, sure=True, at=match.start)
                    )
            for act in signals.within("act", number):
                if self.kinds[act.name].group != "power":
                    continue
                grant = self._granting(signals, act)
                if grant is not None:
                    aside = any(
                        grant.start < actor.start < act.start
                        for actor in signals.within("actor", number)
                    )
                    end = max(act.end, grant.end)
                    here.append(_Found(act.name, grant.start, end, at=act.start, aside=aside))
                elif opened is not None and number == 0:
                    here.append(_Found(act.name, start, act.end, at=act.start))
            if any(
                self.kinds[m.name].group == "disclosure" for m in signals.within("self", number)
            ):
                # Whoever "provides information" there is protected, not ordered.
                here = [one for one in here if one.kind != _BROADEST]
            found = [one for one in here if not offence or self._before(signals, one, offence)]
            if found:
                # What a later sentence adds, such as silence about it, is of the same clause.
                return sorted(found, key=lambda one: (one.end, one.start))
        return []

    def _granting(self, signals: Signals, act: Match) -> Match | None:
        """The words of the sentence that grant an act: strong ones before it, or a modal verb."""
        here = list(signals.within("grant", act.sentence))
        for grant in here:
            if grant.name == "strong" and grant.start <= act.start:
                return grant
        for grant in reversed(here):
            if grant.name == "modal" and self._follows(self.document.text, grant, act):
                return grant
        return None

    def _before(self, signals: Signals, found: _Found, offence: Match) -> bool:
        """Whether a power stands before the offence it serves: "may arrest anyone who commits".

        "Whoever is required to produce a record and fails to commits an offence" grants nothing.
        """
        actors = signals.within("actor", offence.sentence)
        return found.end <= offence.start and all(found.start < one.start for one in actors)

    def _follows(self, text: str, grant: Match, act: Match) -> bool:
        """Whether the act is what the modal verb allows: next to it, or joined by "and"."""
        if act.start < grant.end:
            return grant.start <= act.start
        between = text[grant.end : act.start]
        count = len(_WORDS.findall(between))
        if count <= _NEAR:
            return True
        return count <= _COORDINATED and bool(_COORDINATING.search(between))

    def _opening(self, signals: Signals, above: _Opening) -> _Opening:
        """What a clause that opens a list says of its points."""
        last = len(signals.sentences) - 1
        if above.closed or any(signals.said(group, last) for group in ("limit", "offence")):
            return _Opening(closed=True)
        found = [m for m in signals.within("grant", last) if m.name == "strong"]
        found = found or list(signals.within("grant", last))
        return _Opening(found[0]) if found else above

    def _chosen(self, clause: Clause, found: list[_Found]) -> _Found:
        """The kind of the words that settle it by themselves: silence, or help to another State.

        Else the one that the heading names, else one of help to another State, else the first that
        is more than an order to hand something over.
        """
        named = self._named(clause)
        sure = [one for one in found if one.sure]
        leading = [one for one in found if not one.aside and one.kind != _BROADEST]
        first = min((one.at for one in leading if one.kind not in _SETTLES), default=clause.end)
        sure = [one for one in sure if one.at <= first or one.kind not in _SETTLES]
        settled = [one for one in sure if one.kind in _SETTLES]
        abroad = [one for one in found if self.kinds[one.kind].abroad]
        if any(one.sure for one in abroad):
            settled += [one for one in abroad if one.kind in named]
            settled += [one for one in abroad if one.sure]
        settled += [one for one in found if one.kind in _SETTLES and one.at <= first]
        settled += [one for one in found if one.kind in named]
        narrow = [one for one in found if one.kind != _BROADEST]
        return (settled + abroad + narrow + found)[0]

    def _named(self, clause: Clause) -> frozenset[str]:
        """The kinds that the headings over a clause name."""
        found: set[str] = set()
        for one in (clause, *self.tree.above(clause.eid)):
            for name in self.headings.get(one.eid, ()):
                group, _, kind = name.partition(".")
                if group in ("act", "self", "subject"):
                    found.add(kind)
        return frozenset(found)

    def _grant(self, clause: Clause, found: _Found, *, whole: bool) -> Grant:
        end = clause.own_end if whole else found.end
        text = self.document.text
        while end > found.start and text[end - 1].isspace():
            end -= 1
        kind = self.kinds[found.kind]
        return Grant(clause, kind, found.start, end, kind.abroad or self._abroad(clause))

    def _abroad(self, clause: Clause) -> bool:
        """Whether the clause, or one around it in its article, speaks of another State."""
        around = (clause.eid, *(one.eid for one in self.tree.above(clause.eid)))
        return any(
            True for eid in around if eid in self.signals for _ in self.signals[eid].of("abroad")
        )

    def _offence(self, clause: Clause, signals: Signals) -> Iterator[Grant]:
        """The offence that a clause defines, of the kind its acts or its heading show."""
        trigger = next(
            (one for one in signals.of("offence") if not self._serves(signals, one)),
            None,
        )
        if trigger is None:
            return
        acts = [m for m in signals.of("act") if self.kinds[m.name].group == "offence"]
        if signals.opens:
            for child in self.tree.below(clause.eid):
                if child.eid in self.signals:
                    acts += [
                        m
                        for m in self.signals[child.eid].of("act")
                        if self.kinds[m.name].group == "offence"
                    ]
        named = [k for k in self._named(clause) if self.kinds[k].group == "offence"]
        kind = "other_offence"
        shown = [m.name for m in acts]
        both = [name for name in shown if name in named]
        if both:
            kind = both[0]
        elif shown:
            kind = shown[0]
        elif named:
            kind = sorted(named)[0]
        yield Grant(clause, self.kinds[kind], trigger.start, trigger.end)

    def _serves(self, signals: Signals, offence: Match) -> bool:
        """Whether the words only say what a power in the same sentence is for."""
        for act in signals.within("act", offence.sentence):
            if self.kinds[act.name].group == "power":
                grant = self._granting(signals, act)
                if grant is not None:
                    found = _Found(act.name, grant.start, max(act.end, grant.end))
                    if self._before(signals, found, offence):
                        return True
        return False

    def _disclosure(self, clause: Clause, signals: Signals) -> Iterator[Grant]:
        """The way to report, or the protection of those who do, that a clause is about."""
        found = [m for m in signals.of("self") if self.kinds[m.name].group == "disclosure"]
        if not found:
            return
        named = self._named(clause)
        chosen = next((m for m in found if m.name in named), found[0])
        yield Grant(clause, self.kinds[chosen.name], chosen.start, chosen.end)
