"""What the review view is given of links: what claims speak of, and who says what of a clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from annotator.highlight.voice import voice
from annotator.model import Document, Link, Reviewer, upwards
from annotator.review import Sheet
from annotator.review.blind import Sight, visible
from annotator.review.linking import claim_around
from annotator.store import Store
from annotator.ui.called import shown
from annotator.ui.directions import direction
from annotator.ui.places import Places
from annotator.ui.previews import Texts, text_of, tree

Place = Callable[[int, int], dict[str, Any] | None]

_MOST = 200
_MOST_TARGETS = 4
_ALL = Sight(None, True, frozenset(), ())


def links_data(
    store: Store, document: Document, sheet: Sheet, reviewer: Reviewer, place: Place
) -> dict[str, Any]:
    """Links out of a sheet and into it.

    `links` have their place in the sheet, their `target` (named as in `references_data`), whose
    they are (`own`, `who`) and the note. `said` lists by eId, for each clause of the sheet and
    around it, the claims that speak of it: words, text, publisher and date, whose word it is
    (`voice`), where to read it (`to`, `eid`, `start`, `end`), and what it was linked to where that
    was an earlier `version` or the text in another `language`. `around` has the citations of these
    clauses. `before` proposes the reviewer's own links of earlier versions of a news text.
    `refused` are proposals that the reviewer rejected. `linked` has what a preview shows of the
    targets.
    """
    texts = Texts(store, document)
    out, targets = [], set()
    by_eid = tree(document).by_eid
    around = [up.eid for clause, _ in sheet.clauses for up in upwards(clause, by_eid)]
    into = list(_into(store, document, dict.fromkeys(around)))
    here = store.links(document=document.id, eids=sheet.eids)
    # Asked with every key, and mostly of a sheet without links.
    names = {one.id: one.name for one in shown(store, reviewer)} if here or into else {}
    sight = visible(store, reviewer.id, document.id) if here or into else _ALL
    for link in sight.of(here):
        target = texts.name(link.target_document, link.target_eid)
        if target is not None and (span := place(link.start, link.end)):
            whose = {"own": link.reviewer == reviewer.id, "who": names.get(link.reviewer, "")}
            out.append(
                span
                | {"id": link.id, "quote": link.quote, "target": target, "note": link.note}
                | whose
            )
            targets.add(target)
    said: dict[str, list[dict[str, Any]]] = {}
    seen = _Seen(store, reviewer)
    for eid, link, other in into:
        own = link.reviewer == reviewer.id
        if not own and not (_done(sight, eid) and seen.claim(link)):
            continue
        source = texts.text(link.document)
        if source is not None and len(said.setdefault(eid, [])) < _MOST:
            claim = _claim(source, link, same=link.document == document.id)
            whose = {"own": own, "who": names.get(link.reviewer, "")}
            said[eid].append(claim | whose | _elsewhere(document, other))
    before = _before(store, document, reviewer, place, texts)
    targets |= {name for one in before for name in one["targets"]}
    refused = []
    if document.kind == "news":  # only there are links proposed
        for one in store.link_rejections(
            document=document.id, reviewer=reviewer.id, eids=sheet.eids
        ):
            target = texts.name(one.target_document, one.target_eid)
            if target is not None and (span := place(one.start, one.end)):
                quote = document.text[one.start : one.end]
                refused.append(span | {"id": one.id, "quote": quote, "target": target})
                targets.add(target)
    return {
        "links": out,
        "refused": refused,
        "before": before,
        "said": said,
        "around": {eid: by_eid[eid].citation for eid in said},
        "linked": texts.shown(targets),
    }


class _Seen:
    """Whether the others' links in a text may be seen, asked once a text."""

    def __init__(self, store: Store, reviewer: Reviewer) -> None:
        self._store = store
        self._reviewer = reviewer
        self._sights: dict[str, Sight] = {}

    def claim(self, link: Link) -> bool:
        """Whether the reviewer is done with the claim's own clause, or the project not blind."""
        if link.document not in self._sights:
            sight = visible(self._store, self._reviewer.id, link.document)
            self._sights[link.document] = sight
        return link.eid in self._sights[link.document]


def _done(sight: Sight, eid: str) -> bool:
    """Whether what is said of a clause, or of all in it, may be seen."""
    return eid in sight or any(one.startswith(f"{eid}__") for one in sight.eids)


def claims_data(
    document: Document, cited: Mapping[tuple[int, int], Sequence[str]], place: Place
) -> list[dict[str, Any]]:
    """The claims in news that cite a clause of a treaty, each proposed as a link.

    `cited` has the clauses that words of the document name. A claim is the sentence around the
    words; what names a whole range of clauses is left for a person.
    """
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for (start, end), named in sorted(cited.items()):
        if not (targets := claimed(document, named)):
            continue
        around = claim_around(document, start, end)
        if around not in found and (span := place(*around)):
            quote = document.text[slice(*around)]
            found[around] = span | {"quote": quote, "targets": [], "note": ""}
        if around in found:
            known = found[around]["targets"]
            known += [name for name in targets if name not in known]
    return list(found.values())


def claimed(document: Document, named: Sequence[str]) -> list[str]:
    """Those of the clauses named that a claim in news may be linked to; none of a whole range."""
    targets = [name for name in named if "#" in name] if document.kind == "news" else []
    return targets if len(targets) <= _MOST_TARGETS else []


def _before(
    store: Store, document: Document, reviewer: Reviewer, place: Place, texts: Texts
) -> list[dict[str, Any]]:
    """The reviewer's links in earlier versions of a news text, where their words stand here too."""
    if document.kind != "news" or document.version == 1:
        return []
    found = []
    for earlier in store.versions(document.slug):
        if earlier.version >= document.version:
            continue
        for link in store.links(document=earlier.id, reviewer=reviewer.id):
            start = document.text.find(link.quote)
            once = start >= 0 and document.text.find(link.quote, start + 1) < 0
            span = place(start, start + len(link.quote)) if once else None
            target = texts.name(link.target_document, link.target_eid)
            if span and target:
                found.append(span | {"quote": link.quote, "targets": [target], "note": link.note})
    return found


def _into(
    store: Store, document: Document, eids: Iterable[str]
) -> Iterable[tuple[str, Link, Document | None]]:
    """The links to clauses of a sheet, and to the same clauses of other texts of the treaty."""
    wanted = set(eids)
    for link in store.links_to(document.id, eids=wanted):
        yield link.target_eid, link, None
    for link in store.links_to_others(document.id):
        other = text_of(store, link.target_document)
        if (eid := _here(other, document, link.target_eid)) in wanted:
            yield eid, link, other


def _here(other: Document, here: Document, eid: str) -> str:
    """What the clause of an earlier version, or another language, is called here.

    A clause that is not known to be anywhere here keeps the name it had.
    """
    from annotator.versions import aligned  # loaded where there is such a text

    found = aligned(other, here)
    pairs = [pair for pair in (*found.of_old(eid), *found.frames) if pair.old == eid and pair.new]
    return next((pair.new for pair in pairs if pair.new), eid)


def _claim(source: Document, link: Link, *, same: bool) -> dict[str, Any]:
    clause = source.clause(link.eid)
    span = Places(source, list(source.reviewable())).span(link.start, link.end)
    own = source.kind == "news"
    return {
        "id": link.id,
        "quote": link.quote,
        "note": link.note,
        "voice": voice(source.text, link.start, link.end, language=source.language) if own else "",
        "title": "" if same else source.title,
        "publisher": _known(source, "publisher"),
        "date": _known(source, "date"),
        "citation": clause.citation,
        "to": "" if same else source.slug,
        "land": span["start_eid"] if span else clause.eid,
        "start": span["start"] if span else 0,
        "end": span["end"] if span and span["end_eid"] == span["start_eid"] else None,
        "lang": source.language,
        "dir": direction(source),
    }


def _elsewhere(document: Document, other: Document | None) -> dict[str, Any]:
    """What the claim was linked to, where that is not the text that is read."""
    if other is None:
        return {"version": None, "language": ""}
    if other.slug == document.slug:
        return {"version": other.version, "language": ""}
    return {"version": None, "language": other.language}


def _known(document: Document, name: str) -> str:
    """What is told about a text; nothing where its source does not tell."""
    told = document.metadata.get(name, "")
    return "" if told == "not stated" else told
