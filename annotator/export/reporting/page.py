"""The report as one HTML file: nothing is fetched, no script runs, every word is escaped.

It reads on a phone and on a wide screen, in light and dark, and prints on A4 with its tables across
where they need it; a browser's "Save as PDF" is the PDF. Headings, tables with captions and images
with names make it readable by ear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from annotator.export.dataset import Dataset
from annotator.export.reporting import charts, telling
from annotator.export.reporting.content import Concerned, Report, Source, content
from annotator.export.reporting.grids import Grid, Square
from annotator.export.reporting.passages import Found
from annotator.export.reporting.splits import Split
from annotator.safeguards.matrix import NOT_A_FINDING, STATE_LETTERS, STATE_MEANINGS, STATE_NAMES

_STYLE = Path(__file__).with_suffix(".css")


def render(dataset: Dataset) -> Iterator[bytes]:
    """The page as UTF-8, in pieces."""
    report = content(dataset)
    yield _opening(report).encode()
    for section in (
        _short(report),
        *(_concern(number, one) for number, one in enumerate(report.concerns)),
        _grids(report),
        _splits(report),
        _agreement(report),
        _method(report),
    ):
        yield section.encode()
    yield b"</main>\n</body>\n</html>\n"


def _opening(report: Report) -> str:
    title = f"Findings: {report.title}"
    style = _STYLE.read_text(encoding="utf-8")
    places = [("short", "In short")]
    places += [(f"concern-{number}", one.name) for number, one in enumerate(report.concerns)]
    places += [("grids", "Powers against safeguards")] if report.grids else []
    places += [("splits", "Where reviewers differ")] if report.splits else []
    places += [("agreement", "How far they agree"), ("method", "How this was made")]
    links = "".join(f'<li><a href="#{id}">{escape(name)}</a></li>' for id, name in places)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header><h1>Findings <span dir="auto">{escape(report.title)}</span></h1>\n'
        f"{_facts(telling.facts(report))}{_notices(report.sources)}</header>\n"
        f'<nav aria-label="Contents"><ol>{links}</ol></nav>\n<main>\n'
    )


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f'<dt>{escape(name)}</dt><dd dir="auto">{escape(value)}</dd>' for name, value in facts
    )
    return f"<dl>{rows}</dl>\n"


def _notices(sources: Sequence[Source]) -> str:
    notices = dict.fromkeys(one.notice for one in sources if one.notice)
    return "".join(f'<p class="notice" dir="auto">{escape(one)}</p>\n' for one in notices)


def _short(report: Report) -> str:
    bars = [(one.name, one.risks, one.safeguards) for one in report.concerns]
    chart = charts.stacked("Findings by concern", bars)
    rows = [(name, risks, guards, risks + guards) for name, risks, guards in bars]
    table = _table("Findings by concern", ("Concern", "Risks", "Safeguards", "All"), rows)
    said = "".join(f"<p>{escape(one)}</p>" for one in telling.short(report))
    key = (
        '<p class="key"><span class="risk"></span> risk '
        '<span class="safeguard"></span> safeguard</p>'
        if chart
        else ""
    )
    return f'<section id="short"><h2>In short</h2>\n{said}{key}{chart}{table}</section>\n'


def _concern(number: int, one: Concerned) -> str:
    standards = "".join(
        f"<li><b>{escape(standard.ref)}</b> {escape(standard.says)}</li>"
        for standard in one.standards
    )
    chart = charts.plain(f"{one.name}: findings by code", one.codes)
    table = _table(f"{one.name}: findings by code", ("Code", "Findings"), one.codes)
    body = "".join(
        f'<h3 dir="auto">{escape(title)}</h3>\n{"".join(map(_found, group))}'
        for title, group in groupby(one.found, key=lambda found: found.title)
    )
    nothing = "" if one.found else "<p>Nothing was marked under this concern.</p>"
    return (
        f'<section id="concern-{number}"><h2>{escape(one.name)}</h2>\n'
        f'<p class="definition">{escape(one.definition)}</p>\n'
        f'<ul class="standards">{standards}</ul>\n'
        f"{nothing}{chart}{table if one.codes else ''}{body}</section>\n"
    )


def _found(one: Found) -> str:
    words = "".join(
        f"<mark>{escape(part.words)}</mark>" if part.marked else escape(part.words)
        for part in one.words
    )
    notes = "".join(
        f'<p class="note" dir="auto"><b>{escape(who)}:</b> {escape(note)}</p>'
        for who, note in one.notes
    )
    labels = " · ".join(escape(label) for label in telling.labels(one))
    return (
        f'<article class="{one.polarity}"><h4>{escape(one.citation)} '
        f'<span class="heading" dir="auto">{escape(one.heading)}</span></h4>\n'
        f'<p class="labels">{labels}</p>\n'
        f'<blockquote lang="{escape(one.language)}" dir="auto">{words}</blockquote>\n'
        f'<p class="who">{escape(one.who)}</p>{notes}</article>\n'
    )


def _grids(report: Report) -> str:
    if not report.grids:
        return ""
    legend = "".join(
        f'<span><b class="box {state} confirmed">{STATE_LETTERS[state]}</b> '
        f"{STATE_NAMES[state]}: {STATE_MEANINGS[state]}</span>"
        for state in STATE_NAMES
    )
    return (
        '<section id="grids" class="across"><h2>Powers against safeguards</h2>\n'
        f'<p class="legend">{legend}<span><b class="box absent proposed">A</b> dotted: '
        "proposed by rules</span><span><b>≠</b> reviewers differ</span></p>\n"
        f"<p>{escape(NOT_A_FINDING)}</p>\n{''.join(map(_grid, report.grids))}</section>\n"
    )


def _grid(one: Grid) -> str:
    heads = "".join(f'<th scope="col"><span>{escape(name)}</span></th>' for name in one.columns)
    rows = "".join(
        f'<tr><th scope="row"><b>{escape(row.citation)}</b> <span dir="auto">'
        f"{escape(row.heading)}</span><small>{escape(row.powers)}</small></th>"
        f"{''.join(map(_square, row.squares))}</tr>\n"
        for row in one.rows
    )
    return (
        f'<div class="wide"><table class="grid"><caption><span dir="auto">{escape(one.title)}'
        f"</span>: {escape(one.group.lower())}. {one.absent} of {one.asked} safeguards absent."
        f"</caption><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>\n"
    )


def _square(one: Square | None) -> str:
    if one is None:
        return '<td aria-label="not asked">·</td>'
    letters = "".join(STATE_LETTERS[state] for state in one.states) or "?"
    sign = f"≠{letters}" if one.standing == "disputed" else letters
    state = one.states[0] if one.states else "unproposed"
    return (
        f'<td><b class="box {state} {one.standing}" role="img" '
        f'aria-label="{escape(one.says)}">{sign}</b></td>'
    )


def _splits(report: Report) -> str:
    if not report.splits:
        return ""
    return (
        '<section id="splits"><h2>Where reviewers differ</h2>\n'
        f"<p>{escape(telling.apart(report))}</p>\n{''.join(map(_split, report.splits))}</section>\n"
    )


def _split(one: Split) -> str:
    quoted = f'<blockquote lang="{escape(one.language)}" dir="auto">'
    sides = "".join(
        f"<li><b>{escape(side.who)}</b> {escape(side.says)}"
        + (f"{quoted}{escape(side.quote)}</blockquote>" if side.quote else "")
        + "</li>"
        for side in one.sides
    )
    decided = f'<p class="who">{escape(one.decided)}</p>' if one.decided else ""
    return (
        f'<article class="split"><h4>{escape(one.citation)} <span class="heading" dir="auto">'
        f"{escape(one.heading)}</span></h4><ul>{sides}</ul>{decided}</article>\n"
    )


def _agreement(report: Report) -> str:
    if not report.agreement:
        said = (
            "<p>No clause has been read by two reviewers yet, so there is nothing to compare.</p>"
        )
        return f'<section id="agreement"><h2>How far they agree</h2>\n{said}</section>\n'
    chart = charts.ranges(
        "Krippendorff's alpha with its interval",
        [
            (one.question, one.alpha, one.interval)
            for one in report.agreement
            if one.alpha is not None
        ],
    )
    rows = [
        (one.question, one.clauses, *telling.figures(one), one.meaning) for one in report.agreement
    ]
    table = _table("Agreement between reviewers, clause by clause", telling.FIGURES, rows)
    said = "".join(f"<p>{escape(one)}</p>" for one in telling.ALPHA)
    return f'<section id="agreement"><h2>How far they agree</h2>\n{said}{chart}{table}</section>\n'


def _method(report: Report) -> str:
    said = "".join(f"<p>{escape(one)}</p>" for one in telling.method(report))
    rows = [telling.source(one) for one in report.sources]
    table = _table("The texts, and how much of each was read", telling.SOURCES, rows)
    return (
        f'<section id="method" class="across"><h2>How this was made</h2>\n{said}{table}</section>\n'
    )


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row" dir="auto">{escape(str(row[0]))}</th>'
        + "".join(f'<td dir="auto">{escape(str(cell))}</td>' for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>\n"
    )
