"""Texts are read: what may matter, powers against safeguards, and how well that is found."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal

import typer

from annotator import listing, lookup
from annotator.cli.main import app
from annotator.cli.options import (
    Database,
    Json,
    KindOption,
    LanguageOption,
    PipelineOption,
    database,
)
from annotator.cli.printing import print_json, print_line, tell
from annotator.errors import AnnotatorError
from annotator.model import Assessment

Half = Literal["all", "dev", "held-out"]


@app.command()
def highlight(
    ctx: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Stored documents (slug, id or hash) or files."),
    ] = None,
    as_json: Json = False,
    check: Annotated[
        bool, typer.Option("--check", help="Try the rules on their own examples instead.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Do nothing while a rule has a mistake.")
    ] = False,
    workers: Annotated[
        int, typer.Option("--workers", min=1, help="Processes; a document goes to one of them.")
    ] = 1,
    pipeline: PipelineOption = None,
    kind: KindOption = None,
    language: LanguageOption = None,
    db: Database = None,
) -> None:
    """Find what may matter, and why.

    The suggestions are stored with stored documents, and printed for a file. A rule with a mistake
    is left out, and a line on stderr says which and why.

    \b
    Example:  python -m annotator highlight un-cybercrime-convention
              python -m annotator highlight draft-law.txt --json
              python -m annotator highlight --check --language en
    """
    if check == bool(sources):
        raise typer.BadParameter("name documents or files, or --check for the rules themselves")
    if check or sources is None:
        _check_rules(language, as_json=as_json)
        return
    from annotator import highlight as stage
    from annotator import safeguards
    from annotator import store as stores

    path = database(ctx, db)
    readers = safeguards.Readers()
    documents = [lookup.document(path, source, kind=kind, language=language) for source in sources]
    problems = _tell_left_out(document.language for document in documents)
    if strict and problems:
        raise AnnotatorError(
            f"the rules have {listing.count(problems, 'mistake')}, and nothing was done: see above"
        )
    found = stage.highlight_many(documents, pipeline=pipeline, workers=workers)
    for source, document, (ruleset, suggestions) in zip(sources, documents, found, strict=True):
        is_file = lookup.is_file(source) or lookup.is_address(source)
        if not is_file:
            with stores.open(path, create=False) as store:
                store.set_suggestions(document.id, ruleset, suggestions)
                safeguards.propose(store, document.id, readers=readers)
            tell(f"{document.slug}: {listing.count(len(suggestions), 'suggestion')} stored")
        if as_json:
            for suggestion in suggestions:
                print_json(listing.suggestion_record(document, suggestion))
        elif is_file:
            for suggestion in suggestions:
                print_line(listing.suggestion_line(document, suggestion))
        else:
            for line in listing.label_lines(document, suggestions):
                print_line(line)


@app.command()
def safeguards(
    ctx: typer.Context,
    source: Annotated[
        str, typer.Argument(help="A stored document (slug, id or hash), a file or an address.")
    ],
    kind: KindOption = None,
    language: LanguageOption = None,
    as_json: Json = False,
    as_csv: Annotated[
        bool,
        typer.Option("--csv", help="A table with a row a safeguard, and what reviewers said."),
    ] = False,
    db: Database = None,
) -> None:
    """Hold powers and offences against their safeguards.

    Each is present in the article, by reference or in a general clause, weak, or absent. What is
    found is stored with a stored document, and only printed for a file.

    \b
    Example:  python -m annotator safeguards un-cybercrime-convention
    """
    from annotator import safeguards as stage
    from annotator import store as stores
    from annotator.intake.references import find
    from annotator.safeguards import lines

    path = database(ctx, db)
    document = lookup.document(path, source, kind=kind, language=language)
    reader = stage.load(document.language)
    if reader.notice:
        tell(f"note: {reader.notice}")
    said, names = list[Assessment](), dict[str, str]()
    if lookup.is_file(source) or lookup.is_address(source):
        found = reader.read(document, find(document))
    else:
        with stores.open(path, create=False) as store:
            found = reader.read(document, store.cross_references(document.id))
            if document.kind == "treaty":
                store.set_powers(document.id, reader.ruleset, found)
            said = store.assessments(document=document.id)
            names = {reviewer.id: reviewer.name for reviewer in store.reviewers()}
    if as_csv:
        from annotator import codebook
        from annotator.safeguards import matrix, table_csv

        tables = matrix.tables(document, found, said, codebook.load())
        typer.echo(table_csv.findings(document, tables, names), nl=False)
        return
    if as_json:
        for record in lines.records(document, found):
            print_json(record)
        return
    for line in lines.lines(document, found):
        print_line(line)


@app.command()
def evaluate(
    ctx: typer.Context,
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD.jsonl", help="What a careful reader marks.")
    ],
    sources: Annotated[
        list[str] | None,
        typer.Option("--source", help="The text: a file, or a stored document's slug, id or hash."),
    ] = None,
    half: Annotated[
        Half | None, typer.Option("--half", help="One half of the units: dev or held-out.")
    ] = None,
    min_score: Annotated[
        float, typer.Option("--min-score", min=0, max=1, help="Leave weaker suggestions out.")
    ] = 0.0,
    codes: Annotated[
        str | None,
        typer.Option(
            "--codes",
            metavar="CODE,...",
            help="Only suggestions under these codes of the codebook count; `any` for all.",
        ),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="List misses and false alarms too.")
    ] = False,
    pipeline: PipelineOption = None,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Measure highlights against a gold file.

    Precision, recall and F1 are taken over its units (articles, clauses or sentences), per concern
    and polarity. Without --source the texts are those that the file names: stored, in a file beside
    it or in `treaties` or `news` beside its folder, or of the project's corpus. --errors keeps to
    the half for development unless --half names another, so that nobody writes rules for sentences
    that are held out.

    In a file whose lines say only whether they are about the press (`press`), suggestions count
    that are about the press itself: censorship, sources, attacks, media_freedom. --codes any counts
    speech in general as well.

    \b
    Example:  python -m annotator evaluate tests/gold/sentences.jsonl --half dev --errors
              python -m annotator evaluate gold/budapest.jsonl --source treaties/budapest.txt
    """
    from annotator import highlight as stage

    path = database(ctx, db)
    standard = stage.read_gold(gold)
    chosen = standard.half(half or "all")
    texts = (
        [lookup.document(path, source) for source in sources]
        if sources
        else lookup.texts_of_gold(path, chosen)
    )
    highlighters = stage.Highlighters(pipeline=pipeline)
    counted = None if codes is None else () if codes == "any" else codes.split(",")
    measured = stage.evaluate(
        chosen, texts, highlighters=highlighters, min_score=min_score, codes=counted
    )
    shown = [one for one in measured.mistakes if half or not one.unit.held_out] if errors else []
    if as_json:
        for row in measured.rows:
            print_json(listing.measure_record(row) | {"codes": list(measured.codes)})
        for mistake in shown:
            print_json(listing.mistake_record(mistake))
        return
    for line in chain(listing.measure_lines(measured), [""] * bool(shown)):
        print_line(line)
    for line in listing.mistake_lines(shown):
        print_line(line)


def _check_rules(language: str | None, *, as_json: bool) -> None:
    """Print what is wrong in the rules of a language, or of each, and with their examples."""
    from annotator import highlight as stage

    wrong = 0
    for code in stage.languages() if language is None else [language]:
        checked = stage.check(code)
        wrong += len(checked.wrong)
        for line in checked.wrong:
            if as_json:
                print_json({"language": checked.language, "problem": line})
            else:
                print_line(line)
        tell(f"{checked.language}: {listing.count(checked.rules, 'sound rule')}")
    if wrong:
        raise AnnotatorError(f"{listing.count(wrong, 'thing')} to put right in the rules")


def _tell_left_out(languages: Iterable[str]) -> int:
    """Say which rules and files have a mistake and are left out; how many."""
    from annotator import highlight as stage

    problems = [
        line
        for code in dict.fromkeys(stage.check_language(language) for language in languages)
        for line in stage.problems(code)
    ]
    for line in problems:
        tell(f"left out: {line}")
    return len(problems)
