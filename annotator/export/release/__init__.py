"""A release: one zip that can be published, and checked by whoever gets it.

| in it | |
|---|---|
| `data/` | own JSON Lines, and each table as CSV and as Parquet |
| `texts/` | the texts that may be shared (`sharing.py` says which) |
| `codebook/` | the codebook as YAML and CSV, and its earlier versions |
| `agreement/` | how far reviewers agree, to read and as CSV |
| `report.html`, `report.docx` | the findings, for people |
| `DATASHEET.md` | what it is, who made it, how, and its limits |
| `croissant.json`, `datapackage.json` | the same for catalogues and programs |
| `CITATION.cff`, `README.md` | how to cite it, and what is in it |
| `SHA256SUMS` | a checksum of every other file |

What only the operator can say is in `release.yaml` beside the codebook (`words.py`).
"""

from annotator.export.release.bundle import files

__all__ = ["files"]
