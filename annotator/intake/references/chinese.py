"""Chinese references: 第二十八条第四款第（一）项, 本条第一款, 前款, 第三条至第六条, 前两条."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.intake.references.labels import Label
from annotator.intake.references.paths import Phrase, Pointer, Step
from annotator.intake.structure import numerals

_N = r"[0-9０-９一二三四五六七八九十百零〇两]{1,6}"
_UNITS = {
    "编": "part", "部分": "part", "章": "chapter", "节": "section", "節": "section",
    "条": "article", "條": "article", "款": "paragraph", "项": "point", "項": "point",
    "目": "point", "附件": "annex",
}  # fmt: skip
_UNIT = "部分|[编章节節条條款项項目]"
_ITEM = r"[(（]\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3}|[a-z]{1,4})\s?[)）]"
# One level: 第四款, 第（一）项, (a)项, （一）, 第5条之二
_STEP = re.compile(
    rf"第?\s*(?P<item>{_ITEM})\s*(?P<word>[项項目款]?)|"
    rf"第\s*(?P<number>{_N})\s*(?P<unit>{_UNIT})(?:之(?P<of>[一二三四五六七八九十]))?|"
    rf"附件\s*(?P<annex>{_N}|[IVX]+)"
)
_RELATIVE = re.compile(
    rf"(?P<this>本|该|上述|同)(?P<unit>{_UNIT})(?!约|例|件)|"
    rf"(?P<before>前|上)(?P<count>[一二两三四五]?)(?P<behind>{_UNIT})|"
    rf"(?P<after>下|后)[一]?(?P<next>{_UNIT})"
)
_BEGIN = re.compile(
    rf"第\s*{_N}\s*(?:{_UNIT})|第\s*[(（]|附件\s*(?:{_N}|[IVX]+)|{_RELATIVE.pattern}"
)
_ALSO = re.compile(r"\s*(?:、|和|及|以及|或者?|与|，(?=第))\s*")
_THROUGH = re.compile(r"\s*(?:至|到|[-–—~～])\s*")
_SPACE = re.compile(r"\s*(?:的|之)?\s*")
_INSTRUMENT = re.compile(
    r"(?P<own>本)?(?P<name>》|公约|條約|条约|宪章|憲章|议定书|協定|协定|盟约|规约|法|条例|宪法|刑法|协议|法律|声明|决议)"
    r"(?:的|之)?\s*\Z"
)
_COUNTS = {"": 1, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_RANKS = {"annex": 0, "part": 1, "chapter": 2, "section": 3, "article": 4, "paragraph": 5,
          "point": 6}  # fmt: skip


def phrases(text: str, start: int, end: int) -> Iterator[tuple[Phrase, bool]]:
    """The phrases in a stretch of text, each with whether it means the text's own clauses."""
    position = start
    while match := _BEGIN.search(text, position, end):
        pointers = _list(text, match.start(), end)
        if not pointers:
            position = match.end()
            continue
        named = _INSTRUMENT.search(text, max(start, position, match.start() - 12), match.start())
        own = named is None or bool(named.group("own"))
        edge = pointers[-1].end
        relative = bool(pointers[0].steps[0].relative)
        yield Phrase(match.start(), edge, tuple(pointers), anchored=relative), own or relative
        position = edge


def _list(text: str, position: int, end: int) -> list[Pointer]:
    found: list[Pointer] = []
    before: tuple[Step, ...] = ()
    while len(found) < 200:
        steps, edge = _path(text, position, end)
        if not steps:
            break
        if before and not steps[0].relative:
            # 第一款和第二款: the second stands in what the first stands in.
            rank = _rank(steps[0])
            steps = (*(step for step in before if _rank(step) < rank), *steps)
        pointer = Pointer(position, edge, steps)
        through = _THROUGH.match(text, edge, end)
        if through:
            last, last_edge = _path(text, through.end(), end)
            if last and last[-1].label and steps[-1].level == last[-1].level:
                pointer = Pointer(position, last_edge, steps, through=last[-1].label)
                edge = last_edge
        found.append(pointer)
        before = steps
        also = _ALSO.match(text, edge, end)
        if also is None:
            break
        position = also.end()
    return found


def _path(text: str, position: int, end: int) -> tuple[tuple[Step, ...], int]:
    steps: list[Step] = []
    edge = position
    relative = _RELATIVE.match(text, position, end)
    if relative:
        steps.append(_relative(relative))
        edge = relative.end()
    while len(steps) < 8:
        space = _SPACE.match(text, edge, end)
        at = space.end() if space and steps else edge
        match = _STEP.match(text, at, end)
        if match is None:
            break
        step = _step(match)
        if steps and _rank(step) < _rank(steps[-1]):
            break
        if not steps and match.group("item") and not match.group("word"):
            break
        steps.append(step)
        edge = match.end()
    return tuple(steps), edge


def _relative(match: re.Match[str]) -> Step:
    if match.group("this"):
        return Step(_UNITS[match.group("unit")], relative="this")
    if match.group("before"):
        unit = _UNITS[match.group("behind")]
        return Step(unit, relative="previous", count=_COUNTS[match.group("count")])
    return Step(_UNITS[match.group("next")], relative="next")


def _step(match: re.Match[str]) -> Step:
    if match.group("item"):
        core = match.group("item").strip("()（） ")
        unit = _UNITS[match.group("word")] if match.group("word") else "point"
        return Step(unit, Label(numerals.token(core) or core, "()digits", match.end()))
    if match.group("annex"):
        label = Label(numerals.token(match.group("annex")).casefold(), "digits", match.end())
        return Step("annex", label)
    number = match.group("number").replace("两", "二")
    token = numerals.token(str(int(number)) if number.isdecimal() else number)
    unit = _UNITS[match.group("unit")]
    return Step(unit, Label(token, "digits", match.end()))


def _rank(step: Step) -> int:
    return _RANKS[step.level]
