"""The codebook as a reviewer reads it: for `st.html`, with every word of the file escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from annotator.codebook import STATES, Code, Codebook, Concern, Safeguard, Standard
from annotator.codebook.standing import Entry, Flagged, Seen
from annotator.model import Annotation, Document, Review, Reviewer
from annotator.ui.panels import count
from annotator.ui.words import day, say

Item = Concern | Code | Safeguard


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry of the codebook with its path and the concern whose colour it has."""

    path: str
    item: Item
    concern: Concern

    @property
    def anchor(self) -> str:
        """The id of the entry on the page."""
        return self.path.replace("/", "-")


def shown_entries(book: Codebook) -> list[Shown]:
    """Every entry in reading order: each concern with its codes, then the safeguards."""
    found = []
    for concern in book.concerns:
        found.append(Shown(concern.id, concern, concern))
        found += [Shown(f"{concern.id}/{code.id}", code, concern) for code in concern.codes]
    for one in book.safeguards:
        found.append(Shown(f"safeguard/{one.id}", one, book.concern(one.concern)))
    return found


def matches(one: Shown, words: str) -> bool:
    """Whether the entry has all of the words somewhere, parts of words too."""
    item = one.item
    texts = [one.path, item.name, item.definition]
    if isinstance(item, Safeguard):
        texts += item.recognise.values()
    else:
        texts += [*item.tag, *item.leave]
    for standard in item.standards:
        texts += [standard.ref, standard.says]
    text = " ".join(texts).casefold()
    return all(word in text for word in words.casefold().split())


def entry(one: Shown, *, words: str = "") -> str:
    """An entry whole: name, definition, examples or signs, standards; found words are marked."""

    def said(text: str) -> str:
        return _marked(text, words)

    item = one.item
    slot = one.concern.slot
    kind = "concern" if isinstance(item, Concern) else "code"
    if isinstance(item, Code) and item.parent:
        kind += " sub"
    heading = "h2" if isinstance(item, Concern) else "h3"
    parts = [
        f'<article class="cb-entry {kind}" id="{html.escape(one.anchor, quote=True)}" '
        f'style="--c:var(--st-{slot}-color);--ct:var(--st-{slot}-text-color)">',
        f"<{heading}>{_sign(one)}<span>{said(item.name)}</span>{_state(item)}{_of(one, words)}"
        f'<a class="cb-link" href="{html.escape(link(one.path), quote=True)}" target="_self" '
        f'aria-label="{say("codebook.entry.link", name=html.escape(item.name, quote=True))}">#</a>'
        f"</{heading}>",
        f'<p class="cb-definition">{said(item.definition)}</p>',
    ]
    if isinstance(item, Safeguard):
        parts.append(_states(item, said))
        if item.asked_of:
            asked = ", ".join(say(f"safeguards.group.{group}") for group in item.asked_of)
            parts.append(_aside(say("codebook.entry.asked_of", groups=asked)))
    else:
        parts.append(
            '<div class="cb-examples">'
            f'<div><p class="cb-part">{say("codebook.entry.tag")}</p>'
            f"{_list(map(said, item.tag))}</div>"
            f'<div><p class="cb-part">{say("codebook.entry.leave")}</p>'
            f"{_list(map(said, item.leave))}</div></div>"
        )
    if isinstance(item, Code) and item.replaces:
        names = html.escape(", ".join(item.replaces))
        parts.append(f'<p class="cb-aside">{say("codebook.entry.replaces", names=names)}</p>')
    parts.append(_standards(item.standards, said))
    return "".join(parts) + "</article>"


def contents(entries: Sequence[Shown]) -> str:
    """The entries as a list to jump from, sub-codes further in."""
    rows = []
    for one in entries:
        sub = " sub" if isinstance(one.item, Code) and one.item.parent else ""
        name = html.escape(one.item.name)
        rows.append(
            f'<a class="cb-jump{sub}" href="#{html.escape(one.anchor, quote=True)}" '
            f'style="--c:var(--st-{one.concern.slot}-color)">'
            f"{_sign(one)}<span>{name}</span></a>"
        )
    return (
        f'<nav class="cb-contents" aria-label="{say("codebook.entry.list")}">{"".join(rows)}</nav>'
    )


def versions(seen: Sequence[Seen], names: Mapping[str, str]) -> str:
    """The versions this database has seen, the newest first."""
    rows = []
    for one in seen:
        number = html.escape(one.version.version)
        when = html.escape(day(one.version.added)) or say("codebook.versions.not_stored")
        rests = f"{count(one.tags, 'tag')}, {count(one.assessments, 'assessment')}"
        if one.reviews:
            rests += f", {say('codebook.versions.reviews', n=one.reviews)}"
        changed = ", ".join(html.escape(names.get(path, path)) for path in one.changed)
        what = _aside(say("codebook.versions.changed", names=changed)) if changed else ""
        says = f"<p>{html.escape(one.says)}</p>" if one.says else ""
        here = f" <em>{say('codebook.versions.in_use')}</em>" if one.current else ""
        rows.append(
            f"<tr><th scope='row'>{number}{here}<small>{html.escape(one.version.sha256[:8])}"
            f"</small></th><td>{when}</td><td>{rests}</td><td>{says}{what}</td></tr>"
        )
    named = ("version", "seen", "rests", "brought")
    head = "".join(f"<th>{say(f'codebook.versions.{name}')}</th>" for name in named)
    return (
        f'<div class="cb-wide"><table class="cb-versions"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def in_question(
    entries: Sequence[Entry],
    names: Mapping[str, str],
    texts: Mapping[str, Document],
    people: Mapping[str, Reviewer],
    shown: Iterable[Flagged],
) -> str:
    """Each entry whose words changed, with the clauses whose tags or assessments rest on the old.

    Clauses are listed for what is `shown`; the rest is counted.
    """
    wanted = {id(one) for one in shown}
    parts = []
    for one in entries:
        since = one.since
        kind = say(f"codebook.older.kind.{one.kind}")
        if since:
            kind = say("codebook.older.since", kind=kind, version=html.escape(since.version))
        if since and since.added:
            kind += f", {html.escape(day(since.added))}"
        held = [flag for flag in one.flagged if id(flag) in wanted]
        rest = len(one.flagged) - len(held)
        rows = "".join(_clause_row(flag, texts, people) for flag in held)
        more = _aside(say("codebook.older.others", n=rest)) if rest else ""
        name = html.escape(names.get(one.path, one.name))
        parts.append(
            f'<section class="cb-question"><h3>{name}</h3>'
            f'<p class="cb-aside">{kind} · '
            f"{say('codebook.older.before', n=len(one.flagged))}</p>"
            f"<ul>{rows}</ul>{more}</section>"
        )
    return "".join(parts)


def link(path: str) -> str:
    """The address of an entry."""
    return f"codebook?{urlencode({'entry': path})}"


def _clause_row(
    flag: Flagged, texts: Mapping[str, Document], people: Mapping[str, Reviewer]
) -> str:
    value = flag.value
    text = texts[value.document]
    who = people[value.reviewer].name
    place = {"doc": text.slug, "at": value.eid}
    # Who has no time of joining here is named by a letter alone, as nobody can read.
    where = urlencode({**place, "as": who} if people[value.reviewer].created else place)
    if isinstance(value, Review):
        said = say("codebook.older.no_concern")
    else:
        said = (
            value.quote if isinstance(value, Annotation) else say(f"safeguards.state.{value.state}")
        )
    short = said if len(said) <= 90 else f"{said[:89]}…"
    return (
        f'<li><a href="review?{html.escape(where, quote=True)}" target="_self">'
        f"{html.escape(text.clause(value.eid).citation)}</a> "
        f'<q class="cb-quote"><bdi>{html.escape(short)}</bdi></q> '
        f'<span class="cb-aside"><bdi>{html.escape(text.title)}</bdi> · '
        f"<bdi>{html.escape(who)}</bdi></span></li>"
    )


def _aside(said: str) -> str:
    return f'<p class="cb-aside">{said}</p>'


def _sign(one: Shown) -> str:
    if isinstance(one.item, Concern):
        return f'<b class="cb-letter">{html.escape(one.item.letter)}</b>'
    if isinstance(one.item, Code):
        return f"<kbd>{html.escape(one.item.key.upper())}</kbd>" if one.item.key else "<kbd></kbd>"
    return f'<b class="cb-letter">{html.escape(one.concern.letter)}</b>'


def _state(item: Item) -> str:
    retired = not isinstance(item, Concern) and item.retired
    return f'<em class="cb-retired">{say("codebook.entry.retired")}</em>' if retired else ""


def _of(one: Shown, words: str) -> str:
    """Whose entry it is, where entries of several concerns stand together."""
    if not words or isinstance(one.item, Concern):
        return ""
    return f'<small class="cb-of">{html.escape(one.concern.name)}</small>'


def _states(item: Safeguard, said: Callable[[str], str]) -> str:
    rows = "".join(
        f'<dt><i class="cb-stand {state}" aria-hidden="true"></i>'
        f"{say(f'safeguards.name.{state}')}</dt>"
        f"<dd>{said(item.recognise[state])}</dd>"
        for state in STATES
    )
    return f'<dl class="cb-states">{rows}</dl>'


def _standards(standards: Iterable[Standard], said: Callable[[str], str]) -> str:
    rows = "".join(
        f"<div><dt>{said(one.ref)}</dt><dd>{said(one.says)}</dd></div>" for one in standards
    )
    return f'<dl class="cb-standards">{rows}</dl>' if rows else ""


def _list(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>"


def _marked(text: str, words: str) -> str:
    """The text escaped, with the words that were searched for marked."""
    parts = [re.escape(word) for word in words.split()]
    if not parts:
        return html.escape(text)
    pieces = re.split(f"({'|'.join(parts)})", text, flags=re.IGNORECASE)
    return "".join(
        f"<mark>{html.escape(piece)}</mark>" if n % 2 else html.escape(piece)
        for n, piece in enumerate(pieces)
    )
