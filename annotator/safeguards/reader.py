"""Powers against their safeguards: a reader for a language."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.highlight import check_language
from annotator.highlight.highlighter import primary
from annotator.model import CrossReference, Document, PowerReading, sha256
from annotator.safeguards import kinds as kinds_of
from annotator.safeguards import lexicon as lexicons
from annotator.safeguards.judge import Judge
from annotator.safeguards.kinds import Kinds
from annotator.safeguards.lexicon import Lexicon
from annotator.safeguards.scene import scene
from annotator.safeguards.signals import Listener

# Raised when the code comes to other results from the same words, so that texts are read again.
_CODE = "1"


class Reader:
    """Reads the powers of documents in one language against their safeguards.

    `ruleset` names the wordings, the codebook and the code: readings under the same name are the
    same. `notice` is empty, or says in one sentence why nothing will be found.
    """

    def __init__(
        self, language: str, lexicon: Lexicon | None, kinds: Kinds, *, ruleset: str
    ) -> None:
        self.language = language
        self.ruleset = ruleset
        self.notice = ""
        self._kinds = kinds
        self._lexicon = lexicon
        self._listener = Listener(lexicon) if lexicon is not None else None
        if lexicon is None:
            self.notice = (
                f"There are no wordings of powers and safeguards for {language!r} yet: "
                f"add corpus/safeguards/{language}.yaml"
            )

    def read(
        self, document: Document, references: Iterable[CrossReference]
    ) -> tuple[PowerReading, ...]:
        """The clauses that grant a power, define an offence or concern reporting, in text order.

        Each with every safeguard of its group's list. A safeguard is present where the clause, the
        words that open its list, its own points or another clause of the same article says so; a
        sibling that grants another kind of power speaks for itself, unless it refers to the clause.
        By reference it stands in a clause that one of these takes over ("subject to article 15",
        followed twice at most), or in a general clause: one that speaks of the powers of this
        chapter or text, that names the clause, or that names the measure. `references` are those
        that `annotator.intake.references.find` gives. A news item has no readings. `AnnotatorError`
        where the document is in another language.
        """
        if primary(document.language) != self.language:
            raise AnnotatorError(
                f"{document.slug!r} is in {document.language!r} and this reads {self.language!r}: "
                f"load the reader for {document.language!r}"
            )
        if self._listener is None or self._lexicon is None or document.kind != "treaty":
            return ()
        found = scene(
            document,
            self._listener.clauses(document),
            self._listener.headings(document),
            references,
            self._lexicon,
            self._kinds,
        )
        judge = Judge(found)
        return tuple(judge.reading(grant) for grant in found.granted)


def load(language: str = "en", *, folder: str | Path | None = None) -> Reader:
    """A reader for a language, such as `en` or `en-GB`; loads spaCy.

    `folder` stands in for `corpus/safeguards`. A language without wordings gives a reader that
    finds nothing and says so in `notice`. `AnnotatorError` for an unknown language, `CodebookError`
    for a mistake in the files.
    """
    code = check_language(language)
    place = Path(folder) if folder is not None else None
    lexicon = lexicons.read(code, place)
    rules = lexicon.rules.rules if lexicon else ()
    worded = {rule.id.partition(".")[2] for rule in rules if rule.id.startswith("present.")}
    return Reader(
        code,
        lexicon,
        kinds_of.load(place).readable(worded),
        ruleset=ruleset(code, folder=folder),
    )


def ruleset(language: str = "en", *, folder: str | Path | None = None) -> str:
    """The name that `load` with the same arguments would give its readings; loads no spaCy."""
    code = check_language(language)
    place = Path(folder) if folder is not None else None
    return sha256("\n".join(("safeguards", _CODE, code, lexicons.digest(code, place))))
