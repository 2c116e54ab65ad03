"""One citation as a person types it -> the clauses it names."""

from __future__ import annotations

import re

from annotator.intake.references import chinese, thai
from annotator.intake.references.lexicon import Lexicon, lexicon
from annotator.intake.references.paths import Phrase
from annotator.intake.references.phrases import phrases
from annotator.intake.references.targets import Tree
from annotator.model import Clause, Document

_LONGEST = 300
_LANGUAGES = ("en", "fr", "es", "ru", "ar", "de", "nl", "pt", "it", "vi")
_BARE = re.compile(r"[\s(]*(?:\d|[IVXLCivxlc]+\b|[a-z]\b)")
# "art28", "art.28": a space is often left out
_GLUED = re.compile(r"(?<!\w)([^\W\d_]{1,10}\.?)(?=\d)")
_SPACES = re.compile(r"\s+")


def resolve(document: Document, citation: str, *, at: str | None = None) -> tuple[Clause, ...]:
    """The clauses that a citation names, in the order it names them; empty where none is named.

    Takes what the clauses themselves are cited by, an eId, "Article 28.4.a", "art 28(4)(a)",
    "28(4)", "§ 5", "articles 25 to 30", "第28条", "الفقرة 4 من المادة 28", whatever the language
    of the text. `at` is the clause one stands in, for "paragraph 2" or "this article";
    `NotFoundError` where there is no such clause.
    """
    wanted = _folded(citation)
    if not wanted:
        return ()
    here = document.clause(at) if at is not None else None
    exact = [
        clause
        for clause in document.clauses
        if _folded(clause.citation) == wanted or clause.eid.casefold() == wanted
    ]
    if exact:
        return tuple(exact[:1])
    tree = Tree(document)
    spaced = _GLUED.sub(r"\1 ", citation[:_LONGEST].strip())
    for phrase in _readings(document, spaced):
        found = [clause for pointer in phrase.pointers for clause in tree.resolve(pointer, here)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _readings(document: Document, citation: str) -> list[Phrase]:
    """The ways to read a citation, the likeliest first."""
    found: list[Phrase] = []
    languages = dict.fromkeys((document.language, *_LANGUAGES))
    for language in languages:
        found += _whole(citation, lexicon(language))
    for unspaced in (chinese.phrases, thai.phrases):
        found += [phrase for phrase, _ in unspaced(citation, 0, len(citation))]
    if not found and _BARE.match(citation):
        for unit in ("article", "section", "paragraph", "chapter"):
            found += _whole(f"{unit} {citation}", lexicon("en"))
    # A language that reads more of it reads it rightly: "article 28, paragraphe 4" is French.
    return sorted(found, key=lambda phrase: phrase.start - phrase.end)


def _whole(citation: str, words: Lexicon) -> list[Phrase]:
    return list(phrases(citation, 0, len(citation), words))


def _folded(citation: str) -> str:
    return _SPACES.sub(" ", citation).strip().casefold()
