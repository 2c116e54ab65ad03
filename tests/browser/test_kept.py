"""Nothing tagged is lost and nothing stored twice: restarts, reloads, windows, lost connections."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from annotator import intake, store
from annotator.model import Annotation, Suggestion, new_id, stable_id
from tests.browser.conftest import NewPage
from tests.browser.reading import clause, marks, open_clause, rows, saved
from tests.browser.serving import HOST, ROOT, free_port, serve

EID = "art_28__para_4"
SAVING = '[data-mark-id][data-state="saving"]'
TAGS = "select count(*), count(distinct id) from annotations"


def tag(page: Page, times: int = 1) -> None:
    """Tag the sentence at hand so many times, as fast as keys go down."""
    for _ in range(times):
        for key in ("s", "1", "Enter"):
            page.keyboard.press(key)


def cut(page: Page) -> None:
    """From now on no decision finds a way; the page's own files still come."""
    page.route("**/annotator/decide", lambda route: route.abort())
    page.evaluate("window[Symbol.for('treaty-annotator.desk')].outbox.send = () => null")


@pytest.mark.long
def test_a_burst_of_tags_outlives_the_server(
    browser: Browser, database: Path, tmp_path: Path
) -> None:
    port = free_port()
    page = browser.new_context(base_url=f"http://{HOST}:{port}").new_page()
    with serve(ROOT / "app.py", tmp_path / "first.log", database=database, port=port) as first:
        first.wait()
        open_clause(page, EID, reviewer="Reviewer A")
        tag(page, 4)
    tag(page, 4)
    status = page.locator(".saved")
    expect(status).to_contain_text("not saved")
    expect(page.get_by_role("alert").filter(has_text="sent by itself")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)  # Streamlit's own stands in nobody's way
    with serve(ROOT / "app.py", tmp_path / "second.log", database=database, port=port) as second:
        second.wait()
        saved(page)
        tag(page)
        saved(page)
        expect(page.locator(SAVING)).to_have_count(0)
    assert rows(database, TAGS) == [(9, 9)]
    assert rows(database, "select count(*) from history where action = 'tag'") == [(9,)]
    page.context.close()


def test_a_reload_in_a_burst_of_tags_loses_none(page: Page, database: Path) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_clause(page, EID, reviewer="Reviewer A")
    tag(page, 5)
    page.reload()
    expect(marks(page)).to_have_count(5)
    cut(page)
    tag(page, 3)
    page.unroute("**/annotator/decide")
    page.reload()
    assert "beforeunload" in asked  # whoever leaves with unsent work is warned
    expect(marks(page)).to_have_count(8)
    saved(page)
    assert rows(database, TAGS) == [(8, 8)]


def test_two_windows_of_one_reader_show_the_same_and_undo_nothing_unseen(
    page: Page, database: Path
) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    other = page.context.new_page()
    open_clause(other, EID, reviewer="Reviewer A")
    tag(page)
    expect(marks(other)).to_have_count(1)
    saved(page)
    # The first window is asleep and misses what the second does.
    page.evaluate("window[Symbol.for('treaty-annotator.desk')].windows.look = () => null")
    tag(other)
    saved(other)
    page.keyboard.press("z")
    expect(page.get_by_text("in another window")).to_be_visible()
    saved(page)
    expect(marks(page)).to_have_count(2)
    assert rows(database, TAGS) == [(2, 2)]
    page.keyboard.press("z")
    expect(marks(page)).to_have_count(1)
    expect(marks(other)).to_have_count(1)


def test_without_a_network_tags_wait_and_go_by_themselves(page: Page, database: Path) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    page.context.set_offline(True)
    tag(page, 3)
    expect(page.locator(".saved")).to_contain_text("3 not saved")
    page.context.set_offline(False)
    saved(page)
    assert rows(database, TAGS) == [(3, 3)]


def test_a_closed_lid_keeps_what_was_not_sent(page: Page, database: Path) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    page.context.set_offline(True)
    tag(page, 2)
    expect(marks(page)).to_have_count(2)
    lid = page.context.new_cdp_session(page)
    lid.send("Page.setWebLifecycleState", {"state": "frozen"})
    page.context.set_offline(False)
    lid.send("Page.setWebLifecycleState", {"state": "active"})
    saved(page)
    assert rows(database, TAGS) == [(2, 2)]


@pytest.mark.long
def test_where_the_browser_keeps_nothing_it_says_so_and_works(
    new_page: NewPage, database: Path
) -> None:
    page = new_page()
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); }"
    )
    open_clause(page, EID, reviewer="Reviewer A")
    expect(page.get_by_text("keeps nothing for later")).to_be_visible()
    tag(page)
    saved(page)
    cut(page)
    tag(page)
    expect(page.get_by_role("alert").filter(has_text="leave this page open")).to_be_visible()
    page.unroute("**/annotator/decide")
    page.get_by_role("button", name="Try again").click()
    saved(page)
    assert rows(database, TAGS) == [(2, 2)]


def test_a_database_that_is_busy_is_waited_for(page: Page, database: Path) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    with closing(sqlite3.connect(database, isolation_level=None)) as someone:
        someone.execute("begin immediate")
        tag(page, 2)
        expect(page.locator(".saved")).to_contain_text("Saving")
        expect(page.locator(SAVING)).to_have_count(2)
        someone.execute("rollback")
    saved(page)
    assert rows(database, TAGS) == [(2, 2)]


def test_what_both_roads_bring_is_stored_once(page: Page, database: Path) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    page.evaluate(
        """() => {
        const { outbox } = window[Symbol.for('treaty-annotator.desk')];
        const pass = outbox.pass.bind(outbox);
        outbox.pass = (events) => { outbox.send(events); return pass(events); };
    }"""
    )
    tag(page, 5)
    saved(page)
    expect(marks(page)).to_have_count(5)
    assert rows(database, TAGS) == [(5, 5)]


@pytest.mark.long
def test_an_article_of_a_hundred_thousand_characters_with_two_thousand_marks_is_worked_on(
    new_page: NewPage, database: Path
) -> None:
    page = new_page()
    slug, eid = crowded(database)
    open_clause(page, eid, reviewer="Reviewer A", document=slug)
    frames = page.evaluate(
        """async () => {
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        const { scroll } = window[Symbol.for('treaty-annotator.desk')];
        const times = [];
        for (let at = 0; at < 120; at += 1) {
            const before = performance.now();
            scroll.scrollTop += 300;
            await frame();
            times.push(performance.now() - before);
        }
        return times.sort((a, b) => a - b);
    }"""
    )
    print(f"frames while scrolling: median {frames[60]:.0f} ms, longest {frames[-1]:.0f} ms")
    tag(page, 3)
    saved(page)
    for key in ("j", "n", "a", "x"):
        page.keyboard.press(key)
    saved(page)
    assert rows(database, TAGS)[0][0] >= 1003
    expect(clause(page, eid)).to_be_attached()


def annotation(document: str, eid: str, start: int, quote: str, reviewer: str) -> Annotation:
    return Annotation(
        id=new_id(),
        document=document,
        eid=eid,
        start=start,
        end=start + len(quote),
        quote=quote,
        concern="privacy",
        polarity="risk",
        reviewer=reviewer,
    )


def crowded(database: Path) -> tuple[str, str]:
    """A treaty with one article of 100,000 characters, a thousand tags and as many suggestions."""
    sentence = "The authority may order any provider to hand over the data it holds, number {}. "
    points = "\n\n".join(
        f"{n}. " + "".join(sentence.format(f"{n}.{m}") for m in range(25)) for n in range(1, 51)
    )
    text = f"# Crowded\n\n## Chapter I. Powers\n\n### Article 1. All of it\n\n{points}\n"
    treaty = intake.parse(text, kind="treaty", language="en", title="Crowded", form="markdown")
    clauses = [one for one in treaty.reviewable() if one.eid.startswith("art_1__")]
    places = [
        (one, one.body + at)
        for one in clauses
        for at in range(0, one.own_end - one.body - 60, 48)
    ]  # fmt: skip
    assert len(treaty.text) > 100_000
    with store.open(database) as db:
        db.add_document(treaty)
        db.set_suggestions(
            treaty.id,
            "crowd",
            [
                Suggestion(
                    id=stable_id("suggestion", treaty.id, str(start)),
                    document=treaty.id,
                    eid=one.eid,
                    start=start,
                    end=start + 22,
                    quote=treaty.text[start : start + 22],
                    concern="press_freedom",
                    polarity="risk",
                    rule="crowd.rule",
                    score=0.6,
                    reason="a rule of this test",
                    standard="",
                )
                for one, start in places[1::2][:1000]
            ],
        )
        reader = db.reviewer("Reviewer A").id
        with db.write("load", reviewer=reader, document=treaty.id) as write:
            for one, start in places[::2][:1000]:
                write.insert(
                    annotation(treaty.id, one.eid, start, treaty.text[start : start + 30], reader)
                )
    return treaty.slug, clauses[0].eid
