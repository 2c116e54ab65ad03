"""Which web addresses may be opened: their spelling, and where their names lead.

A name is looked up once for each connection, every address it has is judged, and the connection
goes to one of those judged, so a name that answers differently a moment later gains nothing.
"""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from annotator.errors import IntakeError

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 2_000
ALLOW_PRIVATE = "ANNOTATOR_ALLOW_PRIVATE"

_PORTS = {"http": 80, "https": 443}
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff\\]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
# "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1": the resolver of the system reads them as IPv4.
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\Z")

# IANA special-purpose address registries, as of RFC 6890 and what has been added since. Written
# out, because `is_private` and `is_global` differ from one Python to the next.
_PRIVATE_4 = {
    "10.0.0.0/8": "private",
    "172.16.0.0/12": "private",
    "192.168.0.0/16": "private",
    "100.64.0.0/10": "private (shared by a provider)",
    "127.0.0.0/8": "loopback",
    "169.254.0.0/16": "link-local",
}
_NEVER_4 = {
    "0.0.0.0/8": "unspecified",
    "192.0.0.0/24": "reserved",
    "192.0.2.0/24": "reserved for examples",
    "192.88.99.0/24": "reserved",
    "198.18.0.0/15": "reserved for measurements",
    "198.51.100.0/24": "reserved for examples",
    "203.0.113.0/24": "reserved for examples",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
_PRIVATE_6 = {
    "::1/128": "loopback",
    "fc00::/7": "private",
    "fec0::/10": "private",
    "fe80::/10": "link-local",
}
_NEVER_6 = {
    "::/128": "unspecified",
    "::ffff:0:0/96": "an IPv4 address in disguise",
    "::/96": "an IPv4 address in disguise",
    "64:ff9b:1::/48": "an IPv4 address in disguise",
    "2002::/16": "an IPv4 address in disguise",
    "2001::/23": "reserved",
    "2001:db8::/32": "reserved for examples",
    "3fff::/20": "reserved for examples",
    "ff00::/8": "multicast",
}
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_Table = list[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, str, bool]]


def _table(private: dict[str, str], never: dict[str, str]) -> _Table:
    rows = [(net, why, True) for net, why in private.items()]
    rows += [(net, why, False) for net, why in never.items()]
    return [(ipaddress.ip_network(net), why, may) for net, why, may in rows]


_SPECIAL = {4: _table(_PRIVATE_4, _NEVER_4), 6: _table(_PRIVATE_6, _NEVER_6)}


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address in its parts; `host` is ASCII and `target` ready to be sent."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        """The host as the Host header names it, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"


def private_allowed() -> bool:
    """Whether the operator allows private addresses: ANNOTATOR_ALLOW_PRIVATE is 1, true or yes."""
    return os.environ.get(ALLOW_PRIVATE, "").strip().lower() in ("1", "true", "yes")


def shown(url: str) -> str:
    """The address as a message may quote it: on one line, cut, without a user name or password."""
    line = re.sub(r"//[^/?#]*@", "//…@", re.sub(r"[\x00-\x1f\x7f\s]+", " ", url).strip())
    return repr(line if len(line) <= 200 else line[:199] + "…")


def parse(url: str, *, allow_private: bool = False, base: Address | None = None) -> Address:
    """The address in its parts, checked for everything that can be seen without looking it up.

    `base` is what a relative address, as of a redirect, is relative to. Raises `IntakeError` for
    any scheme but http and https, user names, spaces and controls, host names that are none, IPv4
    addresses in an unusual spelling, and ports below 1024 other than 80 and 443 unless
    `allow_private`.
    """
    url = url.strip()
    if len(url) > LONGEST:
        raise IntakeError(
            f"{shown(url)}: the address has {len(url):,} characters, more than {LONGEST:,}: "
            "check it"
        )
    odd = _UNPRINTABLE.search(url)
    if odd:
        raise IntakeError(
            f"{shown(url)}: the address holds {odd.group()!r}, which no address may: copy it again"
        )
    try:
        parts = urlsplit(urljoin(str(base), url) if base else url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise IntakeError(f"{shown(url)}: this is no web address: check it") from error
    if parts.scheme not in _PORTS:
        raise IntakeError(
            f"{shown(url)}: only http and https addresses can be opened: begin with https://"
        )
    if "@" in parts.netloc:
        raise IntakeError(
            f"{shown(url)}: an address with a user name is not opened: leave out what is before @"
        )
    host = _host(host, url)
    port = _PORTS[parts.scheme] if port is None else port
    if port == 0 or (port < 1024 and port not in _PORTS.values() and not allow_private):
        raise IntakeError(f"{shown(url)}: port {port} is not one of web pages: check the address")
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if not target.startswith("/"):
        target = "/" + target
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|^`{}")
    return Address(parts.scheme, host, port, target)


def _host(host: str, url: str) -> str:
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        if "%" not in host:
            return str(ip)
    name = _ascii(host, url).removesuffix(".")
    try:
        # Digits of other scripts become plain ones above.
        return str(ipaddress.IPv4Address(name))
    except ValueError:
        pass
    if _NUMERIC.match(name):
        raise IntakeError(
            f"{shown(url)}: {host!r} is an unusual way to write a number address: write it as "
            "four numbers, such as 192.0.2.1"
        )
    if not name or len(name) > 253 or not all(_LABEL.match(part) for part in name.split(".")):
        raise IntakeError(f"{shown(url)}: {host!r} is no host name: check the address")
    return name


def _ascii(host: str, url: str) -> str:
    if host.isascii():
        return host.lower()
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise IntakeError(f"{shown(url)}: {host!r} is no host name: check the address") from error


def resolve(
    address: Address,
    *,
    allow_private: bool = False,
    timeout: float = 10,
    page: Address | None = None,
) -> list[IP]:
    """Where the address leads: IP addresses that may be connected to, in the system's order.

    `page` is what errors name, where something else is asked for on its behalf.

    Raises `IntakeError` where the name is not found within `timeout` seconds and where any of its
    addresses may not be opened.
    """
    name = shown(str(page or address))
    found = _look_up(address, timeout, name)
    for ip in found:
        why = refused(ip, allow_private=allow_private)
        if why:
            step = (
                f"if that is meant, the operator sets {ALLOW_PRIVATE}=1"
                if not refused(ip, allow_private=True)
                else "check the address"
            )
            at = "is" if address.host == str(ip) else f"leads to {ip}, which is"
            raise IntakeError(f"{name}: {address.host} {at} {why}, and not opened: {step}")
    return found


def refused(ip: IP, *, allow_private: bool = False) -> str:
    """Why no connection may be made to the address, or "" where it may.

    With `allow_private` loopback, private and link-local addresses may be opened; multicast,
    unspecified, reserved ones and IPv4 addresses wrapped in IPv6 never.

    >>> refused(ipaddress.ip_address("169.254.169.254"))
    'link-local'
    """
    if ip.version == 6 and ip in _NAT64:
        # What a network without IPv4 makes of every IPv4 address: judged as that.
        return refused(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF), allow_private=allow_private)
    if isinstance(ip, ipaddress.IPv6Address) and ip.scope_id and not allow_private:
        return "link-local"
    for network, why, may in _SPECIAL[ip.version]:
        if ip in network:
            return "" if may and allow_private else why
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_6:
        return "reserved"
    return ""


def _look_up(address: Address, timeout: float, name: str) -> list[IP]:
    try:
        return [ipaddress.ip_address(address.host)]
    except ValueError:
        pass
    answer: list[IP] = []
    failure: list[Exception] = []

    def ask() -> None:
        try:
            infos = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
            answer.extend(ipaddress.ip_address(str(info[4][0])) for info in infos)
        except (OSError, UnicodeError, ValueError) as error:
            failure.append(error)

    # The system's resolver knows no timeout.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(max(0.0, timeout))
    if thread.is_alive():
        raise IntakeError(
            f"{name}: the name {address.host!r} could not be looked up in "
            f"{timeout:.0f} s: check the connection"
        )
    if failure or not answer:
        cause = failure[0] if failure else None
        raise IntakeError(
            f"{name}: the name {address.host!r} was not found: check the address and the connection"
        ) from cause
    return list(dict.fromkeys(answer))
