"""Texts from web addresses, safely.

addresses  which addresses may be opened, and where their names lead
robots     what a site's robots.txt says
line       connections to the address that was checked, on one clock
bodies     what comes in, unpacked within limits
fetch      an address -> its bytes, after redirects
document   the bytes -> documents, by the reader of their form
"""
