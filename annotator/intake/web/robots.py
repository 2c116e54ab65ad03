"""What a site's robots.txt says about being read by programs (RFC 9309)."""

from __future__ import annotations

AGENT = "treaty-annotator"
LARGEST = 512_000


def allows(rules: bytes, path: str) -> bool:
    """Whether the rules let this program read the path, which begins with a slash.

    The longest rule that fits decides; rules for `treaty-annotator` come before those for `*`.
    Only the first 512,000 bytes count (RFC 9309, 2.5).

    >>> allows(b"User-agent: *\\nDisallow: /private", "/private/a.html")
    False
    """
    from protego import Protego

    text = rules[:LARGEST].decode("utf-8", errors="replace").lstrip("\ufeff")
    return bool(Protego.parse(text).can_fetch(f"http://site{path}", AGENT))
