"""Why a page shows no text to a program, in a sentence that says what to do."""

from __future__ import annotations

import re

from annotator.errors import IntakeError
from annotator.intake.page.furniture import Taken

_SAVE = "open it in a browser, save the text you see and give the file"
_SHORT = 1_200
_LONGEST_TITLE = 60
_COOKIE = re.compile(
    r"cookies?|consent|partners?|personali[sz]ed|einwilligung|zustimm\w+|consentement|traceurs?|"
    r"consentimiento|cookies-richtlinie|соглас\w+|файл\w* cookie|ملفات تعريف|同意",
    re.I,
)
_SCRIPT = re.compile(
    r"(?:enable|activate|turn on|requires?|without) java\s?script|javascript (?:is )?(?:disabled|"
    r"required)|verify (?:that )?you are (?:a )?human|just a moment|checking your browser|"
    r"activer javascript|javascript aktivieren|habilit\w+ javascript|включите javascript",
    re.I,
)
_LOST = re.compile(
    r"\b404\b|not found|no longer available|access denied|nicht gefunden|introuvable|"
    r"no encontrad[ao]|не найдена|غير موجودة|未找到|找不到",
    re.I,
)
_STUB = re.compile(
    r"subscribe (?:now )?to (?:continue|read|keep)|(?:already a|become a) (?:subscriber|member)|"
    r"to (?:continue|keep) reading|register to (?:continue|read)|réservé aux abonnés|"
    r"abonnez-vous (?:\w+ ){0,3}pour (?:lire|continuer|poursuivre|accéder)|jetzt weiterlesen|"
    r"nur für abonnenten|contenido exclusivo|para suscriptores|"
    r"только для подписчиков",
    re.I,
)
PAYWALL = (
    "the page shows only the beginning to readers who have not paid or signed in: what is missing "
    "is not in this text"
)


def check(text: str, taken: Taken, *, title: str = "") -> None:
    """Raise `IntakeError` where the page's words are none of a text.

    That is a page without words, one that needs JavaScript, one that shows only its question about
    cookies, and one that says in its title that it was not found.
    """
    bare = text.strip()
    if len(bare) < _SHORT / 2 and len(title) <= _LONGEST_TITLE and _LOST.search(title):
        raise IntakeError(f"the page says {title[:80]!r}: check the address")
    letters = sum(char.isalnum() for char in bare[:_SHORT])
    if letters < 200 and (
        _SCRIPT.search(bare) or _SCRIPT.search(taken.noscript) or (not letters and taken.scripts)
    ):
        raise IntakeError(f"the page shows its text only with JavaScript: {_SAVE}")
    if not letters:
        if len(_COOKIE.findall(taken.walls)) >= 3:
            raise IntakeError(f"the page shows only its question about cookies: {_SAVE}")
        if taken.paywall:
            raise IntakeError(f"the page shows its text only to subscribers: {_SAVE}")
        raise IntakeError(f"the page has no text outside its menus: {_SAVE}")
    hits = len(_COOKIE.findall(bare[:_SHORT]))
    if len(bare) < _SHORT and taken.button and hits >= 3 and hits * 40 >= len(bare.split()):
        raise IntakeError(f"the page shows only its question about cookies: {_SAVE}")


def is_stub(text: str, taken: Taken) -> bool:
    """Whether the page says that the rest of its text is for those who pay or sign in."""
    return len(text) < 3_000 and (taken.paywall or bool(_STUB.search(taken.walls)))
