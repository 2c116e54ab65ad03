"""What whoever reads may see of the others' work on a page, and the line that says so."""

from __future__ import annotations

import streamlit as st

from annotator.model import Reviewer
from annotator.review import blind
from annotator.store import Store
from annotator.ui import session
from annotator.ui.words import say


def sight(store: Store, document: str) -> blind.Sight:
    """What may be seen in a document; a page that never asks who reads does so in a blind project.

    Says above the page's content that the project is blind, where it is.
    """
    if not blind.is_blind(store):
        return blind.visible(store, None, document)
    return told(store, document, session.reviewer_select(store))


def told(store: Store, document: str, reviewer: Reviewer | None) -> blind.Sight:
    """As `sight`, for a page that knows who reads."""
    found = blind.visible(store, reviewer.id if reviewer else None, document)
    if not found.everything:
        key = "project.blind_here" if reviewer else "project.blind_nobody"
        st.caption(say(key), help=say("project.blind_help"))
    return found
