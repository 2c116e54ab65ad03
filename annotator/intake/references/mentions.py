"""What a news item cites of stored treaties: "Article 23 of the UN Cybercrime Convention"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from annotator.intake.references import instruments
from annotator.intake.references.lexicon import lexicon
from annotator.intake.references.paths import Phrase
from annotator.intake.references.phrases import phrases
from annotator.intake.references.targets import Tree
from annotator.intake.references.words import ITEMS
from annotator.model import Clause, CrossReference, Document, DocumentInfo, stable_id

_CITING = (
    "article",
    "art.",
    "arts.",
    "artículo",
    "section",
    "chapter",
    "стать",
    "المادة",
    "第",
    "§",
)
# Of ASCII: those that begin alike, looked for only where that beginning is, and the others.
_ALIKE = "art"
_CITING_ALIKE = tuple(word for word in _CITING if word.isascii() and word.startswith(_ALIKE))
_CITING_OTHERWISE = tuple(w for w in _CITING if w.isascii() and w not in _CITING_ALIKE)

_NOBODY = instruments.Own(frozenset(), frozenset(), frozenset())
_WORDS = re.compile(r"\w+")
# Words of a name that tell no instrument from another
_COMMON = frozenset({
    "the", "of", "on", "and", "for", "in", "to", "a", "an", "new", "draft", "its", "this", "that",
    "un", "united", "nations", "international", "global", "treaty", "convention", "agreement",
    "from", "under", "against", "so", "called", "de", "la", "des", "sur", "contre", "contra",
    "sobre", "nouvelle", "nueva", "s",
})  # fmt: skip
_GENERIC = frozenset({"treaty", "convention", "agreement"})


def may_cite(text: str) -> bool:
    """Whether the text has a word that citations of articles have; most news items have none."""
    plain = text.lower()
    if not text.isascii():
        return any(word in plain for word in _CITING)
    return any(map(plain.__contains__, _CITING_OTHERWISE)) or (
        _ALIKE in plain and any(map(plain.__contains__, _CITING_ALIKE))
    )


def mentions(
    item: Document, treaties: Sequence[DocumentInfo], opened: Callable[[str], Document]
) -> tuple[CrossReference, ...]:
    """References of a news item to clauses of the treaties, by their title or slug.

    Only a name that fits one treaty alone is taken; "article 5 of the treaty" is that of the one
    treaty the item names. `opened` gives a treaty by its id, and is called for those cited.
    """
    if item.kind != "news" or not treaties or not may_cite(item.text):
        return ()
    return tuple(_Mentions(item, treaties, opened).find())


class _Mentions:
    def __init__(
        self,
        item: Document,
        treaties: Sequence[DocumentInfo],
        opened: Callable[[str], Document],
    ) -> None:
        self.item = item
        self.opened = opened
        self.lexicon = lexicon(item.language)
        same = [one for one in treaties if one.language == item.language]
        self.known = [(one, _vocabulary(one)) for one in same or treaties]
        self.trees: dict[str, Tree] = {}
        self.only = self._only()

    def find(self) -> Iterator[CrossReference]:
        """The references in text order."""
        text = self.item.text
        for clause in self.item.reviewable():
            floor = clause.body
            for phrase in phrases(text, clause.body, clause.own_end, self.lexicon):
                found = self._treaty(phrase, floor, clause.own_end)
                floor = phrase.end
                if found:
                    treaty, start, end = found
                    yield from self._rows(clause, phrase, treaty, start, end)

    def _treaty(self, phrase: Phrase, floor: int, end: int) -> tuple[DocumentInfo, int, int] | None:
        """The treaty that a phrase is of, and from where to where it is named."""
        first = phrase.pointers[0].steps[0]
        if first.level in ITEMS or first.relative:
            return None
        text, language = self.item.text, self.item.language
        verdict = instruments.follows(text, phrase.end, end, _NOBODY, language, outer=True)
        if verdict and verdict.end > phrase.end:
            treaty = self._named(text[phrase.end : verdict.end])
            return (treaty, phrase.start, verdict.end) if treaty else None
        name, start = instruments.named_before(text, phrase.start, floor, language)
        treaty = self._named(" ".join(name)) if name else None
        return (treaty, start, phrase.end) if treaty else None

    def _named(self, name: str) -> DocumentInfo | None:
        words = {word.casefold() for word in _WORDS.findall(name)}
        telling = words - _COMMON
        if not telling:
            return self.only if words & _GENERIC else None
        fitting = [one for one, vocabulary in self.known if telling <= vocabulary]
        return fitting[0] if len(fitting) == 1 else None

    def _only(self) -> DocumentInfo | None:
        """The one treaty whose every telling word the item has; none where there are several."""
        said = {word.casefold() for word in _WORDS.findall(self.item.text)}
        if not said & _GENERIC:
            return None
        found = [
            one for one, _ in self.known if _telling(one.title) and _telling(one.title) <= said
        ]
        return found[0] if len(found) == 1 else None

    def _rows(
        self, clause: Clause, phrase: Phrase, treaty: DocumentInfo, start: int, end: int
    ) -> Iterator[CrossReference]:
        if treaty.id not in self.trees:
            self.trees[treaty.id] = Tree(self.opened(treaty.id))
        for pointer in phrase.pointers:
            # The first and the last words of a list go on to the treaty's name.
            from_ = min(start, pointer.start) if pointer is phrase.pointers[0] else pointer.start
            to = max(end, pointer.end) if pointer is phrase.pointers[-1] else pointer.end
            targets = self.trees[treaty.id].resolve(pointer, None)
            eids: list[str | None] = list(dict.fromkeys(target.eid for target in targets))
            for eid in eids or [None]:
                yield CrossReference(
                    document=self.item.id,
                    eid=clause.eid,
                    start=from_,
                    end=to,
                    quote=self.item.text[from_:to],
                    target_document=treaty.id,
                    target_eid=eid,
                    id=stable_id("cross_reference", self.item.id, from_, to, treaty.id, eid or ""),
                )


def _telling(title: str) -> set[str]:
    """The words of a title that tell it from others, without what stands in brackets."""
    bare = re.sub(r"\([^()]*\)", " ", title)
    return {word.casefold() for word in _WORDS.findall(bare)} - _COMMON


def _vocabulary(treaty: DocumentInfo) -> frozenset[str]:
    """All words the treaty may be called by: of its title and slug."""
    return frozenset(_telling(treaty.title) | set(treaty.slug.split("-")))
