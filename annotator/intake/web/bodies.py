"""The body of an answer, unpacked while it comes in, never beyond a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from annotator.errors import IntakeError

_STEP = 1 << 18
_PLAIN = ("", "identity", "none")
_GZIP = ("gzip", "x-gzip")


def unpacked(
    chunks: Iterable[bytes], encoding: str, *, largest: int, cut: bool, what: str
) -> bytes:
    """The chunks as one, without their compression (gzip or deflate, once).

    Memory stays within `largest` bytes and a step: where there are more, the rest is left out with
    `cut`, else `IntakeError` is raised, naming `what`, as for a compression that is none of these
    or breaks off.
    """
    encoding = encoding.strip().lower()
    if encoding in _PLAIN:
        parts: Iterator[bytes] = iter(chunks)
    elif encoding in _GZIP or encoding == "deflate":
        parts = _inflated(chunks, encoding in _GZIP, cut, what)
    else:
        raise IntakeError(
            f"{what} comes packed as {encoding[:40]!r}, which was not asked for: open it in a "
            "browser, save it and give the file"
        )
    data = bytearray()
    for part in parts:
        data += part
        if len(data) > largest:
            if cut:
                return bytes(data[:largest])
            raise IntakeError(
                f"{what} holds more than {largest:,} bytes: save the part that you need and give "
                "the file"
            )
    return bytes(data)


def _inflated(chunks: Iterable[bytes], gzip: bool, cut: bool, what: str) -> Iterator[bytes]:
    unpack = None
    seen = False
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if unpack is None or unpack.eof:
                    if seen and not rest.startswith(b"\x1f\x8b"):
                        # Padding behind the last member.
                        return
                    unpack, seen = _decompressor(rest, gzip), True
                yield unpack.decompress(rest, _STEP)
                rest = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
    except zlib.error as error:
        raise IntakeError(
            f"{what} says that it is packed and cannot be unpacked ({error}): try again later"
        ) from error
    if unpack is not None and not unpack.eof and not cut:
        raise IntakeError(f"{what} broke off before its end: try again")


def _decompressor(start: bytes, gzip: bool) -> zlib._Decompress:
    if gzip:
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    # "deflate" is zlib by the standard and raw by the habit of some servers.
    wrapped = len(start) > 1 and start[0] & 15 == 8 and (start[0] << 8 | start[1]) % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
