"""The language of each block of a text: told by its own words, else by what stands around it.

"Article 3" and "1." are the same in English and French; they go with the text they introduce, or
to the language whose next article it is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.intake.languages import language
from annotator.intake.structure import marks, numerals

# A language counts that has this share of the letters, in hundredths.
_SMALLEST_SHARE = 12
# So many blocks, evenly over the text, show whether it is in two languages at all.
_ASKED = 400
# A block's first sentences tell its language as well as all of it.
_ENOUGH = 400
# Letters of these say as much as two or three of an alphabet.
_DENSE = {"zh": 3, "ja": 2, "ko": 2}
_SHORT = 160
_SURE = 0.8
# Of the blocks that tell their language, in hundredths: how many must stand in its stretch, for the
# languages to come one behind the other.
_IN_SEQUENCE = 85
_STEADY = 0.7
# More passages in a row are no quotation but a page of the other version.
_LONGEST_QUOTATION = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the text, or a cell of a table row: `words` are `text[start:end]`.

    `block` is the index of its block. `key` is what it counts, if it is a heading with a number:
    ("article", 3). `level` is that of its block, `column` the language of its column of a table.
    """

    block: int
    start: int
    end: int
    words: str
    key: tuple[str, int] | None = None
    level: int = 0
    column: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it can be a heading or a title, rather than a sentence."""
        return len(self.words) <= _SHORT and not self.words.endswith((".", ";", "。", "；"))


def key_of(words: str, *, level: int = 0) -> tuple[str, int] | None:
    """What a heading counts: its kind and number; None for what is no numbered heading."""
    head = marks.heading(words, explicit=level > 0)
    return (head.kind, numerals.value(head.number)) if head and head.token else None


def vote(words: str, wanted: frozenset[str] | None = None) -> str:
    """The language that the words show by themselves, "" where they do not; `wanted` limits it.

    >>> vote("Each Party shall take the measures."), vote("Article 3")
    ('en', '')
    """
    words = words[:_ENOUGH]
    mark = marks.enumerator(words)
    # The letter of a point is no word: "a)" is one of French and of many others.
    words = words[mark.end :] if mark else words
    script = language.script_of(words)
    if not script:
        return ""
    if wanted is not None:
        here = [code for code in wanted if _script(code) == script]
        if len(here) == 1 and sum(map(str.isalpha, words)) >= (4 if script == "latin" else 1):
            return here[0]
    if script != "latin":
        found = language.by_words(words, script)
        return found if wanted is None or found in wanted else ""
    first, second = (*language.hits(words, wanted).most_common(2), ("", 0), ("", 0))[:2]
    return first[0] if first[1] >= 2 and second[1] * 2 <= first[1] else ""


def hint(words: str) -> str:
    """As `vote`, but a kin or the name of the script where the words tell no more."""
    script = language.script_of(words[:_ENOUGH])
    found = vote(words)
    if found or script != "latin":
        return found or script
    best = language.hits(words[:_ENOUGH]).most_common(1)
    return best[0][0] if best and best[0][1] >= 2 else ""


_SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"), "cyrillic"),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ug", "sd"), "arabic"),
    **dict.fromkeys(("hi", "mr", "ne", "sa"), "devanagari"),
    **{"zh": "han", "bn": "bengali", "as": "bengali", "am": "ethiopic", "ti": "ethiopic"},
}


def _script(code: str) -> str:
    # The scripts of one language bear its name.
    return _SCRIPTS.get(code, code if code in language.ALONE else "latin")


def present(passages: Sequence[Passage]) -> list[str]:
    """The languages with a share of the text, in the order in which they first come."""
    asked = [p for p in passages if len(p.words) >= 20]
    step = max(1, len(asked) // _ASKED)
    said: dict[str, list[str]] = {}
    for passage in asked[::step]:
        code = hint(passage.words)
        if code:
            said.setdefault(code, []).append(passage.words[:_ENOUGH])
    said = _large(said)
    if len(said) < 2:
        return list(said)
    # A few words suggest kin (Galician in a Spanish text) or tell no more than their script: all
    # words of a suggestion together say what it is.
    real: dict[str, list[str]] = {}
    for words in said.values():
        real.setdefault(language.guess("\n".join(words))[0], []).extend(words)
    confirmed = list(_large(real))
    wanted = frozenset(confirmed)
    return sorted(confirmed, key=lambda code: _first(passages, code, wanted))


def _large(real: dict[str, list[str]]) -> dict[str, list[str]]:
    letters = {code: len("".join(words)) * _DENSE.get(code, 1) for code, words in real.items()}
    total = sum(letters.values())
    return {
        code: words
        for code, words in real.items()
        if letters[code] * 100 >= total * _SMALLEST_SHARE
    }


def _first(passages: Sequence[Passage], code: str, wanted: frozenset[str]) -> int:
    return next((i for i, p in enumerate(passages) if vote(p.words, wanted) == code), len(passages))


def labels(passages: Sequence[Passage], languages: Sequence[str]) -> list[tuple[str, ...]]:
    """For each passage its language, or all of them where it belongs to each version."""
    wanted = frozenset(languages)
    shares = [_shares(passage, wanted) for passage in passages]
    told = [next((code for code in here if here[code] >= _SURE), "") for here in shares]
    stretches = _stretches(told)
    if stretches is not None:
        return [(code,) for code in _one_behind_other(passages, told, stretches)]
    return _in_turns(passages, told, shares, languages)


def _shares(passage: Passage, wanted: frozenset[str]) -> dict[str, float]:
    """How likely each of the languages is for the passage; {} where nothing tells.

    By its column, its words, a heading's word, or the model.
    """
    found = passage.column if passage.column in wanted else vote(passage.words, wanted)
    letters = sum(map(str.isalpha, passage.words[:_ENOUGH]))
    if not found and passage.key:
        word = passage.words.split()[0].casefold().strip(".:")
        heads = [code for code in wanted if word in marks.HEAD_WORDS.get(code, ())]
        if 0 < len(heads) < len(wanted):
            rest = 0.03 / (len(wanted) - len(heads))
            return {code: 0.97 / len(heads) if code in heads else rest for code in wanted}
    if found:
        return {code: 0.97 if code == found else 0.03 / (len(wanted) - 1) for code in wanted}
    if letters < (16 if passage.key else 4):
        return {}
    ranked = language.rank(passage.words[:_ENOUGH], wanted)
    # The model is sure of itself too soon where the words are few.
    return {code: 0.85 * share + 0.15 / len(wanted) for code, share in ranked}


# One language behind the other


def _stretches(told: Sequence[str]) -> list[tuple[str, int]] | None:
    """The languages, each with the index where its stretch begins, None where they come in turns.

    The order is that of their middles; the borders are where the fewest blocks are on the wrong
    side of one.
    """
    places: dict[str, list[int]] = {}
    for i, code in enumerate(told):
        if code:
            places.setdefault(code, []).append(i)
    order = sorted(places, key=lambda code: sum(places[code]) / len(places[code]))
    # best[k] is the most blocks rightly placed so far with language k as the last, and its border.
    best: list[tuple[int, tuple[int, ...]]] = [(0, ()), *((-len(told), ()) for _ in order[1:])]
    for i, code in enumerate(told):
        for k in range(len(order) - 1, 0, -1):
            if best[k - 1][0] > best[k][0]:
                best[k] = (best[k - 1][0], (*best[k - 1][1], i))
        if code:
            best = [
                (score + (order[k] == code), borders) for k, (score, borders) in enumerate(best)
            ]
    score, borders = best[-1]
    if len(borders) + 1 < len(order) or score * 100 < _IN_SEQUENCE * sum(map(len, places.values())):
        return None
    stretches = list(zip(order, (0, *borders), strict=True))
    return None if _strangers(told, stretches) > _LONGEST_QUOTATION else stretches


def _strangers(told: Sequence[str], stretches: Sequence[tuple[str, int]]) -> int:
    """The longest run of passages in another language than their stretch."""
    ends = [start for _, start in stretches[1:]] + [len(told)]
    longest = 0
    for (code, start), end in zip(stretches, ends, strict=True):
        run = 0
        for found in filter(None, told[start:end]):
            run = run + 1 if found != code else 0
            longest = max(longest, run)
    return longest


def _one_behind_other(
    passages: Sequence[Passage], told: Sequence[str], stretches: Sequence[tuple[str, int]]
) -> list[str]:
    """The language of each passage by the stretch it stands in: a quotation is no other version.

    Before the first heading short lines speak for themselves: the titles of all versions may
    stand there. What tells nothing between two stretches is the end of one or opens the next.
    """
    found: list[str] = []
    for place, (code, start) in enumerate(stretches):
        end = stretches[place + 1][1] if place + 1 < len(stretches) else len(passages)
        found += [code] * (end - start)
    opening = next((i for i, passage in enumerate(passages) if passage.key), len(passages))
    for i in range(min(opening, stretches[1][1] if len(stretches) > 1 else opening)):
        if told[i] and (passages[i].is_short or passages[i].level):
            found[i] = told[i]
    for (code, start), (after, border) in pairwise(stretches):
        first = border
        while first > start and _opens(passages[first - 1], told[first - 1]):
            first -= 1
        numbers = [p.key[1] for p in passages[start:first] if p.key and p.key[0] == "article"]
        last = max(numbers, default=0)
        for i in range(first, border):
            key = passages[i].key
            found[i] = code if key and key[0] == "article" and key[1] == last + 1 else after
    return found


def _opens(passage: Passage, told: str) -> bool:
    return not told and (passage.is_short or passage.key is not None)


# In turns: paragraph by paragraph, article by article, page by page


def _in_turns(
    passages: Sequence[Passage],
    told: Sequence[str],
    shares: Sequence[dict[str, float]],
    languages: Sequence[str],
) -> list[tuple[str, ...]]:
    """The likeliest order of turns; a heading alike in all goes where its number is the next.

    What comes but once, as a number in a cell of its own, belongs to all.
    """
    path, steady = _likeliest(shares, told, languages)
    counted = Counter(passage.key for passage in passages if passage.key)
    following = _following(told)
    opening = next((i for i, passage in enumerate(passages) if passage.key), 0)
    last: dict[tuple[str, str], int] = {}
    found: list[tuple[str, ...]] = []
    for i, passage in enumerate(passages):
        here: tuple[str, ...] = (path[i],)
        below = i > 0 and passages[i - 1].key is not None
        if told[i] and not passage.key and passage.is_short and (below or i < opening):
            # The heading below a number, and the titles of all versions above the first.
            here = (told[i],)
        if passage.key and not told[i]:
            likely = path[i] if shares[i] or steady else following[i] or path[i]
            if counted[passage.key] < 2:
                here = tuple(languages)
            elif not steady:
                here = (_by_count(passage.key, languages, last, likely),)
        elif not told[i] and _shared_number(passages, told, i):
            here = tuple(languages)
        if passage.key:
            for code in here:
                last[code, passage.key[0]] = passage.key[1]
        found.append(here)
    return found


def _likeliest(
    shares: Sequence[dict[str, float]], told: Sequence[str], languages: Sequence[str]
) -> tuple[list[str], bool]:
    """The likeliest language of each passage, given how often they change (Viterbi's path).

    And whether they take turns so steadily that the place of a passage tells its language.
    """
    many = len(languages)
    # How often the next passage is in the same language, the next in turn, and so on.
    turns = [1.0] * many
    for one, other in pairwise(told):
        if one and other:
            turns[(languages.index(other) - languages.index(one)) % many] += 1
    steps = [math.log(count / sum(turns)) for count in turns]
    scores = [0.0] * many
    back: list[list[int]] = []
    for here in shares:
        best = [
            max(range(many), key=lambda k: scores[k] + steps[(now - k) % many])
            for now in range(many)
        ]
        back.append(best)
        scores = [
            scores[best[now]]
            + steps[(now - best[now]) % many]
            + (math.log(here[languages[now]]) if here else 0.0)
            for now in range(many)
        ]
    now = max(range(many), key=lambda k: scores[k])
    path: list[str] = []
    for best in reversed(back):
        path.append(languages[now])
        now = best[now]
    return path[::-1], turns[1] >= _STEADY * sum(turns)


def _following(told: Sequence[str]) -> list[str]:
    """For each place the first language that is told behind it."""
    found: list[str] = []
    after = ""
    for code in reversed(told):
        found.append(after)
        after = code or after
    return found[::-1]


def _by_count(
    key: tuple[str, int], languages: Sequence[str], last: dict[tuple[str, str], int], likely: str
) -> str:
    """The language whose next heading this is."""
    kind, number = key
    wanting = [code for code in languages if last.get((code, kind), 0) + 1 == number]
    if not wanting:
        return likely
    # The page of one language may end in the heading of what the other has not come to yet.
    ahead = max(last.get((code, "article"), 0) for code in wanting)
    first = [code for code in wanting if last.get((code, "article"), 0) == ahead]
    return likely if likely in first else first[0]


def _shared_number(passages: Sequence[Passage], told: Sequence[str], i: int) -> bool:
    """Whether a number stands alone in its cell, for the words of all languages beside it."""
    mark = marks.enumerator(passages[i].words)
    if mark is None or mark.end < len(passages[i].words):
        return False
    beside = [j for j in range(i + 1, i + 4) if j < len(passages)]
    beside = [j for j in beside if passages[j].block == passages[i].block]
    return len({told[j] for j in beside if told[j]}) > 1
