"""Readers, one a language, and a way to read a few lines as a law."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from annotator import intake, safeguards
from annotator.intake import references
from annotator.model import Document, PowerReading
from annotator.safeguards import Reader

Law = tuple[Document, tuple[PowerReading, ...]]
ReadLaw = Callable[..., Law]


@cache
def reader_of(language: str) -> Reader:
    return safeguards.load(language)


@pytest.fixture(scope="session")
def reader() -> Reader:
    return reader_of("en")


@pytest.fixture(scope="session")
def reader_for() -> Callable[[str], Reader]:
    """The reader of a language."""
    return reader_of


@pytest.fixture(scope="session")
def read_law() -> ReadLaw:
    """A law with the given body in Markdown, and its readings."""

    def read(body: str, *, language: str = "en") -> Law:
        document = intake.parse(
            f"# A law\n\n{body}", form="markdown", kind="treaty", language=language, title="A law"
        )
        return document, reader_of(language).read(document, references.find(document))

    return read
