"""The codebook: three concerns, their codes, the safeguards, and the standards in law behind them.

It is a file that lawyers keep over years: `load` reads and checks it, `edit` changes it and leaves
the rest as it stands, `Versions` says what was tagged under words that have changed since.

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
from annotator.codebook.reading import DEFAULT, load, location

__all__ = [
    "CONCERNS",
    "DEFAULT",
    "SLOTS",
    "STATES",
    "Change",
    "Code",
    "Codebook",
    "Concern",
    "Recognise",
    "Safeguard",
    "Standard",
    "load",
    "location",
]
