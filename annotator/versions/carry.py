"""Where a tag belongs in a new version of its text: found surely, or left to a person.

A place is looked for in three ways, in this order, and the first that finds words decides:

- *exact*: the same words, standing once in the clause that is the same by the alignment;
- *context*: the same words at several places, told apart by the words around them, or moved to
  another clause where they stand for the first and only time;
- *fuzzy*: words like them in the same clause, by at least `BAR`, when nothing else in the new text
  comes within `MARGIN` of them, and nothing else in the old text within `MARGIN` of what was found.
  Words that turn a meaning ("not", "unless", "may" for "shall", another number) are never passed.

Whatever stays doubtful is listed with the places that come into question, for a person to decide.
The figures are measured on texts edited for the purpose (`tests/bench/carry.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Indel

from annotator.model import Annotation, CarriedHow, Clause, Document
from annotator.versions.alignment import Alignment, Pair
from annotator.versions.guards import turned
from annotator.versions.placement import Candidate, Placement
from annotator.versions.search import Region, Searched, Window, nearest, unlike
from annotator.versions.words import Word, keys, same_words, words

BAR = 0.75
"""How like the old words the new ones must be, from 0 to 1, to be taken for them."""

MARGIN = 0.12
"""By how much the place found must be better than any other, in either text."""

CONTEXT_BAR = 0.4
"""How alike the words around must be, where they decide."""

_CONTEXT_MARGIN = 0.12
_CONTEXT = 12
_FEWEST = 4
_FEWEST_ELSEWHERE = 6
_TRUSTED = 0.4
_LISTED = 0.4
_MOST_CANDIDATES = 4
_ARTICLE = frozenset(
    {"article", "articles", "art", "articulo", "artikel", "статья", "статьи", "المادة"}
)


def place(
    old: Document, new: Document, annotations: Iterable[Annotation], alignment: Alignment
) -> list[Placement]:
    """A placement for each annotation of the old version, in the order given.

    Nothing is stored. Every `at` fulfils `new.text[start:end] == quote`.
    """
    finding = _Finding(Searched(old), Searched(new), alignment)
    return [finding.of(annotation) for annotation in annotations]


class _Finding:
    def __init__(self, old: Searched, new: Searched, alignment: Alignment) -> None:
        self.old, self.new, self.alignment = old, new, alignment
        self.old_clauses = {clause.eid: clause for clause in old.document.clauses}
        self.new_clauses = {clause.eid: clause for clause in new.document.clauses}
        self.frames = {frame.old: frame.new for frame in alignment.frames}
        self.numbers = self._numbers()

    def of(self, annotation: Annotation) -> Placement:
        sought = keys(words(annotation.quote))
        touched = self._touched(annotation)
        pairs = [pair for clause in touched for pair in self.alignment.of_old(clause.eid)]
        regions = self._regions(annotation, touched, pairs)
        if not sought:
            return self._listed(annotation, "it marks no words, only signs", [])
        home = self.old.place_of(annotation.start, annotation.end)
        if keys(self.old.words[home.first : home.last]) != sought:
            return self._part_of_a_word(annotation, regions, pairs)
        hits = [window for region in regions for window in self.new.exactly(sought, region)]
        if hits:
            return self._exact(annotation, sought, home, touched, pairs, hits)
        return self._elsewhere(annotation, sought, regions) or self._fuzzy(
            annotation, sought, home, regions, pairs
        )

    # Where to look

    def _touched(self, annotation: Annotation) -> list[Clause]:
        """The old clauses with own words in the span, else the clause the annotation names."""
        found = [
            clause
            for clause in self.old.clauses
            if clause.body < annotation.end and annotation.start < clause.own_end
        ]
        return found or [self.old_clauses[annotation.eid]]

    def _regions(
        self, annotation: Annotation, touched: Sequence[Clause], pairs: Sequence[Pair]
    ) -> list[Region]:
        news = [self.new_clauses[pair.new] for pair in pairs if pair.new is not None]
        in_body = any(clause.body <= annotation.start < clause.own_end for clause in touched)
        if not in_body:
            return self._headings(touched[0], news)
        if len(touched) == 1:
            return [(clause.body, clause.own_end) for clause in news]
        if len(news) < 2 or any(not self.alignment.of_old(c.eid) for c in touched):
            return [(clause.body, clause.own_end) for clause in news]
        start, end = min(c.body for c in news), max(c.own_end for c in news)
        size = annotation.end - annotation.start
        if end - start > 3 * size + sum(c.own_end - c.body for c in touched):
            return []  # what stood together stands far apart
        return [(start, end)]

    def _headings(self, clause: Clause, news: Sequence[Clause]) -> list[Region]:
        """Number and heading of the same clause: what stands before its own words."""
        frame = self.frames.get(clause.eid)
        if frame is not None:
            news = [self.new_clauses[frame]]
        return [(one.start, max(one.body, one.start)) for one in news]

    # Numbers of articles

    def _numbers(self) -> dict[str, str]:
        """By the number that an article had the one it has."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for pair in self.alignment.pairs:
            old = self.old_clauses[pair.old].article if pair.old else None
            new = self.new_clauses[pair.new].article if pair.new else None
            if old and new:
                found[old][new] += 1
        return {old: min(new, key=lambda one: (-new[one], one)) for old, new in found.items()}

    def _renumbered(self, own: Sequence[Word]) -> list[Word]:
        """The words with references to articles as they are numbered now.

        "Article 28" that has become "article 29" because an article was put in is no other number.
        """
        return [
            word._replace(key=self.numbers.get(word.key, word.key))
            if place and own[place - 1].key in _ARTICLE
            else word
            for place, word in enumerate(own)
        ]

    # The same words

    def _exact(
        self,
        annotation: Annotation,
        sought: list[str],
        home: Window,
        touched: Sequence[Clause],
        pairs: Sequence[Pair],
        hits: list[Window],
    ) -> Placement:
        doubt = self._doubt(sought, touched, pairs)
        before = self.old.exactly(sought, (touched[0].start, touched[-1].own_end))
        if doubt:
            return self._listed(annotation, doubt, hits)
        if len(hits) == len(before) and all(pair.unchanged for pair in pairs):
            hits = [hits[before.index(home)]] if home in before else hits
        elif len(hits) > 1 or len(before) > 1:
            return self._by_context(annotation, home, before, hits)
        return self._placed(annotation, "exact", hits[0], remark=self._remark(touched, pairs))

    def _doubt(self, sought: list[str], touched: Sequence[Clause], pairs: Sequence[Pair]) -> str:
        """Why the same words in the same clause would not be enough; empty where they are."""
        for pair in pairs:
            for eid in pair.rivals:
                clause = self.new_clauses[eid]
                if self.new.exactly(sought, (clause.body, clause.own_end)):
                    return f"{clause.citation} fits as well"
            for eid in pair.old_rivals:
                clause = self.old_clauses[eid]
                if self.old.exactly(sought, (clause.body, clause.own_end)):
                    return f"the old {clause.citation} had the same words and is gone"
        if len(sought) < _FEWEST and pairs and max(pair.score for pair in pairs) < _TRUSTED:
            return f"the words of {touched[0].citation} around them were written anew"
        return ""

    def _by_context(
        self, annotation: Annotation, home: Window, before: list[Window], hits: list[Window]
    ) -> Placement:
        """One of several places, by the words around it, if it is so from either side."""
        scores = sorted(((self._alike(home, hit), hit) for hit in hits), key=lambda s: -s[0])
        best, hit = scores[0]
        others = [score for score, _ in scores[1:]]
        others += [self._alike(one, hit) for one in before if one != home]
        ranked = [one for _, one in scores]
        if best < CONTEXT_BAR or any(other > best - _CONTEXT_MARGIN for other in others):
            several = f"these words stand at {len(hits)} places" if len(hits) > 1 else ""
            reason = several or "these words stood at several places and are left at one"
            return self._listed(
                annotation, f"{reason}, and what is around them fits no better", ranked
            )
        return self._placed(annotation, "context", hit._replace(score=round(best, 4)))

    def _alike(self, old: Window, new: Window) -> float:
        """How alike the words around two places are; those nearest count twice."""
        found = []
        for size in (_CONTEXT // 3, _CONTEXT):
            for one, other in zip(
                self.old.around(old, size), self.new.around(new, size), strict=True
            ):
                found.append(Indel.normalized_similarity(one, other) if one or other else 1.0)
        return sum(found) / len(found)

    def _elsewhere(
        self, annotation: Annotation, sought: list[str], regions: list[Region]
    ) -> Placement | None:
        """The same words in another clause, where they are the only ones in either text."""
        if len(sought) < _FEWEST_ELSEWHERE:
            return None
        hits, before = self.new.exactly(sought), self.old.exactly(sought)
        if len(hits) != 1 or len(before) != 1:
            return None
        start, _ = self.new.span(hits[0], annotation.quote)
        if self.new.document.clause_at(start) is None:
            return None
        left = [one for region in regions for one in self.new.nearly(sought, region)]
        if any(one.score >= BAR for one in left):
            return self._listed(
                annotation,
                "the words moved, and the clause they were in has others like them",
                [*hits, *left],
            )
        return self._placed(annotation, "context", hits[0], remark="the words moved")

    # Words like them

    def _fuzzy(
        self,
        annotation: Annotation,
        sought: list[str],
        home: Window,
        regions: list[Region],
        pairs: Sequence[Pair],
    ) -> Placement:
        found = [one for region in regions for one in self.new.nearly(sought, region)]
        wide = [
            one
            for region in self.new.holding(sought, least=_LISTED)
            for one in self.new.nearly(sought, region)
        ]
        found.sort(key=lambda one: (-one.score, one.first))
        everywhere = sorted({*found, *wide}, key=lambda one: (-one.score, one.first))
        reason = self._refusal(annotation, sought, home, found, everywhere, pairs)
        if reason:
            # Those of the same clause first: that is where a person would look.
            return self._listed(annotation, reason, [*found[:1], *everywhere])
        return self._placed(annotation, "fuzzy", found[0])

    def _refusal(
        self,
        annotation: Annotation,
        sought: list[str],
        home: Window,
        found: list[Window],
        everywhere: list[Window],
        pairs: Sequence[Pair],
    ) -> str:
        """Why the best of the words found are not taken; empty where they are."""
        if not pairs:
            return "the clause is gone"
        if not found or found[0].score < BAR:
            return "no words of the clause are enough like these"
        if len(sought) < _FEWEST:
            return "so few words prove nothing once one of them changed"
        best = found[0]
        own, there = (
            self.old.words[home.first : home.last],
            self.new.words[best.first : best.last],
        )
        if max(unlike(own[0].key, there[0].key), unlike(own[-1].key, there[-1].key)) == 1:
            return "where these words begin or end now is not sure"
        start, end = self.new.span(best, annotation.quote)
        if turns := turned(
            self._renumbered(own), there, annotation.quote, self.new.document.text[start:end]
        ):
            return f"what the words say may have changed: {', '.join(turns)}"
        least = best.score - MARGIN
        for other in everywhere:
            apart = other.last <= best.first or other.first >= best.last
            if apart and other.score > least:
                return f"{self._citation(other)} has words as much like these"
        if any(pair.rivals or pair.old_rivals for pair in pairs):
            return "more than one clause fits"
        words_there = keys(there)
        for region in self.old.holding(words_there, least=_LISTED):
            for one in self.old.nearly(words_there, region):
                apart = one.last <= home.first or one.first >= home.last
                if apart and one.score > least:
                    return "the words found are as much like others of the old version"
        return ""

    # The outcome

    def _part_of_a_word(
        self, annotation: Annotation, regions: list[Region], pairs: Sequence[Pair]
    ) -> Placement:
        """A tag that begins or ends within a word: only the same signs, once, will do."""
        text, quote = self.new.document.text, annotation.quote
        places = []
        for start, end in regions:
            at = text.find(quote, start, end)
            while at >= 0:
                places.append(at)
                at = text.find(quote, at + 1, end)
        doubtful = any(pair.rivals or pair.old_rivals for pair in pairs)
        if len(places) == 1 and not doubtful:
            only = self._candidate(places[0], places[0] + len(quote), 1.0)
            if only is not None:
                return Placement(annotation, "placed", "exact", 1.0, only)
        return self._listed(annotation, "it marks a part of a word", [])

    def _remark(self, touched: Sequence[Clause], pairs: Sequence[Pair]) -> str:
        """What came into the same clause or left it that may turn what the tag is about."""
        if len(touched) != 1 or len(pairs) != 1 or pairs[0].unchanged or pairs[0].new is None:
            return ""
        old, new = touched[0], self.new_clauses[pairs[0].new]
        texts = (
            self.old.document.text[old.body : old.own_end],
            self.new.document.text[new.body : new.own_end],
        )
        found = turned(words(texts[0]), words(texts[1]), *texts)
        return f"look again, the clause changed in: {', '.join(found[:6])}" if found else ""

    def _placed(
        self, annotation: Annotation, how: CarriedHow, window: Window, *, remark: str = ""
    ) -> Placement:
        at = self._candidate(*self.new.span(window, annotation.quote), window.score)
        if at is None:
            return self._listed(annotation, "the words stand in no clause now", [window])
        if how == "exact" and not same_words(annotation.quote, at.quote):
            remark = remark or "signs or capitals differ"
        return Placement(annotation, "placed", how, at.score, at, remark)

    def _listed(self, annotation: Annotation, reason: str, windows: Iterable[Window]) -> Placement:
        found = dict.fromkeys(windows)
        candidates = [
            candidate
            for one in found
            if one.score >= _LISTED
            and (candidate := self._candidate(*self.new.span(one, annotation.quote), one.score))
        ][:_MOST_CANDIDATES]
        best = candidates[0].score if candidates else 0.0
        return Placement(annotation, "to_place", "none", best, None, reason, tuple(candidates))

    def _candidate(self, start: int, end: int, score: float) -> Candidate | None:
        document = self.new.document
        clause = document.clause_at(start)
        if clause is None:
            around = [one for one in document.clauses if one.start <= start < one.end]
            if not around:
                return None
            clause = around[-1]
        return Candidate(clause.eid, start, end, document.text[start:end], round(score, 4))

    def _citation(self, window: Window) -> str:
        clause = self.new.document.clause_at(self.new.words[window.first].start)
        return clause.citation if clause else "another place"


def similarity(one: str, other: str) -> float:
    """How alike two wordings are, from 0 to 1, as `place` measures it.

    >>> similarity("the data of a person", "the data of any person")
    0.8
    """
    sought, text = keys(words(one)), keys(words(other))
    found = nearest(sought, text)
    if not found:
        return float(sought == text)
    whole = max(len(sought), len(text))
    return round(found[0].score * max(len(sought), found[0].last - found[0].first) / whole, 4)
