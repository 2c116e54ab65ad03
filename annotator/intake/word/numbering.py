"""Automatic numbers of a DOCX file, counted as Word counts them and written as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from annotator.intake.word.package import child, children, is_on, name, value

_PLACE = re.compile(r"%([1-9])")
_DEPTHS = 9
# A number is short; a long text before each paragraph would make a small file a huge text.
_LONGEST_TEXT = 100
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    # The depth whose next number starts this one anew; None for the one above it.
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    styles: dict[str, int] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a file with their counters; ask in the order of the text.

    `unknown` collects the forms of number that were written as 1, 2, 3 for want of their own.
    """

    def __init__(self, root: Element | None) -> None:
        """Read the lists and the numbers that refer to them."""
        self.unknown: set[str] = set()
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._started: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        named: dict[str, str] = {}
        for element in children(root):
            if name(element) == "abstractNum":
                id_ = value(element, "abstractNumId")
                self._lists[id_] = _list(element)
                link, style = child(element, "numStyleLink"), child(element, "styleLink")
                if link is not None:
                    links[id_] = value(link)
                if style is not None:
                    named[value(style)] = id_
        # A list that only names a style counts as the list that defines it.
        for id_, style_name in links.items():
            if style_name in named:
                self._lists[id_] = self._lists[named[style_name]]
        for element in children(root):
            target = child(element, "abstractNumId")
            if name(element) == "num" and target is not None:
                self._numbers[value(element, "numId")] = (value(target), *_overrides(element))

    def depth_of(self, number: str, style: str) -> int | None:
        """The depth at which a list counts paragraphs of that style, or None."""
        list_ = self._lists.get(self._numbers.get(number, ("",))[0])
        return list_.styles.get(style) if list_ else None

    def bullet(self, number: str, depth: int) -> str:
        """What a list draws before its items at a depth, in signs that every font has, or ""."""
        abstract, levels, _ = self._numbers.get(number, ("", {}, {}))
        list_ = self._lists.get(abstract)
        level = {**list_.levels, **levels}.get(depth) if list_ else None
        if level is None or level.form != "bullet":
            return ""
        return level.text if level.text in _DASHES else _BULLETS[depth % len(_BULLETS)]

    def next(self, number: str, depth: int) -> str:
        """The next number of a list at a depth (0 to 8) as it is printed, "" for bullets."""
        abstract, levels, starts = self._numbers.get(number, ("", {}, {}))
        list_ = self._lists.get(abstract)
        if list_ is None or not 0 <= depth < _DEPTHS:
            return ""
        merged = {**list_.levels, **levels}
        for at, start in starts.items():
            if (number, at) not in self._started:
                self._started.add((number, at))
                list_.counts[at] = start - 1
        counts = list_.counts
        level = merged.get(depth, _Level())
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for at in range(depth + 1, _DEPTHS):
            restart = merged.get(at, _Level()).restart
            if restart is None or (restart > 0 and depth < restart):
                counts.pop(at, None)

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = merged.get(at, _Level())
            count = counts.get(at, other.start)
            return self._written(count, "decimal" if level.legal else other.form)

        if level.form in ("bullet", "none") and not _PLACE.search(level.text):
            return "" if level.form == "bullet" else level.text.strip()
        return _PLACE.sub(shown, level.text).strip()

    def _written(self, count: int, form: str) -> str:
        if form == "none":
            return ""
        write = _FORMS.get(form)
        if write is None:
            self.unknown.add(form)
            return str(count)
        return write(count)


def _list(element: Element) -> _List:
    found = _List({})
    for inner in element:
        depth = _depth(value(inner, "ilvl"))
        if name(inner) != "lvl" or depth is None:
            continue
        found.levels[depth] = _level(inner)
        style = child(inner, "pStyle")
        if style is not None:
            found.styles[value(style)] = depth
    return found


def _level(element: Element) -> _Level:
    def of(wanted: str) -> str:
        inner = child(element, wanted)
        return value(inner) if inner is not None else ""

    return _Level(
        start=_whole(of("start"), 1),
        form=of("numFmt") or "decimal",
        text=of("lvlText")[:_LONGEST_TEXT],
        restart=_whole(of("lvlRestart"), 0) if of("lvlRestart") else None,
        legal=is_on(child(element, "isLgl")),
    )


def _overrides(element: Element) -> tuple[dict[int, _Level], dict[int, int]]:
    levels: dict[int, _Level] = {}
    starts: dict[int, int] = {}
    for inner in element:
        depth = _depth(value(inner, "ilvl"))
        if name(inner) != "lvlOverride" or depth is None:
            continue
        level, start = child(inner, "lvl"), child(inner, "startOverride")
        if level is not None:
            levels[depth] = _level(level)
        if start is not None:
            starts[depth] = _whole(value(start), 1)
    return levels, starts


def _depth(text: str) -> int | None:
    """One of the nine depths of a list, or None."""
    return int(text) if re.fullmatch("[0-8]", text) else None


def _whole(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else default


def letters(count: int) -> str:
    """A number as Word counts in letters: after z come aa, bb.

    >>> letters(1), letters(28)
    ('a', 'bb')
    """
    if not 0 < count <= 780:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def roman(count: int) -> str:
    """A number in small Roman numerals, as it is beyond 3,999.

    >>> roman(4), roman(48)
    ('iv', 'xlviii')
    """
    if not 0 < count < 4000:
        return str(count)
    written = ""
    for worth, sign in _ROMAN:
        times, count = divmod(count, worth)
        written += sign * times
    return written


# Word draws its bullets with letters of fonts of signs, so that only dashes can be told.
_DASHES = ("-", "–", "—", "•", "*")
_BULLETS = "•◦▪"
_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": letters,
    "upperLetter": lambda count: letters(count).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "bullet": lambda _: "",
    "russianLower": lambda count: "абвгдежзиклмнопрстуфхцчшщэюя"[(count - 1) % 28],
}
