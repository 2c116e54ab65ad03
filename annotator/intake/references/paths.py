"""What a phrase says: paths of labels from the outermost level named to the innermost."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.intake.references.labels import Label


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a path: by label, by place (`ordinal`, -1 the last), or relative to where it is.

    `relative` is this, that, previous or next; `count` how many are meant, 0 all of them. An
    `ordinal` that is `counted` passes over items in brackets, as the paragraphs of Thai laws do.
    """

    level: str
    label: Label | None = None
    ordinal: int = 0
    relative: str = ""
    count: int = 1
    plural: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Pointer:
    """A path with its place in the text; `through` is the last step of a range, `thereof` bound."""

    start: int
    end: int
    steps: tuple[Step, ...]
    through: Label | None = None
    thereof: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Pointers that one phrase holds; `anchored` where it says itself in what they stand."""

    start: int
    end: int
    pointers: tuple[Pointer, ...]
    anchored: bool = False
