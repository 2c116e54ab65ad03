"""Migration 018: who turned out to be one person with somebody else, when offices were merged.

What a person did under the other id is told to be theirs; the id stays known here, so that what
comes later from an office that still uses it finds its way (`merge_people.py`).
"""

from __future__ import annotations

STATEMENTS = (
    # `id` is of no row any more; `created` is when that reviewer had been added.
    """
    create table same_people (
        id text primary key,
        reviewer text not null references reviewers (id) deferrable initially deferred,
        created text not null,
        check (id <> reviewer)
    ) strict
    """,
    "create index same_people_reviewer on same_people (reviewer)",
    "drop view who_did_what",
    """
    create view who_did_what as
    select h.seq, h.at, coalesce(r.name, '') as reviewer, h.action, d.slug as document,
           h.undoes, h.changes
    from history h
    left join same_people s on s.id = h.reviewer
    left join reviewers r on r.id = coalesce(s.reviewer, h.reviewer)
    left join documents d on d.id = h.document
    """,
    "drop view who_did_what_elsewhere",
    """
    create view who_did_what_elsewhere as
    select h.at, coalesce(r.name, '') as reviewer, h.action, d.slug as document, h.changes, h.seq,
           h.hash
    from merged_history h
    left join same_people s on s.id = h.reviewer
    left join reviewers r on r.id = coalesce(s.reviewer, h.reviewer)
    left join documents d on d.id = h.document
    """,
)
