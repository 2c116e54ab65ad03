"""Texts that have been read and are not stored yet, and what a person changes in them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Any

from annotator import intake
from annotator.errors import AnnotatorError, IntakeError
from annotator.intake.correct import Correction, Desk
from annotator.intake.gather import ABOUT
from annotator.intake.languages.language import check as check_language
from annotator.intake.layout import Line
from annotator.intake.parse import slugify
from annotator.intake.read import BINARY, SUFFIXES
from annotator.model import Document, Kind, new_id
from annotator.offsets import Utf16Map
from annotator.ui.keeping import Belongs, Kinship, Stored
from annotator.ui.words import say

Again = Callable[[Kind], Document]
# A folder brings along what its system keeps in it; nobody means those as texts.
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_LONGEST_TITLE = 300


@dataclass(eq=False)
class Entry:
    """A text on the tray; `path` is its way within a folder, `again` reads it as another kind.

    `steps` are what was corrected, several corrections a step.
    """

    name: str
    read: Document
    again: Again
    path: str = ""
    id: str = field(default_factory=new_id)
    title: str = ""
    language: str = ""
    slug: str = ""
    source: str = ""
    chosen: bool = True
    belongs: Belongs | None = None
    work: str = ""
    stored: Stored | None = None
    steps: list[tuple[Correction, ...]] = field(default_factory=list)
    undone: list[tuple[Correction, ...]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    kinship: Kinship | None = None
    compared: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        """Begin with what the text says of itself."""
        self.title, self.language = self.read.title, self.read.language
        self.slug, self.source = self.read.slug, self.read.source
        self.work = self.read.metadata.get("work", "")
        self.desk = Desk(self.read)
        self._before: list[tuple[tuple[Line, ...], int]] = []

    @cached_property
    def units(self) -> Utf16Map:
        """Offsets of its text as the browser counts them; the text never changes."""
        return Utf16Map(self.read.text)

    @property
    def document(self) -> Document:
        """The text as it would be stored."""
        found = self.desk.document()
        return replace(
            found,
            title=self.title,
            language=self.language,
            slug=self.slug,
            source=self.source,
            metadata={**found.metadata, "work": self.work} if self.work else found.metadata,
        )

    @property
    def storable(self) -> bool:
        """Whether any line of it is in a clause."""
        return any(line.role != "outside" and not line.empty for line in self.desk.lines)

    @property
    def corrected(self) -> int:
        """How many steps of correction it has."""
        return len(self.steps)

    def correct(self, step: Iterable[Correction]) -> None:
        """Make a step; `IntakeError` where a part of it cannot be, and then none of it is."""
        self._make(tuple(step))
        self.undone.clear()

    def _make(self, step: tuple[Correction, ...]) -> None:
        before = self.desk.state()
        try:
            for one in step:
                self.desk.apply(one)
        except IntakeError:
            self.desk.restore(before)
            raise
        self.steps.append(step)
        self._before.append(before)

    def undo(self) -> None:
        """Take the last step back."""
        if not self.steps:
            raise IntakeError("there is no correction to take back")
        self.undone.append(self.steps.pop())
        self.desk.restore(self._before.pop())

    def redo(self) -> None:
        """Make the step again that was taken back last."""
        if not self.undone:
            raise IntakeError("there is no correction to make again")
        self._make(self.undone.pop())

    def set_kind(self, kind: Kind) -> int:
        """Read the text again as a treaty or news; how many corrections that drops."""
        if kind == self.read.kind:
            return 0
        dropped = self.corrected
        self.read = self.again(kind)
        self.__dict__.pop("units", None)
        self.steps.clear()
        self.undone.clear()
        self.desk = Desk(self.read)
        self._before.clear()
        self.kinship, self.compared = None, False
        return dropped

    def set_field(self, name: str, value: str) -> None:
        """Set title, language, slug or source; `IntakeError` for what it cannot be."""
        value = " ".join(value.split())
        if name == "title" and not value:
            raise IntakeError("a text needs a title: write one")
        if name == "language":
            value = check_language(value)
        if name == "slug":
            value = slugify(value)
            if not value:
                raise IntakeError("a text needs a short name: write letters or digits")
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.kinship, self.compared = None, False


@dataclass(eq=False)
class Tray:
    """All that a session has brought in; `open` is the id of the text being looked at.

    `problems` are mistakes in what was read last, `passed_over` the files of a folder that were not
    read, `uploads` the files that were, so that none is read twice, `turn` counts the readings.
    """

    entries: list[Entry] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    uploads: set[str] = field(default_factory=set)
    open: str | None = None
    turn: int = 0

    def entry(self, entry_id: str | None) -> Entry | None:
        """The entry with that id."""
        return next((one for one in self.entries if one.id == entry_id), None)

    def add(self, found: Iterable[Entry]) -> list[Entry]:
        """Lay texts on the tray; one that lies there already is a problem, not a second text."""
        added = []
        for one in found:
            twin = next(
                (other for other in self.entries if other.read.id == one.read.id),
                None,
            )
            if twin:
                self.problems.append(say("intake.same.twin", name=one.name, other=twin.name))
            else:
                one.slug = self._own_slug(one)
                self.entries.append(one)
                added.append(one)
        return added

    def _own_slug(self, entry: Entry) -> str:
        """Its short name, or its way within the folder where another text here has that name."""
        taken = {other.slug for other in self.entries if other.stored is None}
        way = slugify(str(PurePosixPath(entry.path).with_suffix(""))) if entry.path else ""
        slug = way if entry.slug in taken and way else entry.slug
        base, number = slug, 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        return slug

    def settle(self, entry: Entry, stored: Stored) -> None:
        """A text is stored: its file is let go, and its other languages name it as it is named."""
        entry.stored = stored
        entry.again = _no_more
        for other in self.entries:
            if other.work and other.work == entry.read.slug:
                other.work = stored.slug

    def remove(self, entry: Entry) -> None:
        """Take a text off the tray; nothing in the store changes."""
        self.entries.remove(entry)
        if self.open == entry.id:
            self.open = None


def _no_more(_: Kind) -> Document:
    raise IntakeError("it is stored: bring the file in again to read it anew")


def why_not(name: str) -> str:
    """Why a file of a folder is not read, in a word, "" where it is; as the command does it."""
    path = PurePosixPath(name.replace("\\", "/"))
    if any(part.startswith((".", "~$")) or part == "__MACOSX" for part in path.parts):
        return "hidden"
    if path.name.lower() in _SYSTEM_FILES or path.stem.lower() in ABOUT:
        return "about"
    if path.suffix.lower() not in SUFFIXES.keys() | BINARY.keys() or not path.suffix:
        return "unreadable"
    return ""


def from_file(name: str, data: bytes) -> list[Entry]:
    """The texts in a file that a browser sent; `IntakeError` names it as its owner does."""
    path = name.replace("\\", "/")
    own = PurePosixPath(path).name

    def read(kind: Kind | None = None) -> tuple[Document, ...]:
        return intake.read_bytes(data, name=own, kind=kind)

    found = _entries(own, read)
    for one in found:
        one.path = path if "/" in path else ""
    return found


def from_address(url: str) -> list[Entry]:
    """The texts at a web address; it is fetched once, and read again from what was found."""
    found = intake.read_address_all(url.strip())
    return [Entry(_named(url.strip(), one, found), one, partial(_as_kind, one)) for one in found]


def _as_kind(found: Document, kind: Kind) -> Document:
    """A fetched text read as another kind, with what is known of where it comes from."""
    again = intake.parse(found.text, kind=kind, language=found.language, title=found.title)
    return replace(again, slug=found.slug, source=found.source, metadata=found.metadata)


def _named(name: str, one: Document, every: Sequence[Document]) -> str:
    return f"{name} ({one.language})" if len(every) > 1 else name


def from_paste(text: str, *, title: str = "") -> list[Entry]:
    """The texts in what was pasted; `IntakeError` where that has no words."""
    if not any(map(str.isalnum, text)):
        raise IntakeError("the box has no text in it: paste the words to read, then read them")

    name = say("intake.paste.name")

    def read(kind: Kind | None = None) -> tuple[Document, ...]:
        return intake.parse_all(text, kind=kind, title=title.strip() or None, name=name)

    return _entries(name, read)


def _entries(name: str, read: Callable[..., tuple[Document, ...]]) -> list[Entry]:
    found = read()

    def again_at(place: int) -> Again:
        def again(kind: Kind) -> Document:
            versions = read(kind)
            return versions[place] if place < len(versions) else versions[0]

        return again

    return [
        Entry(_named(name, one, found), one, again_at(place)) for place, one in enumerate(found)
    ]


def apply_events(entry: Entry, key: str, events: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Make the corrections that the browser sent; what each nonce is answered, "" where it is done.

    An event that came before is not made again, and one for another text is dropped. Of two runs
    of the page in quick succession the second waits for the first.
    """
    with entry.lock:
        return _answers(entry, key, events)


def _answers(entry: Entry, key: str, events: Iterable[dict[str, Any]]) -> dict[str, str]:
    acks: dict[str, str] = {}
    for event in events:
        nonce = str(event.get("nonce", ""))
        acks[nonce] = ""
        if nonce in entry.seen or event.get("key") != key:
            continue
        entry.seen.add(nonce)
        try:
            _apply(entry, event)
        except AnnotatorError as error:
            acks[nonce] = str(error)
    return acks


def _apply(entry: Entry, event: dict[str, Any]) -> None:
    if event.get("type") == "undo":
        entry.undo()
    elif event.get("type") == "redo":
        entry.redo()
    elif event.get("type") in ("correct", "title"):
        try:
            ats = [entry.units.to_code_points(int(at)) for at in event["ats"]]
            value = str(event.get("value", ""))
            if "end" in event:
                value = str(entry.units.to_code_points(int(event["end"])))
        except (KeyError, TypeError, ValueError):
            raise IntakeError(f"{json.dumps(event)[:80]} names no place in the text") from None
        if event["type"] == "title":
            _make_title(entry, ats[0])
        else:
            entry.correct(Correction(at, str(event.get("action")), value) for at in ats)


def _make_title(entry: Entry, at: int) -> None:
    """Take a line as the title, and out of the clauses."""
    line = next((one for one in entry.desk.lines if one.start <= at < one.end), None)
    if line is None:
        raise IntakeError(f"there is no line at character {at}: choose a line of the text")
    words = " ".join(entry.read.text[line.start : line.end].split())
    if len(words) > _LONGEST_TITLE:
        raise IntakeError(f"{words[:40]!r} and what follows is too long for a title: write one")
    if line.role != "outside":
        entry.correct([Correction(line.start, "outside")])
    entry.set_field("title", words)
