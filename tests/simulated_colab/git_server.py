"""github.com over https, on this machine: a proxy that answers for it with `git http-backend`.

git is told to reach https://github.com/ through the proxy and to trust its certificate, so that it
sees the true URL: in its questions for a password, and where settings are bound to a URL.
"""

import base64
import binascii
import http.server
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CERTIFICATE = (
    *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
    *("-nodes", "-days", "2", "-subj", "/CN=github.com"),
    *("-addext", "subjectAltName=DNS:github.com", "-keyout", "key.pem", "-out", "cert.pem"),
)


@dataclass(frozen=True)
class Access:
    """One request to the server: its path, and its Authorization header or None."""

    path: str
    authorization: str | None


class GitServer(http.server.ThreadingHTTPServer):
    """Serve the bare repositories under `folder`; those in `private` only with `token`.

    As at GitHub, a wrong token is refused for public repositories too, and who gives none cannot
    tell a private repository from a missing one.
    Every request is added to `accesses`.
    """

    daemon_threads = False

    def __init__(
        self, folder: Path, private: frozenset[str], token: str, accesses: list[Access]
    ) -> None:
        self.folder = folder
        self.private = private
        self.token = token
        self.accesses = accesses
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        super().__init__(("127.0.0.1", 0), _Handler)

    def refusal(self, path: str, authorization: str | None) -> int | None:
        """Return the status with which a request is refused, or None."""
        name = "/".join(path.split("/")[1:3]).removesuffix(".git")
        if authorization is not None and password(authorization) != self.token:
            return 401
        if (self.folder / name).is_dir() and (authorization or name not in self.private):
            return None
        return 404 if authorization else 401


@contextmanager
def serving(server: GitServer, certificates: Path) -> Iterator[str]:
    """Serve in the background; give the lines of a .gitconfig that lead to the server.

    The certificate is made in the folder `certificates`, which must exist, by `openssl`.
    """
    with server:
        subprocess.run(CERTIFICATE, cwd=certificates, check=True, capture_output=True)
        server.tls.load_cert_chain(certificates / "cert.pem", certificates / "key.pem")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield (
                '[http "https://github.com/"]\n'
                f'\tproxy = "http://127.0.0.1:{server.server_port}"\n'
                f'\tsslCAInfo = "{certificates / "cert.pem"}"\n'
            )
        finally:
            server.shutdown()
            thread.join()


def password(authorization: str) -> str | None:
    """Return the password in an Authorization header, or None if it holds none."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        _, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return secret


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: GitServer

    def do_CONNECT(self) -> None:
        if self.path != "github.com:443":
            self._answer(502, [], b"")
            return
        self.send_response(200)
        self.end_headers()
        self.rfile.close()
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)

    def do_GET(self) -> None:
        self._git(b"")

    def do_POST(self) -> None:
        if "Content-Length" not in self.headers:
            self._answer(411, [], b"")
            self.close_connection = True
            return
        self._git(self.rfile.read(int(self.headers["Content-Length"])))

    def _git(self, body: bytes) -> None:
        path, _, query = self.path.partition("?")
        authorization = self.headers["Authorization"]
        self.server.accesses.append(Access(path, authorization))
        status = self.server.refusal(path, authorization)
        if status is not None:
            challenge = [("WWW-Authenticate", 'Basic realm="GitHub"')] if status == 401 else []
            self._answer(status, challenge, b"")
            return
        done = subprocess.run(
            ["git", "http-backend"],
            input=body,
            env=self._cgi(path, query),
            capture_output=True,
            check=True,
        )
        head, _, payload = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        status = int(headers.pop("Status", "200").split()[0])
        self._answer(status, list(headers.items()), payload)

    def _cgi(self, path: str, query: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
        return kept | {
            "CONTENT_LENGTH": self.headers.get("Content-Length", "0"),
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROJECT_ROOT": str(self.server.folder),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REMOTE_ADDR": "127.0.0.1",
            "REQUEST_METHOD": self.command,
        }

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Stay silent: `accesses` is the log."""
