"""Texts come in: the database with the corpus, files and addresses, versions, clause trees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator import listing, lookup
from annotator.cli.main import app
from annotator.cli.options import Database, Json, KindOption, LanguageOption, database
from annotator.cli.printing import print_json, print_line, progress, refuse, tell
from annotator.errors import AnnotatorError
from annotator.model import Document

if TYPE_CHECKING:
    from annotator.store import Store


@app.command()
def init(
    ctx: typer.Context,
    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", metavar="FOLDER", help="Texts other than the project's own."),
    ] = None,
    db: Database = None,
) -> None:
    """Make the database, load the corpus and highlight it.

    Doing it again adds what is new in the corpus, the codebook or the rules, and nothing else.

    \b
    Example:  python -m annotator init
    """
    from annotator import bootstrap

    path = database(ctx, db)
    report = bootstrap.initialise(path, corpus=corpus, progress=tell)
    for notice in report.notices:
        tell(f"note: {notice}")
    for problem in report.problems:
        tell(f"left out: {problem}")
    for line in listing.init_lines(report):
        tell(f"{path}: {line}")


@app.command()
def intake(
    ctx: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH_OR_URL",
            help="Files (.txt, .md, .html, .pdf, .docx, .xml), folders of them, web addresses.",
        ),
    ],
    kind: KindOption = None,
    language: LanguageOption = None,
    title: Annotated[
        str | None, typer.Option("--title", help="Its title; only with a single file.")
    ] = None,
    replaces: Annotated[
        str | None,
        typer.Option(
            "--replaces", metavar="NAME", help="The stored text whose next version it is."
        ),
    ] = None,
    translation_of: Annotated[
        str | None,
        typer.Option("--translation-of", metavar="NAME", help="The same text in another language."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Open addresses on this machine or network too.")
    ] = False,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Store texts as documents with a clause tree.

    What you name is stored together, or nothing of it where one is wrong. Of a folder, and the
    folders in it, all that can be read is stored, and the rest is listed with the reason (exit 1).
    A text that is stored already is left as it is. A changed text under its name becomes another
    version of the document.

    With --replaces the text becomes the next version of the one it names, and everybody's tags and
    reviews are carried over to it; `carry` says what became of each.

    \b
    Example:  python -m annotator intake treaty.md --kind treaty --language en
              python -m annotator intake archive/ https://example.org/law --kind news
              python -m annotator intake final.pdf --replaces draft-law
    """
    from annotator import store as stores
    from annotator import versions
    from annotator.intake import gather

    if title is not None and len(sources) > 1:
        raise typer.BadParameter("give it with a single file", param_hint="--title")
    if (replaces or translation_of) and (len(sources) > 1 or (replaces and translation_of)):
        raise typer.BadParameter(
            "give one of them, with a single file", param_hint="--replaces, --translation-of"
        )
    found = gather.find(sources)
    if (title is not None or replaces or translation_of) and found.inside:
        raise typer.BadParameter("a folder takes none: name a file", param_hint="PATH_OR_URL")
    for line in listing.skipped_lines(found.skipped):
        tell(line)

    def name(document: Document, store: Store) -> Document:
        as_other = versions.as_next_version if replaces else versions.as_translation
        return as_other(document, store.document(replaces or translation_of or ""))

    def said(kept: gather.Kept) -> Iterator[Callable[[], None]]:
        # What waits for the bar to end holds lines, and not the texts they are about.
        for line in listing.kept_lines(kept, renamed=not (replaces or translation_of)):
            yield partial(tell, line)
        if as_json:
            yield partial(print_json, listing.document_record(kept.document, stored=kept.new))
        else:
            yield partial(print_line, listing.document_line(kept.document))

    with gather.Held() as held, progress(len(found), "Reading") as (step, later):
        reading = partial(
            gather.read_each,
            kind=kind,
            language=language,
            title=title,
            allow_private=allow_private,
        )
        wrong: list[AnnotatorError] = []
        documents = gather.sound(reading(found.named), wrong, step)
        for texts in documents:
            held.add(texts[:1] if replaces or translation_of else texts)
        refuse(wrong, len(found.named), "nothing is stored")
        documents = chain(held, gather.sound(reading(found.inside), wrong, step))
        # A folder without a single sound text makes no database.
        first = next(documents, None)
        if first is not None:
            with stores.open(database(ctx, db)) as store:
                renaming = name if replaces or translation_of else None
                for batch in gather.keep(store, chain([first], documents), name=renaming):
                    for kept in batch:
                        for told in said(kept):
                            later(told)
                        if translation_of and not kept.new:
                            _put_beside(store, kept.document, translation_of)
                if replaces:
                    _carry_over(store, versions.is_latest(store, batch[0].document, replaces))
    refuse(wrong, len(found), "the others are stored")


@app.command()
def carry(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(help="A stored document's slug, id or hash.")],
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="VERSION", help="Its number, id or hash; else the last."),
    ] = None,
    back: Annotated[
        bool, typer.Option("--back", help="Take back the latest carrying instead.")
    ] = False,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Carry tags and reviews over from the version of a text before.

    Discussions go with their clause. Tags go where the same words stand in the same clause, else
    where the words around them or enough of their own say so, and only if no other place is nearly
    as good. The others wait for the person whose they are, on the page Versions, and so do
    discussions whose clause is gone. A review stays where the words did. Prints what became of each
    tag, also of those carried before, and what waits; doing it again adds only what is new.

    \b
    Example:  python -m annotator carry draft-law
    """
    from annotator import store as stores
    from annotator import versions

    with stores.open(database(ctx, db), create=False) as store:
        if back:
            versions.put_back(store, document)
            tell(f"{document}: the latest carrying is taken back")
            return
        _carry_over(store, store.document(document), source=source)
        names = {reviewer.id: reviewer.name for reviewer in store.reviewers()}
        new = store.document(document)
        for tag in versions.carried_tags(store, document):
            if as_json:
                print_json(listing.carried_record(new, tag, names))
            else:
                print_line(listing.carried_line(new, tag))
        for thread in versions.waiting_threads(store, document):
            if as_json:
                print_json(listing.thread_record(thread, names))
            else:
                print_line(listing.thread_line(thread, names))


@app.command()
def outline(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(help="A file, or a stored document's slug, id or hash.")],
    kind: KindOption = None,
    language: LanguageOption = None,
    references: Annotated[
        bool,
        typer.Option("--references", help="What its clauses refer to, instead of the tree."),
    ] = False,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Print the clause tree of a document.

    A file is read and not stored. With --references, each cross-reference and the clause it names.

    \b
    Example:  python -m annotator outline un-cybercrime-convention
    """
    from annotator import intake as stage

    document = lookup.document(database(ctx, db), source, kind=kind, language=language)
    if references:
        from annotator.intake.references import find

        found = find(document)
        if as_json:
            for record in listing.reference_records(document, found):
                print_json(record)
        else:
            for line in listing.reference_lines(document, found):
                print_line(line)
        return
    if as_json:
        print_json(stage.outline(document))
        return
    for warning in document.warnings:
        tell(f"note: {warning}")
    for line in listing.outline_lines(document):
        print_line(line)


def _put_beside(store: Store, document: Document, other: str) -> None:
    """Make a text that is stored already a language version of another."""
    from annotator.store import work_of

    main = store.document(other)
    if document.id != main.id and store.set_work(document.id, work_of(main)):
        tell(f"{document.slug}: now beside {main.slug}, in another language")


def _carry_over(store: Store, document: Document, *, source: str | None = None) -> None:
    """Carry what was said to a version of a text, highlighted first, so that decisions come too."""
    from annotator import highlight as stage
    from annotator import safeguards, versions

    versions.previous(store, document.id, source=source)  # else nothing need be highlighted
    if store.ruleset(document.id) is None:
        try:
            ((ruleset, suggestions),) = stage.highlight_many([document])
            store.set_suggestions(document.id, ruleset, suggestions)
            safeguards.propose(store, document.id)
        except AnnotatorError as error:
            tell(f"note: {document.slug}: {error}")
    report = versions.bring_over(store, document.id, source=source)
    for line in listing.carry_lines(report):
        tell(f"{document.slug}: {line}")
