"""Three reviewers, twelve clauses: what they differ over is settled, and goes into the file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotator import settle
from annotator import store as stores
from annotator.model import Annotation, Review, new_id
from tests.browser.reading import CONVENTION
from tests.browser.serving import Server

# Words from the beginning of a clause, label and polarity, as Ana, Bo and Mei each have them.
P, F = ("privacy", "risk"), ("press_freedom", "risk")
SAFE = ("privacy", "safeguard")
DIFFER = (
    ((4, P), (4, P), (4, P)),  # all agree
    ((4, P), (4, P), None),  # a majority
    ((4, P), None, None),  # a majority that nothing is to be marked
    ((4, P), (4, SAFE), None),  # risk or safeguard
    ((4, P), (4, F), None),  # the concern
    ((4, P), (6, P), (8, P)),  # the ends
    ((4, P, "high"), (4, P, "low"), None),  # the severity
    ((4, P), (6, F), (8, SAFE)),  # everything
    (None, None, None),  # no concern
    ((4, P), (4, P), (4, F)),  # a majority against a label
    ((5, P), (3, F), None),
    ((3, P), (5, P), None),
)


@pytest.fixture
def database(database: Path) -> Path:
    with stores.open(database) as store:
        document = store.document(CONVENTION)
        clauses = [one for one in document.reviewable() if one.article == "28"]
        clauses += [one for one in document.reviewable() if one.article in ("29", "30")]
        values: list[Annotation | Review] = []
        people = [store.add_reviewer(name).id for name in ("Ana", "Bo", "Mei")]
        for clause, views in zip(clauses, DIFFER, strict=False):
            own = document.text[clause.body : clause.own_end]
            for who, view in zip(people, views, strict=True):
                values.append(Review(document.id, clause.eid, who, "concern"))
                if view is None:
                    continue
                count, (concern, polarity), *severity = view
                quote = " ".join(own.split(" ")[:count])
                values.append(
                    Annotation(
                        id=new_id(),
                        document=document.id,
                        eid=clause.eid,
                        start=clause.body,
                        end=clause.body + len(quote),
                        quote=quote,
                        concern=concern,
                        polarity=polarity,
                        reviewer=who,
                        severity=severity[0] if severity else None,
                    )
                )
        with store.write("seed") as write:
            for value in values:
                write.put(value)
    return database


def states(server: Server) -> list[str]:
    """How each clause that somebody has read stands, in text order."""
    assert server.database is not None
    with stores.open(server.database) as store:
        found = settle.bench(store, store.document(CONVENTION), None)
        return [one.provenance for one in found.clauses if one.readers]


def test_what_three_differ_over_is_settled_by_key_and_goes_into_the_file(
    page: Page, server: Server, tmp_path: Path
) -> None:
    assert sorted(states(server)) == sorted(["unanimous"] * 2 + ["majority"] * 3 + ["open"] * 7)
    page.goto(f"/settle?as=Ana&doc={CONVENTION}")
    entries = page.get_by_role("list", name="To settle").get_by_role("button")
    expect(entries).to_have_count(10, timeout=20_000)  # the first load on a busy machine
    heading = page.locator(".stl-citation")
    left = page.locator(".stl-title .aside")
    first = entries.first.locator(".stl-cited").inner_text()
    expect(heading).to_have_text(first)

    # Nothing is decided without a reason; a majority is taken as it is with one.
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Say why")).to_be_visible()
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(left).to_have_text("9 wait")
    expect(heading).not_to_have_text(first)
    # Slip stays chosen. This majority says that nothing is to be marked.
    page.keyboard.press("Enter")
    expect(left).to_have_text("8 wait")

    # They disagree, and both views are published; then one view, in words.
    page.keyboard.press("d")
    page.keyboard.press("l")
    page.keyboard.press("Enter")
    expect(left).to_have_text("7 wait")
    page.keyboard.press("2")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.keyboard.type("Say whose data.")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(left).to_have_text("6 wait")

    # All the words of the ends, then only those they share; the words are shown before.
    page.keyboard.press("1")
    page.keyboard.press("u")
    draft = page.locator(".stl-draft q")
    longest = draft.inner_text()
    page.keyboard.press("i")
    expect(draft).not_to_have_text(longest)
    page.keyboard.press("u")
    expect(draft).to_have_text(longest)
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(left).to_have_text("5 wait")
    page.keyboard.press("0")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(left).to_have_text("4 wait")

    # The label of one view on words moved by a word, by mouse and by key.
    page.keyboard.press("1")
    page.keyboard.press("Shift+2")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Slip").click()
    page.get_by_role("button", name="Settle", exact=False).last.click()
    expect(left).to_have_text("3 wait")
    # Once a filter was chosen by mouse the list is made anew, and keys are the page's at once: what
    # is taken back stands in a clause that the browser has not read yet, and comes again.
    mixed = entries.nth(8).get_attribute("data-key")
    alone = page.get_by_role("checkbox", name=re.compile("Read by one"))
    for ticked in (True, False):
        page.get_by_text("Read by one").click()
        expect(alone).to_be_checked(checked=ticked)
    page.keyboard.press("z")
    expect(left).to_have_text("4 wait")
    page.keyboard.press("y")
    expect(left).to_have_text("3 wait")

    # A word about a clause, for the others.
    page.keyboard.press("m")
    page.keyboard.type("Is this a power?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("group", name="Begun by Ana")).to_contain_text("Is this a power?")
    page.keyboard.press("Escape")
    expect(page.locator(".saved")).to_have_attribute("data-pending", "0")

    # What most say is seen, and accepted together; what is left, one after the other.
    page.get_by_role("button", name="Accept 1 majority view").click()
    dialog = page.get_by_role("dialog", name="Accept what most say")
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(left).to_have_text("2 wait")
    page.locator(f"[data-key='{mixed}']").click()
    # The words of one with the label of another.
    for keys, text in (("1 Shift+2 s Enter", "1 waits"), ("1 s Enter", "0 wait")):
        for key in keys.split():
            page.keyboard.press(key)
        expect(left).to_have_text(text)
    expect(page.locator(".saved")).to_have_attribute("data-pending", "0")
    # The filters count what is stored now, not what was when the page was opened.
    expect(page.get_by_role("checkbox", name="Decided (10)")).to_be_attached()
    assert sorted(set(states(server))) == ["adjudicated", "unanimous"]

    assert server.database is not None
    with stores.open(server.database) as store:
        rows = store.adjudications()
        assert len(rows) == 10
        assert {row.outcome for row in rows} >= {"accept", "merge", "change", "none", "disagree"}
        assert {row.note for row in rows} == {"", "Say whose data."}
        assert len(store.annotations()) == sum(v is not None for views in DIFFER for v in views)
        assert store.verify() == []
        told = exported(store, tmp_path)
    assert [line["outcome"] for line in told["adjudication"]] == [row.outcome for row in rows]
    assert {line["provenance"] for line in told["settled"]} >= {"adjudicated", "unanimous"}


def exported(store: stores.Store, folder: Path) -> dict[str, list[dict[str, str]]]:
    """The lines of our own format by their type."""
    from annotator import export

    path = folder / "settled.jsonl"
    export.write(store, "jsonl", path)
    found: dict[str, list[dict[str, str]]] = {}
    for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        found.setdefault(line["type"], []).append(line)
    return found
