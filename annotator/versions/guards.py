"""Small words that turn a clause round: a near match in which one changed is no match.

"Shall" and "shall not" are one word apart, so a score alone would pass them. Not a grammar: lists
of negations, exceptions, duties and permissions in the languages that treaties are read in,
numbers, and words that differ by a prefix such as un-.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from annotator.versions.words import Word, key

_TURNING = """
    not no nor neither never none nothing nobody cannot without unless except excluding only solely
    shall may must should can will might ought prohibit prohibits prohibited forbidden refuse
    before after until least most minimum maximum
    ne pas ni non sans sauf hormis aucun aucune jamais nul nulle seulement uniquement
    doit doivent devra devront peut peuvent pourra pourront interdit interdite
    sin salvo excepto ningun ninguna ninguno nunca jamas tampoco solo solamente unicamente
    debe deben debera deberan puede pueden podra podran prohibido prohibida
    nicht kein keine keinen keiner ohne ausser nie niemals nur soll sollen muss mussen kann konnen
    darf durfen niet geen nooit zonder behalve tenzij alleen moet moeten kan kunnen mag mogen
    senza tranne mai nessun nessuna soltanto deve devono puo possono
    nao sem exceto nenhum nenhuma apenas somente deve devem pode podem podera poderao
    не ни без кроме нельзя никогда никто только лишь должен должна должно должны может могут обязан
    обязаны вправе запрещается запрещено
    لا لم لن ليس ليست دون بدون غير إلا الا سوى ولا ولم ولن فلا وليس يجوز يجب ينبغي فقط يحظر يمكن
    khong chi tru phai duoc cam
"""
_TURNS = frozenset(map(key, _TURNING.split()))
# Where words are not parted by spaces, each character counts as one.
_DENSE = re.compile(
    "不|未|无|無|非|勿|除|可以|应|應|須|须|必|只|仅|ไม่|ห้าม|มิให้|เว้น|อาจ|ต้อง|เท่านั้น|ない|ません|ものとする"
)
_PREFIXES = ("un", "in", "im", "il", "ir", "non", "dis", "de", "не", "без", "غير")
_HAS_DIGIT = re.compile(r"\d")


def turned(old: Iterable[Word], new: Iterable[Word], old_text: str, new_text: str) -> list[str]:
    """Words that turn a meaning and stand in only one of two wordings, in alphabetical order.

    >>> from annotator.versions.words import words
    >>> pair = ("each State shall disclose", "each State shall not disclose")
    >>> turned(words(pair[0]), words(pair[1]), *pair)
    ['not']
    """
    one, other = ([word.key for word in side] for side in (old, new))
    less, more = Counter(one), Counter(other)
    differ = set(less - more) | set(more - less)
    found = {word for word in differ if word in _TURNS or _HAS_DIGIT.search(word)}
    found |= {word for word in differ for base in differ if opposite(word, base)}
    signs = Counter(_DENSE.findall(old_text)), Counter(_DENSE.findall(new_text))
    found |= set((signs[0] - signs[1]) | (signs[1] - signs[0]))
    return sorted(found)


def opposite(word: str, base: str) -> bool:
    """Whether a word is another with a prefix that denies it, as unlawful is of lawful."""
    return len(base) > 3 and any(word == prefix + base for prefix in _PREFIXES)


def turns(word: str) -> bool:
    """Whether a word by its key can turn a meaning, so that it is never taken for a misprint."""
    return word in _TURNS or bool(_HAS_DIGIT.search(word))
