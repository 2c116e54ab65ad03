"""Numbers as treaties write them, and their place in a list."""

from __future__ import annotations

import re
import unicodedata

from annotator.intake.structure import numberwords

_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})\Z")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
WORDS_PATTERN = numberwords.PATTERN
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
# Roman numerals typed with Cyrillic letters that look the same.
_LOOK_ALIKES = str.maketrans("ІХСМ", "IXCM")
# Letters that count in lists. Some lists leave out letters of the alphabet and some do not, and
# Arabic counts by the old order (أ ب ج د) or that of the dictionary (أ ب ت ث): each order is one
# string, and what follows in any of them follows.
ALPHABETS = {
    "cyrillic": (
        "абвгдежзиклмнопрстуфхцчшщэюя", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "абвгдежзийклмнопрстуфхцчшщэюя", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "абвгдеєжзиіклмнопрстуфхцчшщюя",
    ),
    "abjad": (
        "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ", "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
        "أبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    ),
    "thai": ("กขคงจฉชซญดตถทธนบปผพฟภมยรลวศสหอฮ", "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"),
    "greek": ("αβγδεζηθικλμνξοπρστυφχψω",),
    "hebrew": ("אבגדהוזחטיכלמנסעפצקרשת",),
    "heavenly": ("甲乙丙丁戊己庚辛壬癸",),
    "kana": ("イロハニホヘトチリヌルヲ", "アイウエオカキクケコサシスセソ"),
    "hangul": ("가나다라마바사아자차카타파하",),
    "devanagari": ("कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",),
}  # fmt: skip
_ALEF = str.maketrans("اإآ", "أأأ")
# Spanish goes from n to ñ to o, Vietnamese from d to đ to e; and neither always.
_INSERTED = {"ñ": 15, "đ": 5}
_CIRCLED = {chr(code): number for number, code in enumerate(range(0x2460, 0x2474), start=1)}
_LONGEST_ROMAN_LIST = 50
_BIS = re.compile(
    r"(.*?)[\s-]?(bis|ter|quater|quinquies|sexies|septies|octies|novies|decies|alt)\Z", re.I
)
_RAISED = re.compile(r"(\d)([¹²³])\Z")
# "Livre Ier", "Título Iº"
_ORDINAL_ENDING = re.compile(r"(?<=[IVXLCDM])(?:er|ER|re|ère|o|º|°)\Z")
# What other languages write for "bis", "ter" and so on, in their order.
_LATIN_BIS = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")
_OTHER_BIS = re.compile(
    r"(?P<number>.*?)[\s-]?(?:(?P<cyrillic>бис|тер|кватер)|(?P<thai>ทวิ|ตรี|จัตวา|เบญจ|ฉ)|"
    r"(?P<arabic>مـ*كـ*ر+ـ*ر\w*)(?:\s*[(]?(?P<again>[أ-ي\d])[)]?)?|"
    r"(?P<persian>مکرر)|[之のノ의]\s?(?P<han>[\d一二三四五六七八九十]+))\Z",
    re.I,
)
_AFTER = {
    word: place
    for words in ("бис тер кватер", "ทวิ ตรี จัตวา เบญจ ฉ")
    for place, word in enumerate(words.split())
}
_LETTERED = re.compile(r"\d+\.?[-/]?([A-Z])\Z")
_ORDINAL_SIGN = re.compile("[ºª°]")
# "L. 12-4" and "R*122-1" of the French codes
_OF_A_CODE = re.compile(r"([LRDA])[.\s*]*(\d+(?:-\d+)*)\Z")
# "5.1" and "5-1" in Russian laws, "5/1" in Thai ones, and "5¹" of either
_DECIMAL = re.compile(r"\d+(?:[./-]\d+)+\Z")


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
    """The value of a Chinese numeral below 10,000, 0 where it is none.

    >>> han("十二"), han("二十"), han("一百零三"), han("一二三"), han("二〇")
    (12, 20, 103, 123, 20)
    """
    word = word.replace("廿", "二十").replace("卅", "三十")
    if len(word) > 1 and all(char in _HAN_DIGITS for char in word):
        return int("".join(str(_HAN_DIGITS[char]) for char in word[:4]))
    total = digit = 0
    for char in word:
        if char in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[char]
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
    if numberwords.value(number):
        return str(numberwords.value(number))  # "Erster" is no "Ers ter"
    number, suffix = _without_bis(
        # The signs of "1º" and "3ª" would become letters.
        unicodedata.normalize("NFKC", _RAISED.sub(r"\1.\2", _ORDINAL_SIGN.sub("", number))).strip(
            " ()"
        )
    )
    word = number.strip().replace("ـ", "")
    counted = numberwords.value(word)
    if counted:
        return f"{counted}{suffix}"
    code = _OF_A_CODE.match(word)
    if code:
        return "".join(code.groups())
    if _DECIMAL.match(word):
        return "_".join(str(int(part)) for part in re.findall(r"\d+", word))
    digits = re.match(r"\d+", word)
    if digits:
        lettered = _LETTERED.match(word)
        letter = lettered.group(1) if lettered else word[digits.end() :]
        keep = letter if letter.isascii() and letter.isalpha() and len(letter) == 1 else ""
        return f"{int(digits.group())}{keep}{suffix}"
    alike = _ORDINAL_ENDING.sub("", word).translate(_LOOK_ALIKES)
    if roman(alike):
        word = alike
    if word.isascii() and word.isalnum():
        return word + suffix
    counted = han(word) or next((place for _, place in readings(word.lower())), 0)
    return f"{counted}{suffix}" if counted else ""


def _without_bis(number: str) -> tuple[str, str]:
    """The number and `bis`, `ter`, ... where it ends in that in any language.

    >>> _without_bis("12 бис"), _without_bis("十二之一"), _without_bis("5 مكرر")
    (('12', 'bis'), ('十二', 'bis'), ('5', 'bis'))
    """
    match = _BIS.match(number)
    if match and match.group(1):
        return match.group(1), match.group(2).lower()
    other = _OTHER_BIS.match(number)
    if other is None or not other.group("number"):
        return number, ""
    word = (other.group("cyrillic") or other.group("thai") or "").lower()
    place = _AFTER.get(word, 0)
    if other.group("han"):
        counted = other.group("han")
        place = int(counted) if counted.isdecimal() else han(counted)
        # Chinese counts what was put in; Japanese and Korean count the article itself as the first.
        place -= 1 if "之" in number else 2
    elif other.group("again"):
        again = readings(other.group("again"))
        place = again[0][1] if again else 0
    return other.group("number"), _LATIN_BIS[max(0, min(place, len(_LATIN_BIS) - 1))]


def readings(core: str) -> tuple[tuple[str, int], ...]:
    """The lists in which the number or letter can stand, and its place in each.

    >>> readings("bb"), readings("v"), readings("no")
    ((('letter', 28),), (('letter', 22), ('roman', 5)), ())
    """
    if core.isdecimal():
        return (("number", int(core)),)
    if core in _CIRCLED:
        return (("number", _CIRCLED[core]),)
    if not core.isascii():
        return _foreign(core)
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


def _foreign(core: str) -> tuple[tuple[str, int], ...]:
    """The readings of letters other than a to z, and of Chinese numbers."""
    if core.lower() in _INSERTED:
        return (("letter" if core.islower() else "LETTER", _INSERTED[core.lower()]),)
    plain = re.sub("[ـ\u064b-\u065f]", "", core).translate(_ALEF)
    if plain == "ألف":
        plain = "أ"  # Persian lists spell their first letter out.
    found: dict[tuple[str, int], None] = {}
    for family, orders in ALPHABETS.items():
        name = family.upper() if plain.isupper() else family
        for order in orders:
            place = order.find(plain.lower()) + 1 if len(plain) == 1 else 0
            if place:
                found[name, place] = None
    if not found and han(plain):
        found["han", han(plain)] = None
    return tuple(found)
