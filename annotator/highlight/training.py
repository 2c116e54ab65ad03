"""A small model of what reviewers tag, kept only where it proves itself on texts it never saw.

Rules find what their authors thought of. A bag of words and word pairs trained on clauses that
reviewers have read can say where it is least sure, and so what to read next. Trained on too little
it only learns the rules again, so it is tried first: every text is left out in turn, and the model
has to put that text's tagged clauses higher than the rules' own scores do.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.codebook import CONCERNS
from annotator.errors import AnnotatorError
from annotator.highlight.learning import corrected
from annotator.model import Document, RuleFare, Suggestion

if TYPE_CHECKING:
    from spacy.language import Language

    from annotator.store import Store

FEWEST_CLAUSES = 300
FEWEST_TAGGED = 60
FEWEST_TEXTS = 3
GAIN = 0.02
"""How much more average precision than the rules a model needs, over the texts left out."""
_ROUNDS = 8
_BATCH = 32
_SEED = 5


@dataclass(frozen=True, slots=True)
class Read:
    """A clause that reviewers have read: its words, what most of them tagged, and what rules say.

    `rules` has for each concern the highest score of a rule in the clause, 0 where there is none.
    """

    document: str
    eid: str
    words: str
    concerns: frozenset[str]
    rules: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Proof:
    """How a model trained on the other texts ranks one that was left out.

    `model` and `rules` are average precisions, 0 to 1: the mean, over the clauses that reviewers
    tagged, of the share of tagged ones among all ranked as high (C. D. Manning, P. Raghavan and
    H. Schütze, Introduction to Information Retrieval, 2008, section 8.4); the mean over concerns.
    """

    document: str
    clauses: int
    tagged: int
    model: float
    rules: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """A clause not yet read: the concern whose probability is nearest to a half, and that."""

    eid: str
    concern: str
    probability: float


def examples(store: Store, language: str) -> list[Read]:
    """Every clause of a language's texts that somebody marked as done, with what was tagged.

    A concern counts where at least half of those who read the clause tagged it.
    """
    fares = store.rule_fares()
    found: list[Read] = []
    for info in store.documents():
        if info.language != language:
            continue
        readers: Counter[str] = Counter()
        done = set()
        for review in store.reviews(document=info.id):
            if review.done:
                readers[review.eid] += 1
                done.add((review.eid, review.reviewer))
        if not readers:
            continue
        tagged = {
            (one.eid, one.concern, one.reviewer)
            for one in store.annotations(document=info.id)
            if (one.eid, one.reviewer) in done
        }
        votes = Counter((eid, concern) for eid, concern, _ in tagged)
        document = store.document(info.id)
        scores = _scores(store.suggestions(info.id), fares)
        for clause in document.reviewable():
            if clause.eid in readers:
                many = readers[clause.eid]
                found.append(
                    Read(
                        document.slug,
                        clause.eid,
                        document.text[clause.body : clause.own_end],
                        frozenset(
                            one for one in CONCERNS if 0 < many <= 2 * votes[clause.eid, one]
                        ),
                        scores.get(clause.eid, {}),
                    )
                )
    return found


def check(read: Sequence[Read]) -> None:
    """Raise `AnnotatorError` that says how many decisions there are and how many are needed."""
    texts = {one.document for one in read if one.concerns}
    tagged = sum(bool(one.concerns) for one in read)
    if len(read) < FEWEST_CLAUSES or tagged < FEWEST_TAGGED or len(texts) < FEWEST_TEXTS:
        raise AnnotatorError(
            f"{len(read):,} clauses are marked as done, {tagged:,} of them tagged, in "
            f"{len(texts)} texts with tags: a model needs {FEWEST_CLAUSES}, {FEWEST_TAGGED} and "
            f"{FEWEST_TEXTS}, so go on reviewing"
        )


def prove(read: Sequence[Read], language: str) -> list[Proof]:
    """Each text with tags left out in turn; training takes some seconds a text."""
    found = []
    for document in sorted({one.document for one in read if one.concerns}):
        left = [one for one in read if one.document == document]
        nlp = fit([one for one in read if one.document != document], language)
        ranked = [dict(doc.cats) for doc in nlp.pipe(one.words for one in left)]
        kinds = [c for c in CONCERNS if any(c in one.concerns for one in left)]
        found.append(
            Proof(
                document,
                len(left),
                sum(bool(one.concerns) for one in left),
                _mean(_precision(left, c, [cats[c] for cats in ranked]) for c in kinds),
                _mean(_precision(left, c, [one.rules.get(c, 0.0) for one in left]) for c in kinds),
            )
        )
    return found


def is_proved(proofs: Sequence[Proof]) -> bool:
    """Whether the model beats the rules by `GAIN` over all, and on two texts of three at least."""
    gain = _mean(one.model - one.rules for one in proofs)
    return gain >= GAIN and 3 * sum(one.model > one.rules for one in proofs) >= 2 * len(proofs)


def fit(read: Sequence[Read], language: str) -> Language:
    """A blank pipeline with a classifier of the concerns, the same for the same examples."""
    import spacy
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(_SEED)
    nlp = spacy.blank(language)
    model = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": False,
        "ngram_size": 2,
        "no_output_layer": False,
        "length": 32_768,
    }
    nlp.add_pipe("textcat_multilabel", config={"model": model})
    made = [
        Example.from_dict(
            nlp.make_doc(one.words), {"cats": {c: float(c in one.concerns) for c in CONCERNS}}
        )
        for one in read
    ]
    optimizer = nlp.initialize(lambda: made)
    order = random.Random(_SEED)
    for _ in range(_ROUNDS):
        order.shuffle(made)
        for start in range(0, len(made), _BATCH):
            nlp.update(made[start : start + _BATCH], sgd=optimizer)
    return nlp


def unsure(folder: str | Path, document: Document, done: Iterable[str]) -> list[Unsure]:
    """The clauses of a document that are not `done`, the least sure first.

    `AnnotatorError` where the folder holds no model, or one for another language.
    """
    import spacy

    try:
        nlp = spacy.load(folder)
    except (OSError, ValueError):
        raise AnnotatorError(f"{str(folder)!r} holds no model: make one with `train`") from None
    if nlp.lang != document.language:
        raise AnnotatorError(
            f"the model in {str(folder)!r} is for {nlp.lang!r} and {document.slug!r} is in "
            f"{document.language!r}: train one on such texts"
        )
    read = frozenset(done)
    waiting = [clause for clause in document.reviewable() if clause.eid not in read]
    words = (document.text[clause.body : clause.own_end] for clause in waiting)
    found = []
    for clause, doc in zip(waiting, nlp.pipe(words), strict=True):
        concern = min(CONCERNS, key=lambda one: abs(doc.cats[one] - 0.5))
        found.append(Unsure(clause.eid, concern, doc.cats[concern]))
    return sorted(found, key=lambda one: abs(one.probability - 0.5))


def _scores(
    suggestions: Iterable[Suggestion], fares: Mapping[str, RuleFare]
) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for one in suggestions:
        best = found.setdefault(one.eid, {})
        score = corrected(one.score, fares.get(one.rule))
        best[one.concern] = max(best.get(one.concern, 0.0), score)
    return found


def _precision(read: Sequence[Read], concern: str, scores: Sequence[float]) -> float:
    """Average precision; of equal scores the tagged come last, so that ties earn nothing."""
    ranked = sorted(
        zip(read, scores, strict=True), key=lambda pair: (-pair[1], concern in pair[0].concerns)
    )
    hits, total = 0, 0.0
    for place, (one, _) in enumerate(ranked, 1):
        if concern in one.concerns:
            hits += 1
            total += hits / place
    return total / hits if hits else 0.0


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
