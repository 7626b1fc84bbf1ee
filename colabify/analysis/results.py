"""What a notebook writes into the course, and so what is lost when Colab recycles the machine."""

from __future__ import annotations

import ast
import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from colabify.analysis.resolve import COLABS_OWN, join
from colabify.full_names import qualified
from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from colabify.analysis.paths.uses import PathUse
    from colabify.facts import Facts
    from colabify.project import Project
    from colabify.unit import Unit

Kind = Literal["figure", "model", "table", "module", "cell", "folder", "file"]
_KINDS: dict[Kind, str] = {
    "figure": ".bmp .eps .gif .jpeg .jpg .mp4 .pdf .png .svg .tif .tiff",
    "model": ".bin .ckpt .h5 .hdf5 .joblib .keras .model .npy .npz .onnx .pickle .pkl .pt .pth .tar",
    "table": ".csv .feather .json .parquet .tsv .txt .xls .xlsx",
}
_ENDINGS = {"save": ".npy", "savez": ".npz", "savez_compressed": ".npz"}
"""What numpy's functions put behind a name that has no such ending."""
_WRITERS = ("%%writefile", "%%file")
_BROUGHT = frozenset({"downloads", "unpacks", "clones"})
_WRITTEN = frozenset({"writes", "packs"})
"""What is done to files, in the words of :class:`~colabify.analysis.made.Maker`."""
_GAPS = (b"TODO", b"YOUR CODE", b"NotImplementedError")
_EXISTS = "makes it, and fails if it is there: say exist_ok=True"
_REMOVES = "removes it as a whole, which a link does not allow"
_OWN_PLACE = "looks for files where it really is, not where it is linked"


@dataclass(frozen=True, slots=True)
class Result:
    """Something that the notebook writes: its ``path`` below the root; that of a folder ends with a slash.

    ``kind`` ``module`` is a local module that students edit, ``cell`` what a ``%%writefile`` cell writes.
    ``cell`` counts from 0; None for what a module writes, or is. ``stays`` says why it cannot be a link
    into Drive; empty if it can.
    """

    path: str
    kind: Kind
    cell: int | None = None
    stays: str = ""

    @property
    def said(self) -> str:
        """How a person is told of it."""
        if self.kind == "module":
            return f"{self.path} (edited)"
        return self.path if self.cell is None else f"{self.path} (cell {self.cell + 1})"


def find_results(facts: Facts, project: Project) -> tuple[Result, ...]:
    """What the notebook writes below the course's root, and the modules that students edit, each once.

    What it downloads is no result, nor is what it writes elsewhere (``/tmp``, ``/content/drive``). Files
    of a folder that git does not have are that folder, if there are several or the code makes it.
    """
    removed = _removed(facts)
    found: dict[str, Result] = {}
    for one in (*_of_cells(facts), *_written(facts), *_edited(facts, project)):
        if any(one.path == gone or one.path.startswith(f"{gone}/") for gone in removed):
            one = replace(one, stays=one.stays or _REMOVES)
        before = found.setdefault(one.path, one)
        found[one.path] = replace(before, stays=before.stays or one.stays)
    return _grouped(found, project)


def needed_files(facts: Facts, project: Project) -> tuple[str, ...]:
    """What has to be beside the notebook for it to run: its local modules, and the paths it reads.

    These are files and folders of the repository, below its root, in order; scripts that fetch data are
    not among them.
    """
    paths = {unit.path for unit in facts.imports.modules}
    paths |= {posixpath.join(build.folder, "setup.py") for _, build in facts.imports.builds}
    paths |= {use.path for use in facts.paths if not use.makes}
    return tuple(sorted(one for one in paths if one and project.files.holds(one)))


def _written(facts: Facts) -> Iterator[Result]:
    """The files and folders that code makes."""
    known = ((one.path, one) for one in facts.makers.every if one.path)
    makers = [(path, one) for path, one in known if not path.startswith("../")]
    brought = {path for path, one in makers if one.making.done in _BROUGHT}
    seen = set()
    for use in facts.paths:
        path = use.path
        if not use.makes or not path or path in brought or id(use.node) in facts.dead:
            continue
        surely = id(use.node) in facts.surely_run(use.unit)
        if use.text.startswith(COLABS_OWN) or (use.unit.path is not None and not surely):
            continue
        seen.add(path)
        if use.use == "write":
            path += _ending(use, path)
            yield Result(path, _kind(path), use.unit.cell)
        elif not any(one.startswith(f"{path}/") for one in brought):
            fails = surely and not _may_exist(use)
            yield Result(path, "folder", use.unit.cell, _EXISTS if fails else "")
    for path, one in makers:  # what commands write
        if one.making.done in _WRITTEN and one.place[0] >= 0 and path not in seen | brought:
            yield Result(path, _kind(path), int(one.place[0]))


def _of_cells(facts: Facts) -> Iterator[Result]:
    """What ``%%writefile`` cells write."""
    for cell in facts.program.cells:
        words = cell.masked.cell_magic.split() if cell.masked.foreign else []
        if words[:1] and words[0] in _WRITERS and words[1:]:
            path = join(facts.stand, words[-1])
            if path:
                yield Result(path, "cell", cell.index)


def _edited(facts: Facts, project: Project) -> Iterator[Result]:
    """The local modules, where the notebook loads autoreload: nobody needs that but who edits them.

    If some have gaps to be filled, it is those.
    """
    magics = (escape for _, escape in facts.program.escapes if escape.kind == "%")
    if not any(one.args == "autoreload" or one.name == "autoreload" for one in magics):
        return
    modules = [unit for unit in facts.imports.modules if _is_code(unit, project)]
    for unit in [one for one in modules if _has_gaps(one, project)] or modules:
        stays = _OWN_PLACE if _finds_itself(unit) else ""
        yield Result(str(unit.path), "module", stays=stays)


def _is_code(unit: Unit, project: Project) -> bool:
    """Whether a module of the repository has anything in it to edit."""
    path = unit.path or ""
    return path.endswith(".py") and path in project.files.files and bool(unit.tree.body)


def _has_gaps(unit: Unit, project: Project) -> bool:
    """Whether a module leaves something to students: it says so where it does."""
    raw = project.read(unit.path or "") or b""
    return any(word in raw for word in _GAPS)


@once
def _finds_itself(unit: Unit) -> bool:
    """Whether a module asks for its own place with links followed."""
    names = {node.id for node in unit.of(ast.Name)}
    asked = {node.attr for node in unit.of(ast.Attribute)}
    return "__file__" in names and bool({"resolve", "realpath"} & asked)


def _removed(facts: Facts) -> set[str]:
    """The folders, below the root, that ``shutil.rmtree`` takes away."""
    found = set()
    for unit in facts.program.units:
        for node in unit.of(ast.Call):
            if qualified(node.func, facts.names) == "shutil.rmtree":
                said = {id(inner) for one in node.args[:1] for inner in ast.walk(one)}
                found |= {use.path for use in facts.paths if id(use.node) in said}
                texts = [one.value for one in node.args[:1] if isinstance(one, ast.Constant)]
                found |= {join(facts.stand, text) for text in texts if isinstance(text, str)}
    return {path for path in found if path}


def _grouped(found: Mapping[str, Result], project: Project) -> tuple[Result, ...]:
    """The results, with a folder in place of what it holds."""
    made = {path for path, one in found.items() if one.kind == "folder"}
    tops: dict[str, list[Result]] = {}
    for one in found.values():
        tops.setdefault(_top(one.path, made, project), []).append(one)
    results: list[Result] = []
    for top, inside in tops.items():
        if not top or (len(inside) == 1 and top not in made):
            results += inside
            continue
        first = next((one for one in inside if one.cell is not None), inside[0])
        stays = next((one.stays for one in inside if one.stays), "")
        results.append(Result(f"{top}/", "folder", first.cell, stays))
    return tuple(sorted(results, key=lambda one: (one.cell is None, one.cell or 0)))


def _top(path: str, made: set[str], project: Project) -> str:
    """The outermost folder of ``path`` that git does not have, or that the code makes; empty if none is."""
    parts = path.split("/")
    last = len(parts) + (path in made)
    for count in range(1, last):
        folder = "/".join(parts[:count])
        if folder in made or folder not in project.files.folders:
            return folder
    return ""


@once
def _calls(unit: Unit) -> dict[int, ast.Call]:
    """The call that each argument, and each object whose method is called, belongs to, by its id."""
    found: dict[int, ast.Call] = {}
    for node in unit.of(ast.Call):
        inner = [node, *node.args, *(word.value for word in node.keywords)]
        inner += [node.func.value] if isinstance(node.func, ast.Attribute) else []
        found.update((id(one), node) for one in inner)
    return found


def _call(use: PathUse) -> ast.Call | None:
    return _calls(use.unit).get(id(use.node))


def _may_exist(use: PathUse) -> bool:
    """Whether making a folder is no error where it is; a shell's ``mkdir`` never stops the notebook."""
    call = _call(use)
    if call is None:
        return True
    words = {word.arg: word.value for word in call.keywords}
    exists = words.get("exist_ok", ast.Constant(value=False))
    return not (isinstance(exists, ast.Constant) and exists.value is False)


def _ending(use: PathUse, path: str) -> str:
    """What the function puts behind a name without an ending."""
    call = _call(use)
    if call is None or not isinstance(call.func, ast.Attribute):
        return ""
    name = qualified(call.func, use.unit.names)
    if name.startswith(("numpy.", "np.")):
        ending = _ENDINGS.get(call.func.attr, "")
        return "" if path.endswith(ending) else ending
    return ".png" if call.func.attr == "savefig" and not posixpath.splitext(path)[1] else ""


def _kind(path: str) -> Kind:
    ending = posixpath.splitext(path)[1].lower()
    return next((kind for kind, ends in _KINDS.items() if ending in ends.split()), "file")
