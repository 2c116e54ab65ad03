"""A text in two languages or more -> a version in each, never one with every article twice.

The versions may stand one behind the other, in turns (by paragraphs, or by pages where two columns
are read), or side by side in the rows of a table. A quotation, a title or an annex in another
language makes no version: both must have the same articles, or be of like length where there are
none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.intake.blocks import Block, Source
from annotator.intake.languages import scripts, tongues
from annotator.intake.languages.tongues import Passage
from annotator.model import Document

_CELLS = re.compile(r"\s*(?:\||\t)[\s|]*")
_HALVES = re.compile(r"\s+[/|–—-]\s+|\s*/\s*")
_LONGEST_HEADING = 200
_RULE = re.compile(r"[\s|:=-]*\Z")
# Of the articles of the version that has fewer, how many the other must have too, in hundredths.
_SAME_ARTICLES = 50
# How much longer the words of one version may be than those of the other.
_LONGER = 3
_FEWEST_BLOCKS = 3
# A longer line that opens an article has words of it, too: "Article 5. Everyone may fish."
_LONGEST_KEY = 30
# What share of another language is worth a warning, in hundredths.
_MUCH = 20
# What a few words of a language may be taken for.
_KIN = {"fr": ("ca",), "es": ("ca", "gl"), "pt": ("gl",), "it": ("ca",)}
_DENSE = {"zh": 3, "ja": 2, "ko": 2}
# Shorter texts are looked at only where a first look shows two languages.
_LONG = 40
_NAMES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French",
    "it": "Italian", "nl": "Dutch", "pt": "Portuguese", "ru": "Russian", "zh": "Chinese",
}  # fmt: skip


def chosen(versions: Sequence[Document], language: str | None) -> Document:
    """The version in the language asked for, else the first, with a warning of the others."""
    if len(versions) == 1:
        return versions[0]
    wanted = (language or "").lower().partition("-")[0]
    found = next((v for v in versions if v.language == wanted), versions[0])
    others = [version.language for version in versions if version is not found]
    ask = " or ".join(f"--language {code}" for code in others)
    said = (
        f"the text is also there in {_named(others)}: this is the version in {found.language!r}; "
        f"give {ask} for the other, or store them all with the intake command"
    )
    return replace(found, warnings=(*found.warnings, said))


def split(found: Source, *, mixed: bool = True) -> list[tuple[str, Source]]:
    """Each language version among the blocks, with its language, in the order of the text.

    [] for a text in one language; one, with a warning, where much of it is in another language and
    is no version. `mixed` says whether a first look at the text showed two. A block that belongs to
    every version (a number in a cell of its own) is in each.
    """
    if len(found.blocks) < 2 * _FEWEST_BLOCKS or not (mixed or len(found.blocks) >= _LONG):
        return []
    passages = _passages(found)
    languages = tongues.present(passages)
    if len(languages) < 2:
        return []
    labelled = tongues.labels(passages, languages)
    parts = {
        code: [p for p, here in zip(passages, labelled, strict=True) if code in here]
        for code in languages
    }
    main = max(languages, key=lambda code: _length(code, parts[code]))
    kept = [code for code in languages if code == main or _parallel(code, main, parts)]
    if len(kept) < 2:
        return [(main, _with_warning(found, main, parts))]
    if len(kept) < len(languages):
        # What is in a third language and no version of its own stays where it stands.
        labelled = tongues.labels(passages, kept)
        parts = {
            code: [p for p, here in zip(passages, labelled, strict=True) if code in here]
            for code in kept
        }
    kept.sort(key=lambda code: _begins(parts[code]))
    return [(code, _source(found, parts[code])) for code in kept]


def _with_warning(found: Source, main: str, parts: dict[str, list[Passage]]) -> Source:
    lengths = {code: _length(code, part) for code, part in parts.items()}
    total = sum(lengths.values())
    others = [
        code
        for code, length in lengths.items()
        if code != main
        and code not in _KIN.get(main, ())
        and length * 100 >= _MUCH * total
        and len(parts[code]) >= _FEWEST_BLOCKS
    ]
    if not others:
        return found
    said = (
        f"parts of the text are in {_named(others)} and are no version of the rest: "
        "check that they belong to it"
    )
    return replace(found, warnings=(*found.warnings, said))


def _named(codes: Sequence[str]) -> str:
    return " and ".join(f"{_NAMES.get(code, 'another language')} ({code})" for code in codes)


def _passages(found: Source) -> list[Passage]:
    rows = {
        i: _between(_CELLS, found.text[block.start : block.end], block.start)
        for i, block in enumerate(found.blocks)
        if _CELLS.search(found.text, block.start, block.end)
    }
    columns = _columns(found.text, rows.values())
    beside = scripts.parted(found.text, found.blocks) if not columns else {}
    passages: list[Passage] = []
    for i, block in enumerate(found.blocks):
        spans = rows.get(i, [])
        said = columns.get(len(spans), ())
        if i in beside:
            spans = beside[i]
        elif not said:
            spans = _halves(found.text, block, top=all(one.key is None for one in passages))
        for place, (start, end) in enumerate(spans):
            words = found.text[start:end]
            key = tongues.key_of(words, level=block.level)
            column = said[place] if said else ""
            passages.append(Passage(i, start, end, words, key, block.level, column))
    return passages


def _columns(text: str, rows: Iterable[Sequence[tuple[int, int]]]) -> dict[int, tuple[str, ...]]:
    """For rows of so many cells the language of each column, where there are two languages."""
    votes: dict[int, list[Counter[str]]] = {}
    for row in rows:
        counts = votes.setdefault(len(row), [Counter() for _ in row])
        for count, (start, end) in zip(counts, row, strict=True):
            code = tongues.hint(text[start:end])
            if code:
                count[code] += end - start
    found: dict[int, tuple[str, ...]] = {}
    for many, counts in votes.items():
        said = tuple(count.most_common(1)[0][0] if count else "" for count in counts)
        if len(set(filter(None, said))) > 1:
            found[many] = said
    return found


def _halves(text: str, block: Block, *, top: bool) -> list[tuple[int, int]]:
    """The halves of a heading in two languages, "Article 1 / Article premier"; else all of it.

    Above the first article (`top`) that may be a title: "Treaty on Wells / Traité sur les puits".
    """
    if block.end - block.start <= _LONGEST_HEADING:
        halves = _between(_HALVES, text[block.start : block.end], block.start)
        if len(halves) == 2:
            one, other = (tongues.key_of(text[slice(*half)]) for half in halves)
            if one and one == other:
                return halves
            said = {tongues.hint(text[slice(*half)]) for half in halves}
            long = all(" " in text[slice(*half)] for half in halves)
            if top and long and len(said) > 1 and one is other is None:
                return halves
    return [(block.start, block.end)]


def _between(pattern: re.Pattern[str], words: str, offset: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for match in (*pattern.finditer(words), None):
        end = match.start() if match else len(words)
        if not _RULE.match(words, at, end):
            found.append((offset + at, offset + end))
        at = match.end() if match else end
    return found


def _length(code: str, parts: Sequence[Passage]) -> int:
    return sum(len(passage.words) for passage in parts) * _DENSE.get(code, 1)


def _begins(parts: Sequence[Passage]) -> int:
    """Where the articles of a version begin: a title may stand above another's."""
    headed = next((p.start for p in parts if p.key), None)
    return headed if headed is not None else parts[0].start


def _parallel(code: str, main: str, parts: dict[str, list[Passage]]) -> bool:
    """Whether the version says what the longest one does, as far as numbers and length tell."""
    one, other = parts[code], parts[main]
    articles = [{p.key for p in part if p.key and p.key[0] == "article"} for part in (one, other)]
    fewer = min(map(len, articles))
    if code in _KIN.get(main, ()) and fewer < _FEWEST_BLOCKS:
        # A few short lines of French may be taken for Catalan.
        return False
    if fewer:
        # A number heads every version; only words below it make one.
        same = _worded(one) & _worded(other)
        shorter = _length(code, _words(one)) * _LONGER < _length(main, _words(other))
        return len(same) * 100 >= _SAME_ARTICLES * fewer and not shorter
    if any(articles) or min(len(one), len(other)) < _FEWEST_BLOCKS:
        return False
    return _length(code, one) * _LONGER >= _length(main, other)


def _words(parts: Sequence[Passage]) -> list[Passage]:
    return [passage for passage in parts if not passage.key or len(passage.words) > _LONGEST_KEY]


def _worded(parts: Sequence[Passage]) -> set[tuple[str, int]]:
    """The articles that have words in this version."""
    found: set[tuple[str, int]] = set()
    article = None
    for passage in parts:
        if passage.key is None:
            found |= {article} if article else set()
        elif passage.key[0] == "article":
            article = passage.key
            if len(passage.words) > _LONGEST_KEY:
                found.add(article)
    return found


def _source(found: Source, parts: Sequence[Passage]) -> Source:
    """The passages as a text of their own; what stood together is parted as it was."""
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    previous: Passage | None = None
    seen: set[str] = set()
    headed = False
    for passage in parts:
        headed = headed or passage.key is not None
        if not headed and passage.is_short:
            # The title of a version may stand above all versions and above its own.
            if passage.words.casefold() in seen:
                continue
            seen.add(passage.words.casefold())
        block = found.blocks[passage.block]
        together = previous is not None and passage.block == previous.block + 1
        if previous is None:
            gap = ""
        elif passage.block == previous.block:
            gap = " "
        else:
            gap = found.text[previous.end : passage.start] if together else "\n\n"
            gap = gap if gap.strip(" \t") and not gap.strip() else "\n\n"
        at += len(gap)
        end = at + len(passage.words)
        if gap == " " and blocks:
            blocks[-1] = blocks[-1]._replace(end=end)
        else:
            joined = block.joined and together
            blocks.append(Block(at, end, block.level, block.indent, joined, block.bullet))
        pieces += [gap, passage.words]
        at = end
        previous = passage
    return Source("".join(pieces), blocks, "", "", found.warnings, found.metadata)
