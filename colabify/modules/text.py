"""The text of a module, and the bytes that say it: encoding, byte-order mark and line ends are kept."""

from __future__ import annotations

import hashlib
import io
import tokenize
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModuleText:
    """A module's bytes, the text that they say, and the encoding in which they say it."""

    raw: bytes
    text: str
    encoding: str

    def encoded(self, text: str) -> bytes | None:
        """The bytes of another text of the module; None if its encoding cannot say that."""
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:
            return None


def read_module(raw: bytes) -> ModuleText | str:
    """The module whose bytes are ``raw``; or why they cannot be read and written back as they are."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        return f"it is no {error.encoding} text (byte {error.start})"
    except (SyntaxError, LookupError) as error:
        return str(error)
    found = ModuleText(raw, text, encoding)
    return found if found.encoded(text) == raw else f"its encoding ({encoding}) is ambiguous"


def digest_of(raw: bytes) -> str:
    """What the record calls a file's bytes by."""
    return hashlib.sha256(raw).hexdigest()[:16]
