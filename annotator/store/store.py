"""`Store`: one open database, and everything that can be asked of it or written to it."""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from annotator.errors import NotFoundError, StoreError
from annotator.model import (
    Annotation,
    Assessment,
    Carried,
    CodebookVersion,
    CrossReference,
    Decision,
    Document,
    DocumentInfo,
    HistoryLine,
    Review,
    Reviewer,
    new_id,
)
from annotator.store import (
    connection,
    history,
    read,
    references,
    texts,
    undo,
    verify,
)
from annotator.store import write as writing
from annotator.store.adjudications import Adjudications
from annotator.store.assignments import Assignments
from annotator.store.comments import Comments
from annotator.store.links import Links
from annotator.store.lookups import Lookups
from annotator.store.merge import Merging
from annotator.store.proposals import Proposals
from annotator.store.queues import Queues
from annotator.store.search import Search
from annotator.store.taking import Taking
from annotator.store.undo import Seen
from annotator.store.write import Write


class Store(
    Adjudications, Assignments, Comments, Links, Lookups, Merging, Proposals, Queues, Search, Taking
):
    """One connection to one database, for the thread that opened it; close it after use.

    Documents are named by id, slug or SHA-256, reviewers by id or name; `NotFoundError` where
    there is none. Lists are always in the same order.
    """

    # Documents

    def documents(self) -> list[DocumentInfo]:
        """The latest version of every document without its text, by slug."""
        return self._ask(lambda: read.documents(self._connection))

    def document(self, name: str) -> Document:
        """A document with its text and clauses; of a slug, the latest version."""
        return self._ask(lambda: read.document(self._connection, name))

    def versions(self, document: str) -> list[DocumentInfo]:
        """Every version of a document without its text, the first one first."""
        return self._ask(lambda: read.versions(self._connection, self._document(document)))

    def translations(self, document: str) -> list[DocumentInfo]:
        """The latest versions of the same treaty in other languages, by slug.

        Texts are of one treaty where `metadata["work"]`, or else the slug, is the same.
        """
        return self._ask(lambda: read.translations(self._connection, self._document(document)))

    def set_work(self, document: str, work: str | None) -> bool:
        """Say of which treaty, by its slug, a text is another language version; `None`: of none.

        False where that was so already.
        """
        identity = self._ask(lambda: self._document(document))
        with self._write("set_work", None, identity) as write:
            return texts.set_work(self._connection, write, identity, work)

    def find_document(self, name: str) -> Document | None:
        """As `document`, but `None` where there is none."""
        try:
            return self.document(name)
        except NotFoundError:
            return None

    def known_slugs(self, slugs: Iterable[str]) -> set[str]:
        """Those of the slugs that documents have."""
        return self._ask(lambda: read.known_slugs(self._connection, slugs))

    def add_document(
        self, document: Document, *, reviewer: str | None = None, write: Write | None = None
    ) -> bool:
        """Store a text, its clauses and references; False, and nothing done, where it is there.

        A text with a slug that is taken becomes the next version of it. Part of `write` where one
        is given, else a transaction and a line of its own. `StoreError` where the hash or a clause
        does not fit the text.
        """
        someone = None if reviewer is None else self._ask(lambda: self._reviewer(reviewer))
        if write is not None:
            return self._take_in(write, document)
        with self._write("add_document", someone, document.id) as own:
            return self._take_in(own, document)

    def _take_in(self, write: Write, document: Document) -> bool:
        if not texts.add(self._connection, write, document):
            return False
        finder, found = references.find(self._connection, document)
        if found or document.kind == "treaty":
            references.put(self._connection, write, document, finder, found)
        return True

    def cross_references(
        self, document: str, *, eids: Iterable[str] | None = None
    ) -> list[CrossReference]:
        """The references in the document's words to clauses, in text order."""
        return self._ask(
            lambda: references.of(self._connection, self._document(document), eids=eids)
        )

    def references_to(
        self, document: str, *, eids: Iterable[str] | None = None
    ) -> list[CrossReference]:
        """The references, of whatever document, to clauses of this one: who cites them."""
        return self._ask(
            lambda: references.to(self._connection, self._document(document), eids=eids)
        )

    def set_references(self, document: str) -> bool:
        """Find a stored document's references again; False where they are the same as before."""
        text = self.document(document)
        with self._write("set_references", None, text.id) as write:
            found = references.find(self._connection, text)
            return references.put(self._connection, write, text, *found)

    def refresh_references(self) -> int:
        """Find again those of treaties that an earlier finder, or none, has looked through.

        And those of news items, which may name a treaty that came after them. A transaction for
        each text whose references are others than before; how many of them there were.
        """
        from annotator.intake.references import FINDER

        found = self._ask(lambda: references.outdated(self._connection, FINDER))
        return sum(self.set_references(document) for document in found)

    def add_codebook(self, version: str, sha256: str, codebook: str) -> bool:
        """Keep the text of a codebook, which annotations name by its hash; False if it is there."""
        if self._ask(lambda: texts.has_codebook(self._connection, sha256)):
            return False
        with self._write("add_codebook", None, None) as write:
            return texts.add_codebook(self._connection, write, version, sha256, codebook)

    def codebooks(self) -> list[CodebookVersion]:
        """Every codebook this database has seen, in the order in which they came."""
        return self._ask(lambda: texts.codebooks(self._connection))

    # Reviewers

    def reviewers(self) -> list[Reviewer]:
        """Everyone, by name."""
        return self._ask(lambda: read.reviewers(self._connection))

    def reviewer(self, name: str) -> Reviewer:
        """The reviewer with that id or name; capitals do not matter."""
        return self._ask(lambda: read.reviewer(self._connection, name))

    def add_reviewer(self, name: str) -> Reviewer:
        """Store a new reviewer; `StoreError` for a blank name or one that is taken."""
        with self._write("add_reviewer", None, None) as write:
            return write.insert(Reviewer(id=new_id(), name=name))

    def rename_reviewer(self, reviewer: str, name: str) -> Reviewer:
        """Give a reviewer another name; `StoreError` for a blank name or one that is taken."""
        known = self.reviewer(reviewer)
        with self._write("rename_reviewer", known.id, None) as write:
            return write.update(Reviewer(id=known.id, name=name, created=known.created))

    # What reviewers decided

    def annotations(
        self,
        *,
        document: str | None = None,
        reviewer: str | None = None,
        eids: Iterable[str] | None = None,
    ) -> list[Annotation]:
        """Annotations by document, start, end, concern and polarity; each filter narrows."""
        return self._values(Annotation, document, reviewer, eids)

    def decisions(
        self,
        *,
        document: str | None = None,
        reviewer: str | None = None,
        eids: Iterable[str] | None = None,
    ) -> list[Decision]:
        """What became of suggestions; `eids` are those of the suggestions."""
        return self._values(Decision, document, reviewer, eids)

    def reviews(
        self,
        *,
        document: str | None = None,
        reviewer: str | None = None,
        eids: Iterable[str] | None = None,
    ) -> list[Review]:
        """Which clauses were read, by document and text order."""
        return self._values(Review, document, reviewer, eids)

    def assessments(
        self,
        *,
        document: str | None = None,
        reviewer: str | None = None,
        eids: Iterable[str] | None = None,
    ) -> list[Assessment]:
        """How safeguards stand, by document and text order."""
        return self._values(Assessment, document, reviewer, eids)

    def carried(self, *, document: str | None = None) -> list[Carried]:
        """What became of the tags of earlier versions, and of other languages, in a document."""
        return self._values(Carried, document, None, None)

    def review_counts(self, reviewer: str) -> dict[str, int]:
        """How many clauses of each document (by id) the reviewer has read."""
        return self._ask(lambda: read.review_counts(self._connection, self._reviewer(reviewer)))

    # Writing

    @contextlib.contextmanager
    def write(
        self,
        action: str,
        *,
        reviewer: str | None = None,
        document: str | None = None,
        nonce: str | None = None,
        keep_times: bool = False,
    ) -> Iterator[Write]:
        """One transaction that becomes one line of history, or leaves nothing at all.

        `action` says in a word what is done, for whom the history is read to. Whatever is raised
        inside undoes everything. With `keep_times`, `created` and `updated` that a value brings
        are kept, as a dataset that is loaded needs. `AlreadyWritten` for a nonce that the history
        holds. Waits up to 15 seconds for another process.
        """
        someone = None if reviewer is None else self._ask(lambda: self._reviewer(reviewer))
        place = None if document is None else self._ask(lambda: self._document(document))
        with self._write(action, someone, place, nonce=nonce, keep_times=keep_times) as write:
            yield write

    def known_nonces(self, nonces: Iterable[str]) -> set[str]:
        """Those of the nonces that have been written."""
        return self._ask(lambda: writing.known_nonces(self._connection, nonces))

    def undo(
        self,
        reviewer: str,
        *,
        document: str | None = None,
        nonce: str | None = None,
        seen: Seen | None = None,
        settling: bool | None = None,
    ) -> HistoryLine | None:
        """Take back the reviewer's latest line that stands, as a new line; `None` if none does.

        With a document, the latest there; with `settling`, the latest that settled or commented,
        or that did neither. `StoreError`, and nothing changed, where another line has changed the
        same row since; `UnseenWork` where that line is none of those `seen`.
        """
        turn = functools.partial(undo.take_back, seen=seen, settling=settling)
        return self._turn("undo", turn, reviewer, document, nonce)

    def redo(
        self,
        reviewer: str,
        *,
        document: str | None = None,
        nonce: str | None = None,
        settling: bool | None = None,
    ) -> HistoryLine | None:
        """Bring back what the latest undo took, as a new line; `None` if nothing can be.

        Writing anything else in a document ends what could be redone there. `settling` as for
        `undo`.
        """
        turn = functools.partial(undo.bring_back, settling=settling)
        return self._turn("redo", turn, reviewer, document, nonce)

    def put_back(self, seq: int) -> HistoryLine | None:
        """Take back the history line with that number, as a new line; for lines of nobody's own.

        `StoreError`, and nothing changed, where another line has changed the same row since, and
        where the line was put back already.
        """
        with self._write("put_back", None, None) as write:
            write.undoes = seq
            undo.put_back(self._connection, write, seq)
        return write.line

    # History, soundness, copies

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one and the same state; nothing can be written inside."""
        with connection.translated(self.path), connection.snapshot(self._connection):
            yield

    def history(
        self,
        *,
        document: str | None = None,
        reviewer: str | None = None,
        actions: Iterable[str] | None = None,
        limit: int | None = None,
    ) -> list[HistoryLine]:
        """Lines, oldest first; each filter narrows; with `limit`, that many of the latest.

        A line of a merge or of a file that was loaded may speak of a hundred thousand rows: who
        looks for other `actions` says so, and does not wait for it.
        """
        return self._ask(
            lambda: history.lines(
                self._connection,
                document=None if document is None else self._document(document),
                reviewer=None if reviewer is None else self._reviewer(reviewer),
                actions=actions,
                limit=limit,
            )
        )

    def founding(self) -> str:
        """The id of the first line of the history: the database's own, and random."""
        return self._ask(lambda: history.founding(self._connection))

    def revision(self) -> int:
        """The number of the latest line of the history; it rises with every write."""
        return self._ask(lambda: history.latest(self._connection))

    def verify(self) -> list[str]:
        """One sentence a problem; empty where the file is sound.

        Checks the file, its references, every text against its hash, every span against its text,
        the chain of the history, and every table against what the history tells.
        """
        with connection.translated(self.path), connection.snapshot(self._connection):
            return list(verify.problems(self._connection))

    def backup(self, path: str | Path) -> None:
        """Write a complete copy to a new file that only its owner may read."""
        target = Path(path)
        if target.exists():
            raise StoreError(f"{str(target)!r} exists already: name a new file")
        with connection.translated(target):
            connection.copy(self._connection, target)

    def _turn(
        self,
        action: str,
        turn: Callable[[sqlite3.Connection, Write, str, str | None], int | None],
        reviewer: str,
        document: str | None,
        nonce: str | None,
    ) -> HistoryLine | None:
        someone = self._ask(lambda: self._reviewer(reviewer))
        place = None if document is None else self._ask(lambda: self._document(document))
        with self._write(action, someone, place, nonce=nonce) as write:
            write.undoes = turn(self._connection, write, someone, place)
        return write.line


def work_of(document: Document | DocumentInfo) -> str:
    """What all language versions of one treaty share: the slug of the main one."""
    return document.metadata.get("work") or document.slug


def open(path: str | Path, *, create: bool = True, readonly: bool = False) -> Store:
    """Open a database, making it where `create` and it is not there; close it after use.

    An older one is copied beside itself, then brought up to date. `StoreError` for a file that is
    not ours, damaged, newer than the program or not writable; `readonly` changes nothing.
    """
    place = Path(path)
    opened = connection.connect(place, create=create, readonly=readonly)
    return Store(place, opened, readonly=readonly)


def warm() -> None:
    """Load what the first write needs, so that no one waits for it; safe in another thread."""
    import sqlite_utils  # noqa: F401  # loading it is the point
