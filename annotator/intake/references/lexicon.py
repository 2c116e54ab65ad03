"""The words of each language by which a legal text points at its own clauses, as data.

Patterns are matched where a phrase has got to, so each begins at its first letter. What they share
(brackets, digits, letters, Roman numerals) is in `labels`; how they combine, in `phrases`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from annotator.intake.references import further
from annotator.intake.references.words import Unit, Words, units

_EN = Words(
    units=units(
        preamble="preamble",
        annex="annex appendix schedule | annexes appendices schedules",
        book="book | books",
        part="part | parts",
        subpart="subpart sub-part | subparts",
        division="division | divisions",
        title="title | titles",
        subtitle="subtitle | subtitles",
        chapter="chapter ch chap | chapters chs",
        subchapter="subchapter | subchapters",
        section="section sec s | sections secs ss",
        article="article art | articles arts",
        rule="rule regulation | rules regulations",
        sign="§ | §§",
        paragraph="paragraph para par subsection sub-section | "
        "paragraphs paras pars subsections sub-sections",
        subparagraph="subparagraph sub-paragraph subpara subclause sub-clause | "
        "subparagraphs sub-paragraphs subparas subclauses sub-clauses",
        point="point item letter clause litt lit subpoint | points items letters clauses",
        indent="indent subindent sub-indent | indents subindents sub-indents",
    ),
    also=r"(?:,\s*(?:and/or|and|or|as\s+well\s+as)\b|,|;\s*(?:and|or)\b|"
    r"(?:and/or|and|or|as\s+well\s+as)\b|&)",
    through=r"(?:to|through|until|up\s+to)\b",
    of=r",?\s*(?:of|in|to|under)\b",
    article_word=r"the\b",
    into_list="",
    before={
        "this": r"(?:this|the\s+present|present)",
        "that": r"(?:that|the\s+(?:said|same|aforementioned|above-mentioned|aforesaid)|"
        r"said|such)",
        "previous": r"(?:the\s+)?(?:immediately\s+)?(?:preceding|previous|foregoing)",
        "next": r"(?:the|the\s+immediately)\s+(?:following|next|succeeding)",
    },
    after={
        "previous": r"(?:immediately\s+)?(?:above|preceding|hereinbefore)\b",
        "next": r"(?:immediately\s+)?(?:below|following)\b(?!\s+(?:is|are|shall|the|a|an)\b)",
    },
    ordinals={
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
        "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
        "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
        "nineteenth": 19, "twentieth": 20, "last": -1, "final": -1,
    },
    own=r"(?:this|the\s+present|present)",
    instruments=r"conventions?|protocols?|covenants?|charter|treaty|treaties|pact|regulations?|"
    r"directives?|acts?|laws?|codes?|constitution|statutes?|declaration|agreements?|decrees?|"
    r"ordinance|resolutions?|decisions?|rules|principles|guidelines|recommendation|bill|compact|"
    r"concordat|memorandum|edict|order|instrument",
    measures=r"days?|weeks?|months?|years?|hours?|minutes?|per\s*cent|percent|states?|members?|"
    r"parties|persons?|people|countries|others?|times|euros?|dollars?|million|billion|thousand|"
    r"january|february|march|april|may\s+\d|june|july|august|september|october|november|december",
    conjunctions="aI",
    bare={
        "previous": r"the\s+foregoing(?=\s*(?:[,;.:)]|\Z|"
        r"(?:shall|is|are|does|do|and|or|will|may|must)\b))"
    },
)  # fmt: skip

_FR = Words(
    units=units(
        preamble="préambule",
        annex="annexe appendice | annexes appendices",
        part="partie | parties",
        title="titre | titres",
        chapter="chapitre chap | chapitres",
        section="section sect | sections",
        article="article art | articles arts",
        sign="§ | §§",
        paragraph="paragraphe par para | paragraphes",
        subparagraph="alinéa alinea al sous-paragraphe | alinéas alineas sous-paragraphes",
        point="lettre point chiffre litt let sous-alinéa sous-alinea | "
        "lettres points chiffres sous-alinéas",
        indent="tiret sous-tiret | tirets sous-tirets",
    ),
    also=r"(?:,\s*(?:et/ou|et|ou|ainsi\s+que)\b|,|;\s*(?:et|ou)\b|(?:et/ou|et|ou|ainsi\s+que)\b)",
    through=r"(?:à|au|jusqu['’]à|jusqu['’]au)(?=[\s(])",
    of=r",?\s*(?:de\s+l['’]|de\s+la\b|des\b|du\b|de\b|d['’]|à\s+l['’]|au\b)",
    article_word=r"(?:l['’]|la\b|le\b|les\b)",
    into_list=r"(?:de\b)",
    before={
        "this": r"(?:le\s+présent|la\s+présente|du\s+présent|de\s+la\s+présente|au\s+présent|"
        r"à\s+la\s+présente|présente?s?|cet|ce|cette)",
        "that": r"(?:ledit|ladite|dudit|de\s+ladite|audit|à\s+ladite|du\s+même|le\s+même|"
        r"de\s+la\s+même|la\s+même|au\s+même)",
    },
    after={
        "that": r"(?:précités?|précitées?|susmentionnée?s?|susvisée?s?)\b",
        "previous": r"(?:qui\s+précède(?:nt)?|précédente?s?|ci-dessus)\b",
        "next": r"(?:qui\s+sui(?:t|vent)|suivante?s?|ci-dessous|ci-après)\b",
    },
    ordinals={
        "premier": 1, "première": 1, "deuxième": 2, "second": 2, "seconde": 2, "troisième": 3,
        "quatrième": 4, "cinquième": 5, "sixième": 6, "septième": 7, "huitième": 8,
        "neuvième": 9, "dixième": 10, "dernier": -1, "dernière": -1,
    },
    own=r"(?:présente?|cette|cet|ce)",
    instruments=r"conventions?|protocoles?|pactes?|chartes?|traités?|règlements?|directives?|lois?|"
    r"codes?|constitution|statuts?|déclaration|accords?|décrets?|ordonnances?|résolutions?|"
    r"décisions?|arrêtés?|règles|principes",
    measures=r"jours?|semaines?|mois|ans?|années?|heures?|minutes?|pour\s*cent|états?|membres?|"
    r"parties|personnes?|pays|autres?|fois|euros?|francs?|millions?|janvier|février|mars|avril|mai|"
    r"juin|juillet|août|septembre|octobre|novembre|décembre",
    conjunctions="aàyl",
    bare={"previous": r"ce\s+qui\s+précède"},
)  # fmt: skip

_ES = Words(
    units=units(
        preamble="preámbulo",
        annex="anexo apéndice | anexos apéndices",
        part="parte | partes",
        title="título titulo | títulos titulos",
        chapter="capítulo capitulo cap | capítulos capitulos",
        section="sección seccion secc | secciones",
        article="artículo articulo art | artículos articulos arts",
        sign="§ | §§",
        paragraph="párrafo parrafo párr parr numeral | párrafos parrafos párrs numerales",
        subparagraph="apartado inciso literal subpárrafo subparrafo | "
        "apartados incisos literales subpárrafos",
        point="letra punto fracción fraccion subapartado subinciso | letras puntos fracciones",
        indent="guion guión | guiones",
    ),
    also=r"(?:,\s*(?:y/o|y|e|o|u|así\s+como)\b|,|;\s*(?:y|o)\b|(?:y/o|y|e|o|u|así\s+como)\b)",
    through=r"(?:al?|hasta(?:\s+el)?)(?=[\s(])",
    of=r",?\s*(?:de\s+los\b|de\s+las\b|de\s+la\b|del\b|de\b|al\b|en\s+el\b)",
    article_word=r"(?:la\b|el\b|los\b|las\b)",
    into_list=r"(?:del?\b)",
    before={
        "this": r"(?:(?:el|del|al|la|de\s+la|a\s+la)\s+presente|presentes?|este|esta)",
        "that": r"(?:dicho|dicha|ese|esa|aquel|aquella|el\s+mismo|del\s+mismo|la\s+misma|"
        r"el\s+citado|del\s+citado)",
    },
    after={
        "that": r"(?:mencionad[oa]s?|citad[oa]s?|referid[oa]s?)\b",
        "previous": r"(?:que\s+antecede[n]?|anteriores|anterior|precedentes?|supra)\b",
        "next": r"(?:que\s+sigue[n]?|siguientes?|posterior(?:es)?)\b(?!\s*:)",
    },
    ordinals={
        "primer": 1, "primero": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercer": 3,
        "tercero": 3, "tercera": 3, "cuarto": 4, "cuarta": 4, "quinto": 5, "quinta": 5,
        "sexto": 6, "sexta": 6, "séptimo": 7, "séptima": 7, "octavo": 8, "octava": 8,
        "noveno": 9, "novena": 9, "décimo": 10, "décima": 10, "último": -1, "última": -1,
    },
    own=r"(?:presente|este|esta)",
    instruments=r"convenci[óo]n|convenciones|convenios?|protocolos?|pactos?|carta|tratados?|"
    r"reglamentos?|directivas?|ley|leyes|c[óo]digos?|constituci[óo]n|estatutos?|declaraci[óo]n|"
    r"acuerdos?|decretos?|ordenanzas?|resoluci[óo]n|resoluciones|decisi[óo]n|reglas|principios",
    measures=r"d[íi]as?|semanas?|meses|mes|años?|horas?|minutos?|por\s*ciento|estados?|miembros?|"
    r"partes|personas?|pa[íi]ses|otr[oa]s?|veces|euros?|pesos?|millones|de\s+(?:enero|febrero|marzo|"
    r"abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)",
    conjunctions="aeouy",
    bare={"previous": r"lo\s+anterior"},
)  # fmt: skip

_RU = Words(
    units=units(
        preamble="преамбула преамбулы преамбуле преамбулу преамбулой",
        annex="приложение приложения приложению приложением приложении | приложений приложениям "
        "приложениями приложениях",
        part="часть части частью | частей частям частями частях",
        title="титул титула",
        chapter="глава главы главе главу главой гл | глав главам главами главах",
        section="раздел раздела разделу разделом разделе | разделы разделов разделам разделами "
        "разделах",
        article="статья статьи статье статью статьей статьёй ст | статей статьям статьями статьях",
        sign="§ | §§",
        paragraph="пункт пункта пункту пунктом пункте п | пункты пунктов пунктам пунктами пунктах "
        "пп",
        subparagraph="подпункт подпункта подпункту подпунктом подпункте | подпункты подпунктов "
        "подпунктам подпунктами подпунктах",
        point="абзац абзаца абзацу абзацем абзаце буква буквы букве | абзацы абзацев абзацам "
        "абзацами абзацах",
    ),
    also=r"(?:,\s*(?:и/или|и|или|либо|а\s+также)\b|,|;\s*(?:и|или)\b|"
    r"(?:и/или|и|или|либо|а\s+также)\b)",
    through=r"(?:по|до)\b",
    of=r"(?:,?\s*(?:в|из|к)\b)?",
    article_word=r"(?!)",
    into_list=r"(?:с|со|от)\b",
    before={
        "this": r"(?:настоящ(?:ий|его|ему|им|ем|ая|ей|ую|их|ими|ие|ее)|"
        r"данн(?:ый|ого|ому|ым|ом|ая|ой|ую)|этот|этого|этому|этим|этом|эта|этой|эту)",
        "that": r"(?:указанн(?:ый|ого|ому|ым|ом|ая|ой|ую|ых)|упомянут(?:ый|ого|ому|ым|ом|ая|ой|ую)|"
        r"т(?:ой|ого|ому|ом)\s+же|той|та|названн(?:ый|ого|ой))",
        "previous": r"(?:предыдущ|предшествующ|вышеуказанн|вышеприведенн|вышеупомянут)"
        r"(?:ий|его|ему|им|ем|ая|ей|ую|их|ими|ие|ый|ого|ому|ым|ом|ой|ых|ые|ыми)",
        "next": r"следующ(?:ий|его|ему|им|ем|ая|ей|ую)",
    },
    after={"previous": r"выше\b", "next": r"ниже\b"},
    ordinals={
        f"{stem}{ending}": number
        for stem, number in (
            ("перв", 1), ("втор", 2), ("четверт", 4), ("пят", 5), ("шест", 6), ("седьм", 7),
            ("восьм", 8), ("девят", 9), ("десят", 10), ("последн", -1),
        )
        for ending in ("ый", "ой", "ого", "ому", "ым", "ом", "ая", "ую", "его", "ем", "ей", "ий")
    }
    | {"третий": 3, "третьего": 3, "третьем": 3, "третьей": 3, "третья": 3, "третью": 3},
    own=r"(?:настоящ\w+|данн\w+|эт(?:ой|ого|от|а|у|им|ом))",
    instruments=r"конвенци\w{1,3}|протокол\w{0,3}|пакт\w{0,3}|устав\w{0,3}|харти\w{1,2}|"
    r"договор\w{0,3}|закон\w{0,3}|кодекс\w{0,3}|конституци\w{1,2}|декларац\w{1,3}|"
    r"соглашени\w{1,2}|указ\w{0,2}|постановлени\w{1,2}|регламент\w{0,2}|директив\w{1,2}|"
    r"резолюци\w{1,2}|решени\w{1,2}|правил\w{0,3}|статут\w{0,2}",
    measures=r"дн\w+|недел\w+|месяц\w*|лет|год\w*|час\w*|процент\w*|государств\w*|член\w*|"
    r"участник\w*|лиц\w*|стран\w*|друг\w*|раз\w*|тысяч\w*|миллион\w*|января|февраля|марта|апреля|"
    r"мая|июня|июля|августа|сентября|октября|ноября|декабря",
    conjunctions="аивоксу",
    numbered={"part": "passage"},
)  # fmt: skip

_AR = Words(
    units=units(
        preamble="الديباجة ديباجة",
        annex="المرفق مرفق الملحق | المرفقين المرفقات",
        part="الجزء جزء | الجزأين الأجزاء",
        title="الباب باب | البابين الأبواب",
        chapter="الفصل فصل | الفصلين الفصلان الفصول",
        section="القسم الفرع قسم | القسمين الأقسام",
        article="المادة مادة | المادتين المادتان المواد مواد",
        paragraph="الفقرة فقرة | الفقرتين الفقرتان الفقرات فقرات",
        subparagraph="الفقرة_الفرعية البند | الفقرتين_الفرعيتين الفقرات_الفرعية البندين البنود",
        point="النقطة الحرف | النقطتين",
    ),
    also=r"(?:،\s*(?:أو\b|و)?|,\s*(?:أو\b|و)?|أو\b|و)",
    through=r"(?:إلى|الى|حتى)\b",
    of=r"(?:من|في)\b",
    article_word=r"(?!)",
    into_list=r"(?:من)\b",
    before={
        "this": r"(?:هذه|هذا|لهذه|لهذا|بهذه|بهذا|وهذه)",
        "that": r"(?:تلك|ذلك|نفس|لتلك|ذات)",
    },
    after={
        "that": r"(?:المذكورة|المذكور|نفسها|نفسه|ذاتها)(?!\w)",
        "previous": r"(?:السابقة|السابقتين|السابقات|السابق|المتقدمة|أعلاه)(?!\w)",
        "next": r"(?:التالية|التالي|اللاحقة|أدناه)(?!\w)",
    },
    ordinals={},
    own=r"(?:هذه|هذا)",
    instruments=r"الاتفاقية|اتفاقية|الميثاق|ميثاق|البروتوكول|بروتوكول|العهد|المعاهدة|معاهدة|"
    r"القانون|قانون|النظام|الدستور|دستور|الإعلان|الاتفاق|اتفاق|المرسوم|مرسوم|القرار|قرار|التصريح|"
    r"اللائحة",
    measures=r"يوما|أيام|شهرا|أشهر|سنة|سنوات|ساعة|ساعات|دولة|دول|عضوا|أعضاء|في\s+المائة|مرات",
    conjunctions="و",
    prefix=r"(?:[وفبكل]{1,2})",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's words, compiled."""

    words: Words
    anchor: re.Pattern[str]
    also: re.Pattern[str]
    through: re.Pattern[str]
    of: re.Pattern[str]
    into_list: re.Pattern[str] | None
    before: re.Pattern[str]
    after: re.Pattern[str]
    ordinal: re.Pattern[str] | None
    placed: re.Pattern[str] | None
    measure: re.Pattern[str]
    bare: re.Pattern[str] | None

    def unit(self, match: re.Match[str]) -> Unit:
        """The unit that `anchor` matched."""
        found = self.words.units[" ".join(match.group("unit").casefold().split())]
        other = self.words.numbered.get(found.level)
        digits = other and _DIGITS_BEHIND.match(match.string, match.end())
        return replace(found, level=other) if other and digits else found

    def places(self, match: re.Match[str]) -> list[int]:
        """The places that `ordinal` or `placed` matched: 1 and 2 for "first and second"."""
        found = re.findall(r"\w+", match.group("words").casefold())
        return [self.words.ordinals[word] for word in found if word in self.words.ordinals]


_WORDS = {
    "en": _EN, "fr": _FR, "es": _ES, "ru": _RU, "ar": _AR, "nl": further.NL, "de": further.DE,
    "pt": further.PT, "it": further.IT, "vi": further.VI,
}  # fmt: skip
_DIGITS_BEHIND = re.compile(r"\s+\d")
_COUNTED = r"two|three|four|deux|trois|quatre|dos|tres|cuatro"
_DASH = r"(?:[-‐‑–—−](?!\s*(?:[^\W\d_]{2}|\Z)))"


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language; English for one that is not known."""
    words = _WORDS.get(language) or _EN
    spelt = sorted(words.units, key=len, reverse=True)
    named = "|".join(re.escape(unit).replace(r"\ ", r"\s+") for unit in spelt)
    before = "|".join(f"(?P<{name}>{source})" for name, source in words.before.items())
    after = "|".join(f"(?P<{name}>{source})" for name, source in words.after.items())
    ordinals = "|".join(sorted(words.ordinals, key=len, reverse=True))
    bare = "|".join(f"(?P<{name}>{source})" for name, source in words.bare.items())
    # "the first and the second"
    listed = (
        rf"(?:{ordinals})(?:\s*{words.also}\s*(?:{words.article_word}\s*)?(?:{ordinals})){{0,9}}"
    )
    prefix = words.prefix or "(?:)"
    flags = re.IGNORECASE
    return Lexicon(
        words=words,
        anchor=re.compile(rf"(?<![\w/@-]){prefix}??(?P<unit>{named})(?![\w-])", flags),
        also=re.compile(rf"\s*{words.also}\s*", flags),
        through=re.compile(rf"\s*(?:{words.through}|{_DASH})\s*", flags),
        of=re.compile(rf"\s*{words.of}\s*(?:{words.article_word}\s*)?", flags),
        into_list=re.compile(rf"{words.into_list}\s+", flags) if words.into_list else None,
        before=re.compile(
            rf"(?<!\w)(?:(?:the|les|los|las)\s+)?(?:(?:{_COUNTED})\s+)?(?:{before})\s+"
            rf"(?:(?:{_COUNTED})\s+)?\Z",
            flags,
        ),
        after=re.compile(rf"\s+(?:{after})", flags),
        ordinal=re.compile(
            rf"(?<!\w)(?P<words>{listed})\s+\Z", flags
        ) if ordinals else None,
        placed=re.compile(
            rf",?\s*(?:{words.article_word}\s*)?(?P<words>{listed})\s+(?P<unit>{named})(?!\w)",
            flags,
        ) if ordinals else None,
        measure=re.compile(rf"\s*(?:%|(?:{words.measures})(?!\w))", flags),
        bare=re.compile(rf"(?<!\w)(?:{bare})(?!\w)", flags) if bare else None,
    )  # fmt: skip
