"""Data that git does not hold: which script of the repository fetches it."""

from __future__ import annotations

import ast
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.analysis.shell_line import read_text
from colabify.program import parse

if TYPE_CHECKING:
    from colabify.project import Project

_DOWNLOADERS = frozenset(["wget", "curl", "gdown", "aria2c", "kaggle"])
_PYTHON_DOWNLOADERS = frozenset({"urlretrieve", "urlopen", "download", "get"})
_PYTHON_NAMES = ("download", "get_", "fetch")
_SHORTEST_WORD = 4
_SAY_NOTHING = frozenset(
    {"data", "dataset", "datasets", "files", "images", "image", "input", "inputs", "model", "models",
     "output", "test", "text", "train", "training", "valid", "validation", "weights", "download"}
)  # fmt: skip
"""Words that are in names of files and in scripts for all sorts of reasons."""


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
            words = (word for command in read_text(text) for word in command.texts)
            programs = {posixpath.basename(word) for word in words}
            return text if _DOWNLOADERS & programs else None
        if base.endswith(".py") and base.startswith(_PYTHON_NAMES):
            text = self._text(name)
            return text if _python_downloads(text) else None
        return None

    def _text(self, name: str) -> str:
        return (self._project.read(name) or b"").decode("utf-8", "replace")


def _python_downloads(text: str) -> bool:
    """Whether a Python file downloads something when it is run without arguments."""
    tree, _ = parse(text)
    if tree is None or "argparse" in text or "sys.argv" in text:
        return False
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    names = {getattr(func, "attr", getattr(func, "id", "")) for func in calls}
    return bool(names & _PYTHON_DOWNLOADERS)


def _names(text: str, script: str, path: str) -> bool:
    """Whether a script speaks of the file, or of a folder between them.

    Its text or name has that name, or the name's first word, if that says more than "data" does.
    """
    spoken = f"{posixpath.basename(script)}\n{text}".lower()
    below = posixpath.relpath("/" + path, "/" + posixpath.dirname(script)).lower()
    return any(_speaks_of(spoken, part) for part in below.split("/"))


def _speaks_of(spoken: str, name: str) -> bool:
    stem = name.partition(".")[0]
    if name in spoken and stem not in _SAY_NOTHING:
        return True
    word = next(iter("".join(c if c.isalpha() else " " for c in stem).split()), "")
    return len(word) >= _SHORTEST_WORD and word not in _SAY_NOTHING and word in spoken
