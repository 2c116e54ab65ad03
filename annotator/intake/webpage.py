"""HTML into plain blocks: the whole of a law, the article of a news page.

The page decides by its own structure. Where articles of law are found, every block stands, but for
what surrounds the text (`page.furniture`); elsewhere the article is looked for (`page.article`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from annotator.errors import IntakeError
from annotator.intake.blocks import Piece, Source, assemble, normalise
from annotator.intake.structure import kinds, marks

if TYPE_CHECKING:
    from annotator.intake.page.blocks import Counts, Line
    from annotator.intake.page.linked import Linked
    from annotator.intake.page.tree import Element

_SEPARATORS = ("|", "-", "–", "—", "·", "•", ":", "»", "«", "/")
_LONGEST_BEFORE = 400
_LONGEST_LINK = 80
_LONGEST_FOOT = 300
_MOSTLY_LEFT_OUT = 0.35
_LITTLE = 200


def to_source(raw: str, *, kind: str | None = None, url: str = "") -> Source:
    """The plain text of a page, with its title, language, author, publisher and date.

    A law or treaty is kept whole, with the numbers that a browser would show before list items; of
    a news page the article is kept. `kind` (treaty or news) decides where it is given, else the
    headings of articles in the page. `url` is where the page is from, if that is known.

    Raises `IntakeError` for a page that shows no text without JavaScript, that shows only its
    question about cookies, or that is nested too deep.
    """
    from annotator.intake.page import blocks, furniture, linked, nothing, tree

    root = tree.parse(normalise(raw))
    if root is None:
        return assemble([])
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    named = _named(root)
    bare = _is_bare(root)
    framed = _framed(root, url)
    taken = furniture.strip(root)
    counts = blocks.Counts()
    found = blocks.lines(root, counts)
    whole = assemble(line.piece for line in found)
    if framed and len(whole.text) < 100:
        raise IntakeError(f"the page only shows another one: give its address, {framed!r}")
    data = linked.read(root)
    if len(whole.text) < _LITTLE < len(data.body):
        return _from_data(data, language)
    nothing.check(whole.text, taken, title=named)
    warnings = _left_out(counts)
    if taken.opened:
        warnings.append("what the page hides until it is opened with a click is kept")
    if not data.free or nothing.is_stub(whole.text, taken):
        warnings.append(nothing.PAYWALL)
    law = kind == "treaty" or (kind is None and kinds.is_law(whole.text, whole.blocks))
    if law or (bare and not taken.anything):
        pieces = _law(found) if law else [line.piece for line in found]
        title = _title(named, pieces)
        said = _metadata(root, url) if not bare else {}
        return _source(pieces, title, language, warnings, said)
    return _article(root, whole, named, language, url, warnings)


def _article(
    root: Element,
    whole: Source,
    named: str,
    language: str,
    url: str,
    warnings: list[str],
) -> Source:
    from annotator.intake.page import article

    blocks = [
        Piece(whole.text[block.start : block.end], block.level, block.indent)
        for block in whole.blocks
    ]
    if article.is_too_large(root, len(whole.text)):
        warnings.append("the page is too large to look for an article in it: it is kept whole")
        return _source(blocks, _title(named, blocks), language, warnings, {})
    pieces, said = article.find(root, url=url)
    pieces = article.from_whole(pieces, blocks)
    text = sum(len(piece.text) for piece in pieces if not piece.level)
    most = sum(len(piece.text) for piece in blocks if not piece.level)
    if text < _LITTLE and text < most / 2:
        if most > 2 * _LITTLE:
            warnings.append("no article stands out on the page: it is kept whole, look through it")
        pieces = blocks
    elif text < _MOSTLY_LEFT_OUT * most:
        part = 100 - round(100 * text / most)
        warnings.append(
            f"{part} % of the page's words were left out as no part of the article: if some are "
            "missed, save its text as a .txt file"
        )
    return _source(pieces, said.title or _title(named, pieces), language, warnings, said.metadata())


def _from_data(data: Linked, language: str) -> Source:
    from annotator.intake.page.article import Said

    pieces = [Piece(data.title, level=1), *(Piece(line) for line in data.body.splitlines())]
    warning = "the page shows no text: this is what it gives to search engines, look through it"
    said = Said(data.title, data.author, data.publisher, data.date).metadata()
    return _source(pieces, data.title, language, [warning], said)


def _source(
    pieces: Sequence[Piece],
    title: str,
    language: str,
    warnings: Sequence[str],
    metadata: Mapping[str, str],
) -> Source:
    found = assemble(pieces, title=" ".join(title.split()), language=language, warnings=warnings)
    return replace(found, metadata=dict(metadata))


def _metadata(root: Element, url: str) -> dict[str, str]:
    from annotator.intake.page import article

    return article.about(root, url=url).metadata()


def _law(found: Sequence[Line]) -> list[Piece]:
    """Every block of a law: without what stands before its title, and links such as "Print"."""
    first = next((i for i, line in enumerate(found) if _is_head(line.piece)), len(found))
    top = next((i for i, line in enumerate(found[:first]) if line.piece.level == 1), 0)
    if sum(len(line.piece.text) for line in found[:top]) > _LONGEST_BEFORE:
        top = 0
    end = len(found)
    while end > top and _is_foot(found[end - 1]):
        end -= 1
    return [line.piece for line in found[top:end] if not _is_button(line)]


def _is_button(line: Line) -> bool:
    piece = line.piece
    if not line.link or piece.level or piece.indent or len(piece.text) > _LONGEST_LINK:
        return False
    words = piece.text.strip()
    return marks.heading(words) is None and marks.enumerator(words) is None


def _is_foot(line: Line) -> bool:
    """Whether it is a line as at the foot of sites: "Contact | Imprint", "© 2026"."""
    words = line.piece.text
    if len(words) > _LONGEST_FOOT:
        return False
    parts = sum(words.count(mark) for mark in "|·•")
    return (line.linked and parts > 1) or words.lstrip().startswith(("©", "Copyright ©"))


def _is_head(piece: Piece) -> bool:
    return marks.heading(piece.text.strip(), explicit=piece.level > 0) is not None


def _named(root: Element) -> str:
    found = next(root.iter("title"), None)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _title(named: str, pieces: Sequence[Piece]) -> str:
    """The page's title, without the name of the site where the first heading tells the two apart.

    >>> _title("Water Act - Laws of Northland", [Piece("Water Act", level=1)])
    'Water Act'
    """
    first = next((" ".join(p.text.split()) for p in pieces if p.level == 1), "")
    if not named or named in first:
        return first or named
    if not first:
        return named
    rest = named.removeprefix(first).strip() if named.startswith(first) else ""
    before = named.removesuffix(first).strip() if named.endswith(first) else ""
    return first if rest.startswith(_SEPARATORS) or before.endswith(_SEPARATORS) else named


def _is_bare(root: Element) -> bool:
    """Whether the page is nothing but text: no scripts, no links, nothing it says of itself."""
    return not any(
        True
        for _ in root.iter("script", "iframe", "form", "article", "link", "a", "aside", "noscript")
    ) and not any(tag.get("property") for tag in root.iter("meta"))


def _framed(root: Element, url: str) -> str:
    """The address of what a page shows in a frame of its own, "" where it has none."""
    found = next(root.iter("frame", "iframe", "embed", "object"), None)
    if found is None:
        return ""
    address = (found.get("src") or found.get("data") or "")[:300].strip()
    try:
        return urljoin(url, address) if address else ""
    except ValueError:
        return address


def _left_out(counts: Counts) -> list[str]:
    found = []
    if counts.deleted:
        plural = "s" if counts.deleted > 1 else ""
        found.append(f"{counts.deleted} struck passage{plural} left out")
    return found
