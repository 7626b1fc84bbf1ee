"""Whether the tests can simulate Colab: its packages have to be those of the Python that runs them."""

import shutil
import sys
from importlib.metadata import PackageNotFoundError, version

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
