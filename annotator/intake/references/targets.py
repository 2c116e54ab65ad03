"""A clause tree as something to point into: paths of labels -> clauses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from annotator.intake.references import called
from annotator.intake.references.called import level
from annotator.intake.references.labels import Label
from annotator.intake.references.paths import Pointer, Step
from annotator.intake.references.words import ITEMS
from annotator.intake.structure import numerals
from annotator.model import Clause, Document, upwards

LONGEST_RANGE = 200
"""A range over more clauses than this gives only its ends."""

_OUTER = ("passage", "paragraph")
_LISTED = ("item", "indent")
_PLACED = (*_LISTED, "text")
_GLUED = re.compile(r"(\d+)([a-z])\Z")


class Tree:
    """The clauses of a document, found by level and label from where one stands."""

    def __init__(self, document: Document) -> None:
        self.clauses = document.clauses
        self.text = document.text
        self.by_eid = {clause.eid: clause for clause in document.clauses}
        self.position = {clause.eid: i for i, clause in enumerate(document.clauses)}
        self.children: dict[str | None, list[Clause]] = {}
        self._place: dict[str, int] = {}
        self._items: dict[tuple[str | None, str], Clause] = {}
        self._named: dict[tuple[str | None, str, str], list[int]] = {}
        self._levels: dict[tuple[str | None, str], list[int]] = {}
        self._labelled: dict[str, list[int]] = {}
        self._annex: dict[str, str | None] = {}
        self._ranges: dict[tuple[str, str, str, str], tuple[Clause, ...]] = {}
        for i, clause in enumerate(document.clauses):
            self._enter(i, clause)

    def _enter(self, i: int, clause: Clause) -> None:
        siblings = self.children.setdefault(clause.parent, [])
        self._place[clause.eid] = len(siblings)
        siblings.append(clause)
        kind = level(clause)
        above = self._annex.get(clause.parent) if clause.parent else None
        self._annex[clause.eid] = clause.eid if kind == "annex" else above
        for label in called.labels(clause):
            if kind == "item":
                self._items.setdefault((clause.parent, label), clause)
                self._labelled.setdefault(label, []).append(i)
            elif kind:
                self._named.setdefault((above, kind, label), []).append(i)
        self._levels.setdefault((above, kind), []).append(i)

    def resolve(self, pointer: Pointer, at: Clause | None) -> tuple[Clause, ...]:
        """The clauses a pointer names, seen from the clause it stands in; empty where none is."""
        first, *rest = pointer.steps
        found = self._outermost(first, at)
        if rest and (merged := self._decimal(first, rest[0])):
            # "Article 5.1" of a text in which an article has that number
            found, rest = [merged], rest[1:]
        for step in rest:
            inner = [deep for clause in found for deep in self._within(clause, step, at)]
            if not inner and at and step is rest[0] and first.relative == "this" and step.label:
                # "subparagraph (a) of this article" said in a paragraph that has an (a)
                inner = _one(self._item_from(step, at))
            found = inner
        inner_first = first.level in ITEMS and first.label
        if not found and rest and inner_first and at and self._holder(at) is None:
            # "clause 2.1(b)", said below a clause 2.2 of a text without articles
            return self.resolve(pointer, None)
        if pointer.through and found:
            return self._through(found[0], pointer.steps[-1], pointer.through)
        return tuple(found)

    def bound(self, pointer: Pointer, back: Clause, at: Clause) -> tuple[Clause, ...]:
        """The clauses named within one that was named before: "that article", "... thereof"."""
        found = [back]
        for step in pointer.steps:
            if step.relative != "that":
                found = [deep for clause in found for deep in self._within(clause, step, at)]
        if pointer.through and found and pointer.steps[-1].label:
            return self._through(found[0], pointer.steps[-1], pointer.through)
        return tuple(found)

    def lifted(self, clause: Clause, wanted: str) -> Clause | None:
        """The clause itself or the nearest one around it that is of the level."""
        around = list(upwards(clause, self.by_eid))
        if wanted == "indent":
            return next((one for one in around if one.indent), None)
        if wanted in ITEMS:
            outer = wanted in _OUTER
            kinds = ("paragraph",) if outer else ("subpoint", "point")
            for one in around:
                if one.kind in kinds:
                    return one
            if not outer:
                return None
            for one in around:
                over = self.by_eid[one.parent] if one.parent else None
                if level(one) in _PLACED and (over is None or level(over) not in _LISTED):
                    return one
            return around[0] if level(around[0]) in ("article", "section") else None
        if wanted == "sign":
            wanted = "section"
        return next((one for one in around if level(one) == wanted), None)

    def _decimal(self, first: Step, second: Step) -> Clause | None:
        if not (first.label and second.label and second.level == "point"):
            return None
        if not (second.label.form == first.label.form == "digits"):
            return None
        label = f"{first.label.text}.{second.label.text}"
        places = self._named.get((None, first.level, label))
        return self.clauses[places[0]] if places else None

    def _outermost(self, step: Step, at: Clause | None) -> list[Clause]:
        if step.relative == "only":
            every = self._levels.get((None, step.level), [])
            return [self.clauses[every[0]]] if len(every) == 1 else []
        if step.relative:
            return self._relative(step, at) if at else []
        if step.ordinal:
            holder = at and self._around(at, step)
            return self._ordinal(holder, step) if holder else []
        if step.label is None:
            return []
        if step.level == "sign":
            for name in ("section", "article", "paragraph"):
                if found := self._outermost(Step(name, step.label), at):
                    return found
            return []
        if step.level == "indent":
            around = at and self._around(at, step)
            return self._within(around, step, at) if around else []
        if step.level in ITEMS:
            return _one(self._item_from(step, at))
        named = self._division_from(step.level, step.label.text, at)
        if named is None and step.label.form == "upper":
            # "article VI" of a text that counts its articles 1, 2, 3
            named = self._division_from(step.level, str(numerals.roman(step.label.text)), at)
        return _one(named)

    def _within(self, clause: Clause, step: Step, at: Clause | None) -> list[Clause]:
        if step.relative:
            return self._relative(step, at) if at else []
        if step.ordinal:
            return self._ordinal(clause, step)
        if step.label is None:
            return []
        if step.level == "indent":
            # "indent 2", as some number them
            place = int(step.label.text) if step.label.text.isdecimal() else 0
            return self._ordinal(clause, Step("indent", ordinal=place)) if place else []
        if step.level not in ITEMS:
            annex = self._annex[clause.eid]
            places = self._named.get((annex, step.level, step.label.text), [])
            found = self._first_inside(places, clause)
            if found or step.level != "section":
                return _one(found)
        if level(clause) == "text" and (listed := self._behind(clause, step)):
            return [listed]
        first = step.level in _OUTER or level(clause) == "article"
        return _one(self._item_in(clause, step.label, first=first))

    # Articles and divisions

    def _division_from(self, kind: str, label: str, at: Clause | None) -> Clause | None:
        """The one of that name which is nearest, in the tree, to where one stands."""
        scopes: list[str | None] = [None]
        if at is not None and self._annex[at.eid]:
            scopes.insert(0, self._annex[at.eid])
        for scope in scopes:
            places = self._named.get((scope, kind, label))
            if not places:
                continue
            if len(places) == 1 or at is None:
                return self.clauses[places[0]]
            for around in upwards(at, self.by_eid):
                if found := self._first_inside(places, around, itself=True):
                    return found
            return self.clauses[places[0]]
        return None

    def _first_inside(
        self, places: Sequence[int], around: Clause, *, itself: bool = False
    ) -> Clause | None:
        start = self.position[around.eid] + (0 if itself else 1)
        i = bisect_left(places, start)
        if i < len(places) and self.clauses[places[i]].start < max(around.end, around.start + 1):
            return self.clauses[places[i]]
        return None

    # Paragraphs and points

    def _holder(self, at: Clause) -> Clause | None:
        """The article, or what stands for one, around a clause."""
        for one in upwards(at, self.by_eid):
            if level(one) not in _PLACED:
                return one
        return None

    def _around(self, at: Clause, step: Step) -> Clause | None:
        """What "the first paragraph" is the first of: an article, or what has indents around it.

        A subparagraph is one of the paragraph it is named in.
        """
        above = upwards(at, self.by_eid)
        if step.level == "indent":
            return next((one for one in above if self._indents(one)), None)
        if step.level == "subparagraph":
            numbered = next((one for one in above if one.kind == "paragraph"), None)
            below = self.children.get(numbered.eid, []) if numbered else []
            if any(level(one) == "text" for one in below):
                return numbered
        return self._holder(at)

    def _indents(self, clause: Clause) -> list[Clause]:
        """The dashes directly below a clause; else those of the only list further down in it."""
        below = [one for one in self.children.get(clause.eid, []) if one.indent]
        if below:
            return below
        behind = range(self.position[clause.eid] + 1, len(self.clauses))
        inside = takewhile(lambda i: self.clauses[i].start < clause.end, behind)
        deep = [one for i in inside if (one := self.clauses[i]).indent]
        outer = [one for one in deep if not (one.parent and self.by_eid[one.parent].indent)]
        return outer if len({one.parent for one in outer}) == 1 else []

    def _item_from(self, step: Step, at: Clause | None) -> Clause | None:
        assert step.label is not None
        label = step.label.text
        if at is None:
            return self._items.get((None, label))
        holder = self._holder(at)
        if step.level in _OUTER and step.label.form.endswith("digits"):
            found = self._items.get((holder.eid if holder else None, label))
            if found:
                return found
        for around in upwards(at, self.by_eid):
            if found := self._items.get((around.eid, label)):
                return found
            if around is holder:
                break
        if holder is None:
            return self._items.get((None, label))
        return self._item_in(holder, step.label, first=step.level in _OUTER)

    def _item_in(self, clause: Clause, label: Label, *, first: bool) -> Clause | None:
        """The item so labelled that the clause holds; of unnumbered paragraphs the one counted."""
        listed = self._items.get((clause.eid, label.text))
        counted = first and label.form in ("digits", "word") and label.text.isdecimal()
        if listed and not (counted and listed.kind == "point"):
            return listed
        if first and label.form.endswith(("digits", "word")) and label.text.isdecimal():
            below = self.children.get(clause.eid, [])
            if not any(one.kind == "paragraph" for one in below):
                # Unnumbered paragraphs; the article's own words before its points are the first.
                texts = [clause] if clause.reviewable else []
                texts += [one for one in below if level(one) == "text"]
                number = int(label.text)
                if 0 < number <= len(texts):
                    return texts[number - 1]
        if listed:
            return listed
        places = self._labelled.get(label.text, [])
        i = bisect_left(places, self.position[clause.eid] + 1)
        inside = [place for place in places[i : i + 2] if self.clauses[place].start < clause.end]
        if len(inside) == 1:
            return self.clauses[inside[0]]
        glued = _GLUED.match(label.text)
        if glued and (outer := self._items.get((clause.eid, glued.group(1)))):
            return self._items.get((outer.eid, glued.group(2)))
        return None

    def _counted(self, clause: Clause, place: int) -> list[Clause]:
        """A paragraph of an article by its place, its items in brackets not counted.

        The first is the article itself where it has words before its items; paragraphs that bear
        plain numbers are found by these.
        """
        below = self.children.get(clause.eid, [])
        items = [one for one in below if level(one) == "item" and self.text[one.start] not in "(（"]
        if items:
            return _one(self._items.get((clause.eid, str(place)))) if place > 0 else items[-1:]
        blocks = [clause] if clause.reviewable else []
        blocks += [one for one in below if level(one) == "text"]
        return blocks[place - 1 : place] if place > 0 else blocks[-1:]

    def _behind(self, clause: Clause, step: Step) -> Clause | None:
        """The item of a list that an unnumbered paragraph leads in to."""
        row = self.children.get(clause.parent, [])[self._place[clause.eid] + 1 :]
        listed = takewhile(lambda one: level(one) == "item", row)
        return next(
            (one for one in listed if step.label and step.label.text in called.labels(one)), None
        )

    def _ordinal(self, clause: Clause, step: Step) -> list[Clause]:
        """Such as the first paragraph of an article, numbered or not."""
        if step.counted:
            return self._counted(clause, step.ordinal)
        row = self.children.get(clause.eid, [])
        below = [one for one in row if level(one) in ("item", "text")]
        if step.level == "indent":
            below = self._indents(clause)
        elif step.level not in ITEMS:
            below = [one for one in row if level(one) == step.level]
        elif step.level != "point" and clause.reviewable:
            # Words, the list that they announce, and the words behind it are two paragraphs.
            texts = [one for one in row if level(one) == "text"]
            lettered = step.level == "subparagraph" and not texts and below
            if not lettered and not any(one.kind == "paragraph" for one in row):
                below = [clause, *texts]
        if not below and step.ordinal in (1, -1) and clause.reviewable:
            return [clause]
        place = step.ordinal - 1 if step.ordinal > 0 else len(below) + step.ordinal
        return below[place : place + 1] if place >= 0 else []

    # "this article", "the two preceding paragraphs"

    def _relative(self, step: Step, at: Clause) -> list[Clause]:
        own = self.lifted(at, step.level)
        if own is None or step.relative == "this":
            return _one(own)
        row: Sequence[Clause]
        if step.level in ITEMS:
            row, place = self.children[own.parent], self._place[own.eid]
            if level(own) not in _PLACED:
                return []
        else:
            places = self._levels[(self._scope(own), level(own))]
            place = bisect_left(places, self.position[own.eid])
            row = [self.clauses[i] for i in places[max(0, place - 8) : place + 2]]
            place = min(place, 8)
        if step.relative == "next":
            return list(row[place + 1 : place + 2])
        count = step.count or LONGEST_RANGE
        return [
            one for one in row[max(0, place - count) : place]
            if level(one) not in ("preamble", "")
        ]  # fmt: skip

    def _scope(self, clause: Clause) -> str | None:
        annex = self._annex[clause.eid]
        if annex != clause.eid:
            return annex
        return self._annex[clause.parent] if clause.parent else None

    # Ranges

    def _through(self, first: Clause, step: Step, last: Label) -> tuple[Clause, ...]:
        """As `_ranging`; the same range is often named again."""
        key = (first.eid, step.label.text if step.label else "", last.text, last.form)
        if key not in self._ranges:
            self._ranges[key] = tuple(self._ranging(first, step, last))
        return self._ranges[key]

    def _ranging(self, first: Clause, step: Step, last: Label) -> Iterator[Clause]:
        """The clauses from the first to the one with the last label, of the same list."""
        if level(first) in _PLACED:
            row = self.children[first.parent]
            place = self._place[first.eid]
            likes: Iterable[Clause] = (
                one for one in row[place : place + 10 * LONGEST_RANGE] if level(one) == level(first)
            )
        else:
            places = self._levels[(self._scope(first), level(first))]
            place = bisect_left(places, self.position[first.eid])
            likes = (self.clauses[i] for i in places[place : place + 10 * LONGEST_RANGE])
        low, high = called.value(step.label), called.value(last)
        found: list[Clause] = []
        for count, one in enumerate(likes):
            labels = called.labels(one)
            if level(one) == "text":
                labels = [str((low or 1) + count)]
            if last.text in labels:
                found.append(one)
                break
            value = next((v for v in map(called.digits, labels) if v), 0) if high else 0
            if high and value and value > high:
                break
            found.append(one)
        else:
            if not high:
                found = found[:1]
        if len(found) > LONGEST_RANGE:
            found = [found[0], found[-1]]
        yield from found


def _one(clause: Clause | None) -> list[Clause]:
    return [clause] if clause else []
