"""Clauses of two languages are paired by number and place, and where they do not fit it is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator import intake, versions
from annotator.model import Document
from tests.versions.conftest import treaty

ENGLISH = """\
Preamble

The Parties,

Wishing to work together,

Have agreed:

Article 1. Terms

In this treaty a machine is what works by itself.

Article 2. Search

1. Each Party may:

(a) search a machine;

(b) copy what it finds;

(c) keep the copy.

2. A judge is asked first.

Article 3. End

This treaty ends after ten years.
"""
FRENCH = """\
Préambule

Les Parties,

Désireuses d'agir ensemble,

Sont convenues :

Article premier. Termes

Dans ce traité une machine est ce qui marche tout seul.

Article 2. Fouille

1. Chaque Partie peut :

a) fouiller une machine ;

b) copier ce qu'elle trouve ;

c) garder la copie.

2. Un juge est saisi d'abord.

Article 3. Fin

Ce traité prend fin après dix ans.
"""
ARABIC = """\
المادة 1
المصطلحات

في هذه المعاهدة الآلة هي ما يعمل بذاته.

المادة 2
التفتيش

1- يجوز لكل طرف:

(أ) تفتيش آلة؛

(ب) نسخ ما يجده؛

(ج) الاحتفاظ بالنسخة.

2- يسأل القاضي أولا.

المادة 3
النهاية

تنتهي هذه المعاهدة بعد عشر سنوات.
"""


@pytest.fixture(scope="module")
def english() -> Document:
    return treaty(ENGLISH, slug="pact")


def pairs(one: Document, other: Document) -> list[tuple[str | None, str | None]]:
    found = versions.align_languages(one, other)
    return [
        (
            one.clause(p.old).citation if p.old else None,
            other.clause(p.new).citation if p.new else None,
        )
        for p in found.pairs
    ]


def test_french_is_the_same_clause_by_clause(english: Document) -> None:
    french = treaty(FRENCH, language="fr", slug="pact-fr")
    alignment = versions.align_languages(english, french)
    assert {pair.how for pair in alignment.pairs} == {"same"}
    assert alignment.gaps == ()
    assert ("art. 2(1)(b)", "art. 2(1)(b)") in pairs(english, french)


def test_points_are_paired_by_place_where_letters_differ(english: Document) -> None:
    arabic = treaty(ARABIC, language="ar", slug="pact-ar")
    alignment = versions.align_languages(english, arabic)
    points = [clause.eid for clause in arabic.clauses if clause.kind == "point"]
    assert len(points) == 3
    assert [alignment.of_old(f"art_2__para_1__point_{x}")[0].new for x in "abc"] == points
    assert min(alignment.of_old(f"art_2__para_1__point_{x}")[0].score for x in "abc") >= (
        versions.SURE
    )
    assert any("only in 'en'" in gap and "preamble" in gap for gap in alignment.gaps)


@pytest.mark.parametrize(
    ("old", "new", "sure", "doubtful", "gap"),
    [
        pytest.param(
            "(c) garder la copie.", None, [("a", "a"), ("b", "b")], [], "art. 2(1)(c)",
            id="a point is missing at the end",
        ),
        pytest.param(
            "Article 3. Fin", "Article 4. Fin", [("a", "a")], [], "art. 3",
            id="an article has another number: it is not paired by place",
        ),
    ],
)  # fmt: skip
def test_gaps_are_told(
    english: Document,
    old: str,
    new: str | None,
    sure: list[tuple[str, str]],
    doubtful: list[str],
    gap: str,
) -> None:
    text = (
        FRENCH.replace("c) garder la copie.\n\n", "") if new is None else FRENCH.replace(old, new)
    )
    french = treaty(text, language="fr", slug="pact-fr")
    alignment = versions.align_languages(english, french)
    for one, other in sure:
        (pair,) = alignment.of_old(f"art_2__para_1__point_{one}")
        assert pair.new == f"art_2__para_1__point_{other}"
        assert pair.score >= versions.SURE
    assert any("only in 'en'" in told and gap in told for told in alignment.gaps)
    assert not doubtful


def test_blocks_without_numbers_fit_by_length_and_are_never_sure() -> None:
    one = treaty("Preamble\n\nShort.\n\n" + "A much longer block it is. " * 8 + "\n\nEnd of it.\n\n"
                 "Article 1. A\n\nWords.")  # fmt: skip
    two = treaty(
        "Préambule\n\n" + "Un bloc bien plus long que les autres. " * 7 + "\n\nFin de cela.\n\n"
        "Article 1. A\n\nMots.", language="fr", slug="x-fr",
    )  # fmt: skip
    alignment = versions.align_languages(one, two)
    blocks = [pair for pair in alignment.pairs if pair.old and pair.old.startswith("preamble")]
    paired = [pair for pair in blocks if pair.new]
    assert paired
    assert all(pair.score < versions.SURE for pair in paired)
    long = max(one.reviewable(), key=lambda clause: clause.own_end - clause.body)
    (pair,) = alignment.of_old(long.eid)
    assert pair.new is not None
    there = two.clause(pair.new)
    assert there.own_end - there.body > 100
    assert alignment.gaps


def test_every_clause_is_told_of(english: Document) -> None:
    arabic = treaty(ARABIC, language="ar", slug="pact-ar")
    for one, other in ((english, arabic), (arabic, english)):
        found = pairs(one, other)
        assert {a for a, _ in found if a} == {c.citation for c in one.reviewable()}
        assert {b for _, b in found if b} == {c.citation for c in other.reviewable()}


SHARED = Path(
    os.environ.get("ANNOTATOR_SHARED") or Path(__file__).resolve().parents[2] / "../shared"
)


@pytest.mark.skipif(not (SHARED / "data/charter").is_dir(), reason="the Charter is not here")
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_charter_has_its_articles_side_by_side(language: str) -> None:
    one, other = (
        intake.read(SHARED / f"data/charter/un_charter_{code}.txt", kind="treaty", language=code)
        for code in ("en", language)
    )
    alignment = versions.align_languages(one, other)
    paired = [pair for pair in alignment.pairs if pair.old and pair.new]
    articles = {one.clause(pair.old).article for pair in paired if pair.old} - {None}
    assert len(articles) >= 100
    for pair in paired:
        assert pair.old is not None
        assert pair.new is not None
        assert one.clause(pair.old).article == other.clause(pair.new).article
    assert len(paired) >= 0.9 * sum(1 for _ in one.reviewable())
