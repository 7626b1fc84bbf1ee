"""What a machine needs to run a kernel: an environment layer, a HOME, variables."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

_PASSED_ON = (
    *("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE"),
    *("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"),
)
MISLEADING = (
    "PIP_CONSTRAINT", "PIP_PREFIX", "PIP_PYTHON", "PIP_REQUIRE_VIRTUALENV", "PIP_TARGET", "PIP_USER",
)  # fmt: skip
"""The settings of a person's pip with which it would install something else, or elsewhere."""
_CREDENTIALS = re.compile(r"(\w+://)[^/\s@]+@")
MARK = "COLABIFY_MACHINE"
"""The variable by which the processes of a machine are known."""


@dataclass(frozen=True)
class Base:
    """A Python, and the packages that every machine on it has.

    ``executable`` is the interpreter itself, not an environment's; ``version`` is its full version.
    """

    executable: Path
    version: str
    packages: Path

    @property
    def minor(self) -> str:
        """The version as folders are named for it: ``3.13``."""
        return ".".join(self.version.split(".")[:2])


def running_base() -> Base:
    """The Python that runs us, with its packages."""
    executable = getattr(sys, "_base_executable", None) or sys.executable
    version = ".".join(map(str, sys.version_info[:3]))
    return Base(Path(executable), version, Path(sysconfig.get_path("purelib")))


def make_layer(folder: Path, base: Base) -> Path:
    """Make an environment in ``folder`` on top of ``base``; its Python comes out.

    What pip installs there stays there. It has ``pip`` commands although pip is in the base only. It is
    what ``venv`` makes, without the start of another interpreter.
    """
    packages = folder / "lib" / f"python{base.minor}" / "site-packages"
    packages.mkdir(parents=True)
    (folder / "bin").mkdir()
    if sys.maxsize > 2**32 and os.name == "posix" and sys.platform != "darwin":
        (folder / "lib64").symlink_to("lib")
    (folder / "pyvenv.cfg").write_text(
        f"home = {base.executable.parent}\ninclude-system-site-packages = false\n"
        f"version = {base.version}\n"
    )
    python = folder / "bin" / "python"
    python.symlink_to(base.executable)
    for name in ("python3", f"python{base.minor}"):
        (folder / "bin" / name).symlink_to("python")
    # Not the bare path: then the base's own .pth files (setuptools' `distutils`) are not read.
    line = f"import site; site.addsitedir({str(base.packages)!r})\n"
    (packages / "base.pth").write_text(line)
    for name in ("pip", "pip3"):
        add_program(folder, name, f'exec "{python}" -m pip "$@"')
    settings = Path(sys.prefix, "pip.conf")
    if settings.is_file():
        _copy_settings(settings, folder)
    return python


def add_program(layer: Path, name: str, script: str) -> None:
    """Put a shell script that is called ``name`` among the programs of the layer."""
    program = layer / "bin" / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def make_home(home: Path, git_settings: str) -> None:
    """Make a HOME with this .gitconfig and with the caller's settings of pip."""
    home.mkdir(parents=True)
    safe = '[protocol "file"]\n\tallow = always\n[safe]\n\tdirectory = *\n'
    (home / ".gitconfig").write_text(git_settings + safe)
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    for source, target in (
        (config / "pip" / "pip.conf", home / ".config" / "pip"),
        (Path.home() / ".pip" / "pip.conf", home / ".pip"),
    ):
        if source.is_file():
            _copy_settings(source, target)


def kernel_env(folder: Path, layer: Path, startup: str) -> dict[str, str]:
    """The whole environment of the machine in ``folder``, whose HOME is ``folder``/home.

    Its kernel runs the Python code ``startup`` before the first cell. Of the caller's environment it has
    what leads to package indexes, without passwords.
    """
    profile = folder / "ipython" / "profile_default" / "startup"
    profile.mkdir(parents=True)
    (profile / "00-machine.py").write_text(startup)
    (folder / "tmp").mkdir()
    git = Path(shutil.which("git") or "/usr/bin/git").parent
    programs = [str(layer / "bin"), "/usr/local/bin", "/usr/bin", "/bin", str(git)]
    return _from_the_caller() | {
        MARK: str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "HOME": str(folder / "home"),
        "IPYTHONDIR": str(folder / "ipython"),
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1",  # several machines at a time have two processors between them
        "OPENBLAS_NUM_THREADS": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PATH": os.pathsep.join(dict.fromkeys(programs)),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONUTF8": "1",
        "SHELL": "/bin/bash",
        "TMPDIR": str(folder / "tmp"),
    }


def processes(folder: Path) -> list[int]:
    """The processes of the machine in ``folder``, as far as the system tells (Linux does)."""
    mark, found = f"{MARK}={folder}".encode(), []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark in environ.read_bytes().split(b"\0"):
                found.append(int(environ.parent.name))
    return found


def end_processes(folder: Path) -> None:
    """End what the kernels of the machine in ``folder`` have left running (``!server &``)."""
    for _ in range(20):  # what forks without end is stopped before it is ended
        found = processes(folder)
        for sign in (signal.SIGSTOP, signal.SIGKILL):
            for process in found:
                with contextlib.suppress(OSError):
                    os.kill(process, sign)
        if not found:
            return


def _from_the_caller() -> dict[str, str]:
    """What the caller's environment says about package indexes and the way to them."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "pip")
    given = {
        name: _without_password(value)
        for name, value in os.environ.items()
        if name in _PASSED_ON or (name.startswith("PIP_") and name not in MISLEADING)
    }
    return {"PIP_CACHE_DIR": str(cache)} | given


def _copy_settings(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = source.read_text(encoding="utf-8", errors="surrogateescape")
    (folder / "pip.conf").write_text(
        _without_password(text), encoding="utf-8", errors="surrogateescape"
    )


def _without_password(text: str) -> str:
    return _CREDENTIALS.sub(r"\1", text)
