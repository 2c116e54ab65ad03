"""What a release says of its data in figures, counted in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from annotator.export.dataset import Dataset, Part
from annotator.export.people import SETTLED
from annotator.model import DocumentInfo

Rows = Callable[[Part], None]


@dataclass(slots=True)
class TextTally:
    """A text and how much was said of it; `read` counts clauses, by how many read each."""

    info: DocumentInfo
    annotations: int = 0
    assessments: int = 0
    readers: set[str] = field(default_factory=set)
    read: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Tally:
    """All of it.

    `people` are those who read or tagged anything; `first` and `last` are the days of the earliest
    and the latest word.
    """

    texts: list[TextTally] = field(default_factory=list)
    labels: Counter[tuple[str, str]] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)
    accepted: int = 0
    first: str = ""
    last: str = ""

    @property
    def annotations(self) -> int:
        """How many annotations there are."""
        return sum(text.annotations for text in self.texts)

    @property
    def read(self) -> Counter[int]:
        """How many clauses were read by one, by two, and so on."""
        return sum((text.read for text in self.texts), Counter[int]())


def tally(dataset: Dataset) -> Tally:
    """Count what the dataset holds."""
    found = Tally()
    infos = {info.id: info for info in dataset.documents}
    for part in dataset.parts():
        said = TextTally(infos[part.document.id])
        found.texts.append(said)
        readers: Counter[str] = Counter()
        for review in part.reviews:
            if review.done:
                readers[review.eid] += 1
                if review.reviewer != SETTLED.id:
                    said.readers.add(review.reviewer)
        said.read.update(readers.values())
        said.annotations, said.assessments = len(part.annotations), len(part.assessments)
        found.labels.update((one.concern, one.polarity) for one in part.annotations)
        found.accepted += sum(one.suggestion is not None for one in part.annotations)
        said_so = {one.reviewer for one in part.annotations} | said.readers
        found.people |= said_so - {SETTLED.id}
        found.decisions.update(one.decision for one in part.decisions)
        times = [
            *(row.updated for row in part.annotations),
            *(row.updated for row in part.reviews),
            *(row.updated for row in part.assessments),
            *(row.updated for row in part.adjudications),
        ]
        days = sorted(at[:10] for at in times if at)
        if days:
            found.first = min(filter(None, (found.first, days[0])))
            found.last = max(found.last, days[-1])
    return found
