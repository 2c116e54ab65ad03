"""The browser tests prove that the app stays on this machine, so their watch must notice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import watch

# What a page does, and the line it must earn.
WRONG = [
    ("console.error('lost')", "on the console: lost"),
    ("setTimeout(() => { throw new Error('lost') })", "an uncaught error: lost"),
    ("new Image().src = 'http://192.0.2.1/a.png'", "http://192.0.2.1/a.png"),
    ("fetch('http://192.0.2.1/b').catch(() => {})", "http://192.0.2.1/b"),
    ("new WebSocket('ws://192.0.2.1/c')", "ws://192.0.2.1/c"),
]


@pytest.mark.parametrize(("script", "line"), WRONG)
def test_what_a_page_does_wrong_is_noticed(browser: Browser, script: str, line: str) -> None:
    with browser.new_context(offline=True) as context:
        wrong = watch(context)
        page = context.new_page()
        page.set_content("<p>Read this.</p>")
        page.evaluate(f"() => {{ {script} }}")
        for _ in range(100):
            if any(line in noticed for noticed in wrong):
                break
            page.wait_for_timeout(20)  # Playwright hands events over only while it waits
    assert any(line in noticed for noticed in wrong)


def test_a_quiet_page_is_not_blamed(browser: Browser) -> None:
    with browser.new_context(offline=True) as context:
        wrong = watch(context)
        page = context.new_page()
        page.set_content("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")
        page.evaluate("async () => { console.warn('slow'); await fetch('data:text/plain,hello') }")
    assert wrong == []
