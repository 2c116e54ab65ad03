"""Numbers written as words: "premier", "vigésimo", "двадцать первая", "الحادية والعشرون"."""

from __future__ import annotations

import re

# In order from one; forms of one number (genders, spellings) are parted by a stroke.
_SERIES = (
    # English, also as "PART ONE"
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    # French
    "premier/première/unique deuxième/seconde troisième quatrième cinquième sixième septième "
    "huitième neuvième dixième onzième douzième treizième quatorzième quinzième seizième "
    "dix-septième dix-huitième dix-neuvième vingtième",
    # Spanish, Portuguese, Italian
    "primero/primera/primer/único/única segundo/segunda tercero/tercera/tercer cuarto/cuarta "
    "quinto/quinta sexto/sexta séptimo/séptima octavo/octava noveno/novena décimo/décima "
    "undécimo/undécima/decimoprimero duodécimo/duodécima/decimosegundo decimotercero/decimotercera "
    "decimocuarto/decimocuarta decimoquinto/decimoquinta decimosexto/decimosexta "
    "decimoséptimo/decimoséptima decimoctavo/decimoctava decimonoveno/decimonovena "
    "vigésimo/vigésima",
    "primeiro/primeira segundo terceiro/terceira quarto/quarta quinto sexto/sexta sétimo/sétima "
    "oitavo/oitava nono/nona décimo",
    "primo/prima secondo/seconda terzo/terza quarto quinto sesto/sesta settimo/settima "
    "ottavo/ottava nono decimo/decima",
    "întâi/întîi/prima",
    # German, Dutch, Swedish, Danish
    "erste/erster/erstes zweite/zweiter/zweites dritte/dritter/drittes vierte/vierter/viertes "
    "fünfte/fünfter/fünftes sechste/sechster/sechstes siebte/siebter/siebente/siebenter "
    "achte/achter/achtes neunte/neunter/neuntes zehnte/zehnter/zehntes elfte/elfter "
    "zwölfte/zwölfter",
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde",
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde",
    # Slavic
    "первый/первая/первое/первой второй/вторая/второе третий/третья/третье "
    "четвертый/четвёртый/четвертая/четвёртая/четвертое пятый/пятая/пятое шестой/шестая/шестое "
    "седьмой/седьмая/седьмое восьмой/восьмая/восьмое девятый/девятая/девятое "
    "десятый/десятая/десятое одиннадцатый/одиннадцатая двенадцатый/двенадцатая "
    "тринадцатый/тринадцатая четырнадцатый/четырнадцатая пятнадцатый/пятнадцатая "
    "шестнадцатый/шестнадцатая семнадцатый/семнадцатая восемнадцатый/восемнадцатая "
    "девятнадцатый/девятнадцатая двадцатый/двадцатая",
    "перший/перша/перше другий/друга/друге третій/третя/третє четвертий/четверта п’ятий/п'ята "
    "шостий/шоста сьомий/сьома восьмий/восьма дев’ятий/дев'ята десятий/десята",
    "pierwszy/pierwsza drugi/druga trzeci/trzecia czwarty/czwarta piąty/piąta szósty/szósta "
    "siódmy/siódma ósmy/ósma dziewiąty/dziewiąta dziesiąty/dziesiąta",
    "první druhý/druhá třetí čtvrtý/čtvrtá pátý/pátá šestý/šestá sedmý/sedmá osmý/osmá devátý "
    "desátý",
    # Turkish, Indonesian, Swahili, Vietnamese
    "birinci/bi̇ri̇nci̇ ikinci/i̇ki̇nci̇ üçüncü dördüncü beşinci/beşi̇nci̇ altıncı yedinci/yedi̇nci̇ "
    "sekizinci/seki̇zi̇nci̇ dokuzuncu onuncu",
    "kesatu/pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh",
    "kwanza pili tatu nne tano sita saba nane tisa kumi",
    "nhất hai/nhì ba tư/bốn năm sáu bảy tám chín mười",
    # Persian, Hebrew
    "اول/یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم",
    "ראשון/ראשונה שני/שנייה/שניה שלישי/שלישית רביעי/רביעית חמישי/חמישית שישי/שישית "
    "שביעי/שביעית שמיני/שמינית תשיעי/תשיעית עשירי/עשירית",
)

VALUES: dict[str, int] = {
    form: number
    for series in reversed(_SERIES)
    for number, forms in enumerate(series.split(), start=1)
    for form in forms.split("/")
}
# Of two words: "двадцать первая", "vigésimo primero".
_TENS = {
    "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "twenty": 20, "thirty": 30,
    "décimo": 10, "décima": 10, "vigésimo": 20, "vigésima": 20, "trigésimo": 30, "trigésima": 30,
    "cuadragésimo": 40, "cuadragésima": 40,
}  # fmt: skip
# For patterns that look for a few in a line: English, French, Spanish and German words, and Arabic
# ones to twenty, whose letters a tatweel may stretch.
_COMMON = [form for series in (*_SERIES[:4], _SERIES[7]) for form in re.split("[ /]", series)]
_ARABIC_COMMON = (
    "الأول الأولى الحادي الحادية الثاني الثانية الثالث الثالثة الرابع الرابعة الخامس الخامسة "
    "السادس السادسة السابع السابعة الثامن الثامنة التاسع التاسعة العاشر العاشرة"
)
_STRETCHED = "|".join(
    "ـ*".join(word) for word in sorted(_ARABIC_COMMON.split(), key=len, reverse=True)
)
PATTERN = (
    rf"(?:{'|'.join(sorted(_COMMON, key=len, reverse=True))})(?!\w)|"
    rf"(?:{_STRETCHED})(?:\s+عـ*شـ*ر(?:ة)?)?(?!\w)"
)

_ARABIC_UNITS = (
    "اول/اولي/حادي/حاديه ثاني/ثانيه ثالث/ثالثه رابع/رابعه خامس/خامسه سادس/سادسه سابع/سابعه "
    "ثامن/ثامنه تاسع/تاسعه عاشر/عاشره"
)
_UNITS = {
    f"ال{form}": number
    for number, forms in enumerate(_ARABIC_UNITS.split(), start=1)
    for form in forms.split("/")
}
_ARABIC_STEMS = "عشر ثلاث اربع خمس ست سبع ثمان تسع"
_ARABIC_TENS = {
    f"ال{word}{ending}": 10 * number
    for number, word in enumerate(_ARABIC_STEMS.split(), start=2)
    for ending in ("ون", "ين")
}
_HUNDREDS = frozenset(("المايه", "الميه", "المائه", "المئه"))
# What may stand on or between letters, and letters that are written for one another.
_STRETCH = re.compile("[ـ\u064b-\u065f\u0670]")
_SPELLINGS = str.maketrans("أإآىیة", "اااييه")
_LONGEST = 4


def value(words: str) -> int:
    """The number that the words give, 0 where they give none.

    >>> value("premier"), value("двадцать первая"), value("الحادية والعشرون")
    (1, 21, 21)
    >>> value("الثالثة عشرة"), value("الأولى بعد المائة")
    (13, 101)
    """
    plain = " ".join(words.casefold().split())
    if plain in VALUES:
        return VALUES[plain]
    tens, _, ones = plain.replace("-", " ").partition(" ")
    if tens in _TENS and 0 < VALUES.get(ones, 0) < 10:
        return _TENS[tens] + VALUES[ones]
    return _arabic(plain)


def longest(words: list[str]) -> int:
    """How many of the words from the first on make a number; 0 for none.

    >>> longest(["двадцать", "первая", "Общие", "положения"])
    2
    """
    return next(
        (many for many in range(min(len(words), _LONGEST), 0, -1) if value(" ".join(words[:many]))),
        0,
    )


def _arabic(plain: str) -> int:
    words = _STRETCH.sub("", plain).translate(_SPELLINGS).split()
    total = 0
    if words and words[-1] in _HUNDREDS:
        total = 100
        words = words[: -2 if words[-2:-1] == ["بعد"] else -1]
        if not words:
            return total
    if len(words) == 3 and words[1] == "و":
        words = [words[0], f"و{words[2]}"]
    if len(words) == 1:
        found = _UNITS.get(words[0], 0) or _ARABIC_TENS.get(words[0], 0)
        return total + found if found else 0
    if len(words) == 2 and words[0] in _UNITS:
        if words[1] in ("عشر", "عشره"):
            return total + _UNITS[words[0]] + 10
        tens = _ARABIC_TENS.get(words[1].removeprefix("و"), 0)
        return total + _UNITS[words[0]] + tens if tens and words[1][0] == "و" else 0
    return 0
