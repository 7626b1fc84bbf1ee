"""A web server for the tests of fetching: each address behaves in its own way."""

from __future__ import annotations

import gzip
import io
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DATA = bytes(range(256)) * 400
PAGE = b"<!DOCTYPE html>\n<html><body>Please log in</body></html>"


def zipped(*names: str) -> bytes:
    """A zip of files that hold their names."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name in names:
            archive.writestr(name, name)
    return raw.getvalue()


def tarred(*names: str) -> bytes:
    """The same as a tar with gzip."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = len(name)
            archive.addfile(member, io.BytesIO(name.encode()))
    return raw.getvalue()


FILES = {
    "/a.csv": DATA,
    "/drop.csv": DATA,
    "/drops-and-changes.csv": DATA,
    "/drops-untagged.csv": DATA,
    "/unsized.csv": DATA,
    "/busy.csv": DATA,
    "/sniffed.csv": PAGE,
    "/page": PAGE,
    "/set.zip": zipped("set/a.txt", "set/b/c.txt", "__MACOSX/x"),
    "/flat.zip": zipped("a.txt", "b.txt"),
    "/deep.zip": zipped("x/y/wanted.csv", "x/other.csv"),
    "/out.zip": zipped("../../out.txt"),
    "/set.tgz": tarred("set/a.txt"),
    "/out.tgz": tarred("../out.txt"),
    "/a.csv.gz": gzip.compress(DATA),
    "/broken.zip": zipped("a.txt")[:-30],
}


class Server(ThreadingHTTPServer):
    """``requests`` are the paths that were asked for, each with its Range."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        """What stands before a path."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        seen = sum(path == self.path for path, _ in self.server.requests)
        self.server.requests.append((self.path, self.headers.get("Range", "")))
        if self.path not in FILES or (self.path == "/busy.csv" and not seen):
            self.send_error(404 if self.path not in FILES else 503)
            return
        whole = FILES[self.path]
        tag = f'"{seen if "changes" in self.path else 0}"'
        start = self._start(tag)
        body = whole[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Type", "text/html" if self.path == "/page" else "text/csv")
        if self.path != "/unsized.csv":
            self.send_header("Content-Length", str(len(body)))
        if "untagged" not in self.path:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body[: len(whole) // 2] if "drop" in self.path and not seen else body)

    def _start(self, tag: str) -> int:
        asked = self.headers.get("Range", "")
        same = self.headers.get("If-Range", tag) == tag
        return int(asked[len("bytes=") :].rstrip("-")) if asked and same else 0


@contextmanager
def serving() -> Iterator[Server]:
    """A server for as long as the context lasts."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
