"""``--network``: answers are recorded, and given again when the network is off."""

from __future__ import annotations

import http.server
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from colabify.verify.answers import Answer, Answers, Asked
from colabify.verify.network import reached
from colabify.verify.options import Network, Options


class Site(http.server.BaseHTTPRequestHandler):
    """A server that counts, and sends a cookie."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/a.csv")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = b"1,2\n" if self.path == "/a.csv" else b"no such file"
        if self.command == "POST":
            body = self.rfile.read(int(self.headers["Content-Length"]))[::-1]
        self.send_response(200 if body != b"no such file" else 404)
        self.send_header("Set-Cookie", "who=me")
        self.send_header("Content-Type", "text/csv")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - its base's name

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def through(
    folder: Path, network: Network, url: str, data: bytes | None = None
) -> tuple[int, bytes, str]:
    """What a program of a machine gets from ``url``: status, body, and the cookie; the store is folder/store."""
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    for old in scratch.glob("network/*"):
        old.unlink()
    if (scratch / "network").exists():
        (scratch / "network").rmdir()
    options = Options(network=network, store=folder / "store")
    with reached(options, scratch) as env:
        proxies = {"http": env["http_proxy"], "https": env["https_proxy"]}
        trusting = ssl.create_default_context(cafile=env["SSL_CERT_FILE"])
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler(proxies), urllib.request.HTTPSHandler(context=trusting)
        )
        try:
            with opener.open(urllib.request.Request(url, data), timeout=20) as response:
                return response.status, response.read(), response.headers.get("Set-Cookie", "")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(), error.headers.get("Set-Cookie", "")


def test_recorded_once_and_given_again(site: str, tmp_path: Path) -> None:
    first = [
        through(tmp_path, "record", f"{site}/moved"),
        through(tmp_path, "record", f"{site}/none"),
        through(tmp_path, "record", f"{site}/a", b"abc"),
    ]
    assert [one[:2] for one in first] == [(200, b"1,2\n"), (404, b"no such file"), (200, b"cba")]
    assert first[0][2] == ""  # a cookie is one person's
    again = [
        through(tmp_path, "off", f"{site}/moved"),
        through(tmp_path, "off", f"{site}/none"),
        through(tmp_path, "off", f"{site}/a", b"abc"),
    ]
    assert again == first
    other = through(tmp_path, "off", f"{site}/a", b"abd")
    assert other[0] == 504
    assert b"colabify --network off: nothing is recorded for" in other[1]


def test_what_does_not_answer_is_not_recorded(tmp_path: Path) -> None:
    status, body, _ = through(tmp_path, "record", "http://127.0.0.1:9/a")
    assert status == 504
    assert b"did not answer" in body
    assert not list((tmp_path / "store").glob("*"))


def test_https_is_seen_into(tmp_path: Path) -> None:
    answers, url = Answers(tmp_path / "store"), "https://data.example.org/a.csv"
    answer = Answer("GET", url, 200, "OK", (("Content-Type", "text/csv"),))
    body = answers.keep(Asked("GET", url), answer, [b"1,", b"2\n"])
    assert through(tmp_path, "off", url)[:2] == (200, b"1,2\n")
    body.write_bytes(b"1")  # half of it is lost
    assert through(tmp_path, "off", url)[0] == 504


def test_on_is_as_the_machine_is(tmp_path: Path) -> None:
    with reached(Options(), tmp_path) as env:
        assert env == {}
