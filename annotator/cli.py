"""The commands, named after the stages. The only module that prints.

Results go to stdout, messages and progress to stderr. Exit 0: done. 1: a mistake that one line on
stderr explains. 2: a command that was not called rightly. Stages are imported inside the commands,
so that `--help` does not wait for them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from annotator import __version__, listing, lookup
from annotator.errors import AnnotatorError, NotFoundError
from annotator.model import Assessment, Document, Kind

if TYPE_CHECKING:
    from annotator.store import Store

Half = Literal["all", "dev", "held-out"]
Format = Literal["jsonl", "csv"]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Database = Annotated[
    Path | None,
    typer.Option("--db", metavar="FILE", help="The database; else ANNOTATOR_DB, annotations.db."),
]
KindOption = Annotated[
    Kind | None, typer.Option("--kind", help="What it is; found in the text where not given.")
]
LanguageOption = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="Its language, such as en; else guessed."),
]
PipelineOption = Annotated[
    str | None,
    typer.Option("--pipeline", metavar="NAME", help="An installed spaCy pipeline to use."),
]

# From so many texts on it is worth saying how far one is.
_MANY = 50


class _Commands(TyperGroup):
    """Turns a user's mistake into one line and exit code 1, for every command."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except AnnotatorError as error:
            _tell(f"error: {error}")
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _main(
    ctx: typer.Context,
    db: Annotated[
        Path,
        typer.Option("--db", metavar="FILE", envvar="ANNOTATOR_DB", help="The database."),
    ] = Path("annotations.db"),
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Read treaties and news for what they do to privacy, press freedom and whistleblowers.

    \b
    The way through:  init -> intake -> highlight -> (review in the browser) -> compare -> export
    Each command has its own help:  python -m annotator intake --help
    """
    ctx.obj = db
    if version:
        _print(__version__)
    elif ctx.invoked_subcommand is None:
        _print(ctx.get_help())


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

    path = _database(ctx, db)
    report = bootstrap.initialise(path, corpus=corpus, progress=_tell)
    for notice in report.notices:
        _tell(f"note: {notice}")
    for problem in report.problems:
        _tell(f"left out: {problem}")
    for line in listing.init_lines(report):
        _tell(f"{path}: {line}")


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
        _tell(line)

    def name(document: Document, store: Store) -> Document:
        as_other = versions.as_next_version if replaces else versions.as_translation
        return as_other(document, store.document(replaces or translation_of or ""))

    def said(kept: gather.Kept) -> None:
        for line in listing.kept_lines(kept, renamed=not (replaces or translation_of)):
            _tell(line)
        if as_json:
            _print_json(listing.document_record(kept.document, stored=kept.new))
        else:
            _print(listing.document_line(kept.document))

    with gather.Held() as held, _progress(len(found), "Reading") as (step, later):
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
        _refuse(wrong, len(found.named), "nothing is stored")
        documents = chain(held, gather.sound(reading(found.inside), wrong, step))
        # A folder without a single sound text makes no database.
        first = next(documents, None)
        if first is not None:
            with stores.open(_database(ctx, db)) as store:
                renaming = name if replaces or translation_of else None
                for batch in gather.keep(store, chain([first], documents), name=renaming):
                    for kept in batch:
                        later(partial(said, kept))
                if replaces:
                    _carry_over(store, versions.is_latest(store, batch[0].document, replaces))
    _refuse(wrong, len(found), "the others are stored")


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

    Tags go where the same words stand in the same clause, else where the words around them or
    enough of their own say so, and only if no other place is nearly as good. The others wait for
    the person whose they are, on the page Versions. A review stays where the words did. Prints what
    became of each tag, also of those carried before; doing it again adds only what is new.

    \b
    Example:  python -m annotator carry draft-law
    """
    from annotator import store as stores
    from annotator import versions

    with stores.open(_database(ctx, db), create=False) as store:
        if back:
            versions.put_back(store, document)
            _tell(f"{document}: the latest carrying is taken back")
            return
        _carry_over(store, store.document(document), source=source)
        names = {reviewer.id: reviewer.name for reviewer in store.reviewers()}
        new = store.document(document)
        for tag in versions.carried_tags(store, document):
            if as_json:
                _print_json(listing.carried_record(new, tag, names))
            else:
                _print(listing.carried_line(new, tag))


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

    document = lookup.document(_database(ctx, db), source, kind=kind, language=language)
    if references:
        from annotator.intake.references import find

        found = find(document)
        if as_json:
            for record in listing.reference_records(document, found):
                _print_json(record)
        else:
            for line in listing.reference_lines(document, found):
                _print(line)
        return
    if as_json:
        _print_json(stage.outline(document))
        return
    for warning in document.warnings:
        _tell(f"note: {warning}")
    for line in listing.outline_lines(document):
        _print(line)


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

    path = _database(ctx, db)
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
            _tell(f"{document.slug}: {listing.count(len(suggestions), 'suggestion')} stored")
        if as_json:
            for suggestion in suggestions:
                _print_json(listing.suggestion_record(document, suggestion))
        elif is_file:
            for suggestion in suggestions:
                _print(listing.suggestion_line(document, suggestion))
        else:
            for line in listing.label_lines(document, suggestions):
                _print(line)


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

    path = _database(ctx, db)
    document = lookup.document(path, source, kind=kind, language=language)
    reader = stage.load(document.language)
    if reader.notice:
        _tell(f"note: {reader.notice}")
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
            _print_json(record)
        return
    for line in lines.lines(document, found):
        _print(line)


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

    \b
    Example:  python -m annotator evaluate tests/gold/sentences.jsonl --half dev --errors
              python -m annotator evaluate gold/budapest.jsonl --source treaties/budapest.txt
    """
    from annotator import highlight as stage

    path = _database(ctx, db)
    standard = stage.read_gold(gold)
    chosen = standard.half(half or "all")
    texts = (
        [lookup.document(path, source) for source in sources]
        if sources
        else lookup.texts_of_gold(path, chosen)
    )
    highlighters = stage.Highlighters(pipeline=pipeline)
    measured = stage.evaluate(chosen, texts, highlighters=highlighters, min_score=min_score)
    shown = [one for one in measured.mistakes if half or not one.unit.held_out] if errors else []
    if as_json:
        for row in measured.rows:
            _print_json(listing.measure_record(row))
        for mistake in shown:
            _print_json(listing.mistake_record(mistake))
        return
    for line in chain(listing.measure_lines(measured), [""] * bool(shown)):
        _print(line)
    for line in listing.mistake_lines(shown):
        _print(line)


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

    with stores.open(_database(ctx, db), create=False, readonly=True) as store:
        text = store.document(document)
        chosen = lookup.readers(store, text, reviewer or ())
        annotations = store.annotations(document=text.id)
        reviews = store.reviews(document=text.id)
    results = []
    for concern in codebook.load().concerns:
        values = stage.clause_values(text, annotations, reviews, list(chosen), concern=concern.id)
        results.append((stage.agreement(values), stage.pair_agreements(values)))
    if as_json:
        _print_json(listing.comparison_record(text, chosen, results))
        return
    for line in listing.comparison_lines(text, chosen, results):
        _print(line)


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
    with stores.open(_database(ctx, db), create=False, readonly=True) as store:
        if out is None:
            typer.echo(stage.render(store, format, **chosen), nl=False)
            return
        stage.write(store, format, out, **chosen)
    _tell(f"{out}: written")


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

    path = _database(ctx, db)
    # Without the file there is nothing to do, and no database should come of it.
    if not file.is_file():
        raise NotFoundError(f"{str(file)!r} is not a file: check the name")
    with stores.open(path) as store:
        report = stage.load(store, file, reviewer=reviewer)
    for name in report.reviewers:
        _tell(f"{name!r} is a new reviewer")
    _tell(f"{path}: {listing.load_line(report)}")
    if as_json:
        _print_json(listing.load_record(report))


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

    book, path = codebooks.load(), _database(ctx, db)
    if path.exists():
        with stores.open(path, create=False, readonly=True) as store:
            found = record(book, store)
    else:
        found = record(book, None)
    if as_json:
        _print_json(found)
    else:
        for line in lines(found):
            _print(line)
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

    path = _database(ctx, db)
    with stores.open(path, create=False, readonly=True) as store:
        if out is None:
            folder = path.parent / "backups"
            folder.mkdir(exist_ok=True)
            out = folder / f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.db"
        store.backup(out)
    _print(str(out))


@app.command()
def verify(ctx: typer.Context, as_json: Json = False, db: Database = None) -> None:
    """Check that the database is sound.

    The file, every text and span and the whole history are checked; exit 1 where one is wrong.

    \b
    Example:  python -m annotator verify
    """
    from annotator import store as stores

    path = _database(ctx, db)
    with stores.open(path, create=False, readonly=True) as store:
        problems = store.verify()
    if as_json:
        _print_json({"sound": not problems, "problems": problems})
    else:
        for problem in problems:
            _print(problem)
    if problems:
        raise AnnotatorError(
            f"{str(path)!r} has {listing.count(len(problems), 'problem')}: see above"
        )
    _tell(f"{path}: sound")


# What commands share


def _check_rules(language: str | None, *, as_json: bool) -> None:
    """Print what is wrong in the rules of a language, or of each, and with their examples."""
    from annotator import highlight as stage

    wrong = 0
    for code in stage.languages() if language is None else [language]:
        checked = stage.check(code)
        wrong += len(checked.wrong)
        for line in checked.wrong:
            if as_json:
                _print_json({"language": checked.language, "problem": line})
            else:
                _print(line)
        _tell(f"{checked.language}: {listing.count(checked.rules, 'sound rule')}")
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
        _tell(f"left out: {line}")
    return len(problems)


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
            _tell(f"note: {document.slug}: {error}")
    report = versions.bring_over(store, document.id, source=source)
    for line in listing.carry_lines(report):
        _tell(f"{document.slug}: {line}")


def _database(ctx: typer.Context, given: Path | None) -> Path:
    """The database named behind the command, else before it, else in the environment."""
    chosen = ctx.obj if given is None else given
    assert isinstance(chosen, Path)
    return chosen


@contextmanager
def _progress(
    total: int, what: str
) -> Iterator[tuple[Callable[[], None], Callable[[Callable[[], None]], None]]]:
    """How far a long work is, on stderr: a bar on a terminal, else a line for each tenth of it.

    Gives what to call after each step, and what to hand prints to, which must not break the bar.
    """
    if total > 1 and sys.stderr.isatty():
        waiting: list[Callable[[], None]] = []
        try:
            with typer.progressbar(length=total, label=what, file=sys.stderr) as bar:
                yield lambda: bar.update(1), waiting.append
        finally:
            for line in waiting:
                line()
        return
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if total >= _MANY and done * 10 // total > (done - 1) * 10 // total:
            _tell(f"{what}: {done:,} of {total:,}")

    yield step, lambda line: line()


def _refuse(wrong: Sequence[AnnotatorError], total: int, outcome: str) -> None:
    """End with the mistakes in texts, if there are any: one as it is, more of them a line each."""
    if not wrong:
        return
    if total == 1:
        raise wrong[0]
    if len(wrong) == 1:
        raise AnnotatorError(f"{wrong[0]} ({outcome})")
    for error in wrong:
        _tell(f"wrong: {error}")
    raise AnnotatorError(f"{len(wrong):,} of {total:,} texts cannot be read, {outcome}: see above")


def _print(text: str) -> None:
    """A line of results; characters that would steer a terminal are shown as spaces."""
    typer.echo("\n".join(listing.harmless(line) for line in text.split("\n")))


def _tell(message: str) -> None:
    """A line for the person, not for a program that reads the results."""
    typer.echo(listing.harmless(message), err=True)


def _print_json(value: object) -> None:
    """A line of JSON, UTF-8 whatever the terminal is set to."""
    typer.echo((json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8"), nl=False)
