"""A text against another version of it: which clause is which, what changed, where tags go.

`align` pairs the clauses of two versions in one language, `align_languages` those of one treaty
in two; `changes` marks changed words. `place` finds where tags belong in the new version.
`bring_over` stores them there with the reviews that still hold and lists for a person what it
would not decide; `settle` is what that person says, `carried_tags` the list, and `put_back`
takes all of it back. Discussions come along with their clause; `waiting_threads` have none.
`carry_across` takes one tag to another language. `as_next_version` and
`as_translation` say what a text on its way in is to one that is stored.

Clauses of two versions are followed by their words (same words first, then articles by heading
and words, then order within them), since one article put in renumbers all behind it; languages
by number and place. A tag goes where its words stand once in the same clause, else where the
words around them say so, else by likeness of at least 0.75 when nothing in either text comes
within 0.12; a changed "not", duty, permission or number is never passed. What is doubtful waits
for its owner. A carrying is one line of history that no reviewer's undo touches, since it is
everybody's.

Measured by `tests/bench/carry.py` on edited copies of the corpus treaty, 2,832 tags or more a
kind (precision, recall): renumbered 1.000, 0.998; scan errors 1.000, 0.91; lightly reworded
0.997, 0.77; heavily 0.985, 0.38; look-alikes with a third of the clauses gone 1.000, 0.94.
Nearly all that was wrong was the right place with a ragged edge; one tag in 12,000 stood on
other words.
"""

from annotator.versions.across import SURE, align_languages
from annotator.versions.align import align
from annotator.versions.alignment import Alignment, Pair
from annotator.versions.bring import CarryReport, bring_over, previous
from annotator.versions.carry import place, similarity
from annotator.versions.changes import Change, changes
from annotator.versions.kept import aligned
from annotator.versions.ledger import CarriedTag, carried_tags, put_back
from annotator.versions.placement import Candidate, Placement
from annotator.versions.settle import carry_across, settle
from annotator.versions.succession import as_next_version, as_translation, is_latest
from annotator.versions.threads import (
    CarriedThread,
    origins,
    settle_thread,
    untold,
    waiting_threads,
)

__all__ = [
    "SURE",
    "Alignment",
    "Candidate",
    "CarriedTag",
    "CarriedThread",
    "CarryReport",
    "Change",
    "Pair",
    "Placement",
    "align",
    "align_languages",
    "aligned",
    "as_next_version",
    "as_translation",
    "bring_over",
    "carried_tags",
    "carry_across",
    "changes",
    "is_latest",
    "origins",
    "place",
    "previous",
    "put_back",
    "settle",
    "settle_thread",
    "similarity",
    "untold",
    "waiting_threads",
]
