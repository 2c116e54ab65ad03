"""What figures on marks allow one to say, and when they must not be believed."""

import pytest

from annotator.compare import (
    FEW,
    MARKS_VERDICTS,
    Interval,
    SpanAgreement,
    Unitizing,
    marks_meaning,
    marks_verdict,
)


def units(alpha, interval=None, *, count=40, markers=2):
    """Alpha for unitizing of these figures."""
    expected = 0 if alpha is None else 1.0
    observed = 0 if alpha is None else 1 - alpha
    return Unitizing("privacy", 2, count, markers, observed, expected, interval)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (units(None, count=0, markers=0), "none"),
        (units(-0.1, markers=1), "alone"),
        (units(1.0, count=FEW - 1), "few"),
        (units(1.0), "same"),
        (units(-0.2, Interval(-0.4, 0.1)), "below_chance"),
        (units(0.9, Interval(0.82, 0.95)), "firm"),
        (units(0.9, Interval(0.7, 0.95)), "tentative"),
        (units(0.7, Interval(0.5, 0.8)), "reaches"),
        (units(0.7), "reaches"),
        (units(0.5, Interval(0.2, 0.7)), "unclear"),
        (units(0.5), "unclear"),
        (units(0.3, Interval(0.1, 0.5)), "differ"),
        (SpanAgreement("exact", 0, 0, 0), "none"),
        (SpanAgreement("exact", 30, 0, 0), "alone"),
        (SpanAgreement("label", 0, 0, 0), "apart"),
        (SpanAgreement("overlap", 4, 5, 4), "few"),
        (SpanAgreement("overlap", 5, 5, 4), "share"),
        (SpanAgreement("label", 9, 9, 9), "few"),
        (SpanAgreement("label", 10, 10, 9), "labels"),
    ],
)
def test_what_a_figure_on_marks_allows_one_to_say(found, verdict):
    assert marks_verdict(found) == verdict
    assert "{" not in marks_meaning(found)


def test_every_verdict_has_its_own_sentence():
    from annotator.compare.marksmeaning import _MEANINGS

    assert tuple(_MEANINGS) == MARKS_VERDICTS
    assert len(set(_MEANINGS.values())) == len(MARKS_VERDICTS)


def test_the_sentence_tells_the_number_it_rests_on():
    assert "Only 1 mark to go by" in marks_meaning(SpanAgreement("label", 1, 1, 1))
    assert "the marks of both, 80% have" in marks_meaning(SpanAgreement("exact", 10, 10, 8))
