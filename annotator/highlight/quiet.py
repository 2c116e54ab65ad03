"""Stretches of a text that are read but seldom judged: headings and definitions.

A heading repeats what its article says, and a definition gives no power by itself. Only what is
cheap and certain enough is recognised, in English, French and Spanish; where there is a clause
tree, it knows its headings better.
"""

from __future__ import annotations

import re

Range = tuple[int, int]

# "Article 5", "CHAPTER IV - ...", "Article premier" alone on a line; capitals; Markdown's "##".
# Not "Article 5 applies to": a heading has no verb, so a line with a number may only hold a title
# in capitals or behind a mark.
_NAMES = (
    r"(?:article|chapter|section|title|part|annex|art\."
    r"|chapitre|titre|partie|livre|annexe"
    r"|art[ií]culo|cap[ií]tulo|secci[oó]n|t[ií]tulo|parte|libro|anexo)"
)
_HEADING = re.compile(
    rf"^[ \t]*(?:#{{1,6}}[ \t][^\n]*"
    rf"|(?i:{_NAMES}[ \t]+(?:premier|première|primer[oa]?|segund[oa]|tercer[oa]?|[uú]nic[oa]"
    r"|[\dIVXLC]+(?:[a-z]|er|re|ère|\.?[ºª°])?))"
    r"(?:[ \t]*[.:–—-][^\n]{0,120}?[^\n.;:,])?[ \t]*"
    r"|(?=[^\n]*[A-Z]{3})[A-ZÀ-Þ\d][A-ZÀ-ÞŒ\d ,.'’&/()–—-]{3,118}[A-ZÀ-Þ\d)])[ \t]*$",
    re.MULTILINE,
)
_CAPITALS = re.compile(r"^[^a-zß-öø-ÿ]*$")
_NAMED = re.compile(rf"\s*(?:#|{_NAMES})", re.IGNORECASE)
# The title on a line of its own below "Article 5".
_TITLE = re.compile(r"\s*\n[ \t]*(?P<title>[^\n]{3,140}?[^\s.;:,])[ \t]*(?=\n[ \t]*\n|\Z)")

# Each after the signs, in small letters, one of which any match holds: most texts hold none.
_DEFINITIONS = (
    # "traffic data" means any ...; “service provider” shall mean: ...; 'user': a person ...
    (
        ("means", "shall mean", "refers to", "denotes", "understood", "includes"),
        re.compile(
            r"[\"“”'‘’«][^\"“”«»\n]{2,80}?[\"“”'’»]\s*,?\s*"
            r"(?:means|shall mean|refers to|denotes|shall be understood|is understood|includes)\b"
            r"[^\n;.]*",
            re.IGNORECASE,
        ),
    ),
    # L'expression « données » désigne ...; on entend par « traitement » ...; a) « mesure » : ...
    (
        ("désigne", "entend", "signifie", "comprend", "»"),
        re.compile(
            r"[\"“«][^\"“”«»\n]{2,80}?[\"”»]\s*,?\s*"
            r"(?:désigne|s'entend|signifie|est entendue? comme|comprend)(?:nt)?\b[^\n;.]*"
            r"|\b(?:on|il faut|il convient d') ?entend(?:re)? par\b[^\n;.]*"
            r"|^\s*(?:[a-z\d]{1,3}[.)]\s*)?(?:l'expression |le terme )?«[^«»\n]{2,80}»\s*:[^\n;.]*",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    # Por «datos» se entenderá ...; se entiende por dato ...; a) «medida»: ...; “autor” designa ...
    (
        ("entiende", "entender", "significa", "designa", "comprende", "refiere", "quiere", *'"”»'),
        re.compile(
            r"\bpor\s+(?:el término |la expresión )?[\"“«][^\"“”«»\n]{2,80}?[\"”»]\s*,?\s*"
            r"se (?:entiende|entenderá)n?\b[^\n;.]*"
            r"|\bse (?:entiende|entenderá)n? por\b[^\n;.]*"
            r"|[\"“«][^\"“”«»\n]{2,80}?[\"”»]\s*,?\s*"
            r"(?:significa|designa|comprende|se refiere a|quiere decir|se entiende"
            r"|se entenderá)n?\b[^\n;.]*"
            r"|^\s*(?:[a-zñ\d]{1,3}[.)]\s*)?(?:por |el término |la expresión )?"
            r"[\"“«][^\"“”«»\n]{2,80}[\"”»]\s*:[^\n;.]*",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
)

_DEFINITIONS_HEADING = re.compile(
    r"\s*(?:definitions?|use of (?:the )?terms?|terms? used|terminology|interpretation"
    r"|définitions?|emploi des termes|terminologie|interprétation"
    r"|definici(?:ón|ones)|términos empleados|uso de (?:los )?términos|terminología"
    r"|interpretación)\b",
    re.IGNORECASE,
)


def headings(text: str) -> list[Range]:
    """The lines of a text of several lines that can only be headings; none in a single line."""
    if "\n" not in text.strip():
        return []
    found = []
    for line in _HEADING.finditer(text):
        named = _NAMED.match(line[0])
        if not named and not _CAPITALS.match(line[0]):
            continue
        end = line.end()
        title = _TITLE.match(text, end) if named else None
        if title and not _HEADING.match(title["title"]):
            end = title.end("title")
        found.append((line.start(), end))
    return found


def definitions(text: str) -> list[Range]:
    """The sentences that only say what a quoted term means."""
    small = text.lower()
    return [
        found.span()
        for signs, form in _DEFINITIONS
        if any(sign in small for sign in signs)
        for found in form.finditer(text)
    ]


def defines(heading: str) -> bool:
    """Whether an article of that heading holds definitions."""
    return bool(_DEFINITIONS_HEADING.match(heading))


def inside(start: int, end: int, ranges: list[Range]) -> bool:
    """Whether a span lies wholly inside one of the ranges."""
    return any(low <= start and end <= high for low, high in ranges)
