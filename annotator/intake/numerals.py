"""Numbers as treaties write them, and their place in a list."""

from __future__ import annotations

import re

_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})\Z")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_WORDS = {
    "premier": 1, "première": 1, "first": 1, "primero": 1, "one": 1, "two": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "erster": 1, "zweiter": 2,
    "dritter": 3, "vierter": 4, "fünfter": 5, "sechster": 6, "siebter": 7, "achter": 8,
    "deuxième": 2, "troisième": 3, "quatrième": 4, "cinquième": 5, "sixième": 6, "septième": 7,
    "huitième": 8, "primera": 1, "segundo": 2, "segunda": 2, "tercero": 3, "tercera": 3,
    "cuarto": 4, "cuarta": 4, "quinto": 5, "quinta": 5, "sexto": 6, "sexta": 6,
}  # fmt: skip
_ARABIC_ORDINALS = {
    "الأول": 1, "الأولى": 1, "الحادي": 1, "الثاني": 2, "الثانية": 2, "الثالث": 3, "الثالثة": 3,
    "الرابع": 4, "الرابعة": 4, "الخامس": 5, "الخامسة": 5, "السادس": 6, "السادسة": 6, "السابع": 7,
    "السابعة": 7, "الثامن": 8, "الثامنة": 8, "التاسع": 9, "التاسعة": 9, "العاشر": 10,
    "العاشرة": 10,
}  # fmt: skip
_ARABIC = "|".join(
    # A tatweel may stretch any letter of a heading: it is decoration.
    "ـ*".join(map(re.escape, word))
    for word in sorted(_ARABIC_ORDINALS, key=len, reverse=True)
)
WORDS_PATTERN = (
    rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?!\w)|"
    rf"(?:{_ARABIC})(?:\s+عـ*شـ*ر(?:ة)?)?(?!\w)"
)
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_LONGEST_ROMAN_LIST = 50
_BIS = re.compile(
    r"(.*?)[\s-]?(bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)\Z", re.I
)
_LETTERED = re.compile(r"\d+[-/]?([A-Z])\Z")
_DECIMAL = re.compile(r"\d+\.\d+\Z")


def roman(word: str) -> int:
    """The value of a Roman numeral in either case, 0 where it is none.

    >>> roman("xiv"), roman("IV"), roman("iiii")
    (14, 4, 0)
    """
    word = word.lower()
    if not _ROMAN.match(word):
        return 0
    values = [_ROMAN_VALUES[c] for c in word]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


def han(word: str) -> int:
    """The value of a Chinese numeral below 1000, 0 where it is none.

    >>> han("十二"), han("二十"), han("一百零三")
    (12, 20, 103)
    """
    total = digit = 0
    for char in word:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        elif char in _HAN_DIGITS:
            digit = _HAN_DIGITS[char]
        else:
            return 0
    return total + digit


def value(number: str) -> int:
    """What the number of an article or chapter counts, 0 where it cannot be told.

    >>> value("12"), value("XIV"), value("premier")
    (12, 14, 1)
    """
    plain = token(number)
    return int(plain) if plain.isdecimal() else roman(plain) if plain.isupper() else 0


def token(number: str) -> str:
    """A number's plain form for an identifier: "1 bis" gives `1bis`, "14/A" `14A`, "14.1" `14_1`.

    Roman numerals and Latin letters stay as they are. "" where the number has no such form.
    """
    suffix = ""
    match = _BIS.match(number)
    if match and match.group(1):
        number, suffix = match.group(1), match.group(2).lower()
    word = number.strip().replace("ـ", "")
    if word.lower() in _WORDS:
        return f"{_WORDS[word.lower()]}{suffix}"
    ordinals = word.split()
    if ordinals and ordinals[0] in _ARABIC_ORDINALS:
        return str(_ARABIC_ORDINALS[ordinals[0]] + (10 if len(ordinals) > 1 else 0))
    if _DECIMAL.match(word):
        return "_".join(str(int(part)) for part in word.split("."))
    digits = re.match(r"\d+", word)
    if digits:
        lettered = _LETTERED.match(word)
        letter = lettered.group(1) if lettered else word[digits.end() :]
        keep = letter if letter.isascii() and letter.isalpha() and len(letter) == 1 else ""
        return f"{int(digits.group())}{keep}{suffix}"
    if word.isascii() and word.isalnum():
        return word + suffix
    counted = han(word)
    return f"{counted}{suffix}" if counted else ""


def readings(core: str) -> tuple[tuple[str, int], ...]:
    """The lists in which the number or letter can stand, and its place in each.

    >>> readings("bb"), readings("v"), readings("no")
    ((('letter', 28),), (('letter', 22), ('roman', 5)), ())
    """
    if core.isdecimal():
        return (("number", int(core)),)
    if core in _CYRILLIC:
        return (("cyrillic", _CYRILLIC.index(core) + 1),)
    stripped = core.replace("ـ", "")
    if len(stripped) == 1 and stripped in _ABJAD:
        return (("abjad", _ABJAD.index(stripped) + 1),)
    if not core.isascii():
        return (("han", han(core)),) if han(core) else ()
    found: list[tuple[str, int]] = []
    low = core.lower()
    if len(set(low)) == 1 and len(low) <= 2:
        found.append(("letter", 26 * (len(low) - 1) + ord(low[0]) - ord("a") + 1))
    counted = roman(low)
    # Lists do not go on to fifty; "(c)", "(d)" and "(di)" are no Roman numerals.
    if 0 < counted < _LONGEST_ROMAN_LIST:
        found.append(("roman", counted))
    # Capitals make lists of their own.
    return tuple((name.upper() if core.isupper() else name, place) for name, place in found)
