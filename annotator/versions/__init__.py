"""A text against another version of it: which clause is which, what changed, where tags go.

`align` pairs the clauses of two versions in one language, `align_languages` those of one treaty in
two. `changes` marks changed words. `place` finds where annotations belong in the new version,
`bring_over` stores them there with the reviews that still hold, and lists for a person what it
would not decide; `settle` is what that person says.
"""

from annotator.versions.across import align_languages
from annotator.versions.align import align
from annotator.versions.alignment import Alignment, Pair
from annotator.versions.changes import Change, changes

__all__ = ["Alignment", "Change", "Pair", "align", "align_languages", "changes"]
