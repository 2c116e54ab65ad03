"""Words that point at clauses: "article 28, paragraph 4 (a)", "the preceding paragraph".

find        a document -> its cross-references           (`phrases`, `instruments`, `targets`)
mentions    a news item -> the clauses of stored treaties that it cites
resolve     one citation as it is typed -> clauses
phrases     words -> paths of labels                     (`lexicon`, `labels`, `paths`, `chinese`)
targets     paths -> clauses of the tree
instruments whose article it is: the text's own, or another's
"""

from annotator.intake.references.find import FINDER, find
from annotator.intake.references.mentions import mentions
from annotator.intake.references.typed import resolve

__all__ = ["FINDER", "find", "mentions", "resolve"]
