"""Powers against their safeguards: each grant, and where its safeguards stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from annotator.errors import AnnotatorError
from annotator.highlight import check_language, quiet
from annotator.highlight.highlighter import primary
from annotator.model import (
    CrossReference,
    Document,
    Evidence,
    PowerReading,
    SafeguardReading,
    SafeguardState,
    sha256,
)
from annotator.safeguards import kinds as kinds_of
from annotator.safeguards import lexicon as lexicons
from annotator.safeguards.findings import (
    Covering,
    Finding,
    coverings,
    findings,
    links,
    opens_weakly,
)
from annotator.safeguards.grants import Grant, grants
from annotator.safeguards.kinds import Kinds
from annotator.safeguards.lexicon import Lexicon
from annotator.safeguards.signals import Listener, Signals
from annotator.safeguards.tree import Tree

# Raised when the code comes to other results from the same words, so that texts are read again.
_CODE = "1"

_DEPTH = 2
"""How many references are followed, one from another."""

_ASSISTANCE = "mutual_assistance"
"""The kind that stands for help to another State, whatever the measure."""

_SHARING, _CUSTODY = "information_sharing", "detention"

_SHOWN = 4
"""So many pieces of evidence a safeguard, the nearest first."""

_NUMBERED = re.compile(r"\d|\b[IVXLC]+\b|\b[A-Z]$")

Place = Literal["own", "article", "reference", "general"]
_BETWEEN_STATES = frozenset({"dual_criminality", "refusal_grounds"})
_NEAR: tuple[Place, ...] = ("own", "article")


class Reader:
    """Reads the powers of documents in one language against their safeguards.

    `ruleset` names the wordings, the codebook and the code: readings under the same name are the
    same. `notice` is empty, or says in one sentence why nothing will be found.
    """

    def __init__(
        self, language: str, lexicon: Lexicon | None, kinds: Kinds, *, ruleset: str
    ) -> None:
        self.language = language
        self.ruleset = ruleset
        self.notice = ""
        self._kinds = kinds
        self._lexicon = lexicon
        self._listener = Listener(lexicon) if lexicon is not None else None
        if lexicon is None:
            self.notice = (
                f"There are no wordings of powers and safeguards for {language!r} yet: "
                f"add corpus/safeguards/{language}.yaml"
            )

    def read(
        self, document: Document, references: Iterable[CrossReference]
    ) -> tuple[PowerReading, ...]:
        """The clauses that grant a power, define an offence or concern reporting, in text order.

        Each with every safeguard of its group's list. A safeguard is present where the clause, the
        words that open its list, its own points or another clause of the same article says so; a
        sibling that grants another kind of power speaks for itself, unless it refers to the clause.
        By reference it stands in a clause that one of these takes over ("subject to article 15",
        followed twice at most), or in a general clause: one that speaks of the powers of this
        chapter or text, that names the clause, or that names the measure. `references` are those
        that `annotator.intake.references.find` gives. A news item has no readings. `AnnotatorError`
        where the document is in another language.
        """
        if primary(document.language) != self.language:
            raise AnnotatorError(
                f"{document.slug!r} is in {document.language!r} and this reads {self.language!r}: "
                f"load the reader for {document.language!r}"
            )
        if self._listener is None or self._lexicon is None or document.kind != "treaty":
            return ()
        tree = Tree(document)
        signals = self._listener.clauses(document)
        headings = self._listener.headings(document)
        granted = grants(document, tree, signals, headings, self._kinds)
        judge = _Judge(
            document,
            tree,
            signals,
            headings,
            granted,
            tuple(references),
            self._lexicon,
            self._kinds,
        )
        return tuple(judge.reading(grant) for grant in granted)


def load(language: str = "en", *, folder: str | Path | None = None) -> Reader:
    """A reader for a language, such as `en` or `en-GB`; loads spaCy.

    `folder` stands in for `corpus/safeguards`. A language without wordings gives a reader that
    finds nothing and says so in `notice`. `AnnotatorError` for an unknown language, `CodebookError`
    for a mistake in the files.
    """
    code = check_language(language)
    place = Path(folder) if folder is not None else None
    return Reader(
        code,
        lexicons.read(code, place),
        kinds_of.load(place),
        ruleset=ruleset(code, folder=folder),
    )


def ruleset(language: str = "en", *, folder: str | Path | None = None) -> str:
    """The name that `load` with the same arguments would give its readings; loads no spaCy."""
    code = check_language(language)
    place = Path(folder) if folder is not None else None
    return sha256("\n".join(("safeguards", _CODE, code, lexicons.digest(code, place))))


@dataclass(frozen=True, slots=True)
class _Said:
    """A finding and where it stands, seen from a grant: own, article, reference or general."""

    place: Place
    finding: Finding


class _Judge:
    """What stands where in one document."""

    def __init__(
        self,
        document: Document,
        tree: Tree,
        signals: Mapping[str, Signals],
        headings: Mapping[str, frozenset[str]],
        granted: list[Grant],
        references: tuple[CrossReference, ...],
        lexicon: Lexicon,
        kinds: Kinds,
    ) -> None:
        self.document = document
        self.tree = tree
        self.signals = signals
        self.headings = headings
        self.kinds = kinds
        self.lists = kinds.safeguards
        self.findings = {
            eid: findings(
                heard,
                lexicon,
                opened_weakly=any(
                    opens_weakly(signals[one.eid]) for one in tree.above(eid) if one.eid in signals
                ),
            )
            for eid, heard in signals.items()
        }
        self.links = links(document, signals, references)
        self.named: dict[str, set[str]] = {}
        for one in references:
            if one.target_document != document.id or one.target_eid is None:
                continue
            # "this chapter" is heard by the covering words, where they cover anything.
            if tree.provision(one.target_eid) is not None or _NUMBERED.search(one.quote):
                self.named.setdefault(one.eid, set()).add(one.target_eid)
        self.granting: dict[str, list[Grant]] = {}
        self.granted_in: dict[str, set[str]] = {}
        self.offences: set[str] = set()
        self.reporting: set[str] = set()
        for grant in granted:
            self.granting.setdefault(grant.clause.eid, []).append(grant)
            provision = tree.provision(grant.clause.eid)
            if provision is not None and grant.kind.group == "power":
                self.granted_in.setdefault(provision, set()).add(grant.kind.id)
            if provision is not None and grant.kind.group == "offence":
                self.offences.add(provision)
            if provision is not None and grant.kind.group == "disclosure":
                self.reporting.add(provision)
        self.offences -= self.granted_in.keys()
        self.covering = self._covering(lexicon)

    def reading(self, grant: Grant) -> PowerReading:
        """The grant with every safeguard of its list."""
        said: dict[str, list[_Said]] = {}
        for one in self._said(grant):
            said.setdefault(one.finding.safeguard, []).append(one)
        return PowerReading(
            document=self.document.id,
            eid=grant.clause.eid,
            power=grant.kind.id,
            group=grant.kind.group,
            start=grant.start,
            end=grant.end,
            quote=self.document.text[grant.start : grant.end],
            safeguards=tuple(
                self._safeguard(grant, safeguard, said.get(safeguard, []))
                for safeguard in self.lists[grant.kind.group]
            ),
        )

    def _safeguard(self, grant: Grant, safeguard: str, said: list[_Said]) -> SafeguardReading:
        applies = safeguard not in grant.kind.lacks or (
            grant.abroad and not grant.kind.abroad and safeguard in _BETWEEN_STATES
        )
        if not applies and not grant.abroad:
            said = [one for one in said if one.place in _NEAR]
        state, shown, reason = _verdict(said)
        evidence = []
        for one in shown[:_SHOWN]:
            start, end = one.finding.start, one.finding.end
            quote = self.document.text[start:end]
            evidence.append(Evidence(one.finding.eid, start, end, quote))
        if evidence and state != "absent":
            first = shown[0]
            citation = self.tree.by_eid[first.finding.eid].citation
            reason = reason.format(citation=citation)
        return SafeguardReading(safeguard, state, tuple(evidence), reason, applies)

    def _said(self, grant: Grant) -> Iterator[_Said]:
        """Every finding that bears on the grant, the nearest first."""
        eid = grant.clause.eid
        seen: set[str] = set()
        own = [eid, *(c.eid for c in self.tree.below(eid)), *(c.eid for c in self.tree.above(eid))]
        yield from self._from("own", own, seen)
        provision = self.tree.provision(eid)
        siblings = []
        if provision is not None:
            for clause in self.tree.members[provision]:
                if clause.eid not in seen and self._lends(clause.eid, grant):
                    siblings.append(clause.eid)
        yield from self._from("article", siblings, seen)
        linked = self._linked([*own, *siblings], provision, grant)
        yield from self._from("reference", linked, seen)
        yield from self._from("general", self._general(grant, provision), seen)

    def _from(self, place: Place, eids: Iterable[str], seen: set[str]) -> Iterator[_Said]:
        for eid in eids:
            if eid not in seen:
                seen.add(eid)
                for finding in self.findings.get(eid, ()):
                    yield _Said(place, finding)

    def _lends(self, eid: str, grant: Grant) -> bool:
        """Whether a clause of the same article speaks of this grant too."""
        others = [
            other
            for one in (eid, *(c.eid for c in self.tree.above(eid)))
            for other in self.granting.get(one, ())
            if other.kind.group == grant.kind.group
        ]
        if not others or any(other.kind == grant.kind for other in others):
            return True
        mine = {grant.clause.eid, *(c.eid for c in self.tree.above(grant.clause.eid))}
        return bool(self.named.get(eid, set()) & mine)

    def _linked(self, eids: Iterable[str], provision: str | None, grant: Grant) -> list[str]:
        """The clauses taken over by reference, with what they hold, each once."""
        found: dict[str, None] = {}
        waiting = [(eid, 0) for eid in eids]
        while waiting:
            eid, depth = waiting.pop(0)
            for reference, strong in self.links.get(eid, ()):
                target = reference.target_eid
                assert target is not None
                place = self.tree.provision(target)
                if place is None or place == provision or target in found:
                    continue
                if place in self.granted_in and not strong:
                    continue
                if grant.kind.group == "power" and place in self.offences:
                    continue
                inside = [target, *(c.eid for c in self.tree.below(target))]
                for one in inside:
                    found[one] = None
                if depth + 1 < _DEPTH:
                    waiting += [(one, depth + 1) for one in inside]
        return list(found)

    def _covering(self, lexicon: Lexicon) -> dict[str, tuple[Covering, ...]]:
        """By clause: what its provision covers, as the nearest covering words say."""
        text = self.document.text
        each = {
            eid: coverings(self.tree, heard, lexicon, text) for eid, heard in self.signals.items()
        }
        found = {}
        for provision, members in self.tree.members.items():
            shared = tuple(dict.fromkeys(c for m in members for c in each.get(m.eid, ())))
            if any(covering.data and covering.kinds for covering in shared):
                shared = tuple(c for c in shared if c.kinds or not c.data)
            granting = provision in self.granted_in
            for member in members:
                found[member.eid] = each.get(member.eid, ()) if granting else shared
        return found

    def _general(self, grant: Grant, provision: str | None) -> list[str]:
        """The clauses elsewhere that cover the grant and say something of safeguards."""
        divisions = set(self.tree.divisions(grant.clause.eid))
        mine = {grant.clause.eid, provision, *(c.eid for c in self.tree.above(grant.clause.eid))}
        found = []
        for eid, said in self.findings.items():
            place = self.tree.provision(eid)
            if not said or place is None or place == provision:
                continue
            if self._headed(place, "institutional") or self._defines(place):
                continue
            if grant.kind.group == "disclosure" and place in self.reporting:
                # Channels, secrecy of identity and no retaliation are one set of rules.
                if self.tree.divisions(place)[:1] == self.tree.divisions(grant.clause.eid)[:1]:
                    found.append(eid)
                continue
            if self._covers(eid, place, grant, divisions, mine):
                found.append(eid)
        return found

    def _covers(
        self, eid: str, place: str, grant: Grant, divisions: set[str], mine: set[str | None]
    ) -> bool:
        general = self._headed(place, "general")
        lender = general or place not in self.granted_in
        subjects = {match.name for match in self.signals[eid].of("subject")}
        assists = self._assists(grant)
        speaks_of_it = grant.kind.id in subjects or (assists and _ASSISTANCE in subjects)
        only_abroad = bool(subjects) and all(self.kinds.kind(name).abroad for name in subjects)
        for covering in self.covering[eid]:
            if covering.division and covering.division not in divisions:
                continue
            if covering.kinds and grant.kind.id not in covering.kinds:
                if not (assists and _ASSISTANCE in covering.kinds):
                    continue
            elif only_abroad and not covering.kinds and not speaks_of_it:
                continue
            if lender or not self.granted_in[place] - {grant.kind.id}:
                return True
        if not lender:
            return False
        if self.named.get(eid, set()) & (mine | divisions):
            return True
        if any(self._effective(covering) for covering in self.covering[eid]):
            return False
        sentences = {finding.sentence for finding in self.findings[eid]}
        wanted = {grant.kind.id, _ASSISTANCE} if assists else {grant.kind.id}
        if any(
            match.sentence in sentences and match.name in wanted
            for match in self.signals[eid].of("subject")
        ):
            return True
        if not general or self.named.get(eid):
            return False
        if subjects and not speaks_of_it:
            return False
        reach = self._reach(place)
        return reach is None or reach in divisions

    def _assists(self, grant: Grant) -> bool:
        """Whether rules of mutual assistance cover it: what is done for a State that asks."""
        if grant.kind.id == _ASSISTANCE:
            return True
        if grant.kind.id == _SHARING:
            heard = self.signals.get(grant.clause.eid)
            return heard is not None and any(True for _ in heard.of("asked"))
        return grant.abroad and not grant.kind.abroad and grant.kind.id != _CUSTODY

    def _effective(self, covering: Covering) -> bool:
        """Whether a covering phrase covers any power at all; "this Part" may hold none."""
        return not covering.division or any(
            covering.division in self.tree.divisions(place) for place in self.granted_in
        )

    def _reach(self, provision: str) -> str | None:
        """The division that a general provision covers; `None` for the whole text."""
        around = self.tree.divisions(provision)
        if not around or self._headed(around[-1], "general"):
            return None
        inside = any(around[-1] in self.tree.divisions(other) for other in self.granted_in)
        return around[-1] if inside else None

    def _defines(self, provision: str) -> bool:
        return quiet.defines(self.tree.by_eid[provision].heading)

    def _headed(self, provision: str, name: str) -> bool:
        return name in self.headings.get(provision, frozenset())


def _verdict(said: list[_Said]) -> tuple[SafeguardState, list[_Said], str]:
    """The state, the evidence for it, and why in a sentence; `{citation}` stands for the clause."""
    near = [one for one in said if one.place in _NEAR]
    against = [one for one in near if one.finding.strength == "against"]
    excluded = [one for one in against if one.place == "own"]
    strong = [one for one in near if one.finding.strength == "strong"]
    weak = [one for one in near if one.finding.strength == "weak"]
    if strong and excluded:
        return "weak", strong + excluded, "{citation} has it, but the clause also excludes it."
    if strong:
        where = "the clause itself" if strong[0].place == "own" else "its article"
        return "present", strong, "In " + where + ", {citation}."
    if weak and against:
        return "weak", weak + against, "Only an option in {citation}; otherwise excluded."
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
            "own": "Left open in the clause itself",
            "article": "Left open in its article",
            "reference": "Left open where the clause refers to",
            "general": "Left open in a general clause",
        }[weak[0].place]
        return "weak", weak, where + ", {citation}: left to domestic law, optional or qualified."
    if against:
        return "absent", against, "Its article excludes it."
    return "absent", [], "Neither in the article, nor by reference, nor in a general clause."
