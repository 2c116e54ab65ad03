"""One treaty in two languages, clause by clause, by the numbers and the places of its clauses.

Words cannot be compared, so the tree is: articles by number, and below them by place, since points
are (a), (b), (c) in one language and أ, ب, ج in another. Where one language has more of a kind than
the other, clauses of the same number are paired, the rest by their lengths (Gale and Church 1993),
which is less sure, and the gap is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from annotator.model import Clause, Document, upwards
from annotator.versions.alignment import Alignment, How, Pair

SURE = 0.9
"""From this score on a pair rests on number or place, below it on lengths alone."""

_BY_NUMBER = 0.95
_BY_LENGTH = 0.5
_MOST = 400
_SKIP = 0.8
_HOLDERS = frozenset({"article", "preamble", "annex"})


def align_languages(old: Document, new: Document) -> Alignment:
    """Pair the clauses of two language versions of one treaty."""
    return _Trees(old, new).result()


class _Trees:
    def __init__(self, old: Document, new: Document) -> None:
        self.documents = old, new
        self.by_eid = tuple({clause.eid: clause for clause in one.clauses} for one in (old, new))
        self.children = tuple(_children(one) for one in (old, new))
        self.found: dict[str, tuple[str, float]] = {}
        self.gaps: list[str] = []

    def result(self) -> Alignment:
        roots = [self._units(0), self._units(1)]
        self._level(roots[0], roots[1], "")
        self._divisions()
        return Alignment(
            pairs=tuple(self._pairs(reviewable=True)),
            frames=tuple(self._pairs(reviewable=False)),
            gaps=tuple(self.gaps),
        )

    def _units(self, side: int) -> list[Clause]:
        """Articles, preamble and annexes, and whatever stands outside them."""
        found = []
        for clause in self.documents[side].clauses:
            around = list(upwards(clause, self.by_eid[side]))[1:]
            if any(one.kind in _HOLDERS and one.kind != "annex" for one in around):
                continue
            if clause.kind in _HOLDERS or (clause.reviewable and not clause.parent):
                found.append(clause)
        return found

    def _level(self, olds: Sequence[Clause], news: Sequence[Clause], where: str) -> None:
        """Pair clauses of one level, then what they hold."""
        pairs = self._choose(olds, news)
        for old, new, score in pairs:
            self.found[old.eid] = new.eid, score
            self._below(old, new, score)
        self._tell(olds, news, pairs, where)

    def _below(self, old: Clause, new: Clause, score: float) -> None:
        below = self.children[0].get(old.eid, []), self.children[1].get(new.eid, [])
        if old.kind == "annex":
            below = _no_articles(below[0]), _no_articles(below[1])
        if old.reviewable == new.reviewable or not any(below):
            pass
        elif old.reviewable and below[1]:
            # Words of its own in one language, in the other a paragraph or several.
            most = max(below[1], key=lambda one: one.end - one.start)
            score = score if len(below[1]) == 1 else _BY_LENGTH
            self.found[old.eid] = most.eid, score
            below = below[0], self.children[1].get(most.eid, [])
        elif new.reviewable and below[0]:
            most = max(below[0], key=lambda one: one.end - one.start)
            score = score if len(below[0]) == 1 else _BY_LENGTH
            self.found[most.eid] = new.eid, score
            below = self.children[0].get(most.eid, []), below[1]
        where = old.citation
        sure = len(self.found)
        self._level(below[0], below[1], where)
        if score < SURE:
            for eid in list(self.found)[sure:]:
                other, own = self.found[eid]
                self.found[eid] = other, min(own, score)

    def _choose(
        self, olds: Sequence[Clause], news: Sequence[Clause]
    ) -> list[tuple[Clause, Clause, float]]:
        if not olds or not news:
            return []
        if [one.eid for one in olds] == [one.eid for one in news]:
            return [(a, b, 1.0) for a, b in zip(olds, news, strict=True)]
        articles = any(one.kind in _HOLDERS for one in (*olds, *news))
        if not articles and [one.kind for one in olds] == [one.kind for one in news]:
            return [(a, b, 1.0) for a, b in zip(olds, news, strict=True)]
        return self._by_number(olds, news)

    def _by_number(
        self, olds: Sequence[Clause], news: Sequence[Clause]
    ) -> list[tuple[Clause, Clause, float]]:
        """Those with a number that is the same; what stands between them by length."""
        at = {_label(one): place for place, one in enumerate(news) if _label(one)}
        counted = Counter(map(_label, (*olds, *news)))
        pairs: list[tuple[Clause, Clause, float]] = []
        start_old = start_new = 0
        for place, one in enumerate(olds):
            label = _label(one)
            if label is None or counted[label] != 2 or at.get(label, -1) < start_new:
                continue
            pairs += self._by_length(olds[start_old:place], news[start_new : at[label]])
            pairs.append((one, news[at[label]], _BY_NUMBER))
            start_old, start_new = place + 1, at[label] + 1
        pairs += self._by_length(olds[start_old:], news[start_new:])
        return pairs

    def _by_length(
        self, olds: Sequence[Clause], news: Sequence[Clause]
    ) -> list[tuple[Clause, Clause, float]]:
        """Those of one kind whose lengths fit best in their order; articles never so."""
        olds = [one for one in olds if one.kind not in _HOLDERS][:_MOST]
        news = [one for one in news if one.kind not in _HOLDERS][:_MOST]
        if not olds or not news:
            return []
        if [one.kind for one in olds] == [one.kind for one in news]:
            # As many between two that are sure: no gap here.
            return [(a, b, SURE) for a, b in zip(olds, news, strict=True)]
        sizes = [[one.end - one.start for one in side] for side in (olds, news)]
        ratio = max(1, sum(sizes[1])) / max(1, sum(sizes[0]))
        cost = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
        for i in range(len(olds) + 1):
            for j in range(len(news) + 1):
                if not i or not j:
                    cost[i][j] = _SKIP * (i + j)
                    continue
                fit = _unlike(sizes[0][i - 1] * ratio, sizes[1][j - 1])
                if olds[i - 1].kind != news[j - 1].kind:
                    fit = 2 * _SKIP
                cost[i][j] = min(
                    cost[i - 1][j - 1] + fit, cost[i - 1][j] + _SKIP, cost[i][j - 1] + _SKIP
                )
        pairs = []
        i, j = len(olds), len(news)
        while i and j:
            if cost[i][j] == cost[i - 1][j] + _SKIP:
                i -= 1
            elif cost[i][j] == cost[i][j - 1] + _SKIP:
                j -= 1
            else:
                i, j = i - 1, j - 1
                if olds[i].kind == news[j].kind:
                    pairs.append((olds[i], news[j], _BY_LENGTH))
        return pairs[::-1]

    def _tell(
        self,
        olds: Sequence[Clause],
        news: Sequence[Clause],
        pairs: Sequence[tuple[Clause, Clause, float]],
        where: str,
    ) -> None:
        paired = {a.eid for a, _, _ in pairs} | set(self.found)
        others = {b.eid for _, b, _ in pairs} | {eid for eid, _ in self.found.values()}
        for side, clauses, known in ((0, olds, paired), (1, news, others)):
            alone = [one.citation for one in clauses if one.eid not in known]
            if alone:
                here, there = (self.documents[side].language, self.documents[1 - side].language)
                cited = ", ".join(alone[:6]) + (" …" if len(alone) > 6 else "")
                self.gaps.append(f"only in {here!r}, not in {there!r}: {cited}")
        doubtful = sum(score < SURE for _, _, score in pairs)
        if doubtful and where:
            self.gaps.append(f"{where} is not divided alike: {doubtful} pairs by length alone")
        elif doubtful:
            self.gaps.append(f"{doubtful} pairs rest on length alone")

    def _divisions(self) -> None:
        """Chapters and sections: by what they hold."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for old, (new, _) in self.found.items():
            here = self.by_eid[0][old].parent
            there = self.by_eid[1][new].parent
            while here is not None and there is not None:
                votes[here][there] += 1
                here, there = self.by_eid[0][here].parent, self.by_eid[1][there].parent
        taken = {new for new, _ in self.found.values()}
        for here, counted in votes.items():
            if here not in self.found:
                fit = [
                    (-count, eid)
                    for eid, count in counted.items()
                    if eid not in taken and self.by_eid[1][eid].kind == self.by_eid[0][here].kind
                ]
                if fit:
                    self.found[here] = min(fit)[1], 1.0
                    taken.add(min(fit)[1])

    def _pairs(self, *, reviewable: bool) -> list[Pair]:
        order = {clause.eid: place for place, clause in enumerate(self.documents[1].clauses)}
        pairs = []
        paired: set[str] = set()
        gone: dict[int, list[Pair]] = defaultdict(list)
        last = -1
        for clause in self.documents[0].clauses:
            new, score = self.found.get(clause.eid, (None, 0.0))
            if new is not None:
                last = order[new]
            if new is not None and self.by_eid[1][new].reviewable != clause.reviewable:
                new = None
            if clause.reviewable != reviewable:
                continue
            if new is None:
                gone[last].append(Pair(clause.eid, None, "gone", 0.0))
            elif new not in paired:
                paired.add(new)
                how: How = "same" if new == clause.eid else "renumbered"
                pairs.append((order[new], Pair(clause.eid, new, how, score)))
        pairs += [
            (order[clause.eid], Pair(None, clause.eid, "new", 0.0))
            for clause in self.documents[1].clauses
            if clause.reviewable == reviewable and clause.eid not in paired
        ]
        pairs += [(place, pair) for place, some in gone.items() for pair in some]
        return [pair for _, pair in sorted(pairs, key=lambda one: (one[0], one[1].new is None))]


def _children(document: Document) -> Mapping[str, list[Clause]]:
    found: dict[str, list[Clause]] = defaultdict(list)
    for clause in document.clauses:
        if clause.parent is not None:
            found[clause.parent].append(clause)
    return found


def _no_articles(clauses: Sequence[Clause]) -> list[Clause]:
    return [clause for clause in clauses if clause.kind not in _HOLDERS]


def _label(clause: Clause) -> str | None:
    """What a clause is called within its level, by its eId; `None` where only its place says it."""
    if clause.kind in _HOLDERS:
        return clause.eid
    if not clause.number or (clause.kind == "paragraph-text" and not clause.indent):
        return None
    return clause.eid.rsplit("__", 1)[-1]


def _unlike(one: float, other: float) -> float:
    """How far two lengths are from each other, from 0 to 1."""
    return abs(one - other) / max(one, other, 1.0)
