"""What runs in a process of its own: gamma of the marks on standard input, to standard output.

    python -P annotator/compare/gammachild.py < marks.json

Takes `{"seed": 1, "samples": 30, "marks": {"reviewer": [[start, end, "label"], ...]}}` and prints,
as its last line, `{"gamma": 0.5}`, or `{"error": "..."}` where the package could not compute it.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
from typing import Any

import numpy as np


def main() -> None:
    """Answer the one question that is asked."""
    asked = json.load(sys.stdin)
    # The package draws chance from numpy's common generator.
    np.random.seed(asked["seed"])
    try:
        answer: dict[str, object] = {"gamma": _gamma(asked["marks"], asked["samples"])}
    except Exception as error:  # another's package on another's solver: whatever it meets is told
        answer = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.write(f"\n{json.dumps(answer)}\n")


def _gamma(marks: dict[str, list[tuple[int, int, str]]], samples: int) -> float:
    package: Any = importlib.import_module("pygamma_agreement")
    segment: Any = importlib.import_module("pyannote.core").Segment
    with contextlib.suppress(ImportError, AttributeError):
        # Its solver would write out each step.
        importlib.import_module("cvxopt.glpk").options["msg_lev"] = "GLP_MSG_OFF"
    continuum = package.Continuum()
    for reviewer, found in marks.items():
        continuum.add_annotator(reviewer)
        for start, end, label in found:
            continuum.add(reviewer, segment(start, end), label)
    dissimilarity = package.CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    computed = continuum.compute_gamma(dissimilarity, n_samples=samples, fast=True)
    return float(computed.gamma)


if __name__ == "__main__":
    main()
