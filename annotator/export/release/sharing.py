"""Which texts may go into a release, and which only as offsets, quotes and hash.

The operator says so in the text's metadata (in the front matter of a file in `corpus/`, or when it
is brought in): `share: yes` or `share: no`. Where nothing is said, the `licence` decides: one that
lets others pass the text on is enough. Without a licence a treaty or law is shared, since official
texts may be left free (Berne Convention, art. 2(4)), and a news item is not.
"""

from __future__ import annotations

import re

from annotator.export.dataset import Dataset
from annotator.model import DocumentInfo

_YES, _NO = {"yes", "true", "1"}, {"no", "false", "0"}
# Licences that let others pass the whole text on, as their names are written.
_OPEN = re.compile(
    r"\b(cc0|cc[- ]?by|creative commons|public domain|apache|mit|bsd|gpl|gfdl|odc|odbl|pddl|ogl|"
    r"open government|open licen[cs]e|licence ouverte|etalab|eupl|unlicense|iso open)\b",
    re.IGNORECASE,
)


def shared(info: DocumentInfo) -> bool:
    """Whether the text may be passed on whole."""
    return not reason(info)


def reason(info: DocumentInfo) -> str:
    """Why the text is withheld; "" where it is not."""
    said = info.metadata.get("share", "").strip().casefold()
    licence = (info.metadata.get("licence") or info.metadata.get("license") or "").strip()
    if said in _YES:
        return ""
    if said in _NO:
        return "the operator says so"
    if licence:
        return "" if _OPEN.search(licence) else f"its licence is {licence!r}"
    return "" if info.kind == "treaty" else "no licence is named"


def withheld(dataset: Dataset) -> frozenset[str]:
    """The ids of the texts of the dataset that may not be passed on."""
    return frozenset(info.id for info in dataset.documents if not shared(info))
