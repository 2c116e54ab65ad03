"""What each block of a treaty or law is, before the tree is built: a heading, a quotation, a list.

One line tells little: "3. Penalties" is a section in one law and a paragraph in another,
"Section 2" a division here and the law's own unit there. Here the whole text is asked once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from annotator.intake import marks, numerals, quotes, strays
from annotator.intake.blocks import Block
from annotator.intake.marks import Enumerator, Heading

# A title of what comes behind the articles: a protocol with articles of its own, a memorandum.
Role = Literal["", "stray", "contents", "quoted", "above", "attachment", "aside"]
Unit = Literal["article", "rule", "section", ""]

_STOPS = (".", ";", ":", ",", "。", "；", "：", "،", "؛")
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
DISPOSITION = re.compile(r"disposici[óo]n (?:adicional|transitoria|derogatoria|final)\b", re.I)
_ARTICLES_GONE = re.compile(
    r"\[?(?:articles?|arts?\.|artículos|artikel)\s+(?P<number>(?P<from>\d{1,4})\s?(?:[-–—]|to|and|à|a|et|y|bis)"
    r"\s?(?P<to>\d{1,4}))[.:]?(?P<rest>.*)\Z",
    re.I | re.S,
)
# "§ 5 Zweck", "§ 4a", "5 § Syfte"
_SIGN = re.compile(
    r"(?:§\s?(?P<number>\d{1,4}\s?[a-z]?)|(?P<before>\d{1,4}\s?[a-z]?)\s?§)(?!\w)"
    r"(?P<rest>[.:]?(?:\s.*|))\Z",
    re.S,
)
_SENTENCE_ARTICLE = re.compile(
    r"(?:article|artículo|artigo|articolo|artikel|art\.?)\s+(?P<number>\d{1,4}(?:er|\.?[ºª]|°)?)"
    r"\s+(?=(?-i:[^\W\d_a-zà-ÿ])\w*\s)",
    re.I,
)
_ANNEX_TO = re.compile(
    r"(?:annexe?|appendix|schedule|anexo)(?:\s+(?P<number>\d{1,2}|[IVXLC]+|(?-i:[A-Z])))?\s+"
    r"(?:to|of|à|de|au|al)\s+(?:(?:this|the|la|le|el)\s+)?(?-i:[A-Z])[^.;,:]{2,80}\Z",
    re.I,
)
_ALONE = re.compile(r"(?:[IVXLC]{1,6}|[A-Z])\.?\Z")
_PRELIMINARY = re.compile(
    r"(?:(?P<title>t[íi]tulo|title|titre|titolo)|cap[íi]tulo|chapter|chapitre|capitolo)\s+"
    r"(?P<number>preliminar|preliminary|préliminaire|preliminare)(?:\s*[.:–—-]\s*(?P<rest>\S.*))?\Z",
    re.I,
)
# Words by which a law speaks of its own numbered sections.
_SPEAKS_OF_SECTIONS = re.compile(
    r"\b(?:sub-?)?sections?\s+(?:\d|\(\d)|\bthis (?:section|act|bill|ordinance)\b", re.I
)
# such as "3. Punishment for theft.—(1) Whoever", "Art. 5.- Objeto.- La ley"
_RUN_IN_DASH = re.compile(r"(?P<heading>[^—–\n]{2,150}?)\s?(?:\.\s?[—–-]|—)\s*(?=\S)")
_RUN_IN_STOP = re.compile(r"(?P<heading>\W?[^\W\d_a-z][^.:;\n]{2,79}\.)\s+(?=\S)")
_MOST_WORDS = 8
_FEWEST = 3
_SHARE = 0.7
_LONGEST_ABOVE = 100
_LOOK_BACK = 4
# "I. General principles", "B. Offences"
_LETTERED_FORMS = (".", "-", "n ", "I")


@dataclass(slots=True)
class Reading:
    """The blocks of a text with what was found out about each of them, index by index.

    `unit` is what the text is cited by: articles, rules (or principles, guidelines), sections, or
    "" where there is nothing but numbered paragraphs. `inner` says that articles hold sections, and
    not the other way round. `run_in` is where the words begin in a block
    whose heading stands before them on its line. `guesses` are warnings.
    """

    lines: list[str]
    heads: list[Heading | None]
    marks: list[Enumerator | None]
    roles: list[Role]
    unit: Unit = ""
    inner: Literal["section", ""] = ""
    run_in: dict[int, int] = field(default_factory=dict)
    guesses: list[str] = field(default_factory=list)

    def is_unit(self, i: int) -> bool:
        """Whether block `i` opens one of the clauses that the text is cited by."""
        head = self.heads[i]
        return head is not None and head.kind == self.unit

    def is_plain(self, i: int) -> bool:
        """Whether block `i` is neither a heading nor numbered nor anything besides the text."""
        return not (self.heads[i] or self.marks[i] or self.roles[i])


def read(text: str, blocks: Sequence[Block]) -> Reading:
    """Everything that is known of the blocks before the tree is built; linear in their number."""
    lines = [text[block.start : block.end] for block in blocks]
    heads = [_head(lines, blocks, i) for i in range(len(blocks))]
    for i, head in unspaced_articles(text, blocks).items():
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
            f"page numbers and running heads stand in the text in {len(paged)} places: they are "
            "kept with the words before them"
        )
    for i in strays.contents(lines, heads, enumerators):
        found.roles[i] = "contents"
    _clear(found)
    for i in quotes.quoted(lines, found.heads):
        found.roles[i] = "quoted"
    _clear(found)
    _find_signed_sections(found)
    _choose_unit(found)
    _find_inner_sections(found)
    _find_annexes(found)
    _find_numbered_sections(found, text)
    _find_attachments(found)
    _find_lettered(found, blocks)
    _find_headings_above(found)
    _find_run_in(found)
    return found


def unspaced_articles(text: str, blocks: Sequence[Block]) -> dict[int, Heading]:
    """Articles whose sentence follows their number with nothing between: "Art. 5 The Parties".

    One such line may be a cross-reference; three and more that count on are the articles.
    """
    run: dict[int, Heading] = {}
    for i, block in enumerate(blocks):
        match = _SENTENCE_ARTICLE.match(text, block.start, block.end)
        value = int(re.sub(r"\D", "", match.group("number"))) if match else 0
        if match and value == len(run) + 1:
            number, rest_at = match.group("number"), match.end() - block.start
            rest = text[match.end() : block.end]
            run[i] = Heading("article", number, str(value), rest, rest_at, spaced=True)
    return run if len(run) >= _FEWEST else {}


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


def _find_signed_sections(found: Reading) -> None:
    """The sections "§ 1", "§ 2" of a law without articles; divisions called so lie above them."""
    if any(head and head.kind == "article" for head in found.heads):
        return
    run: list[tuple[int, Heading]] = []
    last = 0
    for i, line in enumerate(found.lines):
        match = None if found.roles[i] else _SIGN.match(line)
        if not match:
            continue
        number = match.group("number") or match.group("before")
        value = numerals.value(re.sub(r"\D", "", number))
        rest = match.group("rest").lstrip(".: \t\n\xa0")
        inserted = value == last and number[-1].isalpha()
        # A number out of turn is a heading only where it looks like one: "§ 3 gilt entsprechend."
        turn = value in (1, last + 1) or inserted
        if not turn and (value < last or (rest and not marks.may_be_heading(rest))):
            continue
        if rest and rest[0].islower():
            continue
        last = value
        token = number.replace(" ", "")
        run.append((i, Heading("section", number, token, rest, len(line) - len(rest), spaced=True)))
    if len(run) < 2:
        return
    for i, head in enumerate(found.heads):
        if head and head.kind == "section":
            found.heads[i] = replace(head, kind="division")
    for i, head in run:
        found.heads[i], found.marks[i] = head, None
    found.unit = "section"


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


def _find_inner_sections(found: Reading) -> None:
    """Articles that hold sections: "Article I", "Section 1" below it, and anew in article II."""
    if found.unit != "article":
        return
    below, last = 0, -9
    tokens: list[str] = []
    for i, head in enumerate(found.heads):
        if head and head.kind == "article":
            last = i
        elif head and head.kind == "section":
            tokens.append(head.token)
            # The article's heading may stand between the two.
            below += head.token in ("1", "I") and i - last <= 2
    if below > 1 and len(set(tokens)) < len(tokens):
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


def _find_numbered_sections(found: Reading, text: str) -> None:
    """The sections of a law that calls them by their numbers alone: "1. Short title"."""
    if found.unit or not _SPEAKS_OF_SECTIONS.search(text):
        return
    run: list[int] = []
    expected, form = 1, ""
    for i, mark in enumerate(found.marks):
        head = found.heads[i]
        if run and head and head.kind == "annex":
            break
        if not mark or mark.form not in (".", "n ", "-") or (form and mark.form != form):
            continue
        family, number = mark.readings[0]
        inserted = mark.bis.isupper() and number == expected - 1 and run
        if family == "number" and (number == expected or inserted):
            run.append(i)
            expected, form = number + 1, mark.form
    if len(run) < 2:
        return
    found.unit = "section"
    for i in run:
        mark = found.marks[i]
        assert mark is not None
        line = found.lines[i]
        token = mark.number.replace(" ", "")
        found.heads[i] = Heading(
            "section", mark.number, token, line[mark.end :], mark.end, spaced=False
        )
        found.marks[i] = None


def _find_attachments(found: Reading) -> None:
    """The titles of what follows the articles and counts its own: a protocol, a statute."""
    last = 0
    for i, line in enumerate(found.lines):
        head = found.heads[i]
        if head and head.kind == "annex":
            last = 0
        elif found.is_unit(i) and head:
            value = numerals.value(head.number)
            if value == 1 and last > 1:
                _attach_before(found, i)
            last = value or last
        elif last and found.is_plain(i) and _MEMORANDUM.match(line):
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


def _find_lettered(found: Reading, blocks: Sequence[Block]) -> None:
    """Find "I. General principles" and "B. Offences": divisions without a word that says so."""
    styles: dict[str, list[int]] = {"ROMAN": [], "LETTER": []}
    counts = {"ROMAN": 0, "LETTER": 0}
    for i, line in enumerate(found.lines):
        mark = found.marks[i]
        if i + 1 == len(blocks) or found.heads[i] or found.roles[i]:
            continue
        if not mark and not found.unit and _ALONE.match(line):
            # "II" alone on its line
            core = line.rstrip(".")
            mark = found.marks[i] = Enumerator(core, numerals.readings(core), "I", len(line))
        if not mark or mark.form not in _LETTERED_FORMS:
            continue
        rest = line[mark.end :]
        if rest and (rest[0].islower() or not marks.may_be_heading(rest)):
            continue
        if len(rest) > _LONGEST_ABOVE or (not rest and mark.form != "I"):
            continue
        following = found.heads[i + 1]
        if found.unit and not (following and following.kind == found.unit):
            inner = found.marks[i + 1]
            if not (inner and inner.form in _LETTERED_FORMS and ("LETTER", 1) in inner.readings):
                continue
        for family in styles:
            # A letter list may begin anew below each Roman number.
            wanted = {counts[family] + 1} | ({1} if family == "LETTER" else set())
            place = next((n for name, n in mark.readings if name == family and n in wanted), 0)
            inner = found.marks[i + 1]
            if place and not (inner and (family, place + 1) in inner.readings):
                styles[family].append(i)
                counts[family] = place
                break
    chosen = {family: found_at for family, found_at in styles.items() if len(found_at) > 1}
    outer = min(chosen, key=lambda family: chosen[family][0], default="")
    for family, found_at in chosen.items():
        for i in found_at:
            mark = found.marks[i]
            assert mark is not None
            found.heads[i] = Heading(
                "section" if family == outer and found.unit != "section" else "subsection",
                mark.number,
                mark.number,
                found.lines[i][mark.end :],
                mark.end,
                spaced=False,
            )
            found.marks[i] = None
    for i, mark in enumerate(found.marks):
        if mark and mark.form == "I":
            found.marks[i] = None


def _find_headings_above(found: Reading) -> None:
    """Headings that stand above their articles, where nearly every article has one there."""
    units = [i for i in range(len(found.lines)) if found.is_unit(i)]
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


def _may_stand_above(found: Reading, i: int) -> bool:
    line = found.lines[i]
    if not found.is_plain(i) or len(line) > _LONGEST_ABOVE or line[0].islower():
        return False
    if line.isupper():
        return False  # a heading in capitals may stand over several articles
    if i and found.heads[i - 1] and not found.is_unit(i - 1):
        head = found.heads[i - 1]
        # It is the heading of the chapter that opens just before, if that has none on its line.
        return bool(head and head.rest)
    if marks.may_be_heading(line) and not line.endswith(("—", "–")):
        return line[0].isalpha()
    return line.endswith(".") and line.count(" ") < _MOST_WORDS and len(line) <= 60


def _is_headed(found: Reading, i: int) -> bool:
    head = found.heads[i]
    if not head or not head.rest or head.rest.endswith(("—", "–")):
        return False
    return marks.may_be_heading(head.rest) and not marks.enumerator(head.rest)


def _find_run_in(found: Reading) -> None:
    """Headings on one line with the first words: before a dash, or where all have them, a stop."""
    units = [(i, head) for i, head in enumerate(found.heads) if head and found.is_unit(i)]
    stopped: dict[int, int] = {}
    bodies = 0
    for i, head in units:
        if not head.rest or marks.GONE.match(head.rest):
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


def shifted(head: Heading, by: int) -> Heading:
    """The heading with its words beginning so much later."""
    return replace(head, rest=head.rest[by:], rest_at=head.rest_at + by)
