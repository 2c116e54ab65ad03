"""What a load did, or would do, as plain data and as lines of text."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from annotator.export.loading.report import LoadReport, short
from annotator.listing import count

_SHOWN = 20


def load_record(report: LoadReport) -> dict[str, Any]:
    """What a load did, in numbers of lines, and what of the file a person has to look at."""
    return {
        "format": report.format,
        "stored": report.stored,
        "added": dict(report.added),
        "updated": report.updated,
        "kept": report.kept,
        "unchanged": report.unchanged,
        "left_out": report.left_out,
        "reviewers": list(report.reviewers),
        "placed": report.placed,
        "reanchored": [dataclasses.asdict(one) for one in report.moved],
        "joined": [dataclasses.asdict(one) for one in report.joined],
        "unplaced": [dataclasses.asdict(one) for one in report.unplaced],
        "unknown_labels": dict(report.unknown),
        "texts_not_stored": [dataclasses.asdict(one) for one in report.absent],
        "passed_over": dict(report.passed),
        "remarks": list(report.remarks),
    }


def load_lines(report: LoadReport) -> Iterator[str]:
    """What a person should look at, a line each; the first of many."""
    for name in report.reviewers:
        yield f"{name!r} is a new reviewer"
    found = [
        f"found elsewhere ({one.how} {one.score:.2f}): {one.where}: {one.document!r},"
        f" {one.citation}: {short(one.found)}"
        + ("" if one.found == one.quote else f" for {short(one.quote)}")
        for one in report.moved
    ]
    joined = [
        f"made one with another on the same words: {one.where}: {one.document!r}, {one.citation}:"
        f" {short(one.quote)}: {short(one.note)}"
        for one in report.joined
    ]
    nowhere = [f"placed nowhere: {one}" for one in report.unplaced]
    strange = [
        f"label not in the codebook: {name!r}, {count(number, 'annotation')}"
        for name, number in report.unknown.items()
    ]
    absent = [
        f"text not stored: {one.name!r}, {count(one.marks, 'annotation')}: {one.reason}"
        + ("; the file has it: --with-texts takes it in" if one.offered else "")
        for one in report.absent
    ]
    for lines in (found, joined, nowhere, strange, absent):
        yield from lines[:_SHOWN]
        if len(lines) > _SHOWN:
            yield f"  and {len(lines) - _SHOWN:,} more such: --json has them all"
    for remark in report.remarks:
        yield f"note: {remark}"


def load_line(report: LoadReport) -> str:
    """The outcome in words; what did not happen is left out."""
    parts = [f"added {count(number, kind)}" for kind, number in report.added.items()]
    for number, what in (
        (report.updated, "updated"),
        (report.kept, "left out, since what is stored is later"),
        (report.unchanged, "stored already"),
    ):
        if number:
            parts.append(f"{count(number, 'line')} {what}")
    waiting = len(report.unplaced) + sum(report.unknown.values()) + report.left_out
    waiting += sum(one.marks for one in report.absent)
    if waiting:
        parts.append(f"{count(waiting, 'annotation')} left out")
    said = ", ".join(parts) or "nothing was new"
    return said if report.stored else f"dry run, nothing stored: {said}"
