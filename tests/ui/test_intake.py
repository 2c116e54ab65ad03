"""The intake page: what comes in, what it says of mistakes, and what is stored and how."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from annotator import codebook, intake, review, store
from annotator.errors import IntakeError
from annotator.intake.correct import Correction
from annotator.model import Document
from annotator.ui import preview
from annotator.ui import tray as trays
from annotator.ui.keeping import Belongs
from annotator.ui.tray import Entry, Tray
from tests.ui.conftest import Page, shown

LAW = b"""\
Law on Made-up Things

Article 1. Search

1. A judge may order a search.

2. It ends when the judge says so.

Article 3. Help

Each Party shall help, under

Article 9 of the Charter.
"""
LATER = LAW.replace(b"ends when the judge says", b"ends when a court says")
NEWS = b"Forty held\n\nForty people were held on Monday.\n\nCritics said so, and more of it.\n"
RUSSIAN = """\
Статья 1

Каждый имеет право на свободу мысли и слова, как это сказано в законе.

Статья 2

Никто не может быть лишён этого права произвольно.
""".encode()


def _dropped(test: AppTest, *files: tuple[str, bytes]) -> AppTest:
    given = [(name, content, "") for name, content in files]
    return test.file_uploader[0].set_value(given).run()


def _tray(test: AppTest) -> Tray:
    found = test.session_state["intake-tray"]
    assert isinstance(found, Tray)
    return found


def _data(entry: Entry) -> dict[str, Any]:
    return preview.preview_data(entry, acks={})


@pytest.mark.usefixtures("filled")
def test_without_texts_it_offers_four_ways_in(page: Page) -> None:
    test = page("intake")
    assert not test.exception
    assert [one.value for one in test.title] == ["Intake"]
    assert [one.label for one in test.tabs] == ["Files", "A folder", "Web address", "Paste"]
    assert "before anything is stored" in shown(test)


def test_a_file_is_seen_first_and_stored_when_said_so(filled: Path, page: Page) -> None:
    test = _dropped(page("intake"), ("law.txt", LAW))
    assert not test.exception
    assert not test.error
    said = {one.label: one.value for one in test.text_input}
    assert said["Title"] == "Law on Made-up Things"
    assert said["Short name"] == "law"
    with store.open(filled) as opened:
        assert opened.find_document("law") is None, "nothing is stored before it is said"
    test.button(key="intake-store").click().run()
    assert not test.exception
    assert [b.label for b in test.button if b.proto.type == "primary"] == ["Review it now"]
    with store.open(filled) as opened:
        kept = opened.document("law")
        assert (kept.kind, kept.version) == ("treaty", 1)
        assert opened.ruleset(kept.id)
        assert opened.verify() == []
    assert "is stored: 4 clauses to read" in test.success[0].value


def test_what_is_changed_in_the_fields_is_what_is_stored(filled: Path, page: Page) -> None:
    test = _dropped(page("intake"), ("law.txt", LAW))
    fields = {one.label: one for one in test.text_input}
    fields["Title"].set_value("A law")
    fields["Short name"].set_value("My Law (draft)")
    fields["Source"].set_value("Gazette 12")
    test.run()
    test.button(key="intake-store").click().run()
    with store.open(filled) as opened:
        kept = opened.document("my-law-draft")
    assert (kept.title, kept.source) == ("A law", "Gazette 12")


@pytest.mark.usefixtures("filled")
def test_a_field_that_cannot_be_is_refused_and_comes_back(page: Page) -> None:
    test = _dropped(page("intake"), ("law.txt", LAW))
    next(one for one in test.text_input if one.label == "Title").set_value("  ")
    test.run()
    assert "needs a title" in test.error[0].value
    assert next(one for one in test.text_input if one.label == "Title").value == (
        "Law on Made-up Things"
    )


@pytest.mark.usefixtures("filled")
def test_a_mistake_in_one_file_names_it_and_leaves_the_others(page: Page) -> None:
    test = _dropped(
        page("intake"),
        ("law.txt", LAW),
        ("broken.txt", b"\x00\x01\x02" * 50),
        ("nothing.md", b""),
        ("![x](http://pictures.invalid).exe", b"MZ\x90"),
        ("news.txt", NEWS),
        ("copy of law.txt", LAW),
    )
    assert not test.exception
    said = [one.value for one in test.error]
    assert [one.split(" ")[0].rstrip(":") for one in said[:2]] == ["broken\\.txt", "nothing\\.md\\"]
    assert "![" not in "".join(said), "a file's name is never Markdown"
    assert not any("/tmp" in one for one in said)
    assert any("is the same text as" in one for one in said)
    assert [one.name for one in _tray(test).entries] == ["law.txt", "news.txt"]
    assert "Store 2 texts" in shown(test)


def test_several_are_stored_at_once_each_with_its_rules(filled: Path, page: Page) -> None:
    test = _dropped(page("intake"), ("law.txt", LAW), ("закон.txt", RUSSIAN), ("news.txt", NEWS))
    tray = _tray(test)
    test.checkbox(key=f"intake-chosen-{tray.entries[2].id}").set_value(False).run()
    test.button(key="intake-store-all").click().run()
    assert not test.exception
    said = "\n".join(one.value for one in test.success)
    assert "no rules for 'ru' yet" in said.replace("\\", "")
    with store.open(filled) as opened:
        assert {"law", "закон"} <= {info.slug for info in opened.documents()}
        assert opened.find_document("news") is None
    assert [one.name for one in tray.entries if one.stored is None] == ["news.txt"]


def test_the_same_words_are_not_stored_twice(filled: Path, page: Page) -> None:
    test = _dropped(page("intake"), ("law.txt", LAW))
    test.button(key="intake-store").click().run()
    _tray(test).entries.clear()
    test = _dropped(test.run(), ("other.txt", LAW))
    assert "stored already" in test.info[0].value
    assert not [b for b in test.button if b.key == "intake-store"]
    with store.open(filled) as opened:
        assert opened.find_document("other") is None


def test_a_later_version_is_one_or_stands_apart_as_is_chosen(filled: Path, page: Page) -> None:
    test = _dropped(page("intake"), ("law.txt", LAW))
    test.button(key="intake-store").click().run()
    _tray(test).entries.clear()
    test = _dropped(test.run(), ("law.txt", LATER))
    select = next(one for one in test.selectbox if one.label == "Store as")
    assert select.value.slug == "law"
    test.button(key="intake-store").click().run()
    assert "version 2" in test.success[0].value
    _tray(test).entries.clear()
    test = _dropped(test.run(), ("law.txt", LATER.replace(b"Each", b"Every")))
    select = next(one for one in test.selectbox if one.label == "Store as")
    select.set_value(Belongs()).run()
    test.button(key="intake-store").click().run()
    assert not test.exception
    with store.open(filled) as opened:
        assert opened.document("law").version == 2
        assert opened.document("law-2").version == 1


def test_pasted_words_are_read_as_a_file_is(filled: Path, page: Page) -> None:
    test = page("intake")
    next(one for one in test.text_input if one.label == "Title").set_value("Pasted law")
    test.text_area[0].set_value(LAW.decode())
    next(one for one in test.button if one.label == "Read it").click()
    test.run()
    assert not test.exception
    assert _tray(test).entries[0].document.title == "Pasted law"
    nothing = page("intake")
    next(one for one in nothing.button if one.label == "Read it").click()
    nothing.run()
    assert nothing.error[0].value.startswith("the box has no text in it")
    with store.open(filled) as opened:
        assert opened.find_document("pasted-law") is None


@pytest.mark.usefixtures("filled")
def test_an_address_that_cannot_be_fetched_is_a_line(page: Page) -> None:
    test = page("intake")
    next(one for one in test.text_input if one.label == "Web address").set_value(
        "http://127.0.0.1:9/law"
    )
    next(one for one in test.button if one.label == "Fetch the page").click()
    test.run()
    assert not test.exception
    assert len(test.error) == 1
    assert "127" in test.error[0].value


# What the browser is sent, and what it sends


def _entry(content: bytes = LAW, name: str = "law.txt") -> Entry:
    return trays.from_file(name, content)[0]


def _event(entry: Entry, action: str, words: str, **more: Any) -> dict[str, Any]:
    at = entry.units.to_utf16(entry.read.text.index(words))
    key = preview.key_of(entry)
    return {
        "type": "correct", "nonce": f"{action} {words}", "key": key, "action": action,
        "ats": [at], **more,
    }  # fmt: skip


def test_lines_warnings_and_counts_are_sent_as_the_review_page_will_show_them() -> None:
    entry = _entry("Law 😀\n\nArticle 1. A\n\n2. Two 😀.\n\n(a) a point.".encode())
    data = _data(entry)
    text = data["text"].encode("utf-16-le")
    words = [text[2 * row[1] : 2 * row[2]].decode("utf-16-le") for row in data["lines"]]
    assert words == ["Law 😀", "A", "Two 😀.", "a point."]
    assert [row[6] for row in data["lines"]] == ["", "1", "2.", "(a)"]
    assert [row[7] for row in data["lines"]] == [
        "in no clause",
        "art. 1",
        "art. 1(2)",
        "art. 1(2)(a)",
    ]
    assert data["counts"] == "1 article, 1 paragraph, 1 point"
    place = {"label": "art. 1(2)", "at": data["lines"][2][0]}
    assert any(place in warning for warning in data["warnings"])
    assert preview.preview_data(entry, acks={}, holds=data["key"])["text"] is None


def test_dashes_stand_in_the_margin_and_are_cited_by_their_place() -> None:
    entry = _entry(b"Law\n\nArticle 1\n\n(a) All of:\n\n- one;\n\n- two.\n\n(b) None.")
    rows = [row[6:8] for row in _data(entry)["lines"]]
    assert rows[2:] == [
        ["(a)", "art. 1(a)"],
        ["-", "art. 1(a), first indent"],
        ["-", "art. 1(a), second indent"],
        ["(b)", "art. 1(b)"],
    ]


def test_events_are_made_once_undone_and_made_again() -> None:
    entry = _entry()
    key = preview.key_of(entry)
    join = _event(entry, "join", "Article 9")
    assert trays.apply_events(entry, key, [join]) == {join["nonce"]: ""}
    assert trays.apply_events(entry, key, [join]) == {join["nonce"]: ""}
    assert entry.corrected == 1
    assert entry.document.clauses[-1].citation == "art. 3"
    undo = {"type": "undo", "nonce": "u", "key": key}
    assert trays.apply_events(entry, key, [undo]) == {"u": ""}
    assert entry.document == entry.read
    trays.apply_events(entry, key, [{"type": "redo", "nonce": "r", "key": key}])
    assert json.loads(entry.document.metadata["corrections"])[0][1] == "join"


def test_events_that_cannot_be_are_answered_and_change_nothing() -> None:
    entry = _entry()
    key = preview.key_of(entry)
    wrong = [
        _event(entry, "in", "1. A judge"),
        {"type": "correct", "nonce": "2", "key": key, "action": "text"},
        {"type": "correct", "nonce": "3", "key": key, "action": "text", "ats": ["<b>"]},
        {"type": "correct", "nonce": "4", "key": key, "action": "text", "ats": [10**9]},
        {"type": "redo", "nonce": "5", "key": key},
    ]
    answers = trays.apply_events(entry, key, wrong)
    assert all(answers.values())
    assert entry.document == entry.read
    other = {**_event(entry, "text", "1. A judge"), "key": "another text", "nonce": "6"}
    assert trays.apply_events(entry, key, [other]) == {"6": ""}
    assert entry.corrected == 0


def test_a_step_of_several_lines_is_made_whole_or_not_at_all() -> None:
    entry = _entry()
    first, second = (entry.read.text.index(words) for words in ("2. It", "1. A"))
    with pytest.raises(IntakeError, match="nothing stands above"):
        entry.correct([Correction(first, "text"), Correction(second, "in")])
    assert entry.document == entry.read


def test_everything_below_a_line_is_left_out_in_one_step() -> None:
    entry = _entry()
    end = entry.units.to_utf16(len(entry.read.text.rstrip()))
    event = _event(entry, "outside", "Article 3. Help", end=end)
    trays.apply_events(entry, preview.key_of(entry), [event])
    assert entry.corrected == 1
    assert [one.citation for one in entry.document.clauses] == ["art. 1", "art. 1(1)", "art. 1(2)"]


def test_another_kind_is_read_anew_and_drops_corrections() -> None:
    entry = _entry()
    entry.correct([Correction(entry.read.text.index("Article 9"), "join")])
    assert entry.set_kind("news") == 1
    assert entry.document.kind == "news"
    assert entry.corrected == 0
    assert entry.set_kind("treaty") == 0
    assert entry.document.clauses[0].citation == "art. 1"


FOLDER = {
    "laws/law.txt": "",
    "laws/Law.PDF": "",
    "laws/.DS_Store": "hidden",
    ".git/config": "hidden",
    "__MACOSX/law.txt": "hidden",
    "laws\\Thumbs.db": "about",
    "laws/README.md": "about",
    "laws/photo.jpg": "unreadable",
    "laws/noname": "unreadable",
}


@pytest.mark.parametrize(("name", "why"), FOLDER.items())
def test_files_that_hold_no_text_are_passed_over_in_a_folder(name: str, why: str) -> None:
    assert trays.why_not(name) == why


@pytest.mark.usefixtures("filled")
def test_a_folder_is_read_at_once_and_says_what_it_passed_over(page: Page) -> None:
    test = page("intake")
    given = [("d/law.txt", LAW, ""), ("d/photo.jpg", b"\xff\xd8", ""), ("d/.hidden", b"x", "")]
    test.file_uploader[1].set_value(given).run()
    assert not test.exception
    assert not test.error
    assert [one.name for one in _tray(test).entries] == ["law.txt"]
    assert _tray(test).passed_over == ["d/photo.jpg"]


def test_a_page_is_stored_with_its_address(
    filled: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetched(url: str) -> tuple[Document, ...]:
        found = intake.parse(LAW.decode(), title="Fetched", language="en")
        kept = {"address": url, "retrieved": "2026-01-01T00:00:00Z", "sha256_source": "0" * 64}
        return (replace(found, source=url, metadata=kept),)

    monkeypatch.setattr(intake, "read_address_all", fetched)
    test = page("intake")
    url = next(one for one in test.text_input if one.label == "Web address")
    url.set_value(" https://laws.invalid/1 ")
    next(one for one in test.button if one.label == "Fetch the page").click()
    test.run()
    assert _tray(test).entries[0].set_kind("news") == 0
    _tray(test).entries[0].set_kind("treaty")
    test.run()
    test.button(key="intake-store").click().run()
    with store.open(filled) as opened:
        kept = opened.document("fetched")
    assert (kept.source, kept.kind) == ("https://laws.invalid/1", "treaty")
    assert kept.metadata["address"] == "https://laws.invalid/1"


def test_a_tag_of_the_version_before_comes_over(filled: Path, page: Page) -> None:
    test = _dropped(page("intake"), ("law.txt", LAW))
    test.button(key="intake-store").click().run()
    with store.open(filled) as opened:
        document = opened.document("law")
        ana = opened.reviewer("Ana").id
        start = document.text.index("order a search")
        review.tag(
            opened,
            document,
            ana,
            start=start,
            end=start + 14,
            quote="order a search",
            concern="privacy",
            polarity="risk",
            codebook=codebook.load(),
        )
    _tray(test).entries.clear()
    test = _dropped(test.run(), ("law.txt", LATER))
    test.button(key="intake-store").click().run()
    assert not test.exception
    assert "1 tag found its place" in test.success[0].value
    with store.open(filled) as opened:
        assert [one.quote for one in opened.annotations(document=opened.document("law").id)] == [
            "order a search"
        ]


def test_two_languages_of_one_page_are_two_texts_that_belong_together(
    filled: Path, page: Page
) -> None:
    english = LAW.decode()
    dutch = (
        "Wet op de dingen\n\nArtikel 1. Onderzoek\n\n1. Een rechter kan een onderzoek bevelen.\n\n"
        "2. Het eindigt wanneer de rechter dat zegt.\n\nArtikel 3. Hulp\n\n"
        "Elke partij helpt de andere partij bij het onderzoek en bij de handhaving van deze wet.\n"
    )
    test = _dropped(page("intake"), ("law.txt", f"{english}\n{dutch}".encode()))
    entries = _tray(test).entries
    assert [one.language for one in entries] == ["en", "nl"]
    entries[0].set_field("slug", "made-up-law")
    test.button(key="intake-store-all").click().run()
    assert not test.exception
    with store.open(filled) as opened:
        assert opened.document(entries[1].stored.slug).metadata["work"] == "made-up-law"


def test_a_line_becomes_the_title_and_leaves_the_clauses() -> None:
    entry = _entry(
        b"Home | About\n\nLaw on Things\n\nArticle 1. A\n\nWords.\n\nArticle 2. B\n\nMore."
    )
    event = {**_event(entry, "", "Law on Things"), "type": "title"}
    assert trays.apply_events(entry, preview.key_of(entry), [event])[event["nonce"]] == ""
    assert entry.document.title == "Law on Things"
    assert entry.document.clauses[0].citation == "art. 1"


def test_nothing_is_stored_of_a_text_whose_lines_are_all_left_out(filled: Path, page: Page) -> None:
    test = _dropped(page("intake"), ("law.txt", LAW))
    entry = _tray(test).entries[0]
    end = entry.units.to_utf16(len(entry.read.text.rstrip()))
    everything = {**_event(entry, "outside", "Law"), "end": end}
    trays.apply_events(entry, preview.key_of(entry), [everything])
    test.run()
    assert not [b for b in test.button if b.key == "intake-store"]
    assert "nothing to store" in shown(test)
    test.button(key="intake-back").click().run()
    test.button(key="intake-store-all").click().run()
    assert "no line is in a clause" in test.error[0].value
    with store.open(filled) as opened:
        assert opened.find_document("law") is None


def test_a_text_that_reads_like_another_is_told_of_it(filled: Path, page: Page) -> None:
    test = _dropped(page("intake"), ("law.txt", LAW))
    test.button(key="intake-store").click().run()
    _tray(test).entries.clear()
    test = _dropped(test.run(), ("final draft.txt", LATER))
    select = next(one for one in test.selectbox if one.label == "Store as")
    assert select.options[:2] == [
        "A text of its own",
        "Version 2 of “Law on Made-up Things”",
    ]
    assert "reads much like" in shown(test)
    select.set_value(Belongs("law")).run()
    test.button(key="intake-store").click().run()
    with store.open(filled) as opened:
        assert opened.document("law").version == 2
        assert opened.find_document("final-draft") is None


def test_files_of_one_name_in_two_folders_keep_apart(filled: Path, page: Page) -> None:
    test = page("intake")
    given = [("d/old/law.txt", LAW, ""), ("d/new/law.txt", LATER, "")]
    test.file_uploader[1].set_value(given).run()
    assert [one.slug for one in _tray(test).entries] == ["law", "d-new-law"]
    test.button(key="intake-store-all").click().run()
    assert not test.exception
    with store.open(filled) as opened:
        assert {opened.document(one).version for one in ("law", "d-new-law")} == {1}


def test_a_component_that_lost_the_text_is_sent_it_again() -> None:
    entry = _entry()
    key = preview.key_of(entry)
    assert trays.apply_events(entry, key, [{"type": "wake", "nonce": "w", "key": key}]) == {"w": ""}
    assert preview.preview_data(entry, acks={}, holds="None")["text"] == entry.read.text


def test_the_kind_and_language_are_chosen_beside_the_text(filled: Path, page: Page) -> None:
    test = _dropped(page("intake"), ("law.txt", LAW))
    entry = _tray(test).entries[0]
    entry.correct([Correction(entry.read.text.index("Article 9"), "join")])
    test.segmented_control[0].set_value("news").run()
    assert not test.exception
    assert entry.document.kind == "news"
    assert entry.corrected == 0
    assert "1 correction made before no longer applied" in test.toast[0].value
    language = next(one for one in test.selectbox if one.label == "Language")
    language.set_value("zh").run()
    test.button(key="intake-store").click().run()
    with store.open(filled) as opened:
        kept = opened.document("law")
    assert (kept.kind, kept.language) == ("news", "zh")
    assert "no rules for 'zh' yet" in test.success[0].value.replace("\\", "")
