"""What changed between two wordings of a clause: words put in, taken out, and moved.

By rapidfuzz rather than difflib: its bit-parallel comparison takes milliseconds for clauses on
which difflib takes seconds, and finds the fewest changes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import LCSseq

from annotator.versions.words import words

ChangeKind = Literal["equal", "inserted", "deleted", "moved_in", "moved_out"]

_SIGN = re.compile(r"[^\w\s]|_")
_LONGEST = 20_000
_FEWEST_MOVED = 4


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words in code points of either text; on the side where it is not, it is empty.

    Spaces between runs belong to neither. `moved_out` and `moved_in` are the same words at two
    places.
    """

    kind: ChangeKind
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The runs of two texts that are equal, deleted or inserted, in the order of both.

    Of a replacement what was deleted comes first. Capitals count, spaces do not. Texts of more
    than 20,000 words, past what they begin and end with alike, count as replaced throughout.
    """
    sides = _tokens(old), _tokens(new)
    texts = [old[a:b] for a, b in sides[0]], [new[a:b] for a, b in sides[1]]
    blocks = _joined(list(_edits(*texts)), texts)
    found = []
    for kind, a, b, c, d in blocks:
        if kind == "equal":
            found.append(_change("equal", sides, a, b, c, d))
            continue
        if a < b:
            found.append(_change("deleted", sides, a, b, c, c))
        if c < d:
            found.append(_change("inserted", sides, b, b, c, d))
    return tuple(_moved(found, old, new))


_Edit = tuple[str, int, int, int, int]
_Places = Sequence[tuple[int, int]]


def _tokens(text: str) -> list[tuple[int, int]]:
    """Words and single signs, each with its place."""
    found = [(word.start, word.end) for word in words(text)]
    ends = [end for _, end in found]
    starts = [start for start, _ in found]
    for sign in _SIGN.finditer(text):
        place = bisect_right(starts, sign.start()) - 1
        if place < 0 or ends[place] <= sign.start():
            found.append(sign.span())
    return sorted(found)


def _edits(old: Sequence[str], new: Sequence[str]) -> Iterable[_Edit]:
    """What is equal and what is not, by positions of tokens."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    if first:
        yield "equal", 0, first, 0, first
    a, b = old[first : len(old) - last], new[first : len(new) - last]
    if max(len(a), len(b)) > _LONGEST:
        yield "replace", first, len(old) - last, first, len(new) - last
    else:
        for edit in LCSseq.opcodes(a, b):
            yield (
                "equal" if edit.tag == "equal" else "replace",
                edit.src_start + first,
                edit.src_end + first,
                edit.dest_start + first,
                edit.dest_end + first,
            )
    if last:
        yield "equal", len(old) - last, len(old), len(new) - last, len(new)


def _joined(edits: Sequence[_Edit], texts: tuple[list[str], list[str]]) -> list[_Edit]:
    """The same with fewer runs: equal words between two changes that say less than both go along.

    "of the" kept between two rewritten phrases helps nobody to read either.
    """
    blocks: list[_Edit] = []
    for edit in edits:
        if blocks and (blocks[-1][0] == "equal") == (edit[0] == "equal"):
            blocks[-1] = (edit[0], blocks[-1][1], edit[2], blocks[-1][3], edit[4])
        else:
            blocks.append(edit)
    again = True
    while again:
        again = False
        kept: list[_Edit] = []
        for place, block in enumerate(blocks):
            if (
                block[0] == "equal"
                and kept
                and kept[-1][0] != "equal"
                and place + 1 < len(blocks)
                and _letters(texts[0][block[1] : block[2]])
                <= min(_extent(kept[-1], texts), _extent(blocks[place + 1], texts), 7)
            ):
                kept[-1] = ("replace", kept[-1][1], block[2], kept[-1][3], block[4])
                again = True
            elif kept and kept[-1][0] != "equal" and block[0] != "equal":
                kept[-1] = ("replace", kept[-1][1], block[2], kept[-1][3], block[4])
            else:
                kept.append(block)
        blocks = kept
    return blocks


def _extent(edit: _Edit, texts: tuple[list[str], list[str]]) -> int:
    return max(_letters(texts[0][edit[1] : edit[2]]), _letters(texts[1][edit[3] : edit[4]]))


def _letters(tokens: Iterable[str]) -> int:
    return sum(map(len, tokens))


def _change(
    kind: ChangeKind, sides: tuple[_Places, _Places], a: int, b: int, c: int, d: int
) -> Change:
    return Change(kind, *_span(sides[0], a, b), *_span(sides[1], c, d))


def _span(places: _Places, first: int, last: int) -> tuple[int, int]:
    if first < last:
        return places[first][0], places[last - 1][1]
    at = places[first - 1][1] if first else 0
    return at, at


def _moved(found: list[Change], old: str, new: str) -> Iterable[Change]:
    """The changes, where the same four words or more went out at one place and in at another."""
    out: dict[tuple[str, ...], list[int]] = defaultdict(list)
    into: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, change in enumerate(found):
        if change.kind == "deleted":
            out[_keys(old[change.old_start : change.old_end])].append(place)
        elif change.kind == "inserted":
            into[_keys(new[change.new_start : change.new_end])].append(place)
    for keys, places in out.items():
        if len(keys) >= _FEWEST_MOVED and len(places) == len(into.get(keys, ())) == 1:
            found[places[0]] = replace(found[places[0]], kind="moved_out")
            found[into[keys][0]] = replace(found[into[keys][0]], kind="moved_in")
    return found


def _keys(text: str) -> tuple[str, ...]:
    return tuple(word.key for word in words(text))
