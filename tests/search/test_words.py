"""What is found, by what is typed, in each language; our own sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.search import parse
from annotator.search.words import BORDER, cut, indexed, joined

# A sentence, what is typed, and the words that are marked in it; none where it is not found.
FOUND = [
    # English: capitals, hyphens, apostrophes, soft hyphens, digits with marks
    ("The Court may order SEIZURE of a device.", "seizure court", ["Court", "SEIZURE"]),
    ("States shall seek co-operation in good time.", "cooperation", ["co-operation"]),
    ("States shall seek cooperation in good time.", "co-operation", ["cooperation"]),
    ("States shall seek co-operation in good time.", '"co operation in"', ["co-operation in"]),
    ("States shall seek co-operation in good time.", "cooper*", ["co-operation"]),
    ("A provider's duty ends there.", "provider duty", ["provider", "duty"]),
    ("The sur\u00adveil\u00adlance ends.", "surveillance", ["sur\u00adveil\u00adlance"]),
    ("See article 28(4) for more.", "28(4)", ["28(4"]),
    ("A search of a system, then a search.", '"a search"', ["A search", "a search"]),
    ("A search of a system.", '"search a system"', []),
    ("Content and traffic data.", "content -traffic", []),
    ("Traffic data alone.", "content OR traffic", ["Traffic"]),
    ("Real-time collection of traffic data.", "real-time collect*", ["Real-time", "collection"]),
    # French: elision, accents left out or put in, ligatures, capitals without accents
    ("L’accès à l'article premier est libre.", "article acces", ["accès", "article"]),
    ("L'ÉTAT et l'ETAT sont un.", "état", ["ÉTAT", "ETAT"]),
    ("Le cœur de la sœur.", "coeur", ["cœur"]),
    ("Le secret des sources est garanti.", "« secret des sources »", ["secret des sources"]),
    # Spanish
    ("La intervención de comunicaciones exige orden.", "intervencion", ["intervención"]),
    ("Ningún año será distinto.", "ANO", ["año"]),
    # German, Turkish: ß, dotted and dotless i
    ("Die Straße ist groß.", "strasse gross", ["Straße", "groß"]),
    ("İstanbul ve ılık.", "istanbul ilik", ["İstanbul", "ılık"]),
    # Russian: ё, stress marks, й apart from и
    ("Её тайна охраняется зако\u0301ном.", "ее законом", ["Её", "зако\u0301ном"]),
    ("Мой дом.", "мои", []),
    # Arabic: vowel signs, tatweel, alef and ta marbuta, the article and what is joined to it
    ("يُحْظَرُ التَّنَصُّتُ دون إذن.", "تنصت", ["التَّنَصُّتُ"]),
    ("والقانون يحمي الصحافة", "قانون صحافه", ["والقانون", "الصحافة"]),
    ("كـــتاب القاضي", "كتاب", ["كـــتاب"]),
    ("أمر الى المحكمة", "امر إلى", ["أمر", "الى"]),
    ("المادة ٢٨ من الاتفاقية", "28", ["٢٨"]),
    ("القانونية", "القانون*", ["القانونية"]),
    # Persian: its own digits and letters, the joiner that parts nothing
    ("ماده ۲۸ کتاب می\u200cشود", "28 كتاب میشود", ["۲۸", "کتاب", "می\u200cشود"]),
    # Chinese: no spaces, so what is typed is a phrase; several are all wanted
    ("主管机关可以收集电子证据。", "电子证据", ["电子证据"]),
    ("主管机关可以收集电子证据。", "收集 机关", ["机关", "收集"]),
    ("主管机关可以收集电子证据。", "证据电子", []),
    ("依GDPR法处理个人信息", "gdpr 个人", ["GDPR", "个人"]),
    # Japanese: kana, long vowels, half width
    ("データの保存を命じる。", "データ 保存", ["データ", "保存"]),
    ("ｶﾞｲﾄﾞとﾃﾞｰﾀ", "データ", ["ﾃﾞｰﾀ"]),
    # Korean: particles grow onto words
    ("법원은 개인정보를 보호한다.", "개인정보 법원", ["법원", "개인정보"]),
    # Thai, Lao, Khmer, Burmese: no spaces, signs above and below stay with their letter
    ("ศาลอาจสั่งให้เก็บข้อมูลส่วนบุคคล", "ข้อมูลส่วนบุคคล", ["ข้อมูลส่วนบุคคล"]),
    ("ศาลอาจสั่งให้เก็บ", "สั่งให้", ["สั่งให้"]),
    ("ສິດທິສ່ວນຕົວ", "ສ່ວນຕົວ", ["ສ່ວນຕົວ"]),
    ("ទិន្នន័យផ្ទាល់ខ្លួន", "ផ្ទាល់ខ្លួន", ["ផ្ទាល់ខ្លួន"]),
    # Vietnamese: with marks or without
    ("Quyền riêng tư được bảo vệ.", "quyen rieng tu", ["Quyền", "riêng", "tư"]),
    ("Quyền riêng tư được bảo vệ.", '"đuoc bao ve"', ["được bảo vệ"]),
    # Hindi: signs that are vowels count
    ("निजता का अधिकार", "निजता", ["निजता"]),
    ("निजता का अधिकार", "नजत", []),
    # Full width, ligatures of type
    ("ＡＢＣ ﬁle １２", "abc file 12", ["ＡＢＣ", "ﬁle", "１２"]),
]


@pytest.mark.parametrize(("sentence", "typed", "marked"), FOUND)
def test_what_is_typed_is_found_and_marked(sentence: str, typed: str, marked: list[str]) -> None:
    query = parse(typed)
    assert query.matches(sentence) == bool(marked)
    if marked:
        assert [sentence[start:end] for start, end in query.marks(sentence)] == marked


_LETTERS = "aAéßİıёйЁ电子证ศาิล์법ガﾞガｶ القادةإأىي٢۲28-‐' ’.,\u00ad\u0301\u0640_क्षि\U00020000🙂"
TEXTS = st.text(st.sampled_from(_LETTERS) | st.characters(), max_size=40)


@given(TEXTS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_each_word_stands_where_it_is_said_to(text: str) -> None:
    end = 0
    for word in cut(text):
        assert word.form
        assert end <= word.start < word.end <= len(text)
        end = word.end
    for word in joined(text) or ():
        assert text[word.start : word.end].strip()


@given(TEXTS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_the_index_keeps_nothing_that_could_part_or_break(text: str) -> None:
    kept = indexed(text)
    assert kept.split() == kept.split(" ") or not kept
    for form in kept.split():
        assert form == BORDER or all(not c.isascii() or c.isalnum() for c in form)
    assert [word.form for word in cut(text)] == kept.split(f" {BORDER} ")[0].split()


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_words_of_a_text_find_it_whatever_stands_beside_them(
    before: str, middle: str, after: str
) -> None:
    words = cut(middle)
    if not words:
        return
    first, last = words[0].start, words[min(len(words), 30) - 1].end
    phrase = middle[first:last].replace("*", " ")
    for quote in '“”„‟«»「」『』"':
        phrase = phrase.replace(quote, " ")
    if len(phrase) >= 1900:
        return
    text = f"{before}. {phrase} .{after}"
    query = parse(f'"{phrase}"')
    assert any(
        start <= len(before) + 2 + len(phrase) and end >= len(before) + 2
        for start, end in query.marks(text)
    )
