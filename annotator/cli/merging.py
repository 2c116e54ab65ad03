"""Two offices' databases become one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotator.cli.main import app
from annotator.cli.options import Database, Json, database
from annotator.cli.printing import print_json, print_line, tell


@app.command()
def merge(
    ctx: typer.Context,
    other: Annotated[
        Path, typer.Argument(metavar="OTHER.db", help="The other office's database, or a copy.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would come; nothing is written.")
    ] = False,
    same: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Somebody whom both offices added and who is one person; of two names: "
            "HERE=THERE. May be given again.",
        ),
    ] = None,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Take in all that another office's database has.

    Texts, everyone's tags, verdicts, assessments, links and comments, what was assigned and
    settled, and the other's history with them; its file is only read, and a copy of this one is
    made first. Doing it again changes nothing, and both offices come to the same if each merges the
    other's. Texts are the same where their words are, reviewers where they come of one database;
    two people of one name stay two, the later with a number, unless --same says that they are one:
    then all that either did is that person's, now and in later merges, and of what they said of one
    thing in both offices the later stays. What was removed in one office and
    left alone in the other is removed. Where both changed the same thing, a change stays before a
    removal and the later change before the earlier; each such conflict is listed, and the history
    keeps both. A project that either office made blind is blind; of other settings the later
    counts.

    \b
    Example:  python -m annotator merge office-in-lima.db --dry-run
              python -m annotator merge office-in-lima.db --same Amal
    """
    from annotator import merging
    from annotator import store as stores

    path = database(ctx, db)
    with stores.open(path, create=False, readonly=dry_run) as store:
        pairs = merging.same_people(same or ())
        found = merging.merge(store, other, dry_run=dry_run, same=pairs)
    if as_json:
        print_json(merging.record(found))
    else:
        for line in merging.lines(found):
            print_line(line)
    if dry_run:
        tell(f"{path}: nothing was changed")
    elif found.backup:
        tell(f"{path}: merged; as it was before it is kept in {found.backup}")
