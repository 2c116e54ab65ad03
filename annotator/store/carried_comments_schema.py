"""Migration 019: what became of a discussion when its text was replaced by the next version."""

from __future__ import annotations

STATEMENTS = (
    # Neither end refers by a foreign key, as with tags (`carried`): what was carried may be removed
    # on both sides, and that it was carried stays known.
    """
    create table carried_comments (
        origin text not null,
        document text not null references documents (id),
        comment text,
        state text not null check (state in ('placed', 'to_place', 'dropped')),
        updated text not null,
        primary key (origin, document),
        check ((state = 'placed') = (comment is not null))
    ) strict
    """,
    "create index carried_comments_document on carried_comments (document, state)",
    "create index carried_comments_comment on carried_comments (comment)",
)
