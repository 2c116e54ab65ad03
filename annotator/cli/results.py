"""What reviewers made of it: how far they agree, out as a dataset and in again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from annotator import listing
from annotator.cli.main import app
from annotator.cli.options import Database, Json, database
from annotator.cli.printing import print_json, print_line, tell
from annotator.errors import NotFoundError

Format = Literal["jsonl", "csv"]


@app.command()
def settle(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(help="Its slug, id or hash.")],
    reviewer: Annotated[
        list[str] | None,
        typer.Option("--reviewer", metavar="NAME", help="Only they; else all who read in it."),
    ] = None,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Show what of a document is settled and what waits.

    What all who have read a clause agree on is settled (unanimous), and so is what an adjudicator
    decided, be it that reviewers disagree; what more than half of them say (majority), or nobody's
    view outweighs (open), waits. A clause that fewer than two have read is not settled: silence is
    not agreement. What was decided counts until a reader of the clause says something else, which
    reopens it. Then come the reasons that adjudicators gave, by code, and how each reviewer's marks
    compare with what is settled, month by month. Nothing is changed. A blind project hides nothing
    here.

    \b
    Example:  python -m annotator settle un-cybercrime-convention --json
    """
    from annotator import store as stores
    from annotator.compare import Text, against, settled, settling

    with stores.open(database(ctx, db), create=False, readonly=True) as store, store.snapshot():
        text = store.document(document)
        made = Text(text, store.annotations(document=text.id), store.reviews(document=text.id))
        decided = store.adjudications(document=text.id)
        names = {one.id: one.name for one in store.reviewers()}
        read = {one.reviewer for one in made.reviews if one.done}
        chosen = [store.reviewer(name).id for name in reviewer] if reviewer else sorted(read)
    found = settling.settle(text, made.annotations, made.reviews, chosen, decided)
    view = settled.View(
        text.slug,
        tuple(found),
        tuple(settling.reasons(decided)),
        {who: tuple(against.over_time([(made, found)], who)) for who in chosen},
        names,
    )
    if as_json:
        print_json(settled.view_record(view))
        return
    for line in settled.lines(view):
        print_line(line)


@app.command()
def export(
    ctx: typer.Context,
    format: Annotated[Format, typer.Option("--format", "-f", help="The kind of file.")] = "jsonl",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Where to; else it is printed."),
    ] = None,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", metavar="NAME", help="Only this one; may be repeated."),
    ] = None,
    reviewer: Annotated[
        list[str] | None,
        typer.Option("--reviewer", metavar="NAME", help="Only theirs; may be repeated."),
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Call reviewers by their names, not by numbers.")
    ] = False,
    db: Database = None,
) -> None:
    """Write the dataset to a file.

    jsonl holds everything and can be loaded again; csv is for spreadsheets. A blind project hides
    nothing here.

    \b
    Example:  python -m annotator export --format csv --out dataset.csv
    """
    from annotator import export as stage
    from annotator import store as stores

    selection = stage.Selection(documents=document or (), reviewers=reviewer or (), names=names)
    with stores.open(database(ctx, db), create=False, readonly=True) as store:
        if out is None:
            for piece in stage.render(store, format, selection):
                typer.echo(piece, nl=False)
            return
        stage.write(store, format, out, selection)
    tell(f"{out}: written")


@app.command()
def load(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="JSON Lines, one's own or another program's.")],
    reviewer: Annotated[
        str | None,
        typer.Option("--reviewer", metavar="NAME", help="Whose the lines are that name nobody."),
    ] = None,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Bring annotations in from a file.

    Every line is stored, or none where one of them is wrong. Lines of this program come back as
    they were. A line of another program needs document, start, end, quote, concern and polarity;
    offsets are characters from 0. Loading it again does nothing.

    \b
    Example:  python -m annotator load colleague.jsonl --reviewer "Reviewer B"
    """
    from annotator import export as stage
    from annotator import store as stores

    path = database(ctx, db)
    # Without the file there is nothing to do, and no database should come of it.
    if not file.is_file():
        raise NotFoundError(f"{str(file)!r} is not a file: check the name")
    with stores.open(path) as store:
        report = stage.load(store, file, reviewer=reviewer)
    for name in report.reviewers:
        tell(f"{name!r} is a new reviewer")
    tell(f"{path}: {listing.load_line(report)}")
    if as_json:
        print_json(listing.load_record(report))
