"""``--init``: a section of settings with what was found, every line of it a comment until it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.analysis.data import FetcherFinder
from colabify.config.file import OWN, PYPROJECT, TABLE
from colabify.config.lines import tomllib
from colabify.config.toml_text import toml
from colabify.files import read_bytes, write_bytes
from colabify.project_finder import find_project
from colabify.requirements.sources import RequirementFinder
from colabify.settings import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from colabify.config.configuration import Configuration
    from colabify.project import Project

_MANY = 12
"""How many files are named of a kind."""


def write_config(folder: Path, configuration: Configuration) -> Path:
    """Write the section for the repository that ``folder`` is in; where to comes out.

    It goes into the root's ``pyproject.toml``, behind all that stands there, or into a new ``colabify.toml``.

    Raises:
        ConfigError: there are settings already, or the file cannot take them.
        FileError: it cannot be written.
        GitUnavailable: the repository cannot be read.

    """
    project = find_project(folder)
    root = project.root or folder.resolve()
    for place in dict.fromkeys((folder, root)):
        known = configuration.file_for(place)
        if known is not None:
            raise ConfigError("there are settings already", f"{known.shown}:{known.line()}")
    file = root / PYPROJECT
    if not file.exists():
        file = root / OWN
    if not file.resolve().is_relative_to(root):
        raise ConfigError("a symbolic link out of the repository: not written", str(file))
    if file.name == OWN:
        raw = None
        head = "# Settings of colabify for the notebooks below this folder."
        new = "\n".join([head, *_lines(project), ""]).encode()
    else:
        raw = read_bytes(file)
        new = _added(raw, [TABLE, *_lines(project, "tool.colabify.")], str(file))
    write_bytes(file, new, raw)
    return file


def _added(raw: bytes, lines: list[str], file: str) -> bytes:
    """The bytes of a file with a table behind them."""
    end = "\r\n" if b"\r\n" in raw else "\n"
    gap = (end if raw and not raw.endswith(b"\n") else "") + (end if raw.strip() else "")
    new = raw + (gap + end.join([*lines, ""])).encode()
    before = tomllib.loads(raw.decode("utf-8"))
    try:
        after = tomllib.loads(new.decode("utf-8"))
    except tomllib.TOMLDecodeError:
        text = f"it cannot take a table {TABLE}: write the settings into a {OWN} beside it"
        raise ConfigError(text, file) from None
    if after["tool"].pop("colabify") != {} or (after != before and after != {**before, "tool": {}}):
        raise ConfigError(f"adding {TABLE} would change what it says: not written", file)
    return new


def _lines(project: Project, prefix: str = "") -> list[str]:
    """The lines of the section, less those with a name that is no UTF-8, which TOML cannot say."""
    found = _found(project, prefix)
    return [one for one in found if not any("\ud800" <= sign <= "\udfff" for sign in one)]


def _found(project: Project, prefix: str) -> Iterator[str]:
    """The lines of the section; ``prefix`` is what the names of its tables begin with."""
    yield "# What colabify found, and goes by without being told. Take away the # of what is to be otherwise."
    yield "# All keys, and what holds for a notebook, are printed by: colabify --show-config NOTEBOOK"
    address = project.remote.clone_url if project.remote is not None else ""
    yield "#"
    said = "what Colab clones" if address else "git has no remote yet: what Colab is to clone"
    yield f"# repo = {toml(address or 'https://github.com/owner/name')}  # {said}"
    yield f"# ref = {toml(project.ref)}  # the branch or tag that Colab clones"
    files = RequirementFinder(project).names
    yield (
        "# requirements = [  # all there are; empty: for each notebook those nearest to it"
        if files
        else ("# requirements = []  # none was found: nothing is known of versions")
    )
    yield from (f"#   {toml(name)}," for name in files[:_MANY])
    if files:
        yield "# ]"
    scripts = FetcherFinder(project).scripts()
    yield "#"
    yield f"# [{prefix}data]  # what git does not hold: its path = what brings it"
    if scripts:
        yield "# The paths are guessed from the names of scripts that download something:"
    yield from (f"# {toml(_brought(one))} = {{ run = {toml(one)} }}" for one in scripts[:_MANY])
    if not scripts:
        yield '# "data/faces" = { url = "https://example.org/faces.zip", unpack = true }'


def _brought(script: str) -> str:
    """A path that a script might bring, going by its name."""
    folder, _, name = script.rpartition("/")
    stem = name.rpartition(".")[0]
    for word in ("get_", "download_", "fetch_"):
        stem = stem.removeprefix(word)
    return f"{folder}/{stem}" if folder else stem
