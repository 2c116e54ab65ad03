"""What a lawyer expects of a reading, a case each; then what holds of every text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import intake, safeguards
from annotator.errors import AnnotatorError
from annotator.model import SAFEGUARD_STATES, PowerReading, SafeguardReading, check_span
from annotator.safeguards import kinds

SEARCH = "The police may search any premises."
JUDGE = "A search may take place only under a warrant issued by a judge."


def _one(readings: tuple[PowerReading, ...], eid: str) -> PowerReading:
    (found,) = [reading for reading in readings if reading.eid == eid]
    return found


def _state(readings: tuple[PowerReading, ...], eid: str, safeguard: str) -> SafeguardReading:
    return _one(readings, eid).safeguard(safeguard)


def test_a_condition_in_another_paragraph_of_the_article_is_present(read_law) -> None:
    _, readings = read_law(f"### Article 1. Search\n\n1. {SEARCH}\n\n2. {JUDGE}")
    found = _state(readings, "art_1__para_1", "prior_authorisation")
    assert found.state == "present"
    assert found.evidence[0].eid == "art_1__para_2"
    assert "art. 1(2)" in found.reason


def test_a_sibling_that_grants_another_power_speaks_for_itself(read_law) -> None:
    body = (
        "### Article 1. Powers\n\n"
        "1. With the approval of a judge, the police may search any premises.\n\n"
        "2. The Minister may order providers to block access to any website."
    )
    _, readings = read_law(body)
    assert _state(readings, "art_1__para_1", "prior_authorisation").state == "present"
    assert _state(readings, "art_1__para_2", "prior_authorisation").state == "absent"


def test_a_reference_is_followed(read_law) -> None:
    body = (
        f"### Article 1. Search\n\n1. {SEARCH}\n\n"
        "2. The powers in this article are subject to article 9.\n\n"
        "### Article 9. Conditions\n\nA measure needs the prior approval of a court and is "
        "proportionate to its aim."
    )
    _, readings = read_law(body)
    for safeguard in ("prior_authorisation", "proportionality"):
        found = _state(readings, "art_1__para_1", safeguard)
        assert (found.state, found.evidence[0].eid) == ("by_reference", "art_9")
    assert _state(readings, "art_1__para_1", "notification").state == "absent"


@pytest.mark.parametrize(
    "words",
    [
        "The powers in this chapter are exercised under the supervision of an independent body.",
        "An independent body reviews the exercise of the powers under this Law every year.",
        "An independent body reviews searches every year.",
        "An independent body reviews the use made of article 1 every year.",
    ],
)
def test_a_general_clause_covers_what_it_speaks_of(read_law, words: str) -> None:
    body = (
        f"## Chapter I. Powers\n\n### Article 1. Entry\n\n{SEARCH}\n\n"
        f"### Article 2. Control\n\n{words}"
    )
    _, readings = read_law(body)
    assert _state(readings, "art_1", "oversight").state == ("by_reference")


def test_a_general_clause_of_another_chapter_does_not_cover(read_law) -> None:
    body = (
        f"## Chapter I. Powers\n\n### Article 1. Entry\n\n{SEARCH}\n\n"
        "## Chapter II. Extradition\n\n### Article 2. Surrender\n\n"
        "The Parties shall extradite offenders to one another.\n\n"
        "### Article 3. Conditions\n\nThe procedures of this chapter are proportionate."
    )
    _, readings = read_law(body)
    assert _state(readings, "art_1", "proportionality").state == "absent"
    assert _state(readings, "art_2", "proportionality").state == "by_reference"


@pytest.mark.parametrize(
    ("words", "safeguard"),
    [
        ("The law provides, as appropriate, for judicial review of a search.", "oversight"),
        ("Where practicable, the occupier of the premises shall be informed.", "notification"),
        ("The Parties shall consider whether a search is proportionate.", "proportionality"),
        ("Such searches are made in accordance with domestic law.", "legality"),
    ],
)
def test_what_is_optional_is_weak(read_law, words: str, safeguard: str) -> None:
    _, readings = read_law(f"### Article 1. Search\n\n1. {SEARCH}\n\n2. {words}")
    assert _state(readings, "art_1__para_1", safeguard).state == "weak"


@pytest.mark.parametrize(
    ("words", "safeguard"),
    [
        ("The police may search any premises without a warrant.", "prior_authorisation"),
        ("The police may search the house without notifying the occupier.", "notification"),
        ("The police may search any premises as they think fit.", "legality"),
    ],
)
def test_what_is_excluded_is_absent_and_shows_the_words(
    read_law, words: str, safeguard: str
) -> None:
    body = (
        f"### Article 1. Search\n\n{words}\n\n"
        "### Article 2. Safeguards\n\nThe powers under this Law are prescribed by law, exercised "
        "with the prior approval of a judge, and the person concerned shall be informed."
    )
    document, readings = read_law(body)
    found = _state(readings, "art_1", safeguard)
    assert found.state == "absent"
    assert document.text[found.evidence[0].start : found.evidence[0].end] in words


def test_an_exception_beside_the_rule_is_weak(read_law) -> None:
    body = (
        "### Article 1. Search\n\n1. In urgent cases the police may search premises without a "
        f"warrant.\n\n2. In all other cases: {JUDGE}"
    )
    _, readings = read_law(body)
    found = _state(readings, "art_1__para_1", "prior_authorisation")
    assert found.state == "weak"
    assert {e.eid for e in found.evidence} == {"art_1__para_1", "art_1__para_2"}


def test_dual_criminality_is_asked_of_help_to_other_states_only(read_law) -> None:
    body = (
        f"### Article 1. Search\n\n{SEARCH}\n\n"
        "### Article 2. Assistance\n\nThe Parties shall afford one another mutual assistance."
    )
    _, readings = read_law(body)
    assert not _state(readings, "art_1", "dual_criminality").applies
    assert _state(readings, "art_2", "dual_criminality").applies
    names = kinds.load().safeguards["power"]
    assert all(tuple(s.safeguard for s in reading.safeguards) == names for reading in readings)


@pytest.mark.parametrize(
    "words",
    [
        '"Search" means any entry to premises.',
        "Nothing in this Law authorises the police to search a newsroom.",
        "No person shall be searched without cause.",
        "This Law enters into force on the day of its publication.",
        "The Parties shall send copies of their laws to the Secretary-General.",
        "A request shall state the premises to be searched.",
        "Everyone has the right to respect for his home and correspondence.",
        "The Parties shall give developing countries technical assistance in training.",
    ],
)
def test_what_grants_nothing(read_law, words: str) -> None:
    _, readings = read_law(f"### Article 1. A\n\n{words}")
    assert readings == ()


def test_points_of_one_kind_are_one_power_and_of_several_are_several(read_law) -> None:
    _, readings = read_law(
        "### Article 1. A\n\n1. The police shall have the power:\n\n(a) to search premises;\n\n"
        "(b) to seize documents.\n\n"
        "2. The Minister shall have the power:\n\n(a) to intercept communications;\n\n"
        "(b) to order providers to block access to websites."
    )
    assert [(r.eid, r.power) for r in readings] == [
        ("art_1__para_1", "search_and_seizure"),
        ("art_1__para_2__point_a", "interception"),
        ("art_1__para_2__point_b", "blocking"),
    ]


def test_references_in_a_circle_end(read_law) -> None:
    _, readings = read_law(
        "### Article 1. Search\n\nThe police may search premises, subject to article 2.\n\n"
        "### Article 2. Conditions\n\nConditions are those of, and subject to, article 3.\n\n"
        "### Article 3. More\n\nSubject to article 2 and article 1, a court must approve. "
        "Measures need the approval of a court."
    )
    assert _state(readings, "art_1", "prior_authorisation").state == "by_reference"


def test_news_and_other_languages(reader) -> None:
    news = intake.parse("Police may search homes.\n\nMore.", kind="news", language="en", title="N")
    assert reader.read(news, ()) == ()
    french = intake.parse("Article 1\n\nLa police peut.", kind="treaty", language="fr", title="F")
    with pytest.raises(AnnotatorError, match="'fr'"):
        reader.read(french, ())
    silent = safeguards.load("nl")
    assert "'nl'" in silent.notice
    with pytest.raises(AnnotatorError, match="'xx-none'"):
        safeguards.load("xx-none")


def test_asking_for_the_ruleset_loads_no_spacy() -> None:
    code = (
        "import sys; from annotator import safeguards; safeguards.ruleset('en');"
        "safeguards.kind('search_and_seizure'); assert 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


FRAGMENTS = (
    SEARCH,
    JUDGE,
    "The powers in this chapter are subject to article 2.",
    "Where appropriate, the person concerned shall be informed.",
    "Each Party shall empower its authorities to:",
    "intercept communications without a warrant;",
    "Whoever discloses a secret commits an offence.",
    "Staff can report wrongdoing through a channel 🜁 of their own.",
    "Subject to articles 1 and 3, and to this chapter, data are deleted.",
    "",
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.sampled_from(FRAGMENTS), max_size=5), min_size=1, max_size=5))
def test_every_reading_is_about_words_of_the_text(read_law, articles: list[list[str]]) -> None:
    body = "".join(
        f"### Article {number}. A\n\n"
        + "".join(f"{n}. {words}\n\n" for n, words in enumerate(paragraphs, 1))
        for number, paragraphs in enumerate(articles, 1)
    )
    document, readings = read_law(f"## Chapter I. All\n\n{body}")
    listed = kinds.load()
    eids = {clause.eid for clause in document.clauses}
    assert list(readings) == sorted(readings, key=lambda r: (r.start, r.end, r.eid, r.power))
    assert len({(r.eid, r.group) for r in readings}) == len(readings)
    for reading in readings:
        check_span(document.text, reading.start, reading.end, reading.quote)
        assert reading.eid in eids
        assert listed.kind(reading.power).group == reading.group
        names = tuple(one.safeguard for one in reading.safeguards)
        assert names == listed.safeguards[reading.group]
        for one in reading.safeguards:
            assert one.state in SAFEGUARD_STATES
            assert one.reason
            assert one.evidence or one.state == "absent"
            for evidence in one.evidence:
                check_span(document.text, evidence.start, evidence.end, evidence.quote)
                clause = document.clause(evidence.eid)
                assert clause.body <= evidence.start
                assert evidence.end <= clause.own_end
