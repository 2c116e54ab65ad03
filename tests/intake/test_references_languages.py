"""Words that point at clauses in five other languages, marked up as in `test_references`."""

from __future__ import annotations

import re

import pytest

from annotator import intake
from annotator.intake import references
from annotator.model import Document

FORMS = {
    "fr": {
        "title": "Convention sur la garde des lanternes",
        "chapter": "Chapitre {roman}. Parole",
        "article": "Article {n}",
        "own": "En vertu de la présente Convention, la présente Convention vaut.",
    },
    "es": {
        "title": "Convención sobre la guarda de faroles",
        "chapter": "Capítulo {roman}. Palabra",
        "article": "Artículo {n}",
        "own": "En virtud de la presente Convención.",
    },
    "ru": {
        "title": "Конвенция о хранении фонарей",
        "chapter": "Глава {roman}. Слово",
        "article": "Статья {n}",
        "own": "Для целей настоящей Конвенции.",
    },
    "ar": {
        "title": "اتفاقية حفظ المصابيح",
        "chapter": "الفصل {n}",
        "article": "المادة {n}",
        "own": "لأغراض هذه الاتفاقية.",
    },
    "nl": {
        "title": "Verdrag inzake het bewaren van lantaarns",
        "chapter": "Hoofdstuk {roman}. Woord",
        "article": "Artikel {n}",
        "own": "Voor de toepassing van dit Verdrag.",
    },
    "de": {
        "title": "Übereinkommen über das Hüten von Laternen",
        "chapter": "Kapitel {roman}. Wort",
        "article": "Artikel {n}",
        "own": "Im Sinne dieses Übereinkommens.",
    },
    "pt": {
        "title": "Convenção sobre a guarda de lanternas",
        "chapter": "Capítulo {roman}. Palavra",
        "article": "Artigo {n}",
        "own": "Para os fins da presente Convenção.",
    },
    "it": {
        "title": "Convenzione sulla custodia delle lanterne",
        "chapter": "Capitolo {roman}. Parola",
        "article": "Articolo {n}",
        "own": "Ai fini della presente Convenzione.",
    },
    "vi": {
        "title": "Công ước về giữ đèn",
        "chapter": "Chương {roman}. Lời",
        "article": "Điều {n}",
        "own": "Theo Công ước này.",
    },
    "zh": {
        "title": "灯笼保管公约",
        "chapter": "第{han}章",
        "article": "第{han}条",
        "own": "为本公约的目的。",
    },
}
_HAN = "零一二三四五六七八九十"


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN[ones]
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


def _treaty(sentence: str, language: str) -> Document:
    form = FORMS[language]
    parts = [f"# {form['title']}"]
    for number in range(1, 41):
        if number in (1, 11, 31):
            place = {1: 1, 11: 2, 31: 3}[number]
            roman = {1: "I", 2: "II", 3: "III"}[place]
            named = form["chapter"].format(roman=roman, n=place, han=_han(place))
            parts.append(f"## {named}")
        third = sentence if number == 30 else form["own"]
        name = form["article"].format(n=number, han=_han(number))
        if language == "zh":
            parts += [
                f"### {name}",
                "一、甲应数:",
                "（一）油；",
                "（二）芯；",
                "（三）灯。",
                f"二、{form['own']}",
                f"三、{third}",
                f"四、{form['own']}",
            ]
        else:
            a, b, c = ("а", "б", "в") if language == "ru" else ("a", "b", "c")
            if language == "ar":
                a, b, c = "أ", "ب", "ج"
            parts += [
                f"### {name}",
                f"1. {form['own'].rstrip('.')}:",
                f"({a}) {form['own']}",
                f"({b}) {form['own']}",
                f"({c}) {form['own']}",
                f"2. {form['own']}",
                f"3. {third}",
                f"4. {form['own']}",
            ]
    text = "\n\n".join(parts)
    return intake.parse(text, form="markdown", kind="treaty", language=language)


def _check(line: str, language: str) -> None:
    wanted = [
        (quote, tuple(targets.split()))
        for quote, targets in re.findall(r"\{([^|}]+)\|([^}]+)\}", line)
    ]
    document = _treaty(re.sub(r"\{([^|}]+)\|[^}]+\}", r"\1", line), language)
    names = {
        clause.eid: re.sub(r"(?:para|point|subpoint)_", "", clause.eid.replace("__", "/"))
        for clause in document.clauses
    }
    (here,) = (eid for eid, name in names.items() if name == "art_30/3")
    found: dict[tuple[int, int, str], list[str]] = {}
    for one in references.find(document):
        if one.eid == here:
            target = "?" if one.target_document else "-"
            if one.target_eid:
                target = names[one.target_eid].removeprefix("art_")
            found.setdefault((one.start, one.end, one.quote), []).append(target)
    assert [(quote, tuple(targets)) for (_, _, quote), targets in found.items()] == wanted


FRENCH = [
    "Selon l'{article 7|7}, ils veillent.",
    "Selon l’{article premier|1}, ils veillent.",
    "Selon l'{article 7, paragraphe 1|7/1}, ils veillent.",
    "Selon l'{article 7, paragraphe 1, alinéa a)|7/1/a}, ils veillent.",
    "Selon le {paragraphe 1 de l'article 7|7/1}, ils veillent.",
    "Selon l'{alinéa b) du paragraphe 1 de l'article 7|7/1/b}, ils veillent.",
    "Selon le {paragraphe 1, c, de l'article 7|7/1/c}, ils veillent.",
    "Selon le {paragraphe 1 du présent article|30/1}, ils veillent.",
    "Selon l'{art. 7, par. 1, al. b|7/1/b}, ils veillent.",
    "Selon l'{article 7(1)(b)|7/1/b}, ils veillent.",
    "Selon les {articles 7|7}, {8|8} et {9|9}, ils veillent.",
    "Selon les {articles 7 à 9|7 8 9}, ils veillent.",
    "Selon les {articles 7|7} et {8|8} de la présente Convention, ils veillent.",
    "Aux fins {du présent article|30}, ils veillent.".replace("{du ", "du {"),
    "{Le présent article|30} vaut.",
    "Selon le {paragraphe précédent|30/2}, ils veillent.",
    "Selon l'{article précédent|29}, ils veillent.",
    "Selon les {deux paragraphes précédents|30/1 30/2}, ils veillent.".replace("{deux ", "deux {"),
    "Selon le {chapitre II|chp_II}, ils veillent.",
    "Selon l'{article 8 de la Convention européenne|-}, ils veillent.",
    "Selon l'{article 19 du Pacte international|-}, ils veillent.",
    "Selon l'{article 5 de la Charte des Nations Unies|-}, ils veillent.",
    "Selon l'{article 77|?}, ils veillent.",
    "Un article de verre, une partie du tout, deux points.",
    "Le paragraphe a été lu; l'article y renvoie.",
]

SPANISH = [
    "Según el {artículo 7|7}, velan.",
    "Según el {artículo 7, párrafo 1|7/1}, velan.",
    "Según el {artículo 7, párrafo 1, apartado b)|7/1/b}, velan.",
    "Según el {párrafo 1 del artículo 7|7/1}, velan.",
    "Según el {apartado b) del párrafo 1 del artículo 7|7/1/b}, velan.",
    "Según el {inciso b) del párrafo 1 del artículo 7|7/1/b}, velan.",
    "Según el {párrafo 1 del presente artículo|30/1}, velan.",
    "Según los {artículos 7|7}, {8|8} y {9|9}, velan.",
    "Según los {artículos 7 a 9|7 8 9}, velan.",
    "Según los {párrafos 1|30/1} y {2 del presente artículo|30/2}, velan.",
    "Según el {párrafo anterior|30/2}, velan.",
    "Según el {artículo anterior|29}, velan.",
    "{El presente artículo|30} vale.",
    "Según {este artículo|30}, velan.",
    "Según el {capítulo II|chp_II}, velan.",
    "Según el {artículo 7|7} de la presente Convención, velan.",
    "Según el {artículo 19 del Pacto Internacional|-}, velan.",
    "Según el {artículo 5 de la Carta de las Naciones Unidas|-}, velan.",
    "Según el {artículo 3 de la Ley 25|-}, velan.",
    "Según el {artículo 77|?}, velan.",
    "Una parte del artículo y otra letra.",
]

RUSSIAN = [
    "Согласно {статье 7|7}, они бдят.",
    "Согласно {пункту 1 статьи 7|7/1}, они бдят.",
    "Согласно {подпункту (б) пункта 1 статьи 7|7/1/2}, они бдят.",
    "Согласно {подпункту б) пункта 1 статьи 7|7/1/2}, они бдят.",
    "Согласно {подпункту «б» пункта 1 статьи 7|7/1/2}, они бдят.",
    "Согласно {пункту 1 настоящей статьи|30/1}, они бдят.",
    "Согласно {статьям 7|7}, {8|8} и {9|9}, они бдят.",
    "Согласно {статьям 7–9|7 8 9}, они бдят.",
    "Согласно {статьям 7|7} и {8|8} настоящей Конвенции, они бдят.",
    "Согласно {пунктам 1|30/1} и {2 настоящей статьи|30/2}, они бдят.",
    "Согласно {предыдущему пункту|30/2}, они бдят.",
    "Согласно {предыдущей статье|29}, они бдят.",
    "Положения {настоящей статьи|30} важны.",
    "Положения {статьи 7, пункт 1|7/1}, важны.",
    "Положения {главы II|chp_II} важны.",
    "Согласно {статье 19 Международного пакта|-}, они бдят.",
    "Согласно {статье 5 Устава Организации Объединенных Наций|-}, они бдят.",
    "Согласно {статье 77|?}, они бдят.",
    "Часть пути и каждая статья важны.",
]

ARABIC = [
    "وفقا لأحكام {المادة 7|7} من هذه الاتفاقية.",
    "وفقا {للمادة 7|7}.",
    "وفقا لأحكام {الفقرة 1 من المادة 7|7/1}.",
    "وفقا لأحكام {الفقرة 1 (ب) من المادة 7|7/1/2}.",
    "وفقا لأحكام {الفقرة الفرعية (ب) من الفقرة 1 من المادة 7|7/1/2}.",
    "وفقا لأحكام {الفقرة 2 من هذه المادة|30/2}.",
    "وفقا لأحكام {الفقرتين 1|30/1} و{2 من هذه المادة|30/2}.",
    "وفقا لأحكام {المواد 7|7} و{8|8} و{9|9}.",
    "وفقا لأحكام {المواد من 7 إلى 9|7 8 9}.",
    "وفقا لأحكام {المادة الثانية عشرة|12}.",
    "وفقا لأحكام {الفقرة السابقة|30/2}.",
    "وفقا لأحكام {هذه المادة|30}.",
    "وفقا لأحكام {الفصل 2|chp_2}.",
    "وفقا لأحكام {المادة 19 من العهد الدولي|-}.",
    "وفقا لأحكام {المادة 77|?}.",
]

CHINESE = [
    "依照{第七条|7}的规定办理。",
    "依照{第7条|7}的规定办理。",
    "依照{第七条第一款|7/1}的规定办理。",
    "依照{第七条第一款第（二）项|7/1/2}的规定办理。",
    "依照{第七条第一款第二项|7/1/2}的规定办理。",
    "依照{本条第一款|30/1}的规定办理。",
    "依照{本条|30}的规定办理。",
    "依照{本款|30/3}的规定办理。",
    "依照{前款|30/2}的规定办理。",
    "依照{前两款|30/1 30/2}的规定办理。",
    "依照{前条|29}的规定办理。",
    "依照{第七条|7}、{第八条|8}和{第九条|9}的规定办理。",
    "依照{第七条至第九条|7 8 9}的规定办理。",
    "依照{第七条第一款|7/1}和{第二款|7/2}的规定办理。",
    "依照{第二章|chp_2}的规定办理。",
    "依照本公约{第七条|7}的规定办理。",
    "依照《儿童权利公约》{第七条|-}的规定办理。",
    "依照宪法{第三十五条|-}的规定办理。",
    "依照{第七十七条|?}的规定办理。",
]


OTHERS = [
    ("nl", "Volgens {artikel 7|7} en {artikel 8, eerste lid|8/1}, waken zij."),
    ("nl", "Volgens de {artikelen 7 tot en met 9|7 8 9} van dit Verdrag waken zij."),
    ("nl", "Volgens {lid 1 van dit artikel|30/1} waken zij."),
    ("nl", "Volgens {artikel 8 van het Europees Verdrag|-} waken zij."),
    ("de", "Nach {Artikel 7 Absatz 1 Buchstabe b|7/1/b} wachen sie."),
    ("de", "Nach den {Artikeln 7|7} und {8|8} dieses Übereinkommens wachen sie."),
    ("de", "Nach {Absatz 1 dieses Artikels|30/1} und {Artikel 77|?} wachen sie."),
    ("de", "Nach {Artikel 5 des Grundgesetzes|-} wachen sie."),
    ("pt", "Nos termos do {artigo 7|7} e da {alínea b) do parágrafo 1 do artigo 8|8/1/b}, velam."),
    ("pt", "Nos termos dos {artigos 7 a 9|7 8 9} da presente Convenção, velam."),
    ("pt", "Nos termos do {artigo 5 da Constituição|-}, velam."),
    ("it", "Ai sensi dell'{articolo 7, paragrafo 1, lettera b)|7/1/b}, vegliano."),
    ("it", "Ai sensi degli {articoli 7|7} e {8|8} della presente Convenzione, vegliano."),
    ("it", "Ai sensi dell'{articolo 21 della Costituzione|-}, vegliano."),
    ("vi", "Theo {khoản 1 Điều 7|7/1} và {Điều 8|8} của Công ước này."),
    ("vi", "Theo {điểm b khoản 1 Điều 7|7/1/b} và {khoản 2 Điều này|30/2}."),
]


@pytest.mark.parametrize(("language", "line"), OTHERS)
def test_common_forms_of_further_languages(language: str, line: str) -> None:
    _check(line, language)


@pytest.mark.parametrize("line", FRENCH)
def test_french(line: str) -> None:
    _check(line, "fr")


@pytest.mark.parametrize("line", SPANISH)
def test_spanish(line: str) -> None:
    _check(line, "es")


@pytest.mark.parametrize("line", RUSSIAN)
def test_russian(line: str) -> None:
    _check(line, "ru")


@pytest.mark.parametrize("line", ARABIC)
def test_arabic(line: str) -> None:
    _check(line, "ar")


@pytest.mark.parametrize("line", CHINESE)
def test_chinese(line: str) -> None:
    _check(line, "zh")
