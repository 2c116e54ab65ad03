"""How far reviewers agree."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from annotator import lookup
from annotator.cli.main import app
from annotator.cli.options import Database, Json, database
from annotator.cli.printing import print_json, print_line
from annotator.errors import AnnotatorError


class By(StrEnum):
    """What agreement can be told by: a question asked of every clause, a part of them, an order."""

    concern = "concern"
    polarity = "polarity"
    code = "code"
    severity = "severity"
    concerns = "concerns"
    safeguard = "safeguard"
    marks = "marks"
    pair = "pair"
    document = "document"
    article = "article"
    month = "month"
    week = "week"
    confusion = "confusion"
    talk = "talk"


@app.command()
def compare(
    ctx: typer.Context,
    documents: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DOCUMENT]...",
            help="Slugs, ids or hashes, measured together; else all that two have read in.",
            show_default=False,
        ),
    ] = None,
    reviewer: Annotated[
        list[str] | None,
        typer.Option("--reviewer", metavar="NAME", help="Two or more; else all who read in them."),
    ] = None,
    by: Annotated[
        list[By] | None,
        typer.Option("--by", help="Also every measure by this; may be repeated."),
    ] = None,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Say how far reviewers agree.

    On a document, or on several together: each pair's share of equal clauses and Cohen's kappa,
    then Krippendorff's alpha. Only clauses count that both, or at least two, have marked as read. A
    figure that the data cannot bear is left empty rather than guessed. With --by also Fleiss'
    kappa, Gwet's AC1 and alpha: of each concern, polarity, code, severity, set of concerns or
    safeguard; or of each document, article, month or week of review. --by pair tells what is asked
    of each two reviewers too, --by marks how far they mark the same words (precision, recall, F1,
    alpha for unitizing, and gamma where pygamma-agreement is installed). --by confusion says which
    labels are taken for which, --by talk which clauses to talk about first, and why. --json has all
    of it but documents, articles, months and weeks, which are there where they are asked for. A
    blind project hides nothing here.

    \b
    Example:  python -m annotator compare un-cybercrime-convention --by code --by talk
    """
    from annotator import codebook
    from annotator import store as stores
    from annotator.compare import QUESTION_KINDS, gathered, read_by_several
    from annotator.compare import listing as words
    from annotator.compare.record import record

    kinds = [kind.value for kind in By if kind in (by or ())]
    with stores.open(database(ctx, db), create=False, readonly=True) as store, store.snapshot():
        asked = [store.document(name).id for name in documents or ()] or read_by_several(store)
        if not asked:
            raise AnnotatorError(
                "no text was read by two reviewers yet: there is nothing to compare"
            )
        texts = [gathered(store, store.document(id)) for id in dict.fromkeys(asked)]
        names = lookup.readers(store, [text.document for text in texts], reviewer or ())
    # A part that is asked for comes on top: the rest of what programs get does not go for it.
    wanted = [*QUESTION_KINDS, "marks"] if as_json else ["concern"]
    found = words.compared(texts, names, codebook.load(), *wanted, *kinds)
    if as_json:
        print_json(record(found))
        return
    for line in words.lines(found, kinds=kinds):
        print_line(line)
