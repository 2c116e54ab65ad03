"""Starts what a user starts: `streamlit run` on a free port, and the Chromium to look at it.

The browser tests and the benchmarks both use it, so that they measure and test one thing.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserType

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
CHROMIUM_FLAGS = (
    "--no-sandbox",  # a container's root has no sandbox to use
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOW_TO_GET_A_BROWSER = (
    "no Chromium found: install one (Debian: apt-get install chromium), name one in "
    "ANNOTATOR_CHROMIUM, or run `python -m playwright install chromium`"
)


class ServerError(Exception):
    """The server did not start, or died; the message ends with what it printed."""


@dataclass(frozen=True)
class Server:
    """A running Streamlit server: where it answers, what it keeps, what it prints."""

    url: str
    database: Path | None
    log: Path
    process: subprocess.Popen[bytes]

    def output(self) -> str:
        """Everything the server printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def healthy(self) -> bool:
        """Whether it answers that it is ready; `ServerError` with its output when it has died."""
        if self.process.poll() is not None:
            raise ServerError(f"the server ended with {self.process.returncode}:\n{self.output()}")
        try:
            # A proxy from the environment must not be asked for a server on this machine.
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"{self.url}/_stcore/health", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def wait(self, seconds: float = 60) -> None:
        """Return once it is healthy; `ServerError` with its output after so many seconds."""
        end = time.monotonic() + seconds
        while not self.healthy():
            if time.monotonic() > end:
                raise ServerError(f"the server did not answer in {seconds} s:\n{self.output()}")
            time.sleep(0.05)  # nothing says when it is ready; asked until it answers


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


def environment(database: Path | None = None) -> Mapping[str, str]:
    """This process's environment without the user's Streamlit settings, with the database named."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    kept.pop("ANNOTATOR_DB", None)
    return kept | ({"ANNOTATOR_DB": str(database)} if database else {})


def make_database(path: Path) -> None:
    """Make a database as a user does: `python -m annotator init`."""
    done = subprocess.run(
        [sys.executable, "-m", "annotator", "init"],
        cwd=ROOT,
        env=environment(path),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode != 0 or not path.exists():
        raise ServerError(f"`annotator init` ended with {done.returncode}:\n{done.stderr}")


def lead(link: Path, *, to: Path) -> None:
    """Let the link lead to this file from now on, in one step, so that it always leads to one."""
    fresh = link.with_name(f"{link.name}.next")
    fresh.symlink_to(to)
    fresh.replace(link)


@contextmanager
def serve(
    script: Path, log: Path, *, database: Path | None = None, port: int | None = None
) -> Iterator[Server]:
    """Run the script with the project's own settings, on a free port, and end it by its id.

    The server is not waited for: call `wait`. On leaving, `ServerError` if it has died meanwhile.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(database),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://{HOST}:{port}", database, log, process)
    try:
        yield server
        if process.poll() is not None:
            raise ServerError(f"the server ended with {process.returncode}:\n{server.output()}")
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def find_chromium(own: BrowserType) -> str | None:
    """The path of a Chromium: the one named, one on the machine, or Playwright's own."""
    named = os.environ.get("ANNOTATOR_CHROMIUM")
    if named:
        return named
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return own.executable_path if Path(own.executable_path).exists() else None


def launch(chromium: BrowserType) -> Browser | None:
    """A headless Chromium, or None where the machine has none."""
    path = find_chromium(chromium)
    if path is None:
        return None
    return chromium.launch(headless=True, executable_path=path, args=list(CHROMIUM_FLAGS))
