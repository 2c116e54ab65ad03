"""The files of a release, made in a temporary folder, since they describe and check each other."""

from __future__ import annotations

import codecs
import dataclasses
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from annotator.export import jsonl
from annotator.export.dataset import Dataset
from annotator.export.release import agreement, catalogues, citing, datasheet, sharing, words
from annotator.export.release.catalogues import Entry
from annotator.export.release.tally import tally
from annotator.export.tables import TABLES, csv_table, parquet

_PIECE = 1 << 20
Render = Callable[[Dataset], Iterator[bytes]]


def files(
    dataset: Dataset, reports: Iterable[tuple[str, Render]] = ()
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Every file of the release with its path, by name; `reports` are files for people.

    Reports quote whole clauses, so they speak only of the texts that may be shared.
    """
    said = words.load()
    dataset = dataclasses.replace(dataset, withheld=sharing.withheld(dataset, said.share))
    with tempfile.TemporaryDirectory() as folder:
        made = _Folder(Path(folder))
        for name, content in _data(dataset):
            made.add(name, content)
        shared = tuple(one for one in dataset.documents if one.id not in dataset.withheld)
        if shared:
            open_texts = dataclasses.replace(dataset, documents=shared)
            for name, render in reports:
                made.add(name, render(open_texts))
        counted = tally(dataset)
        cited = citing.citation(dataset, said, counted)
        measured = agreement.measured(dataset)
        made.add("agreement/agreement.md", agreement.page(measured))
        made.add("agreement/agreement.csv", agreement.table(measured))
        sheet = datasheet.datasheet(dataset, said, cited, counted, bool(measured))
        made.add("DATASHEET.md", sheet)
        made.add("CITATION.cff", citing.cff(cited))
        made.add("README.md", datasheet.readme(cited, dataset, made.entries))
        described = tuple(made.entries)
        made.add("croissant.json", _json(catalogues.croissant(cited, described)))
        made.add("datapackage.json", _json(catalogues.datapackage(cited, described)))
        sums = "".join(f"{entry.sha256}  {entry.path}\n" for entry in made.entries)
        made.add("SHA256SUMS", sums)
        for entry in made.entries:
            yield entry.path, made.content(entry.path)


def _data(dataset: Dataset) -> Iterator[tuple[str, bytes | Iterable[bytes]]]:
    yield "data/annotations.jsonl", jsonl.render(dataset)
    for name in TABLES:
        # Without the mark that only spreadsheets need, which programs take for part of a name.
        pieces = csv_table.render(dataset, name)
        yield f"data/{name}.csv", (piece.removeprefix(codecs.BOM_UTF8) for piece in pieces)
        yield f"data/{name}.parquet", parquet.render(dataset, name)
    for info in dataset.documents:
        if info.id not in dataset.withheld:
            text = dataset.store.document(info.id).text
            yield f"texts/{_name(info.slug)}-v{info.version}.txt", text.encode()
    yield "codebook/codebook.yaml", dataset.codebook.source.encode()
    yield "codebook/codebook.csv", csv_table.render(dataset, "codebook")
    for version in dataset.store.codebooks():
        if version.sha256 != dataset.codebook.sha256:
            yield f"codebook/earlier/{version.sha256[:12]}.yaml", version.codebook.encode()
    yield "schema/jsonl.schema.json", jsonl.SCHEMA.read_bytes()


class _Folder:
    """A folder that is filled file by file, and knows what is in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: dict[str, Entry] = {}

    @property
    def entries(self) -> list[Entry]:
        """What is in it, by name."""
        return [self._entries[name] for name in sorted(self._entries)]

    def add(self, name: str, content: str | bytes | Iterable[bytes]) -> None:
        """Write a file."""
        if isinstance(content, str):
            content = content.encode("utf-8")
        pieces = (content,) if isinstance(content, bytes) else content
        target = self._path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with target.open("xb") as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
        self._entries[name] = Entry(name, digest.hexdigest(), size)

    def content(self, name: str) -> Iterator[bytes]:
        """A file's bytes, in pieces."""
        with (self._path / name).open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _name(slug: str) -> str:
    """The slug as part of a file's name, whatever somebody called it."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in slug)
