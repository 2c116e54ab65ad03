"""One web address -> the bytes behind it, within limits, or one line that says why not.

No proxy is used: through one, the address that is checked would not be the one that is reached.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING

from annotator import __version__
from annotator.errors import IntakeError
from annotator.intake.web import addresses, bodies, robots
from annotator.intake.web.addresses import Address, shown

if TYPE_CHECKING:
    from annotator.intake.web.line import Line

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BY_HAND = "open it in a browser, save it and give the file"
_STATUS = {
    401: f"asks for a sign-in: {_BY_HAND}",
    402: f"asks for payment: {_BY_HAND}",
    403: f"is not given to programs: {_BY_HAND}",
    404: "is not there: check the address",
    407: "is behind a proxy that asks for a sign-in: use another connection",
    408: "took too long to answer: try again later",
    410: "is not there any more: look for it elsewhere",
    429: "has been asked for too often: try again later",
    451: "is withheld for legal reasons: look for it elsewhere",
}
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5"
_REFRESH = re.compile(
    rb"<meta\s[^<>]{0,200}?http-equiv\s*=\s*[\"']?refresh[^<>]{0,200}?"
    rb"content\s*=\s*[\"']\s*(\d{1,3})\s*;\s*url\s*=\s*['\"]?([^\"'<>]{1,1000})",
    re.I,
)
_LONGEST_STUB = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one address may cost: bytes sent, bytes unpacked, seconds in all, redirects."""

    wire: int = 50_000_000
    body: int = 50_000_000
    seconds: float = 120
    redirects: int = 8


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes behind an address, unpacked, and where and when they were found.

    `retrieved` is UTC, ISO 8601; `sha256` is that of `data`; `media` the content type without its
    parameters, in lower case, and `charset` what it names, "" where it does not.
    """

    url: str
    data: bytes
    media: str
    charset: str
    retrieved: str
    sha256: str
    warnings: tuple[str, ...] = ()


def fetch(url: str, *, allow_private: bool = False, limits: Limits | None = None) -> Fetched:
    """The bytes behind the address, after redirects; nothing is stored.

    Reads each site's robots.txt first and keeps to it. `allow_private` lets loopback, private and
    link-local addresses be opened, and so does ANNOTATOR_ALLOW_PRIVATE=1.

    Raises `IntakeError`, quoting the address, for one that may not be opened (also as the target
    of a redirect), for every answer but a page, and where a limit is passed.
    """
    from annotator.intake.web.line import Line

    limits = limits or Limits()
    private = allow_private or addresses.private_allowed()
    with Line(allow_private=private, seconds=limits.seconds) as line:
        return _Visit(line, limits, private).follow(url)


class _Visit:
    def __init__(self, line: Line, limits: Limits, private: bool) -> None:
        self._line = line
        self._limits = limits
        self._private = private
        self._warnings: list[str] = []
        self._rules: dict[tuple[str, str, int], bytes] = {}

    def follow(self, url: str) -> Fetched:
        address = addresses.parse(url, allow_private=self._private)
        for hops in range(self._limits.redirects + 1):
            self._ask_robots(address)
            status, headers, data = self._get(address, wire=self._limits.wire)
            if status in _REDIRECTS and headers.get("location"):
                address = self._moved(address, headers["location"], url)
                continue
            if status not in (200, 203) or not data.strip():
                raise IntakeError(_failure(address, status, headers))
            media, charset = _content_type(headers.get("content-type", ""))
            forward = _forward(data, media)
            if forward and hops < self._limits.redirects:
                address = self._moved(address, forward, url)
                continue
            return Fetched(
                url=str(address),
                data=data,
                media=media,
                charset=charset,
                retrieved=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                sha256=hashlib.sha256(data).hexdigest(),
                warnings=tuple(dict.fromkeys(self._warnings)),
            )
        raise IntakeError(
            f"{shown(url)}: it leads on to other addresses more than {self._limits.redirects} "
            f"times, the last {shown(str(address))}: check the address, or {_BY_HAND}"
        )

    def _moved(self, address: Address, target: str, url: str) -> Address:
        with suppress(UnicodeError):
            # Headers come as Latin-1; what servers mean by more than ASCII is UTF-8.
            target = target.encode("latin-1").decode("utf-8")
        try:
            found = addresses.parse(target, allow_private=self._private, base=address)
        except IntakeError as error:
            raise IntakeError(f"{shown(url)} leads on to an address not opened: {error}") from error
        if address.scheme == "https" and found.scheme == "http":
            self._warnings.append(
                f"the page came unencrypted, from {found}: anyone on the way could have changed it"
            )
        return found

    def _get(
        self, address: Address, *, wire: int, cut: bool = False, page: Address | None = None
    ) -> tuple[int, Mapping[str, str], bytes]:
        headers = {
            "Host": address.netloc,
            "User-Agent": f"{robots.AGENT}/{__version__}",
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        }
        asked = self._line.get(address, headers, wire=wire, cut=cut, page=page)
        with asked as (status, answer, chunks):
            if status not in (200, 203):
                return status, answer, b""
            largest = robots.LARGEST if cut else self._limits.body
            encoding = answer.get("content-encoding", "")
            data = bodies.unpacked(
                chunks, encoding, largest=largest, cut=cut, what=shown(str(page or address))
            )
            return status, answer, data

    def _ask_robots(self, address: Address) -> None:
        site = (address.scheme, address.host, address.port)
        if site not in self._rules:
            self._rules[site] = self._robots(address)
        if not robots.allows(self._rules[site], address.target):
            raise IntakeError(
                f"{shown(str(address))}: the site's robots.txt asks programs not to read it: "
                f"{_BY_HAND}"
            )

    def _robots(self, page: Address) -> bytes:
        """The rules of the page's site, as RFC 9309 says: none where it answers 4xx."""
        address = addresses.parse("/robots.txt", allow_private=self._private, base=page)
        for _ in range(6):
            status, headers, data = self._get(address, wire=2 * robots.LARGEST, cut=True, page=page)
            if status in _REDIRECTS and headers.get("location"):
                address = self._moved(address, headers["location"], str(address))
                continue
            if status >= 500:
                raise IntakeError(
                    f"{shown(str(page))}: the site's robots.txt answers {status}, so it is not "
                    f"known whether programs may read the page: try again later, or {_BY_HAND}"
                )
            return data
        return b""


def _content_type(value: str) -> tuple[str, str]:
    media, _, rest = value.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.+-]{1,40})", rest, re.I)
    return media.strip().lower(), charset.group(1).lower() if charset else ""


def _forward(data: bytes, media: str) -> str:
    """Where a page that only leads on to another leads, at once, or ""."""
    if len(data) > _LONGEST_STUB or "html" not in media:
        return ""
    found = _REFRESH.search(data)
    if not found or int(found.group(1)) > 5:
        return ""
    return unescape(found.group(2).decode("utf-8", errors="replace")).strip()


def _failure(address: Address, status: int, headers: Mapping[str, str]) -> str:
    if status in (200, 203):
        return f"{shown(str(address))} is empty: check the address"
    said = _STATUS.get(status)
    if said is None and status >= 500:
        said = "cannot be given now, by a fault of the site: try again later"
    if said is None:
        said = f"gave no page: {_BY_HAND}"
    wait = headers.get("retry-after", "")
    if status in (429, 503) and re.fullmatch(r"\d{1,6}", wait):
        said += f", in {int(wait)} s"
    return f"{shown(str(address))} {said} (the site answered {status})"
