"""What reviewers made of it: how far they agree, out as a dataset and in again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from annotator import listing, lookup
from annotator.cli.main import app
from annotator.cli.options import Database, Json, database
from annotator.cli.printing import print_json, print_line, tell
from annotator.errors import NotFoundError

Format = Literal["jsonl", "csv"]


@app.command()
def compare(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(help="A stored document's slug, id or hash.")],
    reviewer: Annotated[
        list[str] | None,
        typer.Option("--reviewer", metavar="NAME", help="Two or more; else all who read in it."),
    ] = None,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Say how far reviewers agree on a document.

    Each pair's share of equal clauses and Cohen's kappa, then Krippendorff's alpha. Only clauses
    count that both, or at least two, have marked as read. A figure that the data cannot bear is
    left empty rather than guessed.

    \b
    Example:  python -m annotator compare un-cybercrime-convention --reviewer Ann --reviewer Béla
    """
    from annotator import codebook
    from annotator import compare as stage
    from annotator import store as stores

    with stores.open(database(ctx, db), create=False, readonly=True) as store:
        text = store.document(document)
        chosen = lookup.readers(store, text, reviewer or ())
        annotations = store.annotations(document=text.id)
        reviews = store.reviews(document=text.id)
    results = []
    for concern in codebook.load().concerns:
        values = stage.clause_values(text, annotations, reviews, list(chosen), concern=concern.id)
        results.append((stage.agreement(values), stage.pair_agreements(values)))
    if as_json:
        print_json(listing.comparison_record(text, chosen, results))
        return
    for line in listing.comparison_lines(text, chosen, results):
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
    db: Database = None,
) -> None:
    """Write the dataset to a file.

    jsonl holds everything and can be loaded again; csv is for spreadsheets.

    \b
    Example:  python -m annotator export --format csv --out dataset.csv
    """
    from annotator import export as stage
    from annotator import store as stores

    chosen: dict[str, Any] = {"documents": document, "reviewers": reviewer}
    with stores.open(database(ctx, db), create=False, readonly=True) as store:
        if out is None:
            typer.echo(stage.render(store, format, **chosen), nl=False)
            return
        stage.write(store, format, out, **chosen)
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
