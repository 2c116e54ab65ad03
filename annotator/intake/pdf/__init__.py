"""PDF -> blocks, in the order a person reads them.

pages       bytes -> the runs of characters on each page, with their places    (pypdfium2)
margins     running heads and page numbers, to be left out
columns     runs -> lines, one column after another
footnotes   small type at the foot of a column, to be left out
paragraphs  lines -> paragraphs; `hyphens` mends words broken at line ends
source      all of these together
guard       the same in a process of its own (`child`), within limits of time and memory
"""

from annotator.intake.pdf.guard import to_source

__all__ = ["to_source"]
