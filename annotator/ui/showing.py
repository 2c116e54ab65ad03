"""What the parts of agreement share: their data, their choices, and tables to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from annotator.codebook import Codebook
from annotator.compare import Answers, Question, Text, answers
from annotator.compare.sheets import Sheet
from annotator.store import Store
from annotator.ui import naming, session
from annotator.ui.called import Called
from annotator.ui.measuring import Scope, is_kept, kept, texts
from annotator.ui.words import say


class Shown:
    """What the parts are made of, each thing when it is first asked for."""

    def __init__(self, store: Store, scope: Scope, people: Mapping[str, Called]) -> None:
        self.scope, self.people = scope, people
        self.asks = st.container(horizontal=True, key="agreement-asks")
        self.codebook: Codebook = session.codebook()
        self.kept: Callable[..., Any] = partial(kept, store, scope)
        self.is_kept: Callable[[Hashable], bool] = partial(is_kept, store, scope)
        self.texts: tuple[Text, ...] = texts(store, scope)
        self.documents = {text.document.id: text.document for text in self.texts}
        self.said: Answers = self.kept(
            "answers", lambda: answers(self.texts, scope.ids, self.codebook)
        )

    @property
    def names(self) -> dict[str, str]:
        """The reviewers' names, by id."""
        return {id: one.name for id, one in self.people.items()}

    def of(self, name: str) -> str:
        """The file name of a table."""
        whose = self.scope.info.slug if self.scope.info else "all-texts"
        return f"{whose}-agreement-{name}.csv"


def choose_question(shown: Shown) -> Question:
    """One concern, or all of them together."""
    offered = [Question("concerns"), *shown.said.questions("concern")]
    by_name = {one.concern: one for one in offered}
    chosen = choose(
        shown,
        "agreement-concern",
        "agreement.concern",
        list(by_name),
        lambda one: naming.question(by_name[one], shown.codebook)[0],
        key=False,
    )
    return by_name[chosen]


def choose(
    shown: Shown,
    name: str,
    label: str,
    offered: Sequence[str],
    said: Callable[[str], str],
    *,
    key: bool = True,
) -> str:
    """A choice; `said` gives the key of each string, or where it is no `key` the words."""
    chosen = shown.asks.selectbox(
        say(label),
        offered,
        format_func=lambda one: _begun(say(said(one)) if key else said(one)),
        key=name,
        width=300,
    )
    return str(chosen if chosen is not None else offered[0])


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def take(shown: Shown, name: str, made: Callable[[], Sheet]) -> None:
    """A button that gives the table as a file for a spreadsheet."""

    def written() -> bytes:
        from annotator.export.tables.cells import defused  # brings all of export

        sheet, out = made(), io.StringIO(newline="")
        rows = csv.writer(out, lineterminator="\r\n")
        rows.writerow(sheet.head)
        for row in sheet.rows:
            rows.writerow([defused(cell) if isinstance(cell, str) else cell for cell in row])
        return out.getvalue().encode("utf-8-sig")

    st.download_button(
        say("agreement.take"),
        written,
        file_name=shown.of(name),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"agreement-take-{name}",
    )
