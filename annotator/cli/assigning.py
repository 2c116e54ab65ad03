"""Who is to read what: given out by hand or evenly, listed, taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from annotator import listing
from annotator.cli.main import app
from annotator.cli.options import Database, Json, database
from annotator.cli.printing import print_json, print_line, tell
from annotator.errors import AnnotatorError, NotFoundError

if TYPE_CHECKING:
    from annotator.model import Assignment, Document
    from annotator.review.sharing import Portion, Share
    from annotator.store import Store


@app.command()
def assign(
    ctx: typer.Context,
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DOCUMENT]...", help="Slugs, ids or hashes; without any: all."),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="NAME", help="Who is to read it; may be repeated."),
    ] = None,
    clause: Annotated[
        list[str] | None,
        typer.Option(
            "--clause",
            metavar="CLAUSE",
            help="A citation or eId: a chapter, an article or a clause, with all it contains; may "
            "be repeated. Else the whole text.",
        ),
    ] = None,
    evenly: Annotated[
        int | None,
        typer.Option(
            "--evenly",
            metavar="N",
            min=1,
            help="Share whole articles out so that N reviewers read every clause and each of them "
            "about as many words; among those of --to, else everybody.",
        ),
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take it back from those of --to, else from all.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --evenly: only say who would get what.")
    ] = False,
    as_json: Json = False,
    db: Database = None,
) -> None:
    """Say who is to read what, or list it.

    As long as nothing is assigned, every clause is everybody's. From then on a reviewer's are those
    given to them; a clause may be given to several. Without --to, --evenly and --remove the
    assignments are listed. What is taken back keeps what was said of it. A blind project hides
    nothing from a command.

    \b
    Example:  python -m annotator assign un-cybercrime-convention --to Ana --clause "ch. IV"
              python -m annotator assign --evenly 2 --dry-run
              python -m annotator assign --json
    """
    from annotator import store as stores

    if evenly and (remove or clause):
        raise AnnotatorError("--evenly shares whole texts out: leave out --remove and --clause")
    if clause and len(documents or []) != 1:
        raise AnnotatorError("--clause speaks of one text: name one document before it")
    if dry_run and not evenly:
        raise AnnotatorError("--dry-run shows what --evenly would do: give --evenly N as well")
    writing = bool(evenly and not dry_run) or remove or bool(to and not evenly)
    with stores.open(database(ctx, db), create=False, readonly=not writing) as store:
        texts = _texts(store, documents or [])
        people = [store.reviewer(name).id for name in to or []]
        if evenly:
            _share(store, texts, people, evenly, dry_run=dry_run, as_json=as_json)
        elif remove:
            _remove(store, texts, people, clause or [])
        elif people:
            _give(store, texts, people, clause or [])
        else:
            _list(store, texts, clause or [], as_json=as_json)


def _texts(store: Store, names: Sequence[str]) -> list[Document]:
    from annotator.review import queue

    if names:
        return [store.document(name) for name in names]
    return [store.document(info.id) for info in queue.in_order(store.documents())]


def _clauses(document: Document, asked: Sequence[str]) -> list[str]:
    """The eIds that citations name; `NotFoundError` for one that names none."""
    from annotator.intake.references import resolve

    found = []
    for words in asked:
        clauses = resolve(document, words)
        if not clauses:
            raise NotFoundError(f"{document.slug!r} has no clause {words!r}: see its `outline`")
        found += [clause.eid for clause in clauses]
    return found


def _give(
    store: Store, texts: Sequence[Document], people: Sequence[str], asked: Sequence[str]
) -> None:
    new = 0
    for document in texts:
        eids: Sequence[str | None] = _clauses(document, asked) or [None]
        line = store.assign(document.id, [(eid, who) for eid in eids for who in people])
        new += len(line.changes) if line else 0
    tell(f"assigned: {listing.count(new, 'part')}" if new else "they had all of it already")


def _remove(
    store: Store, texts: Sequence[Document], people: Sequence[str], asked: Sequence[str]
) -> None:
    from annotator.review import giving

    everyone = people or [one.id for one in store.reviewers()]
    lines = []
    for document in texts:
        eids: Sequence[str | None] = _clauses(document, asked) or [None]
        lines.append(giving.take_clauses_back(store, document, eids, everyone))
    tell("taken back" if any(lines) else "they had none of it")


def _share(
    store: Store,
    texts: Sequence[Document],
    people: Sequence[str],
    each: int,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    from annotator.review import giving, sharing

    parts, held = giving.portions_held(store, texts)
    everyone = people or [one.id for one in store.reviewers()]
    shares = sharing.evenly(parts, everyone, each, held=held)
    names = {one.id: one.name for one in store.reviewers()}
    if not dry_run:
        giving.give(store, shares)
    slugs = {document.id: document.slug for document in texts}
    if as_json:
        for share in shares:
            print_json(_share_record(share, names, slugs))
        return
    rows = [
        (names[s.reviewer], f"{len(s.portions):,}", f"{s.clauses:,}", f"{s.words:,}")
        for s in shares
    ]
    for line in listing.table(("reviewer", "parts", "clauses", "words"), rows):
        print_line(line)
    tell("nothing is stored: leave out --dry-run" if dry_run else "assigned")


def _share_record(share: Share, names: dict[str, str], slugs: dict[str, str]) -> dict[str, Any]:
    def part(one: Portion) -> dict[str, Any]:
        return {"document": slugs[one.document], "eid": one.eid, "words": one.words}

    return {
        "reviewer": names[share.reviewer],
        "clauses": share.clauses,
        "words": share.words,
        "parts": [part(one) for one in share.portions],
    }


def _list(store: Store, texts: Sequence[Document], asked: Sequence[str], *, as_json: bool) -> None:
    from annotator.review import sharing

    names = {one.id: one.name for one in store.reviewers()}
    for document in texts:
        only = {
            eid
            for asked_eid in _clauses(document, asked)
            for eid in sharing.covered(document, asked_eid)
        }
        for one in store.assignments(document=document.id):
            clauses = sharing.covered(document, one.eid)
            if asked and not clauses & only:
                continue
            if as_json:
                print_json(_record(document, one, names, clauses))
            else:
                print_line("\t".join(_cells(document, one, names, clauses)))
    if not store.anything_assigned():
        tell("nothing is assigned: every clause is everybody's")


def _record(
    document: Document, one: Assignment, names: dict[str, str], clauses: set[str]
) -> dict[str, Any]:
    return {
        "document": document.slug,
        "eid": one.eid,
        "citation": document.clause(one.eid).citation if one.eid else None,
        "reviewer": names[one.reviewer],
        "clauses": len(clauses),
        "note": one.note,
        "created": one.created,
    }


def _cells(
    document: Document, one: Assignment, names: dict[str, str], clauses: set[str]
) -> Iterator[str]:
    yield document.slug
    yield document.clause(one.eid).citation if one.eid else "the whole text"
    yield names[one.reviewer]
    yield listing.count(len(clauses), "clause")
