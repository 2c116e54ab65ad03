"""The theme's colours as CSS variables for the page itself.

Streamlit gives `--st-...` variables to components only. What `st.html` draws needs the same names,
in light and dark: `.stApp` says by its `color-scheme` which of the two holds.
"""

from __future__ import annotations

import streamlit as st

_SLOTS = ("blue", "orange", "violet", "gray", "green", "red")
_BASIC = ("primary", "background", "secondaryBackground", "text", "border")


def variables() -> str:
    """A CSS rule for `--st-blue-color` and so on, from the configured light and dark theme."""
    names = [f"{name}Color" for name in _BASIC]
    names += [f"{slot}{part}Color" for slot in _SLOTS for part in ("", "Text", "Background")]
    pairs = [
        (_hyphened(name), st.get_option(f"theme.light.{name}"), st.get_option(f"theme.dark.{name}"))
        for name in names
    ]
    return (
        ".stApp{"
        + "".join(f"--st-{name}:light-dark({light},{dark});" for name, light, dark in pairs)
        + "}"
    )


def _hyphened(name: str) -> str:
    """`blueTextColor` as `blue-text-color`."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
