"""The codebook page without a browser: read, searched, changed, refused, told to the second."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator import codebook, review, store
from annotator.codebook import Retire, Rewrite, candidate, save
from annotator.ui import desk, older
from annotator.ui.safeguarding import assessed_data
from tests.ui.conftest import Page, decide, shown

HOSTILE = "![p](http://pictures.invalid/p.png) <img src=http://pictures.invalid/q.png>"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's codebook, which is the one in use."""
    path = tmp_path / "codebook.yaml"
    path.write_bytes(codebook.DEFAULT.read_bytes())
    monkeypatch.setenv("ANNOTATOR_CODEBOOK", str(path))
    return path


@pytest.fixture
def worked(filled: Path, file: Path) -> Path:
    """Ana has one tag of privacy under a code."""
    with store.open(filled) as opened:
        decide(opened)
        document, ana = opened.document("small-things"), opened.reviewer("Ana").id
        (tag,) = opened.annotations()
        review.edit(opened, document, ana, tag.id, code="search", codebook=codebook.load(file))
    return filled


def entry(page: Page, path: str) -> AppTest:
    test = page("codebook")
    test.query_params["entry"] = path
    return test.run()


def edit(page: Page, path: str) -> AppTest:
    test = entry(page, path)
    return test.button(key=f"cb-edit-{path.replace('/', '-')}").click().run()


def reword(test: AppTest, words: str, says: str = "Said.") -> AppTest:
    test.text_area(key="codebook-field-definition").set_value(words)
    return test.text_input(key="codebook-field-says").set_value(says).run()


@pytest.mark.usefixtures("filled", "file")
def test_each_part_is_shown_and_searched(page: Page) -> None:
    test = page("codebook")
    assert not test.exception
    assert "Interception and live collection" in shown(test)
    assert "Sources and material" not in shown(test)
    test.text_input(key="cb-words").set_value("goodwin sources").run()
    assert "Goodwin" in shown(test)
    assert "Interception and live collection" not in shown(test)
    test.text_input(key="cb-words").set_value("zebra").run()
    assert "No entry says “zebra”" in shown(test).replace("\\", "")


@pytest.mark.usefixtures("filled", "file")
def test_an_address_shows_one_entry_with_its_sub_codes(page: Page) -> None:
    test = entry(page, "privacy/search")
    assert "Remote access and hacking" in shown(test)
    assert "Secrecy orders" not in shown(test)
    test.button(key="cb-all").click().run()
    assert "Secrecy orders" in shown(test)
    assert "has no entry" in shown(entry(page, f"privacy/{HOSTILE}"))


@pytest.mark.usefixtures("filled")
def test_words_of_the_file_are_shown_as_they_are(page: Page, file: Path) -> None:
    base = codebook.load(file)
    operation = Rewrite("privacy/search", {"definition": HOSTILE, "name": HOSTILE})
    save(file, base, candidate(base, operation, version="90", says=HOSTILE))
    for test in (page("codebook"), edit(page, "privacy/search")):
        assert not test.exception
        figures = "".join(html.proto.body for html in test.get("html"))
        assert "<img" not in figures
        assert "](http" not in "".join(one.value for one in (*test.markdown, *test.header))


def test_a_change_says_what_it_does_before_it_is_saved(
    page: Page, worked: Path, file: Path
) -> None:
    test = edit(page, "privacy/search")
    assert "Nothing is changed yet" in shown(test)
    assert test.button(key="cb-save").disabled
    reword(test, "Going in.", says="")
    assert "Say in a sentence what changed" in shown(test)
    test.text_input(key="codebook-field-says").set_value("Search is going in.").run()
    assert "**1 mark** of 1 reviewer" in shown(test)
    before = file.read_bytes()
    test.checkbox(key="codebook-field-same").check().run()
    assert "no tag is called in question" in shown(test)
    test.checkbox(key="codebook-field-same").uncheck().run()
    assert file.read_bytes() == before
    test.button(key="cb-save").click().run()
    assert not test.exception
    assert "Saved as version" in shown(test)
    book = codebook.load(file)
    assert book.concern("privacy").code("search").definition == "Going in."
    assert book.changes[0].says == "Search is going in."
    with store.open(worked) as opened:
        assert [one.sha256 for one in opened.codebooks()][-1] == book.sha256


def test_what_was_tagged_before_is_listed_with_its_clause(
    page: Page, worked: Path, file: Path
) -> None:
    base = codebook.load(file)
    operation = Rewrite("privacy/search", {"definition": "Going in, with leave."})
    save(file, base, candidate(base, operation, version="90.1", says="Search again."))
    test = page("codebook")
    test.segmented_control(key="cb-part").set_value("versions").run()
    assert not test.exception
    said = shown(test)
    assert "Privacy: Search, seizure and copying" in said
    assert 'href="review?doc=small-things&amp;at=art_1__para_1&amp;as=Ana"' in said
    assert "90.1" in said
    with store.open(worked) as opened:
        opened.add_reviewer("Bo")
    test.run()
    test.sidebar.selectbox(key="reviewer-choice").set_value("Bo").run()
    assert "1 more of others" in shown(test)
    test.toggle(key="cb-everyone").set_value(True).run()
    assert "as=Ana" in shown(test)
    with store.open(worked) as opened:
        opened.set_setting("blind", "on")
    test.run()
    assert "1 more of others" in shown(test)
    assert "as=Ana" not in shown(test)


def test_the_review_page_has_the_words_then_and_now(worked: Path, file: Path) -> None:
    base = codebook.load(file)
    operation = Rewrite("privacy/search", {"definition": "Entering premises.", "tag": ("A raid.",)})
    save(file, base, candidate(base, operation, version="90.1", says="Search again."))
    with store.open(worked) as opened:
        document = opened.document("small-things")
        data = desk.review_data(
            opened,
            document,
            review.sheet_of(document, "art_1__para_1"),
            opened.reviewer("Ana"),
            codebook.load(file),
            acks={},
            focus=None,
            database="db",
        )
        assert older.older_data(opened, base, opened.annotations()) == {}
    (mark,) = data["marks"]
    (found,) = mark["older"]["entries"]
    assert (mark["older"]["was"], mark["older"]["now"]) == (base.version, "90.1")
    assert mark["older"]["holds"]
    assert (found["name"], found["kind"]) == ("Search, seizure and copying", "changed")
    definition, tag = found["fields"]
    assert "".join(words for words, _ in definition["new"]) == "Entering premises."
    assert definition["old"][0] == ("Entering premises", False)
    assert [differs for _, differs in definition["old"]] == [False, True, False]
    assert tag["new"] == [("A raid.", True)]


def test_an_assessment_under_older_words_says_so(worked: Path, file: Path) -> None:
    base = codebook.load(file)
    with store.open(worked) as opened:
        document, ana = opened.document("small-things"), opened.reviewer("Ana").id
        eid = "art_1__para_1"
        review.assess(opened, document, ana, eid, {"oversight": "absent"}, codebook=base)
        states = {**base.safeguard("oversight").recognise, "weak": "A report nobody reads."}
        operation = Rewrite("safeguard/oversight", {"recognise": states})
        book = candidate(base, operation, version="90.1", says="Weak.")
        (said,) = assessed_data(opened, document, ana, [eid], book)
        (found,) = said["older"]["entries"]
        assert [one["label"] for one in found["fields"]] == ["weak"]
        review.assess(opened, document, ana, eid, {"oversight": "absent"}, codebook=book)
        assert "older" not in assessed_data(opened, document, ana, [eid], book)[0]


# a field, what is written there, and the line that is shown
WRONG = [
    ("key", "e", "key is 'e'"),
    ("key", "s", "the key 's' is taken"),
    ("name", "", "'name' is missing"),
    ("standards", "ICCPR art. 17", "write the reference, a |, and what it asks for"),
    ("tag", "  \n ", "'tag' is missing"),
    ("version", "1.0", "raise it"),
]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("field", "value", "message"), WRONG)
def test_what_is_invalid_is_said_at_once(
    page: Page, file: Path, field: str, value: str, message: str
) -> None:
    test = reword(edit(page, "privacy/search"), "Going in.")
    before = file.read_bytes()
    areas = ("standards", "tag")
    widget = test.text_area if field in areas else test.text_input
    widget(key=f"codebook-field-{field}").set_value(value).run()
    (error,) = test.error
    assert message in error.value.replace("\\", "")
    assert test.button(key="cb-save").disabled
    assert file.read_bytes() == before


@pytest.mark.usefixtures("filled")
def test_the_second_is_told_and_goes_on_without_losing_a_word(page: Page, file: Path) -> None:
    test = reword(edit(page, "privacy/search"), "Mine.")
    base = codebook.load(file)
    theirs = Rewrite("privacy/search", {"name": "Theirs"})
    save(file, base, candidate(base, theirs, version="90.1", says="Theirs."))
    test.button(key="cb-save").click().run()
    assert "was changed by somebody else" in test.error[0].value.replace("\\", "")
    assert codebook.load(file).concern("privacy").code("search").name == "Theirs"
    test.button(key="cb-rebase").click().run()
    assert not test.error
    test.button(key="cb-save").click().run()
    code = codebook.load(file).concern("privacy").code("search")
    assert (code.name, code.definition) == ("Theirs", "Mine.")
    assert codebook.load(file).version == "90.2"


@pytest.mark.usefixtures("filled")
def test_what_both_have_changed_is_shown(page: Page, file: Path) -> None:
    test = reword(edit(page, "privacy/search"), "Mine.")
    base = codebook.load(file)
    theirs = Rewrite("privacy/search", {"definition": "Theirs."})
    save(file, base, candidate(base, theirs, version="90.1", says="Theirs."))
    test.button(key="cb-save").click().run()
    test.button(key="cb-rebase").click().run()
    assert "definition now reads: Theirs." in test.error[0].value.replace("\\", "")
    assert test.text_area(key="codebook-field-definition").value == "Mine."


@pytest.mark.usefixtures("filled")
def test_a_sub_code_is_added(page: Page, file: Path) -> None:
    test = entry(page, "privacy/control")
    test.button(key="cb-add-privacy-control").click().run()
    for name, value in (("name", "Courts"), ("id", "courts"), ("says", "Courts.")):
        test.text_input(key=f"codebook-field-{name}").set_value(value)
    for name, value in (("definition", "Judges."), ("tag", "A judge."), ("leave", "A court yard.")):
        test.text_area(key=f"codebook-field-{name}").set_value(value)
    test.run()
    assert not test.error
    test.button(key="cb-save").click().run()
    code = codebook.load(file).concern("privacy").code("courts")
    assert (code.parent, code.tag) == ("control", ("A judge.",))


@pytest.mark.usefixtures("filled")
def test_a_code_is_retired_into_another(page: Page, file: Path) -> None:
    test = edit(page, "privacy/gag")
    test.segmented_control(key="codebook-field-what").set_value("retire").run()
    test.selectbox(key="codebook-field-successor").set_value("notice")
    test.text_input(key="codebook-field-says").set_value("One code less.").run()
    assert not test.error
    test.button(key="cb-save").click().run()
    assert codebook.load(file).concern("privacy").code("gag").id == "notice"


@pytest.mark.usefixtures("filled")
def test_a_retired_code_is_offered_again(page: Page, file: Path) -> None:
    base = codebook.load(file)
    save(file, base, candidate(base, Retire("privacy/gag"), version="90.1", says="Gone."))
    assert "gag" not in codebook.load(file).concern("privacy").code_ids
    test = edit(page, "privacy/gag")
    assert "retired" in shown(entry(page, "privacy/gag"))
    test.segmented_control(key="codebook-field-what").set_value("offer").run()
    test.text_input(key="codebook-field-says").set_value("Back.").run()
    assert not test.error
    test.button(key="cb-save").click().run()
    assert "gag" in codebook.load(file).concern("privacy").code_ids


@pytest.mark.usefixtures("filled")
def test_a_code_that_rules_propose_does_not_just_go(page: Page, file: Path) -> None:
    before = file.read_bytes()
    test = edit(page, "privacy/retention")
    test.segmented_control(key="codebook-field-what").set_value("retire").run()
    assert "rules propose 'retention'" in test.error[0].value.replace("\\", "")
    assert test.button(key="cb-save").disabled
    assert file.read_bytes() == before


@pytest.mark.usefixtures("filled")
def test_a_file_with_a_mistake_is_named_and_the_page_stands(page: Page, file: Path) -> None:
    text = file.read_text("utf-8").replace("slot: blue", "slot: pink")
    file.write_text(text, encoding="utf-8")
    test = page("codebook")
    assert not test.exception
    assert "slot is 'pink'" in test.error[0].value.replace("\\", "")


@pytest.mark.parametrize("old", ["", "a judge  may", "Wholly other.", "x, y (z)\nand w"])
@pytest.mark.parametrize("new", ["", "a court may", "x, y and w."])
def test_words_then_and_now_are_given_whole(old: str, new: str) -> None:
    left, right = older.compared(old, new)
    assert ("".join(words for words, _ in left), "".join(words for words, _ in right)) == (old, new)
    assert all(words for words, _ in left + right)


def add_safeguard(page: Page, *, asked: list[str]) -> AppTest:
    """The form of a new safeguard, filled in."""
    test = page("codebook")
    test.segmented_control(key="cb-part").set_value("safeguards").run()
    test.button(key="cb-add-safeguard").click().run()
    assert not test.exception
    for name, said in {
        "id": "children",
        "name": "Children <b>first</b>",
        "says": "Children are asked about.",
    }.items():
        test.text_input(key=f"codebook-field-{name}").set_value(said)
    test.text_area(key="codebook-field-definition").set_value("Children have rules of their own.")
    for state in codebook.STATES:
        test.text_area(key=f"codebook-field-{state}").set_value(f"{state} for children.")
    test.text_area(key="codebook-field-standards").set_value("CRC art. 16 | A child's privacy.")
    test.multiselect(key="codebook-field-asked_of").set_value(asked)
    return test.run()


def test_a_safeguard_is_added_then_taken_back_byte_for_byte(
    page: Page, filled: Path, file: Path
) -> None:
    assert "asked of nothing" in shown(add_safeguard(page, asked=[]))
    before = file.read_text(encoding="utf-8")
    test = add_safeguard(page, asked=["power", "disclosure"])
    with store.open(filled) as opened:
        granted = opened.powers_granted()
    clauses = granted["power"] + granted["disclosure"]
    assert f"on the list of {clauses} clause" in shown(test)
    assert "no proposal until it has wordings" in shown(test)
    assert file.read_text(encoding="utf-8") == before
    test.button(key="cb-save").click().run()
    assert not test.exception
    made = codebook.load(file).safeguard("children")
    assert made.asked_of == ("power", "disclosure")
    after = file.read_text(encoding="utf-8")
    kept = [line for line in before.splitlines() if not line.startswith("version:")]
    rest = iter(after.splitlines())
    assert all(line in rest for line in kept), "every other line stands, in its order"
    assert "Asked of Powers, Disclosure" in shown(test)
    assert "<b>first</b>" not in "".join(html.proto.body for html in test.get("html"))
    test.button(key="cb-undo").click().run()
    assert "Taken back" in shown(test)
    assert file.read_text(encoding="utf-8") == before


@pytest.mark.usefixtures("filled")
def test_a_safeguard_is_retired_and_asked_again(page: Page, file: Path) -> None:
    test = edit(page, "safeguard/remedy")
    test.segmented_control(key="codebook-field-what").set_value("retire").run()
    test.text_input(key="codebook-field-says").set_value("Remedies are elsewhere.").run()
    assert "“Effective remedy” is asked no more; 0 assessments" in shown(test)
    test.button(key="cb-save").click().run()
    assert codebook.load(file).safeguard("remedy").retired
    test = edit(page, "safeguard/remedy")
    test.segmented_control(key="codebook-field-what").set_value("offer").run()
    test.text_input(key="codebook-field-says").set_value("They are not.").run()
    test.button(key="cb-save").click().run()
    assert not codebook.load(file).safeguard("remedy").retired


def test_no_concern_is_asked_about_once_a_concern_means_something_else(
    page: Page, filled: Path, file: Path
) -> None:
    base = codebook.load(file)
    with store.open(filled) as opened:
        document, ana = opened.document("small-things"), opened.reviewer("Ana").id
        review.judge(opened, document, ana, "art_2", "no_concern", codebook=base)
        assert opened.reviews()[0].codebook == base.stamp
        review.note(opened, document, ana, "art_2", "Quiet.")
        assert opened.reviews()[0].codebook == base.stamp, "a note is no verdict"
    change = Rewrite("press_freedom", {"definition": "Whoever publishes."})
    save(file, base, candidate(base, change, version="90", says="Wider."))
    test = page("codebook")
    test.segmented_control(key="cb-part").set_value("versions").run()
    assert "1 clause without concern" in shown(test)
    assert "no concern</bdi></q>" in shown(test)
    with store.open(filled) as opened:
        new = codebook.load(file)
        (told,) = older.older_reviews(opened, new, opened.reviews()).values()
        assert told["holds"]
        review.judge(opened, document, ana, "art_2", "no_concern", codebook=new)
        assert older.older_reviews(opened, new, opened.reviews()) == {}
        assert opened.verify() == []
