"""What each block of a treaty or law is, before the tree is built: a heading, a quotation, a list.

One line tells little: "3. Penalties" is a section in one law and a paragraph in another,
"Section 2" a division here and the law's own unit there. Here the whole text is asked once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from annotator.intake.blocks import Block
from annotator.intake.structure import (
    captions,
    counted,
    marks,
    numberwords,
    numerals,
    quotes,
    strays,
)
from annotator.intake.structure.marks import Enumerator, Heading
from annotator.intake.structure.reading import Reading

_STOPS = (".", ";", ":", ",", "。", "；", "：", "，", "،", "؛")
_INSTRUMENT = re.compile(
    r"(?:[\w-]+\s+){0,2}?(?:protocol|annex|statute|rules|regulations|declaration|agreement|charter|"
    r"convention|appendix|final act|exchange of letters|memorandum|understanding|protocole|"
    r"déclaration|statut|règlement|accord|protocolo|declaración|estatuto|reglamento|acuerdo|"
    r"acordo|protokoll|erklärung|satzung|протокол|устав)\b",
    re.I,
)
_MEMORANDUM = re.compile(
    r"(?:explanatory (?:memorandum|note|report|statement)|"
    r"(?:memorandum|statement) of objects and reasons|exposé des motifs|exposición de motivos|"
    r"begründung|memorie van toelichting)\W*\Z",
    re.I,
)
_ASIDE = re.compile(
    r"(?:commentary|comments?|explanatory (?:notes?|comments?)|drafting notes?|official comment|"
    r"commentaires?|comentarios?|erläuterung(?:en)?|kommentar|комментарий)"
    r"(?:\s(?:on|to|of|sur|zu|al?)\s.{1,60})?\W*\Z",
    re.I,
)
_ANNEXES = re.compile(
    r"(?:the\s+)?(?:annexe?s|appendices|schedules|anexos|anlagen|bijlagen)\W*\Z", re.I
)
_SCHEDULE = re.compile(
    r"(?:the\s+)?(?:(?P<number>[a-z]+)\s+)?(?:schedule|annexe?|appendix)\W*\Z", re.I
)
# What follows the articles of a Spanish law
DISPOSITION = re.compile(
    r"disposici[óo]n (?:adicional|transitoria|derogatoria|final)\b|(?:geçi̇?ci̇?|ek) madde\b", re.I
)
_ARTICLES_GONE = re.compile(
    r"\[?(?:articles?|arts?\.|artículos|artikel)\s+(?P<number>(?P<from>\d{1,4})\s?(?:[-–—]|to|and|à|a|et|y|bis)"
    r"\s?(?P<to>\d{1,4}))[.:]?(?P<rest>.*)\Z",
    re.I | re.S,
)
_ANNEX_TO = re.compile(
    r"(?:annexe?|appendix|schedule|anexo)(?:\s+(?P<number>\d{1,2}|[IVXLC]+|(?-i:[A-Z])))?\s+"
    r"(?:to|of|à|de|au|al)\s+(?:(?:this|the|la|le|el)\s+)?(?-i:[A-Z])[^.;,:]{2,80}\Z",
    re.I,
)
_PRELIMINARY = re.compile(
    r"(?:(?P<title>t[íi]tulo|title|titre|titolo)|cap[íi]tulo|chapter|chapitre|capitolo)\s+"
    r"(?P<number>preliminar|preliminary|préliminaire|preliminare)(?:\s*[.:–—-]\s*(?P<rest>\S.*))?\Z",
    re.I,
)
_TRANSITORY = re.compile(
    r"(?:(?:art[íi]culos|disposiciones|disposições)\s+)?transitori[oa]s\W*\Z", re.I
)
_IN_WORDS = re.compile(r"(?P<number>[^\W\d_]+(?:\s[^\W\d_]+)?)\s?\.?\s?[-–—.]\s*(?=\S)")
_COUNTED = re.compile(r"(?P<number>[^\W\d_]{3,14})\s?(?:[.:]\s?[-–—]?|[-–—])\s+(?=\S)")
_LOOK_BACK = 4


def read(text: str, blocks: Sequence[Block]) -> Reading:
    """Everything that is known of the blocks before the tree is built; linear in their number."""
    lines = [text[block.start : block.end] for block in blocks]
    heads = [_head(lines, blocks, i) for i in range(len(blocks))]
    for i, head in counted.unspaced_articles(text, blocks, heads).items():
        heads[i] = heads[i] or head
    enumerators = [
        None if block.level else marks.enumerator(line, bare=True)
        for block, line in zip(blocks, lines, strict=True)
    ]
    found = Reading(lines, heads, enumerators, [""] * len(blocks))
    paged = strays.pages(lines, [block.start for block in blocks], heads)
    for i in paged:
        found.roles[i] = "stray"
    if paged:
        found.guesses.append(
            f"page numbers or running heads stand among the words ({len(paged)} lines): they are "
            "kept with the words before them"
        )
    for i in strays.notes(lines, heads, enumerators):
        found.roles[i] = "quoted"
    for i in strays.contents(lines, heads, enumerators):
        found.roles[i] = "contents"
    _clear(found)
    for i in quotes.quoted(lines, found.heads):
        found.roles[i] = "quoted"
    _clear(found)
    counted.find_signed_sections(found)
    _choose_unit(found)
    _find_transitory(found)
    _find_ordinals(found)
    _find_inner_sections(found)
    _find_annexes(found)
    counted.find_numbered_sections(found, text, blocks)
    _find_attachments(found)
    counted.find_lettered(found, blocks)
    captions.find_above(found)
    captions.find_run_in(found)
    captions.find_worded(found)
    return found


def _clear(found: Reading) -> None:
    """What does not belong to the text, or is quoted in it, opens nothing."""
    for i, role in enumerate(found.roles):
        if role:
            found.heads[i] = found.marks[i] = None


def _head(lines: Sequence[str], blocks: Sequence[Block], i: int) -> Heading | None:
    block = blocks[i]
    found = marks.heading(lines[i], explicit=block.level > 0)
    if found is None:
        found = _gone(lines, i) or _preliminary(lines[i]) or _annex_to(lines[i])
    if found and block.joined and i and not marks.heading(lines[i - 1]):
        before = lines[i - 1]
        if not before.endswith(_STOPS) and not marks.is_capitals(before):
            return None
    return found


def _preliminary(line: str) -> Heading | None:
    match = _PRELIMINARY.match(line)
    if match is None:
        return None
    number, rest = match.group("number"), match.group("rest") or ""
    kind: Literal["title", "chapter"] = "title" if match.group("title") else "chapter"
    return Heading(kind, number, number.casefold(), rest, len(line) - len(rest), spaced=not rest)


def _annex_to(line: str) -> Heading | None:
    """Read "Annex II to the Convention", alone on its line."""
    match = _ANNEX_TO.match(line)
    if match is None:
        return None
    number = match.group("number") or ""
    return Heading("annex", number, numerals.token(number), "", len(line), spaced=True)


def _gone(lines: Sequence[str], i: int) -> Heading | None:
    """Articles that are gone together: "Articles 8-10 (repealed)"."""
    match = _ARTICLES_GONE.match(lines[i])
    if match is None or int(match.group("from")) >= int(match.group("to")):
        return None
    rest = match.group("rest").strip()
    below = lines[i + 1] if i + 1 < len(lines) else ""
    if not marks.GONE.match(rest or below):
        return None
    token = f"{int(match.group('from'))}-{int(match.group('to'))}"
    at = len(lines[i]) - len(match.group("rest").lstrip())
    return Heading("article", match.group("number"), token, rest, at, spaced=True)


def _choose_unit(found: Reading) -> None:
    """Articles, where there are any; else rules or principles; else sections that never restart."""
    heads = found.heads
    kinds = Counter(head.kind for head in heads if head)
    words = Counter(
        line.split()[0].casefold()
        for line, head in zip(found.lines, heads, strict=True)
        if head and head.kind == "rule"
    )
    word, count = words.most_common(1)[0] if words else ("", 0)
    ones = {head.token for head in heads if head and head.kind == "rule"} & {"1", "I"}
    ruled = count > 1 and ones and count > 2 * kinds["article"]
    for i, head in enumerate(heads):
        if head and head.kind == "rule":
            if DISPOSITION.match(found.lines[i]) and kinds["article"]:
                continue
            if not ruled or found.lines[i].split()[0].casefold() != word:
                heads[i] = None
        elif head and head.kind == "article" and ruled:
            heads[i] = None
    if found.unit:
        return
    if ruled:
        found.unit = "rule"
    elif kinds["article"]:
        found.unit = "article"
    elif _sections_count_on(heads):
        found.unit = "section"


def _find_transitory(found: Reading) -> None:
    """The articles under "TRANSITORIOS" of a law, which count in words: "PRIMERO.- La presente"."""
    if found.unit != "article":
        return
    within = False
    for i, line in enumerate(found.lines):
        if found.heads[i]:
            within = False
        elif not found.roles[i] and _TRANSITORY.match(line):
            within = True
            found.heads[i] = Heading("annex", "", "", line, 0, spaced=True)
        elif within and (match := _IN_WORDS.match(line)):
            number = match.group("number")
            if numberwords.value(number):
                token, at = str(numberwords.value(number)), match.end()
                found.heads[i] = Heading("article", number, token, line[at:], at, spaced=False)
                found.marks[i] = None


def _find_ordinals(found: Reading) -> None:
    """The paragraphs of a resolution that count in words: "PRIMERO.- Los pozos", "SEGUNDO.-"."""
    if found.unit:
        return
    counted: dict[int, Enumerator] = {}
    for i, line in enumerate(found.lines):
        match = _COUNTED.match(line) if found.is_plain(i) else None
        place = numberwords.value(match.group("number")) if match else 0
        if match and place == len(counted) + 1:
            number, end = match.group("number"), match.end()
            counted[i] = Enumerator(number, (("number", place),), "word", end, firm=True)
    if len(counted) > 1:
        for i, mark in counted.items():
            found.marks[i] = mark


def _find_inner_sections(found: Reading) -> None:
    """Articles that hold sections: "Article I", "Section 1" below it, and anew in article II."""
    if found.unit != "article":
        return
    below, last = 0, -9
    tokens: list[str] = []
    holding: set[int] = set()
    for i, head in enumerate(found.heads):
        if head and head.kind == "article":
            last = i
        elif head and head.kind == "section":
            tokens.append(head.token)
            if i - last <= 2:
                holding.add(last)
            # The article's heading may stand between the two.
            below += head.token in ("1", "I") and i - last <= 2
    articles = sum(1 for head in found.heads if head and head.kind == "article")
    # Sections that count on through the articles lie in them if they do so in all of them.
    throughout = len(holding) > 1 and len(holding) == articles
    if throughout or (below > 1 and len(set(tokens)) < len(tokens)):
        found.inner = "section"


def _sections_count_on(heads: Sequence[Heading | None]) -> bool:
    """Whether there are sections before the first annex, and none of their numbers comes twice."""
    seen: set[str] = set()
    for head in heads:
        if head and head.kind == "annex":
            break
        if head and head.kind == "section":
            if head.token in seen:
                return False
            seen.add(head.token)
    return bool(seen)


def _find_annexes(found: Reading) -> None:
    """Find "THE FIRST SCHEDULE", and the heading "SCHEDULES" over them all."""
    opened = False
    for i, line in enumerate(found.lines):
        opened = opened or found.heads[i] is not None or found.marks[i] is not None
        if not opened or not found.is_plain(i) or len(line) > 40:
            continue
        if _ANNEXES.match(line):
            following = found.heads[i + 1] if i + 1 < len(found.heads) else None
            if following and following.kind == "annex":
                found.roles[i] = "above"
            continue
        match = _SCHEDULE.match(line)
        if match:
            number = match.group("number") or ""
            token = str(numerals.value(number) or "")
            if number and not token:
                continue
            found.heads[i] = Heading("annex", number, token, "", len(line), spaced=True)


def _find_attachments(found: Reading) -> None:
    """The titles of what follows the articles and counts its own: a protocol, a statute."""
    last, opened = 0, False
    for i, line in enumerate(found.lines):
        head = found.heads[i]
        opened = opened or found.is_unit(i)
        if head and head.kind == "annex":
            last = 0
        elif found.is_unit(i) and head:
            value = numerals.value(head.number)
            if value == 1 and last > 1:
                _attach_before(found, i)
            last = value or last
        elif opened and found.is_plain(i) and _MEMORANDUM.match(line):
            found.roles[i] = "attachment"
        elif last and found.is_plain(i) and _ASIDE.match(line):
            found.roles[i] = "aside"


def _attach_before(found: Reading, i: int) -> None:
    for j in range(i - 1, max(-1, i - 1 - _LOOK_BACK), -1):
        line = found.lines[j]
        if found.marks[j] or found.roles[j] or found.is_unit(j) or len(line) > 200:
            return
        if not found.heads[j] and not line.endswith(_STOPS) and _INSTRUMENT.match(line):
            found.roles[j] = "attachment"
            return
