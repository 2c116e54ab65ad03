"""From starting the server to a first page that can be used, against an empty Streamlit app.

    python tests/bench/start.py [--rounds 7]

Both apps are started in turn, each on a free port with the project's own settings and looked at in
a browser context that remembers nothing. The clock runs from the start of the process until the
page shows its main heading and its first button can be pressed. The database exists already: the
command that makes it is its own step. A round of each goes before, unmeasured.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from measuring import EMPTY, ROOT, heading, ratio, table
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.browser.serving import HOW_TO_GET_A_BROWSER, launch, make_database, serve

APPS = {"empty app": (EMPTY, "Count"), "annotator": (ROOT / "app.py", "Open the text")}
AIM = 1.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    taken: dict[str, list[float]] = {name: [] for name in APPS}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        if browser is None:
            raise SystemExit(HOW_TO_GET_A_BROWSER)
        database = Path(scratch) / "annotations.db"
        make_database(database)
        for number in range(rounds + 1):
            for name, (script, button) in APPS.items():
                seconds = first_page(browser, script, button, database)
                if number:
                    taken[name].append(seconds)
        browser.close()
    heading("start to first usable page", rounds)
    table(taken, unit="s", digits=2)
    ratio("annotator", taken["annotator"], taken["empty app"], AIM)


def first_page(browser: Browser, script: Path, button: str, database: Path) -> float:
    """Seconds from starting the process until the page can be used."""
    with browser.new_context() as context:
        page = context.new_page()
        started = time.perf_counter()
        with serve(script, database.with_suffix(".log"), database=database) as server:
            open_when_there(page, server.url)
            expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=60_000)
            expect(page.get_by_role("button", name=button)).to_be_enabled(timeout=60_000)
            taken = time.perf_counter() - started
            context.close()
    return taken


def open_when_there(page: Page, url: str) -> None:
    """Ask for the page until somebody answers, as an impatient user would."""
    end = time.perf_counter() + 60
    while True:
        try:
            page.goto(url, wait_until="commit")
        except Error:
            if time.perf_counter() > end:
                raise
            time.sleep(0.02)  # nothing says when the port opens
        else:
            return


if __name__ == "__main__":
    main()
