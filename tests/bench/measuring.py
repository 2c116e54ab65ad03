"""What both benchmarks share: where the project is, and how medians and ratios are printed."""

from __future__ import annotations

import platform
import statistics
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EMPTY = Path(__file__).with_name("empty.py")
# A script's own folder is all that Python looks in.
sys.path.insert(0, str(ROOT))


def heading(what: str, rounds: int) -> None:
    """Say what was measured, how often and with what."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("streamlit", "playwright"))
    print(f"{what}: {rounds} rounds each, in turn; Python {platform.python_version()}, {versions}")


def table(rows: Mapping[str, Sequence[float]], *, unit: str = "ms", digits: int = 0) -> None:
    """Print the median, the middle half and the extremes of each row."""
    width = max(map(len, rows))
    print(f"{'':{width}}  {'median':>8} {'quartiles':>17} {'range':>17}  {unit}")
    for name, values in rows.items():
        low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
        quartiles = f"{low:.{digits}f} to {high:.{digits}f}"
        extremes = f"{min(values):.{digits}f} to {max(values):.{digits}f}"
        print(f"{name:{width}}  {middle:8.{digits}f} {quartiles:>17} {extremes:>17}")


def ratio(name: str, values: Sequence[float], floor: Sequence[float], aim: float) -> None:
    """Print how many times the floor's median this median is, and whether that is the aim."""
    times = statistics.median(values) / statistics.median(floor)
    print(f"{name}: {times:.2f} x the empty app (aim: at most {aim}; {verdict(times, aim)})")


def verdict(times: float, aim: float) -> str:
    """`met` or `missed`."""
    return "met" if times <= aim else "missed"
