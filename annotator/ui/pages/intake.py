"""The intake page: texts brought in, seen with their clauses, put right, and stored."""

from __future__ import annotations

from annotator.ui import session


@session.guarded
def page() -> None:
    """Draw the page."""
    # Every page is imported at the start, which should not wait for what reads files.
    from annotator.ui import ways_in

    ways_in.draw()
