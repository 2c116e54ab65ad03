"""Going from one page to another."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import NoReturn

import streamlit as st

from annotator.ui import session


def turn_to(page: str, *, address: Mapping[str, str] | None = None) -> NoReturn:
    """Open another page, by its name in the address; nothing behind this is run.

    `address` is what the new page's address asks for. Pages lead to one another in a circle, so
    each is imported only when it is gone to.
    """
    there = importlib.import_module(f"annotator.ui.pages.{page}")
    st.switch_page(
        st.Page(there.page, url_path=page, default=page == "start"), query_params=address
    )


def open_text(page: str, slug: str, eid: str | None = None) -> NoReturn:
    """Open a page at a text, and at one of its clauses where an eId is given."""
    session.go_to(slug, eid)
    turn_to(page)
