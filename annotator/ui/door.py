"""The door that decisions come in by: one request, answered with what is stored then.

A trigger of a component runs the page anew, on the server and through the whole of Streamlit in the
browser: several times what storing a tag and reading it back takes. And of triggers that follow
each other quickly some are lost. So the review view sends its decisions here. Where there is no
door (a server that serves the pages in another way), or it does not answer, triggers carry them.
"""

from __future__ import annotations

import functools
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from annotator import review
from annotator import store as stores
from annotator.errors import AnnotatorError
from annotator.ui import adjudicating, asking, desk, queueing, session
from annotator.ui.answers import answer
from annotator.ui.words import language, refusal, speaking

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from annotator.store import Store

LARGEST = 10_000_000
_RANDOM = secrets.token_urlsafe(24)
_served: list[str] = []


def routes() -> list[BaseRoute]:
    """The routes, for the server to serve; from then on `address` tells pages of them.

    What is only asked comes by one of its own, so that who looks on sees when something is decided.
    """
    from starlette.routing import Route

    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    folder = f"/{base}/annotator" if base else "/annotator"
    _served[:] = [f"{folder}/decide", f"{folder}/look"]
    return [Route(path, _knocked, methods=["POST"]) for path in _served]


def address() -> dict[str, str] | None:
    """Where to send decisions and where to look, in the language of the page, and the key."""
    if not _served:
        return None
    spoken = language()
    path, look = (one if spoken == "en" else f"{one}?lang={spoken}" for one in _served)
    return {"path": path, "look": look, "key": _key(session.database())}


def _key(database: Path) -> str:
    """Told to those who were served a page; a page from elsewhere cannot read it, nor knock.

    It is made of what the database alone holds, so that a page which was open before the server was
    started anew is let in at once, and what waits in it is stored.
    """
    try:
        founding = _founding(database)
    except AnnotatorError:
        founding = ""  # whoever knocks is told so, when it is opened for what they bring
    return hashlib.sha256(f"door of {founding}".encode()).hexdigest() if founding else _RANDOM


@functools.cache
def _founding(database: Path) -> str:
    with stores.open(database, create=False) as store:
        return store.founding()


async def _knocked(request: Request) -> Response:
    from starlette.concurrency import run_in_threadpool
    from starlette.requests import ClientDisconnect
    from starlette.responses import JSONResponse

    # Browsers say where a request comes from; another site may not even ask.
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return JSONResponse({"error": "decisions come from the review page alone"}, 403)
    key = _key(session.database())
    if not secrets.compare_digest(
        request.headers.get("x-annotator-key", "").encode(), key.encode()
    ):
        return JSONResponse({"error": "this page is of another database: load it again"}, 403)
    size = 0
    parts = []
    try:
        async for part in request.stream():
            size += len(part)
            if size > LARGEST:
                return JSONResponse({"error": f"more than {LARGEST:,} bytes at once"}, 413)
            parts.append(part)
    except ClientDisconnect:
        return JSONResponse({"error": "the page went away in the middle of a sentence"}, 400)
    spoken = request.query_params.get("lang")
    try:
        asked = json.loads(b"".join(parts))
        with speaking(spoken):
            return JSONResponse(await run_in_threadpool(_answered, asked))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return JSONResponse({"error": f"the request could not be read ({error})"}, 400)
    except AnnotatorError as error:
        with speaking(spoken):
            return JSONResponse({"error": refusal(error)}, 503)


class _Held(threading.local):
    """The store that a thread has open, and of which file it is."""

    store: Store | None = None
    file: tuple[str, int, int] | None = None


_held = _Held()


@contextmanager
def _opened() -> Iterator[Store]:
    """The store; left open for the next request that this thread answers.

    To open it costs as much as to read a sheet. A file that has taken the place of another, and
    one at which something went wrong, is opened anew.
    """
    path = session.database()
    file = _file(path)
    if _held.store is None or file is None or file != _held.file:
        _let_go()
        _held.store = stores.open(path, create=False)
        _held.file = _file(path)
    try:
        yield _held.store
    except BaseException:
        _let_go()
        raise


def _let_go() -> None:
    if _held.store:
        _held.store.close()
    _held.store = None


def _file(path: Path) -> tuple[str, int, int] | None:
    try:
        there = path.stat()
    except OSError:
        return None
    return str(path), there.st_dev, there.st_ino


def _answered(asked: dict[str, Any]) -> dict[str, Any]:
    """Store the events; the sheet that holds clause `eid`, as it is then, without its words.

    Or answer a question, by which nothing is stored.
    """
    if asked.get("view") == "settle":
        with _opened() as store:
            return adjudicating.answered(store, asked)
    if "what" in asked:
        with _opened() as store:
            return asking.answer(store, asked)
    events = [event for event in asked["events"] if isinstance(event, dict)]
    with _opened() as store:
        document = session.document(str(asked["document"]))
        reviewer = store.reviewer(str(asked["reviewer"]))
        answers = answer(store, document, reviewer, events)
        sheet = review.sheet_of(document, str(asked["eid"]))
        given = desk.review_data(
            store,
            document,
            sheet,
            reviewer,
            session.codebook(),
            acks=answers.acks,
            undone=answers.undone,
            focus=None,
            database=session.database_id(),
            holds=str(asked.get("holds")),
            door=address(),
        )
        return given | queueing.walk_asked(store, document, sheet, reviewer, asked)
