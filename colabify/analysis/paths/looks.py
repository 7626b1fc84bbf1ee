"""What looks like a path, and what does not: addresses, dates, MIME types, fractions, LaTeX, patterns."""

from __future__ import annotations

_NEVER = frozenset("*?<>|{}\"'`;,^$[]()=&!%#")
_MIME = frozenset({"text", "image", "application", "audio", "video", "multipart", "font", "model"})
_LONGEST = 300
_LONGEST_ENDING = 8


def is_url(text: str) -> bool:
    """Whether ``text`` begins with a scheme, such as ``https://`` or ``gs://``, or is data itself."""
    scheme, found, _ = text.partition("://")
    return (bool(found) and scheme.isalnum() and scheme != "file") or text.startswith("data:")


def may_be_path(text: str) -> bool:
    """Whether what is given to a function that takes a path can be one: neither an address nor content."""
    content = text.lstrip()[:1] in ("<", "{") or text.count("\n") > 1 or "\0" in text
    return bool(text.strip()) and not content and not is_url(text) and len(text) <= _LONGEST


def looks_like_path(text: str) -> bool:
    """Whether a string could be a path: has a separator, and no white space, wildcard or URL."""
    if not 3 <= len(text) <= _LONGEST or is_url(text):
        return False
    if any(char.isspace() or char in _NEVER for char in text):
        return False
    if "/" in text.strip("/"):
        return not _is_label(text)
    return "\\" in text.strip("\\")


def looks_like_file(text: str) -> bool:
    """Whether a string without a separator could be a file's name: it has an ending."""
    stem, dot, ending = text.rpartition(".")
    if not (dot and stem and 0 < len(ending) <= _LONGEST_ENDING and len(text) <= _LONGEST):
        return False
    return ending.isalnum() and not any(c in _NEVER or c in "/\\\n\t" for c in text)


def _is_label(text: str) -> bool:
    """Whether a text with slashes is a date, a fraction or a MIME type."""
    parts = text.split("/")
    if all(part.replace(".", "").replace("-", "").isdigit() for part in parts if part):
        return True
    return len(parts) == 2 and parts[0] in _MIME and "." not in parts[1]
