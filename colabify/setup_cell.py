"""The setup cell: Python for Colab alone, as a pure function of the plan.

What it may rely on is measured (google.colab is loaded before the first cell; a subprocess does not
raise unless asked; packages that the kernel has loaded must not be replaced). Every value that comes from
the repository enters as a Python literal and reaches programs as one word of a list, never through a shell.
"""

from __future__ import annotations

import hashlib
import posixpath
from string import Template
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
    REACH,
    READY,
    RUN,
    STAND,
    TAIL,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.analysis.data import Fetch
    from colabify.plan import Clone, Setup

TITLE = "# @title Set up Google Colab"
_MARK = "# Added by colabify (setup 1, "
CELL_ID = "colabify-setup"
TAG = "colabify"
CONTENT = "/content"
_ROOM = 70
"""How long a list or a dict may be on one line."""


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
        blocks.append(_clone_block(setup, setup.clone))
    if setup.installs:
        wanted = {one.distribution: one.requirement for one in setup.installs}
        blocks.append(_filled(INSTALL, wanted=wanted, loaded=sorted(PROTECTED)))
    if setup.clone:
        blocks.append(STAND)
    if setup.clone and setup.path_folders:
        root = posixpath.join(CONTENT, setup.clone.name)
        folders = [posixpath.join(root, one) if one else root for one in setup.path_folders]
        blocks.append(_filled(REACH, folders=folders))
    if setup.autoreload:
        blocks.append(AUTORELOAD)
    blocks += {"GPU": [EXPECT_GPU], "TPU": [EXPECT_TPU]}.get(setup.expects, [])
    if setup.fetches:  # last: what fails here leaves everything else in place
        blocks.append(Template(FETCH).substitute(calls=_calls(setup.fetches)))
    blocks += [READY] if setup.clone else []
    return _signed("\n".join([*blocks, TAIL]).rstrip("\n"))


def _calls(fetches: Sequence[Fetch]) -> str:
    """A line for each script: what to run, for which paths, and under which mark it is unfinished."""
    words = (
        (literal(one.script), literal(list(one.paths)), literal(f"colabify-fetch-{number}"))
        for number, one in enumerate(fetches, start=1)
    )
    return "".join(f"        fetch({', '.join(one)}),\n" for one in words)


def _clone_block(setup: Setup, clone: Clone) -> str:
    root = posixpath.join(CONTENT, clone.name)
    here = posixpath.join(root, setup.folder) if setup.folder else root
    return _filled(CLONE, url=clone.url, ref=clone.ref, root=root, here=here)


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


def _filled(block: str, **values: Any) -> str:
    """``block`` with a literal for each ``$name``, in one pass: what a value says is never filled in."""
    return Template(block).substitute({name: literal(value) for name, value in values.items()})


def literal(value: Any) -> str:
    """A Python literal, ASCII alone, in double quotes, and with one item a line where it gets long."""
    if isinstance(value, list):
        return _collection("[]", [literal(item) for item in value])
    if isinstance(value, dict):
        return _collection("{}", [f"{literal(k)}: {literal(v)}" for k, v in value.items()])
    text = ascii(value)
    if text.startswith("'") and '"' not in text:
        text = '"' + text[1:-1] + '"'
    return text


def _collection(brackets: str, items: list[str]) -> str:
    line = brackets[0] + ", ".join(items) + brackets[1]
    if len(line) <= _ROOM:
        return line
    lines = "".join(f"\n        {item}," for item in items)
    return f"{brackets[0]}{lines}\n    {brackets[1]}"
