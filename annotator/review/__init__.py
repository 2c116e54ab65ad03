"""A reviewer's decisions: tag, accept, change, reject, judge a clause, undo; how a text is read.

`apply` takes what the browser sends, the functions of `decisions` what a program asks for; both
write through the store, one transaction and one line of history each.
"""

from annotator.review.decisions import (
    accept,
    assess,
    confirm,
    edit,
    judge,
    note,
    reject,
    remove,
    tag,
    unassess,
)
from annotator.review.events import apply
from annotator.review.reading import Sheet, neighbours, sheet_of, sheets

__all__ = [
    "Sheet",
    "accept",
    "apply",
    "assess",
    "confirm",
    "edit",
    "judge",
    "neighbours",
    "note",
    "reject",
    "remove",
    "sheet_of",
    "sheets",
    "tag",
    "unassess",
]
