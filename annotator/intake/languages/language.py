"""Which languages there are, and which one a text seems to be in.

By script first, then by common words, which is sure for nearly every paragraph and costs a tenth
of a millisecond; a model (py3langid) is loaded only for what is left in doubt.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING

from annotator.errors import IntakeError
from annotator.intake.languages.commonwords import LANGUAGES_OF, SCRIPTS

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# ISO 639-1, and the three-letter codes (ISO 639-3) and "xx" that spaCy has blank pipelines for.
_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
    lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    dsb fil fo grc hsb kmr lij nso xx
"""
CODES = frozenset(_CODES.split())
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*\Z")
# What the model tells apart and a reader calls by one name.
_SAME = {"no": "nb", "ary": "ar", "arz": "ar", "wuu": "zh", "yue": "zh", "hbo": "he", "uzs": "uz"}
_WORD = re.compile(r"[^\W\d_]+")
# Of ASCII, letters become small and the rest spaces: words are split there in a fifth of the time.
_LETTERS = bytes(code if chr(code).isalpha() else 32 for code in range(128)).lower() + bytes(128)
_STARTS = [first for first, _, _ in SCRIPTS]
_NOT_LATIN = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2c00-\U0010ffff]")
# Three slices of a long text, so that a title or an annex in another language does not decide
# alone; more of it only where a few sentences leave doubt.
_SLICES = (250, 1_000)
_FOR_MODEL = 1_500
_FEWEST_HITS = 5
_SHARE = 7
_SURE = 0.9
_FEWEST_LETTERS = 40
# Where a few words fit several languages, the ones that treaties and news come in are likelier.
_OFTEN = frozenset(("fr", "es", "ru", "ar", "zh", "pt", "de", "it", "nl", "id"))
_SELDOM_CODES = "la lb oc br vo io ia an wa lij fo mk ba tt cv os eo gd fy se"
_SELDOM = frozenset(_SELDOM_CODES.split())

# Languages in Latin letters whose common words are known.
_LATIN = tuple(dict.fromkeys(code for codes in LANGUAGES_OF.values() for code in codes))
LATIN = frozenset(_LATIN)
_PLACES = {code: place for place, code in enumerate(_LATIN)}
_FIELDS = Struct(f"<{len(_LATIN)}I")
_PACKED = {
    word: sum(1 << 32 * _PLACES[code] for code in codes) for word, codes in LANGUAGES_OF.items()
}

# Languages that have a script of their own, by which it is named here.
ALONE = frozenset(name for _, _, name in SCRIPTS if name in CODES)

_ARABIC_OWN = re.compile("[ةأإ]|(?:^|\\W)ال")
_ARABIC_KIN = re.compile("[پچژگٹڈڑںےہھټډړږښڼېۍۇۆۈەڭێڕڵ]")
_URDU = re.compile("[ٹڈڑںےہ]")
_RUSSIAN = re.compile("[ыэ]")
_UKRAINIAN = re.compile("[їє]")
_CYRILLIC_KIN = re.compile("[іїєґўђјљњћџѓќѕәғқңөұүһҳӣӯҷӑӗҡҙҫ]")
_BELARUSIAN = re.compile("[ыэў]")
# Of Hindi, Marathi and Nepali: "is", "in", "and".
_DEVANAGARI = (
    ("hi", re.compile(" (?:है|हैं|में|और|का|की|के|से)(?= |।|\\Z)")),
    ("mr", re.compile(" (?:आहे|आहेत|आणि|व|ही|या)(?= |\\.|\\Z)")),
    ("ne", re.compile("(?: (?:छ|छन्|र|मा|हो|गरेको|भएको)|हरू)(?= |।|\\Z)")),
)
_ASSAMESE = re.compile("[ৰৱ]")


def check(code: str) -> str:
    """The primary language of a BCP 47 tag, in lower case: `en-GB` gives `en`.

    Only the primary subtag is kept, since that is what spaCy's pipelines are named by. Raises
    `IntakeError` for what is no tag or no known language.
    """
    match = _TAG.match(code.strip())
    primary = match.group(1).lower() if match else ""
    if primary not in CODES:
        raise IntakeError(
            f"language {code!r} is not known: give a code such as en, fr, es, ru, ar or zh"
        )
    return primary


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look at a text shows: its language, a warning where that is doubtful, or "".

    `mixed` says that a second language may have a share of it.
    """

    code: str
    warning: str = ""
    mixed: bool = False


def guess(text: str) -> tuple[str, str]:
    """A language code for the text, and a sentence that warns where the guess is doubtful.

    The warning is "" where script and words leave no doubt. `xx`, spaCy's code for any language,
    stands for a text without letters or in a language that has no code here.

    >>> guess("Each Party shall adopt the measures that are needed for the protection of data.")
    ('en', '')
    """
    found = look(text)
    return found.code, found.warning


def look(text: str) -> Look:
    """As `guess`, and whether a second language may be there; three slices of the text are read."""
    for length in _SLICES:
        sample = _sample(text, length)
        script = script_of(sample)
        code = by_words(sample, script)
        if code:
            return Look(code, mixed=_mixed(sample, script, code))
        if sample == text:
            break
    if not script:
        return Look("xx", "no letters tell the language, so none is set: give --language")
    code, sure = _by_model(sample, script)
    if sure:
        return Look(code, mixed=True)
    if code == "xx":
        return Look(code, "the language could not be told, so none is set: give --language", True)
    doubt = f"the language was taken to be {code!r}, which is doubtful: give --language"
    return Look(code, doubt, mixed=True)


def _mixed(sample: str, script: str, code: str) -> bool:
    if not sample.isascii() and (script != "latin" or _NOT_LATIN.search(sample)):
        counts = _scripts(sample).most_common(2)
        if len(counts) > 1 and counts[1][1] * 8 > counts[0][1]:
            return True
    if script != "latin":
        return False
    common, hits = _common(sample)
    own = hits[_PLACES[code]]
    # Hardly any text has so many words of others that it matters whose they are.
    if (len(common) - own) * 5 <= own:
        return False
    field = 1 << 32 * _PLACES[code]
    return max(_summed(word for word in common if not word & field)) * 5 > own


def script_of(text: str) -> str:
    """The script that most letters are in: a language of its own (`th`), else the script's name.

    "" for a text without letters.

    >>> script_of("Статья 5"), script_of("ข้อ ๑"), script_of("12.")
    ('cyrillic', 'th', '')
    """
    if text.isascii() or not _NOT_LATIN.search(text):
        return "latin" if any(map(str.isalpha, text)) else ""
    counts = _scripts(text)
    return counts.most_common(1)[0][0] if counts else ""


def _scripts(text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for char, count in Counter(text).items():
        place = bisect_right(_STARTS, ord(char)) - 1
        if place < 0 or ord(char) > SCRIPTS[place][1]:
            continue
        if char.isalpha() or unicodedata.category(char) == "Mn":
            # A letter of these scripts says as much as two or three Latin ones.
            weight = 2 if SCRIPTS[place][2] in ("han", "ja", "ko") else 1
            counts[SCRIPTS[place][2]] += count * weight
    # Japanese and Korean are written with Chinese characters among their own.
    for kin in ("ja", "ko"):
        if counts[kin] * 12 > counts["han"]:
            counts[kin] += counts.pop("han", 0)
    return +counts


def by_words(sample: str, script: str) -> str:
    """The language, where script, telling letters or common words leave no doubt; else ""."""
    if script == "latin":
        _, hits = _common(sample)
        second, most = sorted(hits)[-2:]
        enough = most >= _FEWEST_HITS and most * _SHARE >= len(_words(sample))
        return _LATIN[hits.index(most)] if enough and second * 4 <= most * 3 else ""
    if script == "cyrillic":
        return _cyrillic(sample.lower())
    if script == "arabic":
        return _arabic(sample)
    if script == "bengali":
        return "as" if _ASSAMESE.search(sample) else "bn"
    if script == "devanagari":
        found = sorted(((len(telling.findall(sample)), code) for code, telling in _DEVANAGARI))
        return found[-1][1] if found[-1][0] > 2 * found[-2][0] else ""
    if script == "han":
        return "zh"
    return script if script in CODES else ""


@lru_cache(maxsize=2)
def _words(text: str) -> list[str]:
    if text.isascii():
        return text.encode().translate(_LETTERS).decode().split()
    return _WORD.findall(text.lower())


@lru_cache(maxsize=2)
def _common(text: str) -> tuple[list[int], tuple[int, ...]]:
    """Those of its words that are common ones, as in `_PACKED`, and how many of each language."""
    found = list(filter(None, map(_PACKED.get, _words(text))))
    return found, _summed(found)


def _summed(packed: Iterable[int]) -> tuple[int, ...]:
    """How many of the words are of each language, in the order of `_LATIN`.

    A word stands for one number that has a field of 32 bits for each of its languages: a sum adds
    to all fields at once.
    """
    return _FIELDS.unpack(sum(packed).to_bytes(_FIELDS.size, "little"))


def hits(text: str, languages: Iterable[str] | None = None) -> Counter[str]:
    """How many of the words are among the common ones of each language in Latin letters.

    With `languages`, only those are counted.
    """
    found: Counter[str] = Counter()
    for word, count in Counter(_words(text)).items():
        for code in LANGUAGES_OF.get(word, ()):
            found[code] += count
    wanted = frozenset(found if languages is None else languages)
    return Counter({code: count for code, count in found.items() if code in wanted})


def rank(text: str, languages: Iterable[str]) -> list[tuple[str, float]]:
    """The languages with their probability by the model, the likeliest first.

    Only those given are considered. Languages that the model does not know get 0.
    """
    wanted = dict.fromkeys(languages)
    scores = dict(_ranked(text[:_FOR_MODEL]))
    found = [(code, scores.get(code, 0.0)) for code in wanted]
    total = sum(score for _, score in found) or 1.0
    return sorted(((code, score / total) for code, score in found), key=lambda pair: -pair[1])


def _sample(text: str, length: int) -> str:
    if len(text) <= 3 * length:
        return text
    middle = len(text) // 2
    return "\n".join((text[:length], text[middle : middle + length], text[-length:]))


def _cyrillic(text: str) -> str:
    letters = len(text) or 1
    kin = len(_CYRILLIC_KIN.findall(text))
    if letters >= _FEWEST_LETTERS:
        if _RUSSIAN.search(text) and kin * 200 <= letters:
            return "ru"
        if len(_UKRAINIAN.findall(text)) * 300 >= letters and not _BELARUSIAN.search(text):
            return "uk"
    return ""


def _arabic(text: str) -> str:
    letters = len(text) or 1
    if len(_URDU.findall(text)) * 30 >= letters:
        return "ur"
    own = len(_ARABIC_OWN.findall(text))
    if own * 25 >= letters and len(_ARABIC_KIN.findall(text)) * 300 <= letters:
        return "ar"
    return ""


def _by_model(sample: str, script: str) -> tuple[str, bool]:
    letters = sum(map(str.isalpha, sample[:200]))
    few = letters < 3 * _FEWEST_LETTERS
    weighed = [
        (code, score * (_prior(code) if few else 1.0))
        for code, score in _ranked(sample[:_FOR_MODEL])
    ]
    total = sum(score for _, score in weighed) or 1.0
    code, score = max(weighed, key=lambda pair: pair[1], default=("xx", 0.0))
    if script == "latin" and score < 0.02:
        return "en", False
    return code if code in CODES else "xx", score >= _SURE * total and letters >= _FEWEST_LETTERS


def _prior(code: str) -> float:
    if code == "en":
        return 4.0
    return 2.0 if code in _OFTEN else 0.2 if code in _SELDOM else 1.0


def _ranked(text: str) -> list[tuple[str, float]]:
    found: dict[str, float] = {}
    for code, score in _model().rank(text):
        name = _SAME.get(code, code)
        found[name] = found.get(name, 0.0) + float(score)
    return [pair for pair in found.items() if pair[0] in CODES]


@lru_cache(maxsize=1)
def _model() -> LanguageIdentifier:
    # A second and 100 MB, which most texts need not pay.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
