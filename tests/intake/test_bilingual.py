"""A text in two languages becomes two versions, however they are set; else it stays one."""

from itertools import permutations
from pathlib import Path

import pytest
import srsly

from annotator.intake import parse, parse_all, read, read_all

TREATIES = srsly.read_yaml(Path(__file__).with_name("treaties.yaml"))
ALONE = {code: parse("\n\n".join(blocks)) for code, blocks in TREATIES.items()}
PAIRS = [
    ("en", "fr"), ("fr", "en"), ("en", "nl"), ("en", "es"), ("es", "pt"), ("fr", "it"),
    ("en", "ar"), ("ar", "fr"), ("en", "zh"), ("ru", "en"), ("de", "nl"), ("en", "vi"),
    ("th", "en"), ("zh", "ru"), ("es", "fr"), ("en", "de"),
]  # fmt: skip


def _rows(codes):
    return list(zip(*(TREATIES[code] for code in codes), strict=True))


def _articles(codes):
    """Each article whole in one language, then in the other."""
    starts = [0, 5, 7, 12, 16, 18, 24]
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        for code in codes:
            yield from TREATIES[code][start:end]


LAYOUTS = {
    "one behind the other": lambda codes: [b for code in codes for b in TREATIES[code]],
    "paragraph by paragraph": lambda codes: [block for row in _rows(codes) for block in row],
    "article by article": _articles,
    "page by page": lambda codes: [
        block
        for page in (slice(0, 9), slice(9, 17), slice(17, None))
        for code in codes
        for block in TREATIES[code][page]
    ],
    "rows": lambda codes: [" | ".join(row) for row in _rows(codes)],
    "rows with tabs": lambda codes: ["\t".join(row) for row in _rows(codes)],
}


def _check(versions, codes):
    assert [version.language for version in versions] == list(codes)
    for version in versions:
        alone = ALONE[version.language]
        assert version.title == alone.title
        assert version.text == alone.text
        assert version.clauses == alone.clauses
        assert version.warnings == ()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("codes", PAIRS, ids="-".join)
def test_two_languages_become_the_two_versions_they_would_be_alone(codes, layout):
    _check(parse_all("\n\n".join(LAYOUTS[layout](codes))), codes)


@pytest.mark.parametrize(
    "codes", [("en", "ar"), ("ar", "fr"), ("ru", "en"), ("en", "zh"), ("th", "en")], ids="-".join
)
def test_two_scripts_on_every_line_become_two_versions(codes):
    _check(parse_all("\n\n".join("      ".join(row) for row in _rows(codes))), codes)


def test_terms_in_another_script_part_nothing():
    lines = [
        "Article 1",
        "The word well is in Arabic بئر",
        "Article 2",
        "The word for water is ماء",
        "Article 3",
        "The keeper is called حارس",
        "Article 4",
        "A keeper is paid for his work.",
    ]
    (found,) = parse_all("\n\n".join(lines))
    assert (found.language, found.text) == ("en", "\n\n".join(lines))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("codes", [("en", "fr", "es"), ("ar", "en", "fr"), ("de", "fr", "it")])
def test_three_languages_become_three(codes, layout):
    _check(parse_all("\n\n".join(LAYOUTS[layout](codes))), codes)


def test_a_table_of_a_web_page_is_read_by_columns():
    rows = "".join(f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in _rows(("en", "fr")))
    versions = parse_all(f"<html><body><table>{rows}</table></body></html>", form="html")
    assert [v.language for v in versions] == ["en", "fr"]
    assert [[c.eid for c in v.clauses] for v in versions] == [
        [c.eid for c in ALONE[code].clauses] for code in ("en", "fr")
    ]


def test_numbers_in_a_column_of_their_own_belong_to_both():
    rows = ["Article 1 | Purpose | Objet"]
    words = [
        ("The keepers of the light shall help all who are at sea.",
         "Les gardiens de la lumière aident tous ceux qui sont en mer."),
        ("No one shall put out the light before the morning has come.",
         "Nul n’éteint la lumière avant que le matin ne soit venu."),
        ("The ships shall pay for the oil that is used by the light.",
         "Les navires paient l’huile qui est employée pour la lumière."),
    ]  # fmt: skip
    rows += [f"{n}. | {one} | {two}" for n, (one, two) in enumerate(words, start=1)]
    rows.append("Article 2 | End | Fin")
    rows.append("It ends when the last of the ships is gone. | Elle prend fin avec le navire.")
    versions = parse_all("\n\n".join(rows), kind="treaty")
    assert [v.language for v in versions] == ["en", "fr"]
    for version in versions:
        assert [c.eid for c in version.clauses] == [
            "art_1", "art_1__para_1", "art_1__para_2", "art_1__para_3", "art_2",
        ]  # fmt: skip


def test_a_version_is_named_after_the_first():
    text = "\n\n".join(LAYOUTS["one behind the other"](("en", "fr")))
    english, french = parse_all(text, slug="lighthouses")
    assert (english.slug, french.slug) == ("lighthouses", "lighthouses-fr")
    assert "work" not in english.metadata
    assert french.metadata["work"] == "lighthouses"


def test_the_version_asked_for_is_given_and_the_others_are_named():
    text = "\n\n".join(LAYOUTS["paragraph by paragraph"](("en", "fr", "es")))
    assert parse(text).language == "en"
    french = parse(text, language="fr-CH", title="Les phares")
    assert (french.language, french.title) == ("fr", "Les phares")
    (warning,) = french.warnings
    assert "English (en) and Spanish (es)" in warning
    assert "--language en or --language es" in warning


def test_a_file_gives_its_versions(tmp_path):
    path = tmp_path / "lighthouses.txt"
    path.write_text("\n\n".join(LAYOUTS["rows"](("en", "ar"))), encoding="utf-8")
    assert [v.language for v in read_all(path)] == ["en", "ar"]
    assert read(path, language="ar").slug == "lighthouses-ar"


@pytest.mark.parametrize("codes", list(permutations(("en", "nl", "fr"), 2)), ids="-".join)
def test_titles_of_both_versions_may_stand_above_the_first(codes):
    first, second = codes
    blocks = [TREATIES[second][0], *TREATIES[first], *TREATIES[second]]
    _check(parse_all("\n\n".join(blocks)), codes)


@pytest.mark.parametrize("code", [code for code in TREATIES if code not in ("en", "th")])
def test_a_quotation_or_a_title_in_another_language_makes_no_version(code):
    blocks = list(TREATIES[code])
    quoted = (
        "The court said that the light of the tower is for all who are at sea, and not for one."
    )
    blocks[1:1] = [TREATIES["en"][0]]
    blocks[15:15] = [quoted]
    (only,) = parse_all("\n\n".join(blocks), kind="treaty")
    assert only.language == code
    assert quoted in only.text


def test_an_annex_in_another_language_stays_with_its_treaty_and_is_told():
    annex = [block for block in TREATIES["fr"] if len(block) > 40]
    (only,) = parse_all("\n\n".join([*TREATIES["en"][:-1], "Annex", *annex]))
    assert [c.kind for c in only.clauses].count("article") == 4
    assert only.language == "en"
    assert "parts of the text are in French (fr)" in only.warnings[0]


@pytest.mark.parametrize("code", TREATIES)
def test_one_language_stays_one_document(code):
    (only,) = parse_all("\n\n".join(TREATIES[code] * 3))
    assert only.language == code


def test_news_in_two_languages_becomes_two_items():
    english = [
        "Reporters held at the harbour",
        "The police held two reporters at the harbour for a night, their paper said on Monday.",
        "They had taken pictures of the ships that were there without the leave of the port.",
        "A judge has said that the pictures are to be given back to them in the morning.",
    ]
    french = [
        "Des journalistes retenus au port",
        "La police a retenu deux journalistes au port pendant une nuit, a dit lundi leur journal.",
        "Ils avaient pris des photos des navires qui étaient là sans la permission du port.",
        "Un juge a dit que les photos doivent leur être rendues dans la matinée.",
    ]
    versions = parse_all("\n\n".join([*english, *french]))
    assert [(v.language, v.kind, v.title) for v in versions] == [
        ("en", "news", english[0]),
        ("fr", "news", french[0]),
    ]
    assert versions[1].text == "\n\n".join(french)


def test_each_version_has_its_half_of_a_title_in_two_languages(tmp_path):
    english = [
        "The Parties protect data.",
        "A judge shall decide on every order of the police.",
        "The parties shall tell the persons whose data they have.",
        "This agreement enters into force when it is signed by all of them.",
    ]
    french = [
        "Les Parties protègent les données.",
        "Un juge décide de chaque ordre de la police.",
        "Les parties informent les personnes dont elles ont les données.",
        "Le présent accord entre en vigueur dès qu'il est signé par toutes les parties.",
    ]
    rows = "".join(
        f"<tr><td><p>Article {n}</p><p>{one}</p></td><td><p>Article {n}</p><p>{other}</p></td></tr>"
        for n, (one, other) in enumerate(zip(english, french, strict=True), start=1)
    )
    path = tmp_path / "both.html"
    path.write_text(
        f"<h1>Agreement on Data / Accord sur les données</h1><table>{rows}</table>",
        encoding="utf-8",
    )
    versions = read_all(path)
    assert [(one.language, one.title) for one in versions] == [
        ("en", "Agreement on Data"),
        ("fr", "Accord sur les données"),
    ]
    assert [[c.eid for c in one.clauses] for one in versions] == [
        [f"art_{n}" for n in range(1, 5)] for _ in versions
    ]
