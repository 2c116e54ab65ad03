"""Which texts may go into a release, and which only as offsets, quotes and hash.

The operator says so, by the text's slug under `share` in `release.yaml` (`words.py`), or with the
key `share` (`yes` or `no`) in the front matter of a file in `corpus/`. Where neither says anything,
the `licence` decides: one that lets others pass the text on is enough. Without a licence a treaty
or law is shared, since official texts may be left free (Berne Convention, art. 2(4)), and a news
item is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from annotator.export.dataset import Dataset
from annotator.model import DocumentInfo

NOTHING: Mapping[str, str] = MappingProxyType({})

_YES, _NO = {"yes", "true", "1"}, {"no", "false", "0"}
# Licences that let others pass the whole text on, as their names are written.
_OPEN = re.compile(
    r"\b(cc0|cc[- ]?by|creative commons|public domain|apache|mit|bsd|gpl|gfdl|odc|odbl|pddl|ogl|"
    r"open government|open licen[cs]e|licence ouverte|etalab|eupl|unlicense|iso open)\b",
    re.IGNORECASE,
)


# What says the contrary, or is a publisher's name; whoever is sure writes `share: yes`.
_CLOSED = re.compile(
    r"rights reserved|droits réservés|derechos reservados|\bmit press\b|\bnot?\b", re.IGNORECASE
)


def reason(info: DocumentInfo, share: Mapping[str, str] = NOTHING) -> str:
    """Why the text is withheld, "" where it is not; `share` is what the operator says by slug."""
    said = (share.get(info.slug) or info.metadata.get("share", "")).strip().casefold()
    licence = (info.metadata.get("licence") or info.metadata.get("license") or "").strip()
    if said in _YES:
        return ""
    if said in _NO:
        return "the operator says so"
    if licence:
        shared = _OPEN.search(licence) and not _CLOSED.search(licence)
        return "" if shared else f"its licence is {licence!r}"
    return "" if info.kind == "treaty" else "no licence is named"


def withheld(dataset: Dataset, share: Mapping[str, str] = NOTHING) -> frozenset[str]:
    """The ids of the texts of the dataset that may not be passed on."""
    return frozenset(info.id for info in dataset.documents if reason(info, share))
