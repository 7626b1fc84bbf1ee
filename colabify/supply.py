"""Supply: where data that git does not hold comes from, as ``[tool.colabify.data]`` declares it."""

from __future__ import annotations

import difflib
import posixpath
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from colabify.remote import without_credentials

if TYPE_CHECKING:
    from collections.abc import Mapping

_WAYS = ("url", "run", "drive", "gdown", "kaggle")
_OF_A_FILE = ("url", "drive", "gdown")
"""The ways that bring a file, which may have a checksum and be an archive."""
_EXAMPLE = '{ url = "https://example.org/data.zip", unpack = true }'
_SHELL, _PYTHON = (".sh", ".bash"), ".py"
_DRIVE = ("/content/drive/", "content/drive/", "MyDrive/", "My Drive/")
"""How people begin a path in their Drive, which counts from ``MyDrive``."""


@dataclass(frozen=True, slots=True)
class Supply:
    """What brings ``path`` (a file or folder below the repository's root): one of the members behind it.

    ``url`` is where it is downloaded from, ``sha256`` what the download has to have (empty: not checked),
    ``unpack`` whether it is an archive whose content is wanted; ``run`` is a script of the repository;
    ``drive`` a file or folder below ``MyDrive``; ``gdown`` the id of a file that is shared on Drive;
    ``kaggle`` a data set, ``owner/name``.
    """

    path: str
    url: str = ""
    sha256: str = ""
    unpack: bool = False
    run: str = ""
    drive: str = ""
    gdown: str = ""
    kaggle: str = ""

    @property
    def way(self) -> str:
        """Which member says where it comes from, such as ``url``."""
        return next(way for way in _WAYS if getattr(self, way))

    def covers(self, path: str) -> bool:
        """Whether ``path``, below the root, is what it brings or lies in it."""
        return path == self.path or path.startswith(f"{self.path}/")


_KEYS = tuple(field.name for field in fields(Supply) if field.name != "path")


def read_supplies(table: Mapping[str, Any]) -> dict[str, Supply]:
    """The supplies of a ``[tool.colabify.data]`` table, by their paths below the repository's root.

    Raises:
        ValueError: a path or what brings it cannot be used; the message says which, and why.

    """
    found: dict[str, Supply] = {}
    for path, entry in table.items():
        try:
            where = _below(path)
            if where in found:
                raise ValueError("it is there twice")
            found[where] = _read(where, entry)
        except ValueError as error:
            raise ValueError(f"{path!r}: {error}") from None
    return dict(sorted(found.items()))


def _read(path: str, entry: object) -> Supply:
    if not isinstance(entry, dict):
        raise ValueError(f"it has to be a table such as {_EXAMPLE}")
    for key, value in entry.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(_KEYS)}"
            raise ValueError(f"unknown key {key!r}; {hint}")
        if not isinstance(value, bool if key == "unpack" else str):
            raise ValueError(
                f"{key} has to be {'true or false' if key == 'unpack' else 'a string'}"
            )
    ways = [way for way in _WAYS if entry.get(way, "").strip()]
    if len(ways) != 1:
        said = f"{' and '.join(ways)} are two" if ways else "nothing says where it comes from"
        raise ValueError(f"{said}; it needs exactly one of {', '.join(_WAYS)}")
    (way,) = ways
    for key in ("sha256", "unpack"):
        if entry.get(key) and way not in _OF_A_FILE:
            raise ValueError(f"{key} goes with {', '.join(_OF_A_FILE)}, not with {way}")
    checked: dict[str, Any] = {way: _CHECKS[way](entry[way].strip())}
    sha256, unpack = _sha256(entry.get("sha256", "")), entry.get("unpack", False)
    return Supply(path, sha256=sha256, unpack=unpack, **checked)


def _below(path: str) -> str:
    """``path`` in its shortest form.

    Raises:
        ValueError: it is no path below a folder.

    """
    clean = posixpath.normpath(path) if path.strip() else "."
    if any(ord(char) < ord(" ") for char in path):
        raise ValueError("a path has no line breaks and no control characters")
    if "\\" in path:
        raise ValueError("a path has / between its folders")
    if clean == ".":
        raise ValueError("it names no file or folder")
    if clean.startswith(("/", "~", "..")) or clean[1:2] == ":":
        raise ValueError("a path starts at the repository's root and stays below it")
    return clean


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or set(text) & set(" \t\r\n"):
        raise ValueError(f"url {without_credentials(text)!r} is no http(s) address")
    if "@" in parts.netloc:
        shown = without_credentials(text)
        raise ValueError(
            f"url {shown!r} has a user name or a password in it, which would be published"
        )
    return text


def _script(text: str) -> str:
    script = _below(text)
    if not script.endswith((*_SHELL, _PYTHON)):
        raise ValueError(f"run {text!r} is neither a shell script (.sh) nor a Python file (.py)")
    return script


def _drive(text: str) -> str:
    for start in _DRIVE:
        text = text.removeprefix(start)
    try:
        return _below(text.strip("/"))
    except ValueError:
        raise ValueError(f"drive {text!r} is no file or folder below MyDrive") from None


def _gdown(text: str) -> str:
    """The id of a shared file, which may be given by its address."""
    if "://" in text:
        parts = urlsplit(text)
        words = parts.path.split("/")
        after_d = words[words.index("d") + 1 : words.index("d") + 2] if "d" in words else []
        text = next(iter([*after_d, *parse_qs(parts.query).get("id", [])]), "")
    if not text or not all(char.isascii() and (char.isalnum() or char in "-_") for char in text):
        raise ValueError("gdown has to be the id of one file, as in drive.google.com/file/d/ID")
    return text


def _kaggle(text: str) -> str:
    names = text.split("/")
    if len(names) != 2 or not all(_is_slug(name) for name in names):
        raise ValueError(f"kaggle {text!r} is no data set's owner/name")
    return text


def _is_slug(name: str) -> bool:
    return name.isascii() and name.replace("-", "a").replace("_", "a").replace(".", "a").isalnum()


def _sha256(text: str) -> str:
    digits = text.strip().lower()
    if digits and (len(digits) != 64 or set(digits) - set("0123456789abcdef")):
        raise ValueError("sha256 has to be 64 hexadecimal digits, as sha256sum prints them")
    return digits


_CHECKS = {"url": _url, "run": _script, "drive": _drive, "gdown": _gdown, "kaggle": _kaggle}
