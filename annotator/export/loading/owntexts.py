"""Which stored texts a file of own JSON Lines speaks of, by the names it gives them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from annotator.errors import ExportError, NotFoundError
from annotator.model import Document
from annotator.store import Store

_HELD = 8


class OwnTexts:
    """Finds the texts that lines name; a few of them are held at once, however many there are."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ids: dict[str, str] = {}
        self._instead: dict[str, str] = {}
        self._read = lru_cache(maxsize=_HELD)(store.document)
        self._eids: dict[str, frozenset[str]] = {}

    def introduce(self, id: str, names: Iterable[str]) -> None:
        """Know the stored text with that id by those names, as the file says."""
        self._ids.update(dict.fromkeys(names, id))

    def known(self, key: str) -> Document | None:
        """The text that was looked for by that hash or name before, if it was found."""
        id = self._ids.get(key) or self._instead.get(key)
        return None if id is None else self._read(id)

    def exactly(self, name: str, digest: str | None) -> Document:
        """The text as a line names it, that version of it; `NotFoundError` where it is not here."""
        key = digest or name
        if key not in self._ids:
            try:
                self._ids[key] = self._read(key).id
            except NotFoundError:
                if digest is None:
                    raise
                known = self._store.document(name)
                raise ExportError(
                    f"it was made on another version of {name!r}, with the SHA-256 {digest}; "
                    f"stored is {known.text_sha256}: bring that version in with `intake`"
                ) from None
        return self._read(self._ids[key])

    def nearest(self, name: str, digest: str | None) -> Document:
        """The text as a line names it, or where that version is not here, the latest one."""
        key = digest or name
        if found := self.known(key):
            return found
        info = self._store.document_info(digest) if digest else None
        id = self._instead[key] = info.id if info else self._read(name).id
        return self._read(id)

    def eids(self, document: Document) -> frozenset[str]:
        """The eIds of its clauses."""
        found = self._eids.get(document.id)
        if found is None:
            if len(self._eids) == _HELD:
                self._eids.clear()
            found = self._eids[document.id] = frozenset(one.eid for one in document.clauses)
        return found

    def home(self, name: str, digest: str) -> str:
        """What the lines with such names have in common: their text's id, or a name if none."""
        key = digest or name
        if id := self._ids.get(key):
            return id
        info = (self._store.document_info(digest) if digest else None) or (
            self._store.document_info(name) if name else None
        )
        return info.id if info else key
