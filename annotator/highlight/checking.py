"""What a writer of rules asks: are the files sound, does each rule do as its examples say?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.highlight import rules as written
from annotator.highlight.highlighter import load
from annotator.highlight.rules import Rule


@dataclass(frozen=True, slots=True)
class Checked:
    """How many sound rules a language has, and in a line each what is to be put right."""

    language: str
    rules: int
    wrong: tuple[str, ...]


def languages(rules: str | Path | None = None) -> list[str]:
    """The languages that have a folder of rules."""
    folder = written.DEFAULT if rules is None else Path(rules)
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name[0] != ".")


def check(language: str, *, rules: str | Path | None = None) -> Checked:
    """Read the rules of a language and try each on its own examples.

    `wrong` holds what `problems` holds, then the examples that a rule misses and the near misses
    that it finds. `AnnotatorError` for a language that cannot be read.
    """
    highlighter = load(language, rules=rules)
    wrong = list(highlighter.problems)
    examples = [
        (rule, text, text in rule.match)
        for rule in highlighter.rules
        for text in (*rule.match, *rule.near_miss)
    ]
    read = highlighter.pipe(text for _, text, _ in examples)
    for (rule, text, wanted), suggestions in zip(examples, read, strict=True):
        quotes = [found.quote for found in suggestions if found.rule == rule.id]
        if wanted and not quotes:
            wrong.append(_line(rule, f"it does not find its example “{text}”"))
        elif quotes and not wanted:
            wrong.append(_line(rule, f"it finds “{quotes[0]}” in “{text}”, which it must leave"))
    return Checked(highlighter.language, len(highlighter.rules), tuple(wrong))


def _line(rule: Rule, problem: str) -> str:
    return f"{rule.file}: rule {rule.id!r}: {problem}"
