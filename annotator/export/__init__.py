"""The dataset as files that others read, a module a format, and own JSON Lines back in.

`write` makes a file and `render` its bytes: the same state gives the same bytes. `load` brings JSON
Lines back unchanged, or annotations made elsewhere that name document, span, concern and polarity.
"""

from annotator.export.formats import FORMATS, render, write
from annotator.export.load import LoadReport, load

__all__ = ["FORMATS", "LoadReport", "load", "render", "write"]
