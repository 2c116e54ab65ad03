"""A reviewer's decisions: tag, accept, change, reject, judge a clause, undo; how a text is read.

`apply` takes what the browser sends, the functions of `decisions`, `assessing` and `linking` what a
program asks for; both write through the store, one transaction and one line of history each.
`recoding` puts many of one's own tags under another label at once.
"""

from annotator.review.assessing import assess, reject_power, restore_power, unassess
from annotator.review.decisions import (
    accept,
    confirm,
    edit,
    judge,
    note,
    reject,
    remove,
    tag,
)
from annotator.review.events import apply
from annotator.review.linking import link, reject_link, relink, restore_link, unlink
from annotator.review.reading import Sheet, neighbours, sheet_of, sheets

__all__ = [
    "Sheet",
    "accept",
    "apply",
    "assess",
    "confirm",
    "edit",
    "judge",
    "link",
    "neighbours",
    "note",
    "reject",
    "reject_link",
    "reject_power",
    "relink",
    "remove",
    "restore_link",
    "restore_power",
    "sheet_of",
    "sheets",
    "tag",
    "unassess",
    "unlink",
]
