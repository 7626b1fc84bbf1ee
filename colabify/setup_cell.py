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

from colabify import install_blocks
from colabify.install_blocks import (
    BUILD,
    EXTRAS,
    INSTALL,
    KEEP,
    NLTK,
    PACKAGE,
    PIP,
    REPLACE,
    SPACY,
    STRICT,
    SYSTEM,
)
from colabify.runtime import LOADED
from colabify.setup_blocks import (
    AUTORELOAD,
    CLONE,
    EXPECT_GPU,
    EXPECT_TPU,
    FAIL,
    FETCH,
    HEAD,
    REACH,
    READY,
    RUN,
    STAND,
    TAIL,
    WRONG,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.analysis.data import Fetch
    from colabify.plan import Clone, Install, Setup

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
    blocks = [HEAD, *_machine_blocks(setup)]
    if setup.clone:
        blocks += [*_package_blocks(setup, setup.clone), STAND]
        if setup.path_folders:
            blocks.append(_filled(REACH, folders=_below(setup.clone, setup.path_folders)))
    if setup.imp:
        blocks.append(AUTORELOAD)
    if setup.clone and setup.builds:
        blocks.append(_filled(BUILD, builds=_builds(setup, setup.clone)))
    blocks += _data_blocks(setup)
    blocks += {"GPU": [EXPECT_GPU], "TPU": [EXPECT_TPU]}.get(setup.expects, [])
    if setup.fetches:
        blocks.append(Template(FETCH).substitute(calls=_calls(setup.fetches)))
    if _may_go_wrong(setup):
        blocks.append(FAIL)
    blocks += [READY] if setup.clone else []
    return _signed("\n".join([*blocks, TAIL]).rstrip("\n"))


def _may_go_wrong(setup: Setup) -> bool:
    """Whether there are steps whose failure is told at the end."""
    return bool(setup.fetches or setup.system or setup.builds or setup.data)


def _machine_blocks(setup: Setup) -> list[str]:
    """What stands at the beginning: programs, the clone, and packages of others."""
    blocks = []
    if setup.clone or _uses_pip(setup) or _may_go_wrong(setup) or setup.expects == "GPU":
        blocks.append(RUN)
    if _may_go_wrong(setup):
        blocks.append(WRONG)
    if setup.clone:
        blocks.append(_clone_block(setup, setup.clone))
    if setup.system:
        needs = [(one.package, one.what, one.command) for one in setup.system]
        blocks.append(_filled(SYSTEM, needs=needs))
    if _uses_pip(setup):
        insisted = {one.distribution for one in setup.installs if one.strict}
        blocks.append(_filled(install_blocks.LOADED, loaded=sorted(LOADED - insisted)))
    if setup.keeps_loaded:
        blocks.append(KEEP)
    if setup.installs or setup.packages:
        blocks.append(PIP)
    return blocks + _install_blocks(setup.installs)


def _uses_pip(setup: Setup) -> bool:
    models = any(one.kind == "spacy" for one in setup.data)
    return bool(setup.installs or setup.packages or setup.keeps_loaded or models)


def _install_blocks(installs: Sequence[Install]) -> list[str]:
    missing = {
        one.distribution: one.requirement for one in installs if not (one.replaces or one.extras)
    }
    extras = [one.requirement for one in installs if one.extras]
    replaced = [one for one in installs if one.replaces and not one.strict]
    insisted = [one for one in installs if one.strict]
    blocks = [_filled(INSTALL, wanted=missing)] if missing else []
    if extras:
        blocks.append(_filled(EXTRAS, extras=extras))
    if replaced:
        blocks.append(_filled(REPLACE, replaced=_versions(replaced)))
    return blocks + ([_filled(STRICT, insisted=_versions(insisted))] if insisted else [])


def _versions(installs: Sequence[Install]) -> list[tuple[str, str, str]]:
    """``(distribution, requirement, the module that is loaded if it is)`` of each."""
    return [(one.distribution, one.requirement, one.module.partition(".")[0]) for one in installs]


def _package_blocks(setup: Setup, clone: Clone) -> list[str]:
    folders = enumerate(_below(clone, setup.packages), start=1)
    marks = [(folder, f"colabify-package-{number}") for number, folder in folders]
    return [_filled(PACKAGE, packages=marks)] if marks else []


def _builds(setup: Setup, clone: Clone) -> list[tuple[str, list[str], bool]]:
    """``(folder of a setup.py, what it makes, whether the code goes on without)``, each folder once."""
    products: dict[str, list[str]] = {}
    needed = {one.folder for one in setup.builds if not one.optional}
    for one in setup.builds:
        products.setdefault(one.folder, []).append(one.product)
    return [
        (_below(clone, [folder])[0], _below(clone, made), folder not in needed)
        for folder, made in products.items()
    ]


def _data_blocks(setup: Setup) -> list[str]:
    """NLTK's data and spaCy's models, which the code loads by name."""
    corpora = [(one.name, one.resource) for one in setup.data if one.kind == "nltk"]
    models = [one.name for one in setup.data if one.kind == "spacy"]
    blocks = [_filled(NLTK, corpora=corpora)] if corpora else []
    return blocks + ([_filled(SPACY, models=models)] if models else [])


def _below(clone: Clone, folders: Sequence[str]) -> list[str]:
    """Where paths of the repository are on Colab."""
    root = posixpath.join(CONTENT, clone.name)
    return [posixpath.join(root, one) if one else root for one in folders]


def _calls(fetches: Sequence[Fetch]) -> str:
    """A line for each script: what to run, for which paths, and under which mark it is unfinished."""
    words = (
        (literal(one.script), literal(list(one.paths)), literal(f"colabify-fetch-{number}"))
        for number, one in enumerate(fetches, start=1)
    )
    return "".join(f"    fetch({', '.join(one)})\n" for one in words)


def _clone_block(setup: Setup, clone: Clone) -> str:
    root, here = _below(clone, ["", setup.folder])
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
    if isinstance(value, tuple):
        return f"({', '.join(literal(item) for item in value)})"
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
