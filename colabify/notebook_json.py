"""The JSON of a notebook: read, and checked to be nbformat 4 as far as colabify relies on it."""

from __future__ import annotations

import json
from typing import Any

from colabify.errors import ColabifyError


class NotebookError(ColabifyError):
    """A file that is not a notebook colabify can read; the message says why, with line and column."""


def read_json(text: str) -> dict[str, Any]:
    """What the text of an ``.ipynb`` says.

    Raises:
        NotebookError: it is not JSON (with line and column), or not an nbformat 4 notebook.

    """
    if not text.strip():
        raise NotebookError("the file is empty")
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotebookError(
            f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        ) from None
    except ValueError:  # Python reads no integer of more than 4,300 digits
        raise NotebookError("not a notebook: it holds a number that is too long") from None
    except RecursionError:
        raise NotebookError("not a notebook: its JSON is nested too deeply") from None
    check_notebook(data)
    found: dict[str, Any] = data
    return found


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
