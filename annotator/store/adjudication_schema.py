"""Migration 011: what an adjudicator decided on a clause, a row a finding.

The table stood empty since the first schema: nothing ever wrote to it, so it is made anew.
"""

from __future__ import annotations

STATEMENTS = (
    "drop table adjudications",
    # `over` tells what each reader said when it was decided: an object of digests by reviewer. A
    # reviewer's tag is never named, since whoever made it may change or remove it at any time.
    """
    create table adjudications (
        id text primary key,
        document text not null,
        eid text not null,
        passage text not null,
        outcome text not null
            check (outcome in ('accept', 'merge', 'change', 'new', 'disagree', 'none')),
        reason text not null
            check (reason in ('text_ambiguous', 'codebook_gap', 'slip', 'legal_disagreement')),
        reviewer text not null references reviewers (id),
        over text not null,
        about text not null,
        concern text not null,
        polarity text check (polarity in ('risk', 'safeguard')),
        code text not null,
        severity text check (severity in ('low', 'medium', 'high')),
        start integer check (start >= 0),
        "end" integer check ("end" > start),
        quote text not null,
        note text not null,
        created text not null,
        updated text not null,
        check ((outcome in ('disagree', 'none')) = (start is null)),
        check ((start is null) = ("end" is null) and (start is null) = (polarity is null)),
        foreign key (document, eid) references clauses (document, eid)
    ) strict
    """,
    "create index adjudications_clause on adjudications (document, eid)",
    "create index adjudications_reviewer on adjudications (reviewer)",
    """
    create view settled_words as
    select d.slug as document, d.version, c.citation, a.outcome, a.concern, a.code, a.polarity,
           a.severity, a.quote, a.reason, a.note, r.name as adjudicator, a.created, a.updated,
           a.eid, a.start, a."end", a.id
    from adjudications a
    join documents d on d.id = a.document
    join clauses c on c.document = a.document and c.eid = a.eid
    join reviewers r on r.id = a.reviewer
    """,
)
