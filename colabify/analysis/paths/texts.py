"""Texts put together by ``format``, ``%``, f-strings and the methods of strings and paths."""

from __future__ import annotations

import posixpath
import re
import string
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.analysis.paths.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDE = re.compile(r"\d{4}")
_PLAIN = re.compile(r"%%|%\(\w+\)s|%s")


def formatted(
    template: str, positional: Sequence[Value], named: Mapping[str, Value]
) -> Value | None:
    """What ``template.format(...)`` says; None if that is not known."""
    if _WIDE.search(template) or not template:
        return None
    try:
        fields = list(string.Formatter().parse(template))
        plain = [_said(one) for one in positional]
        text = string.Formatter().vformat(
            template, plain, {name: _said(one) for name, one in named.items()}
        )
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return None
    first = _first_field(fields, positional, named)
    return _begun_by(first, text)


def _first_field(
    fields: Sequence[tuple[str, str | None, str | None, str | None]],
    positional: Sequence[Value],
    named: Mapping[str, Value],
) -> Value | None:
    """The value that a template begins with; None if it begins with text."""
    text, name, spec, conversion = fields[0]
    if text or name is None or spec or conversion:
        return None
    if name.isdigit() or not name:
        at = int(name or 0)
        return positional[at] if at < len(positional) else None
    return named.get(name)


def percent(template: str, values: Sequence[Value], names: Sequence[str] = ()) -> Value | None:
    """What ``template % values`` says, or that of a dictionary with ``names``; None if that is not known."""
    if _WIDE.search(template):
        return None
    if any(one.holes for one in values) and _PLAIN.sub("", template).count("%"):
        return None
    plain = tuple(_said(one) for one in values)
    try:
        text = template % (dict(zip(names, plain, strict=True)) if names else plain)
    except (ValueError, KeyError, TypeError):
        return None
    first = values[0] if template.startswith("%s") and values else None
    return _begun_by(first, text)


def specified(value: Value, spec: str) -> Value | None:
    """What ``f"{value:spec}"`` says; None if that is not known."""
    if _WIDE.search(spec) or value.holes:
        return None
    try:
        return Value(format(_said(value), spec))
    except (ValueError, TypeError):
        return None


def _said(value: Value) -> str | int | float:
    return value.text if value.number is None else value.number


def _begun_by(first: Value | None, text: str) -> Value:
    """A text that begins with the path ``first``, or with no path of its own."""
    if first is None or first.number is not None or not text.startswith(first.text):
        return Value(text)
    return replace(first, text=text, tail=first.tail + text[len(first.text) :])


def of_method(value: Value, method: str, arguments: Sequence[Value]) -> Value | None:
    """What a method of a string or a path gives; None if it is not one of those that are known."""
    texts = [one.text for one in arguments]
    text: str | None = None
    match method, texts:
        case "with_suffix", [suffix]:
            text = posixpath.splitext(value.text)[0] + suffix
        case "with_name", [name]:
            text = posixpath.join(posixpath.dirname(value.text), name)
        case "with_stem", [stem]:
            ending = posixpath.splitext(value.text)[1]
            text = posixpath.join(posixpath.dirname(value.text), stem + ending)
        case "replace", [old, new]:
            text = value.text.replace(old, new)
        case "rstrip" | "lstrip" | "strip" | "lower" | "upper" | "removesuffix" | "removeprefix", _:
            text = getattr(value.text, method)(*texts) if len(texts) < 2 else None
    return None if text is None or value.number is not None else _changed(value, text)


def of_attribute(value: Value, attribute: str) -> Value | None:
    """What an attribute of a path says: ``name``, ``stem``, ``suffix``."""
    name = posixpath.basename(value.text)
    stem, ending = posixpath.splitext(name)
    said = {"name": name, "stem": stem, "suffix": ending}.get(attribute)
    return None if said is None or value.number is not None else Value(said)


def without_ending(value: Value) -> Value:
    """``os.path.splitext(path)[0]``."""
    return _changed(value, posixpath.splitext(value.text)[0])


def _changed(value: Value, text: str) -> Value:
    return value if text == value.text else replace(value, text=text, literals=(), tail="")
