"""What was tagged or assessed under words of the codebook that have changed since.

Compared entry by entry: a change to one code calls nothing else in question. A tag rests on its
concern, its code, and the code that its sub-code belongs to; an assessment on its safeguard; the
word that a clause raises no concern on what each concern is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from annotator.codebook.book import Codebook
from annotator.codebook.wordings import Wording, named, versions_named, wordings
from annotator.model import Annotation, Assessment, CodebookVersion, Review

Kind = Literal["changed", "replaced", "retired", "removed"]


@dataclass(frozen=True, slots=True)
class Older:
    """One entry as it was when a tag was made, and as it is now.

    `kind`: its words `changed`, another code `replaced` it, it is `retired`, or `removed` and in
    need of another code. `was` and `now` are the versions. `new` is None where it was removed.
    """

    path: str
    kind: Kind
    was: str
    now: str
    old: Wording
    new: Wording | None


class Versions:
    """The codebook in use against those that a database has seen."""

    def __init__(self, current: Codebook, seen: Iterable[CodebookVersion] = ()) -> None:
        self.current = current
        self.seen: Sequence[CodebookVersion] = tuple(seen)
        self._found: dict[tuple[str | None, str], tuple[Older, ...]] = {}

    def of_tag(self, tag: Annotation) -> tuple[Older, ...]:
        """What has changed since the tag was made or last confirmed; nothing where it holds."""
        paths = [tag.concern]
        if tag.code:
            paths.append(f"{tag.concern}/{tag.code}")
        return self._since(tag.codebook, tag.updated, paths)

    def of_assessment(self, assessment: Assessment) -> tuple[Older, ...]:
        """The same for a word on a safeguard."""
        path = f"safeguard/{assessment.safeguard}"
        return self._since(assessment.codebook, assessment.updated, [path])

    def of_review(self, review: Review) -> tuple[Older, ...]:
        """The same for a clause in which nothing was found, where its version is told."""
        if review.state != "no_concern" or not review.codebook:
            return ()
        concerns = [concern.id for concern in self.current.concerns]
        return self._since(review.codebook, review.updated, concerns)

    def knows(self, stamp: str) -> bool:
        """Whether the words under that stamp are at hand; else nothing can be compared."""
        return self.version_of(stamp) is not None

    def version_of(self, stamp: str, at: str = "") -> CodebookVersion | None:
        """The version that a tag of that time names by its stamp; None where nobody kept it."""
        if stamp == self.current.stamp:
            return as_seen(self.current)
        return self._resolved(stamp, at)

    def since(self, path: str) -> CodebookVersion | None:
        """The first version seen that has the entry as it is now; None where all have."""
        now = wordings(self.current.source).get(path)
        first = None
        for version in reversed(self.seen):
            then = wordings(version.codebook).get(path)
            if (now is None) != (then is None):
                return first
            if now and then and not (now.says_the_same(then) and now.retired == then.retired):
                return first
            first = version
        return None

    def orphans(
        self, tags: Iterable[Annotation], assessments: Iterable[Assessment] = ()
    ) -> Counter[str]:
        """Paths that tags and assessments name and the codebook no longer has, with how many do."""
        paths = [f"{tag.concern}/{tag.code}" if tag.code else tag.concern for tag in tags]
        paths += [f"safeguard/{one.safeguard}" for one in assessments]
        new = wordings(self.current.source)
        return Counter(path for path in paths if named(new, path) is None)

    def changed(self, old: CodebookVersion, new: CodebookVersion) -> tuple[str, ...]:
        """The entries whose words differ between two versions, in the order of the file."""
        before, after = wordings(old.codebook), wordings(new.codebook)
        return tuple(
            path
            for path in dict.fromkeys([*after, *before])
            if path not in before
            or path not in after
            or not before[path].says_the_same(after[path])
            or before[path].retired != after[path].retired
        )

    def _since(self, stamp: str, at: str, paths: Sequence[str]) -> tuple[Older, ...]:
        if stamp == self.current.stamp:
            return ()
        version = self._resolved(stamp, at)
        if version is None:
            return self._without_words(stamp, paths)
        key = version.sha256, "|".join(paths)
        if key not in self._found:
            with_parents = self._with_parents(version, paths)
            found = [self._compared(version, path) for path in with_parents]
            self._found[key] = tuple(one for one in found if one)
        return self._found[key]

    def _without_words(self, stamp: str, paths: Sequence[str]) -> tuple[Older, ...]:
        """Of a version nobody kept, only what is gone can be told."""
        new = wordings(self.current.source)
        was = stamp.partition("+")[0]
        return tuple(
            Older(path, "removed", was, self.current.version, Wording(path, "", ""), None)
            for path in paths
            if named(new, path) is None
        )

    def _resolved(self, stamp: str, at: str) -> CodebookVersion | None:
        """The version a stamp names.

        One without a hash names the last of that number that had been seen when the tag was made.
        """
        number, _, digest = stamp.partition("+")
        found = [one for one in self.seen if one.version == number]
        if digest:
            return next((one for one in found if one.sha256.startswith(digest)), None)
        earlier = [one for one in found if one.added <= at]
        if earlier or found:
            return earlier[-1] if earlier else found[0]
        return as_seen(self.current) if number == self.current.version else None

    def _with_parents(self, version: CodebookVersion, paths: Sequence[str]) -> list[str]:
        old = wordings(version.codebook)
        found = list(paths)
        for path in paths:
            if path in old and (parent := old[path].parent):
                found.insert(found.index(path), parent)
        return found

    def _compared(self, version: CodebookVersion, path: str) -> Older | None:
        old = wordings(version.codebook).get(path)
        new = named(wordings(self.current.source), path)
        was, now = version.version, self.current.version
        if new is None:
            return Older(path, "removed", was, now, old or Wording(path, "", ""), None)
        if old is None:
            return None
        if new.path != path:
            return Older(path, "replaced", was, now, old, new)
        if new.retired and not old.retired:
            return Older(path, "retired", was, now, old, new)
        if old.says_the_same(new) or self._means_the_same(version, path):
            return None
        return Older(path, "changed", was, now, old, new)

    def _means_the_same(self, version: CodebookVersion, path: str) -> bool:
        """Whether every change of the entry's words since was said to leave its meaning."""
        if not any(_spared(change.same_meaning, path) for change in self.current.changes):
            return False
        sources = [version.codebook]
        later = False
        for one in self.seen:
            if later and one.sha256 != self.current.sha256:
                sources.append(one.codebook)
            later = later or one.sha256 == version.sha256
        sources.append(self.current.source)
        said = set(versions_named(version.codebook))
        spared = {c.version: _spared(c.same_meaning, path) for c in self.current.changes}
        for before, after in pairwise(sources):
            old, new = wordings(before).get(path), wordings(after).get(path)
            fresh = versions_named(after) - said
            said |= fresh
            if old is None or new is None:
                return False
            if old.says_the_same(new):
                continue
            if not fresh or not all(spared.get(number, False) for number in fresh):
                return False
        return True


def as_seen(book: Codebook) -> CodebookVersion:
    """The codebook as a database would keep it."""
    return CodebookVersion(book.sha256, book.version, book.source)


def _spared(same_meaning: tuple[str, ...] | None, path: str) -> bool:
    return same_meaning is None or path in same_meaning
