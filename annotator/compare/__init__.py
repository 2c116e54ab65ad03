"""What several reviewers made of the same text: where they agree, and where not.

`clause_values` turns annotations and reviews into one value a reviewer and clause, `agreement` and
`pair_agreements` measure them, `differences` lists what to talk about and `says` puts it in
words. `settle` gives the settled view, `decide` what an adjudicator adds to it for the store to
keep. All of it is computed from model values; nothing is stored here.

Silence is not agreement: a clause a reviewer has not marked as reviewed is missing to every
measure, and only clauses that at least two reviewed are compared.
"""

from annotator.compare.against import Month, over_time
from annotator.compare.agreement import (
    FEW_MARKED,
    FIRM,
    TENTATIVE,
    Agreement,
    PairAgreement,
    agreement,
    meaning,
    pair_agreements,
    verdict,
)
from annotator.compare.bootstrap import Interval
from annotator.compare.coefficients import (
    bennetts_s,
    cohens_kappa,
    fleiss_kappa,
    fleiss_kappa_by_value,
    gwets_ac1,
    krippendorffs_alpha,
    masi_distance,
    percent_agreement,
    scotts_pi,
)
from annotator.compare.describe import Phrases, code_name, concern_of, quote, says
from annotator.compare.differences import KINDS, Difference, DifferenceKind, View, differences
from annotator.compare.marking import PairMarking, markings, pair_markings
from annotator.compare.measures import Figure, Measured, PairFigures, belief, measure, measure_all
from annotator.compare.opinions import PROVENANCES, Finding, Opinion, Provenance
from annotator.compare.questions import (
    QUESTION_KINDS,
    Answers,
    Question,
    QuestionKind,
    Text,
    answers,
)
from annotator.compare.settling import (
    Gap,
    SettledClause,
    SettledPassage,
    decide,
    merged,
    reasons,
    settle,
)
from annotator.compare.spans import MATCHINGS, SpanAgreement, span_agreements
from annotator.compare.unitizing import Unitizing, unitizing
from annotator.compare.values import ClauseValues, Reading, clause_values

__all__ = [
    "FEW_MARKED",
    "FIRM",
    "KINDS",
    "MATCHINGS",
    "PROVENANCES",
    "QUESTION_KINDS",
    "TENTATIVE",
    "Agreement",
    "Answers",
    "ClauseValues",
    "Difference",
    "DifferenceKind",
    "Figure",
    "Finding",
    "Gap",
    "Interval",
    "Measured",
    "Month",
    "Opinion",
    "PairAgreement",
    "PairFigures",
    "PairMarking",
    "Phrases",
    "Provenance",
    "Question",
    "QuestionKind",
    "Reading",
    "SettledClause",
    "SettledPassage",
    "SpanAgreement",
    "Text",
    "Unitizing",
    "View",
    "agreement",
    "answers",
    "belief",
    "bennetts_s",
    "clause_values",
    "code_name",
    "cohens_kappa",
    "concern_of",
    "decide",
    "differences",
    "fleiss_kappa",
    "fleiss_kappa_by_value",
    "gwets_ac1",
    "krippendorffs_alpha",
    "markings",
    "masi_distance",
    "meaning",
    "measure",
    "measure_all",
    "merged",
    "over_time",
    "pair_agreements",
    "pair_markings",
    "percent_agreement",
    "quote",
    "reasons",
    "says",
    "scotts_pi",
    "settle",
    "span_agreements",
    "unitizing",
    "verdict",
]
