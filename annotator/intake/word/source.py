"""The bytes of a DOCX file -> a `Source`: its text as blocks, and what a reader should know."""

from __future__ import annotations

from collections import Counter

from annotator.intake.blocks import Source, assemble
from annotator.intake.word import package, styles
from annotator.intake.word.body import Reader
from annotator.intake.word.numbering import Numbering


def to_source(data: bytes) -> Source:
    """The text of a DOCX file with its automatic numbers, one paragraph or table row a block.

    Tracked insertions are kept and deletions left out, as are headers, footers, hidden text,
    notes, comments and tables of contents; warnings say how many. Raises `IntakeError` for what is
    not a whole, unlocked DOCX file of bounded size.
    """
    found = package.load(data)
    numbering = Numbering(found.numbering)
    reader = Reader(styles.load(found.styles), numbering)
    pieces = list(reader.pieces(found.body))
    title = next((piece.text for piece in pieces if piece.level == 1), "")
    warnings = [*_changes(reader.counts), *_left_out(reader.counts)]
    if numbering.unknown:
        forms = ", ".join(sorted(numbering.unknown))
        warnings.append(f"numbers of the form {forms} are written as 1, 2, 3: check them")
    if found.macros:
        warnings.append("the file holds macros: only its text was read")
    return assemble(pieces, title=title, warnings=warnings)


def _changes(counts: Counter[str]) -> list[str]:
    kept, dropped = counts["insertion"], counts["deletion"]
    if not kept and not dropped:
        return []
    return [
        f"tracked changes: {_count(kept, 'insertion')} kept, {_count(dropped, 'deletion')} dropped"
    ]


def _left_out(counts: Counter[str]) -> list[str]:
    names = {
        "footnote": "footnote",
        "endnote": "endnote",
        "comment": "comment",
        "hidden": "hidden passage",
        "contents": "line of the table of contents",
    }
    return [f"{_count(counts[key], what)} left out" for key, what in names.items() if counts[key]]


def _count(count: int, what: str) -> str:
    plural = what.replace("line of", "lines of") if what.startswith("line of") else f"{what}s"
    return f"1 {what}" if count == 1 else f"{count:,} {plural}"
