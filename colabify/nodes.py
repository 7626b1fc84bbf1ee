"""Notebooks as nbformat has them in memory: to bytes, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from colabify.notebook_json import NotebookError, check_notebook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode


def bytes_of(notebook: Mapping[str, Any]) -> bytes:
    """The notebook as Jupyter would save it. Nothing is checked or repaired beyond what colabify relies on.

    Raises:
        NotebookError: it is not an nbformat 4 notebook, or holds what is no JSON.

    """
    import nbformat

    check_notebook(notebook)
    try:
        text: str = nbformat.v4.writes_json(nbformat.from_dict(notebook)) + "\n"
    except (AttributeError, TypeError, ValueError) as error:
        raise NotebookError(f"not a notebook: it cannot be written ({error})") from None
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:  # half a character, for which only an escape can stand
        node = nbformat.from_dict(notebook)
        return f"{nbformat.v4.writes_json(node, ensure_ascii=True)}\n".encode()


def node_of(text: str) -> NotebookNode:
    """The notebook that the text of an ``.ipynb`` holds."""
    import nbformat

    node: NotebookNode = nbformat.v4.reads_json(text)
    return node
