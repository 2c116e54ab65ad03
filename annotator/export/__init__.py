"""The dataset as files that others read, a module a format, and own JSON Lines back in.

`write` makes a file, folder or zip of what a `Selection` takes, and `render` its bytes in pieces:
the same state gives the same bytes. `load` brings JSON Lines back unchanged, and what was marked in
other tools: `readers` tells their formats, `matching` and `anchoring` find the words in the texts
that are stored, or list them, and `labels` says what a strange label means here.
"""

from annotator.export.dataset import Dataset, Part, collect
from annotator.export.formats import FORMATS, Format, as_bytes, render, write
from annotator.export.loading.load import load
from annotator.export.loading.report import LoadReport
from annotator.export.selection import Selection

__all__ = [
    "FORMATS",
    "Dataset",
    "Format",
    "LoadReport",
    "Part",
    "Selection",
    "as_bytes",
    "collect",
    "load",
    "render",
    "write",
]
