"""The JSON of a notebook: decoded, read, and checked to be nbformat 4 as far as colabify relies on it."""

from __future__ import annotations

import json
from typing import Any

from colabify.errors import ColabifyError
from colabify.jsonspan import Member, read_array, read_object, skip_space, value_at


class NotebookError(ColabifyError):
    """A file that is not a notebook colabify can read; the message says why, with line and column."""


def decode(raw: bytes) -> str:
    """The text of the bytes of an ``.ipynb``.

    Raises:
        NotebookError: it is not UTF-8.

    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotebookError(f"not UTF-8 text (byte {error.start})") from None


def read_notebook(text: str) -> dict[str, Member]:
    """The members of the notebook whose text this is, by key; the last of those that are called the same.

    The value of ``cells`` is a list of :class:`~colabify.jsonspan.Element`, that of each its members by key.
    What it has for ``outputs`` is checked to be JSON, and not kept: a notebook is large by nothing else.

    Raises:
        NotebookError: it is not JSON (with line and column), or not an nbformat 4 notebook.

    """
    if not text or text.isspace():
        raise NotebookError("the file is empty")
    try:
        root = _read_root(text)
    except RecursionError:
        raise NotebookError("not a notebook: its JSON is nested too deeply") from None
    except ValueError:
        _check_json(text)
        raise  # what json reads we read
    data = {key: member.value for key, member in root.items()}
    if "cells" in root and text[root["cells"].start] == "[":
        data["cells"] = [_said(one.value) for one in data["cells"]]
    check_notebook(data)
    return root


def read_cell(text: str, index: int) -> dict[str, Member]:
    """The members of the cell whose text this is, as :func:`read_notebook` has them.

    Raises:
        NotebookError: it is no cell; the message calls it by its index, counted from 1.

    """
    found, _ = read_object(text, 0, {"outputs": _pass_over})
    members = _by_key(found)
    _check_cell(index, _said(members))
    return members


def _read_root(text: str) -> dict[str, Member]:
    start = skip_space(text, 0)
    if text[start] != "{":
        raise ValueError("not an object")
    found, end = read_object(text, start, {"cells": _read_cells})
    if skip_space(text, end) != len(text):
        raise ValueError("more than an object")
    return _by_key(found)


def _read_cells(text: str, start: int) -> tuple[Any, int]:
    if text[start : start + 1] != "[":
        return value_at(text, start)
    return read_array(text, start, _read_cell)


def _read_cell(text: str, start: int) -> tuple[Any, int]:
    if text[start : start + 1] != "{":
        return value_at(text, start)
    found, end = read_object(text, start, {"outputs": _pass_over})
    return _by_key(found), end


def _pass_over(text: str, start: int) -> tuple[None, int]:
    return None, value_at(text, start)[1]


def _by_key(found: list[Member]) -> dict[str, Member]:
    return {member.key: member for member in found}


def _said(cell: Any) -> Any:
    return {key: one.value for key, one in cell.items()} if isinstance(cell, dict) else cell


def _check_json(text: str) -> None:
    """Raise what is wrong with a text that is no JSON object."""
    try:
        check_notebook(json.loads(text))
    except json.JSONDecodeError as error:
        raise NotebookError(
            f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        ) from None
    except ValueError:  # Python reads no integer of more than 4,300 digits
        raise NotebookError("not a notebook: it holds a number that is too long") from None
    except RecursionError:
        raise NotebookError("not a notebook: its JSON is nested too deeply") from None


def check_notebook(data: Any) -> None:
    """Refuse what is no nbformat 4 notebook, as far as colabify relies on it.

    Raises:
        NotebookError: it is none; the message says why.

    """
    if not isinstance(data, dict):
        raise NotebookError("not a notebook: the file holds JSON, but no object")
    version = data.get("nbformat")
    if not isinstance(version, int):
        raise NotebookError("not a notebook: it has no nbformat number")
    if version != 4:
        hint = "; jupyter nbconvert --to notebook --inplace brings it to 4" if version < 4 else ""
        raise NotebookError(f"nbformat {version}: colabify reads nbformat 4{hint}")
    if not isinstance(data.get("nbformat_minor", 0), int):
        raise NotebookError("not a notebook: nbformat_minor is not a number")
    if not isinstance(data.get("metadata"), dict):
        raise NotebookError("not a notebook: it has no metadata object")
    if not isinstance(data.get("cells"), list):
        raise NotebookError("not a notebook: it has no list of cells")
    for index, cell in enumerate(data["cells"]):
        _check_cell(index, cell)


def _check_cell(index: int, cell: Any) -> None:
    if not isinstance(cell, dict):
        raise NotebookError(f"not a notebook: cell {index + 1} is not an object")
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    if not all(isinstance(line, str) for line in lines):
        raise NotebookError(f"not a notebook: the source of cell {index + 1} is not text")
    if not isinstance(cell.get("metadata") or {}, dict):
        raise NotebookError(f"not a notebook: the metadata of cell {index + 1} is not an object")
