"""Words that point at clauses: "article 28, paragraph 4 (a)", "the preceding paragraph".

find        a document -> its cross-references           (`phrases`, `instruments`, `targets`)
mentions    a news item -> the clauses of stored treaties that it cites
resolve     one citation as it is typed -> clauses
phrases     words -> paths of labels            (`lexicon`, `labels`, `paths`, `chinese`, `thai`)
targets     paths -> clauses of the tree
instruments whose article it is: the text's own, or another's

A clause's own words are read once, from left to right. Words for levels are data by language,
the labels behind them make paths, and paths are found in the tree from where the clause stands.
Where a list goes on is told by how its numbers are written: in "paragraphs 1 (a) and (b) and 2"
the 2 stands beside the 1. Another instrument's article has no target, one that is missing only
its text. The store finds references when a text comes in, and again under a later `FINDER`.
"""

from annotator.intake.references.find import FINDER, find
from annotator.intake.references.mentions import mentions
from annotator.intake.references.typed import resolve

__all__ = ["FINDER", "find", "mentions", "resolve"]
