"""A text with what is known about it -> a `Document` with its clause tree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Literal, TypedDict, Unpack, get_args

from annotator.errors import IntakeError
from annotator.intake import bylines, markdown, news, plaintext, webpage
from annotator.intake.blocks import Source
from annotator.intake.languages import bilingual
from annotator.intake.languages import language as language_of
from annotator.intake.structure import brokenheads, builder, citation, kinds, titles
from annotator.model import Clause, Document, Kind, sha256, stable_id

Form = Literal["text", "markdown", "html"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_FORMS = {"text": plaintext.to_source, "markdown": markdown.to_source}
_LETTER = re.compile(r"\w")
# Of ASCII, letters become small and all but letters and digits spaces: quicker than a pattern.
_SLUG = bytes(code if chr(code).isalnum() else 32 for code in range(128)).lower() + bytes(128)


class About(TypedDict, total=False):
    """What is known of a text from elsewhere, and wins over what stands in it.

    `kind` (treaty or news), `language` and `title` are found in the text where they are not given.
    `name` is what to call an untitled text, and what errors call it.
    """

    kind: str | None
    language: str | None
    title: str | None
    slug: str | None
    source: str
    notice: str
    metadata: Mapping[str, str] | None
    name: str
    warnings: Sequence[str]


def parse(text: str, *, form: Form = "text", **about: Unpack[About]) -> Document:
    """A document from a text in memory, without reading or writing anything.

    `form` says how the text is written; plain text is kept as it is but for normalisation.
    `about` is as in `About`; a guessed language that is doubtful is reported in the document's
    warnings. Parsing `document.text` again as plain text gives the same `text_sha256`.

    Raises `IntakeError` for an empty text, NUL characters, an unknown kind or language.
    """
    return bilingual.chosen(parse_all(text, form=form, **about), about.get("language"))


def parse_all(text: str, *, form: Form = "text", **about: Unpack[About]) -> tuple[Document, ...]:
    """As `parse`, but every language version that the text holds, in the order of the text."""
    if form == "html":
        found = webpage.to_source(text, kind=about.get("kind"), url=about.get("source", ""))
    else:
        found = _FORMS[form](text)
    return compose_all(found, **about)


def compose_all(
    found: Source,
    *,
    kind: str | None = None,
    language: str | None = None,
    title: str | None = None,
    slug: str | None = None,
    source: str = "",
    notice: str = "",
    metadata: Mapping[str, str] | None = None,
    name: str = "text",
    warnings: Sequence[str] = (),
) -> tuple[Document, ...]:
    """Every language version among blocks that have been found already, in their order.

    The first has the slug; a further one has it with its language behind it (`-nl`), and the first
    one's slug as `metadata["work"]`. `title` is that of the version in `language`, else the first.
    """
    if not _LETTER.search(found.text):
        raise IntakeError(f"{name!r} has no text: choose a file with words in it")
    wanted = language_of.check(language) if language is not None else None
    # Whoever says both need not be told; a report is not published in two languages at once.
    told = language_of.Look(wanted) if wanted and kind == "news" else None
    seen = told or language_of.look(found.text)
    versions = [] if found.root else bilingual.split(found, mixed=seen.mixed)
    if len(versions) < 2:
        if versions:
            main, found = versions[0]
            seen = language_of.Look(main)
        said = list(warnings)
        code = wanted or _language(found, seen, said)
        return (
            _compose(
                found,
                code,
                kind=kind,
                title=title,
                slug=slug,
                source=source,
                notice=notice,
                metadata=metadata or {},
                name=name,
                warnings=said,
            ),
        )
    codes = [code for code, _ in versions]
    entitled = codes.index(wanted) if wanted in codes else 0
    documents: list[Document] = []
    for place, (code, version) in enumerate(versions):
        first = documents[0] if documents else None
        documents.append(
            _compose(
                version,
                wanted if wanted and wanted not in codes and not place else code,
                kind=kind or (first.kind if first else None),
                title=title if place == entitled else None,
                slug=f"{first.slug}-{code}" if first else slug,
                source=source,
                notice=notice,
                metadata={**(metadata or {}), **({"work": first.slug} if first else {})},
                name=name,
                warnings=warnings,
            )
        )
    return tuple(documents)


def _compose(
    found: Source,
    code: str,
    *,
    kind: str | None,
    title: str | None,
    slug: str | None,
    source: str,
    notice: str,
    metadata: Mapping[str, str],
    name: str,
    warnings: Sequence[str],
) -> Document:
    said = list(warnings)
    chosen = _kind(kind) if kind else _detect(found)
    if chosen == "treaty" and not found.root:
        found = titles.without_tail(found)
    if not found.root:
        blocks = brokenheads.mended(found.text, found.blocks)
        found = found if blocks is found.blocks else replace(found, blocks=blocks)
    skipped, named = titles.top(found, chosen, title) if not found.root else (0, "")
    known: dict[str, str] = {}
    if chosen == "news":
        lines, known = bylines.above(found.text, found.blocks[skipped:])
        skipped += lines
    # A page's own title often names the site besides, or instead.
    if found.title and not titles.names_instrument(named):
        named = found.title
    heading = title or named or _readable(name)
    clauses, structural = _clauses(found, chosen, skipped)
    said += structural
    if not any(clause.reviewable for clause in clauses):
        said.append("no clause has words of its own: check the source")
    digest = sha256(found.text)
    return Document(
        id=stable_id("document", digest),
        slug=slugify(slug or title or (heading if name == "text" else name))
        or f"text-{digest[:8]}",
        title=" ".join(heading.split()),
        kind=chosen,
        language=code,
        text=found.text,
        text_sha256=digest,
        clauses=clauses,
        source=source,
        notice=notice,
        metadata=MappingProxyType({**known, **found.metadata, **metadata}),
        warnings=(*found.warnings, *said),
    )


def slugify(words: str) -> str:
    """Lower-case Latin letters, digits and hyphens; accents go, other scripts stay letters.

    >>> slugify("Convention sur la cybercriminalité (2001)")
    'convention-sur-la-cybercriminalite-2001'
    """
    if words.isascii():
        return "-".join(words.encode().translate(_SLUG).decode().split())[:80].rstrip("-")
    base = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(char for char in base if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", bare)).strip("-")[:80].rstrip("-")


def _language(found: Source, seen: language_of.Look, said: list[str]) -> str:
    code, warning = seen.code, seen.warning
    if found.language:
        try:
            named = language_of.check(found.language)
        except IntakeError:
            said.append(f"the page names a language {found.language!r} that is not known")
        else:
            # Pages are often marked as English whatever they are in; a marked-up law is not.
            if warning or named == code or found.root:
                return named
            said.append(f"the page says that it is in {named!r}, but its words are {code!r}")
            return code
    if warning:
        said.append(warning)
    return code


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise IntakeError(f"kind {kind!r} is not known: give {' or '.join(KINDS)}")
    return kind


def _detect(found: Source) -> Kind:
    if found.root:
        return "treaty"
    return "treaty" if kinds.is_law(found.text, found.blocks) else "news"


def _readable(name: str) -> str:
    words = re.sub(r"[_\s-]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def _clauses(found: Source, kind: Kind, skipped: int) -> tuple[tuple[Clause, ...], list[str]]:
    blocks = found.blocks[skipped:]
    if kind == "news":
        return news.clauses(found.text, blocks), []
    if found.root:
        return citation.clauses(found.root)
    root, guesses = builder.treaty(found.text, blocks)
    clauses, warnings = citation.clauses(root)
    return clauses, [*warnings, *guesses]
