"""What people, robots and broken programs send: each kind as it comes over the wire."""

import json
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote, quote_from_bytes

from tests.guards.hostile_site import FORM, MARK, Sent, Target

VALUES: dict[str, bytes] = {
    "a word": b"abc",
    "below nothing": b"-1",
    "beyond 32 bits": b"4294967296",
    "beyond 64 bits": b"9" * 30,
    "more digits than are read": b"9" * 5000,
    "a NUL": b"a\x00b",
    "bytes that are no text": b"\xff\xfe\xc3" + "\ud800".encode("utf-8", "surrogatepass"),
    "an address that is none": b"//[",
    "control characters": b"\x1b[2J\r\nSet-Cookie: a=b\t\x7f",
    "long, with digits of another script": "٣²ⅷ".encode() * 200,
}
TOLD_APART = 7
"""The first of the values: numbers and bytes, which two databases may take differently."""

HEADERS: list[dict[str, str]] = [
    {"X-Forwarded-For": "192.0.2.7:4711", "If-None-Match": 'W/"', "If-Range": "\xff"},
    {"X-Forwarded-For": "[2001:db8::1]:4711", "Range": "bytes=99999999999999999999-1,-,a"},
    {"X-Forwarded-For": "2001:db8::1%eth0", "Accept": ";;q=-1", "Accept-Encoding": "\xff"},
    {"X-Forwarded-For": "tull, 'eller' <tøys>\xff", "Accept-Language": "\xff;q=zz,*"},
    {"X-Forwarded-For": ":::::", "User-Agent": "\x00\xff" * 500, "Authorization": "Basic \xff"},
    {"X-Forwarded-Proto": "javascript", "If-Modified-Since": "i går", "Cookie": "=" * 3000},
    {"Cookie": "session=%00; language=%ff; device=.eJx.x.y; ;;=; a", "X-Requested-With": "{"},
    {"Referer": "http://[", "Origin": "http://[", "Cookie": "device=\xff\xfe; language=xx"},
    {"Referer": "http://localhost/\x01\xff", "Origin": "null", "X-Forwarded-Host": "[::1"},
    {"Transfer-Encoding": "tull", "Expect": "200-tull"},
]
HOSTS = ["", "[::1", "localhost:abc", "a b\xff", "x" * 300, "localhost:99999999"]
METHODS = ["PUT", "TRACE", "OPTIONS", "HEAD", "TULL"]
TAILS = ["\x00", "\xff", "/../..", "//[", "%", "\r\n", "x" * 9000]
OWN = frozenset({"csrf_token", "form_mark", "session"})
"""What a request is let in by."""

SHARE = 4
"""Of what only the reading of a request sees, each endpoint gets every fourth, all of them all."""

Kinds = Iterator[tuple[str, Sent]]


def values(target: Target, names: list[str], turn: int) -> Kinds:
    """All that the page looks at, twice, with each value in turn; the headers are odd as well."""
    pairs = list(zip(VALUES.items(), HEADERS, strict=True))
    for (kind, value), headers in pairs if names else pairs[turn % SHARE :: SHARE]:
        query = _pairs([*names, *names] or ["x"], value)
        yield f"{kind}, {str(headers)[:200]}", _sent(target, FORM, _marked(query), query, headers)
    if turn % SHARE == 0:
        torn = b"&&==&%&%zz&" + b"\xff" * 50 + b"a" * 20_000
        yield "a torn query", _sent(target, FORM, _marked(torn), torn)


def bodies(target: Target, names: list[str], turn: int) -> Kinds:
    if target.method == "POST":
        unread = list(UNREAD.items())[turn % SHARE :: SHARE]
        for kind, make in [*READ.items(), *unread]:
            yield kind, _sent(target, *make(names))


def addresses(target: Target, _names: list[str], turn: int) -> Kinds:
    """The same page by another host, method or way of writing."""
    path = target.path.partition("?")[0]
    for host in HOSTS[turn % SHARE :: SHARE]:
        yield f"host {host[:20]!r}", Sent(target.method, path, headers={"Host": host})
    yield "a length below nothing", Sent(target.method, path, headers={"Content-Length": "-1"})
    for method in METHODS[turn % SHARE :: SHARE]:
        yield f"method {method}", Sent(method, path)
    for tail in TAILS[turn % SHARE :: SHARE]:
        yield f"path with {tail[:9]!r}", Sent(target.method, path + tail)


def _parts(names: Iterable[str], disposition: str, content: bytes) -> tuple[str, bytes]:
    named = [(disposition.format(name), content) for name in names]
    return _multipart([*named, (TEXT.format("form_mark"), MARK)])


def _multipart(parts: list[tuple[str, bytes]], end: bytes = b"--b--\r\n") -> tuple[str, bytes]:
    made = [
        b"--b\r\nContent-Disposition: %s\r\n\r\n%s\r\n" % (told.encode("latin-1"), content)
        for told, content in parts
    ]
    return "multipart/form-data; boundary=b", b"".join(made) + end


def _form(pairs: bytes) -> tuple[str, bytes]:
    return FORM, _marked(pairs)


TEXT, FILE = 'form-data; name="{}"', 'form-data; name="{}"; filename="a.txt"'
ODD_FILE = 'form-data; name="{}"; filename="../../\x00\xff"'
Bodies = dict[str, Callable[[list[str]], tuple[str, bytes]]]
READ: Bodies = {
    "texts in parts": lambda names: _parts(names, TEXT, b"abc\x00\xff"),
    "files": lambda names: _parts(names, FILE, b"\x00\xff"),
    "only the mark": lambda _: _form(b""),
}
UNREAD: Bodies = {
    "no body": lambda _: (FORM, b""),
    "a file as the mark": lambda _: _multipart([(FILE.format("form_mark"), MARK)]),
    "files with odd names": lambda names: _parts(names, ODD_FILE, b""),
    "JSON": lambda names: ("application/json", json.dumps({n: [1] for n in names}).encode()),
    "JSON that is none": lambda _: ("application/json", b"{\xff"),
    "parts without an end": lambda _: _multipart([(TEXT.format("a"), b"x")], b""),
    "parts without a boundary": lambda _: ("multipart/form-data", b"--b\r\n\r\n"),
    "parts that are none": lambda _: ("multipart/form-data; boundary=b", b"\xff\x00--b"),
    "parts with odd headers": lambda _: _multipart([("form-data; name*=x''%ff", b""), ("", b"")]),
    "too many parts": lambda _: _multipart([(TEXT.format("a"), b"")] * 1100),
    "too many fields": lambda _: (FORM, b"a=1&" * 20_000),
    "another encoding": lambda _: (f"{FORM}; charset=utf-7", _marked(b"a=+AAA-")),
    "no type": lambda _: ("\xff;;=", b"\x00"),
}


def _pairs(names: Iterable[str], value: bytes) -> bytes:
    encoded = quote_from_bytes(value)
    return "&".join(f"{quote(name)}={encoded}" for name in names if name not in OWN).encode()


def _marked(pairs: bytes) -> bytes:
    return b"%s&form_mark=%s" % (pairs, MARK)


def _sent(
    target: Target,
    content_type: str,
    body: bytes,
    query: bytes = b"",
    headers: dict[str, str] | None = None,
) -> Sent:
    path, _, own = target.path.partition("?")
    sent = Sent(target.method, path, query=b"&".join((query, own.encode())), headers=headers or {})
    if target.method == "POST":
        sent.content_type, sent.body = content_type, body
    return sent
