"""What waits for whom, kept up within each write: derived from the rest, never told by the history.

A clause is worth reading first for the powers it grants without safeguards and for what is
suggested in it: each suggestion counts its strength (0 to 1), each safeguard that is absent of a
power half a point, a weak one a quarter (`_WORTH`). The weights are a choice, made so that a power
of which most safeguards are absent stands before a clause with a few suggestions.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from annotator.model import canonical
from annotator.store.history import Change

READER = ("yours", "assigned", "proposed", "done", "settled", "reopened", "differs")
"""The lists kept for each reviewer (`reader_clauses.what`), those they depend on later."""

_SEVERAL = 300
_DERIVED_FROM = ("reviews", "annotations", "assessments")
_LATEST_RUN = (
    "(select id from suggestion_runs n where n.document = {0} order by number desc limit 1)"
)
_PROPOSED = (
    "(select count(*) from suggestions s where s.document = c.document and s.eid = c.eid"
    f" and s.run = {_LATEST_RUN.format('c.document')})"
)
_WORTH = (
    "coalesce((select sum(s.score) from suggestions s where s.document = c.document"
    f" and s.eid = c.eid and s.run = {_LATEST_RUN.format('c.document')}), 0)"
    " + coalesce((select sum(case p.state when 'absent' then 0.5 when 'weak' then 0.25 else 0 end)"
    " from power_safeguards p where p.document = c.document and p.eid = c.eid and p.applies), 0)"
)
# The latest versions that have anything to review; `clause_work` has rows of these alone.
_TEXTS = (
    "select d.id, d.reviewable from documents d where {where} and d.reviewable > 0 and not exists"
    " (select 1 from documents n where n.slug = d.slug and n.version > d.version)"
)
_REVIEWABLE = (
    "w.body < w.own_end and exists (select 1 from document_work k where k.document = w.document)"
)
_CLAUSES = (
    f"select c.document, c.position, c.eid, {_PROPOSED} as proposals, {_WORTH} as worth,"
    " (select count(*) from reader_clauses d where d.document = c.document and d.eid = c.eid"
    " and d.what = 'done') as readers from document_work t join clauses c on c.document ="
    " t.document where {where} and c.body < c.own_end"
)
_DONE = "('concern', 'no_concern')"
_OF_A_TEXT = ("reader_clauses", "clause_work", "document_work")

# One statement a list; `{where}` narrows `w`, the clause, and `{who}` the reviewer.
_LISTS = {
    "done": "select v.reviewer, 'done', w.document, w.position, w.eid from clauses w"
    " join reviews v on v.document = w.document and v.eid = w.eid"
    f" where v.state in {_DONE} and {_REVIEWABLE} and {{where}} and {{who:v}}",
    "reopened": "select v.reviewer, 'reopened', w.document, w.position, w.eid from clauses w"
    " join reviews v on v.document = w.document and v.eid = w.eid"
    f" where v.state = 'reopened' and {_REVIEWABLE} and {{where}} and {{who:v}}",
    "settled": "select x.reviewer, 'settled', w.document, w.position, w.eid from clause_work w"
    " join suggestions s on s.document = w.document and s.eid = w.eid"
    " join decisions x on x.suggestion = s.id"
    f" where w.proposals > 0 and s.run = {_LATEST_RUN.format('w.document')} and {{where}}"
    " and {who:x} group by w.document, w.position, x.reviewer having count(*) >= w.proposals",
    # An assignment covers what its clause contains.
    "yours": "select distinct a.reviewer, 'yours', w.document, w.position, w.eid from clauses w"
    " join assignments a on a.document = w.document"
    " left join clauses k on k.document = a.document and k.eid = a.eid"
    f" where {_REVIEWABLE} and {{where}} and {{who:a}}"
    ' and (a.eid is null or (k.start <= w.start and w."end" <= k."end"))',
    "assigned": "select w.reviewer, 'assigned', w.document, w.position, w.eid from reader_clauses w"
    " where w.what = 'yours' and {where} and {who:w} and not exists (select 1 from reader_clauses o"
    " where o.document = w.document and o.eid = w.eid and o.what = 'done'"
    " and o.reviewer = w.reviewer)",
    "proposed": "select y.reviewer, 'proposed', y.document, y.position, y.eid from clause_work w"
    " join reader_clauses y on y.document = w.document and y.eid = w.eid and y.what = 'yours'"
    " where w.proposals > 0 and {where} and {who:y} and not exists (select 1 from reader_clauses o"
    " where o.document = y.document and o.eid = y.eid and o.what = 'settled'"
    " and o.reviewer = y.reviewer)",
}
_LABELS = (
    "(select coalesce(group_concat(label), '') from (select distinct g.concern || g.polarity"
    " as label from annotations g where g.document = {0}.document and g.eid = {0}.eid"
    " and g.reviewer = {0}.reviewer order by 1))"
)
_READ = (
    "(select count(*) from reader_clauses d where d.document = w.document and d.eid = w.eid"
    " and d.what = 'done')"
)
# How many have read a clause, in a row that is made by the first and goes with the last.
_READERS = (
    "insert or ignore into clause_work select w.document, w.position, w.eid, 0, 0.0, count(*)"
    " from reader_clauses w where w.what = 'done' and {where} group by w.document, w.position",
    f"update clause_work as w set readers = {_READ} where {{where}} and w.readers <> {_READ}",
    "delete from clause_work as w where {where} and w.readers = 0 and w.proposals = 0"
    " and w.worth = 0",
)
# Another verdict, another concern or polarity, or another state of the same safeguard.
_DIFFERS = (
    "select o.reviewer, 'differs', w.document, w.position, w.eid from clause_work w"
    " join reviews o on o.document = w.document and o.eid = w.eid"
    f" where w.readers > 1 and o.state in {_DONE} and {{where}} and exists ("
    "select 1 from reviews t where t.document = o.document and t.eid = o.eid"
    f" and t.reviewer <> o.reviewer and t.state in {_DONE} and (t.state <> o.state"
    f" or {_LABELS.format('t')} <> {_LABELS.format('o')}"
    " or exists (select 1 from assessments m join assessments n on n.document = m.document"
    " and n.eid = m.eid and n.safeguard = m.safeguard and n.state <> m.state"
    " where m.document = o.document and m.eid = o.eid and m.reviewer = o.reviewer"
    " and n.reviewer = t.reviewer)))"
)


def _admit(connection: sqlite3.Connection, came: Mapping[str, int]) -> None:
    """Derive what waits in texts that came, all at once; nothing waits in their earlier versions.

    `came` has the version by the id. Of a text that came only its clauses are known: what else
    came in the same write is followed.
    """
    if later := [document for document, version in came.items() if version > 1]:
        for table in _OF_A_TEXT:
            connection.execute(
                f"delete from {table} where document in (select o.id from documents d"
                " join documents o on o.slug = d.slug and o.version < d.version"
                " where d.id in (select value from json_each(?)))",
                (canonical(later),),
            )
    texts = _TEXTS.format(where="d.id in (select value from json_each(?))")
    connection.execute(
        f"insert into document_work select *, 0, 0, 0 from ({texts})", (canonical(sorted(came)),)
    )


def rebuild(connection: sqlite3.Connection, document: str) -> None:
    """Derive everything about a document anew, as after a run of rules."""
    for table in _OF_A_TEXT:
        connection.execute(f"delete from {table} where document = ?", (document,))
    # None, where there is a later version.
    texts = _TEXTS.format(where="d.id = ?")
    connection.execute(f"insert into document_work select *, 0, 0, 0 from ({texts})", (document,))
    made = _CLAUSES.replace("{where}", "t.document = ?")
    connection.execute(
        f"insert into clause_work select * from ({made}) where proposals > 0 or worth > 0",
        (document,),
    )
    _refresh(connection, document, eids=None, reviewers=None)


def rebuild_all(connection: sqlite3.Connection) -> None:
    """Derive everything about every document anew."""
    for (document,) in connection.execute("select id from documents").fetchall():
        rebuild(connection, document)


def follow(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Bring up to date what the changes of a write bear on, and nothing else."""
    touched: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    assigned: dict[str, set[str]] = defaultdict(set)
    came: dict[str, int] = {}
    for change in changes:
        if change.table == "documents" and change.before is None and change.after:
            came[change.key[0]] = change.after["version"]
        if change.table in ("documents", "suggestion_runs", "power_runs"):
            continue  # of texts that are there already, `rebuild` is called where these are written
        for row in filter(None, (change.before, change.after)):
            if change.table == "assignments":
                assigned[row["document"]].add(row["reviewer"])
            elif change.table in _DERIVED_FROM:
                touched[row["document"]][0].add(row["eid"])
                touched[row["document"]][1].add(row["reviewer"])
            elif change.table == "decisions":
                for (eid,) in connection.execute(
                    "select eid from suggestions where id = ? and eid is not null",
                    (row["suggestion"],),
                ):
                    touched[row["document"]][0].add(eid)
                    touched[row["document"]][1].add(row["reviewer"])
    if came:
        _admit(connection, came)
    for document, (eids, reviewers) in touched.items():
        few = eids if len(eids) <= _SEVERAL else None
        _refresh(connection, document, eids=few, reviewers=reviewers)
    for document, reviewers in assigned.items():
        _refresh(connection, document, eids=None, reviewers=reviewers)


def drift(connection: sqlite3.Connection) -> Iterator[str]:
    """One sentence for everything kept that is not what it is derived from."""
    counted = "select reviewer, what, document, count(*) from reader_clauses group by 1, 2, 3"
    texts = _TEXTS.format(where="1")
    summed = (
        f"select t.id, t.reviewable, coalesce(sum(w.proposals > 0), 0),"
        " coalesce(sum(w.readers > 0), 0), coalesce(sum(w.readers > 1), 0)"
        f" from ({texts}) t left join clause_work w on w.document = t.id group by t.id"
    )
    clauses = _CLAUSES.replace("{where}", "1")
    clauses = f"select * from ({clauses}) where proposals > 0 or worth > 0 or readers > 0"
    kept = {
        "clause_work": f"{clauses} except select * from clause_work",
        "clause_work ": f"select * from clause_work except select * from ({clauses})",
        "the readers in clause_work": f"select 1 from clause_work w where readers <> {_READ}",
        "reader_counts": f"{counted} except select * from reader_counts",
        "reader_counts ": f"select * from reader_counts where clauses > 0 except {counted}",
        "document_work": f"{summed} except select * from document_work",
        "document_work ": f"select * from document_work except {summed}",
    }
    for what, statement in {**_LISTS, "differs": _DIFFERS}.items():
        derived = _narrowed(statement, "1", "1")
        stored = f"select * from reader_clauses where what = '{what}'"
        kept[f"the list {what!r}"] = f"select * from ({derived} except {stored})"
        kept[f"the list {what!r} "] = f"select * from ({stored} except {derived})"
    for name, statement in kept.items():
        if connection.execute(f"select exists ({statement})").fetchone()[0]:
            yield f"{name.strip()} of what waits is not what was written: go back to a backup"


def _refresh(
    connection: sqlite3.Connection,
    document: str,
    *,
    eids: Collection[str] | None,
    reviewers: Collection[str] | None,
) -> None:
    """Derive the lists of those reviewers for those clauses, and everyone's disagreements there."""
    given: dict[str, str] = {"document": document}
    where, only = "w.document = :document", ""
    if eids is not None:
        given["eids"] = canonical(sorted(eids))
        where += " and w.eid in (select value from json_each(:eids))"
        only = " and eid in (select value from json_each(:eids))"
    who = "1"
    if reviewers is not None:
        given["reviewers"] = canonical(sorted(reviewers))
        who = "{0}.reviewer in (select value from json_each(:reviewers))"
    some = who.format("reader_clauses")
    known = "select exists (select 1 from reader_clauses where document = ?)"
    if connection.execute(known, (document,)).fetchone()[0]:  # not of a text that just came
        connection.execute(
            f"delete from reader_clauses where document = :document{only} and what <> 'differs'"
            f" and {some}",
            given,
        )
    for statement in _LISTS.values():
        connection.execute(f"insert into reader_clauses {_narrowed(statement, where, who)}", given)
    for statement in _READERS:
        connection.execute(statement.replace("{where}", where), given)
    connection.execute(
        f"delete from reader_clauses where document = :document{only} and what = 'differs'", given
    )
    connection.execute(f"insert into reader_clauses {_narrowed(_DIFFERS, where, '1')}", given)


def _narrowed(statement: str, where: str, who: str) -> str:
    """The statement for those clauses and, by the alias it gives their table, those reviewers."""
    for alias in "vxayw":
        statement = statement.replace(f"{{who:{alias}}}", who.format(alias))
    return statement.replace("{where}", where)
