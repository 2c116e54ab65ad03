"""Words broken at the end of a line, and characters that only a printed page needs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

SOFT = "\u00ad"
_HYPHENS = "-\u2010"
_WORD = re.compile(rf"[^\W\d_]+(?:[{_HYPHENS}\u2011][^\W\d_]+)*")
_LAST = re.compile(rf"([^\W\d_]+(?:[{_HYPHENS}][^\W\d_]+)*)([{_HYPHENS}{SOFT}])\Z")
_FIRST = re.compile(rf"[^\W\d_]+(?:[{_HYPHENS}][^\W\d_]+)*")
# Latin ligatures and Arabic presentation forms; other compatibility characters mean something.
_FORMS = re.compile("[\ufb00-\ufb06\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]+")


def plain_letters(text: str) -> str:
    """The text with ligatures and positional forms as the letters they stand for.

    >>> plain_letters("ﬁles and oﬃces, 5 m²")
    'files and offices, 5 m²'
    """
    return _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


class Words:
    """The words of a document as they stand within its lines, to judge broken ones by."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Count the words of the lines, but for those a line end may have broken."""
        self._whole: Counter[str] = Counter()
        self._prefixes: Counter[str] = Counter()
        soft = hard = 0
        broken = False
        for line in lines:
            line = line.strip()
            soft += line[:-1].count(SOFT)
            hard += line[:-1].count("-")
            inner = _LAST.sub("", line)
            if broken:
                inner = _FIRST.sub("", inner, count=1)
            broken = inner != line and bool(_LAST.search(line))
            for word in _WORD.findall(inner.casefold().replace("\u2010", "-")):
                self._whole[word] += 1
                if "-" in word:
                    self._prefixes[word.partition("-")[0]] += 1
        # Some fonts call every hyphen a soft one.
        self._soft_means_hyphen = soft > 0 and not hard

    def unbroken(self, text: str) -> str:
        """A line's text without soft hyphens inside it."""
        within, last = text[:-1], text[-1:]
        return within.replace(SOFT, "-" if self._soft_means_hyphen else "") + last

    def join(self, before: str, after: str) -> str:
        """Two lines of a paragraph as one; a hyphen at the break goes where the word has none.

        It goes if the joined word stands elsewhere in the document more often than the hyphenated
        one, or if neither does and no other word begins with the same part and a hyphen.

        >>> Words(["co-operation and information"]).join("for co-", "operation by infor-")
        'for co-operation by infor-'
        >>> Words(["co-operation and information"]).join("by infor-", "mation")
        'by information'
        """
        last, first = _LAST.search(before), _FIRST.match(after)
        if last is None:
            # A range of numbers or a word with a capital keeps its hyphen, a dash its space.
            glued = len(before) > 1 and before[-1] in _HYPHENS and before[-2].isalnum()
            return before + after if glued else f"{before} {after}"
        capitals = first is not None and last.group(1).isupper() and first.group().isupper()
        if first is None or not (first.group()[0].islower() or capitals):
            suspended = first is None and not after[:1].isalnum()
            return f"{before} {after}" if suspended else before + after
        if first.group() in ("and", "or", "et", "ou", "y", "und", "oder"):
            return f"{before} {after}"  # "pre- and post-trial"
        left, mark = last.group(1).casefold().replace("\u2010", "-"), last.group(2)
        right = first.group().casefold()
        bare = before[: last.start(2)]
        if mark == SOFT and not self._soft_means_hyphen:
            return bare + after
        joined, hyphenated = self._whole[left + right], self._whole[f"{left}-{right}"]
        keep = hyphenated > joined or (
            not joined and not hyphenated and (self._prefixes[left] > 0 or "-" in left)
        )
        return (before[:-1] + "-" if keep else bare) + after
