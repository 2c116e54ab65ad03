"""Every encoding that people send, and the characters nobody sees."""

import pytest

from annotator.errors import IntakeError
from annotator.intake import read_bytes
from annotator.intake.blocks import normalise
from annotator.intake.files.decoding import decode

TEXTS = {
    "fr": "Les États protègent la liberté d’expression et le secret des sources. À cet égard, une "
    "œuvre où l’intérêt général prévaut – « la presse » – ne peut être saisie.",
    "en": "The parties don’t agree on the matter at all and will not sign before autumn.",
    "es": "¿Quién protege a los periodistas? La nación debe garantizar además la acción del niño.",
    "pt": "A proteção das informações não será restringida; cada órgão é responsável.",
    "de": "Die Maßnahmen schützen Hinweisgeber; über die Prüfung entscheidet jede Änderung.",
    "pl": "Każda strona chroni źródła dziennikarskie i wolność słowa; sąd może zażądać ujawnienia.",
    "cs": "Každá smluvní strana chrání zdroje novinářů a svobodu tisku; soud může nařídit.",
    "hu": "Minden fél védi az újságírók forrásait; a bíróság elrendelheti az őrzött adatokat.",
    "tr": "Her taraf gazetecilerin kaynaklarını korur; şüpheli kişiler için özgürlük sağlanır.",
    "ru": "Государства защищают источники журналистов и свободу печати.",
    "ru in capitals": "КОНВЕНЦИЯ О ЗАЩИТЕ ЖУРНАЛИСТСКИХ ИСТОЧНИКОВ И СВОБОДЕ ПЕЧАТИ",
    "uk": "Держави захищають джерела журналістів і свободу преси, якщо це необхідно її громадянам.",
    "ar": "تحمي الدول مصادر الصحفيين وحرية الصحافة. ويجوز للمحكمة أن تطلب الكشف عن البيانات",
    "el": "Τα κράτη προστατεύουν τις πηγές των δημοσιογράφων και την ελευθερία του τύπου.",
    "he": "המדינות מגינות על מקורות העיתונאים ועל חופש העיתונות בכל עת.",
    "th": "รัฐภาคีแต่ละรัฐต้องคุ้มครองแหล่งข่าวของผู้สื่อข่าวและเสรีภาพของสื่อมวลชน",
    "zh": "缔约国应当保护记者的消息来源和新闻自由。法院可以在必要时要求披露数据。",
    "zh-Hant": "締約國應當保護記者的消息來源和新聞自由。法院可以在必要時要求披露資料。",
    "ja": "締約国は、記者の情報源と報道の自由を保護する。裁判所は開示を命ずることができる。",
    "ko": "당사국은 언론인의 취재원과 언론의 자유를 보호한다. 법원은 자료의 공개를 명할 수 있다.",
}
OLD = [
    "fr:cp1252",
    "fr:mac_roman",
    "en:cp1252",
    "es:cp1252",
    "pt:cp1252",
    "de:cp1252",
    "de:cp850",
    "pl:cp1250",
    "pl:iso8859-2",
    "cs:cp1250",
    "hu:cp1250",
    "tr:cp1254",
    "ru:cp1251",
    "ru:koi8-r",
    "ru:cp866",
    "ru:iso8859-5",
    "ru_in_capitals:cp1251",
    "uk:cp1251",
    "ar:cp1256",
    "ar:iso8859-6",
    "el:cp1253",
    "he:cp1255",
    "th:cp874",
    "zh:gb18030",
    "zh:gbk",
    "zh-Hant:big5",
    "ja:cp932",
    "ja:euc_jp",
    "ko:cp949",
]


@pytest.mark.parametrize("case", OLD)
@pytest.mark.parametrize("before", ["", "Article 1\n\n"], ids=["alone", "behind ASCII"])
def test_an_old_encoding_is_told_by_what_it_says(case, before):
    name, _, codec = case.partition(":")
    data = (before + TEXTS[name.replace("_", " ")]).encode(codec, "ignore")
    text, warnings = decode(data, name="a.txt")
    assert text == data.decode(codec)
    assert "a guess" in warnings[0]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_need_no_mark_in_any_script(name, codec):
    text, warnings = decode(TEXTS[name].encode(codec), name="a.txt")
    assert text == TEXTS[name]
    assert codec[:6].upper() in warnings[0]


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("ISO-8859-1", "cp1252", "the “press” – it’s"),
        ("gb2312", "gb18030", "记者的消息来源"),
        ("windows-1251", "cp1251", "Статья о праве"),
        ("shift_jis", "cp932", "報道の自由"),
    ],
)
def test_what_a_server_says_decides_where_it_is_no_utf_8(declared, codec, text):
    assert decode(text.encode(codec), name="a", charset=declared) == (text, [])


@pytest.mark.parametrize("label", ["unicode_escape", "punycode", "utf-7", "rot13", "zlib", "\0"])
def test_what_is_no_encoding_of_text_is_not_taken_for_one(label):
    text, warnings = decode(
        "liberté d’expression – l’État".encode("cp1252"), name="a", charset=label
    )
    assert (text, len(warnings)) == ("liberté d’expression – l’État", 1)


def test_lost_characters_are_counted_and_placed():
    data = "Les États\nprotègent\nla liberté\n".encode() * 20
    data = data.replace("è".encode(), b"\xff", 1).replace("è".encode(), b"\xfe\xfe", 1)
    text, warnings = decode(data, name="a.txt")
    assert text.count("\ufffd") == 3
    (said,) = warnings
    assert said.startswith("3 characters cannot be read as UTF-8")
    assert "(lines 2, 5)" in said


def test_a_text_with_too_much_lost_is_refused():
    with pytest.raises(IntakeError, match="cannot be read"):
        decode(b"\xef\xbb\xbf" + b"ab\xff" * 100, name="a.txt")


def test_stray_nuls_go_with_a_warning():
    text, warnings = decode(b"Words. " * 100 + b"\0\0", name="a.txt")
    assert text == "Words. " * 100
    assert warnings == ["2 NUL characters left out"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩🏽\u200d⚖️", "👩🏽\u200d⚖️"),
        ("ผู้\u200bสื่อข่าว", "ผู้\u200bสื่อข่าว"),
        ("the\u200b press\u200d", "the press"),
        ("المادة\u200b1", "المادة1"),
        ("(\u200eUTF-8\u200f) رسالة", "(\u200eUTF-8\u200f) رسالة"),
        ("\u200ethe \u202apress\u202c", "the press"),
        ("pay \u202e001\u202c euro, رسالة", "pay 001\u202c euro, رسالة"),
        ("\ufeffthe \ufeffpress", "the press"),
        ("infor\u00admation", "information"),
        ("infor\u00ad\n  mation and\u00ad\n\nmore", "information and\n\nmore"),
        ("it\x92s \x93so\x94", "it’s “so”"),
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("a\x07b\x7fc", "a b c"),
        ("cafe\u0301", "café"),
    ],
)
def test_what_nobody_sees_stays_only_where_it_does_something(text, kept):
    assert normalise(text) == kept
    assert normalise(kept) == kept


def test_front_matter_comes_in_any_encoding():
    raw = "---\ntitle: Accord de café\nkind: treaty\nlanguage: fr\n---\n# Été\n\nMots.\n"
    raw = raw.replace("\n", "\r\n")
    for codec in ("utf-8-sig", "utf-16", "cp1252"):
        (document,) = read_bytes(raw.encode(codec), name="a.md")
        assert (document.title, document.kind, document.language) == (
            "Accord de café",
            "treaty",
            "fr",
        )
