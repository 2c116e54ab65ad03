"""What a codebook holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from annotator.errors import CodebookError
from annotator.model import PowerGroup

CONCERNS = ("privacy", "press_freedom", "whistleblower")
SLOTS = ("blue", "orange", "violet")
STATES = ("present", "by_reference", "weak", "absent")

Recognise: TypeAlias = Mapping[str, str]
"""How each state of a safeguard is told in a text, one text for each of `STATES`."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A reference a lawyer can look up, and in our words what it asks for."""

    ref: str
    says: str


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of concern; `key` is the letter that chooses it in the palette, if it has one.

    `parent` is the id of the code that a sub-code belongs to. `replaces` are ids of earlier codes
    that this one took the place of. A `retired` code is kept for what was tagged under it and is
    offered no more.
    """

    id: str
    name: str
    key: str
    definition: str
    tag: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    standards: tuple[Standard, ...] = ()
    parent: str = ""
    replaces: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Concern:
    """What reviewers look for; `letter`, `key` and `slot` are its sign, its key and its colour.

    `codes` are in reading order, each code followed by its sub-codes.
    """

    id: str
    name: str
    letter: str
    key: str
    slot: str
    definition: str
    tag: tuple[str, ...]
    leave: tuple[str, ...]
    standards: tuple[Standard, ...]
    codes: tuple[Code, ...]

    def code(self, id: str) -> Code:
        """The code with that id, or the one that replaces it; `CodebookError` for neither."""
        for code in self.codes:
            if code.id == id or id in code.replaces:
                return code
        known = ", ".join(code.id for code in self.codes)
        raise CodebookError(f"{id!r} is not a code of {self.id}: choose one of {known}")

    @property
    def offered(self) -> tuple[Code, ...]:
        """The codes for new tags: those that are not retired."""
        return tuple(code for code in self.codes if not code.retired)

    @property
    def code_ids(self) -> tuple[str, ...]:
        """Every id by which an offered code can be named, replaced ones last."""
        replaced = (id for code in self.offered for id in code.replaces)
        return (*(code.id for code in self.offered), *replaced)


@dataclass(frozen=True, slots=True)
class Safeguard:
    """Something a power, an offence or a channel of disclosure can have, or lack.

    `recognise` tells for each of `STATES` how a text shows it. `asked_of` names the groups it is
    asked of beside those whose list in `corpus/safeguards/kinds.yaml` has it; rules propose it only
    once a language's wordings know it. A `retired` one is kept for what was said of it and is asked
    no more.
    """

    id: str
    name: str
    concern: str
    definition: str
    standards: tuple[Standard, ...]
    recognise: Recognise = field(default_factory=dict)
    asked_of: tuple[PowerGroup, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What a version brought, in a sentence for reviewers.

    `same_meaning` names the entries (see `wordings`) whose words changed and whose meaning did not,
    so that nothing tagged under them is called in question; None stands for all of them.
    """

    version: str
    says: str
    same_meaning: tuple[str, ...] | None = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """The whole codebook; `sha256` is that of the file's bytes and names the version exactly."""

    version: str
    sha256: str
    concerns: tuple[Concern, ...]
    safeguards: tuple[Safeguard, ...]
    changes: tuple[Change, ...] = ()
    source: str = field(default="", repr=False, compare=False)

    @property
    def stamp(self) -> str:
        """What an annotation keeps of the codebook it was made under: version and file.

        The file's hash is in it because people forget to raise a version.
        """
        return f"{self.version}+{self.sha256[:8]}"

    def code_now(self, concern: str, code: str) -> str:
        """The id of the code that stands for that one today; itself where nothing replaced it."""
        for known in self.concerns:
            for one in known.codes if known.id == concern else ():
                if code in one.replaces:
                    return one.id
        return code

    def concern(self, id: str) -> Concern:
        """The concern with that id; `CodebookError` where there is none."""
        for concern in self.concerns:
            if concern.id == id:
                return concern
        known = ", ".join(concern.id for concern in self.concerns)
        raise CodebookError(f"{id!r} is not a concern: choose one of {known}")

    def safeguard(self, id: str) -> Safeguard:
        """The safeguard with that id; `CodebookError` where there is none."""
        for safeguard in self.safeguards:
            if safeguard.id == id:
                return safeguard
        known = ", ".join(safeguard.id for safeguard in self.safeguards)
        raise CodebookError(f"{id!r} is not a safeguard: choose one of {known}")

    def asked_of(self, group: PowerGroup) -> tuple[Safeguard, ...]:
        """The safeguards that the codebook itself asks of a group, retired ones left out."""
        return tuple(one for one in self.safeguards if group in one.asked_of and not one.retired)
