"""The setup cell: Python for Colab alone, as a pure function of the plan.

What it may rely on is measured (google.colab is loaded before the first cell; a subprocess does not
raise unless asked; packages that the kernel has loaded must not be replaced). Every value that comes from
the repository enters as a Python literal and reaches programs as one word of a list, never through a shell.
"""

from __future__ import annotations

import hashlib
import posixpath
from typing import TYPE_CHECKING, Any

from colabify.runtime import PROTECTED
from colabify.setup_blocks import (
    AUTORELOAD,
    CLONE,
    EXPECT_GPU,
    EXPECT_TPU,
    FETCH,
    HEAD,
    INSTALL,
    RUN,
    STAND,
    TAIL,
)

if TYPE_CHECKING:
    from colabify.plan import Setup

TITLE = "# @title Set up Google Colab"
_MARK = "# Added by colabify (setup 1, "
CELL_ID = "colabify-setup"
TAG = "colabify"
CONTENT = "/content"


def setup_cell(setup: Setup) -> dict[str, Any]:
    """The cell as nbformat has it, its source one string; a form, so that Colab shows it folded."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": CELL_ID,
        "metadata": {
            "cellView": "form",
            "id": CELL_ID,
            "jupyter": {"source_hidden": True},
            "tags": [TAG],
        },
        "outputs": [],
        "source": setup_source(setup),
    }


def setup_source(setup: Setup) -> str:
    """The source of the setup cell; it carries a checksum of itself, so that an edit is noticed."""
    blocks = [HEAD]
    if setup.clone or setup.installs or setup.expects == "GPU":
        blocks.append(RUN)
    if setup.clone:
        root = posixpath.join(CONTENT, setup.clone.name)
        folder = posixpath.join(root, setup.folder) if setup.folder else root
        where = {"url": setup.clone.url, "ref": setup.clone.ref, "root": root, "folder": folder}
        blocks.append(_filled(CLONE, where))
    if setup.installs:
        wanted = {one.distribution: one.requirement for one in setup.installs}
        blocks.append(_filled(INSTALL, {"wanted": wanted, "loaded": sorted(PROTECTED)}))
    for number, fetch in enumerate(setup.fetches, start=1):
        mark = f"colabify-fetch-{number}"
        values = {"mark": mark, "script": fetch.script, "paths": list(fetch.paths)}
        blocks.append(_filled(FETCH, values))
    if setup.clone:
        blocks.append(_filled(STAND, {"folders": ["", *setup.path_folders]}))
    if setup.autoreload:
        blocks.append(AUTORELOAD)
    blocks += {"GPU": [EXPECT_GPU], "TPU": [EXPECT_TPU]}.get(setup.expects, [])
    blocks.append(TAIL)
    body = "\n".join(blocks).rstrip("\n")
    return _signed(body)


def is_setup(source: str) -> bool:
    """Whether a cell's source is a setup cell, of whatever version, edited or not."""
    return _mark_line(source) is not None


def is_unedited(source: str) -> bool:
    """Whether a setup cell stands as colabify wrote it."""
    line = _mark_line(source)
    if line is None:
        return False
    body = source.replace(line + "\n", "", 1).removeprefix(TITLE + "\n")
    return _signed(body) == source


def _signed(body: str) -> str:
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    mark = f'{_MARK}{digest}): does nothing elsewhere; "colabify --undo" removes it.'
    return f"{TITLE}\n{mark}\n{body}"


def _mark_line(source: str) -> str | None:
    lines = source.split("\n", 3)[:3]
    return next((line for line in lines if line.startswith(_MARK)), None)


def _filled(block: str, values: dict[str, Any]) -> str:
    for name, value in values.items():
        block = block.replace(f"<{name}>", literal(value))
    return block


def literal(value: Any) -> str:
    """A Python literal as black would write it, pure ASCII unless the text is plain to read."""
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{literal(k)}: {literal(v)}' for k, v in value.items())}}}"
    text = repr(value)
    if text.startswith("'") and '"' not in text:
        text = '"' + text[1:-1].replace("\\'", "'") + '"'
    return text
