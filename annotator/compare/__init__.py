"""What several reviewers made of the same text: where they agree, and where not.

`answers` turns annotations, reviews and assessments into what each reviewer said to each question
of the codebook, `measure` measures it, of all clauses or of parts of them, and `meaning` says what
the figures allow one to say. `differences` lists what to talk about, `says` puts it in words,
`worth_talking` puts it in order, and `confusions` counts which labels are taken for which. `settle`
gives the settled view, `decide` what an adjudicator adds to it for the store to keep. All of it is
computed from model values; nothing is stored here.

Silence is not agreement: a clause a reviewer has not marked as reviewed is missing to every
measure, and only clauses that at least two reviewed are compared.
"""

from annotator.compare.against import Month, over_time
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
from annotator.compare.confusions import Confusion, confusions
from annotator.compare.describe import Phrases, code_name, concern_of, quote, says
from annotator.compare.differences import KINDS, Difference, DifferenceKind, View, differences
from annotator.compare.gamma import Gamma, gamma, gamma_installed
from annotator.compare.gathering import gathered, read_by_several
from annotator.compare.marking import PairMarking, markings, pair_markings
from annotator.compare.marksmeaning import (
    MARKS_VERDICTS,
    MarksVerdict,
    marks_counted,
    marks_meaning,
    marks_verdict,
)
from annotator.compare.meaning import FEW, FIRM, TENTATIVE, Verdict, meaning, quotable, verdict
from annotator.compare.measures import (
    MEASURES,
    Figure,
    Figures,
    Measured,
    PairFigures,
    measure,
    measure_all,
)
from annotator.compare.opinions import PROVENANCES, Finding, Opinion, Provenance
from annotator.compare.parts import PART_KINDS, Part, PartKind, measure_parts
from annotator.compare.questions import (
    QUESTION_KINDS,
    Answers,
    Asked,
    Question,
    QuestionKind,
    Text,
    answers,
)
from annotator.compare.reading import Reading
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
from annotator.compare.talking import Because, Talk, worth_talking
from annotator.compare.unitizing import Unitizing, unitizing

__all__ = [
    "FEW",
    "FIRM",
    "KINDS",
    "MARKS_VERDICTS",
    "MATCHINGS",
    "MEASURES",
    "PART_KINDS",
    "PROVENANCES",
    "QUESTION_KINDS",
    "TENTATIVE",
    "Answers",
    "Asked",
    "Because",
    "Confusion",
    "Difference",
    "DifferenceKind",
    "Figure",
    "Figures",
    "Finding",
    "Gamma",
    "Gap",
    "Interval",
    "MarksVerdict",
    "Measured",
    "Month",
    "Opinion",
    "PairFigures",
    "PairMarking",
    "Part",
    "PartKind",
    "Phrases",
    "Provenance",
    "Question",
    "QuestionKind",
    "Reading",
    "SettledClause",
    "SettledPassage",
    "SpanAgreement",
    "Talk",
    "Text",
    "Unitizing",
    "Verdict",
    "View",
    "answers",
    "bennetts_s",
    "code_name",
    "cohens_kappa",
    "concern_of",
    "confusions",
    "decide",
    "differences",
    "fleiss_kappa",
    "fleiss_kappa_by_value",
    "gamma",
    "gamma_installed",
    "gathered",
    "gwets_ac1",
    "krippendorffs_alpha",
    "markings",
    "marks_counted",
    "marks_meaning",
    "marks_verdict",
    "masi_distance",
    "meaning",
    "measure",
    "measure_all",
    "measure_parts",
    "merged",
    "over_time",
    "pair_markings",
    "percent_agreement",
    "quotable",
    "quote",
    "read_by_several",
    "reasons",
    "says",
    "scotts_pi",
    "settle",
    "span_agreements",
    "unitizing",
    "verdict",
    "worth_talking",
]
