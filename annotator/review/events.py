"""What the browser sends, applied once each.

An event is a mapping with `nonce`, `type` and its fields; spans in it are UTF-16 offsets into the
words of a clause (`text[body:own_end]`), from `start_eid`/`start` to `end_eid`/`end`, with the
selected words in `quote`. This is the border at which they become code points of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from annotator.codebook import Codebook
from annotator.errors import AnnotatorError, NotFoundError, SpanError
from annotator.model import Annotation, Document, Suggestion
from annotator.offsets import Utf16Map
from annotator.review import assessing, decisions, linking
from annotator.review.once import Event, once
from annotator.store import Seen, Store

Handler = Callable[["_Desk", Event], None]


def apply(
    store: Store,
    document: Document,
    reviewer: str,
    events: Iterable[Event],
    *,
    codebook: Codebook,
    worded: Callable[[AnnotatorError], str] = str,
) -> dict[str, str]:
    """Apply the events in order, each once; by nonce "" or why it was refused, as `worded`.

    `UnavailableError` where the database cannot take them now: what was stored before stays.
    """
    desk = _Desk(store, document, reviewer, codebook)

    def take(event: Event) -> None:
        handler = _HANDLERS.get(str(event.get("type")))
        if handler is None:
            raise AnnotatorError(f"{event.get('type')!r} is nothing a reviewer can do")
        handler(desk, event)

    return once(store, events, take, worded=worded)


class _Desk:
    """Whose events are applied to which document."""

    def __init__(self, store: Store, document: Document, reviewer: str, codebook: Codebook) -> None:
        self.store = store
        self.document = document
        self.reviewer = reviewer
        self.codebook = codebook

    def span(self, event: Event) -> dict[str, Any]:
        """The event's span as start, end and quote of the document, checked against its words."""
        if event.get("keeps"):
            return self._span_beyond(event)
        first, last = event["start_eid"], event["end_eid"]
        start, head_end = self._inside(first, event["start"])
        end, _ = self._inside(last, event["end"])
        if not start < end:
            raise SpanError(
                f"the selection {event['quote']!r} is empty: select some words",
                key="nothing_selected",
            )
        quote = self.document.text[start:end]
        # Between two clauses stand numbers that the page draws in its gutter, so of a selection
        # that crosses a border only the words of its first clause can be compared.
        seen = quote if first == last else self.document.text[start:head_end]
        told = str(event["quote"])
        if seen != (told if first == last else told[: len(seen)]):
            raise SpanError(
                f"the text reads {seen[:60]!r} where {told[:60]!r} was selected: select it again",
                key="words_changed",
                reads=seen[:60],
                told=told[:60],
            )
        return {"start": start, "end": end, "quote": quote}

    def _span_beyond(self, event: Event) -> dict[str, Any]:
        """The same of what goes on where the page does not show it: that end, `keeps`, stays.

        `words` are those of the clause up to the end that was moved, or from the start that was.
        """
        held = self._held(event)
        if event["keeps"] == "start":
            clause = self.document.clause(event["end_eid"])
            start, (end, _) = held.start, self._inside(clause.eid, event["end"])
            seen = self.document.text[clause.body : end]
        else:
            start, head_end = self._inside(event["start_eid"], event["start"])
            end, seen = held.end, self.document.text[start:head_end]
        told = str(event["words"])
        if seen != told:
            raise SpanError(
                f"the text reads {seen[-60:]!r} where {told[-60:]!r} was selected: select it again",
                key="words_changed",
                reads=seen[-60:],
                told=told[-60:],
            )
        if not start < end:
            raise SpanError(
                f"nothing is left of {held.quote[:60]!r}: leave some words",
                key="nothing_left",
                quote=held.quote[:60],
            )
        return {"start": start, "end": end, "quote": self.document.text[start:end]}

    def _held(self, event: Event) -> Annotation | Suggestion:
        """The tag or suggestion whose ends the event moves."""
        if "annotation" in event:
            tag = self.store.annotation(str(event["annotation"]))
            if tag and (tag.document, tag.reviewer) == (self.document.id, self.reviewer):
                return tag
        elif proposal := self.store.suggestion(self.document.id, str(event.get("suggestion"))):
            return proposal
        raise NotFoundError(
            "what was changed is no longer there: it may have been undone already", key="gone"
        )

    def _inside(self, eid: str, utf16: int) -> tuple[int, int]:
        clause = self.document.clause(eid)
        words = self.document.text[clause.body : clause.own_end]
        return clause.body + Utf16Map(words).to_code_points(int(utf16)), clause.own_end

    def changes(self, event: Event) -> dict[str, Any]:
        """The fields of a tag that the event names, with its span where it has one."""
        fields = ("concern", "code", "polarity", "severity", "note")
        found = {name: event[name] for name in fields if name in event}
        if "start_eid" in event:
            found |= self.span(event)
        return found


def _tag(desk: _Desk, event: Event) -> None:
    decisions.tag(
        desk.store,
        desk.document,
        desk.reviewer,
        **desk.changes(event),
        id=event["id"],
        nonce=event["nonce"],
        codebook=desk.codebook,
    )


def _edit(desk: _Desk, event: Event) -> None:
    decisions.edit(
        desk.store,
        desk.document,
        desk.reviewer,
        event["annotation"],
        **desk.changes(event),
        nonce=event["nonce"],
        codebook=desk.codebook,
    )


def _confirm(desk: _Desk, event: Event) -> None:
    decisions.confirm(
        desk.store,
        desk.document,
        desk.reviewer,
        event["annotation"],
        nonce=event["nonce"],
        codebook=desk.codebook,
    )


def _remove(desk: _Desk, event: Event) -> None:
    decisions.remove(
        desk.store, desk.document, desk.reviewer, event["annotation"], nonce=event["nonce"]
    )


def _accept(desk: _Desk, event: Event) -> None:
    decisions.accept(
        desk.store,
        desk.document,
        desk.reviewer,
        event["suggestion"],
        **desk.changes(event),
        id=event["id"],
        nonce=event["nonce"],
        codebook=desk.codebook,
    )


def _reject(desk: _Desk, event: Event) -> None:
    decisions.reject(
        desk.store, desk.document, desk.reviewer, event["suggestion"], nonce=event["nonce"]
    )


def _judge(desk: _Desk, event: Event) -> None:
    decisions.judge(
        desk.store,
        desk.document,
        desk.reviewer,
        event["eid"],
        event["state"],
        nonce=event["nonce"],
        codebook=desk.codebook,
    )


def _note(desk: _Desk, event: Event) -> None:
    decisions.note(
        desk.store,
        desk.document,
        desk.reviewer,
        event["eid"],
        str(event["text"]),
        nonce=event["nonce"],
    )


def _assess(desk: _Desk, event: Event) -> None:
    assessing.assess(
        desk.store,
        desk.document,
        desk.reviewer,
        event["eid"],
        _states(event["states"]),
        note=str(event["note"]) if "note" in event else None,
        nonce=event["nonce"],
        codebook=desk.codebook,
    )


def _states(told: Mapping[str, Any]) -> dict[str, str]:
    return {str(safeguard): str(state) for safeguard, state in dict(told).items()}


def _unassess(desk: _Desk, event: Event) -> None:
    assessing.unassess(
        desk.store,
        desk.document,
        desk.reviewer,
        event["eid"],
        [str(safeguard) for safeguard in event["safeguards"]],
        nonce=event["nonce"],
    )


def _on_power(do: Callable[..., object]) -> Handler:
    """A word on whether a clause grants a power."""

    def taken(desk: _Desk, event: Event) -> None:
        eid, power = event["eid"], str(event["power"])
        do(desk.store, desk.document, desk.reviewer, eid, power, nonce=event["nonce"])

    return taken


def _link(desk: _Desk, event: Event) -> None:
    linking.link(
        desk.store,
        desk.document,
        desk.reviewer,
        **desk.span(event),
        target_document=str(event["target_document"]),
        target_eid=str(event["target_eid"]),
        note=str(event.get("note", "")),
        id=event["id"],
        nonce=event["nonce"],
    )


def _relink(desk: _Desk, event: Event) -> None:
    told = ("target_document", "target_eid", "note")
    linking.relink(
        desk.store,
        desk.document,
        desk.reviewer,
        event["link"],
        **{name: str(event[name]) for name in told if name in event},
        nonce=event["nonce"],
    )


def _unlink(desk: _Desk, event: Event) -> None:
    linking.unlink(desk.store, desk.document, desk.reviewer, event["link"], nonce=event["nonce"])


def _reject_link(desk: _Desk, event: Event) -> None:
    linking.reject_link(
        desk.store,
        desk.document,
        desk.reviewer,
        **desk.span(event),
        target_document=str(event["target_document"]),
        target_eid=str(event["target_eid"]),
        id=event["id"],
        nonce=event["nonce"],
    )


def _restore_link(desk: _Desk, event: Event) -> None:
    linking.restore_link(
        desk.store, desk.document, desk.reviewer, event["rejection"], nonce=event["nonce"]
    )


def _carry_across(desk: _Desk, event: Event) -> None:
    from annotator import versions  # loaded where a text has another language

    tag = desk.store.annotation(str(event["annotation"]))
    if tag is None or tag.reviewer != desk.reviewer:
        raise NotFoundError(
            "this tag is not yours, or no longer stored: load the page again", key="tag_gone"
        )
    versions.carry_across(
        desk.store,
        tag.id,
        desk.document.id,
        reviewer=desk.reviewer,
        alignment=versions.aligned(desk.store.document(tag.document), desk.document),
        nonce=event["nonce"],
    )


def _undo(desk: _Desk, event: Event) -> None:
    # A browser with two windows says what this one knows of, so that it undoes nothing unseen.
    seen = Seen(int(event["seen"]), frozenset(event.get("mine", ()))) if "seen" in event else None
    done = desk.store.undo(
        desk.reviewer,
        document=desk.document.id,
        nonce=event["nonce"],
        seen=seen,
        settling=False,
    )
    if not done:
        raise AnnotatorError("there is nothing to undo in this text", key="nothing_to_undo")


def _redo(desk: _Desk, event: Event) -> None:
    nonce = event["nonce"]
    if not desk.store.redo(desk.reviewer, document=desk.document.id, nonce=nonce, settling=False):
        raise AnnotatorError("there is nothing to redo in this text", key="nothing_to_redo")


_HANDLERS: dict[str, Handler] = {
    "tag": _tag,
    "edit": _edit,
    "confirm": _confirm,
    "remove": _remove,
    "accept": _accept,
    "reject": _reject,
    "judge": _judge,
    "note": _note,
    "assess": _assess,
    "unassess": _unassess,
    "reject_power": _on_power(assessing.reject_power),
    "restore_power": _on_power(assessing.restore_power),
    "carry_across": _carry_across,
    "link": _link,
    "relink": _relink,
    "unlink": _unlink,
    "reject_link": _reject_link,
    "restore_link": _restore_link,
    "undo": _undo,
    "redo": _redo,
}
