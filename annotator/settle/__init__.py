"""What an adjudicator has before them and does: a text's clauses as they stand, and each decision.

The settled layer itself is computed in `annotator.compare`; here it meets the store, and whoever
looks at it. `bench` gives what may be seen, `apply` stores what the browser sends, `changes` tells
who changed what since a clause was decided, `carry` takes decisions over to a
later version of the text.
"""

from annotator.settle.bench import Bench, bench, follows
from annotator.settle.carrying import carry, earlier, to_carry
from annotator.settle.changes import Changed, changes
from annotator.settle.events import apply
from annotator.settle.talking import TALKING, talk

__all__ = [
    "TALKING",
    "Bench",
    "Changed",
    "apply",
    "bench",
    "carry",
    "changes",
    "earlier",
    "follows",
    "talk",
    "to_carry",
]
