"""Connections that go to the address that was checked, and end when their time is up."""

from __future__ import annotations

import functools
import ipaddress
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import httpcore

from annotator.errors import IntakeError
from annotator.intake.web import addresses
from annotator.intake.web.addresses import Address, shown

_TRIED = 6
_ONE_CONNECTION = 10.0


class _Late(httpcore.TimeoutException):
    """The time for the whole errand is over."""


class _Large(httpcore.ReadError):
    """More bytes have come than are allowed."""


class Line:
    """The connections of one errand: each name checked when it is opened, one clock for all.

    `seconds` are those of the whole errand, names, handshakes and bodies together.
    """

    def __init__(self, *, allow_private: bool, seconds: float) -> None:
        self._backend = _Backend(allow_private=allow_private, seconds=seconds)
        self._seconds = seconds
        self._pool = httpcore.ConnectionPool(
            ssl_context=trust(), network_backend=self._backend, max_connections=8
        )

    def __enter__(self) -> Line:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.close()

    @contextmanager
    def get(
        self,
        address: Address,
        headers: Mapping[str, str],
        *,
        wire: int,
        cut: bool = False,
        page: Address | None = None,
    ) -> Iterator[tuple[int, Mapping[str, str], Iterator[bytes]]]:
        """The answer to a GET: its status, headers by their lower-case names, and its body.

        At most `wire` bytes are read, headers included; with `cut` the body just ends there.
        `page` is what errors name, where something else is asked for on its behalf.
        Raises `IntakeError` for an address that may not be opened and for a connection that
        fails, is too slow or sends too much.
        """
        self._backend.expect(address, wire, page or address)
        url = httpcore.URL(
            scheme=address.scheme, host=address.host, port=address.port, target=address.target
        )
        try:
            with self._pool.stream("GET", url, headers=list(headers.items())) as response:
                found = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                }
                yield response.status, found, _body(response.iter_stream(), cut)
        except (
            httpcore.TimeoutException,
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
        ) as error:
            raise IntakeError(self._said(page or address, error, wire)) from error

    def _said(self, address: Address, error: Exception, wire: int) -> str:
        where = shown(str(address))
        if isinstance(error, _Large):
            return f"{where} sends more than {wire:,} bytes: save what you need and give the file"
        if isinstance(error, _Late):
            return f"{where} took longer than {self._seconds:g} s: try again later"
        if isinstance(error, httpcore.TimeoutException):
            return f"{where} does not answer: check the address, or try again later"
        cause = error.__cause__ or error.__context__
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = cause.verify_message.rstrip(".")
            return (
                f"{where}: the site cannot prove that it is {address.host!r} ({why}): do not rely "
                "on what it shows; check the address"
            )
        if isinstance(cause, ssl.SSLError):
            return f"{where}: no secure connection could be made ({cause.reason}): try again later"
        if isinstance(error, httpcore.ConnectError):
            return f"{where}: no connection to {address.host!r}: check the address, try again later"
        if isinstance(error, httpcore.ProtocolError):
            return f"{where} broke off or does not answer as the web does ({error}): try again"
        return f"{where}: the connection broke off: try again"


def _body(chunks: Iterable[bytes], cut: bool) -> Iterator[bytes]:
    try:
        yield from chunks
    except _Large:
        if not cut:
            raise


class _Backend(httpcore.NetworkBackend):
    """Looks a name up once, checks every address it has, and connects to one of those."""

    def __init__(self, *, allow_private: bool, seconds: float) -> None:
        self._plain = httpcore.SyncBackend()
        self._allow_private = allow_private
        self._until = time.monotonic() + seconds
        self._address = self._page = Address("http", "", 80, "/")
        self._budget = 0

    def expect(self, address: Address, wire: int, page: Address) -> None:
        """What is asked for from here on, on behalf of which page, and how much may come in."""
        self._address, self._budget, self._page = address, wire, page

    def left(self) -> float:
        """Seconds until the errand has to be done; raises when there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise _Late("the time is over")
        return left

    def spend(self, size: int) -> None:
        """Count bytes that came in; raises when they are too many."""
        self._budget -= size
        if self._budget < 0:
            raise _Large("too many bytes")

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - one clock for all
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to an address of the host that may be opened."""
        address = self._address
        if (host, port) != (address.host, address.port):
            raise httpcore.ConnectError("not the address that was asked for")
        found = addresses.resolve(
            address,
            allow_private=self._allow_private,
            timeout=min(self.left(), _ONE_CONNECTION),
            page=self._page,
        )
        failure: Exception = httpcore.ConnectError("no address")
        for ip in found[:_TRIED]:
            try:
                stream = self._plain.connect_tcp(
                    str(ip),
                    port,
                    timeout=min(self.left(), _ONE_CONNECTION),
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            reached = stream.get_extra_info("server_addr")
            if ipaddress.ip_address(reached[0]) != ip:
                stream.close()
                raise IntakeError(
                    f"{shown(str(self._page))}: the connection led to {reached[0]}, not to {ip}: "
                    "check the connection"
                )
            return _Stream(stream, self)
        raise failure

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Nothing: a web address is never a file."""
        raise httpcore.ConnectError("not a web address")


class _Stream(httpcore.NetworkStream):
    """A connection on the errand's clock, with its bytes counted."""

    def __init__(self, inner: httpcore.NetworkStream, backend: _Backend) -> None:
        self._inner = inner
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - one clock
        left = self._backend.left()
        try:
            data = self._inner.read(max_bytes, timeout=left)
        except httpcore.TimeoutException as error:
            raise _Late("the time is over") from error
        self._backend.spend(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - one clock
        self._inner.write(buffer, timeout=self._backend.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - one clock for all
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(
            ssl_context,
            server_hostname=server_hostname,
            timeout=min(self._backend.left(), _ONE_CONNECTION),
        )
        return _Stream(inner, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


@functools.cache
def trust() -> ssl.SSLContext:
    """What the system trusts, SSL_CERT_FILE included, and Mozilla's list, for systems without."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
