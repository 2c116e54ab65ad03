"""Articles of two versions of a text, followed by heading and words where numbers have moved on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from annotator.model import Clause, Document, upwards
from annotator.versions.chains import Scored, best_first, in_order
from annotator.versions.measure import Text, Weights, likeness
from annotator.versions.words import keys, words

ENOUGH = 0.35
"""How alike two articles must be that share neither number nor heading."""

_COMMON = 50
_NUMBER = 0.05
_HEADING = 0.25
_HOLDERS = frozenset({"article", "preamble", "annex"})


def unit_of(clause: Clause, by_eid: Mapping[str, Clause]) -> str:
    """The eId of the article, preamble or annex around a clause, else its own."""
    for around in upwards(clause, by_eid):
        if around.kind in _HOLDERS:
            return around.eid
    return clause.eid


class Units:
    """The articles of a text, and whatever stands beside them, with their words."""

    def __init__(self, document: Document) -> None:
        by_eid = {clause.eid: clause for clause in document.clauses}
        self.of = {clause.eid: unit_of(clause, by_eid) for clause in document.clauses}
        named = dict.fromkeys(self.of[clause.eid] for clause in document.reviewable())
        self.clauses = [by_eid[eid] for eid in named]
        self.headings = [keys(words(clause.heading)) for clause in self.clauses]
        self.words = [keys(words(document.text, unit.start, unit.end)) for unit in self.clauses]


def pair_units(old: Units, new: Units) -> list[tuple[int, int, bool]]:
    """Positions of units that are the same, and whether it kept its place among the others."""
    weights = Weights([*old.words, *new.words])
    texts = [Text(one, weights) for one in old.words], [Text(one, weights) for one in new.words]
    scored: list[Scored] = []
    for i, j in sorted(_possible(old, new)):
        score = likeness(texts[0][i], texts[1][j], weights)
        number = bool(old.clauses[i].number) and old.clauses[i].number == new.clauses[j].number
        heading = bool(old.headings[i]) and old.headings[i] == new.headings[j]
        score += _NUMBER * number + _HEADING * heading
        if score >= ENOUGH or (number and heading):
            scored.append((i, j, score))
    chosen = best_first(scored)
    # Of two that cross, the shorter one moved.
    in_place = in_order((i, j, 1.0 + len(old.words[i])) for i, j, _ in chosen)
    kept = {(i, j) for i, j, _ in in_place}
    return [(i, j, (i, j) in kept) for i, j, _ in sorted(chosen)]


def _possible(old: Units, new: Units) -> set[tuple[int, int]]:
    """Pairs worth measuring: all of few, else those that share a word that is not everywhere."""
    if len(old.words) * len(new.words) <= 10_000:
        return {(i, j) for i in range(len(old.words)) for j in range(len(new.words))}
    return sharing(old.words, new.words) | _named_alike(old, new)


def _named_alike(old: Units, new: Units) -> set[tuple[int, int]]:
    places: dict[object, list[int]] = defaultdict(list)
    for j, (clause, heading) in enumerate(zip(new.clauses, new.headings, strict=True)):
        places[clause.eid].append(j)
        if heading:
            places[tuple(heading)].append(j)
    return {
        (i, j)
        for i, (clause, heading) in enumerate(zip(old.clauses, old.headings, strict=True))
        for named in (clause.eid, tuple(heading))
        for j in places.get(named, ())[:_COMMON]
    }


def sharing(
    old: Sequence[Iterable[str]], new: Sequence[Iterable[str]], *, most: int = 12
) -> set[tuple[int, int]]:
    """For each old text the `most` new ones that share most of the words that few texts have."""
    places: dict[str, list[int]] = defaultdict(list)
    for j, text in enumerate(new):
        for word in set(text):
            places[word].append(j)
    found = set()
    for i, text in enumerate(old):
        hits: Counter[int] = Counter()
        for word in sorted(set(text)):
            where = places.get(word, ())
            if len(where) <= _COMMON:
                for j in where:
                    hits[j] += 1
        ranked = sorted(hits, key=lambda j: (-hits[j], abs(i - j), j))
        found |= {(i, j) for j in ranked[:most]}
    return found
