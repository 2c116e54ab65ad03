"""Words that point at clauses, each marked up in place with what they name.

`{articles 7|7}` marks the words of a reference and, behind the bar, the clauses: citations without
"art.", several for a range, `-` for another instrument, `?` where the text has no such clause.
Every sentence stands as paragraph 3 of article 30 of a convention made for this test.
"""

from __future__ import annotations

import re

import pytest

from annotator import intake
from annotator.intake import references
from annotator.model import Document

_POINTS = (
    "(a) oil;\n\n(b) wicks:\n\n(i) of cotton;\n\n(ii) of hemp;\n\n(iii) of wool;\n\n(c) glass."
)


def _article(number: int | str, third: str = "Keepers shall meet.") -> str:
    if number == 12:
        return "### Article 12. Harbours\n\nEvery harbour shall be lit."
    if number == 28:
        return "### Article 28. Fees\n\nFees are due.\n\nFees are low.\n\nFees are shared."
    return (
        f"### Article {number}. Heading {number}\n\n1. Keepers shall count:\n\n{_POINTS}\n\n"
        f"2. Keepers shall write it down:\n\n(a) in ink;\n\n(b) by hand.\n\n3. {third}\n\n"
        "4. Keepers shall rest."
    )


def _treaty(sentence: str, title: str = "Convention on the Keeping of Lanterns") -> Document:
    parts = [f"# {title}", "## Preamble", "The keepers, meeting at sea,"]
    for number in range(1, 41):
        if number == 1:
            parts.append("## Chapter I. General")
        elif number == 11:
            parts += ["## Chapter II. Light", "## Section 1. By day"]
        elif number == 21:
            parts.append("## Section 2. By night")
        elif number == 31:
            parts.append("## Chapter III. Final")
        parts.append(_article(number, sentence if number == 30 else "Keepers shall meet."))
        if number == 5:
            parts.append(_article("5 bis"))
    parts += ["## Annex I", "1. Lamps of the first kind.", "2. Lamps of the second kind."]
    text = "\n\n".join(parts)
    return intake.parse(text, form="markdown", kind="treaty", language="en")


def _marked(line: str) -> tuple[str, list[tuple[str, tuple[str, ...]]]]:
    """The plain sentence, and the words marked in it with what they name."""
    wanted = [
        (quote, tuple(targets.split()))
        for quote, targets in re.findall(r"\{([^|}]+)\|([^}]+)\}", line)
    ]
    return re.sub(r"\{([^|}]+)\|[^}]+\}", r"\1", line), wanted


def _found(document: Document, eid: str) -> list[tuple[str, tuple[str, ...]]]:
    """The references of a clause in the same form, ranges gathered."""
    citations = {clause.eid: clause.citation for clause in document.clauses}
    gathered: dict[tuple[int, int, str], list[str]] = {}
    for one in references.find(document):
        if one.eid != eid:
            continue
        assert document.text[one.start : one.end] == one.quote
        if one.target_eid:
            target = citations[one.target_eid].removeprefix("art. ").replace(" ", "")
        else:
            target = "?" if one.target_document else "-"
        gathered.setdefault((one.start, one.end, one.quote), []).append(target)
    return [(quote, tuple(targets)) for (_, _, quote), targets in gathered.items()]


ENGLISH = [
    # One article, one paragraph, however it is written
    "Duties under {article 7|7} stay.",
    "Duties under {Article 7|7} stay.",
    "Duties under {art. 7|7} stay.",
    "Duties under {art 7|7} stay.",
    "Duties under {ARTICLE 7|7} stay.",
    "Duties under {article 7, paragraph 1|7(1)}, stay.",
    "Duties under {article 7 paragraph 1|7(1)} stay.",
    "Duties under {article 7, para. 1|7(1)}, stay.",
    "Duties under {article 7(1)|7(1)} stay.",
    "Duties under {article 7 (1)|7(1)} stay.",
    "Duties under {article 7.1|7(1)} stay.",
    "Duties under {paragraph 1 of article 7|7(1)} stay.",
    "Duties under {paragraph 1 of Article 7|7(1)} of this Convention stay.",
    "Duties under {the first paragraph of article 7|7(1)} stay.".replace("{the ", "the {"),
    "Duties under the {last paragraph of article 7|7(4)} stay.",
    "Duties under {article 5 bis|5bis} stay.",
    "Duties under {article 5 bis, paragraph 2|5bis(2)}, stay.",
    # Points and what is below them
    "As in {article 7, paragraph 1 (b)|7(1)(b)}, they count.",
    "As in {article 7, paragraph 1(b)(ii)|7(1)(b)(ii)}, they count.",
    "As in {article 7, paragraph 1, subparagraph (b)|7(1)(b)}, they count.",
    "As in {article 7.1.b|7(1)(b)} they count.",
    "As in {Article 7.1.b.ii|7(1)(b)(ii)} they count.",
    "As in {art. 7(1)(b)|7(1)(b)} they count.",
    "As in {point (b) of article 7(1)|7(1)(b)} they count.",
    "As in {subparagraph (b) of paragraph 1 of article 7|7(1)(b)} they count.",
    "As in {sub-paragraph (b) of paragraph 1 of article 7|7(1)(b)} they count.",
    "As in {item (ii) of point (b) of paragraph 1 of article 7|7(1)(b)(ii)} they count.",
    "As in {paragraph 1 b) (ii) of article 7|7(1)(b)(ii)} they count.",
    "As in {paragraph 1 b.ii of article 7|7(1)(b)(ii)} they count.",
    "As in {clause (b) of paragraph 1 of article 7|7(1)(b)} they count.",
    "As in {letter (b) of paragraph 1 of article 7|7(1)(b)} they count.",
    "As in {article 7, paragraph 1, letter b|7(1)(b)}, they count.",
    # Where one stands
    "Under {paragraph 1 of this article|30(1)} they count.",
    "Under {paragraph 1|30(1)} they count.",
    "Under {paragraph 1 above|30(1)} they count.".replace(" above|30(1)}", "|30(1)} above"),
    "Under {paragraph 1(a)|30(1)(a)} they count.",
    "Under {paragraph 1(b)(i) of the present article|30(1)(b)(i)} they count.",
    "{This article|30} is short.",
    "Nothing in {the present Article|30} is long.",
    "Nothing in {this paragraph|30(3)} is long.",
    "Nothing in {this chapter|ch.II} is long.",
    "Nothing in {this section|ch.II,sec.2} is long.",
    "Under {the preceding paragraph|30(2)} they write.",
    "Under {the previous paragraph|30(2)} they write.",
    "Under {the foregoing paragraph|30(2)} they write.",
    "Under {the two preceding paragraphs|30(1) 30(2)} they write.",
    "Under {the preceding paragraphs|30(1) 30(2)} they write.",
    "Under {the following paragraph|30(4)} they rest.",
    "Under {the preceding article|29} they write.",
    "Under {the following article|31} they write.",
    "Under {paragraph 2 of the preceding article|29(2)} they write.",
    "Without prejudice to {the foregoing|30(2)}, they write.",
    "The foregoing rules hold.",
    "Under {the preceding chapter|ch.I} they write.",
    # Lists
    "See {articles 7|7}, {8|8} and {9|9}.",
    "See {articles 7|7}, {8|8}, and {9|9}.",
    "See {Articles 7|7} and {8|8}.",
    "See {articles 7|7} or {8|8} for it.",
    "See {arts. 7|7} & {8|8}.",
    "See {article 7|7} and {article 8|8}.",
    "See {paragraphs 1|30(1)} and {2 of this article|30(2)}.",
    "See {paragraphs 1|7(1)} and {2 of article 7|7(2)}.",
    "See {article 7, paragraphs 1|7(1)} and {2|7(2)}, and {article 8|8}.",
    "See {article 7(1)|7(1)} and {(2)|7(2)}.",
    "See {article 7, paragraph 1 (a)|7(1)(a)} and {(c)|7(1)(c)}.",
    "See {paragraph 1(b)(i)|30(1)(b)(i)} or {(ii) of this article|30(1)(b)(ii)}.",
    "See {paragraph 1(b)(i)|30(1)(b)(i)} or {(c)|30(1)(c)}.",
    "See {articles 7.1.a|7(1)(a)} and {c|7(1)(c)}.",
    "See {Articles 2|2}, {3|3}, {6, paragraph 1.b|6(1)(b)}, {7|7}, {9 paragraph 3|9(3)}, "
    "and {27, paragraph 1.a|27(1)(a)}.",
    "See {Article 4, paragraph 2|4(2)}, {Article 6, paragraph 3|6(3)}, and "
    "{Article 9, paragraph 4|9(4)}.",
    "See {paragraphs 1, sub-paragraphs a|30(1)(a)}. and {b|30(1)(b)}, and "
    "{2, sub-paragraphs a|30(2)(a)}. and {b|30(2)(b)}.",
    "See {article 7, paragraph 1(a)|7(1)(a)} and {(b)|7(1)(b)} and {paragraph 2|7(2)}.",
    "See {article 7|7} and {paragraph 2 thereof|7(2)}.",
    "See {article 7|7}; {paragraph 2 of that article|7(2)} is plain.",
    "See {article 7|7}; {that article|7} is plain.",
    "See {article 7, paragraph 2|7(2)}; {the said article|7} is plain.",
    "See {article 7, paragraph 2|7(2)}; {that paragraph|7(2)} is plain.",
    "See {articles 7|7} and {8|8} and {chapter III|ch.III}.",
    "See {Chapters I|ch.I} and {III|ch.III}.",
    # Ranges
    "See {articles 7 to 10|7 8 9 10}.",
    "See {articles 7 through 10|7 8 9 10}.",
    "See {articles 7-10|7 8 9 10}.",
    "See {articles 7–10|7 8 9 10} of this Convention.",
    "See {arts. 7–8|7 8}.",
    "See {articles 4 to 6|4 5 5bis 6}.",
    "See {articles 7 to 9|7 8 9} and {11|11}.",
    "See {paragraphs 1 to 3|30(1) 30(2) 30(3)}.",
    "See {paragraphs 1 to 3 of article 7|7(1) 7(2) 7(3)}.",
    "See {paragraph 1 (a) to (c)|30(1)(a) 30(1)(b) 30(1)(c)}.",
    "See {article 7(1)(a) to (c)|7(1)(a) 7(1)(b) 7(1)(c)}.",
    "See {points (a) to (c) of paragraph 1|30(1)(a) 30(1)(b) 30(1)(c)}.",
    "See {paragraph 1.a through 1.c of this article|30(1)(a) 30(1)(b) 30(1)(c)}.",
    "See {paragraph 1(a) to 1(c)|30(1)(a) 30(1)(b) 30(1)(c)}.",
    "See {article 7 to article 9|7 8 9}.",
    "See {chapters I to III|ch.I ch.II ch.III}.",
    "See {articles 7 to 9 inclusive|7 8 9}.".replace(" inclusive|7 8 9}", "|7 8 9} inclusive"),
    # Divisions, annexes, paragraphs without numbers
    "See {chapter II|ch.II}.",
    "See {Chapter II, section 1|ch.II,sec.1}.",
    "See {section 1 of chapter II|ch.II,sec.1}.",
    "See {Section 1|ch.II,sec.1}.",
    "See {Annex I|annexI}.",
    "See {paragraph 2 of Annex I|annexI,para.2}.",
    "See {Annex I, paragraph 2|annexI,para.2}.",
    "See {paragraph 2 of article 28|28,text2}.",
    "See {article 28, paragraph 3|28,text3}.",
    "See {the third paragraph of article 28|28,text3}.".replace("{the ", "the {"),
    "See {paragraph 1 of article 12|12}.",
    "See {article 3, para 1, lit. a|3(1)(a)}, of it.",
    "See {Article 6(1), first subparagraph|6(1)(a)}, of it.",
    "See {article VI|6}.",
    "See {Chapter Two|ch.II}.",
    "See {art. 9 § 2|9(2)}.",
    "See {Article 9 §§ 1|9(1)} and {2|9(2)}.",
    "See {paragraph 1(a)|30(1)(a)}, {1(b)|30(1)(b)} or {2(a)|30(2)(a)} above.",
    "See {subparagraphs 1(a)|9(1)(a)} and {1(b) of article 9|9(1)(b)}.",
    "See the {Annex|annexI} to this Convention.",
    "See the {preamble|preamble}.",
    # No such clause
    "See {article 77|?}.",
    "See {paragraph 9 of article 7|?}.",
    "See {paragraph 9 of this article|?}.",
    "See {article 7(1)(q)|?}.",
    # The text itself by its name
    "See {article 7|7} of this Convention.",
    "See {article 7|7} of the present Convention.",
    "See {article 7|7} of the Convention.",
    "See {articles 7|7} and {8|8} of this Convention.",
    "See {article 7|7} of the Lanterns Convention.",
    "Notices under {article 7|7} of the Convention to the Secretary-General stay.",
    "Notices under {article 7|7} of the Convention (see below) stay.",
    "Nothing in {article 7|7} of the Convention in force binds.",
    # Another instrument
    "See {article 19 of the International Covenant on Civil and Political Rights|-}.",
    "See {article 5 of the Charter|-}.",
    "See {article 5 of the Charter of the United Nations|-}.",
    "See {Article 8 ECHR|-} and {article 7|7}.",
    "See {article 8 of the ECHR|-}.",
    "See {Article 51 UN Charter|-}.",
    "See {articles 17 and 19 of the Covenant|-}.",
    "See {article 7 of the Convention on the Rights of the Child|-}.",
    "See {article 7 of the Convention against Torture|-}.",
    "See {article 7 of the Vienna Convention|-}.",
    "See {article 7 of the 1951 Convention|-} and {article 8|8}.",
    "See {paragraph 1 of article 7 of the Additional Protocol|-}.",
    "In that Convention, {article 10 of that Convention|-} is long.",
    "See {section 3 of the Official Secrets Act|-}.",
    "See {section 3 of the criminal code|-}.",
    "See {Article 6 of Regulation (EU) 2016/679|-}.",
    "Regulation (EU) 2016/679, {Article 6|-}, is long.",
    "The Rome Statute ({article 7|-}) is long.",
    "The ICCPR, {articles 17 and 19|-}, is long.",
    "The UDHR, in particular {article 12|-}, is long.",
    "See {Article 20.d. of the Statute of the Council of Lamps|-}.",
    "See {paragraph 5 of that Declaration|-}.",
    "See {paragraph 4 of the judgment|-}.",
    "See {article 3 of domestic law|-}.",
    "See {Chapter VII of the Charter|-}.",
    "See {article 7 of the Convention on Lighthouses|-}.",
    "See {Article 5 of Council of Lamps Convention 108|-}.",
    "See {Article 3 common to the Geneva Conventions|-}.",
    "See 18 U.S.C. {§ 2703(d)|-}.",
    "Protocol No. 12 ({article 1|-}) is long.",
    "See the {preamble to the Charter|-}.",
    # No reference at all
    "An article of glass, or part of it, is a lamp.",
    "In part I think so, and any part of a lamp too.",
    "The point of contact keeps an article.",
    "They meet within 30 days, under a title or a section of it.",
    "Under {article 7|7}, 30 days are enough.",
    "Under {article 7|7} and 30 days later they meet.",
    "Under {this paragraph|30(3)} a keeper may rest.",
    "Under {this article|30} I rest.",
    "The year 2020 and 20 per cent of it.",
    "The clauses (see above) are many.",
    "Every paragraph has a number and each chapter a title.",
    "Their letters arrive; a letter a day.",
]  # fmt: skip


@pytest.mark.parametrize("line", ENGLISH)
def test_english(line: str) -> None:
    sentence, wanted = _marked(line)
    assert _found(_treaty(sentence), "art_30__para_3") == wanted


def test_another_protocol_is_not_the_convention() -> None:
    title = "Protocol to the Convention on the Keeping of Lanterns"
    sentence, wanted = _marked(
        "See {article 7|7} of this Protocol, {article 8 of the Convention|-}, "
        "{article 9|9} of the Protocol and {article 6|6}."
    )
    assert _found(_treaty(sentence, title), "art_30__para_3") == wanted


def test_words_of_a_news_item_point_at_no_clause_of_its_own() -> None:
    item = intake.parse("A lamp\n\nArticle 5 of it says so.", kind="news", language="en")
    assert references.find(item) == ()


def test_an_annex_has_articles_of_its_own() -> None:
    text = (
        "# Lamp Convention\n\n## Article 1. Oil\n\nSee article 2.\n\n## Article 2. Wicks\n\n"
        "Wicks burn.\n\n# Annex I\n\n## Article 1. Size\n\nSee article 2.\n\n"
        "## Article 2. Form\n\nSee article 1 of the Convention, and article 1."
    )
    document = intake.parse(text, form="markdown", kind="treaty", language="en")
    found = [(one.eid, one.quote, one.target_eid) for one in references.find(document)]
    assert found == [
        ("art_1", "article 2", "art_2"),
        ("annex_I__art_1", "article 2", "annex_I__art_2"),
        ("annex_I__art_2", "article 1", "art_1"),
        ("annex_I__art_2", "article 1", "annex_I__art_1"),
    ]


def test_sections_of_a_law() -> None:
    text = (
        "# Lamps Act\n\n## Section 1. Oil\n\n(1) See section 2(1)(a), subsection (2) and s. 2.\n\n"
        "(2) See ss. 1-3 of this Act and section 9 of the Oil Act.\n\n"
        "## Section 2. Wicks\n\n(1) They are:\n\n(a) long;\n\n(b) dry.\n\n"
        "## Section 3. End\n\nSee clause (b) of sub-section (1) of section 2."
    )
    document = intake.parse(text, form="markdown", kind="treaty", language="en")
    citations = {clause.eid: clause.citation for clause in document.clauses}
    found = [(one.quote, citations.get(one.target_eid or "")) for one in references.find(document)]
    assert found == [
        ("section 2(1)(a)", "sec. 2(1)(a)"),
        ("subsection (2)", "sec. 1(2)"),
        ("s. 2", "sec. 2"),
        ("ss. 1-3", "sec. 1"),
        ("ss. 1-3", "sec. 2"),
        ("ss. 1-3", "sec. 3"),
        ("section 9 of the Oil Act", None),
        ("clause (b) of sub-section (1) of section 2", "sec. 2(1)(b)"),
    ]


def test_a_point_of_this_article_is_sought_in_the_paragraph_first() -> None:
    text = (
        "Article 1\n\n1. Keepers count:\n\n(a) oil;\n\n(b) wicks.\n\n2. Keepers write:\n\n"
        "(a) in ink;\n\n(b) as under subparagraph (a) of this article."
    )
    document = intake.parse(text, kind="treaty", language="en")
    (found,) = references.find(document)
    assert found.target_eid == "art_1__para_2__point_a"


def test_a_range_from_within_one_article_to_within_another_gives_both_its_ends():
    articles = "\n\n".join(f"Article {n}\n\n1. One.\n\n2. Two." for n in range(2, 6))
    text = f"Article 1\n\nSee articles 3(1) to 5(2) and article 2.\n\n{articles}"
    document = intake.parse(text, kind="treaty", language="en")
    found = [one.target_eid for one in references.find(document)]
    assert found == ["art_3__para_1", "art_5__para_2", "art_2"]
