"""The texts that several have read, with what they made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotator.compare.questions import Text
from annotator.model import Document

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


def gathered(store: Store, document: Document, *, sight: Sight | None = None) -> Text:
    """The document with what was made of it; where a `sight` is given, what of it may be seen.

    `sight` is what `review.blind.visible` says.
    """
    annotations = store.annotations(document=document.id)
    reviews = store.reviews(document=document.id)
    assessments = store.assessments(document=document.id)
    if sight is None:
        return Text(document, annotations, reviews, assessments)
    return Text(document, sight.of(annotations), sight.of(reviews), sight.of(assessments))
