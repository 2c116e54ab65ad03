"""The figures of agreement on the compare page: by what, between whom, where, when, and what first.

One part at a time is worked out and shown, with its table to take away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from annotator.compare import (
    MATCHINGS,
    Measured,
    Part,
    Question,
    confusions,
    differences,
    marks_counted,
    measure,
    measure_all,
    measure_parts,
    quote,
    worth_talking,
)
from annotator.compare.confusions import UNMARKED
from annotator.compare.sheets import (
    confusion_sheet,
    figures_sheet,
    marks_sheet,
    talk_sheet,
)
from annotator.review import blind
from annotator.store import Store
from annotator.ui import figures, marksfigures, naming, session
from annotator.ui.called import Called
from annotator.ui.differing import because, cut
from annotator.ui.figures import Row
from annotator.ui.measuring import Scope
from annotator.ui.shell import plain
from annotator.ui.showing import Shown, choose, choose_question, take
from annotator.ui.words import numeral, percent, say, say_marked

_KINDS = ("concern", "code", "polarity", "severity", "concerns", "safeguard", "document", "marks")
_ALL = ("percent", "fleiss_kappa", "ac1", "alpha")
_FIRST = 30
_TOLD = 6
_REASONS = 4
_PALE = 0.4


def page_part(store: Store, scope: Scope, people: Mapping[str, Called]) -> None:
    """Draw the figures of the scope; `people` are all reviewers, by id."""
    # In a blind project nothing is said of whether there is more than may be seen.
    hidden = blind.is_blind(store)
    if len(scope.chosen) < 2:
        _nothing("blind" if hidden else "tick")
        return
    part = st.segmented_control(
        say("agreement.part.label"),
        list(_PARTS),
        format_func=lambda one: say(f"agreement.part.{one}"),
        default="figures",
        required=True,
        key="agreement-part",
        label_visibility="collapsed",
    )
    shown = Shown(store, scope, people)
    if not any(several > 1 for several in shown.said.read.sum(axis=0)):
        _nothing("blind" if hidden else "shared")
        return
    _PARTS[str(part or "figures")](shown)


def _nothing(why: str) -> None:
    st.info(say(f"compare.missing.{why}"), icon=":material/group:")


# ---- by what -------------------------------------------------------------------------------------


def _figures(shown: Shown) -> None:
    offered = [one for one in _KINDS if one != "document" or not shown.scope.info]
    by = choose(
        shown, "agreement-by", "agreement.by.label", offered, lambda one: f"agreement.by.{one}"
    )
    if by == "marks":
        marksfigures.units(shown)
        return
    drawn = choose(
        shown,
        "agreement-measure",
        "agreement.measure.label",
        _ALL[::-1],
        lambda one: f"agreement.measure.{one}",
    )
    rows: list[tuple[dict[str, Any], Row]] = []
    if by == "document":
        concern = choose_question(shown)
        for part in _parts(shown, concern, "document"):
            name = shown.documents[part.document].title
            rows.append(
                ({"document": shown.documents[part.document].slug}, Row(name, part.measured))
            )
    else:
        found: list[Measured] = shown.kept(
            ("by", by), lambda: measure_all(shown.said, by, pairs=False)
        )
        for one in found:
            name, under, slot = naming.question(one.question, shown.codebook)
            named = {"question": one.question.kind, **one.question.named}
            rows.append((named, Row(name, one, under, slot)))
    if not rows:
        st.info(say(f"agreement.nothing.{'safeguard' if by == 'safeguard' else 'used'}"))
        return
    title = say("agreement.by.title", by=say(f"agreement.by.{by}"))
    st.html(figures.forest(title, [row for _, row in rows], measure=drawn))
    st.caption(say(f"agreement.explained.{drawn}"))
    take(shown, f"by-{by}", lambda: figures_sheet((named, row.figures) for named, row in rows))


# ---- between whom --------------------------------------------------------------------------------


def _pairs(shown: Shown) -> None:
    question = choose_question(shown)
    offered = ("kappa", "percent", *MATCHINGS)
    drawn = choose(
        shown,
        "agreement-pairs",
        "agreement.measure.label",
        offered,
        lambda one: f"agreement.pairs.{one}",
    )
    measured: Measured = shown.kept(("pairs", question), lambda: measure(shown.said, question))
    name, _, slot = naming.question(question, shown.codebook)
    people = shown.scope.chosen
    told: dict[tuple[str, str], tuple[str, float | None, str]] = {}
    if drawn in MATCHINGS:
        marks = marksfigures.pairs(shown, question.concern)
        for mark in marks:
            if mark.found.matching == drawn:
                written = "–" if mark.found.f1 is None else percent(mark.found.f1)
                more = say("agreement.of_marks", n=marks_counted(mark.found))
                told[mark.first, mark.second] = written, mark.found.f1, more
    else:
        for pair in measured.pairs:
            figure = pair.figure(drawn)
            more = figures.span(figure.interval) or say("count.clause", n=pair.clauses)
            strength = None if figure.value is None else (figure.value - _PALE) / (1 - _PALE)
            told[pair.first, pair.second] = (figures.shown(figure), strength, more)
    cells = [[_between(told, one, other) for other in people] for one in people]
    names = [f"{one.letter} · {one.name}" for one in people]
    st.html(
        figures.matrix(
            say("agreement.pairs.title", of=name, what=say(f"agreement.pairs.{drawn}")),
            names,
            cells,
            heads=[one.letter for one in people],
        )
    )
    st.caption(
        say("agreement.pairs.spans" if drawn in MATCHINGS else f"agreement.explained.{drawn}")
    )
    rows = [
        (
            {"first": shown.names[pair.first], "second": shown.names[pair.second]},
            Row(f"{shown.names[pair.first]} / {shown.names[pair.second]}", pair),
        )
        for pair in measured.pairs
    ]
    if drawn in MATCHINGS:
        marksfigures.each_pair(shown, [one for one in marks if one.found.matching == drawn])
        take(shown, "marks", lambda: marks_sheet(marks, shown.names))
        return
    several = [Row(row.name, row.figures, slot=slot) for _, row in rows]
    st.html(figures.forest(say("agreement.pairs.list", what=name), several, measure=drawn))
    take(shown, "pairs", lambda: figures_sheet((named, row.figures) for named, row in rows))


def _between(
    told: Mapping[tuple[str, str], tuple[str, float | None, str]], one: Called, other: Called
) -> tuple[str, float | None, str]:
    return told.get((one.id, other.id)) or told.get((other.id, one.id)) or ("", None, "")


# ---- what is taken for what ----------------------------------------------------------------------


def _confusion(shown: Shown) -> None:
    tables = shown.kept(
        "confusions", lambda: confusions(shown.texts, shown.scope.ids, shown.codebook)
    )
    if not tables[0].labels:
        st.info(say("agreement.nothing.marks"))
        return
    by_concern = {one.concern: one for one in tables}
    chosen = choose(
        shown,
        "agreement-confusion",
        "agreement.confusion.label",
        list(by_concern),
        lambda one: naming.confusion(one, shown.codebook),
        key=False,
    )
    table = by_concern[chosen]
    names = [naming.label(one, chosen, shown.codebook) for one in table.labels]
    size = range(len(names))
    cells = [
        [
            (percent(share), share, numeral(table.counts[i][j]))
            if table.counts[i][j] and (share := table.share(i, j)) is not None
            else ("", None, "")
            for j in size
        ]
        for i in size
    ]
    marked = [place for place in size if table.labels[place] != UNMARKED]
    met = sorted(
        ((table.counts[i][j], i, j) for i in marked for j in marked if i < j),
        key=lambda one: -one[0],
    )
    told = [
        say_marked("agreement.confusion.times", n=n, one=names[i], other=names[j])
        for n, i, j in met[:_TOLD]
        if n
    ]
    if told:
        st.markdown(
            "\n".join([f"**{say('agreement.confusion.most')}**", "", *(f"- {one}" for one in told)])
        )
    title = naming.confusion(chosen, shown.codebook)
    st.html(figures.matrix(title, names, cells))
    st.caption(say("agreement.confusion.explained"))
    take(shown, f"confusion-{chosen or 'concerns'}", lambda: confusion_sheet(table))


# ---- where and when ------------------------------------------------------------------------------


def _parts(shown: Shown, question: Question, kind: Any) -> list[Part]:
    found: list[Part] = shown.kept(
        ("parts", kind, question), lambda: measure_parts(shown.said, question, kind)
    )
    return found


def _along(shown: Shown) -> None:
    question = choose_question(shown)
    kind = "article" if shown.scope.info else "document"
    rows: list[tuple[dict[str, Any], Row]] = []
    for part in _parts(shown, question, kind):
        document = shown.documents[part.document]
        name, under = naming.place(document, part.name)
        named = {"document": document.slug, "article": part.name, "citation": name}
        rows.append((named, Row(name, part.measured, under)))
    title = say(f"agreement.along.{kind}", what=naming.question(question, shown.codebook)[0])
    only = st.toggle(say("agreement.along.only"), key="agreement-differ")
    told = [row for _, row in rows if row.figures.differing or not only]
    st.html(figures.forest(title, told, measure="percent", says=False))
    st.caption(say("agreement.along.explained"))
    take(shown, "along", lambda: figures_sheet((named, row.figures) for named, row in rows))


def _time(shown: Shown) -> None:
    question = choose_question(shown)
    kind = choose(
        shown,
        "agreement-time",
        "agreement.time.label",
        ("month", "week"),
        lambda k: f"agreement.time.{k}",
    )
    parts = _parts(shown, question, kind)
    rows = [
        ({kind: part.name}, Row(naming.period(kind, part.name), part.measured)) for part in parts
    ]
    what = naming.question(question, shown.codebook)[0]
    title = say("agreement.time.title", what=what, per=say(f"agreement.time.{kind}"))
    st.html(figures.forest(title, [row for _, row in rows], measure="alpha"))
    st.caption(say("agreement.time.explained"))
    take(shown, f"by-{kind}", lambda: figures_sheet((named, row.figures) for named, row in rows))


# ---- what first ----------------------------------------------------------------------------------


def _talk(shown: Shown) -> None:
    ids = shown.scope.ids
    talks = shown.kept(
        "talks",
        lambda: worth_talking(
            difference
            for text in shown.texts
            for difference in differences(text.document, text.annotations, text.reviews, ids)
        ),
    )
    if not talks:
        st.info(say("compare.view.no_difference"))
        return
    st.caption(say("agreement.talk.explained"))
    with st.container(key="agreement-talk", gap="small"):
        for place, talk in enumerate(talks[:_FIRST], start=1):
            document = shown.documents[talk.document]
            where, what = st.columns((1, 5), gap="small")
            where.button(
                f"{place}. {plain(talk.citation)}",
                key=f"talk-{place}",
                help=plain(document.title),
                on_click=_look_at,
                args=(document.slug, talk.eid),
            )
            what.text(cut(quote(talk.differences[0], document.text)))
            what.caption(plain("; ".join(map(because, talk.reasons[:_REASONS]))))
    if len(talks) > _FIRST:
        st.caption(say("agreement.talk.more", n=len(talks) - _FIRST))
    take(shown, "talk-first", lambda: talk_sheet(talks, shown.documents))


def _look_at(slug: str, eid: str) -> None:
    session.go_to(slug, eid)
    st.session_state["compare-view"] = "side"


_PARTS: dict[str, Callable[[Shown], None]] = {
    "figures": _figures,
    "pairs": _pairs,
    "confusion": _confusion,
    "along": _along,
    "time": _time,
    "talk": _talk,
}
