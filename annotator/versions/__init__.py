"""A text against another version of it: which clause is which, what changed, where tags go.

`align` pairs the clauses of two versions in one language, `align_languages` those of one treaty in
two; `changes` marks changed words. `place` finds where tags belong in the new version. `bring_over`
stores them there with the reviews that still hold and lists for a person what it would not decide;
`settle` is what that person says, `carried_tags` the list, and `put_back` takes all of it back.
`carry_across` takes one tag to another language. `as_next_version` and `as_translation` say what a
text on its way in is to one that is stored.
"""

from annotator.versions.across import SURE, align_languages
from annotator.versions.align import align
from annotator.versions.alignment import Alignment, Pair
from annotator.versions.bring import CarryReport, bring_over, previous
from annotator.versions.carry import place, similarity
from annotator.versions.changes import Change, changes
from annotator.versions.ledger import CarriedTag, carried_tags, put_back
from annotator.versions.placement import Candidate, Placement
from annotator.versions.settle import carry_across, settle
from annotator.versions.succession import as_next_version, as_translation, is_latest

__all__ = [
    "SURE",
    "Alignment",
    "Candidate",
    "CarriedTag",
    "CarryReport",
    "Change",
    "Pair",
    "Placement",
    "align",
    "align_languages",
    "as_next_version",
    "as_translation",
    "bring_over",
    "carried_tags",
    "carry_across",
    "changes",
    "is_latest",
    "place",
    "previous",
    "put_back",
    "settle",
    "similarity",
]
