"""A reviewer's own standing as tables for `st.html`: words from outside are always escaped."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from annotator.codebook import Codebook
from annotator.compare.against import Month
from annotator.compare.lessons import LESSON_KINDS, CodeLessons, Lesson, Stand
from annotator.compare.opinions import Finding, Opinion
from annotator.compare.spans import SpanAgreement
from annotator.model import Document
from annotator.ui.called import Called
from annotator.ui.directions import direction
from annotator.ui.words import listed, numeral, percent, say

AT_ONCE = 60
STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text(encoding='utf-8')}</style>"
MONTH_COLUMNS = ("month", "clauses", "matching", "settled", "marked", "matched")
FIGURES = ("precision", "recall", "f1")
_LINKS = 6
_WORDS = 110


class Teller:
    """Puts findings, reviewers and places in words."""

    def __init__(
        self,
        codebook: Codebook,
        people: Mapping[str, Called],
        documents: Mapping[str, Document],
        *,
        named: bool,
    ) -> None:
        self._codebook = codebook
        self._people = people
        self._documents = documents
        self._named = named

    def link(self, document: str, eid: str, *, page: str = "review") -> str:
        """A clause as a link that opens it; with the text's name where there are several."""
        text = self._documents[document]
        address = html.escape(f"{page}?doc={text.slug}&at={eid}", quote=True)
        cited = html.escape(text.clause(eid).citation)
        several = len(self._documents) > 1
        about = f' <span class="ta-muted">{html.escape(text.title)}</span>' if several else ""
        return f'<a href="{address}" target="_self">{cited}</a>{about}'

    def finding(self, finding: Finding | None, document: str) -> str:
        """Label and words; or that it was left unmarked."""
        if finding is None:
            return f'<span class="ta-muted">{say("settle.unmarked")}</span>'
        text = self._documents[document]
        words = finding.quote if len(finding.quote) <= _WORDS else finding.quote[:_WORDS] + "…"
        language = html.escape(text.language, quote=True)
        severity = f", {say(f'settle.severity.{finding.severity}')}" if finding.severity else ""
        return (
            f"{self.about(finding.concern, finding.code, polarity=finding.polarity)}{severity} "
            f'<q lang="{language}" dir="{direction(text)}">{html.escape(words)}</q>'
        )

    def about(self, concern: str, code: str, *, polarity: str = "") -> str:
        """A code, or a concern without one, with its letter and colour."""
        known = next((one for one in self._codebook.concerns if one.id == concern), None)
        if known is None:
            return html.escape(f"{concern}: {code}" if code else concern)
        codes = {id: one.name for one in known.codes for id in (one.id, *one.replaces)}
        name = codes.get(code, code) or known.name
        sign = {"risk": "−", "safeguard": "+"}.get(polarity, "")
        shown = (
            f'<span class="ta-letter" style="--c:var(--st-{known.slot}-color)">'
            f"{html.escape(known.letter)}{sign}</span> {html.escape(name)}"
        )
        if not sign:
            return shown
        return f'{shown}<span class="ta-unseen">, {say(f"settle.polarity.{polarity}")}</span>'

    def who(self, opinion: Opinion) -> str:
        """Who holds a view; in a blind project only how many do."""
        if not self._named:
            return say("mine.others", n=len(opinion.reviewers))
        return html.escape(listed([self._people[one].name for one in opinion.reviewers]))


def stands_table(stands: Sequence[Stand], teller: Teller) -> str:
    """Where the reviewer and others differ, a row a passage."""
    rows = []
    for one in stands[:AT_ONCE]:
        others = "".join(
            f"<li><b>{teller.who(view)}</b> {teller.finding(view.finding, one.document)}</li>"
            for view in one.others
        )
        rows.append(
            (
                teller.link(one.document, one.eid),
                teller.finding(one.mine, one.document),
                f"<ul>{others}</ul>",
                _outcome(one, teller),
            )
        )
    return stand_table("mine", ("clause", "mine", "others", "settled"), rows) + _more(len(stands))


def _outcome(stand: Stand, teller: Teller) -> str:
    passage = stand.passage
    if passage.disagreed:
        return say("settle.outcome.disagree")
    if not passage.taken:
        waits = say("mine.waits")
        return f'{waits} <span class="ta-muted">{say(f"settle.state.{passage.provenance}")}</span>'
    if passage.finding == stand.mine:
        return say("mine.as_mine")
    if passage.finding is None:
        return say("settle.none")
    return teller.finding(passage.finding, stand.document)


def codes_table(codes: Sequence[CodeLessons], teller: Teller) -> str:
    """By code, how often something was missed, marked too much, or otherwise, with the clauses."""
    rows = [
        (
            teller.about(one.concern, one.code),
            *(_places(one.of(kind), teller) for kind in LESSON_KINDS),
        )
        for one in codes
    ]
    return stand_table("mine", ("code", *LESSON_KINDS), rows)


def lessons_table(lessons: Sequence[Lesson], teller: Teller) -> str:
    """Every difference from what is settled, a row each."""
    rows = [
        (
            teller.link(one.document, one.eid),
            say(f"mine.kind.{one.kind}"),
            teller.finding(one.mine, one.document),
            _settled(one, teller),
        )
        for one in lessons[:AT_ONCE]
    ]
    return stand_table("mine", ("clause", "kind", "mine", "settled"), rows) + _more(len(lessons))


def months_table(months: Sequence[Month]) -> str:
    """The figures of the chart, a row a month."""
    rows = []
    for month in months:
        overlap = matched(month, "overlap")
        exact = matched(month, "exact")
        figures = (overlap.precision, overlap.recall, overlap.f1, exact.f1)
        rows.append(
            (
                html.escape(month.month),
                numeral(month.clauses),
                *("–" if value is None else percent(value) for value in figures),
            )
        )
    heads = ("month", "clauses", "precision", "recall", "f1", "exact")
    return stand_table("mine", heads, rows)


def matched(month: Month, matching: str) -> SpanAgreement:
    """A month's counts under one way of matching."""
    return next(one for one in month.found if one.matching == matching)


def months_csv(months: Iterable[Month]) -> bytes:
    """Every figure of every way of matching, for whoever goes on with them elsewhere."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow((*MONTH_COLUMNS, *FIGURES))
    for month in months:
        for one in month.found:
            figures = [
                "" if value is None else f"{value:.4f}"
                for value in (one.precision, one.recall, one.f1)
            ]
            counts = (one.first, one.second, one.matched)
            lines.writerow((month.month, month.clauses, one.matching, *counts, *figures))
    return out.getvalue().encode("utf-8-sig")


def _settled(one: Lesson, teller: Teller) -> str:
    return say("settle.none") if one.settled is None else teller.finding(one.settled, one.document)


def _places(lessons: Sequence[Lesson], teller: Teller) -> str:
    if not lessons:
        return '<span class="ta-muted">–</span>'
    places = list(dict.fromkeys((one.document, one.eid) for one in lessons))
    links = ", ".join(teller.link(*place) for place in places[:_LINKS])
    if len(places) > _LINKS:
        links += f" {say('settle.gaps.more', n=len(places) - _LINKS)}"
    return f"<b>{numeral(len(lessons))}</b> {links}"


def stand_table(part: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are HTML already; on a narrow page each cell says what it is of."""
    names = [say(f"{part}.head.{name}") for name in heads]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{first}</th>'
        + "".join(
            f'<td data-of="{html.escape(name, quote=True)}"><div>{cell}</div></td>'
            for name, cell in zip(names[1:], rest, strict=True)
        )
        + "</tr>"
        for first, *rest in rows
    )
    return (
        '<div class="stand-table" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _more(count: int) -> str:
    if count <= AT_ONCE:
        return ""
    return f'<p class="ta-muted">{say("mine.more", n=count - AT_ONCE)}</p>'
