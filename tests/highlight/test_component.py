"""The gate changes nothing, matches stay inside sentences, and spans say what they are."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from annotator.highlight import alphabet, read, sequence
from annotator.highlight import component as component_module
from annotator.highlight.component import ConcernRules, longest
from annotator.highlight.gate import Gate
from annotator.highlight.rules import Rule, Ruleset

RULES = read("en")
NLP = spacy.blank("en")
EXAMPLES = [text for rule in RULES.rules for text in (*rule.match, *rule.near_miss)]
WORDS = sorted({word for text in EXAMPLES for word in text.split()} | {".", ";", "\n", "\n\n"})


@cache
def shipped(*, gated: bool = True) -> ConcernRules:
    """The project's English rules; made when a test first asks, since that takes a second."""
    return ConcernRules(NLP, RULES, gated=gated)


@cache
def forgetful() -> ConcernRules:
    """The same once more, with nothing remembered in common."""
    return ConcernRules(NLP, RULES)


def spans(
    component: ConcernRules, text: str, nlp: Language = NLP
) -> list[tuple[int, int, str, str]]:
    doc = component(nlp.make_doc(text))
    return [(s.start_char, s.end_char, s.id_, s.label_) for s in doc.spans["concerns"]]


def test_the_gate_finds_what_running_every_rule_finds_in_the_examples():
    # A tenth of them: every pattern in every example is some seconds' work for each rule.
    whole = "\n\n".join(EXAMPLES[::10])
    assert len(spans(shipped(), whole)) > len(RULES.rules) // 10
    assert spans(shipped(), whole) == spans(shipped(gated=False), whole)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(EXAMPLES)), max_size=30).map(
        " ".join
    )
)
def test_the_gate_finds_what_running_every_rule_finds(text):
    assert spans(shipped(), text) == spans(shipped(gated=False), text)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *EXAMPLES]), max_size=20).map(" ".join))
def test_no_match_crosses_a_line_and_none_of_one_rule_overlap(text):
    found = spans(shipped(), text)
    assert found == sorted(found)
    for start, end, *_ in found:
        assert 0 <= start < end <= len(text)
        assert "\n" not in text[start:end]
        assert "; " not in text[start:end]
    for rule in {rule for *_, rule, _ in found}:
        own = [(start, end) for start, end, name, _ in found if name == rule]
        assert all(before[1] <= after[0] for before, after in pairwise(own))


def rule(**values) -> Rule:
    fixed = {
        "id": "r",
        "concern": "privacy",
        "code": "search",
        "polarity": "risk",
        "score": 0.5,
        "reason": "r",
        "standard": "s",
    }
    return Rule(**{**fixed, **values})


# the rule, the text, what is found in it
CASES = [
    (rule(phrases=("Search Warrant",)), "a search warrant and SEARCH WARRANT", 2),
    (rule(phrases=("search warrant~",)), "search warrants", 1),
    (rule(phrases=("authorised search",)), "an authorized search", 1),
    (rule(patterns=("search~ .. device~",)), "searching his own two devices", 1),
    (rule(patterns=("search~ ..1 device~",)), "searching his own two devices", 0),
    (rule(patterns=("search .. device",)), "a search. The device", 0),
    (rule(patterns=("search .. device",)), "a search; the device", 0),
    (rule(patterns=("search .. device",)), "a search under art. 5 of a device", 1),
    (rule(patterns=("search .. device",)), "a search\n\na device", 0),
    (rule(patterns=("co-operate [fully] in",)), "cooperate in, co-operate fully in", 2),
    (rule(patterns=("<who> shall",)), "the service provider shall, a person shall", 2),
    (rule(patterns=(({"LOWER": "search"}, {"IS_DIGIT": True}),)), "Search 5", 1),
    (rule(patterns=(({"IS_DIGIT": True},),)), "no literal: 5", 1),
    (rule(patterns=("search",), unless=("no search",)), "no search here, a search there", 1),
    (rule(phrases=("search",), unless=("no .. search",)), "no house search", 0),
    (rule(patterns=("search .. data",), exceptions=("no search",)), "no search of data", 0),
    (rule(patterns=("search .. data",), exceptions=("no search",)), "no. A search of data", 1),
    (rule(phrases=("search",), exceptions=("no",)), "no, he said, but a search", 1),
    (rule(phrases=("search",), context=("police",)), "a search. The police", 0),
    (rule(phrases=("search",), context=("police",)), "a search by Police", 1),
    (rule(phrases=("a b", "b c d")), "a b c d", 1),
    (rule(phrases=("search",)), '"search" means a search of data', 0),
    (rule(phrases=("search",), definitions=True), '"search" means a search of data', 2),
    (rule(phrases=("search",)), "Article 5\n\nSearch of data\n\nA search is made.", 1),
    (rule(phrases=("search",)), "ARTICLE 5\nSEARCH OF DATA\n\nA search is made.", 1),
    (rule(phrases=("search",)), "## Search of data\n\nA search is made.", 1),
    (rule(phrases=("search",)), "SEARCH", 1),
]


@pytest.mark.parametrize(("one", "text", "count"), CASES)
@pytest.mark.parametrize("gated", [True, False])
def test_what_a_rule_matches(one, text, count, gated):
    rules = Ruleset("en", (one,), {"who": ("person", "service provider~")}, "")
    component = ConcernRules(NLP, rules, gated=gated)
    found = spans(component, text)
    assert len(found) == count
    assert {name for *_, name, _ in found} <= {"r"}
    assert {label for *_, label in found} <= {"privacy:risk"}


def test_the_nearest_end_and_the_longest_of_overlapping_matches():
    rules = Ruleset("en", (rule(patterns=("search~ .. data",)),), {}, "")
    text = "search data and more data, searching and searching all data"
    found = [text[start:end] for start, end, *_ in spans(ConcernRules(NLP, rules), text)]
    assert found == ["search data", "searching and searching all data"]
    assert longest([(0, 2), (1, 4), (4, 5), (0, 1)]) == [(0, 1), (1, 4), (4, 5)]


def test_a_gate_opens_only_for_what_can_match():
    needs = [
        (frozenset("ab"), frozenset("c")),
        (frozenset("c"),),
        (),
        (frozenset(),),
        (frozenset("d"), frozenset("e"), frozenset("f")),
    ]
    gate = Gate(needs, ["cc", "c"])
    assert gate.open(set()) == [2]
    assert gate.open(set("ab")) == [2]
    assert gate.open(set("bc")) == [0, 1, 2]
    assert gate.open(set("fxed")) == [2, 4]
    assert gate.open(set("abcdef")) == [0, 1, 2, 4]
    assert Gate([]).open(set("a")) == []


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_text_is_read_without_a_doc_as_with_one(language):
    rules = read(language)
    nlp = spacy.blank(language)
    component = ConcernRules(nlp, rules)
    examples = [text for rule in rules.rules for text in (*rule.match, *rule.near_miss)]
    words = sorted({word for text in examples for word in text.split()} | ODD)

    @settings(max_examples=60, derandomize=True, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([" ", " ", " ", "  ", "\n", " \n ", "\u2003", ", ", "."]),
                st.one_of(st.sampled_from(words), st.sampled_from(examples)),
            ),
            max_size=25,
        )
    )
    def check(parts):
        text = "".join(f"{word}{gap}" for gap, word in parts)
        without = [(f.start, f.end, f.rule.id) for f in component.find(text)]
        assert without == [
            (start, end, name) for start, end, name, _ in spans(component, text, nlp)
        ]
        # The words themselves are the same too.
        doc, read = nlp.make_doc(text), component._alphabet.read(text)
        assert read.codes == component._alphabet.read_doc(doc).codes
        for token in doc:
            if not token.is_space:
                assert read.span(token.i, token.i + 1) == (token.idx, token.idx + len(token))
                assert read.initial(token.i) == token.text[0]

    check()


ODD = {
    "",
    ":-)",
    "8)",
    "I 'm",
    "e.g.",
    "U.S.",
    "U.S.;",
    "cannot",
    "don’t",
    "a;b",
    "end.Next",
    "(x)",
}


def test_a_sentence_without_an_end_is_read_in_time_that_grows_with_it():
    nlp = spacy.blank("en")
    rules = Ruleset(
        "en",
        (
            rule(
                patterns=("search .. <who>",), unless=("no search .. <who>",), exceptions=("house",)
            ),
        ),
        {"who": ("person", "service provider")},
        "",
    )
    component = ConcernRules(nlp, rules)
    once = "a search of every person and search of the service provider there "
    text = (once * 5000).strip()
    found = component.find(text)
    assert len(found) == 10_000
    assert {text[f.start : f.end] for f in found} == {
        "search of every person",
        "search of the service provider",
    }
    assert [(f.first, f.last) for f in found] == sorted((f.first, f.last) for f in found)
    assert component.find(f"{text} no search for a person, house") == found


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(EXAMPLES), min_size=3, max_size=8))
def test_windows_and_what_is_remembered_change_nothing(texts):
    """Sentences without an end, read in windows of three words, with hardly anything remembered."""
    joined = [" ".join(texts).translate({ord(end): None for end in ".;!?"}), *texts, *texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequence, "_WINDOW", 3)
        patch.setattr(alphabet, "_MOST", 4)
        patch.setattr(component_module, "_MOST", 1)
        forgetful()._known.clear()
        found = [forgetful().find(text) for text in joined]
    assert found == [shipped().find(text) for text in joined]
