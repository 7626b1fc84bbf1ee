"""pip's requirement files: pip.pypa.io/en/stable/reference/requirements-file-format.

What a file includes (``-r``, ``-c``) is read with it, unless it lies outside the repository.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.requirements import conda_spec
from colabify.requirements.indexes import host_of, is_stranger
from colabify.requirements.known import is_known
from colabify.requirements.model import Problem, Reading, merge, problem, shown
from colabify.requirements.pep508 import (
    by_https,
    declare,
    declare_parsed,
    is_address,
    named_address,
    parse,
    refused,
)
from colabify.requirements.pip_options import BadOption, parse_options
from colabify.requirements.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from colabify.requirements.model import Read

_DEEPEST = 50
_ARCHIVES = (".whl", ".tar.gz", ".tgz", ".tar.bz2", ".zip")
_PROJECTS = ("pyproject.toml", "setup.py", "setup.cfg")


def read_pip_file(text: str, source: str, read: Read) -> Reading:
    """What a requirement file, which goes by the name ``source``, declares."""
    return read_pip_lines(_logical_lines(text), source, read)


def read_pip_lines(lines: Iterable[tuple[int | None, str]], source: str, read: Read) -> Reading:
    """What numbered lines in pip's syntax, each without its comment, declare."""
    walk = _Walk(read)
    return walk.trusted(walk.lines(lines, source, constraint=False, path=(source,)))


def read_named(name: str, source: str, read: Read, group: str = "") -> Reading:
    """What a requirement file declares that ``source`` names as the one its own list is in."""
    target = below(source, name)
    if target is None:
        return problem(source, None, f"{shown(name)} is not read: it is not in the repository.")
    text = read_text(read, target)
    if isinstance(text, Problem):
        said = text.message.removesuffix(".")
        return problem(source, None, f"{said}, though {source} takes its requirements from there.")
    reading = read_pip_file(text, target, read)
    return replace(reading, declared=tuple(replace(d, group=group) for d in reading.declared))


class _Walk:
    """One reading of a file and of what it includes."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._seen: set[tuple[str, bool]] = set()
        self._strangers: set[str] = set()

    def lines(
        self,
        lines: Iterable[tuple[int | None, str]],
        source: str,
        *,
        constraint: bool,
        path: tuple[str, ...],
    ) -> Reading:
        """What the lines of ``source`` declare; ``path`` are the files that led to it, and itself."""
        found: list[Reading] = []
        for number, line in lines:
            if line.startswith("-"):
                found += self._options(line, source, number, constraint, path)
            else:
                found.append(self._requirement(line, source, number, constraint))
        return merge(found)

    def trusted(self, reading: Reading) -> Reading:
        """``reading`` without the names that may be another index's alone."""
        if not self._strangers:
            return reading
        hosts = ", ".join(sorted({host_of(one) for one in self._strangers}))
        kept, problems = [], []
        for one in reading.declared:
            if one.requirement.url or is_known(one.name):
                kept.append(one)
            else:
                said = f"{one.name} may come from {shown(hosts)}, so it is not taken from PyPI."
                problems.append(Problem(one.source, one.line, said))
        return replace(reading, declared=tuple(kept), problems=(*reading.problems, *problems))

    def _options(
        self, line: str, source: str, number: int | None, constraint: bool, path: tuple[str, ...]
    ) -> Iterator[Reading]:
        try:
            options = parse_options(line)
        except BadOption as error:
            yield problem(source, number, f"{shown(line)} is not followed: {shown(error)}.")
            return
        for name in options.requirements:
            yield self._include(name, source, number, constraint=False, path=path)
        for name in options.constraints:
            yield self._include(name, source, number, constraint=True, path=path)
        for text in options.editables:
            yield self._requirement(text, source, number, constraint)
        for address in options.indexes:
            if is_stranger(address):
                self._strangers.add(address)
            message = f"{shown(address)} is not looked at: packages are taken from PyPI alone."
            yield problem(source, number, message)

    def _include(
        self, name: str, source: str, number: int | None, *, constraint: bool, path: tuple[str, ...]
    ) -> Reading:
        target = below(source, name)
        if target is None:
            message = f"{shown(name)} is not read: it is not in the repository."
            return problem(source, number, message)
        if target in path or len(path) > _DEEPEST:
            way = " includes ".join(path[path.index(target) :] if target in path else path[-1:])
            return problem(source, number, f"{way} includes {target} again: it is read once.")
        if (target, constraint) in self._seen:
            return Reading()
        self._seen.add((target, constraint))
        text = read_text(self._read, target)
        if isinstance(text, Problem):
            said = text.message.removesuffix(".")
            return problem(source, number, f"{said}, though {source} includes it.")
        lines = _logical_lines(text)
        return self.lines(lines, target, constraint=constraint, path=(*path, target))

    def _requirement(self, line: str, source: str, number: int | None, constraint: bool) -> Reading:
        text = " ".join(_words_before_options(line))
        if conda_spec.is_exported(text):
            return conda_spec.declare_exported(text, source, number)
        if parse(text) is None and is_address(text):
            return _address(text, source, number, constraint)
        if parse(text) is None and _is_path(text):
            return self._path(text, source, number)
        return declare(text, source, number, constraint=constraint)

    def _path(self, text: str, source: str, number: int | None) -> Reading:
        folder = text.partition("[")[0].partition(";")[0].strip()
        if folder.endswith(_ARCHIVES):
            message = (
                f"{shown(text)} is a file, which is not followed: name a version of it on PyPI."
            )
            return Reading(problems=(Problem(source, number, message, of_a_name=True),))
        target = self._project(source, folder)
        if target is None:
            return problem(source, number, f"{shown(text)} is not in the repository.")
        return Reading(local=(target,))

    def _project(self, source: str, folder: str) -> str | None:
        """The folder below the root that ``folder`` means; None if it is outside.

        pip takes it from where it is started: the file's own folder, or one above it.
        """
        start, candidates = source, []
        while start.strip("/"):
            candidates.append(below(start, folder))
            start = posixpath.dirname(start)
        for one in candidates:
            if one is not None and any(self._read(posixpath.join(one, p)) for p in _PROJECTS):
                return one
        return candidates[0]


def below(source: str, path: str) -> str | None:
    """A path in the file ``source`` as one below the root; None if it leads outside, or is an address."""
    path = path.replace("\\", "/")
    if is_address(path) or path.startswith(("/", "~")) or path[1:2] == ":" or "\0" in path:
        return None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    if target == ".." or target.startswith("../"):
        return None
    return "" if target == "." else target


def _address(text: str, source: str, number: int | None, constraint: bool) -> Reading:
    address, _, marker = text.partition(" ")
    address = by_https(address)
    reason = refused(address)
    if reason:
        return problem(source, number, f"{shown(text)} is not followed: {reason}.")
    requirement = named_address(address)
    if requirement is None:
        message = (
            f"{shown(text)} does not say which distribution it is: write name @ {shown(address)}."
        )
        return problem(source, number, message)
    if marker.strip().startswith(";"):
        return declare(f"{requirement} {marker}", source, number, constraint=constraint)
    return declare_parsed(requirement, source, number, constraint=constraint)


def _is_path(text: str) -> bool:
    path = text.partition(";")[0].strip()
    return path.startswith((".", "~")) or bool(set("/\\") & set(path)) or path.endswith(_ARCHIVES)


def _words_before_options(line: str) -> list[str]:
    """The words of a line before the options of one requirement, such as ``--hash=sha256:…``."""
    words = line.split()
    return words[: next((i for i, word in enumerate(words) if word.startswith("-")), len(words))]


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line without its comment and with those that continue it, by its first number.

    As in pip, a comment line ends a continuation, and is not itself continued.
    """
    joined, first = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        first = first if joined else number
        comment = line.lstrip().startswith("#")
        if line.endswith("\\") and not comment:
            joined += line[:-1]
            continue
        joined += " " + line if comment else line
        yield from _uncommented(first, joined)
        joined = ""
    yield from _uncommented(first, joined)


def _uncommented(number: int, line: str) -> Iterator[tuple[int, str]]:
    line = re.sub(r"(^|\s+)#.*$", "", line).strip()
    if line:
        yield number, line
