"""Files gone wrong in every way that can be thought of: loaded, listed, or one clear line of ours.

Each format's own file is taken apart: every value replaced by ones of another kind, entries cut and
garbled, packed texts damaged. Whatever comes of it, no word of Python's or SQLite's reaches anybody
and nothing is half stored.
"""

from __future__ import annotations

import copy
import io
import itertools
import json
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import export
from annotator.errors import AnnotatorError
from annotator.store import Store
from tests.export import named

# What only those who write programs say.
THEIRS = re.compile(
    r"object has|NoneType|attribute|constraint|Traceback|sys\.|<class|unhashable|codec|iterable|"
    r"subscript|Expecting|recursion|positional|invalid literal|list indices|out of range|KeyError|"
    r"UNIQUE|FOREIGN|SQLite|datatype|surrogates not|\b(int|str|dict)\b|[a-z]Error\b|0x[0-9a-f]{4}",
)
GONE = object()
WRONG: list[Any] = [
    None, True, 0, -1, 10**30, 1.5, float("nan"), "", "x", "\ud800", "a\0b", [], {}, [[]], [None],
    {"a": 1}, ["x"], "9999-01-01T00:00:00Z", "line\nend", "💥" * 3000, GONE,
]  # fmt: skip
JSON = {
    # a format, how its file is parted: a line each, a list in a zip, or one object
    "jsonl": "lines",
    "prodigy": "lines",
    "doccano": "lines",
    "labelstudio": "tasks.json",
    "w3c": "one",
}
ZIPPED = {"webanno": ".tsv", "brat": ".ann", "cas": ".xmi", "qdpx": ".qde"}
PLAIN = ("csv", "conll", "docbin")
GARBAGE = (b"9" * 30, b"-1", b"\xff", b"<", b'"', b"&x;", b"|", b"\t", b"\n", b"[" * 2000)


def places(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in some JSON, of lists to the first two."""
    yield before
    if isinstance(value, dict):
        for key in value.keys() - {"tokens", "clauses"}:
            yield from places(value[key], (*before, key))
    elif isinstance(value, list):
        for number in range(min(len(value), 2)):
            yield from places(value[number], (*before, number))


def put(value: Any, place: tuple[Any, ...], wrong: Any) -> Any:
    """The JSON with another value at that place, or without the one there."""
    made = copy.deepcopy(value)
    inner = made
    for step in place[:-1]:
        inner = inner[step]
    if wrong is GONE:
        del inner[place[-1]]
    else:
        inner[place[-1]] = wrong
    return made


def replaced(format: str, content: bytes, every: int) -> Iterator[bytes]:
    """The file with one value in it replaced, each by each."""
    parted = JSON[format]
    if parted == "lines":
        records = [json.loads(line) for line in content.split(b"\n") if line]
    elif parted == "one":
        records = json.loads(content)
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            records = json.loads(archive.read(parted))[:2]
    ways = sorted((way for way in places(records) if way), key=repr)
    if parted == "lines":  # every type of line
        ways = sorted({way for n in range(len(records)) for way in _within(records, n)}, key=repr)
    for way, wrong in itertools.islice(itertools.product(ways, WRONG), 0, None, every):
        made = put(records, way, wrong)
        if parted == "lines":
            yield "\n".join(map(json.dumps, made)).encode()
        else:
            yield json.dumps(made).encode()


def _within(records: list[Any], number: int) -> Iterator[tuple[Any, ...]]:
    yield from ((number, *way) for way in places(records[number]) if way)


def garbled(content: bytes, count: int) -> Iterator[bytes]:
    """The bytes cut short, in another encoding, and with a few of them changed."""
    yield from (content[: len(content) * share // 8] for share in range(8))
    text = content.decode("utf-8", "ignore")
    yield from (text.encode("utf-16"), text.encode("latin-1", "ignore"), content * 2)
    chance = random.Random(content[:64])
    for _ in range(count):
        made = bytearray(content)
        for _ in range(chance.choice((1, 1, 3))):
            at = chance.randrange(len(made))
            numbers = list(re.finditer(rb"\d+", bytes(made)))
            match chance.randrange(4):
                case 0:
                    made[at] = chance.randrange(256)
                case 1:
                    del made[at : at + chance.choice((1, 5, 50))]
                case 2 if numbers:
                    found = chance.choice(numbers)
                    made[found.start() : found.end()] = chance.choice(
                        (b"-1", b"9" * 25, b"x", b"", b"1.5", b"9" * 5000)
                    )
                case _:
                    made[at:at] = chance.choice(GARBAGE)
            if not made:
                break
        yield bytes(made)


def mutants(format: str, content: bytes, every: int, count: int) -> Iterator[bytes]:
    """What may become of a file."""
    if format in JSON:
        yield from replaced(format, content, every)
    if format in ZIPPED:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        name = next(name for name in files if name.endswith(ZIPPED[format]))
        for made in garbled(files[name], count):
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                for other, held in files.items():
                    archive.writestr(other, made if other == name else held)
            yield packed.getvalue()
    yield from garbled(content, count)


def hold(store: Store, path: Path, format: str | None) -> bool:
    """Whether it loads; fail where what is said of it is not one line of ours."""
    try:
        export.load(store, path, format=format, reviewer="Chen", dry_run=True, leave_out=True)
    except AnnotatorError as error:
        said = str(error).replace(str(path), "FILE")
        assert said.strip()
        assert "\n" not in said
        assert len(said) < 400, said
        assert not THEIRS.search(said), said
        return False
    return True


def held(store: Store, folder: Path, format: str, *, every: int, count: int) -> None:
    content = named.render(store, format, suggestions="all")
    path = folder / f"file{export.FORMATS[format].suffix}"
    before = len(store.history()), store.reviewers(), store.annotations()
    outcomes = set()
    for made in mutants(format, content, every, count):
        path.write_bytes(made)
        outcomes.add(hold(store, path, format))
    assert outcomes == {True, False} or format == "docbin", "some load, some do not"
    assert (len(store.history()), store.reviewers(), store.annotations()) == before


@pytest.mark.parametrize("format", [*JSON, *ZIPPED, *PLAIN])
def test_a_file_gone_wrong_is_loaded_or_refused_in_our_words(
    rich: Store, tmp_path: Path, format: str
) -> None:
    held(rich, tmp_path, format, every=199, count=6)


@pytest.mark.long
@pytest.mark.parametrize("format", [*JSON, *ZIPPED, *PLAIN])
def test_many_more_files_gone_wrong_are_loaded_or_refused_in_our_words(
    rich: Store, tmp_path: Path, format: str
) -> None:
    held(rich, tmp_path, format, every=4, count=100)
