"""How a release is to be cited: its title, its version, and CITATION.cff."""

from __future__ import annotations

import json
from dataclasses import dataclass

from annotator.export.dataset import Dataset
from annotator.export.release.tally import Tally
from annotator.export.release.words import Words
from annotator.export.tables.about import TITLE

# Identifiers of SPDX that the format takes; any other licence is told in words elsewhere.
_SPDX = {
    "cc0-1.0": "CC0-1.0",
    "cc-by-4.0": "CC-BY-4.0",
    "cc-by-sa-4.0": "CC-BY-SA-4.0",
    "cc-by-nc-4.0": "CC-BY-NC-4.0",
    "cc-by-nc-sa-4.0": "CC-BY-NC-SA-4.0",
    "odc-by-1.0": "ODC-By-1.0",
    "odbl-1.0": "ODbL-1.0",
    "apache-2.0": "Apache-2.0",
}
_NOBODY = "The reviewers of the dataset"


@dataclass(frozen=True, slots=True)
class Citation:
    """What names this state of the dataset; `day` is that of its latest word, "" without any."""

    title: str
    version: str
    day: str
    authors: tuple[str, ...]
    licence: str
    url: str
    doi: str
    description: str

    @property
    def sentence(self) -> str:
        """The dataset as a footnote has it."""
        year = f" ({self.day[:4]})" if self.day else ""
        where = f"https://doi.org/{self.doi}" if self.doi else self.url
        end = f" {where}" if where else ""
        return f"{'; '.join(self.authors)}{year}. {self.title}, version {self.version}.{end}"

    @property
    def spdx(self) -> str:
        """The licence by its identifier, "" where it has none that is known here."""
        return _SPDX.get("-".join(self.licence.casefold().split()), "")


def citation(dataset: Dataset, words: Words, counted: Tally) -> Citation:
    """As the operator has it, or by the texts and the day of the latest word."""
    titles = [info.title for info in dataset.documents]
    title = f"{TITLE}: {titles[0]}" if len(titles) == 1 else TITLE
    return Citation(
        title=words.title or title,
        version=words.version or _version(counted.last),
        day=counted.last,
        authors=words.authors or (_NOBODY,),
        licence=words.licence,
        url=words.url,
        doi=words.doi,
        description=words.description
        or "Clauses of treaties, laws and news, tagged by reviewers for what they do to privacy, "
        "press freedom and whistleblowers, with the safeguards that are there, weak or absent.",
    )


def cff(cited: Citation) -> str:
    """CITATION.cff, Citation File Format 1.2.0."""
    said: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": cited.title,
        "abstract": cited.description,
        "version": cited.version,
    }
    if cited.day:
        said["date-released"] = cited.day
    for key, value in (("license", cited.spdx), ("url", cited.url), ("doi", cited.doi)):
        if value:
            said[key] = value
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()]
    lines.append("authors:")
    lines += [f"  - name: {json.dumps(name, ensure_ascii=False)}" for name in cited.authors]
    return "\n".join([*lines, ""])


def _version(day: str) -> str:
    """A version number made of the day of the latest word.

    >>> _version("2026-03-01")
    '2026.3.1'
    """
    return ".".join(str(int(part)) for part in day.split("-")) if day else "0.0.0"
