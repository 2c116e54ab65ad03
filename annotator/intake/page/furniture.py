"""What surrounds a text on a page (menus, adverts, cookie bars, share buttons) is taken out.

By what the page says of its parts: element, role, class, id, and how much of a part is links. What
holds a good share of the page's words, or articles of law, stays whatever it is called.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.intake.structure import marks

if TYPE_CHECKING:
    from annotator.intake.page.tree import Element

_TEXTLESS_NAMES = (
    "script style template svg math object embed audio video canvas iframe map select button "
    "textarea input datalist noscript noframes"
)
_NO_TEXT = frozenset(_TEXTLESS_NAMES.split())
_AROUND = frozenset({"nav", "header", "footer", "aside", "dialog"})
_ROLE_NAMES = (
    "navigation banner contentinfo search menu menubar dialog alertdialog complementary toolbar "
    "alert doc-toc doc-endnotes doc-footnote"
)
_AROUND_ROLES = frozenset(_ROLE_NAMES.split())
# Words of class names and ids, as sites all over use them.
_AROUND_NAMES = (
    "cookie cookies gdpr cmp onetrust newsletter sharebar breadcrumb breadcrumbs nav navbar "
    "navigation menu sidebar related recommended recommendations trending mostread comments disqus "
    "respond skiplink pagination pager footer masthead toc footnotes endnotes "
    "noprint printfooter editsection catlinks reflist"
)
_AROUND_WORDS = frozenset(_AROUND_NAMES.split())
# Some sites mark the text itself with these, so only what is short goes.
_BOX_NAMES = (
    "consent ad ads adv advert adverts advertisement advertising adslot adunit sponsor sponsored "
    "promo promotion signup subscribe subscription paywall regwall metered share sharing social "
    "popup modal overlay skip toolbar login banner bio"
)
_BOX_WORDS = frozenset(_BOX_NAMES.split())
_LONGEST_BOX = 800
# Paragraphs and words within them are furniture only where they say so without doubt.
_INLINE_NAMES = (
    "p li td th tr tbody span a b i em strong small blockquote q cite time sup sub label font "
    "mark ins del u dt dd"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_SURE_WORDS = frozenset({"advert", "advertisement", "skiplink", "editsection", "noprint"})
_PAYWALL_WORDS = frozenset({"paywall", "regwall", "metered"})
_SHARE_HIDDEN = 0.6
_HIDDEN_WORDS = (
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screenreader",
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_BLOCKS = frozenset({"td", "ul", "ol", "dl", "div", "p", "table", "section", "center"})
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MAIN = frozenset({"main", "article", "section"})
_CONTENT = frozenset({"html", "body", "main", "article", "form"})
_SHARE_THAT_STAYS = 0.4
_LEAST_THAT_STAYS = 200
_LEAST_OF_ARTICLE = 20
_LONGEST_LINE = 300
_MOST_SAID = 20_000


@dataclass(slots=True)
class Taken:
    """What was taken out: whether anything was, and what tells why the rest may be short."""

    anything: bool = False
    paywall: bool = False
    button: bool = False
    noscript: str = ""
    scripts: int = 0
    opened: bool = False  # whether parts that the page hides at first were kept
    walls: str = ""  # what the parts taken out said, the beginning of each


@dataclass(slots=True)
class _Weights:
    text: dict[Element, int]
    links: dict[Element, int]
    count: dict[Element, int]
    plain: dict[Element, int]
    articles: dict[Element, int]
    heads: dict[Element, int]
    main: set[Element]


def strip(root: Element) -> Taken:
    """Take the furniture out of the tree, which is changed in place, and say what it was."""
    taken = Taken()
    _drop_unseen(root, taken)
    weights = _weigh(root)
    whole = max(1, weights.text[root])
    doomed: list[Element] = []
    walk = _Walk(root)
    for element in walk:
        if element is root or element.tag in _CONTENT:
            continue
        words = _names(element)
        around = _is_around(element, words, weights) or _is_link_list(element, weights)
        if not around or _stays(element, weights, whole):
            continue
        taken.anything = True
        taken.paywall = taken.paywall or bool(words & _PAYWALL_WORDS)
        if len(taken.walls) < _MOST_SAID:
            taken.walls += " ".join(itertools.islice(element.itertext(), 50))[:1_000] + "\n"
        doomed.append(element)
        walk.skip()
    for element in doomed:
        drop(element)
    return taken


def drop(element: Element) -> None:
    """Take an element out of its tree, but not the words behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        # An empty element bears the words behind it: to add them to those before would take time
        # that grows with the square of the page.
        element.clear(keep_tail=True)
        element.tag = "span"
    else:
        parent.remove(element)


class _Walk:
    """The elements below a root in document order, with a way past the children of one."""

    def __init__(self, root: Element) -> None:
        self._stack = [root]
        self._skip = False

    def __iter__(self) -> Iterator[Element]:
        while self._stack:
            element = self._stack.pop()
            self._skip = False
            yield element
            if not self._skip:
                self._stack.extend(reversed(element))

    def skip(self) -> None:
        """Do not go into the element that was given last."""
        self._skip = True


def _drop_unseen(root: Element, taken: Taken) -> None:
    """Take out what has no text and what is hidden, unless the hidden parts are the text."""
    hidden = _drop_textless(root, taken)
    unseen = sum(_letters(element) for element in hidden)
    if unseen > _LEAST_THAT_STAYS and unseen > _SHARE_HIDDEN * _letters(root):
        # Panels that open with a click.
        taken.opened = True
        _drop_textless(root, taken, into_hidden=True)
        return
    for element in hidden:
        drop(element)


def _drop_textless(root: Element, taken: Taken, *, into_hidden: bool = False) -> list[Element]:
    """Take out what has no text, and give what is hidden, or look into it as well."""
    doomed: list[Element] = []
    hidden: list[Element] = []
    walk = _Walk(root)
    for element in walk:
        if not isinstance(element.tag, str):
            doomed.append(element)
            continue
        if element.tag not in _NO_TEXT:
            if not into_hidden and _is_hidden(element):
                hidden.append(element)
                walk.skip()
            continue
        if element.tag == "script":
            if element.get("type", "").strip().lower() == "application/ld+json":
                # What the page says of itself: author, publisher, date.
                continue
            taken.scripts += 1
        elif element.tag == "noscript":
            taken.noscript += " ".join("".join(element.itertext()).split())[:500]
        elif element.tag in ("button", "input"):
            taken.button = True
        if element is not root and element.tag != "body":
            doomed.append(element)
            walk.skip()
    for element in doomed:
        drop(element)
    return hidden


def _letters(element: Element) -> int:
    parts = (part for part in element.iter() if part.tag not in ("script", "title"))
    return sum(len((part.text or "").strip()) + len((part.tail or "").strip()) for part in parts)


def _is_hidden(element: Element) -> bool:
    if element.tag in ("html", "body", "head"):
        return False
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    if element.get("aria-hidden") == "true" and element.tag not in _MAIN:
        return not _has_words(element)
    style = element.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return True
    names = element.get("class", "").split()
    return any(name in _HIDDEN_WORDS for name in names)


def _has_words(element: Element) -> bool:
    # Some sites hide the number or the whole text from screen readers and show it to everybody.
    said = ((part.text or "") + (part.tail or "") for part in itertools.islice(element.iter(), 50))
    return any(any(char.isalnum() for char in words) for words in said)


def _names(element: Element) -> set[str]:
    said = f"{element.get('class', '')} {element.get('id', '')}"
    if said == " ":
        return set()
    return {word.lower() for word in _WORD.findall(said[:500])}


def _is_around(element: Element, words: set[str], weights: _Weights) -> bool:
    if element.tag in _HEADS:
        return False
    if element.tag in ("header", "footer"):
        return element not in weights.main
    if element.tag in _AROUND or element.get("role", "").lower() in _AROUND_ROLES:
        return True
    if element.tag in _INLINE:
        return bool(words & _SURE_WORDS)
    if words & _AROUND_WORDS or (element.tag == "ol" and "references" in words):
        return True
    return bool(words & _BOX_WORDS) and weights.plain[element] <= _LONGEST_BOX


def _is_link_list(element: Element, weights: _Weights) -> bool:
    """Whether a part is little but links, three or more, as menus and lists of other pages are."""
    if element.tag not in _BLOCKS or weights.count[element] < 3:
        return False
    text, links = weights.text[element], weights.links[element]
    return links >= 0.8 * text and links <= 120 * weights.count[element]


def _stays(element: Element, weights: _Weights, whole: int) -> bool:
    """Whether a part holds so much that it is the text, whatever it is called."""
    plain = weights.plain[element]
    articles = weights.articles[element]
    if articles and plain - weights.heads[element] >= _LEAST_OF_ARTICLE * articles:
        # Not a list of contents, where there is little beside their headings.
        return True
    if element.tag in _AROUND or plain < _LEAST_THAT_STAYS:
        return False
    return plain >= _SHARE_THAT_STAYS * whole and plain > 2 * weights.links[element]


def _weigh(root: Element) -> _Weights:
    """How many characters, characters in links, links and headings of articles each part has."""
    order = list(root.iter())
    weights = _Weights({}, {}, {}, {}, {}, {}, set())
    linked: set[Element] = set()
    for element in order:
        parent = element.getparent()
        if (element.tag == "a" and element.get("href") is not None) or parent in linked:
            linked.add(element)
        if parent is not None and (parent.tag in _MAIN or parent in weights.main):
            weights.main.add(element)
        for table in (weights.text, weights.links, weights.count, weights.articles, weights.heads):
            table[element] = 0
    for element in reversed(order):
        inside = element in linked
        own = len((element.text or "").strip())
        weights.text[element] += own
        if inside:
            weights.links[element] += own
            weights.count[element] += element.tag == "a"
        headed = element.tag in _HEADS or any(
            parent.tag in _HEADS for parent in itertools.islice(element.iterancestors(), 2)
        )
        if (headed or not inside) and _opens_article(element, headed=headed):
            weights.articles[element] += 1
            weights.heads[element] += 0 if inside else own
        weights.plain[element] = weights.text[element] - weights.links[element]
        parent = element.getparent()
        if parent is None or element is root:
            continue
        tail = len((element.tail or "").strip())
        weights.text[parent] += weights.text[element] + tail
        weights.links[parent] += weights.links[element] + (tail if parent in linked else 0)
        weights.count[parent] += weights.count[element]
        weights.articles[parent] += weights.articles[element]
        weights.heads[parent] += weights.heads[element]
    return weights


def _opens_article(element: Element, *, headed: bool) -> bool:
    words = (element.text or "").strip()
    if not words or len(words) > _LONGEST_LINE or words[0].islower():
        return False
    found = marks.heading(words, explicit=headed)
    return found is not None and found.kind == "article"
