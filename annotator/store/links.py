"""Claims and the clauses they speak of: what the store answers about links."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from annotator.model import Link, LinkRejection, canonical
from annotator.store import rows
from annotator.store.opened import Opened


class Links(Opened):
    """The part of `Store` that answers about links; they are written through `Store.write`."""

    def links(
        self,
        *,
        document: str | None = None,
        reviewer: str | None = None,
        eids: Iterable[str] | None = None,
    ) -> list[Link]:
        """Links by the document and place of the claim; each filter narrows."""
        return self._values(Link, document, reviewer, eids)

    def link_rejections(
        self,
        *,
        document: str | None = None,
        reviewer: str | None = None,
        eids: Iterable[str] | None = None,
    ) -> list[LinkRejection]:
        """Proposed links that were rejected, by the place of the claim; each filter narrows."""
        return self._values(LinkRejection, document, reviewer, eids)

    def links_to(self, document: str, *, eids: Iterable[str] | None = None) -> list[Link]:
        """The links, of whatever document, to clauses of this one: who says what of them."""
        return self._ask(
            lambda: _to(
                self._connection,
                "l.target_document = ?1"
                " and (?2 is null or l.target_eid in (select value from json_each(?2)))",
                (self._document(document), None if eids is None else canonical(list(eids))),
            )
        )

    def links_to_others(self, document: str) -> list[Link]:
        """The links to clauses of the same treaty elsewhere, for this text to show too.

        That is in versions before this one, and in the latest version of other languages.
        """
        return self._ask(lambda: _to(self._connection, _OTHERS, (self._document(document),)))


# Asked with every answer to a decision: it begins with the few texts that anything is linked to.
_OTHERS = """
    l.target_document in (
        select t.id from (select distinct target_document as id from links) known
        join documents t on t.id = known.id join documents here on here.id = ?1
        where t.slug = here.slug and t.version < here.version
           or t.slug <> here.slug
              and coalesce(json_extract(t.metadata, '$.work'), t.slug)
                  = coalesce(json_extract(here.metadata, '$.work'), here.slug)
              and t.version = (select max(version) from documents v where v.slug = t.slug)
    )
"""


def _to(
    connection: sqlite3.Connection, condition: str, given: tuple[str | None, ...]
) -> list[Link]:
    names = ", ".join(f'l."{name}"' for name in rows.columns(Link))
    cursor = connection.cursor()
    cursor.row_factory = None
    found = cursor.execute(
        f"select {names} from links l"
        " join documents d on d.id = l.document"
        " join documents t on t.id = l.target_document"
        " join clauses c on c.document = l.target_document and c.eid = l.target_eid"
        f" where {condition}"
        ' order by t.version, c.position, d.slug, d.version, l.start, l."end", l.reviewer, l.id',
        given,
    )
    return [Link(*row) for row in found]
