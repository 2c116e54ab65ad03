"""A mistake in a file of wordings is one line that names the file, the entry and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotator import safeguards
from annotator.errors import CodebookError
from annotator.safeguards import kinds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(kinds.FOLDER, tmp_path / "safeguards"))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("en.yaml", "lists:", "lists: [", "correct the YAML"),
        ("en.yaml", "- id: oversight", "- id: overseeing", "'overseeing' is on no list"),
        ("en.yaml", "- id: licensing", "- id: licences", "'licences' is not a kind"),
        ("en.yaml", '"proportionality"', '"propor*tionality"', "cannot be read"),
        ("en.yaml", '"proportionality"', '"<propo>"', "'<propo>' in '<propo>' is not a list"),
        ("en.yaml", "firm: true", "firm: often", "write true or false"),
        ("en.yaml", "qualifiers:", "qualifier:", "'qualifier' is not a known key"),
        ("en.yaml", "level: whole", "level: some", "level is 'some'"),
        ("kinds.yaml", "group: power", "group: might", "group is 'might'"),
        ("kinds.yaml", "[legality, necessity", "[legality, fairness", "'fairness'"),
        ("kinds.yaml", "lacks: [dual_criminality", "lacks: [clear_offence", "'clear_offence'"),
    ],
)
def test_a_mistake_is_named(folder: Path, file: str, old: str, new: str, said: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError) as raised:
        safeguards.load("en", folder=folder)
    message = str(raised.value)
    assert said in message
    assert str(path) in message
    assert "\n" not in message


def test_the_ruleset_changes_with_any_byte(folder: Path) -> None:
    before = safeguards.ruleset("en", folder=folder)
    assert before == safeguards.ruleset("en-GB", folder=folder)
    path = folder / "en.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# a note\n", encoding="utf-8")
    assert safeguards.ruleset("en", folder=folder) != before
