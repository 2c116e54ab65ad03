"""The door that decisions come in by: one request, answered with what is stored then.

A trigger of a component runs the page anew, on the server and through the whole of Streamlit in the
browser: several times what storing a tag and reading it back takes. And of triggers that follow
each other quickly some are lost. So the review view sends its decisions here. Where there is no
door (a server that serves the pages in another way), or it does not answer, triggers carry them.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

import streamlit as st

from annotator import review
from annotator import store as stores
from annotator.errors import AnnotatorError
from annotator.ui import desk, session
from annotator.ui.answers import answer

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

LARGEST = 10_000_000
# Told to those who were served a page; a page from elsewhere cannot read it, and so cannot knock.
_KEY = secrets.token_urlsafe(24)
_served: list[str] = []


def routes() -> list[BaseRoute]:
    """The route, for the server to serve; from then on `address` tells pages of it."""
    from starlette.routing import Route

    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = f"/{base}/annotator/decide" if base else "/annotator/decide"
    _served[:] = [path]
    return [Route(path, _knocked, methods=["POST"])]


def address() -> dict[str, str] | None:
    """Where to send decisions and the key to send along; None where nothing is served."""
    return {"path": _served[0], "key": _KEY} if _served else None


async def _knocked(request: Request) -> Response:
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import JSONResponse

    if not secrets.compare_digest(
        request.headers.get("x-annotator-key", "").encode(), _KEY.encode()
    ):
        return JSONResponse({"error": "the server was started anew: load the page again"}, 403)
    size = 0
    parts = []
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            return JSONResponse({"error": f"more than {LARGEST:,} bytes at once"}, 413)
        parts.append(part)
    try:
        asked = json.loads(b"".join(parts))
        return JSONResponse(await run_in_threadpool(_answered, asked))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return JSONResponse({"error": f"the request could not be read ({error})"}, 400)
    except AnnotatorError as error:
        return JSONResponse({"error": str(error)}, 503)


def _answered(asked: dict[str, Any]) -> dict[str, Any]:
    """Store the events; the sheet that holds clause `eid`, as it is then, without its words."""
    events = [event for event in asked["events"] if isinstance(event, dict)]
    with stores.open(session.database(), create=False) as store:
        document = session.document(str(asked["document"]))
        reviewer = store.reviewer(str(asked["reviewer"]))
        answers = answer(store, document, reviewer, events)
        return desk.review_data(
            store,
            document,
            review.sheet_of(document, str(asked["eid"])),
            reviewer,
            session.codebook(),
            acks=answers.acks,
            undone=answers.undone,
            focus=None,
            database=session.database_id(),
            holds=str(asked.get("holds")),
            door=address(),
        )
