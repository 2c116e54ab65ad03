"""`load`: what was made elsewhere, brought in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotator.cli.main import app
from annotator.cli.options import Database, Json, database
from annotator.cli.printing import print_json, tell
from annotator.errors import NotFoundError


@app.command()
def load(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file, folder or zip of annotations.")],
    reviewer: Annotated[
        str | None,
        typer.Option("--reviewer", metavar="NAME", help="Whose the marks are that name nobody."),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="NAME", help="Its format; else told by content."),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--map", metavar="CSV", help="A table of what its labels mean here."),
    ] = None,
    write_map: Annotated[
        Path | None,
        typer.Option("--write-map", metavar="CSV", help="Write that table, to fill in."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come in, and store nothing.")
    ] = False,
    with_texts: Annotated[
        bool, typer.Option("--with-texts", help="Store texts that only the file has.")
    ] = False,
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Store the rest where some cannot be placed.")
    ] = False,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Bring in annotations, one's own or another program's.

    Read are JSON Lines and CSV of this program, doccano, Prodigy, Label Studio, brat, CoNLL,
    WebAnno TSV, UIMA CAS XMI, Web Annotation, REFI-QDA and spaCy DocBin; a folder or zip holds
    several files.

    Words that do not stand where the file has them are looked for: what is found elsewhere is told
    with a score, what is in doubt is placed nowhere. Labels that the codebook does not have wait
    for a table: --write-map writes it, with guesses to check; a concern of - leaves a label out.
    What a model predicted or an annotator rejected is counted and left out; marks of one reviewer
    on the same words under the same label become one, with all notes.

    Everything is stored, or nothing where a line is wrong or a mark has no place; --leave-out
    stores the others. Own JSON Lines come back as they were. Any other line needs document, start,
    end, quote, concern and polarity; offsets are characters from 0. Loading it again does nothing.

    \b
    Example:  python -m annotator load project-12.json --reviewer "Reviewer B" --dry-run
    """
    from annotator import codebook, export
    from annotator import store as stores
    from annotator.export import files, labels
    from annotator.export.loading import telling

    path = database(ctx, db)
    # Without the file there is nothing to do, and no database should come of it.
    if not file.exists():
        raise NotFoundError(f"{str(file)!r} is not a file: check the name")
    with stores.open(path) as store:
        report = export.load(
            store,
            file,
            reviewer=reviewer,
            format=format,
            mapping=mapping,
            dry_run=dry_run or write_map is not None,
            with_texts=with_texts,
            leave_out=leave_out,
        )
    for line in telling.load_lines(report):
        tell(line)
    if write_map is not None:
        files.replace(write_map, labels.table(report.unknown, codebook.load()))
        tell(f"{write_map}: {len(report.unknown)} labels to fill in, then give it with --map")
    tell(f"{path}: {telling.load_line(report)}")
    if as_json:
        print_json(telling.load_record(report))
