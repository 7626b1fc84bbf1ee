"""What a Colab runtime preinstalls.

The data in ``data/runtimes.json`` are Google's own lists (github.com/googlecolab/backend-info), as
``scripts/pack_runtimes.py`` packs them; it writes ``data/stdlib.json`` too.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from colabify.errors import ColabifyError

Image = Literal["cpu", "gpu", "tpu"]

DATA = Path(__file__).parent / "data"

# The kernel has loaded these before the first cell, so that a newer or older copy breaks it until a
# restart (googlecolab/colabtools#5199, #5205, #5238).
LOADED = frozenset(
    {
        "google-colab",
        "ipykernel",
        "ipython",
        "matplotlib",
        "numpy",
        "pandas",
        "tornado",
        "traitlets",
    }
)

# Of those, `google-colab` refuses other versions, or the kernel does not start again (its setup.py;
# googlecolab/colabtools#5580): not even a person who asks for it gets another one.
OF_THE_KERNEL = LOADED - {"matplotlib", "numpy", "pandas"}

# Gigabytes that Google built, or chose, for the machine's driver and for each other: another version
# takes minutes to install, and what else is preinstalled was built against this one.
BUILT_FOR_THE_MACHINE = frozenset(
    {
        "cudf-cu12",
        "cuml-cu12",
        "cupy-cuda12x",
        "jax",
        "jaxlib",
        "keras",
        "tensorflow",
        "tf-keras",
        "torch",
        "torchaudio",
        "torchvision",
        "triton",
    }
)


class UnknownRuntime(ColabifyError):
    """No data are packed for the runtime that was asked for; the message lists those there are."""


def normalised_name(name: str) -> str:
    """A distribution's name as PEP 503 normalises it: ``Typing_Extensions`` is the same one.

    It is ``packaging.utils.canonicalize_name``, whose import takes longer than all else here.
    """
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass(frozen=True, slots=True)
class Runtime:
    """A version of Colab's machine image, as one kind of machine has it.

    ``distributions`` maps the normalised name of every preinstalled distribution to its version, or
    to None where Google's list has a URL that names no version.
    """

    name: str
    python: str
    distributions: Mapping[str, str | None]
    image: Image = "cpu"

    def __reduce__(self) -> tuple[object, ...]:
        """Another process has the same data: only the names are handed over."""
        return load_runtime, (self.name, self.image)

    @property
    def python_minor(self) -> tuple[int, int]:
        """The version of Python that decides about syntax and standard library, as ``(3, 13)``."""
        major, minor, *_ = self.python.split(".")
        return int(major), int(minor)

    def marker_environment(self) -> dict[str, str]:
        """Every variable of PEP 508 markers as this runtime has it.

        The two that describe the host's kernel, ``platform_release`` and ``platform_version``, are in
        no list of Google's: they are empty. No extra is asked for.
        """
        return {
            "extra": "",
            "implementation_name": "cpython",
            "implementation_version": self.python,
            "os_name": "posix",
            "platform_machine": "x86_64",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": "Linux",
            "platform_version": "",
            "python_full_version": self.python,
            "python_version": "{}.{}".format(*self.python_minor),
            "sys_platform": "linux",
        }

    def version(self, distribution: str) -> str | None:
        """A distribution's version; None if it is not preinstalled, or has none known."""
        return self.distributions.get(normalised_name(distribution))

    def has(self, distribution: str) -> bool:
        """Whether a distribution is preinstalled, under any spelling of its name."""
        return normalised_name(distribution) in self.distributions


def runtime_names() -> tuple[str, ...]:
    """The names of the runtimes that data are packed for: "latest", then newest first."""
    return tuple(_runtimes())


@cache
def load_runtime(name: str = "latest", image: Image = "cpu") -> Runtime:
    """The runtime of a name ("latest", "2025.07") as the kind of machine has it.

    Raises UnknownRuntime if no data are packed for it.
    """
    packed = _packed(name)
    if image not in get_args(Image):
        raise UnknownRuntime(
            f"There is no Colab machine {image!r}; there are {', '.join(get_args(Image))}."
        )
    distributions: dict[str, str | None] = dict(packed["cpu"])
    if image != "cpu":
        distributions.update(packed[image]["changed"])
        for removed in packed[image]["removed"]:
            del distributions[removed]
    return Runtime(name, packed["python"], MappingProxyType(distributions), image)


@cache
def preinstalled_somewhere() -> frozenset[str]:
    """The normalised names of all distributions that some image of some runtime has."""
    names: set[str] = set()
    for packed in _runtimes().values():
        names.update(packed["cpu"], packed["gpu"]["changed"], packed["tpu"]["changed"])
    return frozenset(names)


@cache
def apt_packages(name: str = "latest") -> frozenset[str]:
    """The names of the system packages of a runtime (Google lists those of the CPU image).

    Libraries that came along with other packages are left out.
    Raises UnknownRuntime if no data are packed for it.
    """
    return frozenset(_packed(name)["apt"])


@cache
def stdlib_modules(python_minor: tuple[int, int]) -> frozenset[str]:
    """The top-level modules of a Python version's standard library, on all platforms.

    They are its own ``sys.stdlib_module_names``, not those of the Python that runs colabify.
    Raises UnknownRuntime if no runtime has that version.
    """
    if python_minor not in stdlib_versions():
        known = ", ".join("{}.{}".format(*one) for one in stdlib_versions())
        asked = "{}.{}".format(*python_minor)
        raise UnknownRuntime(f"No Colab runtime has Python {asked}; there are {known}.")
    return frozenset(_stdlib()["{}.{}".format(*python_minor)])


@cache
def stdlib_versions() -> tuple[tuple[int, int], ...]:
    """The versions of Python that some runtime has, the oldest first."""
    pairs = (tuple(map(int, version.split("."))) for version in _stdlib())
    return tuple(sorted((major, minor) for major, minor in pairs))


@cache
def _stdlib() -> dict[str, list[str]]:
    data: dict[str, list[str]] = json.loads((DATA / "stdlib.json").read_text("utf-8"))
    return data


@cache
def _runtimes() -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = json.loads((DATA / "runtimes.json").read_text("utf-8"))
    return data


def _packed(name: str) -> dict[str, Any]:
    if name not in _runtimes():
        raise UnknownRuntime(
            f"There is no Colab runtime {name!r}; known are {', '.join(runtime_names())}."
        )
    return _runtimes()[name]
