"""A text on its way into the store: what it is to those that are there, and storing it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError, IntakeError
from annotator.intake.naming import KIN, kin, likeness, set_apart
from annotator.model import Document
from annotator.ui.words import say

if TYPE_CHECKING:
    from annotator.highlight import Highlighters
    from annotator.store import Store

# Each comparison of two treaties takes some 40 ms.
_MOST_COMPARED = 25


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a text: its name in the store, what is highlighted in it, what came over.

    `placed` and `to_place` count the tags of the version before, None where there was none.
    """

    slug: str
    version: int
    suggestions: int
    notice: str = ""
    placed: int | None = None
    to_place: int = 0


@dataclass(frozen=True, slots=True)
class Kinship:
    """How a text stands to those in the store.

    `same` is the stored text with the very same words, `earlier` one of which it reads like another
    version, `unrelated` an other text that has its name.
    """

    same: str = ""
    earlier: str = ""
    unrelated: str = ""


@dataclass(frozen=True, slots=True)
class Belongs:
    """To which stored text, named by its slug, a text belongs, and as what; to none by default."""

    slug: str = ""
    translation: bool = False


def kinship(store: Store, document: Document, *, deep: bool = False) -> Kinship:
    """How a text stands to those in the store, by its hash and its name.

    With `deep` its words are looked for in the treaties of its language too, which takes a second
    where there are many.
    """
    same = store.find_document(document.text_sha256)
    if same is not None:
        return Kinship(same=same.slug)
    named = store.find_document(document.slug)
    if named is not None and kin(named.text, document.text):
        return Kinship(earlier=named.slug)
    if not deep or document.kind != "treaty":
        return Kinship(unrelated=named.title if named else "")
    others = [
        info
        for info in store.documents()
        if info.kind == document.kind
        and info.language.split("-")[0] == document.language.split("-")[0]
        and info.slug != document.slug
        and info.characters < 3 * len(document.text) < 9 * info.characters
    ]
    # Drafts share their clauses; of several that are alike, the one of the same name is meant.
    entitled = document.title.casefold()
    others.sort(key=lambda info: info.title.casefold() != entitled)
    best, nearest = KIN, ""
    for info in others[:_MOST_COMPARED]:
        alike = likeness(store.document(info.id).text, document.text)
        if alike >= KIN and info.title.casefold() == entitled:
            return Kinship(earlier=info.slug)
        if alike > best or (alike >= KIN and not nearest):
            best, nearest = alike, info.slug
    if nearest:
        return Kinship(earlier=nearest)
    return Kinship(unrelated=named.title if named else "")


def keep(
    store: Store, document: Document, *, belongs: Belongs, highlighters: Highlighters
) -> Stored:
    """Highlight a text and store it: as one of its own, a later version, or in another language.

    What can go wrong in highlighting does so before anything is stored; a language without rules
    is stored without suggestions, and `notice` says so. To a later version the tags and reviews of
    the one before are brought over.
    """
    from annotator import safeguards, versions

    if not any(clause.reviewable for clause in document.clauses):
        raise IntakeError("no line is in a clause: say what the lines are, then store it")
    if belongs.slug and belongs.translation:
        document = versions.as_translation(document, store.document(belongs.slug))
        document = set_apart(document, store.find_document)
    elif belongs.slug:
        document = versions.as_next_version(document, store.document(belongs.slug))
    else:
        document = set_apart(document, store.find_document)
    notice, found, ruleset = "", None, ""
    try:
        highlighter = highlighters.of(document.language)
        notice, ruleset = highlighter.notice, highlighter.ruleset
        found = highlighter.highlight(document)
    except AnnotatorError as error:
        notice = str(error)
    if not store.add_document(document):
        same = store.document(document.text_sha256)
        return Stored(same.slug, same.version, 0, say("intake.store.again"))
    if found is not None:
        store.set_suggestions(document.id, ruleset, found)
    try:
        safeguards.propose(store, document.id)
    except AnnotatorError as error:
        notice = notice or str(error)
    kept = store.document(document.id)
    stored = Stored(kept.slug, kept.version, len(found or ()), notice)
    if kept.version == 1:
        return stored
    try:
        report = versions.bring_over(store, kept.id)
    except AnnotatorError as error:
        return replace(stored, notice=say("intake.store.not_over", error=error))
    return replace(stored, placed=report.placed, to_place=report.to_place)
