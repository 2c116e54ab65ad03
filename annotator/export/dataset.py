"""What an export holds, gathered once and sorted, so that every format writes the same thing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.model import (
    Adjudication,
    Annotation,
    Assessment,
    Carried,
    Clause,
    Decision,
    Document,
    Link,
    Review,
    Reviewer,
    Suggestion,
)
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class Dataset:
    """Documents and what reviewers said of them, each in an order that only the data decides.

    `suggestions` are only those a reviewer decided on: the others can be made again from the text.
    """

    documents: tuple[Document, ...]
    reviewers: tuple[Reviewer, ...]
    suggestions: tuple[Suggestion, ...]
    annotations: tuple[Annotation, ...]
    decisions: tuple[Decision, ...]
    reviews: tuple[Review, ...]
    assessments: tuple[Assessment, ...]
    links: tuple[Link, ...] = ()
    carried: tuple[Carried, ...] = ()
    adjudications: tuple[Adjudication, ...] = ()

    def texts(self) -> dict[str, Document]:
        """The documents by id."""
        return {document.id: document for document in self.documents}

    def names(self) -> dict[str, str]:
        """The reviewers' names by id."""
        return {reviewer.id: reviewer.name for reviewer in self.reviewers}

    def clauses(self) -> dict[str, dict[str, Clause]]:
        """By the document's id its clauses by eId."""
        return {
            document.id: {clause.eid: clause for clause in document.clauses}
            for document in self.documents
        }


def collect(
    store: Store,
    *,
    documents: Sequence[str] | None = None,
    reviewers: Sequence[str] | None = None,
) -> Dataset:
    """Everything the store holds, or only what concerns those documents and reviewers.

    Documents are named by slug, id or hash, reviewers by name or id; `NotFoundError` for a name
    the store does not know. Where a selection is made, reviewers who said nothing in it are left
    out, so that a file passed on names nobody without need.
    """
    everyone = {reviewer.id: reviewer for reviewer in store.reviewers()}
    if reviewers is not None:
        named = [store.reviewer(name) for name in dict.fromkeys(reviewers)]
        everyone = {reviewer.id: reviewer for reviewer in named}
    if documents is not None:
        read = [store.document(name) for name in dict.fromkeys(documents)]
    else:
        read = [store.document(info.id) for info in store.documents()]
    texts = {document.id: document for document in read}

    def wanted(document_id: str, reviewer_id: str) -> bool:
        return reviewer_id in everyone and (documents is None or document_id in texts)

    annotations = [a for a in store.annotations() if wanted(a.document, a.reviewer)]
    decisions = [d for d in store.decisions() if wanted(d.document, d.reviewer)]
    reviews = [r for r in store.reviews() if wanted(r.document, r.reviewer)]
    assessments = [a for a in store.assessments() if wanted(a.document, a.reviewer)]
    links = [one for one in store.links() if wanted(one.document, one.reviewer)]
    adjudications = [
        one
        for one in store.adjudications()
        if wanted(one.document, one.reviewer) and _readers(one) <= everyone.keys()
    ]
    said: list[Annotation | Decision | Review | Assessment | Link | Adjudication] = [
        *annotations,
        *decisions,
        *reviews,
        *assessments,
        *links,
        *adjudications,
    ]
    tags = {annotation.id for annotation in annotations}
    carried = [
        row
        for row in store.carried()
        if (row.origin in tags or row.annotation in tags)
        and (documents is None or row.document in texts)
        and (row.reviewer is None or row.reviewer in everyone)
    ]
    places = {value.document for value in said} | {row.document for row in carried}
    places |= {one.target_document for one in links}  # a claim is of no use without its clause
    for document_id in places - texts.keys():
        texts[document_id] = store.document(document_id)  # an earlier version that was annotated
    if documents is not None and reviewers is None:
        speakers = {value.reviewer for value in said}.union(*map(_readers, adjudications))
        everyone = {key: value for key, value in everyone.items() if key in speakers}
    decided = {decision.suggestion for decision in decisions}
    return sort(
        documents=texts.values(),
        reviewers=everyone.values(),
        suggestions=store.suggestions_by_id(decided),
        annotations=annotations,
        decisions=decisions,
        reviews=reviews,
        assessments=assessments,
        links=links,
        carried=carried,
        adjudications=adjudications,
    )


def _readers(adjudication: Adjudication) -> set[str]:
    """Those over whose views it was made: of no use to whoever does not get these."""
    return set(json.loads(adjudication.over))


def sort(
    *,
    documents: Iterable[Document],
    reviewers: Iterable[Reviewer],
    suggestions: Iterable[Suggestion] = (),
    annotations: Iterable[Annotation] = (),
    decisions: Iterable[Decision] = (),
    reviews: Iterable[Review] = (),
    assessments: Iterable[Assessment] = (),
    links: Iterable[Link] = (),
    carried: Iterable[Carried] = (),
    adjudications: Iterable[Adjudication] = (),
) -> Dataset:
    """The dataset in the order of its texts: documents by slug, what is said by its place in them.

    Every document and reviewer that is referred to must be among those given; `KeyError` if not.
    """
    texts = sorted(documents, key=lambda document: (document.slug, document.version, document.id))
    people = sorted(reviewers, key=lambda reviewer: (reviewer.name, reviewer.id))
    text = {document.id: number for number, document in enumerate(texts)}
    person = {reviewer.id: number for number, reviewer in enumerate(people)}
    clause = {
        (document.id, clause.eid): number
        for document in texts
        for number, clause in enumerate(document.clauses)
    }
    proposed = sorted(
        suggestions, key=lambda s: (text[s.document], s.start, s.end, s.rule, s.polarity, s.id)
    )
    proposal = {suggestion.id: number for number, suggestion in enumerate(proposed)}
    return Dataset(
        documents=tuple(texts),
        reviewers=tuple(people),
        suggestions=tuple(proposed),
        annotations=tuple(
            sorted(
                annotations,
                key=lambda a: (
                    text[a.document],
                    a.start,
                    a.end,
                    a.concern,
                    a.polarity,
                    person[a.reviewer],
                    a.id,
                ),
            )
        ),
        decisions=tuple(
            sorted(decisions, key=lambda d: (proposal[d.suggestion], person[d.reviewer]))
        ),
        reviews=tuple(
            sorted(
                reviews,
                key=lambda r: (text[r.document], clause[r.document, r.eid], person[r.reviewer]),
            )
        ),
        assessments=tuple(
            sorted(
                assessments,
                key=lambda a: (
                    text[a.document],
                    clause[a.document, a.eid],
                    a.safeguard,
                    person[a.reviewer],
                ),
            )
        ),
        links=tuple(
            sorted(
                links,
                key=lambda one: (
                    text[one.document],
                    one.start,
                    one.end,
                    text[one.target_document],
                    clause[one.target_document, one.target_eid],
                    person[one.reviewer],
                    one.id,
                ),
            )
        ),
        carried=tuple(sorted(carried, key=lambda row: (text[row.document], row.origin))),
        adjudications=tuple(
            sorted(
                adjudications,
                key=lambda row: (
                    text[row.document],
                    clause[row.document, row.eid],
                    row.start or 0,
                    row.end or 0,
                    row.concern,
                    row.polarity or "",
                    row.id,
                ),
            )
        ),
    )
