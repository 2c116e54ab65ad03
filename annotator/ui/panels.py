"""Figures of the start and export pages for `st.html`, with texts' own words and names escaped."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime, timedelta

from annotator.codebook import Codebook
from annotator.model import DocumentInfo, Reviewer
from annotator.ui.overview import Group, Overview, Place, Task, TextProgress, Today
from annotator.ui.words import day, numeral, say

# Those that have a name here; of any other the code is shown.
LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "nl", "pt", "ru", "th", "vi", "zh")
_FULL_CITATION = {"art. ": "article", "para. ": "paragraph", "ch. ": "chapter"}
_STATES = ("done", "begun", "differ", "open")
_MOST_REVIEWERS = 12
_SAMPLES = (("orange", "suggested"), ("blue", "risk"), ("blue", "safeguard"))


def place(found: Place, now: datetime) -> str:
    """The clause to go on with: citation, where it stands, and when one was there."""
    where = " · ".join(part for part in (found.info.title, found.heading) if part)
    waiting = say("panels.place.waiting", n=found.waiting)
    when = ago(found.at, now)
    if found.finished:
        said = say("panels.place.finished", when=when)
    elif found.clause.eid == found.last.eid:
        said = say("panels.place.stopped", when=when)
    else:
        said = say("panels.place.after", citation=html.escape(found.last.citation), when=when)
    return (
        f'<div class="ta-place"><h2>{html.escape(_in_full(found.clause.citation))}</h2>'
        f"<p>{html.escape(where)}</p>"
        f'<p class="ta-muted">{said}{" " + waiting if found.waiting else ""}</p></div>'
    )


def task(one: Task) -> str:
    """What waits, and how much of it."""
    return (
        f'<div class="ta-task"><div><b>{say(f"queue.kind.{one.kind}")}</b>'
        f'<span class="ta-muted">{say(f"queue.help.{one.kind}")}</span></div>'
        f"<strong>{numeral(one.count)}</strong></div>"
    )


def text_heads(*, hidden: bool) -> str:
    """The names of the columns under which `text_figures` stands; `hidden`: what others read."""
    anyone = "" if hidden else say("panels.head.anyone")
    return (
        f'<div class="ta-text-heads" aria-hidden="true"><span>{say("panels.head.text")}</span>'
        f'<div class="ta-figures"><span>{say("panels.head.you")}</span><span></span>'
        f"<span>{anyone}</span><span></span>"
        f"<span>{say('panels.head.state')}</span></div></div>"
    )


def text_about(info: DocumentInfo) -> str:
    """What kind of text it is, and the notice that always goes with it."""
    said = f"{say(f'panels.kind.{info.kind}')} · {language(info.language)}"
    if info.suggestions:
        said += f" · {count(info.suggestions, 'suggestion')}"
    notice = f"<span>{html.escape(info.notice)}</span>" if info.notice else ""
    return f'<div class="ta-about"><span>{said}</span>{notice}</div>'


def text_figures(one: TextProgress, *, reviewer: Reviewer | None) -> str:
    """How many clauses one has read and how many anyone has, each as a bar and in figures."""
    total = one.info.reviewable
    mine = ""
    if reviewer:
        beside = f"<small>{say('panels.beside', n=one.beside)}</small>" if one.beside else ""
        mine = f"{_bar(one.mine, one.of)}<span>{_of(one.mine, one.of)}{beside}</span>"
    anyone = "<i></i><span></span><span></span>"
    if one.anyone is not None:
        anyone = (
            f"<i>{say('panels.head.anyone')}</i>{_bar(one.anyone, total)}"
            f'<span title="{say("panels.anyone")}">{numeral(one.anyone)}</span>'
        )
    return (
        f'<div class="ta-figures"><i>{say("panels.head.you")}</i>'
        f"{mine or '<span>–</span><span></span>'}"
        f"{anyone}<em>{_state(one)}</em></div>"
    )


def about(found: Overview, reviewer: Reviewer | None) -> str:
    """Today's figures and everyone's progress."""
    return _today(found.today) + _project(found, reviewer)


def strip(info: DocumentInfo, groups: Sequence[Group]) -> str:
    """A treaty as a row of its articles by chapter, and what their fill means."""
    cells = [cell for group in groups for cell in group.cells]
    counted = {state: sum(cell.state == state for cell in cells) for state in _STATES}
    said = ", ".join(f"{n} {say(f'panels.state.{state}')}" for state, n in counted.items() if n)
    drawn = "".join(_group(group) for group in groups)
    keys = "".join(
        f'<span><u class="ta-cell {state}"></u>{say(f"panels.state.{state}")}</span>'
        for state in _STATES
        if state != "differ" or counted["differ"]
    )
    title = html.escape(info.title, quote=True)
    return (
        f'<h2 class="ta-heading">{say("panels.strip.title", title=title)}</h2>'
        f'<div class="ta-strip" role="img" aria-label="{title}: {said}">{drawn}</div>'
        f'<div class="ta-keys" aria-hidden="true">{keys}</div>'
    )


def marks(codebook: Codebook) -> str:
    """How the marks read: dots, a line, a double line, a colour with its letter."""
    shown = "".join(
        f'<div><span class="ta-sample {kind}" style="--c:var(--st-{slot}-color);'
        f'--tint:var(--st-{slot}-background-color)">{say(f"panels.marks.sample.{kind}")}</span>'
        f"<p>{say(f'panels.marks.{kind}')}</p></div>"
        for slot, kind in _SAMPLES
    )
    letters = "".join(
        f'<span class="ta-letter" style="--c:var(--st-{one.slot}-color)">{html.escape(one.letter)}−'
        f"</span>{html.escape(one.name)}<br>"
        for one in codebook.concerns
    )
    return (
        f'<h2 class="ta-heading">{say("panels.marks.title")}</h2><div class="ta-samples">{shown}'
        f'<div><p class="ta-letters">{letters}</p><p>{say("panels.marks.letters")}</p></div></div>'
    )


def keys() -> str:
    """The keys of the first minutes."""
    named = (("A", "accept"), ("X", "reject"), ("1 2 3", "tag"))
    return (
        '<div class="ta-caps">'
        + "".join(
            f"<span>{''.join(f'<kbd>{cap}</kbd>' for cap in caps.split())}"
            f"{say(f'panels.keys.{does}')}</span>"
            for caps, does in named
        )
        + "</div>"
    )


def counts(found: Sequence[tuple[str, int]], *, size: int | None) -> str:
    """What a file holds, each number under the key of its word, and its size once it is known."""
    cells = "".join(
        f"<div><strong>{numeral(number)}</strong>{say(key, n=number)}</div>"
        for key, number in found
    )
    if size is not None:
        cells += f"<div><strong>{_size(size)}</strong>{say('panels.file')}</div>"
    return f'<div class="ta-counts">{cells}</div>'


def count(number: int, what: str) -> str:
    """The number with its word, as in `3 clauses`; the words are those of `count.yaml`."""
    return say(f"count.{what}", n=number)


def language(code: str) -> str:
    """The name of a language, else its code, escaped."""
    base = code.split("-")[0]
    return say(f"languages.{base}") if base in LANGUAGES else html.escape(code)


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
        return say("panels.ago.now")
    if minutes < 60:
        return say("panels.ago.minutes", n=minutes)
    if days < 1 or minutes < 6 * 60:
        return say("panels.ago.hours", n=minutes // 60)
    if now.date() - timedelta(days=1) == there.date():
        return say("panels.ago.yesterday")
    return say("panels.ago.on", day=day(there.isoformat(), year=there.year != now.year))


def _in_full(citation: str) -> str:
    """`art. 28(4)` as `Article 28(4)`."""
    for short, full in _FULL_CITATION.items():
        if citation.startswith(short):
            return say(f"panels.citation.{full}", number=citation.removeprefix(short))
    return citation[:1].upper() + citation[1:]


def _size(content: int) -> str:
    """Bytes as a reader of file lists knows them."""
    if content < 1000:
        return say("panels.size.bytes", n=content)
    if content < 1_000_000:
        return say("panels.size.kilobytes", n=numeral(content / 1000, 0))
    return say("panels.size.megabytes", n=numeral(content / 1_000_000, 1))


def _bar(part: int, whole: int) -> str:
    """A bar; one that has begun is never drawn empty, one that is not full never full."""
    share = 100 * part / whole if whole else 0.0
    shown = 0.0 if part == 0 else 100.0 if part >= whole else min(97.0, max(3.0, share))
    return f'<u class="ta-bar" aria-hidden="true"><u style="width:{shown:.1f}%"></u></u>'


def _state(one: TextProgress) -> str:
    if one.fewest:
        twice = one.fewest == 2
        return say("panels.read.twice" if twice else "panels.read.once", n=one.fewest)
    if one.anyone is None and one.mine >= one.of:
        return say("panels.read.once", n=1)
    begun = one.anyone or one.mine or one.beside
    return say("panels.read.begun" if begun else "panels.read.open")


def _today(found: Today | None) -> str:
    if found is None:
        return ""
    rows = (
        (say("panels.today.clauses"), found.clauses),
        (say("panels.today.marks"), found.marks),
        (say("panels.today.rejected"), found.rejected),
    )
    shown = "".join(_row(name, numeral(n)) for name, n in rows)
    zone = html.escape(found.zone)
    return (
        f'<h2 title="{say("panels.today.zone", zone=zone)}">{say("panels.today.title")}</h2>'
        f"<dl>{shown}</dl>"
    )


def _project(found: Overview, reviewer: Reviewer | None) -> str:
    rows = []
    for someone, done, theirs in found.reviewers[:_MOST_REVIEWERS]:
        name = f"<bdi>{html.escape(someone.name)}</bdi>"
        if reviewer and someone.id == reviewer.id:
            name = say("panels.project.you", name=name)
        rows.append(_row(name, _of(done, theirs)))
    more = len(found.reviewers) - _MOST_REVIEWERS
    if more > 0:
        rows.append(_row(say("panels.project.more", n=more), ""))
    if len(found.reviewers) > 1:
        rows.append(_row(say("panels.project.twice"), _of(found.read_twice, found.clauses)))
    name = html.escape(found.name) or say("panels.project.title")
    hidden = f'<p class="ta-muted">{say("panels.project.hidden")}</p>' if found.hidden else ""
    return f"<h2>{name}</h2><dl>{''.join(rows)}</dl>{hidden}"


def _of(part: int, whole: int) -> str:
    return say("panels.of", n=part, total=whole)


def _row(name: str, figure: str) -> str:
    return f"<div><dt>{name}</dt><dd>{figure}</dd></div>"


def _group(group: Group) -> str:
    cells = "".join(
        f'<u class="ta-cell {cell.state}" '
        f'title="{html.escape(cell.name, quote=True)}{say("shell.colon")}'
        f'{say(f"panels.state.{cell.state}")}"></u>'
        for cell in group.cells
    )
    name = html.escape(group.name, quote=True)
    return (
        f'<div style="--n:{len(group.cells)}" title="{name}"><div>{cells}</div>'
        f"<b>{html.escape(group.number)}</b></div>"
    )
