"""Two versions of a text in one language, clause by clause, followed by their words.

An article that is put in renumbers all behind it, so numbers alone lead astray: clauses with the
same words are paired first, then articles by heading and words, then the clauses in them in their
order, and what is left wherever it went. Only at last a place alone pairs what was written anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import LCSseq

from annotator.model import Clause, Document
from annotator.versions.alignment import Alignment, How, Pair
from annotator.versions.chains import Scored, best_first, in_order
from annotator.versions.measure import Text, Weights, likeness
from annotator.versions.units import Units, pair_units, sharing
from annotator.versions.words import keys, same_words, words

SURE = 0.5
"""How alike clauses of one article must be to be paired by their words alone."""

MOVED = 0.6
"""How alike clauses must be that stand in different articles."""

MARGIN = 0.05
"""A clause that fits less well by no more than this is a rival."""

_PLACE = 0.15
_HARDLY = 0.12
_PART = 0.7
_FEW_WORDS = 4


def align(old: Document, new: Document) -> Alignment:
    """Pair the clauses of two versions that are in the same language."""
    return _Aligning(old, new).result()


class _Aligning:
    """One alignment at work; positions are those of clauses with words of their own."""

    def __init__(self, old: Document, new: Document) -> None:
        self.documents = old, new
        self.olds, self.news = list(old.reviewable()), list(new.reviewable())
        own = [_keys(old, one) for one in self.olds], [_keys(new, one) for one in self.news]
        self.weights = Weights([*own[0], *own[1]])
        self.old_texts = [Text(one, self.weights) for one in own[0]]
        self.new_texts = [Text(one, self.weights) for one in own[1]]
        units = Units(old), Units(new)
        self.units = units
        self.unit_pairs = {
            units[0].clauses[i].eid: (units[1].clauses[j].eid, kept)
            for i, j, kept in pair_units(*units)
        }
        self.found: dict[tuple[int, int], float] = {}
        self.parts: dict[tuple[int, int], tuple[How, float]] = {}
        self._measured: dict[tuple[int, int], float] = {}

    def result(self) -> Alignment:
        self._same_words()
        self._in_articles(SURE)
        self._anywhere()
        self._split_and_merged()
        self._in_articles(_HARDLY)
        self._same_place()
        return Alignment(pairs=tuple(self._pairs()), frames=tuple(self._frames()))

    def like(self, i: int, j: int) -> float:
        """How alike the words of two clauses are."""
        if (i, j) not in self._measured:
            self._measured[i, j] = likeness(self.old_texts[i], self.new_texts[j], self.weights)
        return self._measured[i, j]

    # The steps

    def _same_words(self) -> None:
        """Clauses of some length whose words stand just once in either text."""
        places: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, texts in enumerate((self.old_texts, self.new_texts)):
            for position, text in enumerate(texts):
                if len(text.keys) >= _FEW_WORDS:
                    places[tuple(text.keys)][side].append(position)
        for olds, news in places.values():
            if len(olds) == len(news) == 1:
                self.found[olds[0], news[0]] = 1.0

    def _in_articles(self, least: float) -> None:
        """What is left of articles that are the same, in the order in which it stands.

        Clauses of the same number in them are preferred, and may be less alike.
        """
        free_old, free_new = self._free()
        by_unit: dict[str, list[int]] = defaultdict(list)
        for j in free_new:
            by_unit[self.units[1].of[self.news[j].eid]].append(j)
        groups: dict[str, list[int]] = defaultdict(list)
        for i in free_old:
            groups[self.units[0].of[self.olds[i].eid]].append(i)
        for unit, olds in groups.items():
            other = self.unit_pairs.get(unit)
            news = by_unit.get(other[0], []) if other else []
            possible = self._possible(olds, news)
            scored = []
            for i, j in possible:
                here = self._relative(0, i) == self._relative(1, j)
                score = self.like(i, j)
                if score >= (least if here or least >= SURE else SURE):
                    scored.append((i, j, score + _PLACE * here))
            self._take(in_order(scored))

    def _anywhere(self) -> None:
        """What went to another article, or to another place in its own."""
        olds, news = self._free()
        scored: list[Scored] = []
        for i, j in self._possible(olds, news):
            if min(len(self.old_texts[i].keys), len(self.new_texts[j].keys)) < _FEW_WORDS:
                continue
            if (score := self.like(i, j)) >= MOVED:
                scored.append((i, j, score))
        self._take(best_first(scored))

    def _split_and_merged(self) -> None:
        """What is left and stands, word for word, in what its neighbour lost or took in."""
        olds, news = self._free()
        for j in sorted(news):
            self._note_part(self._best_part(j, side=1), "split")
        for i in sorted(olds):
            self._note_part(self._best_part(i, side=0), "merged")

    def _same_place(self) -> None:
        """What has the same place in the same article, though other words, was written anew."""
        olds, news = self._free()
        places = {
            (self.units[1].of[self.news[j].eid], self._relative(1, j)): j for j in sorted(news)
        }
        for i in sorted(olds):
            unit = self.unit_pairs.get(self.units[0].of[self.olds[i].eid])
            if unit is None:
                continue
            j = places.get((unit[0], self._relative(0, i)))
            if j is not None:
                self.found[i, j] = self.like(i, j)

    # What the steps share

    def _free(self) -> tuple[set[int], set[int]]:
        taken = [*self.found, *self.parts]
        return (
            set(range(len(self.olds))) - {i for i, _ in taken},
            set(range(len(self.news))) - {j for _, j in taken},
        )

    def _possible(self, olds: Iterable[int], news: Iterable[int]) -> list[tuple[int, int]]:
        """Pairs worth measuring: all of few, else those that share a rarer word or their place."""
        some, others = sorted(olds), sorted(news)
        if len(some) * len(others) <= 4000:
            return [(i, j) for i in some for j in others]
        found = {
            (some[i], others[j])
            for i, j in sharing(
                [self.old_texts[i].keys for i in some], [self.new_texts[j].keys for j in others]
            )
        }
        places = {self._relative(1, j): j for j in others}
        found |= {(i, j) for i in some if (j := places.get(self._relative(0, i))) is not None}
        return sorted(found)

    def _relative(self, side: int, position: int) -> str:
        """The part of an eId below the article."""
        eid = (self.olds, self.news)[side][position].eid
        return eid.removeprefix(self.units[side].of[eid])

    def _take(self, chosen: Iterable[Scored]) -> None:
        for i, j, _ in chosen:
            self.found[i, j] = self.like(i, j)

    def _best_part(self, position: int, *, side: int) -> tuple[int, int, float] | None:
        """The pair in whose difference a clause stands for the most part."""
        text = (self.old_texts, self.new_texts)[side][position]
        if len(text.keys) < _FEW_WORDS:
            return None
        best = None
        for i, j in sorted(self.found):
            if not self._together(position, i, j, side):
                continue
            whole, kept = (
                (self.old_texts[i], self.new_texts[j])
                if side
                else (self.new_texts[j], self.old_texts[i])
            )
            if not text.bag.keys() & (whole.bag - kept.bag).keys():
                continue
            rest = [
                word
                for edit in LCSseq.opcodes(whole.keys, kept.keys)
                if edit.tag == "delete"
                for word in whole.keys[edit.src_start : edit.src_end]
            ]
            share = LCSseq.similarity(text.keys, rest) / len(text.keys)
            if share >= _PART and (best is None or share > best[2]):
                best = (i, position, share) if side else (position, j, share)
        return best

    def _together(self, position: int, i: int, j: int, side: int) -> bool:
        """Whether a clause stands in the article of the pair, on its own side."""
        clause = (self.olds, self.news)[side][position]
        other = self.news[j] if side else self.olds[i]
        return self.units[side].of[clause.eid] == self.units[side].of[other.eid]

    def _note_part(self, part: tuple[int, int, float] | None, how: How) -> None:
        if part is None:
            return
        i, j, share = part
        self.parts[i, j] = how, share
        for pair in self.found:
            if pair[0 if how == "split" else 1] == (i if how == "split" else j):
                self.parts[pair] = how, self.found[pair]

    # The outcome

    def _pairs(self) -> Iterator[Pair]:
        scores = {**self.found, **{pair: score for pair, (_, score) in self.parts.items()}}
        free_old, free_new = self._free()
        lengths = [1.0 + len(text.keys) for text in self.old_texts]
        kept = {(i, j) for i, j, _ in in_order((i, j, lengths[i]) for i, j in scores)}
        by_new: dict[int, list[int]] = defaultdict(list)
        for i, j in sorted(scores):
            by_new[j].append(i)
        behind: dict[int, list[int]] = defaultdict(list)
        last = -1
        partner = dict(sorted(scores, reverse=True))
        for i in range(len(self.olds)):
            if i in free_old:
                behind[last].append(i)
            elif (i, partner[i]) in kept:
                last = partner[i]
        for j in range(-1, len(self.news)):
            if j in free_new:
                yield Pair(None, self.news[j].eid, "new", 0.0)
            for i in by_new.get(j, ()):
                yield self._pair(i, j, scores[i, j], (i, j) in kept, free_old, free_new)
            for i in behind.get(j, ()):
                yield Pair(self.olds[i].eid, None, "gone", 0.0)

    def _pair(
        self, i: int, j: int, score: float, kept: bool, free_old: set[int], free_new: set[int]
    ) -> Pair:
        old, new = self.olds[i], self.news[j]
        one, other = (
            document.text[clause.body : clause.own_end]
            for document, clause in zip(self.documents, (old, new), strict=True)
        )
        unchanged = (i, j) not in self.parts and same_words(one, other)
        if (i, j) in self.parts:
            how = self.parts[i, j][0]
        elif old.eid == new.eid:
            how = "same"
        else:
            unit, in_place = self.unit_pairs.get(self.units[0].of[old.eid], ("", False))
            at_home = unit == self.units[1].of[new.eid]
            how = "renumbered" if at_home and in_place and kept else "moved"
        rivals: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        if not (unchanged and old.eid == new.eid):
            least = score - MARGIN
            rivals = (
                tuple(self.news[k].eid for k in sorted(free_new) if self._rival(i, k, least)),
                tuple(self.olds[k].eid for k in sorted(free_old) if self._rival(k, j, least)),
            )
        return Pair(old.eid, new.eid, how, round(score, 4), unchanged, *rivals)

    def _rival(self, i: int, j: int, least: float) -> bool:
        if self._measured.get((i, j), 1.0) < least:
            return False
        # What shares less than half its words need not be measured.
        fewer, more = sorted((self.old_texts[i].bag, self.new_texts[j].bag), key=len)
        if 3 * len(fewer) < len(more) or 2 * len(fewer.keys() & more.keys()) < len(fewer):
            return False
        return self.like(i, j) >= max(least, SURE)

    def _frames(self) -> Iterator[Pair]:
        """Clauses that only hold others: by their articles, else by what they hold."""
        old, new = self.documents
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        parents = [{clause.eid: clause.parent for clause in one.clauses} for one in (old, new)]
        for i, j in self.found:
            here, there = parents[0][self.olds[i].eid], parents[1][self.news[j].eid]
            while here is not None and there is not None:
                votes[here][there] += 1
                here, there = parents[0][here], parents[1][there]
        new_frames = {clause.eid: clause for clause in new.clauses if not clause.reviewable}
        matched: dict[str, Pair] = {}
        gone = []
        for clause in old.clauses:
            if clause.reviewable:
                continue
            eid = self._frame_of(clause, votes.get(clause.eid, Counter()), new_frames)
            if eid is None or eid in matched:
                gone.append(Pair(clause.eid, None, "gone", 0.0))
                continue
            how: How = "same" if eid == clause.eid else "renumbered"
            if clause.eid in self.unit_pairs and not self.unit_pairs[clause.eid][1]:
                how = "same" if eid == clause.eid else "moved"
            same = same_words(clause.heading, new_frames[eid].heading)
            matched[eid] = Pair(clause.eid, eid, how, 1.0 if same else 0.5, unchanged=same)
        for eid in new_frames:
            yield matched.get(eid) or Pair(None, eid, "new", 0.0)
        yield from gone

    def _frame_of(
        self, clause: Clause, votes: Counter[str], new_frames: dict[str, Clause]
    ) -> str | None:
        if (unit := self.unit_pairs.get(clause.eid)) and unit[0] in new_frames:
            return unit[0]
        fit = [
            (-number, eid != clause.eid, eid)
            for eid, number in votes.items()
            if eid in new_frames and new_frames[eid].kind == clause.kind
        ]
        return min(fit)[2] if fit else None


def _keys(document: Document, clause: Clause) -> list[str]:
    return keys(words(document.text, clause.body, clause.own_end))
