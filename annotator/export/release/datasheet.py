"""The datasheet and the README of a release, in Markdown.

The questions are those of "Datasheets for Datasets" (Gebru et al., 2021), shortened; what the data
can answer is filled in, and what it cannot is the operator's, from `release.yaml`, or marked as
theirs to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.export.dataset import Dataset
from annotator.export.release import sharing
from annotator.export.release.catalogues import Entry
from annotator.export.release.citing import Citation
from annotator.export.release.tally import Tally, TextTally
from annotator.export.release.words import FILE, Words
from annotator.export.tables.about import chosen
from annotator.listing import count

_CONTENTS = (
    ("data/annotations.jsonl", "everything, a JSON object a line; the program loads it again"),
    ("data/*.csv", "a table each: annotations, reviews, safeguards, suggestions, codebook"),
    ("data/*.parquet", "the same tables with types"),
    ("texts/", "the texts that may be shared, as the offsets count them"),
    ("codebook/", "what reviewers tagged by"),
    ("schema/jsonl.schema.json", "what a line of the JSON Lines holds, as a JSON Schema"),
    ("agreement/", "how far reviewers agree"),
    ("report.html, report.docx", "the findings, for people"),
    ("DATASHEET.md", "what the data is, who made it, how, and its limits"),
    ("croissant.json, datapackage.json", "the same for catalogues and programs"),
    ("CITATION.cff", "how to cite it"),
    ("SHA256SUMS", "a checksum of every other file: sha256sum -c SHA256SUMS"),
)


def datasheet(dataset: Dataset, words: Words, cited: Citation, counted: Tally, agree: bool) -> str:
    """DATASHEET.md."""
    return "\n".join(
        [
            f"# {_line(cited.title)}: datasheet",
            "",
            _line(cited.description),
            "",
            "## Why it was made",
            "",
            _said(words.why, "why"),
            "",
            "## What is in it",
            "",
            *_what(dataset, counted),
            "",
            "## Which texts, and which of them may be shared",
            "",
            *_texts(counted, words),
            "",
            "## Who made it",
            "",
            *_who(dataset, counted),
            "",
            _said(words.who, "who"),
            "",
            "## How it was made",
            "",
            *_how(dataset, counted, agree),
            "",
            _said(words.how, "how"),
            "",
            "## Limits",
            "",
            *_limits(dataset, counted),
            "",
            _said(words.limits, "limits"),
            "",
            "## What it may be used for",
            "",
            _said(words.uses, "uses"),
            "",
            f"Licence: {_line(words.licence)}" if words.licence else _said("", "licence"),
            "",
            "## Who looks after it",
            "",
            _said(words.upkeep, "upkeep"),
            *(["", f"Contact: {_line(words.contact)}"] if words.contact else []),
            "",
        ]
    )


def readme(cited: Citation, dataset: Dataset, entries: Sequence[Entry]) -> str:
    """README.md."""
    paths = [entry.path for entry in entries]
    rows = [
        f"| `{what}` | {says} |"
        for what, says in _CONTENTS
        if any(path.startswith(what.split("*")[0].split(",")[0]) for path in paths)
        or what in ("CITATION.cff", "SHA256SUMS", "DATASHEET.md")
        or what.startswith("croissant")
    ]
    kept_back = len(dataset.withheld)
    return "\n".join(
        [
            f"# {_line(cited.title)}",
            "",
            _line(cited.description),
            "",
            f"Cite as: {_line(cited.sentence)}",
            "",
            "| | |",
            "|---|---|",
            *rows,
            "",
            "Offsets are Unicode code points of a text from 0, the end not included; "
            "`text_sha256` says which text. In CSV a cell that a spreadsheet would run as a "
            "formula has an apostrophe in front; Parquet and JSON Lines have the words as they "
            "are.",
            *(
                [
                    "",
                    f"Texts that may not be shared: {kept_back}. Of these there are offsets, "
                    "quoted words and the hash of the text, by which whoever has it can put the "
                    "words back in their place. The reports leave them out.",
                ]
                if kept_back
                else []
            ),
            "",
        ]
    )


def _what(dataset: Dataset, counted: Tally) -> Iterator[str]:
    read = counted.read
    yield (
        f"{count(counted.annotations, 'annotation')} in {count(len(counted.texts), 'text')}; "
        f"{count(read.total(), 'clause')} read"
        + (f", {sum(n for k, n in read.items() if k > 1)} by two or more" if read else "")
        + "."
    )
    if counted.first:
        yield f"The earliest word is of {counted.first}, the latest of {counted.last}."
    names = {one.id: one.name for one in dataset.codebook.concerns}
    if counted.labels:
        yield ""
        yield "| concern | risks | safeguards |"
        yield "|---|---|---|"
        for concern in sorted({concern for concern, _ in counted.labels}):
            risks, kept = counted.labels[concern, "risk"], counted.labels[concern, "safeguard"]
            yield f"| {_line(names.get(concern, concern))} | {risks} | {kept} |"
    yield ""
    for what, says in chosen(dataset):
        yield f"- {what}: {_line(says)}"


def _texts(counted: Tally, words: Words) -> Iterator[str]:
    yield "| text | language | annotations | readers | licence | whole text | SHA-256 |"
    yield "|---|---|---|---|---|---|---|"
    for text in counted.texts:
        info = text.info
        licence = info.metadata.get("licence") or info.metadata.get("license") or "not said"
        why = sharing.reason(info, words.share)
        yield (
            f"| {_line(info.title)} (`{info.slug}`, version {info.version}) | {info.language} | "
            f"{text.annotations} | {len(text.readers)} | {_line(licence)} | "
            f"{'left out: ' + _line(why) if why else 'yes'} | `{info.text_sha256}` |"
        )
    notices = [text for text in counted.texts if text.info.notice]
    if notices:
        yield ""
        for text in notices:
            yield f"- `{text.info.slug}`: {_line(text.info.notice)}"


def _who(dataset: Dataset, counted: Tally) -> Iterator[str]:
    how = "under their names" if dataset.selection.names else "under numbers in place of names"
    yield f"{count(len(counted.people), 'reviewer')}, {how}."


def _how(dataset: Dataset, counted: Tally, agree: bool) -> Iterator[str]:
    book = dataset.codebook
    yield (
        "Reviewers read a text clause by clause, mark words that raise a concern or guard against "
        "it, say how safeguards stand, and mark the clause as read. A clause nobody marked as "
        "read is missing data, not a clause without concern."
    )
    yield ""
    yield (
        f"Codebook: version {book.version}, SHA-256 `{book.sha256}`, in `codebook/`; earlier "
        "versions that annotations were made under are beside it."
    )
    made = sum(counted.decisions.values())
    if made:
        told = ", ".join(f"{n} {what}" for what, n in sorted(counted.decisions.items()))
        yield ""
        yield (
            f"Rules highlight words before anybody reads. Reviewers decided on {made} of these "
            f"suggestions ({told}); {counted.accepted} of the annotations came of one."
        )
    yield ""
    yield (
        "How far reviewers agree is in `agreement/`."
        if agree
        else "Too few read the same clauses to say how far reviewers agree."
    )


def _limits(dataset: Dataset, counted: Tally) -> Iterator[str]:
    alone = counted.read[1]
    if alone:
        yield f"- Clauses that one reviewer alone has read, whom nobody checked: {alone}."
    unread = sum(_unread(text) for text in counted.texts)
    if unread:
        yield f"- Clauses of these texts that nobody has marked as read: {unread}."
    if counted.accepted:
        yield (
            "- Reviewers saw what the rules had highlighted, and may have looked less closely "
            "where nothing was."
        )
    languages = sorted({text.info.language for text in counted.texts})
    yield f"- Languages of the texts: {', '.join(languages) or 'none'}."
    if dataset.withheld:
        yield f"- Texts that could not be shared whole: {len(dataset.withheld)}."
    if not dataset.selection.whole:
        yield "- It is a selection; what was left out is said above."


def _unread(text: TextTally) -> int:
    return max(text.info.reviewable - text.read.total(), 0) if text.annotations else 0


def _said(words: str, key: str) -> str:
    return _line(words) if words else f"_To be said by the operator: `{key}` in `{FILE}`._"


def _line(text: str) -> str:
    """The words so that a table row stays one, and nothing in them is taken for Markdown."""
    for mark in "\\`*_[]<>|":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
