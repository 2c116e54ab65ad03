"""The project page: who reviews, who is to read what, how far everyone is, whether it is blind."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from annotator.errors import AnnotatorError
from annotator.model import Document, DocumentInfo, HistoryLine, Reviewer
from annotator.review import Sheet, giving, queue, sharing
from annotator.review.sharing import Portion, Share
from annotator.store import Store
from annotator.ui import session
from annotator.ui.labels import label
from annotator.ui.shell import heading, notify, plain
from annotator.ui.words import listed, numeral, say

_STYLE = (Path(__file__).parent.parent / "project.css").read_text(encoding="utf-8")
_TOLD = "project-told"


@session.guarded
def page() -> None:
    """Draw the page."""
    st.html(f"<style>{_STYLE}</style>")
    heading(say("project.title"))
    with session.opened() as store:
        reviewer = session.reviewer_select(store)
        st.sidebar.caption(say("project.open_to_all"))
        _told()
        people = store.reviewers()
        with st.container(key="project"):
            with st.container(key="project-work"):
                _assign(store, people, reviewer)
                _progress(store, people)
            with st.container(key="project-side"):
                _settings(store, reviewer)
                _reviewers(people)
                _undo(store, people)


def _told() -> None:
    """What the last click did, or why it could not."""
    if said := st.session_state.pop(_TOLD, None):
        words, wrong = said
        (st.error if wrong else st.success)(plain(words))


def _tell(words: str, *, wrong: bool = False) -> None:
    st.session_state[_TOLD] = (words, wrong)


# How the project is run


def _settings(store: Store, reviewer: Reviewer | None) -> None:
    known = store.settings()
    by = reviewer.id if reviewer else None
    st.header(say("project.settings"), anchor=False)
    st.text_input(
        say("project.name"),
        value=known["name"],
        key="project-name",
        max_chars=200,
        placeholder=say("project.name_example"),
        on_change=_set,
        args=("name", "project-name", by),
    )
    st.toggle(
        say("project.blind"),
        value=known["blind"] == "on",
        key="project-blind",
        on_change=_set,
        args=("blind", "project-blind", by),
    )
    st.caption(say("project.blind_explained"))


def _set(name: str, key: str, by: str | None) -> None:
    value = st.session_state[key]
    text = ("on" if value else "off") if isinstance(value, bool) else " ".join(str(value).split())
    _try(lambda store: store.set_setting(name, text, by=by))


def _try(change: object) -> bool:
    """Make a change, or tell why it cannot be made."""
    assert callable(change)
    try:
        with session.opened() as store:
            change(store)
    except AnnotatorError as error:
        _tell(str(error), wrong=True)
        return False
    return True


# Who reviews


def _reviewers(people: Sequence[Reviewer]) -> None:
    st.header(say("project.reviewers"), anchor=False)
    for one in people:
        st.text_input(
            say("project.rename", name=one.name),
            value=one.name,
            key=f"project-rename-{one.id}-{one.name}",
            on_change=_rename,
            args=(one,),
            label_visibility="collapsed",
        )
    with st.form("project-add", clear_on_submit=True, border=False):
        name = st.text_input(say("project.new_reviewer"), key="project-new")
        if st.form_submit_button(say("project.add_reviewer")) and name.strip():
            if _try(lambda store: store.add_reviewer(name)):
                _tell(say("project.added", name=name.strip()))
            st.rerun()


def _rename(one: Reviewer) -> None:
    name = str(st.session_state[f"project-rename-{one.id}-{one.name}"])
    if name.strip() != one.name:
        _try(lambda store: store.rename_reviewer(one.id, name))


# Who is to read what


def _assign(store: Store, people: Sequence[Reviewer], reviewer: Reviewer | None) -> None:
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
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"project-parts-{slug}",
        height=min(460, 37 * (len(parts) + 1)),
        width="stretch",
    )
    rows = chosen["selection"]["rows"]
    picked = [parts[row] for row in rows if row < len(parts)]
    who = st.multiselect(
        say("project.to_whom"),
        [one.id for one in people],
        format_func=lambda id: plain(names[id]),
        key="project-who",
        placeholder=say("project.choose_people"),
    )
    whole = not picked
    count = say("project.whole_text") if whole else say("project.counted", n=len(picked))
    with st.container(horizontal=True, key="project-buttons"):
        if st.button(
            say("project.give", what=count), type="primary", disabled=not who, key="project-give"
        ):
            _give(document, parts if whole else picked, who, by, whole=whole)
        if st.button(say("project.take", what=count), disabled=not who, key="project-take"):
            _take(document, parts if whole else picked, who, by)
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
    document: Document, parts: Sequence[Portion], who: Sequence[str], by: str | None, *, whole: bool
) -> None:
    given = (
        [(None, id) for id in who]
        if whole
        else [(eid, id) for part in parts for eid in part.given for id in who]
    )
    with session.opened() as store:
        line = store.assign(document.id, given, by=by)
    _tell(say("project.given") if line else say("project.given_before"))
    st.rerun()


def _take(document: Document, parts: Sequence[Portion], who: Sequence[str], by: str | None) -> None:
    with session.opened() as store:
        line = giving.take_back(store, document, parts, who, by=by)
    _tell(say("project.taken") if line else say("project.taken_before"))
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
        format_func=lambda id: plain(titles[id]),
        key="project-texts",
    )
    who = st.multiselect(
        say("project.among"),
        list(names),
        default=list(names),
        format_func=lambda id: plain(names[id]),
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
        disabled=not any(share.portions for share in shares),
        key="project-share",
    ):
        with session.opened() as writing:
            giving.give(writing, shares, by=by)
        _tell(say("project.given"))
        st.rerun()


def _shares(shares: Sequence[Share], names: Mapping[str, str]) -> str:
    heads = [say(f"project.column.{one}") for one in ("reviewer", "parts", "clauses", "words")]
    rows = [
        (
            _escaped(names[share.reviewer]),
            *map(numeral, (len(share.portions), share.clauses, share.words)),
        )
        for share in shares
    ]
    return _rows(heads, rows)


# How far everyone is


def _progress(store: Store, people: Sequence[Reviewer]) -> None:
    """A row a text, a column a reviewer: how much of what is theirs is done, not what it says."""
    infos = queue.in_order(store.documents())
    if not infos or not people:
        return
    st.header(say("project.progress"), anchor=False)
    lists = {one.id: store.reader_counts(one.id) for one in people}
    given_out = store.anything_assigned()
    heads = [say("shell.text"), *(_escaped(one.name) for one in people)]
    rows, sums = [], dict.fromkeys(lists, (0, 0))
    for info in infos:
        cells = [f"<bdi>{_escaped(info.title)}</bdi>"]
        for id, counted in lists.items():
            done = counted.get("done", {}).get(info.id, 0)
            total = info.reviewable
            if given_out:
                total = counted.get("yours", {}).get(info.id, 0)
                done = total - counted.get("assigned", {}).get(info.id, 0)
            sums[id] = (sums[id][0] + done, sums[id][1] + total)
            cells.append(say("panels.of", n=done, total=total) if total else "–")
        rows.append(cells)
    rows.append(
        [
            f"<b>{say('project.all_texts')}</b>",
            *(
                say("panels.of", n=done, total=total) if total else "–"
                for done, total in sums.values()
            ),
        ]
    )
    st.html(_rows(heads, rows))
    st.caption(say("project.progress_given" if given_out else "project.progress_all"))


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
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


def _escaped(words: str) -> str:
    return html.escape(words, quote=True)


# Taking back


def _undo(store: Store, people: Sequence[Reviewer]) -> None:
    line = giving.latest(store)
    if line is None:
        return
    st.header(say("project.last"), anchor=False)
    st.text(_said(store, line, {one.id: one.name for one in people}))
    if st.button(say("project.undo"), icon=":material/undo:", key="project-undo"):
        if _try(lambda writing: writing.put_back(line.seq)):
            notify(say("project.undone"))
            for name in ("project-name", "project-blind"):
                st.session_state.pop(name, None)
        st.rerun()


def _said(store: Store, line: HistoryLine, names: Mapping[str, str]) -> str:
    """What a line of history did, in a sentence."""
    if line.action == "set_setting":
        row = (line.changes[0]["after"] or line.changes[0]["before"]) if line.changes else {}
        if row.get("name") == "blind":
            return say("project.did.blind_on" if row["value"] == "on" else "project.did.blind_off")
        return say("project.did.name")
    who = {
        names.get((change["after"] or change["before"])["reviewer"], "?") for change in line.changes
    }
    title = next((i.title for i in store.documents() if i.id == line.document), "")
    key = "project.did.assign" if line.action == "assign" else "project.did.unassign"
    return say(key, who=listed(sorted(who)), text=title)
