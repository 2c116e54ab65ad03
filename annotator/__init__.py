"""Annotate treaties and news for privacy, press freedom and whistleblowers.

    corpus/ -> intake -> highlight -> review -> compare -> export
                              \\          |         |        /
                                        store

`intake` reads a file into a `Document` with its clause tree, `highlight` proposes spans with their
reasons, `review` records what a reviewer decides, `compare` says where reviewers agree, `export`
writes the dataset and reads it back. `store` keeps everything in one SQLite file; `ui` is the
browser, `cli` the command line.
"""

from annotator.errors import AnnotatorError
from annotator.model import Annotation, Clause, Document, Reviewer, Suggestion

__all__ = ["Annotation", "AnnotatorError", "Clause", "Document", "Reviewer", "Suggestion"]
__version__ = "0.1.0"
