"""A machine of Colab: a /content on which only a notebook arrives, with a kernel that is Colab's."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import reader

from colabify.verify.content import CONTENT, in_content, magic_first, without_mount
from colabify.verify.kernel import Launch, Run, Session
from colabify.verify.limits import Limits, Watch
from colabify.verify.machine import (
    Base,
    add_program,
    end_processes,
    kernel_env,
    make_home,
    make_layer,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nbformat import NotebookNode

SITE = Path(__file__).parent / "site"
"""The folder of the stand-in ``google.colab``."""
# Colab's kernel has these imported before the first cell, and no names for them.
_STARTUP = """\
get_ipython().extension_manager.load_extension("google.colab")
"""
_LOADED = """\
get_ipython().ev("[__import__(name) for name in ('matplotlib', 'numpy')] and None")
"""
_VARIABLES = {
    "COLAB_BACKEND_VERSION": "next",
    "COLAB_NOTEBOOK_ID": "0",
    "COLAB_RELEASE_TAG": "release-colab-external_20260819",
    "DEBIAN_FRONTEND": "noninteractive",
    "PYTHONPATH": str(SITE),
    "UV_SYSTEM_PYTHON": "true",
}
# The programs of the machine that we run on are not to be called: they would change it.
_NO_APT = {
    "apt-get": 'case "$*" in *update) ;; *) echo "E: Unable to locate package"; exit 100;; esac',
    "dpkg-query": "exit 1",
}

PRETENDED_APT = {
    "apt-get": """\
case " $* " in *" install "*) ;; *) exit 0;; esac
mkdir -p "$HOME/.packages"
for word; do case "$word" in -*|install) ;; *) : > "$HOME/.packages/$word";; esac; done""",
    "dpkg-query": """\
for word; do :; done
if [ -e "$HOME/.packages/$word" ]; then printf "install ok installed"; else exit 1; fi""",
}
"""Programs that take for installed what they are asked to install, and install nothing."""


class Colab:
    """One machine of Colab, kept in a new folder ``folder``: a context manager.

    It has a /content, a HOME and an environment of its own, on ``base``; ``git_settings`` lead its git to
    the course. ``gpu`` gives it an ``nvidia-smi``, ``env`` more variables, ``programs`` more shell scripts;
    without an ``apt-get`` among them it knows no package. It may use what ``limits`` say.

    ``content_is_mounted`` says whether its folder ``content`` is mounted at /content; if not, the
    path is replaced in the cells that it runs, and code that computes the path does not find it.
    ``drive`` holds the files of the user's Drive, ``uploads`` what the user chooses to upload. A ``light``
    one has not imported what Colab's kernel has, which takes half a second, for what does not depend on that.
    """

    def __init__(
        self,
        folder: Path,
        base: Base,
        *,
        git_settings: str = "",
        gpu: bool = False,
        light: bool = False,
        env: Mapping[str, str] | None = None,
        programs: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self.content = self.folder / "content"
        self.drive = self.folder / "drive"
        self.uploads = self.folder / "uploads"
        self._mount = in_content(self.content)
        self.content_is_mounted = self._mount is not None
        self._base = base
        self._git_settings = git_settings
        self._gpu = gpu
        self._startup = startup_of(light=light)
        self._env = env or {}
        self._programs = {**_NO_APT, **(programs or {})}
        self._limits = limits or Limits()
        self._watch = Watch(self.folder, self._limits)

    def __enter__(self) -> Colab:
        for folder in (self.content / "sample_data", self.drive, self.uploads):
            folder.mkdir(parents=True)
        with ExitStack() as stack:
            stack.callback(end_processes, self.folder)
            settings = self._settings(stack)
            make_home(self.folder / "home", settings)
            self._launch = self._prepare()
            stack.enter_context(self._watch)
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def ended(self) -> str:
        """Why the machine was ended, in a sentence; empty if it was not."""
        return self._watch.reason

    def open(self, notebook: Path) -> NotebookNode:
        """The notebook as Colab opens it: alone, in memory, for its own kernel."""
        return opened(notebook.read_text(encoding="utf-8"))

    def run_all(self, nb: NotebookNode, *, timeout: int = 120, stop_on_error: bool = True) -> Run:
        """Run all cells in a new kernel, as after it was restarted; see :meth:`Session.run_all`."""
        with self.session() as session:
            return session.run_all(nb, timeout=timeout, stop_on_error=stop_on_error)

    def session(self) -> Session:
        """A new kernel on this machine, for as long as the context lasts."""
        return Session(self._launch)

    def _settings(self, _stack: ExitStack) -> str:
        """The .gitconfig; what has to last as long as the machine goes into the stack."""
        return self._git_settings

    def _prepare(self) -> Launch:
        layer = self.folder / "env"
        python = make_layer(layer, self._base)
        for name, script in self._programs.items():
            add_program(layer, name, script)
        if self._gpu:
            add_program(layer, "nvidia-smi", 'echo "GPU 0: Tesla T4 (UUID: GPU-0)"')
        return Launch(
            argv=(*(self._mount or ()), *self._limits.command(), *kernel_command(python)),
            env=kernel_env(self.folder, layer, self._startup) | self._variables(),
            cwd=self.content,
            folder=self.folder,
            prepared=self._prepared,
            output=self._limits.output,
        )

    def _variables(self) -> dict[str, str]:
        return {
            **_VARIABLES,
            "COLAB_GPU": "1" if self._gpu else "",
            "COLABIFY_DRIVE": str(self.drive),
            "COLABIFY_SECRETS": "{}",
            "COLABIFY_UPLOADS": str(self.uploads),
            "PWD": str(CONTENT if self.content_is_mounted else self.content),
            **self._env,
        }

    def _prepared(self, source: str) -> str:
        cell = magic_first(source)
        return cell if self.content_is_mounted else without_mount(cell, self.content)


def startup_of(*, light: bool) -> str:
    """What Colab's kernel has done before the first cell; a ``light`` one has not imported the libraries."""
    return _STARTUP if light else _STARTUP + _LOADED


def kernel_command(python: Path) -> Sequence[str]:
    """The command that starts a kernel with ``python``, but for the name of its connection file."""
    return (str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}")


def opened(text: str) -> NotebookNode:
    """The notebook ``text`` for a kernel that is Colab's."""
    nb: NotebookNode = nbformat.convert(reader.reads(text), 4)
    nb.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    return nb
