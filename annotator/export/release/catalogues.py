"""What catalogues and programs read of a release: Croissant and a Frictionless data package.

Sources: Croissant Format Specification 1.0 (MLCommons, 2024); Data Package 1 and Table Schema 1
(Frictionless).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.export.release.citing import Citation
from annotator.export.tables import TABLES, Column, Table

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "samplingRate": "cr:samplingRate",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_CROISSANT = {
    "text": "sc:Text",
    "label": "sc:Text",
    "whole": "sc:Integer",
    "share": "sc:Float",
    "yes": "sc:Boolean",
    "time": "sc:Date",
}
_FRICTIONLESS = {
    "text": "string",
    "label": "string",
    "whole": "integer",
    "share": "number",
    "yes": "boolean",
    "time": "datetime",
}
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_MIMES = {
    ".csv": "text/csv",
    ".parquet": "application/x-parquet",
    ".jsonl": "application/jsonlines",
    ".txt": "text/plain",
    ".yaml": "application/yaml",
    ".json": "application/json",
    ".md": "text/markdown",
    ".html": "text/html",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the release."""

    path: str
    sha256: str
    size: int

    @property
    def mime(self) -> str:
        """Its media type, by the end of its name."""
        _, dot, end = self.path.rpartition(".")
        return _MIMES.get(dot + end, "application/octet-stream")


def croissant(cited: Citation, entries: Sequence[Entry]) -> dict[str, Any]:
    """The release as JSON-LD, with the tables read from their Parquet files."""
    said: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": _slug(cited.title),
        "description": f"{cited.title}. {cited.description}",
        "version": cited.version,
        "citeAs": cited.sentence,
        "creator": [{"@type": "sc:Organization", "name": name} for name in cited.authors],
    }
    if cited.day:
        said["datePublished"] = cited.day
    if cited.licence:
        said["license"] = cited.licence
    if cited.url or cited.doi:
        said["url"] = cited.url or f"https://doi.org/{cited.doi}"
    said["distribution"] = [
        {
            "@type": "cr:FileObject",
            "@id": entry.path,
            "name": entry.path,
            "contentUrl": entry.path,
            "contentSize": f"{entry.size} B",
            "encodingFormat": entry.mime,
            "sha256": entry.sha256,
        }
        for entry in entries
    ]
    said["recordSet"] = [_records(table) for table in TABLES.values()]
    return said


def _records(table: Table) -> dict[str, Any]:
    file = f"data/{table.name}.parquet"
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"A record is {table.row}.",
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{column.name}",
                "name": column.name,
                "description": column.says,
                "dataType": _CROISSANT[column.type],
                "source": {
                    "fileObject": {"@id": file},
                    "extract": {"column": column.name},
                },
            }
            for column in table.columns
        ],
    }


def datapackage(cited: Citation, entries: Sequence[Entry]) -> dict[str, Any]:
    """The release as a Frictionless data package: the CSV tables with a schema, and its files."""
    said: dict[str, Any] = {
        "name": _slug(cited.title),
        "title": cited.title,
        "description": cited.description,
        "version": cited.version,
        "contributors": [{"title": name, "role": "author"} for name in cited.authors],
    }
    if cited.url:
        said["homepage"] = cited.url
    if cited.licence:
        plain = re.fullmatch(r"[-a-zA-Z0-9._]+", cited.licence)
        said["licenses"] = [{"name": cited.licence if plain else "other", "title": cited.licence}]
    tables = {f"data/{name}.csv": table for name, table in TABLES.items()}
    said["resources"] = [_resource(entry, tables) for entry in entries]
    return said


def _resource(entry: Entry, tables: Mapping[str, Table]) -> dict[str, Any]:
    table = tables.get(entry.path)
    said: dict[str, Any] = {
        "name": table.name if table else _slug(entry.path),
        "path": entry.path,
        "type": "table" if table else "file",
        "mediatype": entry.mime,
        "format": entry.path.rpartition(".")[2],
        "bytes": entry.size,
        "hash": f"sha256:{entry.sha256}",
    }
    if table:
        said |= {
            "encoding": "utf-8",
            "description": f"A row is {table.row}.",
            "schema": {
                "fields": [_field(column) for column in table.columns],
                "missingValues": [""],
            },
        }
    return said


def _field(column: Column) -> dict[str, Any]:
    said = {
        "name": column.name,
        "type": _FRICTIONLESS[column.type],
        "description": column.says,
    }
    return said | ({"format": _TIME} if column.type == "time" else {})


def _slug(text: str) -> str:
    """Lower-case letters, digits and hyphens, as names in catalogues have.

    >>> _slug("Tags: Convention, 2024")
    'tags-convention-2024'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "dataset"
