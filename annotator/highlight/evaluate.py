"""How well highlights agree with a careful reader's labels, article by article.

A gold file has a JSON line for each article of one text: `article`, `start`, `end`, and `labels`
with `concern`, `polarity`, `arguable` and `quotes`. An article counts as found for a concern and a
polarity where at least one suggestion of that kind stands in it. An arguable label is scored
neither way: finding it is no hit and no false alarm, and missing it no miss.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.codebook import CONCERNS
from annotator.errors import AnnotatorError
from annotator.model import POLARITIES, Document, Suggestion

ALL = "all"


@dataclass(frozen=True, slots=True)
class Row:
    """One concern and polarity; `all` for both in the last row, which adds up the others.

    Counts are of articles. `hits` were labelled and found, `misses` labelled and not found,
    `alarms` found and not labelled, `arguable` left out. `located` are the hits where a suggestion
    overlaps the words the reader quoted; None where the quotes cannot be found in the text. The
    three measures lie between 0 and 1, and are None where nothing was found, or nothing labelled.
    """

    concern: str
    polarity: str
    hits: int
    misses: int
    alarms: int
    arguable: int
    located: int | None = None

    @property
    def precision(self) -> float | None:
        """Hits among all articles found."""
        return _share(self.hits, self.hits + self.alarms)

    @property
    def recall(self) -> float | None:
        """Hits among all articles labelled."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall: 2 hits / (2 hits + misses + alarms)."""
        return _share(2 * self.hits, 2 * self.hits + self.misses + self.alarms)


@dataclass(frozen=True, slots=True)
class _Article:
    number: str
    start: int
    end: int
    labels: tuple[Mapping[str, Any], ...]


def evaluate(
    gold: str | Path, document: Document | str, suggestions: Iterable[Suggestion]
) -> list[Row]:
    """A row for each concern and polarity, then the sum of all.

    `document` is the text the suggestions are of. A `Document` is compared by its article numbers,
    so its text may differ from that of the gold file in spaces or headings; a plain text by the
    gold file's offsets. Raises `AnnotatorError` for a gold file that cannot be read, and where it
    speaks of an article the document does not have.
    """
    articles = _read(Path(gold))
    if isinstance(document, Document):
        articles = _by_number(articles, document, Path(gold))
    text = document if isinstance(document, str) else document.text
    found = list(suggestions)
    rows = []
    for concern in CONCERNS:
        for polarity in POLARITIES:
            ours = [s for s in found if (s.concern, s.polarity) == (concern, polarity)]
            rows.append(_row(concern, polarity, articles, text, ours))
    located = [row.located for row in rows if row.located is not None]
    rows.append(
        Row(
            concern=ALL,
            polarity=ALL,
            hits=sum(row.hits for row in rows),
            misses=sum(row.misses for row in rows),
            alarms=sum(row.alarms for row in rows),
            arguable=sum(row.arguable for row in rows),
            located=sum(located) if len(located) == len(rows) else None,
        )
    )
    return rows


def _row(
    concern: str,
    polarity: str,
    articles: list[_Article],
    text: str,
    suggestions: list[Suggestion],
) -> Row:
    hits = misses = alarms = arguable = located = 0
    quoted = True
    for article in articles:
        labels = [
            label
            for label in article.labels
            if (label["concern"], label["polarity"]) == (concern, polarity)
        ]
        here = [s for s in suggestions if article.start <= s.start < article.end]
        sure = [label for label in labels if not label.get("arguable", False)]
        if labels and not sure:
            arguable += 1
        elif not labels:
            alarms += bool(here)
        elif not here:
            misses += 1
        else:
            hits += 1
            places = [place for label in sure for place in _places(label, article, text) if place]
            quoted = quoted and bool(places)
            located += any(s.start < end and start < s.end for s in here for start, end in places)
    return Row(concern, polarity, hits, misses, alarms, arguable, located if quoted else None)


def _places(
    label: Mapping[str, Any], article: _Article, text: str
) -> Iterable[tuple[int, int] | None]:
    """Where the quotes of a label stand in this text, which may not be the gold file's own."""
    for quote in label.get("quotes", ()):
        words = quote["text"]
        start = text.find(words, article.start, article.end)
        yield (start, start + len(words)) if start >= 0 else None


def _read(path: Path) -> list[_Article]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotatorError(f"the gold file {str(path)!r} cannot be read: {error}") from None
    articles = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            article = _Article(
                str(row["article"]), int(row["start"]), int(row["end"]), tuple(row["labels"])
            )
            for label in article.labels:
                if label["concern"] not in CONCERNS or label["polarity"] not in POLARITIES:
                    raise ValueError(f"{label['concern']!r}, {label['polarity']!r}")
        except (ValueError, KeyError, TypeError) as error:
            raise AnnotatorError(
                f"{path}, line {number}: {error} is missing or not as it should be: write article, "
                "start, end and labels, each with a concern and a polarity"
            ) from None
        articles.append(article)
    if not articles:
        raise AnnotatorError(f"the gold file {str(path)!r} is empty: give one with articles")
    return articles


def _by_number(articles: list[_Article], document: Document, gold: Path) -> list[_Article]:
    known = {c.number: c for c in document.clauses if c.kind == "article"}
    found = []
    for article in articles:
        clause = known.get(article.number)
        if clause is None:
            raise AnnotatorError(
                f"{gold} speaks of article {article.number!r}, which {document.slug!r} does not "
                "have: give the gold file of that text"
            )
        found.append(_Article(article.number, clause.start, clause.end, article.labels))
    return found


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
