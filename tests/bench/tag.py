"""From a key press to a stored tag shown as stored, against an empty Streamlit app's button.

    python tests/bench/tag.py [--rounds 40]

A document of 60,000 characters is tagged in a real browser, twice over: as a treaty, which shows an
article at a time, and as one news text, which shows all of it at once. In each round Enter presses
the empty app's button and then, in either text, stores a sentence as a privacy risk. The clock of
the page runs from the key press until

    drawn       the tag is in the list beside the text, marked as being saved
    truth back  the list says that it is saved: the server has read it back from the database

and the row is counted as committed when another connection sees it in the database. The empty app's
truth is its counter going up. All three run the project's own settings in the same browser, so that
none is held up by a forced garbage collection, and each page is at rest when its key goes down. A
tag is taken back (Z) before the next round; five rounds go before, unmeasured.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from measuring import EMPTY, ROOT, heading, ratio, table
from playwright.sync_api import Browser, Page, expect, sync_playwright

from annotator import store
from tests.browser.serving import (
    HOW_TO_GET_A_BROWSER,
    environment,
    launch,
    make_database,
    serve,
)

SCRIPT = Path(__file__).with_name("tag.js").read_text(encoding="utf-8")
TREATY = ROOT / "corpus" / "treaties" / "un-cybercrime-convention.md"
LENGTH = 60_000
AIM = 2.0
WARM_UP = 5
# Nobody's finger is so quick that the page still draws what the key before did.
AT_REST = "() => new Promise(done => setTimeout(() => requestAnimationFrame(() => done()), 60))"
CLAUSE = {"treaty": "art_17__para_1", "news": "para_40"}


@dataclass(frozen=True)
class Round:
    """Milliseconds after the key press."""

    stored: float
    drawn: float = 0.0
    committed: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    taken: dict[str, list[Round]] = {"empty": [], "treaty": [], "news": []}
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        browser = launch(playwright.chromium)
        if browser is None:
            raise SystemExit(HOW_TO_GET_A_BROWSER)
        database = prepared(scratch)
        app = stack.enter_context(serve(ROOT / "app.py", scratch / "app.log", database=database))
        floor = stack.enter_context(serve(EMPTY, scratch / "empty.log"))
        app.wait()
        floor.wait()
        pages = {"empty": opened(browser, floor.url)} | {
            kind: opened(browser, f"{app.url}/review?doc=bench-{kind}&as=Bench&at={eid}")
            for kind, eid in CLAUSE.items()
        }
        for number in range(rounds + WARM_UP):
            for name, page in pages.items():
                page.bring_to_front()
                done = count(page, number) if name == "empty" else tag(page, database)
                if number >= WARM_UP:
                    taken[name].append(done)
        browser.close()
    report(taken, rounds)


def report(taken: dict[str, list[Round]], rounds: int) -> None:
    """Print medians and ratios."""
    floor = [one.stored for one in taken["empty"]]
    rows = {"empty app's button": floor}
    for kind, what in (("treaty", "an article at a time"), ("news", "whole text at once")):
        rows |= {
            f"{what}: drawn": [one.drawn for one in taken[kind]],
            f"{what}: row committed": [one.committed for one in taken[kind]],
            f"{what}: truth back": [one.stored for one in taken[kind]],
        }
    heading(f"key press to stored tag, {LENGTH:,} characters", rounds)
    table(rows)
    ratio("truth back, an article at a time", [r.stored for r in taken["treaty"]], floor, AIM)
    ratio("truth back, whole text at once", [r.stored for r in taken["news"]], floor, AIM)


def prepared(scratch: Path) -> Path:
    """A database with the two long texts, highlighted, and someone to read them."""
    database = scratch / "annotations.db"
    make_database(database)
    for kind, text in (("treaty", long_treaty()), ("news", long_news())):
        path = scratch / f"bench-{kind}.md"
        path.write_text(text, encoding="utf-8")
        for command in (["intake", str(path), "--kind", kind], ["highlight", f"bench-{kind}"]):
            subprocess.run(
                [sys.executable, "-m", "annotator", *command],
                cwd=ROOT,
                env=environment(database),
                stdout=subprocess.DEVNULL,
                check=True,
            )
    with store.open(database) as db:
        db.add_reviewer("Bench")
    return database


def blocks() -> Iterator[str]:
    """The blocks of the corpus's treaty after its title, up to 60,000 characters together."""
    body = TREATY.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    left = LENGTH
    for block in body.split("\n\n"):
        words = block.strip()
        if not words or words.startswith("# "):
            continue
        yield words[:left]
        left -= len(words) + 2
        if left <= 0:
            return


def front_matter(kind: str) -> str:
    return f"---\ntitle: Bench {kind}\nslug: bench-{kind}\nkind: {kind}\nlanguage: en\n---\n\n"


def long_treaty() -> str:
    return front_matter("treaty") + "# Bench treaty\n\n" + "\n\n".join(blocks()) + "\n"


def long_news() -> str:
    words = [block for block in blocks() if not block.startswith("#")]
    while sum(map(len, words)) + 2 * len(words) < LENGTH:
        words.append(words[len(words) // 2])
    return front_matter("news") + "\n\n".join(words) + "\n"


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(SCRIPT)
    page.goto(address)
    expect(page.locator("[data-eid], button:has-text('Count')").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def count(page: Page, number: int) -> Round:
    page.get_by_role("button", name="Count").focus()
    page.evaluate("words => bench.count(words)", f"counted {number + 1}")
    page.evaluate(AT_REST)
    page.keyboard.press("Enter")
    page.wait_for_function("() => bench.stored !== null", polling=50)
    return Round(page.evaluate("() => bench.stored - bench.pressed.at"))


def tag(page: Page, database: Path) -> Round:
    """Tag the sentence at hand, wait until it is known to be stored, and take it back."""
    page.keyboard.press("s")
    page.keyboard.press("1")
    page.evaluate("() => bench.mark()")
    before = page.evaluate("() => bench.marks()")
    with watched(database) as commit:
        page.evaluate(AT_REST)
        page.keyboard.press("Enter")
        page.wait_for_function("() => bench.stored !== null", polling=50)
    times = page.evaluate(
        "() => [bench.stored - bench.pressed.at, bench.drawn - bench.pressed.at,"
        " bench.pressed.clock]"
    )
    page.keyboard.press("z")
    page.wait_for_function("n => bench.marks() === n", arg=before, polling=50)
    return Round(stored=times[0], drawn=times[1], committed=commit[0] * 1000 - times[2])


@contextmanager
def watched(database: Path) -> Iterator[list[float]]:
    """Notes the time (seconds since 1970) of the first commit by another connection."""
    seen: list[float] = []
    ready, leave = threading.Event(), threading.Event()

    def look() -> None:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            version = connection.execute("pragma data_version").fetchone()
            ready.set()
            while not leave.is_set():
                if connection.execute("pragma data_version").fetchone() != version:
                    seen.append(time.time())
                    return
                time.sleep(0.0005)  # SQLite tells no other connection of a commit

    thread = threading.Thread(target=look)
    thread.start()
    ready.wait()
    try:
        yield seen
    finally:
        leave.set()
        thread.join()


if __name__ == "__main__":
    main()
