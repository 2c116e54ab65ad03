"""What is known of one document before its powers are judged: who says what, who grants what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotator.highlight import quiet
from annotator.model import CrossReference, Document
from annotator.safeguards.findings import Finding, findings, links, opens_weakly
from annotator.safeguards.grants import Grant, grants
from annotator.safeguards.kinds import Kinds
from annotator.safeguards.lexicon import Lexicon
from annotator.safeguards.signals import Signals
from annotator.safeguards.tree import Tree

MOST = 300
"""No more clauses than this are asked in one place about one grant: no real text comes near it."""

_NUMBERED = re.compile(r"\d|\b[IVXLC]+\b|\b[A-Z]$")


@dataclass(frozen=True, slots=True)
class Scene:
    """One document's clauses, what they say and grant, and what they refer to; all by eId.

    `links` are the references by which a clause takes over what another says, `named` the clauses
    that it names at all. `granted_in` gives the kinds of power of a provision, `offences` those
    provisions that only define offences, `reporting` those that are about reporting.
    """

    document: Document
    tree: Tree
    lexicon: Lexicon
    kinds: Kinds
    signals: Mapping[str, Signals]
    headings: Mapping[str, frozenset[str]]
    granted: tuple[Grant, ...]
    findings: Mapping[str, tuple[Finding, ...]]
    links: Mapping[str, list[tuple[CrossReference, bool]]]
    named: Mapping[str, set[str]]
    granting: dict[str, list[Grant]] = field(default_factory=dict)
    granted_in: dict[str, set[str]] = field(default_factory=dict)
    offences: set[str] = field(default_factory=set)
    reporting: set[str] = field(default_factory=set)

    def headed(self, eid: str, name: str) -> bool:
        """Whether the heading of a clause says that: `general`, `institutional`."""
        return name in self.headings.get(eid, frozenset())

    def protects(self, provision: str) -> bool:
        """Whether a provision can be a safeguard: it neither defines nor arranges institutions."""
        heading = self.tree.by_eid[provision].heading
        return not self.headed(provision, "institutional") and not quiet.defines(heading)


def scene(
    document: Document,
    signals: Mapping[str, Signals],
    headings: Mapping[str, frozenset[str]],
    references: Iterable[CrossReference],
    lexicon: Lexicon,
    kinds: Kinds,
) -> Scene:
    """Everything that `judge` needs of a document."""
    tree = Tree(document)
    references = tuple(references)
    named: dict[str, set[str]] = {}
    for one in references:
        if one.target_document != document.id or one.target_eid is None:
            continue
        # "this chapter" is heard by the covering words, where they cover anything.
        if tree.provision(one.target_eid) is not None or _NUMBERED.search(one.quote):
            named.setdefault(one.eid, set()).add(one.target_eid)
    found = Scene(
        document=document,
        tree=tree,
        lexicon=lexicon,
        kinds=kinds,
        signals=signals,
        headings=headings,
        granted=tuple(grants(document, tree, signals, headings, kinds)),
        findings={
            eid: findings(
                heard,
                lexicon,
                opened_weakly=any(
                    opens_weakly(signals[one.eid]) for one in tree.above(eid) if one.eid in signals
                ),
            )
            for eid, heard in signals.items()
        },
        links=links(document, signals, references),
        named=named,
    )
    for grant in found.granted:
        found.granting.setdefault(grant.clause.eid, []).append(grant)
        provision = tree.provision(grant.clause.eid)
        if provision is None:
            continue
        if grant.kind.group == "power":
            found.granted_in.setdefault(provision, set()).add(grant.kind.id)
        elif grant.kind.group == "offence":
            found.offences.add(provision)
        else:
            found.reporting.add(provision)
    found.offences.difference_update(found.granted_in)
    return found
