"""How far two reviewers mark the same words: precision, recall and F1 over spans.

Only spans in clauses that both have read count, so that nobody is held to miss what they never saw.
Neither is the truth: precision counts from the one, recall from the other, F1 is the same from both
sides. A span of one is matched with at most one of the other's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from annotator.model import Annotation

Matching = Literal["exact", "overlap", "position", "label"]
MATCHINGS: tuple[Matching, ...] = get_args(Matching)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """Matched spans of two reviewers.

    | matching | two spans are the same where |
    |---|---|
    | `exact` | both ends and the label are the same |
    | `overlap` | they share words and the label |
    | `position` | both ends are the same, whatever the label |
    | `label` | of two spans that share words, the label is the same; spans alone are left out |

    `first` and `second` count the spans that each of the two has in the comparison, `matched` the
    pairs. For `label` the first two are the spans that have a partner: one of the same label if
    there is such a one, since the same words may well raise several concerns.
    """

    matching: Matching
    first: int
    second: int
    matched: int

    @property
    def precision(self) -> float | None:
        """Of the second reviewer's spans, the share that the first has too."""
        return self.matched / self.second if self.second else None

    @property
    def recall(self) -> float | None:
        """Of the first reviewer's spans, the share that the second has too."""
        return self.matched / self.first if self.first else None

    @property
    def f1(self) -> float | None:
        """2 x matched / (first + second); `None` where neither marked anything."""
        total = self.first + self.second
        return 2 * self.matched / total if total else None


def span_agreements(
    first: Iterable[Annotation],
    second: Iterable[Annotation],
    *,
    label: Callable[[Annotation], Hashable] = lambda a: (a.concern, a.polarity),
) -> list[SpanAgreement]:
    """Agreement of two reviewers' spans of one text, one for each way of matching.

    `label` says what of an annotation has to be the same; by default concern and polarity. The time
    grows with the number of spans and of overlaps, not with their product.
    """
    ours, theirs = list(first), list(second)
    by_label = _grouped(ours, theirs, label)
    exact = sum(_equal(one, other) for one, other in by_label.values())
    overlapping = 0
    left: tuple[list[Span], list[Span]] = [], []
    for several in by_label.values():
        spans = [_spans(one) for one in several]
        pairs = matched(*spans)
        overlapping += len(pairs)
        for side in (0, 1):
            taken = {pair[side] for pair in pairs}
            left[side].extend(one for n, one in enumerate(spans[side]) if n not in taken)
    position = _equal(ours, theirs)
    partners = overlapping + len(matched(*left))
    return [
        SpanAgreement("exact", len(ours), len(theirs), exact),
        SpanAgreement("overlap", len(ours), len(theirs), overlapping),
        SpanAgreement("position", len(ours), len(theirs), position),
        SpanAgreement("label", partners, partners, overlapping),
    ]


def matched(first: Sequence[Span], second: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs of places of spans that share words, each in one pair at most.

    Those with the same ends come first, then those that share the most of what both cover; equal
    ones in text order. The number of pairs does not depend on which list is the first.
    """
    candidates = [
        (-_likeness(first[i], second[j]), first[i], second[j], i, j)
        for i, j in _sharing(first, second)
    ]
    # Ordered by what both are, not by whose they are, so that changing sides changes nothing.
    candidates.sort(key=lambda c: (c[0], min(c[1], c[2]), max(c[1], c[2]), c[3], c[4]))
    taken: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for _, _, _, i, j in candidates:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return sorted(pairs)


def _sharing(first: Sequence[Span], second: Sequence[Span]) -> Iterable[tuple[int, int]]:
    """Every pair that shares words, by one sweep over both."""
    order = sorted(
        [(span, 0, place) for place, span in enumerate(first)]
        + [(span, 1, place) for place, span in enumerate(second)]
    )
    active: tuple[list[tuple[int, int]], list[tuple[int, int]]] = [], []
    for (start, end), side, place in order:
        other = active[1 - side]
        other[:] = [(ends, place_) for ends, place_ in other if ends > start]
        for _, partner in other:
            yield (place, partner) if side == 0 else (partner, place)
        active[side].append((end, place))


def _likeness(one: Span, other: Span) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


def _equal(first: Sequence[Annotation], second: Sequence[Annotation]) -> int:
    """How many spans of the one have a partner with the same ends, each counted once."""
    left: dict[Span, int] = defaultdict(int)
    for annotation in first:
        left[annotation.start, annotation.end] += 1
    found = 0
    for annotation in second:
        if left[annotation.start, annotation.end]:
            left[annotation.start, annotation.end] -= 1
            found += 1
    return found


def _spans(annotations: Iterable[Annotation]) -> list[Span]:
    return [(annotation.start, annotation.end) for annotation in annotations]


def _grouped(
    first: Iterable[Annotation],
    second: Iterable[Annotation],
    label: Callable[[Annotation], Hashable],
) -> dict[Hashable, tuple[list[Annotation], list[Annotation]]]:
    groups: dict[Hashable, tuple[list[Annotation], list[Annotation]]] = defaultdict(
        lambda: ([], [])
    )
    for side, spans in enumerate((first, second)):
        for annotation in spans:
            groups[label(annotation)][side].append(annotation)
    return groups
