"""Which addresses are opened: their spelling, and where their names lead."""

import ipaddress
import socket
import time

import pytest

from annotator.errors import IntakeError
from annotator.intake.web import addresses
from annotator.intake.web.addresses import parse, refused, resolve, shown


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://example.org", "https://example.org/"),
        ("  http://Example.ORG:80/a?b=c#part ", "http://example.org/a?b=c"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
        # what people copy out of their browser: spaces are written, letters of any script
        ("https://example.org/Déclaration_(1948)", "https://example.org/D%C3%A9claration_(1948)"),
        ("https://example.org/%D8%A7/x", "https://example.org/%D8%A7/x"),
        ("https://example.org?q=é", "https://example.org/?q=%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.org./", "https://example.org/"),
        ("http://[2606:2800:220:1::1]:8080/", "http://[2606:2800:220:1::1]:8080/"),
    ],
)
def test_an_address_is_taken_apart(url, parts):
    assert str(parse(url)) == parts


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("data:text/html,x", "only http and https"),
        ("gopher://example.org", "only http and https"),
        ("example.org", "only http and https"),
        ("http://", "no host name"),
        ("http://user@example.org/", "user name"),
        ("http://user:secret@example.org/", "user name"),
        ("http://example.org@127.0.0.1/", "user name"),
        ("http://example.org\\@127.0.0.1/", "holds '\\\\'"),
        ("http://exa mple.org/", "holds ' '"),
        ("http://example.org/a\r\nHost: other", "no address may"),
        ("http://example.org/\u202etxt", "no address may"),
        # every way to write 127.0.0.1 that a resolver takes
        ("http://2130706433/", "unusual way"),
        ("http://0x7f000001/", "unusual way"),
        ("http://0x7f.0.0.1/", "unusual way"),
        ("http://0177.0.0.1/", "unusual way"),
        ("http://127.1/", "unusual way"),
        ("http://0/", "unusual way"),
        ("http://1.2.3.4.5/", "unusual way"),
        ("http://[::1%25lo]/", "no host name"),
        ("http://[fe80::1%25eth0]/", "no host name"),
        ("http://-a.org/", "no host name"),
        ("http://a..org/", "no host name"),
        ("http://a%2eorg/", "no host name"),
        (f"http://{'a' * 64}.org/", "no host name"),
        ("http://[::1/", "no web address"),
        ("http://example.org:99999/", "no web address"),
        ("http://example.org:abc/", "no web address"),
        ("http://example.org:0/", "port 0"),
        ("http://example.org:25/", "port 25"),
        ("http://example.org:22/", "port 22"),
        ("http://example.org/" + "a" * 3000, "more than 2,000"),
    ],
)
def test_an_address_that_is_none_is_refused_in_one_line(url, said):
    with pytest.raises(IntakeError) as caught:
        parse(url)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_an_operator_may_open_other_ports():
    assert parse("http://intranet:81/", allow_private=True).port == 81


PUBLIC = ["93.184.215.14", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "192.0.1.1",
          "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450::1", "64:ff9b::5db8:d70e"]  # fmt: skip
PRIVATE = {
    "127.0.0.1": "loopback", "127.255.255.254": "loopback", "::1": "loopback",
    "10.0.0.1": "private", "172.16.0.1": "private", "172.31.255.255": "private",
    "192.168.1.1": "private", "100.64.0.1": "private", "100.127.255.255": "private",
    "fc00::1": "private", "fd12:3456::1": "private", "fec0::1": "private",
    "169.254.169.254": "link-local", "fe80::1": "link-local",
    "64:ff9b::7f00:1": "loopback", "64:ff9b::a9fe:a9fe": "link-local",
}  # fmt: skip
NEVER = {
    "0.0.0.0": "unspecified", "0.1.2.3": "unspecified", "::": "unspecified",
    "224.0.0.1": "multicast", "239.1.1.1": "multicast", "ff02::1": "multicast",
    "240.0.0.1": "reserved", "255.255.255.255": "reserved", "192.0.0.8": "reserved",
    "192.0.2.1": "examples", "198.18.0.1": "measurements", "203.0.113.9": "examples",
    "2001:db8::1": "examples", "2001::1": "reserved", "4000::1": "reserved", "100::1": "reserved",
    "::ffff:127.0.0.1": "disguise", "::ffff:8.8.8.8": "disguise", "::127.0.0.1": "disguise",
    "2002:7f00:1::": "disguise", "64:ff9b:1::7f00:1": "disguise",
}  # fmt: skip


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_addresses_are_opened(ip):
    assert refused(ipaddress.ip_address(ip)) == ""


@pytest.mark.parametrize(("ip", "why"), PRIVATE.items())
def test_private_addresses_are_opened_only_where_the_operator_allows_them(ip, why):
    assert why in refused(ipaddress.ip_address(ip))
    assert refused(ipaddress.ip_address(ip), allow_private=True) == ""


@pytest.mark.parametrize(("ip", "why"), NEVER.items())
def test_some_addresses_are_never_opened(ip, why):
    for allowed in (False, True):
        assert why in refused(ipaddress.ip_address(ip), allow_private=allowed)


def _names(monkeypatch, table):
    """Let names lead where the table says; what it does not name is not found."""
    asked = []

    def getaddrinfo(host, port, *_, **__):
        asked.append(host)
        answer = table.get(host)
        if answer is None:
            raise socket.gaierror(socket.EAI_NONAME, "not known")
        found = answer.pop(0) if answer and isinstance(answer[0], list) else answer
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (["127.0.0.1"], "leads to 127.0.0.1, which is loopback"),
        (["10.1.2.3"], "leads to 10.1.2.3, which is private"),
        (["169.254.169.254"], "link-local"),
        # one bad address is enough: which of them is used is chance
        (["93.184.215.14", "192.168.0.1"], "leads to 192.168.0.1"),
        (["::ffff:127.0.0.1"], "disguise"),
    ],
)
def test_a_name_that_leads_inside_is_refused(monkeypatch, found, said):
    _names(monkeypatch, {"rebind.example": found})
    with pytest.raises(IntakeError, match=r"rebind\.example") as caught:
        resolve(parse("http://rebind.example/"))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        # the digits and stops of other scripts, which are names to no resolver
        ("http://１２７.０.０.１/", "127.0.0.1 is loopback"),
        ("http://127。0。0。1/", "127.0.0.1 is loopback"),
        ("http://①②⑦.⓪.⓪.①/", "127.0.0.1 is loopback"),
        ("http://127.0.0.1./", "127.0.0.1 is loopback"),
        ("http://0.0.0.0:8080/", "unspecified"),
        ("http://[::]/", "unspecified"),
        ("http://[::ffff:127.0.0.1]/", "disguise"),
        ("http://[::ffff:a9fe:a9fe]/", "disguise"),
        ("http://[0:0:0:0:0:ffff:10.0.0.1]/", "disguise"),
        ("http://[64:ff9b::10.0.0.1]/", "private"),
        ("http://100.100.100.200/latest/meta-data/", "private"),
    ],
)
def test_a_number_address_in_any_spelling_is_judged_as_what_it_is(url, said):
    with pytest.raises(IntakeError) as caught:
        resolve(parse(url))
    assert said in str(caught.value)


def test_the_operator_is_told_how_to_allow_it(monkeypatch):
    _names(monkeypatch, {"localhost": ["127.0.0.1"]})
    with pytest.raises(IntakeError, match="ANNOTATOR_ALLOW_PRIVATE=1"):
        resolve(parse("http://localhost./"))
    assert [str(ip) for ip in resolve(parse("http://localhost/"), allow_private=True)] == [
        "127.0.0.1"
    ]


def test_a_name_that_is_not_there_and_one_that_is_not_answered(monkeypatch):
    _names(monkeypatch, {})
    with pytest.raises(IntakeError, match=r"the name 'nowhere\.example' was not found"):
        resolve(parse("http://nowhere.example/x"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(0.5) or [])
    with pytest.raises(IntakeError, match="could not be looked up"):
        resolve(parse("http://slow.example/x"), timeout=0.01)


@pytest.mark.parametrize(
    ("value", "allowed"),
    [("", False), ("0", False), ("no", False), ("1", True), ("true", True), (" YES ", True)],
)
def test_the_operators_word(monkeypatch, value, allowed):
    monkeypatch.setenv("ANNOTATOR_ALLOW_PRIVATE", value)
    assert addresses.private_allowed() is allowed


def test_a_message_shows_no_password_and_no_second_line():
    assert shown("http://me:secret@a.org/x\ny") == "'http://…@a.org/x y'"
    assert len(shown("http://a.org/" + "x" * 5000)) < 210
