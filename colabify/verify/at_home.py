"""Whether a ported notebook still runs where it was written: in a copy of its course, without Colab."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

from colabify.tags import meant_error
from colabify.verify.home import home_session
from colabify.verify.limits import GIB, size_of
from colabify.verify.outcome import StepRun
from colabify.verify.subject import modules_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from colabify.notebook import Cell
    from colabify.verify.kernel import CellResult
    from colabify.verify.subject import Subject
    from colabify.verify.work import Stage

_MOST = GIB
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".ipynb_checkpoints", ".tox", ".venv", "__pycache__", "node_modules", "venv"
)


def compare_at_home(
    subject: Subject,
    stage: Stage,
    on_colab: Mapping[int, CellResult],
    skipped: Collection[int],
) -> tuple[StepRun, dict[int, bool]]:
    """Run the ported notebook at home; which of its cells fail there comes out too.

    Where some do, the notebook as it was before is run as well: it is the port's doing only if they did
    not fail then.
    """
    started = time.monotonic()
    root = subject.course.project.root or subject.path.parent
    if size_of(root, enough=_MOST) > _MOST:
        why = f"the course's folder holds more than {_MOST // GIB} GB: it was not copied"
        return StepRun("home", "skipped", why), {}
    ported = [cell for cell in subject.code if cell.index not in skipped and cell.index in on_colab]
    failed = _failures(subject, stage, "home", ported, modules_of(subject.course))
    fails = {cell.index: cell.index in failed for cell in ported}
    new = [] if subject.as_is else _new_failures(subject, stage, ported, failed)
    seconds = time.monotonic() - started
    if new:
        places = ", ".join(subject.place(cell) for cell in new)
        why = f"{places} ran at home before the port, and fails there now"
        return StepRun("home", "failed", why, seconds), fails
    why = f"{len(failed)} cells fail there, as they did before the port" if failed else ""
    return StepRun("home", "passed", why, seconds), fails


def _new_failures(
    subject: Subject, stage: Stage, ported: list[Cell], failed: Collection[int]
) -> list[Cell]:
    """The cells that fail at home, and did not before the port."""
    if not failed:
        return []
    olds = {cell.index: cell for cell in subject.before.cells}
    there = [
        (cell, olds[subject.places[cell.index]]) for cell in ported if cell.index in subject.places
    ]
    before = _failures(subject, stage, "before", [old for _, old in there], {})
    return [new for new, old in there if new.index in failed and old.index not in before]


def _failures(
    subject: Subject, stage: Stage, name: str, cells: Iterable[Cell], modules: Mapping[str, bytes]
) -> frozenset[int]:
    """The cells that fail in a copy of the course in which the modules are as given."""
    folder = stage.folder / name
    here = _copy(subject, folder / "course", modules)
    failed = set()
    with home_session(
        folder / "machine", here, stage.environment.base, env=stage.env, limits=stage.options.limits
    ) as session:
        for cell in cells:
            result = session.run_cell(cell.source, timeout=stage.options.timeout)
            if result.error is not None and not meant_error(cell):
                failed.add(cell.index)
    shutil.rmtree(folder, ignore_errors=True)
    return frozenset(failed)


def _copy(subject: Subject, target: Path, modules: Mapping[str, bytes]) -> Path:
    """Copy the course; the folder of the notebook in the copy comes out."""
    root = subject.course.project.root or subject.path.parent
    shutil.copytree(root, target, symlinks=True, ignore=_LEFT_OUT, ignore_dangling_symlinks=True)
    for path, raw in modules.items():
        (target / path).write_bytes(raw)
    return target / subject.path.parent.relative_to(root)
