"""Migration 016: claims that a reviewer said do not speak of the clause they were proposed for."""

from __future__ import annotations

STATEMENTS = (
    """
    create table link_rejections (
        id text primary key,
        document text not null,
        eid text not null,
        start integer not null,
        "end" integer not null check ("end" > start),
        target_document text not null,
        target_eid text not null,
        reviewer text not null references reviewers (id),
        created text not null,
        foreign key (document, eid) references clauses (document, eid),
        foreign key (target_document, target_eid) references clauses (document, eid)
    ) strict
    """,
    # Not unique: two offices may have said the same before their work is merged.
    "create index link_rejections_place on link_rejections (document, reviewer, eid)",
    """
    create view rejected_links as
    select d.slug as document, d.version, c.citation, t.slug as target_document,
           k.citation as target, r.name as reviewer, l.start, l."end", l.created, l.eid
    from link_rejections l
    join documents d on d.id = l.document
    join clauses c on c.document = l.document and c.eid = l.eid
    join documents t on t.id = l.target_document
    join clauses k on k.document = l.target_document and k.eid = l.target_eid
    join reviewers r on r.id = l.reviewer
    """,
)
