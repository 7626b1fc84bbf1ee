"""What a machine needs to run a kernel: an environment layer, a HOME, variables."""

import contextlib
import os
import shutil
import signal
import sys
import sysconfig
import venv
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PASSED_ON = (
    *("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE"),
    *("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"),
)
MISLEADING = ("PIP_PREFIX", "PIP_PYTHON", "PIP_REQUIRE_VIRTUALENV", "PIP_TARGET", "PIP_USER")
MARK = "COLAB_SIM_MACHINE"
PYTHON = (3, 13)
IPYTHON = "7.34.0"


def missing_runtime() -> str | None:
    """Say what the simulation lacks in the Python that runs us, or return None."""
    if sys.version_info[:2] != PYTHON:
        return "the simulated Colab runs on Python {}.{}".format(*PYTHON)
    try:
        found = version("ipython")
    except PackageNotFoundError:
        found = "none"
    if found != IPYTHON:
        return f"the simulated Colab has IPython {IPYTHON}, here is {found}"
    return None if shutil.which("git") else "the simulated Colab needs git"


def make_layer(folder: Path) -> Path:
    """Make an environment in `folder` on top of the one that runs us; return its Python.

    What pip installs there stays there. It has `pip` commands although pip is in the base only.
    """
    venv.EnvBuilder(with_pip=False, symlinks=True).create(folder)
    base = sysconfig.get_path("purelib")
    packages = sysconfig.get_path("purelib", vars={"base": str(folder)})
    # Not the bare path: then the base's own .pth files (setuptools' `distutils`) are not read.
    Path(packages, "base.pth").write_text(f"import site; site.addsitedir({base!r})\n")
    python = folder / "bin" / "python"
    for name in ("pip", "pip3"):
        add_program(folder, name, f'exec "{python}" -m pip "$@"')
    settings = Path(sys.prefix, "pip.conf")
    if settings.is_file():
        shutil.copy(settings, folder)
    return python


def add_program(layer: Path, name: str, script: str) -> None:
    """Put a shell script that is called `name` among the programs of the layer."""
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
            target.mkdir(parents=True)
            shutil.copy(source, target)


def kernel_env(folder: Path, layer: Path, startup: str) -> dict[str, str]:
    """Return the whole environment of the machine in `folder`, whose HOME is `folder`/home.

    Its kernel runs the Python code `startup` before the first cell.
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


def end_processes(folder: Path) -> None:
    """End what the kernels of the machine in `folder` have left running (`!server &`)."""
    mark = f"{MARK}={folder}".encode()
    for environ in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark in environ.read_bytes().split(b"\0"):
                os.kill(int(environ.parent.name), signal.SIGKILL)


def _from_the_caller() -> Mapping[str, str]:
    """Return what the caller's environment says about package indexes and the way to them."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "pip")
    given = {
        name: value
        for name, value in os.environ.items()
        if name in PASSED_ON or (name.startswith("PIP_") and name not in MISLEADING)
    }
    return {"PIP_CACHE_DIR": str(cache)} | given
