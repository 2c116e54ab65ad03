"""A document's clauses as a lawyer takes them: provisions, what is around each, divisions."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model import DIVISIONS, Clause, Document, upwards


class Tree:
    """Who contains whom. A provision is an article, or what stands for one: "Section 5" or "5." of
    an act, an unnumbered block. Every lookup is by eId and costs no search.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.by_eid = {clause.eid: clause for clause in document.clauses}
        self.children: dict[str | None, list[Clause]] = {}
        for clause in document.clauses:
            self.children.setdefault(clause.parent, []).append(clause)
        self._provision: dict[str, str] = {}
        self._divisions: dict[str, tuple[str, ...]] = {}
        self.members: dict[str, list[Clause]] = {}
        for clause in document.clauses:
            provision = self._find(clause)
            if provision is not None:
                self._provision[clause.eid] = provision.eid
                self.members.setdefault(provision.eid, []).append(clause)

    def provision(self, eid: str) -> str | None:
        """The eId of the provision that holds the clause; `None` for a chapter and the like."""
        return self._provision.get(eid)

    def below(self, eid: str) -> Iterator[Clause]:
        """The clauses inside a clause, in text order."""
        waiting = list(reversed(self.children.get(eid, ())))
        while waiting:
            clause = waiting.pop()
            yield clause
            waiting.extend(reversed(self.children.get(clause.eid, ())))

    def above(self, eid: str) -> Iterator[Clause]:
        """The clauses that contain a clause within its provision, the nearest first."""
        provision = self._provision.get(eid)
        for clause in upwards(self.by_eid[eid], self.by_eid):
            if clause.eid != eid:
                yield clause
            if clause.eid == provision:
                return

    def divisions(self, eid: str) -> tuple[str, ...]:
        """The eIds of the divisions around a clause, the innermost first."""
        if eid not in self._divisions:
            self._divisions[eid] = tuple(
                clause.eid
                for clause in upwards(self.by_eid[eid], self.by_eid)
                if clause.kind in DIVISIONS and clause.eid != self._provision.get(eid)
            )
        return self._divisions[eid]

    def _find(self, clause: Clause) -> Clause | None:
        chain = list(upwards(clause, self.by_eid))
        for one in chain:
            if one.kind == "article":
                return one
        for one in chain:
            if one.kind == "section" and self._bottom(one):
                return one
        inner = [one for one in chain if one.kind not in DIVISIONS]
        return inner[-1] if inner else None

    def _bottom(self, clause: Clause) -> bool:
        """Whether a section holds its words itself, as an act's does, and no articles."""
        kinds = {child.kind for child in self.children.get(clause.eid, ())}
        if kinds & ({"article"} | DIVISIONS):
            return False
        return bool(clause.number) and (clause.reviewable or bool(kinds))
