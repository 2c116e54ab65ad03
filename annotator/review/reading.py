"""A document in the portions in which it is read: an article at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from annotator.errors import NotFoundError
from annotator.model import DIVISIONS, Clause, Document, upwards


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the review page at once: an article, the preamble, a whole news item.

    `clauses` are the reviewable ones in text order, each with its depth below the sheet's own
    clause; `within` names the chapter and section the sheet stands in, outermost first.
    """

    eid: str
    number: str
    heading: str
    kind: str
    within: tuple[Clause, ...]
    clauses: tuple[tuple[Clause, int], ...]

    @property
    def eids(self) -> tuple[str, ...]:
        """The eIds of the reviewable clauses."""
        return tuple(clause.eid for clause, _ in self.clauses)


@lru_cache(maxsize=16)
def sheets(document: Document) -> tuple[Sheet, ...]:
    """The document's sheets in text order; together they hold every reviewable clause once."""
    by_eid = {clause.eid: clause for clause in document.clauses}
    if document.kind == "news":
        whole = [(clause, 0) for clause in document.reviewable()]
        return (Sheet("news", "", document.title, "news", (), tuple(whole)),) if whole else ()

    groups: dict[str, list[tuple[Clause, int]]] = {}
    for clause in document.reviewable():
        line = _line_of(clause, by_eid)
        # Words that stand directly under a chapter or at the very end make a sheet of their own.
        head = next((c for c in line if c.kind not in DIVISIONS), clause)
        section = _section(head, by_eid)
        # A section that begins again behind an article of its own would come out of order.
        if section and (section.eid not in groups or next(reversed(groups)) == section.eid):
            head = section
        groups.setdefault(head.eid, []).append((clause, len(line) - 1 - line.index(head)))
    found = []
    for eid, members in groups.items():
        head = by_eid[eid]
        within = tuple(c for c in _line_of(head, by_eid)[:-1] if c.kind in DIVISIONS)
        found.append(Sheet(eid, head.number, head.heading, head.kind, within, tuple(members)))
    return tuple(found)


def _section(head: Clause, by_eid: dict[str, Clause]) -> Clause | None:
    """The section of an act that is read as articles are: whose paragraphs stand under it alone."""
    above = by_eid.get(head.parent or "")
    whole = head.kind in ("article", "annex", "preamble")
    return above if above and above.kind == "section" and not whole else None


def sheet_of(document: Document, eid: str) -> Sheet:
    """The sheet that shows the clause; `NotFoundError` where no sheet does."""
    if found := _by_eid(document).get(eid):
        return found
    raise NotFoundError(f"{document.slug!r} has no clause {eid!r} to review")


@lru_cache(maxsize=16)
def _by_eid(document: Document) -> dict[str, Sheet]:
    """The sheets by their own eIds and those of their clauses; of two the first."""
    found: dict[str, Sheet] = {}
    for sheet in sheets(document):
        for eid in (sheet.eid, *sheet.eids):
            found.setdefault(eid, sheet)
    return found


def neighbours(document: Document, sheet: Sheet) -> tuple[Sheet | None, Sheet | None]:
    """The sheets before and after, None at either end."""
    every = sheets(document)
    at = [one.eid for one in every].index(sheet.eid)
    return (every[at - 1] if at else None, every[at + 1] if at + 1 < len(every) else None)


def _line_of(clause: Clause, by_eid: dict[str, Clause]) -> list[Clause]:
    """The clause's ancestors from the outermost down, and the clause itself."""
    return list(upwards(clause, by_eid))[::-1]
