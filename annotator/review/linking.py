"""Claims linked to the clauses they speak of, each call one transaction and one line of history.

As with every decision, a call repeated with its nonce raises `store.AlreadyWritten` and changes
nothing. A link belongs to the text in which the claim stands: there it is undone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from annotator.errors import AnnotatorError, NotFoundError
from annotator.model import Document, Link, LinkRejection, check_span, new_id
from annotator.review.decisions import clause_at
from annotator.store import Store

_END = re.compile(r"[。！？]+[”」』]?|[.!?…؟।][”»\"’)\]]*\s+(?=[\"“«‘(\[]*[^\W_a-zà-öø-ÿ])")
# A full stop behind these ends no sentence ("art. 28", "Mr. Bell"), nor one behind a single letter.
_SHORT = re.compile(r"\b(?:arts?|paras?|nos?|cf|mr|mrs|ms|dr|st|sra?|pp?|\w)$", re.IGNORECASE)


def link(
    store: Store,
    document: Document,
    reviewer: str,
    *,
    start: int,
    end: int,
    quote: str,
    target_document: str,
    target_eid: str,
    note: str = "",
    id: str | None = None,
    nonce: str | None = None,
) -> Link:
    """Say that `text[start:end]`, in code points, speaks of a clause; return the link.

    The target's text is named by slug, id or hash. `SpanError` where the quote is not what stands
    there, `NotFoundError` for a clause that is not stored, `AnnotatorError` where the reviewer has
    linked these words to that clause already and where the words are the clause's own.
    """
    made = Link(
        id=id or new_id(),
        document=document.id,
        eid=clause_at(document, start).eid,
        start=start,
        end=end,
        quote=quote,
        target_document=store.document(target_document).id,
        target_eid=target_eid,
        reviewer=reviewer,
        note=note.strip(),
    )
    _check(store, document, made)
    with store.write("link", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        return write.insert(made)


def relink(
    store: Store,
    document: Document,
    reviewer: str,
    link: str,
    *,
    target_document: str | None = None,
    target_eid: str | None = None,
    note: str | None = None,
    nonce: str | None = None,
) -> Link:
    """Change the note of an own link, or the clause it leads to; refusals as for `link`."""
    old = _own(store, document, reviewer, link)
    new = replace(old, note=old.note if note is None else note.strip())
    if target_eid is not None:
        target = store.document(target_document or old.target_document)
        new = replace(new, target_document=target.id, target_eid=target_eid)
        _check(store, document, new)
    with store.write("relink", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        return write.update(new)


def unlink(
    store: Store,
    document: Document,
    reviewer: str,
    link: str,
    *,
    nonce: str | None = None,
) -> None:
    """Take an own link away."""
    old = _own(store, document, reviewer, link)
    with store.write("unlink", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        write.delete(old)


def reject_link(
    store: Store,
    document: Document,
    reviewer: str,
    *,
    start: int,
    end: int,
    quote: str,
    target_document: str,
    target_eid: str,
    id: str | None = None,
    nonce: str | None = None,
) -> LinkRejection:
    """Say that a claim does not speak of the clause it is proposed for; it is proposed no more.

    Said twice it is said once. `SpanError` where the quote is not what stands there,
    `NotFoundError` for a clause that is not stored.
    """
    check_span(document.text, start, end, quote)
    target = store.document(target_document)
    target.clause(target_eid)
    eid = clause_at(document, start).eid
    for one in store.link_rejections(document=document.id, reviewer=reviewer, eids=[eid]):
        if (one.start, one.target_document, one.target_eid) == (start, target.id, target_eid):
            return one
    rejection = LinkRejection(
        id or new_id(), document.id, eid, start, end, target.id, target_eid, reviewer
    )
    with store.write("reject_link", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        return write.insert(rejection)


def restore_link(
    store: Store,
    document: Document,
    reviewer: str,
    rejection: str,
    *,
    nonce: str | None = None,
) -> None:
    """Let a link that was rejected be proposed again; `NotFoundError` where one never did so."""
    held = store.link_rejections(document=document.id, reviewer=reviewer)
    found = next((one for one in held if one.id == rejection), None)
    if found is None:
        raise NotFoundError(
            "this link is proposed already: the rejection may have been undone", key="link_back"
        )
    with store.write("restore_link", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        write.delete(found)


def claim_around(document: Document, start: int, end: int) -> tuple[int, int]:
    """The sentence, or sentences, that hold these words of a clause: the claim they stand in.

    >>> from annotator import intake
    >>> said = "It is wide. Critics say art. 28 of the U.N. text allows it. Others disagree."
    >>> news = intake.parse(said, kind="news", language="en", title="News")
    >>> at = said.index("art. 28")
    >>> news.text[slice(*claim_around(news, at, at + 7))]
    'Critics say art. 28 of the U.N. text allows it.'
    """
    clause = clause_at(document, start)
    words = document.text[clause.body : clause.own_end]
    ends = [
        match.end()
        for match in _END.finditer(words)
        if words[match.start()] != "."
        or not _SHORT.search(words[max(0, match.start() - 8) : match.start()])
    ]
    borders = [0, *ends, len(words)]
    first = max(border for border in borders if border <= max(0, start - clause.body))
    last = min(border for border in borders if border >= min(len(words), end - clause.body))
    claim = words[first:last]
    begin = clause.body + first + len(claim) - len(claim.lstrip())
    return begin, begin + len(claim.strip())


def _check(store: Store, document: Document, link: Link) -> None:
    target = store.document(link.target_document).clause(link.target_eid)
    inside = target.start <= link.start and link.end <= target.end
    if link.target_document == document.id and inside:
        raise AnnotatorError(
            f"these words stand in {target.citation} itself: choose the clause they speak of",
            key="link_to_itself",
            citation=target.citation,
        )
    same = (link.start, link.end, link.target_document, link.target_eid)
    for other in store.links(document=document.id, reviewer=link.reviewer):
        held = (other.start, other.end, other.target_document, other.target_eid)
        if held == same and other.id != link.id:
            raise AnnotatorError(
                f"{link.quote[:40]!r} is linked to {target.citation} already: change its note",
                key="link_twice",
                quote=link.quote[:40],
                citation=target.citation,
            )


def _own(store: Store, document: Document, reviewer: str, link: str) -> Link:
    for one in store.links(document=document.id, reviewer=reviewer):
        if one.id == link:
            return one
    raise NotFoundError(
        "this link is not yours, or no longer stored: load the page again", key="link_gone"
    )
