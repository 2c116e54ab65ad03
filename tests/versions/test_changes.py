"""Changed words are marked, and what is marked adds up to both texts."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.versions import Change, changes


def marked(old: str, new: str) -> str:
    shown = []
    for change in changes(old, new):
        gone, come = old[change.old_start : change.old_end], new[change.new_start : change.new_end]
        if change.kind == "equal":
            shown.append(come)
        elif gone:
            shown.append(f"[{gone}]" if change.kind == "deleted" else f"[~{gone}]")
        else:
            shown.append(f"{{{come}}}" if change.kind == "inserted" else f"{{~{come}}}")
    return " ".join(shown)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Each Party shall act.", "Each Party shall act.", "Each Party shall act."),
        ("Each Party shall act.", "Each Party shall not act.", "Each Party shall {not} act."),
        ("Each Party shall act.", "Each Party may act;", "Each Party [shall] {may} act [.] {;}"),
        ("a  b\nc", "a b c", "a b c"),  # only spaces
        ("", "all of it", "{all of it}"),
        ("all of it", "", "[all of it]"),
        ("", "", ""),
        ("The State", "the State", "[The] {the} State"),
        (
            "Within two days a judge decides. The person is heard first.",
            "The person is heard first. Within two days a judge decides.",
            None,
        ),
        ("缔约国应当保存数据。", "缔约国可以保存数据。", "缔约国 [应当] {可以} 保存数据。"),
        ("يجب على الدولة أن تحفظ", "يجوز للدولة أن تحفظ", "[يجب على الدولة] {يجوز للدولة} أن تحفظ"),
    ],
)
def test_what_changed(old: str, new: str, expected: str | None) -> None:
    if expected is not None:
        assert marked(old, new) == expected
    else:
        kinds = {change.kind for change in changes(old, new)}
        assert {"moved_out", "moved_in"} <= kinds


TEXT = st.text(st.sampled_from("ab c.,é😀缔 \n-'"), max_size=40)


@given(old=TEXT, new=TEXT)
def test_the_runs_make_up_both_texts(old: str, new: str) -> None:
    found = changes(old, new)
    for text, spans in (
        (old, [(change.old_start, change.old_end) for change in found]),
        (new, [(change.new_start, change.new_end) for change in found]),
    ):
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
        covered = "".join(text[start:end] for start, end in spans)
        assert "".join(covered.split()) == "".join(text.split())
    for change in found:
        gone, come = old[change.old_start : change.old_end], new[change.new_start : change.new_end]
        if change.kind == "equal":
            assert gone.split() == come.split() or "".join(gone.split()) == "".join(come.split())
        elif change.kind in ("inserted", "moved_in"):
            assert not gone
            assert come
        else:
            assert gone
            assert not come
    assert changes(old, new) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 30_000, "b a " * 30_000),
        ("x" * 300_000, "y" * 300_000),
        (" ".join(map(str, range(40_000))), " ".join(map(str, range(20_000, 60_000)))),
    ],
)
def test_long_clauses_are_compared_in_bounded_time(old: str, new: str) -> None:
    start = time.process_time()
    assert any(change.kind != "equal" for change in changes(old, new))
    assert time.process_time() - start < 10


def test_a_change_is_a_plain_value() -> None:
    assert changes("a", "a") == (Change("equal", 0, 1, 0, 1),)
