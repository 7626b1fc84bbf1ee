"""What a notebook installs by its own commands: distributions, conda's and apt's packages, models, data."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from colabify.analysis.command_words import read_options
from colabify.analysis.downloads import find_downloads
from colabify.analysis.given import given_by_cell
from colabify.analysis.install_options import APT, CONDA, PIP
from colabify.full_names import import_names

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from packaging.requirements import Requirement

    from colabify.analysis.command_words import Options
    from colabify.analysis.install_options import Valued
    from colabify.program import Program
    from colabify.shell_line import Word

Tool = Literal["pip", "conda", "apt", "model"]

_PIPS = frozenset({"pip", "pip2", "pip3"})
_CONDAS = frozenset({"conda", "mamba", "micromamba"})
_APTS = frozenset({"apt", "apt-get", "aptitude", "apt-fast"})
_INSTALLING = frozenset({"install", "update", "upgrade"})
_NEEDLES = ("install", "download", "conda", "mamba")

_UPGRADES = ("U", "upgrade", "force-reinstall", "I", "ignore-installed")
_TARGETS = ("t", "target", "prefix", "root")
_FILES = ("r", "requirement", "file")
_EDITABLES = ("e", "editable")
_ARCHIVES = (".whl", ".tar.gz", ".tgz", ".tar.bz2", ".zip")


@dataclass(frozen=True, slots=True)
class InstallLine:
    """One command that installs, in the cell of index ``cell``.

    ``requirements`` are those that have a name, conda's in pip's terms; ``files`` those of ``-r``;
    ``editables`` the paths, also those without ``-e``; ``others`` what nobody can tell the name of:
    addresses, and words that the shell or IPython fills in; ``names`` apt packages, conda packages that
    PyPI lacks, and the names of models and data. ``upgrade``: pip replaces what is there (``-U``);
    ``target``: into a folder of its own. ``line`` counts from 1 in the cell's Python; 0 in a shell cell.
    """

    tool: Tool
    cell: int
    requirements: tuple[Requirement, ...] = ()
    files: tuple[str, ...] = ()
    editables: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    upgrade: bool = False
    user: bool = False
    target: bool = False
    line: int = 0


def find_installs(program: Program, dead: Container[int | str] = ()) -> tuple[InstallLine, ...]:
    """Every command of the notebook's cells that installs, in the order of the cells.

    ``dead`` are the nodes and escapes that Colab does not come to.
    """
    cells = [cell for cell in program.cells if any(word in cell.source for word in _NEEDLES)]
    names = import_names(program.units) if cells else {}
    found: list[InstallLine] = []
    for cell in cells:
        for given in given_by_cell(cell, names):
            line = None if given.is_in(dead) else read_install(given.words, cell.index)
            found += [replace(line, line=given.line or 0)] if line is not None else []
    found += [
        InstallLine("model", one.cell, names=one.names, others=one.others, line=one.line or 0)
        for one in find_downloads(program, names)
    ]
    return tuple(sorted(found, key=lambda one: (one.cell, one.line)))


def read_install(words: Sequence[Word], cell: int) -> InstallLine | None:
    """What a command, in the cell of index ``cell``, installs; None if it is none of those that do."""
    texts = [word.text for word in words]
    at = _tool_at(texts)
    tool, rest = texts[at].rpartition("/")[2], texts[at + 1 :]
    if tool == "easy_install":
        return _pip(words[at + 1 :], cell)
    verb = next((i for i, text in enumerate(rest) if not text.startswith("-")), None)
    if tool in _APTS:
        verb = rest.index("install") if "install" in rest else None
    if verb is None:
        return None
    after = words[at + verb + 2 :]
    match tool, rest[verb]:
        case "uv", "pip" if rest[verb + 1 : verb + 2] == ["install"]:
            return _pip(after[1:], cell)
        case tool, "install" if tool in _PIPS or _is_versioned_pip(tool):
            return _pip(after, cell)
        case tool, verb_ if tool in _CONDAS and verb_ in _INSTALLING:
            return replace(_conda(after, cell), upgrade=verb_ != "install")
        case tool, "env" if tool in _CONDAS and after and after[0].text in ("update", "create"):
            files = _read(after[1:], CONDA).all("f", "file")
            return InstallLine("conda", cell, files=_texts(files)) if files else None
        case tool, "install" if tool in _APTS:
            return _apt(after, cell)
    return None


def _tool_at(texts: Sequence[str]) -> int:
    """Where the installer stands: behind ``-m`` if Python runs it, else first."""
    pairs = enumerate(itertools.pairwise(texts))
    return next((i + 1 for i, pair in pairs if pair in _MODULES), 0)


_MODULES = frozenset(("-m", name) for name in ("pip", "uv", "easy_install", "mamba", "conda"))


def _read(words: Sequence[Word], valued: Valued) -> Options:
    return read_options(words, valued.letters, long=valued.long)


def _texts(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words)


def _is_versioned_pip(tool: str) -> bool:
    return tool.startswith("pip3.") and tool[5:].isdigit()


def _pip(words: Sequence[Word], cell: int) -> InstallLine:
    options = _read(words, PIP)
    line = InstallLine(
        "pip",
        cell,
        files=_texts(options.all(*_FILES)),
        upgrade=options.has(*_UPGRADES),
        user=options.has("user"),
        target=options.has(*_TARGETS),
    )
    for word in (*options.all(*_EDITABLES), *options.operands):
        line = _with(line, word)
    return line


def _with(line: InstallLine, word: Word) -> InstallLine:
    """``line`` with one thing more that pip installs."""
    from colabify.requirements.pep508 import is_address, named_address, parse

    text = word.text
    if not word.known:
        return replace(line, others=(*line.others, text))
    before, _, address = text.partition("@")
    if is_address(address.strip()) and not is_address(before):
        requirement = parse(text)
    elif is_address(text):
        requirement = named_address(text)
    elif _is_path(text):
        return replace(line, editables=(*line.editables, text))
    else:
        requirement = parse(text)
    if requirement is None:
        return replace(line, others=(*line.others, text))
    return replace(line, requirements=(*line.requirements, requirement))


def _is_path(text: str) -> bool:
    """Whether pip takes ``text`` for a path: it has a slash, or the name of an archive."""
    return text.startswith(".") or "/" in text or text.endswith(_ARCHIVES)


def _conda(words: Sequence[Word], cell: int) -> InstallLine:
    from colabify.requirements.conda_spec import declare_spec

    options = _read(words, CONDA)
    line = InstallLine("conda", cell, files=_texts(options.all(*_FILES)))
    for word in options.operands:
        if not word.known:
            line = replace(line, others=(*line.others, word.text))
            continue
        reading = declare_spec(word.text, "", None)
        found = tuple(one.requirement for one in reading.declared)
        line = replace(line, requirements=(*line.requirements, *found))
        if not found and (reading.conda_only or reading.problems or reading.system):
            name = word.text.rpartition("::")[2]
            line = replace(line, names=(*line.names, _leading_name(name)))
    return line


def _apt(words: Sequence[Word], cell: int) -> InstallLine:
    line = InstallLine("apt", cell)
    for word in _read(words, APT).operands:
        if not word.known or "/" in word.text or word.text.endswith(".deb"):
            line = replace(line, others=(*line.others, word.text))
        else:
            line = replace(line, names=(*line.names, word.text.partition("=")[0]))
    return line


def _leading_name(text: str) -> str:
    end = next((i for i, c in enumerate(text) if not (c.isalnum() or c in "-_.")), len(text))
    return text[:end]
