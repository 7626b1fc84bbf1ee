"""From the bytes of a requirement file to its text."""

from __future__ import annotations

import codecs
import sys
from typing import TYPE_CHECKING, Any

from colabify.requirements.model import Problem, shown

if TYPE_CHECKING:
    from colabify.requirements.model import Read

_MARKS = (  # UTF-32 is looked for first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)


def decode_requirements(data: bytes) -> str:
    """The text of a requirement file, whatever wrote it.

    A byte order mark decides; PowerShell's ``pip freeze > requirements.txt`` is UTF-16. Text without
    one is UTF-8, or else Latin-1, in which every byte is a character: names are ASCII anyway.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def read_text(read: Read, path: str) -> str | Problem:
    """The text of a file below the root; a problem if it cannot be read, or is none."""
    data = read(path)
    if data is None:
        return Problem(path, None, f"{path} cannot be read.")
    text = decode_requirements(data)
    if "\0" in text:
        return Problem(path, None, f"{path} is not text: save it as UTF-8.")
    return text


def load_toml(text: str, source: str) -> dict[str, Any] | Problem:
    """The table that a TOML file is; a problem if it is none."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(text)
    except RecursionError:
        return Problem(source, None, f"{source} is not TOML: its brackets are nested too deep.")
    except ValueError as error:  # tomllib's error is one, and so is that of a number too long
        return Problem(source, None, f"{source} is not TOML: {shown(error)}.")
