"""A difference in words, as a colleague would say it across the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from annotator.codebook import Codebook, Concern
from annotator.compare.differences import Difference, DifferenceKind, View
from annotator.compare.extents import trimmed
from annotator.model import Annotation

_WORDS = 3
_CHARACTERS = 28


@dataclass(frozen=True, slots=True)
class Phrases:
    """How a view is put in words; a page may put it in those of another language.

    `ends`, `begins` and `words` have `{words}` for words of the text, `names` says what a polarity
    and a severity are called.
    """

    unmarked: str = "no such mark"
    ends: str = "ends with “{words}”"
    begins: str = "begins with “{words}”"
    words: str = "“{words}”"
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def named(self, value: str) -> str:
        """What a polarity or a severity is called."""
        return self.names.get(value, value)


ENGLISH = Phrases()


def concern_of(annotation: Annotation, codebook: Codebook) -> Concern | None:
    """The annotation's concern, or `None` where this codebook no longer has it."""
    for concern in codebook.concerns:
        if concern.id == annotation.concern:
            return concern
    return None


def code_name(annotation: Annotation, codebook: Codebook) -> str:
    """The name of the annotation's code; its id where the codebook has no such code."""
    concern = concern_of(annotation, codebook)
    for code in concern.codes if concern else ():
        if annotation.code in (code.id, *code.replaces):
            return code.name
    return annotation.code


def says(
    difference: Difference,
    view: View,
    text: str,
    codebook: Codebook,
    *,
    phrases: Phrases = ENGLISH,
) -> str:
    """What the reviewers of that view say, beside the other views of the difference."""
    if not view.annotations:
        return phrases.unmarked
    if difference.kind == "ends":
        return _ends(difference, view, text, phrases)
    kinds: dict[DifferenceKind, Callable[[Annotation], str]] = {
        "only_one": lambda a: f"{_label(a, codebook)}, {phrases.named(a.polarity)}",
        "not_all": lambda a: f"{_label(a, codebook)}, {phrases.named(a.polarity)}",
        "polarity": lambda a: f"{_label(a, codebook)}: {phrases.named(a.polarity)}",
        "label": lambda a: _full_label(a, codebook) if across else _label(a, codebook),
        "severity": lambda a: phrases.named(a.severity or ""),
    }
    across = len({a.concern for v in difference.views for a in v.annotations}) > 1
    parts = dict.fromkeys(kinds[difference.kind](a) for a in view.annotations)
    return "; ".join(part for part in parts if part)


def quote(difference: Difference, text: str) -> str:
    """The disputed words, from the first to the last."""
    return text[difference.words[0][0] : difference.words[-1][1]]


def _label(annotation: Annotation, codebook: Codebook) -> str:
    return code_name(annotation, codebook) or _concern_name(annotation, codebook)


def _full_label(annotation: Annotation, codebook: Codebook) -> str:
    code = code_name(annotation, codebook)
    concern = _concern_name(annotation, codebook)
    return f"{concern}: {code}" if code else concern


def _concern_name(annotation: Annotation, codebook: Codebook) -> str:
    concern = concern_of(annotation, codebook)
    return concern.name if concern else annotation.concern


def _ends(difference: Difference, view: View, text: str, phrases: Phrases) -> str:
    spans = [_extent(one, text) for one in difference.views]
    start, end = _extent(view, text)
    words = text[start:end]
    first, last = _first(words), _last(words)
    if len({one for one, _ in spans}) == 1 and len({other for _, other in spans}) > 1:
        return phrases.ends.replace("{words}", last)
    if len({other for _, other in spans}) == 1 and len({one for one, _ in spans}) > 1:
        return phrases.begins.replace("{words}", first)
    whole = len(first) + len(last) >= len(words)
    return phrases.words.replace("{words}", words if whole else f"{first} … {last}")


def _extent(view: View, text: str) -> tuple[int, int]:
    spans = ((a.start, a.end) for a in view.annotations)
    words = trimmed(text, tuple(sorted(spans)))
    return words[0][0], max(end for _, end in words)


def _first(words: str) -> str:
    found = " ".join(words.split()[:_WORDS])
    return found if len(found) <= _CHARACTERS else found[: _CHARACTERS - 1] + "…"


def _last(words: str) -> str:
    found = " ".join(words.split()[-_WORDS:])
    return found if len(found) <= _CHARACTERS else "…" + found[1 - _CHARACTERS :]
