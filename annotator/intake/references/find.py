"""A document -> its cross-references, each with the clause it names where there is one."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from annotator.intake.references import chinese, instruments, thai
from annotator.intake.references.lexicon import lexicon
from annotator.intake.references.paths import Phrase
from annotator.intake.references.phrases import bare, phrases
from annotator.intake.references.targets import Tree
from annotator.intake.references.words import ITEMS
from annotator.intake.structure import marks
from annotator.model import Clause, CrossReference, Document, stable_id

# Beyond so many in one text a range gives only its ends: no treaty comes near it.
_MOST = 50_000
_QUOTES = ("“", "«", "„", '"', "‘", "”")
FINDER = "3"
"""The edition of the rules; texts searched by another are searched again."""


def find(document: Document) -> tuple[CrossReference, ...]:
    """The references in the clauses' own words, in text order; one for each clause named.

    Each item of a list has its own words ("articles 7", "8 and" 9), all of a range the same. Both
    targets are `None` where another instrument is meant, `target_eid` alone where the text has no
    such clause. A news item has none: what it cites is another text. The work is linear in the
    text; of a range over more than 200 clauses, or behind 50,000 references, only the ends are
    given.
    """
    if document.kind != "treaty":
        return ()
    finder = _Finder(document)
    return tuple(found for clause in document.reviewable() for found in finder.of(clause))


@dataclass(slots=True)
class _Named:
    """What a clause named last: clauses of this text, or another instrument."""

    clause: Clause | None = None
    other: bool = False
    pinned: bool = False
    end: int = 0


class _Finder:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.tree = Tree(document)
        self.lexicon = lexicon(document.language)
        self.found = 0
        self.own = instruments.own_names(document, document.language)

    def of(self, clause: Clause) -> Iterator[CrossReference]:
        """The references in one clause's own words."""
        seen: set[tuple[int, int, str | None]] = set()
        for one in self._of(clause):
            if (one.start, one.end, one.target_eid) not in seen:
                if self._is_quoted_heading(clause, one.start):
                    continue
                seen.add((one.start, one.end, one.target_eid))
                yield one

    def _is_quoted_heading(self, clause: Clause, start: int) -> bool:
        """Whether the words are the heading of an article that another instrument is to have."""
        text = self.document.text
        if not text.startswith(_QUOTES, clause.body) or text[clause.body + 1 : start].strip():
            return False
        line = text[start : clause.own_end].partition("\n")[0]
        return marks.heading(line.rstrip('”"»“ ')) is not None

    def _of(self, clause: Clause) -> Iterator[CrossReference]:
        text = self.document.text
        if self.document.language == "zh":
            for phrase, own in chinese.phrases(text, clause.body, clause.own_end):
                yield from self._references(clause, phrase) if own else self._other(clause, phrase)
            return
        if self.document.language == "th":
            title = self.document.title
            for phrase, own in thai.phrases(text, clause.body, clause.own_end, title=title):
                yield from self._references(clause, phrase) if own else self._other(clause, phrase)
            return
        named = _Named()
        floor = clause.body
        found = [*phrases(text, clause.body, clause.own_end, self.lexicon)]
        found += bare(text, clause.body, clause.own_end, self.lexicon)
        for phrase in sorted(found, key=lambda one: one.start):
            verdict = self._verdict(clause, phrase, floor)
            floor = phrase.end
            if verdict is not None and not verdict.own:
                named.other = True
                end = max(phrase.end, verdict.end)
                yield from self._other(clause, replace(phrase, end=end))
                floor = end
                continue
            yield from self._own(clause, phrase, named, main=verdict is not None)

    def _verdict(self, clause: Clause, phrase: Phrase, floor: int) -> instruments.Verdict | None:
        """Whose the phrase is, as far as the words around it say."""
        text, first = self.document.text, phrase.pointers[0].steps[0]
        outer = first.level not in ITEMS
        verdict = None
        if first.relative in ("", "that", "only"):
            verdict = instruments.follows(
                text,
                phrase.end,
                clause.own_end,
                self.own,
                self.document.language,
                outer=outer,
                attaches=first.level in ("annex", "preamble"),
            )
        if verdict is None and outer and not first.relative:
            other = instruments.precedes(
                text, phrase.start, floor, self.own, self.document.language
            )
            return instruments.Verdict(own=False, end=phrase.end) if other else None
        if verdict and verdict.anaphor:
            # "that Convention" is this one only where nothing else has been named.
            return instruments.Verdict(own=False, end=verdict.end)
        return verdict

    def _other(self, clause: Clause, phrase: Phrase) -> Iterator[CrossReference]:
        yield self._reference(clause, phrase.start, phrase.end, None, own=False)

    def _own(
        self, clause: Clause, phrase: Phrase, named: _Named, *, main: bool
    ) -> Iterator[CrossReference]:
        """Those of this text; `main` where it is named ("of this Convention"), not an annex."""
        pointers = phrase.pointers
        first = pointers[0].steps[0]
        if first.relative == "that" or pointers[0].thereof:
            if named.other:
                yield from self._other(clause, phrase)
                return
            wanted = "article" if pointers[0].thereof else first.level
            back = named.clause and self.tree.lifted(named.clause, wanted)
            if back is None:
                return
            yield from self._references(clause, phrase, back=back)
            return
        around = self._shared(phrase, named)
        targets = yield from self._references(clause, phrase, back=around, main=main)
        named.other = False
        named.end = phrase.end
        named.pinned = len(pointers[-1].steps) > 1 and first.level not in ITEMS
        if targets:
            named.clause = targets[-1]

    def _shared(self, phrase: Phrase, named: _Named) -> Clause | None:
        """The article of "article 40, paragraph 21, and paragraph 22", for the latter.

        Only where it has such a paragraph; else the clause's own article is meant.
        """
        pointer = phrase.pointers[0]
        first = pointer.steps[0]
        if first.level not in ITEMS or not first.label or not named.pinned or phrase.anchored:
            return None
        between = self.document.text[named.end : phrase.start]
        joined = between.strip() != "," and self.lexicon.also.fullmatch(between)
        if not named.clause or not joined:
            return None
        around = self.tree.lifted(named.clause, "article")
        return around if around and self.tree.bound(pointer, around, around) else None

    def _references(
        self,
        clause: Clause,
        phrase: Phrase,
        *,
        back: Clause | None = None,
        main: bool = False,
    ) -> Generator[CrossReference, None, list[Clause]]:
        last: list[Clause] = []
        first = phrase.pointers[0].steps[0]
        away = main and first.level not in ITEMS and not first.relative
        for pointer in phrase.pointers:
            if back is None:
                targets = self.tree.resolve(pointer, None if away else clause)
            else:
                targets = self.tree.bound(pointer, back, clause)
            if len(targets) > 2 and self.found > _MOST:
                targets = (targets[0], targets[-1])
            self.found += len(targets)
            for target in targets:
                yield self._reference(clause, pointer.start, pointer.end, target, own=True)
            if targets:
                last = [targets[-1]]
            elif pointer.steps[-1].label:
                yield self._reference(clause, pointer.start, pointer.end, None, own=True)
        return last

    def _reference(
        self, clause: Clause, start: int, end: int, target: Clause | None, *, own: bool
    ) -> CrossReference:
        document = self.document
        eid = target.eid if target else None
        return CrossReference(
            document=document.id,
            eid=clause.eid,
            start=start,
            end=end,
            quote=document.text[start:end],
            target_document=document.id if own else None,
            target_eid=eid,
            id=stable_id("cross_reference", document.id, start, end, eid or ""),
        )
