"""Headings, numerals and lists of each language; every treaty here is made for these tests."""

from pathlib import Path

import pytest
import srsly

from annotator.intake import parse
from annotator.intake.structure import marks

TREATIES = srsly.read_yaml(Path(__file__).with_name("treaties.yaml"))
ENGLISH = parse("\n\n".join(TREATIES["en"]))


@pytest.mark.parametrize("code", TREATIES)
def test_a_treaty_has_the_same_tree_in_every_language(code):
    document = parse("\n\n".join(TREATIES[code]))
    assert (document.language, document.kind, document.warnings) == (code, "treaty", ())
    assert document.title == TREATIES[code][0]
    assert [(c.kind, c.article) for c in document.clauses] == [
        (c.kind, c.article) for c in ENGLISH.clauses
    ]
    for one, other in zip(document.clauses, ENGLISH.clauses, strict=True):
        assert bool(one.heading) == bool(other.heading), one.citation
        assert one.eid.isascii()
        if one.kind in ("preamble", "article", "paragraph", "paragraph-text"):
            assert one.eid == other.eid


@pytest.mark.parametrize("code", TREATIES)
def test_headings_in_capitals_are_headings_all_the_same(code):
    blocks = [
        block.upper() if block in (TREATIES[code][i] for i in (5, 7, 12, 16, 18, 24)) else block
        for block in TREATIES[code]
    ]
    document = parse("\n\n".join(blocks))
    assert [c.kind for c in document.clauses] == [c.kind for c in ENGLISH.clauses]


@pytest.mark.parametrize(
    ("line", "kind", "number", "token"),
    [
        # French
        ("Article premier", "article", "premier", "1"),
        ("Article 1er", "article", "1er", "1"),
        ("Article 5 bis", "article", "5 bis", "5bis"),
        ("TITRE Ier", "title", "Ier", "I"),
        ("Livre deuxième", "book", "deuxième", "2"),
        ("Annexe II", "annex", "II", "II"),
        # Spanish and Portuguese
        ("Artículo primero", "article", "primero", "1"),
        ("Artículo 1o.", "article", "1o.", "1"),
        ("ARTÍCULO 1.º", "article", "1.º", "1"),
        ("Artículo vigésimo primero", "article", "vigésimo primero", "21"),
        ("CAPÍTULO ÚNICO", "chapter", "ÚNICO", "1"),
        ("Artigo 5.º-A", "article", "5.º-A", "5A"),
        # German, Dutch, Nordic
        ("Erster Abschnitt", "section", "Erster", "1"),
        ("2. Abschnitt", "section", "2", "2"),
        ("Hoofdstuk II", "chapter", "II", "II"),
        ("Artikkel 5", "article", "5", "5"),
        ("5 artikla", "article", "5", "5"),
        # Slavic
        ("Статья первая", "article", "первая", "1"),
        ("Статья двадцать первая", "article", "двадцать первая", "21"),
        ("Статья 5.1", "article", "5.1", "5_1"),
        ("Статья 5-1", "article", "5-1", "5_1"),
        ("Статья 5¹", "article", "5¹", "5_1"),
        ("Статья 5 бис", "article", "5 бис", "5bis"),
        # a Roman numeral typed with Cyrillic letters
        ("Глава ІІ", "chapter", "ІІ", "II"),
        ("Приложение № 1", "annex", "1", "1"),
        ("Стаття 5", "article", "5", "5"),
        ("Розділ I", "section", "I", "I"),
        ("Член 5", "article", "5", "5"),
        ("Art. 5", "article", "5", "5"),
        ("Rozdział II", "chapter", "II", "II"),
        ("Článek 5", "article", "5", "5"),
        # Arabic and Persian
        ("المادة الأولى", "article", "الأولى", "1"),
        ("المادة الحادية والعشرون", "article", "الحادية والعشرون", "21"),
        ("المادة الثالثة عشرة", "article", "الثالثة عشرة", "13"),
        ("المادة الأولى بعد المائة", "article", "الأولى بعد المائة", "101"),
        ("المادة ٢٨", "article", "٢٨", "28"),
        ("المـــادة 5", "article", "5", "5"),
        ("مادة (5)", "article", "5", "5"),
        ("المادة 5 مكررا", "article", "5 مكررا", "5bis"),
        ("الفصل الثاني", "chapter", "الثاني", "2"),
        ("الباب الأول", "title", "الأول", "1"),
        ("الجزء الثالث", "part", "الثالث", "3"),
        ("القسم ٢", "section", "٢", "2"),
        ("المرفق الأول", "annex", "الأول", "1"),
        ("ماده ۵", "article", "۵", "5"),
        ("فصل دوم", "chapter", "دوم", "2"),
        # Chinese, Japanese, Korean
        ("第一条", "article", "一", "1"),
        ("第1条", "article", "1", "1"),
        ("第１２條", "article", "１２", "12"),
        ("第一百二十三条", "article", "一百二十三", "123"),
        ("第十二条之一", "article", "十二之一", "12bis"),
        ("第一章", "chapter", "一", "1"),
        ("第三節", "section", "三", "3"),
        ("第一编", "part", "一", "1"),
        ("附件一", "annex", "一", "1"),
        ("第三条の二", "article", "三の二", "3bis"),
        ("제5조의2", "article", "5의2", "5bis"),
        # Vietnamese and Thai
        ("Điều 12a", "article", "12a", "12a"),
        ("Chương II", "chapter", "II", "II"),
        ("Mục 1", "section", "1", "1"),
        ("Phần thứ nhất", "part", "nhất", "1"),
        ("ข้อ ๒๘", "article", "๒๘", "28"),
        ("มาตรา ๑๒/๑", "article", "๑๒/๑", "12_1"),
        ("มาตรา ๑๒ ทวิ", "article", "๑๒ ทวิ", "12bis"),
        ("หมวด ๑", "chapter", "๑", "1"),
        ("ส่วนที่ ๒", "section", "๒", "2"),
        # others
        ("MADDE 5", "article", "5", "5"),
        ("BİRİNCİ BÖLÜM", "chapter", "BİRİNCİ", "1"),
        ("Pasal 5", "article", "5", "5"),
        ("BAB II", "chapter", "II", "II"),
        ("Ibara ya 5", "article", "5", "5"),
        ("Sehemu ya Kwanza", "part", "Kwanza", "1"),
        ("Άρθρο 5", "article", "5", "5"),
        ("סעיף 5", "article", "5", "5"),
        ("अनुच्छेद 5", "article", "5", "5"),
        ("მუხლი 5", "article", "5", "5"),
        ("5. cikk", "article", "5", "5"),
    ],
)
def test_headings_of_each_language(line, kind, number, token):
    found = marks.heading(line)
    assert (found.kind, found.number, found.token, found.rest) == (kind, number, token, "")


@pytest.mark.parametrize(
    "line",
    [
        "Article 5 de la présente Convention s’applique.",
        "Artículo 5 de la presente Convención se aplica.",
        "Статья 5 настоящей Конвенции применяется.",
        "المادة 5 من هذه الاتفاقية تنطبق.",
        "المادة 5، الفقرة 1، تنطبق.",
        "第五条和第六条不适用。",
        "第五条所述的措施应当相称。",
        "Điều 5 của Công ước này được áp dụng.",
        "ข้อ ๕ ของอนุสัญญานี้ใช้บังคับ",
        "ماده ۵ این کنوانسیون اجرا می‌شود.",
    ],
)
def test_a_cross_reference_at_the_start_of_a_line_is_no_heading(line):
    assert marks.heading(line) is None


@pytest.mark.parametrize(
    ("form", "letters", "expected"),
    [
        ("{})", "абвгдежзиклм", range(1, 13)),
        # with ё and й
        ("{})", "абвгдеёжзийк", range(1, 13)),
        ("({})", "абвгґдеєжзиі", range(1, 13)),
        # the old order, and that of the dictionary
        ("({})", "أبجدهوزحطي", range(1, 11)),
        ("({})", "أبتثجحخد", range(1, 9)),
        ("{}-", "أبجد", range(1, 5)),
        ("({})", "กขคงจฉชซญ", range(1, 10)),
        ("{})", "αβγδε", range(1, 6)),
        ("({})", "אבגדה", range(1, 6)),
        ("（{}）", "一二三四五", range(1, 6)),
        ("({})", "甲乙丙丁", range(1, 5)),
        ("{})", ["m", "n", "ñ", "o", "p"], ["m", "n", "15", "o", "p"]),
        ("{})", ["a", "b", "c", "d", "đ", "e"], ["a", "b", "c", "d", "5", "e"]),
        ("{})", "①②③", None),
    ],
)
def test_lists_count_in_each_alphabet(form, letters, expected):
    if letters[0] == "m":
        letters = [*"abcdefghijkl", *letters]
        expected = [*"abcdefghijkl", *expected]
    if letters[0] == "①":
        form, expected = "{}", ["1", "2", "3"]
    points = "\n\n".join(f"{form.format(letter)} words of it;" for letter in letters)
    document = parse(f"Article 1\n\nAll of these:\n\n{points}", language="en", kind="treaty")
    found = [c.eid.rpartition("_")[2] for c in document.clauses[1:]]
    assert found == [str(place) for place in expected]
    assert all(c.parent == "art_1" for c in document.clauses[1:])
    assert document.warnings == ()


def test_digits_in_quotation_marks_stand_below_arabic_letters():
    document = parse(
        "المادة 1\n\n١ - يقصد بما يلي:\n\n(أ) الخدمة:\n\n'١' هيئة عامة؛\n\n'٢' هيئة خاصة؛\n\n"
        "(ب) الرسالة.\n\n٢ - لا ينطبق ذلك.",
        kind="treaty",
    )
    assert [c.eid for c in document.clauses] == [
        "art_1", "art_1__para_1", "art_1__para_1__point_1", "art_1__para_1__point_1__subpoint_1",
        "art_1__para_1__point_1__subpoint_2", "art_1__para_1__point_2", "art_1__para_2",
    ]  # fmt: skip


def test_a_chinese_law_has_its_words_behind_the_number():
    document = parse(
        "灯塔法\n\n第一条　为了保护灯塔，制定本法。\n\n第二条　任何人不得：\n\n"
        "（一）熄灭灯光；\n\n（二）阅读守塔人的信件。\n\n第三条　本法自公布之日起施行。"
    )
    assert [(c.eid, c.heading) for c in document.clauses] == [
        ("art_1", ""), ("art_2", ""), ("art_2__point_1", ""), ("art_2__point_2", ""), ("art_3", ""),
    ]  # fmt: skip
    assert document.language == "zh"
    assert all(c.reviewable for c in document.clauses)


def test_a_thai_law_has_its_words_behind_the_number():
    document = parse(
        "พระราชบัญญัติประภาคาร\n\nหมวด ๑\nบททั่วไป\n\nมาตรา ๑ พระราชบัญญัตินี้เรียกว่าพระราชบัญญัติประภาคาร\n\n"
        "มาตรา ๒ ในพระราชบัญญัตินี้\n\n(๑) ประภาคาร หมายความว่า หอที่มีตะเกียง\n\n"
        "(๒) ผู้เฝ้า หมายความว่า ผู้ดูแลตะเกียง"
    )
    assert [(c.eid, c.heading) for c in document.clauses] == [
        ("chp_1", "บททั่วไป"), ("art_1", ""), ("art_2", ""), ("art_2__para_1", ""),
        ("art_2__para_2", ""),
    ]  # fmt: skip
    assert document.warnings == ()


@pytest.mark.parametrize(
    "line", ["# " * 5000, "[#" * 3000, "第" + "一" * 9000, "المادة (" + "ا" * 9000]
)
def test_lines_made_to_hurt_are_no_headings(line):
    assert marks.heading(line) is None
