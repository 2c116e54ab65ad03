"""The one custom component: the review, compare and matrix views, in plain JavaScript.

The modules beside this file import each other as any browser module does. Streamlit serves inline
code as a single blob, which cannot import its neighbours, so they are joined here in order, without
a build step, and sent once a page; each view is mounted by a few lines of its own (`loader.js`).
"""

from annotator.ui.component.mount import (
    compare_view,
    finding_view,
    intake_view,
    matrix_view,
    outline_view,
    provide_code,
    provide_language,
    recoding_view,
    review_view,
    settle_view,
)

__all__ = [
    "compare_view",
    "finding_view",
    "intake_view",
    "matrix_view",
    "outline_view",
    "provide_code",
    "provide_language",
    "recoding_view",
    "review_view",
    "settle_view",
]
