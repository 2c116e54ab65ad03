"""What a name given to a command stands for: a file, a stored document, those who read in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError, NotFoundError
from annotator.model import Document, Kind

if TYPE_CHECKING:
    from annotator.highlight import Gold
    from annotator.store import Store

_SUFFIXES = (".txt", ".md", ".html")
_KINDS = ("treaties", "news")
_CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def is_file(source: str) -> bool:
    """Whether the name is that of a file, which then goes before a stored document."""
    return Path(source).is_file()


def is_address(source: str) -> bool:
    """Whether the name is a web address."""
    return source.lower().startswith(("http://", "https://"))


def read(
    source: str, *, kind: Kind | None, language: str | None, title: str | None = None
) -> Document:
    """The document in a file or at a web address, stored nowhere; `IntakeError` where none is."""
    from annotator import intake

    if is_address(source):
        from annotator.intake.web.document import read_address

        return read_address(source, kind=kind, language=language, title=title)
    return intake.read(source, kind=kind, language=language, title=title)


def document(
    database: Path, source: str, *, kind: Kind | None = None, language: str | None = None
) -> Document:
    """The document in that file or at that address, else the stored one of that slug, id or hash.

    No database is made. `NotFoundError` where the name is neither's.
    """
    if is_file(source) or is_address(source):
        return read(source, kind=kind, language=language)
    if found := _stored(database, source):
        return found
    raise NotFoundError(f"{source!r} is neither a file nor a document stored in {str(database)!r}")


def texts_of_gold(database: Path, gold: Gold) -> list[Document]:
    """The documents that a gold file names: stored, in a file nearby, or of the project's corpus.

    Nearby is beside the gold file, or in `treaties` or `news` beside its folder. `NotFoundError`
    where a text is nowhere, `AnnotatorError` where the file speaks of places and names no document.
    """
    if any(unit.place and not unit.document for unit in gold.units):
        raise AnnotatorError(
            f"{str(gold.path)!r} does not name its `treaty` or `document`: give --source"
        )
    beside, near = gold.path.resolve().parent, gold.path.resolve().parent.parent
    folders = [beside, *(root / kind for root in (near, _CORPUS) for kind in _KINDS)]
    texts = []
    for name in gold.documents:
        files = (folder / f"{name}{suffix}" for folder in folders for suffix in _SUFFIXES)
        stored = _stored(database, name)
        file = next((file for file in files if file.is_file()), None)
        if stored is None and file is None:
            raise NotFoundError(
                f"the text {name!r} is neither stored nor a file nearby: give --source"
            )
        texts.append(stored or read(str(file), kind=None, language=None))
    return texts


def readers(store: Store, documents: Sequence[Document], names: Sequence[str]) -> dict[str, str]:
    """Ids and names of the reviewers to compare, by name; without `names` all who read in them.

    `AnnotatorError` where there are fewer than two.
    """
    if names:
        chosen = {one.id: one.name for one in map(store.reviewer, names)}
        if len(chosen) < 2:
            raise AnnotatorError("one reviewer cannot be compared: give --reviewer twice or more")
    else:
        read = {
            review.reviewer
            for document in documents
            for review in store.reviews(document=document.id)
            if review.done
        }
        chosen = {one.id: one.name for one in store.reviewers() if one.id in read}
        if len(chosen) < 2:
            slugs = ", ".join(repr(document.slug) for document in documents)
            raise AnnotatorError(
                f"{len(chosen) or 'no'} reviewer has marked clauses of {slugs} as read: "
                "two are needed"
            )
    return dict(sorted(chosen.items(), key=lambda item: item[1].casefold()))


def _stored(database: Path, name: str) -> Document | None:
    from annotator import store as stores

    if not database.exists():
        return None
    with stores.open(database, create=False, readonly=True) as store:
        return store.find_document(name)
