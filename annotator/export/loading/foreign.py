"""What a reader finds in a file of another program, before anybody asks what it means here.

A reader is a module with `read(path) -> Foreign`. It says what the file says and judges nothing:
whether the store knows the text, where the words stand in it and what a label means in the codebook
is worked out for all formats alike (`matching`, `anchoring`, `labels`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Unit = Literal["code points", "utf-16"]
"""What a file counts offsets in."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that marks are made on: by its name in the file, by its words, or by both.

    `content` is the text as the file has it, `None` where it carries none. Where it is a part of a
    document, `start` is where it begins there, in code points, as far as the file knows. `sha256`
    is that of the whole document. `title`, `kind` and `language` are of use where the text is
    brought in.
    """

    name: str
    content: str | None = None
    start: int | None = None
    sha256: str = ""
    title: str = ""
    kind: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words somebody marked: in `texts[text]`, from `start` to `end` in the file's unit.

    `quote` is `None` where the file does not repeat the words; they are then those of the text it
    carries. `label` is as the file has it. Where the file says concern, code and polarity by
    themselves, they stand beside it. `where` names the place in the file, for messages.
    """

    text: int
    start: int
    end: int
    quote: str | None = None
    label: str = ""
    concern: str = ""
    code: str = ""
    polarity: str = ""
    severity: str = ""
    note: str = ""
    reviewer: str = ""
    id: str = ""
    created: str = ""
    updated: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reviewer's word on a whole clause, by its eId: that it was read, or a note on it."""

    text: int
    eid: str
    state: str
    note: str = ""
    reviewer: str = ""
    updated: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """All that a file holds of marks and texts.

    `passed` counts by kind (the keys of `report.PASSED`) what the file has besides and what was not
    read, as relations between spans.
    """

    texts: tuple[Text, ...]
    marks: tuple[Mark, ...]
    readings: tuple[Reading, ...] = ()
    unit: Unit = "code points"
    passed: Mapping[str, int] = field(default_factory=dict)
