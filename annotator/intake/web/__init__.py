"""Texts from web addresses, safely.

addresses  which addresses may be opened, and where their names lead
robots     what a site's robots.txt says
line       connections to the address that was checked, on one clock
bodies     what comes in, unpacked within limits
fetch      an address -> its bytes, after redirects
document   the bytes -> documents, by the reader of their form

A name is looked up once a connection, all its addresses are judged by IANA's registries
(written out in `addresses`, since Python's own differ by version), and httpcore's network
backend, which is ours, connects to one of those judged and looks who answered: a name that
changes a moment later gains nothing, and the certificate is still checked against the name. One
clock runs under every read, write, handshake and look-up, so a drip of bytes ends in time.
"""
