"""The versions page: old against new, what became of tags, and one treaty in two languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from annotator import store as stores
from annotator import versions
from annotator.model import Annotation, Document, DocumentInfo, Reviewer
from annotator.store import Store
from annotator.ui import panels, session, sidebyside
from annotator.ui.shell import heading
from annotator.ui.turning import open_text, turn_to
from annotator.ui.waiting_threads import waiting_threads
from annotator.ui.words import say, say_marked
from annotator.versions import Alignment, CarriedTag, Pair

_STYLE = (Path(__file__).parent.parent / "versions.css").read_text(encoding="utf-8")
_A_PAGE = 120
_TAGS_A_PAGE = 8
_READ_AT_ONCE = frozenset({"article", "preamble", "annex"})
_CHANGED, _MOVED, _ALL = "changed", "moved", "all"
_FILTERS: dict[str, Callable[[Pair], bool]] = {
    _CHANGED: sidebyside.is_changed,
    _MOVED: sidebyside.is_moved,
    _ALL: lambda _: True,
}


@session.guarded
def page() -> None:
    """Draw the page."""
    heading(say("versions.title"), hidden=True)
    st.html(f"<style>{_STYLE}</style>")
    with session.opened() as store:
        info = session.document_select(store)
        reviewer = session.reviewer_select(store)
        if info is None:
            st.info(say("shell.no_text"))
            return
        earlier = [one for one in store.versions(info.id) if one.id != info.id]
        languages = store.translations(info.id)
        other = _choose_other(earlier[::-1], languages)
        if other is None:
            _alone(store, info)
        elif other.slug == info.slug:
            _versions(store, session.document(other), session.document(info), reviewer)
        else:
            _languages(store, session.document(info), session.document(other), reviewer)


def _choose_other(
    earlier: Sequence[DocumentInfo], languages: Sequence[DocumentInfo]
) -> DocumentInfo | None:
    """The text to put beside the one that is read."""
    known = {one.id: one for one in (*earlier, *languages)}
    if not known:
        return None
    older = {one.id for one in earlier}
    chosen = st.sidebar.selectbox(
        say("versions.beside"),
        list(known),
        format_func=lambda one: (
            say("versions.version", version=known[one].version)
            if one in older
            else _in_language(known[one])
        ),
        key=f"versions-other-{next(iter(known))}",
    )
    return known[chosen]


def _in_language(info: DocumentInfo) -> str:
    return say("versions.language", language=panels.language(info.language), title=info.title)


def _alone(store: Store, info: DocumentInfo) -> None:
    """There is one version and one language: how to bring in another."""
    st.header(say("versions.alone.title"), anchor=False)
    st.write(say("versions.alone.says"))
    st.write(say("versions.alone.language"))
    if st.button(say("versions.alone.bring"), type="primary", key="versions-intake"):
        turn_to("intake")
    st.write(say("versions.alone.terminal"))
    st.code(
        f"python -m annotator intake FILE --replaces {info.slug}\n"
        f"python -m annotator intake FILE --translation-of {info.slug}",
        language="shell",
    )
    others = [
        one
        for one in store.documents()
        if one.kind == info.kind and one.language != info.language and one.slug != info.slug
    ]
    if not others:
        return
    titles = {one.slug: _in_language(one) for one in others}
    with st.container(key="versions-join"):
        chosen = st.selectbox(
            say("versions.join.label"),
            list(titles),
            index=None,
            placeholder=say("versions.join.hint"),
            format_func=lambda slug: titles[slug],
        )
        if st.button(say("versions.join.button"), disabled=chosen is None) and chosen:
            store.set_work(chosen, stores.work_of(info))
            st.rerun()


# Two versions


def _versions(store: Store, old: Document, new: Document, reviewer: Reviewer | None) -> None:
    alignment = versions.aligned(old, new)
    st.html(sidebyside.summary(alignment, old, new))
    _carrying(store, old, new, reviewer)
    waiting_threads(store, new, reviewer)
    shown = _choose_filter()
    keep = [_FILTERS[shown](pair) for pair in alignment.pairs]
    if not any(keep):
        st.info(say("versions.nothing.changed" if shown == _CHANGED else "versions.nothing.moved"))
        return
    pairs, keep = _part(alignment.pairs, keep, key=f"versions-part-{old.id}-{new.id}-{shown}")
    st.html(sidebyside.table(old, new, pairs, keep, words=True))


def _choose_filter() -> str:
    with st.sidebar.container(gap="xsmall"):
        st.markdown(f":gray[**{say('versions.filter.label')}**]")
        chosen = st.radio(
            say("versions.filter.label"),
            list(_FILTERS),
            format_func=lambda one: say(f"versions.filter.{one}"),
            key="versions-filter",
            label_visibility="collapsed",
        )
    return str(chosen or _CHANGED)


def _part(
    pairs: Sequence[Pair], keep: Sequence[bool], *, key: str
) -> tuple[list[Pair], list[bool]]:
    """So many of the clauses shown as a page holds, with a choice of parts where there are more."""
    places = [place for place, show in enumerate(keep) if show]
    parts = range(0, len(places), _A_PAGE)
    if len(parts) < 2:
        return list(pairs), list(keep)
    number = st.segmented_control(
        say("versions.part"),
        list(range(len(parts))),
        default=0,
        format_func=lambda n: f"{n * _A_PAGE + 1}–{min(len(places), (n + 1) * _A_PAGE)}",
        key=key,
    )
    first = parts[number or 0]
    begin = places[first] if first else 0
    end = places[first + _A_PAGE] if first + _A_PAGE < len(places) else len(pairs)
    return list(pairs[begin:end]), list(keep[begin:end])


def _carrying(store: Store, old: Document, new: Document, reviewer: Reviewer | None) -> None:
    """What of the old version's tags is here, what waits, and a button for what is not carried."""
    rows = store.carried(document=new.id)
    known = {row.origin for row in rows}
    left = [one for one in store.annotations(document=old.id) if one.id not in known]
    reviews = store.reviews(document=old.id)
    untold = versions.untold(store, old, new)
    if left or untold or (reviews and not rows and not store.reviews(document=new.id)):
        with st.container(key="versions-carry"):
            said = say("versions.carry.left", n=len(left), old=old.version, new=new.version)
            if untold:
                said = f"{said} {say('discussion.left', n=untold)}"
            st.html(f'<p class="vs-say">{said}</p>')
            if st.button(say("versions.carry.button"), type="primary"):
                report = versions.bring_over(
                    store, new.id, source=old.id, reviewer=reviewer.id if reviewer else None
                )
                st.toast(
                    say(
                        "versions.carry.report",
                        placed=panels.count(report.placed, "tag"),
                        to_place=report.to_place,
                        reviews=panels.count(report.reviews, "clause"),
                        reopened=report.reopened,
                    )
                )
                st.rerun()
    if not rows:
        return
    tags = versions.carried_tags(
        store,
        new.id,
        reviewer=reviewer.id if reviewer else None,
        waiting=True,
        aligned=versions.aligned,
    )
    placed = sum(row.state == "placed" for row in rows)
    waiting = sum(row.state == "to_place" for row in rows)
    with st.container(key="versions-told"):
        key = "versions.carry.told_mine" if reviewer and waiting else "versions.carry.told"
        said = say(key, n=placed, waiting=waiting, mine=len(tags))
        st.html(f'<p class="vs-say">{said}</p>')
        with st.popover(say("versions.back.title")):
            st.write(say("versions.back.says"))
            if st.button(say("versions.back.button"), key="versions-back"):
                versions.put_back(store, new.id)
                st.rerun()
    if tags and reviewer:
        _to_place(store, tags, new, reviewer)


def _to_place(store: Store, tags: Sequence[CarriedTag], new: Document, reviewer: Reviewer) -> None:
    """The reviewer's own tags that found no sure place, each with what may be done."""
    st.header(say("versions.place.title", n=len(tags)), anchor=False)
    codebook = session.codebook()
    for tag in tags[:_TAGS_A_PAGE]:
        with st.container(key=f"versions-tag-{tag.row.origin}"):
            st.html(sidebyside.waiting(tag, codebook))
            home = {pair.new for pair in versions.aligned(tag.old, new).of_old(tag.origin.eid)}
            for number, place in enumerate(tag.candidates):
                with st.container(key=f"versions-place-{tag.row.origin}-{number}"):
                    st.html(sidebyside.candidate(place, tag, new, same_clause=place.eid in home))
                    if st.button(
                        say("versions.place.here"),
                        key=f"versions-here-{tag.row.origin}-{number}",
                        width="stretch",
                        help=say_marked(
                            "versions.place.here_help", citation=new.clause(place.eid).citation
                        ),
                    ):
                        versions.settle(
                            store, tag.row, reviewer=reviewer.id, at=(place.start, place.end)
                        )
                        st.rerun()
            with st.container(horizontal=True, key=f"versions-else-{tag.row.origin}"):
                if st.button(say("versions.place.find"), key=f"versions-review-{tag.row.origin}"):
                    open_text("review", new.slug, _near(tag, new))
                if st.button(
                    say("versions.place.drop"),
                    key=f"versions-drop-{tag.row.origin}",
                    help=say("versions.place.drop_help"),
                ):
                    versions.settle(store, tag.row, reviewer=reviewer.id, at=None)
                    st.rerun()
    if len(tags) > _TAGS_A_PAGE:
        st.caption(say("versions.place.more", n=len(tags) - _TAGS_A_PAGE))


def _near(tag: CarriedTag, new: Document) -> str | None:
    """The clause in which a person would look first."""
    if tag.candidates:
        return tag.candidates[0].eid
    pairs = versions.aligned(tag.old, new).of_old(tag.origin.eid)
    return pairs[0].new if pairs else None


# Two languages


def _languages(store: Store, here: Document, there: Document, reviewer: Reviewer | None) -> None:
    """One article in two languages, and under each clause the tags that can cross over."""
    alignment = versions.aligned(here, there)
    named = panels.language(there.language)
    of = {pair: _unit_of(pair, here, there) for pair in alignment.pairs}
    unit = _choose_unit(here, outside="" in of.values())
    mine = store.annotations(document=here.id, reviewer=reviewer.id) if reviewer is not None else []
    carried = {row.origin for row in store.carried(document=there.id)}
    if alignment.gaps:
        names = {one.language: panels.language(one.language) for one in (here, there)}
        with st.expander(say("versions.gaps", n=len(alignment.gaps))):
            st.html(sidebyside.gaps(alignment, names))
    pairs = [pair for pair in alignment.pairs if of[pair] == unit]
    run: list[Pair] = []
    goes_on = False

    def draw() -> None:
        st.html(sidebyside.table(here, there, run, [True] * len(run), words=False, goes_on=goes_on))

    for pair in pairs:
        run.append(pair)
        tags = [one for one in mine if one.eid == pair.old]
        if tags:
            draw()
            run, goes_on = [], True
            for tag in tags:
                _cross(store, tag, alignment, pair, there, named, carried, reviewer)
    if run:
        draw()


def _cross(
    store: Store,
    tag: Annotation,
    alignment: Alignment,
    pair: Pair,
    there: Document,
    named: str,
    carried: set[str],
    reviewer: Reviewer | None,
) -> None:
    with st.container(key=f"versions-cross-{tag.id}"):
        st.html(sidebyside.tag_line(tag, session.codebook()))
        if tag.id in carried:
            st.html(
                f'<p class="vs-about vs-done">✓ {say("versions.across.done", language=named)}</p>'
            )
        elif pair.new is None or pair.score < versions.SURE:
            st.html(f'<p class="vs-about">{say("versions.across.none")}</p>')
        elif (
            st.button(
                say("versions.across.carry", language=named),
                key=f"versions-over-{tag.id}",
                width="stretch",
                help=say("versions.across.carry_help"),
            )
            and reviewer
        ):
            versions.carry_across(
                store, tag.id, there.id, reviewer=reviewer.id, alignment=alignment
            )
            st.rerun()


def _unit_of(pair: Pair, here: Document, there: Document) -> str:
    """The article a pair is shown with, by its eId."""
    document, eid = (here, pair.old) if pair.old else (there, pair.new)
    clause = document.clause(eid or "")
    by_eid = {one.eid: one for one in document.clauses}
    while clause.kind not in _READ_AT_ONCE:
        if clause.parent is None:
            return ""
        clause = by_eid[clause.parent]
    return clause.eid


def _choose_unit(document: Document, *, outside: bool) -> str:
    """The article, preamble or annex to show: the one being read, or another that is chosen.

    What stands in none is shown together, by an empty name; of a news item that is all.
    """
    known = {one.eid: one for one in document.clauses if one.kind in _READ_AT_ONCE}
    names = [*known, ""] if outside else list(known)
    if not known:
        return ""
    at = session.place() or ""
    here = next((eid for eid in known if at == eid or at.startswith(f"{eid}__")), None)
    chosen = st.sidebar.selectbox(
        say("versions.unit.label"),
        names,
        index=names.index(here) if here else 0,
        format_func=lambda eid: (
            f"{known[eid].citation} {known[eid].heading}".strip()
            if eid
            else say("versions.unit.outside")
        ),
        key=f"versions-unit-{document.id}",
    )
    return str(chosen)
