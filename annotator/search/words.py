"""A text cut into the words it is found by, each with its place in the text as it stands.

The full-text index, the words somebody types and the marks in a result all come through `cut`, so
they cannot differ. SQLite's own tokenizer would not do: it takes a Chinese or Thai sentence for
one word. So the words are made here and the index only keeps them.

- Writing without spaces (Han, kana, Thai, Lao, Khmer, Myanmar, Tibetan ...), and Hangul, whose
  particles grow onto the words, are cut character by character, each with the marks it carries; a
  run of them is looked for as a phrase. No dictionary, so no wrong cut: what is there is found.
- Capitals, accents (Latin and Greek), Arabic and Hebrew vowel signs, tatweel, soft hyphens and
  joiners do not matter; nor do ß and ss, ё and е, ı and i, đ and d, full and half width, nor in
  which digits a number is written. й and и, and signs that are vowels (Hindi, Thai), stay apart.
- The forms of Arabic alef, ya, kaf and ha count as one, and the article ال with what is joined
  before it goes, where at least three letters are left: "والقانون" is found by "قانون".
- An apostrophe parts words: "article" finds "l'article". A hyphen does both: "co-operation" is
  found as "co operation" and as "cooperation".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

RULES = 1
"""Rises when words are cut in another way, so that an index made before is made again."""

BORDER = "\ue000"
"""Stands in the index between two renderings of one text; in no word, so no phrase crosses it."""

# Scripts that are cut by the character. Ranges of code points of their letters.
_CUT = (
    "\u0e00-\u0e4f\u0e80-\u0ecf"  # Thai, Lao
    "\u0f00-\u0f1f\u0f40-\u0fbc"  # Tibetan
    "\u1000-\u103f\u104a-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Myanmar
    "\u1780-\u17d3\u1950-\u19df\u1a20-\u1aad"  # Khmer, Tai Le, Tai Lue, Tai Tham
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff\u3130-\u318f"  # Hangul
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3041-\u30ff\u31f0-\u31ff"  # kana
    "\uff66-\uff9f"  # half width
    "\u2e80-\u2fdf\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff"
    "\U0001aff0-\U0001b16f\U00020000-\U000323af"  # Han beyond the first plane, further kana
)
_HYPHENS = "-\u2010\u2011"
_INNER = frozenset("\u0640\u200c\u200d\u00ad\u2060\ufeff\uff9e\uff9f")
_ARTICLE = re.compile("(?:[وف]?[بك]?ال|[وف]?لل)(?=.)", re.DOTALL)
_LEFT = 3
_VOICED = ("\u3099", "\u309a")
_PLAIN = frozenset(
    {"LATIN", "GREEK", "ARABIC", "FULLWIDTH", "MODIFIER", "SUPERSCRIPT", "SUBSCRIPT", "FEMININE"}
    | {"MASCULINE"}
)
_SAME = str.maketrans(
    {
        "ё": "е",
        "ı": "i",
        "đ": "d",
        "ð": "d",
        "ø": "o",
        "ł": "l",
        "ħ": "h",
        "ŧ": "t",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ς": "σ",
        "ة": "ه",
        "ۃ": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ە": "ه",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ے": "ي",
        "ک": "ك",
        "ٱ": "ا",
        "״": "",
        "׳": "",
    }
)


class Word(NamedTuple):
    """A word as it is looked for, and where it stands: `text[start:end]`, in code points."""

    form: str
    start: int
    end: int


def cut(text: str) -> list[Word]:
    """The words of a text (NFC) in order; hyphenated words are several."""
    # A letter for each character, so that places in one are places in the other.
    kinds = text.translate(_KINDS)
    found = []
    for match in _RUN.finditer(kinds):
        start, end = match.span()
        if form := _form(text[start:end]):
            found.append(Word(form, start, end))
    return found


def joined(text: str) -> list[Word] | None:
    """As `cut`, but hyphenated words are one each; `None` where the text has none."""
    words = cut(text)
    found: list[Word] = []
    for word in words:
        before = found[-1] if found else None
        if before is not None and _hyphenated(text, before, word):
            found[-1] = Word(before.form + word.form, before.start, word.end)
        else:
            found.append(word)
    return found if len(found) < len(words) else None


def renderings(text: str) -> Iterator[list[Word]]:
    """The words of a text in each way in which it can be found."""
    yield cut(text)
    if any(hyphen in text for hyphen in _HYPHENS) and (whole := joined(text)):
        yield whole


def indexed(text: str) -> str:
    """What the full-text index keeps of a text: its forms, a space between two."""
    if text.isascii() and "-" not in text:
        return " ".join(_ASCII.findall(text.lower()))
    parts = [" ".join([word[0] for word in words]) for words in renderings(text)]
    return f" {BORDER} ".join(parts)


def beginnings(written: str) -> tuple[str, ...]:
    """The forms that words which begin as written can begin with."""
    form = written.translate(_FOLDED)
    article = _ARTICLE.match(form)
    return (form, form[article.end() :]) if article else (form,)


def places(
    words: Sequence[Word], phrase: Sequence[str], *, prefix: bool = False
) -> Iterator[tuple[int, int]]:
    """Where the forms stand one after another; with `prefix`, the last word only begins so."""
    size = len(phrase)
    first, last = phrase[0], phrase[-1]
    for at in range(len(words) - size + 1):
        if size > 1 and words[at].form != first:
            continue
        form = words[at + size - 1].form
        if not (form.startswith(last) if prefix else form == last):
            continue
        if all(words[at + n].form == phrase[n] for n in range(1, size - 1)):
            yield words[at].start, words[at + size - 1].end


_ASCII = re.compile("[a-z0-9]+")
_RUN = re.compile("1m*|w[wm]*")
_CUT_ONE = re.compile(f"[{_CUT}]")


class _Table(dict[int, str]):
    """What each character becomes, worked out when it first comes."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, code: int) -> str:
        self[code] = found = self._work_out(chr(code))
        return found


def _kind(char: str) -> str:
    """`1` for a word by itself, `w` for a letter or digit, `m` for what joins, else a space."""
    category = unicodedata.category(char)
    if category[0] == "M" or char in _INNER:
        return "m"
    if category[0] not in "LN":
        return " "
    return "1" if _CUT_ONE.match(char) else "w"


def _folded(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    script = unicodedata.name(char, "").partition(" ")[0]
    if category == "Cf" or char == "\u0640":
        return ""
    if category[0] == "M" and script in ("ARABIC", "HEBREW", "COMBINING"):
        return ""
    plain = unicodedata.normalize("NFKC", char).casefold()
    if script in _PLAIN:
        plain = "".join(
            one for one in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(one)
        )
    return "".join(one for one in plain.translate(_SAME) if unicodedata.category(one)[0] in "LNM")


_KINDS = _Table(_kind)
_FOLDED = _Table(_folded)


@lru_cache(maxsize=1 << 16)
def _form(written: str) -> str:
    """What a run of letters, digits and marks is looked for as."""
    if written.isascii():
        return written.lower()
    form = written.translate(_FOLDED)
    if form.endswith(_VOICED):
        return unicodedata.normalize("NFC", form)
    if len(form) > _LEFT and (article := _ARTICLE.match(form)):
        left = form[article.end() :]
        return left if len(left) >= _LEFT else form
    return form


def _hyphenated(text: str, before: Word, word: Word) -> bool:
    return word.start == before.end + 1 and text[before.end] in _HYPHENS
