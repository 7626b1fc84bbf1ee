"""A proxy on this machine that keeps the answers of servers, or gives those that were kept.

It sees into https, for which the programs of a machine are told to trust its certificates.
"""

from __future__ import annotations

import http.client
import http.server
import shutil
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from colabify.errors import ColabifyError
from colabify.verify.answers import Answer, Asked, kept_headers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from colabify.verify.answers import Answers

_CHUNK = 1024**2
_SECONDS = 60
_NOT_SENT_ON = frozenset(
    {"accept-encoding", "connection", "content-length", "host", "keep-alive", "proxy-authorization",
     "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
)  # fmt: skip
_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


class Authority:
    """A certificate authority of one run, in the folder ``folder``; ``bundle`` is what is to be trusted."""

    def __init__(self, folder: Path) -> None:
        self._openssl = shutil.which("openssl") or ""
        if not self._openssl:
            raise ColabifyError("--network off and record need the program openssl")
        self._folder = folder
        self.bundle = folder / "authority.pem"
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()
        self._run(
            "req", "-x509", *_KEY, "-days", "2", "-subj", "/CN=colabify --network",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            "-keyout", "authority.key", "-out", self.bundle.name,
        )  # fmt: skip

    def context(self, host: str) -> ssl.SSLContext:
        """What speaks TLS as ``host``."""
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._made(host, f"host{len(self._contexts)}")
            return self._contexts[host]

    def _made(self, host: str, name: str) -> ssl.SSLContext:
        kind = "IP" if host.replace(".", "").isdigit() or ":" in host else "DNS"
        extension = self._folder / f"{name}.ext"
        extension.write_text(
            f"subjectAltName={kind}:{host}\nauthorityKeyIdentifier=keyid\nextendedKeyUsage=serverAuth\n"
        )
        self._run(
            "req", *_KEY, "-subj", "/CN=host", "-keyout", f"{name}.key", "-out", f"{name}.csr"
        )
        self._run(
            "x509", "-req", "-in", f"{name}.csr", "-CA", self.bundle.name, "-CAkey", "authority.key",
            "-CAcreateserial", "-days", "2", "-extfile", extension.name, "-out", f"{name}.pem",
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / f"{name}.pem", self._folder / f"{name}.key")
        return context

    def _run(self, *words: str) -> None:
        try:
            subprocess.run(
                [self._openssl, *words], cwd=self._folder, check=True, capture_output=True
            )
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip().splitlines()
            raise ColabifyError(
                f"openssl made no certificate: {said[-1] if said else error}"
            ) from None


class Proxy(http.server.ThreadingHTTPServer):
    """The proxy; with ``records`` it asks the servers and keeps what they answer, else it does not."""

    daemon_threads = True

    def __init__(self, answers: Answers, authority: Authority, *, records: bool) -> None:
        self.answers, self.authority, self.records = answers, authority, records
        super().__init__(("127.0.0.1", 0), _Handler)

    def answer(self, asked: Asked, headers: dict[str, str]) -> tuple[Answer, Path] | str:
        """The answer to a request with its body; or why there is none."""
        if not self.records:
            found = self.answers.find(asked)
            return found or f"colabify --network off: nothing is recorded for {asked.url}"
        request = urllib.request.Request(  # noqa: S310 - of the schemes that the proxy is asked for
            asked.url, data=asked.body or None, headers=headers, method=asked.method
        )
        try:
            with _opened(request) as response:
                answer = Answer(
                    asked.method, asked.url, response.status, response.reason,
                    kept_headers(response.headers),
                )  # fmt: skip
                body = iter(lambda: response.read(_CHUNK), b"")
                return answer, self.answers.keep(asked, answer, body)
        except (OSError, http.client.HTTPException) as error:
            return f"colabify --network record: {asked.url} did not answer: {error}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow none: who asked does."""


def _opened(request: urllib.request.Request) -> Any:
    try:
        return urllib.request.build_opener(_NoRedirect).open(request, timeout=_SECONDS)
    except urllib.error.HTTPError as answer:
        return answer  # an error is an answer too


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _SECONDS
    server: Proxy
    _host = ""

    def do_CONNECT(self) -> None:
        host, _, port = self.path.rpartition(":")
        self._host = f"https://{host}" if port == "443" else f"https://{self.path}"
        self.send_response(200)
        self.end_headers()
        context = self.server.authority.context(host.strip("[]"))
        self.rfile.close()
        self.close_connection = False  # also for who asks by HTTP/1.0, as Python up to 3.11 does
        try:
            self.connection = context.wrap_socket(self.connection, server_side=True)
        except (OSError, ssl.SSLError):  # it does not trust us, or has gone
            self.close_connection = True
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)

    def do_GET(self) -> None:
        body = self._body()
        url = self.path if "://" in self.path else self._host + self.path
        asked = Asked(self.command, url, body, self.headers.get("Range", ""))
        sent = {
            name: value for name, value in self.headers.items() if name.lower() not in _NOT_SENT_ON
        }
        found = self.server.answer(asked, {**sent, "Accept-Encoding": "identity"})
        if isinstance(found, str):
            self._refuse(found)
            return
        answer, file = found
        self.send_response(answer.status, answer.reason)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(file.stat().st_size))
        self.end_headers()
        if self.command != "HEAD":
            with file.open("rb") as stream:
                shutil.copyfileobj(stream, self.wfile, _CHUNK)

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 - its base's names

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            parts = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _refuse(self, why: str) -> None:
        text = why.encode("utf-8", "replace")
        self.send_response(504, why.encode("ascii", "replace").decode()[:500])
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Stay silent: what is asked for is in the store."""

    def handle(self) -> None:
        try:
            super().handle()
        except (OSError, ValueError):  # who asked has gone, or speaks no HTTP
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            self.close_connection = True
        self.connection.close()


@contextmanager
def serving(proxy: Proxy) -> Iterator[str]:
    """Serve in the background while the context lasts; the proxy's address comes out."""
    with proxy:
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{proxy.server_port}"
        finally:
            proxy.shutdown()
            thread.join()
