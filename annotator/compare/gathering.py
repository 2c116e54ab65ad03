"""The texts that several have read, with what they made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotator.compare.questions import Text

if TYPE_CHECKING:
    from annotator.review.blind import Sight
    from annotator.store import Store


def read_by_several(store: Store, reviewers: Iterable[str] | None = None) -> list[str]:
    """Ids of the documents in which at least two of these reviewers (ids; else all) read a clause.

    In the order of the documents' slugs; older versions of a text are left out. No text is read.
    """
    chosen = [one.id for one in store.reviewers()] if reviewers is None else list(reviewers)
    read = Counter(document for one in chosen for document in store.review_counts(one))
    return [info.id for info in store.documents() if read[info.id] > 1]


def gathered(store: Store, document: str, *, sight: Sight | None = None) -> Text:
    """A document with what was made of it; of that only what may be seen, where a `sight` is given.

    `sight` is what `review.blind.visible` says.
    """
    text = store.document(document)
    annotations = store.annotations(document=text.id)
    reviews = store.reviews(document=text.id)
    assessments = store.assessments(document=text.id)
    if sight is None:
        return Text(text, annotations, reviews, assessments)
    return Text(text, sight.of(annotations), sight.of(reviews), sight.of(assessments))
