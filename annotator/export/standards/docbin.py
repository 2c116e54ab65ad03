"""A spaCy DocBin: a Doc a document, what was tagged as span groups, ready for `spacy train`.

Groups: `sc` has each labelled passage once, as a span categorizer learns it, labelled with concern
and polarity (`privacy-risk`); `annotations` has every reviewer's own, with the annotation's id as
the span's id, its code as `kb_id`, and the rest in the group's `attrs`; `clauses` has the clauses
that can be reviewed, labelled with their kind, the eId as id. A span reaches out to whole tokens;
the words exactly as tagged stand in `attrs`.

Source: spaCy 3, `DocBin` and `SpanGroup`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.errors import ExportError
from annotator.export.dataset import Dataset, Part
from annotator.export.labels import label
from annotator.export.loading.foreign import Foreign, Mark, Text
from annotator.export.loading.readers import content
from annotator.export.tools import jsonlines
from annotator.model import Annotation

if TYPE_CHECKING:
    # Loaded where it is used: it takes seconds.
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc, Span

# The group that spaCy's span categorizer reads where nothing else is configured.
LEARNT = "sc"
ALL = "annotations"
CLAUSES = "clauses"
LARGEST = 1 << 29
_PIECE = 1 << 20
_TOLD = (
    "id", "concern", "code", "polarity", "severity", "note", "reviewer", "created", "updated",
)  # fmt: skip


def render(dataset: Dataset) -> Iterator[bytes]:
    """The bytes of a `.spacy` file."""
    from spacy.tokens import DocBin

    tokenizers = _Tokenizers()
    found = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    for part in dataset.parts():
        found.add(_doc(tokenizers, dataset, part))
    yield found.to_bytes()


class _Tokenizers:
    """spaCy's tokenizer a language; that of no language where it has none that runs here."""

    def __init__(self) -> None:
        self._made: dict[str, Tokenizer] = {}

    def doc(self, language: str, text: str) -> Doc:
        """The text in tokens."""
        if language not in self._made:
            self._made[language] = _tokenizer(language)
        doc: Doc = self._made[language](text)
        return doc


def _tokenizer(language: str) -> Tokenizer:
    import spacy

    try:
        return spacy.blank(language.partition("-")[0]).tokenizer
    except ImportError:  # unknown, or cut by a package that is not installed
        return spacy.blank("xx").tokenizer


def _doc(tokenizers: _Tokenizers, dataset: Dataset, part: Part) -> Doc:
    from spacy.tokens import SpanGroup

    document = part.document
    doc = tokenizers.doc(document.language, document.text)
    doc.user_data.update(
        {
            "document": document.slug,
            "title": document.title,
            "kind": document.kind,
            "language": document.language,
            "text_sha256": document.text_sha256,
            "codebook": dataset.codebook.stamp,
        }
    )
    pairs = [(one, _span(doc, one)) for one in part.annotations]
    learnt = {(span.start, span.end, span.label_): span for _, span in pairs}
    doc.spans[LEARNT] = SpanGroup(doc, name=LEARNT, spans=_plain(doc, sorted(learnt)))
    doc.spans[ALL] = SpanGroup(
        doc,
        name=ALL,
        attrs={"annotations": [_fields(dataset, one) for one, _ in pairs]},
        spans=[span for _, span in pairs],
    )
    doc.spans[CLAUSES] = SpanGroup(doc, name=CLAUSES, spans=list(_clauses(doc, part)))
    return doc


def _span(doc: Doc, one: Annotation) -> Span:
    return _whole(
        doc,
        one.start,
        one.end,
        label=label(one.concern, one.polarity),
        kb_id=one.code or "",
        span_id=one.id,
    )


def _plain(doc: Doc, spans: Iterable[tuple[int, int, str]]) -> list[Span]:
    from spacy.tokens import Span

    return [Span(doc, start, end, label=label) for start, end, label in spans]


def _clauses(doc: Doc, part: Part) -> Iterator[Span]:
    for clause in part.document.clauses:
        if clause.body < clause.own_end:
            yield _whole(doc, clause.body, clause.own_end, label=clause.kind, span_id=clause.eid)


def _whole(doc: Doc, start: int, end: int, **named: Any) -> Span:
    """The tokens that hold these characters, all of them."""
    span = doc.char_span(start, end, alignment_mode="expand", **named)
    if span is None:
        raise AssertionError(f"[{start}, {end}) lies in no token of a text of {len(doc.text)}")
    return span


def _fields(dataset: Dataset, one: Annotation) -> dict[str, Any]:
    return {
        "id": one.id,
        "eid": one.eid,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "concern": one.concern,
        "code": one.code,
        "polarity": one.polarity,
        "severity": one.severity,
        "note": one.note,
        "reviewer": dataset.name(one.reviewer),
        "created": one.created,
        "updated": one.updated,
    }


def read(path: Path) -> Foreign:
    """The marks of each Doc: ours where it has them, else every span of every other group.

    The named entities of a Doc that has no groups are marks too. `ExportError` for what is no
    DocBin, or unpacks to more than `LARGEST` bytes.
    """
    import spacy
    from spacy.tokens import DocBin

    data = content(path)
    _check(path, data)
    texts: list[Text] = []
    marks: list[Mark] = []
    try:
        docs = list(DocBin().from_bytes(data).get_docs(spacy.blank("xx").vocab))
    except Exception as error:  # whatever spaCy makes of bytes that are not its own
        raise ExportError(
            f"{str(path)!r} is not a DocBin of spaCy, or damaged: save it again"
        ) from error
    for number, doc in enumerate(docs):
        about = {key: value for key, value in doc.user_data.items() if isinstance(value, str)}
        texts.append(
            Text(
                name=about.get("document", f"{path.stem} {number + 1}"),
                content=doc.text,
                sha256=about.get("text_sha256", ""),
                title=about.get("title", ""),
                kind=about.get("kind", ""),
                language=about.get("language", ""),
            )
        )
        marks += _marks(path, number, doc)
    return Foreign(tuple(texts), tuple(marks))


def _check(path: Path, data: bytes) -> None:
    """Refuse what is not packed, and what would fill the memory once it is unpacked."""
    unpacking, size = zlib.decompressobj(), 0
    try:
        while data and size < LARGEST:
            size += len(unpacking.decompress(data, _PIECE))
            data = unpacking.unconsumed_tail
    except zlib.error as error:
        raise ExportError(f"{str(path)!r} is not a DocBin of spaCy: name a .spacy file") from error
    if size >= LARGEST:
        raise ExportError(f"{str(path)!r} unpacks to more than {LARGEST:,} bytes: split it")


def _marks(path: Path, text: int, doc: Doc) -> Iterator[Mark]:
    where = f"document {text + 1}"
    own = doc.spans.get(ALL)
    told = own.attrs.get("annotations") if own is not None else None
    if told is not None:
        for one in jsonlines.list_of(path, where, {ALL: told}, ALL):
            start, end = jsonlines.offsets(path, where, one.get("start"), one.get("end"))
            yield Mark(
                text,
                start,
                end,
                jsonlines.said(one.get("quote")),
                where=where,
                **{name: jsonlines.said(one.get(name)) for name in _TOLD},
            )
        return
    spans = [span for name in doc.spans if name != CLAUSES for span in doc.spans[name]]
    for span in spans or doc.ents:
        yield Mark(text, span.start_char, span.end_char, span.text, span.label_, where=where)
