"""What a browser sends, stored once each, whoever takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from annotator.errors import AnnotatorError, UnavailableError
from annotator.store import AlreadyWritten, Store

Event = Mapping[str, Any]


def once(
    store: Store,
    events: Iterable[Event],
    take: Callable[[Event], None],
    *,
    worded: Callable[[AnnotatorError], str] = str,
) -> dict[str, str]:
    """`take` each event in order; by nonce "" or why it was refused, as `worded`.

    An event seen before is acknowledged and not taken again, one without a nonce is passed over. A
    refusal leaves the others alone. `UnavailableError` where the database cannot take them now:
    what was stored before stays.
    """
    told = [event for event in events if isinstance(event.get("nonce"), str) and event["nonce"]]
    # Asked before anything is read: what was stored may since have been changed or undone, and an
    # event sent again must not be refused for that.
    results = dict.fromkeys(store.known_nonces(event["nonce"] for event in told), "")
    for event in told:
        nonce = event["nonce"]
        if nonce in results:
            continue
        try:
            take(event)
            results[nonce] = ""
        except AlreadyWritten:
            results[nonce] = ""
        except UnavailableError:
            raise  # nobody's mistake: what is not stored yet can be sent again as it is
        except AnnotatorError as error:
            results[nonce] = worded(error)
        except (KeyError, TypeError, ValueError) as error:
            results[nonce] = f"the {event.get('type')} could not be read ({error}): try again"
    return results
