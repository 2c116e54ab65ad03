"""Powers against safeguards are kept as one run a document, whole, and known to the history."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import NotFoundError, SpanError, StoreError
from annotator.model import Document, Evidence, PowerReading, SafeguardReading
from annotator.store import Store


@pytest.fixture
def reading(document: Document) -> PowerReading:
    """A power over the first reviewable clause, whose evidence stands in the second."""
    first, second = list(document.reviewable())[:2]
    words = document.text[second.body : second.own_end]
    return PowerReading(
        document=document.id,
        eid=first.eid,
        power="search",
        group="power",
        start=first.body,
        end=first.own_end,
        quote=document.text[first.body : first.own_end],
        safeguards=(
            SafeguardReading(
                "oversight",
                "by_reference",
                (Evidence(second.eid, second.body, second.own_end, words),),
                "The clause points there.",
            ),
            SafeguardReading("dual_criminality", "absent", applies=False),
        ),
    )


def test_a_run_comes_back_as_it_was_with_one_line_of_history(
    db: Store, document: Document, reading: PowerReading
) -> None:
    assert db.powers_ruleset(document.id) is None
    before = db.revision()
    assert db.set_powers(document.slug, "rules-1", [reading])
    assert db.powers(document.slug) == [reading]
    assert db.powers(document.slug, eids=["nowhere"]) == []
    assert db.powers_ruleset(document.id) == "rules-1"
    (line,) = db.history(limit=1)
    assert (line.seq, line.action) == (before + 1, "set_powers")
    assert line.changes[0]["after"]["powers"] == 1
    assert db.verify() == []


def test_the_same_run_again_changes_nothing_and_another_replaces_it(
    db: Store, document: Document, reading: PowerReading
) -> None:
    db.set_powers(document.id, "rules-1", [reading])
    seq = db.revision()
    assert not db.set_powers(document.id, "rules-1", [reading])
    assert db.revision() == seq
    assert db.set_powers(document.id, "rules-2", [])
    assert db.powers(document.id) == []
    assert db.powers_ruleset(document.id) == "rules-2"
    assert db.verify() == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"quote": "other words"}, SpanError),
        ({"eid": "art_999"}, NotFoundError),
        ({"group": "rumour"}, StoreError),
        ({"document": "another"}, StoreError),
        ({"safeguards": (SafeguardReading("oversight", "perhaps"),)}, StoreError),  # type: ignore[arg-type] # wrong on purpose
        ({"safeguards": (SafeguardReading("oversight", "absent"),) * 2}, StoreError),
        (
            {"safeguards": (SafeguardReading("x", "weak", (Evidence("art_999", 0, 1, "?"),)),)},
            SpanError,
        ),
    ],
)
def test_what_does_not_fit_is_refused_and_the_earlier_run_stays(
    db: Store,
    document: Document,
    reading: PowerReading,
    change: dict[str, object],
    error: type[Exception],
) -> None:
    db.set_powers(document.id, "rules-1", [reading])
    with pytest.raises(error):
        db.set_powers(document.id, "rules-2", [replace(reading, **change)])
    assert db.powers(document.id) == [reading]
    assert db.powers_ruleset(document.id) == "rules-1"


def test_a_state_altered_behind_the_back_is_found(
    db: Store, document: Document, reading: PowerReading
) -> None:
    db.set_powers(document.id, "rules-1", [reading])
    db._connection.execute("update power_safeguards set state = 'present'")
    (problem,) = db.verify()
    assert "powers" in problem


def test_the_view_tells_who_lacks_what(
    db: Store, document: Document, reading: PowerReading
) -> None:
    db.set_powers(document.id, "rules-1", [reading])
    rows = db._connection.execute(
        "select document, safeguard, state from powers_against_safeguards order by safeguard"
    ).fetchall()
    assert [tuple(row) for row in rows] == [
        (document.slug, "dual_criminality", "absent"),
        (document.slug, "oversight", "by_reference"),
    ]
