"""Gold files: what a careful reader marks in a text, one JSON line a unit.

Three kinds are read, one kind a file:

- places of documents: `treaty` with `article`, or `document` with `eid`, and `labels`;
- sentences: `text` and `labels`, with `language` where it is not English;
- texts coded for the press alone, without a polarity: `text` and `press`, true or false. Their
  coders asked whether a text is about the press, and put speech in general elsewhere.

A label has `concern`, `polarity`, `quotes` (each with `text`; in a sentence also `start` and `end`
in code points) and may be `arguable`: careful readers differ, so it is scored neither way. `either`
says that both polarities are right, as where the repeal of a bad law is asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from annotator.codebook import CONCERNS
from annotator.errors import AnnotatorError
from annotator.model import POLARITIES

Half = Literal["all", "dev", "held-out"]
ANY = "any"
PRESS_CODES = ("censorship", "sources", "attacks", "media_freedom")
"""The codes of press freedom whose matter is the press itself: media, those who work for them and
their sources. The others (offences of content, access to information, expression ...) are of
speech in general, which holds for the press too but is not about it."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader marks; `polarity` is `any` in a file whose coders did not tell them apart."""

    concern: str
    polarity: str
    arguable: bool = False
    either: bool = False
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted once: an article, a clause or a sentence.

    `text` is that of a sentence; a place has `document` and `place`, an article's number or an eid.
    """

    line: int
    id: str
    labels: tuple[Label, ...]
    held_out: bool
    text: str = ""
    language: str = "en"
    document: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Gold:
    """The units of a file and what was coded in it; `sha256` is that of the whole file.

    `codes`, where there are any, are those that its coders asked about: a suggestion under another
    code speaks of something that they did not look for.
    """

    path: Path
    sha256: str
    units: tuple[Unit, ...]
    kinds: tuple[tuple[str, str], ...]
    codes: tuple[str, ...] = ()

    def half(self, half: Half) -> Gold:
        """The same with one half of the units: those to develop on, or those held out."""
        if half == "all":
            return self
        kept = (unit for unit in self.units if unit.held_out == (half == "held-out"))
        return replace(self, units=tuple(kept))

    @property
    def documents(self) -> tuple[str, ...]:
        """The names of the documents it speaks of, in its order; none for sentences."""
        return tuple(dict.fromkeys(unit.document for unit in self.units if unit.document))


def read_gold(path: str | Path) -> Gold:
    """The gold file; `AnnotatorError` names the file and the first line that is not right.

    A unit is held out where it says so (`held_out`). In a file that says so nowhere, the second
    half of its lines is.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
        lines = data.decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotatorError(f"the gold file {str(path)!r} cannot be read: {error}") from None
    rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise AnnotatorError(f"the gold file {str(path)!r} is empty: give one with units")
    units: list[Unit] = []
    shapes: list[str] = []
    marked: list[bool] = []
    lines_by_id: dict[str, int] = {}
    for index, (number, line) in enumerate(rows):
        try:
            row = _row(line)
            shapes.append(_shape(row))
            marked.append("held_out" in row)
            unit = _unit(row, shapes[-1], number, held_out=index >= (len(rows) + 1) // 2)
            if shapes[-1] != shapes[0]:
                raise _Wrong(f"{shapes[-1]} among lines of another kind: keep one kind a file")
            if marked[-1] != marked[0]:
                raise _Wrong("'held_out' stands in some lines only: write it in all or in none")
            if unit.id in lines_by_id:
                raise _Wrong(f"{unit.id!r} stands in line {lines_by_id[unit.id]} already")
        except _Wrong as error:
            raise AnnotatorError(f"{path}, line {number}: {error}") from None
        lines_by_id[unit.id] = number
        units.append(unit)
    kinds: tuple[tuple[str, str], ...] = tuple(
        (concern, polarity) for concern in CONCERNS for polarity in POLARITIES
    )
    codes: tuple[str, ...] = ()
    if shapes[0] == _PRESS:
        kinds, codes = (("press_freedom", ANY),), PRESS_CODES
    return Gold(path, hashlib.sha256(data).hexdigest(), tuple(units), kinds, codes)


class _Wrong(Exception):
    """What is wrong with a line, without its place."""


_PLACE = "a place of a document"
_SENTENCE = "a sentence with labels"
_PRESS = "a text coded for the press"


def _row(line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _Wrong(f"not JSON ({error}): write one object a line") from None
    if not isinstance(row, dict):
        raise _Wrong(f"{line[:40]!r} is not an object: write one object a line")
    return row


def _shape(row: Mapping[str, Any]) -> str:
    if "labels" in row and ("article" in row or "eid" in row):
        return _PLACE
    if "labels" in row and "text" in row:
        return _SENTENCE
    if "press" in row and "text" in row:
        return _PRESS
    raise _Wrong(
        f"{', '.join(map(str, row)) or 'nothing'} is no unit: write labels with article or eid, "
        "or text with labels, or text with press"
    )


def _unit(row: Mapping[str, Any], shape: str, line: int, *, held_out: bool) -> Unit:
    held_out = _truth(row, "held_out", default=held_out)
    if shape == _PLACE:
        place = str(row.get("eid") or row.get("article"))
        document = str(row.get("document") or row.get("treaty") or "")
        named = str(row.get("id") or f"{document}/{place}")
        labels = _labels(row, text=None)
        return Unit(line, named, labels, held_out, document=document, place=place)
    text = row["text"]
    if not isinstance(text, str) or not text.strip():
        raise _Wrong(f"text is {text!r}: write the sentence")
    named, language = str(row.get("id") or f"line {line}"), str(row.get("language") or "en")
    if shape == _SENTENCE:
        labels = _labels(row, text=text)
    else:
        press = _truth(row, "press", default=False)
        labels = (Label("press_freedom", ANY),) if press else ()
    return Unit(line, named, labels, held_out, text=text, language=language)


def _labels(row: Mapping[str, Any], text: str | None) -> tuple[Label, ...]:
    labels = row["labels"]
    if not isinstance(labels, list) or not all(isinstance(label, dict) for label in labels):
        raise _Wrong(f"labels is {labels!r}: write a list of objects, empty where nothing is meant")
    return tuple(_label(label, text) for label in labels)


def _label(label: Mapping[str, Any], text: str | None) -> Label:
    concern, polarity = label.get("concern"), label.get("polarity")
    if concern not in CONCERNS:
        raise _Wrong(f"concern is {concern!r}: use {', '.join(CONCERNS)}")
    if polarity not in POLARITIES:
        raise _Wrong(f"polarity is {polarity!r}: use {', '.join(POLARITIES)}")
    quotes = label.get("quotes", [])
    if not isinstance(quotes, list):
        raise _Wrong(f"quotes is {quotes!r}: write a list of objects with text")
    return Label(
        concern,
        polarity,
        arguable=_truth(label, "arguable", default=False),
        either=_truth(label, "either", default=False),
        quotes=tuple(_quote(quote, text) for quote in quotes),
    )


def _quote(quote: Any, text: str | None) -> str:
    """The quoted words, which in a sentence must stand where the quote says."""
    words = quote.get("text") if isinstance(quote, dict) else None
    if not isinstance(words, str) or not words:
        raise _Wrong(f"a quote is {quote!r}: write its text")
    if text is not None:
        start = quote.get("start", text.find(words))
        if not isinstance(start, int) or text[start : start + len(words)] != words or start < 0:
            raise _Wrong(f"the quote {words!r} does not stand at {start!r} of the text")
    return words


def _truth(row: Mapping[str, Any], key: str, *, default: bool) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise _Wrong(f"{key} is {value!r}: write true or false")
    return value
