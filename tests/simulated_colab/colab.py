"""A simulated Colab: machines on which only a notebook arrives, and a forge to clone from."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import nbformat
from nbformat import NotebookNode, reader

from tests.simulated_colab.content import CONTENT, in_content, magic_first, without_mount
from tests.simulated_colab.forge import Forge
from tests.simulated_colab.kernel import CellRun, Failure, Launch, Run, Session
from tests.simulated_colab.machine import (
    add_program,
    end_processes,
    kernel_env,
    make_home,
    make_layer,
    missing_runtime,
)

__all__ = ["CellRun", "Colab", "Failure", "Forge", "Run", "Session", "missing_runtime"]

SITE = Path(__file__).parent / "site"
# Colab's kernel has these imported before the first cell, and no names for them.
STARTUP = """\
get_ipython().extension_manager.load_extension("google.colab")
"""
LOADED = """\
get_ipython().ev("[__import__(name) for name in ('matplotlib', 'numpy')] and None")
"""
VARIABLES = {
    "COLAB_BACKEND_VERSION": "next",
    "COLAB_NOTEBOOK_ID": "0",
    "COLAB_RELEASE_TAG": "release-colab-external_20260819",
    "DEBIAN_FRONTEND": "noninteractive",
    "PYTHONPATH": str(SITE),
    "UV_SYSTEM_PYTHON": "true",
}
# The programs of the machine that the tests run on are not to be called: they would change it.
NO_APT = {
    "apt-get": 'case "$*" in *update) ;; *) echo "E: Unable to locate package"; exit 100;; esac',
    "dpkg-query": "exit 1",
}


class Colab:
    """One machine of Colab, kept in a new folder `folder`: a context manager.

    It has a /content, a HOME and an environment of its own, reaches the repositories of `forge`
    as https://github.com/, and knows the `secrets` (one that is None exists but is not open to the
    notebook). `gpu` gives it an `nvidia-smi`, `env` more variables, `programs` more shell scripts; without
    an `apt-get` among them it knows no package.

    `content_is_mounted` says whether its folder `content` is mounted at /content; if not, the
    path is replaced in the cells that it runs, and code that computes the path does not find it.
    `drive` holds the files of the user's Drive, `uploads` what the user chooses to upload. A `light` one has
    not imported what Colab's kernel has, which takes half a second, for what does not depend on that.
    """

    def __init__(
        self,
        folder: Path,
        forge: Forge,
        *,
        gpu: bool = False,
        light: bool = False,
        secrets: Mapping[str, str | None] | None = None,
        env: Mapping[str, str] | None = None,
        programs: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self.forge = forge
        self.content = self.folder / "content"
        self.drive = self.folder / "drive"
        self.uploads = self.folder / "uploads"
        self._mount = in_content(self.content)
        self.content_is_mounted = self._mount is not None
        self._gpu = gpu
        self._startup = STARTUP if light else STARTUP + LOADED
        self._secrets = secrets or {}
        self._env = env or {}
        self._programs = {**NO_APT, **(programs or {})}

    def __enter__(self) -> "Colab":
        for folder in (self.content / "sample_data", self.drive, self.uploads):
            folder.mkdir(parents=True)
        with ExitStack() as stack:
            stack.callback(end_processes, self.folder)
            settings = stack.enter_context(self.forge.reachable(self.folder))
            make_home(self.folder / "home", settings)
            self._launch = self._prepare()
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def open(self, notebook: Path) -> NotebookNode:
        """Return the notebook as Colab opens it: alone, in memory, for its own kernel."""
        nb = nbformat.convert(reader.reads(notebook.read_text(encoding="utf-8")), 4)
        nb.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        return nb

    def run_all(self, nb: NotebookNode, *, timeout: int = 120, stop_on_error: bool = True) -> Run:
        """Run all cells in a new kernel, as after it was restarted; see `Session.run_all`."""
        with self.session() as session:
            return session.run_all(nb, timeout=timeout, stop_on_error=stop_on_error)

    def session(self) -> Session:
        """Return a new kernel on this machine, for as long as the context lasts."""
        return Session(self._launch)

    def _prepare(self) -> Launch:
        layer = self.folder / "env"
        python = make_layer(layer)
        for name, script in self._programs.items():
            add_program(layer, name, script)
        if self._gpu:
            add_program(layer, "nvidia-smi", 'echo "GPU 0: Tesla T4 (UUID: GPU-0)"')
        kernel = (str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}")
        return Launch(
            argv=(*(self._mount or ()), *kernel),
            env=kernel_env(self.folder, layer, self._startup) | self._variables(),
            cwd=self.content,
            folder=self.folder,
            prepared=self._prepared,
        )

    def _variables(self) -> dict[str, str]:
        return {
            **VARIABLES,
            "COLAB_GPU": "1" if self._gpu else "",
            "COLAB_SIM_DRIVE": str(self.drive),
            "COLAB_SIM_SECRETS": json.dumps(dict(self._secrets)),
            "COLAB_SIM_UPLOADS": str(self.uploads),
            "PWD": str(CONTENT if self.content_is_mounted else self.content),
            **self._env,
        }

    def _prepared(self, source: str) -> str:
        cell = magic_first(source)
        return cell if self.content_is_mounted else without_mount(cell, self.content)
