"""Which stored document a text of a file is, and where places in it are in that document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from annotator.export.loading.anchoring import (
    Anchored,
    Anchors,
    Around,
    Correspondence,
    Doubt,
    plain,
)
from annotator.export.loading.foreign import Foreign, Mark, Text, Unit
from annotator.model import Document, DocumentInfo, sha256
from annotator.offsets import Utf16Map
from annotator.store import Store

_MOST_LOOKED_THROUGH = 2_000
_SHORTEST_PART = 40


class Home:
    """A text of a file at its place in a stored document."""

    def __init__(self, text: Text, document: Document, anchors: Anchors, *, sure: bool) -> None:
        self.document = document
        self._text = text
        self._anchors = anchors
        self._same: Correspondence | None = None
        self._utf16: Utf16Map | None = None
        self.start, self.whole = self._place(sure=sure)

    @property
    def alike(self) -> bool:
        """Whether the document has the words of the file's text, as far as the file carries it."""
        return self.whole or self._same is not None

    def _place(self, *, sure: bool) -> tuple[int, bool]:
        """Where the text begins in the document, and whether it stands there letter by letter."""
        content, start = self._text.content, self._text.start or 0
        if content is None:
            return start, sure
        whole = self.document.text
        if whole.startswith(content, start):
            return start, True
        if len(content) < len(whole) and whole.count(content) == 1:
            return whole.index(content), True
        self._same = Correspondence.between(content, whole)
        return (self._same.begins if self._same else start), False

    def place(self, mark: Mark, unit: Unit) -> Anchored | Doubt:
        """Where the mark's words are in the document, or why they are nowhere."""
        content = self._text.content
        start, end = mark.start, mark.end
        if unit == "utf-16":
            read = content if content is not None else self.document.text
            if self._utf16 is None:
                self._utf16 = Utf16Map(read)
            try:
                start, end = map(self._utf16.to_code_points, (start, end))
            except ValueError:
                start = end = -1
        said = None
        if content is not None and 0 <= start < end <= len(content):
            said = content[start:end]
        quote = said if mark.quote is None else mark.quote
        if quote is None:
            if content is None and self.whole and 0 <= start < end <= len(self.document.text):
                # The file names this very text by its hash and repeats no words.
                return Anchored(start, end, self.document.text[start:end], "exact")
            return Doubt("the file gives no words for it that could be compared")
        if self.whole or content is None:
            if found := self._anchors.at(start + self.start, end + self.start, quote):
                return found
        elif self._same is not None and said is not None and _alike(said, quote):
            there = self._same.span(start, end)
            if there is not None:
                return Anchored(*there, self.document.text[there[0] : there[1]], "exact")
        around = None
        if content is not None and said is not None and _alike(said, quote):
            around = Around.of(content, start, end)
        return self._anchors.search(quote, near=start + self.start, around=around)


def _squeezed(text: str) -> str:
    """The text without its white space."""
    return "".join(plain(text).split())


def _alike(one: str, other: str) -> bool:
    return " ".join(plain(one).split()) == " ".join(plain(other).split())


@dataclass(frozen=True, slots=True)
class Missing:
    """A text of the file that is not stored; `reason` says why none of those that are is it."""

    text: Text
    reason: str


class Matcher:
    """Finds the documents of a file's texts; each document is read and searched once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._anchors: dict[str, Anchors] = {}
        self._by_name: dict[str, Document | None] = {}
        self._squeezed: dict[str, str] = {}
        self._texts: list[DocumentInfo] | None = None

    def home(self, text: Text) -> Home | Missing:
        """Where the text is at home, or that it is nowhere."""
        if text.sha256 and (document := self._named(text.sha256)):
            return self._home(text, document, sure=True)
        if text.content is not None and (document := self._named(sha256(plain(text.content)))):
            return self._home(replace(text, start=0), document, sure=True)
        named = next(filter(None, map(self._named, _names(text.name))), None)
        if named is not None and text.content is not None and not text.sha256:
            named = self._version(named, text.content)
        if named is not None:
            found = self._home(text, named, sure=False)
            if text.content is None or text.sha256 or found.alike:
                return found
        if text.content is not None:
            held = list(self._holding(_squeezed(text.content)))
            if len(held) == 1:
                return self._home(replace(text, start=None), held[0], sure=False)
            if len(held) > 1:
                slugs = ", ".join(repr(one.slug) for one in held[:3])
                return Missing(text, f"it stands in {slugs}: the file does not say in which")
        if named is not None:
            return found
        return Missing(text, "no text of that name or with these words is stored")

    def _version(self, latest: Document, content: str) -> Document:
        """The version of the text that is in these words, as far as one sees, or the latest."""
        words = _squeezed(content)
        for info in reversed(self._store.versions(latest.id)):
            document = self._named(info.id)
            if document is not None and words in self._words(document):
                return document
        return latest

    def _words(self, document: Document) -> str:
        """Its text without white space."""
        if document.id not in self._squeezed:
            self._squeezed[document.id] = _squeezed(document.text)
        return self._squeezed[document.id]

    def _home(self, text: Text, document: Document, *, sure: bool) -> Home:
        if document.id not in self._anchors:
            self._anchors[document.id] = Anchors(document)
        return Home(text, document, self._anchors[document.id], sure=sure)

    def _named(self, name: str) -> Document | None:
        if name not in self._by_name:
            found = self._store.find_document(name) if name.strip() else None
            self._by_name[name] = found
            if found is not None:
                self._by_name[found.id] = self._by_name[found.text_sha256] = found
        return self._by_name[name]

    def _holding(self, part: str) -> Iterator[Document]:
        """The stored documents that hold these words, once; not asked of large archives."""
        if self._texts is None:
            self._texts = self._store.documents()
        if len(part) < _SHORTEST_PART or len(self._texts) > _MOST_LOOKED_THROUGH:
            return
        for info in self._texts:
            if info.characters >= len(part):
                document = self._named(info.id)
                if document is None:
                    continue
                if part in self._words(document):
                    yield document


def unit_of(foreign: Foreign, homes: dict[int, Home]) -> Unit:
    """What the file counts in: what it says, unless all its marks only fit the other way.

    Some programs write what JavaScript counts where others write characters, and say neither.
    """
    if foreign.unit == "utf-16":
        return "utf-16"
    astray = 0
    encoded: dict[int, bytes] = {}
    for mark in foreign.marks:
        home, content = homes.get(mark.text), foreign.texts[mark.text].content
        if home is None or mark.quote is None:
            continue
        text = home.document.text if content is None else content
        if text.isascii():
            continue
        if mark.text not in encoded:
            encoded[mark.text] = text.encode("utf-16-le")
        units = encoded[mark.text][2 * mark.start : 2 * mark.end]
        if units != mark.quote.encode("utf-16-le"):
            return "code points"
        astray += text[mark.start : mark.end] != mark.quote
    return "utf-16" if astray else "code points"


def _names(name: str) -> Iterator[str]:
    """What a file may have made of a document's name: a path, a name with an ending."""
    yield name
    path = PurePosixPath(name.replace("\\", "/"))
    for part in (path, *path.parents):
        if part.name:
            yield part.name
            yield part.name.partition(".")[0]
