"""The words that head articles and divisions in each language, and open a treaty's closing formula.

Data only: each language's words are alternatives of a regular expression in lower case, matched
without regard to case. `marks` puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

HeadingKind = Literal[
    "preamble", "book", "part", "subpart", "title", "subtitle", "division", "chapter", "subchapter",
    "section", "subsection", "article", "rule", "annex",
]  # fmt: skip

# Languages that head by a word and a number behind it: "Article 5", "Điều 5", "ข้อ ๕", "المادة ٥".
BY_LANGUAGE: dict[str, dict[HeadingKind, str]] = {
    "en": {
        "article": "article", "part": "part", "chapter": "chapter", "section": "section",
        "title": "title", "book": "book", "annex": "annex|appendix|schedule",
        "subpart": "sub-?part", "subtitle": "sub-?title", "division": "division",
        "subchapter": "sub-?chapter", "subsection": "sub-?division",
        # Texts without articles are cited by these.
        "rule": "rule|principle|guideline|regulation|recommendation|clause|standard|canon",
    },
    "fr": {
        "article": "article", "part": "partie", "chapter": "chapitre", "section": "section",
        "title": "titre", "book": "livre", "annex": "annexe|appendice", "subtitle": "sous-titre",
        "subsection": "sous-section", "rule": "règle|principe|recommandation",
    },
    "es": {
        "article": "art[íi]culo", "part": "parte", "chapter": "cap[íi]tulo",
        "section": "secci[óo]n", "title": "t[íi]tulo", "book": "libro",
        "annex": "anexo|ap[ée]ndice", "subsection": "subsecci[óo]n",
        "rule": "regla|principio|directriz|recomendación|cláusula|disposición (?:adicional|"
        "transitoria|final|derogatoria)",
    },
    "pt": {
        "article": "artigo", "part": "parte", "chapter": "cap[íi]tulo", "section": "seção|secção",
        "title": "t[íi]tulo", "book": "livro", "annex": "anexo|apêndice",
        "subsection": "subseção|subsecção", "rule": "princípio|regra",
    },
    "it": {
        "article": "articolo", "part": "parte", "chapter": "capitolo|capo", "section": "sezione",
        "title": "titolo", "book": "libro", "annex": "allegato", "subsection": "sottosezione",
    },
    "ca": {
        "article": "article", "part": "part", "chapter": "cap[íi]tol", "section": "secció",
        "title": "títol", "annex": "annex",
    },
    "ro": {
        "article": "articolul", "part": "partea", "chapter": "capitolul", "section": "secțiunea",
        "title": "titlul", "annex": "anexa|anexă", "book": "cartea",
    },
    "de": {
        "article": "artikel", "part": "teil", "chapter": "kapitel", "section": "abschnitt",
        "title": "titel", "book": "buch", "annex": "anhang|anlage", "subsection": "unterabschnitt",
    },
    "nl": {
        "article": "artikel", "part": "deel", "chapter": "hoofdstuk", "section": "afdeling",
        "title": "titel", "book": "boek", "annex": "bijlage", "subsection": "paragraaf",
    },
    "sv": {
        "article": "artikel", "part": "del", "chapter": "kapitel", "section": "avsnitt",
        "title": "avdelning", "annex": "bilaga",
    },
    "da": {
        "article": "artikel", "part": "del", "chapter": "kapitel", "section": "afsnit",
        "title": "afdeling", "annex": "bilag",
    },
    "nb": {
        "article": "artikkel", "part": "del", "chapter": "kapittel", "section": "avsnitt",
        "annex": "vedlegg",
    },
    "fi": {"article": "artikla", "part": "osa", "chapter": "luku", "annex": "liite"},
    "pl": {
        "article": r"artykuł|art\.", "part": "część", "chapter": "rozdział", "section": "oddział",
        "title": "tytuł|dział", "book": "księga", "annex": "załącznik",
    },
    "cs": {
        "article": "článek|čl\\.", "part": "část", "chapter": "kapitola", "section": "oddíl",
        "title": "hlava", "annex": "příloha", "subsection": "pododdíl",
    },
    "sk": {
        "article": "článok|čl\\.", "part": "časť", "chapter": "kapitola", "section": "oddiel",
        "title": "hlava", "annex": "príloha",
    },
    "hr": {
        "article": "članak|član", "part": "dio|deo", "chapter": "poglavlje|glava",
        "section": "odjeljak|odsjek|odeljak", "annex": "prilog", "title": "naslov",
    },
    "sq": {"article": "neni", "part": "pjesa", "chapter": "kapitulli", "section": "seksioni"},
    "tr": {
        "article": "madde", "part": "k[ıi]s[ıi]m", "chapter": "b[öo]l[üu]m", "annex": "ek",
        "book": "k[ıi]tap", "title": "başl[ıi]k", "rule": "geçici madde|ek madde",
    },
    "id": {
        "article": "pasal", "section": "bagian", "chapter": "bab", "subsection": "paragraf",
        "annex": "lampiran", "book": "buku",
    },
    "ms": {"article": "perkara|artikel", "part": "bahagian", "chapter": "bab", "annex": "lampiran"},
    "sw": {
        "article": "ibara|kifungu", "part": "sehemu", "chapter": "sura", "annex": "kiambatisho",
    },
    "tl": {"article": "artikulo", "section": "seksyon", "chapter": "kabanata"},
    "vi": {
        "article": "điều", "part": "phần", "chapter": "chương", "section": "mục",
        "annex": "phụ lục", "subsection": "tiểu mục",
    },
    "ru": {
        "article": "статья", "part": "часть", "chapter": "глава", "section": "раздел",
        "subsection": "подраздел", "annex": "приложение", "rule": "правило|принцип",
        "title": "титул", "book": "книга",
    },
    "uk": {
        "article": "стаття", "part": "частина", "chapter": "глава", "section": "розділ",
        "subsection": "підрозділ", "annex": "додаток", "book": "книга",
    },
    "be": {"article": "артыкул", "part": "частка", "chapter": "глава", "section": "раздзел"},
    "bg": {
        "article": "член|чл\\.", "part": "част", "chapter": "глава", "section": "раздел",
        "annex": "приложение", "title": "дял",
    },
    "sr": {
        "article": "члан", "part": "део|дио", "chapter": "поглавље|глава", "section": "одељак",
        "annex": "прилог",
    },
    "mk": {"article": "член", "part": "дел", "chapter": "глава", "annex": "прилог"},
    "el": {
        "article": "[άα]ρθρο", "part": "μ[έε]ρος", "chapter": "κεφ[άα]λαιο",
        "section": "τμ[ήη]μα|εν[όο]τητα", "title": "τ[ίι]τλος", "annex": "παρ[άα]ρτημα",
    },
    "hy": {"article": "հոդված", "part": "մաս", "chapter": "գլուխ", "section": "բաժին"},
    "ka": {"article": "მუხლი", "part": "ნაწილი", "chapter": "თავი", "section": "კარი"},
    "ar": {
        "article": "ال?مادة|مادة", "part": "الجزء|جزء", "chapter": "الفصل|فصل",
        "section": "القسم|قسم|الفرع|المبحث", "title": "الباب|باب", "book": "الكتاب",
        "annex": "ال?مرفق|ال?ملحق", "rule": "القاعدة|المبدأ",
    },
    "fa": {
        "article": "ماده|اصل", "part": "بخش", "chapter": "فصل", "section": "قسمت|مبحث",
        "title": "باب", "annex": "پیوست|ضمیمه", "book": "کتاب",
    },
    "ur": {"article": "آرٹیکل|دفعہ", "part": "حصہ", "chapter": "باب", "annex": "ضمیمہ"},
    "he": {
        "article": "סעיף|מאמר", "part": "חלק", "chapter": "פרק", "section": "סימן",
        "annex": "נספח|תוספת",
    },
    "hi": {"article": "अनुच्छेद|धारा", "part": "भाग", "chapter": "अध्याय", "annex": "अनुसूची|अनुबंध"},
    "bn": {"article": "অনুচ্ছেদ|ধারা", "part": "ভাগ", "chapter": "অধ্যায়"},
    "th": {
        "article": "มาตรา|ข้อ", "part": "ภาค", "chapter": "หมวด(?:ที่)?|บท(?:ที่)?",
        "section": "ส่วน(?:ที่)?", "title": "ลักษณะ", "annex": "ภาคผนวก|เอกสารแนบท้าย",
    },
    "lo": {"article": "ມາດຕາ", "part": "ພາກ(?:ທີ)?", "chapter": "ໝວດ(?:ທີ)?"},
    "km": {"article": "មាត្រា", "chapter": "ជំពូក(?:ទី)?"},
    "am": {"article": "አንቀጽ", "part": "ክፍል", "chapter": "ምዕራፍ"},
}  # fmt: skip

# Languages that put the number between a sign and the word: 第五条, 제5조.
ENCLOSED: dict[str, HeadingKind] = {
    "条": "article", "條": "article", "조": "article",
    "章": "chapter", "장": "chapter",
    "节": "section", "節": "section", "절": "section",
    "款": "subsection", "관": "subsection",
    "编": "part", "編": "part", "篇": "part", "部分": "part", "部": "part", "편": "part",
}  # fmt: skip

# Languages that put the number before the word: "5. cikk", "1 straipsnis", "5 artikla", "5-бап".
_NUMBER_FIRST: dict[str, HeadingKind] = {
    "cikk": "article", "cikkely": "article", "fejezet": "chapter", "rész": "part", "cím": "title",
    "straipsnis": "article", "skyrius": "chapter", "dalis": "part", "skirsnis": "section",
    "pants": "article", "nodaļa": "chapter", "artikla": "article", "luku": "chapter",
    "osa": "part", "бап": "article", "тарау": "chapter", "бөлім": "part", "modda": "article",
    "bob": "chapter", "kap": "chapter", "kapitlet": "chapter", "avd": "part", "avdelningen": "part",
}  # fmt: skip
NUMBER_FIRST = "|".join(sorted(_NUMBER_FIRST, key=len, reverse=True))

PREAMBLE = (
    "preamble|préambule|preámbulo|preambolo|preâmbulo|preambule|preàmbul|preambul|preambulul|"
    "präambel|preamble|ingress|johdanto|preambuła|preambule|preambula|priambule|giriş|başlangıç|"
    "pembukaan|mukadimah|utangulizi|dibaji|lời nói đầu|lời mở đầu|преамбула|προοίμιο|"
    "الديباجة|ديباجة|التمهيد|مقدمه|دیباچه|مقدمة|דברי פתיחה|מבוא|प्रस्तावना|উদ্দেশিকা|"
    "คำปรารภ|อารัมภบท|序言|序文|前言|前文|弁言|전문"
)

ANNEX_ALONE = (
    "annexe?|(?:the )?schedule|anexo|apéndice|appendix|appendice|allegato|anhang|anlage|bijlage|"
    "bilaga|bilag|"
    "załącznik|příloha|приложение|додаток|прилог|παράρτημα|lampiran|phụ lục|ek|"
    "ال?مرفق|ال?ملحق|پیوست|נספח|ภาคผนวก|附件|附錄|附录|附表|附\\s?則|附属書|부속서|부\\s?칙"
)

CLOSING = (
    "adopted (?:by|at) the (?:[\\w-]+ ){1,3}session|approved[,:]?\\Z|"
    "disahkan di|ditetapkan di|diundangkan di|"
    "in (?:witness|faith|testimony) where?of|done (?:at|in|on)\\b|signed (?:at|in)\\b|"
    "en foi de quoi|fait (?:à|en|le)\\b|"
    "en (?:fe|testimonio) de lo (?:cual|anterior)|hech[oa] en|dad[oa] en\\b|firmado en|"
    "em (?:fé|fe|testemunho) do que|em testemunho|feito em|"
    "in fede di (?:che|quanto)|fatto a\\b|drept care|"
    "zu urkund|geschehen (?:zu|in)|ten blijke waarvan|gedaan te|til bekræftelse|utfärdad|"
    "na dowód czego|sporządzono w|na důkaz|dáno v|"
    "в удостоверение|в подтверждение|совершено в|на посвідчення|учинено в|в уверение|съставен|"
    "u potvrdu|у потврду|σε πίστωση|έγινε|"
    "و?(?:إ|ا)ثباتا|و?إشهادا|و?إقرارا|ومصداقا|وإقرار|حررت? في|حُرر|وقعت? في|به گواهی|"
    "ולראיה|נעשה ב|demikianlah|sebagai bukti|để làm bằng|làm tại|kwa kushuhudia|imefanyika|"
    "เพื่อเป็นพยาน|ทำ\\s?ณ|为此|為此|為證|以昭信守|订于|訂於|[一二].{2,12}年.{1,12}日订于|以上の証拠|"
    "이상의 증거"
)


def words(kind: HeadingKind) -> str:
    """The alternatives of every language for one kind of heading, the longest first."""
    found: dict[str, None] = {}
    for kinds in BY_LANGUAGE.values():
        if kind in kinds:
            found.update(dict.fromkeys(_alternatives(kinds[kind])))
    return "|".join(sorted(map(_stretched, found), key=len, reverse=True))


def _stretched(word: str) -> str:
    """The word with the tatweels that may stretch Arabic letters as decoration."""
    if "\u0620" <= word[0] <= "\u06ff":
        word = re.sub("([\u0621-\u064a])[?]", "(?:\\1ـ*)?", word)
        return re.sub("([\u0621-\u063a\u0641-\u064a])(?!ـ)", "\\1ـ*", word)
    return word


def number_first_kind(word: str) -> HeadingKind:
    """What a word of `NUMBER_FIRST` heads."""
    return _NUMBER_FIRST[word.lower()]


def any_word(kinds: Iterable[HeadingKind]) -> str:
    """The alternatives of every language for all the kinds, the longest first."""
    found = {word for kind in kinds for word in _alternatives(words(kind))}
    return "|".join(sorted(found, key=lambda word: (-len(word), word)))


def of_language(code: str) -> frozenset[str]:
    """The plain words that head anything in one language, to tell it from another."""
    kinds = BY_LANGUAGE.get(code, {})
    plain = (_plain(word) for pattern in kinds.values() for word in _alternatives(pattern))
    return frozenset(word for word in plain if word.isalpha())


def _alternatives(pattern: str) -> list[str]:
    # Alternatives within brackets stay together.
    found, depth, start = [], 0, 0
    for at, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            found.append(pattern[start:at])
            start = at + 1
    return [*found, pattern[start:]]


def _plain(pattern: str) -> str:
    plain = ""
    inside = False
    for char in pattern:
        if char == "[":
            inside, first = True, True
        elif char == "]":
            inside = False
        elif not inside:
            plain += char
        elif first:
            plain, first = plain + char, False
    return plain
