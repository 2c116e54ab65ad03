"""Rules with a mistake are named on the start and review pages, and hinder neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.highlight import rules
from annotator.ui import leftout
from tests.ui.conftest import Page


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are read when they are asked for, not some seconds later."""

    class Now:
        daemon = False

        def __init__(self, _seconds: float, function, args: tuple[str, ...]) -> None:
            self.start = lambda: function(*args)

    monkeypatch.setattr(leftout, "Timer", Now)
    monkeypatch.setattr(leftout, "_known", {})


@pytest.mark.usefixtures("filled", "at_once")
def test_what_is_left_out_stays_on_the_page(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rules"
    (folder / "en").mkdir(parents=True)
    (folder / "en" / "mine.yaml").write_text("rules: [![x](http://y), {}]\n", encoding="utf-8")
    for number in range(6):
        (folder / "en" / f"other{number}.yaml").write_text("rules: [\n", encoding="utf-8")
    monkeypatch.setattr(rules, "DEFAULT", folder)
    for name in ("start", "review"):
        for _ in range(2):
            test = page(name)
            assert not test.exception
            (warning,) = test.warning
            assert warning.value.startswith("7 rules or files cannot be read")
            assert "en\\/mine\\.yaml\\:" in warning.value
            assert "other4" not in warning.value
            assert "annotator highlight \\-\\-check" in warning.value
            assert str(tmp_path) not in warning.value.replace("\\", "")
            assert "![" not in warning.value


@pytest.mark.usefixtures("filled", "at_once")
def test_of_sound_rules_nothing_is_said(page: Page) -> None:
    for name in ("start", "review"):
        assert not page(name).warning
