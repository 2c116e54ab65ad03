"""Powers against their safeguards, as rules read them: one run a document, replaced as a whole.

They are proposals, derived from a text whose assessments reviewers decide, so the history keeps a
count and a SHA-256 of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

from annotator.errors import NotFoundError, SpanError, StoreError
from annotator.model import (
    POWER_GROUPS,
    SAFEGUARD_STATES,
    Evidence,
    PowerGroup,
    PowerReading,
    SafeguardReading,
    canonical,
    check_span,
)
from annotator.store import rows, texts
from annotator.store.history import Change
from annotator.store.rows import Row
from annotator.store.write import Write

_READING = ("document", "eid", "power", "group", "start", "end", "quote")
_SAFEGUARD = (
    "document",
    "eid",
    "power",
    "place",
    "safeguard",
    "state",
    "applies",
    "reason",
    "evidence",
)
_RUN = ("document", "ruleset", "powers", "digest", "at")


def put(
    connection: sqlite3.Connection,
    write: Write,
    document: str,
    ruleset: str,
    readings: Iterable[PowerReading],
) -> bool:
    """Make these the document's powers; False, and nothing done, where they are so already.

    `SpanError`, `NotFoundError` or `StoreError` where one does not fit the text or the codebook's
    states.
    """
    text = connection.execute("select text from documents where id = ?", (document,)).fetchone()[0]
    eids = {clause.eid for clause in texts.read_clauses(connection, document)}
    found = sorted(readings, key=_order)
    powers, safeguards = [], []
    for reading in found:
        if (reading.document, reading.group in POWER_GROUPS) != (document, True):
            raise StoreError(
                f"power {reading.power!r} is of group {reading.group!r} of document "
                f"{reading.document!r}, and came with those of {document!r}"
            )
        _check(text, eids, reading)
        powers.append(_row(_READING, reading))
        safeguards += [_safeguard_row(reading, n, s) for n, s in enumerate(reading.safeguards)]
    for row in (*powers, *safeguards):
        rows.check_text(row)
    fingerprint = texts.digest([*powers, *safeguards])
    before = connection.execute(
        "select * from power_runs where document = ?", (document,)
    ).fetchone()
    if before and (before["ruleset"], before["digest"]) == (ruleset, fingerprint):
        return False
    run: Row = dict(zip(_RUN, (document, ruleset, len(powers), fingerprint, write.at), strict=True))
    rows.check_text(run)
    for table in ("power_safeguards", "power_readings", "power_runs"):
        connection.execute(f"delete from {table} where document = ?", (document,))
    _insert(connection, "power_readings", _READING, powers)
    _insert(connection, "power_safeguards", _SAFEGUARD, safeguards)
    _insert(connection, "power_runs", _RUN, [run])
    write.record(Change("power_runs", (document,), dict(before) if before else None, run))
    return True


def ruleset(connection: sqlite3.Connection, document: str) -> str | None:
    """The rules that read the document's powers, if any have."""
    found = connection.execute(
        "select ruleset from power_runs where document = ?", (document,)
    ).fetchone()
    return str(found["ruleset"]) if found else None


def of(
    connection: sqlite3.Connection, document: str, *, eids: Iterable[str] | None = None
) -> list[PowerReading]:
    """The stored powers of a document, in text order."""
    given = (document, None if eids is None else canonical(list(eids)))
    wanted = "document = ?1 and (?2 is null or eid in (select value from json_each(?2)))"
    safeguards: dict[tuple[str, str], list[SafeguardReading]] = {}
    for row in connection.execute(
        f"select * from power_safeguards where {wanted} order by eid, power, place", given
    ):
        safeguards.setdefault((row["eid"], row["power"]), []).append(
            SafeguardReading(
                safeguard=row["safeguard"],
                state=row["state"],
                evidence=tuple(Evidence(**one) for one in json.loads(row["evidence"])),
                reason=row["reason"],
                applies=bool(row["applies"]),
            )
        )
    found = [
        PowerReading(
            **{name: row[name] for name in _READING},
            safeguards=tuple(safeguards.get((row["eid"], row["power"]), ())),
        )
        for row in connection.execute(f"select * from power_readings where {wanted}", given)
    ]
    return sorted(found, key=_order)


def granted(connection: sqlite3.Connection) -> dict[PowerGroup, int]:
    """In how many clauses of the latest versions each group of powers was read."""
    found = connection.execute(
        'select p."group", count(distinct p.document || char(0) || p.eid) as clauses'
        " from power_readings p join documents d on d.id = p.document where d.version ="
        ' (select max(version) from documents v where v.slug = d.slug) group by p."group"'
    )
    counts = {row["group"]: int(row["clauses"]) for row in found}
    return {group: counts.get(group, 0) for group in POWER_GROUPS}


def stored_digest(connection: sqlite3.Connection, document: str) -> str:
    """What the history must say of the stored powers of a document."""
    found = of(connection, document)
    powers = [_row(_READING, reading) for reading in found]
    safeguards = [
        _safeguard_row(reading, n, one)
        for reading in found
        for n, one in enumerate(reading.safeguards)
    ]
    return texts.digest([*powers, *safeguards])


def misplaced(connection: sqlite3.Connection, document: str, text: str) -> Iterator[str]:
    """One sentence for every stored span of a power or its evidence that does not fit the text."""
    for reading in of(connection, document):
        for fault in _faults(text, reading):
            yield f"{reading.power!r} in {reading.eid!r}: {fault}"


def _check(text: str, eids: set[str], reading: PowerReading) -> None:
    for fault in _faults(text, reading):
        raise fault
    named = {reading.eid, *(e.eid for s in reading.safeguards for e in s.evidence)}
    for eid in sorted(named - eids):
        raise NotFoundError(f"the document has no clause {eid!r}: see its `outline`")
    for one in reading.safeguards:
        if one.state not in SAFEGUARD_STATES:
            raise StoreError(
                f"{one.safeguard!r} in {reading.eid!r} has state {one.state!r}: "
                f"it takes {', '.join(SAFEGUARD_STATES)}"
            )


def _faults(text: str, reading: PowerReading) -> Iterator[SpanError]:
    spans: list[PowerReading | Evidence] = [reading]
    spans += [e for s in reading.safeguards for e in s.evidence]
    for span in spans:
        try:
            check_span(text, span.start, span.end, span.quote)
        except SpanError as error:
            yield error


def _row(columns: tuple[str, ...], value: object) -> Row:
    return {name: getattr(value, name) for name in columns}


def _safeguard_row(reading: PowerReading, place: int, one: SafeguardReading) -> Row:
    evidence = [_row(("eid", "start", "end", "quote"), item) for item in one.evidence]
    return {
        "document": reading.document,
        "eid": reading.eid,
        "power": reading.power,
        "place": place,
        "safeguard": one.safeguard,
        "state": one.state,
        "applies": int(one.applies),
        "reason": one.reason,
        "evidence": canonical(evidence),
    }


def _insert(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], found: list[Row]
) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    holes = ", ".join("?" for _ in columns)
    try:
        connection.executemany(
            f"insert into {table} ({names}) values ({holes})",
            [tuple(row[name] for name in columns) for row in found],
        )
    except sqlite3.IntegrityError as error:
        raise StoreError(
            f"a clause has the same power, or a power the same safeguard, twice: {error}"
        ) from error


def _order(reading: PowerReading) -> tuple[int, int, str, str]:
    return reading.start, reading.end, reading.eid, reading.power
