"""A small press: paragraphs become PDF pages with all that stands on pages besides the text."""

import re
from dataclasses import dataclass
from io import BytesIO

import pytest

# Letters after which the press may break a word; enough to break many.
_BREAKABLE = re.compile(r"[A-Za-z]{7,}")


@dataclass
class Press:
    """Sets paragraphs as PDF pages, in memory.

    A paragraph is a string, or (string, style) with the style "centre" or "item". `notes` are
    footnotes for the foot of the first page, `head` a running head with `{page}` in it.
    """

    columns: int = 1
    size: float = 10
    width: float = 595
    height: float = 842
    head: str = ""
    foot: str = ""
    notes: tuple[str, ...] = ()
    hyphenate: bool = False
    justify: bool = False
    space: float = 6
    indent: float = 0
    font: str = "Times-Roman"
    margin: float = 72

    def __call__(self, paragraphs, **extra):
        from reportlab.pdfgen.canvas import Canvas

        out = BytesIO()
        canvas = Canvas(out, pagesize=(self.width, self.height), invariant=True, **extra)
        self.canvas, self.page, self.column = canvas, 0, self.columns
        self.gutter = 24 if self.columns > 1 else 0
        self.column_width = (
            self.width - 2 * self.margin - self.gutter * (self.columns - 1)
        ) / self.columns
        self._next()
        for paragraph in paragraphs:
            text, style = paragraph if isinstance(paragraph, tuple) else (paragraph, "")
            self._set(text, style)
        canvas.save()
        return out.getvalue()

    def _next(self):
        self.column += 1
        self.y = self.height - self.margin
        if self.column >= self.columns:
            if self.page:
                self.canvas.showPage()
            self.page += 1
            self.column = 0
            small = self.size * 0.8
            if self.head:
                self._put(self.margin, self.height - 40, self.head.format(page=self.page), small)
            if self.foot:
                text = self.foot.format(page=self.page)
                self._put(self.width / 2 - 5, 36, text, small)
            y = self.margin + len(self.notes) * small
            for mark, note in enumerate(self.notes if self.page == 1 else (), start=1):
                self._put(self.margin, y + 2, str(mark), small * 0.6)
                self._put(self.margin + 5, y, note, small)
                y -= small * 1.15
        self.x = self.margin + self.column * (self.column_width + self.gutter)
        reserved = len(self.notes) * self.size + 14 if self.page == 1 and self.notes else 0
        self.bottom = self.margin + reserved

    def _put(self, x, y, text, size=None, spaces=0.0):
        line = self.canvas.beginText(x, y)
        line.setFont(self.font, size or self.size)
        line.setWordSpace(spaces)
        for part in re.split(r"(\^\w)", text):
            # "^1" is a raised mark, as of a footnote.
            if part.startswith("^"):
                line.setFont(self.font, (size or self.size) * 0.6)
                line.setRise(self.size * 0.35)
                line.textOut(part[1:])
                line.setRise(0)
                line.setFont(self.font, size or self.size)
            else:
                line.textOut(part)
        self.canvas.drawText(line)

    def _measure(self, text):
        from reportlab.pdfbase.pdfmetrics import stringWidth

        return stringWidth(re.sub(r"\^\w", "", text), self.font, self.size)

    def _set(self, text, style):
        hang = 18 if style == "item" else 0
        if hang:
            number, _, text = text.partition(" ")
        first = 0 if style else self.indent
        lines = list(self._wrapped(text, self.column_width - hang, first))
        for i, line in enumerate(lines):
            if self.y - self.size < self.bottom:
                self._next()
            left = self.x + hang + (first if not i else 0)
            if hang and not i:
                self._put(self.x, self.y - self.size, number)
            room = self.x + self.column_width - left
            spaces = 0.0
            if style == "centre":
                left = self.x + (self.column_width - self._measure(line)) / 2
            elif self.justify and i < len(lines) - 1 and " " in line:
                spaces = (room - self._measure(line)) / line.count(" ")
            self._put(left, self.y - self.size, line, spaces=spaces)
            self.y -= self.size * 1.2
        self.y -= self.space

    def _wrapped(self, text, room, first):
        line, left = "", room - first
        words = text.split(" ")
        while words:
            word = words.pop(0)
            longer = f"{line} {word}" if line else word
            if self._measure(longer) <= left:
                line = longer
                continue
            head, tail = self._broken(word, f"{line} " if line else "", left)
            if head:
                yield (f"{line} " if line else "") + head
                words.insert(0, tail)
            elif not line:
                yield word
            else:
                yield line
                words.insert(0, word)
            line, left = "", room
        if line:
            yield line

    def _broken(self, word, before, room):
        """The word's beginning that still has room, with its hyphen, and the rest."""
        places = [m.start() + 1 for m in re.finditer(r"(?<=\w)-(?=\w)", word)]
        if self.hyphenate and _BREAKABLE.fullmatch(word.strip(".,;:()\"'")):
            places += range(3, len(word) - 3)
        for at in sorted(places, reverse=True):
            head = word[:at] if word[at - 1] == "-" else word[:at] + "-"
            letters = head[:-1].isalpha() and word[at:][:1].isalpha()
            if letters and self._measure(before + head) <= room:
                return head, word[at:]
        return "", word


@pytest.fixture
def press():
    """The press, to be set up with its fields."""
    return Press
