"""What an Akoma Ntoso file says about its text: the FRBR block, and the title in its preface."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from annotator.intake.akoma import inline
from annotator.intake.akoma.markup import below, child, name

# FRBRlanguage has three letters (ISO 639-2, in both its forms); documents have two where they can.
_CODES = """
    eng en fra fr fre fr spa es esp es rus ru ara ar zho zh chi zh deu de ger de ita it por pt
    nld nl dut nl pol pl ces cs cze cs slk sk slo sk slv sl hrv hr srp sr bos bs bul bg ron ro
    rum ro hun hu fin fi swe sv dan da nor no nob nb nno nn isl is ice is est et lav lv lit lt
    mlt mt gle ga cym cy wel cy gla gd ell el gre el tur tr ukr uk bel be kat ka geo ka hye hy
    arm hy aze az kaz kk kir ky uzb uz tgk tg tuk tk mon mn heb he yid yi fas fa per fa pus ps
    urd ur hin hi ben bn tam ta tel te mal ml kan kn guj gu pan pa mar mr nep ne sin si tha th
    vie vi khm km lao lo mya my bur my msa ms may ms ind id jav jv fil fil tgl tl jpn ja kor ko
    swa sw amh am tir ti som so hau ha yor yo ibo ig zul zu xho xh afr af sot st tsn tn nso nso
    ssw ss ven ve tso ts nbl nr nya ny sna sn kin rw run rn lug lg mlg mg epo eo lat la cat ca
    eus eu baq eu glg gl sqi sq alb sq mkd mk mac mk
"""
_TWO_LETTERS = dict(zip(_CODES.split()[::2], _CODES.split()[1::2], strict=True))
# Where ISO 639-2 has two codes, the one of terminology stands first above.
_THREE_LETTERS = {two: three for three, two in reversed(_TWO_LETTERS.items())}
_LONGEST_TITLE = 400
_LONG_TITLE = 120


@dataclass(frozen=True, slots=True)
class About:
    """The title, language and provenance of a text; "" where the file does not say."""

    title: str
    language: str
    values: dict[str, str]


def about(document: Element) -> About:
    """What the file says about the document.

    Keys: `date` of the work, `version_date` where this version has another, `author`, `number`,
    `country`, `publication`, and `frbr_work` and `frbr_expression`, the names of the work and of
    this version of it by the Akoma Ntoso naming convention.
    """
    meta = child(document, "meta")
    identification = child(meta, "identification")
    work = child(identification, "FRBRWork")
    expression = child(identification, "FRBRExpression")
    language = _value(expression, "FRBRlanguage", "language") or _own_language(document)
    date, version = _value(work, "FRBRdate", "date"), _value(expression, "FRBRdate", "date")
    values = {
        "date": date or version,
        "version_date": version if version != date and date else "",
        "author": _author(work, meta) or _author(expression, meta),
        "number": _value(work, "FRBRnumber", "value"),
        "country": _value(work, "FRBRcountry", "value"),
        "publication": _publication(meta),
        "frbr_work": _value(work, "FRBRuri", "value") or _value(work, "FRBRthis", "value"),
        "frbr_expression": _value(expression, "FRBRuri", "value")
        or _value(expression, "FRBRthis", "value"),
    }
    primary = language.replace("_", "-").partition("-")[0].lower()
    return About(
        title=_title(document, work, expression),
        language=_TWO_LETTERS.get(primary, language),
        values={key: value for key, value in values.items() if value},
    )


def three_letters(language: str) -> str:
    """The ISO 639-2 code of a document's language, as `FRBRlanguage` has it; itself if unknown.

    >>> three_letters("fr"), three_letters("tlh")
    ('fra', 'tlh')
    """
    return _THREE_LETTERS.get(language, language)


def _value(element: Element | None, wanted: str, attribute: str) -> str:
    found = child(element, wanted)
    return " ".join((found.get(attribute) or "").split()) if found is not None else ""


def _own_language(document: Element) -> str:
    for key, value in document.attrib.items():
        if key.rpartition("}")[2] == "lang":
            return value
    return ""


def _author(level: Element | None, meta: Element | None) -> str:
    """The author's name; the file gives a key to the references at its end."""
    key = _value(level, "FRBRauthor", "href")
    if not key.startswith("#"):
        return key.rpartition("/")[2]
    for reference in child(meta, "references") or ():
        if (reference.get("eId") or reference.get("id") or "") == key[1:]:
            return " ".join((reference.get("showAs") or "").split()) or key[1:]
    return key[1:]


def _publication(meta: Element | None) -> str:
    found = child(meta, "publication")
    if found is None:
        return ""
    said = (found.get("showAs") or found.get("name"), found.get("number"), found.get("date"))
    return ", ".join(" ".join(part.split()) for part in said if part)


def _title(document: Element, work: Element | None, expression: Element | None) -> str:
    return next((words for words in _titles(document, work, expression) if words), "")


def _titles(document: Element, work: Element | None, expression: Element | None) -> Iterator[str]:
    """What may be the title, the best first, or "" for each place that has none."""
    front = [inner for inner in document if name(inner) in ("preface", "preamble", "coverPage")]
    yield _short(next((found for part in front for found in below(part, "shortTitle")), None))
    named = _short(next(below(document, "shortTitle"), None))
    for part in front:
        title = next(below(part, "docTitle"), None)
        full = _full(title, part) if title is not None else ""
        # "To provide for the keeping of wells and for other purposes": the act names itself below.
        yield named if named and len(full) > _LONG_TITLE else full
    yield named
    for level in (expression, work):
        for alias in level if level is not None else ():
            if name(alias) == "FRBRalias" and "title" in (alias.get("name") or "").lower():
                yield " ".join((alias.get("value") or "").split())
    yield _short(next((found for part in front for found in below(part, "longTitle")), None))
    for key in ("FRBRtitle", "FRBRalias"):
        yield _value(expression, key, "value") or _value(work, key, "value")
    for part in front:
        yield _short(next(below(part, "p"), None))


def _full(title: Element, preface: Element) -> str:
    """The title; one that only goes on, as "on the sale of herbs", with what leads up to it."""
    words = _short(title)
    if not words[:1].islower():
        return words
    lines: list[str] = []
    for paragraph in below(preface, "p", "longTitle"):
        lines.append(_words(paragraph))
        if title in paragraph.iter():
            return " ".join(lines)
        if sum(map(len, lines)) > _LONGEST_TITLE:
            break
    return words


def _short(element: Element | None) -> str:
    """Its words, "" where there are none or too many for a title."""
    words = "" if element is None else _words(element)
    return words if len(words) <= _LONGEST_TITLE else ""


def _words(element: Element) -> str:
    return inline.words(element, Counter())
