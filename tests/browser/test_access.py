"""axe-core on every page, light and dark: no violation but those of Streamlit itself, listed here.

axe-core (MPL-2.0) comes with axe-playwright-python and is used for tests only.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotator import store as stores
from annotator.model import Annotation, Review, new_id
from tests.browser.conftest import NewPage
from tests.browser.reading import CONVENTION, open_clause, saved

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
AT = "art_28__para_4"

# Rule, what its element's HTML holds, and why it is not ours to mend.
NOT_OURS = (
    (
        "presentation-role-conflict",
        'data-testid="stFileUploaderDropzone"',
        "Streamlit names its drop zone and calls it presentational; the button in it is named too",
    ),
)


@pytest.fixture
def database(database: Path) -> Path:
    """Two people have read a clause of article 28, and differ."""
    with stores.open(database) as store:
        document = store.document(CONVENTION)
        clause = document.clause(AT)
        quote = document.text[clause.body : clause.own_end].split(",")[0]
        others = [store.reviewers()[0], store.add_reviewer("Bo")]
        with store.write("seed") as write:
            for reviewer, polarity in zip(others, ("risk", "safeguard"), strict=True):
                write.put(Review(document.id, AT, reviewer.id, "concern"))
                write.put(
                    Annotation(
                        id=new_id(),
                        document=document.id,
                        eid=AT,
                        start=clause.body,
                        end=clause.body + len(quote),
                        quote=quote,
                        concern="privacy",
                        polarity=polarity,  # type: ignore[arg-type]  # one of the two, as written above
                        reviewer=reviewer.id,
                    )
                )
    return database


@pytest.mark.long
def test_no_page_breaks_a_rule_of_axe_in_light_or_dark(new_page: NewPage) -> None:
    page = new_page(reduced_motion="reduce")
    page.context.add_init_script(AXE)
    found = [line for name in _states(page) for line in _violations(page, name)]
    assert not found, "\n".join(found)


def _states(page: Page) -> Iterator[str]:
    """Bring the page into each state, and name it."""

    def go(path: str) -> None:
        page.goto(f"{path}?as=Reviewer%20A&doc={CONVENTION}&at={AT}")

    main = page.get_by_role("main")
    go("/")
    expect(main.get_by_role("button", name="Continue")).to_be_visible()
    yield "Start"
    page.goto("/?as=Reviewer%20C")
    expect(main.get_by_role("heading", level=1)).to_be_visible()
    yield "Start, who is reading"

    open_clause(page, AT, reviewer="Reviewer A")
    expect(page.get_by_role("region", name="Tour of this page")).to_be_visible()
    yield "Review, the tour offered"
    page.get_by_role("button", name="Take the tour").click()
    yield "Review, the tour"
    page.get_by_role("button", name="Leave the tour").click()
    page.keyboard.press("n")
    yield "Review, a suggestion at hand"
    page.keyboard.press("s")
    page.keyboard.press("1")
    palette = page.get_by_role("dialog", name="Tag the selected words")
    expect(palette).to_be_visible()
    yield "Review, the palette"
    palette.get_by_role("button", name="Leave").click()
    expect(palette).to_be_hidden()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="All keys")
    expect(keys).to_be_visible()
    yield "Review, all keys"
    keys.get_by_role("button", name="Close").click()
    page.set_viewport_size({"width": 400, "height": 800})
    saved(page)
    yield "Review at 400 px"
    page.set_viewport_size({"width": 1280, "height": 900})

    go("/intake")
    page.get_by_role("tab", name="Paste").click()
    yield "Intake"
    go("/safeguards")
    expect(page.get_by_role("grid").first).to_be_visible()
    yield "Safeguards"
    page.goto("/search?q=search&as=Reviewer%20A")
    expect(main.get_by_role("heading", level=1)).to_be_attached()
    yield "Search"
    go("/compare")
    expect(page.get_by_role("region", name="Differences")).to_be_visible()
    yield "Compare"
    page.get_by_role("radio", name="Agreement").click()
    expect(main.get_by_role("table").first).to_be_visible()
    yield "Compare, agreement"
    go("/settle")
    expect(page.get_by_role("list", name="To settle")).to_be_visible()
    yield "Settle"
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "Settle, all keys"
    for name in ("mine", "versions", "export", "codebook", "project"):
        go(f"/{name}")
        expect(main.get_by_role("heading", level=1)).to_be_attached()
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
        yield name.capitalize()


def _violations(page: Page, name: str) -> list[str]:
    """What axe finds, a line each: by all rules in light, by those of colour in dark."""
    lines = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        page.wait_for_function(
            "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme",
            arg=scheme,
        )
        # The page's own style comes with it, a moment after Streamlit's; then what is drawn again
        # is faded for a moment. Neither is what a reader reads.
        page.wait_for_function(
            "() => getComputedStyle(document.querySelector('.stApp'))"
            ".getPropertyValue('--ta-muted') && !document.querySelector('[data-stale=true]')"
        )
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if scheme == "dark":
            options["runOnly"] = {
                "type": "rule",
                "values": ["color-contrast", "link-in-text-block"],
            }
        result = page.evaluate("options => axe.run(document, options)", options)
        for violation in result["violations"]:
            for node in violation["nodes"]:
                if not _is_streamlits(violation["id"], node["html"]):
                    checks = node["any"] + node["all"] + node["none"]
                    lines.append(
                        f"{name}, {scheme}: {violation['id']}: {node['html'][:200]} "
                        f"({checks[0]['message'] if checks else violation['help']})"
                    )
    page.emulate_media(color_scheme="light")
    return lines


def _is_streamlits(rule: str, html: str) -> bool:
    return any(rule == known and part in html for known, part, _ in NOT_OURS)
