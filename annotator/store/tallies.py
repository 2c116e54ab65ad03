"""Migration 010: what became of each rule's suggestions, counted as it is decided; in what order
a reviewer worked; texts in the order in which they are read.

The counts are kept by triggers, so that they cannot drift from what they count.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from annotator.model import RuleFare, canonical

_COUNTED = ("accepted", "changed", "rejected")
_PLUS = ", ".join(f"{name} = {name} + excluded.{name}" for name in _COUNTED)


def _step(row: str, sign: str) -> str:
    """Count one decision in or out, for the rule that made its suggestion."""
    counts = ", ".join(f"{sign}({row}.decision = '{name}')" for name in _COUNTED)
    return (
        f"insert into rule_tallies select rule, {row}.reviewer, {counts} from suggestions"
        f" where id = {row}.suggestion on conflict do update set {_PLUS};"
    )


_DERIVED = (
    "select s.rule, x.reviewer, sum(x.decision = 'accepted'),"
    " sum(x.decision = 'changed'), sum(x.decision = 'rejected') from decisions x"
    " join suggestions s on s.id = x.suggestion group by s.rule, x.reviewer"
)

STATEMENTS = (
    "create index history_order on history (reviewer, document)",
    "create index documents_in_order on documents (kind desc, slug)",
    # The few texts that are another language of a work.
    """create index documents_of_a_work on documents (slug)
        where instr(metadata, '"work"') > 0""",
    """
    create table rule_tallies (
        rule text not null,
        reviewer text not null,
        accepted integer not null,
        changed integer not null,
        rejected integer not null,
        primary key (rule, reviewer)
    ) strict, without rowid
    """,
    f"insert into rule_tallies {_DERIVED}",
    f"create trigger decisions_counted after insert on decisions begin {_step('new', '')} end",
    f"create trigger decisions_uncounted after delete on decisions begin {_step('old', '-')} end",
    "create trigger decisions_recounted after update on decisions begin"
    f" {_step('old', '-')} {_step('new', '')} end",
)


def drift(connection: sqlite3.Connection) -> Iterator[str]:
    """A sentence where the counts are not those of the decisions."""
    kept = "select * from rule_tallies where accepted + changed + rejected <> 0"
    for wrong in (f"{kept} except {_DERIVED}", f"select * from ({_DERIVED}) except {kept}"):
        if connection.execute(f"select exists ({wrong})").fetchone()[0]:
            yield "what became of the rules' suggestions is miscounted: go back to a backup"
            return


def of_rules(
    connection: sqlite3.Connection, rules: Iterable[str], *, reviewer: str | None
) -> dict[str, RuleFare]:
    """How those rules have fared with that reviewer, or with everyone."""
    found = connection.execute(
        "select rule, sum(accepted), sum(changed), sum(rejected) from rule_tallies"
        " where rule in (select value from json_each(?1)) and (?2 is null or reviewer = ?2)"
        " group by rule",
        (canonical(sorted(set(rules))), reviewer),
    )
    return {row[0]: RuleFare(*row) for row in found}
