"""The ordinary forms of a word in a language, and its second spelling. Knows no spaCy.

What is made here only widens what a rule of `corpus/rules` matches: a form that no one writes
("registrent") stands in no text and does no harm. A language without an entry here is matched word
by word, as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_Spellings = tuple[tuple[re.Pattern[str], str], ...]


def forms(word: str, language: str = "en") -> tuple[str, ...]:
    """A word and its ordinary endings, whether noun or verb; hardly any irregular ones.

    >>> forms("search"), forms("seize"), forms("copy"), forms("compel")
    (('search', 'searches', 'searched', 'searching'), ('seize', 'seizes', 'seized', 'seizing'), \
('copy', 'copies', 'copied', 'copying'), ('compel', 'compels', 'compelled', 'compelling'))
    >>> forms("journal", "fr")
    ('journal', 'journaux', 'journale', 'journales')
    >>> forms("exiger", "fr")[4:6], "exigeant" in forms("exiger", "fr"), forms("ordre", "fr")[1]
    (('exige', 'exigent'), True, 'ordres')
    >>> forms("détenu", "fr")[4:], forms("lanceur", "fr")[6]
    (('détenu·e', 'détenu·es', 'détenu·e·s'), 'lanceur·euse')
    >>> forms("juez", "es"), forms("orden", "es")[1], forms("detención", "es")[1]
    (('juez', 'jueces'), 'órdenes', 'detenciones')
    >>> {"revelare", "revelarlos", "revelada", "revelen"} <= set(forms("revelar", "es"))
    True
    >>> forms("données", "de")
    ('données',)
    """
    inflect = _INFLECTIONS.get(language)
    return tuple(dict.fromkeys(inflect(word))) if inflect else (word,)


def respell(word: str, language: str = "en") -> str:
    """The word in its other spelling, or as it is.

    >>> respell("authorised"), respell("offences"), respell("co-operate"), respell("law")
    ('authorized', 'offenses', 'cooperate', 'law')
    >>> respell("état", "fr"), respell("cœur", "fr")
    ('etat', 'coeur')
    >>> respell("interceptación", "es"), respell("órdenes", "es")
    ('interceptacion', 'ordenes')
    """
    for form, replacement in _SPELLINGS.get(language, ()):
        if form.search(word):
            return form.sub(replacement, word)
    return word


def _english(word: str) -> Iterable[str]:
    if re.search(r"[^aeiou]y$", word):
        return (word, word[:-1] + "ies", word[:-1] + "ied", word + "ing")
    if word.endswith("e"):
        return (word, word + "s", word + "d", word[:-1] + "ing")
    if re.search(r"(s|x|z|ch|sh)$", word):
        return (word, word + "es", word + "ed", word + "ing")
    doubled = word + word[-1] if word in _DOUBLED else word
    return (word, word + "s", doubled + "ed", doubled + "ing")


# Verbs of legal texts whose last letter doubles.
_DOUBLED = frozenset(
    {
        "abet",
        "admit",
        "ban",
        "bar",
        "commit",
        "compel",
        "control",
        "equip",
        "jam",
        "log",
        "omit",
        "permit",
        "plan",
        "refer",
        "scan",
        "stop",
        "submit",
        "tag",
        "tap",
        "transfer",
        "transmit",
        "trap",
    }
)


def _french(word: str) -> Iterable[str]:
    """Number and gender always, and third persons and participles of what looks like a verb."""
    yield word
    yield from _french_noun(word)
    for ending, made in _FRENCH_VERBS:
        if ending.search(word):
            for form in made.split():
                # A soft c or g stays soft before an a: exigeant, dénonçait.
                yield _HARDENED.sub(_soften, ending.sub(form, word))
            return


def _soften(found: re.Match[str]) -> str:
    return ("ç" if found[1] == "c" else "ge") + found[2]


def _french_noun(word: str) -> Iterable[str]:
    if word.endswith("al"):
        return (word[:-2] + "aux", word + "e", word + "es")
    if re.search(r"(eau|eu)$", word):
        return (word + "x", word + "e", word + "es")
    if word.endswith("e"):
        return (word + "s", word + "·s")
    if word.endswith(("s", "x", "z")):
        return (word,)
    for ending, feminine in _FRENCH_FEMININES:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return (
                word + "s",
                *(stem + f + n for f in feminine.split() for n in ("", "s")),
                *(f"{word}·{e}" for e in _INCLUSIVE.get(ending, ())),
            )
    return (word + "s", word + "e", word + "es", word + "·e", word + "·es", word + "·e·s")


_FRENCH_FEMININES = (
    ("teur", "trice teuse"),
    ("eur", "euse eure"),
    ("er", "ère"),
    ("if", "ive"),
    ("el", "elle"),
    ("en", "enne"),
)

# Both genders in one word, written with a point: lanceur·euse, informateur·rices, arrêté·e.
_INCLUSIVE = {
    "teur": ("rice", "rices", "rice·s", "euse", "euses"),
    "eur": ("euse", "euses", "euse·s", "se", "ses"),
}

_HARDENED = re.compile(r"([cg])(a(?:nt|it|ient)?)$")

# How an infinitive ends, and what stands in place of that in the third persons and participles.
_ER = "er e ent é ée és ées ant a èrent era eront ait aient erait eraient"  # adopter
_ER_STRESSED = "e ent era eront erait eraient"
_FRENCH_VERBS = tuple(
    (re.compile(ending), made)
    for ending, made in (
        (r"(?<=[pj]e)([lt])er$", " ".join((*(rf"\1{f}" for f in _ER.split()), r"\1\1e \1\1ent"))),
        (r"é([^aeiouyé]{1,2})er$", " ".join((*(rf"é\1{f}" for f in _ER.split()), r"è\1e è\1ent"))),
        (
            r"e([^aeiouyé])er$",
            " ".join(
                (*(rf"e\1{f}" for f in _ER.split()), *(rf"è\1{f}" for f in _ER_STRESSED.split()))
            ),
        ),
        (
            r"(?<=[aou])yer$",
            " ".join((*("y" + f for f in _ER.split()), *("i" + f for f in _ER_STRESSED.split()))),
        ),
        (r"er$", _ER),
        (r"(?<=[tv])enir$", "enir ient iennent enu enue enus enues enant iendra iendront enait"),
        (r"(?<=[vf])rir$", "rir re rent ert erte erts ertes rant rira riront rait"),
        (r"ir$", "ir it issent i ie is ies issant ira iront issait issaient irait iraient"),
        (r"ettre$", "ettre et ette ettent is ise ises ettant ettra ettront ettait ettrait"),
        (r"(?<=u)ire$", "ire it isent ite its ites isant ira iront isait irait"),
        (r"indre$", "indre int ignent inte ints intes ignant indra indront ignait indrait"),
        (r"(?<=pr)endre$", "endre end ennent is ise ises enant endra endront enait endrait"),
        (r"(?<=[no])dre$", "dre d dent du due dus dues dant dra dront dait drait"),
        (r"(?<=u)ivre$", "ivre it ivent ivi ivie ivis ivies ivant ivra ivront ivait ivrait"),
    )
)


def _spanish(word: str) -> Iterable[str]:
    """Number and gender always; third persons, participles and bound pronouns of verbs."""
    yield word
    yield from _spanish_noun(word)
    for ending, made in _SPANISH_VERBS:
        if ending.search(word):
            for form in made.split():
                yield _respelt(ending.sub(form, word), word)
            for pronoun in _PRONOUNS:
                yield word + pronoun
            return


def _spanish_noun(word: str) -> Iterable[str]:
    if word.endswith("z"):
        return (word[:-1] + "ces",)
    if word.endswith("o"):
        return (word + "s", word[:-1] + "a", word[:-1] + "as")
    if word.endswith(("a", "e", "i", "u")):
        return (word + "s",)
    stressed = re.search(r"[áéíóú](?=[ns]$)", word)
    if stressed:  # detención, detenciones
        stem = word[: stressed.start()] + _unaccented(stressed[0]) + word[-1]
        return (stem + "es", stem + "a", stem + "as")
    if word.endswith("or"):
        return (word + "es", word + "a", word + "as")
    if _GRAVE_EN.search(word):
        return (_GRAVE_EN.sub(lambda v: _ACCENTED[v[1]] + v[2] + "enes", word),)
    return (word + "es",)


def _respelt(form: str, verb: str) -> str:
    """A form with its stem written as it sounds: publique, investigue, autorice, proteja."""
    before, after = verb[-3:-2], form[len(verb) - 2 :]
    stem = form[: len(verb) - 3]
    if form[: len(verb) - 2] != verb[:-2] or not after:
        return form
    if verb.endswith("ar") and after[0] == "e":
        return stem + {"c": "qu", "g": "gu", "z": "c"}.get(before, before) + after
    if not verb.endswith("ar") and after[0] == "a":
        if before == "g":
            return stem + "j" + after
        if before == "c":
            return stem + ("zc" if stem[-1:] in "aeiou" else "z") + after
        if verb.endswith("guir"):
            return stem + after
    return form


def _unaccented(vowel: str) -> str:
    return {accented: plain for plain, accented in _ACCENTED.items()}[vowel]


_ACCENTED = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"}
# A word stressed on the syllable before its last "en": orden, imagen, crimen.
_GRAVE_EN = re.compile(r"([aeiou])([^aeiouáéíóú]+)en$")
_PRONOUNS = ("lo", "la", "los", "las", "le", "les", "se")
_PAST = "{0}iera {0}ieran {0}iere {0}ieren {0}iese {0}iesen {0}ieron"
# The future subjunctive (revelare, accediere) lives on in penal codes.
_SPANISH_AR = (
    "a an e en ó aron aba aban ará arán aría arían ado ada ados adas ando "
    "ara aran are aren ase asen"
)
_SPANISH_ER = "e en a an ió ía ían erá erán ería erían ido ida idos idas iendo " + _PAST.format("")
_SPANISH_IR = _SPANISH_ER.replace("er", "ir").replace("iir", "ier")
_STRESSED = "e en a an ió iendo " + _PAST.format("")
_UNSTRESSED = "ía ían irá irán iría irían ido ida idos idas"
_SPANISH_VERBS = tuple(
    (re.compile(ending), made)
    for ending, made in (
        (
            r"tener$",
            "tiene tienen tenga tengan tuvo tenía tenían tendrá tendrán tendría tendrían tenido "
            "tenida tenidos tenidas teniendo " + _PAST.format("tuv"),
        ),
        (
            r"venir$",
            "viene vienen venga vengan vino venía venían vendrá vendrán vendría vendrían venido "
            "venida venidos venidas viniendo " + _PAST.format("vin"),
        ),
        (
            r"poner$",
            "pone ponen ponga pongan puso ponía ponían pondrá pondrán pondría pondrían puesto "
            "puesta puestos puestas poniendo " + _PAST.format("pus"),
        ),
        (
            r"ducir$",
            "duce ducen duzca duzcan dujo dujeron ducía ducían ducirá ducirán duciría ducirían "
            "ducido ducida ducidos ducidas duciendo dujera dujeran dujere dujeren",
        ),
        *(
            (
                f"(?<!gr)e{last}ir$",
                " ".join(f"i{soft if f[0] == 'a' else last}{f}" for f in _STRESSED.split())
                + " "
                + " ".join(f"e{last}{f}" for f in _UNSTRESSED.split()),
            )
            # despedir, perseguir, corregir
            for last, soft in (("d", "d"), ("gu", "g"), ("g", "j"))
        ),
        (
            r"erir$",  # requerir, transferir
            "iere ieren iera ieran irió ería erían erirá erirán eriría erido erida eridos eridas "
            "iriendo " + _PAST.format("ir"),
        ),
        (
            r"(?<![gq])uir$",  # destruir
            "uye uyen uya uyan uyó uyeron uía uían uirá uirán uiría uirían uido uida uidos uidas "
            "uyendo uyera uyeran uyere uyeren",
        ),
        (
            r"scribir$",
            " ".join(f"scrib{f}" for f in _SPANISH_IR.split()) + " scrito scrita scritos scritas",
        ),
        (
            r"e(rr|g)ar$",  # cerrar, denegar; hackear and the like are regular
            " ".join(rf"e\1{f}" for f in _SPANISH_AR.split() if f[0] != "e")
            + r" e\1ue e\1uen ie\1a ie\1an ie\1ue ie\1uen ie\1e ie\1en",
        ),
        (r"ar$", _SPANISH_AR),
        (r"er$", _SPANISH_ER),
        (r"ir$", _SPANISH_IR),
    )
)

_INFLECTIONS: dict[str, Callable[[str], Iterable[str]]] = {
    "en": _english,
    "fr": _french,
    "es": _spanish,
}

# The spelling on the left also matches as the one on the right.
_SPELLINGS: dict[str, _Spellings] = {
    "en": (
        (re.compile(r"is(e|es|ed|ing|ation|ations)$"), r"iz\1"),
        (re.compile(r"ys(e|es|ed|ing)$"), r"yz\1"),
        (re.compile(r"(off|def|pret)ence(s?)$"), r"\1ense\2"),
        (re.compile(r"^licence(s?)$"), r"license\1"),
        (re.compile(r"(lab|behavi|hon|fav|harb)our"), r"\1or"),
        (re.compile(r"^centre(s?)$"), r"center\1"),
        (re.compile(r"^programme(s?)$"), r"program\1"),
        (re.compile(r"^co-operat"), "cooperat"),
        (re.compile(r"^whistle-blow"), "whistleblow"),
        (re.compile(r"^on-line$"), "online"),
    ),
    # Capitals are often written without their accent: Etat, Ecoutes, A.
    "fr": (
        (re.compile(r"^[éèê]"), "e"),
        (re.compile(r"^à"), "a"),
        (re.compile(r"œ"), "oe"),
    ),
    # In Spanish too, and the commonest ending is often written without one.
    "es": (
        (re.compile(r"ión$"), "ion"),
        (re.compile(r"^á"), "a"),
        (re.compile(r"^é"), "e"),
        (re.compile(r"^í"), "i"),
        (re.compile(r"^ó"), "o"),
        (re.compile(r"^ú"), "u"),
    ),
}
