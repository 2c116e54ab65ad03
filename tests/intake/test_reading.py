"""Files as they come: encodings, front matter, and what is refused."""

import json

import pytest

from annotator.errors import IntakeError
from annotator.intake import outline, parse, read
from annotator.model import sha256, stable_id

TREATY = "Convention\n\nArticle 1\n\nEach Party protects journalists – and café owners.\n"


@pytest.mark.parametrize(
    "data",
    [
        TREATY.encode(),
        b"\xef\xbb\xbf" + TREATY.encode(),
        TREATY.encode("utf-16"),
        TREATY.encode("utf-16-le"),
        TREATY.encode("utf-16-be"),
        TREATY.encode("utf-32"),
        TREATY.replace("\n", "\r\n").encode(),
        TREATY.replace("\n", "\r").encode(),
        TREATY.replace("é", "e\u0301").encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "crlf", "cr", "nfd"],
)
def test_every_encoding_of_a_text_gives_the_same_document(tmp_path, data):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    document = read(path, language="en")
    assert document.text == TREATY
    assert document.text_sha256 == sha256(TREATY)
    assert document.id == stable_id("document", document.text_sha256)


def test_an_old_encoding_is_guessed_with_a_warning(tmp_path):
    path = tmp_path / "a.txt"
    words = "Les États protègent la liberté d’expression et le secret des sources des journalistes."
    path.write_bytes(f"Article 1\n\n{words}\n\nArticle 2\n\n{words}".encode("cp1252"))
    document = read(path, language="fr")
    assert words in document.text
    assert "a guess" in document.warnings[0]


def test_a_page_is_read_in_the_encoding_it_names(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes('<meta charset="windows-1251"><p>Статья о праве</p>'.encode("cp1251"))
    assert read(path, language="ru").text == "Статья о праве"


FRONT = """\
---
title: "Convention on Examples: restated"
slug: example-convention
kind: treaty
language: en-GB
notice: Not the official text.
source: https://example.org/treaty
date: 2024-12-24
licence: Apache-2.0
remark: no
---
# Convention on Examples

## Article 1. Scope

Words.
"""


def test_front_matter_says_what_the_document_is(tmp_path):
    path = tmp_path / "file.md"
    path.write_text(FRONT, encoding="utf-8")
    document = read(path)
    assert document.title == "Convention on Examples: restated"
    assert (document.slug, document.kind, document.language) == (
        "example-convention",
        "treaty",
        "en",
    )
    assert document.notice == "Not the official text."
    assert document.source == "https://example.org/treaty"
    assert document.metadata == {"date": "2024-12-24", "licence": "Apache-2.0", "remark": "no"}
    assert document.text == "Convention on Examples\n\nArticle 1. Scope\n\nWords."
    assert document.warnings == ()


def test_arguments_win_over_front_matter(tmp_path):
    path = tmp_path / "file.md"
    path.write_text(FRONT, encoding="utf-8")
    document = read(path, kind="news", language="fr", title="Other")
    assert (document.kind, document.language, document.title) == ("news", "fr", "Other")


@pytest.mark.parametrize(
    ("front", "line", "value"),
    [
        ("title: A\nkind: treatise\nlanguage: en", 3, "'treatise'"),
        ("title: A\nkind: treaty\nlanguage: klingon", 4, "'klingon'"),
        ("title: A\nkind: treaty\nlanguage: 12", 4, "'12'"),
        ("title: A: B\nkind: treaty", 2, "'title: A: B'"),
        ("title: A\nkind: [treaty", 3, "kind: [treaty"),
        ("title: A\ntitle: B", 3, "'title: B'"),
        ("title: A\nslug: Not A Slug", 3, "'not-a-slug'"),
        ("title:\n  - A\n  - B", 2, "title"),
        ("just words", 2, "key: value"),
    ],
)
def test_bad_front_matter_is_named_with_its_line(tmp_path, front, line, value):
    path = tmp_path / "bad.md"
    path.write_text(f"---\n{front}\n---\n# T\n\nWords.\n", encoding="utf-8")
    with pytest.raises(IntakeError) as error:
        read(path)
    message = str(error.value)
    assert f"bad.md, line {line}" in message
    assert value in message
    assert "\n" not in message


def test_front_matter_that_never_ends_is_named(tmp_path):
    path = tmp_path / "bad.md"
    path.write_text("---\ntitle: A\n\nWords.\n", encoding="utf-8")
    with pytest.raises(IntakeError, match=r"bad\.md, line 1: .* never closed"):
        read(path)


def test_a_rule_at_the_top_is_no_front_matter(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\n\nWords of news.\n\n---\n\nMore words.\n", encoding="utf-8")
    assert read(path, language="en").text == "Words of news.\n\nMore words."


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t\n", "is empty"),
        ("a.txt", "\ufeff".encode(), "has no text"),
        ("a.md", b"---\ntitle: A\n---\n", "has no text"),
        ("a.html", b"<script>var words;</script>", "text only with JavaScript"),
        ("a.txt", b"... --- ...", "has no text"),
        ("a.txt", b"Article 1\x00\x01\x02 words", "binary"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        ("a.txt", b"%PDF-1.7 words", "a PDF"),
        ("a.txt", b"PK\x03\x04 words", "ZIP"),
        ("a.txt", b"\xff\xfea", "1 of 1 characters cannot be read"),
        ("a.pdf", b"words", "this is not a PDF"),
        ("a.docx", b"words", "this is not a DOCX file"),
    ],
)
def test_what_cannot_be_a_document_is_refused_in_one_line(tmp_path, name, data, says):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(IntakeError) as error:
        read(path)
    assert says in str(error.value)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


AKOMA = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><body>'
    '<article eId="art_1"><num>Article 1</num><content><p>Each office keeps a list.</p></content>'
    "</article></body></act></akomaNtoso>"
)
PAGE = "<html><body><main><h1>Act</h1><p>Each office keeps a list.</p></main></body></html>"


@pytest.mark.parametrize(
    ("suffix", "text", "says"),
    [
        (".txt", AKOMA, "Akoma Ntoso"),
        (".txt", f'<?xml version="1.0" encoding="UTF-8"?>\n{AKOMA}', "Akoma Ntoso"),
        (".txt", f"\ufeff\n<!-- a <note> --><!-- another -->\n{AKOMA}", "Akoma Ntoso"),
        (".md", AKOMA, "Akoma Ntoso"),
        ("", AKOMA.replace("akomaNtoso", "an:akomaNtoso").replace("xmlns", "xmlns:an"), ""),
        (".html", f'<?xml version="1.0"?>{AKOMA}', "Akoma Ntoso"),
        (".txt", PAGE, "a web page"),
        (".txt", f"<!DOCTYPE html>\n{PAGE}", "a web page"),
        (".txt", f'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD">{PAGE}', "a web page"),
        (".md", f"<!doctype HTML><!-- saved -->{PAGE}", "a web page"),
        (".html", f'<?xml version="1.0"?><!DOCTYPE html>{PAGE}', None),
        (".txt", "<html is what the newspaper wrote. Each office keeps a list.", None),
        (".txt", "<p>Each office keeps a list.", None),
    ],
)
def test_markup_under_another_name_is_read_as_what_it_is(tmp_path, suffix, text, says):
    path = tmp_path / f"act{suffix}"
    path.write_text(text, encoding="utf-8")
    document = read(path, language="en")
    said = [warning for warning in document.warnings if "as it begins" in warning]
    if says is None:
        assert not said
        return
    assert says in said[0]
    assert "<" not in document.text
    assert "Each office keeps a list." in document.text


def test_other_xml_under_the_name_of_a_text_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text('<?xml version="1.0"?><rss><title>News</title></rss>', encoding="utf-8")
    with pytest.raises(IntakeError, match=r"a\.txt: the XML is <rss>, not Akoma Ntoso"):
        read(path)


def test_the_forms_that_can_be_read_are_named(tmp_path):
    path = tmp_path / "a.odt"
    path.write_bytes(b"words")
    with pytest.raises(IntakeError, match=r"\.docx, \.xml or \.akn"):
        read(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(IntakeError, match="is not there"):
        read(tmp_path / "none.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(IntakeError, match="is a folder"):
        read(tmp_path / "folder.txt")


@pytest.mark.parametrize("code", ["", "english", "e", "qq", "en_", "en GB", "xyz", "123"])
def test_unknown_languages_are_refused(code):
    with pytest.raises(IntakeError, match="is not known: give a code such as en"):
        parse("Words.", language=code)


@pytest.mark.parametrize(
    ("code", "kept"),
    [("EN", "en"), ("en-GB", "en"), ("zh-Hant-TW", "zh"), ("grc", "grc"), ("no", "no")],
)
def test_languages_are_kept_by_their_primary_tag(code, kept):
    assert parse("Words.", language=code).language == kept


def test_an_unknown_kind_is_refused():
    with pytest.raises(IntakeError, match="kind 'law' is not known: give treaty or news"):
        parse("Words.", kind="law", language="en")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The Parties shall protect the sources of journalists in their territory.", "en"),
        ("Les Parties protègent les sources des journalistes dans leur territoire.", "fr"),
        ("Las Partes protegerán las fuentes de los periodistas en el territorio.", "es"),
        ("Государства защищают источники журналистов.", "ru"),
        ("تحمي الأطراف مصادر الصحفيين.", "ar"),
        ("缔约国保护记者的消息来源。", "zh"),
        ("Τα κράτη προστατεύουν τις πηγές.", "el"),
    ],
)
def test_an_unnamed_language_is_guessed(text, code):
    assert parse(text).language == code


def test_a_doubtful_language_is_told():
    (warning,) = parse("12 345, X").warnings
    assert "give --language" in warning


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Article 1\n\nWords.", "treaty"),
        ("Article 7\n\nWords.\n\nArticle 8\n\nWords.", "treaty"),
        ("Words of news.\n\nMore words.", "news"),
        # the organisation of that name
        ("A headline\n\nARTICLE 19\n\nThe group said so.", "news"),
    ],
)
def test_the_kind_is_seen_by_the_articles(text, kind):
    assert parse(text, language="en").kind == kind


def test_slugs_come_from_the_file_or_the_title(tmp_path):
    path = tmp_path / "Convention_sur la cybercriminalité.txt"
    path.write_text(TREATY, encoding="utf-8")
    assert read(path, language="fr").slug == "convention-sur-la-cybercriminalite"
    assert parse(TREATY, title="A Draft Law (2026)", language="en").slug == "a-draft-law-2026"
    assert parse("!\n\n字", language="zh").slug


def test_outline_is_plain_data_in_the_promised_shape():
    document = parse(TREATY, language="en")
    data = outline(document)
    assert json.loads(json.dumps(data)) == data
    assert list(data) == ["title", "language", "kind", "text_sha256", "warnings", "clauses"]
    assert data["clauses"] == [
        {
            "eid": "art_1",
            "citation": "art. 1",
            "kind": "article",
            "number": "1",
            "heading": "",
            "start": TREATY.index("Article"),
            "end": len(TREATY) - 1,
            "parent": None,
            "article": "1",
        }
    ]
