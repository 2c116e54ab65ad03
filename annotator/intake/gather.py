"""Many texts at once: files, folders and web addresses -> documents, one after the other.

Nothing here holds more than one text, or a batch on its way to the store, so that memory does not
grow with their number.
"""

from __future__ import annotations

import os
import pickle
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError, IntakeError
from annotator.intake.files.opening import stem_and_suffix
from annotator.intake.naming import named_apart
from annotator.intake.parse import slugify
from annotator.intake.read import BINARY, SUFFIXES, read_all
from annotator.model import Document

if TYPE_CHECKING:
    from annotator.store import Store

# Each batch writes to pages all over the indexes, since names are random: fewer are cheaper, but
# a batch is in memory three times over, as texts, in SQLite's pages and as a line of history.
BATCH = 500
LARGEST_BATCH = 4_000_000
_IN_MEMORY = 32_000_000
_ADDRESSES = ("http://", "https://")
# What stands in folders and is neither a treaty nor news.
ABOUT = frozenset({"readme", "license", "licence", "changelog", "contributing", "thumbs"})

Name = Callable[[Document, "Store"], Document]


@dataclass(frozen=True, slots=True)
class Text:
    """A file or an address to read; `slug` where its file's name alone would not tell it apart."""

    place: str
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to read: texts that were named, those in folders, and what is passed over.

    `skipped` lists paths by the reason why they are not read.
    """

    named: tuple[Text, ...] = ()
    inside: tuple[Text, ...] = ()
    skipped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.named) + len(self.inside)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a text: its documents, one a language, or the mistake that is in it."""

    place: str
    documents: tuple[Document, ...] = ()
    error: AnnotatorError | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is stored; `given` is the slug it came with, `new` is False where its text
    was there already.
    """

    document: Document
    given: str
    new: bool


def find(sources: Sequence[str]) -> Found:
    """The texts that files, folders and web addresses stand for; nothing is read.

    A folder stands for every file in it and in its folders, sorted by name, but for hidden ones,
    those of a form that cannot be read, those about the folder (README, LICENSE), and links that
    lead out of it. Raises `IntakeError` for a folder without any text.
    """
    named: list[Text] = []
    inside: list[Text] = []
    skipped: dict[str, list[str]] = {}
    for source in sources:
        folder = Path(source)
        if source.lower().startswith(_ADDRESSES) or not _is_folder(folder):
            named.append(Text(source))
            continue
        files = list(_files(folder, skipped))
        if not files:
            raise IntakeError(f"{source} holds no texts that can be read: check the folder")
        slugs = [slugify(_bare(stem_and_suffix(path)[0])) for path in files]
        often = Counter(slugs)
        inside += [
            Text(path, _slug(Path(path), folder) if often[slug] > 1 else None)
            for path, slug in zip(files, slugs, strict=True)
        ]
    return Found(tuple(named), tuple(inside), {why: tuple(at) for why, at in skipped.items()})


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _bare(name: str) -> str:
    """The name without halves of characters, which a file system may hold."""
    return name if name.isascii() else name.encode("utf-8", "replace").decode("utf-8")


def _slug(path: Path, folder: Path) -> str:
    """The way to a file from the folder as its slug, since others have the same name."""
    return slugify(_bare(" ".join(path.relative_to(folder).with_suffix("").parts)))


def _files(folder: Path, skipped: dict[str, list[str]]) -> Iterator[str]:
    """The files to read below a folder, sorted; reasons and paths of the others go to `skipped`."""
    inside = os.path.realpath(folder)
    waiting = [str(folder)]
    while waiting:
        at = waiting.pop()
        try:
            entries = sorted(os.scandir(at), key=lambda entry: entry.name)
        except OSError as error:
            skipped.setdefault(f"cannot be opened: {error.strerror}", []).append(at)
            continue
        folders = []
        for entry in entries:
            why = _why_not(entry, inside)
            if why:
                skipped.setdefault(why, []).append(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                yield entry.path
        waiting += reversed(folders)


def _why_not(entry: os.DirEntry[str], inside: str) -> str:
    """Why a file or folder is passed over, or nothing."""
    if entry.name.startswith((".", "~$")):
        return "hidden"
    if entry.is_dir(follow_symlinks=False):
        return ""
    # A plain file is told by its entry in the folder, without a question to the system.
    if not entry.is_file(follow_symlinks=False) and (why := _why_no_file(entry, inside)):
        return why
    stem, suffix = stem_and_suffix(entry.name.lower())
    if stem in ABOUT:
        return "about the folder"
    if not suffix or (suffix not in SUFFIXES and suffix not in BINARY):
        return "of a form that cannot be read"
    return ""


def _why_no_file(entry: os.DirEntry[str], inside: str) -> str:
    """Why a link, a device or a pipe is passed over; nothing for a link to a file in the folder."""
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return f"cannot be opened: {error.strerror}"
    if entry.is_symlink():
        if stat.S_ISDIR(mode):
            return "a link to a folder"
        if os.path.commonpath([inside, os.path.realpath(entry.path)]) != inside:
            return "a link that leads out of the folder"
    return "" if stat.S_ISREG(mode) else "a device or a pipe"


def read_each(
    texts: Iterable[Text],
    *,
    kind: str | None = None,
    language: str | None = None,
    title: str | None = None,
    allow_private: bool = False,
) -> Iterator[Reading]:
    """Each text read in turn; a mistake in one is its own and does not stop the others.

    Addresses on this machine or its network are opened only where `allow_private`.
    """
    for text in texts:
        try:
            yield Reading(
                text.place,
                _read(text, kind=kind, language=language, title=title, private=allow_private),
            )
        except AnnotatorError as error:
            yield Reading(text.place, error=error)


def sound(
    readings: Iterable[Reading], wrong: list[AnnotatorError], step: Callable[[], None]
) -> Iterator[tuple[Document, ...]]:
    """The documents of the readings; mistakes go to `wrong`, and `step` is called after each."""
    for reading in readings:
        step()
        if reading.error is not None:
            wrong.append(reading.error)
        else:
            yield reading.documents


def _read(
    text: Text,
    *,
    kind: str | None,
    language: str | None,
    title: str | None,
    private: bool,
) -> tuple[Document, ...]:
    if text.place.lower().startswith(_ADDRESSES):
        from annotator.intake.web.document import read_address_all

        return read_address_all(
            text.place, kind=kind, language=language, title=title, allow_private=private
        )
    return read_all(text.place, kind=kind, language=language, title=title, slug=text.slug)


class Held:
    """Documents waiting until all that were named have been read; many of them wait in a file.

    The file has no name and goes when this is closed.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed by `close`
        self._count = 0

    def __enter__(self) -> Held:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, documents: tuple[Document, ...]) -> None:
        """Keep the documents of one text, together and in their order."""
        plain = tuple(replace(one, metadata=dict(one.metadata)) for one in documents)
        pickle.dump(plain, self._file, pickle.HIGHEST_PROTOCOL)
        self._count += 1

    def __iter__(self) -> Iterator[tuple[Document, ...]]:
        """Give the documents of one text after the other, as they came."""
        self._file.seek(0)
        for _ in range(self._count):
            yield pickle.load(self._file)


def keep(
    store: Store, found: Iterable[tuple[Document, ...]], *, name: Name | None = None
) -> Iterator[list[Kept]]:
    """Store the documents of one text after the other, in batches; what was stored after each.

    A batch is one transaction and one line of history. `name` gives a document the slug it is
    stored under; else one whose slug is that of an unrelated text gets a slug of its own.
    """
    batch: list[tuple[Document, ...]] = []
    size = 0
    for documents in found:
        batch.append(documents)
        for one in documents:
            size += len(one.text) + 200 * len(one.clauses)
        if len(batch) >= BATCH or size >= LARGEST_BATCH:
            yield _keep(store, batch, name)
            batch, size = [], 0
    if batch:
        yield _keep(store, batch, name)


def _keep(store: Store, batch: list[tuple[Document, ...]], name: Name | None) -> list[Kept]:
    # Asked for all at once, since hardly any is taken.
    taken = store.known_slugs(one.slug for documents in batch for one in documents)
    if len(batch) == len(batch[0]) == 1:
        # One document by itself, whose history then names it.
        named = _named(batch[0][0], store, name, taken)
        return [_stored(store, named, batch[0][0].slug, store.add_document(named))]
    kept: list[Kept] = []
    with store.write("add_documents") as write:
        for documents in batch:
            main = first = documents[0].slug
            for at, document in enumerate(documents):
                named = _named(document, store, name, taken)
                if not at:
                    main = named.slug
                elif named.metadata.get("work") == first != main:
                    named = replace(named, metadata={**named.metadata, "work": main})
                new = store.add_document(named, write=write)
                taken.add(named.slug)
                kept.append(_stored(store, named, document.slug, new))
    return kept


def _stored(store: Store, named: Document, given: str, new: bool) -> Kept:
    return Kept(named if new else store.document(named.text_sha256), given, new)


def _named(document: Document, store: Store, name: Name | None, taken: set[str]) -> Document:
    """The document under its slug, and as the version it will be there."""
    if name is None and document.slug not in taken:
        return document
    if name is not None:
        document = name(document, store)
        before = store.find_document(document.slug)
    else:
        seen: dict[str, Document | None] = {}
        document = named_apart(
            document, lambda slug: seen.setdefault(slug, store.find_document(slug))
        )
        before = seen[document.slug]
    if before is None:
        return document
    return replace(document, version=max(document.version, before.version + 1))
