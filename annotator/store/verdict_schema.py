"""Migration 015: under which codebook a clause was judged, and powers that a reviewer rejected."""

from __future__ import annotations

STATEMENTS = (
    # A verdict given before this does not tell its version, so nothing can be compared with it.
    "alter table reviews add column codebook text not null default ''",
    """
    create table power_rejections (
        document text not null,
        eid text not null,
        reviewer text not null references reviewers (id),
        power text not null,
        created text not null,
        primary key (document, eid, reviewer, power),
        foreign key (document, eid) references clauses (document, eid)
    ) strict
    """,
    "create index power_rejections_reviewer on power_rejections (reviewer, document)",
    """
    create view rejected_powers as
    select d.slug as document, d.version, c.citation, r.name as reviewer, p.power, p.created, p.eid
    from power_rejections p
    join documents d on d.id = p.document
    join clauses c on c.document = p.document and c.eid = p.eid
    join reviewers r on r.id = p.reviewer
    """,
)
