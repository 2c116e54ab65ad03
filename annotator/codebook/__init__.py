"""The codebook: three concerns, their codes, the safeguards, and the standards in law behind them.

It is a file that lawyers keep over years: `load` reads and checks it, `candidate` and `save` change
an entry and leave the rest as it stands, `Versions` says what was tagged under words that have
changed since.

>>> book = load()
>>> [concern.letter for concern in book.concerns]
['P', 'F', 'W']
>>> book.safeguard("oversight").concern
'privacy'
"""

from annotator.codebook.book import (
    CONCERNS,
    SLOTS,
    STATES,
    Change,
    Code,
    Codebook,
    Concern,
    Recognise,
    Safeguard,
    Standard,
)
from annotator.codebook.editing import Add, AddSafeguard, Operation, Retire, Rewrite
from annotator.codebook.reading import DEFAULT, load, location
from annotator.codebook.saving import candidate, next_version, save
from annotator.codebook.standing import Standing, flagged, orphan_line, refuse_orphans, standing
from annotator.codebook.versions import Older, Versions, as_seen
from annotator.codebook.wordings import Wording, wordings

__all__ = [
    "CONCERNS",
    "DEFAULT",
    "SLOTS",
    "STATES",
    "Add",
    "AddSafeguard",
    "Change",
    "Code",
    "Codebook",
    "Concern",
    "Older",
    "Operation",
    "Recognise",
    "Retire",
    "Rewrite",
    "Safeguard",
    "Standard",
    "Standing",
    "Versions",
    "Wording",
    "as_seen",
    "candidate",
    "flagged",
    "load",
    "location",
    "next_version",
    "orphan_line",
    "refuse_orphans",
    "save",
    "standing",
    "wordings",
]
