"""What is known of each block of a treaty or law before its tree is built."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from annotator.intake.structure.marks import Enumerator, Heading

# "above" is a heading over the clause below it, "attachment" the title of a protocol or memorandum
# behind the articles, "aside" the title of a commentary.
Role = Literal["", "stray", "contents", "quoted", "above", "attachment", "aside"]
Unit = Literal["article", "rule", "section", ""]


@dataclass(slots=True)
class Reading:
    """The blocks of a text with what was found out about each of them, index by index.

    `unit` is what the text is cited by: articles, rules (or principles, guidelines), sections, or
    "" where there is nothing but numbered paragraphs. `inner` says that articles hold sections, and
    not the other way round. `worded` says that articles have their first words behind
    the number on its line. `run_in` is where the words begin in a block whose heading stands before
    them on its line. `guesses` are warnings.
    """

    lines: list[str]
    heads: list[Heading | None]
    marks: list[Enumerator | None]
    roles: list[Role]
    unit: Unit = ""
    inner: Literal["section", ""] = ""
    worded: bool = False
    run_in: dict[int, int] = field(default_factory=dict)
    guesses: list[str] = field(default_factory=list)

    def is_unit(self, i: int) -> bool:
        """Whether block `i` opens one of the clauses that the text is cited by."""
        head = self.heads[i]
        return head is not None and head.kind == self.unit

    def line(self, i: int) -> str:
        """The text of block `i`."""
        return self.lines[i]

    def is_plain(self, i: int) -> bool:
        """Whether block `i` is neither a heading nor numbered nor anything besides the text."""
        return not (self.heads[i] or self.marks[i] or self.roles[i])
