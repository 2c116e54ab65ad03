"""From nothing to a database that one can work in: texts, suggestions and a first reviewer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from annotator import codebook, highlight, intake, safeguards
from annotator import store as stores
from annotator.errors import AnnotatorError, StoreError
from annotator.highlight import Highlighters
from annotator.intake.naming import named_apart
from annotator.model import DocumentInfo
from annotator.store import Store

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
PRACTICE_LANGUAGES = ("en", "fr", "es")
FIRST_REVIEWER = "Reviewer A"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What `initialise` did; `changed` is False where everything was there already.

    `added`, `highlighted` and `read` are slugs, the last of texts whose powers were read against
    their safeguards, `suggestions` those found now, `reviewer` the name of the first one where
    there was none. `notices` say why a text could not be highlighted, `problems` which rules a
    mistake leaves out.
    """

    added: tuple[str, ...] = ()
    highlighted: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    suggestions: int = 0
    codebook: bool = False
    reviewer: str | None = None
    notices: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.added or self.highlighted or self.read or self.codebook or self.reviewer)


def initialise(
    path: str | Path, *, corpus: str | Path | None = None, progress: Progress | None = None
) -> Report:
    """Make the database or bring it up to date with the corpus, the codebook and the rules.

    Texts of `corpus` (the project's own folder) that are not stored are added, those whose
    suggestions are not of the present rules are highlighted, the codebook's version is recorded,
    and "Reviewer A" is added where there is no reviewer. Doing it again changes nothing and does
    not load spaCy. `progress` is told in a sentence what takes time.

    `AnnotatorError` for a mistake in the corpus or the codebook; all of it is read before anything
    is stored. Rules with a mistake are left out.
    """
    tell = progress or _quiet
    folder = CORPUS if corpus is None else Path(corpus)
    texts = intake.corpus(folder)
    book = codebook.load(_codebook_of(folder))
    highlighters, readers = Highlighters(), safeguards.Readers()
    if not Path(path).exists():
        highlighters.prepare(text.language for text in texts)
        readers.prepare(texts)
    with stores.open(path) as store:
        new = [text for text in texts if store.find_document(text.text_sha256) is None]
        highlighters.prepare(text.language for text in new)
        readers.prepare(new)
        highlighters.prepare(info.language for info in _outdated(store)[0])
        added = []
        for text in new:
            tell(f"Storing {text.slug}")
            own = named_apart(text, store.find_document)
            if store.add_document(own):
                added.append(own.slug)
        store.refresh_references()
        codebook.refuse_orphans(store, book)
        recorded = store.add_codebook(book.version, book.sha256, book.source)
        outdated, notices = _outdated(store)
        problems = _problems(store)
        suggestions = _highlight(store, outdated, highlighters, tell)
        read = _read_powers(store, readers)
        reviewer = _first_reviewer(store)
    return Report(
        added=tuple(added),
        highlighted=tuple(info.slug for info in outdated),
        read=read,
        suggestions=suggestions,
        codebook=recorded,
        reviewer=reviewer,
        notices=notices,
        problems=problems,
    )


def steps(corpus: str | Path | None = None) -> int:
    """How often `progress` is told something while a new database is made."""
    folder = CORPUS if corpus is None else Path(corpus)
    return 2 * sum(1 for kind in ("treaties", "news") for _ in (folder / kind).glob("*.md"))


def practise(path: str | Path, *, language: str) -> None:
    """Make a database that holds only the invented law of `corpus/practice/`, for a beginner.

    It stands apart from every project, so that nothing tried in it can be taken for a finding. The
    law is in the named language, in English where there is none in it.
    """
    named = language if language in PRACTICE_LANGUAGES else PRACTICE_LANGUAGES[0]
    text = intake.read(CORPUS / "practice" / f"{named}.md")
    book = codebook.load()
    with stores.open(path) as store:
        store.add_document(text)
        store.refresh_references()
        store.add_codebook(book.version, book.sha256, book.source)
        _highlight(store, store.documents(), Highlighters(), _quiet)
        _read_powers(store, safeguards.Readers())
        _first_reviewer(store)


def _problems(store: Store) -> tuple[str, ...]:
    """What is left out of the rules for the stored documents, a line each."""
    found: dict[str, None] = {}
    for info in store.documents():
        try:
            found.update(dict.fromkeys(highlight.problems(info.language)))
        except AnnotatorError:
            continue  # a notice says so
    return tuple(found)


def _outdated(store: Store) -> tuple[list[DocumentInfo], tuple[str, ...]]:
    """Documents without suggestions of the present rules, and why some can have none."""
    outdated, notices = [], []
    for info in store.documents():
        try:
            current = highlight.ruleset(info.language)
        except AnnotatorError as error:
            notices.append(f"{info.slug}: {error}")
            continue
        if store.ruleset(info.id) != current:
            outdated.append(info)
    return outdated, tuple(notices)


def _highlight(
    store: Store, documents: Iterable[DocumentInfo], highlighters: Highlighters, tell: Progress
) -> int:
    """Store new suggestions for the documents, a transaction each; how many there are."""
    count = 0
    for info in documents:
        tell(f"Highlighting {info.slug}")
        highlighter = highlighters.of(info.language)
        found = highlighter.highlight(store.document(info.id))
        store.set_suggestions(info.id, highlighter.ruleset, found)
        count += len(found)
    return count


def _read_powers(store: Store, readers: safeguards.Readers) -> tuple[str, ...]:
    """Read powers against safeguards where the present wordings have not; whose were read."""
    return tuple(
        info.slug
        for info in store.documents()
        if safeguards.propose(store, info.id, readers=readers)
    )


def _first_reviewer(store: Store) -> str | None:
    if store.reviewers():
        return None
    try:
        return store.add_reviewer(FIRST_REVIEWER).name
    except StoreError:
        if store.reviewers():
            return None  # another process was quicker
        raise


def _codebook_of(folder: Path) -> Path:
    """The codebook of another folder than the project's own, else the one in use."""
    own = folder / "codebook.yaml"
    return own if folder != CORPUS and own.exists() else codebook.location()


def _quiet(_: str) -> None:
    """Tell nobody."""
