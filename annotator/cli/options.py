"""Options that several commands have, and where the database is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotator.model import Kind

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Database = Annotated[
    Path | None,
    typer.Option("--db", metavar="FILE", help="The database; else ANNOTATOR_DB, annotations.db."),
]
KindOption = Annotated[
    Kind | None, typer.Option("--kind", help="What it is; found in the text where not given.")
]
LanguageOption = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="Its language, such as en; else guessed."),
]
PipelineOption = Annotated[
    str | None,
    typer.Option("--pipeline", metavar="NAME", help="An installed spaCy pipeline to use."),
]


def database(ctx: typer.Context, given: Path | None) -> Path:
    """The database named behind the command, else before it, else in the environment."""
    chosen = ctx.obj if given is None else given
    assert isinstance(chosen, Path)
    return chosen
