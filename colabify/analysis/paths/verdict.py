"""The verdict on one path that the code uses: whether it is there on Colab, and what brings it if not."""

from __future__ import annotations

import ast
import fnmatch
import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.analysis.made import path_from, place_of
from colabify.analysis.named_before import is_named_before
from colabify.analysis.paths.folders import asked_by
from colabify.analysis.paths.run_scripts import idle_runs, runner_of
from colabify.analysis.resolve import (
    COLABS_OWN,
    below_clone,
    is_absolute,
    is_of_a_machine,
    join,
    repair,
    suggestions,
)
from colabify.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.analysis.made import Maker
    from colabify.analysis.paths.uses import PathUse
    from colabify.course import Course
    from colabify.facts import Facts
    from colabify.plans import PathState
    from colabify.steps import Fetch
    from colabify.supply import Supply

_WILD = frozenset("*?[")
_LONGEST = 80
_REPAIRS = {
    "case": "spelled as the file is",
    "backslash": "with slashes",
    "encoded": "decoded",
    "absolute": "relative to where the notebook runs",
    "folder": "seen from where the notebook runs",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about a path: the members of a :class:`~colabify.plans.PathRow`, and what follows."""

    text: str
    state: PathState
    path: str = ""
    why: str = ""
    fetch: Fetch | None = None
    supply: Supply | None = None
    finding: Finding | None = None


class Judge:
    """Judges the paths of one notebook."""

    def __init__(self, facts: Facts, course: Course, supplies: Mapping[str, Supply]) -> None:
        """``supplies`` are what the configuration declares, by path."""
        self._facts, self._project, self._fetchers = facts, course.project, course.fetchers
        self._course = course
        self._supplies = supplies.values()
        self._name = course.project.remote.name if course.project.remote else ""

    @cached_property
    def _idle(self) -> list[Maker]:
        return idle_runs(self._facts.makers, self._project)

    def of(self, use: PathUse) -> Verdict | None:
        """The verdict on ``use``; None for a literal that is only mentioned and leads nowhere."""
        if not use.text:
            said = ast.unparse(use.node) if isinstance(use.node, ast.expr) else ""
            why = "it is put together while the code runs"
            return Verdict(said[:_LONGEST], "unknown", why=why)
        if is_absolute(use.text.replace("\\", "/")):
            return self._absolute(use)
        path = path_from(use.folder, use.text)
        if path is None:
            if use.use == "mention":
                return None
            return Verdict(use.text, "unknown", why="where the code stands by then is not known")
        if use.text.startswith(COLABS_OWN) and not self._project.files.holds(path):
            return Verdict(use.text, "elsewhere", why="Colab has it")
        return self._relative(use, path)

    def _absolute(self, use: PathUse) -> Verdict | None:
        slashed = use.text.replace("\\", "/")
        cloned = below_clone(self._project.files, slashed, self._name)
        if cloned is not None:
            return Verdict(use.text, "there", cloned)
        mended = self._mended(use)
        if mended is not None or use.use == "mention":
            return mended
        moves = use.escape is not None and use.escape.name in _MOVES
        if moves and is_of_a_machine(slashed) and self._is_run(use):
            return self._stays(use)
        made = not use.makes and use.text in {one.text for one in self._facts.paths if one.makes}
        by = asked_by(use, self._facts)
        if not (use.use == "read" or by) or made or not is_of_a_machine(slashed):
            return Verdict(use.text, "made" if made else "elsewhere")
        why = "it is on somebody's own machine"
        settle = _LEAVE if by == "os.chdir" else _SETTLE
        finding = self._finding(use, f"{use.text} is on somebody's own machine, {_OUT}; {settle}")
        return Verdict(use.text, "missing", why=why, finding=finding)

    def _stays(self, use: PathUse) -> Verdict:
        """``%cd`` to a folder of a machine: it prints that there is none, and stays."""
        text = f"{use.text} is on somebody's own machine, {_OUT}: the code stays where it is; {_LEAVE_OUT}"
        finding = Finding(
            "COL311", text, cell=use.unit.cell, line=use.line_there, path=use.unit.path
        )
        return Verdict(use.text, "missing", why="it is on somebody's own machine", finding=finding)

    def _relative(self, use: PathUse, path: str) -> Verdict | None:
        there = None if "\\" in use.text else self._there(use, path)
        if there is not None and there.state not in ("lfs", "submodule"):
            return there
        supply = self._supply(use, path)
        if supply is not None:
            why = f"[tool.colabify.data] has its {supply.way}"
            return Verdict(use.text, "supplied", path, why, supply=supply)
        if there is not None:
            return there
        if use.makes:
            return Verdict(use.text, "made", path, "it is made here")
        maker = self._facts.makers.of(path, place_of(use.unit, use.node, use.line))
        if maker is not None:
            return Verdict(use.text, "made", path, maker.why)
        if use.use == "mention":
            return self._fetched(use, path) or self._mended(use)
        return self._mended(use) or self._fetched(use, path) or self._absent(use, path)

    def _there(self, use: PathUse, path: str) -> Verdict | None:
        project = self._project
        if _WILD & set(path) and fnmatch.filter(project.files.files, path):
            return Verdict(use.text, "there", path)
        submodule = project.files.submodule_of(path)
        if submodule is not None and path != submodule:
            return Verdict(use.text, "submodule", path, f"in the submodule {submodule}")
        if not project.files.holds(path):
            return None
        if project.published and not project.tree.holds(path):
            return Verdict(
                use.text, "not pushed", path, "git tracks it here, the remote has it not"
            )
        if project.is_lfs(path):
            return Verdict(use.text, "lfs", path, "Git LFS holds it")
        return Verdict(use.text, "there", path)

    def _supply(self, use: PathUse, path: str) -> Supply | None:
        """What the configuration declares for ``path``, or for something in a folder that is listed."""
        covering = [one for one in self._supplies if one.covers(path)]
        if covering:
            return max(covering, key=lambda one: len(one.path))
        listed = use.use == "list" and not self._project.files.holds(path)
        below = (one for one in self._supplies if one.path.startswith(f"{path}/"))
        return next(below, None) if listed else None

    def _mended(self, use: PathUse) -> Verdict | None:
        """What is rewritten; of what is only mentioned, no more than is certainly a path."""
        is_rooted = is_absolute(use.text.replace("\\", "/"))
        folder = self._facts.stand if use.folder is None and is_rooted else use.folder
        if use.makes or folder is None:
            return None
        found = repair(self._project.files, folder, use.text, name=self._name)
        if found is None:
            return None
        sure = use.use != "mention" or (is_rooted and "/" in found.path)
        if not sure and found.reason != "backslash":
            return None
        path = join(folder, found.path) or ""
        return Verdict(use.text, "mended", path, _REPAIRS[found.reason])

    def _fetched(self, use: PathUse, path: str) -> Verdict | None:
        """What a script of the repository brings; what is not read, into a folder that is there."""
        inside = posixpath.dirname(path) in self._project.files.folders
        if path.startswith("..") or _WILD & set(path) or not (use.use == "read" or inside):
            return None
        makers, place = self._facts.makers, place_of(use.unit, use.node, use.line)
        certain = self._is_sure(use) and makers.perhaps(path, place, idle=self._idle) is None
        fetch = self._fetchers.find(path, certain=certain)
        if fetch is None:
            return None
        runner = runner_of(fetch.script, place, makers, self._project)
        if runner is not None:
            return Verdict(use.text, "made", path, runner.why)
        why = f"{posixpath.basename(fetch.script)} brings it: {fetch.why}"
        return Verdict(use.text, "fetched", path, why, fetch=fetch)

    def _absent(self, use: PathUse, path: str) -> Verdict:
        maker = self._perhaps(use, path)
        if maker is not None:
            return Verdict(use.text, "made", path, f"{maker.why}, perhaps this")
        if is_named_before(use, self._facts):
            return Verdict(use.text, "made", path, "the code names it before, and may well make it")
        later = self._facts.makers.of(path)
        why = f"{later.why}, but only then" if later is not None else ""
        if not why and self._is_sure(use):
            why = self._neighbour(path)
        why = why or self._why_absent(path)
        at = self._project.ref or "any ref"
        text = f"{use.text} is {_OUT} at {at} ({why}); {self._hint(use)}{_SETTLE}"
        code = "COL311"
        if path.startswith(".."):
            code = "COL324"
            why = "it leads out of the repository"
            text = (
                f"{use.text} {why[3:]}, so that Colab does not have it; {self._hint(use)}{_BRING}"
            )
        return Verdict(use.text, "missing", path, why, finding=self._finding(use, text, code))

    def _perhaps(self, use: PathUse, path: str) -> Maker | None:
        return self._facts.makers.perhaps(path, place_of(use.unit, use.node, use.line))

    def _neighbour(self, path: str) -> str:
        """The notebook beside this one, or beside the file, that makes it; empty: none does."""
        folders = dict.fromkeys((self._facts.stand, posixpath.dirname(path)))
        found = (self._course.neighbours.maker_of(path, folder) for folder in folders)
        return next(filter(None, found), "")

    def _why_absent(self, path: str) -> str:
        project = self._project
        kept = self._fetchers.closed_remote(path)
        if kept:
            return f"{kept} is not open to all"
        if project.ignores(path):
            return "git ignores it"
        return "git does not track it" if project.exists(path) else "it is not here either"

    def _hint(self, use: PathUse) -> str:
        """What a path may have been meant as; what else to do comes after it."""
        near = suggestions(self._project.files, use.folder or "", use.text)[:2]
        return f"did you mean {' or '.join(near)}? If not, " if near else ""

    def _finding(self, use: PathUse, text: str, code: str = "COL311") -> Finding | None:
        """An error if the notebook surely fails for it."""
        if not self._is_sure(use):
            return None
        line = text.replace("\n", "\\n").replace("\r", "\\r")
        return Finding(code, line, "error", use.unit.cell, use.line_there, use.unit.path)

    def _is_sure(self, use: PathUse) -> bool:
        """Whether the notebook surely reads that very path."""
        if _WILD & set(use.text) or not (use.use == "read" or asked_by(use, self._facts)):
            return False
        return self._is_run(use)

    def _is_run(self, use: PathUse) -> bool:
        return use.node is None or id(use.node) in self._facts.surely_run(use.unit)


_OUT = "not in the repository"
_MOVES = frozenset({"cd", "pushd"})
_LEAVE_OUT = "take the line out (the notebook stands in its folder of the clone)"
_LEAVE = f"{_LEAVE_OUT}, or have it ask os.path.isdir"
_BRING = "move it inside, and commit it"
_SETTLE = (
    "commit it, have a cell or a script of the repository fetch it, or say in [tool.colabify.data] "
    "where it comes from"
)
