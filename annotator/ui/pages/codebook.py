"""The codebook page: to consult, to change with what that does in view, and what it left behind."""

from __future__ import annotations

import functools
from pathlib import Path

import streamlit as st

from annotator.codebook import Code, Codebook, Concern, Safeguard, orphan_line, standing
from annotator.model import Reviewer
from annotator.review import blind
from annotator.store import Store
from annotator.ui import codebook_form as form
from annotator.ui import codebook_view as view
from annotator.ui import rules_view, session
from annotator.ui.called import shown
from annotator.ui.codebook_view import Shown
from annotator.ui.panels import count
from annotator.ui.shell import heading, plain
from annotator.ui.words import say, say_marked

_STYLE = (Path(__file__).parent.parent / "codebook.css").read_text(encoding="utf-8")
_SAFEGUARDS, _RULES, _VERSIONS = "safeguards", "rules", "versions"
_PART = "cb-part"
_MOST = 200


@session.guarded
def page() -> None:
    """Draw the page."""
    heading(say("codebook.title"), hidden=True)
    st.html(f"<style>{_STYLE}</style>")
    with session.opened() as store, st.container(key="codebook"):
        reviewer = session.reviewer_select(store)
        if _PART in st.session_state:  # it is forgotten while the form stands in its place
            st.session_state[_PART] = st.session_state[_PART]
        if editing := form.current():
            form.draw(store, editing)
            return
        book = session.codebook()
        entries = view.shown_entries(book)
        asked = _asked(entries)
        words = st.sidebar.text_input(
            say("codebook.search.label"), placeholder=say("codebook.search.hint"), key="cb-words"
        )
        form.messages()
        if words.strip():
            _found(entries, words)
        elif asked:
            _alone(entries, asked)
        else:
            part = _choose(book)
            if part == _VERSIONS:
                _kept(store, book, reviewer)
            elif part == _RULES:
                _rules(store, book, reviewer)
            else:
                shown = [one for one in entries if _part(one) == part]
                st.sidebar.html(view.contents(shown))
                if part == _SAFEGUARDS:
                    st.button(
                        say("codebook.add_safeguard"),
                        on_click=form.begin,
                        args=(form.SAFEGUARDS,),
                        kwargs={"new": True},
                        key="cb-add-safeguard",
                    )
                _listed(shown)


def _asked(entries: list[Shown]) -> Shown | None:
    """The entry that the address names."""
    path = st.query_params.get("entry")
    found = next((one for one in entries if one.path == path), None)
    if path and not found:
        st.info(say_marked("codebook.not_there", path=path))
    return found


def _choose(book: Codebook) -> str:
    names = {concern.id: concern.name for concern in book.concerns}
    chosen = st.segmented_control(
        say("codebook.parts.label"),
        [*names, _SAFEGUARDS, _RULES, _VERSIONS],
        format_func=lambda one: names.get(one) or say(f"codebook.parts.{one}"),
        default=next(iter(names)),
        required=True,
        label_visibility="collapsed",
        key=_PART,
    )
    return chosen or next(iter(names))


def _part(one: Shown) -> str:
    return _SAFEGUARDS if isinstance(one.item, Safeguard) else one.concern.id


def _found(entries: list[Shown], words: str) -> None:
    found = [one for one in entries if view.matches(one, words)]
    if not found:
        st.write(say_marked("codebook.search.nothing", words=words.strip()))
        return
    st.caption(count(len(found), "entry"))
    _listed(found, words=words)


def _alone(entries: list[Shown], asked: Shown) -> None:
    """One entry, with what belongs to it."""
    st.button(say("codebook.whole"), type="tertiary", on_click=_show_all, key="cb-all")
    owner = asked.path.partition("/")[2]
    _listed(
        [
            one
            for one in entries
            if one.path == asked.path
            or (
                isinstance(one.item, Code)
                and one.concern == asked.concern
                and owner
                and one.item.parent == owner
            )
        ]
    )


def _show_all() -> None:
    st.query_params.pop("entry", None)


def _listed(entries: list[Shown], *, words: str = "") -> None:
    for one in entries:
        with st.container(key=f"cb-row-{one.anchor}"):
            st.html(view.entry(one, words=words))
            with st.container(key=f"cb-acts-{one.anchor}"):
                st.button(
                    say("codebook.edit"),
                    on_click=form.begin,
                    args=(one.path,),
                    key=f"cb-edit-{one.anchor}",
                    help=say_marked("codebook.edit_help", name=one.item.name),
                )
                if below := _below(one):
                    st.button(
                        below,
                        on_click=form.begin,
                        args=(one.path,),
                        kwargs={"new": True},
                        key=f"cb-add-{one.anchor}",
                    )


def _below(one: Shown) -> str:
    """What can be added under an entry."""
    if isinstance(one.item, Concern):
        return say("codebook.add_code")
    if isinstance(one.item, Code) and not one.item.parent and not one.item.retired:
        return say("codebook.add_sub")
    return ""


def _kept(store: Store, book: Codebook, reviewer: Reviewer | None) -> None:
    """The versions, and what was made under words that have changed since."""
    found = standing(store, book)
    names = {one.path: _full_name(one) for one in view.shown_entries(book)}
    st.header(say("codebook.older.title"), anchor=False)
    if found.entries:
        everyone = st.toggle(say("codebook.older.everyone"), key="cb-everyone")
        whose = reviewer.id if reviewer else None
        sight = functools.cache(functools.partial(blind.visible, store, whose))
        wanted = [
            one
            for one in found.flagged
            if one.value.reviewer == whose
            or (everyone and sight(one.value.document).of([one.value]))
        ][:_MOST]
        texts = {one.value.document: session.document(one.value.document) for one in wanted}
        people = {one.id: one for one in shown(store, reviewer)}
        st.html(view.in_question(found.entries, names, texts, people, wanted))
        st.caption(say("codebook.older.help"))
    else:
        st.write(say("codebook.older.nothing"))
    if found.unknown:
        st.caption(say("codebook.older.unknown", n=found.unknown))
    for path, number in sorted(found.orphans.items()):
        st.error(plain(orphan_line(path, number)), icon=":material/error:")
    st.header(say("codebook.versions.title"), anchor=False)
    st.html(view.versions(found.seen, names))


def _rules(store: Store, book: Codebook, reviewer: Reviewer | None) -> None:
    """How often reviewers keep what each rule proposes; in a blind project, how often one does."""
    st.header(say("codebook.rules.title"), anchor=False)
    st.caption(rules_view.said())
    hidden = blind.is_blind(store)
    if hidden:
        st.caption(say("codebook.rules.own" if reviewer else "codebook.rules.whose"))
        if reviewer is None:
            return
    whose = reviewer.id if hidden and reviewer else None
    fares = rules_view.ranked(store.rule_fares(every=True, reviewer=whose).values())
    decided = [one for one in fares if one.decided]
    if not decided:
        st.write(say("codebook.rules.nobody"))
    every = st.toggle(say("codebook.rules.every"), key="cb-every-rule")
    shown = fares if every else decided
    if shown:
        st.html(rules_view.table(shown, book))


def _full_name(one: Shown) -> str:
    """The name with that of its concern, as a line of its own needs it."""
    if isinstance(one.item, Concern):
        return one.item.name
    if isinstance(one.item, Safeguard):
        return say("codebook.entry.safeguard", name=one.item.name)
    return f"{one.concern.name}: {one.item.name}"
