"""A text on its way in that replaces another, or is another language version of it."""

from __future__ import annotations

from dataclasses import replace

from annotator.errors import IntakeError
from annotator.model import Document
from annotator.store import Store, work_of


def as_next_version(document: Document, old: Document) -> Document:
    """The document under the slug of the one it replaces, which makes it the next version.

    It stays a language version of the same treaty. `IntakeError` where language or kind differ.
    """
    _same_kind(document, old)
    if _language(document) != _language(old):
        raise IntakeError(
            f"{document.slug!r} is in {document.language!r} and {old.slug!r} in {old.language!r}: "
            f"give `--translation-of {old.slug}`, or `--language` where it was guessed wrongly"
        )
    metadata = dict(document.metadata)
    if work := old.metadata.get("work"):
        metadata.setdefault("work", work)
    return replace(document, slug=old.slug, metadata=metadata)


def as_translation(document: Document, main: Document) -> Document:
    """The document as another language version of the same treaty, its slug ending in its language.

    `IntakeError` where it is in the same language, or of another kind.
    """
    _same_kind(document, main)
    if _language(document) == _language(main):
        raise IntakeError(
            f"{document.slug!r} and {main.slug!r} are both in {main.language!r}: "
            f"give `--replaces {main.slug}`, or `--language` where it was guessed wrongly"
        )
    work = work_of(main)
    slug = f"{work}-{_language(document)}"
    return replace(document, slug=slug, metadata={**document.metadata, "work": work})


def is_latest(store: Store, document: Document, slug: str) -> Document:
    """The stored document, if it is the latest version of the one named; else `IntakeError`.

    It is not where that very text was stored before, as something else.
    """
    latest = store.document(slug)
    if latest.id != document.id:
        raise IntakeError(
            f"this text is stored already, as version {document.version} of {document.slug!r}: "
            f"it cannot become a version of {latest.slug!r} as well"
        )
    return document


def _same_kind(document: Document, other: Document) -> None:
    if document.kind != other.kind:
        raise IntakeError(
            f"{document.slug!r} is of kind {document.kind!r} and {other.slug!r} is not: "
            f"give `--kind {other.kind}`"
        )


def _language(document: Document) -> str:
    return document.language.split("-")[0]
