"""What reviewers made of it: how far they agree, out as a dataset and in again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from annotator import listing
from annotator.cli.main import app
from annotator.cli.options import Database, Json, database
from annotator.cli.printing import print_json, print_line, tell


def _known(format: str) -> str:
    from annotator import export as stage

    if format not in stage.FORMATS:
        raise typer.BadParameter(f"{format!r} is none of {', '.join(stage.FORMATS)}")
    return format


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
    format: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="FORMAT", callback=_known, help="The kind of file; see above."
        ),
    ] = "jsonl",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="PATH", help="File, folder or .zip; else printed."),
    ] = None,
    table: Annotated[
        str, typer.Option("--table", metavar="NAME", help="Which one, of csv and parquet.")
    ] = "",
    document: Annotated[
        list[str] | None, typer.Option("--document", metavar="NAME", help="Only this one.")
    ] = None,
    reviewer: Annotated[
        list[str] | None, typer.Option("--reviewer", metavar="NAME", help="Only theirs.")
    ] = None,
    concern: Annotated[
        list[str] | None, typer.Option("--concern", metavar="ID", help="Only this one.")
    ] = None,
    code: Annotated[
        list[str] | None,
        typer.Option("--code", metavar="ID", help="Only this one, with its sub-codes."),
    ] = None,
    polarity: Annotated[
        list[str] | None,
        typer.Option("--polarity", metavar="NAME", help="Only risk, or only safeguard."),
    ] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="DAY", help="Last changed then or later: 2026-03-01.")
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="Last changed then or earlier.")
    ] = "",
    settled: Annotated[
        bool, typer.Option("--settled", help="The one view that holds, not each reviewer's.")
    ] = False,
    suggestions: Annotated[
        Literal["decided", "all", "none"],
        typer.Option("--suggestions", help="Those decided on, all of them, or none."),
    ] = "decided",
    rejected: Annotated[
        bool, typer.Option("--rejected/--no-rejected", help="With suggestions nobody wanted.")
    ] = True,
    notes: Annotated[
        bool, typer.Option("--notes/--no-notes", help="With what reviewers wrote.")
    ] = True,
    names: Annotated[
        bool, typer.Option("--names", help="Call reviewers by their names, not by numbers.")
    ] = False,
    context: Annotated[
        Literal["line", "clause"],
        typer.Option("--context", help="What stands around the words in a table."),
    ] = "line",
    db: Database = None,
) -> None:
    """Write the dataset to a file.

    Reviewers are numbers unless --names is given. Options that narrow may be repeated. A blind
    project hides nothing here.

    \b
    for a spreadsheet            csv xlsx
    for NVivo, ATLAS.ti, MAXQDA  qdpx, and the codebook alone qdc
    for another annotation tool  prodigy doccano labelstudio brat conll webanno cas
    for a program                jsonl (everything, and it can be loaded again)
                                 parquet w3c akn docbin
    to read                      report-html report-docx
    to publish                   release

    \b
    csv and parquet hold the annotations; --table reviews, safeguards, suggestions or codebook gives
    another table, --table all every one, in a folder or a .zip. What several files make is a folder
    too, or a zip where --out ends in .zip.

    \b
    Example:  python -m annotator export --format xlsx --concern privacy --out privacy.xlsx
    """
    from annotator import export as stage
    from annotator import store as stores

    selection = stage.Selection(
        documents=tuple(document or ()),
        reviewers=tuple(reviewer or ()),
        concerns=tuple(concern or ()),
        codes=tuple(code or ()),
        polarities=tuple(polarity or ()),
        since=since,
        until=until,
        settled=settled,
        suggestions=suggestions,
        rejected=rejected,
        notes=notes,
        names=names,
        context=context,
    )
    with stores.open(database(ctx, db), create=False, readonly=True) as store:
        if out is None:
            for piece in stage.render(store, format, selection, table=table):
                typer.echo(piece, nl=False)
            return
        size = stage.write(store, format, out, selection, table=table, watch=_told(format))
    tell(f"{out}: written, {listing.count(size, 'byte')}")


def _told(format: str) -> Callable[[int, int], None]:
    """What says on stderr how far a long export is, a line each tenth of the texts."""

    def watch(number: int, total: int) -> None:
        if total >= 100 and number * 10 // total > (number - 1) * 10 // total:
            tell(f"{format}: {number:,} of {listing.count(total, 'text')}")

    return watch
