"""Items that a dash or bullet opens: indents, which are cited by their place ("first indent").

That is their name in the European Union's treaties and directives (Interinstitutional Style Guide,
rule 2.7) and that of the element in Akoma Ntoso; French has tiret, Spanish guion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.intake.structure.lists import announces
from annotator.intake.structure.marks import Enumerator
from annotator.intake.structure.nodes import DASH, ITEMS, Node

# "– the name", "-the name", "• the name", but neither "-5" nor a row of dashes
_DASH = re.compile(
    r"(?P<dash>[-‐‑‒–—―−•·●○◦▪■□‣⁃\uf0b7\uf0a7](?:\s+(?=\S)|(?=[^\W\d_]))|\*\s+(?=\S))"
)
_DEEPEST = 8
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip


def opening(line: str) -> Enumerator | None:
    """The dash that a line begins with as the mark of an item, None where it begins otherwise.

    >>> opening("– the name of the ship").number, opening("- 5 °C"), opening("-5 °C")
    ('–', Enumerator(number='-', readings=(), form='-', end=2, bis='', firm=False), None)
    """
    found = _DASH.match(line)
    if found is None:
        return None
    dash = found.group().strip()
    return Enumerator(dash, (), dash, found.end())


def is_dash(number: str) -> bool:
    """Whether what stands for a clause's number is a dash or bullet.

    >>> is_dash("–"), is_dash("1"), is_dash("")
    (True, False, False)
    """
    return opening(f"{number} a") is not None


def ordinal(place: int) -> str:
    """A place in words as a lawyer counts: "first", "twentieth", "21st".

    >>> ordinal(3), ordinal(21), ordinal(112)
    ('third', '21st', '112th')
    """
    if place <= len(_ORDINALS):
        return _ORDINALS[place - 1]
    teens = place % 100 in (11, 12, 13)
    return f"{place}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def parent_of(form: str, indent: int, path: Sequence[Node], text: str) -> Node | None:
    """What a dash lies below, None where there are only preambles and the like to hold it.

    `path` runs from the root to the innermost open clause, `indent` is the dash's own. A dash goes
    on with those of its form; another form within them, or further in, is a list below the last.
    """
    if len(path) < 2 or any(node.kind == "preamble" for node in path):
        return None
    inner = path[-1]
    same = [node for node in path if node.family == DASH and node.form == form]
    beside = next((node for node in reversed(same) if node.indent <= indent), None)
    if same and not (beside is inner and indent > inner.indent and announces(inner, text)):
        return (beside or same[0]).parent
    if sum(node.kind in ITEMS for node in path) >= _DEEPEST:
        return None
    if inner.family == DASH:
        return inner if indent >= inner.indent else inner.parent
    if inner.kind == "paragraph-text":
        above = inner.parent
        if above is None or len(path) < 3:
            return None
        # As of other lists, a second one belongs to the words that announce it.
        return inner if announces(inner, text) and DASH in above.lasts else above
    if not announces(inner, text):
        while inner.kind in ITEMS and inner.indent > indent and inner.parent:
            inner = inner.parent
        ended = text[inner.body : inner.own_end].endswith(".")
        if ended and inner.kind != "paragraph" and inner.kind in ITEMS and inner.indent == indent:
            # "(b) wells. – old ones; – new ones.": behind the list of points, not in its last
            return inner.parent
    return inner


def number(node: Node) -> int:
    """The place that the next dash below a clause has."""
    last = node.lasts.get(DASH)
    return last.place + 1 if last else 1
