"""Who is to read what, as the page Project gives it out: by hand, or evenly after a preview."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import streamlit as st

from annotator.intake import references
from annotator.model import Document, DocumentInfo, Reviewer
from annotator.review import Sheet, giving, queue, sharing
from annotator.review.sharing import Portion, Share
from annotator.store import Store
from annotator.ui import session
from annotator.ui.labels import label
from annotator.ui.shell import plain
from annotator.ui.words import numeral, say

_TOLD = "project-told"


def told() -> None:
    """What the last click did, or why it could not."""
    if said := st.session_state.pop(_TOLD, None):
        words, wrong = said
        (st.error if wrong else st.success)(plain(words))


def tell(words: str, *, wrong: bool = False) -> None:
    """Say it on the page as it is drawn next, as something done or something `wrong`."""
    st.session_state[_TOLD] = (words, wrong)


def assign(store: Store, people: Sequence[Reviewer], reviewer: Reviewer | None) -> None:
    """Draw the part of the page where work is given out; `reviewer` is who gives it."""
    st.header(say("project.assign"), anchor=False)
    infos = queue.in_order(store.documents())
    if not infos:
        st.info(say("shell.no_text"))
        return
    if not people:
        st.info(say("project.nobody"))
        return
    if not store.anything_assigned():
        st.caption(say("project.everybodys"))
    by = reviewer.id if reviewer else None
    ways = ("hand", "evenly")
    way = st.segmented_control(
        say("project.way"),
        ways,
        format_func=lambda one: say(f"project.ways.{one}"),
        default="hand",
        key="project-way",
        label_visibility="collapsed",
    )
    if way == "evenly":
        _evenly(store, infos, people, by)
    else:
        _by_hand(store, infos, people, by)


def _by_hand(
    store: Store, infos: Sequence[DocumentInfo], people: Sequence[Reviewer], by: str | None
) -> None:
    known = {info.slug: info for info in infos}
    slugs = list(known)
    at = slugs.index(reading) if (reading := session.reading()) in slugs else 0
    slug = st.selectbox(
        say("shell.text"),
        slugs,
        index=at,
        format_func=lambda one: known[one].title,
        key="project-text",
    )
    document = session.document(known[slug])
    parts = sharing.portions(document)
    held = sharing.holders(document, store.assignments(document=document.id))
    names = {one.id: one.name for one in people}
    chosen = st.dataframe(
        _table(parts, held, names),
        column_config={
            say("project.column.part"): st.column_config.TextColumn(width=300),
            say("project.column.clauses"): st.column_config.NumberColumn(width=70),
            say("project.column.words"): st.column_config.NumberColumn(width=70),
        },
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"project-parts-{slug}",
        height=min(460, 37 * (len(parts) + 1)),
        width="stretch",
    )
    picked = [parts[row] for row in chosen["selection"]["rows"] if row < len(parts)]
    typed = st.text_input(
        say("project.clause"), key="project-clause", placeholder=say("project.clause_example")
    )
    named = [clause.eid for clause in references.resolve(document, typed)]
    if typed.strip() and not named:
        st.error(say("project.no_clause", name=plain(typed.strip())))
    who = st.multiselect(
        say("project.to_whom"),
        [one.id for one in people],
        format_func=names.__getitem__,
        key="project-who",
        placeholder=say("project.choose_people"),
    )
    eids: list[str | None] = [*(eid for part in picked for eid in part.given), *named]
    what = say("project.counted", n=len(picked) + len(named)) if eids else say("project.whole_text")
    ready = bool(who) and (bool(named) or not typed.strip())
    with st.container(horizontal=True, key="project-buttons"):
        if st.button(
            say("project.give", what=what), type="primary", disabled=not ready, key="project-give"
        ):
            _give(document, eids or [None], who, by)
        if st.button(say("project.take", what=what), disabled=not ready, key="project-take"):
            _take(document, eids or [None], who, by)
    if not who:
        st.caption(say("project.how"))


def _table(
    parts: Sequence[Portion], held: Mapping[str, set[str]], names: Mapping[str, str]
) -> dict[str, list[object]]:
    """The columns: which part, how long, and who has it whole or in part."""
    return {
        say("project.column.part"): [_name(part) for part in parts],
        say("project.column.clauses"): [len(part.eids) for part in parts],
        say("project.column.words"): [part.words for part in parts],
        say("project.column.who"): [_who(part, held, names) for part in parts],
    }


def _name(part: Portion) -> str:
    kind = label(Sheet(part.eid, part.number, part.heading, part.kind, (), ()))
    return f"{kind}. {part.heading}" if part.heading and part.heading != kind else kind


def _who(part: Portion, held: Mapping[str, set[str]], names: Mapping[str, str]) -> str:
    said = []
    for id, name in names.items():
        has = sum(id in held[eid] for eid in part.eids)
        if has == len(part.eids):
            said.append(name)
        elif has:
            said.append(say("project.some_of", name=name, n=has, total=len(part.eids)))
    return ", ".join(said)


def _give(
    document: Document, eids: Sequence[str | None], who: Sequence[str], by: str | None
) -> None:
    with session.opened() as store:
        line = store.assign(document.id, [(eid, id) for eid in eids for id in who], by=by)
    tell(say("project.given") if line else say("project.given_before"))
    st.rerun()


def _take(
    document: Document, eids: Sequence[str | None], who: Sequence[str], by: str | None
) -> None:
    with session.opened() as store:
        line = giving.take_clauses_back(store, document, eids, who, by=by)
    tell(say("project.taken") if line else say("project.taken_before"))
    st.rerun()


def _evenly(
    store: Store, infos: Sequence[DocumentInfo], people: Sequence[Reviewer], by: str | None
) -> None:
    titles = {info.id: info.title for info in infos}
    names = {one.id: one.name for one in people}
    texts = st.multiselect(
        say("project.texts"),
        list(titles),
        default=[infos[0].id],
        format_func=titles.__getitem__,
        key="project-texts",
    )
    who = st.multiselect(
        say("project.among"),
        list(names),
        default=list(names),
        format_func=names.__getitem__,
        key="project-among",
    )
    each = st.number_input(
        say("project.each"), min_value=1, max_value=max(1, len(who)), value=1, key="project-each"
    )
    if not texts or not who:
        st.caption(say("project.choose_both"))
        return
    parts, held = giving.portions_held(store, map(session.document, texts))
    shares = sharing.evenly(parts, who, int(each), held=held)
    if not any(share.portions for share in shares):
        st.caption(say("project.all_given"))
        return
    st.subheader(say("project.preview"), anchor=False)
    st.html(_shares(shares, names))
    with st.expander(say("project.who_what")):
        for share in shares:
            said = "; ".join(
                f"{_name(part)} ({titles[part.document]})" if len(texts) > 1 else _name(part)
                for part in share.portions
            )
            st.text(f"{names[share.reviewer]}: {said or '–'}")
    st.caption(say("project.balance"))
    if st.button(
        say("project.give_so"),
        type="primary",
        key="project-share",
    ):
        with session.opened() as writing:
            giving.give(writing, shares, by=by)
        tell(say("project.given"))
        st.rerun()


def _shares(shares: Sequence[Share], names: Mapping[str, str]) -> str:
    heads = [say(f"project.column.{one}") for one in ("reviewer", "parts", "clauses", "words")]
    rows = [
        (
            escaped(names[share.reviewer]),
            *map(numeral, (len(share.portions), share.clauses, share.words)),
        )
        for share in shares
    ]
    return rows_html(heads, rows)


def rows_html(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of figures; whatever stands in it must be escaped."""
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return (
        '<div class="ta-table" tabindex="0" role="region" '
        f'aria-label="{heads[0]}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def escaped(words: str) -> str:
    """Words of somebody's as they stand in such a table."""
    return html.escape(words, quote=True)
