"""The clauses a claim can be linked to, found as they are typed: by citation, or by their words."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from annotator.intake import references
from annotator.model import Clause, Document
from annotator.search import Filters, parse
from annotator.store import Store
from annotator.ui.previews import AT_ONCE, preview, text_of

_MOST = 24
_MOST_TEXTS = 60
_LONGEST = 200


def found(store: Store, document: Document, typed: str) -> list[dict[str, Any]]:
    """The clauses of treaties that `typed` may mean, the likeliest first.

    What is cited so comes before what says so, texts in the language of `document` before others.
    Each with its `name` (`id#eid`), as a preview shows it, and the `title` of its text.
    `AnnotatorError` where the words cannot be looked for.
    """
    typed = typed.strip()[:_LONGEST]
    rows: dict[str, dict[str, Any]] = {}
    if not typed:
        return []
    cited = _cited(store, document, typed)
    # A number that names a clause is a citation; what else would be found says it by chance.
    said = () if cited and any(map(str.isdigit, typed)) else _saying(store, typed)
    for text, clause in itertools.chain(cited, said):
        name = f"{text.id}#{clause.eid}"
        if name not in rows and len(rows) < _MOST:
            shown = preview(text, clause, size=AT_ONCE)
            rows[name] = shown | {"name": name, "title": text.title, "to": text.slug}
    return list(rows.values())


def _cited(store: Store, document: Document, typed: str) -> list[tuple[Document, Clause]]:
    """What is called so: the closest to it first, then in texts that the document cites already.

    "Article 28, paragraph 4" is article 28 where a treaty has no such paragraph.
    """
    named = {one.target_document for one in store.cross_references(document.id)}
    named |= {one.target_document for one in store.links(document=document.id)}
    known = [one for one in store.documents() if one.kind == "treaty"]
    known.sort(key=lambda one: (one.id not in named, one.language != document.language))
    texts = [text_of(store, one.id) for one in known[:_MOST_TEXTS]]
    pairs = [(text, one) for text in texts for one in references.resolve(text, typed)[:4]]
    return sorted(pairs, key=lambda pair: -pair[1].eid.count("__"))


def _saying(store: Store, typed: str) -> Iterator[tuple[Document, Clause]]:
    """What says the words, the last one maybe only begun."""
    begun = f"{typed}*" if typed[-1].isalnum() else typed
    wanted = Filters(kind="treaty", places=frozenset({"texts"}))
    for hit in store.search(parse(begun), wanted, limit=_MOST).hits:
        if not hit.title:
            text = text_of(store, hit.document.id)
            yield text, text.clause(hit.eid)
