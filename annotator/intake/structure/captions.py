"""Which words are the heading of an article or division: on its line, below it or above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.intake.blocks import Block
from annotator.intake.structure import dashes, lists, marks
from annotator.intake.structure.marks import Heading
from annotator.intake.structure.reading import Reading

# such as "3. Punishment for theft.—(1) Whoever", "Art. 5.- Objeto.- La ley"
_RUN_IN_DASH = re.compile(r"(?P<heading>[^—–\n]{2,150}?)\s?(?:\.\s?[—–-]|—)\s*(?=\S)")
_RUN_IN_STOP = re.compile(r"(?P<heading>\W?[^\W\d_a-z][^.:;\n]{2,79}\.)\s+(?=\S)")
# such as "제2조(정의) 이 법에서", "第二条（定義） この法律"
_RUN_IN_BRACKET = re.compile(r"(?P<heading>[(（【][^()（）【】\n]{1,60}[)）】])\s*(?=\S)")
# "（目的）" alone above its article, as in Japanese laws
_BRACKETED = re.compile(r"[(（][^()（）\n]{1,60}[)）]\Z")
_SOLE = re.compile(r"par[áa]grafo (?:único|[1-9])|par[áa]grafo primeiro|§\s?[1-9]", re.I)
_MOST_WORDS = 8
_FEWEST = 3
# One in so many articles with words on their line must have no others.
_ALONE = 6
_SHARE = 0.7
_LONGEST_ABOVE = 100
# Articles of Thai and Lao laws have no headings on their line.
_LAW_ARTICLES = ("มาตรา", "ມາດຕາ")
_LONGEST_CASELESS = 80
# "must", "may not", "as follows", "In this agreement": what a Thai article begins its points with
_THAI_SENTENCE = re.compile(r"ต้อง|ห้าม|ย่อม|พึง|หมายความว่า|ต่อไปนี้|\Aให้|\Aใน.{3,60}นี้\Z")
# A heading on its own line behind "Article 5"; what is longer is a sentence without its full stop.
_LONGEST_LINE = 120
# "Kites are free.*", "Kites are free.1": a sentence with a footnote
_FOOTNOTED = re.compile(r"[.;][\"”»)]?[*†‡¹²³\d]{1,3}\Z")


def on_line(found: Reading, blocks: Sequence[Block], i: int, head: Heading) -> bool:
    """Whether the words behind the number are its heading rather than its first words."""
    if marks.GONE.match(head.rest):
        return False
    if blocks[i].level or head.kind not in ("article", found.unit, found.inner):
        return head.kind != "rule" or marks.enumerator(head.rest) is None
    # "Article 5. 1. The Parties": the article's first paragraph on its line
    mark = marks.enumerator(head.rest)
    if mark and any(place == 1 for _, place in mark.readings):
        return False
    if head.spaced and marks.is_caseless(head.rest) and _are_words(found, i, head):
        return False
    if marks.may_be_heading(head.rest) and not head.rest.endswith(lists.ANNOUNCING):
        return len(head.rest) <= 150 or head.spaced
    if i + 1 < len(blocks) and _SOLE.match(found.line(i + 1)):
        # "Art. 1º A lei protege. / Parágrafo único.": the paragraph belongs to a sentence.
        return False
    # "Article 1. Definitions.": a heading with a full stop, if the article goes on behind it
    goes_on = i + 1 < len(blocks) and found.heads[i + 1] is None
    return (
        head.rest.endswith(".")
        and goes_on
        and len(head.rest) <= (150 if head.rest.isupper() else 60)
        and (head.rest.isupper() or head.rest.count(" ") < 8)
        and not (marks.is_caseless(head.rest) or found.worded)
    )


def find_worded(found: Reading) -> None:
    """Whether articles have their words on the line of their number: "Art. 5 Kites are free.".

    Then a short sentence there is no heading, even where more follows below it.
    """
    ended = [
        i
        for i, head in enumerate(found.heads)
        if head
        and found.is_unit(i)
        and head.rest
        and not marks.may_be_heading(head.rest)
        and not head.rest.endswith(lists.ANNOUNCING)
        and not marks.GONE.match(head.rest)
    ]
    # Nothing follows on these, so that they can be nothing but words.
    alone = sum(1 for i in ended if i + 1 >= len(found.heads) or found.heads[i + 1])
    found.worded = alone > 1 and _ALONE * alone >= len(ended)


def _are_words(found: Reading, i: int, head: Heading) -> bool:
    """Whether an article in a script without capitals and full stops has its words on its line."""
    alone = i + 1 >= len(found.heads) or found.heads[i + 1] is not None
    if _THAI_SENTENCE.search(head.rest):
        return True
    return alone or len(head.rest) > _LONGEST_CASELESS or found.line(i).startswith(_LAW_ARTICLES)


def below(found: Reading, blocks: Sequence[Block], i: int, head: Heading) -> bool:
    """Whether the next block is the heading of the article or division that this one opens."""
    if i + 1 >= len(blocks) or found.heads[i + 1] or found.roles[i + 1]:
        return False
    line = found.line(i + 1)
    if blocks[i + 1].level:
        # A higher one is the next division; one of its own level, without a number, its name.
        return blocks[i + 1].level >= blocks[i].level
    mark = found.marks[i + 1]
    if mark and not (mark.form in ("n ", "a ") and not line[0].islower()):
        return False
    if (
        _FOOTNOTED.search(line)
        or not marks.may_be_heading(line)
        or line[0].islower()
        or marks.GONE.match(line)
    ):
        return False
    if blocks[i + 1].bullet or dashes.opening(line):
        return False
    if line.endswith(("—", "–")) or marks.CLOSING.match(line):
        return False
    following = found.heads[i + 2] if i + 2 < len(blocks) else None
    if head.kind == "annex":
        return i + 2 < len(blocks) and not (following and following.kind == "annex")
    if head.kind not in ("article", "rule", "preamble") and head.kind != found.unit:
        return True
    holds = following and following.kind == found.inner
    return len(line) <= _LONGEST_LINE and i + 2 < len(blocks) and (not following or bool(holds))


def find_above(found: Reading) -> None:
    """Headings that stand above their articles, where nearly every article has one there."""
    units = [i for i in range(len(found.lines)) if found.is_unit(i)]
    bracketed = [i - 1 for i in units if i and _stands_bracketed(found, i - 1)]
    if len(bracketed) > 1:
        for i in bracketed:
            found.roles[i] = "above"
        return
    above = [i - 1 for i in units if i and _may_stand_above(found, i - 1)]
    below = sum(1 for i in units if _is_headed(found, i))
    if (
        len(units) < 2
        or len(above) < max(2, _SHARE * len(units))
        or below > len(units) - len(above)
    ):
        return
    for i in above:
        found.roles[i] = "above"
    found.guesses.append(
        f"headings are taken from the lines above their {found.unit}s: check the first ones"
    )


def _stands_bracketed(found: Reading, i: int) -> bool:
    line = found.line(i)
    return found.is_plain(i) and bool(_BRACKETED.match(line)) and marks.is_caseless(line)


def _may_stand_above(found: Reading, i: int) -> bool:
    line = found.lines[i]
    if not found.is_plain(i) or len(line) > _LONGEST_ABOVE or line[0].islower():
        return False
    if line.isupper():
        return False  # a heading in capitals may stand over several articles
    head = found.heads[i - 1] if i else None
    if head and not head.rest:
        # It is the heading or the only words of what opens just before.
        return False
    if marks.may_be_heading(line) and not line.endswith(("—", "–")):
        return line[0].isalpha()
    # A law's marginal notes end with a full stop, and so do other articles' last words.
    return (
        found.unit == "section"
        and line.endswith(".")
        and line.count(" ") < _MOST_WORDS
        and len(line) <= 60
    )


def _is_headed(found: Reading, i: int) -> bool:
    head = found.heads[i]
    if not head or not head.rest or head.rest.endswith(("—", "–")):
        return False
    return marks.may_be_heading(head.rest) and not marks.enumerator(head.rest)


def find_run_in(found: Reading) -> None:
    """Headings on one line with the first words: before a dash, or where all have them, a stop."""
    kinds = {found.unit, found.inner} - {""}
    units = [(i, head) for i, head in enumerate(found.heads) if head and head.kind in kinds]
    stopped: dict[int, int] = {}
    bodies = 0
    for i, head in units:
        if not head.rest or marks.GONE.match(head.rest):
            continue
        bracket = _RUN_IN_BRACKET.match(head.rest)
        if bracket and marks.is_caseless(head.rest) and found.line(i)[0] in "第제":
            found.run_in[i] = bracket.end()
            continue
        dash = _RUN_IN_DASH.match(head.rest)
        if dash and dash.end() < len(head.rest) and _reads_as_heading(dash.group("heading")):
            found.run_in[i] = dash.end()
            continue
        bodies += not marks.may_be_heading(head.rest)
        stop = _RUN_IN_STOP.match(head.rest)
        if stop and _reads_as_heading(stop.group("heading")):
            stopped[i] = stop.end()
    if len(stopped) >= _FEWEST and len(stopped) >= _SHARE * bodies:
        found.run_in.update(stopped)
        found.guesses.append(
            f"headings are taken from the first words of {len(stopped)} {found.unit}s: "
            "check the first ones"
        )


def _reads_as_heading(words: str) -> bool:
    return words.count(" ") < 2 * _MOST_WORDS and words[-1] not in ",;:" and not words[0].islower()
