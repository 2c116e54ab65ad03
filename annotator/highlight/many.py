"""Several documents, in several languages, on several processors."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import fields, replace
from typing import Any

from annotator.errors import AnnotatorError
from annotator.highlight import highlighter
from annotator.highlight.highlighter import Highlighter, check_language
from annotator.model import Document, Suggestion

Found = tuple[str, list[Suggestion]]


class Highlighters:
    """A highlighter for each language, loaded when it is first asked for and then kept."""

    def __init__(self, *, pipeline: str | None = None) -> None:
        self._pipeline = pipeline
        self._loaded: dict[str, Highlighter] = {}

    def of(self, language: str) -> Highlighter:
        """The highlighter of a language; `AnnotatorError` where it or a rule is not right."""
        code = check_language(language)
        if code not in self._loaded:
            self._loaded[code] = highlighter.load(code, pipeline=self._pipeline)
        return self._loaded[code]

    def prepare(self, languages: Iterable[str]) -> None:
        """Load now what will be needed, so that a mistake in the rules shows before any writing.

        Languages that cannot be read are passed over: `of` refuses them when their turn comes.
        """
        for language in dict.fromkeys(languages):
            try:
                check_language(language)
            except AnnotatorError:
                continue
            self.of(language)


def highlight_many(
    documents: Sequence[Document], *, pipeline: str | None = None, workers: int = 1
) -> list[Found]:
    """For each document the name of the rule set and its suggestions, in the same order.

    With `workers`, that many processes share the documents, the longest first; nothing is stored.
    `AnnotatorError` for an unknown language or pipeline, from whichever process, and where a
    process is ended from outside.
    """
    if min(workers, len(documents)) < 2:
        highlighters = Highlighters(pipeline=pipeline)
        return [_highlight(document, highlighters) for document in documents]
    order = sorted(range(len(documents)), key=lambda number: -len(documents[number].text))
    # A mapping that cannot be changed cannot be sent to another process either.
    bare = [replace(documents[number], metadata={}) for number in order]
    found: dict[int, Found] = {}
    method = "spawn"
    if sys.platform == "linux" and threading.active_count() == 1:
        # What is loaded here is there in each process at once. With other threads it is not safe.
        method = "fork"
        _start_worker(pipeline)
        _worker.prepare(document.language for document in documents)
    try:
        with ProcessPoolExecutor(
            min(workers, len(documents)),
            mp_context=multiprocessing.get_context(method),
            initializer=_start_worker,
            initargs=(pipeline, method == "fork"),
        ) as pool:
            for number, (name, values) in zip(order, pool.map(_work, bare), strict=True):
                found[number] = name, [Suggestion(*own) for own in values]
    except BrokenProcessPool:
        raise AnnotatorError(
            f"one of {workers} processes ended before its work was done, perhaps for want of "
            "memory: use fewer workers"
        ) from None
    finally:
        _start_worker(None)
    return [found[number] for number in range(len(documents))]


_worker = Highlighters()
_FIELDS = tuple(field.name for field in fields(Suggestion))


def _start_worker(pipeline: str | None, ready: bool = False) -> None:
    global _worker
    if not ready:
        _worker = Highlighters(pipeline=pipeline)


def _work(document: Document) -> tuple[str, list[tuple[Any, ...]]]:
    """The same as `_highlight` in plain tuples, which take the least to send."""
    name, found = _highlight(document, _worker)
    return name, [tuple(getattr(one, field) for field in _FIELDS) for one in found]


def _highlight(document: Document, highlighters: Highlighters) -> Found:
    chosen = highlighters.of(document.language)
    return chosen.ruleset, chosen.highlight(document)
