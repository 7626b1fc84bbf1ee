"""What the code reads and git does not hold: scripts that fetch it, or that nothing brings it."""

from __future__ import annotations

import ast
import itertools
import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.analysis.callables import DOWNLOADS
from colabify.analysis.flow import surely_run, used_names
from colabify.analysis.given import given_by_cells, given_by_module
from colabify.analysis.resolve import COLABS_OWN, is_absolute, is_of_a_machine, join, repair
from colabify.findings import Finding
from colabify.program import qualified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colabify.analysis.data import Fetch
    from colabify.analysis.given import Given
    from colabify.analysis.paths import PathUse
    from colabify.facts import Course, Facts
    from colabify.program import Program, Unit
    from colabify.project import Project

_HARMLESS = frozenset(
    {"apt", "apt-get", "cat", "cd", "clear", "conda", "date", "df", "du", "echo", "file", "free",
     "grep", "head", "less", "ls", "lscpu", "mkdir", "more", "nvcc", "nvidia-smi", "pip", "pip3",
     "ps", "pwd", "sleep", "tail", "tree", "type", "uname", "wc", "which", "whoami"}
)  # fmt: skip
"""Commands that bring no data, unless their output is redirected."""


def brings_files(program: Program, units: Sequence[Unit], imports: Mapping[str, str]) -> bool:
    """Whether the code may bring files by itself, so that a missing one may be no fault.

    It downloads or unpacks, or gives a command of which it is not known that it does not.
    """
    for unit in units:
        for node in unit.nodes:
            if isinstance(node, ast.Call):
                name = qualified(node.func, imports) or getattr(node.func, "attr", "")
                if name.rpartition(".")[2] in DOWNLOADS:
                    return True
    in_cells = (given for _, given in given_by_cells(program, imports))
    in_modules = (one for unit in units if unit.path is not None for one in given_by_module(unit))
    return any(_may_bring(given) for given in itertools.chain(in_cells, in_modules))


def _may_bring(given: Given) -> bool:
    """Whether a command is not known to bring nothing; what ``$(...)`` stands for may redirect too."""
    if any(one.writes for one in given.command.redirections):
        return True
    if any(">" in word.text and not word.known for word in given.words):
        return True
    texts = given.command.texts
    if {"pip", "pip3"} & set(texts) and "install" in texts:
        return False
    return posixpath.basename(texts[0]) not in _HARMLESS


def plan_data(facts: Facts, course: Course) -> tuple[tuple[Fetch, ...], list[Finding]]:
    """The scripts that fetch what git does not hold, and a finding for each file that nothing brings."""
    project = course.project
    found: dict[str, Fetch] = {}
    findings: dict[str, Finding] = {}
    used = used_names(facts.units)
    for use in facts.paths:
        if not use.text or use.makes:
            continue
        path = _absent(use, facts, project)
        if path is None or facts.is_made(path):
            continue
        sure = use.use == "read" and facts.settled and _is_needed(use, facts, used)
        fetch = None if is_absolute(path) else course.fetchers.find(path, certain=sure)
        if fetch is not None:
            before = found.get(fetch.script, fetch)
            found[fetch.script] = replace(before, paths=_with(before.paths, path))
        elif sure:
            findings.setdefault(path, _missing_file(use, path, project))
    return tuple(found.values()), list(findings.values())


def _with(paths: tuple[str, ...], path: str) -> tuple[str, ...]:
    """``paths`` and ``path``, less what only begins the name of another.

    ``squeezenet.ckpt`` is no file of its own where ``squeezenet.ckpt.index`` is one.
    """
    every = dict.fromkeys([*paths, path])
    return tuple(one for one in every if not any(o.startswith(f"{one}.") for o in every))


def _absent(use: PathUse, facts: Facts, project: Project) -> str | None:
    """The file that ``use`` means, below the root, if the ref lacks it; or a path of another machine.

    A literal that is only mentioned has to lead into a folder that is there.
    """
    slashed = use.text.replace("\\", "/")
    if is_absolute(slashed):
        other = use.use == "read" and is_of_a_machine(slashed)
        mended = repair(project.files, facts.stand, use.text)
        return slashed if other and mended is None else None
    base = posixpath.dirname(use.unit.path or "") if use.of_module else facts.stand
    path = join(base, use.text)
    if not path or project.files.holds(path) or path.startswith(COLABS_OWN):
        return None
    if use.use != "read" and posixpath.dirname(path) not in project.files.folders:
        return None
    mended = None if use.of_module else repair(project.files, facts.stand, use.text)
    return path if mended is None or use.use == "mention" else None


def _is_needed(use: PathUse, facts: Facts, used: frozenset[str]) -> bool:
    """Whether the notebook surely fails if the file is not there."""
    if facts.brings_files or _is_named_before(use, facts):
        return False
    return use.node is None or id(use.node) in surely_run(use.unit, used)


def _is_named_before(use: PathUse, facts: Facts) -> bool:
    """Whether the code names the file before it reads it, and so may well make it.

    ``ModelCheckpoint("net.h5")`` comes before ``load_model("net.h5")``; the ending may differ, as that
    of ``np.save("x", x)`` does.
    """
    stem = posixpath.splitext(use.text)[0]
    unread = (cell.source for cell in facts.program.cells if cell.unit is None)
    if any(stem in source for source in unread):
        return True
    reads = {id(one) for other in facts.paths if other.use == "read" for one in other.literals}
    units = itertools.takewhile(lambda unit: unit is not use.unit, facts.program.units)
    before = [node for unit in units for node in unit.nodes]
    before += [node for node in use.unit.nodes if getattr(node, "lineno", use.line) < use.line]
    return any(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in reads
        and posixpath.splitext(node.value)[0] == stem
        for node in before
    )


def _missing_file(use: PathUse, path: str, project: Project) -> Finding:
    where = {"cell": use.unit.cell, "path": use.unit.path, "line": use.line}
    if is_absolute(path):
        text = f"{use.text} is on somebody's own machine, not in the repository"
        return Finding("COL311", text, "error", **where)  # type: ignore[arg-type]
    here = project.root is not None and (project.root / path).exists()
    why = "git does not track it" if here else "it is not here either"
    near = project.files.by_name.get(posixpath.basename(path), [])[:2]
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    text = f"{use.text} is not in the repository at {project.ref or 'any ref'} ({why}){hint}"
    return Finding("COL311", text, "error", **where)  # type: ignore[arg-type]
