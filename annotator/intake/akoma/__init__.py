"""Akoma Ntoso XML -> blocks and a clause tree.

markup    bytes -> elements, within limits and without entities
inline    an element -> its words, without notes and deletions
numbering the `num` of a clause -> its number, and its place in a list
metadata  the FRBR block -> language, date, author, addresses
lines     which elements stand on lines of their own, and their words
tree      elements -> lines and the nodes of the clause tree
source    all of it -> a `Source`
"""

from annotator.intake.akoma.source import to_source

__all__ = ["to_source"]
