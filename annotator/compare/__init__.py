"""What several reviewers made of the same text: where they agree, and where not.

`clause_values` turns annotations and reviews into one value a reviewer and clause, `agreement` and
`pair_agreements` measure them, `differences` lists what to talk about and `says` puts it in
words. All of it is computed from model values; nothing is stored.

Silence is not agreement: a clause a reviewer has not marked as reviewed is missing to every
measure, and only clauses that at least two reviewed are compared.
"""

from annotator.compare.agreement import (
    FEW_MARKED,
    FIRM,
    TENTATIVE,
    Agreement,
    Interval,
    PairAgreement,
    agreement,
    cohens_kappa,
    krippendorffs_alpha,
    meaning,
    pair_agreements,
)
from annotator.compare.describe import KIND_NAMES, code_name, concern_of, quote, says
from annotator.compare.differences import KINDS, Difference, DifferenceKind, View, differences
from annotator.compare.values import ClauseValues, Reading, clause_values

__all__ = [
    "FEW_MARKED",
    "FIRM",
    "KINDS",
    "KIND_NAMES",
    "TENTATIVE",
    "Agreement",
    "ClauseValues",
    "Difference",
    "DifferenceKind",
    "Interval",
    "PairAgreement",
    "Reading",
    "View",
    "agreement",
    "clause_values",
    "code_name",
    "cohens_kappa",
    "concern_of",
    "differences",
    "krippendorffs_alpha",
    "meaning",
    "pair_agreements",
    "quote",
    "says",
]
