"""Whose word it is: what a news item reports somebody to claim, and what it states itself.

A claim is what stands in a quotation or under a word of reporting ("the police said", "according
to", "allegedly", "selon", "habría"). All else a news item says in its own voice, which makes it a
statement of fact and not yet a true one. A text that orders ("the bill says", "was told to leave")
and a name put in quotation marks report no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from annotator.model import Voice

LANGUAGES = ("en", "fr", "es")

_QUOTED = re.compile(r"“[^“”\n]+(?:”|\Z)|«[^«»\n]+(?:»|\Z)|\"[^\"\n]+(?:\"|\Z)|„[^„“\n]+(?:“|\Z)")
_FEWEST_WORDS = 3
# "Mr. Bell", "No. 5", "U.S." end no sentence.
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bNo)(?<!\bSt)(?<!\bart)(?<!\bSr)(?<!\bSra)(?<!\b[A-Z])"
    r"[.!?…](?:[”»\"’)]*)\s+(?=[\"“«(]?[A-ZÀ-ÖØ-Þ¿¡\d])|[;\n]\s*"
)
# What a text of law says is no claim of anybody's.
_TEXTS = {
    "en": r"law|bill|act|articles?|section|draft|text|treaty|convention|clause|order|code|decree|"
    r"rules?|regulations?|paragraph|constitution|warrant",
    "fr": r"loi|projet|article|texte|traité|convention|décret|ordonnance|code|règlement|mandat",
    "es": r"ley|proyecto|artículo|texto|tratado|convenio|convención|decreto|orden|código|"
    r"reglamento",
}
# Governs what comes behind it in the sentence, or what stands before it where it closes with a
# comma: "…, the editor said".
_SAYS = {
    "en": r"(?:said|says|saying|told(?!\s+(?:to|not)\b)|tells|tell|warn(?:ed|s|ing)?|"
    r"claim(?:ed|s|ing)?|alleg(?:ed|es?|ing)|argu(?:ed|es?|ing)|assert(?:ed|s|ing)?|insist(?:ed|s|ing)?|"
    r"maintain(?:ed|s)?\s+that|contend(?:ed|s)?|declared|stated|states\s+that|"
    r"add(?:ed|ing)(?!\s+to\b)|"
    r"den(?:ied|ies|ying)|believes?\s+that|suspects?\s+that|suspected\s+of|"
    r"fear(?:s|ed)?(?=\s+(?:that|the|it|they))|complain(?:ed|s|ing)\s+that|acknowledged|admitted|"
    r"confirmed(?!\s+by)|reported(?:ly)?\s+that|accus(?:ed|es?|ing)|recalled|recounted|testified|"
    r"wrote|tweeted|posted\s+that|announced\s+that|pointed\s+out|stress(?:ed|es|ing)|"
    r"(?:is|are|was|were)\s+(?:said|reported|alleged|believed|understood|thought|rumoured)\s+to|"
    r"allegations?\s+(?:that|of)|claims?\s+that|accusations?\s+(?:that|of)|fears?\s+that|"
    r"rumours?\s+(?:that|of)|reports?\s+that|concerns?\s+that|warnings?\s+that|"
    r"describ(?:ed|es|ing)\b.{0,60}?\bas)",
    "fr": r"(?:a|ont|avait)\s+(?:dit|déclaré|affirmé|assuré|indiqué|ajouté|dénoncé|averti|soutenu|"
    r"prétendu|reconnu|raconté|estimé|accusé|démenti|nié|écrit|confié|souligné|rappelé|précisé)|"
    r"(?:dit|disent|affirme|affirment|assure|assurent|dénonce|dénoncent|soutient|soutiennent|prétend|"
    r"prétendent|estime|estiment|accuse|accusent|avertit|craint|craignent|dément|nie|raconte|"
    r"explique|expliquent|déplore|déplorent|indique|précise|souligne|rappelle)(?!-)|"
    r"soupçonnée?s?\s+d|accusations?\s+(?:de|d['’])|en\s+dénonçant|en\s+affirmant",
    "es": r"(?:dijo|dijeron|dice|dicen|afirm(?:ó|a|an|aron)|asegur(?:ó|a|an|aron)|"
    r"denunci(?:ó|a|an|aron)|advirti(?:ó|eron)|advierten?|sostuvo|sostienen?|aleg(?:ó|an?|aron)|aleg[oó]|"
    r"acus(?:ó|an?|aron)|neg(?:ó|aron)|niegan?|agreg(?:ó|aron)|añadi(?:ó|eron)|señal(?:ó|an?|aron)|"
    r"declar(?:ó|aron)|cont(?:ó|aron)\s+que|relat(?:ó|aron)|explic(?:ó|aron)|admiti(?:ó|eron)|"
    r"temen?\s+que|ha[n]?\s+(?:dicho|denunciado|afirmado|asegurado|acusado|advertido|señalado))|"
    r"acusaciones\s+de|denuncias?\s+de\s+que|sospechos[oa]s?\s+de",
}
# Governs the whole sentence, wherever in it.
_WHOLE = {
    "en": r"according\s+to|reportedly|allegedly|supposedly|purportedly|so-called|apparently|"
    r"in\s+the\s+(?:words|view|opinion|eyes)\s+of|for\s+(?:critics|campaigners)|"
    r"(?:was|were|is|are)\s+quoted\s+as|by\s+(?:his|her|its|their)\s+(?:own\s+)?account|"
    r"(?:critics|campaigners|lawyers|activists|rights\s+groups|opponents)\s+(?:call|see|fear|worry)s?",
    "fr": r"selon|d['’]après|aux\s+dires\s+d|à\s+en\s+croire|prétendument|apparemment|"
    r"(?:aurai(?:t|ent)|serai(?:t|ent))(?!\s+(?:pu|dû)\b)",
    "es": r"según|de\s+acuerdo\s+con|a\s+juicio\s+de|en\s+palabras\s+de|presunta(?:mente|s)?|"
    r"presuntos?|supuestamente|al\s+parecer|habrían?",
}
# "According to article 5" and "selon la loi" name a rule, not a speaker.
_RULE_AFTER = {
    "en": r"\s+(?:the\s+|its\s+|this\s+)?(?:{texts})\b",
    "fr": r"\s+(?:le\s+|la\s+|l['’]|les\s+)?(?:{texts})\b",
    "es": r"\s+(?:el\s+|la\s+|los\s+|las\s+)?(?:{texts})\b",
}
_BUT = re.compile(r",\s+(?:but|yet|while|whereas|mais|alors\s+que|pero|mientras|sino)\b")
_ASIDE = re.compile(r",\s+(?:who|which|qui|que|quien(?:es)?)\s+(?:\w+\s+){0,2}\Z")
_CLOSING = re.compile(r",[”»\"]?\s+(?:[\w’'.-]+\s+){0,8}\Z|[”»\"]\s+(?:[\w’'.-]+\s+){0,8}\Z")


def voice(text: str, start: int, end: int, *, language: str) -> Voice:
    """Whether the words from `start` to `end` of a news text are a reported `claim` or a `fact`.

    `fact` means that the text states it in its own voice. "" where the language is not one of
    `LANGUAGES`.

    >>> said = "Police took the files, the editor said. The court ordered them back."
    >>> voice(said, 0, 6, language="en"), voice(said, 40, 49, language="en")
    ('claim', 'fact')
    """
    if language not in LANGUAGES:
        return ""
    if any(low < end and start < high for low, high in _quotations(text)):
        return "claim"
    low, high = next(
        (low, high) for low, high in _sentences(text) if low <= start < high or high == len(text)
    )
    governed = _governed(text[low:high], language)
    return "claim" if any(a < end - low and start - low < b for a, b in governed) else "fact"


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Quoted words, but for a name or a single word set in quotation marks."""
    for match in _QUOTED.finditer(text):
        if len(match.group().split()) >= _FEWEST_WORDS:
            yield match.span()


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    inside = list(_quotations(text))
    ends = [
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if not any(low < match.start() and match.end() < high for low, high in inside)
    ]
    return tuple(pairwise(dict.fromkeys([0, *ends, len(text)]))) or ((0, 0),)


def _governed(sentence: str, language: str) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence that stand under a word of reporting."""
    says, whole = _patterns(language)
    if whole.search(sentence):
        yield 0, len(sentence)
        return
    for match in says.finditer(sentence):
        before = sentence[: match.start()]
        behind = match.end()
        aside = _ASIDE.search(before)
        if aside:
            comma = sentence.find(",", behind)
            yield behind, comma if comma >= 0 else len(sentence)
            continue
        if _CLOSING.search(before):
            yield 0, match.start()
        turn = _BUT.search(sentence, behind)
        yield behind, turn.start() if turn else len(sentence)


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    texts = _TEXTS[language]
    after = _RULE_AFTER[language].format(texts=texts)
    not_a_text = "".join(
        rf"(?<!\b{word}\s)" for word in re.findall(r"[\w]+", texts.replace("s?", ""))
    )
    says = re.compile(rf"(?<![\w-]){not_a_text}(?:{_SAYS[language]})(?![\w-])", re.I)
    whole = re.compile(rf"(?<![\w-])(?:{_WHOLE[language]})(?![\w-])(?!{after})", re.I)
    return says, whole
