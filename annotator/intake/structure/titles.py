"""What stands around a treaty: its title, what a page puts above it, and what it puts below.

"Council of Europe Treaty Series – No. 5" and "Home | Search" are above a title and are none; "Share
this page" is below the closing formula and no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotator.intake.blocks import Block, Source
from annotator.intake.structure import counted, marks
from annotator.model import Kind

_LONGEST_TITLE = 200
_LONGEST_NAME = 300
_LOOKED_AT = 15
# What a line must score above to be taken for the name of an instrument.
_LEAST = 3
_ENDS = (".", ";", ":", ",", "。", "；", "：", "،", "؛")
# What a treaty or law calls itself, where its name begins with that ...
_INSTRUMENT = re.compile(
    r"(?:(?:the|la|le|les|el|los|las|o|a|il|lo|das|die|der|het|de|"
    r"an|draft|revised|model|proposed|second|first|third|additional|optional|framework|international|"
    r"european|american|african|inter-american|arab|asean|universal|general|united nations|"
    r"federal|organic|constitutional|projet de|proyecto de|projeto de|progetto di|entwurf eines|"
    r"ontwerp|проект|федеральный|международн\w+|европейск\w+|факультативн\w+|дополнительн\w+|"
    r"всеобщая|zweites|erstes|europäische[sr]?|internationale[srn]?|convenio|acuerdo|"
    r"dự thảo|[A-ZÀ-Þ][\w’'-]+)\s+){0,4}"
    r"(?:convention|treaty|agreement|protocol|charter|covenant|statute|constitution|declaration|"
    r"act|law|bill|code|ordinance|regulations?|directive|resolution|pact|decree|accord|compact|"
    r"principles|guidelines|rules|recommendation|memorandum|"
    r"convención|convenio|tratado|acuerdo|protocolo|carta|pacto|estatuto|constitución|declaración|"
    r"ley|código|reglamento|directiva|resolución|decreto|"
    r"traité|protocole|charte|pacte|statut|déclaration|loi|règlement|décret|ordonnance|résolution|"
    r"convenção|tratado|acordo|estatuto|constituição|declaração|lei|regulamento|"
    r"convenzione|trattato|accordo|protocollo|patto|statuto|costituzione|dichiarazione|legge|"
    r"codice|regolamento|übereinkommen|\w*vertrag|abkommen|protokoll|satzung|grundgesetz|"
    r"verfassung|erklärung|\w*gesetz(?:buch)?|verordnung|richtlinie|konvention|"
    r"verdrag|overeenkomst|handvest|grondwet|wet|verklaring|verordening|richtlijn|"
    r"konvencja|umowa|traktat|protokół|karta|ustawa|konstytucja|kodeks|úmluva|smlouva|zákon|"
    r"конвенция|договор|соглашение|протокол|устав|хартия|пакт|закон|кодекс|декларация|конституция|"
    r"положение|конвенція|договір|угода|статут|кодекс|декларація|конституція|"
    r"công ước|hiệp định|hiệp ước|nghị định(?: thư)?|luật|bộ luật|hiến (?:chương|pháp)|"
    r"tuyên (?:ngôn|bố)|konvensi|perjanjian|undang-undang|piagam|mkataba|sheria|itifaki|"
    r"sözleşme\w*|antlaşma\w*|kanun\w*|yasa\w*|protokol\w*|anayasa\w*)(?!\w)|"
    r"(?:مشروع\s+)?(?:ال)?(?:اتفاقي?ة|معاهدة|بروتوكول|ميثاق|عهد|قانون|نظام|إعلان|دستور|مرسوم|"
    r"کنوانسیون|پروتکل|منشور|قانون|اعلامیه)(?!\w)|"
    r"(?:ร่าง)?(?:อนุสัญญา|สนธิสัญญา|พิธีสาร|กฎบัตร|กติกา|ความตกลง|พระราชบัญญัติ|รัฐธรรมนูญ|ปฏิญญา)|"
    r"(?:אמנה|אמנת|חוק|פרוטוקול|הצהרה)(?!\w)",
    re.I,
)
# ... or ends with it.
_ENDS_IN_INSTRUMENT = re.compile(
    r"(?:公约|公約|条约|條約|条約|协定|協定|议定书|議定書|宪章|憲章|规约|規約|宣言|宪法|憲法|法律|法|条例|草案|"
    r"협약|조약|협정|의정서|헌장|헌법|법률|법|시행령|조례|act|law|bill|code|convention|treaty|charter|"
    r"agreement|protocol|declaration|sözleşmesi|antlaşması|kanunu|yasası|kanun)"
    r"(?:[ ,(（].{0,40})?\Z",
    re.I,
)
# What a name goes on with: "on cybercrime", "sur", "о", "بشأن".
_ABOUT = re.compile(
    r"\s(?:on|for|against|concerning|relating|regarding|between|to|of|in respect|sur|pour|contre|"
    r"relati[vf]\w*|concernant|entre|sobre|para|contra|relativ[oa]|relativ[oa]s|su|sull\w+|"
    r"contro|über|zum|zur|gegen|inzake|tegen|betreffende|voor|tot|о|об|по|против|про|về|"
    r"tentang|kuhusu)\s|(?:ب|ل|في|حول|درباره)\w+|ว่าด้วย",
    re.I,
)
_NO_NAME = re.compile(
    r"\b(?:series|database|office|search|list|chart|full text|home|menu|website|secretariat|"
    r"collection|série|serie|recueil|treaties|conventions|laws|lois|leyes|library|portal|"
    r"archive|news|gazette|official journal|details|contents)\b",
    re.I,
)
_GOES_ON = re.compile(
    r"(?:on|for|against|concerning|relating|regarding|between|to|of|in|and|with|sur|pour|contre|"
    r"relati[vf]\w*|concernant|entre|sobre|para|contra|relativ[oa]s?|de|des|du|del|über|zum|zur|"
    r"gegen|inzake|van|voor|betreffende|о|об|по|против|про|về|by|under|as|nomor|tentang)\s|tentang\Z",
    re.I,
)
_BREAKS_OFF = re.compile(
    r"\s(?:on|for|against|concerning|relating|regarding|between|to|of|in|and|with|the|sur|pour|"
    r"contre|relati[vf]\w*|la|le|les|des|du|de|et|à|aux?|sobre|para|contra|el|los|las|y|über|zum|"
    r"zur|der|und|gegen|inzake|van|voor|о|об|по|и|tentang)\Z",
    re.I,
)
# Bills and resolutions: "A BILL", "AN ACT to regulate", "99/999. The safety of writers".
_BILL = re.compile(r"(?:an? (?:bill|act)(?:\s+for)?)\W*\Z", re.I)
_LONG_TITLE = re.compile(r"(?:(?:an? bill(?: for)?\s+)?(?:an act\s+)?to [a-z]|an act )", re.I)
# "Ley 14/2031, de 3 de mayo, de protección de los pozos.", as official journals head laws
_NUMBERED_LAW = re.compile(
    r"(?:ley|real decreto|decreto|lei|legge|llei|loi)\b[^.,;:]{0,40}\s(?:n[º°.]\s?)?"
    r"\d{1,5}(?:/\d{4})?,\s(?:de|di|del|du)\s\d{1,2}[^.;:]{5,200}\.?\Z",
    re.I,
)
_RESOLUTION = re.compile(r"[A-Z]{0,4}\s?\d{1,4}/\d{1,4}[.:]?\s+\S")
# Such as Budapest, 23.XI.2001; CETS No. 185; Adopted on 5 May 2001; Open for signature in Rome.
_NOTE = re.compile(
    r"[\w .’'-]{2,40},\s*(?:le |den |em |el |a )?\d{1,2}[. ].{2,20}\d{4}\W*\Z|"
    r"\W*(?:c?ets|stce?|unts|treaty series|série des traités|no\.|nr\.|n°)\W?.{0,40}\d.{0,20}\Z|"
    r"\W*(?:adopted|opened|open for|signed|done|entry into force|entered into force|in force|"
    r"adoptée?|ouverte?|signée?|faite?|entrée en vigueur|adoptad[oa]|abiert[oa]|firmad[oa]|"
    r"hech[oa]|entrada en vigor|принят\w*|подписан\w*|вступил\w*|angenommen|unterzeichnet|vom \d|"
    r"\(.{1,100}\)\Z|distr\.|as amended|version|consolidated|اعتمدت|通过|于)(?!\w).{0,200}\Z",
    re.I,
)
_LABEL = re.compile(
    r"(?:(?:joint )?(?:press|media|news) (?:release|statement)|(?:for )?immediate release|"
    r"communiqué de presse|comunicado de prensa|nota de imprensa|comunicato stampa|"
    r"pressemitteilung|persbericht|пресс-релиз|بيان صحفي|新闻稿|新聞稿)"
    r"(?:\W{1,4}(?:\d{1,2}\W{1,2})?\w{3,9}\W{1,2}(?:\d{1,2}\W{1,2})?\d{4})?\W*(?:\n|\Z)",
    re.I,
)
_WEB_WORDS = (
    r"back to (?:the )?top|top(?: of (?:the )?page)?|tweet|facebook|twitter|linkedin|whatsapp|"
    r"share(?: this)?(?: page| article| on .{2,20})?|print(?: this)?(?: page| version)?|"
    r"e-?mail(?: this)?(?: page)?|contact(?: us)?|privacy(?: policy| notice| statement)?|"
    r"terms (?:of use|and conditions)|cookies?(?: policy| settings| preferences)?|"
    r"accept(?: all)?(?: cookies)?|site ?map|accessibility|disclaimer|legal notice|rss|help|faq|"
    r"all rights reserved\.?|(?:last )?(?:updated|modified)(?: on)?:? .{4,30}|"
    r"subscribe(?: .{2,40})?|follow us(?: on .{2,30})?|home(?: ?page)?|search|menu|log ?in|sign in|"
    r"register|download(?: (?:as )?(?:pdf|word|document))?|view pdf|related (?:articles|links|"
    r"documents|content|treaties)|previous|next|skip to .{4,30}|you are here:?.{0,100}|"
    r"français|english|español|русский|中文|العربية|deutsch|nederlands|italiano|português|"
    r"haut de page|retour en haut|imprimer|partager.{0,30}|accueil|mentions légales|plan du site|"
    r"inicio|imprimir|compartir.{0,30}|aviso legal|mapa del sitio|zum seitenanfang|drucken|teilen|"
    r"impressum|datenschutz(?:erklärung)?|startseite|naar boven|delen|afdrukken|наверх|печать|"
    r"поделиться.{0,30}|главная|طباعة|مشاركة|الرئيسية|返回顶部|打印|分享|首页"
)
_WEB = re.compile(
    rf"(?:(?:{_WEB_WORDS})(?:\s*[|·•>»/–-]\s*|\s{{2,}}|\Z))+\Z|(?:©|\(c\)(?=\s*\d{{4}})|copyright\b).{{0,100}}\Z",
    re.I,
)


def top(found: Source, kind: Kind, title: str | None) -> tuple[int, str]:
    """How many blocks at the top are no part of the clauses, and the title that stands there or "".

    A treaty's title is the line that names an instrument; what a page has above it goes with it,
    and so do dates and series numbers below it.
    """
    text, blocks = found.text, found.blocks
    if kind == "treaty":
        place, name, many = _named(text, blocks)
        if many:
            below = place + many
            while below < len(blocks) and _is_note(text, blocks[below]):
                below += 1
            # A text that is nothing but headings has its clauses in them.
            return (below, name.strip("#* ").rstrip(".")) if below < len(blocks) else (0, "")
    labels = _labels(found) if kind == "news" else 0
    count = _plain(text, blocks[labels:] if labels else blocks, kind, title)
    first = blocks[labels] if blocks else None
    return (labels + count, text[first.start : first.end]) if count and first else (0, "")


def _labels(found: Source) -> int:
    """How many lines above a headline only say what kind of item it heads: "PRESS RELEASE"."""
    count = 0
    while count + 2 < len(found.blocks):
        block = found.blocks[count]
        if not _LABEL.match(found.text, block.start, block.end):
            break
        count += 1
    return count


def names_instrument(line: str) -> bool:
    """Whether a title says that it is a convention, an act or the like.

    >>> names_instrument("Convention on Wells"), names_instrument("The law")
    (True, False)
    """
    return _score(line, 0) > _LEAST


def without_tail(found: Source) -> Source:
    """The text without the lines of a web page behind its last words: "Back to top", "© 2024"."""
    blocks = list(found.blocks)
    while len(blocks) > 2 and is_web(found.text[blocks[-1].start : blocks[-1].end]):
        blocks.pop()
    left = len(found.blocks) - len(blocks)
    if not left:
        return found
    said = (
        f"{left} lines of the page behind the text were left out"
        if left > 1
        else ("a line of the page behind the text was left out")
    )
    return replace(
        found, text=found.text[: blocks[-1].end], blocks=blocks, warnings=(*found.warnings, said)
    )


def is_web(line: str) -> bool:
    """Whether a line is a web page's own: a menu, a button, a notice of rights.

    >>> is_web("Home | Search | Contact us"), is_web("Contact point"), is_web("© 2024 A Site")
    (True, False, True)
    """
    return len(line) <= 200 and bool(_WEB.match(line.strip()))


def _named(text: str, blocks: Sequence[Block]) -> tuple[int, str, int]:
    """The place of the block that names the instrument, its name, and over how many blocks it runs.

    The number is 0 where no line at the top does.
    """
    best, place, name, many = _LEAST, 0, "", 0
    i = 0
    while i < min(len(blocks), _LOOKED_AT):
        block = blocks[i]
        line = text[block.start : block.end]
        if is_web(line):
            i += 1
            continue
        # An act's long title is its name only where it has no other.
        if _opens_text(text, block, line) or (many and _LONG_TITLE.match(line)):
            break
        runs = 1
        score = _score(line, block.level)
        while score and i + runs < len(blocks) and _continues(text, blocks, i + runs, line):
            after = blocks[i + runs]
            line = f"{line} {text[after.start : after.end]}"
            runs += 1
            score = _score(line, block.level)
        if score > best:
            best, place, name, many = score, i, line, runs
        i += runs
    return place, name, many


def _opens_text(text: str, block: Block, line: str) -> bool:
    """Whether the text begins here: with a heading, a number or a sentence."""
    if _head(text, block):
        return True
    mark = marks.enumerator(line)
    numbered = mark is not None and (mark.firm or mark.readings[0][0] == "number")
    return numbered or (_is_sentence(line) and not _LONG_TITLE.match(line))


def _score(line: str, level: int) -> int:
    words = line.strip('*#“”"«» ')
    if _RESOLUTION.match(words) and len(line) <= _LONGEST_TITLE:
        return 6
    ends = _ENDS_IN_INSTRUMENT.search(words)
    if not (ends or _INSTRUMENT.match(words)) or len(line) > _LONGEST_NAME:
        return 0
    # "Press Sources Act", "保护消息来源公约"; "The law" may be the name of anything.
    full = bool(_NUMBERED_LAW.match(words)) or (
        bool(ends) and (len(words.split()) > 2 or not words.isascii())
    )
    score = 3 + 2 * bool(_ABOUT.search(words)) + full + (level == 1)
    return score - 3 * bool(_NO_NAME.search(words)) - (len(words.split()) < 2 and words.isascii())


def _continues(text: str, blocks: Sequence[Block], i: int, before: str) -> bool:
    """Whether block `i` is the next line of the title, which breaks off before it."""
    block, last = blocks[i], blocks[i - 1]
    line = text[block.start : block.end]
    if block.level != last.level or _head(text, block) or is_web(line):
        return False
    if _BILL.match(before):
        return bool(_LONG_TITLE.match(line))
    if _is_sentence(line):
        return False
    close = text.count("\n", last.end, block.start) < 3
    goes_on = _GOES_ON.match(line) or _BREAKS_OFF.search(before)
    return close and len(before) + len(line) < _LONGEST_TITLE and bool(goes_on)


def _is_sentence(line: str) -> bool:
    if line.endswith(".") and _NUMBERED_LAW.match(line):
        return False
    return len(line) > _LONGEST_NAME or (line.endswith(_ENDS) and not re.search(r"\bNo\.\Z", line))


def _is_note(text: str, block: Block) -> bool:
    line = text[block.start : block.end]
    if block.level and not _opens_section(text, block):
        return True
    if _LONG_TITLE.match(line):
        return True
    short = len(line) <= 200 and not line.endswith((";", ",", ":"))
    return is_web(line) or (short and bool(_NOTE.match(line)) and not marks.CLOSING.match(line))


def _plain(text: str, blocks: Sequence[Block], kind: Kind, title: str | None) -> int:
    """How many blocks are the title of a text that names no instrument."""
    count = 0
    while count < len(blocks) and blocks[count].level and not _opens_section(text, blocks[count]):
        count += 1
    if count or len(blocks) < 2:
        return count if count < len(blocks) else 0
    first = blocks[0]
    words = text[first.start : first.end]
    if title and _bare(title) == _bare(words):
        return 1
    if (
        first.level
        or len(words) > _LONGEST_TITLE
        or _head(text, first)
        or marks.enumerator(words)
        or _signed(words)
    ):
        return 0
    if words.endswith((".", ";", ":", ",", "。")):
        return 0
    apart = kind == "news" or "\n\n" in re.sub(r"[^\S\n]", "", text[first.end : blocks[1].start])
    return int(apart)


def _opens_section(text: str, block: Block) -> bool:
    """Whether a line that the source marks as a heading is that of a clause: "§ 1 Zweck"."""
    line = text[block.start : block.end]
    mark = marks.enumerator(line, bare=True)
    numbered = mark is not None and ("number", 1) in mark.readings
    return numbered or _signed(line) or _head(text, block) is not None


def _signed(line: str) -> bool:
    """Whether the line opens a section by its sign: "§ 1 Zweck"."""
    return bool(counted.signed_sections([line]))


def _head(text: str, block: Block) -> marks.Heading | None:
    return marks.heading(text[block.start : block.end], explicit=block.level > 0)


def _bare(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())
