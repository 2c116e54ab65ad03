"""What is kept is kept sound: the codebook, copies, the database itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotator import listing
from annotator.cli.main import app
from annotator.cli.options import Database, Json, database
from annotator.cli.printing import print_json, print_line, tell
from annotator.errors import AnnotatorError


@app.command()
def codebook(ctx: typer.Context, as_json: Json = False, db: Database = None) -> None:
    """Check the codebook and list what rests on older words.

    That is what was tagged or assessed under words that have changed since.

    Without a database only the file is checked. Exit 1 where tags have a code that is gone.

    \b
    Example:  python -m annotator codebook --json
    """
    from annotator import codebook as codebooks
    from annotator import store as stores
    from annotator.codebook.listing import lines, record

    book, path = codebooks.load(), database(ctx, db)
    if path.exists():
        with stores.open(path, create=False, readonly=True) as store:
            found = record(book, store)
    else:
        found = record(book, None)
    if as_json:
        print_json(found)
    else:
        for line in lines(found):
            print_line(line)
    for entry, number in sorted(found.get("orphans", {}).items()):
        raise AnnotatorError(codebooks.orphan_line(entry, number))


@app.command()
def backup(
    ctx: typer.Context,
    out: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A new file; else one in `backups`, named by time."),
    ] = None,
    db: Database = None,
) -> None:
    """Copy the database to a new file.

    The copy is whole, whoever is writing meanwhile; its name is printed.

    \b
    Example:  python -m annotator backup
    """
    from datetime import UTC, datetime

    from annotator import store as stores

    path = database(ctx, db)
    with stores.open(path, create=False, readonly=True) as store:
        if out is None:
            folder = path.parent / "backups"
            folder.mkdir(exist_ok=True)
            out = folder / f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.db"
        store.backup(out)
    print_line(str(out))


@app.command()
def verify(ctx: typer.Context, as_json: Json = False, db: Database = None) -> None:
    """Check that the database is sound.

    The file, every text and span and the whole history are checked; exit 1 where one is wrong.

    \b
    Example:  python -m annotator verify
    """
    from annotator import store as stores

    path = database(ctx, db)
    with stores.open(path, create=False, readonly=True) as store:
        problems = store.verify()
    if as_json:
        print_json({"sound": not problems, "problems": problems})
    else:
        for problem in problems:
            print_line(problem)
    if problems:
        raise AnnotatorError(
            f"{str(path)!r} has {listing.count(len(problems), 'problem')}: see above"
        )
    tell(f"{path}: sound")
