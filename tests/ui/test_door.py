"""The door that decisions come in by, asked as a browser asks and as nobody should."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from annotator import store
from annotator.model import Document
from annotator.store import connection
from annotator.ui import door
from annotator.ui.words import speaking

PATH = "/annotator/decide"


Post = Callable[..., httpx.Response]


@pytest.fixture
def post() -> Iterator[Post]:
    """Asks a server that has the door and nothing else."""
    app = Starlette(routes=door.routes())

    def ask(**what: Any) -> httpx.Response:
        async def once() -> httpx.Response:
            way = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=way, base_url="http://door.test") as client:
                return await client.post(PATH, **what)

        return asyncio.run(once())

    yield ask
    door._served.clear()


def asked(
    path: Path, document: Document, *events: dict[str, Any], holds: str = ""
) -> dict[str, Any]:
    with store.open(path) as opened:
        reviewer = opened.reviewer("Ana").id
    return {
        "events": list(events),
        "document": document.id,
        "reviewer": reviewer,
        "eid": "art_1__para_1",
        "holds": holds,
    }


def tag(nonce: str, quote: str = "search a system") -> dict[str, Any]:
    start = "Each Party may search a system and seize what it finds.".index("search")
    return {
        "type": "tag",
        "nonce": nonce,
        "id": f"00000000-0000-4000-8000-00000000000{nonce}",
        "start_eid": "art_1__para_1",
        "end_eid": "art_1__para_1",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "concern": "privacy",
        "polarity": "risk",
    }


def key() -> dict[str, str]:
    known = door.address()
    assert known is not None
    return {"X-Annotator-Key": known["key"]}


def test_there_is_no_door_until_one_is_served() -> None:
    assert door.address() is None


def test_a_decision_is_answered_with_what_is_stored(
    filled: Path, treaty: Document, post: Post
) -> None:
    first = post(json=asked(filled, treaty, tag("1")), headers=key()).json()
    assert first["acks"] == {"1": ""}
    assert [mark["quote"] for mark in first["marks"]] == ["search a system"]
    assert first["words"]["clauses"][0]["eid"] == "art_1__para_1"
    # The same again is acknowledged and not stored twice, and what the browser holds stays there.
    body = asked(filled, treaty, tag("1"), tag("2", "search"), holds=first["key"])
    again = post(json=body, headers=key()).json()
    assert again["acks"] == {"1": "", "2": ""}
    assert len(again["marks"]) == 2
    assert again["words"] is None
    assert again["revision"] == first["revision"] + 1


def test_a_refusal_says_why_and_an_undo_where_it_was(
    filled: Path, treaty: Document, post: Post
) -> None:
    wrong = tag("2") | {"quote": "search a house!"}
    found = post(json=asked(filled, treaty, tag("1"), wrong), headers=key()).json()
    assert found["acks"]["1"] == ""
    assert "search a house!" in found["acks"]["2"]
    undo = asked(filled, treaty, {"type": "undo", "nonce": "3"})
    found = post(json=undo, headers=key()).json()
    assert found["marks"] == []
    assert found["undone"] == {"nonce": "3", "eid": "art_1__para_1", "said": "Undone: art. 1(1)"}


@pytest.mark.parametrize("headers", [{}, {"X-Annotator-Key": "guessed"}])
def test_who_was_not_served_a_page_is_not_let_in(
    filled: Path, treaty: Document, post: Post, headers: dict[str, str]
) -> None:
    assert post(json=asked(filled, treaty, tag("1")), headers=headers).status_code == 403
    with store.open(filled) as opened:
        assert opened.annotations() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"\xff", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"document": "nothing", "events": [], "reviewer": "Ana", "eid": "art_1"}', 503),
        (b" " * (door.LARGEST + 1), 413),
    ],
)
@pytest.mark.usefixtures("filled")
def test_what_cannot_be_read_is_refused_in_a_line(post: Post, body: bytes, status: int) -> None:
    answer = post(content=body, headers=key())
    assert answer.status_code == status
    assert "\n" not in answer.json()["error"]


def test_without_a_database_nothing_is_made(path: Path, treaty: Document, post: Post) -> None:
    path.unlink()
    body = {"events": [], "document": treaty.id, "reviewer": "Ana", "eid": "art_1__para_1"}
    assert post(json=body, headers=key()).status_code == 503
    assert not path.exists()


@pytest.mark.usefixtures("filled", "post")
def test_the_door_answers_in_the_language_of_the_page() -> None:
    with speaking("fr"):
        known = door.address()
    assert known is not None
    assert known["path"] == f"{PATH}?lang=fr"
    english = {"path": PATH, "look": "/annotator/look"}
    assert door.address() == known | english, "English needs no word"


def test_a_page_from_before_the_server_was_started_anew_is_let_in(
    filled: Path, treaty: Document, post: Post
) -> None:
    before = key()
    door._founding.cache_clear()
    assert post(json=asked(filled, treaty, tag("1")), headers=before).status_code == 200


@pytest.mark.usefixtures("filled")
def test_another_site_is_not_heard_even_with_the_key(post: Post) -> None:
    headers = key() | {"Sec-Fetch-Site": "cross-site"}
    assert post(json={"events": []}, headers=headers).status_code == 403


def test_a_locked_database_refuses_nothing_and_takes_it_later(
    filled: Path, treaty: Document, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.store.connection.BUSY_SECONDS", 0.05)
    body = asked(filled, treaty, tag("1"), tag("2", "search"))
    with closing(sqlite3.connect(filled, isolation_level=None)) as someone:
        someone.execute("begin immediate")
        answer = post(json=body, headers=key())
        assert answer.status_code == 503
        assert "another program is writing to it" in answer.json()["error"]
        someone.execute("rollback")
    assert post(json=body, headers=key()).json()["acks"] == {"1": "", "2": ""}
    with store.open(filled) as opened:
        assert len(opened.annotations()) == 2


def test_a_full_disk_is_named_and_what_was_sent_is_stored_once_there_is_room(
    filled: Path, treaty: Document, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure = connection._configure

    def full(opened: sqlite3.Connection) -> sqlite3.Connection:
        configure(opened).execute("pragma max_page_count = 1")  # no page more than there are
        return opened

    notes = [
        {"type": "note", "nonce": f"n{n}", "eid": "art_1__para_1", "text": f"{n}" * 9000}
        for n in range(3)
    ]
    with monkeypatch.context() as small:
        small.setattr(connection, "_configure", full)
        answer = post(json=asked(filled, treaty, *notes), headers=key())
        assert answer.status_code == 503
        assert "the disk is full" in answer.json()["error"]
    assert len(post(json=asked(filled, treaty, *notes), headers=key()).json()["acks"]) == 3
    with store.open(filled) as opened:
        assert opened.verify() == []
        assert [one.note[0] for one in opened.reviews()] == ["2"]
        assert len([one for one in opened.history() if one.action == "note"]) == 3
