"""Migration 013: what people say to each other about a clause.

The table stood empty since the first schema: nothing ever wrote to it, so it is made anew.
"""

from __future__ import annotations

STATEMENTS = (
    "drop table comments",
    # A reply names the comment that began the thread, so that a thread is never deeper than one.
    """
    create table comments (
        id text primary key,
        document text not null,
        eid text not null,
        reviewer text not null references reviewers (id),
        text text not null check (text <> ''),
        parent text references comments (id) deferrable initially deferred,
        start integer check (start >= 0),
        "end" integer check ("end" > start),
        quote text not null,
        resolved text not null,
        resolved_by text references reviewers (id),
        created text not null,
        updated text not null,
        check ((start is null) = ("end" is null)),
        check ((resolved = '') = (resolved_by is null)),
        check (parent is null or (start is null and resolved = '')),
        foreign key (document, eid) references clauses (document, eid)
    ) strict
    """,
    "create index comments_clause on comments (document, eid)",
    "create index comments_parent on comments (parent)",
    "create index comments_reviewer on comments (reviewer)",
    "create index comments_resolved_by on comments (resolved_by)",
    """
    create view discussion as
    select d.slug as document, d.version, c.citation, m.quote as about, r.name as reviewer, m.text,
           m.created, m.updated, coalesce(p.name, '') as resolved_by, m.resolved, m.eid, m.parent,
           m.id
    from comments m
    join documents d on d.id = m.document
    join clauses c on c.document = m.document and c.eid = m.eid
    join reviewers r on r.id = m.reviewer
    left join reviewers p on p.id = m.resolved_by
    """,
)
