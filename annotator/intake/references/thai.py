"""Thai references: มาตรา 28 วรรคสอง (1), ข้อ ๕, มาตรา ๒๕ ถึง ๓๐, วรรคสองของมาตรา 28, มาตรานี้.

Thai sets no spaces between words, so a word for a level counts only directly before a number or
"this": ข้อ also begins the words for data, agreement and text. A วรรค counts the paragraphs of an
article that have no number; what stands in brackets are its items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotator.intake.references.labels import Label, plain
from annotator.intake.references.paths import Phrase, Pointer, Step
from annotator.intake.references.words import ITEMS

_D = "[0-9๐-๙]"
_N = (
    rf"{_D}{{1,4}}(?:/{_D}{{1,2}})?(?:\s?(?:ทวิ|ตรี|จัตวา|เบญจ)(?![ก-๛]))?"
    rf"(?![0-9๐-๙/%]|[.,]{_D}{{3}})"
)
_COUNTED = {
    "หนึ่ง": 1, "แรก": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8,
    "เก้า": 9, "สิบ": 10, "สิบเอ็ด": 11, "สิบสอง": 12, "สุดท้าย": -1, "ท้าย": -1,
}  # fmt: skip
_W = "|".join(sorted(_COUNTED, key=len, reverse=True))
_UNITS = {
    "ภาคผนวก": "annex", "ภาค": "part", "ลักษณะ": "title", "หมวด": "chapter", "บทที่": "chapter",
    "ส่วนที่": "section", "มาตรา": "article", "ข้อ": "article",
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_RANKS = {"annex": 0, "part": 1, "title": 2, "chapter": 3, "section": 4, "article": 5,
          "paragraph": 6, "point": 7}  # fmt: skip
# What makes a number a quantity: days, kinds, times, persons; รัฐภาคี is who acts.
_MEASURE = (
    r"\s*(?:วัน|เดือน|ปี|ชั่วโมง|นาที|คน|ราย(?!งาน)|ครั้ง|บาท|ประการ|ประเทศ|รัฐ(?!ภาคี|ต้อง|ธรรม)|ฉบับ|"
    r"เท่า|ล้าน|พัน|หมื่น|แสน|ข้อ(?!\s*[0-9๐-๙])|มาตรา(?!\s*[0-9๐-๙])|ใน\s*[0-9๐-๙])"
)
_ITEM = rf"\(\s?(?P<item>{_D}{{1,3}}|[ก-ฮ]|[a-z]{{1,4}})\s?\)"
# One level: มาตรา ๒๘, ข้อ 5, วรรคสอง, อนุมาตรา (1), (ก)
_STEP = re.compile(
    rf"(?P<unit>(?P<article>มาตรา|ข้อ)|{_UNIT})\s*(?:ที่\s*)?(?P<number>{_N})"
    rf"(?(article)|(?!{_MEASURE}))|"
    rf"(?:วรรค|ย่อหน้า)(?:ที่)?\s*(?:(?P<word>{_W})(?!วรรค|บรรทัด|ครั้ง|ช่อง)|(?P<count>{_N}))|"
    rf"(?:อนุมาตรา|อนุวรรค|ข้อย่อย|ข้อ)?\s*{_ITEM}|"
    rf"(?P<annex>ภาคผนวก)\s*(?P<letter>[ก-ฮ])(?![ก-๛])"
)
_RELATIVE = re.compile(
    r"(?P<unit>มาตรา|ข้อ(?!ย่อย)|วรรค|หมวด)"
    r"(?:(?P<this>นี้)|(?P<previous>ก่อน(?:หน้านี้|หน้า)?(?!ที่|จะ|วัน))|(?P<next>ถัดไป))"
)
# Neither "หัวข้อ 2" (a heading) nor "3 ข้อ" (three of them), nor a court's or an army's region; what
# stands in brackets alone counts behind "under" and "in".
_REGION = r"(?:(?<![ก-๛])|(?<=ตาม)|(?<=ใน)|(?<=ของ)|(?<=แห่ง))(?:ภาค|ลักษณะ)"
_CLAUSE = r"(?<!หัว)(?<![0-9๐-๙])(?<![0-9๐-๙]\s)ข้อ"
_BEGIN = re.compile(
    rf"(?:หมวด|บทที่|ส่วนที่|มาตรา|ภาคผนวก|{_CLAUSE}|{_REGION})\s*(?:ที่\s*)?{_D}|"
    rf"ภาคผนวก\s*[ก-ฮ](?![ก-๛])|(?<!เว้น)(?:วรรค|ย่อหน้า)(?:ที่)?\s*(?:{_W}|{_D})|"
    rf"(?:อนุมาตรา|อนุวรรค|ข้อย่อย)\s*\(|{_RELATIVE.pattern.replace('?P<', '?P<any_')}|"
    rf"(?:(?<=ตาม)|(?<=ตาม\s)|(?<=ใน)|(?<=ใน\s))\(\s?(?:{_D}{{1,3}}|[ก-ฮ])\s?\)"
)
_ALSO = re.compile(
    r"\s*(?P<and>,?\s*(?:และ/หรือ|และ|หรือ|กับ|รวมทั้ง|ประกอบ(?:กับ)?)|,)\s*(?:ใน|ตาม)?|"
    r"\s+(?=มาตรา|ข้อ|วรรค|\()"
)
_BARE = re.compile(rf"(?P<number>{_N})(?!\s?[(.%]|{_MEASURE})")
_THROUGH = re.compile(r"\s*(?:จนถึง|ถึง|[-–—](?=\s*[(0-9๐-๙มขว]))\s*")
_OF = re.compile(r"\s*(?:ของ|แห่ง|ใน|ตาม)\s*")
_DECIMAL = re.compile(rf"\.(?P<number>{_D}{{1,2}})(?![0-9๐-๙])")
_NAMES = (
    r"(?:พระราชบัญญัติ|พระราชกำหนด|พระราชกฤษฎีกา|ประมวลกฎหมาย|รัฐธรรมนูญ|กฎหมาย|กฎกระทรวง|พ\.ร\.บ\.|"
    r"อนุสัญญา|กติกา|พิธีสาร|กฎบัตร|ปฏิญญา|สนธิสัญญา|ความตกลง|ข้อตกลง|ข้อบังคับ|ระเบียบ|ธรรมนูญ|"
    r"ข้อมติ|ประกาศ)"
)
_FOLLOWS = re.compile(
    rf"(?P<of>\s*(?:ของ|แห่ง|ใน|ตาม)\s*|\s+)(?P<name>{_NAMES})(?P<this>(?:ฉบับ)?นี้)?(?P<on>[^\s,;)]{{0,80}})"
)
_PRECEDES = re.compile(
    rf"(?:{_NAMES})(?!(?:ฉบับ)?นี้)(?P<on>[^\s()]{{0,80}})\s+"
    rf"(?:(?:พ\.ศ\.|ค\.ศ\.)\s*{_D}{{4}}\s+)?(?:ตาม|ใน)?\Z"
)
_LOOK_BACK = 120
_LONGEST_LIST = 200


def phrases(text: str, start: int, end: int, *, title: str = "") -> Iterator[tuple[Phrase, bool]]:
    """The phrases in a stretch of text, each with whether it means the text's own clauses.

    `title` is the text's: "of the Convention" means its own where it is called so.
    """
    position = start
    while match := _BEGIN.search(text, position, end):
        pointers = _enclosed(text, _list(text, match.start(), end), end)
        if not pointers:
            position = match.end()
            continue
        edge = max(pointer.end for pointer in pointers)
        own, reach = _whose(text, max(start, position), match.start(), edge, end, title)
        relative = bool(pointers[0].steps[0].relative)
        phrase = Phrase(match.start(), reach, tuple(pointers), anchored=relative)
        yield phrase, own or relative
        position = edge


def _whose(text: str, floor: int, begin: int, edge: int, end: int, title: str) -> tuple[bool, int]:
    """Whether clauses of the text itself are named, and where the words that say so end."""
    follows = _FOLLOWS.match(text, edge, end)
    if follows and (follows.group("of").strip() or follows.group("on")):
        name = follows.group("name")
        own = bool(follows.group("this")) or title.startswith(name + follows.group("on"))
        return own, edge if own else follows.end()
    if follows and follows.group("this"):
        return True, edge
    precedes = _PRECEDES.search(text[max(floor, begin - _LOOK_BACK) : begin])
    return precedes is None, edge


def _list(text: str, position: int, end: int) -> list[Pointer]:
    found: list[Pointer] = []
    before: tuple[Step, ...] = ()
    while len(found) < _LONGEST_LIST:
        steps, edge = _path(text, position, end)
        if not steps and before and (bare := _BARE.match(text, position, end)):
            # มาตรา 5 และ 7
            if before[-1].level == "point":
                break
            steps = (*before[:-1], _numbered(before[-1].level, bare))
            edge = bare.end()
        elif not steps:
            break
        elif before and steps[0].level in ITEMS and not steps[0].relative:
            # วรรคหนึ่งและวรรคสอง: the second stands in what the first stands in.
            if all(_rank(step) < _rank(steps[0]) for step in before):
                break
            steps = (*(step for step in before if _rank(step) < _rank(steps[0])), *steps)
        pointers = _through(text, Pointer(position, edge, steps), end)
        found += pointers
        edge, before = pointers[-1].end, steps
        also = _ALSO.match(text, edge, end)
        if also is None or (not also.group("and") and steps[-1].relative):
            break
        position = also.end()
    return found


def _through(text: str, pointer: Pointer, end: int) -> list[Pointer]:
    """A pointer with the end of its range, if it has one; paragraphs that are counted, each."""
    through = _THROUGH.match(text, pointer.end, end)
    last = pointer.steps[-1]
    if through is None or last.relative:
        return [pointer]
    steps, edge = _path(text, through.end(), end)
    if not steps and last.level != "point" and (bare := _BARE.match(text, through.end(), end)):
        steps, edge = (_numbered(last.level, bare),), bare.end()
    if not steps or steps[-1].level != last.level or steps[-1].relative:
        return [pointer]
    if last.level == "paragraph":
        inner = range(last.ordinal, min(steps[-1].ordinal, last.ordinal + _LONGEST_LIST) + 1)
        return [
            replace(pointer, end=edge, steps=(*pointer.steps[:-1], replace(last, ordinal=n)))
            for n in inner
        ] or [pointer]
    return [replace(pointer, end=edge, through=steps[-1].label)]


def _enclosed(text: str, found: list[Pointer], end: int) -> list[Pointer]:
    """The pointers within what follows: วรรคสองแห่งมาตรา 28, (ก) ของวรรคหนึ่งของข้อ 5."""
    while found and (of := _OF.match(text, found[-1].end, end)):
        outer, edge = _path(text, of.end(), end)
        if not outer or _rank(outer[-1]) >= min(_rank(one.steps[0]) for one in found):
            break
        last = found[-1].end
        found = [
            replace(one, end=edge if one.end == last else one.end, steps=(*outer, *one.steps))
            for one in found
        ]
    return found


def _path(text: str, position: int, end: int) -> tuple[tuple[Step, ...], int]:
    steps: list[Step] = []
    edge = position
    relative = _RELATIVE.match(text, position, end)
    if relative:
        level = {"วรรค": "paragraph", "หมวด": "chapter"}.get(relative.group("unit"), "article")
        steps.append(Step(level, relative=str(relative.lastgroup)))
        edge = relative.end()
    while len(steps) < 8:
        at = edge
        while steps and at < end and text[at] in " \u00a0" and at - edge < 2:
            at += 1
        match = _STEP.match(text, at, end)
        if match is None:
            break
        step = _step(match)
        if steps and not _is_deeper(step, steps[-1]):
            break
        steps.append(step)
        edge = match.end()
        if match.group("unit") and (decimal := _DECIMAL.match(text, edge, end)):
            steps.append(Step("point", Label(plain(decimal.group("number")), "digits", edge)))
            edge = decimal.end()
    return tuple(steps), edge


def _is_deeper(step: Step, last: Step) -> bool:
    """Whether a level stands within the one before; (1) (2) are a list, (1) (ก) are not."""
    if step.label and last.label and step.level == last.level == "point":
        return step.label.form != last.label.form
    return _rank(step) > _rank(last)


def _step(match: re.Match[str]) -> Step:
    if match.group("word"):
        return Step("paragraph", ordinal=_COUNTED[match.group("word")], counted=True)
    if match.group("count"):
        return Step(
            "paragraph", ordinal=int(match.group("count").split("/")[0].split()[0]), counted=True
        )
    if match.group("item"):
        item = match.group("item")
        form = "()digits" if item[0].isdigit() else "()letter"
        return Step("point", Label(plain(item), form, match.end()))
    if match.group("annex"):
        return Step("annex", Label(plain(match.group("letter")), "letter", match.end()))
    return _numbered(_UNITS[match.group("unit")], match)


def _numbered(level: str, match: re.Match[str]) -> Step:
    if level == "paragraph":
        return Step(
            level, ordinal=int(match.group("number").split("/")[0].split()[0]), counted=True
        )
    return Step(level, Label(plain(match.group("number")), "digits", match.end()))


def _rank(step: Step) -> int:
    return _RANKS[step.level]
