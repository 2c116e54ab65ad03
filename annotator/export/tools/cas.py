"""UIMA CAS as XMI with its type system, as INCEpTION takes them: a file a text and reviewer.

Marks are `webanno.custom.Concern`, clauses that were read or noted `webanno.custom.Reading`, what
the rules proposed `webanno.custom.Suggestion`, in a file of its own a text. Sentences and tokens
are those of DKPro, which INCEpTION needs to show a text. In INCEpTION import `TypeSystem.xml` under
Layers first. UIMA counts UTF-16 units; dkpro-cassis, by the same people, converts.

XML 1.0 has no control characters: they become spaces.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from annotator.errors import ExportError
from annotator.export import labels
from annotator.export.dataset import Dataset, Part
from annotator.export.loading.foreign import Foreign, Mark, Reading, Text
from annotator.export.tools import bundle, cutting, layers, naming
from annotator.export.tools.layers import CONCERN, FEATURES, READING, SUGGESTION

if TYPE_CHECKING:
    # Loaded where it is used: few take or bring XMI.
    from cassis import Cas, TypeSystem

TYPES = "TypeSystem.xml"
PROPOSED = ".suggestions.xmi"
_SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
_TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
_TITLED = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_READ = ("eid", "citation", "state", "note", "reviewer", "updated")
_PROPOSES = ("label", "rule", "score", "reason", "standard")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def files(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """The type system, then text by text a folder with a file for each reviewer who spoke of it."""
    types = type_system()
    yield TYPES, types.to_xml().encode()
    names = naming.text_names((one.id, one.slug, one.version) for one in dataset.documents)
    for part in dataset.parts():
        folder = names[part.document.id]
        for reviewer in dataset.reviewers:
            said = [mark for mark in part.annotations if mark.reviewer == reviewer.id]
            read = [one for one in part.reviews if one.reviewer == reviewer.id]
            if not said and not read:
                continue
            who = dataset.name(reviewer.id)
            cas = _cas(types, part)
            for mark in said:
                _add(cas, CONCERN, mark.start, mark.end, layers.features(mark, who))
            for one in read:
                clause = part.clauses[one.eid]
                values = {
                    "eid": one.eid,
                    "citation": clause.citation,
                    "state": one.state,
                    "note": one.note,
                    "reviewer": who,
                    "updated": one.updated,
                }
                _add(cas, READING, clause.body, clause.own_end, values)
            yield f"{folder}/{naming.quoted(who)}.xmi", _xmi(cas)
        if part.suggestions:
            cas = _cas(types, part)
            for proposal in part.suggestions:
                values = {
                    "label": labels.label(proposal.concern, proposal.polarity, proposal.code),
                    "rule": proposal.rule,
                    "score": str(proposal.score),
                    "reason": proposal.reason,
                    "standard": proposal.standard,
                }
                _add(cas, SUGGESTION, proposal.start, proposal.end, values)
            yield f"{folder}{PROPOSED}", _xmi(cas)


def type_system() -> TypeSystem:
    """The layers that our marks are in, with those of DKPro that a text needs."""
    from cassis import TypeSystem

    types = TypeSystem()
    for name in (_SENTENCE, _TOKEN):
        types.create_type(name, supertypeName="uima.tcas.Annotation")
    titled = types.create_type(_TITLED, supertypeName="uima.tcas.DocumentAnnotation")
    for feature in ("documentTitle", "documentId"):
        types.create_feature(titled, feature, "uima.cas.String")
    for layer, names in ((CONCERN, FEATURES), (READING, _READ), (SUGGESTION, _PROPOSES)):
        made = types.create_type(layer, supertypeName="uima.tcas.Annotation")
        for name in names:
            types.create_feature(made, name, "uima.cas.String")
    return types


def _cas(types: TypeSystem, part: Part) -> Cas:
    from cassis import Cas

    document = part.document
    cas = Cas(types, sofa_string=_fit(document.text), sofa_mime="text/plain")
    titled = {"language": document.language, "documentTitle": document.title}
    _add(cas, _TITLED, 0, len(document.text), {**titled, "documentId": document.slug})
    borders = [at for mark in part.annotations for at in (mark.start, mark.end)]
    cut = cutting.tokens(document.text, document.language, borders)
    for sentence in cutting.sentences(document.text, document.language, cut):
        _add(cas, _SENTENCE, sentence[0].start, sentence[-1].end, {})
        for token in sentence:
            _add(cas, _TOKEN, token.start, token.end, {})
    return cas


def _add(cas: Cas, layer: str, start: int, end: int, values: dict[str, str]) -> None:
    kind: Any = cas.typesystem.get_type(layer)
    said = {name: _fit(value) for name, value in values.items() if value}
    cas.add(kind(begin=start, end=end, **said))


def _fit(text: str) -> str:
    return _UNFIT.sub(" ", text)


def _xmi(cas: Cas) -> bytes:
    return str(cas.to_xmi()).encode()


def read(path: Path) -> Foreign:
    """The annotations of every custom layer, and our readings, in each XMI of a folder or zip.

    The reviewer is the name of a file in a text's folder, where a mark does not name one. The type
    system lies beside, or in the same zip; `ExportError` where it does not.
    """
    found = bundle.files(path, (".xmi", ".xml"))
    systems = {name: one for name, one in found.items() if name.endswith(".xml")}
    if path.is_file() and not systems:
        systems = {
            one.name: one.read_bytes()
            for one in (
                path.with_name(TYPES),
                path.parent.with_name(TYPES),
                path.parents[1] / TYPES,
            )
            if one.is_file()
        }
    texts: list[Text] = []
    marks: list[Mark] = []
    readings: list[Reading] = []
    predictions = 0
    for name, content in found.items():
        place = PurePosixPath(name)
        if not name.endswith(".xmi"):
            continue
        cas = _parsed(path, name, content, systems)
        if cas.typesystem.contains_type(SUGGESTION):
            predictions += len(list(cas.select(SUGGESTION)))
        if name.endswith(PROPOSED):
            continue
        who = "" if place.parent == PurePosixPath(".") else naming.unquoted(place.stem)
        titled = _title(cas)
        folder = place.parent.name if who else ""
        texts.append(
            Text(
                name=titled or folder or place.stem,
                content=cas.sofa_string or "",
                language=getattr(_document(cas), "language", None) or "",
            )
        )
        for layer in _layers(cas):
            for one in cas.select(layer):
                said = {
                    feature.name: getattr(one, feature.name, None)
                    for feature in one.type.all_features
                    if feature.name not in ("begin", "end", "sofa")
                }
                where = f"{name}, {layer.rpartition('.')[2]} {one.begin}-{one.end}"
                if layer == READING:
                    readings.append(_reading(len(texts) - 1, said, who, where))
                elif layer != SUGGESTION:
                    plain = {key: value for key, value in said.items() if isinstance(value, str)}
                    mark = layers.mark(
                        layer,
                        plain,
                        len(texts) - 1,
                        one.begin,
                        one.end,
                        None,
                        where=where,
                        reviewer=who,
                    )
                    if mark is not None:
                        marks.append(mark)
    passed = {"predictions": predictions}
    return Foreign(tuple(texts), tuple(marks), tuple(readings), passed=passed)


def _parsed(path: Path, name: str, content: bytes, systems: dict[str, bytes]) -> Cas:
    import cassis

    folder = PurePosixPath(name).parent
    near = sorted(
        systems, key=lambda one: (not folder.is_relative_to(PurePosixPath(one).parent), one)
    )
    if not near:
        raise ExportError(f"{path}: {name!r} comes without its TypeSystem.xml: put it beside")
    for one in (content, systems[near[0]]):
        if b"<!DOCTYPE" in one.replace(b"\0", b""):  # in UTF-16 every other byte is zero
            raise ExportError(f"{path}: {name!r} declares XML entities, which no XMI needs")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            types = cassis.load_typesystem(BytesIO(systems[near[0]]))
            return cassis.load_cas_from_xmi(BytesIO(content), typesystem=types, lenient=True)
    except Exception as error:
        # Whatever is wrong in such a file, lxml and cassis say in a dozen exceptions of their own.
        raise ExportError(
            f"{path}: {name!r} and {near[0]!r} are damaged or do not go together: export both again"
        ) from error


def _layers(cas: Cas) -> Iterator[str]:
    """Types of annotations that people made: neither UIMA's own nor DKPro's segmentation."""
    for kind in sorted(cas.typesystem.get_types(), key=lambda one: str(one.name)):
        name = str(kind.name)
        theirs = name.startswith(("uima.", "de.tudarmstadt.ukp.dkpro.core.")) and name != _ENTITY
        if not theirs and cas.typesystem.subsumes("uima.tcas.Annotation", kind):
            yield name


def _document(cas: Cas) -> Any:
    for name in (_TITLED, "uima.tcas.DocumentAnnotation"):
        if cas.typesystem.contains_type(name):
            found = list(cas.select(name))
            if found:
                return found[0]
    return None


def _title(cas: Cas) -> str:
    return str(getattr(_document(cas), "documentId", None) or "")


def _reading(text: int, said: dict[str, Any], who: str, where: str) -> Reading:
    values = {name: str(said.get(name) or "") for name in _READ}
    values.pop("citation")
    values["reviewer"] = values["reviewer"] or who
    return Reading(text, where=where, **values)
