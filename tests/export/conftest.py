"""A small treaty and a news item with every kind of character, and stores to keep them in."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from annotator import intake, store
from annotator.compare import settling
from annotator.model import (
    Annotation,
    Assessment,
    Carried,
    Decision,
    Document,
    LinkRejection,
    PowerRejection,
    Review,
    Reviewer,
    Suggestion,
    stable_id,
)
from annotator.review import link
from annotator.store import Store

TREATY = """\
Convention on Small Things

Article 1
Use of terms 😀

1. "Data" means 𝒟ata, البيانات and cafe\u0301 notes.

2. Each Party may, in a case of urgency:

(a) search a system;

(b) order any person to give the necessary information.

Article 2
Safeguards

Each Party shall see to it that a judge reviews every order.
"""
NEWS = """\
Treaty signed 🖋

At least 40 people were arrested this year.

=Critics= said so.
"""
AT = "2026-01-02T03:04:05.678Z"
LATER = "2026-01-03T03:04:05.678Z"

Filled = Callable[..., Store]


@pytest.fixture(scope="session")
def treaty() -> Document:
    return intake.parse(TREATY, kind="treaty", language="en", slug="small-things")


@pytest.fixture(scope="session")
def news() -> Document:
    return intake.parse(
        NEWS, kind="news", language="en", slug="signed", metadata={"publisher": "The Wire"}
    )


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    store.open(path).close()
    return path


@pytest.fixture
def new_store(tmp_path: Path, empty_file: Path) -> Iterator[Callable[[], Store]]:
    """Makes an empty store each time it is called."""
    numbers = itertools.count()
    with ExitStack() as stack:

        def make() -> Store:
            path = tmp_path / f"store-{next(numbers)}.db"
            shutil.copy(empty_file, path)
            return stack.enter_context(store.open(path))

        yield make


@pytest.fixture
def worked(new_store: Callable[[], Store], treaty: Document, news: Document) -> Store:
    """Two reviewers on two texts: tags, a decision each way, reviews and a safeguard."""
    filled = new_store()
    filled.add_document(treaty)
    filled.add_document(news)
    ann = Reviewer(stable_id("ann"), "Ann", AT)
    bela = Reviewer(stable_id("bela"), "Béla", AT)
    proposal = proposed(treaty, "order any person", 1, standard="ICCPR art. 17")
    other = proposed(treaty, "order any", 2)
    undecided = proposed(treaty, "any person", 3)
    filled.set_suggestions(treaty.id, "rules-1", [proposal, other, undecided])
    with filled.write("fill", keep_times=True) as write:
        write.insert(ann)
        write.insert(bela)
        accepted = tagged(
            treaty,
            "order any person",
            ann,
            eid="art_1__para_2__point_b",
            suggestion=proposal.id,
            codebook="1",
            severity="high",
        )
        write.insert(accepted)
        write.insert(tagged(treaty, "𝒟ata, البيانات and café", bela, eid="art_1__para_1"))
        write.insert(
            tagged(
                news,
                "=Critics=",
                bela,
                eid="para_2",
                concern="press_freedom",
                polarity="safeguard",
                note='=HYPERLINK("http://x")\nsecond "line", and more',
            )
        )
        write.insert(Decision(proposal.id, ann.id, "accepted", treaty.id, accepted.id, LATER))
        write.insert(Decision(other.id, bela.id, "rejected", treaty.id, None, AT))
        write.insert(Review(treaty.id, "art_1__para_1", ann.id, "no_concern", "", AT))
        write.insert(Review(treaty.id, "art_1__para_2__point_b", ann.id, "concern", "why?", AT))
        write.insert(Review(news.id, "para_2", bela.id, "reopened", "", LATER))
        write.insert(
            Assessment(
                treaty.id, "art_2", bela.id, "oversight", "present", AT, "A judge\nreviews 😀.", "1"
            )
        )
    return filled


@pytest.fixture
def rich(worked: Store, treaty: Document, news: Document) -> Store:
    """The same with all else that can be said: a link, a thread, what was settled and carried."""
    ann, bela = worked.reviewer("Ann"), worked.reviewer("Béla")
    words = "At least 40 people were arrested"
    place = news.text.index(words)
    link(
        worked,
        news,
        ann.id,
        start=place,
        end=place + len(words),
        quote=words,
        target_document="small-things",
        target_eid="art_1__para_2__point_b",
    )
    eid = "art_1__para_2__point_b"
    start = treaty.text.index("order any person")
    asked = worked.comment(
        treaty.id, eid, "Any \u2028 person?", reviewer="Ann", span=(start, start + 5, "order")
    )
    worked.reply(asked.id, "=Yes 😀", reviewer="Béla")
    worked.resolve_comment(asked.id, reviewer="Ann")
    with worked.write("review", reviewer=bela.id, document=treaty.id) as write:
        write.put(Review(treaty.id, eid, bela.id, "no_concern", codebook="2.0+abc"))
        write.insert(PowerRejection(treaty.id, eid, bela.id, "production", AT))
        write.insert(
            LinkRejection(
                stable_id("no link"), news.id, "para_1", place, place + 11, treaty.id, "art_2",
                bela.id, AT,
            )
        )  # fmt: skip
        (tag,) = worked.annotations(reviewer="Ann")
        write.insert(Carried(tag.id, news.id, None, "none", 0.0, "to_place", "The words are gone."))
    (clause,) = [
        one
        for one in settling.settle(
            treaty,
            worked.annotations(document=treaty.id),
            worked.reviews(document=treaty.id),
            [ann.id, bela.id],
        )
        if one.eid == eid
    ]
    (passage,) = clause.passages
    finding = passage.opinions[0].finding
    row = settling.decide(
        clause, "accept", passage=passage.id, finding=finding, reason="slip",
        adjudicator=ann.id, note="As Ann has it.",
    )  # fmt: skip
    worked.settle(treaty.id, [row], reviewer="Ann")
    return worked


def proposed(document: Document, quote: str, number: int, *, standard: str = "") -> Suggestion:
    start = document.text.index(quote)
    return Suggestion(
        start=start,
        end=start + len(quote),
        quote=quote,
        concern="privacy",
        polarity="risk",
        rule=f"rule-{number}",
        score=number / 4,
        reason="It may reach anyone.",
        standard=standard,
        id=stable_id("proposal", number),
        document=document.id,
        eid="art_1__para_2__point_b",
    )


def tagged(
    document: Document,
    quote: str,
    reviewer: Reviewer,
    *,
    eid: str,
    concern: str = "privacy",
    **fields: object,
) -> Annotation:
    start = document.text.index(quote)
    given = {"polarity": "risk", "created": AT, "updated": LATER, **fields}
    return Annotation(
        id=stable_id(document.id, quote, reviewer.id),
        document=document.id,
        eid=eid,
        start=start,
        end=start + len(quote),
        quote=quote,
        concern=concern,
        reviewer=reviewer.id,
        **given,  # type: ignore[arg-type]  # the tests name the fields they mean
    )
