"""The texts that come with the project, or any folder laid out like it."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import IntakeError
from annotator.intake.read import SUFFIXES, read
from annotator.model import Document

FOLDERS = ("treaties", "news")
REQUIRED = ("title", "kind", "language")


def corpus(folder: str | Path) -> list[Document]:
    """Every text in `treaties/` and `news/` of the folder, sorted by slug.

    Each must carry front matter with a title, a kind and a language. Files named README and
    hidden ones are left out. Raises `IntakeError` for the first file that is wrong, for a slug
    used twice, and for a folder without texts.
    """
    folder = Path(folder)
    found: dict[str, tuple[Path, Document]] = {}
    for path in _files(folder):
        document = read(path, require=REQUIRED)
        if document.slug in found:
            raise IntakeError(
                f"{path}: slug {document.slug!r} is that of {found[document.slug][0]}: change one"
            )
        found[document.slug] = (path, document)
    if not found:
        raise IntakeError(f"{folder} has no texts in treaties/ or news/: check the folder")
    return [document for _, (_, document) in sorted(found.items())]


def _files(folder: Path) -> list[Path]:
    return [
        path
        for name in FOLDERS
        for path in sorted((folder / name).glob("*"))
        if path.is_file()
        and path.suffix.lower() in SUFFIXES
        and path.suffix
        and not path.name.startswith(".")
        and path.stem.upper() != "README"
    ]
