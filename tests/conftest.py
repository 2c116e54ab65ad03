"""What every test shares: property tests that take the same examples on every machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Give `__main__` back: Streamlit's AppTest puts its script there, and a process that another
    test starts would run that script again.
    """
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
