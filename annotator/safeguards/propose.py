"""Reads stored documents and keeps what was read: the one hook wherever suggestions are made."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.errors import AnnotatorError
from annotator.highlight import check_language
from annotator.model import Document, DocumentInfo
from annotator.safeguards import reader
from annotator.safeguards.reader import Reader
from annotator.store import Store


class Readers:
    """A reader for each language, loaded when it is first asked for and then kept."""

    def __init__(self) -> None:
        self._loaded: dict[str, Reader] = {}

    def of(self, language: str) -> Reader:
        """The reader of a language; `AnnotatorError` where it or its wordings are not right."""
        code = check_language(language)
        if code not in self._loaded:
            self._loaded[code] = reader.load(code)
        return self._loaded[code]

    def prepare(self, documents: Iterable[Document | DocumentInfo]) -> None:
        """Load now what will be needed, so that a mistake in the wordings shows before any writing.

        News has no powers, and languages that cannot be read are passed over.
        """
        for language in dict.fromkeys(one.language for one in documents if one.kind == "treaty"):
            try:
                check_language(language)
            except AnnotatorError:
                continue
            self.of(language)


def outdated(store: Store, document: Document | DocumentInfo) -> bool:
    """Whether a stored text's powers were read by other wordings, or never; loads no spaCy.

    A news item has none, and a language that spaCy does not know cannot be read.
    """
    if document.kind != "treaty":
        return False
    try:
        current = reader.ruleset(document.language)
    except AnnotatorError:
        return False
    return store.powers_ruleset(document.id) != current


def propose(store: Store, document: str, *, readers: Readers | None = None) -> bool:
    """Read a stored text's powers against their safeguards and keep them; False if they are kept.

    `CodebookError`, and nothing stored, where the wordings are not right.
    """
    text = store.document(document)
    if not outdated(store, text):
        return False
    chosen = (readers or Readers()).of(text.language)
    found = chosen.read(text, store.cross_references(text.id))
    return store.set_powers(text.id, chosen.ruleset, found)
