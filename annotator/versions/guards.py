"""Small words that turn a clause round: a near match in which one changed is no match.

"Shall" and "shall not" are one word apart, so a score alone would pass them. Not a grammar: lists
of negations, exceptions, duties and permissions in the languages that treaties are read in,
numbers, and words that differ by a prefix such as un-.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from annotator.versions.words import Word, key

_DUTY = """
    shall must doit doivent devra devront debe deben debera deberan soll sollen muss mussen
    moet moeten deve devono devem devera deverao должен должна должно должны обязан обязаны يجب
    ينبغي phai
"""
_PERMISSION = """
    may can peut peuvent pourra pourront puede pueden podra podran kann konnen darf durfen kan
    kunnen mag mogen puo possono pode podem podera poderao может могут вправе
    يجوز يمكن duoc
"""
_OTHERS = """
    not no nor neither never none nothing nobody cannot without unless except excluding only solely
    should will might ought prohibit prohibits prohibited forbidden refuse
    before after until least most minimum maximum
    two three four five six seven eight nine ten twelve fifteen twenty thirty sixty ninety hundred
    deux trois quatre cinq sept huit neuf dix douze quinze vingt trente soixante cent
    dos tres cuatro cinco seis siete ocho nueve diez doce quince veinte treinta sesenta cien
    zwei drei vier funf sechs sieben acht neun zehn zwolf dreissig
    ne pas ni non sans sauf hormis aucun aucune jamais nul nulle seulement uniquement
    interdit interdite avant apres
    sin salvo excepto ningun ninguna ninguno nunca jamas tampoco solo solamente unicamente
    prohibido prohibida antes despues
    nicht kein keine keinen keiner ohne ausser nie niemals nur
    niet geen nooit zonder behalve tenzij alleen
    senza tranne mai nessun nessuna soltanto
    nao sem exceto nenhum nenhuma apenas somente
    не ни без кроме нельзя никогда никто только лишь запрещается запрещено
    لا لم لن ليس ليست دون بدون غير إلا الا سوى ولا ولم ولن فلا وليس فقط يحظر
    khong chi tru cam
"""
_CLASSES = {
    **dict.fromkeys(map(key, _DUTY.split()), "a duty"),
    **dict.fromkeys(map(key, _PERMISSION.split()), "a permission"),
}
_TURNS = frozenset(map(key, _OTHERS.split())) | _CLASSES.keys()
# "Is to" binds as "shall" does.
_BINDING = frozenset({("is", "to"), ("are", "to"), ("has", "to"), ("have", "to")})
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
    >>> pair = ("each State is to disclose", "each State shall disclose")
    >>> turned(words(pair[0]), words(pair[1]), *pair)
    []
    """
    one, other = ([word.key for word in side] for side in (old, new))
    less, more = Counter(one), Counter(other)
    differ = set(less - more) | set(more - less)
    strength = _strength(one), _strength(other)
    found = {
        word
        for word in differ
        if (word in _TURNS or _HAS_DIGIT.search(word))
        and (word not in _CLASSES or strength[0] != strength[1])
    }
    found |= {word for word in differ for base in differ if opposite(word, base)}
    signs = Counter(_DENSE.findall(old_text)), Counter(_DENSE.findall(new_text))
    found |= set((signs[0] - signs[1]) | (signs[1] - signs[0]))
    return sorted(found)


def _strength(said: list[str]) -> Counter[str]:
    """How often words lay down a duty or give a permission, whichever word says so."""
    found = Counter(_CLASSES[word] for word in said if word in _CLASSES)
    found["a duty"] += sum(pair in _BINDING for pair in pairwise(said))
    return +found


def opposite(word: str, base: str) -> bool:
    """Whether a word is another with a prefix that denies it, as unlawful is of lawful."""
    return len(base) > 3 and any(word == prefix + base for prefix in _PREFIXES)


def turns(word: str) -> bool:
    """Whether a word by its key can turn a meaning, so that it is never taken for a misprint."""
    return word in _TURNS or bool(_HAS_DIGIT.search(word))
