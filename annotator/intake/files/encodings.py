"""Which encoding bytes without a mark are in: by the characters that each would make of them.

Every candidate decodes a sample; the one that gives the most ordinary text wins. Letters that are
common in the languages of an encoding count in full, others little, a capital within a word or a
sign between letters against it. Ties go to the candidate named first.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from string import ascii_letters

_SAMPLE = 100_000
_MOST_CHARACTERS = 4_000
_GOOD_ENOUGH = 0.45

_WESTERN = "éèàùâêîôûëïüçñáíóúöäåøæßœãõ"
_CENTRAL = "áéíóúýčďěňřšťůžąćęłńśźżőűöüäßăâîşţđ"
_RUSSIAN = "оеаинтсрвлкмдпу"
_ARABIC = "اليمونتربةعدفسهكأقح"
_GREEK = "αοιεητσνυκρπλμάέίόήςωώ"
_HEBREW = "יוהלאבתרמשנדםחעקפט"
_THAI = "านรอกเงมยลวดทสตปบ่้ัีิ"
_KANA = "のにはをたがでてとしれさあいうるなかこまりくっもおらそスルンートリアラ"
_HANGUL = """
이다의는을에가하고를지한사로기자나시정도서은인어대그수일부리라국당언론보호법원경우의해과와제조항권관련여할있것들등및또
"""
_COMMON_HAN = """
的一是不了在人有我他中上大和地到以要就出可也生能而子那得下自之年作用道行所然家事成方多去法如
都同面起看定天分好小部其些主理心本前但因只想日者意力它把十民第公此已工使情明性知全三又正外高由
很最重物手向文政美相被利二等或新己制身果加西斯月合回特代信表化老世位次度任常先海通教原提立及比
水名真走各入口平系活更打女四神何安少才反受目太量再感建接必件期市直德命山金指克至形社便空展科司
五基眼非白界光放即像且思王象完式色路南品住告求程北死交取拉格共清今切院
"""
_SIMPLIFIED_HAN = """
这个们来为国说时会对于着过发后里种经么学现当没动还进样开从实军无与长机关点业将两间问并应战头体见
什产话内给门儿东声员解论处义几认条气题尔别变总电数报结务做场计管资许统区保队决治马书则听却达强难
权设记类据边张该规万望觉术领确传师观让识候带导争运约缔
"""
_TRADITIONAL_HAN = """
這個們來為國說時會對於著過發後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭體見
什產話內給門兒東聲員解論處義幾認條氣題爾別變總電數報結務做場計管資許統區保隊決治馬書則聽卻達強難
權設記類據邊張該規萬望覺術領確傳師觀讓識候帶導爭運約締
"""

# Codec, the name people know, the blocks its letters come from (prefixes of Unicode names), and
# the common ones among them.
_CANDIDATES: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("cp1252", "windows-1252", ("LATIN",), _WESTERN),
    ("gb18030", "gb18030", ("CJK",), _COMMON_HAN + _SIMPLIFIED_HAN),
    ("big5hkscs", "big5", ("CJK",), _COMMON_HAN + _TRADITIONAL_HAN),
    ("cp932", "shift_jis", ("CJK", "HIRAGANA", "KATAKANA"), _COMMON_HAN + _KANA),
    ("euc_jp", "euc-jp", ("CJK", "HIRAGANA", "KATAKANA"), _COMMON_HAN + _KANA),
    ("cp949", "euc-kr", ("HANGUL",), _HANGUL),
    ("cp1251", "windows-1251", ("CYRILLIC",), _RUSSIAN),
    ("koi8_r", "koi8-r", ("CYRILLIC",), _RUSSIAN),
    ("cp866", "cp866", ("CYRILLIC",), _RUSSIAN),
    ("iso8859_5", "iso-8859-5", ("CYRILLIC",), _RUSSIAN),
    ("mac_cyrillic", "x-mac-cyrillic", ("CYRILLIC",), _RUSSIAN),
    ("cp1256", "windows-1256", ("ARABIC",), _ARABIC),
    ("iso8859_6", "iso-8859-6", ("ARABIC",), _ARABIC),
    ("cp1250", "windows-1250", ("LATIN",), _CENTRAL),
    ("iso8859_2", "iso-8859-2", ("LATIN",), _CENTRAL),
    ("cp1253", "windows-1253", ("GREEK",), _GREEK),
    ("cp1254", "windows-1254", ("LATIN",), "çğıöşüâî"),
    ("cp1255", "windows-1255", ("HEBREW",), _HEBREW),
    ("cp874", "windows-874", ("THAI",), _THAI),
    ("mac_roman", "macintosh", ("LATIN",), _WESTERN),
    ("cp850", "cp850", ("LATIN",), _WESTERN),
)
_SIGNS = (" ", "\n", "，", "。", "、")
_ASCII = frozenset(ascii_letters)
_QUOTES = frozenset("‘’“”„‚«»‹›–—…•§°№ ·¿¡™®©€£")
_WIDE_SIGNS = frozenset("、。，．；：？！「」『』（）《》〈〉“”‘’—…·　第〔〕【】")

# The encodings that a page or a server may name, by the labels of the WHATWG Encoding Standard.
# Python knows others that are no encodings of text, or take very long to decode.
_LABELS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "shift_jis": "cp932", "x-sjis": "cp932",
    "euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "koi8-r": "koi8_r", "koi8-u": "koi8_u", "ibm866": "cp866", "cp866": "cp866",
    "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "tis-620": "cp874",
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "windows-874": "cp874",
    **{f"windows-125{n}": f"cp125{n}" for n in (0, 1, 3, 4, 5, 6, 7, 8)},
    **{f"cp125{n}": f"cp125{n}" for n in (0, 1, 3, 4, 5, 6, 7, 8)},
}  # fmt: skip


def codec(label: str) -> str:
    """The codec for the name that a page gives its encoding, or nothing where it is not known.

    >>> codec("ISO-8859-1"), codec("unicode_escape")
    ('cp1252', '')
    """
    return _LABELS.get(label.strip().strip("\"'").casefold(), "")


def guess(data: bytes) -> tuple[str, str] | None:
    """The codec and the usual name of an 8-bit or East Asian encoding; None where none fits.

    Only a sample about the first letters that are not ASCII is looked at.
    """
    sample = _sample(data)
    best: tuple[float, str, str] | None = None
    for name, shown, blocks, common in _CANDIDATES:
        decoder = codecs.getincrementaldecoder(name)("replace")
        score = _score(decoder.decode(sample, final=False), blocks, frozenset(common))
        if best is None or score > best[0]:
            best = (score, name, shown)
    return best[1:] if best and best[0] >= _GOOD_ENOUGH else None


def _sample(data: bytes) -> bytes:
    first = re.search(rb"[\x80-\xff]", data)
    at = first.start() if first else 0
    # From the start of a line, or of a word, so that no character of two bytes is halved.
    start = max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at), data.rfind(b" ", 0, at), 0)
    return data[start : start + _SAMPLE]


def _score(text: str, blocks: tuple[str, ...], common: frozenset[str]) -> float:
    worth: dict[str, float] = {}
    total = count = 0.0
    latin = blocks == ("LATIN",)
    for found in re.finditer(r"[^\x00-\x7f]", text):
        if count >= _MOST_CHARACTERS:
            break
        at, char = found.start(), found.group()
        count += 1
        if char not in worth:
            worth[char] = _worth(char, blocks, common)
        value = worth[char]
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        if char in _QUOTES and not char.isalpha():
            inside = before.isalpha() and after.isalpha() and char not in "’–—·"
            value = -1.0 if inside else 1.0 if latin else 0.6
        elif (char.isupper() and before.islower()) or (not latin and before in _ASCII):
            value = -1.0
        elif char == "õ" and after != "e":
            # Portuguese "-ões"; elsewhere it is the ő of a Hungarian text.
            value = 0.35
        elif char == "ς" and after.isalpha():
            # Only the last letter of a Greek word has this form.
            value = -1.0
        elif char.isupper():
            value *= 0.92
        elif latin and not char.isalpha() and (before.isalpha() or after.isalpha()):
            value = -1.0
        elif latin and not (_is_latin(before) or _is_latin(after)):
            # A lone accented capital, or Cyrillic taken for Latin: words of nothing but accents.
            value = min(value, 0.2)
        total += value
    return total / count if count else 0.0


def _is_latin(char: str) -> bool:
    return char.isascii() and (char.isalpha() or not char.strip())


def _worth(char: str, blocks: tuple[str, ...], common: frozenset[str]) -> float:
    if char.casefold() in common:
        return 1.0
    if char in _WIDE_SIGNS:
        return 0.7
    named = unicodedata.name(char, "")
    if named.startswith(blocks):
        return 0.35
    if char == "\ufffd":
        return -4.0
    return -1.0 if unicodedata.category(char)[0] in "CSM" else -0.5


def wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without its mark, in any script; None for what is neither."""
    sample = data[:8192]
    sample = sample[: len(sample) // 4 * 4] if len(sample) >= 4 else sample
    found = {
        name: _likeness(sample.decode(name, "replace"))
        for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
    }
    best = max(found, key=lambda name: found[name])
    return best if found[best] > 0 else None


def _likeness(text: str) -> float:
    """How much a text of 16 or 32 bits a character looks like one; 0 for what cannot be one.

    The wrong half of a character first gives Chinese or Korean of a kind, which only its missing
    spaces and stops tell from a text.
    """
    kinds = Counter(unicodedata.category(char)[0] for char in text if char not in "\t\n\r\f\ufeff")
    total = len(text)
    bad = kinds["C"] + text.count("\ufffd")
    signs = sum(map(text.count, _SIGNS))
    scripts = Counter(
        unicodedata.name(char, "?").split(" ")[0].partition("-")[0]
        for char in text
        if char.isalpha()
    )
    common = [name for name, count in scripts.items() if count * 20 >= scripts.total()]
    doubtful = not signs and not {"CJK", "HANGUL", "YI"}.isdisjoint(common)
    if not total or not scripts or bad * 20 > total or len(common) > 4 or doubtful:
        return 0.0
    return (kinds["L"] + kinds["M"] + kinds["N"] + 3 * signs) / total
