"""Data that git does not hold: which script of the repository fetches it."""

from __future__ import annotations

import ast
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.analysis.dvc import find_remote, tracking_files
from colabify.analysis.makefile import MAKEFILES, read_targets
from colabify.program import parse
from colabify.shell_line import read_text
from colabify.steps import Fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

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
class _Fetcher:
    """Something that downloads: a script, or a target of a Makefile; and the ``text`` that says what."""

    script: str
    text: str
    command: tuple[str, ...] = ()


class FetcherFinder:
    """Finds the scripts that fetch data; reads each once, whatever the number of notebooks."""

    def __init__(self, project: Project) -> None:
        """Look among the files of ``project``."""
        self._project = project
        self._folders: dict[str, list[_Fetcher]] = {}

    def find(self, path: str, *, certain: bool) -> Fetch | None:
        """What fetches ``path`` (below the root), in a folder on the way there.

        That is a file of DVC's whose remote is open, or a Makefile's target of that very name; else a script
        or target that downloads. ``certain``: the code reads that path for sure, so that the only one there
        is will do; else it has to name the path.
        """
        exact = self._by_dvc(path) or self._by_target(path)
        if exact is not None:
            return exact
        for folder in _folders_above(path):
            fetchers = self._in_folder(folder)
            named = [one for one in fetchers if _names(one, path)]
            if len(named) == 1:
                why = f"it names {posixpath.basename(path)}"
                return Fetch(named[0].script, (path,), why, named[0].command)
            if not named and certain and len(fetchers) == 1:
                why = f"it is the only one in {folder or '.'}"
                return Fetch(fetchers[0].script, (path,), why, fetchers[0].command)
            if named:
                return None
        return None

    def scripts(self) -> list[str]:
        """The shell scripts and Python files of the repository that download something."""
        found = {
            one.script
            for folder in ("", *self._project.files.folders)
            for one in self._in_folder(folder)
        }
        return sorted(name for name in found if name.endswith((".sh", ".py")))

    def closed_remote(self, path: str) -> str:
        """The file of DVC's for ``path`` and its remote, where that is not open to all; else empty."""
        tracking = next(iter(tracking_files(self._project.files, path)), "")
        remote = find_remote(self._text(".dvc/config")) if tracking else None
        if not tracking or (remote and remote.is_open):
            return ""
        return f"{tracking} of DVC's, whose remote {remote.shown if remote else 'is not known'}"

    def _by_dvc(self, path: str) -> Fetch | None:
        remote = None
        for tracking in tracking_files(self._project.files, path):
            remote = remote or find_remote(self._text(".dvc/config"))
            if remote is None or not remote.is_open:
                return None
            name = posixpath.basename(tracking)
            why = f"DVC keeps it at {remote.shown}"
            return Fetch(tracking, (path,), why, ("dvc", "pull", f"./{name}"))
        return None

    def _by_target(self, path: str) -> Fetch | None:
        """The target of a Makefile above that is called as the path is from there."""
        for folder in _folders_above(path):
            name = posixpath.relpath(f"/{path}", f"/{folder}")
            for makefile in self._makefiles(folder):
                target = read_targets(self._text(makefile)).get(name)
                if target is not None and target.recipe:
                    return Fetch(makefile, (path,), "it has a target of that name", ("make", name))
        return None

    def _in_folder(self, folder: str) -> list[_Fetcher]:
        if folder not in self._folders:
            tree = self._project.files
            names = (posixpath.join(folder, name) for name in tree.children.get(folder, ()))
            scripts = ((name, self._downloading(name)) for name in names if name in tree.files)
            found = [_Fetcher(name, text) for name, text in scripts if text is not None]
            self._folders[folder] = found + self._targets(folder)
        return self._folders[folder]

    def _targets(self, folder: str) -> list[_Fetcher]:
        """The targets of the folder's Makefile whose recipes download something."""
        return [
            _Fetcher(makefile, f"{name}\n{target.recipe}", ("make", name))
            for makefile in self._makefiles(folder)
            for name, target in read_targets(self._text(makefile)).items()
            if _shell_downloads(target.recipe)
        ]

    def _makefiles(self, folder: str) -> list[str]:
        names = (posixpath.join(folder, name) for name in MAKEFILES)
        return [name for name in names if name in self._project.files.files][:1]

    def _downloading(self, name: str) -> str | None:
        """The text of a script that downloads something; None for any other file."""
        base = posixpath.basename(name).lower()
        if base.endswith(".sh"):
            text = self._text(name)
            return text if _shell_downloads(text) else None
        if base.endswith(".py") and base.startswith(_PYTHON_NAMES):
            text = self._text(name)
            return text if _python_downloads(text) else None
        return None

    def _text(self, name: str) -> str:
        text = (self._project.read(name) or b"").decode("utf-8", "replace")
        return text.replace("\r\n", "\n")


def _folders_above(path: str) -> Iterator[str]:
    """The folder of ``path``, and those above it to the root."""
    while path:
        path = posixpath.dirname(path)
        yield path


def _shell_downloads(text: str) -> bool:
    """Whether a shell script calls a program that downloads."""
    words = (word for command in read_text(text) for word in command.texts)
    return bool(_DOWNLOADERS & {posixpath.basename(word) for word in words})


def _python_downloads(text: str) -> bool:
    """Whether a Python file downloads something when it is run without arguments."""
    tree, _ = parse(text)
    if tree is None or "argparse" in text or "sys.argv" in text:
        return False
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    names = {getattr(func, "attr", getattr(func, "id", "")) for func in calls}
    return bool(names & _PYTHON_DOWNLOADERS)


def _names(fetcher: _Fetcher, path: str) -> bool:
    """Whether a script speaks of the file, or of a folder between them.

    Its text or name has that name, or the name's first word, if that says more than "data" does.
    """
    spoken = f"{posixpath.basename(fetcher.script)}\n{fetcher.text}".lower()
    below = posixpath.relpath("/" + path, "/" + posixpath.dirname(fetcher.script)).lower()
    return any(_speaks_of(spoken, part) for part in below.split("/"))


def _speaks_of(spoken: str, name: str) -> bool:
    stem = name.partition(".")[0]
    if name in spoken and stem not in _SAY_NOTHING:
        return True
    word = next(iter("".join(c if c.isalpha() else " " for c in stem).split()), "")
    return len(word) >= _SHORTEST_WORD and word not in _SAY_NOTHING and word in spoken
