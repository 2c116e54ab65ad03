"""The program itself: what holds for every command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from annotator import __version__
from annotator.cli.printing import print_line, tell
from annotator.errors import AnnotatorError


class _Commands(TyperGroup):
    """Turns a user's mistake into one line and exit code 1, for every command."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except AnnotatorError as error:
            tell(f"error: {error}")
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _main(
    ctx: typer.Context,
    db: Annotated[
        Path,
        typer.Option("--db", metavar="FILE", envvar="ANNOTATOR_DB", help="The database."),
    ] = Path("annotations.db"),
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Read treaties and news for what they do to privacy, press freedom and whistleblowers.

    \b
    The way through:  init -> intake -> highlight -> (review in the browser) -> compare -> export
    Each command has its own help:  python -m annotator intake --help
    """
    ctx.obj = db
    if version:
        print_line(__version__)
    elif ctx.invoked_subcommand is None:
        print_line(ctx.get_help())
