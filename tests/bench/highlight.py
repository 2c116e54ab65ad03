"""How fast highlighting is beside spaCy's tokenizer alone, measured in turn in one run.

    python tests/bench/highlight.py [--words 1000000] [--rounds 5] [--workers 2]

The words are those of the project's corpus and, where it is there, of the shared data: treaties and
news in English, clause by clause. They are few, and no million of them is like a million words of
treaties, so there are three measurements, each with a tokenizer and rules that were just loaded:

- `again`: the clauses over and over until there are enough. After the first time the tokenizer only
  looks words up, and highlighting remembers sentences.
- `fresh`: the same, but in one word of ten a letter is changed, otherwise each time: more unknown
  words and sentences than any real text has.
- `once`: the clauses once, all words new to both.

Time is that of the process, not of the clock, except for several workers.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from measuring import ROOT, table

from annotator import highlight, intake
from annotator.model import Document

_SHARED = (os.environ.get("ANNOTATOR_SHARED"), ROOT.parent / "shared")
_FRESH = 0.1

Texts = Callable[[], Iterator[str]]


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
    rules = len(highlight.load("en").rules)
    print(
        f"{words * times:,} words: {len(documents)} documents, {len(texts):,} clauses, "
        f"{times} times; {rules} rules"
    )
    print(f"memory before {_memory():,.0f} MB")
    _measure("again", lambda: (t for _ in range(times) for t in texts), words * times, options)
    _measure(
        "fresh",
        lambda: (_fresh(t, n) for n in range(times) for t in texts),
        words * times,
        options,
    )
    _measure("once", lambda: iter(texts), words, options)


def _measure(name: str, texts: Texts, words: int, options: argparse.Namespace) -> None:
    import spacy

    speeds: dict[str, list[float]] = {"tokenizer alone": [], "highlighting": []}
    found = 0
    # What making the texts takes is nobody's speed.
    began = time.process_time()
    for _ in texts():
        pass
    making = time.process_time() - began
    for _ in range(options.rounds):
        tokenizer = spacy.blank("en").tokenizer
        began = time.process_time()
        for _ in tokenizer.pipe(texts()):
            pass
        speeds["tokenizer alone"].append(words / (time.process_time() - began - making))
        highlighter = highlight.load("en")
        memory = _memory()
        began = time.process_time()
        found = sum(len(suggestions) for suggestions in highlighter.pipe(texts()))
        speeds["highlighting"].append(words / (time.process_time() - began - making))
        memory = _memory() - memory
    print(f"\n{name}: {found:,} suggestions, {memory:,.0f} MB more than before")
    table(speeds, unit="words/s", digits=0)
    ratios = [a / b for a, b in zip(speeds["highlighting"], speeds["tokenizer alone"], strict=True)]
    table({"highlighting / tokenizer": ratios}, unit="", digits=2)


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


def _memory() -> float:
    """What this process holds of memory now, in MB; nothing where the system does not say."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return 0.0
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
