"""The bytes of an Akoma Ntoso file -> a `Source` whose clause tree is the file's own."""

from __future__ import annotations

from annotator.intake.akoma import inline, markup, metadata
from annotator.intake.akoma.tree import Reader
from annotator.intake.blocks import Source


def to_source(data: bytes) -> Source:
    """The text of an Akoma Ntoso file, one line a block, with the clause tree of its mark-up.

    Numbers and headings stand in the text as in other forms, so that identifiers and citations are
    the same. Marked insertions are kept and deletions left out, as are footnotes, pictures, tables
    of contents and cover pages; warnings say how many. Articles that an amending act quotes are
    words of the clause that quotes them. Raises `IntakeError` for what is no Akoma Ntoso file.
    """
    document, annexes = markup.load(data)
    about = metadata.about(document)
    reader = Reader(document, annexes)
    return Source(
        reader.out.text,
        reader.out.blocks,
        about.title,
        about.language,
        tuple(inline.told(reader.lines.counts)),
        about.values,
        root=reader.root,
    )
