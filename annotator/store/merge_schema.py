"""Migration 014: lines of history that came from other databases, and which came when.

A line of ours names the line before it by its hash; a merge names the last line of the other
database too. So all lines, ours and those that came, hang together like a tree whose roots are
where the databases began, and none can be altered or left out unnoticed (`merge_lines.py`).
"""

from __future__ import annotations

STATEMENTS = (
    """
    create table merged_history (
        hash text primary key,
        seq integer not null,
        id text not null,
        at text not null,
        action text not null,
        reviewer text,
        document text,
        nonce text,
        undoes integer,
        previous text not null,
        changes text not null
    ) strict
    """,
    # `head` is the hash of the other's last line, `founding` the id of its first. `conflicts` and
    # `decided` are JSON: what both had changed, and rows that neither had as they now are.
    """
    create table merges (
        head text primary key,
        founding text not null,
        file text not null,
        lines integer not null,
        conflicts text not null,
        decided text not null,
        at text not null
    ) strict
    """,
    """
    create trigger merged_history_is_never_changed before update on merged_history
    begin select raise(abort, 'the history is append-only'); end
    """,
    """
    create trigger merged_history_is_never_deleted before delete on merged_history
    begin select raise(abort, 'the history is append-only'); end
    """,
    """
    create view who_did_what_elsewhere as
    select h.at, coalesce(r.name, '') as reviewer, h.action, d.slug as document, h.changes, h.seq,
           h.hash
    from merged_history h
    left join reviewers r on r.id = h.reviewer
    left join documents d on d.id = h.document
    """,
)
