"""A notebook in Python 2: is it one, and what it is in Python 3."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from colabify.escapes import unmask, with_escapes
from colabify.findings import Finding
from colabify.metadata import language_info_changes
from colabify.notebook import Changes
from colabify.plans import SourceChange
from colabify.program import read_program
from colabify.python2.convert import to_python_3
from colabify.python2.detect import only_python_2, only_python_3

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Literal

    from colabify.escapes import Masked
    from colabify.findings import Severity
    from colabify.kernel import Language
    from colabify.notebook import Document
    from colabify.plans import MetadataChange
    from colabify.settings import Settings

CONVERTED = "COL221"
TOLD = "COL432"
OLD_CELL = (CONVERTED, TOLD)
"""What is done about a cell in Python 2: it is rewritten, or told."""
DIVISION = "COL222"
LEFT = "COL224"
_TIMERS = frozenset({"time", "timeit"})


@dataclass(frozen=True)
class InPython3:
    """A notebook in Python 3.

    ``document`` has the new sources, ``cells`` are those that changed. ``fails``: without that, some cell
    surely fails. ``divisions`` has the lines that only a person can judge, ``said`` what could not be
    converted, by cell.
    """

    document: Document
    cells: Mapping[int, str] = field(default_factory=dict)
    fails: bool = False
    divisions: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    said: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Old:
    """What becomes of a notebook that may be in Python 2.

    ``done`` is what is planned for: the notebook in Python 3, or as it is. ``stops``: it is not ported.
    """

    done: InPython3
    metadata: tuple[MetadataChange, ...] = ()
    findings: tuple[Finding, ...] = ()
    stops: bool = False

    def sources(self, changes: Sequence[SourceChange], settings: Settings) -> list[SourceChange]:
        """``changes`` of cells in Python 3, and the other cells that became that."""
        if not self.done.cells:
            return list(changes)
        wanted = [one for one in changes if all(settings.allows(code) for code in one.codes)]
        found = {
            cell: SourceChange(cell, source, "Python 3", (CONVERTED,))
            for cell, source in self.done.cells.items()
        }
        for one in wanted:
            if one.cell in found:
                said = f"Python 3, {one.done}" if one.done else "Python 3"
                one = replace(one, done=said, codes=(CONVERTED, *one.codes))
            found[one.cell] = one
        return [found[cell] for cell in sorted(found)]


def is_python_2(document: Document, kernel: Literal[2, 3] | None) -> bool:
    """Whether a notebook is in Python 2; ``kernel`` is the Python that its metadata speak of.

    A kernel of Python 2 settles it. Else cells decide that Python 2 alone can read; unless one of them
    showed its SyntaxError on purpose, or another is of Python 3 alone, where the kernel is of Python 3.
    """
    if kernel == 2:
        return True
    program = read_program(document)
    broken = [cell for cell in program.cells if cell.problem]
    asked = kernel is None  # else what CPython says will do: fissix is slow to start
    old = [c for c in broken if c.python_2 or (asked and only_python_2(c.masked.text))]
    if not old or kernel is None:
        return bool(old)
    new = any(cell.unit is not None and only_python_3(cell.unit.tree) for cell in program.cells)
    meant = any(_shows_error(document, cell.index) for cell in old)
    return not new and not meant


def in_python_3(document: Document, left: Callable[[int], bool] = lambda _cell: False) -> InPython3:
    """A notebook in Python 3. Cells that are Python 3 already, or are ``left``, keep every byte."""
    program = read_program(document)
    cells = [cell for cell in program.cells if not cell.masked.foreign]
    converted = to_python_3([cell.masked.text for cell in cells])
    sources: dict[int, str] = {}
    divisions: dict[int, tuple[int, ...]] = {}
    said: dict[int, tuple[str, ...]] = {}
    fails = False
    for cell, one in zip(cells, converted, strict=True):
        source = _source(_with_timed(cell.masked), one.text)
        if source is None:
            continue
        head = cell.masked.head.count("\n")
        if source != cell.source and left(cell.index):
            continue
        if source != cell.source:
            sources[cell.index] = source
            fails = fails or one.fails
        if one.left:
            divisions[cell.index] = tuple(line + head for line in one.left)
        if one.said:
            said[cell.index] = one.said
    after = document.apply(Changes(sources=sources)) if sources else document
    return InPython3(after, sources, fails, divisions, said)


def read_old(
    document: Document, language: Language, settings: Settings, left: Callable[[int], bool]
) -> Old:
    """What becomes of a notebook, if it is in Python 2; a person has cells ``left`` as they are."""
    if not language.is_python or not is_python_2(document, language.python):
        return Old(InPython3(document))
    if converts(settings):
        done = in_python_3(document, left)
        return Old(done, language_info_changes(document), tuple(_told(done)))
    if not settings.allows(TOLD):
        return Old(InPython3(document))
    how, mends = "--unsafe-fixes rewrites it in Python 3", settings.compat == "rewrite"
    done = in_python_3(document, left)
    cells = read_program(document).cells
    unread = any(cell.problem and cell.index in done.cells for cell in cells)
    if unread and language.python != 3 and done.cells:
        text = f"written in Python 2, which Colab does not have: {how}"
        return Old(
            InPython3(document),
            (),
            (Finding(TOLD, text, "error", unsafe_fix=mends),),
            stops=True,
        )
    if not done.cells:
        return Old(InPython3(document))
    where = ", ".join(str(index + 1) for index in sorted(done.cells))
    severity: Severity = "error" if done.fails and language.python != 3 else "advice"
    text = f"Python 2 in {len(done.cells)} cell{'s' * (len(done.cells) > 1)} ({where}): {how}"
    return Old(InPython3(document), (), (Finding(TOLD, text, severity, unsafe_fix=mends),))


def converts(settings: Settings) -> bool:
    """Whether Python 2 is rewritten, rather than told."""
    return settings.unsafe_fixes and settings.compat == "rewrite" and settings.allows(CONVERTED)


def _told(done: InPython3) -> Iterator[Finding]:
    """What a person has to look at."""
    for cell, lines in done.divisions.items():
        yield Finding(DIVISION, division_text(lines), cell=cell, line=lines[0])
    for cell, said in done.said.items():
        yield Finding(LEFT, "; ".join(said), cell=cell)


def division_text(lines: Sequence[int]) -> str:
    """What is said of the divisions on ``lines``."""
    more = f" (also on line {', '.join(map(str, lines[1:]))})" if len(lines) > 1 else ""
    return f"/ stays, and keeps the remainder now: write // if both sides are ints{more}"


def _with_timed(masked: Masked) -> Masked:
    """The cell with the statements in Python 3 that ``%time`` and ``%timeit`` measure."""
    raws = {}
    for escape in masked.escapes:
        words = escape.raw.split(None, 1)
        if escape.name not in _TIMERS or len(words) < 2 or words[1].startswith("-"):
            continue
        new = to_python_3([words[1]])[0].text
        if new != words[1]:
            raws[escape.placeholder] = escape.raw.removesuffix(words[1]) + new
    return with_escapes(masked, raws)


def _source(masked: Masked, text: str) -> str | None:
    """The cell with ``text`` for its Python; None if an escape was lost."""
    try:
        return unmask(masked, text)
    except ValueError:
        return None


def _shows_error(document: Document, cell: int) -> bool:
    """Whether a cell's saved output is the SyntaxError that it makes."""
    outputs = document.cells[cell].data.get("outputs")
    return any(isinstance(one, dict) and one.get("ename") == "SyntaxError" for one in outputs or ())
