"""What a news item cites of stored treaties, marked up as in `test_references`."""

from __future__ import annotations

import re

import pytest

from annotator import intake
from annotator.intake import references
from annotator.model import Document, DocumentInfo


def _treaty(title: str, slug: str) -> Document:
    body = "\n\n".join(
        f"Article {n}\n\n1. One of {slug}.\n\n2. Two:\n\n(a) A;\n\n(b) B." for n in range(1, 31)
    )
    return intake.parse(body, kind="treaty", language="en", title=title, slug=slug)


TREATIES = {
    treaty.id: treaty
    for treaty in (
        _treaty("United Nations Convention against Lamp Theft (restated)", "un-lamp-convention"),
        _treaty("Convention on Harbour Lights", "havn-convention"),
        _treaty("Lamp Keepers Act", "keepers"),
    )
}


def _info(treaty: Document) -> DocumentInfo:
    return DocumentInfo(
        id=treaty.id,
        slug=treaty.slug,
        title=treaty.title,
        kind=treaty.kind,
        language=treaty.language,
        text_sha256=treaty.text_sha256,
        characters=len(treaty.text),
        reviewable=1,
    )


NEWS = [
    "Critics fear {Article 23 of the UN Lamp Theft Convention|un-lamp-convention:23}.",
    "Critics fear {Article 23 of the United Nations Convention against Lamp Theft|"
    "un-lamp-convention:23}.",
    "Critics fear {article 23(2)(a) of the Convention against Lamp Theft|"
    "un-lamp-convention:23(2)(a)}.",
    "Critics fear the {UN Convention against Lamp Theft's article 23|un-lamp-convention:23}.",
    "Critics fear {Articles 23|un-lamp-convention:23} and "
    "{24 of the UN Lamp Theft Convention|un-lamp-convention:24}.",
    "Critics fear {Articles 3 to 5 of the Convention on Harbour Lights|"
    "havn-convention:3 havn-convention:4 havn-convention:5}.",
    "Critics fear {article 7 of the Havn Convention|havn-convention:7}.",
    "Critics fear {Article 99 of the Convention on Harbour Lights|havn-convention:?}.",
    "A treaty against lamp theft is signed; {article 4 of the treaty|un-lamp-convention:4} is new.",
    # Of another, of several, of none
    "Critics fear Article 19 of the ICCPR and article 5 of the Lamp Charter.",
    "Critics fear article 7 of the Convention.",
    "Critics fear article 7 of the Lamp Convention on Sundays of the Sea.",
    "An article of 23 words on the lamp convention.",
    "Read the article in section 2 of the paper.",
]


@pytest.mark.parametrize("line", NEWS)
def test_a_news_item_cites_stored_treaties(line: str) -> None:
    wanted = [
        (quote, tuple(targets.split()))
        for quote, targets in re.findall(r"\{([^|}]+)\|([^}]+)\}", line)
    ]
    item = intake.parse(
        "Lamps\n\n" + re.sub(r"\{([^|}]+)\|[^}]+\}", r"\1", line), kind="news", language="en"
    )
    found: dict[tuple[int, str], list[str]] = {}
    for one in references.mentions(
        item, [_info(t) for t in TREATIES.values()], TREATIES.__getitem__
    ):
        assert item.text[one.start : one.end] == one.quote
        treaty = TREATIES[one.target_document or ""]
        named = treaty.clause(one.target_eid).citation[5:] if one.target_eid else "?"
        found.setdefault((one.start, one.quote), []).append(f"{treaty.slug}:{named}")
    assert [(quote, tuple(targets)) for (_, quote), targets in found.items()] == wanted


def test_without_treaties_nothing_is_looked_for() -> None:
    item = intake.parse("Lamps\n\nArticle 2 of the Lamp Act.", kind="news", language="en")
    assert references.mentions(item, [], TREATIES.__getitem__) == ()
