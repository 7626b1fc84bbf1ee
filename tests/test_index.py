"""A package index, as `colabify.index` reads it: from a server on this machine."""

from __future__ import annotations

import base64
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from colabify.index import JSON_TYPE, VARIABLES, Index, NoOffers, read_page
from colabify.wheels import Offers

PY = (3, 13)
GLIBC = "manylinux_2_17_x86_64.manylinux2014_x86_64"


def wheel(tags, version="1.0", **more):
    return {"filename": f"thing-{version}-{tags}.whl", "url": "x", "hashes": {}, **more}


def page(*files):
    return json.dumps({"meta": {"api-version": "1.1"}, "name": "thing", "files": files})


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.requests.append((self.path, self.headers))
        answer = self.server.pages.get(self.path, (404, "text/plain", "no"))
        if answer == "silence":
            self.server.stopped.wait(10)
            return
        if answer == "hang up":
            return
        status, content_type, body = answer
        self.send_response(status)
        self.send_header("Location" if status in (301, 302) else "Content-Type", content_type)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        server.requests, server.pages, server.stopped = [], {}, threading.Event()
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.stopped.set()
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _no_index_configured(monkeypatch):
    for variable in (*VARIABLES, "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)


def address(server, login=""):
    return f"http://{login}127.0.0.1:{server.server_port}/simple"


def offers(server, body, content_type=JSON_TYPE):
    server.pages["/simple/thing/"] = (200, content_type, body)
    return Index(address(server), timeout=5).offers("Thing", PY)


JSON_PAGE = page(
    wheel(f"cp313-cp313-{GLIBC}", "2.0"),
    wheel("cp312-cp312-manylinux_2_28_x86_64", "1.9"),
    wheel(f"cp313-cp313-{GLIBC}", "2.1", yanked="broken"),
    wheel(f"cp313-cp313-{GLIBC}", "2.2", **{"requires-python": ">=3.14"}),
    {"filename": "thing-2.3.tar.gz"},
    {"filename": "thing-2.0-py3.13.egg"},
    {"filename": 7},
    "nonsense",
)
HTML_PAGE = f"""<!DOCTYPE html><html><body><h1>Links for thing</h1>
<a href="../../files/thing-2.0-cp313-cp313-{GLIBC}.whl#sha256=ab">thing-2.0</a>
<a href="https://files.example/thing-1.9-cp312-cp312-manylinux_2_28_x86_64.whl?a=b">thing</a>
<A HREF="thing-2.1-cp313-cp313-{GLIBC}.whl" data-yanked>thing</A>
<a data-requires-python="&gt;=3.14" href="thing-2.2-cp313-cp313-{GLIBC}.whl">thing</a>
<a href="thing-2.3.tar.gz">thing</a> <a>nothing</a> <a href="https://example.org/">home</a>
"""


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param(JSON_TYPE, JSON_PAGE, id="JSON"),
        pytest.param("application/json; charset=utf-8", JSON_PAGE, id="plain JSON"),
        pytest.param("text/html", HTML_PAGE, id="HTML"),
        pytest.param("application/vnd.pypi.simple.v1+html", HTML_PAGE, id="versioned HTML"),
    ],
)
def test_page_is_read(server, content_type, body):
    assert offers(server, body, content_type) == Offers(
        ("2.0",), newest="2.3", yanked=("2.1",), live=True
    )


@pytest.mark.parametrize("content_type", [JSON_TYPE, "text/html", "image/png"])
@pytest.mark.parametrize(
    "body", ["", "{", "[]", '{"files": 1}', "\ufffd\x00", "<a href='https://[::1'>", "[" * 100_000]
)
def test_garbage_is_no_page(server, content_type, body):
    found = offers(server, body, content_type)
    assert found == NoOffers("not-read", f"{host(server)} gave no list of files for thing.")


def test_bytes_that_are_no_text_are_no_page():
    assert read_page(JSON_TYPE, b"\xff\xfe") == read_page("text/html", b"\xff\xfe") == ()


def host(server):
    return f"127.0.0.1:{server.server_port}"


def test_each_distribution_is_asked_for_once(server):
    server.pages["/simple/my-thing/"] = (200, JSON_TYPE, page(wheel("py3-none-any")))
    index = Index(address(server) + "/")
    for name in ("My.Thing", "my_thing", "gone", "Gone"):
        index.offers(name, PY)
        index.offers(name, (3, 12))
    assert [path for path, _ in server.requests] == ["/simple/my-thing/", "/simple/gone/"]


@pytest.mark.parametrize(
    ("status", "reason", "message"),
    [
        (404, "unknown-name", "{host} has no distribution thing."),
        (410, "unknown-name", "{host} has no distribution thing."),
        (401, "not-read", "{host} answered 401 for thing."),
        (503, "not-read", "{host} answered 503 for thing."),
    ],
)
def test_refusal_is_said(server, status, reason, message):
    server.pages["/simple/thing/"] = (status, "text/plain", "")
    found = Index(address(server)).offers("thing", PY)
    assert found == NoOffers(reason, message.format(host=host(server)))


def test_one_refusal_says_nothing_of_the_next(server):
    server.pages["/simple/thing/"] = (200, JSON_TYPE, page(wheel("py3-none-any")))
    index = Index(address(server))
    assert isinstance(index.offers("gone", PY), NoOffers)
    assert index.offers("thing", PY).versions == ("1.0",)


def test_slow_index_is_given_up(server):
    server.pages = {"/simple/thing/": "silence", "/simple/other/": "silence"}
    index = Index(address(server), timeout=0.2)
    late = NoOffers("no-network", f"{host(server)} was not reached: it did not answer in time.")
    assert index.offers("thing", PY) == index.offers("other", PY) == late
    assert len(server.requests) == 1


def test_index_that_hangs_up_was_not_reached(server):
    server.pages["/simple/thing/"] = "hang up"
    found = Index(address(server)).offers("thing", PY)
    assert found.reason == "no-network"


def test_index_that_is_not_there_was_not_reached():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{free.getsockname()[1]}"
        found = Index(f"http://{where}/simple").offers("thing", PY)
    assert found == NoOffers("no-network", f"{where} was not reached: Connection refused.")


@pytest.mark.parametrize(
    "url",
    ["file:///srv/index", "ftp://host/simple", "nonsense", "http://[::1", "http://a b/", "//"],
)
def test_address_that_cannot_be_asked(url):
    found = Index(url, timeout=1).offers("thing", PY)
    assert found.reason == "no-network"


def test_redirect_is_followed(server):
    server.pages["/simple/thing/"] = (301, "/elsewhere/thing", "")
    server.pages["/elsewhere/thing"] = (200, JSON_TYPE, page(wheel("py3-none-any")))
    assert Index(address(server)).offers("thing", PY).versions == ("1.0",)


@pytest.mark.parametrize("target", ["/simple/thing/", "file:///etc/hostname"])
def test_redirect_to_nowhere_is_no_page(server, target):
    server.pages["/simple/thing/"] = (302, target, "")
    assert Index(address(server)).offers("thing", PY).reason == "not-read"


def test_login_is_sent_to_the_index_alone_and_never_shown(server):
    url = address(server, "teacher:s%2F3cret@")
    server.pages["/simple/thing/"] = (302, f"http://localhost:{server.server_port}/there", "")
    server.pages["/simple/broken/"] = (500, "text/plain", "")
    index = Index(url)
    messages = [index.offers(name, PY).message for name in ("thing", "broken", "gone")]
    assert "3cret" not in " ".join((*messages, repr(index), index.host))
    sent = [(path, headers["Authorization"]) for path, headers in server.requests]
    login = "Basic " + base64.b64encode(b"teacher:s/3cret").decode()
    assert sent[:2] == [("/simple/thing/", login), ("/there", None)]


def test_login_is_not_shown_for_an_address_that_cannot_be_asked():
    for url in ("ftp://teacher:s3cret@host/simple", "http://teacher:s3cret@[::1"):
        assert "s3cret" not in Index(url).offers("thing", PY).message


def test_json_is_asked_for(server):
    offers(server, page(wheel("py3-none-any")))
    ((_, headers),) = server.requests
    assert headers["Accept"].startswith(JSON_TYPE)
    assert "text/html" in headers["Accept"]
    assert headers["Authorization"] is None


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "pypi.org"),
        ({"PIP_INDEX_URL": ""}, "pypi.org"),
        ({"PIP_INDEX_URL": "https://pip.example/simple"}, "pip.example"),
        ({"UV_INDEX_URL": "https://me:pw@uv.example:8443/simple/"}, "uv.example:8443"),
        ({"UV_DEFAULT_INDEX": "ours=https://uv.example/a?b=c"}, "uv.example"),
        (
            {"PIP_INDEX_URL": "https://pip.example", "UV_INDEX_URL": "https://uv.example"},
            "pip.example",
        ),
    ],
)
def test_index_is_the_one_that_is_configured(monkeypatch, variables, expected):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert Index().host == expected
