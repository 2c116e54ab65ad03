"""The project page: who reviews, who is to read what, how far everyone is, whether it is blind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from annotator.errors import AnnotatorError
from annotator.model import HistoryLine, Reviewer
from annotator.review import blind, giving, queue
from annotator.store import Store
from annotator.ui import handing, session
from annotator.ui.merging import merging
from annotator.ui.shell import heading, notify
from annotator.ui.words import listed, refusal, say

_STYLE = (Path(__file__).parent.parent / "project.css").read_text(encoding="utf-8")


@session.guarded
def page() -> None:
    """Draw the page."""
    st.html(f"<style>{_STYLE}</style>")
    heading(say("project.title"))
    with session.opened() as store:
        reviewer = session.reviewer_select(store)
        st.sidebar.caption(say("project.open_to_all"))
        handing.told()
        people = store.reviewers()
        with st.container(key="project"):
            with st.container(key="project-work"):
                named = _leads(store)
                if named:
                    handing.assign(store, people, reviewer)
                _progress(store, people, None if named else reviewer, named=named)
                merging(store)
            with st.container(key="project-side"):
                _settings(store, reviewer)
                _reviewers(people)
                _undo(store, {one.id: one.name for one in people} if named else None)


def _leads(store: Store) -> bool:
    """Whether people are named beside how far they are and what they are given.

    In a blind project, where they are letters on other pages, these would tell who is who; so only
    whoever says that they lead it sees them, as long as they are on the page.
    """
    if not blind.is_blind(store):
        return True
    st.caption(say("project.lead_why"))
    return st.toggle(say("project.lead"), key="project-lead", help=say("project.lead_help"))


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
        handing.tell(refusal(error), wrong=True)
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
                handing.tell(say("project.added", name=name.strip()))
            st.rerun()


def _rename(one: Reviewer) -> None:
    name = str(st.session_state[f"project-rename-{one.id}-{one.name}"])
    if name.strip() != one.name:
        _try(lambda store: store.rename_reviewer(one.id, name))


# How far everyone is


def _progress(
    store: Store, people: Sequence[Reviewer], reader: Reviewer | None, *, named: bool
) -> None:
    """A row a text, a column a reviewer: how much of what is theirs is done, not what it says.

    Where nobody is to be `named`, the `reader`'s own column and one for all together, if there are
    two besides the reader who have something: of one alone it would tell what is theirs.
    """
    infos = queue.in_order(store.documents())
    if not infos or not people:
        return
    st.header(say("project.progress"), anchor=False)
    lists = [[store.reader_counts(one.id)] for one in people]
    names = [handing.escaped(one.name) for one in people]
    if not named:
        others = [
            several
            for one, several in zip(people, lists, strict=True)
            if any(counted.get("done") or counted.get("yours") for counted in several)
            and not (reader and one.id == reader.id)
        ]
        together = [one for several in lists for one in several]
        lists = [[store.reader_counts(reader.id)]] if reader else []
        names = [handing.escaped(reader.name)] if reader else []
        if not reader or len(others) > 1:
            lists.append(together)
            names.append(say("project.together"))
    given_out = store.anything_assigned()
    heads = [say("shell.text"), *names]
    rows, sums = [], [(0, 0)] * len(lists)
    for info in infos:
        cells = [f"<bdi>{handing.escaped(info.title)}</bdi>"]
        for column, several in enumerate(lists):
            done = total = 0
            for counted in several:
                if given_out:
                    theirs = counted.get("yours", {}).get(info.id, 0)
                    done += theirs - counted.get("assigned", {}).get(info.id, 0)
                    total += theirs
                else:
                    done += counted.get("done", {}).get(info.id, 0)
                    total += info.reviewable
            sums[column] = (sums[column][0] + done, sums[column][1] + total)
            cells.append(say("panels.of", n=done, total=total) if total else "–")
        rows.append(cells)
    rows.append(
        [
            f"<b>{say('project.all_texts')}</b>",
            *(say("panels.of", n=done, total=total) if total else "–" for done, total in sums),
        ]
    )
    st.html(handing.rows_html(heads, rows))
    st.caption(say("project.progress_given" if given_out else "project.progress_all"))


# Taking back


def _undo(store: Store, names: Mapping[str, str] | None) -> None:
    """The last change and a button to take it back; `None` where nobody is to be named."""
    line = giving.latest(store)
    if line is None:
        return
    st.header(say("project.last"), anchor=False)
    st.text(_said(store, line, names))
    if st.button(say("project.undo"), icon=":material/undo:", key="project-undo"):
        if _try(lambda writing: writing.put_back(line.seq)):
            notify(say("project.undone"))
            for name in ("project-name", "project-blind"):
                st.session_state.pop(name, None)
        st.rerun()


def _said(store: Store, line: HistoryLine, names: Mapping[str, str] | None) -> str:
    """What a line of history did, in a sentence."""
    if line.action == "set_setting":
        row = (line.changes[0]["after"] or line.changes[0]["before"]) if line.changes else {}
        if row.get("name") == "blind":
            return say("project.did.blind_on" if row["value"] == "on" else "project.did.blind_off")
        return say("project.did.name")
    if names is None:
        return say("project.did.shared")
    who = {
        names.get((change["after"] or change["before"])["reviewer"], "?") for change in line.changes
    }
    title = next((i.title for i in store.documents() if i.id == line.document), "")
    key = "project.did.assign" if line.action == "assign" else "project.did.unassign"
    return say(key, who=listed(sorted(who)), text=title)
