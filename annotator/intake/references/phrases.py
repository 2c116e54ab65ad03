"""Words -> phrases that point at clauses: "paragraphs 1 and 2 of article 6" -> two paths.

A path goes from the outermost level named to the innermost. Nothing here knows the clause tree; a
phrase is read once from left to right, so the work grows with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotator.intake.references import labels
from annotator.intake.references.labels import Label
from annotator.intake.references.lexicon import Lexicon
from annotator.intake.references.paths import Phrase, Pointer, Step
from annotator.intake.references.words import ITEMS, RANKS, Unit

_LOOK_BACK = 48
_GAP = 48
_LONGEST_LIST = 200
_DEEPEST = 12
_DOT = re.compile(r"\.?(?:\s+(?:nos?\.?|n[°º]|№)?\s*|(?=[\d(§])|\Z)")
_SPACE = re.compile(r"\s*")
_COUNTS = {
    "two": 2, "three": 3, "four": 4, "deux": 2, "trois": 3, "quatre": 4, "dos": 2, "tres": 3,
    "cuatro": 4,
}  # fmt: skip
# "du présent article": the preposition is no part of it
_LEADING = re.compile(r"(?:du|de\s+la|de|del|al|au|aux|à\s+la|a\s+la)\s+", re.I)
_THE = re.compile(
    r"(?<!\w)(?:the|l['’]|le|la|el|del|al|du|au|"
    r"(?P<this>this|present|présente?|presente|настоящ\w+|هذا))\s*\Z",
    re.I,
)
_COMMA = re.compile(r",?\s*(?:\(\s*)?")
_THEREOF = re.compile(r",?\s+(?:thereof|hereof)\b", re.I)


def phrases(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Phrase]:
    """The phrases in a stretch of text, from left to right, none over another."""
    position = start
    reader = _Reader(text, start, end, lexicon)
    while match := lexicon.anchor.search(text, position, end):
        phrase = reader.phrase(match, position)
        if phrase is None:
            position = match.end()
        else:
            yield phrase
            position = max(phrase.end, match.end())


def bare(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Phrase]:
    """Phrases without a word for a level: "the foregoing" names the clause before."""
    if lexicon.bare is None:
        return
    for match in lexicon.bare.finditer(text, start, end):
        step = Step("paragraph", relative=match.lastgroup or "previous")
        pointer = Pointer(match.start(), match.end(), (step,))
        yield Phrase(match.start(), match.end(), (pointer,))


class _Reader:
    def __init__(self, text: str, start: int, end: int, lexicon: Lexicon) -> None:
        self.text = text
        self.begin = start
        self.end = end
        self.lexicon = lexicon

    def phrase(self, match: re.Match[str], floor: int) -> Phrase | None:
        """The phrase that begins with the word matched, or none."""
        found = self._group(match, floor)
        if not found:
            return None
        last = found[-1].end
        found, anchored = self._enclosed(found)
        last = max(last, found[-1].end)
        outermost = found[0].steps[0]
        return Phrase(
            found[0].start, last, tuple(found), anchored=anchored or bool(outermost.relative)
        )

    def _group(self, match: re.Match[str], floor: int) -> list[Pointer]:
        """A word for a level with what stands behind it: labels, or a relation around it."""
        unit = self.lexicon.unit(match)
        dot = _DOT.match(self.text, match.end(), self.end)
        if dot:
            position = dot.end()
            into = self.lexicon.into_list
            if into and (skipped := into.match(self.text, position, self.end)):
                position = skipped.end()
            if label := self._label(position, unit):
                lone_part = (
                    unit.level in ("part", "book") and not unit.plural and label.form == "letter"
                )
                if not lone_part:
                    return self._list(unit, (), _begin(match), label)
        return self._relative(match, unit, floor)

    def _label(self, position: int, unit: Unit, *, pinned: bool = False) -> Label | None:
        # Behind "article 3, lit." an "a" is no word.
        known = pinned and unit.level == "point"
        label = labels.first(self.text, position, self.end, self.lexicon, known=known)
        if label is None:
            return None
        if unit.level not in ("article", "chapter", "paragraph") and label.form == "word":
            return label if label.text.isdecimal() and not self.text[position].isascii() else None
        if unit.level not in ITEMS:
            return label if label.form != "letter" or unit.level == "annex" else None
        return label

    def _relative(self, match: re.Match[str], unit: Unit, floor: int) -> list[Pointer]:
        if unit.level == "rule":
            return []
        if unit.level in ("annex", "preamble"):
            return self._alone(match, unit)
        begin = max(self.begin, floor, match.start() - _LOOK_BACK)
        window = self.text[begin : match.start("unit")]
        after = self.lexicon.after.match(self.text, match.end(), self.end)
        if after and after.lastgroup:
            start = _begin(match)
            count = 0 if unit.plural else 1
            counted = re.search(r"(\w+)\s*\Z", window)
            if counted and counted.group(1).casefold() in _COUNTS:
                count = _COUNTS[counted.group(1).casefold()]
            step = Step(unit.level, relative=after.lastgroup, count=count)
            return [Pointer(start, after.end(), (step,))]
        before = self.lexicon.before.search(window)
        if before:
            name = next(name for name in self.lexicon.words.before if before.group(name))
            if unit.plural and name in ("this", "that", "next"):
                return []
            count = 0 if unit.plural else 1
            for word in before.group().split():
                count = _COUNTS.get(word.casefold(), count)
            step = Step(unit.level, relative=name, count=count)
            start = begin + before.start()
            if led := _LEADING.match(self.text, start, match.start()):
                start = led.end()
            return [Pointer(start, match.end(), (step,))]
        ordinal = self.lexicon.ordinal and self.lexicon.ordinal.search(window)
        numbers = self.lexicon.places(ordinal) if ordinal else []
        if ordinal and not (unit.plural and len(numbers) == 1):
            start = begin + ordinal.start()
            return [
                Pointer(start, match.end(), (Step(unit.level, ordinal=number),))
                for number in numbers
            ]
        return []

    def _alone(self, match: re.Match[str], unit: Unit) -> list[Pointer]:
        """The preamble, or the annex of a text that has but one: "the annex"."""
        before = self.text[max(self.begin, match.start() - 16) : match.start("unit")]
        named = _THE.search(before)
        if unit.plural or not (named or self.lexicon.words.article_word == "(?!)"):
            return []
        this = named is not None and named.group("this") is not None
        step = Step(unit.level, relative="this" if this and unit.level == "annex" else "only")
        return [Pointer(match.start("unit"), match.end(), (step,))]

    def _list(self, unit: Unit, base: tuple[Step, ...], start: int, label: Label) -> list[Pointer]:
        """The pointers of a list that begins with the label; `base` is what they stand in."""
        found: list[Pointer] = []
        steps = (*base, Step(unit.level, label, plural=unit.plural))
        while True:
            pointer = self._chain(start, steps, label)
            pinned = self._pinned(pointer)
            # What a list of a smaller level has refused is not offered to that level again.
            below = len(pointer.steps) if pinned else len(pointer.steps) + 1
            found.extend(pinned or [pointer])
            if len(found) >= _LONGEST_LIST:
                return found
            following = self._following(found[-1], unit, base, below)
            if following is None:
                return found
            start, steps, label = following
            if len(steps) > len(found[-1].steps):
                # "paragraphe 1, c, de": the letter goes on with what stands before the comma
                start = found.pop().start

    def _chain(self, start: int, steps: tuple[Step, ...], label: Label) -> Pointer:
        """A label with those directly behind it ("28(4)(a)") and the end of a range."""
        while pin := labels.deeper(self.text, label.end, self.end):
            if len(steps) >= _DEEPEST:
                break
            label = pin
            steps = (*steps, Step("point", pin))
        last = self._last(steps, label)
        return Pointer(start, last.end if last else label.end, steps, through=last)

    def _last(self, steps: tuple[Step, ...], label: Label) -> Label | None:
        """The label that ends a range: "1 to 3", "1.b through 1.d", "article 3 to article 5"."""
        through = self.lexicon.through.match(self.text, label.end, self.end)
        if through is None:
            return None
        position = through.end()
        again = self.lexicon.anchor.match(self.text, position, self.end)
        if again and RANKS[self.lexicon.unit(again).level] == RANKS[steps[-1].level]:
            dot = _DOT.match(self.text, again.end(), self.end)
            position = dot.end() if dot else position
        last = labels.first(self.text, position, self.end, self.lexicon)
        if last and last.form == label.form:
            return last if self._counts(last) else None
        # The end of the range may repeat what its beginning stands in.
        for above in steps[:-1]:
            if last is None or above.label is None or above.label.text != last.text:
                continue
            last = labels.deeper(self.text, last.end, self.end)
        return last if last and last.form == label.form else None

    def _pinned(self, pointer: Pointer) -> list[Pointer]:
        """Those of a smaller level that it goes on with (", paragraphs 1 and 2"), if any."""
        if pointer.through or len(pointer.steps) >= _DEEPEST:
            return []
        match = self._unit_behind(pointer.end)
        if match is None:
            return self._placed(pointer)
        unit = self.lexicon.unit(match)
        if unit.level == "sign" and pointer.steps[-1].level == "article":
            # "art. 9 § 2"
            unit = Unit("paragraph", unit.plural)
        named = max(
            RANKS[step.level]
            for step in pointer.steps
            if step is pointer.steps[0] or step.level != "point"
        )
        if RANKS[unit.level] <= named and unit.level != "point":
            return []
        if unit.level == "paragraph" and pointer.steps[-1].level == "point":
            # "section 2(1)(a), subsection (2)": the bracket was the paragraph
            return []
        dot = _DOT.match(self.text, match.end(), self.end)
        label = dot and self._label(dot.end(), unit, pinned=True)
        return self._list(unit, pointer.steps, pointer.start, label) if label else []

    def _placed(self, pointer: Pointer) -> list[Pointer]:
        """The part that is named by its place: "article 6(1), first subparagraph"."""
        pattern = self.lexicon.placed
        placed = pattern and pattern.match(self.text, pointer.end, self.end)
        if not placed or self.lexicon.unit(placed).level not in ITEMS:
            return []
        level = self.lexicon.unit(placed).level
        found = [
            replace(pointer, end=placed.end(), steps=(*pointer.steps, Step(level, ordinal=number)))
            for number in self.lexicon.places(placed)
        ]
        if len(found) > 1 or len(found[0].steps) >= _DEEPEST:
            return found
        # As in "Article 5(1), second subparagraph, first indent".
        return self._placed(found[0]) or found

    def _unit_behind(self, position: int) -> re.Match[str] | None:
        """The word for a level that follows directly or behind a comma."""
        gap = _COMMA.match(self.text, position, self.end)
        if gap is None or (gap.end() == position and position < self.end):
            return None
        match = self.lexicon.anchor.match(self.text, gap.end(), self.end)
        # A word with "and" grown on to it begins something new: "والفقرة".
        return match if match and match.start() == match.start("unit") else None

    def _following(
        self, last: Pointer, unit: Unit, base: tuple[Step, ...], below: int
    ) -> tuple[int, tuple[Step, ...], Label] | None:
        """Where a list goes on: the start, the path and the label of its next pointer."""
        also = self._also(last.end, last.through or last.steps[-1].label)
        if also is None:
            return self._far_end(last, unit, base)
        comma = also.group().strip() == ","
        label = labels.first(self.text, also.end(), self.end, self.lexicon)
        if label is None or not self._counts(label):
            return None
        depth = self._depth(last, label, base, below, comma=comma)
        if depth is None:
            return None
        if depth == len(last.steps):
            return also.end(), (*last.steps, Step("point", label)), label
        singular = depth == len(base) and not unit.plural and label.form == "digits"
        if singular and comma and not self._goes_on(label):
            return None
        step = replace(last.steps[depth], label=label)
        return also.end(), (*last.steps[:depth], step), label

    def _far_end(
        self, last: Pointer, unit: Unit, base: tuple[Step, ...]
    ) -> tuple[int, tuple[Step, ...], Label] | None:
        """The end of a range from within one article to within another: "3(1) to 5(2)"."""
        through = self.lexicon.through.match(self.text, last.end, self.end)
        if through is None or last.through or not unit.plural or len(last.steps) < len(base) + 2:
            return None
        step = last.steps[len(base)]
        label = labels.first(self.text, through.end(), self.end, self.lexicon)
        if label is None or step.label is None or label.form != step.label.form:
            return None
        if not labels.deeper(self.text, label.end, self.end) or not self._counts(label):
            return None
        return through.end(), (*base, replace(step, label=label)), label

    def _also(self, position: int, label: Label | None) -> re.Match[str] | None:
        """What joins the next label to a list; "d. and e." has a full stop before it."""
        if label and label.form == "letter" and self.text[position : position + 1] == ".":
            return self.lexicon.also.match(self.text, position + 1, self.end)
        return self.lexicon.also.match(self.text, position, self.end)

    def _goes_on(self, label: Label) -> bool:
        """Whether a list in the singular ("article 5, 6 and 7") is one: it has an "and"."""
        while pin := labels.deeper(self.text, label.end, self.end):
            label = pin
        also = self.lexicon.also.match(self.text, label.end, self.end)
        if also is None:
            return False
        following = labels.first(self.text, also.end(), self.end, self.lexicon)
        return following is not None and self._counts(following)

    def _depth(
        self, last: Pointer, label: Label, base: tuple[Step, ...], below: int, *, comma: bool
    ) -> int | None:
        """At which step of the last path a further label stands; below it all, or nowhere."""
        behind = self._unit_behind(label.end)
        spaced = behind is not None and self.text[label.end : behind.start()].isspace()
        rank = RANKS[self.lexicon.unit(behind).level] if behind and spaced else 0
        for depth in range(min(below, len(last.steps)) - 1, len(base) - 1, -1):
            step = last.steps[depth]
            ends = last.through if last.through and depth == len(last.steps) - 1 else step.label
            if ends is None or not label.beside(ends):
                continue
            # "1(a)(i) or (b)": what cannot be a numeral stands beside the letter
            if (
                ends.romanlike
                and not label.romanlike
                and depth
                and any(
                    step.label and label.beside(step.label) and not step.label.romanlike
                    for step in last.steps[len(base) : depth]
                )
            ):
                continue
            # "9 paragraph 3": a number in front of "paragraph" is an article's
            if rank and rank <= RANKS[step.level] and depth:
                continue
            # "Articles 6, paragraph 1, 7": the singular ends its list, the plural goes on
            outer = base[-1] if base and depth == len(base) else None
            if outer and outer.plural and not step.plural and outer.label:
                return None if label.beside(outer.label) else depth
            return depth
        lettered = any(step.label and step.label.form.endswith("letter") for step in last.steps)
        if comma and label.form.endswith("letter") and not lettered and below > len(last.steps):
            return len(last.steps)
        return None

    def _counts(self, label: Label) -> bool:
        """Whether a number in a list is one, and not the beginning of "30 days"."""
        if label.form != "digits":
            return True
        return not self.lexicon.measure.match(self.text, label.end, self.end)

    def _enclosed(self, found: list[Pointer], depth: int = 0) -> tuple[list[Pointer], bool]:
        """The pointers within what follows: "... of article 6", "... of this chapter"."""
        last = found[-1]
        thereof = _THEREOF.match(self.text, last.end, self.end)
        if thereof:
            whole = [replace(pointer, thereof="that") for pointer in found]
            if thereof.group().strip(" ,").casefold() == "hereof":
                return found, False
            whole[-1] = replace(whole[-1], end=thereof.end())
            return whole, True
        after = self.lexicon.after.match(self.text, last.end, self.end)
        if after and last.steps[-1].label and "inclus" not in after.group():
            # "paragraph 2 above"
            return found, False
        position = labels.after_stop(self.text, last.end)
        match = self._enclosing(position)
        if match is None or depth >= _DEEPEST:
            return found, False
        unit = self.lexicon.unit(match)
        if RANKS[unit.level] >= min(RANKS[step.level] for step in found[0].steps):
            inner = found[0].steps[0].level in ITEMS and unit.level in ITEMS
            if not inner or "," in self.text[position : match.start()]:
                return found, False
        outer = self._group(match, position)
        if not outer:
            return found, False
        outer, _ = self._enclosed(outer, depth + 1)
        whole = []
        for pointer in found:
            whole += [
                replace(pointer, steps=(*around.steps, *pointer.steps), thereof=around.thereof)
                for around in outer
                if not around.through or len(outer) == 1
            ]
        edge = max(around.end for around in outer)
        final = found[-1]
        whole = [
            replace(pointer, end=edge)
            if (pointer.start, pointer.end) == (final.start, final.end)
            else pointer
            for pointer in whole
        ]
        return whole, True

    def _enclosing(self, position: int) -> re.Match[str] | None:
        """The word for a larger level behind "of", with a relation before it or without."""
        match = self.lexicon.anchor.search(self.text, position, min(self.end, position + _GAP))
        if match is None:
            return None
        between = self.text[position : match.start("unit")]
        rest = between
        if of := self.lexicon.of.match(between):
            rest = between[of.end() :]
        elif not re.fullmatch(r",?\s+", between):
            rest = between.lstrip()
            if rest == between and between:
                return None
        rest = rest.strip()
        if rest in ("", ",") and (of or between.strip() in ("", ",")):
            return match
        for pattern in (self.lexicon.before, self.lexicon.ordinal):
            found = pattern and pattern.search(between)
            if found and self._is_of(between[: found.start()]):
                return match
        return None

    def _is_of(self, between: str) -> bool:
        if not between.strip(" ,"):
            return True
        of = self.lexicon.of.match(between)
        return bool(of) and not between[of.end() :].strip() if of else False


def _begin(match: re.Match[str]) -> int:
    """Where a word for a level begins: with what has grown into it ("للمادة"), else without."""
    unit = match.start("unit")
    grown = match.start() < unit and not match.group("unit").startswith("ال")
    return match.start() if grown else unit
