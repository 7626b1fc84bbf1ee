"""What is said about imports and requirements: one function a finding."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from colabify.analysis.pins import requirement_text
from colabify.findings import Finding
from colabify.runtime import normalised_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colabify.analysis.imports import Import
    from colabify.requirements.model import Problem
    from colabify.requirements.wanted import Wanted
    from colabify.runtime import Runtime
    from colabify.steps import SystemNeed
    from colabify.unit import Unit

_IN_PYTHON_3 = {
    "__builtin__": "builtins", "BaseHTTPServer": "http.server", "ConfigParser": "configparser",
    "cookielib": "http.cookiejar", "cPickle": "pickle", "cStringIO": "io", "HTMLParser": "html.parser",
    "httplib": "http.client", "Queue": "queue", "SocketServer": "socketserver", "StringIO": "io",
    "Tkinter": "tkinter", "urllib2": "urllib.request", "urlparse": "urllib.parse",
    "xmlrpclib": "xmlrpc.client",
}  # fmt: skip
"""The modules of Python 2 that nobody takes for others, and what has taken their place."""


def unknown(one: Import, asked: Iterable[str]) -> Finding:
    """Nobody knows where an import comes from; ``asked`` are the distributions of the requirement files."""
    first = one.module.partition(".")[0]
    if first in _IN_PYTHON_3:
        text = f"{one.module} is Python 2's: Python 3, which is all that Colab has, has {_IN_PYTHON_3[first]}"
        return Finding("COL401", text, "error", **_place(one))
    name = normalised_name(first)
    near = [other for other in sorted(asked) if name in other.split("-")]
    near += difflib.get_close_matches(name, sorted(asked), n=1, cutoff=0.8)
    where = "commit it if it is the course's own, else name it in a requirements.txt, or in pyproject.toml as"
    if near:
        where = f"if it is {near[0]}, which the requirements have, say so in pyproject.toml:"
    return Finding(
        "COL401",
        f"{one.module} is not in the repository, and nobody knows which distribution has it: {where} "
        f'{first} = "{near[0] if near else "its-name"}" below [tool.colabify.distributions]',
        "error",
        **_place(one),
    )


def kept(distribution: str, wanted: Wanted, runtime: Runtime, why: str) -> Finding:
    """The runtime's version is used instead of the one that is asked for."""
    version = (runtime.version(distribution) or "").partition("+")[0]
    asked = requirement_text(distribution, wanted.requirement)
    text = f"{wanted.source} asks for {asked}; Colab's {version} is used: {why}"
    return Finding("COL402", text)


def elsewhere(one: Import, folders: Sequence[str]) -> Finding:
    """An import is a module of the repository, in a folder that nothing on ``sys.path`` reaches."""
    shown = ", ".join(folder or "the repository's root" for folder in folders)
    if len(folders) == 1:
        text = f"{one.unit.label} imports {one.module} from {shown}: added to sys.path on Colab"
        return Finding("COL403", text, **_place(one))
    text = f"{one.module} is in several folders ({shown}), none of them on sys.path: "
    return Finding(
        "COL403", f"{text}add the right one with sys.path.append", "error", **_place(one)
    )


def relaxed(distribution: str, wanted: Wanted, why: str) -> Finding:
    """What is asked for does not install; the newest version is taken instead."""
    asked = requirement_text(distribution, wanted.requirement)
    text = f"{wanted.source} asks for {asked}, {why}: the newest is installed instead"
    return Finding("COL406", text)


def impossible(one: Import, distribution: str, why: str) -> Finding:
    """No version of a distribution installs on the runtime."""
    text = f"{one.module} needs {distribution}, {why}"
    return Finding("COL407", text, "error", **_place(one))


def conflict(wanted: Wanted) -> Finding:
    """Requirements that exclude each other."""
    return Finding("COL408", wanted.conflict)


def removed(one: Import, runtime: Runtime) -> Finding:
    """A module that the runtime's Python no longer has."""
    version = "{}.{}".format(*runtime.python_minor)
    text = f"{one.module} is no part of Python {version} any more, and no runtime has all that is needed"
    return Finding("COL443", text, "error", **_place(one))


def shadowed(one: Import, hides: str) -> Finding:
    """A module of the course has the name of one that is there anyway."""
    text = f"{one.module} is a module of the course, and hides {hides}: whichever Python finds first is used"
    return Finding("COL441", text, **_place(one))


def hidden(name: str, module: Unit, cell: Unit, line: int) -> Finding:
    """A cell gives the name of an imported module to something else."""
    text = f"{name} is a module in {module.label}, and something else from here on"
    return Finding("COL441", text, cell=cell.cell, line=cell.head + line)


def not_reached(message: str) -> Finding:
    """The package index did not answer."""
    return Finding("COL444", f"{message}; the packed table says what installs")


def where(wanted: Wanted) -> str:
    """The file and the line that ask for a distribution."""
    return f"{wanted.source} line {wanted.line}" if wanted.line else wanted.source


def not_followed(problems: Sequence[Problem]) -> list[Finding]:
    """One finding for a file, not one for each line of a file that some other program wrote."""
    by_file: dict[str, list[Problem]] = {}
    for one in problems:
        by_file.setdefault(one.source, []).append(one)
    found = []
    for source, ones in by_file.items():
        first, more = ones[0], len(ones) - 1
        others = f" So are {more} other lines." if more > 1 else " So is one other line." * more
        found.append(Finding("COL405", first.message + others, path=source, line=first.line))
    return found


def conda_only(one: Import, package: str) -> Finding:
    """An import of what only conda has."""
    text = (
        f"{one.module} comes from conda's {package}, which PyPI does not have: install it with "
        "condacolab (github.com/conda-incubator/condacolab)"
    )
    return Finding("COL407", text, "error", **_place(one))


def heavy(needs: Iterable[SystemNeed]) -> list[Finding]:
    """System packages that are too large for every student, or of no use as Ubuntu has them; one a use."""
    by_use: dict[str, list[SystemNeed]] = {}
    for need in needs:
        if need.heavy:
            by_use.setdefault(need.what, []).append(need)
    found = []
    for what, ones in by_use.items():
        names = ", ".join(one.package for one in ones)
        text = (
            f"{what} needs Ubuntu's {names}, which Colab lacks and the setup cell does not install"
        )
        found.append(Finding("COL442", text, "error", ones[0].cell, ones[0].line, ones[0].path))
    return found


def unmet(one: Import, distribution: str, wanted: Wanted | None, runtime: Runtime) -> str:
    """What is asked for and cannot be had on a runtime, in words."""
    asked = requirement_text(distribution, wanted.requirement if wanted else None)
    there = runtime.version(distribution)
    if wanted is not None and there:
        return f"{wanted.source} asks for {asked}, and the latest runtime has {there.partition('+')[0]}"
    return f"{one.unit.label} needs {asked}, which the latest runtime cannot install"


def _place(one: Import) -> dict[str, Any]:
    line = one.unit.head + one.line
    return {"cell": one.unit.cell, "path": one.unit.path, "line": line}
