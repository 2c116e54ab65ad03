"""Everything in one SQLite file: texts, suggestions, decisions, and who did what.

`open` gives a `Store`. Reading returns the dataclasses of `annotator.model`. Writing goes through
`Store.write`, one transaction and one hash-chained line of history each, so that all of it can be
undone, audited and rebuilt. `warm` loads beforehand what the first write would wait for.
"""

from annotator.store.merge_report import Came, Conflict, Merged
from annotator.store.queues import DayCounts, DocumentWork
from annotator.store.store import Store, open, warm, work_of
from annotator.store.undo import Seen, UnseenWork
from annotator.store.worth import Waiting
from annotator.store.write import AlreadyWritten, Write

__all__ = [
    "AlreadyWritten",
    "Came",
    "Conflict",
    "DayCounts",
    "DocumentWork",
    "Merged",
    "Seen",
    "Store",
    "UnseenWork",
    "Waiting",
    "Write",
    "open",
    "warm",
    "work_of",
]
