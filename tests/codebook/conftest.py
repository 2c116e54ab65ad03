"""A small codebook as a person would write it, with comments and more than one style."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import codebook
from annotator.codebook import Codebook

SMALL = """\
# Ours.
version: "1.0"   # raise it

concerns:
  - id: privacy
    name: Privacy
    letter: P
    key: "1"
    slot: blue
    definition: >-
      What is kept
      from others.
    # examples of our own
    tag:
      - "A search."   # of a house too
    leave: ["A party."]
    standards:
      - {ref: "ICCPR art. 17", says: "No arbitrary interference."}
    codes:
      - id: search
        name: Search
        key: s  # as in search
        definition: "Entering."
        tag: ["They came in."]
        leave:
          - "A search engine."
        standards: [{ref: "ECHR art. 8", says: "Home."}]
        codes:
          - id: device
            name: Device
            definition: 'Entering a device.'
            tag:
              - "A phone."
            leave:
              - "A toaster."

          # the last of its kind
          - id: premises
            name: Premises
            key: p
            definition: "Entering a house."
            tag: ["A house."]
            leave: ["A hut of cards."]

      # what stands between two codes
      - id: gag
        name: Gag
        key: g
        definition: "Silence."
        tag: ["Tell nobody."]
        leave: ["A quiet night."]
        standards: [{ref: "ICCPR art. 19", says: "Expression."}]

# Second.
  - id: press_freedom
    name: Press
    letter: F
    key: "2"
    slot: orange
    definition: "Who publishes."
    tag: ["A ban."]
    leave: ["A printing press."]
    standards: [{ref: "ICCPR art. 19", says: "Expression."}]
    codes:
      - {id: ban, name: Ban, key: b, definition: "Stopping words.", tag: [a], leave: [b],
         standards: [{ref: "x 1", says: "y"}]}

safeguards:
  - id: remedy
    name: Remedy
    concern: privacy
    definition: "A way out."
    recognise:
      present: "A court."
      by_reference: "See there."
      weak: "May."
      absent: "Nothing."
    standards: [{ref: "ICCPR art. 2(3)", says: "A remedy."}]
"""

Read = Callable[[str], Codebook]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a codebook from its text."""

    def of(text: str) -> Codebook:
        path = tmp_path / "codebook.yaml"
        path.write_bytes(text.encode("utf-8"))
        return codebook.load(path)

    return of


@pytest.fixture
def small(read: Read) -> Codebook:
    return read(SMALL)
