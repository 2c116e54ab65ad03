"""What the report says in sentences, the same on the page and in the DOCX."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.compare import FIRM, TENTATIVE
from annotator.export.reporting.content import Agreement, Report, Source
from annotator.export.reporting.passages import Found
from annotator.listing import count

FIGURES = (
    "Question",
    "Clauses",
    "Say the same",
    "Alpha",
    "95 % interval",
    "What it allows one to say",
)
SOURCES = ("Text", "Version", "Clauses", "Read", "Read by two or more", "From", "SHA-256")
NOT_COMPARED = "No clause has been read by two reviewers yet, so there is nothing to compare."
ALPHA = (
    "Each clause that two or more reviewers read is a question they answered apart. The share of "
    "clauses of which all say the same is easily high where hardly anything is marked; "
    "Krippendorff's alpha takes off what chance alone would give, so that 1 is full agreement and "
    f"0 no better than chance. From {FIRM:.2f} on figures bear firm statements, from "
    f"{TENTATIVE:.3f} tentative ones (Krippendorff 2004).",
)


def facts(report: Report) -> Iterator[tuple[str, str]]:
    """What one wants to know of a report before reading it."""
    if len(report.sources) > 1:
        yield "Texts", "; ".join(one.title for one in report.sources)
    yield "Read by", _people(report)
    yield "View", _view(report)
    if report.latest:
        yield "Latest word", report.latest
    yield "Codebook", f"version {report.codebook}"


def _people(report: Report) -> str:
    said = count(report.readers, "reviewer")
    return f"{said}: {', '.join(report.reviewers)}" if report.reviewers else said


def _view(report: Report) -> str:
    said = "what is settled" if report.settled else "what each reviewer marked"
    return "; ".join((said, *report.narrowed))


def short(report: Report) -> Iterator[str]:
    """The report in a few sentences."""
    clauses = sum(one.clauses for one in report.sources)
    read = sum(one.read for one in report.sources)
    several = sum(one.read_by_several for one in report.sources)
    texts = count(len(report.sources), "text")
    yield (
        f"{count(report.readers, 'reviewer')} read {read} of the {count(clauses, 'clause')} of "
        f"{texts}, {several} of them by two or more."
    )
    risks, guards = (
        sum(getattr(one, kind) for one in report.concerns) for kind in ("risks", "safeguards")
    )
    yield f"They found {count(risks, 'risk')} and {count(guards, 'safeguard')}, clause by clause."
    if report.grids:
        absent = sum(one.absent for one in report.grids)
        asked = sum(one.asked for one in report.grids)
        yield f"Of {asked} safeguards that its powers and offences call for, {absent} are absent."
    if report.splits:
        yield f"On {count(len(report.splits), 'passage')} they differ; both views are given."


def apart(report: Report) -> str:
    """What the list of differences is."""
    return (
        "Passages that more than one reviewer read and on which they do not say the same. What "
        f"was decided to stand as disagreement says so; the rest waits. "
        f"{count(len(report.splits), 'passage')} in all."
    )


def labels(one: Found) -> Iterator[str]:
    """Whether it is a risk, under which codes, how grave."""
    yield one.polarity.capitalize()
    yield from one.codes
    if one.severities:
        yield f"severity {' to '.join(dict.fromkeys((one.severities[0], one.severities[-1])))}"


def figures(one: Agreement) -> tuple[str, str, str]:
    """Share, alpha and interval as they are printed."""
    return (
        "" if one.percent is None else f"{one.percent:.0%}",
        "cannot be told" if one.alpha is None else f"{one.alpha:.2f}",
        "" if one.interval is None else f"{one.interval.low:.2f} to {one.interval.high:.2f}",
    )


def source(one: Source) -> tuple[str, ...]:
    """A text's row."""
    return (
        one.title,
        str(one.version),
        str(one.clauses),
        str(one.read),
        str(one.read_by_several),
        one.address,
        one.sha256,
    )


def method(report: Report) -> Iterator[str]:
    """How it was made, and what it does not say."""
    yield (
        "Each text was cut into its articles, paragraphs and points. Rules highlighted words that "
        "may matter; reviewers read clause by clause, accepted, changed or rejected what was "
        "highlighted, marked what was not, and said of each clause when they were done with it. A "
        "highlight nobody accepted is no finding and is not in this report."
    )
    yield (
        "A clause that nobody has read counts for nothing: silence is neither agreement nor a sign "
        "that a clause is harmless. A finding is what reviewers say a text does, measured against "
        "the standards named; it is not a court's."
    )
    if report.settled:
        yield (
            "Settled is what all who read a clause agree on, and what an adjudicator decided where "
            "they did not. Each reviewer's own marks are kept beside it."
        )
    yield (
        f"Concerns, codes and standards are those of version {report.codebook} of the codebook. "
        "The SHA-256 of each text names it exactly: anyone with the same text can check every "
        "quotation against it."
    )
