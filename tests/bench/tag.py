"""From a key press to what it does, against an empty Streamlit app's button.

    python tests/bench/tag.py [--rounds 30]

Four texts are worked on in a real browser: one of a hundred clauses, alone in its database and
among a hundred thousand others; a treaty of 60,000 characters, which shows an article at a time;
and a news text as long, which shows all of it at once. In each round the empty app's button is
pressed, and in each text a sentence is tagged as a privacy risk; then, in those that have them, the
next clause and the next article are asked for. The clock runs from the key press until

    drawn         the tag is in the list beside the text, marked as being saved
    painted       the frame that shows it has been handed to the screen
    committed     another connection sees the row in the database
    truth back    the list says that it is saved: the server has read it back from the database
    next clause, next article      it is the one at hand, its words on the page

The empty app's truth is its counter going up. All run the project's own settings in the same
browser, so that none is held up by a forced garbage collection, and each page is at rest when its
key goes down. A tag is taken back (Z) and an article left before the next round; five rounds go
before, unmeasured. It takes some four minutes.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import crowd
from measuring import EMPTY, ROOT, heading, ratio, table, verdict
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.serving import (
    HOW_TO_GET_A_BROWSER,
    environment,
    launch,
    serve,
)

SCRIPT = Path(__file__).with_name("tag.js").read_text(encoding="utf-8")
TREATY = ROOT / "corpus" / "treaties" / "un-cybercrime-convention.md"
LENGTH = 60_000
WARM_UP = 5
TWO_FRAMES = 2000 / 60
# Nobody's finger is so quick that the page still draws what the key before did.
AT_REST = "() => new Promise(done => setTimeout(() => requestAnimationFrame(() => done()), 60))"


@dataclass(frozen=True)
class Text:
    """What is worked on: in the crowded database or the small one, from which clause."""

    what: str
    slug: str
    eid: str
    crowded: bool
    walked: bool = True


TEXTS = {
    "few": Text("among 100 clauses", crowd.HUNDRED, "art_5__para_1", crowded=False),
    "many": Text("among 100,000 clauses", crowd.HUNDRED, "art_5__para_1", crowded=True),
    "treaty": Text("60,000 characters by article", "bench-treaty", "art_17__para_1", crowded=True),
    "news": Text("60,000 characters at once", "bench-news", "para_40", crowded=True, walked=False),
}


@dataclass(frozen=True)
class Round:
    """Milliseconds after the key press."""

    stored: float
    drawn: float = 0.0
    painted: float = 0.0
    committed: float = 0.0
    clause: float = 0.0
    article: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    taken: dict[str, list[Round]] = {name: [] for name in ("empty", *TEXTS)}
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        browser = launch(playwright.chromium)
        if browser is None:
            raise SystemExit(HOW_TO_GET_A_BROWSER)
        databases = {crowded: prepared(scratch, crowded=crowded) for crowded in (False, True)}
        floor = stack.enter_context(serve(EMPTY, scratch / "empty.log"))
        apps = {
            crowded: stack.enter_context(
                serve(ROOT / "app.py", scratch / f"app-{crowded}.log", database=database)
            )
            for crowded, database in databases.items()
        }
        for server in (floor, *apps.values()):
            server.wait()
        button = opened(browser, floor.url)
        pages = {
            name: opened(
                browser,
                f"{apps[text.crowded].url}/review?doc={text.slug}&as={crowd.READER}&at={text.eid}",
            )
            for name, text in TEXTS.items()
        }
        for number in range(rounds + WARM_UP):
            button.bring_to_front()
            done = {"empty": count(button, number)}
            for name, page in pages.items():
                page.bring_to_front()
                done[name] = work(page, TEXTS[name], databases[TEXTS[name].crowded])
            if number >= WARM_UP:
                for name, one in done.items():
                    taken[name].append(one)
        browser.close()
    report(taken, rounds)


def report(taken: dict[str, list[Round]], rounds: int) -> None:
    """Print medians, and how they stand to the aims."""
    floor = [one.stored for one in taken["empty"]]
    rows = {"empty app's button": floor}
    for name, text in TEXTS.items():
        steps = ["drawn", "painted", "committed", "stored", *(["clause", "article"] * text.walked)]
        for step in steps:
            rows[f"{text.what}: {_CALLED[step]}"] = values(taken, name, step)
    heading("key press to what it does", rounds)
    table(rows, digits=1)
    print()
    for name, text in TEXTS.items():
        painted = statistics.median(values(taken, name, "painted"))
        print(
            f"{text.what}: painted {painted:.0f} ms "
            f"(aim: two frames, {TWO_FRAMES:.0f}; {verdict(painted, TWO_FRAMES)})"
        )
        ratio(f"{text.what}: committed", values(taken, name, "committed"), floor, 1.0)
        ratio(f"{text.what}: truth back", values(taken, name, "stored"), floor, 1.5)
        if text.walked:
            ratio(f"{text.what}: next clause", values(taken, name, "clause"), floor, 2.0)
            ratio(f"{text.what}: next article", values(taken, name, "article"), floor, 2.0)
    for step, called in _CALLED.items():
        few, many = (statistics.median(values(taken, name, step)) for name in ("few", "many"))
        print(
            f"100,000 clauses against 100: {called} {many / few:.2f} x "
            f"(aim: at most 1.2; {verdict(many / few, 1.2)})"
        )


_CALLED = {
    "drawn": "drawn",
    "painted": "painted",
    "committed": "committed",
    "stored": "truth back",
    "clause": "next clause",
    "article": "next article",
}


def values(taken: dict[str, list[Round]], name: str, step: str) -> list[float]:
    return [float(getattr(one, step)) for one in taken[name]]


def prepared(scratch: Path, *, crowded: bool) -> Path:
    """A database with the text of a hundred clauses; where crowded, with all the others."""
    database = scratch / f"{crowded}.db"
    crowd.fill(database, crowded=crowded)
    if crowded:
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
    expect(page.locator("[data-eid], button:has-text('Count')").first).to_be_visible(timeout=60_000)
    page.wait_for_load_state("networkidle")
    return page


def count(page: Page, number: int) -> Round:
    page.get_by_role("button", name="Count").focus()
    page.evaluate("words => bench.count(words)", f"counted {number + 1}")
    page.evaluate(AT_REST)
    page.keyboard.press("Enter")
    page.wait_for_function("() => bench.stored !== null", polling=50)
    return Round(page.evaluate("() => bench.stored - bench.pressed.at"))


def work(page: Page, text: Text, database: Path) -> Round:
    """Tag a sentence, then go on; come back to where it began."""
    done = tag(page, database)
    if text.walked:
        clause, article = step(page, "j"), step(page, "]")
        step(page, "[")
        while page.evaluate("() => bench.here()") != text.eid:
            step(page, "j")
        done = replace(done, clause=clause, article=article)
    return done


def step(page: Page, key: str) -> float:
    """Milliseconds until another clause is at hand."""
    page.wait_for_function("() => bench.rests()", polling=50)
    page.evaluate("() => bench.place()")
    page.evaluate(AT_REST)
    page.keyboard.press(key)
    page.wait_for_function("() => bench.stored !== null", polling=50)
    return float(page.evaluate("() => bench.stored - bench.pressed.at"))


def tag(page: Page, database: Path) -> Round:
    """Tag the sentence at hand, wait until it is known to be stored, and take it back."""
    page.wait_for_function("() => bench.rests()", polling=50)
    page.keyboard.press("s")
    page.keyboard.press("1")
    page.evaluate("() => bench.mark()")
    before = page.evaluate("() => bench.marks()")
    with watched(database) as commit:
        page.evaluate(AT_REST)
        page.keyboard.press("Enter")
        page.wait_for_function("() => bench.stored !== null && bench.painted !== null", polling=50)
    times = page.evaluate(
        "() => [bench.stored, bench.drawn, bench.painted].map(at => at - bench.pressed.at)"
    )
    clock = page.evaluate("() => bench.pressed.clock")
    page.keyboard.press("z")
    page.wait_for_function("n => bench.marks() === n", arg=before, polling=50)
    return Round(*times, committed=commit[0] * 1000 - clock)


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
