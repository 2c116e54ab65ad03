"""What an export holds, text by text, so that every format writes the same and none runs full."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from annotator import codebook as codebooks
from annotator.codebook import Codebook
from annotator.errors import NotFoundError
from annotator.export import people
from annotator.export.garbage import uncollected
from annotator.export.narrowing import Narrowing
from annotator.export.part import Part, gathered
from annotator.export.selection import Selection
from annotator.model import DocumentInfo, Reviewer
from annotator.store import Store

__all__ = ["Dataset", "Part", "Watch", "collect"]


Watch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Texts and what is said of them, in an order that only the data decides.

    It is read while it is gone through: keep the store open, and in one `snapshot`. `documents` are
    the texts of `parts`, by slug and version; those whose ids are `withheld` may not be passed on.
    `reviewers` are those who say something in them, with the names to be shown; the fixed reviewer
    `people.SETTLED` alone where only what is settled is taken.
    """

    store: Store
    selection: Selection
    codebook: Codebook
    documents: tuple[DocumentInfo, ...]
    reviewers: tuple[Reviewer, ...]
    _names: Mapping[str, str]
    _narrowing: Narrowing
    _watch: Watch | None = None
    withheld: frozenset[str] = frozenset()
    _cited: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def parts(self, *, marks_only: bool = False) -> Iterator[Part]:
        """A text with what is said of it, one after the other; it can be asked again.

        With `marks_only` of all that is said the annotations alone. Only one text at a time is
        held. A text of which nothing is said comes too, with its clauses alone, where it was asked
        for or something refers to it.
        """
        places = {reviewer.id: place for place, reviewer in enumerate(self.reviewers)}
        for number, info in enumerate(self.documents, start=1):
            with uncollected():
                part = gathered(
                    self.store,
                    info.id,
                    self.selection,
                    self._narrowing,
                    places,
                    marks_only=marks_only,
                )
            kept_back = info.id in self.withheld
            yield dataclasses.replace(part, withheld=True) if kept_back else part
            if self._watch:
                self._watch(number, len(self.documents))

    def name(self, reviewer: str) -> str:
        """What the reviewer with that id is called in this dataset; `KeyError` for a stranger."""
        return self._names[reviewer]

    @property
    def names(self) -> Mapping[str, str]:
        """By every reviewer's id the name to be shown."""
        return self._names

    def info(self, document: str) -> DocumentInfo:
        """A text of this dataset by its id, without its words."""
        return next(info for info in self.documents if info.id == document)

    def citation(self, document: str, eid: str) -> str:
        """How a lawyer cites the clause of another text, for what refers to it."""
        if document not in self._cited:
            clauses = self.store.document(document).clauses
            self._cited[document] = {clause.eid: clause.citation for clause in clauses}
        return self._cited[document][eid]


def collect(
    store: Store, selection: Selection | None = None, *, watch: Watch | None = None
) -> Dataset:
    """What the selection takes of the store; only the texts' names are read yet.

    `watch` is called after each text with its number and how many there are; what it raises ends
    the work. A format that goes through the texts several times begins again at 1.

    Where a selection is made, reviewers who said nothing in its texts are left out, so that a file
    passed on names nobody without need. `NotFoundError` for a document or reviewer that the store
    does not know, `ExportError` for what the codebook does not.
    """
    selection = selection or Selection()
    codebook = codebooks.load()
    selection.check(codebook)
    speakers = store.speakers()
    everyone = store.reviewers()
    chosen = {store.reviewer(name).id for name in selection.reviewers}
    if selection.documents:
        asked = {_document(store, name) for name in selection.documents}
        said = asked
    else:
        asked = {info.id for info in store.documents()}
        said = {
            document
            for document, who in speakers.items()
            if not chosen or not chosen.isdisjoint(who)
        }
    texts = asked | said | store.linked_texts(asked | said)
    spoken = {who for document in said for who in speakers.get(document, ())}
    if selection.settled:
        listed = [people.SETTLED]
    elif selection.whole:
        listed = everyone
    else:
        listed = [one for one in everyone if one.id in (chosen or spoken)]
    names = people.names(everyone, real=selection.names)
    return Dataset(
        store=store,
        selection=selection,
        codebook=codebook,
        documents=tuple(store.document_infos(texts)),
        reviewers=people.shown(listed, names, real=selection.names),
        _names=MappingProxyType(names),
        _watch=watch,
        _narrowing=Narrowing(
            selection,
            codebook,
            documents=frozenset(asked) if selection.documents else None,
            reviewers=frozenset(chosen or (one.id for one in everyone)),
        ),
    )


def _document(store: Store, name: str) -> str:
    info = store.document_info(name)
    if info is None:
        raise NotFoundError(f"there is no document {name!r}: bring it in with `intake`")
    return info.id
