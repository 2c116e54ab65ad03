"""Notes what a page must never do, so that every browser test fails for it."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.browser.serving import HOST

# The others (blob:, data:, about:) name no machine.
_NAMES_A_MACHINE = {"http", "https", "ws", "wss"}


def watch(context: BrowserContext) -> list[str]:
    """A list that grows by a line for each thing that the context's pages do wrong.

    Wrong are an error on the console, an exception that nobody caught, a crash, and a request to
    any machine but this one: the app works without a network, and tells nobody who reads what.
    """
    wrong: list[str] = []

    def asked(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in _NAMES_A_MACHINE and parts.hostname != HOST:
            wrong.append(f"a request to another machine: {address}")

    def opened(page: Page) -> None:
        page.on("websocket", lambda socket: asked(socket.url))
        page.on("crash", lambda _: wrong.append("the page crashed"))

    context.on("page", opened)
    context.on("request", lambda request: asked(request.url))
    context.on("weberror", lambda error: wrong.append(f"an uncaught error: {error.error}"))

    def told(message: ConsoleMessage) -> None:
        if message.type == "error" and not (
            _looks_for_the_server(message) or _found_nobody_in(message)
        ):
            wrong.append(f"on the console: {message.text}")

    context.on("console", told)
    return wrong


def _looks_for_the_server(message: ConsoleMessage) -> bool:
    """Whether Streamlit asked below a page's own address first, which it does on every reload.

    It then asks at the root, and is answered; the browser reports the first answer all the same.
    """
    asked = urlsplit(message.location.get("url", "")).path
    return asked.count("/") > 2 and asked.endswith(("/_stcore/health", "/_stcore/host-config"))


def _found_nobody_in(message: ConsoleMessage) -> bool:
    """Whether a decision found no server, which happens only where a test has cut it off.

    The browser reports it whatever the page does about it; the page sends the decision again.
    """
    asked = urlsplit(message.location.get("url", "")).path
    cut_off = "net::ERR_INTERNET_DISCONNECTED" in message.text
    return cut_off or (asked.startswith("/annotator/") and "net::ERR_" in message.text)
