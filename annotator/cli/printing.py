"""What goes to the terminal: results, words for the person, progress, refusals."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import typer

from annotator import listing
from annotator.errors import AnnotatorError

# From so many texts on it is worth saying how far one is.
_MANY = 50


def print_line(text: str) -> None:
    """A line of results; characters that would steer a terminal are shown as spaces."""
    typer.echo("\n".join(listing.harmless(line) for line in text.split("\n")))


def tell(message: str) -> None:
    """A line for the person, not for a program that reads the results."""
    typer.echo(listing.harmless(message), err=True)


def print_json(value: object) -> None:
    """A line of JSON, UTF-8 whatever the terminal is set to."""
    typer.echo((json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8"), nl=False)


@contextmanager
def progress(
    total: int, what: str
) -> Iterator[tuple[Callable[[], None], Callable[[Callable[[], None]], None]]]:
    """How far a long work is, on stderr: a bar on a terminal, else a line for each tenth of it.

    Gives what to call after each step, and what to hand prints to, which must not break the bar.
    """
    if total > 1 and sys.stderr.isatty():
        waiting: list[Callable[[], None]] = []
        try:
            with typer.progressbar(length=total, label=what, file=sys.stderr) as bar:
                yield lambda: bar.update(1), waiting.append
        finally:
            for line in waiting:
                line()
        return
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if total >= _MANY and done * 10 // total > (done - 1) * 10 // total:
            tell(f"{what}: {done:,} of {total:,}")

    yield step, lambda line: line()


def refuse(wrong: Sequence[AnnotatorError], total: int, outcome: str) -> None:
    """End with the mistakes in texts, if there are any: one as it is, more of them a line each."""
    if not wrong:
        return
    if total == 1:
        raise wrong[0]
    if len(wrong) == 1:
        raise AnnotatorError(f"{wrong[0]} ({outcome})")
    for error in wrong:
        tell(f"wrong: {error}")
    raise AnnotatorError(f"{len(wrong):,} of {total:,} texts cannot be read, {outcome}: see above")
