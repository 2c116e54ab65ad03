"""Powers against safeguards: decided by key beside the clause and in the table, kept, undone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from annotator import intake, store
from annotator.model import Document, Evidence, PowerReading, SafeguardReading
from annotator.safeguards import kinds
from tests.browser.conftest import NewPage
from tests.browser.reading import clause, open_clause, rows, saved

TREATY = """\
Chapter I. Powers

Article 1. Search

1. Each Party may search a system 😀 and seize what it finds there.

2. Each Party may order any person to give the necessary information.

3. Each Party shall inform the others of its law.

Article 2. Offences

Whoever opens a system without right commits an offence.

Chapter II. Limits

Article 3. Safeguards

1. The measures are subject to conditions 😀 that domestic law sets.

2. A judge shall review every order before it is carried out.
"""
ARABIC = """\
المادة 1. التفتيش

يجوز للسلطة أن تفتش أي نظام وأن تضبط ما تجده فيه.

المادة 2. الضمانات

يراجع القاضي كل أمر قبل تنفيذه.
"""
REVIEWER = "Fay"
SEARCH, ORDER, OFFENCE = "art_1__para_1", "art_1__para_2", "art_2"
JUDGE = "A judge shall review every order"


def words(document: Document, eid: str, quote: str) -> Evidence:
    start = document.text.index(quote, document.clause(eid).body)
    return Evidence(eid, start, start + len(quote), quote)


def power(document: Document, kind: str, at: Evidence, by: Evidence) -> PowerReading:
    """The kind's own list: one safeguard by reference, one weak, the others nowhere."""
    known = kinds.kind(kind)
    listed = kinds.load().safeguards[known.group]
    states = {listed[3]: ("by_reference", (by,)), listed[4]: ("weak", (at,))}
    safeguards = tuple(
        SafeguardReading(
            id,
            *states.get(id, ("absent", ())),
            "As a test has it.",
            id not in known.lacks,
        )
        for id in listed
    )
    return PowerReading(
        document.id, at.eid, kind, known.group, at.start, at.end, at.quote, safeguards
    )


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A treaty and a text from right to left, with their powers, and two who review."""
    path = tmp_path_factory.mktemp("powers") / "annotations.db"
    treaty = intake.parse(TREATY, kind="treaty", language="en", slug="small", title="Small things")
    arabic = intake.parse(ARABIC, kind="treaty", language="ar", slug="rtl", title="أشياء صغيرة")
    with store.open(path) as made:
        for document in (treaty, arabic):
            made.add_document(document)
        judge = words(treaty, "art_3__para_2", JUDGE)
        made.set_powers(
            treaty.id,
            "test",
            [
                power(
                    treaty, "search_and_seizure", words(treaty, SEARCH, "search a system"), judge
                ),
                power(treaty, "compelled_help", words(treaty, ORDER, "order any person"), judge),
                power(treaty, "access_offence", words(treaty, OFFENCE, "opens a system"), judge),
            ],
        )
        made.set_powers(
            arabic.id,
            "test",
            [
                power(
                    arabic,
                    "search_and_seizure",
                    words(arabic, "art_1", "تفتش أي نظام"),
                    words(arabic, "art_2", "يراجع القاضي كل أمر"),
                )
            ],
        )
        made.add_reviewer(REVIEWER)
        made.add_reviewer("Gus")
        made.backup(path.with_name("whole.db"))
    return Path(shutil.move(path.with_name("whole.db"), path))


def safeguard(page: Page, id: str) -> Locator:
    """Its row beside the clause."""
    return page.locator(f'.panel-guards [data-safeguard="{id}"]')


def cell(page: Page, eid: str, id: str) -> Locator:
    """Its cell in the table."""
    return page.locator(f'tr[data-eid="{eid}"] [data-safeguard="{id}"]')


def stored(database: Path) -> dict[tuple[str, str], str]:
    question = "select eid, safeguard, state from assessments order by eid, safeguard"
    return {(eid, id): state for eid, id, state in rows(database, question)}


def in_table(page: Page) -> None:
    """Wait until the table has nothing on its way."""
    expect(page.locator('.mx [role="status"]')).to_have_attribute("data-pending", "0")


def test_confirmed_and_corrected_by_key_kept_over_a_reload_and_undone(
    page: Page, database: Path
) -> None:
    open_clause(page, SEARCH, document="small", reviewer=REVIEWER)
    panel = page.get_by_role("region", name="Safeguards", exact=True)
    expect(panel).to_contain_text("0 of 11 decided")
    expect(safeguard(page, "prior_authorisation")).to_have_attribute(
        "data-proposed", "by_reference"
    )
    expect(safeguard(page, "dual_criminality")).not_to_be_visible()

    page.keyboard.press("g")
    expect(safeguard(page, "legality")).to_have_class("guard here")
    page.keyboard.press("Enter")  # legality, absent as proposed
    page.keyboard.press("w")  # necessity
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")  # prior authorisation, by reference
    saved(page)
    assert stored(database) == {
        (SEARCH, "legality"): "absent",
        (SEARCH, "necessity"): "weak",
        (SEARCH, "prior_authorisation"): "by_reference",
    }
    # The key that means absent in the list accepts no suggestion there, nor is the clause done.
    assert rows(database, "select count(*) from annotations") == [(0,)]
    assert rows(database, "select count(*) from reviews") == [(0,)]

    page.reload()
    expect(safeguard(page, "necessity")).to_have_attribute("data-state", "weak")
    expect(panel).to_contain_text("3 of 11 decided")

    page.keyboard.press("g")
    page.keyboard.press("Shift+Enter")
    saved(page)
    expect(panel).to_contain_text("11 of 11 decided")
    assert len(stored(database)) == 11
    page.keyboard.press("z")
    saved(page)
    expect(panel).to_contain_text("3 of 11 decided")
    assert len(stored(database)) == 3
    page.keyboard.press("y")
    saved(page)
    assert len(stored(database)) == 11


def test_by_mouse_a_state_is_set_taken_back_and_noted(page: Page, database: Path) -> None:
    open_clause(page, SEARCH, document="small", reviewer=REVIEWER)
    row = safeguard(page, "oversight")
    row.get_by_role("button", name="Independent oversight: weak").click()
    expect(row).to_have_attribute("data-state", "weak")
    note = row.get_by_role("textbox", name="Note on Independent oversight")
    note.fill("Only “where possible” 😀")
    note.press("Escape")
    saved(page)
    assert rows(database, "select state, note from assessments") == [
        ("weak", "Only “where possible” 😀")
    ]
    row.get_by_role("button", name="Independent oversight: weak").click()
    expect(row).not_to_have_attribute("data-state", "weak")
    saved(page)
    assert stored(database) == {}
    safeguard(page, "remedy").get_by_role("button", name="Effective remedy, proposed").click()
    page.keyboard.press("p")
    expect(safeguard(page, "remedy")).to_have_attribute("data-state", "present")
    saved(page)
    assert stored(database) == {(SEARCH, "remedy"): "present"}
    page.get_by_text("2 not asked of this kind of clause").click()
    expect(safeguard(page, "dual_criminality")).to_be_visible()


def test_evidence_in_another_article_is_gone_to_shown_and_left_again(page: Page) -> None:
    open_clause(page, SEARCH, document="small", reviewer=REVIEWER)
    page.keyboard.press("g")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(safeguard(page, "prior_authorisation")).to_contain_text(JUDGE)
    page.keyboard.press("o")
    expect(clause(page, "art_3__para_2")).to_have_attribute("aria-current", "true")
    seen = page.wait_for_function(
        "[...(CSS.highlights.get('ta-evidence') ?? [])].map((range) => range.toString()).join()"
    )
    assert seen.json_value() == JUDGE
    page.keyboard.press("b")
    expect(clause(page, SEARCH)).to_have_attribute("aria-current", "true")
    expect(safeguard(page, "prior_authorisation")).to_have_class("guard here")


def test_a_clause_without_a_power_has_no_list(page: Page) -> None:
    open_clause(page, "art_3__para_1", document="small", reviewer=REVIEWER)
    expect(page.get_by_role("region", name="Safeguards", exact=True)).to_be_hidden()
    page.keyboard.press("g")
    expect(page.get_by_text("No power or offence is read in this article.")).to_be_visible()
    open_clause(page, "art_1__para_3", document="small", reviewer=REVIEWER)
    page.keyboard.press("g")
    expect(clause(page, SEARCH)).to_have_attribute("aria-current", "true")
    expect(safeguard(page, "legality")).to_have_class("guard here")


def test_from_a_cell_of_the_table_to_the_clause_and_back(page: Page, database: Path) -> None:
    page.goto(f"/safeguards?doc=small&as={REVIEWER}")
    grid = page.get_by_role("grid", name="Powers against safeguards")
    expect(grid.locator("tbody tr[data-eid]")).to_have_count(2)
    expect(page.get_by_role("grid", name="Offences against safeguards")).to_be_visible()
    expect(page.get_by_text("it is not a finding")).to_be_visible()
    cell(page, SEARCH, "legality").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    at = cell(page, ORDER, "prior_authorisation")
    expect(at).to_be_focused()
    expect(at).to_have_attribute(
        "aria-label", "art. 1(2), Prior authorisation: by reference, proposed"
    )
    expect(page.get_by_role("complementary", name="The safeguard at hand")).to_contain_text(JUDGE)

    page.keyboard.press("Enter")
    expect(at).to_have_attribute("data-standing", "confirmed")
    in_table(page)
    assert stored(database) == {(ORDER, "prior_authorisation"): "by_reference"}

    page.get_by_role("link", name="Open in Review").click()
    expect(clause(page, ORDER)).to_have_attribute("aria-current", "true")
    expect(safeguard(page, "prior_authorisation")).to_have_attribute("data-state", "by_reference")
    expect(safeguard(page, "prior_authorisation")).to_have_class("guard here")
    page.keyboard.press("a")
    saved(page)
    page.get_by_role("button", name="Back to the table").click()
    expect(at).to_have_attribute("data-states", "absent")
    expect(at).to_have_attribute("tabindex", "0")
    at.focus()
    page.keyboard.press("z")
    expect(at).to_have_attribute("data-states", "by_reference")
    expect(page.get_by_text("Undone: art. 1(2)")).to_be_visible()
    in_table(page)
    assert stored(database) == {(ORDER, "prior_authorisation"): "by_reference"}


@pytest.mark.long
def test_where_two_reviewers_differ_both_words_are_shown(new_page: NewPage) -> None:
    for who, key in ((REVIEWER, "w"), ("Gus", "p")):
        page = new_page()
        open_clause(page, SEARCH, document="small", reviewer=who)
        expect(safeguard(page, "legality")).not_to_have_attribute("data-state", "weak")
        page.keyboard.press("g")
        page.keyboard.press(key)
        saved(page)
    page.goto("/safeguards?doc=small&as=Gus")
    at = cell(page, SEARCH, "legality")
    expect(at).to_have_attribute("data-states", "present")
    page.get_by_text("Everyone, else proposed").click()
    expect(at).to_have_attribute("data-standing", "disputed")
    expect(at).to_have_attribute(
        "aria-label", "art. 1(1), Legality: reviewers differ: weak or present"
    )
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take away").click()
        page.get_by_role("button", name="To print or attach (HTML)").click()
    content = Path(taken.value.path()).read_text(encoding="utf-8")
    assert "Fay: weak" in content
    assert "Gus: present" in content


@pytest.mark.long
@pytest.mark.parametrize("width", [400, 1280, 1920])
def test_the_table_scrolls_in_its_own_frame_at_every_width(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 860}, has_touch=width == 400)
    page.goto(f"/safeguards?doc=small&as={REVIEWER}")
    last = cell(page, SEARCH, "non_discrimination")
    last.click()
    expect(last).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    detail = page.get_by_role("complementary", name="The safeguard at hand")
    expect(detail).to_contain_text("Non-discrimination")
    expect(detail.get_by_role("link", name="Open in Review")).to_be_in_viewport()
    # The number of the clause stays in sight, however far to the side.
    expect(page.locator(f'tr[data-eid="{SEARCH}"] .mx-citation')).to_be_in_viewport()


def test_on_a_phone_a_safeguard_is_decided_with_a_finger(new_page: NewPage, database: Path) -> None:
    page = new_page(viewport={"width": 400, "height": 860}, has_touch=True)
    open_clause(page, SEARCH, document="small", reviewer=REVIEWER)
    page.get_by_role("button", name="Safeguards 11").tap()
    button = safeguard(page, "legality").get_by_role("button", name="Legality: weak")
    expect(button).to_be_in_viewport()
    box = button.bounding_box()
    assert box
    assert box["height"] >= 40
    button.tap()
    saved(page)
    assert stored(database) == {(SEARCH, "legality"): "weak"}
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_a_text_from_right_to_left(page: Page, database: Path) -> None:
    open_clause(page, "art_1", document="rtl", reviewer=REVIEWER)
    expect(page.locator(".guard-words")).to_have_attribute("dir", "rtl")
    page.keyboard.press("g")
    page.keyboard.press("Shift+Enter")
    saved(page)
    assert len(stored(database)) == 11
    page.goto(f"/safeguards?doc=rtl&as={REVIEWER}")
    expect(cell(page, "art_1", "legality")).to_have_attribute("data-standing", "confirmed")
    cell(page, "art_1", "legality").focus()
    page.keyboard.press("ArrowRight")
    expect(cell(page, "art_1", "necessity")).to_be_focused()


def test_a_power_is_rejected_beside_the_clause_and_brought_back(page: Page, database: Path) -> None:
    open_clause(page, ORDER, document="small", reviewer=REVIEWER)
    panel = page.get_by_role("region", name="Safeguards", exact=True)
    panel.get_by_role("button", name="no power here").click()
    expect(panel).to_contain_text("rejected: no power here")
    expect(safeguard(page, "legality")).to_have_count(0)
    saved(page)
    assert rows(database, "select eid, power from power_rejections") == [(ORDER, "compelled_help")]
    panel.get_by_role("button", name="Bring Compelled help").click()
    expect(safeguard(page, "legality")).to_be_visible()
    saved(page)
    assert rows(database, "select eid from power_rejections") == []
