"""What Stop leaves behind: what is done stays done, and the rest waits and is named."""

from __future__ import annotations

from annotator.ui import incoming, ways_in
from annotator.ui.keeping import Stored
from annotator.ui.tray import Entry, Tray, from_paste


def _never_read() -> list[Entry]:
    raise AssertionError("a file was read after Stop")


def test_files_not_read_when_stopped_are_not_read_again() -> None:
    tray = Tray(uploads={"first"})
    sources = [(name, f"{name}.md", _never_read) for name in ("first", "second", "third")]
    ways_in._stop(tray, sources)
    assert tray.uploads == {"first", "second", "third"}
    assert tray.problems == ["Stopped. 2 files were not read."]
    ways_in._stop(tray, sources)
    assert len(tray.problems) == 1, "all was done by then, so there was nothing to stop"


def test_texts_not_stored_when_stopped_stay_on_the_tray() -> None:
    tray = Tray()
    for name in ("One", "Two"):
        tray.add(from_paste(f"Article 1\n\nText of law {name}.", title=name))
    one, two = tray.entries
    tray.settle(one, Stored("one", 1, 0))
    incoming._stop(tray, [one, two])
    assert tray.problems == ["Stopped. One text was not stored; it waits below."]
    assert [entry.stored is None for entry in tray.entries] == [False, True]
