"""A string in the language of the reader, and numbers and dates as that language writes them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from annotator.ui.markdown import plain
from annotator.ui.words.catalogue import catalogue
from annotator.ui.words.choice import language

# Thousands and decimals; French as its national printing office sets them.
_MARKS = {"en": (",", "."), "fr": ("\u202f", ","), "es": (".", ",")}
_SOUNDS_LIKE_Y = re.compile(r"h?i(?!e)", re.IGNORECASE)


def say(key: str, **values: object) -> str:
    """The string under that key, with the values in their places; a number is written out.

    Where the string has a form for one and another for several, the number `n` chooses. A number
    that is a name (an article, a year) is given as a string.
    """
    spoken = language()
    entry = catalogue(spoken)[key]
    if isinstance(entry, dict):
        entry = entry[_form(spoken, values["n"])]
    if not values:
        return entry
    return entry.format_map(
        {
            name: numeral(value) if type(value) is int or type(value) is float else value
            for name, value in values.items()
        }
    )


def say_marked(key: str, **values: object) -> str:
    """As `say`, for a place that reads Markdown: the values show as they stand, whatever they are.

    The string itself may have marks of its own, such as `**{name}**`.
    """
    shown = {
        name: value if isinstance(value, int | float) else plain(str(value))
        for name, value in values.items()
    }
    return say(key, **shown)


def _form(spoken: str, number: object) -> str:
    """French counts nought as one thing, and anything below two."""
    if not isinstance(number, int | float):
        raise TypeError(f"{number!r} does not choose between one and several: give a number")
    return "one" if number == 1 or (spoken == "fr" and 0 <= number < 2) else "other"


def numeral(value: float, digits: int | None = None) -> str:
    """The number with the language's marks; `digits` behind the decimal mark, else as many as need.

    >>> numeral(12507), numeral(0.72), numeral(3, 1)
    ('12,507', '0.72', '3.0')
    """
    spoken = language()
    thousands, decimals = _MARKS[spoken]
    shown = f"{value:,}" if digits is None else f"{value:,.{digits}f}"
    if spoken == "en":
        return shown
    if spoken == "es" and abs(value) < 10_000:
        shown = shown.replace(",", "")  # Spanish leaves four digits together
    return shown.translate({ord(","): thousands, ord("."): decimals})


def percent(share: float) -> str:
    """The share of one as a whole percentage.

    >>> percent(0.716)
    '72%'
    """
    return say("shell.percent", n=round(100 * share))


def day(moment: str, *, year: bool = True) -> str:
    """The day of an ISO 8601 date or time, in words; what is no date comes back as it was.

    >>> day("2026-11-22T08:30:00.000Z"), day("spring")
    ('22 November 2026', 'spring')
    """
    try:
        date = datetime.date.fromisoformat(moment[:10])
    except ValueError:
        return moment
    month = say(f"shell.month.{date.month}")
    ordinal = "1er" if date.day == 1 and language() == "fr" else str(date.day)
    if not year:
        return say("shell.day_of_month", day=ordinal, month=month)
    return say("shell.day", day=ordinal, month=month, year=str(date.year))


def listed(names: Sequence[str]) -> str:
    """The names in a row, with "and" before the last.

    >>> listed(["Ana", "Ben", "Chi"]), listed(["Ana"])
    ('Ana, Ben and Chi', 'Ana')
    """
    *others, last = names or [""]
    if not others:
        return last
    and_like_i = language() == "es" and _SOUNDS_LIKE_Y.match(last)
    before = ", ".join(others)
    return say("shell.and_before_i" if and_like_i else "shell.and", before=before, last=last)
