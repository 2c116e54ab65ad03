"""What people say to each other about a clause: the store's answers about it, and what writes it.

A thread is a comment and its replies; the comment that began it is what is resolved.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

from annotator.errors import NotFoundError, StoreError
from annotator.model import CarriedComment, Comment, new_id
from annotator.store import read, rows
from annotator.store.opened import Opened
from annotator.store.write import Write


class Comments(Opened):
    """The part of `Store` that keeps discussions; whoever wrote one can undo it."""

    def comments(
        self,
        *,
        document: str | None = None,
        reviewer: str | None = None,
        eids: Iterable[str] | None = None,
    ) -> list[Comment]:
        """Comments and replies by document, clause and time; each filter narrows."""
        return self._values(Comment, document, reviewer, eids)

    def carried_comments(self, *, document: str | None = None) -> list[CarriedComment]:
        """What became of the comments of earlier versions in a document."""
        return self._values(CarriedComment, document, None, None)

    def comment(
        self,
        document: str,
        eid: str,
        text: str,
        *,
        reviewer: str,
        span: tuple[int, int, str] | None = None,
        nonce: str | None = None,
    ) -> Comment:
        """Begin a thread on a clause, or on words of it: `span` is start, end and quote."""
        place, who = self._ask(lambda: (self._document(document), self._reviewer(reviewer)))
        start, end, quote = span or (None, None, "")
        said = Comment(new_id(), place, eid, who, text.strip(), None, start, end, quote)
        with self._write("comment", who, place, nonce=nonce) as write:
            return write.insert(said)

    def reply(self, comment: str, text: str, *, reviewer: str, nonce: str | None = None) -> Comment:
        """Answer in the thread of a comment, by the id of any in it; one resolved is open again."""

        def answer(write: Write, said: Comment, who: str) -> Comment:
            first = self._first(said)
            if first.is_resolved:
                write.update(dataclasses.replace(first, resolved="", resolved_by=None))
            return write.insert(
                Comment(new_id(), first.document, first.eid, who, text.strip(), first.id)
            )

        return self._on("reply", comment, reviewer, nonce, answer)

    def edit_comment(
        self, comment: str, text: str, *, reviewer: str, nonce: str | None = None
    ) -> Comment:
        """Give a comment other words; `StoreError` where it is somebody else's."""

        def edit(write: Write, said: Comment, who: str) -> Comment:
            self._own(said, who, "answer it instead")
            if text.strip() == said.text:
                return said
            return write.update(dataclasses.replace(said, text=text.strip(), updated=""))

        return self._on("edit_comment", comment, reviewer, nonce, edit)

    def remove_comment(self, comment: str, *, reviewer: str, nonce: str | None = None) -> Comment:
        """Take a comment away; `StoreError` where it is somebody else's, or was answered."""

        def remove(write: Write, said: Comment, who: str) -> Comment:
            self._own(said, who, "only they can remove it")
            write.delete(said)
            return said

        return self._on("remove_comment", comment, reviewer, nonce, remove)

    def resolve_comment(self, comment: str, *, reviewer: str, nonce: str | None = None) -> Comment:
        """Mark the thread of a comment as resolved, as it stands; anyone may."""
        return self._mark("resolve", comment, reviewer, nonce)

    def reopen_comment(self, comment: str, *, reviewer: str, nonce: str | None = None) -> Comment:
        """Take the resolved mark off the thread of a comment; anyone may."""
        return self._mark("reopen", comment, reviewer, nonce)

    def _mark(self, action: str, comment: str, reviewer: str, nonce: str | None) -> Comment:
        def mark(write: Write, said: Comment, who: str) -> Comment:
            first = self._first(said)
            if first.is_resolved == (action == "resolve"):
                return first
            at, by = (write.at, who) if action == "resolve" else ("", None)
            return write.update(dataclasses.replace(first, resolved=at, resolved_by=by))

        return self._on(action, comment, reviewer, nonce, mark)

    def _on(
        self,
        action: str,
        comment: str,
        reviewer: str,
        nonce: str | None,
        change: Callable[[Write, Comment, str], Comment],
    ) -> Comment:
        said, who = self._ask(lambda: (self._comment(comment), self._reviewer(reviewer)))
        # What is resolved keeps its time: `updated` tells when the words were last changed.
        with self._write(action, who, said.document, nonce=nonce, keep_times=True) as write:
            # Read again inside the transaction: somebody may have been quicker.
            return change(write, self._comment(comment), who)

    def _first(self, said: Comment) -> Comment:
        return said if said.parent is None else self._comment(said.parent)

    def _own(self, said: Comment, who: str, instead: str) -> None:
        if said.reviewer != who:
            author = read.reviewer(self._connection, said.reviewer).name
            raise StoreError(f"this comment is {author}'s: {instead}")

    def _comment(self, id: str) -> Comment:
        found = self._connection.execute("select * from comments where id = ?", (id,)).fetchone()
        if found is None:
            raise NotFoundError("this comment is not there any more: load the page again")
        return rows.value_of(Comment, found)
