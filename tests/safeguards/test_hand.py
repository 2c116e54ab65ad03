"""The tables written by hand before the first run, against what is read now.

`hand/*.yaml` hold what a lawyer found (P present, R by reference, W weak, A absent), committed
before anything was run on the texts. At first sight 124 of 234 cells of the restatement agreed
exactly, 167 of 221 of the Convention on Cybercrime, 143 of 147 of the first three invented laws and
113 of 151 of the next three, 68 of 147 of the two after those (in 67 cells the power itself was
missed), 54 of 59 of the French and all 58 of the Spanish one.
A floor below may be raised; lowering one needs a reason in its line.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import srsly

from annotator import intake, safeguards
from annotator.intake import references
from annotator.model import Document, PowerReading
from annotator.safeguards import Reader
from annotator.safeguards.tree import Tree

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
SHARED = Path(os.environ.get("ANNOTATOR_SHARED") or PROJECT / "../shared")
LETTERS = {"present": "P", "by_reference": "R", "weak": "W", "absent": "A"}
STRONGEST = "PRWA"
LAWS = srsly.read_yaml(HERE / "hand" / "laws.yaml")
DRAFTING = srsly.read_yaml(HERE / "hand" / "drafting.yaml")


@dataclass(frozen=True)
class Agreement:
    """Cells that agree exactly, and on whether the safeguard stands anywhere; of how many."""

    exact: int
    there: int
    cells: int
    wrong: tuple[str, ...]


def readings_by_number(
    document: Document, reader: Reader, group: str
) -> dict[str, list[PowerReading]]:
    """The readings of a group by the number of their article or section."""
    tree = Tree(document)
    found: dict[str, list[PowerReading]] = {}
    for reading in reader.read(document, references.find(document)):
        provision = tree.provision(reading.eid)
        assert provision is not None
        if reading.group == group:
            found.setdefault(tree.by_eid[provision].number, []).append(reading)
    return found


def compared(
    found: dict[str, list[PowerReading]], names: list[str], cells: dict[str, Any]
) -> Agreement:
    """An article's cell is its strongest reading, of the kind the hand names where it has one."""
    exact = there = total = 0
    wrong = []
    for number, row in cells.items():
        states, kind = (row["states"], row["power"]) if isinstance(row, dict) else (row, None)
        here = found.get(number, [])
        here = [one for one in here if one.power == kind] or here
        for name, wanted in zip(names, states, strict=True):
            if wanted == "?":
                continue
            total += 1
            letters = [LETTERS[one.safeguard(name).state] for one in here]
            got = min(letters, key=STRONGEST.index, default="-")
            exact += got == wanted
            there += got != "-" and (got == "A") == (wanted == "A")
            if got != wanted:
                wrong.append(f"{number} {name}: by hand {wanted}, read {got}")
    return Agreement(exact, there, total, tuple(wrong))


def test_the_restatement_agrees_with_the_hand(reader: Reader) -> None:
    hand = srsly.read_yaml(HERE / "hand" / "un-cybercrime-convention.yaml")
    document = intake.read(PROJECT / "corpus" / "treaties" / "un-cybercrime-convention.md")
    found = readings_by_number(document, reader, "power")
    agreement = compared(found, hand["safeguards"], hand["articles"])
    assert agreement.cells == 234
    assert agreement.exact >= 221, agreement.wrong
    assert agreement.there >= 225, agreement.wrong
    assert not found.keys() & set(hand["none"])


def test_the_convention_on_cybercrime_agrees_with_the_hand(reader: Reader) -> None:
    hand = srsly.read_yaml(HERE / "hand" / "budapest.yaml")
    path = SHARED / "data" / hand["source"]
    if not path.exists():
        pytest.skip("the Convention on Cybercrime is not at hand")
    found = readings_by_number(intake.read(path), reader, "power")
    agreement = compared(found, hand["safeguards"], hand["articles"])
    assert agreement.cells == 221
    assert agreement.exact >= 215, agreement.wrong
    assert agreement.there >= 218, agreement.wrong
    assert not found.keys() & set(hand["none"])


@pytest.mark.parametrize(
    ("law", "floor"),
    [
        ("interception-act", 82),
        ("official-secrets-act", 23),
        ("police-data-agreement", 39),
        ("surveillance-regulation", 65),
        ("cooperation-treaty", 72),
        ("whistleblower-law", 12),
        ("counter-terrorism-act", 66),
        ("regional-convention", 79),
        ("loi-renseignement", 59),
        ("ley-inteligencia", 58),
    ],
)
def test_invented_laws_agree_with_the_hand(
    reader_for: Callable[[str], Reader], law: str, floor: int
) -> None:
    hand = LAWS[law]
    document = intake.read(HERE / "laws" / f"{law}.md")
    found = readings_by_number(document, reader_for(document.language), "power")
    agreement = compared(found, hand["safeguards"], hand["articles"])
    assert agreement.exact >= floor, agreement.wrong
    assert not found.keys() & set(hand["none"])
    assert found.keys() >= hand["articles"].keys()


@pytest.mark.parametrize(
    ("law", "floor"),
    [
        ("constabulary-act", 73),
        ("information-space-decree", 71),
        ("electronic-records-act", 65),
        ("digital-convention", 60),
        ("broadcasting-bill", 76),
        ("assistance-treaty", 66),
        ("telecommunications-regulations", 62),
        ("data-retention-bill", 56),
    ],
)
def test_other_ways_of_drafting_agree_with_the_hand(reader: Reader, law: str, floor: int) -> None:
    """At first sight 14 of 25 powers of the first four were found, and 131 of 269 cells agreed.

    Of the next two, which avoid the terms of the trade throughout, 2 of 14 powers were, and 23 of
    146 cells. Of the last two, in the terms of the trade, 7 of 11 powers and 73 of 121 cells. One
    provision was taken for a power falsely.
    """
    hand = DRAFTING["laws"][law]
    document = intake.read(HERE / "laws" / f"{law}.md")
    found = readings_by_number(document, reader, "power")
    agreement = compared(found, DRAFTING["safeguards"], hand["articles"])
    assert agreement.exact >= floor, agreement.wrong
    assert not found.keys() & set(hand["none"])
    assert found.keys() >= hand["articles"].keys()
    offences = readings_by_number(document, reader, "offence")
    assert offences.keys() >= set(hand.get("offences", []))


@pytest.mark.parametrize("group", ["offence", "disclosure"])
def test_offences_and_reporting_of_invented_laws(reader: Reader, group: str) -> None:
    """When first compared all cells of offences agreed, and 14 of 23 of reporting."""
    exact = cells = 0
    wrong: list[str] = []
    for law, rows in LAWS[f"{group}_cells"].items():
        document = intake.read(HERE / "laws" / f"{law}.md")
        found = readings_by_number(document, reader, group)
        assert found.keys() >= set(LAWS[law].get(f"{group}s", []))
        agreement = compared(found, LAWS[f"{group}_safeguards"], rows)
        exact, cells = exact + agreement.exact, cells + agreement.cells
        wrong += [f"{law} {one}" for one in agreement.wrong]
    assert exact == cells, wrong


def test_reading_again_gives_the_same(reader: Reader) -> None:
    document = intake.read(PROJECT / "corpus" / "treaties" / "un-cybercrime-convention.md")
    found = references.find(document)
    again = safeguards.load("en")
    assert again.ruleset == reader.ruleset == safeguards.ruleset("en")
    assert again.read(document, found) == reader.read(document, found)
