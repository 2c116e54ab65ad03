"""How fast highlighting is beside spaCy's tokenizer alone, measured in turn in one run.

    python tests/bench/highlight.py [--words 1000000] [--rounds 5] [--workers 2]

The words are those of the project's corpus and, where it is there, of the shared data: treaties and
news in English, clause by clause, again and again until there are enough. Both sides get the same
clauses in the same order, and both have met every word before, which favours the tokenizer: it then
only looks words up. `fresh` changes a letter or a digit in one word of ten each time a text comes
round, as texts that were never seen have it. Time is that of the process, not of the clock, except
for several workers. Memory is the peak after and before, of the whole process.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import ROOT, table

from annotator import highlight, intake
from annotator.model import Document

_SHARED = (os.environ.get("ANNOTATOR_SHARED"), ROOT.parent / "shared")
_FRESH = 0.1


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--words", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--workers", type=int, default=0)
    options = asked.parse_args()
    documents = list(_documents())
    texts = [d.text[c.body : c.own_end] for d in documents for c in d.reviewable()]
    words = sum(len(text.split()) for text in texts)
    times = -(-options.words // words)
    if options.workers:
        _by_document(documents * times, options.workers)
        return
    highlighter = highlight.load("en")
    print(
        f"{words * times:,} words a round: {len(documents)} documents, {len(texts):,} clauses, "
        f"{times} times; {len(highlighter.rules)} rules"
    )
    _one_core(highlighter, texts * times, words * times, options.rounds, "the same words again")
    fresh = [_fresh(text, number) for number in range(times) for text in texts]
    _one_core(highlighter, fresh, words * times, options.rounds, "fresh")


def _one_core(
    highlighter: highlight.Highlighter, texts: list[str], words: int, rounds: int, name: str
) -> None:
    import spacy

    speeds: dict[str, list[float]] = {"tokenizer alone": [], "highlighting": []}
    found = 0
    before = _peak()
    for _ in range(rounds):
        # A new one each round, so that neither side has met a fresh word in an earlier round.
        tokenizer = spacy.blank("en").tokenizer
        began = time.process_time()
        for _ in tokenizer.pipe(texts):
            pass
        speeds["tokenizer alone"].append(words / (time.process_time() - began))
        highlighter = highlight.load("en")
        began = time.process_time()
        found = sum(len(suggestions) for suggestions in highlighter.pipe(texts))
        speeds["highlighting"].append(words / (time.process_time() - began))
    print(f"\n{name}: {found:,} suggestions")
    table(speeds, unit="words/s", digits=0)
    ratios = [a / b for a, b in zip(speeds["highlighting"], speeds["tokenizer alone"], strict=True)]
    table({"highlighting / tokenizer": ratios}, unit="", digits=2)
    print(f"peak memory {_peak():,.0f} MB, {_peak() - before:,.0f} MB more than before")


def _by_document(documents: list[Document], workers: int) -> None:
    words = sum(len(document.text.split()) for document in documents)
    print(f"{words:,} words in {len(documents)} documents")
    for count in (1, workers):
        began = time.perf_counter()
        found = highlight.highlight_many(documents, workers=count)
        seconds = time.perf_counter() - began
        total = sum(len(suggestions) for _, suggestions in found)
        print(
            f"{count} workers: {words / seconds:,.0f} words/s by the clock, {total:,} suggestions"
        )


def _documents() -> Iterator[Document]:
    folders = [ROOT / "corpus" / "treaties", ROOT / "corpus" / "news"]
    for shared in _SHARED:
        if shared and (Path(shared) / "data").is_dir():
            folders += [Path(shared) / "data" / kind for kind in ("treaties", "charter")]
            break
    for folder in folders:
        for path in sorted([*folder.glob("*.md"), *folder.glob("*.txt")]):
            kind = "news" if folder.name == "news" else "treaty"
            document = intake.read(path, kind=kind)
            if document.language == "en":
                yield document


def _fresh(text: str, seed: int) -> str:
    """The text with a letter or digit changed in one word of ten, always alike for a seed."""
    chance = random.Random(f"{seed} {len(text)}")
    words = text.split(" ")
    for at, word in enumerate(words):
        if word and chance.random() < _FRESH:
            place = chance.randrange(len(word))
            new = chance.choice(
                "0123456789" if word[place].isdigit() else "abcdefghijklmnoprstuvwy"
            )
            words[at] = f"{word[:place]}{new}{word[place + 1 :]}" if word[place].isalnum() else word
    return " ".join(words)


def _peak() -> float:
    """The most memory that this process has had, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
