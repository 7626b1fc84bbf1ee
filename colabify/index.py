"""A package index, asked what it has of a distribution (``--online``).

The index's simple API is PEP 503 (HTML) and PEP 691 (JSON).

The standard library's ``urllib`` is enough for a few small GET requests. ``httpx`` or ``requests`` would
add pools, retries and four distributions to an installation that most people never use online.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlsplit, urlunsplit

from colabify.releases import File, offers_of
from colabify.runtime import normalised_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.wheels import Offers

PYPI = "https://pypi.org/simple"
VARIABLES = ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL")
JSON_TYPE = "application/vnd.pypi.simple.v1+json"
ACCEPT = f"{JSON_TYPE}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"
LARGEST_PAGE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class NoOffers:
    """Why an index said nothing of a distribution; ``message`` is one sentence for a person.

    ``unknown-name``: it has no distribution of that name. ``no-network``: it was not reached.
    ``not-read``: it answered with something else than a list of files.
    """

    reason: Literal["unknown-name", "no-network", "not-read"]
    message: str


class Index:
    """A package index. Each distribution is asked for once; what came back is kept.

    ``url`` is the address of the simple API; without it, the variables that pip and uv read decide,
    and then it is PyPI. ``timeout`` is in seconds, for each wait. An index that was not reached is
    not asked again: ``unreached`` says why. A login in the address is sent to that host alone; no
    message has more of the address than the host.
    """

    def __init__(self, url: str | None = None, timeout: float = 10) -> None:
        self._url, self._login = _address(url or _configured() or PYPI)
        self.host = urlsplit(self._url).netloc or "the package index"
        self._timeout = timeout
        self._answers: dict[str, tuple[File, ...] | NoOffers] = {}
        self.unreached: NoOffers | None = None

    def offers(self, distribution: str, python_minor: tuple[int, int]) -> Offers | NoOffers:
        """What the index has of a distribution for a Python, or why that is not known."""
        name = normalised_name(distribution)
        if name not in self._answers:
            self._answers[name] = self.unreached or self._ask(name)
        files = self._answers[name]
        return files if isinstance(files, NoOffers) else offers_of(files, name, python_minor)

    def _ask(self, name: str) -> tuple[File, ...] | NoOffers:
        from http.client import HTTPException
        from urllib.error import HTTPError

        try:
            files = read_page(*self._get(f"{self._url}/{name}/"))
        except HTTPError as error:
            error.close()
            if error.code in (404, 410):
                return NoOffers("unknown-name", f"{self.host} has no distribution {name}.")
            return NoOffers("not-read", f"{self.host} answered {error.code} for {name}.")
        except (OSError, HTTPException, ValueError) as error:
            self.unreached = NoOffers("no-network", f"{self.host} was not reached: {_why(error)}.")
            return self.unreached
        return files or NoOffers("not-read", f"{self.host} gave no list of files for {name}.")

    def _get(self, url: str) -> tuple[str, bytes]:
        """The content type and the body of a page; raises what ``urllib`` raises."""
        from urllib.request import Request, urlopen

        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError
        request = Request(url, headers={"Accept": ACCEPT, "User-Agent": "colabify"})  # noqa: S310
        if self._login:
            # urllib repeats other headers to whatever host it is redirected to
            request.add_unredirected_header("Authorization", f"Basic {self._login}")
        with urlopen(request, timeout=self._timeout) as response:  # noqa: S310
            return response.headers.get_content_type(), response.read(LARGEST_PAGE)


def read_page(content_type: str, body: bytes) -> tuple[File, ...]:
    """The files that a page of an index lists; none if it is no such page."""
    if content_type.endswith("json"):
        return tuple(_json_files(body))
    if content_type.endswith("html"):
        parser = _Anchors()
        parser.feed(body.decode("utf-8", "replace"))
        return tuple(parser.files)
    return ()


def _json_files(body: bytes) -> Iterator[File]:
    try:
        page = json.loads(body)
    except (ValueError, RecursionError):
        return
    files = page.get("files") if isinstance(page, dict) else None
    for file in files if isinstance(files, list) else ():
        match file:
            case {"filename": str(filename)}:
                requires = file.get("requires-python")
                requires = requires if isinstance(requires, str) else ""
                yield File(filename, requires, yanked=file.get("yanked", False) is not False)


class _Anchors(HTMLParser):
    """Collects the files that a page of PEP 503 links to."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[File] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a link to a file; its name is the last part of the address."""
        attributes = dict(attrs)
        address = attributes.get("href") or "" if tag == "a" else ""
        path = address.partition("#")[0].partition("?")[0]
        filename = unquote(path.rpartition("/")[2])
        if filename.endswith((".whl", ".tar.gz", ".zip")):
            requires = attributes.get("data-requires-python") or ""
            self.files.append(File(filename, requires, yanked="data-yanked" in attributes))


def _why(error: Exception) -> str:
    """Why an index was not reached, in words that never hold its address."""
    reason = getattr(error, "reason", None) or error
    if isinstance(reason, TimeoutError):
        return "it did not answer in time"
    if isinstance(reason, OSError):
        return reason.strerror or type(reason).__name__
    if isinstance(reason, ValueError):
        return "its address is not one of http or https"
    return type(reason).__name__


def _configured() -> str | None:
    """The index that pip or uv are told to use by a variable; uv's may have a name."""
    for variable in VARIABLES:
        if text := os.environ.get(variable):
            name, equals, address = text.partition("=")
            return address if equals and "://" not in name else text
    return None


def _address(url: str) -> tuple[str, str]:
    """An address without its login, and the login as HTTP's basic scheme sends it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    userinfo, _, host = parts.netloc.rpartition("@")
    user, _, password = userinfo.partition(":")
    login = f"{unquote(user)}:{unquote(password)}".encode() if userinfo else b""
    bare = urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))
    return bare, base64.b64encode(login).decode()
