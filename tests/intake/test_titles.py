"""What a treaty is called, and what stands around it on a page."""

import pytest

from annotator.intake import parse

BODY = """\
Preamble

The States Parties,

Have agreed as follows:

Article 1

1. The sources of journalists are protected in the territory of each of the Parties.

2. The Parties shall report to the Committee on what they have done for it.

Article 2

It enters into force when it has been signed by five of the States.

IN WITNESS WHEREOF the undersigned have signed it.
"""


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Convention on Sources", "Convention on Sources"),
        ("United Nations\n\nConvention on Sources", "Convention on Sources"),
        ("CETS No. 301\n\nConvention on Sources\n\nSeaside, 3.V.1990", "Convention on Sources"),
        ("Council of Europe Treaty Series - No. 301\n\nConvention on Sources\n\nSeaside, 3.V.1990",
         "Convention on Sources"),
        ("Home\n\nSearch\n\nTreaty Office\n\nConvention on Sources", "Convention on Sources"),
        ("Home | Search | Contact us\n\nConvention on Sources\n\nPrint this page",
         "Convention on Sources"),
        ("CONVENTION\n\nON THE PROTECTION OF SOURCES", "CONVENTION ON THE PROTECTION OF SOURCES"),
        ("Optional Protocol to the\nConvention on Sources",
         "Optional Protocol to the Convention on Sources"),
        ("Press Sources Act 1990", "Press Sources Act 1990"),
        ("An Ordinance\n\nfor the protection of sources",
         "An Ordinance for the protection of sources"),
        ("Adopted on 3 May 1990\n\nTreaty between the Isles and the Coast",
         "Treaty between the Isles and the Coast"),
        ("Convention on Sources\n\nAdopted by the Assembly on 3 May 1990", "Convention on Sources"),
        ("Convention on Sources\n\nOpened for signature at Seaside on 3 May 1990",
         "Convention on Sources"),
        ("Tratado sobre las fuentes", "Tratado sobre las fuentes"),
        ("Nations Unies\n\nConvention relative aux sources", "Convention relative aux sources"),
        ("Серия договоров\n\nКонвенция об источниках", "Конвенция об источниках"),
        ("الأمم المتحدة\n\nاتفاقية حماية المصادر", "اتفاقية حماية المصادر"),
        ("联合国\n\n保护消息来源公约", "保护消息来源公约"),
        ("Bundesgesetzblatt\n\nGesetz über Quellen", "Gesetz über Quellen"),
        ("Ley 14/2031, de 3 de mayo, de protección de las fuentes.",
         "Ley 14/2031, de 3 de mayo, de protección de las fuentes"),
        ("UNDANG-UNDANG\nNOMOR 14 TAHUN 2031\nTENTANG\nPERLINDUNGAN SUMBER",
         "UNDANG-UNDANG NOMOR 14 TAHUN 2031 TENTANG PERLINDUNGAN SUMBER"),
        # no instrument is named: the first line, as ever
        ("On sources", "On sources"),
    ],
)  # fmt: skip
def test_the_title_is_the_name_of_the_treaty(above, title):
    document = parse(f"{above}\n\n{BODY}")
    assert document.title == title
    assert [c.eid for c in document.clauses] == [
        "preamble", "preamble__txt_1", "preamble__txt_2", "art_1", "art_1__para_1",
        "art_1__para_2", "art_2", "conclusions__txt_1",
    ]  # fmt: skip


def test_the_name_of_the_treaty_wins_over_that_of_the_site():
    page = (
        "<html><head><title>Full list - Treaty Office</title></head><body>"
        "<h1>Details of Treaty No. 301</h1><h2>Convention on Sources</h2>"
        + "".join(f"<p>{line}</p>" for line in BODY.split("\n\n"))
        + "</body></html>"
    )
    assert parse(page, form="html").title == "Convention on Sources"


@pytest.mark.parametrize(
    "below",
    [
        "Back to top",
        "Share this page\n\nPrint\n\n© 1990 The Office of Treaties",
        "Home | Contact us | Privacy policy",
        "Haut de page\n\nImprimer",
        "(c) 1990 The Office",
    ],
)
def test_what_a_page_has_below_the_treaty_is_left_out(below):
    document = parse(f"Convention on Sources\n\n{BODY}\n\n{below}")
    assert document.text.endswith("signed it.")
    (warning,) = document.warnings
    assert "of the page behind the text" in warning


@pytest.mark.parametrize(
    "below", ["For the Isles: A. Keeper", "Annex\n\nSearch\n\nThe register of lamps is open.", "A."]
)
def test_what_may_be_the_treaty_s_own_stays(below):
    document = parse(f"Convention on Sources\n\n{BODY}\n\n{below}")
    assert document.text.endswith(below)


def test_recitals_below_the_title_are_no_part_of_it():
    document = parse(
        "Convention on Sources\n\nThe Parties to the Convention on Lighthouses,\n\n"
        "Have agreed:\n\nArticle 1\n\nOne.\n\nArticle 2\n\nTwo.",
        language="en",
    )
    assert document.title == "Convention on Sources"
    assert document.clause("preamble__txt_1").reviewable


def test_marks_of_markdown_in_a_plain_text_do_not_hide_its_articles():
    document = parse(
        "##Charter of the Mills\n\n## Preamble\n\nThe millers,\n\n"
        "###Article 1\n\nGrain is free.\n\n"
        "### Article  2\n\n1. It is weighed.\n\n2. It is sold.",
        language="en",
    )
    assert document.title == "Charter of the Mills"
    assert [c.eid for c in document.clauses] == [
        "preamble", "art_1", "art_2", "art_2__para_1", "art_2__para_2",
    ]  # fmt: skip
