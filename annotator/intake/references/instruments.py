"""Whose article it is: the text's own, or another instrument's.

"article 6 of this Convention" is the text's own, "article 19 of the Covenant" is not, and "article
6 of the Convention" depends on what the text calls itself: by its title, and by what follows
"this" or "the present" in it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from annotator.intake.references.labels import after_stop
from annotator.intake.references.lexicon import lexicon
from annotator.intake.structure.numerals import roman
from annotator.model import Document

_WINDOW = 160
_LOOK_BACK = 110
_KEY = 5
_ACRONYM = re.compile(r"[A-Z]{2,}[A-Za-z]*[A-Z](?![\w])|[A-Z]{3,}(?!\w)")
_NUMBER_SIGNS = frozenset({"no.", "nos.", "nr.", "núm.", "art."})
_ATTACHED = re.compile(r"\s+(?:annexed\s+)?(?:to|à|al?|к)\s+(?:the\s+|la\s+|el\s+|le\s+)?", re.I)
_PIECE = re.compile(r"\S+")
_SPACE = re.compile(r"\s+")
_DIRECT = re.compile(r"[ \u00a0]+(?:the\s+)?")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}(?:[A-Z]\.?)?")
_ONE_WORD = re.compile(r"\s+\w+\s*")
_NAME_WORD = re.compile(r"\s+([^\s,;:.()“”\"]+)|\s*\(([^()\s]{2,14})\)")
_WORD = re.compile(r"[^\s,;:()“”\"«»]+")
_TRAILER = re.compile(
    r"(?:\s*,?\s*(?:in\s+particular|notably|especially|namely|specifically|notamment|en\s+particulier|"
    r"en\s+particular|в\s+частности))?\s*,?\s*(?:the\s+|l['’]|el\s+|los\s+|les\s+)?\Z",
    re.I,
)
_CONNECTING = frozenset({
    "of", "on", "the", "and", "against", "for", "to", "in", "with", "de", "la", "le", "les", "du",
    "des", "sur", "contre", "relative", "relatif", "aux", "au", "en", "del", "los", "las", "y",
    "et", "sobre", "contra", "para", "о", "об", "и", "по", "против",
})  # fmt: skip
_DETERMINER = {
    "en": r"(?:the\s+said|the\s+same|the|that|its|their|his|her|our|such|each|any|those|these|an?)",
    "fr": r"(?:l['’]|la\s+même|le\s+même|ladite|ledit|dudit|la|le|les|sa|son|leur|cette|ce)",
    "es": r"(?:la\s+misma|el\s+mismo|dicha|dicho|la|el|los|las|su|sus|esa|ese|aquella|aquel)",
    "ru": r"(?:указанн\w+|упомянут\w+|т(?:ой|ого)\s+же|этой|этого|той|того)",
    "ar": r"(?:تلك|ذلك)",
    "nl": r"(?:het|de|dat|die|genoemde?)",
    "de": r"(?:jenes|jener|genannten|selben)",
    "pt": r"(?:a|o|as|os|sua|seu|essa|esse|dita|dito)",
    "it": r"(?:detta|detto|tale|sua|suo)",
    "vi": r"(?:đó)",
}
_ANAPHORIC = re.compile(
    r"(?:the\s+said|the\s+same|that|such|those|ladite|ledit|dudit|l[ae]\s+même|cette|ce|dich[ao]|"
    r"es[ae]|aquel\w*|la\s+misma|el\s+mismo|указанн\w+|упомянут\w+|т(?:ой|ого)\s+же|той|того|تلك|"
    r"ذلك)\Z",
    re.I,
)
_OF = {
    "en": r"(?:of|in|under|from|common\s+to)\b",
    "fr": r"(?:de\s+l['’]|de\s+la\b|des\b|du\b|de\b|d['’])",
    "es": r"(?:de\s+los\b|de\s+las\b|de\s+la\b|del\b|de\b)",
    "ru": r"(?:)",
    "ar": r"من\b",
    "nl": r"(?:van|in|uit)\b",
    "de": r"(?:des|der|von|in)\b",
    "pt": r"(?:dos|das|do|da|de)\b",
    "it": r"(?:dell['’]|della\b|dello\b|del\b|dei\b|degli\b|delle\b|di\b)",
    "vi": r"(?:của|tại|trong)?(?=\s)",
}
# What follows the name of an instrument and tells it from others of its kind
_COMPLEMENT = {
    "en": r"(?:(?:of|on|against|for|concerning|relating\s+to|regarding|(?<=protocol\s)to)\s+"
    r"(?:the\s+|all\s+)?(?P<named>(?-i:[A-Z])[\w’'-]*)|"
    r"(?:\((?-i:[A-Z]{2}|No)|no\b|n[°º]|№|\d|of\s+\d))",
    "fr": r"(?:(?:de\s+la|de\s+l['’]|des|du|de|d['’]|sur|contre|pour)\s*"
    r"(?:l['’]|la\s+|le\s+|les\s+)?(?P<named>(?-i:[A-ZÀ-Ý])[\w’'-]*)|relati(?:ve|f)\b|sur\s+l|contre\s+l|\w+(?:enne|éenne|caine|"
    r"nale|nal|pénal|civil|pénale|civile)\b|(?:\(|n[°º]|no\b|№|\d|de\s+\d))",
    "es": r"(?:(?:de\s+las|de\s+los|de\s+la|del|de|sobre|contra|para)\s+"
    r"(?:la\s+|el\s+|los\s+|las\s+)?(?P<named>(?-i:[A-ZÁÉÍÓÚ])[\w’'-]*)|relativ[ao]\b|"
    r"(?:sobre|contra)\s+l|\w+(?:peo|pea|cional|cana|cano|penal|civil)\b|(?:\(|n[°º]|núm|№|\d|de\s+\d))",
    "ru": r"(?:(?:о|об|против|по|от)\s+\w+|№|\d|\(|(?P<named>(?-i:[А-ЯЁ])\w*))",
    "ar": r"(?:ال\w+|بشأن|المتعلقة|الخاص|ل\w+|رقم|\(|\d|(?P<named>الأمم)\s)",
    "nl": r"(?:(?:tot|inzake|van|tegen|voor|over|betreffende)\s+(?:de\s+|het\s+)?"
    r"(?P<named>(?-i:[A-Z])[\w’'-]*)|inzake\b|tot\s+bescherming|(?:\(|nr|\d))",
    "de": r"(?:(?:über|gegen|der|des|von|zum|zur)\s+(?:die\s+|den\s+|das\s+)?"
    r"(?P<named>(?-i:[A-ZÄÖÜ])[\w-]*)|(?:\(|Nr|\d))",
    "pt": r"(?:(?:dos|das|do|da|de|sobre|contra|para)\s+(?:a\s+|o\s+|as\s+|os\s+)?"
    r"(?P<named>(?-i:[A-ZÁÉÍÓÚ])[\w-]*)|relativ[ao]\b|\w+(?:eia|cional|cana|penal|civil)\b|"
    r"(?:\(|n\.?[°º]|\d))",
    "it": r"(?:(?:delle|degli|dei|della|del|di|sui|sulla|sul|contro|per)\s+(?:la\s+|il\s+|i\s+)?"
    r"(?P<named>(?-i:[A-ZÀÈÌÒÙ])[\w’'-]*)|relativ[ao]\b|\w+(?:pea|ale|cana)\b|(?:\(|n\.|\d))",
    "vi": r"(?:về|chống|(?P<named>(?-i:[A-ZĐ])\w*)|\(|số|\d)",
}
_RU_PREMODIFIER = re.compile(r"(?:\w+(?:ой|ого|ей|его|ых|их|ым|им|ому|ему)|[А-ЯЁ]{2,})\Z")


@dataclass(frozen=True, slots=True)
class Own:
    """What a text calls itself: keys of nouns ("conve"), their exact forms, words of its title."""

    nouns: frozenset[str]
    forms: frozenset[str]
    title: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whose a phrase is; `end` is where the instrument's name ends, where it follows the phrase.

    `anaphor` is set for "that Convention": the instrument last named.
    """

    own: bool
    end: int
    anaphor: bool = False


def key(noun: str) -> str:
    """A noun without its ending, so that its cases and numbers are one."""
    return noun.casefold().removeprefix("ال")[:_KEY]


def own_names(document: Document, language: str) -> Own:
    """What the text calls itself."""
    words = lexicon(language).words
    said = Counter(
        match.group("noun")
        for match in re.finditer(
            rf"(?<!\w){words.own}\s+(?P<noun>(?:{words.instruments}))(?!\w)", document.text, re.I
        )
    )
    forms = {noun for noun, count in said.most_common(1)}
    if said:
        most = said.most_common(1)[0][1]
        forms |= {noun for noun, count in said.items() if count * 4 >= most}
    titled = re.search(rf"(?<!\w)(?:{words.instruments})(?!\w)", document.title, re.I)
    if titled:
        forms.add(titled.group())
    title = {word.casefold()[:_KEY] for word in re.findall(r"\w+", document.title)}
    return Own(frozenset(map(key, forms)), frozenset(forms), frozenset(title))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    language = language if language in _OF else "en"
    words = lexicon(language).words
    of = re.compile(
        rf"\s*,?\s*{_OF[language]}\s*(?:(?P<this>{words.own})(?!\w)|(?P<det>{_DETERMINER[language]})"
        r"(?:(?<=['’])|(?!\w)))?\s*",
        re.I,
    )
    noun = re.compile(rf"(?:{words.instruments})(?!\w)", re.I)
    complement = re.compile(rf"\s*(?:{_COMPLEMENT[language]})", re.I)
    return of, noun, complement


def follows(
    text: str,
    position: int,
    end: int,
    own: Own,
    language: str,
    *,
    outer: bool,
    attaches: bool = False,
) -> Verdict | None:
    """What the words behind a phrase say of its instrument; `None` where they say nothing.

    `outer` phrases name an article or more: "paragraph 3 of the report" is nobody's, but whether
    "article 3" goes on so is not asked. What `attaches` is a preamble or an annex.
    """
    language = language if language in _OF else "en"
    of_pattern, noun_pattern, _ = _patterns(language)
    attached = _ATTACHED.match(text, position, end)
    if attaches and attached:
        # "the preamble to the Charter", but not "notices under article 5 to the Council"
        found = _named(text, attached.end(), end, own, language, det=False)
        return found if found and not found.own else None
    position = after_stop(text, position)
    end = min(end, position + _WINDOW)
    of = of_pattern.match(text, position, end)
    if of is None or of.end() == position:
        return _directly(text, position, end, own, noun_pattern)
    if of.group("this"):
        noun = noun_pattern.match(text, of.end(), end)
        if noun is None:
            return None
        # "cette" and "этой" say both this and that; the noun tells.
        mine = language == "en" or key(noun.group()) in own.nouns
        return Verdict(own=mine, end=noun.end(), anaphor=not mine)
    found = _named(text, of.end(), end, own, language, det=bool(of.group("det")))
    if found is not None:
        anaphor = bool(of.group("det") and _ANAPHORIC.match(of.group("det")))
        return Verdict(found.own and not anaphor, found.end, anaphor)
    if language == "en" and of.group("det") and not of.group("det").casefold().startswith("a"):
        if lexicon(language).anchor.match(text, of.end(), end) or not text[position:].lstrip(
            " ,"
        ).startswith("of"):
            return None
        word = _WORD.match(text, of.end(), end)
        if word is None or outer:
            return None
        return Verdict(own=False, end=of.end() + len(word.group().rstrip(".")))
    return None


def _directly(
    text: str, position: int, end: int, own: Own, noun_pattern: re.Pattern[str]
) -> Verdict | None:
    """A name without "of": "article 8 ECHR", "article 51 UN Charter"."""
    space = _DIRECT.match(text, position, end)
    if space is None:
        return None
    at = space.end()
    acronym = _ACRONYM.match(text, at, end)
    if (
        acronym
        and not roman(acronym.group())
        and acronym.group().casefold()[:_KEY] not in own.title
    ):
        return Verdict(own=False, end=acronym.end())
    for count in range(4):
        word = _WORD.match(text, at, end)
        if word is None or not word.group()[0].isupper():
            return None
        if count and noun_pattern.fullmatch(word.group().rstrip(".")):
            return Verdict(own=False, end=at + len(word.group().rstrip(".")))
        at = word.end() + 1
        if text[word.end() : at] != " ":
            return None
    return None


def _named(
    text: str, position: int, end: int, own: Own, language: str, *, det: bool
) -> Verdict | None:
    """The instrument that is named from here on, within a few words."""
    _, noun_pattern, _ = _patterns(language)
    at = position
    known = True
    for count in range(8):
        noun = noun_pattern.match(text, at, end)
        if noun and language in ("fr", "es") and noun.group().islower():
            # "à l'article 5, des accords": agreements, not the article's
            apart = "," in text[max(0, position - 8) : position]
            if apart or noun.group().endswith("s"):
                return None
        if noun:
            return _judged(text, noun, end, own, language, known=known)
        word = _WORD.match(text, at, end)
        if word is None:
            return None
        bare = word.group().rstrip(".").split("’s")[0].split("'s")[0]
        acronym = _ACRONYM.fullmatch(bare)
        if acronym and not roman(bare):
            mine = bare.casefold()[:_KEY] in own.title
            behind = _ONE_WORD.match(text, word.end(), end)
            if not (behind and noun_pattern.search(text, word.end(), behind.end())):
                return Verdict(own=mine, end=at + len(bare))
        capital = bare[:1].isupper() or bare[:1].isdigit()
        if language == "ru" and not _RU_PREMODIFIER.match(bare):
            return None
        if language in ("fr", "es", "ar", "pt", "it", "vi"):
            return None
        linking = count and bare in _CONNECTING
        if (
            not capital
            and not linking
            and (not det or count > 4 or bare in ("and", "or", "shall", "may", "which"))
        ):
            domestic = bare in ("domestic", "national", "internal", "applicable", "local")
            if not domestic:
                return None
        known = known and (bool(linking) or bare.casefold()[:_KEY] in own.title)
        at = word.end()
        space = _SPACE.match(text, at, end)
        if space is None:
            return None
        at = space.end()
    return None


def _judged(
    text: str, noun: re.Match[str], end: int, own: Own, language: str, *, known: bool
) -> Verdict:
    _, _, complement_pattern = _patterns(language)
    name = noun.group()
    cased = name.lower() != name.upper()
    mine = key(name) in own.nouns and (not cased or name[0].isupper() or name in own.forms)
    close = noun.end()
    complement = complement_pattern.match(text, noun.end(), end)
    if complement:
        close, inside = _name_end(text, noun.end(), end, own)
        named = complement.group("named")
        if not (named and inside):
            known = known and False
    return Verdict(own=mine and known, end=close)


def _name_end(text: str, position: int, end: int, own: Own) -> tuple[int, bool]:
    """Where a name that goes on behind its noun ends, and whether all of it is in the title."""
    at = close = position
    inside = True
    while match := _NAME_WORD.match(text, at, end):
        word = match.group(1) or match.group(2)
        if word[0].isupper() or word[0].isdigit() or match.group(2) or not word[0].isascii():
            close = match.end()
            inside = inside and (word.casefold()[:_KEY] in own.title or bool(match.group(2)))
        elif word not in _CONNECTING and close == position:
            # "la Convention européenne des droits de l'homme": the adjective begins the name
            close = match.end()
            inside = False
        elif word not in _CONNECTING:
            break
        at = match.end()
    return close, inside


def precedes(text: str, start: int, floor: int, own: Own, language: str) -> bool:
    """Whether another instrument is named just before: "the ICCPR (article 17", "ECHR art 8"."""
    name, _ = named_before(text, start, floor, language)
    if not name:
        return False
    if _is_acronym(name[-1]):
        return name[-1].casefold()[:_KEY] not in own.title
    _, nouns, _ = _patterns(language)
    noun = next(i for i, word in enumerate(name) if word[0].isupper() and nouns.fullmatch(word))
    if key(name[noun]) not in own.nouns:
        return True
    rest = [word for i, word in enumerate(name) if i != noun and word not in _CONNECTING]
    return not all(word.casefold()[:_KEY] in own.title for word in rest)


def named_before(text: str, start: int, floor: int, language: str) -> tuple[list[str], int]:
    """The words of an instrument's name just before a reference, and where they begin; or none."""
    begin = max(floor, start - _LOOK_BACK)
    window = text[begin:start]
    trailer = _TRAILER.search(window)
    head = window[: trailer.start()] if trailer else window
    stop = head.rstrip()
    opened = stop.endswith("(")
    stop = stop.rstrip("( ")
    possessive = stop.endswith(("'s", "’s"))
    comma = bool(trailer and "," in trailer.group()) or opened or possessive
    stop = stop[:-2] if possessive else stop.rstrip(",")
    found: list[tuple[str, int]] = []
    for match in reversed(list(_PIECE.finditer(stop))[-14:]):
        word = match.group()
        bare = word.strip("()“”\"'’«»")
        if not bare or (
            word.endswith((",", ";", ":", ".")) and found and word.casefold() not in _NUMBER_SIGNS
        ):
            break
        if not (bare[0].isupper() or bare[0].isdigit() or bare in _CONNECTING):
            break
        found.insert(0, (bare, begin + match.start()))
    while found and found[0][0] in _CONNECTING:
        found.pop(0)
    name, at = [bare for bare, _ in found], found[0][1] if found else start
    if not name or name[-1] in _CONNECTING:
        return [], start
    if _is_acronym(name[-1]):
        return name, at
    _, nouns, _ = _patterns(language)
    named = any(word[0].isupper() and nouns.fullmatch(word) for word in name)
    return (name, at) if comma and named else ([], start)


def _is_acronym(word: str) -> bool:
    return bool(_ACRONYM.fullmatch(word) or _DOTTED.fullmatch(word)) and not roman(word)
