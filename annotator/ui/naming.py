"""What figures of agreement are of, in the words of the page and of the codebook."""

from __future__ import annotations

from annotator.codebook import Codebook
from annotator.compare import Question
from annotator.compare.confusions import ELSEWHERE, NO_CODE, UNMARKED
from annotator.model import Document
from annotator.ui.words import say


def question(asked: Question, codebook: Codebook) -> tuple[str, str, str]:
    """What is asked of every clause: its name, what it belongs to, and the slot of its colour."""
    concerns = {one.id: one for one in codebook.concerns}
    concern = concerns.get(asked.concern)
    slot = concern.slot if concern else ""
    name = concern.name if concern else asked.concern
    if asked.kind == "concerns":
        return say("agreement.question.concerns"), "", ""
    if asked.kind == "safeguard":
        named = {one.id: one.name for one in codebook.safeguards}
        return named.get(asked.safeguard, asked.safeguard), "", ""
    if asked.kind == "polarity":
        return name, say(f"compare.says.polarity.{asked.polarity}"), slot
    if asked.kind == "code" and concern:
        return concern.code(asked.code).name, name, slot
    return name, "", slot


def confusion(concern: str, codebook: Codebook) -> str:
    """What a table of labels by labels is about: all concerns, or the codes of one."""
    if not concern:
        return say("agreement.confusion.concerns")
    return say("agreement.confusion.codes", concern=codebook.concern(concern).name)


def label(name: str, concern: str, codebook: Codebook) -> str:
    """A label of such a table."""
    said = {UNMARKED: "unmarked", ELSEWHERE: "elsewhere", NO_CODE: "no_code"}
    if name in said:
        return say(f"agreement.confusion.{said[name]}")
    if concern:
        known = {code.id: code.name for code in codebook.concern(concern).codes}
        return known.get(name, name)
    id, _, polarity = name.rpartition(" ")
    concerns = {one.id: one.name for one in codebook.concerns}
    return f"{concerns.get(id, id)}, {say(f'compare.says.polarity.{polarity}')}"


def place(document: Document, eid: str) -> tuple[str, str]:
    """An article by its citation and heading; without an eid the text by its title."""
    if not eid:
        return document.title, ""
    clause = document.clause(eid)
    return clause.citation, clause.heading


def period(kind: str, name: str) -> str:
    """A month as `March 2026`, a week by its number."""
    if kind == "month":
        year, month = name.split("-")
        return say("agreement.time.month_of", month=say(f"shell.month.{int(month)}"), year=year)
    year, week = name.split("-W")
    return say("agreement.time.week_of", week=str(int(week)), year=year)
