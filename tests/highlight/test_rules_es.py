"""Spanish: each rule finds its examples, word forms, definitions, and figures on sentences."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import srsly

from annotator import codebook, highlight
from annotator.highlight import quiet
from annotator.highlight.forms import forms
from annotator.highlight.rules import read

# word, forms that texts hold, forms that belong to other words
FORMS = [
    (
        "interceptar",
        {"intercepta", "interceptarlas", "interceptare", "interceptada"},
        {"intercepto"},
    ),
    ("publicar", {"publique", "publicó", "publicados"}, {"publice"}),
    ("investigar", {"investigue", "investiguen"}, {"investige"}),
    ("autorizar", {"autorice"}, {"autorize"}),
    ("perseguir", {"persigue", "persiga", "perseguidos"}, {"persigua"}),
    ("proteger", {"protegerá", "proteja"}, {"protega"}),
    ("destruir", {"destruya", "destruidos", "destruyere"}, {"destruie"}),
    ("requerir", {"requiera", "requirió", "requiriere"}, set()),
    ("obtener", {"obtuvo", "obtenga", "obtenidos"}, {"obtenió"}),
    ("imponer", {"impuso", "imponga", "impuesta"}, set()),
    ("orden", {"órdenes"}, set()),
    ("juez", {"jueces"}, {"juezes"}),
    ("investigación", {"investigaciones"}, {"investigaciónes"}),
    ("informador", {"informadora", "informadores"}, set()),
    ("agredir", {"agredieron", "agredió", "agredido"}, {"agridió"}),
]


@pytest.mark.parametrize(("word", "held", "left"), FORMS, ids=[f[0] for f in FORMS])
def test_a_word_has_its_ordinary_forms(word, held, left):
    made = set(forms(word, "es"))
    assert held <= made
    assert not left & made


@pytest.mark.parametrize(
    "text",
    [
        "Por «datos de tráfico» se entenderá todo registro de una llamada.",
        "Se entiende por interceptación la escucha de una conversación.",
        "a) «registro»: la entrada en un lugar cerrado",
        "La expresión “datos personales” designa toda información sobre una persona.",
    ],
)
def test_a_sentence_that_says_what_a_term_means_is_a_definition(text):
    assert quiet.definitions(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lo dispuesto aquí se entiende sin perjuicio del registro de un domicilio.",
        "El juez ordenó el registro de la vivienda.",
    ],
)
def test_other_sentences_are_not(text):
    assert quiet.definitions(text) == []


def test_headings_in_spanish_are_told_from_sentences():
    text = "Artículo 5.º\nInterceptación de comunicaciones\n\nCAPÍTULO II\n\nEl artículo 5 rige."
    found = [text[start:end] for start, end in quiet.headings(text)]
    assert found == ["Artículo 5.º\nInterceptación de comunicaciones", "CAPÍTULO II"]
    assert quiet.defines("Definiciones")
    assert quiet.defines("Términos empleados")
    assert not quiet.defines("Interceptación")


RULES = read("es").rules


@pytest.fixture
def spanish(highlighter) -> highlight.Highlighter:
    return highlighter("es")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_examples_and_leaves_its_near_misses(spanish, rule):
    texts = (*rule.match, *rule.near_miss)
    fired = [any(s.rule == rule.id for s in found) for found in spanish.pipe(texts)]
    wanted = [True] * len(rule.match) + [False] * len(rule.near_miss)
    assert [t for t, got, want in zip(texts, fired, wanted, strict=True) if got != want] == []


def test_every_concern_and_polarity_has_rules_that_can_wait_for_their_words():
    assert len(RULES) >= 130
    counts = Counter((rule.concern, rule.polarity) for rule in RULES)
    assert min(counts[c, p] for c in codebook.CONCERNS for p in ("risk", "safeguard")) >= 8
    assert all(isinstance(pattern, str) for rule in RULES for pattern in rule.patterns)


def test_sentences_of_laws_and_news_are_read_as_marked(spanish):
    gold: Any = srsly.read_yaml(Path(__file__).with_name("sentences_es.yaml"))
    marked = [(e["text"], set(e["expect"]), set(e.get("arguable", ()))) for e in gold["marked"]]
    rows = [*marked, *((text, set(), set()) for text in gold["unmarked"])]
    hits = missed = extra = 0
    for (_, wanted, arguable), found in zip(
        rows, spanish.pipe(text for text, _, _ in rows), strict=True
    ):
        got = {f"{s.concern} {s.polarity}" for s in found}
        hits += len(wanted & got)
        missed += len(wanted - got)
        extra += len(got - wanted - arguable)
    assert hits + missed == len(marked) >= 60
    assert len(gold["unmarked"]) >= 60
    assert hits / (hits + missed) >= 0.95
    assert hits / (hits + extra) >= 0.95


# how it is written, and a concern that is found all the same
SPELT = [
    (
        "Los/as periodistas y comunicadores/as fueron agredidos/as por la policía.",
        "press_freedom:risk",
    ),
    ("EL JUEZ ORDENÓ LA INTERCEPTACIÓN DE LAS COMUNICACIONES.", "privacy:risk"),
    ("La interceptacion de las comunicaciones se hara por orden del ministro.", "privacy:risk"),
]


@pytest.mark.parametrize(("text", "label"), SPELT)
def test_capitals_missing_accents_and_both_genders_are_read(spanish, text, label):
    (found,) = spanish.pipe([text])
    assert label in {f"{s.concern}:{s.polarity}" for s in found}
