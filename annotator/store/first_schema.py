"""The tables, views and triggers that every database began with; never changed afterwards."""

from __future__ import annotations

STATEMENTS = (
    """
    create table documents (
        id text primary key,
        slug text not null,
        version integer not null check (version >= 1),
        title text not null,
        kind text not null check (kind in ('treaty', 'news')),
        language text not null,
        text_sha256 text not null unique check (length(text_sha256) = 64),
        characters integer not null,
        reviewable integer not null,
        source text not null,
        notice text not null,
        metadata text not null,
        warnings text not null,
        added text not null,
        text text not null,
        unique (slug, version)
    ) strict
    """,
    """
    create table clauses (
        document text not null references documents (id),
        eid text not null,
        position integer not null,
        citation text not null,
        kind text not null,
        number text not null,
        heading text not null,
        start integer not null check (start >= 0),
        "end" integer not null,
        body integer not null,
        own_end integer not null,
        parent text,
        article text,
        primary key (document, eid),
        unique (document, position),
        check (start <= body and body <= own_end and own_end <= "end"),
        foreign key (document, parent) references clauses (document, eid)
            deferrable initially deferred
    ) strict
    """,
    """
    create table cross_references (
        id text primary key,
        document text not null,
        eid text not null,
        start integer not null check (start >= 0),
        "end" integer not null check ("end" > start),
        quote text not null,
        target_document text,
        target_eid text,
        foreign key (document, eid) references clauses (document, eid),
        foreign key (target_document, target_eid) references clauses (document, eid)
    ) strict
    """,
    "create index cross_references_clause on cross_references (document, eid)",
    "create index cross_references_target on cross_references (target_document, target_eid)",
    """
    create table reviewers (
        id text primary key,
        name text not null unique check (trim(name) <> ''),
        created text not null
    ) strict
    """,
    """
    create table assignments (
        id text primary key,
        document text not null,
        eid text,
        reviewer text not null references reviewers (id),
        note text not null default '',
        created text not null,
        updated text not null,
        foreign key (document) references documents (id),
        foreign key (document, eid) references clauses (document, eid)
    ) strict
    """,
    "create index assignments_document on assignments (document, eid)",
    "create index assignments_reviewer on assignments (reviewer)",
    """
    create table suggestion_runs (
        id text primary key,
        document text not null references documents (id),
        number integer not null,
        ruleset text not null,
        suggestions integer not null,
        digest text not null,
        at text not null,
        unique (document, number)
    ) strict
    """,
    # A suggestion outside every clause, in a closing formula say, has no `eid`; one that came with
    # a dataset, rather than from a run of rules here, has no `run`.
    """
    create table suggestions (
        id text primary key,
        document text not null references documents (id),
        run text references suggestion_runs (id),
        eid text,
        start integer not null check (start >= 0),
        "end" integer not null check ("end" > start),
        quote text not null,
        concern text not null,
        code text not null,
        polarity text not null check (polarity in ('risk', 'safeguard')),
        rule text not null,
        score real not null check (score between 0 and 1),
        reason text not null,
        standard text not null,
        foreign key (document, eid) references clauses (document, eid)
    ) strict
    """,
    "create index suggestions_run on suggestions (run, start)",
    "create index suggestions_clause on suggestions (document, eid)",
    "create index suggestions_rule on suggestions (rule)",
    # An annotation may name a suggestion of a run that this file never had, since it may have
    # been loaded from another office: so `suggestion` refers without a foreign key.
    """
    create table annotations (
        id text primary key,
        document text not null,
        eid text not null,
        start integer not null check (start >= 0),
        "end" integer not null check ("end" > start),
        quote text not null,
        concern text not null,
        code text not null,
        polarity text not null check (polarity in ('risk', 'safeguard')),
        severity text check (severity in ('low', 'medium', 'high')),
        note text not null,
        reviewer text not null references reviewers (id),
        suggestion text,
        codebook text not null,
        created text not null,
        updated text not null,
        foreign key (document, eid) references clauses (document, eid)
    ) strict
    """,
    'create index annotations_place on annotations (document, start, "end")',
    "create index annotations_reviewer on annotations (reviewer, document, start)",
    "create index annotations_clause on annotations (document, eid)",
    "create index annotations_suggestion on annotations (suggestion)",
    """
    create table decisions (
        suggestion text not null references suggestions (id),
        reviewer text not null references reviewers (id),
        decision text not null check (decision in ('accepted', 'changed', 'rejected')),
        document text not null references documents (id),
        annotation text references annotations (id) deferrable initially deferred,
        updated text not null,
        primary key (suggestion, reviewer)
    ) strict
    """,
    "create index decisions_document on decisions (document, reviewer)",
    "create index decisions_reviewer on decisions (reviewer)",
    "create index decisions_annotation on decisions (annotation)",
    """
    create table reviews (
        document text not null,
        eid text not null,
        reviewer text not null references reviewers (id),
        state text not null check (state in ('open', 'concern', 'no_concern', 'reopened')),
        note text not null,
        updated text not null,
        primary key (document, eid, reviewer),
        foreign key (document, eid) references clauses (document, eid)
    ) strict
    """,
    "create index reviews_reviewer on reviews (reviewer, document, state)",
    """
    create table assessments (
        document text not null,
        eid text not null,
        reviewer text not null references reviewers (id),
        safeguard text not null,
        state text not null check (state in ('present', 'by_reference', 'weak', 'absent')),
        updated text not null,
        primary key (document, eid, reviewer, safeguard),
        foreign key (document, eid) references clauses (document, eid)
    ) strict
    """,
    "create index assessments_reviewer on assessments (reviewer, document)",
    """
    create table links (
        id text primary key,
        document text not null,
        eid text not null,
        start integer not null check (start >= 0),
        "end" integer not null check ("end" > start),
        quote text not null,
        target_document text not null,
        target_eid text not null,
        reviewer text not null references reviewers (id),
        note text not null,
        created text not null,
        updated text not null,
        foreign key (document, eid) references clauses (document, eid),
        foreign key (target_document, target_eid) references clauses (document, eid)
    ) strict
    """,
    "create index links_claim on links (document, eid)",
    "create index links_target on links (target_document, target_eid)",
    "create index links_reviewer on links (reviewer)",
    """
    create table comments (
        id text primary key,
        document text not null,
        eid text not null,
        annotation text references annotations (id) deferrable initially deferred,
        answers text references comments (id) deferrable initially deferred,
        reviewer text not null references reviewers (id),
        comment text not null,
        created text not null,
        updated text not null,
        foreign key (document, eid) references clauses (document, eid)
    ) strict
    """,
    "create index comments_clause on comments (document, eid)",
    "create index comments_annotation on comments (annotation)",
    "create index comments_answers on comments (answers)",
    "create index comments_reviewer on comments (reviewer)",
    """
    create table adjudications (
        id text primary key,
        document text not null,
        eid text not null,
        concern text not null,
        polarity text check (polarity in ('risk', 'safeguard')),
        outcome text not null,
        annotation text references annotations (id) deferrable initially deferred,
        reviewer text not null references reviewers (id),
        reason text not null,
        created text not null,
        updated text not null,
        foreign key (document, eid) references clauses (document, eid)
    ) strict
    """,
    "create index adjudications_clause on adjudications (document, eid)",
    "create index adjudications_annotation on adjudications (annotation)",
    "create index adjudications_reviewer on adjudications (reviewer)",
    """
    create table codebook_versions (
        sha256 text primary key,
        version text not null,
        codebook text not null,
        added text not null
    ) strict
    """,
    # The history outlives what it tells of, so it has no foreign keys into the other tables.
    """
    create table history (
        seq integer primary key,
        id text not null unique,
        at text not null,
        action text not null,
        reviewer text,
        document text,
        nonce text unique,
        undoes integer references history (seq),
        previous text not null,
        hash text not null unique,
        changes text not null
    ) strict
    """,
    "create index history_reviewer on history (reviewer, document, action, undoes)",
    "create index history_document on history (document)",
    "create index history_undoes on history (undoes)",
    """
    create trigger history_is_never_changed before update on history
    begin select raise(abort, 'the history is append-only'); end
    """,
    """
    create trigger history_is_never_deleted before delete on history
    begin select raise(abort, 'the history is append-only'); end
    """,
    """
    create trigger texts_never_change before update of id, text, text_sha256 on documents
    begin select raise(abort, 'a text never changes: add a new version'); end
    """,
    """
    create view tagged_words as
    select d.slug as document, c.citation, r.name as reviewer, a.concern, a.code, a.polarity,
           a.severity, a.quote, a.note, a.start, a."end", a.created, a.updated, a.id
    from annotations a
    join documents d on d.id = a.document
    join clauses c on c.document = a.document and c.eid = a.eid
    join reviewers r on r.id = a.reviewer
    """,
    """
    create view clause_words as
    select d.slug as document, d.version, c.position, c.citation, c.heading, c.kind,
           substr(d.text, c.body + 1, c.own_end - c.body) as words, c.eid
    from clauses c join documents d on d.id = c.document
    """,
    """
    create view reviewed_clauses as
    select d.slug as document, c.citation, r.name as reviewer, v.state, v.note, v.updated, v.eid
    from reviews v
    join documents d on d.id = v.document
    join clauses c on c.document = v.document and c.eid = v.eid
    join reviewers r on r.id = v.reviewer
    """,
    """
    create view reading_progress as
    select d.slug as document, d.version, r.name as reviewer, count(v.eid) as reviewed,
           d.reviewable
    from documents d cross join reviewers r
    left join reviews v on v.document = d.id and v.reviewer = r.id
        and v.state in ('concern', 'no_concern')
    group by d.id, r.id
    """,
    """
    create view assessed_safeguards as
    select d.slug as document, c.citation, r.name as reviewer, s.safeguard, s.state, s.updated
    from assessments s
    join documents d on d.id = s.document
    join clauses c on c.document = s.document and c.eid = s.eid
    join reviewers r on r.id = s.reviewer
    """,
    """
    create view suggested_words as
    select d.slug as document, c.citation, s.concern, s.polarity, s.quote, s.rule, s.score,
           s.reason, s.standard, r.name as reviewer, x.decision, s.id
    from suggestions s
    join documents d on d.id = s.document
    left join clauses c on c.document = s.document and c.eid = s.eid
    left join decisions x on x.suggestion = s.id
    left join reviewers r on r.id = x.reviewer
    """,
    """
    create view how_rules_fare as
    select s.rule, count(distinct s.id) as suggestions,
           count(case when x.decision = 'accepted' then 1 end) as accepted,
           count(case when x.decision = 'changed' then 1 end) as changed,
           count(case when x.decision = 'rejected' then 1 end) as rejected
    from suggestions s left join decisions x on x.suggestion = s.id
    group by s.rule
    """,
    """
    create view who_did_what as
    select h.seq, h.at, coalesce(r.name, '') as reviewer, h.action, d.slug as document,
           h.undoes, h.changes
    from history h
    left join reviewers r on r.id = h.reviewer
    left join documents d on d.id = h.document
    """,
)
