"""References as each kind of law writes them, within a law of that kind."""

import pytest

from annotator.intake import parse
from annotator.intake.references import find

FRENCH = """\
CODE DES PORTS

Article L. 111-1

I. – Les quais sont publics.

II. – Nul ne peut y dormir.

Article R.* 112-3-1

Le préfet peut déroger à l'article L. 111-1.
"""
RUSSIAN = """\
ЗАКОН О ФОНАРЯХ

Статья 1. Обязанности

1. Смотритель обязан:

1) зажигать фонарь;

2) гасить фонарь:

а) на рассвете;

б) в бурю.

2. Требования подпункта "б" пункта 2 части 1 настоящей статьи не распространяются на море.
"""
CHINESE = """\
灯笼法

第一条 为了保护灯笼，制定本法。

第二条 灯笼由看守人管理。

看守人有下列职责：

（一）点灯；

（二）熄灯。

看守人不得透露举报人的姓名。

第三条 违反本法第二条第二款第（一）项、第三款规定的，处以罚款。
"""
CONTRACT = """\
MEMORANDUM OF UNDERSTANDING ON LANTERNS

1. DEFINITIONS

1.1 "Lantern" means a lamp.

2. DUTIES

2.1 The Keeper shall:

(a) light the Lantern; and

(b) keep the log.

2.2 Clause 2.1(b) does not apply at sea.
"""
AMENDING = """\
Protocol amending the Lantern Convention

Article 1

Article 2 of the Convention shall be replaced by the following:

"Article 2 – Duties

1. Lanterns are lit at dusk."

Article 2

This Protocol enters into force on signature.
"""


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        (FRENCH, "fr", [("article L. 111-1", "art_L111-1")]),
        (
            RUSSIAN,
            "ru",
            [
                (
                    'подпункта "б" пункта 2 части 1 настоящей статьи',
                    "art_1__para_1__point_2__subpoint_2",
                )
            ],
        ),
        (
            CHINESE,
            "zh",
            [("第二条第二款第（一）项", "art_2__point_1"), ("第三款", "art_2__txt_3")],
        ),
        (CONTRACT, "en", [("Clause 2.1(b)", "para_2__point_2_1__subpoint_b")]),
        # The heading of an article that is quoted names none of this text.
        (AMENDING, "en", [("Article 2 of the Convention", None)]),
    ],
    ids=["code", "parts", "unnumbered", "decimals", "quoted"],
)
def test_references(text, language, wanted):
    found = find(parse(text, language=language))
    assert [(one.quote, one.target_eid) for one in found] == wanted
