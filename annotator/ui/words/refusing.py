"""What the domain refuses, in the language of the reader."""

from __future__ import annotations

from annotator.errors import AnnotatorError
from annotator.ui.words.choice import language
from annotator.ui.words.saying import say


def refusal(error: AnnotatorError) -> str:
    """Why something was refused; what seldom meets a reader of the pages stays in English."""
    if not error.key or language() == "en":
        return str(error)
    return say(f"refusal.{error.key}", **error.values)
