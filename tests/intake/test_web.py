"""Texts from a server that the tests start on this machine; no other is ever asked."""

import gzip
import hashlib
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest

from annotator import intake
from annotator.errors import IntakeError
from annotator.intake.web import bodies, fetch, line
from annotator.intake.web.fetch import Limits

LAW = (
    "<!doctype html><html lang='en'><head><title>River Act</title></head><body><h1>River Act</h1>"
    "<h2>Article 1</h2><p>Rivers belong to those who live by them.</p>"
    "<h2>Article 2</h2><p>Whoever measures a river shall publish the readings.</p></body></html>"
)
HTML = "text/html; charset=utf-8"


class Site:
    """A web server whose answers are set by path: a (status, headers, body) or a function."""

    def __init__(self, context=None):
        self.pages = {}
        self.asked = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.asked.append((self.path, dict(self.headers)))
                answer = site.pages.get(self.path, (404, {}, b"none"))
                try:
                    if callable(answer):
                        answer(self)
                        self.close_connection = True
                        return
                    status, headers, body = answer
                    self.send_response(status)
                    for name, value in {"Content-Length": str(len(body)), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None
        self.server.daemon_threads = True
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.scheme = "https" if context else "http"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path="/", host="127.0.0.1"):
        return f"{self.scheme}://{host}:{self.port}{path}"

    def put(self, path, body, headers=None, status=200):
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {"Content-Type": HTML, **(headers or {})}, data)
        return self.url(path)

    def moved(self, path, to, status=302):
        self.pages[path] = (status, {"Location": to}, b"")
        return self.url(path)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def running():
    site = Site()
    yield site
    site.close()


@pytest.fixture(autouse=True)
def _operator_says_nothing(monkeypatch):
    monkeypatch.delenv("ANNOTATOR_ALLOW_PRIVATE", raising=False)


@pytest.fixture
def site(running):
    running.pages.clear()
    running.asked.clear()
    return running


def read(url, **options):
    return intake.read_address(url, allow_private=True, **options)


def get(url, **limits):
    return fetch.fetch(url, allow_private=True, limits=Limits(**limits))


def refusal(call, *args, **options):
    with pytest.raises(IntakeError) as caught:
        call(*args, **options)
    said = str(caught.value)
    assert "\n" not in said
    assert "http" in said
    return said


def test_a_law_comes_with_where_and_when_it_was_found(site):
    url = site.put("/laws/river-act.html", LAW)
    document = read(url + "#art2")
    assert [c.citation for c in document.reviewable()] == ["art. 1", "art. 2"]
    assert document.title == "River Act"
    assert document.slug == "river-act"
    assert document.source == url + "#art2"
    assert document.metadata["address"] == url
    assert document.metadata["sha256_source"] == hashlib.sha256(LAW.encode()).hexdigest()
    then = time.strptime(document.metadata["retrieved"], "%Y-%m-%dT%H:%M:%SZ")
    assert abs(time.mktime(then) - time.mktime(time.gmtime())) < 60
    path, headers = site.asked[-1]
    assert path == "/laws/river-act.html"
    assert headers["Host"] == f"127.0.0.1:{site.port}"
    assert headers["User-Agent"].startswith("treaty-annotator/")
    assert "Cookie" not in headers
    assert "Referer" not in headers


def test_this_machine_is_refused_unless_the_operator_allows_it(site, monkeypatch):
    url = site.put("/", LAW)
    assert "loopback" in refusal(intake.read_address, url)
    assert "loopback" in refusal(intake.read_address, site.url("/", "localhost"))
    assert "loopback" in refusal(intake.read_address, site.url("/", "localhost."))
    assert site.asked == []
    monkeypatch.setenv("ANNOTATOR_ALLOW_PRIVATE", "1")
    assert intake.read_address(url).title == "River Act"


def test_no_proxy_of_the_environment_is_asked(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert read(site.put("/", LAW)).title == "River Act"


# Redirects


def test_redirects_are_followed_and_the_last_address_is_kept(site):
    site.put("/new/act", LAW)
    site.moved("/b", "new/act", 308)
    url = site.moved("/a", site.url("/b"), 301)
    document = read(url)
    assert document.source == url
    assert document.metadata["address"] == site.url("/new/act")


def test_a_redirect_may_name_its_target_in_any_script(site):
    site.put("/%D8%A7", LAW)

    def moved(handler):
        handler.wfile.write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /")
        handler.wfile.write("ا".encode() + b"\r\n\r\n")

    site.pages["/a"] = moved
    assert read(site.url("/a")).metadata["address"] == site.url("/%D8%A7")


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("http://10.0.0.1/x", "10.0.0.1 is private"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("http://[::1]/", "loopback"),
        ("//192.168.1.1/", "private"),
        ("http://0x7f000001/", "unusual way"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("http://me:pw@example.org/", "user name"),
        ("http://-a/", "no host name"),
    ],
)
def test_a_redirect_to_where_no_one_should_go_is_not_followed(site, monkeypatch, to, said):
    site.moved("/a", to)
    # Only the first address is allowed: as if the site were public.
    monkeypatch.setattr(line.addresses, "refused", _public_but_for(line.addresses.refused))
    assert said in refusal(fetch.fetch, site.url("/a"), allow_private=False)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a"]


def _public_but_for(refused):
    return lambda ip, **options: "" if str(ip) == "127.0.0.1" else refused(ip, **options)


@pytest.mark.parametrize("to", ["/a", "/b"])
def test_redirects_in_a_ring_end(site, to):
    site.moved("/a", to)
    site.moved("/b", "/a")
    assert "more than 8 times" in refusal(get, site.url("/a"))
    assert len(site.asked) == 10


def test_a_page_that_only_leads_on_is_followed(site):
    site.put("/real", LAW)
    stub = "<html><head><META HTTP-EQUIV='refresh' CONTENT=\"0; URL='/real'\"></head></html>"
    assert read(site.put("/a", stub)).metadata["address"] == site.url("/real")
    later = '<meta http-equiv="refresh" content="300;url=/a">' + LAW
    assert read(site.put("/b", later)).metadata["address"] == site.url("/b")
    site.put("/c", '<meta http-equiv="refresh" content="0;url=file:///etc/passwd">')
    assert "only http and https" in refusal(read, site.url("/c"))


def test_a_page_that_shows_another_in_a_frame_gives_its_address(site):
    url = site.put("/en/A/RES/1", "<title>x</title><iframe src='../files/1.pdf?a=1'></iframe>")
    assert site.url("/en/A/files/1.pdf?a=1") in refusal(read, url)


# Names that change where they lead


def test_the_connection_goes_to_the_address_that_was_checked(site, monkeypatch):
    """A name that is public when it is checked and private a moment later is looked up once."""
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    asked, connected = [], []
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **options):
        if host != "rebind.example":
            return real(host, port, *args, **options)
        asked.append(host)
        ip = answers[min(len(asked), 2) - 1][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    def connect(address, *_, **__):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", connect)
    url = f"http://rebind.example:{site.port}/"
    assert "no connection" in refusal(fetch.fetch, url, allow_private=False)
    assert asked == ["rebind.example"]
    assert connected == [("93.184.215.14", site.port)]
    assert "loopback" in refusal(fetch.fetch, url, allow_private=False)
    assert len(connected) == 1


def test_a_connection_that_ends_elsewhere_is_dropped(site, monkeypatch):
    real = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda _, *a, **o: real(("127.0.0.1", site.port), *a, **o)
    )
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, port, *_, **__: (
            [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))]
            if host == "public.example"
            else [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        ),
    )
    site.put("/", LAW)
    url = f"http://public.example:{site.port}/"
    assert "led to 127.0.0.1" in refusal(fetch.fetch, url, allow_private=False)
    assert site.asked == []


# Limits


def test_a_page_that_is_too_large_is_not_read_to_its_end(site):
    url = site.put("/", "x" * 300_000)
    assert "more than 100,000 bytes" in refusal(get, url, wire=100_000)
    assert "more than 200,000 bytes" in refusal(get, url, body=200_000)
    assert len(get(url).data) == 300_000


def test_an_endless_page_ends(site):
    def endless(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", HTML)
        handler.end_headers()
        while True:
            handler.wfile.write(b"<p>more and more</p>" * 500)

    site.pages["/"] = endless
    assert "sends more than" in refusal(get, site.url(), wire=500_000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_found_while_it_is_unpacked(site, encoding):
    packed = zlib.compress(b"\0" * 30_000_000, 9)
    if encoding == "gzip":
        packed = gzip.compress(b"\0" * 30_000_000, 9)
    url = site.put("/", packed, {"Content-Encoding": encoding})
    assert len(packed) < 40_000
    assert "holds more than 1,000,000 bytes" in refusal(get, url, body=1_000_000)


def test_unpacking_stays_in_bounds_for_one_large_step():
    bomb = [gzip.compress(gzip.compress(b"a" * 10_000_000))]
    assert len(bodies.unpacked(bomb, "gzip", largest=10**8, cut=False, what="x")) < 40_000
    assert (
        len(bodies.unpacked([gzip.compress(b"ab" * 10**6)], "gzip", largest=9, cut=True, what="x"))
        == 9
    )


RAW = zlib.compressobj(wbits=-15)
RAW_BODY = RAW.compress(LAW.encode()) + RAW.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(LAW.encode())),
        ("x-gzip", gzip.compress(LAW.encode())),
        ("GZIP", gzip.compress(LAW[:50].encode()) + gzip.compress(LAW[50:].encode())),
        ("gzip", gzip.compress(LAW.encode()) + b"\0\0\0padding"),
        ("deflate", zlib.compress(LAW.encode())),
        ("deflate", RAW_BODY),
        ("identity", LAW.encode()),
    ],
)
def test_packed_pages_are_unpacked(site, encoding, body):
    url = site.put("/", body, {"Content-Encoding": encoding})
    assert get(url).data == LAW.encode()


@pytest.mark.parametrize(
    ("encoding", "body", "said"),
    [
        ("br", b"\x0b\x02\x80", "'br', which was not asked for"),
        # Without a time in it, so that every run gives the test the same name.
        ("gzip, gzip", gzip.compress(b"x", mtime=0), "'gzip, gzip', which was not asked for"),
        ("gzip", b"no gzip at all", "cannot be unpacked"),
        ("gzip", gzip.compress(LAW.encode())[:-20], "broke off"),
    ],
)
def test_what_cannot_be_unpacked_is_said(site, encoding, body, said):
    url = site.put("/", body, {"Content-Encoding": encoding})
    assert said in refusal(get, url)


def _drip(part, pause, before=b""):
    def answer(handler):
        handler.wfile.write(before)
        while True:
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(pause)

    return answer


@pytest.mark.parametrize(
    "before",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>",  # a body that never ends
        b"HTTP/1.1 200 OK\r\nX-A: ",  # a header that never ends
        b"",  # an answer that never begins properly
    ],
)
def test_the_clock_is_one_for_the_whole(site, before):
    site.pages["/slow"] = _drip(b"a", 0.02, before)
    start = time.monotonic()
    said = refusal(get, site.url("/slow"), seconds=0.4)
    assert time.monotonic() - start < 2
    assert "longer than 0.4 s" in said


def test_a_server_that_says_nothing(site):
    site.pages["/mute"] = lambda _: time.sleep(1)
    assert "longer than 0.2 s" in refusal(get, site.url("/mute"), seconds=0.2)


def test_headers_without_end_and_other_answers_that_are_none(site):
    def headers(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            handler.wfile.write(b"X-Header: " + b"a" * 1000 + b"\r\n")

    site.pages["/headers"] = headers
    assert "does not answer as the web does" in refusal(get, site.url("/headers"))
    site.pages["/odd"] = lambda handler: handler.wfile.write(b"220 mail.example ESMTP\r\n")
    assert "does not answer as the web does" in refusal(get, site.url("/odd"))
    site.pages["/short"] = lambda handler: handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>few"
    )
    assert "broke off" in refusal(get, site.url("/short"))
    site.pages["/gone"] = lambda _: None
    assert "broke off" in refusal(get, site.url("/gone"))


@pytest.mark.parametrize(
    "answer",
    [
        # HTTP/0.9, which has no status line and no headers
        b"<html><body><h1>River Act</h1></body></html>",
        b"HTTP/2 200\r\n\r\n<p>River Act",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>\r\n",
        # two lengths: what stands behind the first would be another answer
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\n<p>River.",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
    ],
)
def test_what_is_no_answer_of_the_web(site, answer):
    site.pages["/a"] = lambda handler: handler.wfile.write(answer)
    assert "does not answer as the web does" in refusal(get, site.url("/a"))


@pytest.mark.parametrize(
    ("before", "part"),
    [
        # a length that goes on for ever, pieces of one byte, and promises of an answer
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 4000),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n" * 500),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    ],
    ids=["lengths", "pieces", "promises"],
)
def test_what_comes_without_end_ends(site, before, part):
    site.pages["/a"] = _drip(part, 0, before)
    said = refusal(get, site.url("/a"), seconds=20, wire=300_000, body=100_000)
    assert "more than" in said or "does not answer as the web does" in said


@pytest.mark.parametrize("where", ["/robots.txt", "/a"])
@pytest.mark.parametrize(
    ("to", "said"), [("http://[::1]/x", "loopback"), ("file:///etc/passwd", "only http and https")]
)
def test_neither_rules_nor_a_page_lead_inside(site, monkeypatch, where, to, said):
    site.put("/a", f'<meta http-equiv="refresh" content="0; url={to}"><p>Moved.')
    if where == "/robots.txt":
        site.moved("/robots.txt", to)
    monkeypatch.setattr(line.addresses, "refused", _public_but_for(line.addresses.refused))
    assert said in refusal(fetch.fetch, site.url("/a"), allow_private=False)


def test_no_one_answers():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/law"
        # the page is named, not the robots.txt that is asked for first
        assert refusal(get, url).startswith(f"'{url}': no connection to '127.0.0.1'")


# What the site answers


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "sign-in"),
        (403, "not given to programs"),
        (404, "is not there: check the address"),
        (410, "not there any more"),
        (418, "gave no page"),
        (429, "asked for too often: try again later, in 30 s"),
        (451, "withheld for legal reasons"),
        (500, "fault of the site"),
        (503, "try again later, in 30 s"),
        (204, "gave no page"),
        (304, "gave no page"),
        (302, "gave no page"),
    ],
)
def test_a_failure_is_one_line_that_says_what_to_do(site, status, said):
    url = site.put("/a", b"" if status in (204, 304) else LAW, {"Retry-After": "30"}, status)
    message = refusal(read, url)
    assert said in message
    assert f"({'the site answered'} {status})" in message
    assert url in message


def test_an_empty_answer(site):
    assert "is empty" in refusal(read, site.put("/a", b" \n"))


# robots.txt


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /\n", False),
        ("User-agent: *\nDisallow: /laws/\n", False),
        ("User-agent: *\nDisallow: /*.html$\n", False),
        ("User-agent: *\nDisallow: /\nAllow: /laws/river.html\n", True),
        ("User-agent: *\nDisallow: /search\n", True),
        ("User-agent: OtherBot\nDisallow: /\n", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: Treaty-Annotator\nDisallow: /laws\n", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: treaty-annotator\nDisallow:\n", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("", True),
        ("<html>no rules at all</html>", True),
        ("User-agent: *\nDisallow: /" + "*a" * 500 + "$\n", True),
    ],
)
def test_robots_txt_is_kept_to(site, rules, allowed):
    site.put("/robots.txt", rules, {"Content-Type": "text/plain"})
    url = site.put("/laws/river.html", LAW)
    if allowed:
        assert read(url).title == "River Act"
    else:
        said = refusal(read, url)
        assert "robots.txt asks programs not to read it" in said
        assert "save it and give the file" in said
        assert [path for path, _ in site.asked] == ["/robots.txt"]


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (429, True), (500, False), (503, False)]
)
def test_robots_txt_that_cannot_be_had(site, status, allowed):
    """RFC 9309, 2.3.1: none where the site says that there is none, no access where it fails."""
    site.put("/robots.txt", "User-agent: *\nDisallow: /", status=status)
    url = site.put("/a", LAW)
    if allowed:
        assert read(url).title == "River Act"
    else:
        assert f"robots.txt answers {status}" in refusal(read, url)


def test_robots_txt_of_the_site_that_is_led_to(site):
    other = Site()
    try:
        other.put("/robots.txt", "User-agent: *\nDisallow: /")
        other.put("/a", LAW)
        url = site.moved("/a", other.url("/a"))
        assert "robots.txt asks programs" in refusal(read, url)
        assert [path for path, _ in other.asked] == ["/robots.txt"]
    finally:
        other.close()


def test_robots_txt_that_is_moved_large_or_in_a_ring(site):
    site.moved("/robots.txt", "/rules")
    site.put("/rules", "User-agent: *\nDisallow: /a")
    assert "robots.txt asks" in refusal(read, site.put("/a", LAW))
    site.moved("/rules", "/robots.txt")
    assert read(site.url("/a")).title == "River Act"
    site.put("/robots.txt", "User-agent: *\nDisallow: /a\n" + "# more\n" * 300_000)
    assert "robots.txt asks" in refusal(read, site.url("/a"))
    site.put("/robots.txt", "# more\n" * 300_000 + "User-agent: *\nDisallow: /a\n")
    assert read(site.url("/a")).title == "River Act"


# Kinds of file


def _docx():
    import docx

    document = docx.Document()
    for text in ("Article 1", "Rivers belong to all.", "Article 2", "So do their readings."):
        document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


TEXT = "River Act\n\nArticle 1\n\nRivers belong to all.\n\nArticle 2\n\nSo do their readings.\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("path", "media", "make"),
    [
        ("/a", "text/html", lambda _: LAW.encode()),
        ("/a", "application/xhtml+xml", lambda _: LAW.encode()),
        ("/a", "application/xml", lambda _: b"<?xml version='1.0'?>\n" + LAW.encode()),
        ("/a", "", lambda _: LAW.encode()),
        ("/a.html", "application/octet-stream", lambda _: LAW.encode()),
        ("/a", "text/plain", lambda _: TEXT.encode()),
        ("/a.txt", "application/octet-stream", lambda _: TEXT.encode()),
        (
            "/a.md",
            "text/plain",
            lambda _: b"# River Act\n\n## Article 1\n\nAll.\n\n## Article 2\n\nSo.\n",
        ),
        ("/a", WORD, lambda _: _docx()),
        ("/a.docx", "application/octet-stream", lambda _: _docx()),
        ("/a", "application/zip", lambda _: _docx()),
        # what the bytes are wins over what the server says
        ("/en/A/RES/1", "application/pdf", lambda press: press()(TEXT.split("\n\n"))),
        ("/a", "text/html", lambda press: press()(TEXT.split("\n\n"))),
        ("/a.pdf", "application/octet-stream", lambda press: press()(TEXT.split("\n\n"))),
    ],
)
def test_each_kind_goes_to_its_reader(site, press, path, media, make):
    url = site.put(path, make(press), {"Content-Type": media})
    document = read(url, language="en")
    assert [c.article for c in document.reviewable()] == ["1", "2"]
    assert document.source == url


@pytest.mark.parametrize(
    ("media", "body", "said"),
    [
        ("image/png", b"\x89PNG\r\n", "of the type 'image/png'"),
        ("application/json", b'{"a": 1}', "of the type 'application/json'"),
        ("video/mp4", b"....ftypmp42", "of the type 'video/mp4'"),
        ("application/msword", b"\xd0\xcf\x11\xe0", "of the type 'application/msword'"),
        ("application/zip", b"PK\x03\x04....", "of the type 'application/zip'"),
        ("text/css", b"p {}", "of the type 'text/css'"),
        ("", b"\x00\x01\x02", "a type that is not said"),
        ("application/pdf", LAW.encode(), "was to be a PDF file and is a web page"),
        ("text/html", b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        ("text/plain", b"\x7fELF\x02\x01\x01\x00", "a program"),
        ("application/pdf", b"%PDF-1.4 and no more", ""),
        ("application/xml", b"<rss><channel/></rss>", ""),
    ],
)
def test_other_kinds_are_refused_by_name(site, media, body, said):
    url = site.put("/a", body, {"Content-Type": media})
    message = refusal(read, url)
    assert said in message
    assert url in message


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("text/html; charset=utf-8", "é".encode()),
        ("text/html; charset=iso-8859-1", "é".encode("latin-1")),
        ('text/html; charset="windows-1252"', "é".encode("cp1252")),
        # the server names one encoding and the page another: the server wins where it fits
        ("text/html; charset=windows-1252", b'<meta charset="koi8-r">' + "é".encode("cp1252")),
        ("text/html", b'<meta charset="iso-8859-1">' + "é".encode("latin-1")),
        # a server that says latin-1 of everything, as many do
        ("text/html; charset=iso-8859-1", "é".encode()),
        ("text/html; charset=none-such", "é".encode()),
        ("text/html; charset=iso-8859-1", b"\xef\xbb\xbf" + "é".encode()),
        ("text/html; charset=utf-16le", "<p>é".encode("utf-16-le")),
    ],
)
def test_encodings(site, media, body):
    start, end = ("<p>Caf".encode("utf-16-le"), b"") if b"\x00" in body else (b"<p>Caf", b"")
    body = (body[:3] + start + body[3:] if body[:3] == b"\xef\xbb\xbf" else start + body) + end
    text = read(site.put("/a", body, {"Content-Type": media}), language="fr").text
    assert text.replace("\n\n", "") == "Café"


# https


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate of the test")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    names = []
    context.sni_callback = lambda _, name, __: names.append(name)
    site = Site(context)
    site.cert, site.names = cert, names
    yield site
    site.close()


def test_a_certificate_no_one_vouches_for_is_refused(secure):
    secure.put("/", LAW)
    said = refusal(read, secure.url("/", "localhost"))
    assert "cannot prove that it is 'localhost'" in said
    assert secure.asked == []


def test_the_certificate_is_checked_against_the_name_though_the_address_is_pinned(
    secure, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.cert))
    line.trust.cache_clear()
    try:
        secure.put("/", LAW)
        assert read(secure.url("/", "localhost")).title == "River Act"
        assert set(secure.names) == {"localhost"}
        assert "cannot prove that it is '127.0.0.1'" in refusal(read, secure.url())
    finally:
        line.trust.cache_clear()


def test_a_page_that_leaves_https_is_warned_of(secure, site, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.cert))
    line.trust.cache_clear()
    try:
        site.put("/a", LAW)
        secure.moved("/a", site.url("/a"))
        document = read(secure.url("/a", "localhost"))
        assert any("unencrypted" in warning for warning in document.warnings)
    finally:
        line.trust.cache_clear()


def test_http_spoken_to_https(secure, site):
    plain = site.url("/").replace("http:", "https:")
    assert "no secure connection" in refusal(read, plain)
    assert refusal(read, secure.url("/").replace("https:", "http:"))
