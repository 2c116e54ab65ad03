"""The codebook as a REFI-QDA codebook exchange file, for NVivo, ATLAS.ti, MAXQDA and QualCoder."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.export.dataset import Dataset
from annotator.export.standards import refi

NAMESPACE = "urn:QDA-XML:codebook:1.0"


def render(dataset: Dataset) -> Iterator[bytes]:
    """The codebook as UTF-8 XML; what reviewers said is not in it."""
    from lxml import etree

    root = refi.top(NAMESPACE, "CodeBook", origin=refi.ORIGIN)
    refi.codes(refi.below(root, "Codes"), dataset.codebook)
    etree.indent(root, space=" ")
    yield etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
