"""The search page: words in every text, tag and note; and all tags under one code, to re-code.

What is asked stands in the address, so that Back, a reload and a link to a colleague lead to the
same results.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import streamlit as st

from annotator.codebook import Codebook
from annotator.model import POLARITIES, SEVERITIES, DocumentInfo, Kind, Reviewer
from annotator.review import blind
from annotator.review.recoding import codes_under
from annotator.search import PLACES, STATES, Filters, Found, Query, parse, widened
from annotator.store import Store
from annotator.ui import component, recoding, session
from annotator.ui.called import shown
from annotator.ui.finding import cited_data, finding_data
from annotator.ui.panels import language
from annotator.ui.shell import heading, plain
from annotator.ui.turning import turn_to
from annotator.ui.words import say

_STYLE = (Path(__file__).parent.parent / "search.css").read_text(encoding="utf-8")
_AT_A_TIME = 20
_TEXTS = 400

_WORDS, _TAGS = "words", "tags"
_USUAL = ["texts", "tags", "notes"]
_NO_CODE = "-"

# What is asked, by the name it has in the address; each widget's key is the name with a prefix.
_FILTERS = (
    "text",
    "kind",
    "tongue",
    "concern",
    "code",
    "polarity",
    "severity",
    "by",
    "state",
    "in",
)
_ASKED = ("q", "view", *_FILTERS)


@session.guarded
def page() -> None:
    """Draw the page."""
    if opened := st.session_state.pop("search-open", None):
        # With the address at once, so that one step back leads to the results.
        turn_to("review", address=opened)
    heading(say("shell.page.search"), hidden=True)
    st.html(f"<style>{_STYLE}</style>")
    component.provide_code()
    _take_address()
    st.session_state.pop("search-opened", None)
    with session.opened() as store:
        infos = store.documents()
        if not infos:
            st.info(say("shell.no_text"))
            return
        reviewer = session.reviewer_select(store)
        book = session.codebook()
        people = {one.id: one.name for one in shown(store, reviewer)}
        with st.container(key="search-head"):
            view = _choose_view()
            typed = _field() if view == _WORDS else ""
        filters = _filters(infos, book, people, reviewer, view)
        sight = _sight(store, reviewer)
        _say_address()
        if view == _TAGS:
            recoding.tags(store, book, people, reviewer, filters, sight)
        else:
            _found(store, infos, book, people, reviewer, typed, filters, sight)


Sight = Callable[[str], blind.Sight]


def _sight(store: Store, reviewer: Reviewer | None) -> Sight | None:
    """What may be seen of tags and notes; None: all."""
    if not blind.is_blind(store):
        return None
    st.caption(say("project.blind_here" if reviewer else "project.blind_nobody"))
    return functools.partial(blind.visible, store, reviewer.id if reviewer else None)


# Words


def _choose_view() -> str:
    return str(
        st.segmented_control(
            say("search.view"),
            [_WORDS, _TAGS],
            format_func=lambda one: say(f"search.{one}"),
            required=True,
            label_visibility="collapsed",
            key="search-view",
            on_change=_first_page,
        )
        or _WORDS
    )


def _field() -> str:
    with st.container(key="search-words"):
        typed = st.text_input(
            say("search.field"),
            placeholder=say("search.placeholder"),
            label_visibility="collapsed",
            key="search-q",
            on_change=_first_page,
        )
    with st.popover(say("search.how_label"), type="tertiary", icon=":material/help:"):
        st.markdown("\n".join(f"- {line}" for line in say("search.how").split(" · ")))
    return typed


def _found(
    store: Store,
    infos: Sequence[DocumentInfo],
    book: Codebook,
    people: Mapping[str, str],
    reviewer: Reviewer | None,
    typed: str,
    filters: Filters,
    sight: Sight | None,
) -> None:
    query = parse(typed)
    offset = int(st.session_state.get("search-offset", 0))
    cited = _cited(infos, typed, filters)
    found = _answer(store, query, filters, reviewer, sight, offset)
    codes = _codes_called(book, typed)
    if not query and not filters.any and not cited:
        st.write(say("search.empty"))
        return
    if not found.total and not cited:
        st.write(say("search.none" if query else "search.none_filtered"))
        wider = widened(typed)
        more = _answer(store, parse(wider), filters, reviewer, sight, 0) if wider != typed else None
        if more and more.total:
            st.button(
                say("search.wider", n=more.total, words=plain(wider)),
                key="search-wider",
                on_click=_ask,
                args=[wider],
            )
    component.finding_view(
        finding_data(
            found,
            query,
            book,
            people,
            texts={info.slug: info for info in infos},
            asked=repr((typed, filters, offset)),
            offset=offset,
            limit=_AT_A_TIME,
            cited=cited,
            codes=codes,
        ),
        on_events=_follow,
    )


def _ask(typed: str) -> None:
    st.session_state["search-q"] = typed
    _first_page()


def _answer(
    store: Store,
    query: Query,
    filters: Filters,
    reviewer: Reviewer | None,
    sight: Sight | None,
    offset: int,
) -> Found:
    """The results; where many texts are to be taken in first, a bar says how far it is."""
    bar: list[Any] = []

    def progress(done: int, total: int) -> None:
        if not bar:
            bar.append(st.empty())
        said = say("search.reading", n=total)
        bar[0].progress(done / total, text=said) if done < total else bar[0].empty()

    return store.search(
        query,
        filters,
        viewer=reviewer.id if reviewer else None,
        sight=sight,
        offset=offset,
        limit=_AT_A_TIME,
        progress=progress,
    )


def _cited(infos: Sequence[DocumentInfo], typed: str, filters: Filters) -> list[dict[str, Any]]:
    """The clauses of treaties that are called as was typed."""
    from annotator.search import cited as citing

    if not citing.may_be(typed):
        return []
    treaties = citing.among(infos, filters, first=session.reading())
    found = ((info, citing.cited(session.document(info), typed)) for info in treaties)
    return [cited_data(info, one) for info, one in found if one]


def _codes_called(book: Codebook, typed: str) -> list[dict[str, str]]:
    """Codes whose names hold all that was typed, so that their tags are one step away."""
    query = parse(typed)
    if not query:
        return []
    found = [
        {"concern": concern.id, "code": code.id, "name": code.name, "slot": concern.slot}
        for concern in book.concerns
        for code in concern.codes
        if query.matches(code.name)
    ]
    return found[:6]


# What is asked, and where it is kept


def _filters(
    infos: Sequence[DocumentInfo],
    book: Codebook,
    people: Mapping[str, str],
    reviewer: Reviewer | None,
    view: str,
) -> Filters:
    with st.sidebar.container(key="search-filters", gap="small"):
        concern = _select("concern", {one.id: one.name for one in book.concerns})
        codes = _code_names(book, concern)
        code = _select("code", codes) if codes else None
        polarity = _select("polarity", {one: say(f"search.{one}") for one in POLARITIES})
        severity = _select("severity", {one: say(f"search.severities.{one}") for one in SEVERITIES})
        by = _select("by", {name: name for name in people.values()}, "search.tagged_by")
        state = None
        if view == _WORDS and reviewer:
            states: dict[str, str] = {one: say(f"search.states.{one}") for one in STATES}
            state = _select("state", states, help=say("search.state_help"))
        text = _select("text", _offered(infos))
        kinds = {info.kind for info in infos}
        kind = None
        if len(kinds) > 1:
            kind = _select(
                "kind", {one: say(f"search.kinds.{one}") for one in get_args(Kind) if one in kinds}
            )
        tongues = sorted({info.language for info in infos})
        tongue = None
        if len(tongues) > 1:
            tongue = _select("tongue", {one: language(one) for one in tongues}, "search.language")
        places = _USUAL
        if view == _WORDS:
            places = (
                st.pills(
                    say("search.where"),
                    PLACES,
                    selection_mode="multi",
                    format_func=lambda one: say(f"search.places.{one}"),
                    key="search-in",
                    on_change=_first_page,
                )
                or _USUAL
            )
        if any(st.session_state.get(f"search-{name}") for name in _FILTERS[:-1]):
            st.button(say("search.clear"), type="tertiary", on_click=_clear, key="search-clear")
    whose = next((id for id, name in people.items() if name == by), None)
    return Filters(
        document=text,
        kind=kind,  # type: ignore[arg-type]  # one of those that were offered, as are the next
        language=tongue,
        concern=concern,
        codes=_codes(book, concern, code),
        polarity=polarity,  # type: ignore[arg-type]  # see above
        severity=severity,  # type: ignore[arg-type]  # see above
        tagged_by=whose,
        state=state,  # type: ignore[arg-type]  # see above
        reader=reviewer.id if reviewer else None,
        places=frozenset(places),  # type: ignore[arg-type]  # see above
    )


def _offered(infos: Sequence[DocumentInfo]) -> dict[str, str]:
    """The texts to choose from, treaties first; of very many the treaties, and the one chosen."""
    few = len(infos) <= _TEXTS
    kept = [
        info
        for info in infos
        if few or info.kind == "treaty" or info.slug == st.session_state.get("search-text")
    ]
    kept.sort(key=lambda info: (info.kind != "treaty", info.title))
    return {info.slug: info.title for info in kept}


def _select(
    name: str, offered: Mapping[str, str], label: str = "", help: str | None = None
) -> str | None:
    """One of the sidebar's choices; what is chosen and no longer offered is let go."""
    key = f"search-{name}"
    if st.session_state.get(key) not in offered:
        st.session_state[key] = None
    chosen = st.selectbox(
        say(label or f"search.{name}"),
        list(offered),
        format_func=lambda one: offered[one],
        placeholder=say("search.any"),
        help=help,
        key=key,
        on_change=_first_page,
    )
    return None if chosen is None else str(chosen)


def _code_names(book: Codebook, concern: str | None) -> dict[str, str]:
    if concern is None:
        return {}
    codes = book.concern(concern).codes
    return {one.id: ("– " if one.parent else "") + one.name for one in codes} | {
        _NO_CODE: say("search.no_code")
    }


def _codes(book: Codebook, concern: str | None, code: str | None) -> tuple[str, ...]:
    """The ids a tag under the code may have: its own, its sub-codes', those they replaced."""
    if concern is None or code is None:
        return ()
    if code == _NO_CODE:
        return ("",)
    return codes_under(book.concern(concern), code)


def _take_address() -> None:
    """What the address asks, where the session has not been asked yet, or Back was pressed."""
    asked = {name: st.query_params.get(name) for name in (*_ASKED, "p")}
    again = "search-view" not in st.session_state
    if again and not any(asked.values()):
        asked = st.session_state.get("search-kept", asked)  # back from another page
    elif not again and asked == st.session_state.get("search-kept", asked):
        return
    for name in _ASKED:
        st.session_state[f"search-{name}"] = asked[name]
    st.session_state["search-q"] = asked["q"] or ""
    st.session_state["search-view"] = _TAGS if asked["view"] == _TAGS else _WORDS
    st.session_state["search-in"] = [
        one for one in (asked["in"] or " ".join(_USUAL)).split() if one in PLACES
    ]
    page = asked["p"] or "1"
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    st.session_state["search-offset"] = max(0, number - 1) * _AT_A_TIME


def _say_address() -> None:
    """Put what is asked into the address."""
    kept = {name: st.session_state.get(f"search-{name}") for name in _ASKED}
    kept["view"] = _TAGS if kept["view"] == _TAGS else None
    places = kept["in"] or _USUAL
    kept["in"] = None if set(places) == set(_USUAL) else " ".join(places)
    offset = int(st.session_state.get("search-offset", 0))
    kept["p"] = str(offset // _AT_A_TIME + 1) if offset else None
    known = st.query_params.to_dict()
    # A clause that was opened from here leaves its name in the address that Back leads to.
    others = {name: value for name, value in known.items() if name not in ("doc", "at", "mark")}
    wanted = {name: value for name, value in {**others, **kept}.items() if value}
    if wanted != known:
        st.query_params.from_dict(wanted)
    st.session_state["search-kept"] = {name: st.query_params.get(name) for name in (*_ASKED, "p")}


def _first_page() -> None:
    for name in ("search-offset", "search-plan", "search-done", "search-shown"):
        st.session_state.pop(name, None)


def _clear() -> None:
    for name in _FILTERS:
        st.session_state[f"search-{name}"] = None
    st.session_state["search-in"] = _USUAL
    _first_page()


def _follow(events: list[dict[str, Any]]) -> None:
    """A result was opened, another page asked for, or a code."""
    for event in events:
        if event.get("type") == "open":
            recoding.open_clause(event)
        elif event.get("type") == "page":
            st.session_state["search-offset"] = int(event.get("offset") or 0)
        elif event.get("type") == "narrow" and event.get("name") in ("text", "kind"):
            _first_page()
            st.session_state[f"search-{event['name']}"] = str(event.get("value"))
        elif event.get("type") == "code":
            _first_page()
            st.session_state["search-view"] = _TAGS
            st.session_state["search-concern"] = str(event.get("concern"))
            st.session_state["search-code"] = str(event.get("code"))
