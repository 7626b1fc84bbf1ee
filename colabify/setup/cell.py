"""The setup cell: Python for Colab alone, as a pure function of the plan.

What it may rely on is measured (google.colab is loaded before the first cell; a subprocess does not
raise unless asked; packages that the kernel has loaded must not be replaced). Every value that comes from
the repository enters as a Python literal and reaches programs as one word of a list, never through a shell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from colabify.setup import frame
from colabify.setup.clone import clone_blocks
from colabify.setup.elsewhere import drive_blocks, drive_fields, upload_blocks
from colabify.setup.fetch import fetch_blocks
from colabify.setup.form import SETUP, form_cell, form_source
from colabify.setup.front_end import front_end_blocks
from colabify.setup.install import (
    build_blocks,
    language_data_blocks,
    own_package_blocks,
    package_blocks,
    uses_pip,
)
from colabify.setup.literals import filled
from colabify.setup.persist import persist_blocks
from colabify.setup.shims import environment_blocks, shim_blocks
from colabify.steps import Clone, Drive, Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.steps import Setup


def setup_cell(setup: Setup, chosen: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The cell as nbformat has it, its source one string; a form, so that Colab shows it folded."""
    return form_cell(SETUP, setup_source(setup, chosen))


def setup_source(setup: Setup, chosen: Mapping[str, str] | None = None) -> str:
    """The source of the setup cell; it carries a checksum of itself, so that an edit is noticed.

    ``chosen`` is what a person has put into its form fields.
    """
    fields = drive_fields(setup.source) if isinstance(setup.source, Drive) else {}
    return form_source(SETUP, SETUP.titles[0], _blocks(setup), fields, chosen)


def _blocks(setup: Setup) -> list[str]:
    """The steps, in order.

    The files come first, and what students have kept in Drive takes its place among them before anything
    is built, installed or fetched from them.
    """
    may_fail = _may_go_wrong(setup)
    blocks = environment_blocks(setup)
    if setup.source or uses_pip(setup) or may_fail or setup.expects == "GPU":
        blocks.append(frame.RUN)
    blocks += [frame.WRONG] if may_fail else []
    blocks += _files_blocks(setup)
    blocks += persist_blocks(setup)
    blocks += package_blocks(setup)
    if setup.source:
        blocks += [*own_package_blocks(setup), frame.STAND]
        if setup.path_folders:
            blocks.append(filled(frame.REACH, folders=list(setup.path_folders)))
    blocks += [frame.AUTORELOAD] if setup.imp else []
    blocks += [*shim_blocks(setup), *front_end_blocks(setup)]
    blocks += build_blocks(setup) if setup.source else []
    blocks += language_data_blocks(setup)
    blocks += {"GPU": [frame.EXPECT_GPU], "TPU": [frame.EXPECT_TPU]}.get(setup.expects, [])
    blocks += fetch_blocks(setup)
    blocks += [frame.FAIL] if may_fail else []
    return blocks + ([_ready(setup)] if setup.source else [])


def _files_blocks(setup: Setup) -> list[str]:
    """What brings the course's files, and says where they are: ``root``, ``here`` and ``marks``."""
    match setup.source:
        case Clone() as clone:
            return clone_blocks(clone, setup.folder)
        case Drive() as drive:
            return drive_blocks(drive, setup.folder)
        case Upload() as upload:
            return upload_blocks(upload, setup.folder)
        case None:
            return []


def _may_go_wrong(setup: Setup) -> bool:
    """Whether there are steps whose failure is told at the end."""
    clone = setup.source if isinstance(setup.source, Clone) else None
    if clone is not None and (clone.lfs or clone.submodules):
        return True
    return any((setup.fetches, setup.supplies, setup.system, setup.builds, setup.data))


def _ready(setup: Setup) -> str:
    if isinstance(setup.source, Drive):
        return frame.READY_IN_DRIVE
    if persist_blocks(setup):
        return frame.READY_WITH_RESULTS
    return frame.READY_TO_SAVE if setup.results else frame.READY
