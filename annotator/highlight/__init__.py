"""Proposes spans with their reasons: the rules of `corpus/rules`, run by spaCy.

    highlighter = highlight.load("en")
    for suggestions in highlighter.pipe(texts): ...
    suggestions = highlighter.highlight(document)
    found = highlight.highlight_many(documents, workers=4)  # with the rule set's name, each

Nothing is downloaded: a blank pipeline and components of our own do the work, and spaCy itself is
imported by `load`, not by this package. A suggestion is not an annotation; its `score` says how
often a careful reader would be expected to keep a match of that rule, in the judgement of whoever
wrote the rule (0.9 nearly always, 0.5 as often as not, 0.3 seldom).
"""

from annotator.highlight.checking import Checked, check, languages
from annotator.highlight.evaluate import Mistake, Report, Row, evaluate
from annotator.highlight.gold import Gold, Half, read_gold
from annotator.highlight.highlighter import (
    Highlighter,
    check_language,
    load,
    problems,
    ruleset,
)
from annotator.highlight.many import Highlighters, highlight_many
from annotator.highlight.rules import Rule, Ruleset, read

__all__ = [
    "Checked",
    "Gold",
    "Half",
    "Highlighter",
    "Highlighters",
    "Mistake",
    "Report",
    "Row",
    "Rule",
    "Ruleset",
    "check",
    "check_language",
    "evaluate",
    "highlight_many",
    "languages",
    "load",
    "problems",
    "read",
    "read_gold",
    "ruleset",
]
