"""A model is trained on decisions only where there are enough, and kept only where it helps."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from annotator import intake, store
from annotator.errors import AnnotatorError
from annotator.highlight import training
from annotator.highlight.training import Proof, Read, check, is_proved, prove
from annotator.model import Annotation, Review, Suggestion, new_id

RISKS = ("officers listen to every call", "the agency keeps all letters", "police copy the phone")
DULL = ("the secretariat keeps the minutes", "a budget is copied", "members elect a chair")


def _read(texts: int, clauses: int, *, told: bool = True) -> list[Read]:
    """Invented clauses whose words tell whether they are tagged, or tell nothing."""
    chance = random.Random(3)
    found = []
    for text in range(texts):
        for clause in range(clauses):
            risk = clause % 4 == 0
            source = (RISKS if risk else DULL) if told else RISKS + DULL
            words = f"{chance.choice(source)} in case {chance.randrange(99)}"
            found.append(
                Read(
                    f"text-{text}",
                    f"para_{clause}",
                    words,
                    frozenset({"privacy"} if risk else ()),
                    {"privacy": 0.8} if risk and clause % 8 == 0 else {},
                )
            )
    return found


@pytest.mark.parametrize(
    ("texts", "clauses", "said"),
    [
        (0, 0, "0 clauses are marked as done, 0 of them tagged, in 0 texts"),
        (3, 99, "297 clauses are marked as done"),
        (2, 200, "in 2 texts with tags"),
    ],
)
def test_too_few_decisions_are_refused_with_how_many_are_needed(texts, clauses, said):
    with pytest.raises(AnnotatorError, match=said) as refused:
        check(_read(texts, clauses))
    assert "a model needs 300, 60 and 3" in str(refused.value)


def test_enough_decisions_pass():
    check(_read(3, 100))


def test_words_that_tell_are_learnt_for_a_text_that_was_left_out():
    proofs = prove(_read(3, 40), "en")
    assert [one.document for one in proofs] == ["text-0", "text-1", "text-2"]
    assert all((one.clauses, one.tagged) == (40, 10) for one in proofs)
    assert all(one.model > 0.95 > one.rules for one in proofs)
    assert is_proved(proofs)


def test_words_that_tell_nothing_do_not_pass():
    proofs = prove(_read(3, 40, told=False), "en")
    assert all(one.model < one.rules for one in proofs)
    assert not is_proved(proofs)


@pytest.mark.parametrize(
    ("pairs", "proved"),
    [
        ([(0.9, 0.8), (0.9, 0.8), (0.9, 0.8)], True),
        ([(0.81, 0.8), (0.81, 0.8), (0.81, 0.8)], False),
        ([(0.99, 0.5), (0.6, 0.7), (0.6, 0.7)], False),
        ([(0.99, 0.5), (0.75, 0.7), (0.6, 0.7)], True),
    ],
)
def test_one_lucky_text_is_no_proof(pairs, proved):
    assert is_proved([Proof(str(n), 9, 3, *pair) for n, pair in enumerate(pairs)]) is proved


def test_the_same_decisions_give_the_same_model():
    read = _read(2, 20)
    one, other = (training.fit(read, "en") for _ in range(2))
    words = "police copy the phone"
    assert one(words).cats == other(words).cats


def test_decisions_of_a_database_become_examples_and_an_order_to_read_in(tmp_path: Path):
    text = "\n\n".join(f"{words.capitalize()} today." for words in RISKS + DULL)
    item = intake.parse(text, kind="news", language="en", slug="item")
    paragraphs = list(item.reviewable())
    with store.open(tmp_path / "a.db") as opened:
        opened.add_document(item)
        ana, bo = opened.add_reviewer("Ana"), opened.add_reviewer("Bo")
        first = paragraphs[0]
        opened.set_suggestions(
            item.id,
            "rules",
            [
                Suggestion(
                    first.start,
                    first.start + 8,
                    item.text[first.start : first.start + 8],
                    "privacy",
                    "risk",
                    rule="r",
                    score=0.7,
                    reason="",
                    code="surveillance",
                    eid=first.eid,
                )
            ],
        )
        with opened.write("review") as write:
            for someone in (ana, bo):
                write.put(Review(item.id, first.eid, someone.id, "concern"))
            write.put(Review(item.id, paragraphs[3].eid, ana.id, "no_concern"))
            write.put(Review(item.id, paragraphs[4].eid, ana.id, "reopened"))
            for concern, people in (("privacy", (ana, bo)), ("press_freedom", ())):
                for someone in people:
                    write.insert(
                        Annotation(
                            new_id(),
                            item.id,
                            first.eid,
                            first.start,
                            first.end,
                            item.text[first.start : first.end],
                            concern,
                            "risk",
                            someone.id,
                        )
                    )
        read = training.examples(opened, "en")
        assert [(one.eid, one.concerns, one.rules) for one in read] == [
            (first.eid, frozenset({"privacy"}), {"privacy": 0.7}),
            (paragraphs[3].eid, frozenset(), {}),
        ]
        assert training.examples(opened, "fr") == []
    training.fit(_read(1, 40), "en").to_disk(tmp_path / "model")
    waiting = training.unsure(tmp_path / "model", item, [one.eid for one in read])
    assert {one.eid for one in waiting} == {
        one.eid for one in paragraphs if one.eid not in {two.eid for two in read}
    }
    doubts = [abs(one.probability - 0.5) for one in waiting]
    assert doubts == sorted(doubts)
    with pytest.raises(AnnotatorError, match="holds no model: make one with `train`"):
        training.unsure(tmp_path, item, ())
    french = intake.parse("Il pleut sur la ville.", kind="news", language="fr", slug="pluie")
    with pytest.raises(AnnotatorError, match="is for 'en' and 'pluie' is in 'fr'"):
        training.unsure(tmp_path / "model", french, ())
