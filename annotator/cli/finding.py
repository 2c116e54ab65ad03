"""What is stored is found again, and many tags are re-coded at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from annotator import listing
from annotator.cli.main import app
from annotator.cli.options import Database, Json, database
from annotator.cli.printing import print_json, print_line, tell
from annotator.errors import AnnotatorError
from annotator.model import Kind, Polarity, Severity

if TYPE_CHECKING:
    from annotator.codebook import Codebook
    from annotator.review.recoding import Plan
    from annotator.search import Filters, State
    from annotator.store import Store

Word = TypeVar("Word", bound=str)
ConcernOption = Annotated[
    str | None, typer.Option("--concern", metavar="ID", help="Only where a tag has this concern.")
]
CodeOption = Annotated[
    str | None, typer.Option("--code", metavar="ID", help="And this code, or one of its sub-codes.")
]
PolarityOption = Annotated[Polarity | None, typer.Option("--polarity", help="Of the tag.")]
SeverityOption = Annotated[Severity | None, typer.Option("--severity", help="Of the tag.")]
DocumentOption = Annotated[
    str | None, typer.Option("--document", metavar="SLUG", help="Only in this text.")
]


@app.command()
def search(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="What to find; see below.")
    ] = None,
    concern: ConcernOption = None,
    code: CodeOption = None,
    polarity: PolarityOption = None,
    severity: SeverityOption = None,
    tagged_by: Annotated[
        str | None, typer.Option("--tagged-by", metavar="NAME", help="Whose tag it is.")
    ] = None,
    document: DocumentOption = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Only texts in it.")
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only such texts.")] = None,
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            metavar="STATE",
            help="How --reviewer left the clause: not_reviewed, concern, no_concern, reopened.",
        ),
    ] = None,
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", metavar="NAME", help="Whose --state is meant.")
    ] = None,
    places: Annotated[
        list[str] | None,
        typer.Option("--in", metavar="PLACE", help="texts, tags, notes, suggestions; repeatable."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many clauses.")] = 20,
    offset: Annotated[int, typer.Option("--offset", min=0, help="After so many.")] = 0,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the search anew first, from what is stored.")
    ] = False,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Find clauses by their words, tags and notes, in any language.

    All words must be there. "exact words" stand one after another, begin* is the beginning of a
    word, a OR b either, -word leaves out. Without words, what the options leave is listed.

    \b
    Example:  python -m annotator search 'interception "content data"'
              python -m annotator search --concern privacy --polarity risk --json
              python -m annotator search 电子证据
    """
    from annotator import codebook
    from annotator import search as stage

    path = database(ctx, db)
    query = stage.parse(" ".join(words or []))
    book = codebook.load()
    with _opened(path) as store:
        if rebuild:
            store.forget_search()
        where = frozenset(_one_of(stage.PLACES, place, "--in") for place in places or ())
        filters = stage.Filters(
            document=store.document(document).slug if document else None,
            kind=kind,
            language=language,
            concern=book.concern(concern).id if concern else None,
            codes=_codes(book, concern, code),
            polarity=polarity,
            severity=severity,
            tagged_by=store.reviewer(tagged_by).id if tagged_by else None,
            state=_state(state, reviewer),
            reader=store.reviewer(reviewer).id if reviewer else None,
            places=where or stage.Filters().places,
        )
        if not query and not filters.any:
            if rebuild:
                store.follow_search(_progress)
                return
            raise AnnotatorError("nothing to look for: give words, or an option that narrows")
        found = store.search(query, filters, offset=offset, limit=limit, progress=_progress)
        names = {one.id: one.name for one in store.reviewers()}
        named = _cited(store, query.typed, filters) if not offset else []
    if as_json:
        for record in named:
            print_json(record)
        for hit in found.hits:
            print_json(stage.hit_record(hit, query, names))
        return
    for record in named:
        print_line(f"{record['document']} {record['citation']}  {record['heading']}  (cited so)")
    for hit in found.hits:
        for line in stage.hit_lines(hit, query, names):
            print_line(line)
    shown = f", {len(found.hits)} shown" if found.total > len(found.hits) else ""
    tell(f"{listing.count(found.total, 'clause')}{shown}")


@app.command()
def recode(
    ctx: typer.Context,
    reviewer: Annotated[
        str, typer.Option("--reviewer", metavar="NAME", help="Whose tags; nobody else's change.")
    ],
    concern: ConcernOption = None,
    code: CodeOption = None,
    polarity: PolarityOption = None,
    severity: SeverityOption = None,
    document: DocumentOption = None,
    to_concern: Annotated[str | None, typer.Option("--to-concern", metavar="ID")] = None,
    to_code: Annotated[
        str | None, typer.Option("--to-code", metavar="ID", help='"" takes the code away.')
    ] = None,
    to_polarity: Annotated[Polarity | None, typer.Option("--to-polarity")] = None,
    to_severity: Annotated[
        str | None, typer.Option("--to-severity", help='low, medium, high; "" takes it away.')
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    undo: Annotated[
        int | None, typer.Option("--undo", metavar="LINE", help="Take such a line back instead.")
    ] = None,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Give many tags of a reviewer another label.

    That is concern, code, polarity or severity. All that the options name changes at once, as one
    line of the history, which --undo takes back. Tags of other reviewers stay as they saw it, and
    so does a tag that would be a risk in a clause its reviewer said has no concern.

    \b
    Example:  python -m annotator recode --reviewer Ana --concern privacy --code surveillance \\
                --to-code interception --dry-run
    """
    from annotator import codebook
    from annotator.review import recoding
    from annotator.search import Filters

    book = codebook.load()
    with _opened(database(ctx, db), writing=True) as store:
        someone = store.reviewer(reviewer)
        if undo is not None:
            line = recoding.take_back(store, someone.id, undo)
            tell(f"{listing.count(len(line.changes) if line else 0, 'tag')} as before")
            return
        if not concern:
            raise AnnotatorError("say which tags: give --concern, and --code or more to narrow")
        asked = Filters(
            document=store.document(document).slug if document else None,
            concern=book.concern(concern).id,
            codes=_codes(book, concern, code),
            polarity=polarity,
            severity=severity,
            tagged_by=someone.id,
        )
        changes = {
            "concern": to_concern or (concern if to_code else None),
            "code": to_code,
            "polarity": to_polarity,
            "severity": to_severity,
        }
        wanted = {name: value for name, value in changes.items() if value is not None}
        planned = recoding.plan(store, book, someone.id, store.tagged(asked, limit=0).ids, wanted)
        line = None if dry_run else recoding.apply(store, book, planned)
        for record in _planned(store, planned, asked):
            if as_json:
                print_json(record)
            elif "after" in record:
                print_line(_change_line(record))
    number = listing.count(len(planned.changed), "tag")
    if line is not None:
        tell(f"{number} re-coded: `recode --reviewer {reviewer!r} --undo {line.seq}` takes it back")
    else:
        tell(f"{number} would change" if dry_run else "nothing to change")
    if planned.refused:
        tell(f"{listing.count(len(planned.refused), 'tag')} left as before: see --json")


def _cited(store: Store, typed: str, filters: Filters) -> list[dict[str, object]]:
    """The clauses that are called as was typed, which come before those found by words."""
    from annotator.search import cited as citing

    if not citing.may_be(typed):
        return []
    found = []
    for info in citing.among(store.documents(), filters, first=None):
        if one := citing.cited(store.document(info.id), typed):
            named = {"eid": one.clause.eid, "citation": one.clause.citation, "heading": one.under}
            found.append({"document": info.slug, "cited": True, **named})
    return found


def _planned(store: Store, planned: Plan, asked: Filters) -> Iterator[dict[str, object]]:
    """A record a tag: what it would be, or why it stays."""
    tags = {one.tag.id: one for one in store.tagged(asked, limit=None).shown}
    refused = [(one.tag, one.why) for one in planned.refused]
    for one in planned.changed:
        known = tags.get(one.before.id)
        yield {
            "annotation": one.before.id,
            "document": known.document.slug if known else one.before.document,
            "citation": known.citation if known else one.before.eid,
            "quote": one.before.quote,
            "before": _label(one.before),
            "after": _label(one.after),
        }
    for tag, why in [*refused, *((tag, "same") for tag in planned.same)]:
        yield {"annotation": tag.id, "quote": tag.quote, "before": _label(tag), "stays": why}


def _label(tag: object) -> dict[str, object]:
    from annotator.review.recoding import FIELDS

    return {name: getattr(tag, name) for name in FIELDS}


def _change_line(record: dict[str, object]) -> str:
    before, after = record["before"], record["after"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    changed = ", ".join(
        f"{name} {before[name] or 'none'} -> {after[name] or 'none'}"
        for name in before
        if before[name] != after[name]
    )
    return f"{record['document']}  {record['citation']}  “{record['quote']}”  {changed}"


def _opened(path: Path, *, writing: bool = False) -> Store:
    """The database; only read where it cannot be written to, which a search can do without."""
    from annotator import store as stores

    if writing:
        return stores.open(path, create=False)
    try:
        return stores.open(path, create=False)
    except AnnotatorError:
        if not path.is_file():
            raise
        return stores.open(path, create=False, readonly=True)


def _progress(done: int, total: int) -> None:
    if done == total and total >= 100:
        tell(f"{listing.count(total, 'text')} taken into the search")


def _codes(book: Codebook, concern: str | None, code: str | None) -> tuple[str, ...]:
    from annotator.review.recoding import codes_under

    if code is None:
        return ()
    if concern is None:
        raise AnnotatorError(f"say of which concern the code {code!r} is: give --concern")
    known = book.concern(concern)
    return codes_under(known, code) if code == "" else codes_under(known, known.code(code).id)


def _state(state: str | None, reviewer: str | None) -> State | None:
    from annotator.search import STATES

    if state is None:
        return None
    if reviewer is None:
        raise AnnotatorError(f"say for whom the clause is {state!r}: give --reviewer")
    return _one_of(STATES, state, "--state")


def _one_of(allowed: tuple[Word, ...], value: str, option: str) -> Word:
    for known in allowed:
        if known == value:
            return known
    raise AnnotatorError(f"{option} {value!r} is unknown: use {', '.join(allowed)}")
