"""All code that a notebook runs: its cells, and the local modules that may be mended with it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.program import parse
from colabify.rewrite.cells import rewrite_cells
from colabify.rewrite.labels import Labels
from colabify.rewrite.mending import Desk
from colabify.rewrite.modules import left_modules, rewrite_modules
from colabify.rewrite.ruling import Rulings
from colabify.rewrite.source import Source
from colabify.rewrite.wishes import Wishes
from colabify.unit import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.course import Course
    from colabify.facts import Facts
    from colabify.findings import Finding, Severity
    from colabify.modules.given import MendedModule
    from colabify.plans import SourceChange
    from colabify.rewrite.ruling import Broken
    from colabify.rewrite.wishes import Wish
    from colabify.runtime import Runtime
    from colabify.settings import Settings
    from colabify.silence.silences import Key
    from colabify.steps import Shim
    from colabify.unit import Unit


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The cells that change; the given modules, those that stay included; and what cannot be mended.

    ``shims`` are what the setup cell has to provide for code that stays, ``broken`` what surely fails.
    """

    cells: list[SourceChange]
    modules: list[MendedModule]
    findings: list[Finding]
    shims: tuple[Shim, ...]
    broken: tuple[Broken, ...]


def rewrite_code(facts: Facts, course: Course, runtime: Runtime, settings: Settings) -> Rewritten:
    """What the code of a notebook has to say on ``runtime`` in the repository of ``course``."""
    code = _Code(facts, course, settings)
    wishes = Wishes(facts, course, settings)
    wanted = wishes.all(code.key)
    bodies = {one.index: one.masked.text for one in facts.program.cells if one.masked.foreign}
    stays = list(code.stays(wishes, wanted))
    desk = Desk(code.place, code.labels, stays, code.severity, bodies)
    mended = desk.mend(wanted)
    rulings = Rulings(runtime, settings, course.given)
    cells = rewrite_cells(facts, mended, runtime, rulings.of_cells)
    modules, failed = rewrite_modules(course.given, code.modules, mended, rulings)
    shims, left, broken = left_modules(course.given, facts, frozenset(code.modules), rulings)
    findings = [*mended.findings, *cells.findings, *failed, *left]
    provided = tuple(dict.fromkeys([*cells.shims, *shims]))
    return Rewritten(cells.changes, modules, findings, provided, (*cells.broken, *broken))


@dataclass(frozen=True)
class _Code:
    """The sources of a notebook: which literal stands in which, and who may edit it."""

    facts: Facts
    course: Course
    settings: Settings

    @cached_property
    def modules(self) -> dict[str, Source]:
        """The sources of the modules that may be mended, by their paths."""
        given, found = self.course.given, {}
        for unit in self.facts.imports.modules:
            if unit.path is None or not given.holds(unit.path):
                continue
            if given.settings(unit.path, self.settings).modules:
                source = self._module(unit, unit.path)
                if source is not None:
                    found[unit.path] = source
        return found

    def place(self, literal: ast.Constant) -> tuple[Key, Source] | None:
        """Where a literal stands that may be edited; None for any other."""
        return self._places.get(id(literal))

    def key(self, literal: ast.Constant) -> Key | None:
        """The cell or module in which a literal stands that may be edited."""
        found = self._places.get(id(literal))
        return None if found is None else found[0]

    def labels(self, literal: ast.Constant) -> Labels:
        """What is known of the text of literals, in the code that a literal stands in."""
        found = self._places.get(id(literal))
        key = found[0] if found is not None else 0
        return self._labels_of_cells if isinstance(key, int) else self._labels_of[key]

    def stays(self, wishes: Wishes, wanted: list[Wish]) -> Iterator[ast.Constant]:
        """The literals of paths that are right as they are, if any may be asked to say something else."""
        if not wanted and not self.modules:
            return
        wishing = {id(wish.use) for wish in wanted}
        for use in self.facts.paths:
            if id(use) in wishing or not wishes.stays(use):
                continue
            if not wanted and use.unit.path not in self.modules:
                continue
            yield from use.literals
            for spelling in wishes.spelled(use)[:1]:
                yield from (one.literal for one in spelling if one.literal is not None)

    def severity(self, wish: Wish) -> Severity | None:
        """How grave it is that a wish is not fulfilled: an error if the notebook surely fails for it."""
        use = wish.use
        if use.use == "mention" or self._is_quiet(wish):
            return None
        surely = use.node is None or id(use.node) in self.facts.surely_run(use.unit)
        return "error" if wish.needed and surely else "advice"

    def _is_quiet(self, wish: Wish) -> bool:
        """Whether nothing is said of a wish that is not fulfilled: its place is ported by itself, say."""
        path = wish.use.unit.path
        if path is None or path in self.modules:
            return False
        notebook = path.endswith(".ipynb") and any(
            not one or path.startswith(f"{one}/") for one in self.course.given.folders
        )
        return notebook or not wish.needed

    @cached_property
    def _places(self) -> dict[int, tuple[Key, Source]]:
        found: dict[int, tuple[Key, Source]] = {}
        for cell in self.facts.program.cells:
            if cell.unit is not None:
                source = Source(cell.masked.text, cell.unit.tree)
                found.update(_literals(cell.unit, cell.index, source))
        for unit in self.facts.imports.modules:
            if unit.path in self.modules:
                found.update(_literals(unit, unit.path, self.modules[unit.path]))
        return found

    @cached_property
    def _labels_of_cells(self) -> Labels:
        return Labels(self.facts.program.units)

    @cached_property
    def _labels_of(self) -> dict[Key, Labels]:
        units = [one for one in self.facts.imports.modules if one.path in self.modules]
        return {str(unit.path): Labels([unit]) for unit in units}

    def _module(self, unit: Unit, path: str) -> Source | None:
        """The source of a module, with the literals that ``unit`` was read to have by its own."""
        text = self.course.given.text(path)
        if isinstance(text, str):
            return None
        new = self.course.given.converted(path)
        if new is not None:
            return Source(new.text, unit.tree)
        if text.encoding in ("utf-8", "utf-8-sig"):
            return Source(text.text, unit.tree)  # as the unit was read
        tree, _ = parse(text.text)
        nodes = [] if tree is None else walk(tree)
        if tree is None or len(nodes) != len(unit.nodes):
            return None
        twins: dict[int, ast.Constant] = {}
        for read, own in zip(unit.nodes, nodes, strict=True):
            if type(read) is not type(own):
                return None
            if isinstance(own, ast.Constant):
                twins[id(read)] = own
        return Source(text.text, tree, twins)


def _literals(unit: Unit, key: Key, source: Source) -> Iterator[tuple[int, tuple[Key, Source]]]:
    for node in unit.of(ast.Constant):
        yield id(node), (key, source)
