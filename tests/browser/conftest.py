"""A server, a fresh database a test, and pages that fail their test for what they must not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.serving import (
    HOW_TO_GET_A_BROWSER,
    ROOT,
    Server,
    launch,
    lead,
    make_database,
    serve,
)
from tests.browser.watching import watch

NewPage = Callable[..., Page]

# Two workers and two browsers may share two cores; what is there sooner is not waited for.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `init` leaves it; copy it, never open it."""
    path = tmp_path_factory.mktemp("initialised") / "annotations.db"
    make_database(path)
    return path


@pytest.fixture
def database(initialised: Path, tmp_path: Path) -> Path:
    """This test's own copy of the initialised database."""
    return Path(shutil.copy(initialised, tmp_path / "annotations.db"))


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on a free port, started once: to start costs more than most tests.

    The database it is told is a link that leads to that of the test at hand; see `server`.
    """
    folder = tmp_path_factory.mktemp("server")
    database = folder / "annotations.db"
    with serve(ROOT / "app.py", folder / "server.log", database=database) as server:
        yield server


@pytest.fixture
def server(running: Server, database: Path) -> Iterator[Server]:
    """The app with this test's database; what it prints meanwhile is shown with a failing test."""
    assert running.database is not None
    lead(running.database, to=database)
    running.wait()
    before = len(running.output())
    yield replace(running, database=database)
    printed = running.output()[before:]
    print(printed)
    assert "Traceback (most recent call last)" not in printed, printed


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium. Without one the test is skipped, or fails where one is required."""
    # Not for the session: while Playwright runs, no other test could run an event loop.
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        if browser is None:
            if os.environ.get("ANNOTATOR_BROWSER_REQUIRED") == "1":
                pytest.fail(HOW_TO_GET_A_BROWSER, pytrace=False)
            pytest.skip(HOW_TO_GET_A_BROWSER)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser, server: Server, tmp_path: Path) -> Iterator[NewPage]:
    """Opens a page with nothing remembered, at the first page of the app.

    Options are those of Playwright's `new_context`, such as `viewport` and `color_scheme`. The test
    fails for an error on the console, an exception nobody caught, and a request to another machine.
    """
    watched: list[tuple[BrowserContext, list[str]]] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(
            **{
                "base_url": server.url,
                "viewport": {"width": 1280, "height": 900},
                "locale": "en-GB",
                **options,
            }
        )
        watched.append((context, watch(context)))
        page = context.new_page()
        page.goto("/")
        return page

    yield open_page

    for number, page in enumerate(page for context, _ in watched for page in context.pages):
        picture = tmp_path / f"last-seen-{number}.png"
        with suppress(PlaywrightError):  # a crashed page has no picture, and says so below
            page.screenshot(path=picture)
            print(f"last seen: {picture}")
    for context, _ in watched:
        context.close()
    wrong = [line for _, lines in watched for line in lines]
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One page, 1280 by 900 pixels, at the first page of the app."""
    return new_page()
