"""One text on the intake page: what is known about it, its clauses, and the way into the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast

import streamlit as st

from annotator.errors import AnnotatorError
from annotator.model import DocumentInfo, Kind
from annotator.store import Store
from annotator.ui import component, panels, preview, shell
from annotator.ui import tray as trays
from annotator.ui.keeping import Belongs, Kinship, keep, kinship
from annotator.ui.shell import plain
from annotator.ui.tray import Entry, Tray
from annotator.ui.turning import open_text
from annotator.ui.words import say, say_marked

_KINDS: tuple[Kind, ...] = ("treaty", "news")
_ACKS, _HOLDS = "intake-acks", "intake-holds"
_STORABLE, _RENAMED = "intake-storable", "intake-renamed"


def draw(store: Store, tray: Tray, entry: Entry) -> None:
    """Draw what is known about the text beside the text itself."""
    with st.container(key="intake"):
        with st.container(key="intake-panel"):
            several = len([one for one in tray.entries if one.stored is None]) > 1
            if st.button(
                say("intake.back.all" if several else "intake.back.other"),
                icon=":material/arrow_back:",
                type="tertiary",
                key="intake-back",
            ):
                tray.open = None
                st.rerun()
            _fields(entry)
            _place(store, entry)
            _finish(store, tray, entry)
        with st.container(key="intake-text"):
            st.session_state["intake-entry"] = entry
            _text()


def _fields(entry: Entry) -> None:
    """What can be said otherwise than the text does."""
    _field(entry, "title", say("intake.field.title"))
    st.segmented_control(
        say("intake.kind.label"),
        list(_KINDS),
        format_func=lambda kind: say(f"intake.kind.{kind}"),
        default=entry.read.kind,
        required=True,
        key=f"intake-kind-{entry.id}",
        on_change=_take_kind,
        args=(entry,),
    )
    known = dict.fromkeys([entry.language, *panels.LANGUAGES])
    st.selectbox(
        say("intake.field.language"),
        list(known),
        format_func=panels.language,
        accept_new_options=True,
        key=f"intake-language-{entry.id}",
        on_change=_take,
        args=(entry, "language"),
    )
    with st.expander(say("intake.field.more")):
        _field(entry, "slug", say("intake.field.slug"), help=say("intake.field.slug_help"))
        _field(
            entry,
            "source",
            say("intake.field.source"),
            placeholder=say("intake.field.source_hint"),
        )
    if problem := st.session_state.pop(f"intake-problem-{entry.id}", None):
        st.error(plain(problem), icon=":material/error:")


def _field(entry: Entry, name: str, label: str, **options: Any) -> None:
    key = f"intake-{name}-{entry.id}"
    st.session_state.setdefault(key, getattr(entry, name))
    st.text_input(label, key=key, on_change=_take, args=(entry, name), **options)


def _take(entry: Entry, name: str) -> None:
    key = f"intake-{name}-{entry.id}"
    try:
        entry.set_field(name, str(st.session_state[key] or ""))
    except AnnotatorError as error:
        st.session_state[f"intake-problem-{entry.id}"] = str(error)
    st.session_state[key] = getattr(entry, name)


def _take_kind(entry: Entry) -> None:
    kind = st.session_state[f"intake-kind-{entry.id}"]
    try:
        dropped = entry.set_kind(kind)
    except AnnotatorError as error:
        st.session_state[f"intake-problem-{entry.id}"] = str(error)
        return
    if dropped:
        shell.notify(say(f"intake.read_again.{entry.read.kind}", n=dropped))


def _place(store: Store, entry: Entry) -> None:
    """Whether it is a text of its own, a version of one that is stored, or one in its language."""
    found = _kinship(store, entry, deep=True)
    if found.same:
        st.info(say("intake.same.here"), icon=":material/info:")
        if st.button(say("intake.same.open"), key="intake-open-same"):
            open_text("review", found.same)
        return
    here = entry.language.split("-")[0]
    named = {
        Belongs(info.slug, translation=info.language.split("-")[0] != here): info
        for info in store.documents()
        # A news item is a version of what it reads like, of thousands it is none.
        if info.kind == entry.read.kind and (info.kind == "treaty" or info.slug == found.earlier)
    }
    # What it reads like stands first behind what it is by default.
    behind = sorted(named, key=lambda one: (one.slug != found.earlier, one.translation))
    options = [Belongs(), *behind]
    chosen = entry.belongs if entry.belongs in options else options[0]
    entry.belongs = st.selectbox(
        say("intake.belongs.label"),
        options,
        index=options.index(chosen),
        format_func=lambda one: _belonging(one, named),
        key=f"intake-belongs-{entry.id}-{entry.read.kind}-{here}",
    )
    if found.earlier and not entry.belongs.slug:
        st.caption(say_marked("intake.kin.like", title=store.document(found.earlier).title))
    elif found.unrelated and not entry.belongs.slug:
        st.caption(plain(kin_words(store, entry)))


def _belonging(one: Belongs, named: Mapping[Belongs, DocumentInfo]) -> str:
    if not one.slug:
        return say("intake.belongs.own")
    info = named[one]
    if one.translation:
        return say("intake.belongs.language", title=info.title)
    return say("intake.belongs.version", version=info.version + 1, title=info.title)


def _finish(store: Store, tray: Tray, entry: Entry) -> None:
    st.session_state[_STORABLE] = entry.storable
    if _kinship(store, entry).same:
        return
    if not entry.storable:
        st.caption(say("intake.store.nothing"))
        return
    if st.button(say("intake.store.button"), type="primary", width="stretch", key="intake-store"):
        store_all(store, tray, [entry])
    st.caption(say("intake.store.caution"))


@st.fragment
def _text() -> None:
    entry = cast(Entry, st.session_state["intake-entry"])
    if entry.storable != st.session_state[_STORABLE] or st.session_state.pop(_RENAMED, False):
        st.rerun(scope="app")  # what stands beside the text follows
    component.intake_view(
        preview.preview_data(
            entry,
            acks=st.session_state.get(_ACKS, {}),
            holds=st.session_state.pop(_HOLDS, None),
        ),
        on_events=_apply,
    )


def _apply(events: list[dict[str, Any]]) -> None:
    """Make the corrections that arrived, before the text is drawn again with the answers."""
    entry = cast(Entry, st.session_state["intake-entry"])
    st.session_state[_HOLDS] = str(events[-1].get("holds")) if events else None
    title = entry.title
    st.session_state[_ACKS] = trays.apply_events(entry, preview.key_of(entry), events)
    if entry.title != title:
        st.session_state[f"intake-title-{entry.id}"] = entry.title
        st.session_state[_RENAMED] = True


def kin_words(store: Store, entry: Entry) -> str:
    """How the text stands to what is stored, in a line; "" where there is nothing to say."""
    found = _kinship(store, entry)
    belongs = entry.belongs or Belongs()
    if found.same:
        return say("intake.same.as", name=found.same)
    if belongs.slug and belongs.translation:
        return say("intake.kin.language", title=store.document(belongs.slug).title)
    if belongs.slug:
        return say("intake.kin.version", title=store.document(belongs.slug).title)
    if found.earlier:
        return say("intake.kin.earlier", title=store.document(found.earlier).title)
    if found.unrelated:
        return say("intake.kin.unrelated", name=entry.slug, title=found.unrelated)
    return ""


def _kinship(store: Store, entry: Entry, *, deep: bool = False) -> Kinship:
    if entry.kinship is None or (deep and not entry.compared):
        entry.kinship = kinship(store, entry.document, deep=deep)
        entry.compared = deep
    if entry.belongs is None and entry.kinship.earlier == entry.slug:
        # Kin under another name is more often a text of its own: that is for a person to say.
        entry.belongs = Belongs(entry.slug)
    return entry.kinship


def store_all(store: Store, tray: Tray, entries: Sequence[Entry]) -> None:
    """Highlight and store each text; what goes wrong with one leaves the others."""
    from annotator.highlight import Highlighters

    tray.problems.clear()
    highlighters = Highlighters()
    bar = shell.working(
        say("intake.store.working"), len(entries), stop=partial(_stop, tray, entries)
    )
    for number, one in enumerate(entries):
        key = "intake.store.working_of" if len(entries) > 1 else "intake.store.working_one"
        said = say_marked(key, n=number + 1, total=len(entries), title=one.title)
        bar.progress(number / len(entries), text=said)
        one.kinship = None
        found = _kinship(store, one)
        if found.same:
            tray.problems.append(say("intake.same.problem", title=one.title))
            continue
        try:
            stored = keep(
                store,
                one.document,
                belongs=one.belongs or Belongs(),
                highlighters=highlighters,
            )
            tray.settle(one, stored)
        except AnnotatorError as error:
            tray.problems.append(f"{one.title}: {error}")
    _forget_kinship(tray)
    bar.empty()
    tray.open = None
    st.rerun()


def _stop(tray: Tray, entries: Sequence[Entry]) -> None:
    """Keep on the tray what has not been stored; it runs once the run that stores has ended."""
    _forget_kinship(tray)
    if left := [one for one in entries if one.stored is None]:
        tray.problems.append(say("intake.stopped.storing", n=len(left)))


def _forget_kinship(tray: Tray) -> None:
    for one in tray.entries:
        one.kinship, one.compared = None, False
