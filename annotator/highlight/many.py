"""Several documents, in several languages, on several processors."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

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

    With `workers`, that many processes share the documents; nothing is stored. `AnnotatorError` for
    an unknown language or pipeline.
    """
    if min(workers, len(documents)) < 2:
        highlighters = Highlighters(pipeline=pipeline)
        return [_highlight(document, highlighters) for document in documents]
    # A mapping that cannot be changed cannot be sent to another process either.
    bare = [replace(document, metadata={}) for document in documents]
    with ProcessPoolExecutor(
        min(workers, len(documents)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(pipeline,),
    ) as pool:
        return list(pool.map(_work, bare))


_worker = Highlighters()


def _start_worker(pipeline: str | None) -> None:
    global _worker
    _worker = Highlighters(pipeline=pipeline)


def _work(document: Document) -> Found:
    return _highlight(document, _worker)


def _highlight(document: Document, highlighters: Highlighters) -> Found:
    chosen = highlighters.of(document.language)
    return chosen.ruleset, chosen.highlight(document)
