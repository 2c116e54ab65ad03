"""Reads powers against their safeguards: what a clause grants, and what is nowhere in its way.

    reader = safeguards.load("en")
    readings = reader.read(document, references.find(document))

Which kinds there are and which safeguards are held against them stands in
`corpus/safeguards/kinds.yaml`; how a language words them in `corpus/safeguards/<language>.yaml`.
spaCy is imported by `load`, not by this package. A reading is a proposal: a reviewer confirms or
corrects it, and that is an assessment. `propose` reads a stored text and keeps what it finds.
"""

from annotator.safeguards.kinds import Kind, Kinds, kind
from annotator.safeguards.propose import Readers, outdated, propose
from annotator.safeguards.reader import Reader, load, ruleset

__all__ = [
    "Kind",
    "Kinds",
    "Reader",
    "Readers",
    "kind",
    "load",
    "outdated",
    "propose",
    "ruleset",
]
