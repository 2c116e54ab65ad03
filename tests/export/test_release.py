"""A release: what is in it, what is not, and what those say of it who check such things."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import frictionless
import mlcroissant
import pandas
import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from annotator import export, store
from annotator.errors import ExportError
from annotator.export import Selection
from annotator.export.release import sharing, words
from annotator.model import DocumentInfo
from annotator.store import Store
from tests.export import named


@pytest.fixture
def folder(rich: Store, tmp_path: Path) -> Path:
    """The news has no licence, and so is withheld."""
    out = tmp_path / "release"
    export.write(rich, "release", out)
    return out


def test_every_file_has_its_checksum(folder: Path) -> None:
    sums = dict(
        reversed(line.split("  ", 1))
        for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    del found["SHA256SUMS"]
    assert sums == found
    assert {"DATASHEET.md", "CITATION.cff", "README.md", "data/annotations.jsonl"} <= found.keys()
    assert {"codebook/codebook.yaml", "codebook/codebook.csv", "report.html"} <= found.keys()


def test_a_text_that_may_not_be_shared_goes_as_offsets_quotes_and_hash(
    rich: Store, folder: Path
) -> None:
    news, treaty = rich.document("signed"), rich.document("small-things")
    assert [path.name for path in (folder / "texts").iterdir()] == ["small-things-v1.txt"]
    assert (folder / "texts/small-things-v1.txt").read_text(encoding="utf-8") == treaty.text
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as inner:
                content = b"".join(inner.read(name) for name in inner.namelist())
            assert b"said so." not in content, path
            assert news.text.encode() not in content, path
    lines = [
        json.loads(line)
        for line in (folder / "data/annotations.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    schema = json.loads((folder / "schema/jsonl.schema.json").read_text(encoding="utf-8"))
    for line in lines:
        assert Draft202012Validator(schema).is_valid(line), line["type"]
    (text,) = [one for one in lines if one["type"] == "document" and one["slug"] == "signed"]
    assert (text.get("text"), text["withheld"], text["text_sha256"]) == (
        None,
        True,
        news.text_sha256,
    )
    (tag,) = [one for one in lines if one["type"] == "annotation" and one["document"] == "signed"]
    assert tag["quote"] == news.text[tag["start"] : tag["end"]]
    assert "left out: no licence is named" in (folder / "DATASHEET.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "metadata", "is_shared"),
    [
        ("news", {}, False),
        ("treaty", {}, True),
        ("news", {"licence": "CC BY 4.0"}, True),
        ("news", {"license": "Apache-2.0"}, True),
        ("treaty", {"licence": "All rights reserved"}, False),
        ("news", {"licence": "All rights reserved", "share": "yes"}, True),
        ("treaty", {"licence": "CC0", "share": "No"}, False),
        ("news", {"licence": "permitted by contract"}, False),
        ("news", {"licence": "© MIT Press"}, False),
        ("news", {"licence": "not Creative Commons"}, False),
        ("news", {"licence": "CC BY-NC-ND 4.0, non-commercial"}, True),
    ],
)
def test_the_operator_says_what_may_be_shared_then_the_licence(
    kind: Any, metadata: dict[str, str], is_shared: bool
) -> None:
    info = DocumentInfo("id", "slug", "Title", kind, "en", "0" * 64, 1, 1, metadata=metadata)
    assert (not sharing.reason(info)) is is_shared
    assert not sharing.reason(info, {"slug": "yes"})
    assert sharing.reason(info, {"slug": "no", "other": "yes"}) == "the operator says so"


def test_it_comes_back_where_the_texts_are(rich: Store, folder: Path, tmp_path: Path) -> None:
    with store.open(tmp_path / "other.db") as other:
        for document in (rich.document("signed"), rich.document("small-things")):
            other.add_document(document)
        export.load(other, folder / "data/annotations.jsonl")
        assert export.as_bytes(other, "jsonl") == export.as_bytes(rich, "jsonl")


def test_without_a_withheld_text_it_is_refused_in_one_line(folder: Path, tmp_path: Path) -> None:
    with (
        store.open(tmp_path / "other.db") as other,
        pytest.raises(ExportError, match="'signed' may not be shared"),
    ):
        export.load(other, folder / "data/annotations.jsonl")


def test_the_same_state_gives_the_same_bytes(rich: Store, folder: Path) -> None:
    content = export.as_bytes(rich, "release")
    assert content == export.as_bytes(rich, "release")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        for name in archive.namelist():
            assert archive.read(name) == (folder / name).read_bytes(), name


# Its reader still uses what rdflib and pandas have deprecated.
@pytest.mark.filterwarnings("ignore")
def test_croissant_is_sound_and_gives_the_records(folder: Path) -> None:
    found = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    assert not found.metadata.issues.errors
    records = list(found.records("annotations"))
    assert len(records) == 3
    read = pandas.read_parquet(folder / "data/annotations.parquet")
    assert [one["annotations/quote"].decode() for one in records] == list(read["quote"])


def test_the_data_package_is_sound(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    tables = [task for task in report.tasks if task.type == "table"]
    assert len(tables) == 5


def test_it_says_how_to_cite_it(folder: Path) -> None:
    said = YAML(typ="safe").load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert (said["cff-version"], said["type"]) == ("1.2.0", "dataset")
    assert said["authors"]
    assert said["version"].count(".") == 2
    assert str(said["version"]) in (folder / "README.md").read_text(encoding="utf-8")


def test_what_the_operator_says_goes_in_and_cannot_break_it(
    rich: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codebook = tmp_path / "codebook.yaml"
    codebook.write_text(export.collect(rich).codebook.source, encoding="utf-8")
    monkeypatch.setenv("ANNOTATOR_CODEBOOK", str(codebook))
    (tmp_path / words.FILE).write_text(
        "title: Small | things\nauthors: [Ann A., Béla B.]\nlicence: CC BY 4.0\n"
        "why: |\n  For the committee.\n  And <b>others</b>.\n",
        encoding="utf-8",
    )
    export.write(rich, "release", tmp_path / "out")
    sheet = (tmp_path / "out/DATASHEET.md").read_text(encoding="utf-8")
    assert "For the committee. And \\<b\\>others\\</b\\>." in sheet
    assert "`why` in" not in sheet
    assert "`limits` in `release.yaml`" in sheet
    cff = YAML(typ="safe").load((tmp_path / "out/CITATION.cff").read_text(encoding="utf-8"))
    assert cff["authors"] == [{"name": "Ann A."}, {"name": "Béla B."}]
    assert cff["license"] == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("titel: x\n", "says 'titel': use authors"),
        ("authors: Ann\n", "is 'Ann': write a list"),
        ("- x\n", "holds list"),
        ("title: [\n", "is no YAML"),
        ("share: no\n", "is 'no': write a text's name"),
        ("share: [a]\n", "write a text's name"),
    ],
)
def test_a_mistake_in_the_operators_words_is_one_line(
    tmp_path: Path, said: str, message: str
) -> None:
    path = tmp_path / words.FILE
    path.write_text(said, encoding="utf-8")
    with pytest.raises(ExportError, match=message) as error:
        words.load(path)
    assert "\n" not in str(error.value)


def test_a_release_of_what_is_settled_has_one_view(rich: Store, tmp_path: Path) -> None:
    export.write(rich, "release", tmp_path / "out", Selection(settled=True))
    read = pandas.read_parquet(tmp_path / "out/data/annotations.parquet")
    assert list(read["reviewer"]) == ["Settled"]
    assert named.render(rich, "release", settled=True)
