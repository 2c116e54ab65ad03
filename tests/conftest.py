"""What every test shares: workers, rules read once, and property tests that repeat themselves."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from annotator.highlight import Highlighter, Highlighters

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

# More would each start a server and a browser, and wait for one another.
MOST_WORKERS = 4


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Share the whole suite among as many processes as there are processors, a file each at a time.

    What is named on the command line runs in this process, where a debugger and `-s` work; so does
    all of it without pytest-xdist, after `-n 0`, and in a worker.
    """
    option = config.option
    if (
        "PYTEST_XDIST_WORKER" not in os.environ
        and config.args_source is pytest.Config.ArgsSource.TESTPATHS
        and config.pluginmanager.hasplugin("xdist")
        and getattr(option, "numprocesses", 0) is None
        and option.capture != "no"
        and not (option.usepdb or option.collectonly)
    ):
        option.numprocesses = "auto"
        option.maxprocesses = option.maxprocesses or MOST_WORKERS
        option.dist = "loadfile"
        # In the order of their names the browser tests, which take longest, come first.
        option.loadscopereorder = False


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Give `__main__` back: Streamlit's AppTest puts its script there, and a process that another
    test starts would run that script again.
    """
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def highlighters() -> Highlighters:
    """The project's own rules in each language, made once: English takes two seconds."""
    from annotator import highlight

    return highlight.Highlighters()


@pytest.fixture(scope="session")
def highlighter(highlighters: Highlighters) -> Callable[[str], Highlighter]:
    """The highlighter of a language with the project's own rules."""
    return highlighters.of
