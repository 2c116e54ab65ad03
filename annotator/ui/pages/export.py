"""The export page: the dataset as a file, seen before it is taken."""

from __future__ import annotations

import streamlit as st


def page() -> None:
    """Draw the page."""
    st.title("Export")
