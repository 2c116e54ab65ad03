"""What reviewers rejected of what rules propose beside suggestions, as lines and back.

A `rejected_power` line says that a clause grants no such power, a `rejected_link` line that words
of a text do not speak of that clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from annotator.errors import SpanError
from annotator.export.loading import values
from annotator.export.loading.record import Record
from annotator.model import Document, LinkRejection, PowerRejection, new_id

if TYPE_CHECKING:
    from annotator.export.dataset import Dataset
    from annotator.export.part import Part


def lines(part: Part, dataset: Dataset) -> Iterator[dict[str, Any]]:
    """A text's rejected powers, then its rejected links, each in text order."""
    place = {"document": part.document.slug, "text_sha256": part.document.text_sha256}
    for power in part.rejected_powers:
        yield {
            "type": "rejected_power",
            **place,
            "eid": power.eid,
            "citation": part.citation(power.eid),
            "power": power.power,
            "reviewer": dataset.name(power.reviewer),
            "created": power.created,
        }
    # A text that nothing else refers to is not in a narrowed dataset.
    known = {info.id for info in dataset.documents}
    for link in part.rejected_links:
        if link.target_document not in known:
            continue
        target = dataset.info(link.target_document)
        yield {
            "type": "rejected_link",
            "id": link.id,
            **place,
            "eid": link.eid,
            "citation": part.citation(link.eid),
            "start": link.start,
            "end": link.end,
            "target_document": target.slug,
            "target_text_sha256": target.text_sha256,
            "target_eid": link.target_eid,
            "reviewer": dataset.name(link.reviewer),
            "created": link.created,
        }


def power(record: Record, document: Document, reviewer: str) -> PowerRejection:
    """The rejected power on a line."""
    return PowerRejection(
        document=document.id,
        eid=document.clause(record.filled("eid")).eid,
        reviewer=reviewer,
        power=record.filled("power"),
        created=values.time(record, "created"),
    )


def link(record: Record, document: Document, target: Document, reviewer: str) -> LinkRejection:
    """The rejected link on a line; `SpanError` where its words are not in the text."""
    start, end = record.number_of("start"), record.number_of("end")
    if not start < end <= len(document.text):
        raise SpanError(f"[{start}, {end}) is not a span of {document.slug!r}")
    return LinkRejection(
        id=values.identity(record.optional("id") or new_id(), "rejected link"),
        document=document.id,
        eid=document.clause(record.filled("eid")).eid,
        start=start,
        end=end,
        target_document=target.id,
        target_eid=target.clause(record.filled("target_eid")).eid,
        reviewer=reviewer,
        created=values.time(record, "created"),
    )
