"""Coefficients of agreement over units that several observers gave a value, and their intervals.

Each is computed for many weightings of the patterns at once (`draws`, a row a resample), so that a
figure and its interval come from the same lines. Units with fewer than two values say nothing about
agreement and are left out. A coefficient is `None` where it is undefined, never 1: where nothing,
or one and the same value everywhere, was said, agreement cannot be told from chance.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from numbers import Real
from typing import Literal, get_args

import krippendorff
import numpy as np

from annotator.compare.ratings import Floats, Ints, Ratings, Row

Level = Literal["nominal", "ordinal", "interval", "ratio", "masi"]
LEVELS: tuple[Level, ...] = get_args(Level)
Counts = Ints | Floats
Coefficient = Callable[[Ratings, Counts], Floats]
"""Of ratings (paired) and draws (resamples x patterns): a figure a resample, NaN if undefined."""


def percent_agreement(rows: Sequence[Row]) -> float | None:
    """The share of pairs of observers on a unit who gave the same value, averaged over units.

    Chance included: it says how often they agree, not how far that can be trusted.
    """
    return of(percent, Ratings.of(rows))


def cohens_kappa(first: Row, second: Row) -> float | None:
    """Cohen's kappa of two observers over the units where both have a value.

    (observed - expected) / (1 - expected), where the expected agreement comes from each one's own
    shares of the values (J. Cohen 1960, "A coefficient of agreement for nominal scales",
    Educational and Psychological Measurement 20). `None` without a common unit, and where one of
    them gave every unit the same value: expected and observed agreement are then equal whatever the
    other says, so the figure would tell nothing.
    """
    return kappa_of(Ratings.of([first, second]).pair(0, 1))


def kappa_of(table: Ints) -> float | None:
    """Cohen's kappa from a table of counts, the first one's values by the second one's."""
    figure = float(kappas(table[None])[0])
    return None if np.isnan(figure) else figure


def scotts_pi(first: Row, second: Row) -> float | None:
    """Scott's pi: as kappa, with chance from the shares of both together.

    W. A. Scott 1955, "Reliability of content analysis", Public Opinion Quarterly 19.
    """
    table = Ratings.of([first, second]).pair(0, 1)
    count = int(table.sum())
    shares = table.sum(axis=0) + table.sum(axis=1)
    by_chance = int((shares**2).sum())
    if not count or by_chance == 4 * count * count:
        return None
    return float((4 * count * int(np.trace(table)) - by_chance) / (4 * count * count - by_chance))


def bennetts_s(
    first: Row, second: Row, *, domain: Sequence[Hashable] | None = None
) -> float | None:
    """Bennett's S: chance gives each value of the domain the same share.

    E. M. Bennett, R. Alpert and A. C. Goldstein 1954, Public Opinion Quarterly 18. `None` where
    both gave one and the same value throughout, whatever else the domain holds.
    """
    ratings = Ratings.of([first, second], domain=domain)
    table, values = ratings.pair(0, 1), len(ratings.domain)
    if np.count_nonzero(table.sum(axis=0) + table.sum(axis=1)) < 2:
        return None
    return float((np.trace(table) / table.sum() - 1 / values) / (1 - 1 / values))


def fleiss_kappa(rows: Sequence[Row]) -> float | None:
    """Fleiss' kappa of several observers.

    J. L. Fleiss 1971, "Measuring nominal scale agreement among many raters", Psychological Bulletin
    76. He has the same number of values for every unit; where some are missing, each unit counts
    once, whatever the number of its values (K. L. Gwet 2014, Handbook of Inter-Rater Reliability,
    4th ed., ch. 2).
    """
    return of(fleiss, Ratings.of(rows))


def fleiss_kappa_by_value(rows: Sequence[Row]) -> dict[Hashable, float | None]:
    """Fleiss' kappa of each value against all others (the same article, p. 381).

    How much likelier than by chance a second observer says the value where one has said it.
    """
    ratings = Ratings.of(rows).paired()
    counts, weights = ratings.counts(), ratings.occurs
    sizes = counts.sum(axis=1)
    said = weights @ counts
    found: dict[Hashable, float | None] = {}
    for place, value in enumerate(ratings.domain):
        own = counts[:, place]
        share = said[place] / said.sum() if said.sum() else 0.0
        if not 0 < share < 1:
            found[value] = None
            continue
        again = float((weights * own * (own - 1) / (sizes - 1)).sum() / said[place])
        found[value] = float((again - share) / (1 - share))
    return found


def gwets_ac1(rows: Sequence[Row], *, domain: Sequence[Hashable] | None = None) -> float | None:
    """Gwet's AC1, which holds still where nearly all values are the same.

    K. L. Gwet 2008, "Computing inter-rater reliability and its variance in the presence of high
    agreement", British Journal of Mathematical and Statistical Psychology 61.
    """
    return of(ac1, Ratings.of(rows, domain=domain))


def krippendorffs_alpha(
    rows: Sequence[Row],
    *,
    level: Level = "nominal",
    domain: Sequence[Hashable] | None = None,
) -> float | None:
    """Krippendorff's alpha, computed by the `krippendorff` package, for sets by its formulas.

    K. Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability". The values of "ordinal" have
    the order of the domain, or else of numbers; "interval" and "ratio" need numbers; for "masi"
    values are sets of labels (`masi_distance`). `None` for a single unit too, of which the formula
    says 0 whatever differs in it. `ValueError` for another level, and for values that have no
    order, no distance or no labels.
    """
    if level not in LEVELS:
        raise ValueError(f"{level!r} is not one of the levels {LEVELS}")
    if level == "masi":
        rows = [[frozenset(v) if isinstance(v, set) else v for v in row] for row in rows]
    ratings = Ratings.of(rows, domain=domain)
    if (level == "ordinal" and domain is None) or level in ("interval", "ratio"):
        words = [value for value in ratings.domain if not isinstance(value, (Real, np.bool_))]
        if words:
            wanted = "give their order as domain" if level == "ordinal" else "give numbers"
            raise ValueError(f"{words[0]!r} has no place on the level {level!r}: {wanted}")
    return alpha_of(ratings, level)


def masi_distance(one: frozenset[str], other: frozenset[str]) -> float:
    """How far two sets of labels are apart, 0 to 1.

    (1 - J) x (1 - M), where J is the share of all labels that both hold, and M is 1 for equal sets,
    2/3 where one holds the other, 1/3 where they share some, 0 where none (R. Passonneau 2006,
    "Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation", LREC;
    as a distance in the way of DKPro Agreement, while NLTK takes 1 - J x M). The empty set is part
    of every set, so a judgement such as "no concern" is a label of its own, not an empty set.
    """
    shared, union = one & other, one | other
    if one == other:
        return 0.0
    monotony = 2 / 3 if shared in (one, other) else 1 / 3
    if not shared and one and other:
        monotony = 0.0
    return (1 - len(shared) / len(union)) * (1 - monotony)


def alpha_of(ratings: Ratings, level: Level = "nominal") -> float | None:
    """Krippendorff's alpha of ratings; see `krippendorffs_alpha`."""
    paired = ratings.paired()
    if paired.units < 2 or paired.constant:
        return None
    if level == "masi":  # the package knows no sets
        return float(alpha(paired, paired.occurs[None], level=level)[0])
    values = paired.domain if level in ("interval", "ratio") else range(len(paired.domain))
    return float(
        krippendorff.alpha(
            value_counts=paired.expanded(),
            value_domain=np.array(list(values)),
            level_of_measurement=level,
        )
    )


def of(coefficient: Coefficient, ratings: Ratings) -> float | None:
    """The coefficient of the ratings as they are."""
    paired = ratings.paired()
    if not paired.units:
        return None
    figure = float(coefficient(paired, paired.occurs[None])[0])
    return None if np.isnan(figure) else figure


def percent(ratings: Ratings, draws: Counts) -> Floats:
    """Percent agreement; see `percent_agreement`."""
    return ratio(draws @ _agreed(ratings.counts()), draws.sum(axis=1))


def fleiss(ratings: Ratings, draws: Counts) -> Floats:
    """Fleiss' kappa; see `fleiss_kappa`."""
    shares = _shares(ratings, draws)
    observed = percent(ratings, draws)
    by_chance = (shares**2).sum(axis=1)
    return _unless_constant(ratings, draws, ratio(observed - by_chance, 1 - by_chance))


def ac1(ratings: Ratings, draws: Counts) -> Floats:
    """Gwet's AC1; see `gwets_ac1`."""
    shares = _shares(ratings, draws)
    by_chance = (shares * (1 - shares)).sum(axis=1) / max(len(ratings.domain) - 1, 1)
    observed = percent(ratings, draws)
    return _unless_constant(ratings, draws, ratio(observed - by_chance, 1 - by_chance))


def alpha(ratings: Ratings, draws: Counts, *, level: Level = "nominal") -> Floats:
    """Krippendorff's alpha for many draws at once, by the formulas of the 2011 paper."""
    counts = ratings.counts()
    sizes = counts.sum(axis=1)
    totals = draws @ counts
    pairable = totals.sum(axis=1)
    if level == "ordinal":
        apart = _ordinal(totals)
        coinciding = np.einsum("rp,pab->rab", draws, _coinciding(counts, sizes))
        observed = (coinciding * apart).sum(axis=(1, 2))
        expected = (totals[:, :, None] * totals[:, None, :] * apart).sum(axis=(1, 2))
    else:
        fixed = distances(ratings, level)
        within = ((counts @ fixed) * counts).sum(axis=1) / (sizes - 1)
        observed = draws @ within
        expected = ((totals @ fixed) * totals).sum(axis=1)
    return _unless_constant(ratings, draws, 1 - ratio((pairable - 1) * observed, expected))


def kappas(tables: Counts) -> Floats:
    """Cohen's kappa of each table of counts (tables x values x values)."""
    count = tables.sum(axis=(1, 2))
    agreed = np.einsum("tii->t", tables)
    first, second = tables.sum(axis=2), tables.sum(axis=1)
    by_chance = (first * second).sum(axis=1)
    # In whole numbers up to the division, so that a constant observer is told exactly.
    found = ratio(agreed * count - by_chance, count**2 - by_chance)
    found[(np.count_nonzero(first, axis=1) < 2) | (np.count_nonzero(second, axis=1) < 2)] = np.nan
    return found


def distances(ratings: Ratings, level: Level) -> Floats:
    """Values x values: how far apart they are, squared as alpha takes them."""
    values = ratings.domain
    if level == "masi":
        sets = [value for value in values if isinstance(value, frozenset)]
        if len(sets) != len(values):
            raise ValueError("MASI compares sets of labels: give frozensets as values")
        return np.array([[masi_distance(a, b) for b in sets] for a in sets])
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    numbers = np.array(values, dtype=np.float64)
    difference = numbers[:, None] - numbers[None, :]
    if level == "interval":
        return difference**2
    total = numbers[:, None] + numbers[None, :]
    return ratio(difference, total, undefined=0.0) ** 2


def ratio(above: Counts, below: Counts, *, undefined: float = np.nan) -> Floats:
    """Division, with `undefined` where the lower number is 0."""
    found = np.full(np.broadcast(above, below).shape, undefined)
    np.divide(above, below, out=found, where=below != 0, dtype=np.float64)
    return found


def _agreed(counts: Ints) -> Floats:
    """For each pattern the share of its pairs of observers who agree."""
    sizes = counts.sum(axis=1)
    return ratio((counts * (counts - 1)).sum(axis=1), sizes * (sizes - 1))


def _shares(ratings: Ratings, draws: Counts) -> Floats:
    """Draws x values: the share of each value, each unit counting once."""
    counts = ratings.counts()
    each = counts / counts.sum(axis=1, keepdims=True)
    return ratio(draws @ each, draws.sum(axis=1, keepdims=True))


def _unless_constant(ratings: Ratings, draws: Counts, figures: Floats) -> Floats:
    """NaN for each draw in which fewer than two values occur."""
    occurring = np.count_nonzero(draws @ ratings.counts(), axis=1)
    return np.where(occurring < 2, np.nan, figures)


def _coinciding(counts: Ints, sizes: Ints) -> Floats:
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(counts.shape[1])
    return np.asarray(pairs / (sizes - 1)[:, None, None], dtype=np.float64)


def _ordinal(totals: Counts) -> Floats:
    """Draws x values x values: the square of the values between two, each end counted half."""
    upto = np.cumsum(totals, axis=1)
    below = upto[:, :, None] - totals[:, :, None]
    between = np.abs(upto[:, None, :] - below)
    between = np.triu(between) + np.swapaxes(np.triu(between, 1), 1, 2)
    ends = (totals[:, :, None] + totals[:, None, :]) / 2
    return np.asarray((between - ends) ** 2, dtype=np.float64)
