"""Two hundred requests that nobody means well with: none changes anything, and the studio goes on answering."""

import select
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.studio.conftest import LIMITS, Served

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=rand"
UPWARDS = ("../", "..%2f", "%2e%2e/", "..%5c", "..\\", "%252e%252e%252f", "....//", "..;/", "%00/../", "/%2e%2e%2f")
TARGETS = ("etc/passwd", "content/rayons/duinrand/rayon.yaml", "src/invulposter/cli/studio.py")
BELOW = ("/static/", "/letters/", "/bestand/", "/maken/klein/", "/maken/blad/", "/oogsten/")
POSTS = ("/maken/zip", "/oogsten", "/taak/x/stop")

Raw = tuple[bytes, float]


def test_two_hundred_of_them_change_nothing(served: Served) -> None:
    before = standing(served)
    raws = list(hostile(served))
    assert len(raws) >= 200
    with ThreadPoolExecutor(24) as crowd:
        statuses = list(crowd.map(lambda raw: sent(served, *raw), raws))
    refused = [status for status in statuses if status == 0 or 400 <= status < 500]
    assert len(refused) == len(raws), [
        (raw[:120], status) for (raw, _), status in zip(raws, statuses, strict=True) if status not in refused
    ]
    assert standing(served) == before
    assert served.ask("/maken").status == 200


def standing(served: Served) -> object:
    """Everything that a request could have changed."""
    files = {path: path.stat().st_mtime_ns for path in served.folder.rglob("*") if path.is_file()}
    shelf = {path.name for path in served.studio.shelf.folder.iterdir() if not path.name.startswith("stock-")}
    return files, shelf, dict(served.studio.tasks._tasks)


def hostile(served: Served) -> Iterator[Raw]:
    """Raw requests, and the seconds between the last letters of each."""
    key, csrf = served.cookie, served.studio.gate.csrf
    host, origin = served.host, served.origin

    def get(path: str, *headers: str, host: str = host, cookie: str = key, method: str = "GET") -> Raw:
        lines = (f"{method} {path} HTTP/1.1", f"Host: {host}", f"Cookie: {cookie}", *headers, "Connection: close")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"), 0

    def post(path: str, body: bytes, kind: str = FORM, *headers: str, origin: str = origin, cookie: str = key) -> Raw:
        head = (f"Origin: {origin}", f"Content-Type: {kind}", *(headers or (f"Content-Length: {len(body)}",)))
        raw, _ = get(path, *head, cookie=cookie, method="POST")
        return raw + body, 0

    yield from wrong_names(get, host)
    yield from wrong_keys(get, served)
    yield from upwards(get)
    for path in POSTS:
        yield from wrong_sources(post, path, csrf)
        yield from too_much(post, path, csrf)
        yield from slow(post, path, csrf)
    yield from malformed(get, post)


def wrong_names(get: Callable[..., Raw], host: str) -> Iterator[Raw]:
    port = host.partition(":")[2]
    names = (
        *("kwaad.example", f"kwaad.example:{port}", f"127.0.0.1.kwaad.example:{port}", "", "127.0.0.1:1"),
        *(f"127.1:{port}", f"[::1]:{port}", f"0.0.0.0:{port}", f"{host}.", f"user@{host}", f"{host}, kwaad.example"),
    )
    for name in names:
        for path in ("/maken", "/oogsten"):
            yield get(path, host=name)
    yield get("/maken", f"Host: {host}")
    yield get("/maken", "X-Forwarded-Host: kwaad.example", host="kwaad.example")


def wrong_keys(get: Callable[..., Raw], served: Served) -> Iterator[Raw]:
    name, token = served.studio.gate.cookie, served.studio.gate.token
    cookies = (
        *("", "a=b", f"{name}=", f"{name}=x", f"{name}={token[:-1]}", f"{name}={token}x", f"studio={token}"),
        *(f"{name.upper()}={token}", f"{name}={token[::-1]}", f"{name}={'x' * 4000}", f"{name}=é"),
    )
    for cookie in cookies:
        for path in ("/maken", "/bestand/x", "/maken/stroom?product=handout"):
            yield get(path, cookie=cookie)
    for query in ("sleutel=", "sleutel=x", f"sleutel={token[:-1]}", f"sleutel={'x' * 2000}", f"Sleutel={token}"):
        yield get(f"/maken?{query}", cookie="")
    for site in ("cross-site", "same-site"):
        yield get("/maken/stroom?product=handout", f"Sec-Fetch-Site: {site}", "Sec-Fetch-Mode: cors")


def upwards(get: Callable[..., Raw]) -> Iterator[Raw]:
    for below in BELOW:
        for number, step in enumerate(UPWARDS):
            yield get(f"{below}{step * 6}{TARGETS[number % len(TARGETS)]}")
    yield get("/maken/blad/x/1-1000.jpg")
    yield get("/maken/blad/x/999999999999-1000.jpg")
    yield get("/maken/blad/x/1-99999999.jpg")


def wrong_sources(post: Callable[..., Raw], path: str, csrf: str) -> Iterator[Raw]:
    right = f"csrf={csrf}&rayon=duinrand".encode()
    for origin in ("http://kwaad.example", "null", "https://127.0.0.1", "http://127.0.0.1", "", "file://"):
        yield post(path, right, origin=origin)
    for body in (b"", b"csrf=", b"csrf=x", f"csrf={csrf[:-1]}".encode(), f"CSRF={csrf}".encode(), b"\xff\xfe\x00"):
        yield post(path, body)
    yield post(path, right, cookie="")
    yield post(path, right, "text/plain")
    yield post(path, right, "application/json")


def too_much(post: Callable[..., Raw], path: str, csrf: str) -> Iterator[Raw]:
    part = b'--rand\r\nContent-Disposition: form-data; name="formulier"; filename="../../x.pdf"\r\n\r\n%PDF\r\n'
    token = f'--rand\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n'.encode()
    yield post(path, b"x", FORM, "Content-Length: 99999999999")
    yield post(path, b"x" * (LIMITS.body + 1))
    chunk = b"%x\r\n" % 60_000 + b"x" * 60_000 + b"\r\n"
    yield post(path, chunk * 8 + b"0\r\n\r\n", FORM, "Transfer-Encoding: chunked")
    yield post(path, token + part * 301 + b"--rand--\r\n", PARTS)
    yield post(path, token + token * 2001 + b"--rand--\r\n", PARTS)
    yield post(path, token.replace(csrf.encode(), b"x" * 300_000) + b"--rand--\r\n", PARTS)
    nested = part.replace(b"%PDF", b"Content-Type: multipart/mixed; boundary=rand\r\n\r\n" * 400)
    yield post(path, nested + b"--rand--\r\n", PARTS)
    yield post(path, b"--rand\r\n" + b"X: " + b"y" * 90_000 + b"\r\n\r\n\r\n--rand--\r\n", PARTS)
    yield post(path, b"geen grens", "multipart/form-data")


def slow(post: Callable[..., Raw], path: str, csrf: str) -> Iterator[Raw]:
    whole, _ = post(path, f"csrf={csrf}".encode() + b"&x=" + b"y" * 200)
    # One that falls silent, and one that keeps sending, but hardly.
    yield whole, LIMITS.pause * 3
    yield whole, LIMITS.pause / 2


def malformed(get: Callable[..., Raw], post: Callable[..., Raw]) -> Iterator[Raw]:
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "PROPFIND"):
        yield get("/maken", method=method)
    yield b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 0
    yield b"GET /maken\r\n\r\n", 0
    yield get("/maken", "X: " + "y" * 100_000, cookie="")
    yield post("/maken/zip", b"0\r\n\r\n", FORM, "Content-Length: 5", "Transfer-Encoding: chunked")
    yield post("/maken/zip", b"x", FORM, "Content-Length: -1")


def sent(served: Served, raw: bytes, pause: float) -> int:
    """The status that a raw request is answered with; 0 where the connection was closed without a word."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=8) as connection:
        try:
            connection.sendall(raw[:-100] if pause else raw)
            answer = trickled(connection, raw[-100:], pause) if pause else connection.recv(64)
        except (ConnectionError, TimeoutError):
            return 0
    return int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0


def trickled(connection: socket.socket, rest: bytes, pause: float) -> bytes:
    """Send a letter at a time until there is an answer."""
    for letter in rest:
        connection.sendall(bytes([letter]))
        if select.select([connection], [], [], pause)[0]:
            return connection.recv(64)
    return b"HTTP/1.1 200 it was taken"


def test_no_path_in_what_a_hostile_request_is_told(served: Served) -> None:
    for path in ("/bestand/../../etc/passwd", "/static/%2e%2e%2fapp.py", "/taak/%00", "/maken/blad/x/1-1000.jpg"):
        text = served.ask(path).text  # type: ignore[attr-defined]
        assert str(served.folder) not in text
        assert str(Path(__file__).parents[2]) not in text
