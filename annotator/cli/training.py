"""A model of what reviewers tag, where their decisions can bear one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from annotator import listing
from annotator.cli.main import app
from annotator.cli.options import Database, Json, database
from annotator.cli.printing import print_json, print_line, tell


@app.command()
def train(
    ctx: typer.Context,
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help="Of which texts.")
    ] = "en",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Where to; else beside the database."),
    ] = None,
    unsure: Annotated[
        str | None,
        typer.Option("--unsure", metavar="NAME", help="List a text's clauses by doubt instead."),
    ] = None,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Learn from decisions, if that helps.

    Every text is left out in turn, and a small model of the others has to put its tagged clauses
    higher than the rules do (average precision, 0 to 1); only then is it kept. It needs 300 clauses
    marked as done, 60 of them tagged, in 3 texts. With --unsure, the clauses of a text that nobody
    has marked as done, those first that the model is least sure of. A model can also propose, as
    `highlight --pipeline FOLDER`.

    \b
    Example:  python -m annotator train
              python -m annotator train --unsure draft-law
    """
    from annotator import store as stores
    from annotator.highlight import check_language, training

    path = database(ctx, db)
    folder = out or path.with_name(f"{path.stem}-model-{language}")
    with stores.open(path, create=False, readonly=True) as store:
        if unsure is not None:
            document = store.document(unsure)
            done = {one.eid for one in store.reviews(document=document.id) if one.done}
            for waiting in training.unsure(folder, document, done):
                citation = document.clause(waiting.eid).citation
                if as_json:
                    print_json({"citation": citation, **asdict(waiting)})
                else:
                    print_line(f"{waiting.probability:.2f}  {waiting.concern}  {citation}")
            return
        read = training.examples(store, check_language(language))
    training.check(read)
    proofs = training.prove(read, language)
    for proof in proofs:
        if as_json:
            print_json(asdict(proof))
        else:
            print_line(
                f"{proof.document}  model {proof.model:.2f}  rules {proof.rules:.2f}  "
                f"({proof.tagged} of {proof.clauses} clauses tagged)"
            )
    if not training.is_proved(proofs):
        tell(
            "it does not put tagged clauses clearly higher than the rules do, so none is kept: "
            "try again with more decisions"
        )
        return
    training.fit(read, language).to_disk(folder)
    tell(f"{folder}: a model of {listing.count(len(read), 'clause')}")
