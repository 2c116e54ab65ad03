"""What the pages themselves say, in English, French and Spanish, in one place.

The strings stand in `en/`, `fr/` and `es/`, a file for each part of the workbench, under the same
keys; `GLOSSARY.md` beside them says which word stands for which thing. Texts, codebook, rules and
safeguards are data and stay in their own language.
"""

from annotator.ui.words.catalogue import LANGUAGES, counterparts, words_of_script
from annotator.ui.words.choice import choose, is_chosen, language, listen, speaking
from annotator.ui.words.refusing import refusal
from annotator.ui.words.saying import day, listed, numeral, percent, say, say_marked

__all__ = [
    "LANGUAGES",
    "choose",
    "counterparts",
    "day",
    "is_chosen",
    "language",
    "listed",
    "listen",
    "numeral",
    "percent",
    "refusal",
    "say",
    "say_marked",
    "speaking",
    "words_of_script",
]
