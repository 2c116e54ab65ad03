"""Which languages there are, and which one a text seems to be in."""

from __future__ import annotations

import re
from collections import Counter

from annotator.errors import IntakeError

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
_SCRIPTS = {
    "ar": re.compile("[\u0600-\u06ff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "other": re.compile("[\u0370-\u03ff\u0530-\u05ff\u0900-\u1aff\u3040-\u30ff\uac00-\ud7af]"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
}
_COMMON = {
    "en": "the of and to in shall for that by or which with this be is are any its",
    "fr": "le la les des et du une dans pour que qui par sur au aux est ou ne se",
    "es": "el los las y del una para que por con se su al lo es como o sus no",
}
_STOP_WORDS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000


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


def guess(text: str) -> tuple[str, str]:
    """A language code for the text and a sentence that warns of the guess.

    Counts letters by script, and stop words where the script is Latin. Knows en, fr, es, ru, ar
    and zh; other scripts give `xx` (spaCy's code for any language).
    """
    sample = text[:_SAMPLE]
    letters = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS.items()}
    script = max(letters, key=lambda name: letters[name])
    if not letters[script]:
        return "xx", "no letters tell the language, so none is set: give --language"
    if script == "other":
        return "xx", "the language could not be told from its script: give --language"
    if script != "latin":
        return script, f"the language was taken to be {script!r} from its script: give --language"
    words = Counter(_WORD.findall(sample.lower()))
    scores = {code: sum(words[w] for w in stops) for code, stops in _STOP_WORDS.items()}
    best = max(scores, key=lambda code: scores[code])
    total = sum(words.values())
    if scores[best] * 12 < total:
        return "en", "the language could not be told, so it was taken to be 'en': give --language"
    return best, f"the language was taken to be {best!r} from its common words: give --language"
