"""Migration 020: indexes that no question needs go, since each costs every row that is written.

`annotations_suggestion` was never asked. What a person tagged is found by `annotations_when`, in
one text by `annotations_place` and in one clause by `annotations_clause`, so `annotations_reviewer`
only spared sorting; what they decided is found by `decisions_when`, which begins as
`decisions_reviewer` did.
"""

from __future__ import annotations

STATEMENTS = (
    "drop index annotations_suggestion",
    "drop index annotations_reviewer",
    "drop index decisions_reviewer",
)
