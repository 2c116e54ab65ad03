"""What may be stored: each rule refuses in one sentence, before SQLite would in a cryptic one."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterable

from annotator.errors import NotFoundError, StoreError
from annotator.model import (
    OUTCOMES,
    REASONS,
    SETTINGS,
    Adjudication,
    Annotation,
    Assignment,
    Carried,
    CarriedComment,
    Comment,
    Decision,
    Link,
    Review,
    Reviewer,
    SamePerson,
    Setting,
    check_span,
)
from annotator.store import rows
from annotator.store.history import Change

_LONGEST_NAME = 100
_LONGEST_SETTING = 200
_LONGEST_COMMENT = 10_000
_POINTING_AT_ANNOTATIONS = ("decisions",)


class Admission:
    """Checks the values of one transaction; what was found to be stored is not asked for again."""

    def __init__(self, connection: sqlite3.Connection, *, reviewers: Iterable[str] = ()) -> None:
        """`reviewers` are known besides those that are stored."""
        self._connection = connection
        self._texts: dict[str, str] = {}
        self._besides = frozenset(("reviewer", id) for id in reviewers)
        self._found: set[tuple[str, str]] = set(self._besides)

    def check(self, value: rows.Value) -> None:
        """Raise unless everything the value names is stored and its span fits the text.

        `SpanError` for the span, `NotFoundError` for a missing document, clause, reviewer or
        suggestion, `StoreError` for the rest.
        """
        if isinstance(value, Reviewer):
            return
        if isinstance(value, Setting):
            _check_setting(value)
            return
        if isinstance(value, CarriedComment):
            self._text(value.document)
            return
        if value.reviewer is not None:
            self._known(value.reviewer)
        if isinstance(value, SamePerson):
            return
        if isinstance(value, Carried):
            self._text(value.document)
            return
        if isinstance(value, Assignment):
            self._text(value.document)
            if value.eid is not None:
                self._clause(value.document, value.eid)
            return
        if isinstance(value, Decision):
            self._decision(value)
            return
        if isinstance(value, Adjudication):
            _check_outcome(value)
            if value.start is not None and value.end is not None:
                check_span(self._text(value.document), value.start, value.end, value.quote)
        if isinstance(value, Comment):
            self._comment(value)
        if isinstance(value, Annotation | Link):
            check_span(self._text(value.document), value.start, value.end, value.quote)
        if isinstance(value, Link):
            self._clause(value.target_document, value.target_eid)
        self._clause(value.document, value.eid)

    def check_all(self, values: Iterable[rows.Value]) -> None:
        """As `check` for each; those that come by the thousand take a third of the time."""
        texts, found = self._texts, self._found
        clauses_of = ""
        for value in values:
            if type(value) is not Annotation and type(value) is not Review:
                self.check(value)
                continue
            document = value.document
            if document != clauses_of:
                self._clauses(document)  # at once: reviews come for clause after clause
                clauses_of = document
            if type(value) is Annotation:
                text = texts.get(document) or self._text(document)
                check_span(text, value.start, value.end, value.quote)
            if (document, value.eid) not in found or ("reviewer", value.reviewer) not in found:
                self.check(value)

    def forget(self) -> None:
        """Let go of texts and of what was found: it is asked for again where it is needed."""
        self._texts.clear()
        self._found = set(self._besides)

    def name(self, reviewer: Reviewer) -> str:
        """The name without stray spaces; `StoreError` where it is blank, too long or taken."""
        name = unicodedata.normalize("NFC", " ".join(reviewer.name.split()))
        if not any(map(str.isalnum, name)):
            raise StoreError(
                f"{reviewer.name!r} is no name for a reviewer: give at least a letter",
                key="no_name",
                name=reviewer.name,
            )
        if len(name) > _LONGEST_NAME:
            short = f"{name[:40]}…"
            raise StoreError(
                f"{short!r} is longer than the {_LONGEST_NAME} characters of a reviewer's name: "
                "shorten it",
                key="long_name",
                name=short,
                most=_LONGEST_NAME,
            )
        for other in self._connection.execute(
            "select name from reviewers where id <> ?", (reviewer.id,)
        ):
            if other["name"].casefold() == name.casefold():
                raise StoreError(
                    f"there is a reviewer {other['name']!r} already: add an initial",
                    key="name_taken",
                    name=other["name"],
                )
        return name

    def outcome(self, changes: Iterable[Change]) -> None:
        """Raise `StoreError` where the transaction as a whole would leave a reference dangling."""
        for change in changes:
            if change.table == "annotations" and change.after is None:
                for table in _POINTING_AT_ANNOTATIONS:
                    if self._has(table, "annotation", change.key[0]):
                        raise StoreError(
                            f"annotation {change.key[0]!r} is still named in {table}: "
                            "change or remove that first"
                        )
            removed = change.table == "comments" and change.after is None
            if removed and self._has("comments", "parent", change.key[0]):
                raise StoreError("this comment was answered: say in the thread what has changed")
            if change.table == "carried":
                continue  # what was carried may be removed, and is not to be carried again
            named = change.after and change.after.get("annotation")
            if named and not self._has("annotations", "id", named):
                raise StoreError(
                    f"{change.table} would name annotation {named!r}, which is not stored: "
                    "store it in the same step"
                )

    def _decision(self, decision: Decision) -> None:
        found = self._connection.execute(
            "select document from suggestions where id = ?", (decision.suggestion,)
        ).fetchone()
        if found is None:
            raise NotFoundError(
                f"there is no suggestion {decision.suggestion!r}: highlight the document again"
            )
        if found["document"] != decision.document:
            raise StoreError(
                f"suggestion {decision.suggestion!r} is not of document {decision.document!r}: "
                "name the document it is in"
            )

    def _comment(self, comment: Comment) -> None:
        words = " ".join(comment.text.split())
        if not words:
            raise StoreError("the comment says nothing: write a word")
        if len(comment.text) > _LONGEST_COMMENT:
            raise StoreError(f"{words[:40]!r}… is longer than {_LONGEST_COMMENT} characters")
        if comment.start is not None and comment.end is not None:
            check_span(self._text(comment.document), comment.start, comment.end, comment.quote)
        if comment.resolved_by:
            self._known(comment.resolved_by)
        if comment.parent is None:
            return
        first = self._connection.execute(
            "select document, eid, parent from comments where id = ?", (comment.parent,)
        ).fetchone()
        if first is None:
            raise NotFoundError("the comment that this answers is not there any more")
        if tuple(first) != (comment.document, comment.eid, None):
            raise StoreError("a reply belongs to the comment that began the thread, on its clause")

    def _text(self, document: str) -> str:
        if document not in self._texts:
            found = self._connection.execute(
                "select text from documents where id = ?", (document,)
            ).fetchone()
            if found is None:
                raise NotFoundError(f"there is no document {document!r}: add it first")
            self._texts[document] = found["text"]
        return self._texts[document]

    def _known(self, reviewer: str) -> None:
        if ("reviewer", reviewer) in self._found:
            return
        if not self._has("reviewers", "id", reviewer):
            raise NotFoundError(f"there is no reviewer {reviewer!r}: add one first")
        self._found.add(("reviewer", reviewer))

    def _clause(self, document: str, eid: str) -> None:
        if (document, eid) in self._found:
            return
        if self._connection.execute(
            "select 1 from clauses where document = ? and eid = ?", (document, eid)
        ).fetchone():
            self._found.add((document, eid))
            return
        if not self._has("documents", "id", document):
            raise NotFoundError(f"there is no document {document!r}: add it first")
        raise NotFoundError(f"the document has no clause {eid!r}: see its `outline`")

    def _clauses(self, document: str) -> None:
        """Find all clauses of a document at once."""
        found = self._connection.execute("select eid from clauses where document = ?", (document,))
        self._found.update((document, eid) for (eid,) in found)

    def _has(self, table: str, column: str, value: str) -> bool:
        found = self._connection.execute(
            f"select 1 from {table} where {column} = ? limit 1", (value,)
        )
        return found.fetchone() is not None


def _check_outcome(value: Adjudication) -> None:
    if value.outcome not in OUTCOMES:
        raise StoreError(f"{value.outcome!r} is no outcome: there are {', '.join(OUTCOMES)}")
    if value.reason not in REASONS:
        raise StoreError(f"{value.reason!r} is no reason: there are {', '.join(REASONS)}")
    over, about = _parsed(value.over), _parsed(value.about)
    if not isinstance(over, dict) or not all(isinstance(one, str) for one in over.values()):
        raise StoreError(f"{value.over[:60]!r} does not say over whose views it was settled")
    if not isinstance(about, list) or not all(isinstance(p, list) and len(p) == 2 for p in about):
        raise StoreError(f"{value.about[:60]!r} is no list of pairs of a concern and a code")
    spoken = (value.start, value.end, value.polarity, value.concern or None)
    if value.outcome in ("disagree", "none"):
        if any(part is not None for part in spoken) or value.quote:
            raise StoreError(f"the outcome {value.outcome!r} settles no words: leave them out")
    elif None in spoken:
        raise StoreError(
            f"the outcome {value.outcome!r} settles words: give their span, concern and polarity"
        )


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _check_setting(setting: Setting) -> None:
    allowed = SETTINGS.get(setting.name)
    if allowed is None:
        raise StoreError(f"{setting.name!r} is no setting: there are {', '.join(SETTINGS)}")
    if allowed and setting.value not in allowed:
        raise StoreError(f"{setting.name} {setting.value!r}: it takes {' or '.join(allowed)}")
    if len(setting.value) > _LONGEST_SETTING:
        raise StoreError(f"{setting.value[:40]!r}… is longer than {_LONGEST_SETTING} characters")
