"""What an export asks of the whole file before it goes through it text by text."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model import DocumentInfo
from annotator.store import read
from annotator.store.opened import Opened

_SPOKEN = (
    "annotations",
    "decisions",
    "reviews",
    "assessments",
    "links",
    "adjudications",
    "comments",
)


class Taking(Opened):
    """The part of `Store` that says which texts have been spoken of, and by whom."""

    def spoken(self) -> bool:
        """Whether anybody has said anything of any text."""
        asked = " or ".join(f"exists (select 1 from {table})" for table in _SPOKEN)
        return bool(self._ask(lambda: self._connection.execute(f"select {asked}").fetchone())[0])

    def speakers(self) -> dict[str, set[str]]:
        """By the id of each text, of whatever version, those who said anything of it."""
        asked = " union ".join(f"select document, reviewer from {table}" for table in _SPOKEN)
        found: dict[str, set[str]] = {}
        for document, reviewer in self._ask(lambda: self._connection.execute(asked).fetchall()):
            found.setdefault(document, set()).add(reviewer)
        return found

    def document_infos(self, ids: Iterable[str]) -> list[DocumentInfo]:
        """The texts with these ids, without their words, by slug and version."""
        found = self._ask(lambda: read.infos(self._connection, ids))
        return sorted(found.values(), key=lambda info: (info.slug, info.version, info.id))

    def linked_texts(self, documents: Iterable[str]) -> set[str]:
        """The ids of the texts whose clauses are spoken of in these."""
        asked = "select distinct document, target_document from links"
        wanted = set(documents)
        rows = self._ask(lambda: self._connection.execute(asked).fetchall())
        return {target for document, target in rows if document in wanted}
