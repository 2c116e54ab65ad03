"""The tables of migrations 007 and 012: settings of a project, and what waits for whom, at hand.

`clause_work`, `document_work`, `reader_clauses` and `reader_counts` are derived from the rest
within each write (`standing.py`), so that a page never counts a hundred thousand clauses to say
what is to do. The counts are kept by triggers, so that they cannot drift from what they count.
"""

from __future__ import annotations

STATEMENTS = (
    """
    create table settings (
        name text primary key,
        value text not null,
        updated text not null
    ) strict
    """,
    # Of reviewable clauses of each text's latest version: how many suggestions the latest run has
    # for one, what it is worth, how many have read it. Since 012 only of those that have any.
    """
    create table clause_work (
        document text not null references documents (id),
        position integer not null,
        eid text not null,
        proposals integer not null,
        worth real not null,
        readers integer not null,
        primary key (document, position)
    ) strict, without rowid
    """,
    "create unique index clause_work_clause on clause_work (document, eid)",
    "create index clause_work_worth on clause_work (worth desc, document, position)",
    "create index clause_work_readers on clause_work (document, readers)",
    "create index clause_work_proposed on clause_work (worth desc, document, position)"
    " where proposals > 0",
    """
    create table document_work (
        document text primary key references documents (id),
        clauses integer not null,
        proposed integer not null,
        read integer not null,
        twice integer not null
    ) strict, without rowid
    """,
    # `yours`: assigned; `assigned`: of those, not done; `proposed`: of those, with suggestions to
    # decide. `settled`: every suggestion decided. `differs`: others who are done say otherwise.
    """
    create table reader_clauses (
        reviewer text not null references reviewers (id),
        what text not null check (what in
            ('yours', 'assigned', 'proposed', 'done', 'settled', 'reopened', 'differs')),
        document text not null,
        position integer not null,
        eid text not null,
        primary key (reviewer, what, document, position)
    ) strict, without rowid
    """,
    "create index reader_clauses_clause on reader_clauses (document, eid, what, reviewer)",
    """
    create table reader_counts (
        reviewer text not null references reviewers (id),
        what text not null,
        document text not null,
        clauses integer not null,
        primary key (reviewer, what, document)
    ) strict, without rowid
    """,
    """
    create trigger reader_clauses_more after insert on reader_clauses begin
        insert into reader_counts values (new.reviewer, new.what, new.document, 1)
        on conflict do update set clauses = clauses + 1;
    end
    """,
    """
    create trigger reader_clauses_less after delete on reader_clauses begin
        update reader_counts set clauses = clauses - 1
        where reviewer = old.reviewer and what = old.what and document = old.document;
    end
    """,
    """
    create trigger clause_work_more after insert on clause_work begin
        insert into document_work
        values (new.document, 1, new.proposals > 0, new.readers > 0, new.readers > 1)
        on conflict do update set clauses = clauses + 1, proposed = proposed + excluded.proposed,
            read = read + excluded.read, twice = twice + excluded.twice;
    end
    """,
    """
    create trigger clause_work_less after delete on clause_work begin
        update document_work set clauses = clauses - 1, proposed = proposed - (old.proposals > 0),
            read = read - (old.readers > 0), twice = twice - (old.readers > 1)
        where document = old.document;
    end
    """,
    """
    create trigger clause_work_readers_changed after update of readers on clause_work begin
        update document_work set read = read + (new.readers > 0) - (old.readers > 0),
            twice = twice + (new.readers > 1) - (old.readers > 1)
        where document = new.document;
    end
    """,
    "create index reviews_when on reviews (reviewer, updated)",
    "create index annotations_when on annotations (reviewer, created)",
    "create index decisions_when on decisions (reviewer, updated)",
    "create unique index assignments_once on assignments (document, coalesce(eid, ''), reviewer)",
    """
    create view assigned_work as
    select d.slug as document, d.version, coalesce(c.citation, 'the whole text') as assigned,
           r.name as reviewer, a.note, a.created, a.eid
    from assignments a
    join documents d on d.id = a.document
    left join clauses c on c.document = a.document and c.eid = a.eid
    join reviewers r on r.id = a.reviewer
    """,
    """
    create view what_waits as
    select r.name as reviewer, d.slug as document, n.what, n.clauses
    from reader_counts n
    join reviewers r on r.id = n.reviewer
    join documents d on d.id = n.document
    where n.clauses > 0
    """,
)

# A text that comes in costs a row of its own, and none for clauses of which nothing is known yet.
FEWER_ROWS = (
    "drop trigger clause_work_more",
    "drop trigger clause_work_less",
    """
    create trigger clause_work_more after insert on clause_work begin
        update document_work set proposed = proposed + (new.proposals > 0),
            read = read + (new.readers > 0), twice = twice + (new.readers > 1)
        where document = new.document;
    end
    """,
    """
    create trigger clause_work_less after delete on clause_work begin
        update document_work set proposed = proposed - (old.proposals > 0),
            read = read - (old.readers > 0), twice = twice - (old.readers > 1)
        where document = old.document;
    end
    """,
    """
    create view reviewable_clauses as
    select c.document, c.position, c.eid, c.citation, coalesce(w.proposals, 0) as proposals,
           coalesce(w.worth, 0.0) as worth, coalesce(w.readers, 0) as readers
    from document_work d
    join clauses c on c.document = d.document
    left join clause_work w on w.document = c.document and w.position = c.position
    where c.body < c.own_end
    """,
)
