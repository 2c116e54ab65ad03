"""Two texts side by side for `st.html`: every word of a text is escaped, what changed is marked.

Marked by `ins` and `del`, which a screen reader can say and which are underlined and struck out, so
that colour is never alone.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from annotator.codebook import Codebook
from annotator.compare import code_name
from annotator.model import Annotation, Clause, Document, upwards
from annotator.ui.directions import direction
from annotator.ui.words import numeral, percent, say
from annotator.versions import Alignment, Candidate, CarriedTag, Pair, changes

_HOLDERS = frozenset({"article", "preamble", "annex"})
_AROUND = 70
_STATES = frozenset({"new", "gone", "moved", "split", "merged"})


def is_changed(pair: Pair) -> bool:
    """Whether a clause says something else now, is new, or is gone."""
    return not pair.unchanged


def is_moved(pair: Pair) -> bool:
    """Whether a clause has another name or place."""
    return pair.how not in ("same", "new", "gone")


def summary(alignment: Alignment, old: Document, new: Document) -> str:
    """How many clauses changed in which way, as a line of figures."""
    counted = Counter(pair.how for pair in alignment.pairs)
    changed = sum(
        not pair.unchanged and pair.how not in ("new", "gone") for pair in alignment.pairs
    )
    same = sum(pair.unchanged for pair in alignment.pairs)
    cells = (
        (changed, "changed"),
        (counted["new"], "new"),
        (counted["gone"], "gone"),
        (counted["moved"], "moved"),
        (counted["renumbered"], "renumbered"),
        (same, "same"),
    )
    figures = "".join(
        f"<div><strong>{numeral(number)}</strong>{say(f'versions.summary.{what}', n=number)}</div>"
        for number, what in cells
    )
    legend = {name: say(f"versions.legend.{name}") for name in ("gone", "new", "from", "to")}
    title = say("versions.summary.title", new=new.version, old=old.version, title=_bdi(new.title))
    return (
        f'<p class="vs-title">{title}</p>'
        f'<div class="ta-counts vs-counts">{figures}</div>'
        f'<p class="vs-legend" aria-hidden="true"><del>{legend["gone"]}</del> '
        f'<ins>{legend["new"]}</ins> <del class="moved">{legend["from"]}</del> '
        f'<ins class="moved">{legend["to"]}</ins></p>'
    )


def table(
    old: Document,
    new: Document,
    pairs: Sequence[Pair],
    shown: Sequence[bool],
    *,
    words: bool,
    goes_on: bool = False,
) -> str:
    """Clauses of two texts beside each other; runs of those not shown fold to one line.

    One that `goes_on` where another table of the same article ended has no heading to be seen.

    With `words` changed words are marked, as two versions in one language need; without, the texts
    stand as they are, as two languages do.
    """
    sides = _Side(old), _Side(new)
    rows = "".join(_rows(sides, pairs, shown, words=words, headed=not goes_on))
    heads = (
        tuple(say("versions.version", version=one.version) for one in (old, new))
        if words
        else (_bdi(old.title), _bdi(new.title))
    )
    kind = "vs-table goes-on" if goes_on else "vs-table"
    return (
        f'<table class="{kind}"><colgroup><col class="vs-name"><col><col></colgroup>'
        f'<thead><tr><th scope="col">{say("versions.table.clause")}</th>'
        f'<th scope="col">{heads[0]}</th><th scope="col">{heads[1]}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


class _Side:
    """One of the two texts, its clauses by eId."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.clauses = {clause.eid: clause for clause in document.clauses}
        language = html.escape(document.language, quote=True)
        self.attributes = f'lang="{language}" dir="{direction(document)}"'

    def name(self, version: bool) -> str:
        """What the text is called above its words where there is no room for columns."""
        if version:
            return say("versions.version", version=self.document.version)
        return html.escape(self.document.language, quote=True)

    def words(self, eid: str) -> str:
        """A clause's own words."""
        clause = self.clauses[eid]
        return self.document.text[clause.body : clause.own_end]

    def article(self, eid: str) -> Clause | None:
        """The article, preamble or annex around a clause."""
        for around in upwards(self.clauses[eid], self.clauses):
            if around.kind in _HOLDERS:
                return around
        return None


def _rows(
    sides: tuple[_Side, _Side],
    pairs: Sequence[Pair],
    shown: Sequence[bool],
    *,
    words: bool,
    headed: bool,
) -> Iterator[str]:
    folded: list[Pair] = []
    last: Clause | None = None
    for pair, show in zip(pairs, shown, strict=True):
        if not show:
            folded.append(pair)
            continue
        if folded:
            yield _fold(sides, folded)
            folded = []
        article = sides[1].article(pair.new) if pair.new else sides[0].article(pair.old or "")
        if headed and article is not None and (last is None or article.eid != last.eid):
            yield _head(sides, pair, article, words=words)
        last = article
        yield _row(sides, pair, words=words)
    if folded:
        yield _fold(sides, folded)


def _fold(sides: tuple[_Side, _Side], pairs: Sequence[Pair]) -> str:
    """A line for clauses that are not shown."""
    ends = [_cited(sides, pair) for pair in (pairs[0], pairs[-1])]
    where = html.escape(ends[0])
    if ends[0] != ends[1]:
        where = say("versions.fold.where", first=where, last=html.escape(ends[1]))
    renumbered = sum(pair.how == "renumbered" for pair in pairs)
    same = all(pair.unchanged for pair in pairs)
    key = "versions.fold.same" if same else "versions.fold.hidden"
    said = say(key, where=where, n=len(pairs))
    if renumbered:
        said += f", {say('versions.fold.renumbered', n=renumbered)}"
    return f'<tr class="vs-fold"><td colspan="3">{said}</td></tr>'


def _cited(sides: tuple[_Side, _Side], pair: Pair) -> str:
    side, eid = (sides[1], pair.new) if pair.new else (sides[0], pair.old or "")
    return side.clauses[eid].citation


def _head(sides: tuple[_Side, _Side], pair: Pair, article: Clause, *, words: bool) -> str:
    """A line for the article that begins here, with what became of its heading."""
    named = html.escape(article.citation)
    before = sides[0].article(pair.old) if pair.old and pair.new else None
    heading = html.escape(article.heading)
    if words and before is not None and before.heading != article.heading:
        heading = "".join(_marked(before.heading, article.heading))
    if words and before is not None and before.citation != article.citation:
        was = say("versions.row.was", citation=html.escape(before.citation))
        named += f' <span class="vs-was">{was}</span>'
    side = sides[1] if pair.new else sides[0]
    return (
        f'<tr class="vs-head"><th colspan="3" scope="rowgroup"><b>{named}</b> '
        f"<span {side.attributes}>{heading}</span></th></tr>"
    )


def _row(sides: tuple[_Side, _Side], pair: Pair, *, words: bool) -> str:
    if words:
        left, right = _both(sides, pair)
    else:
        none = _nothing(say("versions.row.none"))
        left = html.escape(sides[0].words(pair.old)) if pair.old else none
        right = html.escape(sides[1].words(pair.new)) if pair.new else none
    names = _names(sides, pair, words=words)
    kind = " ".join(filter(None, [pair.how, "" if pair.unchanged else "changed"]))
    return (
        f'<tr class="vs-row {kind}"><th scope="row">{names}</th>'
        f'<td {sides[0].attributes} data-side="{sides[0].name(words)}">{left}</td>'
        f'<td {sides[1].attributes} data-side="{sides[1].name(words)}">{right}</td></tr>'
    )


def _both(sides: tuple[_Side, _Side], pair: Pair) -> tuple[str, str]:
    if pair.old is None:
        come = html.escape(sides[1].words(pair.new or ""))
        return _nothing(say("versions.row.none_old")), f"<ins>{come}</ins>"
    if pair.new is None:
        gone = html.escape(sides[0].words(pair.old))
        return f"<del>{gone}</del>", _nothing(say("versions.row.gone"))
    one, other = sides[0].words(pair.old), sides[1].words(pair.new)
    if pair.unchanged:
        return html.escape(one), html.escape(other)
    return _marked(one, other)


def _marked(old: str, new: str) -> tuple[str, str]:
    """Both wordings, the old with what went and the new with what came."""
    left, right = [], []
    at_old = at_new = 0
    for change in changes(old, new):
        left.append(html.escape(old[at_old : change.old_start]))
        right.append(html.escape(new[at_new : change.new_start]))
        gone = html.escape(old[change.old_start : change.old_end])
        come = html.escape(new[change.new_start : change.new_end])
        at_old, at_new = change.old_end, change.new_end
        moved = ' class="moved"' if change.kind.startswith("moved") else ""
        left.append(gone if change.kind == "equal" or not gone else f"<del{moved}>{gone}</del>")
        right.append(come if change.kind == "equal" or not come else f"<ins{moved}>{come}</ins>")
    left.append(html.escape(old[at_old:]))
    right.append(html.escape(new[at_new:]))
    return "".join(left), "".join(right)


def _names(sides: tuple[_Side, _Side], pair: Pair, *, words: bool) -> str:
    cited = f"<b>{html.escape(_cited(sides, pair))}</b>"
    if pair.old and pair.new:
        was = sides[0].clauses[pair.old].citation
        if was != sides[1].clauses[pair.new].citation:
            key = "versions.row.was" if words else "versions.row.there"
            cited += f'<span class="vs-was">{say(key, citation=html.escape(was))}</span>'
    if words and pair.how in _STATES:
        cited += f'<span class="vs-state">{say(f"versions.state.{pair.how}")}</span>'
    if not words and pair.old and pair.new and pair.score < 0.9:
        cited += '<span class="vs-state">' + say("versions.row.check") + "</span>"
    return cited


def _nothing(said: str) -> str:
    return f'<span class="ta-muted">{said}</span>'


# Tags


def badge(annotation: Annotation, codebook: Codebook) -> str:
    """Letter and sign of a tag in its concern's colour, and in words."""
    concern = codebook.concern(annotation.concern)
    sign = "−" if annotation.polarity == "risk" else "+"
    name = say(f"versions.polarity.{annotation.polarity}", concern=concern.name)
    return (
        f'<span class="ta-letter vs-badge" style="--c:var(--st-{concern.slot}-color)">'
        f"{html.escape(concern.letter)}{sign}</span>{html.escape(name)}"
    )


def waiting(tag: CarriedTag, codebook: Codebook) -> str:
    """A tag that waits for a place: where it was, its words in what stood around, and why."""
    origin = tag.origin
    clause = tag.old.clause(origin.eid)
    code = f", {html.escape(code_name(origin, codebook))}" if origin.code else ""
    why = say("versions.place.why", reason=html.escape(tag.row.reason))
    note = f'<p class="vs-note">{html.escape(origin.note)}</p>' if origin.note else ""
    return (
        f'<div class="vs-tag"><p class="vs-about"><b>{html.escape(clause.citation)}</b> '
        f"{say('versions.place.of', version=tag.old.version)} · {badge(origin, codebook)}{code}</p>"
        f"{_in_context(tag.old, origin.start, origin.end)}{note}"
        f'<p class="vs-reason">{why}</p></div>'
    )


def candidate(place: Candidate, tag: CarriedTag, new: Document, *, same_clause: bool) -> str:
    """A place that comes into question, with what differs from the words of the tag."""
    _, marked = _marked(tag.origin.quote, place.quote)
    cited = html.escape(new.clause(place.eid).citation)
    alike = say("versions.place.alike", percent=percent(place.score))
    if same_clause:
        alike = f"{say('versions.place.same_clause')} · {alike}"
    return (
        f'<div class="vs-candidate"><p class="vs-about"><b>{cited}</b> · '
        f"{alike}</p>"
        f"{_in_context(new, place.start, place.end, marked=marked)}</div>"
    )


def tag_line(annotation: Annotation, codebook: Codebook) -> str:
    """A tag of a clause as one line: what it is and its words."""
    words = annotation.quote if len(annotation.quote) <= 90 else annotation.quote[:89] + "…"
    return f'<p class="vs-about vs-line">{badge(annotation, codebook)} · <q>{_bdi(words)}</q></p>'


def gaps(alignment: Alignment, names: Mapping[str, str]) -> str:
    """Where two languages are not divided in the same way."""
    told = []
    for gap in alignment.gaps:
        for code, name in names.items():
            gap = gap.replace(repr(code), name)
        told.append(f"<li>{html.escape(gap[:1].upper() + gap[1:])}</li>")
    return f'<ul class="vs-gaps">{"".join(told)}</ul>'


def _in_context(document: Document, start: int, end: int, *, marked: str = "") -> str:
    """The words with some of those before and behind them in their clauses, cut at spaces."""
    text = document.text
    first, last = document.clause_at(start), document.clause_at(end - 1)
    least = min(start, first.body) if first else start
    most = max(end, last.own_end) if last else end
    begin, stop = max(least, start - _AROUND), min(most, end + _AROUND)
    while least < begin < start and not text[begin - 1].isspace():
        begin += 1
    while end < stop < most and not text[stop].isspace():
        stop -= 1
    language = html.escape(document.language, quote=True)
    return (
        f'<p class="vs-words" lang="{language}" dir="{direction(document)}">'
        f"{'… ' if begin > least else ''}{html.escape(text[begin:start])}"
        f"<mark>{marked or html.escape(text[start:end])}</mark>"
        f"{html.escape(text[end:stop])}{' …' if stop < most else ''}</p>"
    )


def _bdi(text: str) -> str:
    return f"<bdi>{html.escape(text)}</bdi>"
