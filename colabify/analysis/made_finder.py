"""Finds what the code makes: in the paths that it uses, its commands, magics and calls."""

from __future__ import annotations

import ast
import posixpath
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from colabify.analysis.constants import Constants
from colabify.analysis.given import given_by_cell, given_by_module
from colabify.analysis.made import FIRST, Maker, Makers, path_from
from colabify.analysis.made_by_calls import defined_names, made_by_call, unknown_write
from colabify.analysis.made_by_commands import Making, made_by_command
from colabify.analysis.resolve import is_absolute
from colabify.once import once
from colabify.shell_line import read_text, split_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from colabify.analysis.given import Given
    from colabify.analysis.made import Place
    from colabify.analysis.paths.uses import PathUse
    from colabify.analysis.working_folder import Walk
    from colabify.program import CodeCell, Program
    from colabify.unit import Unit

_COPIERS = frozenset({"cp", "mv", "mkdir"})
_PROFILERS = {"prun": ("-D", "-T"), "lprun": ("-D", "-T"), "mprun": ("-T",)}
"""Magics that write what they find out into the files that these options name."""
_SCRIPT_CELLS = frozenset({"R", "perl", "ruby", "julia", "octave", "pypy", "python2"})


def find_makers(
    program: Program,
    names: Mapping[str, str],
    modules: Sequence[Unit],
    uses: Iterable[PathUse],
    walk: Walk,
    dead: Container[int | str] = (),
) -> Makers:
    """All that the cells of ``program`` and the local ``modules`` make.

    ``names`` is the cells' table of imported names, ``uses`` are the paths that are used. ``walk`` says
    where the code stands, ``dead`` is what is not run.
    """
    finder = _Finder(program, names, modules, walk, dead)
    found = [maker for use in uses if use.makes for maker in finder.of_use(use)]
    for cell in program.cells:
        found += finder.of_cell(cell)
    for module in modules:
        found += finder.of_module(module)
    return Makers(tuple(found))


class _Finder:
    def __init__(
        self,
        program: Program,
        names: Mapping[str, str],
        modules: Sequence[Unit],
        walk: Walk,
        dead: Container[int | str],
    ) -> None:
        self._names, self._walk, self._dead = names, walk, dead
        self._constants = Constants(program.units, names)
        units = (*program.units, *modules)
        self._own = frozenset[str]().union(*(defined_names(unit) for unit in units))

    def of_use(self, use: PathUse) -> Iterator[Maker]:
        """What a use of Python code writes; what commands do is read from their own words."""
        if use.node is None or use.escape is not None or id(use.node) in self._dead:
            return
        place = FIRST if use.unit.cell is None else (use.unit.cell, use.line)
        done = "makes the folder" if use.use == "folder" else "writes"
        path = path_from(use.folder, use.text)
        if path is not None and path != use.folder:
            yield Maker(Making(done, use.text), path, place, use.unit.label)
        elif path is None and not is_absolute(use.text.replace("\\", "/")):
            folder = Making("may make a folder") if use.use == "folder" else None
            making = folder or unknown_write(use.node, _calls(use.unit).get(id(use.node)))
            yield Maker(making, None, place, use.unit.label)

    def of_cell(self, cell: CodeCell) -> Iterator[Maker]:
        """What a cell's magics, commands and calls make."""
        magic = cell.masked.cell_magic.split()
        if cell.masked.foreign and magic and magic[0] in ("%%writefile", "%%file"):
            yield from self._makers([Making("writes", magic[-1])], cell, 0, None)
        if magic:
            made = _of_profiler(magic[0].lstrip("%"), magic[1:])
            yield from self._makers(made, cell, 0, None)
        if cell.masked.foreign in _SCRIPT_CELLS:
            yield from self._makers([Making("runs other code")], cell, 0, None)
        unit = cell.unit
        places = {node.id: node for node in unit.of(ast.Name)} if unit else {}
        given = [one for one in given_by_cell(cell, self._names) if not one.is_in(self._dead)]
        for making, one in _commanded(given):
            said_by = one.node or places.get(one.placeholder)
            yield from self._makers([making], cell, one.line or 0, said_by)
        for escape in unit.escapes if unit else ():
            if escape.placeholder not in self._dead:
                after = escape.line + 1.5  # what %run runs has to be there before
                made = _of_magic(escape.name, escape.args)
                yield from self._makers(made, cell, after, places.get(escape.placeholder))
        for node in unit.of(ast.Call) if unit else ():
            if id(node) not in self._dead:
                made = made_by_call(
                    node, self._names, lambda one: _text(self._constants, one), self._own
                )
                yield from self._makers(made, cell, node.lineno, node)

    def of_module(self, module: Unit) -> Iterator[Maker]:
        """What a local module makes, at any time, and from wherever the code stands by then."""
        for making, node, given in _by_module(module):
            if id(node) in self._dead or (given is not None and given.is_in(self._dead)):
                continue
            yield from _maker(making, self._walk.folder_from(None), FIRST, module.path or "")

    def _makers(
        self, made: Iterable[Making], cell: CodeCell, line: float, node: ast.AST | None
    ) -> Iterator[Maker]:
        for making in made:
            at = self._walk.folder_at
            folder = at(node) if node is not None else self._walk.folder_in_cell(cell.index)
            yield from _maker(making, folder, (cell.index, line), f"cell {cell.index + 1}")


def _maker(making: Making, folder: str | None, place: Place, label: str) -> Iterator[Maker]:
    """The maker of something that is said where the code stands in ``folder``; none of absolute paths."""
    if making.text is None or not is_absolute(making.text):
        path = None if making.text is None else path_from(folder, making.text)
        yield Maker(making, path, place, label, folder)


@once
def _calls(unit: Unit) -> dict[int, ast.Call]:
    """The call that each expression is an argument of, by the expression's id."""
    return {
        id(one): call
        for call in unit.of(ast.Call)
        for one in (*call.args, *(w.value for w in call.keywords))
    }


@once
def _by_module(module: Unit) -> list[tuple[Making, ast.Call | None, Given | None]]:
    """What a module makes, and the call or the command that does."""
    constants, own = Constants([module], module.names), defined_names(module)
    made: list[tuple[Making, ast.Call | None, Given | None]] = [
        (making, None, given) for making, given in _commanded(given_by_module(module))
    ]
    for node in module.of(ast.Call):
        makings = made_by_call(node, module.names, lambda one: _text(constants, one), own)
        made += [(making, node, None) for making in makings]
    return made


def _text(constants: Constants, node: ast.expr) -> str | None:
    """What an expression says of a path that starts where the code stands; None if that is not known."""
    value = constants.value(node)
    return value.text if value is not None and not value.of_module else None


def _commanded(given: Iterable[Given]) -> Iterator[tuple[Making, Given]]:
    """What commands make, and which; ``cd`` holds for the commands behind it on a line."""
    folder, line = "", object()
    for one in given:
        if one.line is not None and one.line != line:
            folder, line = "", one.line
        texts = one.command.texts
        if texts[0] in ("cd", "pushd"):
            folder = posixpath.join(folder, texts[1]) if len(texts) > 1 else "~"
            continue
        for making in made_by_command(one.command):
            text = making.text and posixpath.join(folder, making.text)
            script = making.script and posixpath.join(folder, making.script)
            yield replace(making, text=text, script=script), one


def _of_magic(name: str, args: str) -> list[Making]:
    """What a line magic makes: ``%cp`` and the like, or a script that ``%run`` runs."""
    if name == "run":
        script = next((word for word in args.split() if not word.startswith("-")), "")
        is_named = script.endswith((".py", ".ipynb")) or not script
        return [Making(f"runs {script}", script=script if is_named else f"{script}.py")]
    if name in _PROFILERS:
        return _of_profiler(name, split_words(args))
    if name not in _COPIERS:
        return []
    return [one for command in read_text(f"{name} {args}") for one in made_by_command(command)]


def _of_profiler(name: str, words: Sequence[str]) -> list[Making]:
    options = _PROFILERS.get(name, ())
    return [Making("writes", word) for before, word in pairwise(words) if before in options]
