from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import export, store
from annotator.errors import AnnotatorError, ExportError, NotFoundError, SpanError, StoreError
from annotator.model import (
    Annotation,
    Assessment,
    Carried,
    Decision,
    Document,
    Link,
    Review,
    Reviewer,
    new_id,
    stable_id,
)
from annotator.store import Store
from tests.export import named

NewStore = Callable[[], Store]


def state(of: Store) -> tuple[bytes, int]:
    return named.render(of, "jsonl"), len(of.history())


@pytest.fixture
def line(treaty: Document) -> dict[str, object]:
    """The least that an annotation of another program says."""
    start = treaty.text.index("a judge")
    return {
        "document": "small-things",
        "start": start,
        "end": start + 7,
        "quote": "a judge",
        "concern": "privacy",
        "polarity": "safeguard",
    }


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Writes lines to a file."""

    def write(*records: object) -> Path:
        path = tmp_path / "lines.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        return path

    return write


# Own files


def test_what_was_exported_comes_back_unchanged(
    worked: Store, new_store: NewStore, tmp_path: Path
) -> None:
    named.write(worked, "jsonl", tmp_path / "all.jsonl")
    other = new_store()
    report = export.load(other, tmp_path / "all.jsonl")
    assert named.render(other, "jsonl") == named.render(worked, "jsonl")
    assert other.annotations() == worked.annotations()
    assert other.decisions() == worked.decisions()
    assert other.reviews() == worked.reviews()
    assert other.assessments() == worked.assessments()
    assert other.reviewers() == worked.reviewers()
    assert other.document("small-things") == worked.document("small-things")
    assert other.document("signed") == worked.document("signed")
    assert other.verify() == []
    assert report.added == {
        "document": 2,
        "reviewer": 2,
        "suggestion": 2,
        "annotation": 3,
        "decision": 2,
        "review": 3,
        "assessment": 1,
    }
    assert report.reviewers == ("Ann", "Béla")


def test_a_load_is_one_line_of_history_and_a_second_one_is_none(
    worked: Store, new_store: NewStore, tmp_path: Path
) -> None:
    named.write(worked, "jsonl", tmp_path / "all.jsonl")
    other = new_store()
    export.load(other, tmp_path / "all.jsonl")
    once = state(other)
    report = export.load(other, tmp_path / "all.jsonl")
    assert state(other) == once
    assert [entry.action for entry in other.history()] == ["load"]
    assert (dict(report.added), report.updated, report.kept) == ({}, 0, 0)
    assert report.unchanged == 16


def test_lines_may_stand_in_any_order_with_a_mark_and_blank_lines(
    worked: Store, new_store: NewStore, tmp_path: Path
) -> None:
    content = named.render(worked, "jsonl")
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b"\r\n\r\n".join(reversed(content.split(b"\n"))))
    other = new_store()
    export.load(other, path)
    assert named.render(other, "jsonl") == content


def test_rules_run_after_a_load_keep_what_was_decided(
    worked: Store, new_store: NewStore, tmp_path: Path, treaty: Document
) -> None:
    named.write(worked, "jsonl", tmp_path / "all.jsonl")
    other = new_store()
    export.load(other, tmp_path / "all.jsonl")
    other.set_suggestions(treaty.id, "rules-1", worked.suggestions(treaty.id))
    assert other.ruleset(treaty.id) == "rules-1"
    assert other.suggestions(treaty.id) == worked.suggestions(treaty.id)
    assert named.render(other, "jsonl") == named.render(worked, "jsonl")
    assert other.verify() == []


def test_a_load_does_not_hide_the_suggestions_of_the_present_rules(
    worked: Store, new_store: NewStore, tmp_path: Path, treaty: Document
) -> None:
    named.write(worked, "jsonl", tmp_path / "all.jsonl")
    other = new_store()
    other.add_document(treaty)
    other.set_suggestions(treaty.id, "rules-2", [])
    export.load(other, tmp_path / "all.jsonl")
    assert other.ruleset(treaty.id) == "rules-2"
    assert other.suggestions(treaty.id) == []
    assert named.render(other, "jsonl") == named.render(worked, "jsonl")
    assert other.verify() == []


@pytest.mark.parametrize("step", [1, -1])
def test_both_versions_of_a_text_come_back_whichever_stands_first(
    worked: Store, new_store: NewStore, tmp_path: Path, treaty: Document, step: int
) -> None:
    from annotator import intake

    second = intake.parse(
        treaty.text.replace("a judge", "a court"),
        kind="treaty",
        language="en",
        slug=treaty.slug,
    )
    worked.add_document(second)
    path = tmp_path / "all.jsonl"
    path.write_bytes(b"".join(named.render(worked, "jsonl").splitlines(keepends=True)[::step]))
    other = new_store()
    export.load(other, path)
    assert other.document(treaty.slug).version == 2
    assert other.annotations() == worked.annotations()
    assert named.render(other, "jsonl") == named.render(worked, "jsonl")


def test_someone_known_by_name_is_the_same_person(
    worked: Store, new_store: NewStore, tmp_path: Path
) -> None:
    named.write(worked, "jsonl", tmp_path / "all.jsonl")
    other = new_store()
    ann = other.add_reviewer("ANN")
    report = export.load(other, tmp_path / "all.jsonl")
    assert report.reviewers == ("Béla",)
    assert [one.reviewer for one in other.annotations(reviewer=ann.id)] == [ann.id]
    assert [someone.name for someone in other.reviewers()] == ["ANN", "Béla"]


def test_the_later_of_two_versions_stays(
    worked: Store, new_store: NewStore, tmp_path: Path
) -> None:
    older, newer = tmp_path / "older.jsonl", tmp_path / "newer.jsonl"
    named.write(worked, "jsonl", older)
    (tag,) = worked.annotations(reviewer="Ann")
    with worked.write("edit") as write:
        write.update(Annotation(**{**as_dict(tag), "note": "on reflection"}))
    named.write(worked, "jsonl", newer)
    other = new_store()
    export.load(other, older)
    assert export.load(other, newer).updated == 1
    assert named.render(other, "jsonl") == newer.read_bytes()
    assert export.load(other, older).kept == 1
    assert named.render(other, "jsonl") == newer.read_bytes()


def as_dict(value: Annotation) -> dict[str, object]:
    return {name: getattr(value, name) for name in Annotation.__dataclass_fields__}


# Files of others


def test_six_keys_and_a_reviewer_are_enough(
    worked: Store, file: Callable[..., Path], line: dict[str, object]
) -> None:
    report = export.load(worked, file(line), reviewer="Chen")
    assert report.added == {"annotation": 1}
    assert report.reviewers == ("Chen",)
    (tag,) = worked.annotations(reviewer="Chen")
    assert (tag.quote, tag.eid, tag.concern, tag.polarity) == (
        "a judge",
        "art_2",
        "privacy",
        "safeguard",
    )
    assert tag.created == tag.updated != ""
    before = state(worked)
    assert export.load(worked, file(line), reviewer="Chen").unchanged == 1
    assert state(worked) == before


def test_a_document_is_named_by_slug_id_or_hash(
    worked: Store, file: Callable[..., Path], line: dict[str, object], treaty: Document
) -> None:
    names = (treaty.slug, treaty.id, treaty.text_sha256)
    records = [{**line, "document": name} for name in names]
    report = export.load(worked, file(*records), reviewer="Chen")
    assert (report.added, report.unchanged) == ({"annotation": 1}, 2)


def test_an_id_of_another_program_is_the_same_each_time(
    worked: Store, file: Callable[..., Path], line: dict[str, object]
) -> None:
    records = [{**line, "id": 7}]
    with pytest.raises(ExportError, match="'id' is 7, not a text"):
        export.load(worked, file(*records), reviewer="Chen")
    for added in ({"annotation": 2}, {}):
        records = [{**line, "id": "7"}, {**line, "id": "8"}]
        assert export.load(worked, file(*records), reviewer="Chen").added == added
    assert len({tag.id for tag in worked.annotations(reviewer="Chen")}) == 2


def test_times_with_a_zone_are_kept_in_utc(
    worked: Store, file: Callable[..., Path], line: dict[str, object]
) -> None:
    dated = {**line, "created": "2025-10-25T10:00:00+07:00", "updated": "2025-10-26T09:30:00Z"}
    export.load(worked, file(dated), reviewer="Chen")
    (tag,) = worked.annotations(reviewer="Chen")
    assert tag.created == "2025-10-25T03:00:00.000Z"
    assert tag.updated == "2025-10-26T09:30:00.000Z"


def test_words_of_a_heading_belong_to_its_article(
    worked: Store, file: Callable[..., Path], line: dict[str, object], treaty: Document
) -> None:
    start = treaty.text.index("Safeguards")
    heading = {**line, "start": start, "end": start + 10, "quote": "Safeguards"}
    export.load(worked, file(heading), reviewer="Chen")
    assert worked.annotations(reviewer="Chen")[0].eid == "art_2"


MISTAKES: list[tuple[dict[str, object], type[AnnotatorError], str]] = [
    # what differs from a good line, the error, what it says
    ({"quote": "a juge"}, SpanError, "the text reads 'a judge', not 'a juge'"),
    ({"start": 0, "end": 99999}, SpanError, "is not a span of a text of"),
    ({"start": None}, ExportError, "'start' is missing"),
    ({"start": "12"}, ExportError, "'start' is '12', not a whole number"),
    ({"start": 1.5}, ExportError, "'start' is 1.5, not a whole number"),
    ({"start": True}, ExportError, "'start' is true, not a whole number"),
    ({"end": -1}, ExportError, "'end' is -1, not a whole number"),
    ({"quote": 5}, ExportError, "'quote' is 5, not a text"),
    ({"quote": "\ud83d"}, ExportError, "half a surrogate pair"),
    ({"document": "else"}, NotFoundError, "'else'"),
    ({"document": ""}, ExportError, "'document' is empty"),
    ({"text_sha256": "0" * 64, "quote": "a juge"}, SpanError, "do not stand in the text"),
    ({"eid": "art_9"}, NotFoundError, "'art_9'"),
    ({"concern": "tax"}, ExportError, "use one of privacy, press_freedom, whistleblower"),
    ({"code": "no-such-code"}, AnnotatorError, "'no-such-code'"),
    ({"polarity": "bad"}, ExportError, "'polarity' is 'bad': use one of risk, safeguard"),
    ({"severity": "huge"}, ExportError, "'severity' is 'huge'"),
    ({"created": "yesterday"}, ExportError, "'created' is 'yesterday': write a time"),
    ({"updated": "2026-01-01T00:00:00"}, ExportError, "write a time with its zone"),
    ({"updated": "2026-02-30T00:00:00.000Z"}, ExportError, "'2026-02-30T00:00:00.000Z': write"),
    ({"updated": "9999-12-31T23:59:59Z"}, ExportError, "between the years 1970 and 2100"),
    ({"created": "0001-01-01T12:00:00.000Z"}, ExportError, "between the years 1970 and 2100"),
    ({"start": 10**30}, ExportError, "more than any text has characters"),
    ({"reviewer": "n" * 101}, StoreError, "nnn…' is longer than the 100 characters"),
    ({"note": "\0"}, ExportError, "NUL"),
    ({"type": "sonnet"}, ExportError, "'type' is 'sonnet'"),
]


@pytest.mark.parametrize(("wrong", "error", "said"), MISTAKES)
def test_one_wrong_line_is_named_and_nothing_is_stored(
    worked: Store,
    file: Callable[..., Path],
    line: dict[str, object],
    wrong: dict[str, object],
    error: type[AnnotatorError],
    said: str,
) -> None:
    before = state(worked)
    path = file({**line, "concern": "whistleblower"}, {**line, **wrong})
    with pytest.raises(error) as caught:
        export.load(worked, path, reviewer="Chen")
    message = str(caught.value)
    assert message.startswith(f"{path}, line 2: ")
    assert said in message
    assert "\n" not in message
    assert state(worked) == before


def test_a_line_without_a_reviewer_needs_one(
    worked: Store, file: Callable[..., Path], line: dict[str, object]
) -> None:
    before = state(worked)
    with pytest.raises(ExportError, match=r"line 1: it names no reviewer: say .*--reviewer"):
        export.load(worked, file(line))
    with pytest.raises(ExportError, match="line 1: it names no reviewer"):
        export.load(worked, file({**line, "reviewer": "  "}))
    with pytest.raises(StoreError, match="'  ' is no name for a reviewer"):
        export.load(worked, file(line), reviewer="  ")
    assert state(worked) == before


def test_an_annotation_of_someone_else_is_not_taken_over(
    worked: Store, file: Callable[..., Path], line: dict[str, object]
) -> None:
    (tag,) = worked.annotations(reviewer="Ann")
    before = state(worked)
    with pytest.raises(ExportError, match="belongs to 'Ann': leave its id out"):
        export.load(worked, file({**line, "id": tag.id, "reviewer": "Béla"}))
    assert state(worked) == before


def test_an_id_that_comes_twice_with_different_words_is_refused(
    worked: Store, file: Callable[..., Path], line: dict[str, object]
) -> None:
    one = {**line, "id": new_id()}
    with pytest.raises(ExportError, match=r"line 3: .* stands on line 1 otherwise"):
        export.load(worked, file(one, one, {**one, "note": "again"}), reviewer="Chen")


def test_a_text_altered_after_export_is_refused(
    worked: Store, new_store: NewStore, tmp_path: Path
) -> None:
    content = named.render(worked, "jsonl").replace(b"a judge reviews", b"nobody reviews!")
    (tmp_path / "altered.jsonl").write_bytes(content)
    other = new_store()
    with pytest.raises(ExportError, match="line 2: the text has the SHA-256"):
        export.load(other, tmp_path / "altered.jsonl")
    assert state(other) == (b"", 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty: name a file with annotations"),
        (b"\n \r\n", "is empty: name a file with annotations"),
        (b"\xff\xfe{\x00}\x00", "line 1: not UTF-8 at byte 1: save the file as UTF-8"),
        (b"\x1f\x8b\x08\x00", "is packed with gzip: unpack it first"),
        (b"SQLite format 3\0\x01\x02", "line 1: not JSON"),
        (b'{"document": "x"', "line 1: not JSON"),
        (b"[1, 2]", "line 1: [1, 2] is not a JSON object in braces"),
        (b'{"start": NaN}', "line 1: not JSON (NaN is not a JSON number)"),
        (b"[" * 100_000, "line 1: not JSON"),
    ],
)
def test_a_file_that_is_no_dataset_is_refused(
    worked: Store, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "other.jsonl"
    path.write_bytes(content)
    before = state(worked)
    with pytest.raises(ExportError) as caught:
        export.load(worked, path, reviewer="Chen")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400
    assert state(worked) == before


def test_a_missing_file_is_named(worked: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"nowhere\.jsonl' cannot be read: no such file"):
        export.load(worked, tmp_path / "nowhere.jsonl")


# The guarantee: whatever was said comes back byte for byte

TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(
    lambda time: f"{time:%Y-%m-%dT%H:%M:%S}.{time.microsecond // 1000:03}Z"
)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
STATES = st.sampled_from(["concern", "no_concern", "reopened"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_export_load_export_is_the_same_file(
    data: st.DataObject,
    treaty: Document,
    news: Document,
    empty_file: Path,
    tmp_path: Path,
) -> None:
    people = [Reviewer(stable_id(name), name, data.draw(TIMES)) for name in ("Ann", "Béla", "陈")]
    first, second, dataset = tmp_path / "1.db", tmp_path / "2.db", tmp_path / "all.jsonl"
    for path in (first, second):
        for left in tmp_path.glob(f"{path.name}*"):
            left.unlink()
        shutil.copy(empty_file, path)
    with store.open(first) as one, store.open(second) as two:
        for document in (treaty, news):
            one.add_document(document)
        with one.write("fill", keep_times=True) as write:
            for person in people:
                write.insert(person)
            for number in range(data.draw(st.integers(0, 5))):
                write.insert(data.draw(annotations(stable_id(number), (treaty, news), people)))
            for document in (treaty, news):
                for clause in document.clauses:
                    if data.draw(st.booleans()):
                        person = data.draw(st.sampled_from(people)).id
                        write.insert(
                            Review(
                                document.id,
                                clause.eid,
                                person,
                                data.draw(STATES),
                                data.draw(WORDS),
                                data.draw(TIMES),
                            )
                        )
                        write.insert(
                            Assessment(
                                document.id,
                                clause.eid,
                                person,
                                "oversight",
                                data.draw(st.sampled_from(["present", "weak", "absent"])),
                                data.draw(TIMES),
                                data.draw(WORDS),
                                data.draw(st.sampled_from(["", "1", "2026-11"])),
                            )
                        )
            for number in range(data.draw(st.integers(0, 3))):
                write.insert(data.draw(links(stable_id(number), (treaty, news), people)))
            for annotation in one.annotations():
                if data.draw(st.booleans()):
                    write.insert(data.draw(carried(annotation, (treaty, news), people)))
        content = named.render(one, "jsonl")
        dataset.write_bytes(content)
        export.load(two, dataset)
        assert named.render(two, "jsonl") == content
        assert two.annotations() == one.annotations()
        assert two.carried() == one.carried()
        assert two.links() == one.links()
        assert two.assessments() == one.assessments()
        assert two.verify() == []


@st.composite
def annotations(
    draw: st.DrawFn, identity: str, documents: tuple[Document, ...], people: list[Reviewer]
) -> Annotation:
    document = draw(st.sampled_from(documents))
    start = draw(st.integers(0, len(document.text) - 1))
    end = draw(st.integers(start + 1, len(document.text)))
    return Annotation(
        id=identity,
        document=document.id,
        eid=draw(st.sampled_from(document.clauses)).eid,
        start=start,
        end=end,
        quote=document.text[start:end],
        concern=draw(st.sampled_from(["privacy", "press_freedom", "whistleblower"])),
        polarity=draw(st.sampled_from(["risk", "safeguard"])),
        reviewer=draw(st.sampled_from(people)).id,
        code=draw(WORDS),
        severity=draw(st.sampled_from([None, "low", "medium", "high"])),
        note=draw(WORDS),
        suggestion=draw(st.none() | st.just(stable_id("some suggestion"))),
        codebook=draw(st.sampled_from(["", "1", "2026-01"])),
        created=draw(TIMES),
        updated=draw(TIMES),
    )


@st.composite
def links(
    draw: st.DrawFn, identity: str, documents: tuple[Document, ...], people: list[Reviewer]
) -> Link:
    document, target = (draw(st.sampled_from(documents)) for _ in range(2))
    start = draw(st.integers(0, len(document.text) - 1))
    end = draw(st.integers(start + 1, len(document.text)))
    return Link(
        id=identity,
        document=document.id,
        eid=draw(st.sampled_from(document.clauses)).eid,
        start=start,
        end=end,
        quote=document.text[start:end],
        target_document=target.id,
        target_eid=draw(st.sampled_from(target.clauses)).eid,
        reviewer=draw(st.sampled_from(people)).id,
        note=draw(WORDS),
        created=draw(TIMES),
        updated=draw(TIMES),
    )


@st.composite
def carried(
    draw: st.DrawFn, origin: Annotation, documents: tuple[Document, ...], people: list[Reviewer]
) -> Carried:
    state = draw(st.sampled_from(["placed", "to_place", "dropped"]))
    return Carried(
        origin=origin.id,
        document=draw(st.sampled_from(documents)).id,
        annotation=draw(st.sampled_from([origin.id, stable_id("removed")]))
        if state == "placed"
        else None,
        how=draw(st.sampled_from(["exact", "context", "fuzzy", "clause", "person", "none"])),
        score=draw(st.floats(0, 1)),
        state=state,
        reason=draw(WORDS),
        reviewer=draw(st.none() | st.sampled_from(people).map(lambda person: person.id)),
        updated=draw(TIMES),
    )


def test_decisions_that_name_no_known_suggestion_are_refused(
    worked: Store, file: Callable[..., Path]
) -> None:
    before = state(worked)
    record = {
        "type": "decision",
        "document": "small-things",
        "reviewer": "Ann",
        "suggestion": "else",
        "decision": "rejected",
    }
    with pytest.raises(NotFoundError, match="line 1: suggestion 'else' is neither"):
        export.load(worked, file(record))
    (known,) = [one for one in worked.decisions() if isinstance(one, Decision) and one.annotation]
    with pytest.raises(NotFoundError, match="line 1: annotation 'none' is neither"):
        export.load(worked, file({**record, "suggestion": known.suggestion, "annotation": "none"}))
    assert state(worked) == before
