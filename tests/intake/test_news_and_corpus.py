"""News items, and the folder of texts that comes with the project."""

import pytest

from annotator.errors import IntakeError
from annotator.intake import corpus, parse

NEWS = """\
# Sixty-five States sign

First paragraph, of some length, on what happened.

## What critics say

Second paragraph.

Third paragraph.
"""


def test_news_paragraphs_are_numbered_through_below_their_subheadings():
    document = parse(NEWS, form="markdown", language="en")
    assert document.kind == "news"
    assert document.title == "Sixty-five States sign"
    found = [(c.eid, c.citation, c.kind, c.parent, c.article) for c in document.clauses]
    assert found == [
        ("para_1", "para. 1", "paragraph", None, None),
        ("sec_1", "“What critics say”", "section", None, None),
        ("para_2", "para. 2", "paragraph", "sec_1", None),
        ("para_3", "para. 3", "paragraph", "sec_1", None),
    ]
    section = document.clause("sec_1")
    assert section.heading == "What critics say"
    assert not section.reviewable
    assert section.end == document.clause("para_3").end


def test_subheadings_of_plain_text_news_are_short_lines_without_a_full_stop():
    text = (
        "A headline\nThe first paragraph tells what happened.\nReactions\n"
        "The second paragraph tells what people said about it.\nPositive:\nThe last."
    )
    document = parse(text, language="en", kind="news")
    assert document.title == "A headline"
    assert [c.eid for c in document.clauses] == ["para_1", "sec_1", "para_2", "para_3", "para_4"]


def _write(folder, name, *, slug="", title="T", kind="news", language="en"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"title: {title}", f"kind: {kind}", f"language: {language}"]
    if slug:
        lines.append(f"slug: {slug}")
    path.write_text("---\n" + "\n".join(lines) + "\n---\n\nWords.\n", encoding="utf-8")


def test_a_corpus_is_every_text_sorted_by_slug(tmp_path):
    _write(tmp_path, "treaties/b.md")
    _write(tmp_path, "news/a.md")
    _write(tmp_path, "news/z.md", slug="c")
    (tmp_path / "news" / "README.md").write_text("About these texts.", encoding="utf-8")
    (tmp_path / "news" / "codes.yaml").write_text("a: 1", encoding="utf-8")
    assert [document.slug for document in corpus(tmp_path)] == ["a", "b", "c"]


def test_a_corpus_with_a_slug_used_twice_is_refused(tmp_path):
    _write(tmp_path, "treaties/a.md")
    _write(tmp_path, "news/a.md")
    with pytest.raises(IntakeError, match=r"news.a\.md: slug 'a' is that of .*treaties.a\.md"):
        corpus(tmp_path)


@pytest.mark.parametrize("key", ["title", "kind", "language"])
def test_a_corpus_file_must_say_what_it_is(tmp_path, key):
    _write(tmp_path, "news/a.md", **{key: ""})
    with pytest.raises(
        IntakeError, match=rf"a\.md, line \d: the front matter has no '{key}': add it"
    ):
        corpus(tmp_path)


def test_an_empty_corpus_and_a_file_without_front_matter_are_refused(tmp_path):
    with pytest.raises(IntakeError, match="has no texts"):
        corpus(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_text("Words.", encoding="utf-8")
    with pytest.raises(IntakeError, match=r"a\.md, line 1: there is no front matter"):
        corpus(tmp_path)
