"""Data that git does not hold: which script of the repository fetches it."""

from __future__ import annotations

import ast
import posixpath
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.analysis.resolve import join
from colabify.program import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from colabify.project import Project

_DOWNLOADERS = frozenset(["wget", "curl", "gdown", "aria2c", "kaggle"])
_PYTHON_DOWNLOADERS = frozenset({"urlretrieve", "urlopen", "download", "get"})
_PYTHON_NAMES = ("download", "get_", "fetch")
_SHORTEST_TOKEN = 4


@dataclass(frozen=True, slots=True)
class Fetch:
    """A script of the repository to be run in its own folder, for the sake of ``paths``.

    All are paths below the repository's root.
    """

    script: str
    paths: tuple[str, ...]
    why: str


class FetcherFinder:
    """Finds the scripts that fetch data; reads each once, whatever the number of notebooks."""

    def __init__(self, project: Project) -> None:
        """Look among the files of ``project``."""
        self._project = project
        self._scripts: dict[str, dict[str, str]] = {}

    def find(self, path: str, *, certain: bool) -> Fetch | None:
        """The script that fetches ``path`` (below the root), in a folder on the way there.

        ``certain``: the code reads that path for sure, so that the only script there is will do; else the
        script has to name it.
        """
        folder = posixpath.dirname(path)
        while True:
            scripts = self._in_folder(folder)
            named = [script for script, text in scripts.items() if _names(text, script, path)]
            if len(named) == 1:
                return Fetch(named[0], (path,), f"it names {posixpath.basename(path)}")
            if not named and certain and len(scripts) == 1:
                return Fetch(next(iter(scripts)), (path,), f"it is the only one in {folder or '.'}")
            if named or not folder:
                return None
            folder = posixpath.dirname(folder)

    def _in_folder(self, folder: str) -> dict[str, str]:
        if folder not in self._scripts:
            files = (f for f in self._project.files.files if posixpath.dirname(f) == folder)
            found = {}
            for name in sorted(files):
                text = self._downloading(name)
                if text is not None:
                    found[name] = text
            self._scripts[folder] = found
        return self._scripts[folder]

    def _downloading(self, name: str) -> str | None:
        """The text of a script that downloads something; None for any other file."""
        base = posixpath.basename(name).lower()
        if base.endswith(".sh"):
            text = self._text(name)
            return text if _DOWNLOADERS & set(_shell_commands(text)) else None
        if base.endswith(".py") and base.startswith(_PYTHON_NAMES):
            text = self._text(name)
            return text if _python_downloads(text) else None
        return None

    def _text(self, name: str) -> str:
        return (self._project.read(name) or b"").decode("utf-8", "replace")


def missing(project: Project, stand: str, paths: Iterable[str]) -> list[str]:
    """Those of ``paths`` (from the folder ``stand``) that the ref lacks, while it has their folder."""
    found = []
    for path in paths:
        joined = join(stand, path)
        if joined and not project.files.holds(joined):
            parent = posixpath.dirname(joined)
            if parent in project.files.folders:
                found.append(joined)
    return found


def _shell_commands(text: str) -> list[str]:
    """The words of a shell script, comments left out; a line that shlex cannot split gives none."""
    words = []
    for line in text.splitlines():
        try:
            lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            words += [posixpath.basename(word) for word in lexer]
        except ValueError:
            continue
    return words


def _python_downloads(text: str) -> bool:
    """Whether a Python file downloads something when it is run without arguments."""
    tree, _ = parse(text)
    if tree is None or "argparse" in text or "sys.argv" in text:
        return False
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    names = {getattr(func, "attr", getattr(func, "id", "")) for func in calls}
    return bool(names & _PYTHON_DOWNLOADERS)


def _names(text: str, script: str, path: str) -> bool:
    """Whether a script speaks of the file: its text or name has a word of the file's name."""
    base = posixpath.basename(path).lower()
    spoken = f"{posixpath.basename(script)}\n{text}".lower()
    if base in spoken:
        return True
    token = "".join(char if char.isalpha() else " " for char in base.partition(".")[0]).split()
    return any(len(word) >= _SHORTEST_TOKEN and word in spoken for word in token[:1])
