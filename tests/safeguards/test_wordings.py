"""Every example in the files of wordings is found, and every near miss left."""

from __future__ import annotations

from pathlib import Path

import pytest
import srsly

from annotator.model import Document
from annotator.safeguards import findings, kinds, lexicon
from annotator.safeguards.signals import Listener

LANGUAGES = sorted(path.stem for path in kinds.FOLDER.glob("*.yaml") if len(path.stem) == 2)


def _examples(language: str, *, of_kinds: bool) -> list[tuple[str, str, str, str]]:
    found = lexicon.read(language)
    assert found is not None
    return [
        (language, examples.subject, key, sentence)
        for examples in found.examples
        if ("match" in examples.sentences) == of_kinds
        for key, sentences in examples.sentences.items()
        for sentence in sentences
    ]


OF_KINDS = [one for language in LANGUAGES for one in _examples(language, of_kinds=True)]
OF_SAFEGUARDS = [one for language in LANGUAGES for one in _examples(language, of_kinds=False)]


@pytest.mark.parametrize(("language", "kind", "key", "sentence"), OF_KINDS)
def test_a_kind_is_told(read_law, language: str, kind: str, key: str, sentence: str) -> None:
    _, readings = read_law(f"### Article 1. A\n\n{sentence}", language=language)
    found = {reading.power for reading in readings}
    assert (kind in found) == (key == "match")


@pytest.fixture(scope="module")
def listeners() -> dict[str, Listener]:
    found = {}
    for language in LANGUAGES:
        words = lexicon.read(language)
        assert words is not None
        found[language] = Listener(words)
    return found


@pytest.mark.parametrize(("language", "safeguard", "key", "sentence"), OF_SAFEGUARDS)
def test_a_safeguard_is_told(
    read_law, listeners, language: str, safeguard: str, key: str, sentence: str
) -> None:
    document: Document
    document, _ = read_law(f"### Article 1. A\n\n{sentence}", language=language)
    words = lexicon.read(language)
    assert words is not None
    (heard,) = listeners[language].clauses(document).values()
    found = {
        one.strength
        for one in findings.findings(heard, words, opened_weakly=False)
        if one.safeguard == safeguard
    }
    expected = {"present": "strong", "weak": "weak", "against": "against"}.get(key)
    if expected is None:
        assert not found
    else:
        assert expected in found
        assert expected == "strong" or "strong" not in found


def test_every_kind_and_every_safeguard_has_wordings_in_english() -> None:
    listed = kinds.load()
    told = {kind for language, kind, _, _ in OF_KINDS if language == "en"}
    assert {kind.id for kind in listed.kinds} - told == {"other_offence"}
    told = {safeguard for language, safeguard, _, _ in OF_SAFEGUARDS if language == "en"}
    assert {name for names in listed.safeguards.values() for name in names} <= told


SENTENCES = srsly.read_yaml(Path(__file__).resolve().parent / "sentences.yaml")


@pytest.mark.parametrize(("kind", "sentence"), SENTENCES["kinds"])
def test_a_sentence_grants(read_law, kind: str, sentence: str) -> None:
    _, readings = read_law(f"### Article 1. A\n\n{sentence}")
    found = {reading.power for reading in readings}
    assert kind in found if kind != "none" else not found


@pytest.mark.parametrize(("safeguard", "strength", "sentence"), SENTENCES["safeguards"])
def test_a_sentence_protects(
    read_law, listeners, safeguard: str, strength: str, sentence: str
) -> None:
    document, _ = read_law(f"### Article 1. A\n\n{sentence}")
    words = lexicon.read("en")
    assert words is not None
    (heard,) = listeners["en"].clauses(document).values()
    listed = kinds.load().safeguards["power"]
    found = {
        one.strength
        for one in findings.findings(heard, words, opened_weakly=False)
        if one.safeguard == safeguard or (safeguard == "any" and one.safeguard in listed)
    }
    if strength == "none":
        assert not found
    else:
        assert strength in found
        assert strength == "strong" or "strong" not in found
