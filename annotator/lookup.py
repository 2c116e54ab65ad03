"""What a name given to a command stands for: a file, a stored document, those who read in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError, NotFoundError
from annotator.model import Document, Kind

if TYPE_CHECKING:
    from annotator.store import Store

_SUFFIXES = (".txt", ".md", ".html")


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


def text_of_gold(database: Path, gold: Path) -> str:
    """The stored document or file with the text of a gold file, as a name for `document`.

    Its first line names it as `treaty`: the slug of a stored document, or a file of that name
    beside the gold file or in `treaties` beside its folder. `AnnotatorError` where it does not,
    or where there is no such text.
    """
    try:
        first = json.loads(gold.read_text(encoding="utf-8").split("\n", 1)[0])
        treaty = str(first["treaty"])
    except (OSError, ValueError, KeyError, TypeError):
        raise AnnotatorError(
            f"{str(gold)!r} does not name its `treaty` in the first line: give --source"
        ) from None
    if _stored(database, treaty):
        return treaty
    for folder in (gold.parent, gold.parent.parent / "treaties"):
        for suffix in _SUFFIXES:
            if (file := folder / f"{treaty}{suffix}").is_file():
                return str(file)
    raise NotFoundError(f"the text {treaty!r} is neither stored nor a file nearby: give --source")


def readers(store: Store, document: Document, names: Sequence[str]) -> dict[str, str]:
    """Ids and names of the reviewers to compare, by name; without `names` all who read in it.

    `AnnotatorError` where there are fewer than two.
    """
    if names:
        chosen = {one.id: one.name for one in map(store.reviewer, names)}
        if len(chosen) < 2:
            raise AnnotatorError("one reviewer cannot be compared: give --reviewer twice or more")
    else:
        read = {review.reviewer for review in store.reviews(document=document.id) if review.done}
        chosen = {one.id: one.name for one in store.reviewers() if one.id in read}
        if len(chosen) < 2:
            raise AnnotatorError(
                f"{len(chosen) or 'no'} reviewer has marked clauses of {document.slug!r} as read: "
                "two are needed"
            )
    return dict(sorted(chosen.items(), key=lambda item: item[1].casefold()))


def _stored(database: Path, name: str) -> Document | None:
    from annotator import store as stores

    if not database.exists():
        return None
    with stores.open(database, create=False, readonly=True) as store:
        return store.find_document(name)
