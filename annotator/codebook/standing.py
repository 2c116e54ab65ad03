"""The versions of the codebook a database has seen, and what they leave in question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.codebook.book import Codebook
from annotator.codebook.versions import Older, Versions, as_seen
from annotator.errors import CodebookError
from annotator.model import Annotation, Assessment, CodebookVersion, Review

if TYPE_CHECKING:
    from annotator.store import Store


@dataclass(frozen=True, slots=True)
class Seen:
    """One version with what it changed and how much still rests on it.

    `changed` are the paths whose words differ from the version before; `says` is its line in the
    list of changes. `reviews` counts the clauses in which nothing was found.
    """

    version: CodebookVersion
    current: bool
    says: str
    changed: tuple[str, ...]
    tags: int
    assessments: int
    reviews: int = 0


Made = Annotation | Assessment | Review
"""What is made under a version of the codebook, and can be called in question by a later one."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """A tag, an assessment or a "no concern" made under words that have changed, and which."""

    value: Made
    older: tuple[Older, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in question, since when its words are what they are, and what rests on the old."""

    path: str
    name: str
    kind: str
    since: CodebookVersion | None
    flagged: tuple[Flagged, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What `standing` finds; `unknown` counts what was made under a version nobody kept here."""

    seen: tuple[Seen, ...]
    flagged: tuple[Flagged, ...]
    entries: tuple[Entry, ...]
    unknown: int
    orphans: dict[str, int]


def standing(store: Store, book: Codebook) -> Standing:
    """The versions a database has seen, the newest first, and what was made under older words."""
    tags, assessments = store.annotations(), store.assessments()
    reviews = [one for one in store.reviews() if one.state == "no_concern" and one.codebook]
    kept = store.codebooks()
    if all(one.sha256 != book.sha256 for one in kept):
        kept.append(as_seen(book))
    versions = Versions(book, kept)
    found = flagged(versions, tags, assessments, reviews)
    made: list[Made] = [*tags, *assessments, *reviews]
    return Standing(
        seen=tuple(_seen(versions, tags, assessments, reviews))[::-1],
        flagged=found,
        entries=_entries(versions, found),
        unknown=sum(not versions.knows(one.codebook) for one in made),
        orphans=dict(versions.orphans(tags, assessments)),
    )


def flagged(
    versions: Versions,
    tags: Iterable[Annotation],
    assessments: Iterable[Assessment],
    reviews: Iterable[Review] = (),
) -> tuple[Flagged, ...]:
    """Those of the tags, assessments and reviews that rest on words which have changed."""
    found = [Flagged(tag, versions.of_tag(tag)) for tag in tags]
    found += [Flagged(one, versions.of_assessment(one)) for one in assessments]
    found += [Flagged(one, versions.of_review(one)) for one in reviews]
    return tuple(one for one in found if one.older)


def refuse_orphans(store: Store, book: Codebook) -> None:
    """`CodebookError` where tags or assessments name what the codebook no longer has."""
    orphans = Versions(book).orphans(store.annotations(), store.assessments())
    for path, number in sorted(orphans.items()):
        raise CodebookError(orphan_line(path, number))


def orphan_line(path: str, number: int) -> str:
    """What is wrong, and what to do about it."""
    concern, _, id = path.partition("/")
    if concern == "safeguard" or not id:
        kind = "safeguard" if id else "concern"
        return (
            f"the codebook has no {kind} {id or concern!r}, which stored work names "
            f"({number:,} times): put it back"
        )
    tags = "1 tag has it" if number == 1 else f"{number:,} tags have it"
    return (
        f"the codebook has no code {id!r} of {concern}, and {tags}: put it back with "
        f"`retired: true`, or add `replaces: [{id}]` to the code that takes its place"
    )


def _seen(
    versions: Versions,
    tags: Iterable[Annotation],
    assessments: Iterable[Assessment],
    reviews: Iterable[Review],
) -> Iterator[Seen]:
    on_tags = _counted(versions, tags)
    on_reviews = _counted(versions, reviews)
    on_assessments = _counted(versions, assessments)
    says = {change.version: change.says for change in versions.current.changes}
    before: CodebookVersion | None = None
    for version in versions.seen:
        hash = version.sha256
        yield Seen(
            version=version,
            current=hash == versions.current.sha256,
            says=says.get(version.version, ""),
            changed=versions.changed(before, version) if before else (),
            tags=on_tags[hash],
            assessments=on_assessments[hash],
            reviews=on_reviews[hash],
        )
        before = version


def _counted(versions: Versions, made: Iterable[Made]) -> Counter[str]:
    """How many were made under each version, by its hash."""
    found = (versions.version_of(one.codebook, one.updated) for one in made)
    return Counter(version.sha256 for version in found if version)


def _entries(versions: Versions, found: Iterable[Flagged]) -> tuple[Entry, ...]:
    gathered: dict[str, list[tuple[Flagged, Older]]] = {}
    for one in found:
        for older in one.older:
            gathered.setdefault(older.path, []).append((one, older))
    return tuple(
        Entry(
            path=path,
            name=held[0][1].old.name or path.rpartition("/")[2],
            kind=held[0][1].kind,
            since=versions.since(path),
            flagged=tuple(one for one, _ in held),
        )
        for path, held in gathered.items()
    )
