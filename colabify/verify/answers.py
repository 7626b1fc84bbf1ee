"""A store of the answers that servers gave, so that a run can be repeated without them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_FORGOTTEN = frozenset(
    {
        "connection", "content-length", "keep-alive", "proxy-authenticate",
        "set-cookie", "strict-transport-security", "te", "trailer", "transfer-encoding", "upgrade",
    }
)  # fmt: skip
"""Headers that are of one connection, or of one person."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, as far as its answer depends on it; who asks does not count."""

    method: str
    url: str
    body: bytes = b""
    range: str = ""

    @property
    def key(self) -> str:
        """What the answer is called in the store."""
        text = "\n".join([self.method, self.url, self.range]).encode("utf-8", "surrogateescape")
        return hashlib.sha256(text + b"\n" + self.body).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer; its body is in a file of the store."""

    method: str
    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answers:
    """The answers kept in ``folder``: for each a head, ``KEY.json``, and a body, ``KEY.body``."""

    folder: Path

    def find(self, asked: Asked) -> tuple[Answer, Path] | None:
        """The answer to a request and the file with its body; None if there is none, or half of one."""
        body = self.folder / f"{asked.key}.body"
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            data = json.loads((self.folder / f"{asked.key}.json").read_text("utf-8"))
            headers = tuple((str(name), str(value)) for name, value in data["headers"])
            answer = Answer(
                data["method"], data["url"], int(data["status"]), data["reason"], headers
            )
            if body.stat().st_size == data["size"]:
                return answer, body
        return None

    def keep(self, asked: Asked, answer: Answer, body: Iterable[bytes]) -> Path:
        """Keep an answer; the file with its body comes out. Two that keep the same do not mix."""
        self.folder.mkdir(parents=True, exist_ok=True)
        size = 0
        handle, name = tempfile.mkstemp(dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as file:
                for part in body:
                    size += file.write(part)
            target = self.folder / f"{asked.key}.body"
            os.replace(name, target)  # noqa: PTH105 - the file is known by its name alone
        except BaseException:
            os.unlink(name)  # noqa: PTH108
            raise
        head = self.folder / f"{asked.key}.json"
        text = json.dumps({**asdict(answer), "size": size}, indent=1)
        head.write_text(text + "\n", encoding="utf-8")
        return target


def kept_headers(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The headers of an answer that mean something to who gets it later."""
    return tuple((name, value) for name, value in headers.items() if name.lower() not in _FORGOTTEN)
