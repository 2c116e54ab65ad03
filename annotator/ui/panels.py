"""Figures of the start and export pages for `st.html`, with texts' own words and names escaped."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime, timedelta

from annotator.codebook import Codebook
from annotator.model import DocumentInfo, Reviewer
from annotator.ui.overview import Group, Overview, Place, Task, TextProgress, Today

# English names, since the interface is in English; a code that is not here is shown as it is.
LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
    "ru": "Russian",
    "th": "Thai",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
_FULL_CITATION = {"art. ": "Article ", "para. ": "Paragraph ", "ch. ": "Chapter "}
_STATES = {
    "done": "done",
    "begun": "begun",
    "differ": "reviewers differ",
    "open": "not read",
}
_MOST_REVIEWERS = 12
_SAMPLES = (
    ("orange", "suggested", "removing the data", "Dots: a suggestion. Nobody has decided yet."),
    ("blue", "risk", "order any person", "Tint and one line: a person marked a risk."),
    ("blue", "safeguard", "only by a judge", "Tint and a double line: a safeguard."),
)


def place(found: Place, now: datetime) -> str:
    """The clause to go on with: citation, where it stands, and when one was there."""
    where = " · ".join(part for part in (found.info.title, found.heading) if part)
    waiting = f"{count(found.waiting, 'suggestion waits', 'suggestions wait')} here."
    if found.finished:
        said = f"You have read every clause of this text, the last {ago(found.at, now)}."
    elif found.clause.eid == found.last.eid:
        said = f"You stopped here {ago(found.at, now)}."
    else:
        said = f"You finished {html.escape(found.last.citation)} {ago(found.at, now)}."
    return (
        f'<div class="ta-place"><h2>{html.escape(_in_full(found.clause.citation))}</h2>'
        f"<p>{html.escape(where)}</p>"
        f'<p class="ta-muted">{said}{" " + waiting if found.waiting else ""}</p></div>'
    )


def task(one: Task) -> str:
    """What waits, and how much of it."""
    return (
        f'<div class="ta-task"><div><b>{html.escape(one.name)}</b>'
        f'<span class="ta-muted">{html.escape(one.words)}</span></div>'
        f"<strong>{one.count:,}</strong></div>"
    )


def text_heads() -> str:
    """The names of the columns under which `text_figures` stands."""
    return (
        '<div class="ta-text-heads" aria-hidden="true"><span>Text</span>'
        '<div class="ta-figures"><span>You</span><span></span><span>Anyone</span><span></span>'
        "<span>State</span></div></div>"
    )


def text_about(info: DocumentInfo) -> str:
    """What kind of text it is, and the notice that always goes with it."""
    said = f"{'Treaty' if info.kind == 'treaty' else 'News'} · {language(info.language)}"
    if info.suggestions:
        said += f" · {count(info.suggestions, 'suggestion')}"
    notice = f"<span>{html.escape(info.notice)}</span>" if info.notice else ""
    return f'<div class="ta-about"><span>{said}</span>{notice}</div>'


def text_figures(one: TextProgress, *, reviewer: Reviewer | None) -> str:
    """How many clauses one has read and how many anyone has, each as a bar and in figures."""
    total = one.info.reviewable
    mine = f"{_bar(one.mine, total)}<span>{one.mine:,} of {total:,}</span>" if reviewer else ""
    said = "Clauses that at least one reviewer has read"
    return (
        f'<div class="ta-figures"><i>You</i>{mine or "<span>–</span><span></span>"}'
        f'<i>Anyone</i>{_bar(one.anyone, total)}<span title="{said}">{one.anyone:,}</span>'
        f"<em>{_state(one)}</em></div>"
    )


def about(found: Overview, reviewer: Reviewer | None) -> str:
    """Today's figures and everyone's progress."""
    return _today(found.today) + _project(found, reviewer)


def strip(info: DocumentInfo, groups: Sequence[Group]) -> str:
    """A treaty as a row of its articles by chapter, and what their fill means."""
    cells = [cell for group in groups for cell in group.cells]
    counted = {state: sum(cell.state == state for cell in cells) for state in _STATES}
    said = ", ".join(f"{count} {_STATES[key]}" for key, count in counted.items() if count)
    drawn = "".join(_group(group) for group in groups)
    keys = "".join(
        f'<span><u class="ta-cell {state}"></u>{name}</span>'
        for state, name in _STATES.items()
        if state != "differ" or counted["differ"]
    )
    title = html.escape(info.title, quote=True)
    return (
        f'<h2 class="ta-heading">{title}, article by article</h2>'
        f'<div class="ta-strip" role="img" aria-label="{title}: {said}">{drawn}</div>'
        f'<div class="ta-keys" aria-hidden="true">{keys}</div>'
    )


def marks(codebook: Codebook) -> str:
    """How the marks read: dots, a line, a double line, a colour with its letter."""
    shown = "".join(
        f'<div><span class="ta-sample {kind}" style="--c:var(--st-{slot}-color);'
        f'--tint:var(--st-{slot}-background-color)">{words}</span><p>{caption}</p></div>'
        for slot, kind, words, caption in _SAMPLES
    )
    letters = "".join(
        f'<span class="ta-letter" style="--c:var(--st-{one.slot}-color)">{html.escape(one.letter)}−'
        f"</span>{html.escape(one.name)}<br>"
        for one in codebook.concerns
    )
    return (
        f'<h2 class="ta-heading">How the marks read</h2><div class="ta-samples">{shown}'
        f'<div><p class="ta-letters">{letters}</p><p>Colour and letter: the concern. − is a risk, '
        "+ a safeguard.</p></div></div>"
    )


def keys() -> str:
    """The keys of the first minutes."""
    named = (("A", "accept"), ("X", "reject"), ("1 2 3", "tag"))
    return (
        '<div class="ta-caps">'
        + "".join(
            f"<span>{''.join(f'<kbd>{cap}</kbd>' for cap in caps.split())}{does}</span>"
            for caps, does in named
        )
        + "</div>"
    )


def counts(found: Sequence[tuple[str, int]], *, size: int) -> str:
    """What a file holds, and its size."""
    cells = "".join(
        f"<div><strong>{number:,}</strong>{one if number == 1 else one + 's'}</div>"
        for one, number in found
    )
    return f'<div class="ta-counts">{cells}<div><strong>{_size(size)}</strong>file</div></div>'


def count(number: int, one: str, several: str = "") -> str:
    """The number with its word, in the plural where it is not one."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def language(code: str) -> str:
    """The English name of a language, else its code, escaped."""
    return LANGUAGES.get(code.split("-")[0], html.escape(code))


def ago(then: datetime, now: datetime) -> str:
    """How long ago, in words, and from the day before yesterday on the date.

    >>> noon = datetime.fromisoformat("2026-03-12T12:00:00+00:00")
    >>> [ago(noon, noon + timedelta(minutes=m)) for m in (0, 1, 14, 200, 1440)]
    ['just now', 'a minute ago', '14 minutes ago', '3 hours ago', 'yesterday']
    >>> ago(noon, noon + timedelta(days=2))
    'on 12 March'
    """
    there = then.astimezone(now.tzinfo)
    minutes = int((now - there).total_seconds() // 60)
    days = (now.date() - there.date()).days
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return "a minute ago" if minutes == 1 else f"{minutes} minutes ago"
    if days < 1 or minutes < 6 * 60:
        return "an hour ago" if minutes < 120 else f"{minutes // 60} hours ago"
    if now.date() - timedelta(days=1) == there.date():
        return "yesterday"
    year = f" {there.year}" if there.year != now.year else ""
    return f"on {there.day} {there:%B}{year}"


def _in_full(citation: str) -> str:
    """`art. 28(4)` as `Article 28(4)`."""
    for short, full in _FULL_CITATION.items():
        if citation.startswith(short):
            return full + citation.removeprefix(short)
    return citation[:1].upper() + citation[1:]


def _size(content: int) -> str:
    """Bytes as a reader of file lists knows them."""
    if content < 1000:
        return f"{content} B"
    return f"{content / 1000:.0f} kB" if content < 1_000_000 else f"{content / 1_000_000:.1f} MB"


def _bar(part: int, whole: int) -> str:
    """A bar; one that has begun is never drawn empty, one that is not full never full."""
    share = 100 * part / whole if whole else 0.0
    shown = 0.0 if part == 0 else 100.0 if part >= whole else min(97.0, max(3.0, share))
    return f'<u class="ta-bar" aria-hidden="true"><u style="width:{shown:.1f}%"></u></u>'


def _state(one: TextProgress) -> str:
    if one.fewest:
        return {1: "Read once", 2: "Read twice"}.get(one.fewest, f"Read {one.fewest} times")
    return "In review" if one.anyone else "Not started"


def _today(found: Today | None) -> str:
    if found is None:
        return ""
    rows = (
        ("Clauses done", found.clauses),
        ("Marks made", found.marks),
        ("Suggestions rejected", found.rejected),
    )
    return "<h2>Today</h2><dl>" + "".join(_row(name, f"{n:,}") for name, n in rows) + "</dl>"


def _project(found: Overview, reviewer: Reviewer | None) -> str:
    rows = []
    for someone, done in found.reviewers[:_MOST_REVIEWERS]:
        you = ", you" if reviewer and someone.id == reviewer.id else ""
        name = f"<bdi>{html.escape(someone.name)}</bdi>{you}"
        rows.append(_row(name, f"{done:,} of {found.clauses:,}"))
    more = len(found.reviewers) - _MOST_REVIEWERS
    if more > 0:
        rows.append(_row(f"and {more} more", ""))
    if len(found.reviewers) > 1:
        rows.append(_row("By two or more", f"{found.read_twice:,} of {found.clauses:,}"))
    return f"<h2>The project</h2><dl>{''.join(rows)}</dl>"


def _row(name: str, figure: str) -> str:
    return f"<div><dt>{name}</dt><dd>{figure}</dd></div>"


def _group(group: Group) -> str:
    cells = "".join(
        f'<u class="ta-cell {cell.state}" '
        f'title="{html.escape(f"{cell.name}: {_STATES[cell.state]}", quote=True)}"></u>'
        for cell in group.cells
    )
    name = html.escape(group.name, quote=True)
    return (
        f'<div style="--n:{len(group.cells)}" title="{name}"><div>{cells}</div>'
        f"<b>{html.escape(group.number)}</b></div>"
    )
